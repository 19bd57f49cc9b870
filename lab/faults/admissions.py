"""Faults in the admission of members (L17): steps out of order, papers missing, papers copied."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from lab.faults.altering import (
    NotHereError,
    Raw,
    altered,
    in_quarter,
    moved,
    of_year,
    removed,
    repeated,
    two,
)
from lab.faults.steps import (
    FOLLOWED,
    PAPERS,
    Shift,
    case_of,
    days_of,
    from_probation_end,
    keep_papers,
    on_days,
    probation_end,
    write_days,
)
from taizhang.demo import words
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found
from taizhang.demo.records import Ledgers
from taizhang.demo.world import FIRST, LAST
from taizhang.kernel.calendar import plus_months, windows


def _unvoted(ledgers: Ledgers) -> set[tuple[str, ...]]:
    """The months in which more were accepted, or made full members, than were voted on."""
    found: set[tuple[str, ...]] = set()
    for step, code, matter in _VOTED:
        moves = [days_of(row).get(step, LAST) for row in ledgers.rows["cases"]]
        cases = Counter(f"{day:%Y-%m}" for day in moves if day >= FIRST)
        votes = Counter(
            h.row["held_on"][:7] for h in ledgers.meetings for v in h.votes if v["类别"] == matter
        )
        found |= {
            ("L17", code, month)
            for month, n in cases.items()
            if n > votes[month] and month < f"{LAST:%Y-%m}"
        }
    return found


def _unreviewed(ledgers: Ledgers, row: Raw) -> set[tuple[str, ...]]:
    """The half-years wholly within somebody's probation of which there is no review."""
    days = days_of(row)
    if 15 not in days:
        return set()
    there = {_half(r) for r in ledgers.rows["case-reviews"] if r["case"] == row["name"]}
    first, last = max(days[15], FIRST), min(days.get(23, probation_end(days)), LAST)
    due = [h for h in windows("half", first, last) if first <= h.starts_on and h.ends_on < last]
    return {("L17", "FREQ-10", half.label) for half in due if half.label not in there}


_VOTED = ((15, "L17.6c", "接收预备党员"), (23, "L17.6d", "预备党员转正"))


def _not_proposed(ledgers: Ledgers, day: date) -> set[tuple[str, ...]]:
    """What is found where neither committee nor assembly met on the day of the third step."""
    met = any(
        h.day == day and h.kind in ("committee_meeting", "members_assembly")
        for h in ledgers.meetings
    )
    return set() if met or day < FIRST else {("L17", "L17.5c", day.isoformat())}


def _steps(code: str, step: int, shift: Shift, *more: str, converted: bool | None = None) -> Plant:
    """Some steps on other days (or on none); what is found is said of the day of one of them."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = case_of(ledgers, rng, step, converted=converted)
        days = days_of(row)
        changed = shift(days)
        if PAPERS in row and FOLLOWED & changed.keys():
            del row["_used"]
            raise NotHereError("cases")
        kept = {n: day for n, day in (days | changed).items() if day is not None}
        if any(kept.get(n, LAST) > LAST for n in (*changed, step)) or step not in kept:
            del row["_used"]
            raise NotHereError("cases")
        before = _unvoted(ledgers), _unreviewed(ledgers, row)
        write_days(row, kept)
        if 3 in changed:
            keep_papers(ledgers, row)
        said: set[tuple[str, ...]] = {("L17", c, kept[step].isoformat()) for c in (code, *more)}
        if 3 in changed:
            said |= _not_proposed(ledgers, kept[3])
        return [*said, *(_unvoted(ledgers) - before[0]), *(_unreviewed(ledgers, row) - before[1])]

    return plant


def _too_young(ledgers: Ledgers, rng: random.Random) -> Found:
    """Seventeen years old on the day of the application."""
    row = case_of(ledgers, rng, 1, PAPERS)
    applied = days_of(row)[1]
    row["birth_on"] = plus_months(applied, -12 * 17).isoformat()
    return [("L17", "DEV-1", applied.isoformat())]


def _asked_early(ledgers: Ledgers, rng: random.Random) -> Found:
    """An application to be made a full member fifty days before the time."""
    row = case_of(ledgers, rng, 23, converted=True)
    days = days_of(row)
    end = probation_end(days)
    write_days(row, days | {22: end - timedelta(days=50)})
    return [("L17", "DEV-14", end.isoformat())]


def _longer(code: str, months: str) -> Plant:
    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = case_of(ledgers, rng, 1, converted=False)
        row["outcome"], row["extension_months"] = "延长预备期", months
        return [("L17", code, days_of(row)[1].isoformat())]

    return plant


def _no_dues(ledgers: Ledgers, rng: random.Random) -> Found:
    """Nothing paid for the month in which one was accepted."""
    row = case_of(ledgers, rng, 15)
    month = f"{days_of(row)[15]:%Y-%m}"
    paid = [
        r
        for r in ledgers.rows["dues-payments"]
        if r["person"] == row["name"] and r["month"] == month and "_used" not in r
    ]
    if not paid:
        raise NotHereError("dues-payments")
    ledgers.rows["dues-payments"].remove(paid[0])
    return [("L17", "DEV-18", f"{month}-01"), ("L25", "L25.2", month)]


def _none_of(kind: str, code: str, step: int, where: Callable[[Raw], bool]) -> Plant:
    """A case without any paper of a kind."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = case_of(ledgers, rng, step, PAPERS)
        own = [r for r in ledgers.rows[kind] if r["case"] == row["name"] and where(r)]
        for paper in own:
            ledgers.rows[kind].remove(paper)
        return [("L17", code, days_of(row)[step].isoformat())]

    return plant


def _no_vote(code: str, matter: str, step: int) -> Plant:
    """The assembly's minutes have no vote on it."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = case_of(ledgers, rng, 23, converted=True)
        day = days_of(row)[step]
        held = next(h for h in ledgers.meetings if h.kind == "members_assembly" and h.day == day)
        own = [v for v in held.votes if v["类别"] == matter]
        if len(own) != 1:
            raise NotHereError("votes")
        before = _unvoted(ledgers)
        held.votes.remove(own[0])
        return [("L17", code, day.isoformat()), *(_unvoted(ledgers) - before)]

    return plant


def _people(code: str, step: int, change: Raw) -> Plant:
    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = case_of(ledgers, rng, step, PAPERS)
        three = next(
            m.name for m in ledgers.branch.members if m.reason == "founded" and m.left is None
        )
        one = row["mentor_names"].partition("、")[0]
        row |= {n: v.format(**row, mentor_one=one, mentor_three=three) for n, v in change.items()}
        return [("L17", code, days_of(row)[step].isoformat())]

    return plant


def _not_yet_full(code: str, beside: str, step: int, names: str) -> Plant:
    """One of the two is the candidate himself, whom the roster knows only since he was accepted."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = case_of(ledgers, rng, 15, PAPERS)
        day = days_of(row)[step]
        if day < FIRST:
            del row[PAPERS]
            raise NotHereError("cases")
        row[names] = f"{row['mentor_names'].partition('、')[0]}、{row['name']}"
        return [("L17", one, day.isoformat()) for one in (code, beside)]

    return plant


def _introduced_without_rights(ledgers: Ledgers, rng: random.Random) -> Found:
    """An introducer who had no rights on the day on which he was chosen; nobody voted that day."""
    row = case_of(ledgers, rng, 9, PAPERS)
    day = days_of(row)[9].isoformat()
    if any(h.row["held_on"] == day and h.votes for h in ledgers.meetings):
        raise NotHereError("cases")
    one = row["introducer_names"].partition("、")[0]
    ledgers.add("rights-limits", person=one, limit="留党察看", from_on=day, to_on=moved(day, 1))
    return [("L17", "L17.7c", day)]


def _introducer_away(ledgers: Ledgers, rng: random.Random) -> Found:
    """One of the introducers was away from the assembly that accepted."""
    row = case_of(ledgers, rng, 15, PAPERS)
    days = days_of(row)
    held = next(h for h in ledgers.meetings if h.kind == "members_assembly" and h.day == days[15])
    away = {name for name, _ in held.row["absent"]}
    full = [m.name for m in ledgers.branch.at(days[9]) if m.full_on(days[9]) and m.name in away]
    if not full:
        raise NotHereError("attendance")
    row["introducer_names"] = f"{row['introducer_names'].partition('、')[0]}、{full[0]}"
    return [("L17", "L17.7d", days[15].isoformat())]


def _no_yearly_plan(ledgers: Ledgers, rng: random.Random) -> Found:
    """No plan for a year in which somebody was moved on."""
    del rng
    cases = ledgers.rows.get("cases", ())
    moves = [day for row in cases for n, day in days_of(row).items() if n in (3, 7, 15)]
    years = sorted({f"{day.year}" for day in moves if 2015 <= day.year < 2018})
    if not years or any("_used" in row for row in cases):
        raise NotHereError("cases")
    for row in cases:
        row["_used"] = "1"
    plans = ledgers.rows["development-plans"]
    plans.remove(next(r for r in plans if r["year"] == years[-1]))
    said = [("L17", "L17.1", day.isoformat()) for day in moves if f"{day.year}" == years[-1]]
    return [*said, ("L17", "L17.1w", years[-1])]


def _again_too_soon(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two reports within ten days."""
    reports = [r for r in ledgers.rows.get("thought-reports", ()) if "_used" not in r]
    if not reports:
        raise NotHereError("thought-reports")
    first = rng.choice(reports)
    first["_used"] = "1"
    ledgers.add(
        "thought-reports",
        case=first["case"],
        written_on=moved(first["written_on"], 10),
        title="思想汇报",
        text=words.passage(rng, 5),
        _used="1",
    )
    return [("L17", "L17.10b", first["written_on"])]


def _nearly_the_same(ledgers: Ledgers, rng: random.Random) -> Found:
    """A report with the words of an earlier one and one sentence more."""
    first, second = two(ledgers, rng, "thought-reports")
    first["text"] = words.passage(rng, 24)
    second["text"] = first["text"] + words.sentence(rng)
    return [("L17", "L17.11b", second["written_on"], first["written_on"])]


def _the_same_few_words(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two reports of three lines, word for word."""
    first, second = two(ledgers, rng, "thought-reports")
    first["text"] = second["text"] = words.passage(rng, 2)
    return [("L17", "L17.11", second["written_on"], first["written_on"])]


def _half(row: Raw) -> str:
    return f"{row['year']}-H{1 if row['half'] == '上半年' else 2}"


def _steps_missing(ledgers: Ledgers, rng: random.Random) -> Found:
    """An activist of June 2017 with all papers until the inspection, whose file lacks the fifth
    step.
    """
    name = "申示一"
    old = [m.name for m in ledgers.branch.members if m.reason == "founded" and m.left is None][-4:]
    days = {1: "2017-02-10", 2: "2017-02-27", 3: "2017-06-09", 4: "2017-06-16", 6: "2017-06-28"}
    ledgers.add(
        "cases",
        name=name,
        gender="女",
        ethnicity="汉族",
        birth_on="1991-03-05",
        education="本科",
        job="教师",
        mentor_names="、".join(old[:2]),
        introducer_names="",
        outcome="",
        _used="1",
        steps="\n".join(f"{n} 步骤：{day}（责任人：{old[0]}）" for n, day in days.items()),
    )
    ledgers.add(
        "case-talks",
        case=name,
        held_on="2017-02-27",
        place="办公室",
        talker_name=old[0],
        content=words.passage(rng, 2),
        _used="1",
    )
    for year, half, day in (("2017", "下半年", "2017-12-21"), ("2018", "上半年", "2018-06-20")):
        ledgers.add(
            "case-reviews",
            case=name,
            year=year,
            half=half,
            reviewed_on=day,
            reviewer=old[0],
            opinion=words.passage(rng, 3),
            _used="1",
        )
    for day in ("2017-08-10", "2017-11-10", "2018-02-09", "2018-05-10", "2018-08-10"):
        ledgers.add(
            "thought-reports",
            case=name,
            written_on=day,
            title="思想汇报",
            text=words.passage(rng, 5),
            _used="1",
        )
    return [("L17", "L17.2", days[1]), *_not_proposed(ledgers, date.fromisoformat(days[3]))]


def _not_filed(ledgers: Ledgers, rng: random.Random) -> Found:
    """An activist of a time before the complete record, later a target, of whom the superior was
    not told.
    """
    row = case_of(ledgers, rng, 3)
    days = days_of(row)
    if days[3].year > 2016 or 7 not in days:
        del row["_used"]
        raise NotHereError("cases")
    write_days(row, {n: day for n, day in days.items() if n != 4})
    return [("L17", "L17.5b", days[3].isoformat())]


def _counted_too_late(ledgers: Ledgers, rng: random.Random) -> Found:
    """The roster makes one a full member a day after the end of probation."""
    row = case_of(ledgers, rng, 23, converted=True)
    days, member = (
        days_of(row),
        next(r for r in ledgers.rows["members"] if r["name"] == row["name"]),
    )
    end = probation_end(days)
    if days[23] <= end + timedelta(days=1):
        raise NotHereError("cases")
    member["full_on"] = (end + timedelta(days=1)).isoformat()
    return [("L17", "DEV-17", end.isoformat())]


def _target(row: Raw) -> bool:
    return row["kind"] == "发展对象集中培训"


ALL: tuple[Plant, ...] = (
    _too_young,
    _steps("DEV-2", 2, lambda d: {1: d[2] - timedelta(40)}),
    _steps("DEV-3", 3, lambda d: {1: d[3] - timedelta(10), 2: d[3] + timedelta(5)}),
    _steps("DEV-3b", 4, on_days(s4=-3, of=3)),
    _steps("DEV-4", 7, on_days(s3=-340, s4=-335, s5=-330, s6=-325, of=7)),
    removed("case-reviews", "L17 DEV-5", window=_half, where=lambda r: "_probation" not in r),
    removed("case-reviews", "L17 FREQ-10", window=_half, where=lambda r: "_probation" in r),
    altered("development-plans", lambda r: {"planned_count": str(int(r["planned_count"]) - 1)}, "L17 L17.1x", window=of_year, where=lambda r: r["planned_count"] > "0"),
    _introduced_without_rights, _introducer_away,
    altered("public-notices", lambda r: {"to_on": moved(r["from_on"], 1)}, "L17 DEV-6", window="from_on"),
    _steps("DEV-7", 10, on_days(s10=-2, of=8)),
    _steps("DEV-7b", 11, on_days(s11=-1, of=8)),
    _steps("DEV-7c", 13, on_days(s10=2, of=13)),
    _steps("DEV-7d", 13, on_days(s11=2, of=13)),
    altered("case-trainings", lambda r: {"to_on": r["from_on"], "hours": "8"}, "L17 DEV-7t", window="from_on", where=_target),
    _steps("DEV-8", 13, on_days(s12=2, of=13)),
    _steps("DEV-8b", 14, on_days(s14=-2, of=13)),
    _steps("DEV-8c", 15, on_days(s14=2, of=15)),
    _steps("DEV-9", 15, on_days(s12=-55, s13=-50, of=15)),
    _steps("DEV-10", 16, on_days(s16=-1, of=15)),
    _steps("DEV-10b", 17, on_days(s16=1, of=17)),
    _steps("DEV-11", 17, on_days(s17=100, s18=105, s19=107, s20=115, of=15)),
    _steps("DEV-11x", 17, on_days(s17=190, s18=191, s19=192, s20=195, of=15)),
    _steps("DEV-19", 15, lambda _: dict.fromkeys(range(17, 22)), converted=False),
    _steps("DEV-12", 20, on_days(s20=45, of=17)),
    _steps("DEV-13", 23, from_probation_end(s22=-27, s23=-15), "L17.6b", converted=True),
    _steps("DEV-13w", 23, from_probation_end(s22=-10, s23=40, s24=70, s25=100), "L17.6b", converted=True),
    _asked_early,
    _longer("DEV-15", "3"),
    _longer("DEV-15b", "18"),
    _steps("DEV-16", 24, on_days(s24=100, s25=120, of=23), converted=True),
    _no_dues,
    _none_of("case-talks", "L17.4", 3, lambda _: True),
    _none_of("case-trainings", "L17.5", 7, lambda r: not _target(r)),
    _none_of("public-notices", "DEV-6b", 8, lambda _: True),
    _steps("L17.5c", 3, on_days(s3=1, of=3)),
    _not_filed,
    _no_vote("L17.6", "接收预备党员", 15),
    _no_vote("L17.6b", "预备党员转正", 23),
    _people("L17.7", 9, {"introducer_names": "{mentor_one}"}),
    _people("L17.7e", 9, {"introducer_names": "{mentor_one}、校外示例"}),
    _not_yet_full("L17.7b", "L17.7e", 9, "introducer_names"),
    _people("L17.8", 5, {"mentor_names": ""}),
    _people("L17.8b", 5, {"mentor_names": "{mentor_names}、{mentor_three}"}),
    _people("L17.8d", 5, {"mentor_names": "{mentor_one}、校外示例"}),
    _not_yet_full("L17.8c", "L17.8d", 5, "mentor_names"),
    removed("thought-reports", "L17 L17.10", window=in_quarter("written_on")),
    _again_too_soon,
    _the_same_few_words,
    _nearly_the_same,
    repeated("case-reviews", ("opinion",), "L17 L17.11c", window="reviewed_on"),
    _steps("L17.12", 17, lambda _: {16: None}),
    altered("political-reviews", lambda r: {"letters_back_on": moved(r["concluded_on"], 3)}, "L17 L17.14", window="concluded_on"),
    _counted_too_late, _no_yearly_plan, _steps_missing,
)  # fmt: skip
