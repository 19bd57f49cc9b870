"""What of inspections waits for somebody: for the pages 待办 and for the reminders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse

from taizhang.inspection import rights
from taizhang.inspection.models import (
    Finding,
    IssuedPaper,
    Letter,
    Preparation,
    Question,
    Round,
    RoundArea,
    RoundItem,
    RoundSession,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan import changes
from taizhang.inspection.plan.changes import Change
from taizhang.inspection.plan.host_duties import THE_PLACE
from taizhang.inspection.plan.model import left_over, told_numbers
from taizhang.inspection.progress import board
from taizhang.kernel.calendar import time_left
from taizhang.kernel.db import questions
from taizhang.kernel.db.when_shown import WhenShown
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries.organisations import answers_for, line_of

_TO_PLAN = (Finding.Standing.ACKNOWLEDGED, Finding.Standing.REOPENED)
_TO_DO = (Finding.Standing.RECTIFYING, Finding.Standing.RETURNED)
_AHEAD = (Round.Standing.PUBLISHED, Round.Standing.SELF_CHECK, Round.Standing.INSPECTING)
"""While a round is in one of these, its sessions may still be to come."""


@dataclass(frozen=True)
class DueLine:
    """One thing to do, by when, and where."""

    text: str
    url: str
    deadline: date | None
    light: str


@dataclass(frozen=True)
class _Problem:
    """A line about a problem whose words are read only where it is shown."""

    key: int
    deadline: date | None
    light: str
    act: str
    with_unit: bool = True

    def told(self, finding: Finding) -> DueLine:
        unit = f"{finding.visit.unit.name} " if self.with_unit else ""
        text = f"{self.act}：{unit}{finding.number} {finding.facts}"
        url = reverse("inspection:finding", args=[self.key])
        return DueLine(text, url, self.deadline, self.light)


class Lines(WhenShown[DueLine]):
    """All that waits, by its deadline; of ten thousand problems only those of a page are read."""

    def __init__(self, found: Iterable[DueLine | _Problem]) -> None:
        """In the order of their deadlines, what has none last."""
        super().__init__(sorted(found, key=lambda one: one.deadline or date.max))

    def _read(self, chosen: list[DueLine | _Problem]) -> list[DueLine]:
        keys = [one.key for one in chosen if isinstance(one, _Problem)]
        known = Finding.objects.select_related("visit__unit").in_bulk(keys) if keys else {}
        return [one.told(known[one.key]) if isinstance(one, _Problem) else one for one in chosen]


def of_branch(branch: Organisation, today: date) -> Lines:
    """Notices taken back, what changed in the plan, rooms to prepare, letters to sign, plans to
    make, problems to mend; the overdue first.
    """
    return Lines(
        [
            *_withdrawn(branch),
            *_changed(branch, today),
            *_to_prepare(branch),
            *_letters(branch),
            *_findings(branch, today),
        ]
    )


def withdrawn(branch: Organisation) -> list[Round]:
    """Rounds of the branch whose notice was taken back and not published again."""
    found = Round.objects.filter(
        standing=Round.Standing.DRAFT,
        withdrawn_at__isnull=False,
        areas__units__organisation__in=line_of(branch),
    )
    return list(found.distinct())


def _withdrawn(branch: Organisation) -> Iterator[DueLine]:
    url = reverse("inspection:own", args=[branch.pk])
    for opened in withdrawn(branch):
        text = f"督查通知已收回：{opened.title}，原因：{opened.withdrawn_reason}"
        yield DueLine(text, url, None, "amber")


def changed(
    branch: Organisation, today: date
) -> list[tuple[Round, list[Change], list[Change], IssuedPaper | None]]:
    """Rounds of the branch that are ahead: what is other than the notice said, what the notice says
    otherwise than the one before, and that one.
    """
    rounds = Round.objects.filter(
        standing__in=_AHEAD, areas__units__organisation__in=line_of(branch)
    )
    return [
        (
            opened,
            changes.of_branch(changes.since_notice(opened), branch, today),
            changes.of_branch(changes.between_notices(opened), branch, today),
            changes.earlier_notice(opened),
        )
        for opened in rounds.distinct().order_by("pk")
    ]


def _changed(branch: Organisation, today: date) -> Iterator[DueLine]:
    """What is other than the notice said, and what a notice that was issued anew says otherwise
    than the one before.
    """
    url = reverse("inspection:own", args=[branch.pk])
    for opened, fresh, between, replaced in changed(branch, today):
        for change in fresh:
            day = date.fromisoformat(change.day) if change.day else None
            light = board.light((day - today).days) if day else "amber"
            yield DueLine(f"督查安排有变动：{change.told}（{opened.title}）", url, day, light)
        if replaced is not None and opened.standing != Round.Standing.INSPECTING:
            what = "；".join(change.told for change in between) or "与本支部有关的安排没有变动"
            yield DueLine(f"督查通知已重新印发：{what}（{opened.title}）", url, None, "amber")


def to_prepare(branch: int) -> QuerySet[Preparation]:
    """What the host of a session has not confirmed, or has to confirm again because the session was
    changed.
    """
    return Preparation.objects.filter(
        session__host=branch, session__area__round__standing__in=_AHEAD, confirmed_at=None
    )


def _to_prepare(branch: Organisation) -> Iterator[DueLine]:
    sessions: dict[int, list[Preparation]] = {}
    for one in to_prepare(branch.pk).select_related("session__area__round"):
        sessions.setdefault(one.session_id, []).append(one)
    for some in sessions.values():
        session = some[0].session
        named = "、".join(one.text for one in some if one.text != THE_PLACE)
        what = f"（{named}）" if named else ""
        url = reverse("inspection:round", args=[session.area.round_id])
        yield DueLine(f"确认会场已备好{what}：{session.venue}", url, session.date, "amber")


def unsigned(answering: Collection[int]) -> QuerySet[Letter]:
    """Letters to these organisations that nobody signed for; whether one asks for it, it says
    itself.
    """
    return Letter.objects.filter(
        visit__unit__organisation__in=answering, signed_at__isnull=True
    ).exclude(visit__unit__area__round__standing=Round.Standing.ARCHIVED)


def _letters(branch: Organisation) -> Iterator[DueLine]:
    """Those to sign for; where there is nothing to mend no receipt is asked."""
    waiting = unsigned(answers_for(branch))
    for letter in waiting.select_related("visit__unit__area__round"):
        if letter.asks:
            url = reverse("inspection:own", args=[branch.pk])
            unit = letter.visit.unit
            yield DueLine(f"签收反馈意见：{unit.name}（{unit.area.round.title}）", url, None, "red")


def to_mend() -> QuerySet[Finding]:
    """What the branches have to do; in the archive nothing is done any more."""
    found = Finding.objects.filter(standing__in=(*_TO_PLAN, *_TO_DO))
    return found.exclude(visit__unit__area__round__standing=Round.Standing.ARCHIVED)


def _findings(branch: Organisation, today: date) -> Iterator[_Problem]:
    found = to_mend().filter(visit__unit__organisation__in=answers_for(branch))
    columns = ("pk", "standing", "deadline", "visit__letter__plan_due_on")
    for key, standing, mended_by, letter_says in found.values_list(*columns):
        plans = standing in _TO_PLAN
        planned_by = letter_says if plans else None
        deadline = planned_by or mended_by
        left = (deadline - today).days if deadline else None
        act = "整改并申请销号" if not plans else "提交整改方案" if planned_by else "填写整改措施"
        yield _Problem(key, deadline, board.light(left), act, with_unit=False)


def of_branch_in_numbers(branch: Organisation, today: date) -> list[DueLine]:
    """Letters to sign, and problems to mend by their numbers: what may be told without the words of
    a finding.
    """
    numbered = [
        DueLine(line.text.partition(" ")[0], line.url, line.deadline, line.light)
        for line in Lines(_findings(branch, today))
    ]
    return [*_letters(branch), *numbered]


def told(branch: Organisation, today: date) -> list[str]:
    """The lines for a mail: letters to sign, changes of the plan, and what is due in 20 or in 10
    days or overdue; numbers, never words of a finding.
    """
    lines = [f"有{n}份督查反馈意见待签收。"] if (n := len(list(_letters(branch)))) else []
    moved = sum(len(fresh) for _, fresh, _, _ in changed(branch, today))
    lines += [f"督查安排有{moved}处变动，请登录查看。"] if moved else []
    found = to_mend().filter(visit__unit__organisation__in=answers_for(branch))
    for finding in found.order_by("deadline"):
        left = (finding.deadline - today).days if finding.deadline else None
        if left is not None and (left in board.SOON or left < 0):
            lines.append(f"{finding.deadline}（{time_left(left)}）　整改问题 {finding.number}")
    return lines


def of_office(today: date) -> Lines:
    """Questions, objections, problems to verify, requirements that nobody reads, what
    is overdue.
    """
    return Lines([*_questions(), *_waiting(), *unowned_areas(), *_overdue(today)])


def unanswered() -> QuerySet[Question]:
    """What branches asked, and nobody answered."""
    return Question.objects.filter(answered_at__isnull=True).exclude(
        round__standing=Round.Standing.ARCHIVED
    )


def _questions() -> Iterator[DueLine]:
    for question in unanswered().select_related("branch"):
        url = reverse("inspection:round", args=[question.round_id])
        yield DueLine(
            f"答复{question.branch.short_name}的提问：{question.text}", url, None, "amber"
        )


_OF_OFFICE = {Finding.Standing.SUBMITTED: "核查", Finding.Standing.DISPUTED: "处理申诉"}


def handed_in() -> QuerySet[Finding]:
    """What branches mended or dispute, and nobody looked at."""
    return Finding.objects.filter(standing__in=_OF_OFFICE).exclude(
        visit__unit__area__round__standing=Round.Standing.ARCHIVED
    )


def _waiting() -> Iterator[_Problem]:
    for key, standing, deadline in handed_in().values_list("pk", "standing", "deadline"):
        yield _Problem(key, deadline, "amber", _OF_OFFICE[Finding.Standing(standing)])


def unowned_areas() -> Iterator[DueLine]:
    """One line for each area with requirements that nobody of its team reads."""
    if not (areas := _AREAS()):
        return
    shares, asked = defaultdict[int, list[list[int]]](list), defaultdict[int, list[int]](list)
    for key, items in _SHARES():
        shares[key].append(items)
    for key, no in _ASKED():
        asked[key].append(no)
    for key, name, opened, title in areas:
        if left := left_over(asked[opened], shares[key]):
            text = f"第{told_numbers(left)}项无人负责：{name}（{title}）"
            yield DueLine(text, reverse("inspection:plan", args=[opened]), None, "red")


_AREAS: questions.Question[tuple[int, str, int, str]] = questions.Question(
    lambda: RoundArea.objects.filter(round__standing__in=_AHEAD).values_list(
        "pk", "name", "round", "round__title"
    )
)
_SHARES: questions.Question[tuple[int, list[int]]] = questions.Question(
    lambda: (
        TeamMember.objects.filter(area__round__standing__in=_AHEAD)
        .order_by()
        .values_list("area", "items")
    )
)
_ASKED: questions.Question[tuple[int, int]] = questions.Question(
    lambda: RoundItem.objects.filter(round__standing__in=_AHEAD).values_list("round", "no")
)
"""Areas of the rounds that are still to come, what each of a team reads, and what there
is to read.
"""


def of_team(actor: Actor) -> Lines:
    """What waits for the members of a team: their sessions, consultations to finish, problems to
    second or to verify.
    """
    mine = TeamMember.objects.filter(user=actor.user, area__round__standing__in=rights.TEAM_SEES)
    found: list[DueLine | _Problem] = []
    for member in mine.select_related("area__round").order_by("pk"):
        found += [
            *_sessions_of(member),
            *_to_consult(member),
            *_to_second(member),
            *_to_verify(member),
        ]
    return Lines(found)


def _sessions_of(member: TeamMember) -> Iterator[DueLine]:
    if member.area.round.standing not in rights.AT_WORK:
        return
    visits = Visit.objects.filter(
        unit__area=member.area, standing__in=(Visit.Standing.WAITING, Visit.Standing.READING)
    )
    sessions: dict[RoundSession | None, int] = {}
    for visit in visits.select_related("session"):
        sessions[visit.session] = sessions.get(visit.session, 0) + 1
    for session, n in sessions.items():
        text = f"现场查阅：{member.area.name}　{session.venue if session else ''}　还有{n}个单位"
        yield DueLine(text, reverse("inspection:site"), session.date if session else None, "amber")


def _to_consult(member: TeamMember) -> Iterator[DueLine]:
    waiting = Visit.objects.filter(unit__area=member.area, standing=Visit.Standing.TO_CONSULT)
    if member.area.round.standing in rights.AT_WORK:
        for visit in waiting.select_related("unit"):
            url = reverse("inspection:consult", args=[visit.pk])
            yield DueLine(f"会商：{visit.unit.name}", url, None, "amber")


def _to_second(member: TeamMember) -> Iterator[DueLine]:
    """Drafts of a leader, who is not the second pair of eyes for his own: another member of the
    team is.
    """
    leaders = (TeamMember.Role.LEADER, TeamMember.Role.DEPUTY)
    by = member.area.team.filter(role__in=leaders).exclude(user=member.user).values("user")
    drafts = Finding.objects.filter(
        visit__unit__area=member.area, standing=Finding.Standing.DRAFT, seconded_by=None, by__in=by
    )
    if member.area.round.standing in rights.AT_WORK:
        for finding in drafts.select_related("visit__unit"):
            url = reverse("inspection:consult", args=[finding.visit_id])
            yield DueLine(f"复核：{finding.visit.unit.name}　{finding.facts}", url, None, "amber")


def _to_verify(member: TeamMember) -> Iterator[_Problem]:
    if member.role == TeamMember.Role.MEMBER:
        return
    submitted = Finding.objects.filter(
        visit__unit__area=member.area, standing=Finding.Standing.SUBMITTED
    )
    for key, deadline in submitted.values_list("pk", "deadline"):
        yield _Problem(key, deadline, "amber", "核查")


def _overdue(today: date) -> Iterator[DueLine]:
    """One line for each round that has any."""
    at = "visit__unit__area__round"
    late = to_mend().filter(deadline__lt=today).order_by().values(at, f"{at}__title")
    for row in late.annotate(n=Count("pk")).order_by(f"-{at}"):
        url = reverse("inspection:rectification", args=[row[at]])
        yield DueLine(f"{row['n']}个问题整改超期：{row[f'{at}__title']}", url, None, "overdue")
