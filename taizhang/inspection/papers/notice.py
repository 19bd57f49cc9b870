"""督查通知 (DOMAIN 7.1): in the words and the order of the notice that the round was opened from, else
composed of what is on record.
"""

from __future__ import annotations

import re

from taizhang.inspection.models import Round, RoundArea, RoundItem
from taizhang.inspection.papers.parts import heads
from taizhang.inspection.papers.parts.shared import numbered, organ, team_told
from taizhang.inspection.papers.parts.times import day_of_week, hours_told, period_told
from taizhang.inspection.plan import changes
from taizhang.kernel.text import folded
from taizhang.orgs.models import PaperKind
from taizhang.papers.official.paper import Annex, Clause, Official, in_full, numeral
from taizhang.papers.paper import Table
from taizhang.papers.wording import days_told, listed, paragraphs

METHODS = ("分片区集中查阅台账，明确工作要求，开展工作会商。",)
DEMANDS = ("被督查党组织由书记和负责台账的工作人员参加，并将本支部台账资料带至督查点。",)
"""What every round does and asks, where its own words are not written down."""
_SAYS_WHAT = re.compile(r"内容(?:涵盖|包括|包含|为|是|[:：])|重点(?:是|为|[:：])")


def notice(opened: Round) -> Official:
    """The notice with both annexes."""
    items = list(opened.items.all())
    what = _contents(opened, items)
    parts = [
        ("督查时间及对象", _when_and_whom(opened)),
        ("督查方式", numbered(opened.methods or METHODS)),
        ("督查内容", [Clause(text) for text in what]),
        ("工作要求", [*numbered(opened.demands or DEMANDS), *_contact(opened)]),
    ]
    body = [Clause(text) for text in _preamble(opened)]
    for n, (title, said) in enumerate((part for part in parts if part[1]), start=1):
        body += [Clause(f"{numeral(n)}、{title}", 1), *said]
    body += [Clause(text) for text in _replaces(opened)]
    to = "、".join(opened.addressees).rstrip("：:") or "局属各基层党组织"
    annexes = [Annex(title, [table]) for title, table in _annexes(opened, items)]
    paper = Official(
        title_of(opened),
        f"{to}：",
        body,
        organ(opened),
        opened.issued_on,
        number=opened.number,
        attachments=[annex.title for annex in annexes],
        annexes=annexes,
    )
    return heads.headed(paper, PaperKind.NOTICE, opened)


def title_of(opened: Round) -> str:
    """The round's title where it is that of a notice, else a notice of what it is about."""
    title = opened.title.strip()
    return title if title.endswith("通知") else f"关于开展{opened.subject}的通知"


def _annexes(opened: Round, items: list[RoundItem]) -> list[tuple[str, Table]]:
    """The tables that have anything to say, under the titles that the round's own notice gives
    them, as far as it does.
    """
    usual = [f"{opened.subject}片区分组安排", "督查台账要求"]
    own = [str(title).strip() for title in opened.annexes[:2]]
    there = [(at, table) for at, table in enumerate((_areas(opened), _asked(items))) if table.rows]
    if len(own) != len(there):
        own = [*own, "", ""]
        return [(own[at] or usual[at], table) for at, table in there]
    return [(mine or usual[at], table) for mine, (at, table) in zip(own, there, strict=True)]


def _preamble(opened: Round) -> list[str]:
    if opened.preamble.strip():
        return [line.strip() for line in opened.preamble.splitlines() if line.strip()]
    before = opened.previous
    why = f"为检查{before.subject}反馈问题的整改情况，" if before else ""
    return [f"{why}经研究，决定开展{opened.subject}。具体通知如下："]


def _replaces(opened: Round) -> list[str]:
    """Which notice this one replaces, where one went out and was taken back."""
    before = changes.earlier_notice(opened)
    if before is None:
        return []
    title = before.paper["title"]
    number = f"（{before.number}）" if before.number else ""
    told_apart = before.number or before.issued_on != opened.issued_on
    return [
        f"本通知自印发之日起代替{in_full(before.issued_on)}印发的《{title}》{number}，原通知同时废止。"
        if before.issued_on and told_apart
        else f"本通知自印发之日起代替此前印发的《{title}》{number}，原通知同时废止。"
    ]


def _when_and_whom(opened: Round) -> list[Clause]:
    units = sum(len(area.units.all()) for area in opened.areas.all())
    whom = f"附件1所列{units}个党组织" if units else "见附件1"
    return numbered(
        (f"督查时间：{days_told(opened.starts_on, opened.ends_on)}。", f"督查对象：{whom}。")
    )


def _contents(opened: Round, items: list[RoundItem]) -> list[str]:
    """What is inspected, unless methods and demands say it themselves; what they leave out is
    always said.
    """
    own = [*opened.methods, *opened.demands]
    known = folded(
        "".join([*own, *(f"{i.category}{i.subcategory}{i.title}" for i in items if not i.is_topic)])
    )
    topics = [item.title for item in items if item.is_topic]
    missing = [name for name in topics if folded(name) not in known]
    says = any(_SAYS_WHAT.search(text) for text in own)
    weight = list(dict.fromkeys([*opened.focus, *missing])) if missing or not says else []
    asked = (
        f"，台账要求见附件{2 if opened.areas.exists() else 1}"
        if any(not i.is_topic for i in items)
        else ""
    )
    told = (
        ""
        if says
        else f"{period_told(opened.period_from, opened.period_to)}基层党建各项工作{asked}。"
    )
    if weight:
        told += f"重点是{listed(_quoted(name, opened, items) for name in weight)}。"
    looks_back = ["逐条复查上一轮督查反馈问题的整改情况。"] if opened.previous_id else []
    return [*paragraphs(told), *looks_back]


def _quoted(name: str, opened: Round, items: list[RoundItem]) -> str:
    """In quotes where the round's own words have it in quotes, as “两学一做”."""
    said = [opened.title, opened.preamble, *opened.methods, *opened.demands]
    said += [f"{i.subcategory}\n{i.title}\n{i.requirement}" for i in items if not i.is_topic]
    return f"“{name}”" if any(f"“{name}”" in text for text in said) else name


def _contact(opened: Round) -> list[Clause]:
    office, person, phone = (
        text.strip()
        for text in (opened.contact_office, opened.contact_person, opened.contact_phone)
    )
    if not (office or person or phone):
        return []
    told = [f"如有疑问请及时联系{office}" if office else "如有疑问请及时联系"]
    told += [f"联系人：{person}"] if person else []
    told += [f"联系电话：{phone}"] if phone else []
    return [Clause(f"{'，'.join(told)}。")]


def _areas(opened: Round) -> Table:
    """Annex 1; neighbouring areas of the same team share its cell."""
    rows = [
        [area.name, "、".join(units_of(area)), _sessions(area, opened), team_told(area)]
        for area in opened.areas.prefetch_related("units", "sessions", "team")
    ]
    head = ["片区", "被督查党组织", "督查时间地点", "督查组"]
    return Table("", head, rows, [0.9, 3.4, 2.3, 2.2], merged=[3])


def units_of(area: RoundArea) -> list[str]:
    """Its units as the notice writes them, `局小（含中山）`."""
    return [
        u.name
        + (f"（含{'、'.join(u.includes)}）" if u.includes else f"（{u.note}）" if u.note else "")
        for u in area.units.all()
    ]


def _sessions(area: RoundArea, opened: Round) -> str:
    told = []
    for one in area.sessions.all():
        year = not (one.date and opened.starts_on and one.date.year == opened.starts_on.year)
        hours = hours_told(one.starts_at, one.ends_at)
        place = f"地点：{one.venue}" if one.venue else ""
        told += [day_of_week(one.date, year=year), hours, place]
    return "\n".join(filter(None, told))


def _asked(items: list[RoundItem]) -> Table:
    """The table of requirements as the notice has it, with how often and how many points where it
    says so; what is only a topic stands in the text.
    """
    listed = [item for item in items if not item.is_topic]
    columns: list[tuple[str, float, list[str]]] = [
        ("大类", 1.1, [item.category for item in listed]),
        ("小类", 1.4, [item.subcategory for item in listed]),
        ("内容", 2, [item.title for item in listed]),
        ("台账要求", 4.6, [item.requirement for item in listed]),
        ("频次", 1, [item.frequency for item in listed]),
        ("分值", 0.7, ["" if item.score is None else f"{item.score:g}" for item in listed]),
    ]
    said = [one for at, one in enumerate(columns) if at < ALWAYS or any(one[2])]
    rows = [list(cells) for cells in zip(*(cells for _, _, cells in said), strict=True)]
    return Table(
        "", [head for head, _, _ in said], rows, [width for _, width, _ in said], merged=[0, 1]
    )


ALWAYS = 4
"""The columns that the table of requirements always has."""
