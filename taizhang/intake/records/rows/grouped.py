"""Groups told in lines: `第一党小组，组长：甲，成员：乙、丙`: a record for each of those whom the ledger asks
for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.documents.blocks import Paragraph
from taizhang.intake.records.record import Record, short
from taizhang.kernel.text import HAN, folded, looks_like_person
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import lines

_GROUP = re.compile(
    rf"^(?:\d{{1,2}}[.、．]|[（(]?[一二三四五六七八九十]{{1,2}}[)）、])?"
    rf"((?:第[一二三四五六七八九十\d]{{1,2}}|[{HAN}]{{1,6}}?)党?小组)[:：，,。（(]?(?=.*(?:组长|组员|成员))"
)
_ASKED = {
    "组长": re.compile(
        rf"(?<!副)组长[:：为是]*([{HAN}]{{2,4}}?)(?:同志)?(?=[，,。；;、（(）)]|$|组员|成员)"
    ),
    "姓名": re.compile(
        rf"(?:组员|成员|党员)[:：为是有]*([{HAN}·]{{2,4}}(?:[、，,和][{HAN}·]{{2,4}})*)"
    ),
}
"""The ledger's name of the person → whom a line gives under it."""


def records(kind: LedgerKind, paragraphs: list[Paragraph]) -> list[Record]:
    """The people of two groups at least; none for a ledger that asks for no group and person."""
    fields = {one.name: one for one in kind.fields()}
    shape = _ASKED.get(fields["person"].label) if {"group", "person"} <= fields.keys() else None
    if shape is None:
        return []
    found, groups = list[Record](), set[str]()
    for one in paragraphs:
        text = folded(one.text)
        group, told = _GROUP.match(text), shape.search(text)
        people = [name for name, _ in lines.names(told[1].replace("和", "、"))] if told else []
        leader = _ASKED["组长"].search(text) if people and kind.also_people else None
        if leader is not None and leader[1] not in people:
            people.insert(0, leader[1])  # who leads a group is one of it
        if group is None or not people or not all(map(looks_like_person, people)):
            continue
        groups.add(group[1])
        where = f"{one.where}：{short(one.text)}"
        found += [
            Record({"group": group[1], "person": name}, {"group": where, "person": where})
            for name in people
        ]
    if len(groups) < _SEVERAL:
        return []
    found[0].left = list(_left(fields["person"].label, paragraphs))
    return found


_SEVERAL = 2


def _left(label: str, paragraphs: list[Paragraph]) -> Iterator[str]:
    """Who else a line names, and is kept in another ledger; and all lines of no group."""
    others = [shape for name, shape in _ASKED.items() if name != label]
    for one in paragraphs:
        text = folded(one.text)
        if not _GROUP.match(text):
            yield one.text.strip()
        for shape in others if _GROUP.match(text) else ():
            yield from (found[0] for found in shape.finditer(text))
