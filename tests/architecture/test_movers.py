"""One mover: a state of a flow is written by the flow, a state of a job by the module whose job it
is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_house_rules import ROOT, SOURCES

MOVER = "taizhang/kernel/flow.py"
JOBS = {
    "taizhang/ledgers/disposal/actions.py",
    "taizhang/ledgers/sheets/import_job.py",
    "taizhang/checks/actions/checking.py",
    "taizhang/intake/actions.py",
    "taizhang/intake/kept.py",
    "taizhang/kernel/jobs/queue.py",
}
"""清册, imports and checks: each has a state of its own, which nobody else writes."""


def _written(tree: ast.AST, name: str) -> Iterator[int]:
    """The lines in which an attribute of that name is assigned, or handed to what writes rows."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr == name
            and isinstance(node.ctx, ast.Store)
        ):
            yield node.lineno
        elif isinstance(node, ast.Call):
            called = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            named = any(word.arg == name for word in node.keywords)
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if (called == "update" and named) or (called == "setattr" and name in texts):
                yield node.lineno


def _places(sources: list[Path], name: str) -> list[str]:
    return [
        str(path.relative_to(ROOT))
        for path in sources
        for _ in _written(ast.parse(path.read_text("utf-8")), name)
    ]


def test_only_the_flow_writes_a_standing() -> None:
    assert _places(SOURCES, "standing") == [MOVER]


def test_only_the_module_of_a_job_writes_its_state() -> None:
    assert set(_places(SOURCES, "state")) <= JOBS


@pytest.mark.parametrize(
    "code",
    [
        "found.standing = 'closed'",
        "found.number, found.standing = 1, 'closed'",
        "Finding.objects.update(standing='closed')",
        "setattr(found, 'standing', 'closed')",
    ],
)
def test_every_way_of_writing_is_seen(code: str) -> None:
    assert list(_written(ast.parse(code), "standing")) == [1]
