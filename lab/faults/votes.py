"""Faults in votes (L28, L29)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from lab.faults.altering import NotHereError
from lab.faults.minutes import ASSEMBLY, COMMITTEE, GROUP, minutes, told
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found
from taizhang.demo.minutes import Held, Row
from taizhang.demo.records import Ledgers
from taizhang.kernel.calendar import label_of


def _vote(change: Callable[[Row], Row], *codes: str) -> Plant:
    def written(held: Held) -> None:
        held.votes[0] |= change(held.votes[0])

    return minutes(written, *codes, kind=ASSEMBLY)


def _important(matter: str, change: Callable[[Row], Row], code: str) -> Plant:
    """A vote on a person, taken or written otherwise."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        found = [
            (h, v)
            for h in ledgers.meetings
            if h.kind == ASSEMBLY and not h.faulty
            for v in h.votes
            if v["类别"] == matter
        ]
        if not found:
            raise NotHereError(matter)
        held, vote = rng.choice(found)
        held.faulty = True
        vote |= change(vote)
        return told(held, code)

    return plant


def _just_half(name: str) -> Callable[[Row], Row]:
    """In favour: half of those named, and no more."""

    def change(vote: Row) -> Row:
        for_ = vote[name] // 2
        return {"赞成": for_, "反对": 0, "弃权": vote["有效"] - for_, "结果": "通过"}

    return change


def _half_there(vote: Row) -> Row:
    here = vote["应到"] // 2
    counts = dict.fromkeys(("实到", "发出", "收回", "有效", "赞成"), here)
    return {**counts, "反对": 0, "弃权": 0, "结果": "未通过"}


def _one_more_entitled(vote: Row) -> Row:
    return {"应到": vote["应到"] + 1}


def _not_discussed(ledgers: Ledgers, rng: random.Random) -> Found:
    """A vote on a person, and the committee had not met for two months."""
    important = [
        h
        for h in ledgers.meetings
        if h.kind == ASSEMBLY and len(h.votes) > 1 and not h.faulty and h.day.year > 2014
    ]
    for held in rng.sample(important, len(important)):
        first = held.day - timedelta(days=60)
        before = [h for h in ledgers.meetings if h.kind == COMMITTEE and first <= h.day <= held.day]
        free = all(not h.faulty and len(h.row["agenda"]) == 2 for h in before)
        if free and not any(v["类别"] == "选举" for v in held.votes):
            held.faulty = True
            for one in before:
                ledgers.meetings.remove(one)
            votes = [v for v in held.votes if v["类别"] != "一般事项"]
            missing = [("L29", "L29.1", label_of("month", one.day)) for one in before]
            return [*(("L28", "L28.6", held.row["held_on"]) for _ in votes), *missing]
    raise NotHereError("votes")


def _voted(held: Held, subject: str, for_: int) -> None:
    n = len(held.due)
    held.votes.append(
        {
            "subject": subject,
            "类别": "一般事项",
            "方式": "举手",
            "应到": n,
            "实到": n,
            "发出": n,
            "收回": n,
            "有效": n,
            "无效": 0,
            "赞成": for_,
            "反对": n - for_,
            "弃权": 0,
            "结果": "通过",
        }
    )


def _undecided(held: Held) -> None:
    for subject in ("推荐先进", "安排活动"):
        _voted(held, subject, len(held.due))


def _half_for_it(held: Held) -> None:
    _voted(held, "推荐先进", len(held.due) // 2)


def _more_than(column: str) -> Callable[[Held], None]:
    """One vote more than people: than the vote itself names, or, where it names nobody, than came
    to the meeting.
    """

    def written(held: Held) -> None:
        people = {"实到": len(held.due) - 1, "应到": len(held.due)}
        n = people.get(column, len(held.present))
        vote = {
            "subject": "推荐先进",
            "类别": "一般事项",
            "方式": "举手",
            "赞成": n + 1,
            "结果": "未通过",
        }
        held.votes.append(vote | ({column: n} if column in people else {}))

    return written


ALL: tuple[Plant, ...] = (
    _vote(_just_half("应到"), "L28.4"),
    _important("接收预备党员", _half_there, "VOTE-2"),
    _important("接收预备党员", lambda _: {"方式": "举手"}, "VOTE-2b"),
    _important("接收预备党员", lambda _: {"方式": ""}, "VOTE-2m"),
    _important("接收预备党员", _just_half("应到"), "VOTE-2c"),
    _important("选举", _just_half("实到"), "VOTE-3b"),
    _vote(lambda v: {"收回": v["收回"] + 1, "无效": 1}, "VOTE-5"),
    _vote(lambda _: {"无效": 1}, "VOTE-5b"),
    _vote(lambda v: {"发出": v["发出"] + 1}, "VOTE-5d"),
    _vote(_one_more_entitled, "AF-P5"),
    minutes(_undecided, "L29.5", kind=COMMITTEE), minutes(_half_for_it, "VOTE-4b", kind=COMMITTEE),
    _not_discussed,
    minutes(_more_than("实到"), "VOTE-5e", kind=COMMITTEE), minutes(_more_than("应到"), "VOTE-5f", kind=GROUP),
    minutes(_more_than(""), "VOTE-5g", kind=GROUP),
)  # fmt: skip
