"""What a rule is, it says itself; and how all branches are judged at once is nobody's business but
the engine's.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from taizhang.rules import kinds
from taizhang.rules.columnar import compiler  # noqa: F401  (registers them)
from taizhang.rules.columnar.saying import relation, together

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "taizhang"
OUTSIDE = [p for p in PROGRAM.rglob("*.py") if p.relative_to(PROGRAM).parts[0] != "rules"]
MAKES_RULES = {"taizhang/catalogue/sentences/adopting.py"}
"""A sentence such as 每季度一次 becomes a rule of one kind, and is laid beside the rules of
that kind.
"""
CLASSES = {kind.__name__ for kind in get_args(get_args(kinds.AnyRule)[0])}


def _is_rule(node: ast.expr) -> bool:
    """Whether an expression is called a rule: `rule`, `self.rule`, `rules[key]`, `duty`."""
    if isinstance(node, ast.Subscript):
        return _is_rule(node.value)
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name.strip("_").rpartition("_")[2] in ("rule", "rules", "duty", "duties")


def _compared(node: ast.Compare) -> Iterator[str]:
    for side in (node.left, *node.comparators):
        if isinstance(side, ast.Attribute) and side.attr == "kind" and _is_rule(side.value):
            yield "compares the kind of a rule"


def _called(node: ast.Call) -> Iterator[str]:
    name = getattr(node.func, "id", "")
    if name in ("isinstance", "getattr", "hasattr") and _is_rule(node.args[0]):
        yield f"{name} of a rule"


def _imported(node: ast.ImportFrom) -> Iterator[str]:
    if (node.module or "").startswith("taizhang.rules.kinds"):
        for name in node.names:
            if node.module != "taizhang.rules.kinds" or name.name in CLASSES:
                yield f"imports {name.name} of a kind"


def _asks(node: ast.AST) -> Iterator[str]:
    """What a piece of code asks of the kind of a rule, or of what only some kinds have."""
    if isinstance(node, ast.Compare):
        yield from _compared(node)
    elif isinstance(node, ast.Call):
        yield from _called(node)
    elif isinstance(node, ast.ImportFrom):
        yield from _imported(node)


def asks(source: str) -> list[str]:
    """All that a module asks of the kinds of rules, with its lines."""
    nodes = ast.walk(ast.parse(source))
    return [f"{getattr(node, 'lineno', 0)}: {ask}" for node in nodes for ask in _asks(node)]


def test_nobody_outside_asks_of_what_kind_a_rule_is() -> None:
    found = {str(path.relative_to(ROOT)): asks(path.read_text("utf-8")) for path in OUTSIDE}
    assert {path for path, told in found.items() if told} == MAKES_RULES


def test_what_is_forbidden_is_seen() -> None:
    for line in (
        "if rule.kind == 'periodic': pass",
        "if rules[key].kind in ('periodic', 'document'): pass",
        "isinstance(rule, Periodic | EachHas)",
        "getattr(self.rule, 'ledger', '')",
        "from taizhang.rules.kinds.periodic import Periodic",
        "from taizhang.rules.kinds import EachHas",
    ):
        assert asks(line), line
    for line in ("told = {'kind': rule.kind}", "from taizhang.rules.kinds import AnyRule"):
        assert asks(line) == [], line


def test_every_kind_is_said_in_columns() -> None:
    for kind in get_args(get_args(kinds.AnyRule)[0]):
        own = [said.dispatch(kind) != said.dispatch(object) for said in (relation, together)]
        assert sum(own) == 1, kind


def test_what_serves_pages_loads_no_engine_for_all_branches() -> None:
    """Ibis and DuckDB take a quarter of a second and a hundred megabytes, and only a check of all
    branches needs them.

    The others take half a second and fifty megabytes, and only the sheets, files and names that
    come need them.
    """
    asked = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'taizhang.config.settings';"
        "import taizhang.config.wsgi; from django.urls import get_resolver;"
        "assert get_resolver().url_patterns; from taizhang.config.cli import main as command;"
        "print(*sorted({'ibis', 'duckdb', 'pyarrow', 'pyspark', 'numpy', 'docx', 'pypdf', "
        "'pypinyin', 'xlsxwriter', 'typst'} & set(sys.modules)))"
    )
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == ""
