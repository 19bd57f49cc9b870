"""What was due for whom, in all branches: tables as columns, as `rules.due_tables` says them of
one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.kernel.calendar import Grain
from taizhang.rules.columnar.columns import due_windows, open_end
from taizhang.rules.columnar.saying import Tables
from taizhang.rules.columnar.spells import spell_table
from taizhang.rules.due_tables import GRADES, STRUCTURE
from taizhang.rules.membership import SETTLING


def population_table(tables: Tables, name: str) -> ir.Table:
    """The rows of a derived table for every branch, with the columns of `Due`."""
    return _TABLES[name](tables)


def _dues(table: ir.Table, on: Any, *, label: Any = None, **values: Any) -> ir.Table:
    number = ibis.literal(-1, type="int64")
    return table.select(
        branch_id=table.branch_id,
        id=values.get("id", number),
        person_id=values.get("person_id", number),
        group_id=values.get("group_id", number),
        other_id=values.get("other_id", number),
        on=on,
        label=ibis.literal("") if label is None else label,
        year=on.year().cast("int64"),
        post=values.get("post", ibis.literal("")),
    ).distinct()


def _at(spell: ir.Table, day: Any) -> Any:
    return (spell.from_on <= day) & (spell.to_on > day)


def _member_months_table(tables: Tables) -> ir.Table:
    months = due_windows(tables, "month")
    spell = spell_table(tables, "member").select("branch_id", "person_id", "from_on", "to_on")
    first = spell.cross_join(months)
    on_first = first.filter(_at(first, first.starts_on)).select(
        "branch_id", "person_id", "starts_on", "label"
    )
    m = tables["members"]
    admitted = m.filter(m.join_reason == "admitted").select("branch_id", "person_id", "joined_on")
    late = spell.join(admitted, ["branch_id", "person_id"]).cross_join(months)
    late = late.filter(
        late.joined_on.between(late.starts_on, late.ends_on),
        late.from_on > late.starts_on,
        late.from_on <= late.ends_on,
    ).select("branch_id", "person_id", "starts_on", "label")
    both = on_first.union(late)
    return _dues(both, both.starts_on, label=both.label, person_id=both.person_id)


def _member_years_table(tables: Tables) -> ir.Table:
    months = population_table(tables, "member_months")
    return _dues(
        months, months.on.truncate("Y"), label=months.label.substr(0, 4), person_id=months.person_id
    )


def _both_ends(tables: Tables, population: str) -> ir.Table:
    """Persons of a population on the first and on the last day of each whole year."""
    years = due_windows(tables, "year")
    spell = spell_table(tables, population).select("branch_id", "person_id", "from_on", "to_on")
    rows = spell.cross_join(years)
    columns = ("branch_id", "person_id", "label", "ends_on")
    first = rows.filter(_at(rows, rows.starts_on)).select(*columns).distinct()
    last = rows.filter(_at(rows, rows.ends_on)).select(*columns).distinct()
    return first.intersect(last)


def _full_year_members_table(tables: Tables) -> ir.Table:
    rows = _both_ends(tables, "member")
    return _dues(rows, rows.ends_on, label=rows.label, person_id=rows.person_id)


def _full_year_committee_table(tables: Tables) -> ir.Table:
    rows = _both_ends(tables, "committee")
    many = rows.group_by(["branch_id", "label"]).aggregate(n=rows.count())
    rows = rows.semi_join(many.filter(many.n > 1), ["branch_id", "label"])
    return _dues(rows, rows.ends_on, label=rows.label, person_id=rows.person_id)


def _days_table(tables: Tables, sources: tuple[tuple[str, str, str], ...]) -> ir.Table:
    parts = [
        tables[table].select(branch_id="branch_id", on=column)
        for table, first, last in sources
        for column in (first, last)
    ]
    days, period = ibis.union(*parts), tables["period"]
    days = days.filter(days.on >= period.from_on.as_scalar(), days.on <= period.last_on.as_scalar())
    return _dues(days, days.on)


def _held_posts_table(tables: Tables) -> ir.Table:
    posts = tables["posts"].cross_join(tables["period"].select("last_on"))
    then = (posts.last_on - ibis.interval(days=SETTLING)).cast("date")
    posts = posts.mutate(then=then, to_on=open_end(posts.to_on))
    before = posts.filter(posts.from_on <= posts.then, posts.to_on > posts.then)
    now = posts.filter(posts.from_on <= posts.last_on, posts.to_on > posts.last_on)
    now = now.semi_join(before, ["branch_id", "post"])
    return _dues(now, now.last_on, post=now.post)


def _committee_on(tables: Tables, records: ir.Table) -> ir.Table:
    """Records (branch_id, id, day) with everybody on the committee that day."""
    period = tables["period"]
    records = records.filter(
        records.day >= period.from_on.as_scalar(), records.day <= period.last_on.as_scalar()
    )
    spell = spell_table(tables, "committee").select("branch_id", "person_id", "from_on", "to_on")
    both = records.join(spell, "branch_id")
    both = both.filter(_at(both, both.day))
    return _dues(both, both.day, id=both.id, person_id=both.person_id)


def _posts_at_divisions_table(tables: Tables) -> ir.Table:
    return _committee_on(tables, tables["divisions"].select("branch_id", "id", day="decided_on"))


def _committee_before_life_table(tables: Tables) -> ir.Table:
    meetings = tables["meetings"]
    life = meetings.filter(meetings.kind == "org_life_meeting")
    rows = _committee_on(tables, life.select("branch_id", "id", day="held_on"))
    many = rows.group_by(["branch_id", "id"]).aggregate(n=rows.count())
    return rows.semi_join(many.filter(many.n > 1), ["branch_id", "id"])


def _while_committee(tables: Tables, rows: ir.Table, day: str) -> ir.Table:
    """The rows of days on which the branch had a committee."""
    held = spell_table(tables, "committees").select(
        c_of="branch_id", c_from="from_on", c_to="to_on"
    )
    on = [rows.branch_id == held.c_of, rows[day] >= held.c_from, rows[day] < held.c_to]
    return rows.semi_join(held, on)


def _case_table(grain: Grain, first: str, *ends: str) -> Callable[[Tables], ir.Table]:
    def table(tables: Tables) -> ir.Table:
        cases = tables["cases"]
        last = ibis.coalesce(*(cases[end] for end in ends))
        cases = cases.filter(cases[first].notnull()).select(
            "branch_id", "id", begun=first, last=open_end(last), closed=open_end(cases.closed_on)
        )
        both = cases.cross_join(due_windows(tables, grain))
        both = both.filter(
            both.begun <= both.starts_on, both.ends_on < both.last, both.ends_on < both.closed
        )
        return _dues(both, both.starts_on, label=both.label, id=both.id)

    return table


def _lost_years_table(tables: Tables) -> ir.Table:
    both = tables["lost_members"].cross_join(due_windows(tables, "year"))
    both = both.filter(both.registered_on < both.starts_on, both.starts_on < both.until)
    return _dues(both, both.starts_on, label=both.label, id=both.id, person_id=both.person_id)


def _sessions_held(tables: Tables) -> ir.Table:
    sessions, period = tables["study_sessions"], tables["period"]
    sessions = sessions.select("branch_id", "id", day="held_on", year=sessions.year)
    return sessions.filter(
        sessions.day >= period.from_on.as_scalar(), sessions.day <= period.last_on.as_scalar()
    )


def _sessions_under_plan_table(tables: Tables) -> ir.Table:
    plans = tables["study_plans"].select("branch_id", "year")
    held = _sessions_held(tables).semi_join(plans, ["branch_id", "year"])
    return _dues(held, held.day, id=held.id)


def _missed_sessions_table(tables: Tables) -> ir.Table:
    sessions = _sessions_held(tables)
    spell = spell_table(tables, "member").select("branch_id", "person_id", "from_on", "to_on")
    due = sessions.join(spell, "branch_id")
    due = due.filter(_at(due, due.day))
    held = tables["study_sessions"].select("branch_id", session_id="id", day="held_on")
    came = tables["study_attendance"].select("branch_id", "person_id", "session_id")
    came = came.join(held, ["branch_id", "session_id"]).select("branch_id", "person_id", "day")
    left = due.anti_join(came, ["branch_id", "day", "person_id"])
    return _dues(left, left.day, id=left.id, person_id=left.person_id)


def _graded_at_polls_table(tables: Tables) -> ir.Table:
    graded, period = tables["assessments"], tables["period"]
    graded = graded.filter(
        graded.grade.isin(GRADES),
        graded.year_on >= period.from_on.as_scalar(),
        graded.year_on <= period.last_on.as_scalar(),
    )
    polls = tables["assessment_polls"].select("branch_id", "year", "held_on")
    both = graded.select("branch_id", "id", "person_id", "year").join(polls, ["branch_id", "year"])
    label = both.year.cast("string")
    return _dues(both, both.held_on, label=label, id=both.id, person_id=both.person_id)


_TABLES: dict[str, Callable[[Tables], ir.Table]] = {
    "member_months": _member_months_table,
    "member_years": _member_years_table,
    "full_year_members": _full_year_members_table,
    "full_year_committee": _full_year_committee_table,
    "committee_changes": lambda t: _while_committee(t, _days_table(t, STRUCTURE[:1]), "on"),
    "structure_changes": lambda t: _days_table(t, STRUCTURE),
    "held_posts": _held_posts_table,
    "posts_at_divisions": _posts_at_divisions_table,
    "committee_before_life": _committee_before_life_table,
    "case_halves": _case_table("half", "s3", "s7"),
    "case_quarters": _case_table("quarter", "s3", "s15"),
    "probation_halves": _case_table("half", "s15", "s23", "probation_ends_on"),
    "lost_years": _lost_years_table,
    "missed_sessions": _missed_sessions_table,
    "sessions_under_plan": _sessions_under_plan_table,
    "graded_at_polls": _graded_at_polls_table,
}
