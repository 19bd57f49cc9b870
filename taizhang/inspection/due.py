"""What of inspections waits for somebody: for the pages 待办 and for the reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from taizhang.inspection import board
from taizhang.inspection.models import Finding, Letter, Question, Round
from taizhang.orgs.models import Organisation

_TO_PLAN = (Finding.Standing.ACKNOWLEDGED, Finding.Standing.REOPENED)
_TO_DO = (Finding.Standing.RECTIFYING, Finding.Standing.RETURNED)


@dataclass(frozen=True)
class DueLine:
    """One thing to do, by when, and where."""

    text: str
    url: str
    deadline: date | None
    light: str


def of_branch(branch: Organisation, today: date) -> list[DueLine]:
    """Letters to sign, plans to make, problems to mend; the overdue first."""
    found = [*_letters(branch), *_findings(branch, today)]
    return sorted(found, key=lambda line: line.deadline or date.max)


def _letters(branch: Organisation) -> Iterator[DueLine]:
    unsigned = Letter.objects.filter(visit__unit__organisation=branch, signed_at__isnull=True)
    unsigned = unsigned.exclude(plan_due_on=None)
    for letter in unsigned.select_related("visit__unit__area__round"):
        url = reverse("inspection:own", args=[branch.pk])
        yield DueLine(f"签收反馈意见：{letter.visit.unit.area.round.title}", url, None, "red")


def _findings(branch: Organisation, today: date) -> Iterator[DueLine]:
    found = Finding.objects.filter(
        visit__unit__organisation=branch, standing__in=(*_TO_PLAN, *_TO_DO)
    )
    for finding in found.select_related("visit__letter"):
        plans = finding.standing in _TO_PLAN
        deadline = finding.visit.letter.plan_due_on if plans else finding.deadline
        left = (deadline - today).days if deadline else None
        act = "提交整改方案" if plans else "整改并申请销号"
        url = reverse("inspection:finding", args=[finding.pk])
        yield DueLine(f"{act}：{finding.number} {finding.facts}", url, deadline, board.light(left))


def told(branch: Organisation, today: date) -> list[str]:
    """The lines for a mail: letters to sign, and what is due in 20 or in 10 days or overdue; numbers, never words of a finding."""
    lines = [f"有{n}份督查反馈意见待签收。"] if (n := len(list(_letters(branch)))) else []
    found = Finding.objects.filter(
        visit__unit__organisation=branch, standing__in=(*_TO_PLAN, *_TO_DO)
    )
    for finding in found.order_by("deadline"):
        left = (finding.deadline - today).days if finding.deadline else None
        if left is not None and (left in board.SOON or left < 0):
            how = f"还有{left}天" if left >= 0 else f"已超期{-left}天"
            lines.append(f"{finding.deadline}（{how}）　整改问题 {finding.number}")
    return lines


def of_office(today: date) -> list[DueLine]:
    """Questions, objections, problems to verify, what is overdue."""
    found = [*_questions(), *_waiting(), *_overdue(today)]
    return sorted(found, key=lambda line: line.deadline or date.max)


def _questions() -> Iterator[DueLine]:
    for question in Question.objects.filter(answered_at__isnull=True).select_related("branch"):
        url = reverse("inspection:round", args=[question.round_id])
        yield DueLine(
            f"答复{question.branch.short_name}的提问：{question.text}", url, None, "amber"
        )


def _waiting() -> Iterator[DueLine]:
    words = {Finding.Standing.SUBMITTED: "核查", Finding.Standing.DISPUTED: "处理申诉"}
    found = Finding.objects.filter(standing__in=words).select_related("visit__unit")
    for finding in found:
        url = reverse("inspection:finding", args=[finding.pk])
        text = f"{words[Finding.Standing(finding.standing)]}：{finding.visit.unit.name} {finding.number} {finding.facts}"
        yield DueLine(text, url, finding.deadline, "amber")


def _overdue(today: date) -> Iterator[DueLine]:
    """One line for each round that has any."""
    for opened in Round.objects.exclude(standing=Round.Standing.ARCHIVED):
        late = Finding.objects.filter(
            visit__unit__area__round=opened, standing__in=(*_TO_PLAN, *_TO_DO), deadline__lt=today
        ).count()
        if late:
            url = reverse("inspection:rectification", args=[opened.pk])
            yield DueLine(f"{late}个问题整改超期：{opened.title}", url, None, "overdue")
