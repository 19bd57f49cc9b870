"""The year of a branch: what is due in it still, and each duty through its months.

Rules say the same of the same records. So what they said of a branch is kept with a mark of all the
rows that they were asked of, and said again as long as the rows, read anew for each page, bear the
same mark: to read them takes a sixth of judging them.
"""

from __future__ import annotations

import hashlib
import marshal
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from taizhang.checks import facts
from taizhang.checks.reasons import record_links, repair_links
from taizhang.checks.reasons.repair_links import Mend
from taizhang.kernel.calendar import MONTHS, Window, in_words, time_left, windows, windows_of_year
from taizhang.orgs.models import Organisation
from taizhang.rules import reference
from taizhang.rules.base import Facts, Period, Rule
from taizhang.rules.due_tables import facts_of
from taizhang.rules.duty import WindowRule


@dataclass(frozen=True)
class Due:
    """Something still to be done in a window that has begun."""

    text: str
    item: str
    deadline: date
    days_left: int
    mend: Mend

    @property
    def told(self) -> str:
        """How long there still is."""
        return time_left(self.days_left)


@dataclass(frozen=True)
class Mark:
    """One cell of the calendar: so many months wide."""

    state: str
    label: str
    months: int
    mend: Mend | None


@dataclass(frozen=True)
class CalendarRow:
    """One duty through the year."""

    says: str
    item: str
    marks: list[Mark]


@dataclass(frozen=True)
class Year:
    """What a branch has to do in a year."""

    due: list[Due]
    calendar: list[CalendarRow]


KEPT = 64
"""The years of so many branches are kept by a process, some 30 kB each."""
_kept: OrderedDict[tuple[int, date], tuple[bytes, Year]] = OrderedDict()


def of(branch: Organisation, duties: Sequence[Rule], day: date, content: str) -> Year:
    """The year that a day lies in, as these duties of a catalogue of this content ask it of the
    branch. Only those are asked, and only their records read, that can say something of its
    windows: one that tells a day, or was not in force, says nothing here.
    """
    period = _ended(day)
    duties = [rule for rule in duties if rule.tells_windows() and rule.touches(period)]
    chosen, wanted = _year_of(branch, day), {"branches"}.union(*map(facts_of, duties))
    raw = facts.fetched(chosen, wanted)
    key, mark = (branch.pk, day), _mark_of(raw, duties, content)
    known = _kept.get(key)
    if known is not None and known[0] == mark:
        return known[1]
    year = _judged(branch, duties, facts.sliced(chosen, wanted, raw), day)
    _kept[key] = (mark, year)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return year


def _mark_of(raw: facts.Raw, duties: Sequence[Rule], content: str) -> bytes:
    """Another mark for each other content of the rows, and for other rules."""
    mark = hashlib.sha256(repr((content, [rule.id for rule in duties])).encode())
    for name, rows in raw.items():
        mark.update(name.encode())
        mark.update(_plain(rows))
    return mark.digest()


def _plain(rows: list[tuple[Any, ...]]) -> bytes:
    """Rows as bytes, without the marks of what is the same object; days as PostgreSQL's driver
    gives them are told in words.
    """
    try:
        return marshal.dumps(rows, 2)
    except ValueError:
        return repr(rows).encode()


def _judged(branch: Organisation, duties: Sequence[Rule], own: Facts, day: date) -> Year:
    ahead = _missing_by_year_end(duties, own, day)
    return Year(_due(duties, ahead, branch, day), _calendar(duties, ahead, own, branch, day))


def _year_of(branch: Organisation, day: date) -> facts.Slice:
    return facts.Slice(branch.pk, years=(date(day.year, 1, 1), date(day.year, 12, 31)))


def _ended(day: date) -> Period:
    """The whole year of a day, as it is judged when it is over."""
    end = date(day.year, 12, 31)
    return Period(date(day.year, 1, 1), end, end + timedelta(days=366))


Ahead = Mapping[str, Counter[str]]
"""Rule → window → how many are missing in it."""


def _missing_by_year_end(duties: Iterable[Rule], own: Facts, day: date) -> dict[str, Counter[str]]:
    """What the rules will miss at the end of the year if nothing more is recorded."""
    period, known = _ended(day), windows_of_year(day.year)
    found: dict[str, Counter[str]] = {}
    for suspicion in reference.judge(duties, own, period):
        if suspicion.certain and suspicion.window in known:
            found.setdefault(suspicion.rule, Counter())[suspicion.window] += 1
    return found


def _due(duties: Iterable[Rule], ahead: Ahead, branch: Organisation, day: date) -> list[Due]:
    known = windows_of_year(day.year)
    found = []
    for rule in duties:
        for label, n in ahead.get(rule.id, {}).items():
            window = known[label]
            if window.starts_on <= day <= window.ends_on:
                found.append(_due_line(rule, window, n, branch, day))
    return sorted((d for d in found if d is not None), key=lambda d: (d.deadline, d.item))


_UNITS = {"branch": "", "group": "个", "person": "人"}


def _due_line(rule: Rule, window: Window, n: int, branch: Organisation, day: date) -> Due | None:
    table, where = record_links.missing(rule)
    kind = repair_links.kept_by(table)
    if kind is None:
        return None
    unit = _UNITS[rule.asked_of()]
    count = f"（还差{n}{unit}）" if unit and n > 1 else ""
    return Due(
        f"{in_words(window.label)}：{rule.says}{count}",
        rule.id.partition(":")[0],
        window.ends_on,
        (window.ends_on - day).days,
        Mend("登记", repair_links.new_url(kind, branch, where, window.label)),
    )


def _calendar(
    duties: Iterable[Rule], ahead: Ahead, own: Facts, branch: Organisation, day: date
) -> list[CalendarRow]:
    """Each periodic duty through the months of the year: done, missed, due now, or to come."""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    found = []
    for rule in filter(None, (duty.each_window() for duty in duties)):
        if rule.severity != "error":
            continue
        own_windows = list(windows(rule.every, first, last))
        if any(table not in own.tables or not own.rows(table) for table in rule.needs):
            continue
        asked = [bool(rule.whose(own, w)) and rule.runs_on(w.starts_on) for w in own_windows]
        if any(asked):
            missing = ahead.get(rule.id, Counter())
            states = [
                _state(rule, w, own, missing=bool(missing[w.label]), day=day) if a else "none"
                for w, a in zip(own_windows, asked, strict=True)
            ]
            marks = [
                _mark(rule, w, state, branch) for w, state in zip(own_windows, states, strict=True)
            ]
            found.append(CalendarRow(rule.says, rule.id.partition(":")[0], marks))
    return found


def _state(rule: WindowRule, window: Window, own: Facts, *, missing: bool, day: date) -> str:
    """Done is only what has its record; what has none and is not missed yet is not due."""
    if all(rule.count(own, window.label, w) >= rule.at_least for w in rule.whose(own, window)):
        return "done"
    if not missing or window.starts_on > day:
        return "ahead"
    return "missed" if window.ends_on < day else "due"


def _mark(rule: WindowRule, window: Window, state: str, branch: Organisation) -> Mark:
    kind = repair_links.kept_by(rule.ledger)
    url = repair_links.new_url(kind, branch, rule.where, window.label) if kind else ""
    mend = Mend("登记", url) if url and state in ("missed", "due") else None
    return Mark(
        state, in_words(window.label).partition("年")[2] or "全年", MONTHS[rule.every], mend
    )
