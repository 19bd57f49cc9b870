"""Problems as papers tell them: by kind, the grave before the slight, what differs by its time
alone in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from taizhang.checks import engine
from taizhang.inspection import bases, proposals
from taizhang.inspection.models import Finding, RoundItem, Visit
from taizhang.kernel.calendar import COUNTED, grain_of
from taizhang.kernel.writing import formal
from taizhang.papers.official.paper import Clause, numeral
from taizhang.papers.wording import sentence, unended

OTHER = "其他"
GRAVITY = ("grave", "serious", "minor")
_SEVERITIES = dict(Finding.Severity.choices)
_LAST = 10**6
"""What belongs to no requirement comes last."""
_COUNTED_FROM = 3
_NO_BASIS = re.compile(r"^系统提示|（待核实）。?$")
"""What is no requirement, or is not known to be one, is no basis of a letter."""
_NOT_BEFORE = re.compile(r"[0-9自从至到]$")
_NOT_AFTER = re.compile(r"^[0-9度起止前后内时的至之以共]|[0-9]")
"""Between these a time cannot stand for several: the rest would not be true of each."""
_NUMBERING = re.compile(r"^.*（[一二三四五六七八九十]+）\s*(?:——|—|：)?\s*")


@dataclass(frozen=True)
class Problem:
    """One finding, as it was on the day of the paper."""

    facts: str
    basis: str = ""
    suggestion: str = ""
    severity: str = "minor"
    manner: str = ""
    deadline: date | None = None
    about: str = OTHER
    """The kind of work that it belongs to."""
    no: int = _LAST
    """The number of its requirement."""
    rule: str = ""
    window: str = ""
    remedy: str = ""
    """What is still to be done about it, where a rule found it."""

    @property
    def place(self) -> tuple[int, int]:
        """The grave first, then as the requirements stand."""
        known = self.severity in GRAVITY
        return (GRAVITY.index(self.severity) if known else len(GRAVITY)), self.no


@dataclass(frozen=True)
class Entry:
    """What is said in one sentence: one problem, or several of one rule at several times."""

    members: tuple[Problem, ...]
    text: str

    @property
    def first(self) -> Problem:
        """The one by which it is placed."""
        return self.members[0]


@dataclass(frozen=True)
class Group:
    """The problems of one kind of work."""

    about: str
    entries: list[Entry]


@dataclass(frozen=True)
class Told:
    """Problems in clauses, numbered through, and what stands under each number."""

    clauses: list[Clause]
    numbered: list[tuple[int, Entry]]


def of_findings(visit: Visit, findings: Iterable[Finding]) -> list[Problem]:
    """As they are now."""
    version, rules = visit.unit.area.round.catalogue, bases.version_of(visit)
    return [
        Problem(
            f.facts,
            f.basis,
            f.suggestion,
            f.severity,
            f.manner,
            f.deadline,
            about(f.item, version),
            f.item.no if f.item else _LAST,
            f.rule,
            f.window,
            proposals.remedy(rules, f.rule) or "",
        )
        for f in findings
    ]


def kept(problem: Problem) -> dict[str, Any]:
    """As it is frozen with a letter."""
    return asdict(problem) | {"deadline": f"{problem.deadline or ''}"}


def read(said: dict[str, Any]) -> Problem:
    """As it was frozen; what a letter of before does not say is not known."""
    known = {name: said[name] for name in Problem.__dataclass_fields__ if name in said}
    old = {"about": said["category"]} if said.get("category") and "about" not in said else {}
    day = said.get("deadline", "")
    return Problem(**known | old | {"deadline": date.fromisoformat(day) if day else None})


def about(item: RoundItem | None, version: str) -> str:
    """The kind of work of a requirement: as the catalogue calls it, else its 小类, its 大类, itself."""
    if item is None:
        return OTHER
    known = engine.catalogue(version).item(item.catalogue_item) if version else None
    if known is not None and known.heading:
        return known.heading
    named = item.subcategory.strip() or item.category.strip() or item.title.strip()
    return unended(_NUMBERING.sub("", named)).removesuffix("方面") or OTHER


def grouped(problems: Iterable[Problem]) -> list[Group]:
    """By kind of work, the one with the gravest problem first."""
    kinds: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda one: one.place):
        kinds.setdefault(problem.about, []).append(problem)
    groups = [Group(name, _by_basis(joined(some))) for name, some in kinds.items()]
    return sorted(groups, key=lambda group: (group.about == OTHER, *group.entries[0].first.place))


def _by_basis(entries: list[Entry]) -> list[Entry]:
    """Those that rest on the same stand together, where the first of them stood."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(basis_of(entry) or f"{id(entry)}", []).append(entry)
    return [entry for some in found.values() for entry in some]


def basis_of(entry: Entry) -> str:
    """What it rests on, where that is a requirement."""
    basis = entry.first.basis.strip()
    return "" if _NO_BASIS.search(basis) else unended(basis)


def joined(problems: Sequence[Problem]) -> list[Entry]:
    """In their order; what one rule found at several times, and what is alike in all else, in one
    sentence.
    """
    found: dict[Any, list[Problem]] = {}
    for at, problem in enumerate(problems):
        alike = _alike(problem)
        key = alike if alike is not None else at
        if alike is not None and problem.window in (one.window for one in found.get(key, [])):
            key = at
        found.setdefault(key, []).append(problem)
    return [_entry(some) for some in found.values()]


def _alike(problem: Problem) -> object:
    """All that must be the same: everything but the window, and the sentence around it."""
    around = _around(problem)
    if around is None:
        return None
    return replace(problem, facts="", window=""), around, grain_of(problem.window)


def _around(problem: Problem) -> tuple[str, str] | None:
    """What stands before and after the time, if the rest is true of each of several times."""
    facts, when = unended(problem.facts), formal.window(problem.window) if problem.window else ""
    if not (problem.rule and when) or facts.count(when) != 1:
        return None
    before, _, after = facts.partition(when)
    return None if _NOT_BEFORE.search(before) or _NOT_AFTER.search(after) else (before, after)


def _entry(some: list[Problem]) -> Entry:
    around = _around(some[0])
    if len(some) == 1 or around is None:
        return Entry(tuple(some), unended(some[0].facts))
    labels = sorted(one.window for one in some)
    grain = grain_of(labels[0])
    count = f"共{len(labels)}{COUNTED[grain]}" if grain and len(labels) >= _COUNTED_FROM else ""
    before, after = around
    return Entry(tuple(some), f"{before}{formal.windows(labels)}{count}{after}")


def told(problems: Iterable[Problem]) -> Told:
    """The clauses of a letter: under （一）, （二） where there are several kinds, numbered through."""
    groups = grouped(problems)
    differ = len({p.severity for group in groups for e in group.entries for p in e.members}) > 1
    clauses: list[Clause] = []
    numbered: list[tuple[int, Entry]] = []
    for at, group in enumerate(groups, start=1):
        if len(groups) > 1:
            clauses.append(Clause(f"（{numeral(at)}）{group.about}方面", 2))
        own = list(enumerate(group.entries, start=len(numbered) + 1))
        numbered += own
        clauses += _of_group(own, differ=differ)
    return Told(clauses, numbered)


def _of_group(numbered: list[tuple[int, Entry]], *, differ: bool) -> list[Clause]:
    """Each under its number; the basis behind the only one that rests on it, else once behind all
    that do.
    """
    shared: dict[str, list[int]] = {}
    for n, entry in numbered:
        shared.setdefault(basis_of(entry), []).append(n)
    clauses = []
    for n, entry in numbered:
        basis = basis_of(entry)
        alone = bool(basis) and len(shared[basis]) == 1
        clauses.append(Clause(f"{n}. {_said(entry, basis if alone else '', differ=differ)}", 3))
        if basis and not alone and n == shared[basis][-1]:
            whose = "" if len(shared) == 1 else f"{numbers(shared[basis])}的"
            clauses.append(Clause(f"{whose}依据：{sentence(basis)}"))
    return clauses


def _said(entry: Entry, basis: str, *, differ: bool) -> str:
    """Fact, nature where problems differ in it, basis, advice."""
    first = entry.first
    grave = differ and first.severity != Finding.Severity.MINOR
    nature = _SEVERITIES.get(first.severity, first.severity)
    return "".join(
        [
            sentence(entry.text),
            f"性质：{nature}。" if grave else "",
            f"依据：{sentence(basis)}" if basis else "",
            f"建议：{sentence(first.suggestion)}" if first.suggestion.strip() else "",
        ]
    )


def in_letter(said: Sequence[dict[str, Any]], number: str) -> tuple[int, str] | None:
    """Under which number of a letter a finding stands, and what is said of it there; `said` is what
    was frozen with it.
    """
    wanted = [read(one) for one in said if one.get("number") == number]
    listed = told(read(one) for one in said).numbered
    return next(
        (
            (n, sentence(entry.text))
            for n, entry in listed
            if any(p in entry.members for p in wanted)
        ),
        None,
    )


def how_many(shown: Told) -> str:
    """`督查发现问题12个，归纳为8项，其中严重1个、较严重3个。`"""
    problems = [problem for _, entry in shown.numbered for problem in entry.members]
    items = f"，归纳为{len(shown.numbered)}项" if len(shown.numbered) < len(problems) else ""
    found = f"督查发现问题{len(problems)}个{items}"
    by = [(name, sum(p.severity == name for p in problems)) for name in GRAVITY]
    graver = [(_SEVERITIES[name], n) for name, n in by if n and name != Finding.Severity.MINOR]
    if len(graver) == 1 and graver[0][1] == len(problems):
        alone = len(problems) == 1
        return f"{found}，{'属' if alone else '均属'}{graver[0][0]}问题。"
    which = "、".join(f"{name}{n}个" for name, n in graver)
    return f"{found}{f'，其中{which}' if which else ''}。"


def numbers(listed: Sequence[int]) -> str:
    """`第1项`, `第1、3项`, `第2至4项`."""
    runs: list[list[int]] = []
    for n in listed:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    spans = [f"{r[0]}至{r[-1]}" if len(r) > 2 else "、".join(map(str, r)) for r in runs]
    return f"第{'、'.join(spans)}项"


_TO_DO = (
    ("now", "要对照要求据实补齐"),
    ("correct", "要对照原始记录核实更正"),
    ("past", "已经过去、不能补做，不得事后补造记录，要查找原因、举一反三，建立长效机制"),
)


def to_do(numbered: Sequence[tuple[int, Entry]]) -> str:
    """What is still to be done about which: to be made good only what can be, never
    what is past.
    """
    kinds = [(_with(numbered, remedy), how) for remedy, how in _TO_DO]
    known = [(listed, how) for listed, how in kinds if listed]
    parts = [f"{_whose(listed, numbered)}{how}" for listed, how in known]
    return sentence("；".join(parts))


def _with(numbered: Sequence[tuple[int, Entry]], remedy: str) -> list[int]:
    return [n for n, entry in numbered if entry.first.remedy == remedy]


def _whose(listed: Sequence[int], numbered: Sequence[tuple[int, Entry]]) -> str:
    if len(listed) < len(numbered):
        return numbers(listed)
    return "上述问题"


_BY_WHEN = {
    Finding.Manner.AT_ONCE: "立行立改，于{day}前整改到位",
    Finding.Manner.BY_DEADLINE: "限期整改，于{day}前整改到位",
    Finding.Manner.LONG_TERM: "长期坚持，整改时限为{day}",
}


def by_when(numbered: Sequence[tuple[int, Entry]]) -> str:
    """Which until when, the earliest first."""
    when: dict[tuple[date, str], list[int]] = {}
    for n, entry in numbered:
        if entry.first.deadline:
            when.setdefault((entry.first.deadline, entry.first.manner), []).append(n)
    parts = [
        f"{_whose(listed, numbered)}"
        f"{_BY_WHEN.get(Finding.Manner(manner), '{day}前整改到位').format(day=formal.day(day))}"
        for (day, manner), listed in sorted(when.items())
    ]
    return sentence("；".join(parts))
