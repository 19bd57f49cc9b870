"""Invented study plans, sessions, notes, channels, transfers and screenings of a branch."""

from __future__ import annotations

import random
from datetime import date, timedelta

from taizhang.demo import words
from taizhang.demo.records import Ledgers
from taizhang.demo.world import LAST, Branch, Member, workday

YEARS = (2015, 2016, 2017, 2018)
_ASPECTS = ("理想信念", "业务能力", "文化素质")
_TOPICS = {"理想信念": "学习党章党规", "业务能力": "课堂教学研究", "文化素质": "经典诵读交流"}


def write(ledgers: Ledgers, rng: random.Random, holidays: set[date]) -> None:
    """Everything about the education and the management of members."""
    for year in YEARS:
        _plan(ledgers, year, rng)
        _sessions(ledgers, year, rng, holidays)
        _screening(ledgers, year)
    _own(ledgers, rng)
    _transfers(ledgers, rng)
    _violations(ledgers, rng)


def channel(ledgers: Ledgers, rng: random.Random) -> None:
    """A group of the branch, with a push a quarter; each gets a screenshot when it is loaded."""
    name = f"{ledgers.branch.name}党员群"
    ledgers.add("channels", kind="微信群", name=name, opened_on="2014-11-03", member_count="20")
    for year in YEARS:
        for month in (2, 5, 8, 11):
            day = date(year, month, 16)
            if day <= LAST:
                topic = words.theme(rng, day)
                ledgers.add(
                    "pushes",
                    channel=name,
                    pushed_on=day.isoformat(),
                    topic=topic,
                    readers=str(rng.randint(8, 20)),
                )


def _plan(ledgers: Ledgers, year: int, rng: random.Random) -> None:
    months = (2, 4, 7, 10)
    aspects = [*_ASPECTS, "理想信念"]
    items = [
        f"{_TOPICS[a]}·{words.matter(rng)}（月份：{m}；形式：集中学习；类别：{a}）"
        for m, a in zip(months, aspects, strict=True)
    ]
    ledgers.add(
        "study-plans",
        year=str(year),
        adopted_on=f"{year}-02-26",
        requirement=words.sentence(rng),
        assessment="年底检查笔记，交流心得",
        items="\n".join(items),
    )


def session_day(year: int, month: int, holidays: set[date]) -> date:
    """When the branch studies together in the first month of a quarter."""
    return workday(date(year, month, 24 if month != 10 else 12), holidays)


def _sessions(ledgers: Ledgers, year: int, rng: random.Random, holidays: set[date]) -> None:
    """Four days of eight hours; everybody on the roster comes, and writes a note within
    the week.
    """
    for month in (1, 4, 7, 10):
        day = session_day(year, month, holidays)
        if day > LAST:
            continue
        here = ledgers.branch.at(day)
        topic = f"{words.theme(rng, day)}·{words.matter(rng)}"
        ledgers.add(
            "study-sessions",
            held_on=day.isoformat(),
            place="党员活动室",
            topic=topic[:90],
            lecturer=here[0].name,
            hours="8",
            attendees="、".join(m.name for m in here),
        )
        for at, m in enumerate(here):
            written = day + timedelta(days=1 + at % 5)
            _note(ledgers, m, written, "集中学习", topic[:60], rng)


def _note(
    ledgers: Ledgers, m: Member, day: date, kind: str, topic: str, rng: random.Random
) -> None:
    serial = len(ledgers.rows.get("study-notes", ()))
    ledgers.add(
        "study-notes",
        person=m.name,
        written_on=day.isoformat(),
        kind=kind,
        topic=topic,
        text=f"{m.name}第{serial}篇：{words.sentence(rng)}",
    )


def full_year(branch: Branch, year: int) -> list[Member]:
    """Members on both ends of a year."""
    return [m for m in branch.at(date(year, 1, 1)) if m.on(date(year, 12, 31))]


def _own(ledgers: Ledgers, rng: random.Random) -> None:
    for year in YEARS:
        for m in full_year(ledgers.branch, year):
            ledgers.add(
                "personal-study-plans",
                person=m.name,
                year=str(year),
                content=f"{m.name}{year}年：{words.sentence(rng)}",
                time="每周三下午",
                form="自学和集中学习",
                requirement="每月一篇心得",
                signed_on=f"{year}-03-0{rng.randint(1, 9)}",
            )
            if year < 2018:
                _note(ledgers, m, date(year, 5, 1 + rng.randrange(28)), "自学", "业务自学", rng)
                _note(
                    ledgers, m, date(year, 11, 1 + rng.randrange(28)), "学习心得", "学习心得", rng
                )


def _screening(ledgers: Ledgers, year: int) -> None:
    day = date(year, 5, 20)
    n = str(len(ledgers.branch.at(day)))
    ledgers.add(
        "relation-surveys",
        batch=f"{year}年组织关系排查",
        as_of=day.isoformat(),
        roster_count=n,
        checked_count=n,
        n_normal=n,
        tasks=f"核对党员联系方式（责任人：{ledgers.branch.members[0].name}；期限：{year}-06-30；完成：{year}-06-24）",
        summary="已逐人核对，未发现异常，联系方式更新完毕。",
        summary_on=f"{year}-07-05",
    )


def _transfers(ledgers: Ledgers, rng: random.Random) -> None:
    number = rng.randrange(100, 400)
    for m in sorted(ledgers.branch.members, key=lambda m: m.left or LAST):
        if m.reason == "moved_in":
            day = m.joined - timedelta(days=8)
            _letter(
                ledgers, m, "转入", f"来{day:%Y}{rng.randrange(1000, 9999)}", day, received=m.joined
            )
        if m.left:
            number += 1
            _letter(
                ledgers, m, "转出", f"示{number:05d}", m.left - timedelta(days=3), received=m.left
            )


def _letter(
    ledgers: Ledgers, m: Member, direction: str, number: str, day: date, received: date
) -> None:
    own, other = f"{ledgers.branch.name}党支部", "示例外校党支部"
    came = direction == "转入"
    last_month = (received.replace(day=1) - timedelta(days=1)).replace(day=1)
    ledgers.add(
        "transfers",
        person=m.name,
        direction=direction,
        letter_no=number,
        issued_on=day.isoformat(),
        issuer="示例区委组织部",
        from_org=other if came else own,
        to_org=own if came else other,
        valid_days="30",
        dues_paid_through=f"{last_month:%Y-%m}",
        stage="正式党员",
        received_on=received.isoformat(),
        receipt_on="" if came else (received + timedelta(days=12)).isoformat(),
        receipt_by="" if came else "示例经办",
        archive_checked="是",
    )


def _violations(ledgers: Ledgers, rng: random.Random) -> None:
    day = date(2016, 9, 20)
    ledgers.add(
        "violation-surveys",
        batch="2016年违法违纪党员排查",
        scope="全体党员",
        as_of=day.isoformat(),
        checked_count=str(len(ledgers.branch.at(day))),
        source="公检法、纪委反馈",
        found_count="0",
        plan=words.passage(rng, 2),
        summary=words.passage(rng, 2),
    )
