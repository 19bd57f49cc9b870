"""Faults in minutes (L28–L31): who was there, when, what was written."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

from lab.faults.altering import NotHereError
from lab.faults.minutes import (
    ASSEMBLY,
    COMMITTEE,
    GROUP,
    LECTURE,
    always_there,
    bring,
    fields,
    minutes,
    send_away,
    told,
    write,
    year_of,
)
from taizhang.demo import words
from taizhang.demo.faults.meetings import collecting, may_be_on, pick
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found
from taizhang.demo.minutes import Held
from taizhang.demo.records import Ledgers
from taizhang.kernel.calendar import label_of


def _told_beside(first: Held, second: Held, code: str) -> Found:
    """Of the later of two that a fault lies in."""
    return [(*said, first.row["held_on"]) for said in told(second, code)]


def _person_twice(held: Held) -> None:
    held.row["present"].append(held.row["present"][-1])


def _recorder_looks_on(held: Held) -> None:
    held.row["observers"], held.row["recorder_name"] = "示例校办", "示例校办"


def _host_records(held: Held) -> None:
    held.row["recorder_name"] = held.row["host_name"]


def _without_reason_thrice(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody away three times in a year, and nobody knows why."""
    year = year_of(ledgers, rng, GROUP, group=1)
    whole = [held for held in year if not held.row["absent"]]
    if len(whole) < 3:
        raise NotHereError(GROUP)
    who = rng.choice(always_there(ledgers, year))
    for held in whole[:3]:
        send_away(held, who, "无故")
    return [("L30", "MT.4b", str(year[0].day.year))]


def _few_at_a_lecture(ledgers: Ledgers, rng: random.Random) -> Found:
    """A lecture to three quarters of the members."""
    year = year_of(ledgers, rng, LECTURE)
    held = rng.choice(year)
    free = always_there(ledgers, year)
    while held.row["present_count"] * 5 >= held.row["expected_count"] * 4:
        send_away(held, free.pop(), "公差")
    return told(held, "MT.4c")


def _seldom_there(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody at half of a year's lectures."""
    year = year_of(ledgers, rng, LECTURE)
    if len(year) != 4:
        raise NotHereError(LECTURE)
    who = rng.choice(always_there(ledgers, year))
    for held in year[:2]:
        send_away(held, who, "公差")
    return [("L31", "MT.4d", str(year[0].day.year))]


def _ten_minutes(held: Held) -> None:
    held.row["ends_at"] = held.row["starts_at"][:3] + f"{int(held.row['starts_at'][3:]) + 9:02d}"


def _entered_after(code: str, days: int) -> Plant:
    def change(held: Held) -> None:
        day = datetime.fromisoformat(f"{held.row['held_on']}T17:00:00+08:00") + timedelta(days)
        held.row["_entered_at"] = day.isoformat()

    return minutes(change, code, kind=GROUP)


def _mostly_copied(ledgers: Ledgers, rng: random.Random) -> Found:
    """Minutes of which four fifths are those of an earlier meeting."""
    first, second = sorted((pick(ledgers, rng, COMMITTEE) for _ in range(2)), key=lambda h: h.day)
    for own, held in enumerate((first, second), start=103):
        write(held, (8, 28), own)
    return _told_beside(first, second, "MT.10")


def _same_discussion(ledgers: Ledgers, rng: random.Random) -> Found:
    """The discussion of an earlier meeting; what was asked, said and resolved is its own."""
    first, second = sorted((pick(ledgers, rng, COMMITTEE) for _ in range(2)), key=lambda h: h.day)
    second.row["discussion"] = first.row["discussion"]
    return _told_beside(first, second, "AF-T1a")


def _other_school(held: Held) -> None:
    held.row["discussion"] += "\n请正衡天宁分校的同志继续推进。"


def _other_year(held: Held) -> None:
    year, rest = held.row["title"].split("年", 1)
    held.row["title"] = f"{int(year) - 1}年{rest}"


def _few_words(held: Held) -> None:
    held.row |= {"discussion": "学习文件，布置工作。", "speeches": [], "agenda": ["学习文件"]}
    held.row["resolutions"][0]["text"] = "认真落实"


def _other_expected(held: Held) -> None:
    held.row["discussion"] += f"\n本次大会应到{held.row['expected_count'] + 3}人。"


def _not_counted(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody who is not counted because he is ill, and came."""
    held = pick(ledgers, rng, LECTURE)
    others = {
        n
        for h in ledgers.meetings
        if h is not held and h.row["held_on"] == held.row["held_on"]
        for n in h.row["present"]
    }
    keep = {held.row["host_name"], held.row["recorder_name"], *others}
    who = rng.choice([n for n in held.row["present"] if n not in keep])
    day = held.row["held_on"]
    ledgers.add(
        "not-counted",
        person=who,
        category="年老体弱卧床不起或长期生病生活不能自理",
        from_on=day,
        to_on=(held.day + timedelta(days=1)).isoformat(),
        approval="示例委〔2016〕9号",
        resolution="党员大会通过",
    )
    return told(held, "AF-P3w")


def _same_absent(ledgers: Ledgers, rng: random.Random) -> Found:
    """The same one away, and only he, for half a year."""
    year = year_of(ledgers, rng, GROUP, group=1, years=(2016, 2017))
    who = rng.choice(always_there(ledgers, year))
    for held in year[:6]:
        for name, _ in list(held.row["absent"]):
            bring(held, name)
        send_away(held, who, "病假")
    label = str(year[0].day.year)
    return [("L30", "AF-P10", label), ("L30", "MT.4d", label)]


def _two_at_once(ledgers: Ledgers, rng: random.Random) -> Found:
    """A lecture at the time of a group's meeting, in another room."""
    lecture = pick(ledgers, rng, LECTURE)
    days = Counter(h.row["held_on"] for h in ledgers.meetings)
    group = next(
        h
        for h in ledgers.meetings
        if h.kind == GROUP
        and h.row["held_on"][:7] == lecture.row["held_on"][:7]
        and not h.busy
        and days[h.row["held_on"]] == 1
        and may_be_on(ledgers, lecture, h.row["held_on"])
    )
    group.busy = group.faulty = True
    lecture.row |= {
        "held_on": group.row["held_on"],
        "starts_at": group.row["starts_at"],
        "ends_at": group.row["ends_at"],
        "place": "报告厅",
    }
    return [(item, "MT.7", group.row["held_on"]) for item in ("L30", "L31")]


def _everybody_always(ledgers: Ledgers, rng: random.Random) -> Found:
    """Twelve assemblies and lectures in a row at which nobody was missing."""
    del rng
    ordered = [h for h in ledgers.meetings if h.kind in (ASSEMBLY, LECTURE)]
    ends = next(at for at, h in enumerate(ordered) if at > 11 and h.absent)
    run = ordered[:ends]
    if any(h.faulty for h in ordered[: ends + 1]) or any(len(h.due) < 16 for h in run):
        raise NotHereError(ASSEMBLY)
    for held in ordered[: ends + 1]:
        held.busy = held.faulty = True
    for held in run:
        for name, _ in list(held.row["absent"]):
            bring(held, name)
    return [("L28", "AF-P9", run[-1].row["held_on"], run[0].row["held_on"])]


def _entered_last_week(ledgers: Ledgers, rng: random.Random) -> Found:
    """Five months entered in the week before the inspection."""
    of_months = {
        h.row["held_on"][:7]: h
        for h in ledgers.meetings
        if h.kind == GROUP and not h.busy and "2018-01" <= h.row["held_on"] < "2018-09"
    }
    chosen = rng.sample(sorted(of_months.values(), key=lambda h: h.row["held_on"]), 5)
    for nth, held in enumerate(chosen):
        held.busy = held.faulty = True
        held.row["_entered_at"] = f"2018-10-2{nth}T19:00:00+08:00"
    late = [("L30", "MT.9", held.row["held_on"]) for held in chosen]
    return [("L28", "AF-D4w", "", "2018-01-01"), *late]


# Committee and groups


def _not_yet(ledgers: Ledgers, rng: random.Random) -> Found:
    """A meeting of a day that is still to come."""
    del rng
    held = next(
        h
        for h in ledgers.meetings
        if h.kind == COMMITTEE and h.day.year == 2018 and h.day.month == 10 and not h.busy
    )
    held.busy = held.faulty = True
    held.row["held_on"] = "2018-11-06"
    return told(held, "MT.6")


def _made_up_for(ledgers: Ledgers, rng: random.Random) -> Found:
    """A month's committee meeting held in the next month."""
    ordered = [h for h in ledgers.meetings if h.kind == COMMITTEE]
    free = [
        (one, nxt)
        for one, nxt in pairwise(ordered)
        if not one.busy and not nxt.busy and one.day.month not in (1, 12)
    ]
    one, nxt = rng.choice(free)
    for held in (one, nxt):
        held.busy = held.faulty = True
    label = label_of("month", one.day)
    day = nxt.day + timedelta(days=1)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    if not may_be_on(ledgers, one, day.isoformat()):
        raise NotHereError(COMMITTEE)
    one.row["held_on"] = day.isoformat()
    return [("L29", "L29.1", label), ("L29", "L29.1w", label)]


def _guest_counted(ledgers: Ledgers, rng: random.Random) -> Found:
    """An ordinary member among those present at the committee."""
    held = pick(ledgers, rng, COMMITTEE)
    board = {m.name for m in held.due}
    guest = next(m.name for m in ledgers.branch.at(held.day) if m.name not in board)
    held.row["present"].append(guest)
    held.row["present_count"] += 1
    held.row["expected_count"] += 1
    return told(held, "L29.2")


def _two_of_five(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two of five commissioners met."""
    year = [h for h in year_of(ledgers, rng, COMMITTEE) if len(h.due) == 5]
    if not year:
        raise NotHereError(COMMITTEE)
    held = rng.choice(year)
    keep = {held.row["host_name"], held.row["recorder_name"]}
    away = [n for n in held.row["present"] if n not in keep]
    if collecting(ledgers, held.row["held_on"]) & set(away):
        raise NotHereError("dues-payments")
    for name in away:
        send_away(held, name, "公差")
    return told(held, "VOTE-4", "MT.4c")


def _one_voice(held: Held) -> None:
    held.row["speeches"] = held.row["speeches"][:1]


def _always_the_ninth(ledgers: Ledgers, rng: random.Random) -> Found:
    """Every committee meeting of a year on the ninth, Saturdays and Sundays as well."""
    year = year_of(ledgers, rng, COMMITTEE, years=(2015,))
    if not all(may_be_on(ledgers, h, f"{h.day:%Y-%m}-09") and "_fixed" not in h.row for h in year):
        raise NotHereError(COMMITTEE)
    for held in year:
        held.row["held_on"] = f"{held.day:%Y-%m}-09"
    days = [date.fromisoformat(h.row["held_on"]) for h in year]
    ends = [("L29", "MT.8b", day.isoformat()) for day in days if day.weekday() > 4]
    return [("L29", "AF-D6", "2015"), *ends]


def _always_at_noon(ledgers: Ledgers, rng: random.Random) -> Found:
    """Every committee meeting of a year from ten past twelve until ten to one."""
    year = year_of(ledgers, rng, COMMITTEE)
    if len(year) < 10:
        raise NotHereError(COMMITTEE)
    for held in year:
        held.row |= {"starts_at": "12:10", "ends_at": "12:50"}
    return [("L29", "AF-D6b", str(year[0].day.year))]


def _one_more_in_the_group(held: Held) -> None:
    held.row["expected_count"] += 1


def _of_another_group(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody of another group on the list of those present, in a member's place."""
    held = pick(ledgers, rng, GROUP)
    taken = {
        n
        for h in ledgers.meetings
        if h.row["held_on"] == held.row["held_on"]
        for n in h.row["present"]
    }
    other = next(
        m
        for m in ledgers.branch.at(held.day)
        if m.group and m.group != held.group and m.name not in taken
    )
    keep = {held.row["host_name"], held.row["recorder_name"]}
    at = next(i for i, name in enumerate(held.row["present"]) if name not in keep)
    held.row["present"][at] = other.name
    return told(held, "L30.2b")


def _led_by_another(held: Held) -> None:
    keep = {held.row["host_name"], held.row["recorder_name"]}
    held.row["host_name"] = next(n for n in held.row["present"] if n not in keep)


def _same_minutes(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two groups with one text, of one day and one room."""
    first = pick(ledgers, rng, GROUP)
    second = next(
        h
        for h in ledgers.meetings
        if h.kind == GROUP
        and h.group > first.group
        and h.row["held_on"][:7] == first.row["held_on"][:7]
        and not h.busy
    )
    second.busy = second.faulty = True
    for name in ("held_on", "place", "discussion", "conclusion", "speeches", "agenda"):
        second.row[name] = first.row[name]
    second.row["resolutions"][0]["text"] = first.row["resolutions"][0]["text"]
    return [("L30", code, first.row["held_on"]) for code in ("L30.4", "AF-T1", "AF-T1a", "AF-T3b")]


# Lectures


def _never_the_secretary(ledgers: Ledgers, rng: random.Random) -> Found:
    """A year in which the secretary gave no lecture."""
    year = year_of(ledgers, rng, LECTURE)
    for held in year:
        if held.row["lecturer_role"] == "支部书记":
            name = next(
                n
                for n in held.row["present"]
                if n not in (held.row["host_name"], held.row["recorder_name"])
            )
            held.row["lecturer_name"], held.row["lecturer_role"] = name, "党员"
    return [("L31", "L31.4", str(year[0].day.year))]


def _same_lecture(ledgers: Ledgers, rng: random.Random) -> Found:
    """One lecture given twice."""
    first, second = sorted((pick(ledgers, rng, LECTURE) for _ in range(2)), key=lambda h: h.day)
    second.row["content"] = first.row["content"]
    return [*_told_beside(first, second, "L31.5"), *_told_beside(first, second, "L31.5a")]


def _much_the_same_lecture(ledgers: Ledgers, rng: random.Random) -> Found:
    """A lecture of an earlier day with another ending; the rest of the record is its own."""
    first, second = sorted((pick(ledgers, rng, LECTURE) for _ in range(2)), key=lambda h: h.day)
    first.row["content"] = words.passage(random.Random(6), 6)  # noqa: S311
    second.row["content"] = f"{first.row['content']}请同志们课后思考。"
    return _told_beside(first, second, "L31.5a")


def _lecturer_away(ledgers: Ledgers, rng: random.Random) -> Found:
    """The lecturer is on the list of those who were not there."""
    year = year_of(ledgers, rng, LECTURE)
    who = rng.choice(always_there(ledgers, year))
    held = rng.choice([h for h in year if h.row["lecturer_role"] != "支部书记"])
    held.row["lecturer_name"] = who
    send_away(held, who, "病假")
    return told(held, "L31.6")


ALL: tuple[Plant, ...] = (
    minutes(_person_twice, "MT.2c", "MT.2b", kind=GROUP),
    fields(LECTURE, "MT.3", host_name="示例校长"),
    minutes(_recorder_looks_on, "MT.3c", kind=LECTURE),
    minutes(_host_records, "MT.3d", kind=COMMITTEE),
    _without_reason_thrice, _few_at_a_lecture, _seldom_there,
    minutes(_ten_minutes, "MT.6c", kind=GROUP),
    _entered_after("MT.9w", 10), _entered_after("MT.9i", 5), _mostly_copied, _same_discussion,
    minutes(_other_school, "AF-T5", kind=COMMITTEE),
    minutes(_other_year, "AF-T5y", kind=COMMITTEE),
    minutes(_few_words, "AF-T8", kind=ASSEMBLY),
    minutes(_other_expected, "AF-T10", kind=ASSEMBLY),
    _not_counted, _same_absent, _two_at_once,
    _everybody_always, _entered_last_week, _not_yet, _made_up_for, _guest_counted, _two_of_five,
    minutes(_one_voice, "L29.4", kind=COMMITTEE),
    _always_the_ninth,
    minutes(_one_more_in_the_group, "L30.2", "MT.2", kind=GROUP),
    _of_another_group,
    minutes(_led_by_another, "L30.3", kind=GROUP),
    _same_minutes,
    fields(LECTURE, "L31.3", summary=""),
    _never_the_secretary, _same_lecture, _much_the_same_lecture, _lecturer_away,
    fields(COMMITTEE, "MT.8c", starts_at="06:20", ends_at="07:10"),
    fields(COMMITTEE, "MT.8d", starts_at="20:20", ends_at="21:10"),
    _always_at_noon,
)  # fmt: skip
