"""The lists of findings and of their rectification: columns, what they are narrowed to, under which
headings, and where each cell leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from taizhang.inspection import rights
from taizhang.inspection.flows import BRANCH, FINDING, LEADER, MEMBER, OFFICE
from taizhang.inspection.models import Finding, Round
from taizhang.inspection.papers.parts import problems
from taizhang.inspection.progress import board, round_comparison
from taizhang.inspection.site import explained
from taizhang.inspection.together.actions import VERBS
from taizhang.orgs.actor import Actor
from taizhang.web.http import ActorRequest
from taizhang.web.lists import listing
from taizhang.web.lists.listing import Cell, Column, Row
from taizhang.web.templatetags.addresses import address

SHARED = (
    Column("number", "编号", least=17), Column("unit", "单位", least=7), Column("item", "项目"), Column("facts", "具体表现", sorts=False),
)  # fmt: skip
COLUMNS = (
    *SHARED, Column("category", "大类", is_usual=False), Column("severity", "程度", least=4), Column("manner", "类型", least=4), Column("deadline", "时限", least=7),
    Column("standing", "状态", least=4), Column("source", "来源", is_usual=False), Column("basis", "依据", is_usual=False, sorts=False),
    Column("by", "草拟／复核", least=7),
)  # fmt: skip
MENDING = (
    Column("deadline", "时限", least=7), *SHARED, Column("measure", "措施", sorts=False), Column("responsible", "责任人"),
    Column("leader", "责任领导", is_usual=False), Column("severity", "程度", is_usual=False), Column("manner", "类型", is_usual=False),
    Column("progress", "进展", is_number=True), Column("standing", "状态", least=4),
)  # fmt: skip
GROUPS = (
    ("unit", "单位"),
    ("item", "项目"),
    ("category", "大类"),
    ("severity", "程度"),
    ("standing", "状态"),
    ("month", "时限（月）"),
)
_LATE = ("overdue", "red", "amber", "green", "done")


def findings(request: ActorRequest, found: Iterable[Finding]) -> dict[str, Any]:
    """What the page of a round's findings says of them."""
    return _page(request, "findings", COLUMNS, [(one, None) for one in found], [])


def mending(request: ActorRequest, lines: Sequence[board.Rectifying]) -> dict[str, Any]:
    """What the page of a round's rectification says of it."""
    light = listing.choice(request, "light", "时限", [(c, w) for c, w, _ in board.lights(lines)])
    kept = [(one.finding, one) for one in lines if light.chosen in ("", one.light)]
    return _page(request, "rectification", MENDING, kept, [light])


def table(actor: Actor, found: Iterable[Finding]) -> tuple[list[str], list[list[str]]]:
    """Findings for a sheet, with all columns of both lists."""
    columns = {column.name: column for column in (*COLUMNS, *MENDING) if column.name != "progress"}
    listed = list(found)
    said = explained.of_findings(listed)
    told = [
        [row.cells[name].text for name in columns] + [said.get(one.pk, "")]
        for one in listed
        for row in [_row(actor, one, None, "")]
    ]
    return [*(column.label for column in columns.values()), "支部说明"], told


def _page(
    request: ActorRequest,
    name: str,
    columns: Sequence[Column],
    lines: Sequence[tuple[Finding, board.Rectifying | None]],
    more: list[listing.Choice],
) -> dict[str, Any]:
    by = listing.choice(request, "by", "分组", GROUPS, blank="不分组")
    asked = [*_asked(request, [one for one, _ in lines]), *more]
    by_name = {one.name: one.chosen for one in asked}
    kept = [(one, line) for one, line in lines if _is_asked(one, by_name)]
    headed = _headings(by.chosen)
    rows = [_row(request.actor, one, line, headed(one)[1]) for one, line in kept]
    order = {one.pk: headed(one)[0] for one, _ in kept}
    listed = listing.of_rows(
        request,
        name=name,
        columns=columns,
        rows=rows,
        group=(lambda row: order[int(row.key)]) if by.chosen else None,
        counted="个",
        ticks=bool(rows),
        empty="没有这样的问题。" if request.GET else "还没有问题。",
    )
    acts = _acts(request.actor, [one for one, _ in kept])
    return {"listed": listed, "asked": [*asked, by], "saved": listing.saved(request), "acts": acts}


def _asked(request: ActorRequest, found: Sequence[Finding]) -> list[listing.Choice]:
    units = {one.visit.unit_id: one.visit.unit.name for one in found}
    items = {one.item_id or 0: _item_name(one) for one in sorted(found, key=_item_place)}
    categories = {name: name for one in found if (name := one.item and one.item.category)}
    return [
        listing.choice(request, "unit", "单位", units.items()),
        listing.choice(request, "item", "项目", items.items()),
        listing.choice(request, "category", "大类", categories.items()),
        listing.choice(request, "severity", "程度", Finding.Severity.choices),
        listing.choice(request, "standing", "状态", Finding.Standing.choices),
        listing.choice(request, "again", "上轮未整改", [("1", "只列这些")]),
    ]


def _is_asked(one: Finding, asked: dict[str, str]) -> bool:
    said = {
        "unit": f"{one.visit.unit_id}",
        "item": f"{one.item_id or 0}",
        "category": one.item.category if one.item else "",
        "severity": one.severity,
        "standing": one.standing,
        "again": "1" if one.repeat_of_id else "0",
    }
    return all(asked.get(name, "") in ("", value) for name, value in said.items())


def _item_place(one: Finding) -> int:
    return one.item.no if one.item else 10**6


def _item_name(one: Finding) -> str:
    return one.item.called if one.item else "其他"


def _category(one: Finding) -> str:
    return (one.item.category if one.item else "") or "其他"


def _headings(by: str) -> Callable[[Finding], tuple[Any, str]]:
    """Of a finding its place among the headings, and its heading."""
    known: dict[str, Callable[[Finding], tuple[Any, str]]] = {
        "unit": lambda one: (
            (one.visit.unit.area.order, one.visit.unit.order),
            one.visit.unit.name,
        ),
        "item": lambda one: (_item_place(one), _item_name(one)),
        "category": lambda one: (_item_place(one), _category(one)),
        "severity": lambda one: (
            -Finding.Severity.values.index(one.severity),
            one.get_severity_display(),
        ),
        "standing": lambda one: (
            Finding.Standing.values.index(one.standing),
            one.get_standing_display(),
        ),
        "month": lambda one: (_month(one.deadline), _month(one.deadline) or "没有时限"),
    }
    return known.get(by, lambda _: (0, ""))


def _month(day: date | None) -> str:
    return f"{day:%Y年%m月}" if day else ""


def _row(actor: Actor, one: Finding, line: board.Rectifying | None, heading: str) -> Row:
    unit, plan = one.visit.unit, getattr(one, "rectification", None)
    where = links(one, actor)
    cells = {
        "number": Cell(one.number or "查看", url=address("inspection:finding", one.pk)),
        "unit": Cell(unit.name, url=where["unit"], order=(unit.area.order, unit.order)),
        "item": Cell(_item_name(one), url=where["item"], order=_item_place(one)),
        "facts": Cell(one.facts, tag="上轮未整改" if one.repeat_of_id else ""),
        "category": Cell(_category(one)),
        "severity": Cell(
            one.get_severity_display(), order=Finding.Severity.values.index(one.severity)
        ),
        "manner": Cell(one.get_manner_display()),
        "source": Cell(one.get_source_display()),
        "basis": Cell(one.basis),
        "standing": Cell(
            one.get_standing_display(),
            tone="tag",
            order=Finding.Standing.values.index(one.standing),
        ),
        "deadline": Cell(f"{one.deadline or ''}"),
        "by": Cell(f"{one.by.name}／{one.seconded_by.name if one.seconded_by else '—'}"),
        "measure": Cell(plan.measure if plan else ""),
        "responsible": Cell(plan.responsible_name if plan else ""),
        "leader": Cell(plan.leader_name if plan else ""),
    }
    if line is not None:
        cells["deadline"] = Cell(
            f"{one.deadline or ''}",
            tag=line.told,
            order=(_LATE.index(line.light), f"{one.deadline or ''}"),
        )
        cells["progress"] = Cell(f"{line.percent}%", order=line.percent, is_number=True)
    return Row(one.pk, cells, group=heading)


def links(one: Finding, actor: Actor) -> dict[str, str]:
    """Where a finding leads: its unit's ledgers, why its item is judged so, and the records of its
    days; empty where the actor may not read them.
    """
    place = one.visit.unit.organisation
    found = dict.fromkeys(("unit", "item", "records"), "")
    if place is None or not place.keeps_ledgers or not actor.may_read(place):
        return found
    found["unit"] = address("checks:branch", place.pk)
    if one.item and one.item.catalogue_item:
        found["item"] = address("checks:item", place.pk, one.item.catalogue_item)
    if one.rule and one.window:
        found["records"] = address("checks:at", place.pk, one.rule, one.window)
    return found


def sentence(one: Finding) -> tuple[int, str] | None:
    """Under which number a finding stands in its unit's letter, and in which words."""
    letter = getattr(one.visit, "letter", None)
    return (
        problems.in_letter(letter.frozen.get("findings", []), one.number)
        if letter and one.number
        else None
    )


def _acts(actor: Actor, found: Sequence[Finding]) -> list[tuple[str, str]]:
    """What the actor may do with some of them at once."""
    areas = {one.visit.unit.area for one in found}
    roles = {area.pk: rights.roles_in_area(area, actor) for area in areas}
    office = {OFFICE} if actor.may_run_office() else set()
    verbs: set[str] = set()
    for one in found:
        if one.visit.unit.area.round.standing == Round.Standing.ARCHIVED:
            continue
        mine = (roles[one.visit.unit.area_id] | office) - {BRANCH}
        verbs |= {step.verb for step in FINDING.open_to(one.standing, mine)}
        if one.standing == Finding.Standing.DRAFT and mine & {MEMBER, LEADER}:
            verbs.add("second")
    return [(verb, word) for verb, word in VERBS.items() if verb in verbs]


def may_set_deadlines(opened: Round, actor: Actor) -> bool:
    """Whether the page offers it."""
    return actor.may_run_office() and opened.standing != Round.Standing.ARCHIVED


FATES = (
    Column("word", "结果"), Column("area", "片区", is_usual=False), Column("unit", "单位", least=7), Column("item", "项目"),
    Column("facts", "具体表现", sorts=False), Column("earlier", "上轮"), Column("found", "本轮"),
)  # fmt: skip

TONES = {round_comparison.MENDED: "tag o-ok", round_comparison.UNSEEN: "tag"}
"""Of what is neither: tag o-missing."""


def fates(request: ActorRequest, found: round_comparison.Comparison) -> dict[str, Any]:
    """What the page of two rounds says: numbers that lead to their problems, and the problems."""
    words = [(one, one) for one in round_comparison.WORDS]
    asked = [listing.choice(request, "word", "结果", words)]
    for name, label in (("area", "片区"), ("unit", "单位"), ("item", "项目")):
        values = dict.fromkeys(getattr(one, name) for one in found.fates)
        asked.append(listing.choice(request, name, label, [(one, one) for one in values]))
    kept = [
        one
        for one in found.fates
        if all(not each.chosen or getattr(one, each.name) == each.chosen for each in asked)
    ]
    rows = [_fate(n, one) for n, one in enumerate(kept)]
    listed = listing.of_rows(
        request, name="fates", columns=FATES, rows=rows, counted="个", empty="没有这样的问题。"
    )
    by = {
        "area": [(round_comparison.WHOLE, found.total), *found.by_area],
        "unit": found.by_unit,
        "item": found.by_item,
    }
    tables = {
        name: [
            (row, _leading(name, row, ns), bar)
            for (row, ns), bar in zip(some, round_comparison.bars(some), strict=True)
        ]
        for name, some in by.items()
    }
    return {"listed": listed, "asked": asked, "saved": listing.saved(request), "tables": tables}


def _leading(name: str, row: str, numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Each number with the address of the problems that it counts; nothing is behind a 0."""
    of = {} if row == "全部" else {name: row}
    pairs = zip(round_comparison.WORDS, numbers, strict=True)
    return [(n, f"?{urlencode(of | {'word': word})}#fates" if n else "") for word, n in pairs]


def _fate(n: int, one: round_comparison.Fate) -> Row:
    order = round_comparison.WORDS.index(one.word)
    cells = {
        "word": Cell(one.word, tone=TONES.get(one.word, "tag o-missing"), order=order),
        "area": Cell(one.area),
        "unit": Cell(one.unit),
        "item": Cell(one.item),
        "facts": Cell(one.facts),
        "earlier": _of_round(one.earlier),
        "found": _of_round(one.found),
    }
    return Row(n, cells)


def _of_round(one: Finding | None) -> Cell:
    if one is None:
        return Cell("")
    told = f"{one.number} {one.get_standing_display()}".strip()
    return Cell(told, url=address("inspection:finding", one.pk))
