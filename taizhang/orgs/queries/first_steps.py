"""What a bureau does before its first round, in the order that works: who does it, and how far it
is.
"""

from __future__ import annotations

from dataclasses import dataclass

from taizhang.orgs.actor import KEEPERS, Actor
from taizhang.orgs.models import (
    CommitteeTerm,
    Duty,
    Membership,
    Organisation,
    PartyGroup,
    Role,
)


@dataclass(frozen=True)
class Step:
    """One step: whose it is, whether it is done, and how far it is in words."""

    title: str
    who: str
    done: bool
    told: str
    page: str
    """The name of the page where it is done."""
    mine: bool
    """Whether the actor can do it."""


def has_roster(branch: Organisation | None) -> bool:
    """Whether anybody stands on a branch's roster."""
    return branch is not None and Membership.objects.current().filter(branch=branch).exists()


def steps(actor: Actor, *, published: bool = False, judged: bool = False) -> list[Step]:
    """From the committee to the first check; `published` and `judged` are known to those above the
    organisations.
    """
    branches = Organisation.objects.branches().filter(dissolved_on=None)
    n = branches.count()
    held = Duty.objects.filter(role__in=KEEPERS, user__is_active=True)
    kept = branches.filter(pk__in=held.values("organisation")).count()
    listed = branches.filter(pk__in=Membership.objects.current().values("branch")).count()
    committee = Organisation.objects.filter(parent=None).exists()
    office, system, security = (
        actor.has(role) for role in (Role.OFFICE, Role.SYSTEM, Role.SECURITY)
    )
    keeper = bool(actor.own_branches)
    return [
        Step("上级党组织和三名管理员", "安装时的首次启用", committee, "", "", mine=False),
        Step(
            "党组织",
            "组织科",
            n > 0,
            f"已有{n}个党支部" if n else "用开局工作簿，或者从通知建立",
            "ledgers:workbook",
            mine=office,
        ),
        Step(
            "账号",
            "系统管理员",
            n > 0 and kept == n,
            _of(kept, n, "有书记或台账员的账号"),
            "web:accounts",
            mine=system,
        ),
        Step(
            "授权",
            "安全管理员",
            n > 0 and kept == n,
            _of(kept, n, "有书记或台账员"),
            "web:accounts",
            mine=security,
        ),
        Step(
            "党员花名册",
            "组织科（开局工作簿）或者各支部台账员",
            n > 0 and listed == n,
            _of(listed, n, "有花名册"),
            "ledgers:workbook" if office else "ledgers:kinds",
            mine=office or keeper,
        ),
        Step(
            "督查通知",
            "组织科",
            published,
            "导入通知文件，或者新建轮次",
            "inspection:import",
            mine=office,
        ),
        Step(
            "发布轮次",
            "组织科",
            published,
            "安排片区、场次和督查组以后发布，系统随即核对",
            "inspection:rounds",
            mine=office,
        ),
        Step(
            "核对结果",
            "系统",
            judged,
            "发布后自动核对，在“总览”和“待办”看",
            "checks:board",
            mine=office,
        ),
    ]


def _of(have: int, n: int, what: str) -> str:
    return f"{n}个支部中{have}个{what}" if n else ""


@dataclass(frozen=True)
class OwnStep:
    """One of the first steps of who keeps a branch's ledgers."""

    title: str
    done: bool
    told: str
    page: str
    """The name of the page where it is done."""
    of: str = ""
    """Which ledger, where the page is one of many."""


def of_keeper(actor: Actor) -> list[OwnStep]:
    """What a new secretary or clerk does first, and whether it is done; nothing for all others."""
    own = actor.own_branch
    if own is None:
        return []
    listed = Membership.objects.current().filter(branch=own).count()
    terms = CommitteeTerm.objects.filter(branch=own, withdrawn_at=None).exists()
    groups = PartyGroup.objects.filter(branch=own, withdrawn_at=None).count()
    return [
        OwnStep("填提醒邮箱", bool(actor.user.email), "到期前收到邮件", "web:me"),
        OwnStep(
            "党员花名册",
            listed > 0,
            f"现有{listed}人" if listed else "逐个登记，或用 Excel 导入",
            "ledgers:list",
            "members",
        ),
        OwnStep(
            "班子届次和委员",
            terms,
            "" if terms else "不设支委会的也要登记届次",
            "ledgers:list",
            "terms",
        ),
        OwnStep(
            "党小组",
            groups > 0,
            f"{groups}个" if groups else "不设党小组的不用登记",
            "ledgers:list",
            "groups",
        ),
    ]


def of_bureau(actor: Actor) -> list[Step]:
    """The steps before the first round that stand in the organisations themselves; the rest, the
    overview tells.
    """
    return [one for one in steps(actor) if one.page not in _KNOWN_ABOVE]


_KNOWN_ABOVE = ("inspection:import", "inspection:rounds", "checks:board")
