"""Invented elections and admission cases of a branch: the papers behind what its assemblies
decided.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from taizhang.demo import words
from taizhang.demo.minutes import Held, Minutes
from taizhang.demo.records import Ledgers
from taizhang.demo.world import FIRST, LAST, Member, workday
from taizhang.kernel.calendar import plus_months, windows

_BEFORE = {
    1: -640, 2: -620, 3: -548, 4: -540, 5: -530, 6: -520, 7: -140, 8: -122, 9: -120, 10: -95, 11: -80, 12: -30, 13: -20,
    14: -8,
}  # fmt: skip
"""Days before the assembly that accepts; 640 days keep mentors inside a branch founded in 2013."""
_AFTER = {16: 20, 17: 45, 18: 50, 19: 52, 20: 60, 21: 200}


def write(ledgers: Ledgers, diary: Minutes, rng: random.Random) -> None:
    """Elections, yearly plans, and a case for everybody admitted."""
    holidays = diary.holidays
    for day, kind in ((ledgers.branch.election, "换届"), (ledgers.branch.by_election, "补选")):
        if day:
            _election(ledgers, day, kind, rng)
    years = [admitted.year for _, admitted, _ in diary.admissions]
    for year in (2015, 2016, 2017, 2018):
        names = [m.name for m, admitted, _ in diary.admissions if admitted.year == year]
        ledgers.add(
            "development-plans",
            year=str(year),
            planned_count=str(years.count(year)),
            names="、".join(names),
            approved_on=f"{year}-02-26",
            reported_on=f"{year}-03-02",
        )
    for member, admitted, converted in diary.admissions:
        _case(ledgers, member, admitted, converted, rng, holidays)


def _near(held: list[Held], kind: str, day: date) -> Held:
    return next(m for m in held if m.kind == kind and m.day >= day)


def _election(ledgers: Ledgers, day: date, kind: str, rng: random.Random) -> None:
    branch = ledgers.branch
    held = next(m for m in ledgers.meetings if m.kind == "members_assembly" and m.day == day)
    vote = next(v for v in held.votes if v["类别"] == "选举")
    present = int(vote["实到"])
    seated = [s.member for s in branch.seats if s.from_on == day]
    seated = list({m.name: m for m in seated}.values())
    others = [m for m in held.present if m.full_on(day) and m not in seated and m is not held.host]
    losers = others[: 1 if kind == "换届" else 0]
    tellers = [m for m in others if m not in losers][:2]
    missing = [rng.randint(0, 2) for _ in seated]
    lines = [
        _votes(m.name, present, present - less, elected=True)
        for m, less in zip(seated, missing, strict=True)
    ]
    lines += [_votes(m.name, present, min(1, sum(missing)), elected=False) for m in losers]
    heads = {s.post: s.member.name for s in branch.seats if s.from_on == day}
    committee = _near(ledgers.meetings, "committee_meeting", day + timedelta(days=1)).day
    ledgers.add(
        "elections",
        kind=kind,
        held_on=day.isoformat(),
        reason="任期届满" if kind == "换届" else "委员调离",
        decided_on=(day - timedelta(days=50)).isoformat(),
        request_no=f"示例支〔{day.year}〕{day.month}号",
        request_on=(day - timedelta(days=42)).isoformat(),
        reply_no=f"示例委〔{day.year}〕{day.month}{rng.randint(1, 9)}号",
        reply_on=(day - timedelta(days=36)).isoformat(),
        candidates_request_on=(day - timedelta(days=20)).isoformat(),
        candidates_reply_on=(day - timedelta(days=14)).isoformat(),
        seats=str(len(seated)),
        method=f"无记名投票，{'差额' if len(lines) > len(seated) else '等额'}选举",
        host_name=held.host.name,
        report=words.passage(rng, 6),
        entitled_expected=vote["应到"],
        entitled_present=present,
        issued=present,
        returned=present,
        valid=present,
        invalid="0",
        candidates="\n".join(lines),
        scrutineers="、".join(
            f"{m.name}（{role}）" for m, role in zip(tellers, ("监票人", "计票人"), strict=False)
        ),
        agenda="听取和审议支部委员会工作报告\n选举新一届支部委员会委员"
        if kind == "换届"
        else "补选支部委员会委员",
        first_committee_on=committee.isoformat(),
        secretary_name=heads.get("secretary", ""),
        deputy_names=heads.get("deputy_secretary", ""),
        secretary_seats="1" if kind == "换届" else "",
        deputy_seats=f"{int('deputy_secretary' in heads)}" if kind == "换届" else "",
        posts_request_no=f"示例支〔{day.year}〕{day.month + 2}号" if kind == "换届" else "",
        posts_request_on=(committee + timedelta(days=1)).isoformat() if kind == "换届" else "",
        result_report_no=f"示例支〔{day.year}〕{day.month + 1}号",
        result_report_on=(committee + timedelta(days=1)).isoformat(),
        final_reply_no=f"示例委〔{day.year}〕{(day.month + 1) * 10}号",
        final_reply_on=(committee + timedelta(days=9)).isoformat(),
        published_on=(committee + timedelta(days=10)).isoformat(),
    )


def _votes(name: str, valid: int, for_: int, *, elected: bool) -> str:
    rest = valid - for_
    return f"{name}（赞成：{for_}；反对：0；弃权：{rest}；结果：{'当选' if elected else '落选'}）"


def _case(
    ledgers: Ledgers,
    member: Member,
    admitted: date,
    converted: date | None,
    rng: random.Random,
    holidays: set[date],
) -> None:
    days = _proposed(ledgers, {n: admitted + timedelta(days=d) for n, d in _BEFORE.items()})
    days[15] = admitted
    days |= {n: admitted + timedelta(days=d) for n, d in _AFTER.items()}
    if converted:
        days |= {
            22: converted - timedelta(days=12),
            23: converted,
            24: converted + timedelta(days=30),
            25: converted + timedelta(days=60),
        }
    days = {n: day for n, day in sorted(days.items()) if day <= LAST}
    old = [m for m in ledgers.branch.members if m.reason == "founded" and m.left is None][-6:]
    assembly = next(
        m for m in ledgers.meetings if m.kind == "members_assembly" and m.day == admitted
    )
    two = "、".join(m.name for m in [m for m in old if m in assembly.present][:2])
    ledgers.add(
        "cases",
        name=member.name,
        gender="女" if member.female else "男",
        ethnicity="汉族",
        birth_on=member.born.isoformat(),
        education="本科",
        job="教师",
        mentor_names=two,
        introducer_names=two,
        outcome="按期转正" if converted else "",
        steps="\n".join(
            f"{n} 步骤：{day.isoformat()}（责任人：{old[0].name}）" for n, day in days.items()
        ),
    )
    _around(ledgers, member, days, old, rng, holidays)


def _proposed(ledgers: Ledgers, days: dict[int, date]) -> dict[int, date]:
    """The first six steps somewhat earlier: the committee, or where there is none the assembly, met
    on the day of the third.
    """
    kind = "committee_meeting" if ledgers.branch.election else "members_assembly"
    held = [m for m in ledgers.meetings if m.kind == kind and m.day <= days[3]]
    if held:
        held[-1].busy = True
        held[-1].row["agenda"].append("讨论确定入党积极分子")
        held[-1].row["_fixed"] = "1"
    day = held[-1].day if held else min(days[3], FIRST - timedelta(days=12))
    earlier = days[3] - day
    return {n: d - earlier if n <= _PROPOSED else d for n, d in days.items()}


_PROPOSED = 6
"""The last of the steps that belong together with the third."""


def _reviews(
    ledgers: Ledgers,
    name: str,
    spell: tuple[date, date],
    reviewer: Member,
    rng: random.Random,
    **mark: str,
) -> None:
    """One in each half-year that lies wholly in a spell."""
    first, last = spell
    for half in windows("half", max(first, FIRST), last):
        if first <= half.starts_on and half.ends_on < last:
            ledgers.add(
                "case-reviews",
                case=name,
                year=str(half.starts_on.year),
                half="上半年" if half.label.endswith("H1") else "下半年",
                reviewed_on=(half.ends_on - timedelta(days=10)).isoformat(),
                reviewer=reviewer.name,
                opinion=words.passage(rng, 3),
                **mark,
            )


def _around(
    ledgers: Ledgers,
    member: Member,
    days: dict[int, date],
    old: list[Member],
    rng: random.Random,
    holidays: set[date],
) -> None:
    """Talks, reviews, reports, classes, the notice and the review of one case."""
    name, three, accepted = member.name, days[3], days[15]
    for number in (2, 5):
        ledgers.add(
            "case-talks",
            case=name,
            held_on=days[number].isoformat(),
            place="办公室",
            talker_name=old[0].name,
            content=words.passage(rng, 2),
        )
    _reviews(ledgers, name, (three, days[7]), old[0], rng)
    probation = accepted, days.get(23) or min(plus_months(accepted, 12), LAST)
    _reviews(ledgers, name, probation, old[0], rng, _probation="1")
    for quarter in windows("quarter", max(three, FIRST), accepted):
        if three <= quarter.starts_on and quarter.ends_on < accepted:
            ledgers.add(
                "thought-reports",
                case=name,
                written_on=(quarter.starts_on + timedelta(days=40)).isoformat(),
                title="思想汇报",
                text=words.passage(rng, 5),
            )
    first = days[6] + timedelta(days=30)
    for kind, start in (("入党积极分子培训班", first), ("发展对象集中培训", days[11])):
        ledgers.add(
            "case-trainings",
            case=name,
            kind=kind,
            name=f"{start.year}年{kind}",
            from_on=start.isoformat(),
            to_on=(start + timedelta(days=2)).isoformat(),
            hours="24",
            certificate_no=f"示{start:%Y%m}{rng.randint(10, 99)}",
        )
    shown = workday(days[7] + timedelta(days=1), holidays)
    ledgers.add(
        "public-notices",
        case=name,
        stage="确定发展对象",
        from_on=shown.isoformat(),
        to_on=(shown + timedelta(days=13)).isoformat(),
        place="公开栏",
        conclusion="无异议",
    )
    ledgers.add(
        "political-reviews",
        case=name,
        letters_sent_on=(days[8] + timedelta(days=3)).isoformat(),
        letters_back_on=(days[10] - timedelta(days=6)).isoformat(),
        concluded_on=days[10].isoformat(),
        conclusion="合格",
    )
