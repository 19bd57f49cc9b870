"""Invented meetings of a branch: raw rows as a clerk would write them into the sheet."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from taizhang.demo import words
from taizhang.demo.world import (
    LAST,
    Branch,
    Member,
    Names,
    join_groups,
    months,
    newcomer,
    settle_dates,
    workday,
)
from taizhang.kernel.calendar import plus_months

Row = dict[str, Any]


@dataclass
class Held:
    """A meeting before it is written: who was there, what was voted."""

    kind: str
    day: date
    due: list[Member]
    host: Member
    recorder: Member
    absent: list[Member] = field(default_factory=list)
    group: int = 0
    agenda: list[str] = field(default_factory=list)
    votes: list[Row] = field(default_factory=list)
    row: Row = field(default_factory=dict)
    busy: bool = False
    """Something else depends on it: no fault may touch it."""
    faulty: bool = False
    """A fault lies in it."""

    @property
    def present(self) -> list[Member]:
        """Who was there."""
        return [m for m in self.due if m not in self.absent]


class Minutes:
    """All meetings of one branch."""

    def __init__(
        self, branch: Branch, rng: random.Random, names: Names, holidays: set[date], least: int = 0
    ) -> None:
        """Fix the days first, for people's spells follow from what assemblies decide."""
        self.branch, self.rng, self.names, self.holidays = branch, rng, names, holidays
        self.least = least
        """So many are admitted at least."""
        self.missed: dict[tuple[str, str, int], int] = {}
        self.meetings: list[Held] = []
        self.assembly_days = [self._day(m, 21, 3) for m in months() if m.month in (3, 6, 9, 12)]
        settle_dates(branch, self._near(branch.election), self._near(branch.by_election))
        self.admissions = self._admissions()
        join_groups(branch, rng)

    def _day(self, month: date, least: int, spread: int) -> date:
        return workday(month.replace(day=least + self.rng.randrange(spread)), self.holidays)

    def _near(self, wanted: date | None) -> date | None:
        """The first assembly from the wanted day on."""
        return next((day for day in self.assembly_days if wanted and day >= wanted), None)

    def _admissions(self) -> list[tuple[Member, date, date | None]]:
        found: list[tuple[Member, date, date | None]] = []
        if not self.branch.groups:
            return found
        for _ in range(self.rng.randint(self.least, 2)):
            admitted = self.rng.choice(self._may_admit())
            converted = self._may_convert(admitted)
            found.append(
                (
                    newcomer(self.branch, admitted, converted, self.rng, self.names),
                    admitted,
                    converted,
                )
            )
        return found

    def _may_convert(self, admitted: date) -> date | None:
        """The assembly within a month of the end of probation."""
        end = plus_months(admitted, 12)
        return next((d for d in self.assembly_days if end <= d <= plus_months(end, 1)), None)

    def _may_admit(self) -> list[date]:
        """Assemblies a year after which another one meets in time, or whose probation
        still runs.
        """
        return [
            day
            for day in self.assembly_days[3:13]
            if self._may_convert(day) or plus_months(day, 12) > LAST
        ]

    def hold_all(self) -> list[Held]:
        """Every meeting from the first month to the last day."""
        for month in months():
            if self.branch.first_term:
                self._committee(month)
            for group in range(1, self.branch.groups + 1):
                self._group(month, group)
            if month.month in (3, 5, 8, 11):
                self._lecture(month)
            if month.month == 12:
                self._life(month)
        for day in self.assembly_days:
            self._assembly(day)
        self.meetings = [m for m in self.meetings if m.day <= LAST]
        self.meetings.sort(key=lambda m: m.day)
        self._keep_what_was_asked_before()
        self._let_somebody_miss()
        for meeting in self.meetings:
            self._write(meeting)
        return self.meetings

    def _keep_what_was_asked_before(self) -> None:
        """No fault may take away the committee meeting that discussed an important vote."""
        committee = [m for m in self.meetings if m.kind == "committee_meeting"]
        for held in self.meetings:
            before = [m for m in committee if m.day <= held.day]
            if len(held.votes) > 1 and before:
                before[-1].busy = True

    def _let_somebody_miss(self) -> None:
        """No long run of assemblies and lectures without anybody missing: that is a fault of its
        own.
        """
        run = 0
        for held in self.meetings:
            if held.kind in ("members_assembly", "party_lecture"):
                run = 0 if held.absent else run + 1
            if run >= _LONG_RUN and held.kind == "party_lecture" and len(held.due) >= _MANY:
                at = (held.kind, held.day.year)
                keep = (held.host, held.recorder)
                free = (m for m in held.due if m not in keep and not self.missed.get((m.name, *at)))
                held.absent = [next(free)]
                self.missed[held.absent[0].name, *at] = 1
                run = 0

    def _seats(self, day: date) -> tuple[Member, Member]:
        """Host and recorder of an assembly."""
        host = self.branch.holder("secretary", day) or self.branch.members[0]
        recorder = self.branch.holder("publicity", day) or self.branch.members[1]
        return host, recorder

    def _absent(self, kind: str, year: int, due: list[Member], keep: list[Member]) -> list[Member]:
        """Few, so that nobody and no meeting falls below what is asked."""
        most = len(due) * 12 // 100
        n = self.rng.randint(0, most) if self.rng.random() < 0.7 else 0
        often = kind in ("committee_meeting", "group_meeting")

        def may_miss(m: Member) -> bool:
            limit = 2 if often and m.on(date(year, 1, 1)) else 1
            return self.missed.get((m.name, kind, year), 0) < limit

        free = [m for m in due if m not in keep and may_miss(m)]
        chosen = self.rng.sample(free, min(n, len(free)))
        for member in chosen:
            self.missed[member.name, kind, year] = self.missed.get((member.name, kind, year), 0) + 1
        return chosen

    def _hold(
        self, kind: str, day: date, due: list[Member], host: Member, recorder: Member, **more: Any
    ) -> Held:
        held = Held(kind, day, due, host, recorder, **more)
        held.absent = self._absent(kind, day.year, due, [host, recorder])
        self.meetings.append(held)
        return held

    def _committee(self, month: date) -> None:
        election = self.branch.election
        by_election = self.branch.by_election
        least = 3
        day = self._day(month, least, 4)
        changed = next(
            (
                d
                for d in (election, by_election)
                if d and (d + timedelta(days=1)).replace(day=1) == month
            ),
            None,
        )
        if changed:
            day = workday(changed + timedelta(days=1), self.holidays)
        due = self.branch.committee(day)
        recorder = self.branch.holder("publicity", day) or due[-1]
        held = self._hold("committee_meeting", day, due, due[0], recorder)
        if changed:
            held.agenda.append("研究支部班子分工")
            held.busy = True

    def _group(self, month: date, group: int) -> None:
        day = self._day(month, 11 + (group - 1) % 3, 3)
        due = self.branch.group_at(group, day)
        leader = self.branch.leader(group)
        recorder = next(m for m in due if m is not leader and m.left is None)
        self._hold("group_meeting", day, due, leader, recorder, group=group)

    def _lecture(self, month: date) -> None:
        day = self._day(month, 16, 3)
        host, recorder = self._seats(day)
        self._hold("party_lecture", day, self.branch.at(day), host, recorder)

    def _life(self, month: date) -> None:
        day = self._day(month, 16, 3)
        host, recorder = self._seats(day)
        self._hold("org_life_meeting", day, self.branch.at(day), host, recorder)

    def _assembly(self, day: date) -> None:
        if day > LAST:
            return
        before = day - timedelta(days=1)
        host, recorder = self._seats(before)
        due = [m for m in self.branch.at(day) if m.admitted != day or m.reason != "admitted"]
        held = self._hold("members_assembly", day, due, host, recorder)
        held.votes.append(
            self._vote(held, f"审议{words.matter(self.rng)}工作计划", "一般事项", "举手")
        )
        for member, admitted, converted in self.admissions:
            if day == admitted:
                held.votes.append(
                    self._vote(held, f"接收{member.name}为预备党员", "接收预备党员", "无记名投票")
                )
                held.due = [*held.due, member]
            if day == converted:
                held.votes.append(
                    self._vote(held, f"{member.name}按期转正", "预备党员转正", "无记名投票")
                )
        for elected in (self.branch.election, self.branch.by_election):
            if day == elected:
                held.votes.append(self._vote(held, "选举支部委员会委员", "选举", "无记名投票"))
        held.busy = len(held.votes) > 1

    def _vote(self, held: Held, subject: str, matter: str, method: str) -> Row:
        entitled = [m for m in held.due if m.full_on(held.day)]
        here = sum(m.full_on(held.day) for m in held.present)
        against = self.rng.randint(0, 1) if here > 8 else 0
        return {
            "subject": subject,
            "类别": matter,
            "方式": method,
            "应到": len(entitled),
            "实到": here,
            "发出": here,
            "收回": here,
            "有效": here,
            "无效": 0,
            "赞成": here - against,
            "反对": 0,
            "弃权": against,
            "结果": "通过",
        }

    def _write(self, held: Held) -> None:
        rng = self.rng
        start = _STARTS[held.kind] + rng.choice([0, 10, 20])
        titles = {
            "members_assembly": "党员大会",
            "committee_meeting": "支委会",
            "group_meeting": "党小组会",
            "party_lecture": "党课",
            "org_life_meeting": "组织生活会",
        }
        speakers = rng.sample(held.present, min(3, len(held.present)))
        due_on = held.day + timedelta(days=rng.randint(14, 40))
        held.row = {
            "kind": titles[held.kind],
            "title": f"{held.day.year}年{held.day.month}月{titles[held.kind]}",
            "held_on": held.day.isoformat(),
            "starts_at": _clock(start),
            "ends_at": _clock(start + rng.choice([45, 50, 60, 70])),
            "place": rng.choice(["会议室", "阅览室", "多功能厅"]),
            "host_name": held.host.name,
            "recorder_name": held.recorder.name,
            "expected_count": len(held.due),
            "present_count": len(held.present),
            "has_sign_sheet": "是",
            "discussion": words.passage(rng, 4),
            "agenda": [*held.agenda, words.matter(rng), f"学习：{words.theme(rng, held.day)}"],
            "speeches": [f"{m.name}：{words.passage(rng, 2)}" for m in speakers],
            "resolutions": [_resolution(words.sentence(rng).rstrip("。"), held, due_on)],
            "present": [m.name for m in held.present],
            "absent": [
                [m.name, rng.choice(["公差", "病假", "事假", "外出学习"])] for m in held.absent
            ],
        }
        if held.group:
            held.row["group"] = _GROUPS[held.group]
            held.row["conclusion"] = words.passage(rng, 2)
        if held.kind == "party_lecture":
            self._lecture_words(held)
        held.row["votes"] = held.votes
        for vote in held.votes:
            held.row["resolutions"].append(
                _resolution(f"{vote['subject']}，表决通过", held, due_on)
            )

    def _lecture_words(self, held: Held) -> None:
        by_secretary = held.day.month == 3 or self.rng.random() < 0.2
        lecturer = held.host if by_secretary else self.rng.choice(held.present)
        by_secretary = lecturer is held.host
        theme = words.theme(self.rng, held.day)
        held.row |= {
            "theme": f"{theme}·{words.matter(self.rng)}",
            "lecturer_name": lecturer.name,
            "lecturer_role": "支部书记" if by_secretary else "党员",
            "content": words.passage(self.rng, 6),
            "summary": words.passage(self.rng, 2),
        }


_LONG_RUN, _MANY = 8, 16
_STARTS = {
    "committee_meeting": 9 * 60 + 20, "party_lecture": 13 * 60, "org_life_meeting": 13 * 60, "group_meeting": 15 * 60 + 20,
    "members_assembly": 15 * 60 + 20,
}  # fmt: skip
_GROUPS = {n: f"第{c}党小组" for n, c in enumerate("一二三四五六七八", start=1)}


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _resolution(text: str, held: Held, due_on: date) -> Row:
    done = due_on - timedelta(days=2) if due_on <= LAST else None
    return {
        "text": text,
        "负责人": held.recorder.name,
        "期限": due_on.isoformat(),
        "完成": done.isoformat() if done else "",
    }


def number(meetings: list[Held]) -> None:
    """Number the meetings of each kind (and group) within each year, after faults have taken some
    away.
    """
    seen: dict[tuple[str, int, int], int] = {}
    for held in sorted(meetings, key=lambda m: m.row["held_on"]):
        at = (held.kind, held.group, int(held.row["held_on"][:4]))
        seen[at] = seen.get(at, 0) + 1
        held.row.setdefault("ordinal", seen[at])


def as_raw(row: Row) -> Row:
    """The row as it stands in a sheet: lists as text."""
    raw = dict(row)
    raw["present"] = "、".join(row["present"])
    raw["absent"] = "、".join(
        f"{name}（{reason}）" if reason else name for name, reason in row["absent"]
    )
    raw["agenda"] = "\n".join(row["agenda"])
    raw["speeches"] = "\n".join(row["speeches"])
    raw["resolutions"] = "\n".join(_bracketed(r, "text") for r in row["resolutions"])
    raw["votes"] = "\n".join(_bracketed(v, "subject") for v in row.get("votes", ()))
    return raw


def _bracketed(line: Row, head: str) -> str:
    told = "；".join(f"{k}：{v}" for k, v in line.items() if k != head and v != "")
    return f"{line[head]}（{told}）" if told else str(line[head])
