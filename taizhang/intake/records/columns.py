"""What the columns of a list are called, in the words of its ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping

from taizhang.intake.reading import choices
from taizhang.intake.reading.pieces import plain
from taizhang.intake.records.taking import as_field
from taizhang.kernel.text import folded, looks_like_person
from taizhang.ledgers.fields import Field
from taizhang.ledgers.form_reader import label_names
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.sheets import headers
from taizhang.ledgers.written import tables

LEFT_OUT = "不读入"
"""What stands for a column that is not read."""
_HOURS = re.compile(
    r"(?:[上下中]午)?\d{1,2}[:点时]\d{0,2}分?(?:[-—–~～至到]+(?:[上下中]午)?\d{1,2}[:点时]\d{0,2}分?)?"
)
_LOOKED_AT = 20


Memory = Mapping[str, Mapping[str, str]]
"""What a bureau remembers of headers: ledger → header → the field's label, "" for one that is left
out.
"""


def said(
    kind: LedgerKind, table: tables.Table, names: Mapping[str, str], remembered: Mapping[str, str]
) -> str:
    """The columns whose headers are in other words than the ledger's, as lines `表里的列名=栏目`.

    Of two columns for one field the one in the ledger's own words counts; hours beside a day are
    the hours.
    """
    known = {headers.plain(label): name for label, name in label_names(kind).items()}
    loose = {headers.plain(word): name for word, name in names.items()}
    asked = headers.Asked(names=dict(label_names(kind)) | dict(names), required=())
    found = headers.find(table.cells, asked)
    own = {name: label for label, name in label_names(kind).items()}
    own |= {one.name: one.label for one in kind.fields()}
    meant = {
        text: loose.get(headers.plain(text)) or names.get(plain(text), "")
        for text in found.texts
        if text and "\n" not in text
    }
    _by_values(kind, table, found, meant)
    lost = _people(kind, table, found, meant)
    _seconds(kind, meant, known, found.texts)
    lines = dict.fromkeys(lost, LEFT_OUT) | {
        text: remembered[text] or LEFT_OUT for text in found.texts if text in remembered
    }
    for text, name in meant.items():
        if text in lines:
            continue
        others = [
            other
            for other, one in meant.items()
            if one == name and other != text and other not in lost
        ]
        if name and _says_hours(kind, name, table, found, text):
            lines[text] = own["starts_at"]
        elif name and others and not _first(text, others, own[name], known, found.texts):
            lines[text] = LEFT_OUT
        elif name and known.get(headers.plain(text)) != name:
            lines[text] = own[name]
    return "\n".join(f"{text}={label}" for text, label in lines.items() if "=" not in text)


def doubled(lines: str, remembered: Mapping[str, str]) -> list[str]:
    """That columns are not read, because another says the same field; nobody was asked
    about them.
    """
    pairs = (line.rpartition("=") for line in lines.splitlines())
    lost = [text for text, _, label in pairs if label == LEFT_OUT and text not in remembered]
    return [f"{headers.NOT_READ}{'、'.join(lost)}（同一栏目读自另一列）。"] if lost else []


def _by_values(
    kind: LedgerKind, table: tables.Table, found: headers.Columns, meant: dict[str, str]
) -> None:
    """Of two columns for one choice the one whose cells fit it; the other is another choice that
    its cells fit, or none.
    """
    choices = {one.name: one for one in kind.fields() if one.kind == "choice"}
    for name in choices.keys() & set(meant.values()):
        rivals = [text for text, one in meant.items() if one == name]
        fitting = [text for text in rivals if _fits(choices[name], _cells(table, found, text))]
        for text in rivals if len(rivals) > 1 and fitting else ():
            if text not in fitting:
                free = [one for other, one in choices.items() if other not in meant.values()]
                own = [one.name for one in free if _fits(one, _cells(table, found, text))]
                meant[text] = own[0] if len(own) == 1 else ""


def _seconds(
    kind: LedgerKind, meant: dict[str, str], known: Mapping[str, str], order: list[str]
) -> None:
    """Of two columns for one field the other means what its brackets say, 用途（对应活动）, or what a
    second one customarily does.
    """
    labels = {one.name: one.label for one in kind.fields()}
    for text, name in list(meant.items()):
        others = [other for other, one in meant.items() if one == name and other != text]
        if not name or not others or _first(text, others, labels.get(name, ""), known, order):
            continue
        inside = _IN_BRACKETS.search(folded(text))
        said = known.get(inside[1], "") if inside else ""
        second = kind.second.get(labels.get(name, ""), {}).get(headers.plain(text), "")
        other = said or known.get(headers.plain(second), "")
        if other and other != name and other not in meant.values():
            meant[text] = other


_IN_BRACKETS = re.compile(r"\(([^()]+)\)$")


def _people(
    kind: LedgerKind, table: tables.Table, found: headers.Columns, meant: Mapping[str, str]
) -> list[str]:
    """Those that are none of several columns for who did something, where one has names of people:
    使用部门 beside 负责人.
    """
    lost: list[str] = []
    for name in {one.name for one in kind.fields() if _OF_A_PERSON.fullmatch(one.label)}:
        rivals = [text for text, one in meant.items() if one == name]
        named = [text for text in rivals if _are_people(_cells(table, found, text))]
        lost += [one for one in rivals if one not in named] if len(named) == 1 else []
    return lost


_OF_A_PERSON = re.compile(r".*人(?:[（(].*[)）])?")
_NO_PERSON = re.compile(r".*(?:支部|小组|党组|部门?|处|室|科|组|校|园|会|中心|年级)")


def _are_people(cells: list[str]) -> bool:
    return bool(cells) and all(
        looks_like_person(cell) and not _NO_PERSON.fullmatch(cell) for cell in cells
    )


def _cells(table: tables.Table, found: headers.Columns, text: str) -> list[str]:
    at = found.texts.index(text)
    rows = table.cells[found.first : found.first + _LOOKED_AT]
    return [folded(str(row[at])) for row in rows if at < len(row) and str(row[at]).strip()]


def _fits(one: Field, cells: list[str]) -> bool:
    return bool(cells) and all(choices.beginning(one, as_field(one, cell)) for cell in cells)


def _says_hours(
    kind: LedgerKind, name: str, table: tables.Table, found: headers.Columns, text: str
) -> bool:
    """Whether a column for a day holds hours, where the ledger asks for them."""
    fields = {one.name: one for one in kind.fields()}
    if name not in fields or fields[name].kind != "date" or "starts_at" not in fields:
        return False
    cells = _cells(table, found, text)
    return bool(cells) and all(_HOURS.fullmatch(cell) for cell in cells)


def _first(
    text: str, others: list[str], label: str, known: Mapping[str, str], order: list[str]
) -> bool:
    """Whether of several columns for one field this is the one: by the ledger's own label, its
    known names, its place.
    """

    def rank(one: str) -> tuple[bool, bool, bool, bool, int]:
        bare = headers.plain(one)
        ends = not bare.endswith(label)
        return (bare != label, bare not in label, ends, bare not in known, order.index(one))

    return rank(text) < min(map(rank, others))
