"""Invented activities, visits, organisation life, rooms and funds of a branch."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

from taizhang.demo import words
from taizhang.demo.education import YEARS, session_day
from taizhang.demo.minutes import Held
from taizhang.demo.records import Ledgers
from taizhang.demo.world import LAST, Member, workday

PARTNER = "示例社区"
_ACTIVITIES = ((3, "志愿服务"), (5, "帮扶"), (9, "宣讲"), (10, "结对会议"))


def write(ledgers: Ledgers, rng: random.Random, holidays: set[date]) -> None:
    """What the branch did for others, how it lived, and what it spent."""
    for year in YEARS:
        _serve(ledgers, year, rng, holidays)
        _rooms(ledgers, year, rng, holidays)
        _funds(ledgers, year, rng)
    _visits(ledgers, rng, holidays)
    for held in ledgers.meetings:
        if held.kind == "org_life_meeting":
            _life(ledgers, held, rng)
            _assess(ledgers, held, rng)
    ledgers.add(
        "rooms",
        name="党员活动室",
        available_from="2014-09-01",
        area="48",
        equipment="党旗、投影、书柜",
    )


def _serve(ledgers: Ledgers, year: int, rng: random.Random, holidays: set[date]) -> None:
    ledgers.add(
        "service-plans",
        year=str(year),
        planned_count="4",
        partner=PARTNER,
        contact="示例联系人",
        activities="\n".join(f"{month}月 {form}" for month, form in _ACTIVITIES),
    )
    for month, form in _ACTIVITIES:
        day = workday(date(year, month, 14), holidays)
        if day > LAST:
            continue
        people = rng.sample(ledgers.branch.at(day), min(6, len(ledgers.branch.at(day))))
        ledgers.add(
            "activities",
            held_on=day.isoformat(),
            form=form,
            theme=f"{year}年{month}月{form}",
            is_service="是",
            starts_at="16:30",
            ends_at="17:40",
            place=PARTNER,
            partner=PARTNER,
            content=words.passage(rng, 3),
            result=words.sentence(rng),
            participants="、".join(m.name for m in people),
            costs="是",
        )


_VISITED = (
    (4, "家庭", "示例家庭甲"), (6, "社区", PARTNER), (9, "家庭", "示例家庭乙"), (11, "企业", "示例企业"),
)  # fmt: skip
"""Month, what and whom."""


def _visits(ledgers: Ledgers, rng: random.Random, holidays: set[date]) -> None:
    """Four in the year of the campaign; everybody who is there goes along on one of them."""
    for nth, (month, what, name) in enumerate(_VISITED):
        day = workday(date(2017, month, 8), holidays)
        there = ledgers.branch.at(day)
        people = [m for m in there if ledgers.branch.members.index(m) % len(_VISITED) == nth]
        people = people or rng.sample(there, 2)
        replied = day + timedelta(days=rng.randint(10, 40))
        opinion = f"希望{words.matter(rng)}再细一些，{name}第{month}条"
        ledgers.add(
            "visits",
            held_on=day.isoformat(),
            object_kind=what,
            object_name=name,
            content=words.passage(rng, 2),
            visitors="、".join(m.name for m in people),
            opinions=f"{opinion}（类别：教育；状态：已办结；承办人：{people[0].name}；结果：已采纳；答复日期："
            f"{replied.isoformat()}）",
        )


def _rooms(ledgers: Ledgers, year: int, rng: random.Random, holidays: set[date]) -> None:
    """One use a quarter, on the day of the study together, each with its picture when
    it is loaded.
    """
    for month in (1, 4, 7, 10):
        day = session_day(year, month, holidays)
        if day <= LAST:
            user = ledgers.branch.at(day)[0]
            ledgers.add(
                "room-uses",
                room="党员活动室",
                used_on=day.isoformat(),
                starts_at="10:00",
                ends_at="11:00",
                activity=f"主题学习·{words.matter(rng)}",
                user_name=user.name,
                people=str(rng.randint(6, 20)),
            )


def _life(ledgers: Ledgers, held: Held, rng: random.Random) -> None:
    year, names = held.day.year, [m.name for m in held.present]
    due = date(year + 1, 4, 20)
    most = max(4, len(ledgers.branch.committee(held.day)))
    lines = [f"{a}→{b}：{words.sentence(rng)}" for a, b in pairwise(names[: most + 1])]
    ledgers.add(
        "life-meetings",
        assessment_year=str(year),
        held_on=held.day.isoformat(),
        theme=f"{year}年度组织生活会",
        study_on=(held.day - timedelta(days=9)).isoformat(),
        opinions=words.passage(rng, 2),
        self_examination=words.passage(rng, 6),
        last_year_report=words.sentence(rng),
        criticisms="\n".join(lines),
        tasks=f"{words.matter(rng)}整改（责任人：{held.host.name}；期限：{due.isoformat()}；完成："
        f"{(due - timedelta(days=3)).isoformat()}）",
    )


def _assess(ledgers: Ledgers, held: Held, rng: random.Random) -> None:
    year, n = held.day.year, len(held.present)
    graded = [m for m in ledgers.branch.at(held.day) if m.full_on(held.day)]
    best = rng.sample(graded, max(1, len(graded) // 4))
    for m in ledgers.branch.at(held.day):
        _grade(ledgers, m, held, graded, best, rng)
    ledgers.add(
        "assessment-polls",
        year=str(year),
        held_on=held.day.isoformat(),
        present=n,
        issued=n,
        returned=n,
        valid=n,
        graded=len(graded),
        excellent=len(best),
    )
    ledgers.add(
        "commendations",
        person=best[0].name,
        title="优秀共产党员",
        year=str(year),
        reported_on=f"{year + 1}-05-10",
        document_no=f"示例支〔{year + 1}〕6号",
        deeds=words.passage(rng, 2),
    )


def _grade(
    ledgers: Ledgers,
    m: Member,
    held: Held,
    graded: list[Member],
    best: list[Member],
    rng: random.Random,
) -> None:
    n = len(held.present)
    row = {"person": m.name, "year": str(held.day.year)}
    if m not in graded:
        ledgers.add("assessments", **row, grade="不评定等次", reason="预备党员")
        return
    most = n - rng.randint(0, n // 4)
    excellent = most if m in best else n - most
    ledgers.add(
        "assessments",
        **row,
        excellent=excellent,
        qualified=n - excellent,
        basic="0",
        unqualified="0",
        grade="优秀" if m in best else "合格",
        fed_back_on=(held.day + timedelta(days=20)).isoformat(),
    )


def _funds(ledgers: Ledgers, year: int, rng: random.Random) -> None:
    budget = 8000 + 500 * (year - 2015)
    ledgers.add(
        "budgets",
        year=str(year),
        source="单位预算",
        amount=str(budget),
        approved_by="校务会",
        approved_on=f"{year}-01-15",
        items=f"活动（金额：{budget - 800}）\n教育培训（金额：800）",
    )
    spent = 0
    people = [m for m in ledgers.branch.members if m.reason == "founded" and m.left is None]
    for at, row in enumerate(
        r for r in ledgers.rows["activities"] if r["held_on"][:4] == str(year)
    ):
        day = date.fromisoformat(row["held_on"]) + timedelta(days=rng.randint(1, 9))
        if day > LAST:
            continue
        amount = rng.randint(1200, 1800)
        spent += amount
        ledgers.add(
            "expenses",
            spent_on=day.isoformat(),
            source="单位预算",
            category="活动",
            amount=str(amount),
            activity=row["theme"],
            activity_on=row["held_on"],
            payee="示例文具店",
            voucher_no=f"{year}-{at + 1:03d}",
            invoice_no=f"{rng.randrange(10**7, 10**8)}",
            handler=people[1].name,
            approver=people[0].name,
        )
    if year < 2018:
        ledgers.add(
            "fund-summaries",
            year=str(year),
            opening="0",
            income=str(budget),
            expense=str(spent),
            closing=str(budget - spent),
            planned=str(budget),
            note="余额由学校统一收回。",
        )
