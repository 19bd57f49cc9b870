"""Every ledger is recognised by what its documents are called and ask, as a form and as a list."""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.intake.reading import read
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from tests.intake import corpus


def _asked(kind: LedgerKind) -> dict[str, str]:
    """Label → value of the fields of the example."""
    labels = {one.label for one in kind.fields()}
    return {label: value for label, value in kind.example.items() if label in labels and value}


def _right(kind: LedgerKind, document: read.Document) -> tuple[int, int]:
    """How many of the example's fields were read as they are written, and of how many."""
    names = {one.label: one.name for one in kind.fields()}
    asked = _asked(kind)
    values = document.records[0].values if document.records else {}
    plain = {name: value.removesuffix(".00") for name, value in values.items()}
    return sum(
        plain.get(names[label]) == value.removesuffix(".00") for label, value in asked.items()
    ), len(asked)


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_a_form_of_the_kind_is_read_back(kind: LedgerKind) -> None:
    rows = [[label, value] for label, value in _asked(kind).items()]
    data = corpus._word(f"示例学校党支部{kind.titles[0]}", table=rows)

    (document, *others) = read.documents("文件.docx", data)

    assert (document.kind, others) == (kind, [])
    right, asked = _right(kind, document)
    assert right == asked, (document.records, _asked(kind))


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_a_list_of_the_kind_is_read_back(kind: LedgerKind) -> None:
    asked = _asked(kind)
    rows: list[list[Any]] = [
        [f"示例学校党支部{kind.titles[0]}"],
        ["序号", *asked],
        [1, *asked.values()],
    ]
    data = corpus._sheet(rows)

    (document,) = read.documents("文件.xlsx", data)

    assert document.kind is kind
    right, of = _right(kind, document)
    assert right == of, (document.records, asked)
