"""Loads the invented district through the same actions that people use, and knows every fault
planted in it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from taizhang.checks.actions import checking as checks
from taizhang.checks.reasons.queries import current_scope
from taizhang.demo import admissions, education, minutes, records, rounds, service, special
from taizhang.demo.faults import meetings as fault_meetings
from taizhang.demo.faults import planted as faults
from taizhang.demo.faults import records as fault_records
from taizhang.demo.faults.planted import Dealer, Planted
from taizhang.demo.minutes import Minutes
from taizhang.demo.records import Ledgers
from taizhang.demo.world import FIRST, LAST, Branch, Names, people
from taizhang.inspection import actions as inspection
from taizhang.inspection.requirements import opened as items
from taizhang.kernel.db import analyze
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.ledgers.records.derived import search_index
from taizhang.ledgers.records.read_rows import Row
from taizhang.notices import read
from taizhang.notices.model import Notice
from taizhang.orgs.actions import duties, organisations
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.models import ADMINS, CalendarDay, Organisation, Person, Role, Unit, User
from taizhang.orgs.queries import roster

SEED = 20181025
PASSWORD = "Taizhang-2018"  # noqa: S105  (of the demo only)
SAMPLE = settings.ROOT / "samples" / "notice-2018.txt"
ORDER = (
    "members", "groups", "group-members", "group-leaders", "terms", "posts", "meetings", "lecture-plans", "documents",
    "divisions", "charts", "talks", "disclosures", "dues-assessments", "dues-payments", "dues-remittances", "elections",
    "development-plans", "cases", "case-talks", "case-trainings", "case-reviews", "thought-reports", "public-notices",
    "political-reviews", "study-plans", "personal-study-plans", "study-sessions", "study-notes", "channels", "pushes",
    "transfers", "relation-surveys", "violation-surveys", "service-plans", "activities", "visits", "life-meetings",
    "assessments", "assessment-polls", "commendations", "rooms", "room-uses", "budgets", "expenses", "fund-summaries",
    "campaigns", "site-projects", "lost-members", "search-attempts", "digest-plans", "declarations", "not-counted", "rights-limits",
    "dues-exemptions",
)  # fmt: skip
Say = Callable[[str], None]


@dataclass
class District:
    """What was loaded, and what must be found in it."""

    committee: Organisation
    office: Actor
    truth: list[Planted] = field(default_factory=list)
    dealer: Dealer | None = None
    """Of faults that a district would not have, where the engines are measured."""


def load(
    *,
    now: datetime,
    branches: int = 40,
    say: Say = print,
    key: int = SEED,
    dealer: Dealer | None = None,
) -> District:
    """The whole district, from an empty database; with a dealer's faults, where more are wanted
    than a district would have.
    """
    loading = Loading(now, branches, say, key, dealer)
    with checks.later():
        while loading.next_branch():
            pass
    return loading.finish()


class Loading:
    """The district on its way into the database: branch after branch, then what is above them.

    What is invented follows from the key alone, so whoever goes on after a process died invents
    again what is there, and stores what is not. A branch is stored whole or not at all.
    """

    def __init__(
        self,
        now: datetime,
        branches: int = 40,
        say: Say = print,
        key: int = SEED,
        dealer: Dealer | None = None,
        *,
        shown: bool = False,
    ) -> None:
        """Begin; `shown`: people look on, so each branch is judged and found by the search as soon
        as it is there.
        """
        self.now, self.say, self.shown = now, say, shown
        self.district = _committee(now)
        self.district.dealer = dealer
        self._rng = random.Random(key)  # noqa: S311
        self._names = Names(self._rng)
        self._holidays = set(
            CalendarDay.objects.filter(kind="holiday").values_list("day", flat=True)
        )
        self._found = read.notice(SAMPLE.read_bytes())
        every = _plans(self._found, self._rng)
        self.plans, self._whole = every[:branches], branches >= len(every)
        self.done = 0

    def next_branch(self) -> bool:
        """One more; no when all are there."""
        if self.done == len(self.plans):
            return False
        plan = self.plans[self.done]
        small = self.district.dealer is not None and self.district.dealer.wants_small(plan)
        people(plan, self._rng, self._names, tiny=small)
        book, planted = _invented(plan, self.district, self._holidays, self._rng, self._names)
        self.district.truth += planted
        if not Organisation.objects.filter(short_name=plan.name).exists():
            with transaction.atomic(), nullcontext() if self.shown else search_index.paused():
                stored = _store(plan, book, self.district, self.now)
                if self.shown:
                    self.let_people_in()
                    checks.judge_loaded(stored, self.now)
        self.done += 1
        if self.done == 1:
            analyze.count_tables()
        self.say(f"示例数据 {self.done}/{len(self.plans)}：{plan.name}")
        return True

    def let_people_in(self) -> None:
        """The accounts, and the days that are checked; each once."""
        if not User.objects.filter(username=LOGINS[-1][0]).exists():
            _accounts(self.district, self.now)
        if current_scope() is None:
            self._set_scope(())

    def _set_scope(self, topics: Sequence[str]) -> None:
        checks.set_scope(
            from_on=FIRST,
            to_on=date(2018, 12, 31),
            on=LAST,
            catalogue="tianning-2018",
            asked=checks.Asked(topics),
            actor=None,
            now=self.now,
        )

    def finish(self) -> District:
        """The rounds, and the check of everybody."""
        analyze.count_tables()
        self.let_people_in()
        district, now, found = self.district, self.now, self._found
        rounds.inspectors(
            [
                n
                for area in found.areas
                if area.team
                for n in (area.team.leader, *area.team.deputies, *area.team.members)
                if n
            ],
            now,
        )
        opened = inspection.open_round(
            notice=found,
            source_name=SAMPLE.name,
            source=SAMPLE.read_bytes(),
            matches={},
            actor=district.office,
            now=now,
        )
        if self._whole:
            with checks.later():
                rounds.first(opened, district.office)
                opened = rounds.second(opened, district.office, now)
        self._set_scope(items.topics_of(opened))
        if self._whole:  # the first round was judged as of the same day
            rounds.begin(opened, district.office, now)
        else:
            checks.check_all(name="reference", actor=None, now=now)
        return district


def _committee(now: datetime) -> District:
    known = Organisation.objects.filter(parent=None).first()
    if known is not None:
        user = User.objects.get(username=LOGINS[0][0])
        return District(known, actor_of(user, on=timezone.localdate(now)))
    values = organisations.OrganisationValues(
        full_name="示例区教育文体局党委",
        short_name="局党委",
        org_type=Organisation.Type.COMMITTEE,
        established_on=date(2010, 1, 1),
    )
    committee = organisations.found_organisation(parent=None, values=values, actor=None, now=now)
    user = duties.open_account(
        username="zuzhike",
        name="示例组织科",
        password=PASSWORD,
        duties=[(Role.OFFICE, committee)],
        now=now,
    )
    return District(committee, actor_of(user, on=timezone.localdate(now)))


def _plans(found: Notice, rng: random.Random) -> list[Branch]:
    units = [(area.name, unit) for area in found.areas for unit in area.organisations]
    schools = [at for at, (_, unit) in enumerate(units) if not _is_kindergarten(unit.name)]
    tempers = ["good"] * len(units)
    for at, temper in zip(rng.sample(schools, 11), ["bad"] * 2 + ["careless"] * 9, strict=True):
        tempers[at] = temper
    return [
        Branch(
            unit.name,
            [unit.name, *unit.includes],
            area,
            _is_kindergarten(unit.name),
            temper,
        )
        for (area, unit), temper in zip(units, tempers, strict=True)
    ]


def _is_kindergarten(name: str) -> bool:
    return name.endswith(("幼儿园", "幼"))


_VENUES = {"局小": ["局前街小学"], "二实小": ["翠竹小学"]}


def _found(plan: Branch, district: District, now: datetime) -> Organisation:
    kind = Unit.Type.KINDERGARTEN if plan.kindergarten else Unit.Type.SCHOOL
    units = [
        organisations.found_unit(
            name=name, unit_type=kind, is_public_institution=True, actor=None, now=now
        )
        for name in plan.units
    ]
    values = organisations.OrganisationValues(
        full_name=f"中共{plan.name}支部委员会",
        short_name=plan.name,
        org_type=Organisation.Type.BRANCH,
        established_on=date(2013, 7, 1),
        units=tuple(units),
        aliases=(f"{plan.name}党支部", *_VENUES.get(plan.name, ())),
    )
    organisation = organisations.found_organisation(
        parent=district.committee, values=values, actor=None, now=now
    )
    organisations.assign_area(
        name=plan.area, organisations=[organisation], from_on=FIRST, actor=None, now=now
    )
    return organisation


def _invented(
    plan: Branch, district: District, holidays: set[date], rng: random.Random, names: Names
) -> tuple[Ledgers, list[Planted]]:
    """All that a branch wrote, and what was planted in it."""
    diary = Minutes(plan, rng, names, holidays, least=1 if district.dealer else 0)
    held = diary.hold_all()
    book = records.write(plan, held, rng, holidays)
    admissions.write(book, diary, rng)
    education.write(book, rng, holidays)
    service.write(book, rng, holidays)
    special.write(book, rng)
    planted = _plant(plan, book, rng, district.dealer)
    records.give_receipts(book, rng)
    records.remit(book)
    if plan.temper != "good":
        planted += [Planted(plan.name, *found) for found in fault_records.remitted_less(book, rng)]
    minutes.number(held)
    held.sort(key=lambda m: m.row["held_on"])
    book.rows["meetings"] = [minutes.as_raw(m.row) for m in held]
    return book, planted


def _store(plan: Branch, book: Ledgers, district: District, now: datetime) -> Organisation:
    """The branch, its clerk and its ledgers, through the actions that people use."""
    organisation = _found(plan, district, now)
    keeper = _keeper(plan, organisation, now)
    for slug in ORDER:
        given = book.rows.get(slug, ())
        rows = [
            Row(at, organisation, _plain(row))
            for at, row in enumerate(given, start=2)
            if "_entered_at" not in row
        ]
        ledgers.record_many(kind=KINDS[slug], rows=rows, actor=keeper, now=now, source="示例数据")
        for row in given:
            if "_entered_at" in row:
                entered = datetime.fromisoformat(row["_entered_at"])
                ledgers.record(
                    kind=KINDS[slug],
                    branch=organisation,
                    values=_plain(row),
                    actor=keeper,
                    now=entered,
                )
    special.attach(book, organisation, keeper, now)
    special.attach_more(book, organisation, keeper, now)
    special.confirm(organisation, district.office, now)
    return organisation


def _plain(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items() if name[0] != "_"}


def _plant(plan: Branch, book: Ledgers, rng: random.Random, dealer: Dealer | None) -> list[Planted]:
    """None in most good branches, some in careless ones, many in bad ones; what a dealer deals in
    all but bad ones.
    """
    if dealer and plan.temper != "bad":
        return [Planted(plan.name, *found) for found in dealer.plant(book, rng)]
    if not plan.groups:
        return []
    n = {"good": rng.choice([0, 0, 0, 1]), "careless": rng.randint(4, 8), "bad": len(faults.MINOR)}[
        plan.temper
    ]
    chosen = rng.sample(faults.MINOR, n)
    if plan.temper == "bad":
        chosen += [
            fault_meetings.no_committee,
            fault_meetings.no_group,
            fault_meetings.no_group,
            fault_records.unpaid,
            fault_meetings.no_reason,
        ] * 3
        chosen = [c for c in chosen if c is not fault_records.no_document]
        chosen.append(fault_records.template_text)
    return [Planted(plan.name, *found) for found in faults.planted(chosen, book, rng)]


def _keeper(plan: Branch, organisation: Organisation, now: datetime) -> Actor:
    """The branch's clerk, who has no password until one is asked for."""
    user = duties.open_account(
        username=f"clerk{organisation.pk}",
        name=f"{plan.name}台账员",
        password=None,
        duties=[(Role.CLERK, organisation)],
        now=now,
    )
    return actor_of(user, on=timezone.localdate(now))


LOGINS = (
    ("zuzhike", "组织科"),
    ("zuzhang", "督查组长"),
    ("zuyuan", "督查组员"),
    ("shuji", "支部书记"),
    ("taizhangyuan", "台账员"),
    ("zhiwei", "支委"),
    ("dangyuan", "党员"),
    ("xitong", "系统管理员"),
    ("anquan", "安全管理员"),
    ("shenji", "审计管理员"),
)
_ROLES = {
    "zuzhang": Role.TEAM_LEADER, "zuyuan": Role.INSPECTOR, "shuji": Role.SECRETARY, "taizhangyuan": Role.CLERK,
    "zhiwei": Role.COMMISSIONER, "dangyuan": Role.MEMBER, "xitong": Role.SYSTEM, "anquan": Role.SECURITY,
    "shenji": Role.AUDIT,
}  # fmt: skip


def _accounts(district: District, now: datetime) -> None:
    """One login for each role; those of a branch belong to the first one."""
    first = Organisation.objects.branches().order_by("path")[0]
    for username, label in LOGINS[1:]:
        role = _ROLES[username]
        place = district.committee if role in (Role.TEAM_LEADER, Role.INSPECTOR, *ADMINS) else first
        duties.open_account(
            username=username,
            name=f"示例{label}",
            password=None,
            duties=[(role, place)],
            now=now,
            person=_somebody(first) if role == Role.MEMBER else None,
        )
    # Made once: to make it takes a tenth of a second on purpose.
    known = [username for username, _ in LOGINS[1:]]
    User.objects.filter(username__in=known).update(password=make_password(PASSWORD))


def _somebody(branch: Organisation) -> Person | None:
    """Somebody of the branch, for the member's own page."""
    return roster.members(branch, LAST).last()
