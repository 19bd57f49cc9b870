"""What the tables of security say to be held by a test is held by one that is there,
and that runs.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLES = sorted((ROOT / "docs" / "security").glob("*.md"))
_NAMED = re.compile(r"`(tests/[\w/.]+)(?:::(\w+))?`")
_ROW = re.compile(r"^\| V\d.*$", re.MULTILINE)


def _tests_of(place: str) -> set[str]:
    """The tests that pytest collects of a file or a folder, without those that never run."""
    path = ROOT / place
    files = path.rglob("test_*.py") if path.is_dir() else [path]
    nodes = [node for file in files for node in ast.parse(file.read_text("utf-8")).body]
    return {
        node.name
        for node in nodes
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not any(
            "mark.skip" in ast.unparse(one) or "xfail" in ast.unparse(one)
            for one in node.decorator_list
        )
    }


@pytest.mark.parametrize("page", TABLES, ids=lambda page: page.stem)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = _NAMED.findall(page.read_text("utf-8"))
    assert named
    for place, test in named:
        assert (ROOT / place).exists(), place
        found = _tests_of(place)
        assert test in found if test else found, f"{place}::{test}"


def test_every_line_of_the_table_has_tests_by_name_or_does_not_apply() -> None:
    rows = _ROW.findall((ROOT / "docs" / "security" / "asvs.md").read_text("utf-8"))
    assert {f"V{n}" for n in range(1, 15)} <= {re.split(r"[ .–,]", row[2:])[0] for row in rows}
    for row in rows:
        named = _NAMED.findall(row)
        assert "| — " in row or (named and all(test for _, test in named)), row
