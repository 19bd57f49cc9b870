"""The invented district: its people and their spells, before any ledger is written. Everybody's
name is plainly made up.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from taizhang.kernel.calendar import FOREVER, plus_months
from taizhang.kernel.writing.personal import check_place

FIRST, LAST = date(2015, 1, 1), date(2018, 10, 25)
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
_GIVEN = [a + b for a in "示样例范试" for b in "一二三四五六七八九十百千万甲乙丙丁戊己庚辛壬癸"]
POSTS = (
    ("secretary", "书记"),
    ("organisation", "组织委员"),
    ("publicity", "宣传委员"),
    ("discipline", "纪检委员"),
    ("youth", "青年委员"),
)


@dataclass
class Member:
    """A member and his spell in the branch."""

    name: str
    born: date
    admitted: date
    full: date | None
    joined: date
    reason: str
    left: date | None = None
    group: int = 0
    group_from: date | None = None
    retired: bool = False
    base: int = 0

    @property
    def id_number(self) -> str:
        """An invented number that is well formed: no place in China begins with 99."""
        drawn = zlib.crc32(f"{self.name}{self.born}".encode())
        order = drawn % 500 * 2 + (not self.female)
        first = f"99{drawn // 500 % 10_000:04d}{self.born:%Y%m%d}{order:03d}"
        return first + check_place(first)

    @property
    def phone(self) -> str:
        """An invented number."""
        return f"1990000{zlib.crc32(self.name.encode()) % 10_000:04d}"

    female: bool = False

    def on(self, day: date) -> bool:
        """In the branch and in the Party that day."""
        return max(self.joined, self.admitted) <= day < (self.left or FOREVER)

    def full_on(self, day: date) -> bool:
        """With a vote that day."""
        return self.full is not None and self.full <= day


@dataclass
class Seat:
    """A post held."""

    member: Member
    post: str
    label: str
    from_on: date
    to_on: date | None


@dataclass
class Branch:
    """A branch of the invented district."""

    name: str
    units: list[str]
    area: str
    kindergarten: bool
    temper: str
    """good, careless or bad"""
    members: list[Member] = field(default_factory=list)
    groups: int = 0
    seats: list[Seat] = field(default_factory=list)
    election: date | None = None
    first_term: date | None = None
    by_election: date | None = None

    def at(self, day: date) -> list[Member]:
        """The members of a day."""
        return [m for m in self.members if m.on(day)]

    def committee(self, day: date) -> list[Member]:
        """Who held a post that day, the secretary first."""
        held = [s for s in self.seats if s.from_on <= day < (s.to_on or FOREVER)]
        return list({s.member.name: s.member for s in held}.values())

    def holder(self, post: str, day: date) -> Member | None:
        """Who held this post that day."""
        return next(
            (
                s.member
                for s in self.seats
                if s.post == post and s.from_on <= day < (s.to_on or FOREVER)
            ),
            None,
        )

    def group_at(self, group: int, day: date) -> list[Member]:
        """The members of a group that day."""
        return [
            m for m in self.at(day) if m.group == group and m.group_from and m.group_from <= day
        ]

    def leader(self, group: int) -> Member:
        """The leader of a group, who stays all the time."""
        return next(
            m for m in self.members if m.group == group and m.left is None and m.joined < FIRST
        )


class Names:
    """Names that nobody bears, each used once."""

    def __init__(self, rng: random.Random) -> None:
        """Shuffle all there are."""
        self._names = [family + given for family in _FAMILY for given in _GIVEN]
        rng.shuffle(self._names)

    def take(self) -> str:
        """The next one."""
        return self._names.pop()


def workday(day: date, holidays: set[date]) -> date:
    """The first ordinary working day from this one on."""
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day


def months(first: date = FIRST, last: date = LAST) -> Iterator[date]:
    """The first of every month."""
    day = first
    while day <= last:
        yield day
        day = plus_months(day, 1)


def people(branch: Branch, rng: random.Random, names: Names, *, tiny: bool = False) -> None:
    """Fill a branch: those of old, some who came or went, some admitted, groups and committee; or
    five, with a secretary.
    """
    tiny = tiny or (branch.kindergarten and rng.random() < 0.2)
    size = 5 if tiny else rng.randint(16, 34) if branch.kindergarten else rng.randint(30, 46)
    branch.members = [_old_member(rng, names) for _ in range(size)]
    if not tiny:
        for _ in range(rng.randint(0, 2)):
            branch.members.append(_moved_in(rng, names))
        for member in rng.sample(branch.members[10:size], rng.randint(0, 2)):
            member.left = date(rng.choice([2015, 2016, 2017]), 9, 1)
    branch.groups = 0 if size < 15 else max(2, size // 13)
    _committee(branch, rng, tiny=tiny)


def _old_member(rng: random.Random, names: Names) -> Member:
    born = date(rng.randint(1955, 1988), rng.randint(1, 12), rng.randint(1, 28))
    admitted = date(max(born.year + 22, 1984), rng.randint(1, 12), rng.randint(1, 28))
    admitted = min(admitted, date(2012, 6, 20))
    retired = born.year < 1957
    return Member(
        names.take(),
        born,
        admitted,
        plus_months(admitted, 12),
        date(2013, 7, 1),
        "founded",
        retired=retired,
        base=rng.randint(3800, 9500) * 100 if not retired else rng.randint(4200, 7600) * 100,
        female=rng.random() < 0.7,
    )


def _moved_in(rng: random.Random, names: Names) -> Member:
    member = _old_member(rng, names)
    member.joined, member.reason = date(rng.choice([2015, 2016, 2017]), 9, 1), "moved_in"
    return member


def newcomer(
    branch: Branch, admitted: date, converted: date | None, rng: random.Random, names: Names
) -> Member:
    """Somebody admitted by an assembly of the branch."""
    born = date(rng.randint(1985, 1992), rng.randint(1, 12), rng.randint(1, 28))
    full = plus_months(admitted, 12) if converted else None
    member = Member(
        names.take(),
        born,
        admitted,
        full,
        admitted,
        "admitted",
        base=rng.randint(3300, 4700) * 100,
        female=rng.random() < 0.7,
    )
    member.group = rng.randrange(branch.groups) + 1 if branch.groups else 0
    member.group_from = admitted
    branch.members.append(member)
    return member


def _committee(branch: Branch, rng: random.Random, *, tiny: bool) -> None:
    stayers = [m for m in branch.members if m.left is None and m.joined < FIRST and not m.retired]
    if tiny:
        branch.seats = [Seat(branch.members[0], "secretary", "书记", date(2013, 7, 1), None)]
        return
    n = 5 if len(branch.members) >= 25 else 3
    branch.election = date(2016, rng.randint(5, 10), 21)
    branch.first_term = plus_months(branch.election, -34).replace(day=20)
    chosen = stayers[:n]
    after = [*chosen[: n - 1], stayers[n]] if len(stayers) > n and rng.random() < 0.6 else chosen
    for (post, label), member in zip(POSTS, chosen, strict=False):
        branch.seats.append(Seat(member, post, label, branch.first_term, None))
    for (post, label), member in zip(POSTS, after, strict=False):
        branch.seats.append(Seat(member, post, label, FOREVER, None))
    if n == 5 and len(stayers) > n + 1 and rng.random() < 0.25:
        branch.by_election = date(2017, rng.choice([5, 6, 11]), 23)


def settle_dates(branch: Branch, election: date | None, by_election: date | None) -> None:
    """Put the real days of the elections into the seats, once the assemblies are fixed."""
    branch.election, branch.by_election = election, by_election
    if election is None:
        return
    first = plus_months(election, -35)
    for seat in branch.seats:
        if seat.from_on == branch.first_term:
            seat.from_on = first
    branch.first_term = first
    for seat in branch.seats:
        if seat.from_on == FOREVER:
            seat.from_on = election
        elif seat.to_on is None:
            seat.to_on = election
    if by_election:
        last = branch.seats[-1]
        last.to_on = by_election
        taken = {s.member.name for s in branch.seats}
        fresh = next(
            m
            for m in branch.members
            if m.left is None and m.joined < FIRST and not m.retired and m.name not in taken
        )
        branch.seats.append(Seat(fresh, last.post, last.label, by_election, None))


def join_groups(branch: Branch, rng: random.Random) -> None:
    """Put everybody into a group from the day on which he came."""
    if not branch.groups:
        return
    for at, member in enumerate(branch.members):
        if not member.group:
            member.group = at % branch.groups + 1
            member.group_from = max(member.joined, date(2013, 9, 1))
    del rng
