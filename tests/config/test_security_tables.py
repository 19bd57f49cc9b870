"""What the tables of security say to be held by a test is held by one that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLES = sorted((ROOT / "docs" / "security").glob("*.md"))
_NAMED = re.compile(r"`(tests/[\w/.]+)`")
_ROW = re.compile(r"^\| V\d.*$", re.MULTILINE)


@pytest.mark.parametrize("page", TABLES, ids=lambda page: page.stem)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = _NAMED.findall(page.read_text("utf-8"))
    assert named
    assert [one for one in named if not (ROOT / one).exists()] == []


def test_every_line_of_the_table_has_a_test_or_does_not_apply() -> None:
    rows = _ROW.findall((ROOT / "docs" / "security" / "asvs.md").read_text("utf-8"))
    assert {f"V{n}" for n in range(1, 15)} <= {re.split(r"[ .–,]", row[2:])[0] for row in rows}
    assert [row for row in rows if not _NAMED.search(row) and "| — " not in row] == []
