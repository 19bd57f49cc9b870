"""督查情况通报 (DOMAIN 7.10): each fact stands only with the units of which it was found; persons are
never named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from taizhang.checks import engine
from taizhang.inspection.models import Finding, Highlight, Round, TeamMember, Visit
from taizhang.inspection.papers.parts import heads
from taizhang.inspection.papers.parts.problems import OTHER, Problem, about, joined
from taizhang.inspection.papers.parts.shared import numbered, organ
from taizhang.inspection.papers.parts.unnamed import MANY, Blur
from taizhang.inspection.site import seen
from taizhang.kernel.errors import WrongState
from taizhang.ledgers.records.names_kept import persons_named
from taizhang.orgs.models import Organisation, PaperKind, User
from taizhang.orgs.queries.organisations import branches_of
from taizhang.papers.official.paper import Clause, Official, in_full, numeral
from taizhang.papers.wording import days_told, sentence, unended

SOMEBODY, SOME_UNIT = "某同志", "某单位"


@dataclass(frozen=True)
class Fault:
    """What a circular says in one sentence, and of which units."""

    units: tuple[str, ...]
    about: str
    kind: str
    """What kind of fault: the rule that suspected it, else its own words."""
    text: str
    problems: int
    times: int = 1
    """How often the same was found in one unit."""


class Masks:
    """What stands instead of names. Longer ones go first, so that a school of a person's name stays
    a school.
    """

    def __init__(self, instead: Mapping[str, str]) -> None:
        """Name → what stands instead; a name may stand for itself."""
        self._instead = instead
        ranked = sorted(instead, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, ranked))) if ranked else None

    def over(self, text: str) -> str:
        """The text without these names; several persons one after another are counted."""
        if self._pattern is None:
            return text
        masked = self._pattern.sub(lambda name: self._instead[name[0]], text)
        return _SEVERAL.sub(lambda run: f"{run[0].count(SOMEBODY)}名同志", masked)


_SEVERAL = re.compile(f"{SOMEBODY}(?:[、，和与]{SOMEBODY})+")


def circular(opened: Round, *, named: bool = True) -> Official:
    """The circular of a round as of today; without names as “部分支部”, “个别支部”."""
    found, visits, masks = _issued(opened), _visits(opened), _masks(opened, named=named)
    if not visits:
        raise WrongState("还没有反馈，不能出具情况通报。")
    whom = "" if named else _together(opened)
    parts = [
        ("总体情况", [Clause(told) for told in _overall(found, visits, named=named)]),
        ("主要做法和亮点", _good(opened, masks, whom)),
        ("存在问题", told_by_kind(_faults(opened, found, masks, named=named), whom)),
        ("整改要求", [Clause(_DEMAND)] if found else []),
    ]
    body = [
        Clause(
            f"根据工作安排，{days_told(opened.starts_on, opened.ends_on)}，{organ(opened)}组织督查组开展了督查。"
            "现将有关情况通报如下："
        )
    ]
    for n, (title, said) in enumerate((part for part in parts if part[1]), start=1):
        body += [Clause(f"{numeral(n)}、{title}", 1), *said]
    to = "、".join(opened.addressees).rstrip("：:") or "局属各基层党组织"
    paper = Official(
        f"关于{opened.subject}情况的通报",
        f"{to}：",
        [*body, Clause("特此通报。")],
        organ(opened),
        timezone.localdate(),
    )
    return heads.headed(paper, PaperKind.CIRCULAR, opened)


def anonymous_circular(opened: Round) -> Official:
    """The circular without names."""
    return circular(opened, named=False)


_DEMAND = "有问题的党组织要逐条整改、举一反三，按反馈意见规定的时限报送整改方案和整改报告，主要负责人为第一责任人。"


def _issued(opened: Round) -> list[Finding]:
    """Every problem that was issued and stands."""
    found = Finding.objects.filter(visit__unit__area__round=opened, standing__in=Finding.ISSUED)
    return list(
        found.select_related("visit__unit__area", "item").order_by(
            "visit__unit__area__order", "visit__unit__order", "number", "pk"
        )
    )


def _visits(opened: Round) -> list[Visit]:
    found = Visit.objects.filter(unit__area__round=opened, letter__isnull=False)
    return list(
        found.select_related("unit__area__round").order_by("unit__area__order", "unit__order")
    )


def _masks(opened: Round, *, named: bool) -> Masks:
    units = [unit for area in opened.areas.all() for unit in area.units.all()]
    branches = [unit.organisation for unit in units if unit.organisation]
    inside = [one for some in branches_of(branches).values() for one in some]
    branches = list({one.pk: one for one in (*branches, *inside)}.values())
    keys = [branch.pk for branch in branches]
    accounts = User.objects.filter(duties__organisation__in=keys).values_list("name", flat=True)
    team = TeamMember.objects.filter(area__round=opened).values_list("name", flat=True)
    persons = persons_named(keys) | {name for name in (*accounts, *team) if len(name) > 1}
    called = {unit.name for unit in units} | {name for unit in units for name in unit.includes}
    for branch in branches:
        called |= {branch.full_name, branch.short_name}
        for former in branch.former_names.all():
            called |= {former.full_name, former.short_name}
        called |= {alias.name for alias in branch.aliases.all()}
        called |= {school.name for school in branch.units.all()}
    instead = dict.fromkeys(persons, SOMEBODY)
    for name in called:
        if len(name) > 1:
            instead[name] = name if named else SOME_UNIT
    return Masks(instead if named else instead | _places(opened))


def _places(opened: Round) -> dict[str, str]:
    """Where units were inspected: an area may have one unit, and a venue is a school."""
    areas = opened.areas.all()
    venues = {one.venue.strip() for area in areas for one in area.sessions.all()}
    named = {area.name.strip(): "某片区" for area in areas} | dict.fromkeys(venues, "某地点")
    return {name: told for name, told in named.items() if len(name) > _COMMON}


_COMMON = 2
"""A name of so many characters may be a word of the text."""


def _faults(opened: Round, found: Iterable[Finding], masks: Masks, *, named: bool) -> list[Fault]:
    """Kind of work by kind of work, and where units are named each by itself; what differs by its
    time alone is one sentence, where no unit is named only if it is of the same units.
    """
    said: dict[tuple[str, str], dict[Problem, list[str]]] = {}
    told = [
        (f.visit.unit.name, _problem(_masked(f, masks), f, about(f.item, opened.catalogue)))
        for f in found
    ]
    for unit, whose, problem in _by_unit(told) if named else _without_units(told, _blur(opened)):
        said.setdefault((whose, problem.about), {}).setdefault(problem, []).append(unit)
    return [
        _fault(kind, entry.text, [listed[one] for one in entry.members], entry.first, named=named)
        for (_, kind), units in said.items()
        for listed in [_apart(units) if named else units]
        for entry in joined(list(listed))
    ]


def _by_unit(told: list[tuple[str, Problem]]) -> Iterator[tuple[str, str, Problem]]:
    for unit, problem in told:
        yield unit, unit, problem


def _without_units(
    told: list[tuple[str, Problem]], blur: Blur
) -> Iterator[tuple[str, str, Problem]]:
    """What many units have in common, and of which, with its year or month; the rest without its
    details.
    """
    units: dict[Problem, set[str]] = {}
    for unit, problem in told:
        units.setdefault(_coarse(problem, blur), set()).add(unit)
    for unit, problem in told:
        common = _coarse(problem, blur)
        if len(of := units[common]) >= MANY:
            yield unit, "、".join(sorted(of)) if common.window else "", common
        else:
            yield unit, "", replace(problem, facts=blur.of_few(problem.facts), window="")


def _coarse(problem: Problem, blur: Blur) -> Problem:
    """Its window stays with a text that says no more than the window."""
    facts = blur.of_many(problem.facts)
    return problem if facts == problem.facts else replace(problem, facts=facts, window="")


def _blur(opened: Round) -> Blur:
    """The requirements and the rules speak of no unit."""
    items = [f"{i.category}{i.subcategory}{i.title}{i.requirement}" for i in opened.items.all()]
    rules = engine.rules(opened.catalogue).values() if opened.catalogue else ()
    said = [text for rule in rules for text in (rule.says, rule.finding, rule.official)]
    return Blur("\n".join([*items, *said]))


def _fault(kind: str, text: str, units: list[list[str]], first: Problem, *, named: bool) -> Fault:
    every = [unit for some in units for unit in some]
    times = len(every) if named and len(units) == 1 else 1
    return Fault(tuple(dict.fromkeys(every)), kind, first.rule or text, text, len(every), times)


def _apart(listed: Mapping[Problem, list[str]]) -> dict[Problem, list[str]]:
    """What one unit did twice at one time is told by itself, with how often."""
    return {
        replace(one, window="") if len(units) > 1 else one: units for one, units in listed.items()
    }


def _problem(text: str, f: Finding, kind: str) -> Problem:
    """Without its time where a person was masked: another time may be of another person."""
    window = "" if SOMEBODY in text or "名同志" in text else f.window
    return Problem(text, about=kind, rule=f.rule, window=window)


def _masked(f: Finding, masks: Masks) -> str:
    text = unended(masks.over(f.facts))
    disputed = f.standing == Finding.Standing.DISPUTED
    return f"{text}（已提出申诉，正在核实）" if disputed else text


def _overall(found: list[Finding], visits: list[Visit], *, named: bool) -> list[str]:
    """Numbers of units and problems; units that nobody looked at are not counted as looked at."""
    unread = [visit.unit.name for visit in visits if seen.of_visit(visit).nothing]
    kinds = Counter(f.item.category if f.item and f.item.category else "其他" for f in found)
    parts = "，".join(f"{name}{n}个" for name, n in kinds.most_common())
    told = [
        (
            f"本次督查共查阅{len(visits) - len(unread)}个党组织的台账，"
            f"反馈问题{len(found)}个{f'（{parts}）' if parts else ''}。"
        )
    ]
    if unread:
        who = f"：{'、'.join(unread)}" if named else ""
        told.append(f"未查阅{len(unread)}个党组织的台账{who}。")
    if closed := sum(f.standing == Finding.Standing.CLOSED for f in found):
        rate = f"占{closed * 1000 // len(found) / 10:g}%"
        told.append(f"截至{in_full(timezone.localdate())}，已销号{closed}个，{rate}。")
    return told


def _together(opened: Round) -> str:
    """What the units are called where they are not named."""
    units = [unit.organisation for area in opened.areas.all() for unit in area.units.all()]
    others = [one for one in units if one and one.org_type not in Organisation.BRANCH_TYPES]
    return "党组织" if others else "支部"


def _good(opened: Round, masks: Masks, whom: str) -> list[Clause]:
    """All highlights that were confirmed; the same words once, with every unit of which they were
    said.
    """
    found = Highlight.objects.filter(visit__unit__area__round=opened, gone_at__isnull=True)
    said: dict[str, list[str]] = {}
    for one in found.exclude(standing=Highlight.Standing.DRAFT).select_related("visit__unit"):
        said.setdefault(unended(masks.over(one.text)), []).append(one.visit.unit.name)
    if whom:
        said = _common_praise(said, _blur(opened))
    return numbered(
        f"{_units(units, whom, total=0)}：{sentence(text)}" for text, units in said.items()
    )


def _common_praise(said: Mapping[str, list[str]], blur: Blur) -> dict[str, list[str]]:
    common: dict[str, list[str]] = {}
    for text, units in said.items():
        common.setdefault(blur.of_many(text), []).extend(units)
    found: dict[str, list[str]] = {}
    for text, units in said.items():
        many = len(set(common[blur.of_many(text)])) >= MANY
        told = blur.of_many(text) if many else blur.of_few(text)
        found.setdefault(told, []).extend(units)
    return found


def told_by_kind(faults: list[Fault], whom: str) -> list[Clause]:
    """By kind of work, the most frequent first, with its extent; in it a paragraph for each kind of
    fault, and in it each fact once, with exactly the units of which it was found.
    """
    works: dict[str, dict[str, list[Fault]]] = {}
    for fault in faults:
        works.setdefault(fault.about, {}).setdefault(fault.kind, []).append(fault)
    total = len({unit for fault in faults for unit in fault.units})
    clauses: list[Clause] = []
    ranked = sorted(works.items(), key=lambda work: (work[0] == OTHER, -_many(work[1])))
    for at, (name, kinds) in enumerate(ranked, start=1):
        clauses.append(Clause(f"（{numeral(at)}）{name}方面", 2))
        units = {unit for same in kinds.values() for fault in same for unit in fault.units}
        clauses.append(Clause(f"涉及{len(units)}个党组织，共{_many(kinds)}个问题。"))
        listed = sorted(kinds.values(), key=lambda same: -sum(fault.problems for fault in same))
        told = ["；".join(_facts(same, whom, total=total)) for same in listed]
        clauses += numbered(sentence(one) for one in told)
    return clauses


def _many(kinds: Mapping[str, list[Fault]]) -> int:
    return sum(fault.problems for same in kinds.values() for fault in same)


def _facts(faults: Iterable[Fault], whom: str, *, total: int) -> list[str]:
    """The same sentence once with all its units; said of one unit several times, it is counted."""
    said: dict[tuple[str, int], list[str]] = {}
    for fault in faults:
        said.setdefault((fault.text, fault.times), []).extend(fault.units)
    return [
        f"{_units(who, whom, total=total)}{text}{f'（{times}处）' if times > 1 else ''}"
        for (text, times), who in said.items()
    ]


def _units(units: Sequence[str], whom: str, *, total: int) -> str:
    """Their names, or how many they are: 一些 is half of those with problems, 部分 more than two, 个别
    one or two.
    """
    names = list(dict.fromkeys(units))
    if not whom:
        return "、".join(names)
    if not total:
        return f"{len(names)}个{whom}" if len(names) >= MANY else f"有的{whom}"
    if len(names) > 2 and len(names) * 2 >= total:
        return f"一些{whom}"
    return f"部分{whom}" if len(names) > 2 else f"个别{whom}"
