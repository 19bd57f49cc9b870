"""The round of the sample notice from its first day to its end, and a second one that looks back on
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID, uuid5

from django.utils import timezone

from taizhang.checks.actions import checking as checks
from taizhang.inspection import actions, bases, proposals, queries, rights
from taizhang.inspection.actions import consulting, findings, planning, rectifying, site
from taizhang.inspection.actions.rectifying import Measures
from taizhang.inspection.models import Finding, Letter, Round, RoundArea, Visit
from taizhang.inspection.site import entries as e
from taizhang.inspection.site import packing
from taizhang.orgs.actions import duties as orgs
from taizhang.orgs.actor import Actor, Grant, actor_of
from taizhang.orgs.models import Organisation, Role, User
from taizhang.orgs.queries import roster as people

ISSUED_ON, MENDED_ON, LOOK_BACK_ON = date(2018, 10, 30), date(2018, 11, 6), date(2018, 12, 20)
_SPACE = UUID("5f3c2f0e-0000-4000-8000-201810250000")
_TEAM_OF_DEMO = (("zuzhang", "示例督查组长"), ("zuyuan", "示例督查组员"))
_VERDICTS = {"missing": "missing", "defective": "mostly"}
_ON_SITE = 2
"""So many units of the second round have been visited when the demo is opened."""


def _at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def inspectors(opened_names: list[str], now: datetime) -> None:
    """An account, without a password, for everybody of the notice's teams."""
    for n, name in enumerate(dict.fromkeys(opened_names), start=1):
        orgs.open_account(username=f"ducha{n:02d}", name=name, password=None, duties=[], now=now)


def first(opened: Round, office: Actor) -> None:
    """Publish, inspect, consult, feed back, rectify, verify."""
    day = opened.starts_on or date(2018, 10, 25)
    for verb in ("publish", "self_check"):
        actions.advance(opened=opened, verb=verb, actor=office, now=_at(date(2018, 10, 19)))
    checks.check_all(name="reference", actor=None, now=_at(day, 8))
    planning.share_out(opened=opened, actor=office, now=_at(day, 8))
    actions.advance(opened=opened, verb="begin", actor=office, now=_at(day, 8))
    numbers = count(1)
    visits = queries.visits_of(opened, office)
    for visit in visits:
        _visit(visit, numbers)
    letters = findings.issue(
        opened=opened,
        visits=visits,
        issued_on=ISSUED_ON,
        number="示督〔2018〕1号",
        actor=office,
        now=_at(ISSUED_ON),
    )
    for verb in ("feed_back", "rectify"):
        actions.advance(opened=opened, verb=verb, actor=office, now=_at(ISSUED_ON, 16))
    for letter in letters:
        _rectify(letter, office)
    actions.advance(opened=opened, verb="verify", actor=office, now=_at(MENDED_ON, 17))


def _team(area: RoundArea, day: date) -> tuple[Actor, Actor]:
    """Leader and one member."""
    members = list(area.team.select_related("user"))
    leader = next(m.user for m in members if m.role == "leader" and m.user)
    member = next(m.user for m in members if m.role == "member" and m.user)
    return actor_of(leader, on=day), actor_of(member, on=day)


def _visit(visit: Visit, numbers: Iterator[int]) -> None:
    day = visit.session.date if visit.session and visit.session.date else date(2018, 10, 25)
    now = _at(day)
    leader, member = _team(visit.unit.area, day)
    site.sync(entries=list(_entries(visit, now, numbers)), actor=member, now=now)
    visit.refresh_from_db()
    words = _GOOD if not visit.findings.exists() else _MIXED
    words = replace(words, recorder=member.user.name)
    consulting.write(visit=visit, words=words, version=visit.version, actor=member, now=now)
    consulting.sign_for_team(
        visit=visit, actor=leader, now=now, unseen_reason="按抽查安排，其余项目以台账登记情况为准"
    )
    came = visit.attendees.first()
    consulting.sign_for_branch(
        visit=visit, name=came.name if came else "负责人", actor=member, now=now
    )


_GOOD = consulting.Words(
    "台账门类齐全，记录及时。", "", "认可督查组意见。", "总体看，支部组织生活正常，台账管理规范。"
)
_MIXED = consulting.Words(
    "台账门类基本齐全，“三会一课”有记录可查。",
    "会议记录要写清发言要点；支委会每月研究一次台账工作。",
    "认可督查组意见，按时整改。",
    "总体看，支部党建工作有基础，台账门类基本齐全，但在制度落实和记录的规范性上还有差距。",
)


def _entries(visit: Visit, now: datetime, numbers: Iterator[int]) -> Iterator[e.AnyEntry]:
    """As an inspector would: who came, the exceptions, a finding for each of the grave ones, the
    rest accepted.
    """

    def told(n: int) -> dict[str, object]:
        return {"key": uuid5(_SPACE, str(n)), "visit": visit.pk, "made_at": now}

    for one in visit.attendees.all():
        yield e.Present(kind="present", attendee=one.pk, present=True, **told(next(numbers)))
    earlier = {one["facts"]: one["id"] for one in visit.pack["earlier"]}
    for one in visit.pack["earlier"]:
        seen = _looked(visit, one["facts"])
        yield e.LookedBack(kind="look_back", earlier=one["id"], verdict=seen, **told(next(numbers)))
    rest, taken = [], 0
    for no, known in visit.pack["items"].items():
        if packing.passes(known):
            rest.append(int(no))
            continue
        verdict = _VERDICTS.get(known["outcome"], "complete")
        yield e.AnswerGiven(kind="answer", item=int(no), verdict=verdict, **told(next(numbers)))
        grave = [reason for reason in known["reasons"] if reason["severity"] == "error"]
        if grave and taken < 6:
            taken += 1
            yield e.FindingMade(
                kind="finding",
                item=int(no),
                facts=grave[0]["official"][:2000],
                severity="serious",
                source="machine",
                rule=grave[0]["rule"],
                repeat_of=earlier.get(grave[0]["official"]),
                window=grave[0]["window"],
                manner="by_deadline" if taken % 4 == 0 else "at_once",
                **told(next(numbers)),
            )
    yield e.RestAccepted(kind="accept_rest", items=tuple(rest), **told(next(numbers)))
    if not taken:
        yield e.HighlightMade(
            kind="highlight",
            text="台账电子化管理，记录及时、佐证齐全，可在片区内推广",
            **told(next(numbers)),
        )
    yield e.End(kind="end", **told(next(numbers)))


def _looked(visit: Visit, facts: str) -> str:
    return "not_mended" if facts in _still(visit) else "mended"


def _still(visit: Visit) -> set[str]:
    """What the machine still says of a unit, as letters say it."""
    return {
        reason["official"] for known in visit.pack["items"].values() for reason in known["reasons"]
    }


def _keeper(branch: Organisation) -> Actor:
    """The branch's own clerk."""
    user = User.objects.get(username=f"clerk{branch.pk}")
    return Actor(user, (Grant(Role.CLERK, branch.path, branch),))


def _rectify(letter: Letter, office: Actor) -> None:
    """Signed; what had to be mended at once is closed or kept up for long, what needs a plan waits
    for the next round.
    """
    branch = letter.visit.unit.organisation
    if branch is None:
        return
    clerk = _keeper(branch)
    signer = next(iter(people.named_in_post(branch, "secretary", ISSUED_ON)), clerk.user.name)
    findings.sign(visit=letter.visit, name=signer, actor=clerk, now=_at(date(2018, 10, 31)))
    for n, finding in enumerate(
        letter.visit.findings.filter(standing=Finding.Standing.ACKNOWLEDGED)
    ):
        _mend(finding, n, signer, clerk, office)


_MADE_GOOD = (
    "补齐有关材料，今后按要求及时登记", "明确专人补齐材料，每月自查一次台账", "正在补齐材料", "材料已补齐并归档，已组织自查",
)  # fmt: skip
_PAST = (
    "今后按要求开展、如实记录", "支委会查找原因，明确专人负责，每月自查一次", "已查找原因，正在制定工作安排",
    "已明确专人和时间安排，以前年度的不作补记",
)  # fmt: skip


def _mend(finding: Finding, n: int, signer: str, clerk: Actor, office: Actor) -> None:
    if finding.manner != Finding.Manner.AT_ONCE:
        return
    deadline = finding.deadline or MENDED_ON
    past = proposals.remedy(bases.version_of(finding.visit), finding.rule) == "past"
    target, measure, underway, result = _PAST if past else _MADE_GOOD
    measures = Measures(
        target,
        measure,
        signer,
        clerk.user.name,
        deadline,
        None,
    )
    rectifying.plan(finding=finding, measures=measures, actor=clerk, now=_at(date(2018, 11, 1)))
    rectifying.report(
        finding=finding, text=underway, percent=50, actor=clerk, now=_at(date(2018, 11, 2))
    )
    rectifying.submit(
        finding=finding,
        result=result,
        actor=clerk,
        now=_at(date(2018, 11, 5)),
    )
    verb, opinion = ("keep_on", "需长期坚持，下轮复查") if n % 6 == 5 else ("close", "现场核对属实")
    rectifying.verify(
        finding=finding,
        verb=verb,
        opinion=opinion,
        actor=office,
        now=_at(MENDED_ON),
        without_evidence="现场核对原件",
    )


def second(previous: Round, office: Actor, now: datetime) -> Round:
    """由上轮发起回头看: under way, with the demo's own accounts in the first team."""
    days = (LOOK_BACK_ON, LOOK_BACK_ON + timedelta(days=1))
    opened = actions.follow_up(
        previous=previous,
        title="基层党建专项督查“回头看”第二轮",
        days=days,
        period_to=date(2018, 12, 31),
        actor=office,
        now=_at(date(2018, 12, 10)),
        still_open=True,
    )
    area = opened.areas.first()
    if area is not None:
        names = [m.name for m in area.team.all() if m.role == "member"]
        planning.set_team(area, _TEAM_OF_DEMO[0][1], [], [_TEAM_OF_DEMO[1][1], *names])
    actions.advance(opened=previous, verb="close", actor=office, now=_at(date(2018, 12, 11)))
    planning.share_out(opened=opened, actor=office, now=now)
    actions.advance(opened=opened, verb="publish", actor=office, now=_at(date(2018, 12, 12)))
    return opened


def begin(opened: Round, office: Actor, now: datetime) -> None:
    """The teams are at work: the first units have been visited."""
    actions.advance(opened=opened, verb="begin", actor=office, now=now)
    numbers = count(100_000)
    area = opened.areas.first()
    listed = [
        v
        for v in queries.visits_of(opened, office)
        if area is not None and v.unit.area_id == area.pk
    ]
    for visit in listed[:_ON_SITE]:
        user = User.objects.get(username=_TEAM_OF_DEMO[1][0])
        member = actor_of(user, on=LOOK_BACK_ON)
        if rights.roles_in_area(visit.unit.area, member):
            site.sync(
                entries=list(_entries(visit, _at(LOOK_BACK_ON, 9), numbers)),
                actor=member,
                now=_at(LOOK_BACK_ON, 9),
            )
