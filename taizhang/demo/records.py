"""Invented documents, divisions of work, talks, disclosures, charts, plans and dues of a branch."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from taizhang.demo import words
from taizhang.demo.minutes import Held, Row
from taizhang.demo.world import LAST, Branch, Member, months, workday
from taizhang.kernel.calendar import month_end
from taizhang.ledgers.kinds.documents import PolicyDocument

DUTIES = {
    "secretary": "主持支部全面工作，召集会议，检查决议落实情况，按时向上级报告工作。",
    "organisation": "负责发展党员、党员名册、组织关系接转、党费收缴和台账登记等组织工作。",
    "publicity": "负责理论学习、党课安排、宣传报道、会议记录和党务公开栏更新。",
    "discipline": "负责党员纪律教育和监督检查，受理党员群众的意见，开展廉洁提醒。",
    "youth": "负责联系共青团和青年教师，组织青年志愿服务与岗位练兵等活动。",
}
LABELS = {
    "secretary": "书记", "organisation": "组织委员", "publicity": "宣传委员", "discipline": "纪检委员", "youth": "青年委员",
}  # fmt: skip


@dataclass(frozen=True)
class Attached:
    """A file that lies by a record; its row."""

    row: Row
    name: str
    data: bytes
    slug: str = "meetings"


@dataclass
class Ledgers:
    """All raw rows of one branch, by kind."""

    branch: Branch
    meetings: list[Held]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    dues_due: dict[tuple[str, int], int] = field(default_factory=dict)
    attached: list[Attached] = field(default_factory=list)
    """Files that lie by records, besides those that all of a kind have."""

    def add(self, ledger: str, /, **row: object) -> Row:
        """One row."""
        self.rows.setdefault(ledger, []).append(row)
        return row


def write(branch: Branch, meetings: list[Held], rng: random.Random, holidays: set[date]) -> Ledgers:
    """Everything but the meetings themselves."""
    ledgers = Ledgers(branch, meetings)
    _roster(ledgers)
    _seats(ledgers)
    _documents(ledgers, rng)
    _changes(ledgers)
    _talks(ledgers, rng, holidays)
    _yearly(ledgers, rng)
    _assess(ledgers, rng)
    _pay(ledgers, rng)
    return ledgers


def _roster(ledgers: Ledgers) -> None:
    rng = random.Random(ledgers.branch.name)  # noqa: S311
    for m in ledgers.branch.members:
        ledgers.add(
            "members",
            name=m.name,
            gender="女" if m.female else "男",
            ethnicity="汉族",
            birth_on=m.born.isoformat(),
            education="本科",
            job="退休教师"
            if m.retired
            else rng.choice(("语文教师", "数学教师", "英语教师", "体育教师", "总务", "保育员")),
            admitted_on=m.admitted.isoformat(),
            full_on=m.full.isoformat() if m.full and m.full <= LAST else "",
            id_number=m.id_number,
            phone=m.phone,
            joined_on=m.joined.isoformat(),
            join_reason={"founded": "支部成立时在册", "moved_in": "转入", "admitted": "接收"}[
                m.reason
            ],
            left_on=m.left.isoformat() if m.left else "",
            leave_reason="转出" if m.left else "",
        )


def _seats(ledgers: Ledgers) -> None:
    branch = ledgers.branch
    for n in range(1, branch.groups + 1):
        name = _group_name(n)
        ledgers.add("groups", name=name, valid_from="2013-09-01")
        ledgers.add(
            "group-leaders",
            group=name,
            person=branch.leader(n).name,
            origin="党支部指定",
            from_on="2013-09-01",
        )
    for m in branch.members:
        if m.group and m.group_from:
            ledgers.add(
                "group-members",
                group=_group_name(m.group),
                person=m.name,
                from_on=m.group_from.isoformat(),
                to_on=m.left.isoformat() if m.left else "",
            )
    for seat in branch.seats:
        how = "补选" if seat.from_on == branch.by_election else "选举"
        ledgers.add(
            "posts",
            person=seat.member.name,
            post=seat.label,
            from_on=seat.from_on.isoformat(),
            to_on=seat.to_on.isoformat() if seat.to_on else "",
            how=how,
            approval_no=f"示例委〔{seat.from_on.year}〕{seat.from_on.month}号",
            end_reason=""
            if not seat.to_on
            else "调离"
            if seat.to_on == branch.by_election
            else "任期届满",
        )
    if branch.election and branch.first_term:
        ledgers.add(
            "terms",
            ordinal="3",
            started_on=branch.first_term.isoformat(),
            ended_on=branch.election.isoformat(),
        )
        ledgers.add("terms", ordinal="4", started_on=branch.election.isoformat(), ended_on="")


def _group_name(n: int) -> str:
    return f"第{'一二三四五六七八'[n - 1]}党小组"


def _documents(ledgers: Ledgers, rng: random.Random) -> None:
    """A version of old, and, where there was an election, one adopted some months after it."""
    branch = ledgers.branch
    adopting = _adopting(ledgers, rng)
    for kind, title in PolicyDocument.Kind.choices:
        if (kind == "group_duties" and not branch.groups) or (
            kind == "member_duties" and not branch.election
        ):
            continue
        second = adopting[kind].day if kind in adopting else None
        versions = [
            (date(2014, 2, 25), date(2014, 3, 1), second),
            *([(second, second, None)] if second else []),
        ]
        for adopted, effective, ended in versions:
            row = ledgers.add(
                "documents",
                kind=str(title),
                title=str(title),
                adopted_on=adopted.isoformat(),
                effective_from=effective.isoformat(),
                superseded_on=ended.isoformat() if ended else "",
                reviewed_on=effective.isoformat(),
                on_wall="是",
                text=words.document(kind, str(title), branch.units[0], rng),
            )
            if kind == "member_duties":
                row["sections"] = "\n".join(
                    f"{LABELS[post]}：{duty}" for post, duty in DUTIES.items()
                )


def _adopting(ledgers: Ledgers, rng: random.Random) -> dict[str, Held]:
    """The committee meetings that adopt the second versions, with the titles on their agendas."""
    election = ledgers.branch.election
    if election is None:
        return {}
    after = [
        m
        for m in ledgers.meetings
        if m.kind == "committee_meeting" and m.day > election and not m.busy
    ][1:5]
    found = {}
    for kind, title in PolicyDocument.Kind.choices:
        held = rng.choice(after)
        held.busy = True
        held.row["agenda"].append(f"审议通过《{title}》")
        found[str(kind)] = held
    return found


def _changes(ledgers: Ledgers) -> None:
    """Division of work, its disclosure and the chart after every change of the committee."""
    branch = ledgers.branch
    ledgers.add("charts", valid_from="2015-01-15", remark="年初更新")
    for changed in (branch.election, branch.by_election):
        if changed is None:
            continue
        held = next(
            m for m in ledgers.meetings if m.kind == "committee_meeting" and m.day > changed
        )
        decided, published = held.day, held.day + timedelta(days=3)
        held.busy = True
        seats = [
            s
            for s in branch.seats
            if s.from_on <= decided and (s.to_on is None or decided < s.to_on)
        ]
        ledgers.add(
            "divisions",
            decided_on=decided.isoformat(),
            document_no=f"示例支〔{decided.year}〕{decided.month}号",
            published_on=published.isoformat(),
            rows="\n".join(f"{s.member.name}（{s.label}）：{DUTIES[s.post]}" for s in seats),
        )
        _disclose(ledgers, "支部班子分工", f"{decided.year}年支部班子分工", published)
        ledgers.add("charts", valid_from=published.isoformat(), remark="班子调整后更新")


def _disclose(ledgers: Ledgers, item: str, title: str, first: date) -> Row:
    return ledgers.add(
        "disclosures",
        item=item,
        title=title,
        scope="党内",
        channel="公开栏",
        from_on=first.isoformat(),
        to_on=(first + timedelta(days=6)).isoformat(),
        announced_days="5",
    )


def _talk(
    ledgers: Ledgers, rng: random.Random, day: date, one: Member, two: Member, relation: str
) -> None:
    ledgers.add(
        "talks",
        held_on=day.isoformat(),
        place="办公室",
        talker=one.name,
        talked_to=two.name,
        relation=relation,
        topic=words.matter(rng),
        content=f"{one.name}同{two.name}交谈。{words.passage(rng, 3)}",
    )


def _talks(ledgers: Ledgers, rng: random.Random, holidays: set[date]) -> None:
    branch = ledgers.branch
    for year in (2015, 2016, 2017):
        day = workday(date(year, 11, 24), holidays)
        board = branch.committee(day)
        for one, two in combinations(board, 2):
            _talk(ledgers, rng, day, one, two, "支委之间")
        for member in branch.at(day):
            if member not in board:
                _talk(ledgers, rng, day, rng.choice(board), member, "支委与党员")


def _yearly(ledgers: Ledgers, rng: random.Random) -> None:
    for year in (2015, 2016, 2017, 2018):
        lines = [f"{month}月 {words.theme(rng, date(year, month, 28))}" for month in (3, 5, 8, 11)]
        ledgers.add(
            "lecture-plans", year=str(year), adopted_on=f"{year}-02-26", items="\n".join(lines)
        )
        if year < 2018:
            _disclose(ledgers, "党费收缴", f"{year}年度党费收缴情况", date(year, 12, 20))


def _rate(base: int, *, retired: bool) -> int:
    if retired:
        return 5 if base <= 500000 else 10
    return 5 if base <= 300000 else 10 if base <= 500000 else 15 if base <= 1000000 else 20


def monthly_due(base: int, *, retired: bool) -> tuple[int, int]:
    """What a base of so many fen asks a month: per mille, and fen."""
    permille = _rate(base, retired=retired)
    return permille, (base * permille + 5000) // 10000 * 10


def yuan(fen: int) -> str:
    """As a clerk writes it."""
    return f"{fen // 100}.{fen % 100:02d}"


def paying(branch: Branch, month: date) -> list[Member]:
    """Who pays for a month: members on its first day, and those admitted in it."""
    return [
        m
        for m in branch.members
        if m.on(month) or (m.reason == "admitted" and month < m.joined <= month_end(month))
    ]


def _assess(ledgers: Ledgers, rng: random.Random) -> None:
    branch = ledgers.branch
    for year in (2015, 2016, 2017, 2018):
        due = {m.name: m for month in months() if month.year == year for m in paying(branch, month)}
        for m in due.values():
            base = m.base + (year - 2015) * 15000 + rng.randrange(100) * 100
            permille, monthly = monthly_due(base, retired=m.retired)
            ledgers.dues_due[m.name, year] = monthly
            ledgers.add(
                "dues-assessments",
                person=m.name,
                year=str(year),
                category="离退休" if m.retired else "在职",
                basis="离退休费" if m.retired else "某月工资",
                base=yuan(base),
                permille=str(permille),
                monthly_due=yuan(monthly),
                approved_on=f"{year}-01-20",
            )


def _pay(ledgers: Ledgers, rng: random.Random) -> None:
    branch = ledgers.branch
    away = {(m.name, held.day) for held in ledgers.meetings for m in held.absent}
    for month in months():
        if month_end(month) > LAST:
            continue
        for m in paying(branch, month):
            day = (
                month.replace(day=28) if m.joined > month else month.replace(day=rng.randint(3, 20))
            )
            collector = branch.holder("organisation", day) or branch.members[0]
            while (collector.name, day) in away:
                day = day.replace(day=day.day + 1)
                collector = branch.holder("organisation", day) or branch.members[0]
            ledgers.add(
                "dues-payments",
                person=m.name,
                month=f"{month:%Y-%m}",
                amount=yuan(ledgers.dues_due[m.name, month.year]),
                paid_on=day.isoformat(),
                method="现金",
                collector=collector.name,
            )


def give_receipts(ledgers: Ledgers, rng: random.Random) -> None:
    """One book, leaf by leaf as people pay; after faults, some of which ask for a wrong leaf."""
    number = rng.randrange(1000, 5000)
    rows = sorted(ledgers.rows["dues-payments"], key=lambda row: row["paid_on"])
    for row in rows:
        number += 1
        row["receipt_no"] = f"{number:07d}"
    leaves = {row["person"] + row["month"]: row["receipt_no"] for row in rows}
    for row in rows:
        if "_leaf_of" in row:
            row["receipt_no"] = leaves[row["_leaf_of"]]
        if "_no_leaf" in row:
            row["receipt_no"] = ""
        if "_old_leaf" in row:
            row["receipt_no"] = row["_old_leaf"].zfill(7)


def remit(ledgers: Ledgers) -> None:
    """What goes up every quarter; after faults, so that it adds up."""
    sums: dict[tuple[int, int], int] = {}
    for row in ledgers.rows["dues-payments"]:
        at = (int(row["month"][:4]), (int(row["month"][5:7]) + 2) // 3)
        whole, _, fen = row["amount"].partition(".")
        sums[at] = sums.get(at, 0) + int(whole) * 100 + int(fen)
    for (year, quarter), total in sums.items():
        ledgers.add(
            "dues-remittances",
            for_year=str(year),
            for_quarter=str(quarter),
            amount=yuan(total),
            kept="0",
            remitted_on=date(year + quarter // 4, quarter * 3 % 12 + 1, 8).isoformat(),
            receipt_no=f"S{year}{quarter}",
            received_by="局党委",
        )
