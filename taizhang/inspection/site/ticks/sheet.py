"""The sheet of a unit, page by page; and whether a page that was photographed is one of it."""

from __future__ import annotations

import hashlib

from taizhang.inspection.models import Answer, RoundItem, Visit
from taizhang.kernel.errors import BadInput
from taizhang.papers.documents import tick_sheet
from taizhang.papers.documents.tick_sheet import Row, TickPage, TickSheet
from taizhang.papers.marks import mark as marks

VERDICTS = [(str(code), str(label)) for code, label in Answer.Verdict.choices]
"""In the order of their columns."""


def items_of(visit: Visit) -> list[RoundItem]:
    """What the round asks, in the order of the rows."""
    return list(visit.unit.area.round.items.all())


def pages_of(items: list[RoundItem]) -> list[list[RoundItem]]:
    """The same by pages."""
    most = tick_sheet.ROWS
    return [items[at : at + most] for at in range(0, len(items), most)]


def stamp(items: list[RoundItem]) -> str:
    """Another one as soon as the requirements or the places on the sheet are others."""
    told = "\x1f".join([f"{tick_sheet.LAYOUT}", *(f"{i.no}\x1e{i.title}" for i in items)])
    return hashlib.sha256(told.encode()).hexdigest()[:8].upper()


def corner(number: int, visit: int, page: int) -> str:
    """What the other three codes of a page say: 2 right above, 3 left below, 4 right below."""
    return f"TZC/{number}/{visit}.{page}"


def made(visit: Visit) -> TickSheet:
    """To be printed; raises BadInput where there is nothing to ask or the committee
    wants no codes.
    """
    items, unit = items_of(visit), visit.unit
    if not items:
        raise BadInput("这一轮没有督查项目，没有可以勾选的内容。")
    same, pages = stamp(items), []
    for number, rows in enumerate(pages_of(items), 1):
        mark = marks.of_tick_page(visit.pk, number, same, unit.organisation)
        if not mark:
            raise BadInput(
                "本单位的公文格式设置为不印二维码，勾选表没有二维码读不回来；请改用检查表（Excel）。"
            )
        corners = [corner(one, visit.pk, number) for one in (2, 3, 4)]
        codes = (mark, corners[0], corners[1], corners[2])
        pages.append(TickPage(codes, [Row(i.no, i.title) for i in rows]))
    about = [unit.area.round.subject, f"{unit.area.name}　{unit.name}"]
    return TickSheet("督查检查勾选表", about, [label for _, label in VERDICTS], pages)


def page_told(visit: Visit, mark: marks.Mark, items: list[RoundItem]) -> int:
    """Which page of this unit's sheet bears the mark; raises BadInput of all others, in
    a sentence.
    """
    if mark.sort != marks.CHECKLIST:
        raise BadInput("这一页是本系统的另一种表，不是勾选表。")
    key, _, rest = mark.what.partition(":")
    if int(key) != visit.pk:
        raise BadInput(_whose(visit, int(key)))
    page, _, same = rest.partition(":")
    if not same:
        raise BadInput("这一页是检查表，不是勾选表，勾画读不出来；请照纸录入。")
    if same != stamp(items) or not 0 < int(page) <= len(pages_of(items)):
        raise BadInput("这一页是督查项目改动以前印的旧表，没有采用；请照纸录入，或者重新打印。")
    return int(page)


def _whose(visit: Visit, key: int) -> str:
    own = visit.unit.organisation_id
    other = Visit.objects.filter(pk=key).values_list("unit__organisation_id", flat=True).first()
    if own is not None and other == own:
        return "这一页是这个单位另一轮督查的勾选表，没有采用。"
    return "这一页是另一个单位的勾选表，没有采用。"
