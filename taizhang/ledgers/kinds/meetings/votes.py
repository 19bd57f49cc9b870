"""What can be worked out of a vote: who had one on that day, who of them was there, and what the
numbers come to.

Proposals only: a person takes them over, or writes what the minutes say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from taizhang.ledgers.kinds.meetings.models import Meeting, Vote
from taizhang.ledgers.part import Draft, PartRow, Proposal
from taizhang.orgs.queries import roster

_BY_ALL = {Vote.Matter.ORDINARY, Vote.Matter.ADMISSION, Vote.Matter.CONVERSION}
"""Matters that pass by more than half of all who are entitled (DOMAIN 4.2, VOTE-1 and VOTE-2)."""


def proposals(rows: list[PartRow], draft: Draft) -> Iterator[Proposal]:
    """For every vote of a members' assembly what its blanks may hold."""
    day, kind = draft.values.get("held_on"), draft.values.get("kind")
    if kind != Meeting.Kind.ASSEMBLY or not isinstance(day, date) or not rows:
        return
    entitled = set(roster.entitled(draft.branch, day).values_list("pk", flat=True))
    there = {row["person"].pk for row in draft.parts.get("present", ()) if row["person"]}
    for number, row in enumerate(rows, start=1):
        yield from _of(number, row, len(entitled), len(entitled & there))


def _of(number: int, row: PartRow, entitled: int, there: int) -> Iterator[Proposal]:
    if row.get("entitled_expected") is None and entitled:
        why = f"当日名册上有表决权的正式党员 {entitled} 人"
        yield Proposal(number, "entitled_expected", str(entitled), why)
    if row.get("entitled_present") is None and there:
        why = f"出席名单中有表决权的 {there} 人"
        yield Proposal(number, "entitled_present", str(there), why)
    if row.get("passed") is None and row.get("matter", Vote.Matter.ORDINARY) in _BY_ALL:
        yield from _result(number, row)


def _result(number: int, row: PartRow) -> Iterator[Proposal]:
    favour, all_ = row.get("in_favour"), row.get("entitled_expected")
    if favour is None or not all_:
        return
    passed = favour * 2 > all_
    told = "超过" if passed else "没有超过"
    why = f"赞成 {favour} 票，{told}应到有表决权 {all_} 人的半数"
    yield Proposal(number, "passed", "通过" if passed else "未通过", why)
