"""Tables that follow from others: what was due for whom. `rules.columnar.due` says the same of all
branches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from taizhang.kernel.calendar import FOREVER, Grain, Window
from taizhang.rules.base import Facts, Look, Period, Rule, whole
from taizhang.rules.membership import SETTLING, SPELLS_FROM, spells, there
from taizhang.rules.row_rules import RowRule


class Due(NamedTuple):
    """One thing that was due: for whom, when, and of which record."""

    branch_id: int
    id: int
    person_id: int
    group_id: int
    other_id: int
    on: Any
    label: str
    year: int
    post: str


def _due(branch: Facts, on: Any, label: str = "", **values: Any) -> Due:
    blank: dict[str, Any] = {"id": -1, "person_id": -1, "group_id": -1, "other_id": -1, "post": ""}
    return Due(branch_id=branch.branch_id, on=on, label=label, year=on.year, **(blank | values))


def population(branch: Facts, period: Period, name: str) -> list[Due]:
    """The rows of a derived table for one branch."""
    key = ("population", name, period)
    if key not in branch.memo:
        branch.memo[key] = list(_ROWS[name](branch, period))
    found: list[Due] = branch.memo[key]
    return found


_FROM: dict[str, tuple[str, ...]] = {
    "member_months": ("members", "stages"), "member_years": ("members", "stages"), "full_year_members": ("members", "stages"),
    "full_year_committee": ("posts",), "committee_changes": SPELLS_FROM["committees"], "held_posts": ("posts",),
    "structure_changes": ("posts", "groups", "group_leaders"), "posts_at_divisions": ("divisions", "posts"),
    "committee_before_life": ("meetings", "posts"), "case_halves": ("cases",), "case_quarters": ("cases",),
    "probation_halves": ("cases",), "lost_years": ("lost_members",),
    "missed_sessions": ("study_sessions", "study_attendance", "members", "stages"),
    "sessions_under_plan": ("study_sessions", "study_plans"),
    "graded_at_polls": ("assessments", "assessment_polls"),
}  # fmt: skip
YEARLY = ("member_months", "member_years", "missed_sessions")
"""Those whose rows of a year follow from the period's part in that year."""
OF_ONE = {name: _FROM[name] for name in ("member_months", "member_years", "full_year_members")} | {
    "missed_sessions": ("study_attendance", "members", "stages")
}
"""Those whose rows of a person follow from that person's rows in these tables, and from whole
others.
"""


def looks_of(rule: Rule) -> list[Look]:
    """All that a rule looks at, in facts alone: the branch's own row, and for what follows from
    facts those facts.
    """
    found = [*rule.looks_at(), *whole("branches", *rule.needs)]
    return [one for look in found for one in (whole(*_FROM.get(look.table, ())) or [look])]


def facts_of(rule: Rule) -> set[str]:
    """The facts that a rule rests on."""
    return {look.table for look in looks_of(rule)}


def always_needed(rule: Rule) -> tuple[str, ...]:
    """The needed tables without which it is not even known whether the rule asks anything of a
    branch.

    Without another one, a rule over rows that would hold nothing against the branch anyway asks
    nothing of it.
    """
    if not isinstance(rule, RowRule):
        return rule.needs
    asked_of = _FROM.get(rule.ledger, (rule.ledger,))
    return tuple(table for table in rule.needs if table in asked_of)


def is_derived(name: str) -> bool:
    """Whether a table follows from others."""
    return name in _ROWS


def _paying(branch: Facts, month: Window) -> set[int]:
    """Members on the first of the month, and those admitted in it (DUES-4)."""
    admitted = {
        m.person_id
        for m in branch.rows("members")
        if m.join_reason == "admitted" and month.starts_on <= m.joined_on <= month.ends_on
    }
    found = set()
    for s in spells(branch, "member"):
        on_first = s.from_on <= month.starts_on < s.to_on
        if on_first or (s.person_id in admitted and month.starts_on < s.from_on <= month.ends_on):
            found.add(s.person_id)
    return found


def _member_months(branch: Facts, period: Period) -> Iterator[Due]:
    for month in period.due("month"):
        on = month.starts_on
        for person in _paying(branch, month):
            yield Due(branch.branch_id, -1, person, -1, -1, on, month.label, on.year, "")


def _member_years(branch: Facts, period: Period) -> Iterator[Due]:
    seen = set()
    for due in population(branch, period, "member_months"):
        if (due.person_id, due.year) not in seen:
            seen.add((due.person_id, due.year))
            first = due.on.replace(month=1, day=1)
            yield _due(branch, first, f"{due.year:04d}", person_id=due.person_id)


def _full_year_members(branch: Facts, period: Period) -> Iterator[Due]:
    """Members on both ends of a whole year."""
    for year in period.due("year"):
        first, last = (there(branch, "member", day) for day in (year.starts_on, year.ends_on))
        for person in first & last:
            yield _due(branch, year.ends_on, year.label, person_id=person)


def _full_year_committee(branch: Facts, period: Period) -> Iterator[Due]:
    """Everybody on the committee at both ends of a whole year, where there are at least two of
    them.
    """
    for year in period.due("year"):
        first, last = (there(branch, "committee", day) for day in (year.starts_on, year.ends_on))
        both = first & last
        for person in both if len(both) > 1 else ():
            yield _due(branch, year.ends_on, year.label, person_id=person)


def _committee_changes(branch: Facts, period: Period) -> Iterator[Due]:
    """Days on which a post was taken up or laid down and the branch had a committee."""
    days = {p.from_on for p in branch.rows("posts")} | {p.to_on for p in branch.rows("posts")}
    for day in days:
        if day is not None and period.from_on <= day <= period.last and _has_committee(branch, day):
            yield _due(branch, day)


def _has_committee(branch: Facts, day: Any) -> bool:
    return bool(there(branch, "committees", day))


def _structure_changes(branch: Facts, period: Period) -> Iterator[Due]:
    """Days on which the committee, a group or a leader changed: the chart must follow."""
    days: set[Any] = set()
    for table, first, last in STRUCTURE:
        for row in branch.rows(table):
            days |= {getattr(row, first), getattr(row, last)}
    for day in days:
        if day is not None and period.from_on <= day <= period.last:
            yield _due(branch, day)


STRUCTURE = (
    ("posts", "from_on", "to_on"),
    ("groups", "valid_from", "valid_to"),
    ("group_leaders", "from_on", "to_on"),
)


def _held_posts(branch: Facts, period: Period) -> Iterator[Due]:
    """Posts held on the day of judging, and long enough before for what follows from them."""
    then = period.last - timedelta(days=SETTLING)
    now, before = (
        {p.post for p in branch.rows("posts") if p.from_on <= day < (p.to_on or FOREVER)}
        for day in (period.last, then)
    )
    for post in now & before:
        yield _due(branch, period.last, post=post)


def _posts_at_divisions(branch: Facts, period: Period) -> Iterator[Due]:
    """Everybody in a post on the day of a division of work."""
    for division in branch.rows("divisions"):
        if period.from_on <= division.decided_on <= period.last:
            for person in there(branch, "committee", division.decided_on):
                yield _due(branch, division.decided_on, id=division.id, person_id=person)


def _committee_before_life(branch: Facts, period: Period) -> Iterator[Due]:
    """Everybody on the committee on the day of an organisation-life meeting, where there are at
    least two of them.
    """
    for meeting in branch.rows("meetings"):
        if meeting.kind == "org_life_meeting" and period.from_on <= meeting.held_on <= period.last:
            board = there(branch, "committee", meeting.held_on)
            for person in board if len(board) > 1 else ():
                yield _due(branch, meeting.held_on, id=meeting.id, person_id=person)


def _case_windows(grain: Grain, first: str, *ends: str) -> Callable[[Facts, Period], Iterator[Due]]:
    """The windows that lie wholly between a case's first step and the first of `ends` that is
    known, or the day of judging.
    """

    def rows(branch: Facts, period: Period) -> Iterator[Due]:
        for case in branch.rows("cases"):
            begun = getattr(case, first)
            if begun is None:
                continue
            end = next((day for name in ends if (day := getattr(case, name))), FOREVER)
            last = min(end, case.closed_on or FOREVER)
            for window in period.due(grain):
                if begun <= window.starts_on and window.ends_on < last:
                    yield _due(branch, window.starts_on, window.label, id=case.id)

    return rows


def _lost_years(branch: Facts, period: Period) -> Iterator[Due]:
    """The years, after that of the registration, that began while somebody was on the list of the
    lost.
    """
    for lost in branch.rows("lost_members"):
        for year in period.due("year"):
            if lost.registered_on < year.starts_on < lost.until:
                yield _due(branch, year.starts_on, year.label, id=lost.id, person_id=lost.person_id)


def _missed_sessions(branch: Facts, period: Period) -> Iterator[Due]:
    """Every member of the day of a session who came to none of that day."""
    day_of = {session.id: session.held_on for session in branch.rows("study_sessions")}
    came = {(day_of.get(a.session_id), a.person_id) for a in branch.rows("study_attendance")}
    for session in branch.rows("study_sessions"):
        day = session.held_on
        if period.from_on <= day <= period.last:
            for person in there(branch, "member", day):
                if (day, person) not in came:
                    yield _due(branch, day, id=session.id, person_id=person)


def _sessions_under_plan(branch: Facts, period: Period) -> Iterator[Due]:
    """The sessions of the years for which there is a plan."""
    planned = {plan.year for plan in branch.rows("study_plans")}
    for session in branch.rows("study_sessions"):
        day = session.held_on
        if period.from_on <= day <= period.last and day.year in planned:
            yield _due(branch, day, id=session.id)


GRADES = ("excellent", "qualified", "basically_qualified", "unqualified")


def _graded_at_polls(branch: Facts, period: Period) -> Iterator[Due]:
    """Everybody who was given a grade for a year, on the day of that year's poll."""
    polls = branch.index("assessment_polls", "year")
    for one in branch.rows("assessments"):
        if one.grade in GRADES and period.from_on <= one.year_on <= period.last:
            for poll in polls.get((one.year,), ()):
                yield _due(branch, poll.held_on, f"{one.year}", id=one.id, person_id=one.person_id)


_ROWS: dict[str, Callable[[Facts, Period], Iterator[Due]]] = {
    "member_months": _member_months,
    "member_years": _member_years,
    "full_year_members": _full_year_members,
    "full_year_committee": _full_year_committee,
    "committee_changes": _committee_changes,
    "structure_changes": _structure_changes,
    "held_posts": _held_posts,
    "posts_at_divisions": _posts_at_divisions,
    "committee_before_life": _committee_before_life,
    "case_halves": _case_windows("half", "s3", "s7"),
    "case_quarters": _case_windows("quarter", "s3", "s15"),
    "probation_halves": _case_windows("half", "s15", "s23", "probation_ends_on"),
    "lost_years": _lost_years,
    "missed_sessions": _missed_sessions,
    "sessions_under_plan": _sessions_under_plan,
    "graded_at_polls": _graded_at_polls,
}
