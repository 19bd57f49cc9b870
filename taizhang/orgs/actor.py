"""Who is acting, and what he may: `may_…` answers, `must_…` refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from taizhang.kernel.actions import messages
from taizhang.kernel.db.questions import Question
from taizhang.kernel.errors import NotAllowed
from taizhang.kernel.messages.models import Message
from taizhang.orgs.entry import within
from taizhang.orgs.models import Duty, Organisation, Role, Succession, User

READERS = (
    Role.OFFICE,
    Role.TEAM_LEADER,
    Role.INSPECTOR,
    Role.SECRETARY,
    Role.CLERK,
    Role.COMMISSIONER,
)
KEEPERS = (Role.SECRETARY, Role.CLERK, Role.COMMISSIONER)
INSPECTORS = (Role.TEAM_LEADER, Role.INSPECTOR)
"""These read nothing by themselves: only what a round lends to its teams, for its units and its
days.
"""


@dataclass(frozen=True)
class Grant:
    """One duty in force today: the role and the subtree it covers."""

    role: str
    path: str
    organisation: Organisation
    inherited: bool = False
    """Of an organisation that was dissolved, for whom goes on with its work: to read, and to answer
    for its problems.
    """
    lent: bool = False
    """By a round, to a member of its teams."""

    @property
    def reads(self) -> bool:
        """Whether its holder reads the ledgers of the subtree."""
        return self.role in READERS and (self.lent or self.role not in INSPECTORS)

    def covers(self, path: str) -> bool:
        """Whether an organisation with this path lies in the subtree."""
        return path.startswith(self.path)


@dataclass(frozen=True)
class Actor:
    """A user with the duties he holds today. Without a duty nothing is visible."""

    user: User
    grants: tuple[Grant, ...]
    chosen: int | None = None
    """Of several branches whose ledgers he keeps, the one that he works for now."""
    told: int | None = None
    """How many messages he has not read, where it was counted with his duties."""

    @cached_property
    def unread(self) -> int:
        """How many messages he has not read."""
        return messages.unread(self.user).count() if self.told is None else self.told

    @property
    def spans(self) -> list[tuple[str, str]]:
        """Where the paths of what he reads begin and end; ranges, because SQLite scans for
        `startswith`.
        """
        return [(grant.path, grant.path[:-1] + "0") for grant in self.grants if grant.reads]

    def scope(self, column: str) -> Q:
        """A filter on a path column."""
        return within(column, self.spans)

    def has(self, *roles: str) -> bool:
        """Whether any of these roles is held anywhere."""
        return any(grant.role in roles for grant in self.grants)

    @property
    def reads_ledgers(self) -> bool:
        """Whether any branch's ledgers may be his to read; which ones `may_read` and `visible_to`
        say.
        """
        return any(grant.reads for grant in self.grants)

    @property
    def administrates_accounts(self) -> bool:
        """Whether accounts are his to look at: 系统管理员 and 安全管理员."""
        return self.has(Role.SYSTEM, Role.SECURITY)

    @property
    def leads_to(self) -> str:
        """What a few characters lead him to, in words."""
        if self.reads_ledgers:
            return "页面、台账、支部、姓名"
        return "页面、账号" if self.administrates_accounts else "页面"

    @property
    def own_branches(self) -> list[Organisation]:
        """The branches whose ledgers the actor keeps; who keeps an organisation above branches has
        none of his own.
        """
        kept = [g.organisation for g in self.grants if g.role in KEEPERS and not g.inherited]
        return list({one.pk: one for one in kept if one.keeps_ledgers}.values())

    @property
    def own_branch(self) -> Organisation | None:
        """The branch that the menu leads to: the one chosen, else the first."""
        kept = self.own_branches
        return next((one for one in kept if one.pk == self.chosen), kept[0] if kept else None)

    @property
    def own_general(self) -> Organisation | None:
        """The 党总支 whose secretary or clerk the actor is."""
        kept = (g.organisation for g in self.grants if g.role in KEEPERS and not g.inherited)
        return next((one for one in kept if one.is_general), None)

    def may_read(self, organisation: Organisation) -> bool:
        """Whether the organisation lies in a subtree that the actor reads."""
        return any(g.reads and g.covers(organisation.path) for g in self.grants)

    def may_keep_ledgers_of(self, branch: Organisation) -> bool:
        """Secretary, clerk and commissioners of the branch itself keep its ledgers."""
        return any(
            g.role in KEEPERS and g.covers(branch.path) and not g.inherited for g in self.grants
        )

    def may_answer_for(self, branch: Organisation) -> bool:
        """Whoever keeps its ledgers, or those of the branch that goes on with its work."""
        return any(g.role in KEEPERS and g.covers(branch.path) for g in self.grants)

    def must_keep_ledgers_of(self, branch: Organisation) -> None:
        """Refuse all others."""
        if not self.may_keep_ledgers_of(branch):
            raise NotAllowed(f"您没有登记{branch.short_name}台账的权限。")

    def may_run_office(self) -> bool:
        """Whether the actor is of the committee's organisation section."""
        return self.has(Role.OFFICE)

    def must_audit(self) -> None:
        """Refuse all but the audit administrator."""
        if not self.has(Role.AUDIT):
            raise NotAllowed("日志由审计管理员查看。")

    def must_run_office(self) -> None:
        """Refuse all others."""
        if not self.may_run_office():
            raise NotAllowed("此项操作由组织科办理。")


def actor_of(user: User, *, on: date, chosen: int | None = None, page: bool = False) -> Actor:
    """The user with the duties that run on that day, at work for the branch that he chose.

    A page shows how many messages wait for him: for one they are counted in the same question.
    """
    found = (_DUTIES_AND_UNREAD if page else _DUTIES)(user.pk)
    held = [duty for duty in found if duty.holds_on(on)]
    grants = [Grant(d.role, d.organisation.path, d.organisation, lent=d.lent) for d in held]
    handed = _inherited(grants, on) if any(duty.any_handed for duty in held) else ()
    told = (found[0].unread or 0) if page and found else None
    return Actor(user, (*grants, *handed), chosen, told)


def _duties(user: User) -> Any:
    return (
        Duty.objects.filter(user=user)
        .select_related("organisation", "stands_in_for")
        .annotate(any_handed=Exists(Succession.objects.all()))
        .order_by("pk")
    )


def _unread() -> Subquery:
    """How many messages somebody has not read: told with his duties, so that no page asks apart."""
    mine = Message.objects.filter(to=OuterRef("user"), read_at=None).order_by().values("to")
    return Subquery(mine.annotate(n=Count("pk")).values("n"))


_DUTIES: Question[Any] = Question(_duties)
_DUTIES_AND_UNREAD: Question[Any] = Question(lambda user: _duties(user).annotate(unread=_unread()))


def _inherited(grants: list[Grant], on: date) -> Iterator[Grant]:
    """What the organisations that somebody works for took over, and what these had taken over
    before.
    """
    told = [grant for grant in grants if grant.reads]
    if not told:
        return
    handed = list(
        Succession.objects.filter(from_on__lte=on).select_related("predecessor", "successor")
    )
    known = {(grant.role, grant.path) for grant in told}
    while told:
        grant = told.pop()
        for one in handed:
            before = one.predecessor
            if not grant.covers(one.successor.path) or grant.covers(before.path):
                continue
            if (grant.role, before.path) not in known:
                known.add((grant.role, before.path))
                told.append(Grant(grant.role, before.path, before, inherited=True, lent=grant.lent))
                yield told[-1]
