"""How long lines and files are (HOUSE 4): a limit that is met by squeezing is not met."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.test_house_rules import ROOT, SOURCES

TESTS = ROOT / "tests"
PRAGMA = re.compile(r"\s*# (?:type: ignore|noqa).*$")
ALMOST = 400
"""A file of fewer lines has at most 500 when its lines are shorter."""


def _as_they_stand(path: Path) -> set[int]:
    """Lines of data tables (`fmt: skip`) and, in tests, of scripts and pictures of tables."""
    text = path.read_text("utf-8")
    tables = {at for at, line in enumerate(text.splitlines(), 1) if "# fmt: skip" in line}
    kept: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            head = range(node.lineno, body[0].lineno if body else (node.end_lineno or 0) + 1)
            spans = [head, *(_lines(one) for one in getattr(node, "decorator_list", []))]
            kept.update(at for span in spans if span and tables & set(span) for at in span)
        elif isinstance(node, ast.Constant | ast.JoinedStr) and path.is_relative_to(TESTS):
            kept.update(_lines(node))
    return kept


def _lines(node: ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def test_no_line_is_over_100_characters() -> None:
    """What a linter reads behind a line (`noqa`, `type: ignore`) is not counted."""
    found = []
    for path in [*SOURCES, *TESTS.rglob("*.py"), *(ROOT / "tools").glob("*.py")]:
        lines = enumerate(path.read_text("utf-8").splitlines(), 1)
        long = {at for at, line in lines if len(PRAGMA.sub("", line)) > 100}
        if long:
            found += [f"{path.relative_to(ROOT)}:{at}" for at in long - _as_they_stand(path)]
    assert found == []


def test_no_file_is_over_500_lines_of_88_columns() -> None:
    ruff = Path(sys.executable).with_name("ruff")
    found = {}
    for path in SOURCES:
        text = path.read_text("utf-8")
        if text.count("\n") > ALMOST:
            asked = [str(ruff), "format", "--line-length", "88", "--stdin-filename", path.name, "-"]
            written = subprocess.run(  # noqa: S603
                asked, input=text, capture_output=True, text=True, check=True, cwd=ROOT
            ).stdout
            found[str(path.relative_to(ROOT))] = written.count("\n")
    assert {name: n for name, n in found.items() if n > 500} == {}
