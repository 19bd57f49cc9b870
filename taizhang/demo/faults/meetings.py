"""Faults planted in invented minutes."""

from __future__ import annotations

import random
from datetime import date, timedelta

from taizhang.demo import words
from taizhang.demo.minutes import Held
from taizhang.demo.records import Ledgers
from taizhang.kernel.calendar import label_of

Found = list[tuple[str, ...]]
ITEM = {
    "members_assembly": "L28",
    "committee_meeting": "L29",
    "group_meeting": "L30",
    "party_lecture": "L31",
}


def pick(ledgers: Ledgers, rng: random.Random, *kinds: str, absent: bool = False) -> Held:
    """A meeting that nothing depends on, used for one fault only."""
    free = [
        m
        for m in ledgers.meetings
        if m.kind in kinds
        and not m.busy
        and (m.absent or not absent)
        and m.day.month not in (1, 12)
        and m.day < date(2018, 9, 1)
    ]
    held = rng.choice(free)
    held.busy = held.faulty = True
    return held


def collecting(ledgers: Ledgers, day: str) -> set[str]:
    """Who took dues on a day."""
    return {r["collector"] for r in ledgers.rows["dues-payments"] if r["paid_on"] == day}


def may_be_on(ledgers: Ledgers, held: Held, day: str) -> bool:
    """Whether a meeting can be moved to a day: nobody who was away from it took dues on
    that day.
    """
    return not collecting(ledgers, day) & {name for name, _ in held.row["absent"]}


def no_assembly(ledgers: Ledgers, rng: random.Random) -> Found:
    """A quarter without an assembly."""
    held = pick(ledgers, rng, "members_assembly")
    ledgers.meetings.remove(held)
    return [("L28", "L28.1", label_of("quarter", held.day))]


def no_committee(ledgers: Ledgers, rng: random.Random) -> Found:
    """A month without a committee meeting."""
    held = pick(ledgers, rng, "committee_meeting")
    ledgers.meetings.remove(held)
    return [("L29", "L29.1", label_of("month", held.day))]


def no_group(ledgers: Ledgers, rng: random.Random) -> Found:
    """A month without a group's meeting."""
    held = pick(ledgers, rng, "group_meeting")
    ledgers.meetings.remove(held)
    return [("L30", "L30.1", label_of("month", held.day))]


def no_lecture(ledgers: Ledgers, rng: random.Random) -> Found:
    """A quarter without a lecture, so also too few in the year; never the secretary's own."""
    free = [
        m
        for m in ledgers.meetings
        if m.kind == "party_lecture"
        and not m.busy
        and m.day.month in (5, 8, 11)
        and m.day.year < 2018
    ]
    held = rng.choice(free)
    for other in ledgers.meetings:
        if other.kind == "party_lecture" and other.day.year == held.day.year:
            other.busy = True
    ledgers.meetings.remove(held)
    return [("L31", "L31.1", label_of("quarter", held.day)), ("L31", "L31.2", str(held.day.year))]


def no_host(ledgers: Ledgers, rng: random.Random) -> Found:
    """Minutes that do not name the host."""
    held = pick(ledgers, rng, "members_assembly", "committee_meeting", "group_meeting")
    held.row["host_name"] = ""
    return [(ITEM[held.kind], "MT.1", held.row["held_on"])]


def no_reason(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody absent without a reason written down."""
    held = pick(ledgers, rng, "members_assembly", "group_meeting", "party_lecture", absent=True)
    held.row["absent"][0][1] = ""
    return [(ITEM[held.kind], "MT.4", held.row["held_on"])]


def miscounted(ledgers: Ledgers, rng: random.Random) -> Found:
    """One more present than the list has."""
    held = pick(ledgers, rng, "members_assembly", "group_meeting")
    held.row["present_count"] += 1
    return [(ITEM[held.kind], code, held.row["held_on"]) for code in ("MT.2", "MT.2b")]


def wrong_expected(ledgers: Ledgers, rng: random.Random) -> Found:
    """One more expected than the roster of the day has."""
    held = pick(ledgers, rng, "members_assembly")
    held.row["expected_count"] += 1
    return [("L28", code, held.row["held_on"]) for code in ("MT.2", "L28.2")]


def recorder_absent(ledgers: Ledgers, rng: random.Random) -> Found:
    """The recorder is on the list of the absent."""
    held = pick(ledgers, rng, "members_assembly", "group_meeting", absent=True)
    held.row["recorder_name"] = held.row["absent"][0][0]
    return [(ITEM[held.kind], "MT.3b", held.row["held_on"])]


def strange_host(ledgers: Ledgers, rng: random.Random) -> Found:
    """An assembly chaired by an ordinary member."""
    held = pick(ledgers, rng, "members_assembly")
    board = ledgers.branch.committee(held.day)
    held.row["host_name"] = next(
        m.name for m in held.present if m not in board and m is not held.recorder
    )
    return [("L28", "L28.7", held.row["held_on"])]


def copied(ledgers: Ledgers, rng: random.Random) -> Found:
    """Minutes copied from those of an earlier meeting of the kind."""
    held = pick(ledgers, rng, "committee_meeting")
    earlier = next(m for m in ledgers.meetings if m.kind == held.kind and m is not held)
    earlier.busy = True
    late, source = (held, earlier) if held.day > earlier.day else (earlier, held)
    source.row["discussion"] += words.passage(rng, 40)
    for name in ("discussion", "speeches"):
        late.row[name] = source.row[name]
    late.row["resolutions"][0]["text"] = source.row["resolutions"][0]["text"]
    late.row["agenda"], source.row["agenda"] = list(late.row["agenda"]), list(source.row["agenda"])
    # The likeness is told of the record entered later, and meetings are entered by their days.
    return [
        ("L29", code, late.row["held_on"], source.row["held_on"])
        for code in ("AF-T1", "AF-T1a", "AF-T3b")
    ]


def too_early(ledgers: Ledgers, rng: random.Random) -> Found:
    """A phrase in minutes of a time when nobody could have written it."""
    free = [
        m
        for m in ledgers.meetings
        if m.kind == "group_meeting" and not m.busy and m.day < date(2017, 9, 1)
    ]
    held = rng.choice(free)
    held.busy = True
    held.row["discussion"] += "会议认真学习习近平新时代中国特色社会主义思想。"
    return [("L30", "MT.11", held.row["held_on"])]


def on_holiday(ledgers: Ledgers, rng: random.Random) -> Found:
    """A committee meeting on a public holiday."""
    free = [
        m
        for m in ledgers.meetings
        if m.kind == "committee_meeting" and not m.busy and m.day.month == 10
    ]
    held = rng.choice(free)
    day = f"{held.day.year}-10-0{ {2015: 6, 2016: 6, 2017: 5, 2018: 4}[held.day.year] }"
    if not may_be_on(ledgers, held, day):
        return []
    held.busy = held.faulty = True
    held.row["held_on"] = day
    return [("L29", "MT.8", held.row["held_on"])]


def on_weekend(ledgers: Ledgers, rng: random.Random) -> Found:
    """A committee meeting on a Saturday that was no working day."""
    held = pick(ledgers, rng, "committee_meeting")
    day = held.day + timedelta(days=5 - held.day.weekday())
    if (
        day.month != held.day.month
        or day.isoformat()
        in (
            "2015-10-10",
            "2016-02-06",
            "2016-10-08",
            "2018-09-29",
            "2015-02-28",
            "2017-02-04",
            "2018-02-24",
        )
        or not may_be_on(ledgers, held, day.isoformat())
    ):
        return []
    held.row["held_on"] = day.isoformat()
    return [("L29", "MT.8b", held.row["held_on"])]


def short_lecture(ledgers: Ledgers, rng: random.Random) -> Found:
    """A lecture of twenty minutes."""
    held = pick(ledgers, rng, "party_lecture")
    held.row["starts_at"], held.row["ends_at"] = "13:00", "13:20"
    return [("L31", "L31.7", held.row["held_on"])]


def no_sheet(ledgers: Ledgers, rng: random.Random) -> Found:
    """Neither sign-in sheet nor photo."""
    held = pick(ledgers, rng, "group_meeting", "party_lecture", "members_assembly")
    held.row["has_sign_sheet"] = "否"
    return [(ITEM[held.kind], "MT.13", held.row["held_on"])]


def half_present(ledgers: Ledgers, rng: random.Random) -> Found:
    """An ordinary vote with just half of those entitled; not carried."""
    held = pick(ledgers, rng, "members_assembly")
    vote = held.votes[0]
    here = vote["应到"] // 2
    vote |= {
        "实到": here,
        "发出": here,
        "收回": here,
        "有效": here,
        "赞成": here,
        "弃权": 0,
        "结果": "未通过",
    }
    return [("L28", "VOTE-1", held.row["held_on"])]


def votes_do_not_add_up(ledgers: Ledgers, rng: random.Random) -> Found:
    """For, against and abstentions are one less than the valid votes."""
    held = pick(ledgers, rng, "members_assembly")
    held.votes[0]["赞成"] -= 1
    return [("L28", "VOTE-5c", held.row["held_on"])]


def four_fifths(ledgers: Ledgers, rng: random.Random) -> Found:
    """An election with at most four fifths: before 2020 it must be more."""
    del rng
    held = next(
        m
        for m in ledgers.meetings
        if m.day == ledgers.branch.election and m.kind == "members_assembly"
    )
    vote = held.votes[-1]
    here = vote["应到"] * 4 // 5
    vote |= {"实到": here, "发出": here, "收回": here, "有效": here, "赞成": here, "弃权": 0}
    return [("L28", "VOTE-3", held.row["held_on"])]


def no_owner(ledgers: Ledgers, rng: random.Random) -> Found:
    """A resolution that nobody is to see to."""
    held = pick(ledgers, rng, "committee_meeting")
    held.row["resolutions"][0]["负责人"] = ""
    return [("L29", "MT.12", held.row["held_on"])]


def not_reported(ledgers: Ledgers, rng: random.Random) -> Found:
    """A resolution whose day is over and of which nothing more was heard."""
    held = pick(ledgers, rng, "committee_meeting")
    held.row["resolutions"][0]["完成"] = ""
    return [("L29", "MT.12w", held.row["resolutions"][0]["期限"])]


def gap_in_numbers(ledgers: Ledgers, rng: random.Random) -> Found:
    """A committee meeting numbered 20th of its year."""
    held = pick(ledgers, rng, "committee_meeting")
    last = max(
        (m for m in ledgers.meetings if m.kind == held.kind and m.day.year == held.day.year),
        key=lambda m: m.day,
    )
    last.row["ordinal"] = 20
    last.busy = True
    return [("L29", "MT.14", last.row["held_on"])]


def former_member(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody who had left is on the list of those present, in another's place."""
    gone = [m for m in ledgers.branch.members if m.left]
    if not gone:
        return []
    member = gone[0]
    free = [
        m
        for m in ledgers.meetings
        if m.kind == "members_assembly" and not m.busy and member.left and m.day > member.left
    ]
    if not free:
        return []
    held = rng.choice(free)
    held.busy = True
    keep = {held.host.name, held.recorder.name}
    at = next(i for i, name in enumerate(held.row["present"]) if name not in keep)
    held.row["present"][at] = member.name
    return [("L28", "MT.5", held.row["held_on"])]


def one_speaker(ledgers: Ledgers, rng: random.Random) -> Found:
    """Minutes that say who spoke to which point, and only one to the second."""
    held = pick(ledgers, rng, "committee_meeting")
    first, second, third, *_ = held.row["speeches"]
    held.row["speeches"] = ["议题1", first, second, "议题2", third]
    return [("L29", "L29.4b", held.row["held_on"])]
