"""What is asked once more on PostgreSQL (ADR 0053): each line names a test that is there, and says
why.
"""

from __future__ import annotations

import ast

import pytest

from tests.architecture.test_house_rules import ROOT

LINES = (ROOT / "tests" / "on_postgres.txt").read_text("utf-8").splitlines()
NAMED = dict(line.split("  ", 1) for line in LINES)


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_is_there(name: str) -> None:
    path, _, test = name.partition("::")
    defined = ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
    assert test in {"", *(one.name for one in defined if isinstance(one, ast.FunctionDef))}


def test_each_has_its_reason_and_stands_in_its_order_once() -> None:
    assert all(NAMED.values())
    assert sorted(NAMED) == list(NAMED)
    assert len(NAMED) == len(LINES)


def test_a_test_that_asks_which_database_it_has_is_asked_on_both() -> None:
    asking = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if "connection.vendor" in path.read_text("utf-8") and path.name != "test_on_postgres.py"
    }
    assert asking
    assert asking <= {name.partition("::")[0] for name in NAMED}
