"""What a ledger is, only its kind says: nobody outside asks which kind it is by its slug or keeps a
list of slugs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.ledgers.kinds import KINDS

TAIZHANG = Path(__file__).resolve().parents[2] / "taizhang"
KNOW_NO_LEDGERS = {"kernel", "orgs", "rules", "catalogue", "notices", "documents", "web"}
"""Packages below the ledgers: words that look like slugs are other things there."""
EXAMPLES = {"demo", "migrations", "kinds"}
"""The kinds themselves, and data that is written for one kind after the other."""
EXCEPTIONS = {
    "verdicts.py": "conditions of the catalogue and tables of facts, some of which have the "
    "same names",
    "parquet.py": "tables of facts, some of which have the same names",
}
"""Module → why it may name kinds."""


def spoken_of(source: str) -> list[str]:
    """The places where a module decides by the slug of a kind, or lists some; by line."""
    return [f"{one.lineno}: {ast.unparse(one)[:80]}" for one in _found(ast.parse(source))]


def _found(tree: ast.Module) -> Iterator[ast.expr | ast.keyword]:
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.keyword) and any(asks(node) for asks in _ASKS):
            yield node


def _is_written_as_no_table_is(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and "-" in str(node.value) and node.value in KINDS


def _asks_for_slug(node: ast.AST) -> bool:
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    return any("slug" in ast.unparse(side) for side in sides) and any(map(_slugs, sides))


def _takes_from_registry(node: ast.AST) -> bool:
    if not isinstance(node, ast.Subscript):
        return False
    return ast.unparse(node.value).endswith("KINDS") and bool(_slugs(node.slice))


def _lists_some(node: ast.AST) -> bool:
    return isinstance(node, ast.Dict | ast.List | ast.Tuple | ast.Set) and len(_slugs(node)) > 1


def _addresses_one(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg == "args" and bool(_slugs(node.value))


def _slugs(node: ast.expr | ast.slice) -> list[str]:
    """The constants of a literal that are slugs: itself, its elements, or its keys."""
    parts = getattr(node, "keys", None) or getattr(node, "elts", None) or [node]
    said = [one.value for one in parts if isinstance(one, ast.Constant)]
    return [one for one in said if isinstance(one, str) and one in KINDS]


_ASKS = (
    _is_written_as_no_table_is,
    _asks_for_slug,
    _takes_from_registry,
    _lists_some,
    _addresses_one,
)


def modules() -> list[Path]:
    """Every module that may know of ledgers; what measures pages names those that it measures."""
    every = (path.relative_to(TAIZHANG) for path in sorted(TAIZHANG.rglob("*.py")))
    return [
        path
        for path in every
        if path.parts[0] not in KNOW_NO_LEDGERS
        and not EXAMPLES & set(path.parts)
        and not path.name.startswith("bench")
    ]


def test_no_module_asks_which_kind_it_is() -> None:
    asking = {
        path.as_posix(): found
        for path in modules()
        if path.name not in EXCEPTIONS
        and (found := spoken_of((TAIZHANG / path).read_text("utf-8")))
    }

    assert asking == {}


def test_no_template_asks_which_kind_it_is() -> None:
    asking = re.compile(r"\b(?:kind\.)?slug (?:==|!=|in) [\"']")
    for path in TAIZHANG.rglob("*.html"):
        shown = path.relative_to(TAIZHANG)
        if shown.parts[0] not in KNOW_NO_LEDGERS:
            assert not re.search(asking, path.read_text("utf-8")), shown


@pytest.mark.parametrize("name", sorted(EXCEPTIONS))
def test_an_exception_is_needed_while_it_is_listed(name: str) -> None:
    listed = [TAIZHANG / path for path in modules() if path.name == name]

    assert any(spoken_of(path.read_text("utf-8")) for path in listed)


@pytest.mark.parametrize(
    "source",
    [
        "kind.slug == 'meetings'",
        "kind.slug in ('members', 'cases')",
        "slug != 'members'",
        "KINDS['talks']",
        "YEARS = {'meetings': None, 'members': None}",
        "_TABLED = ['meetings', 'talks']",
        "papers = {'dues-payments': 1}",
        "reverse('ledgers:list', args=['campaigns'])",
    ],
)
def test_a_question_by_slug_is_found(source: str) -> None:
    assert spoken_of(source)


@pytest.mark.parametrize(
    "source", ["tables['meetings']", "said('members')", "{'visits': visits}", "kind.slug == own"]
)
def test_a_table_of_facts_or_a_word_of_a_page_is_none(source: str) -> None:
    assert spoken_of(source) == []
