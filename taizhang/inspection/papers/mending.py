"""What a branch hands in about its problems (DOMAIN 7.6, 7.8, 7.10): the list, plan, report and
request to close, from what is on record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from taizhang.inspection.models import Finding, FindingStep, Visit
from taizhang.inspection.papers.parts.lists import (
    evidence,
    finding_table,
    planned_table,
    progress_table,
)
from taizhang.inspection.papers.parts.shared import (
    BLANK_DAY,
    name_of,
    organ,
    plan_of,
    progress_told,
)
from taizhang.kernel.errors import WrongState
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.orgs.models import PaperKind
from taizhang.papers.official.heads import headed
from taizhang.papers.official.paper import Annex, Clause, Official, in_full, numeral
from taizhang.papers.paper import Form, Line, Paper
from taizhang.papers.wording import sentence, unended

RULED = "＿" * 24
"""Room to write a line by hand."""
DRAFT = "（草稿）"
"""While a problem has no measures yet."""
FOR_MEETING = "（送审稿）"
"""While the branch's meeting has not adopted what is planned."""
NO_PLAN = "反馈的问题都是立行立改，不用另报整改方案；整改情况写入整改报告。"
_BODIES = {"committee_meeting": "支部委员会", "members_assembly": "支部党员大会"}


def issued_to(visit: Visit) -> list[Finding]:
    """The problems of a unit that were fed back and stand."""
    found = visit.findings.filter(standing__in=Finding.ISSUED)
    return list(
        found.select_related("item", "rectification__verified_by", "visit__unit", "visit__letter")
        .prefetch_related("files__file", "progress")
        .order_by("item__no", "pk")
    )


def _must_have(visit: Visit, what: str) -> list[Finding]:
    found = issued_to(visit)
    if not found:
        raise WrongState(f"没有反馈需要整改的问题，不需要{what}。")
    return found


def unit_findings(visit: Visit) -> Paper:
    """问题清单 of one unit."""
    found = _must_have(visit, "问题清单")
    number = getattr(visit.letter, "number", "") if hasattr(visit, "letter") else ""
    about = "　".join(filter(None, (visit.unit.name, visit.unit.area.round.subject, number)))
    return Paper(
        "督查问题清单",
        about,
        blocks=[finding_table(found, one_unit=True)],
        footer=f"{visit.unit.name}　督查问题清单",
        landscape=True,
    )


@dataclass(frozen=True)
class Adoption:
    """Which meetings adopted the plan, the last of them, and whether that is all of it."""

    told: str
    on: date | None
    whole: bool
    planned: bool
    """Whether each problem that is due has its measures."""

    @property
    def mark(self) -> str:
        """What stands behind the title of a plan."""
        return "" if self.whole else FOR_MEETING if self.planned else DRAFT


def adoption(found: list[Finding]) -> Adoption:
    """As the plans say it and the branch's own ledger still has it; a disputed problem waits for
    its decision.
    """
    due = [f for f in found if f.standing != Finding.Standing.DISPUTED]
    plans = [plan_of(f) for f in due]
    keys = {made.meeting for made in plans if made and made.meeting}
    held = Meeting.objects.current().filter(pk__in=keys, branch__in=_branches(found))
    meetings = {m.pk: (m.held_on, _BODIES.get(m.kind, "支部会议")) for m in held}
    by_day = sorted(set(meetings.values()))
    told = "、".join(f"{in_full(day)}{body}" for day, body in by_day)
    missing = [
        f
        for f, made in zip(due, plans, strict=True)
        if made is None or (f.manner != Finding.Manner.AT_ONCE and made.meeting not in meetings)
    ]
    last = by_day[-1][0] if by_day else None
    return Adoption(told, last, bool(by_day) and not missing, bool(due) and all(plans))


def needs_plan(visit: Visit, found: list[Finding]) -> bool:
    """Whether the letter asked for a plan, or a problem has time for one: what is put right at once
    has none.
    """
    asked = hasattr(visit, "letter") and visit.letter.plan_due_on is not None
    return asked or any(f.manner != Finding.Manner.AT_ONCE for f in found)


def has_plan(visit: Visit, found: list[Finding]) -> bool:
    """Whether there is a plan to print: one that is needed, or that a meeting adopted
    all the same.
    """
    return needs_plan(visit, found) or adoption(found).whole


def _branches(found: list[Finding]) -> set[int | None]:
    return {f.visit.unit.organisation_id for f in found}


def _asked_by(visit: Visit, day: date) -> str:
    """Whom the branch answers: the organ that signed the letter."""
    return organ(visit.unit.area.round, day)


def _letter_told(visit: Visit) -> str:
    """The letter that all this answers, with its number where it has one."""
    number = visit.letter.number if hasattr(visit, "letter") else ""
    return f"督查反馈意见（{number}）" if number else "督查反馈意见"


def plan(visit: Visit) -> Official:
    """整改方案 as the branch adopted it; before that 送审稿, and while a part of it is missing a draft."""
    found = _must_have(visit, "整改方案")
    if not has_plan(visit, found):
        raise WrongState(NO_PLAN)
    adopted = adoption(found)
    name = name_of(visit, adopted.on or timezone.localdate())
    made = [one for f in found if (one := plan_of(f))]
    leaders = list(dict.fromkeys(one.leader_name for one in made if one.leader_name))
    led = (
        f"由{'、'.join(leaders)}负责，支部书记为第一责任人。"
        if leaders
        else "支部书记为第一责任人。"
    )
    by = f"本方案经{adopted.told}研究通过。" if adopted.whole else ""
    body = [
        Clause(f"根据{_letter_told(visit)}，对反馈的{len(found)}个问题制定本整改方案。{by}"),
        Clause("一、总体要求", 1),
        Clause("对照督查反馈意见逐条整改，举一反三，建立长效机制。"),
        Clause("二、组织领导", 1),
        Clause(led),
        Clause("三、整改任务", 1),
        *(clause for n, f in enumerate(found, start=1) for clause in _task(n, f)),
        Clause("四、工作要求", 1),
        Clause("按时限完成整改，及时报送进展和佐证材料。"),
    ]
    annex = Annex("整改台账", [planned_table(found)], landscape=True)
    title = f"{name}关于督查反馈问题的整改方案"
    paper = Official(
        f"{title}{adopted.mark}",
        f"{_asked_by(visit, adopted.on or timezone.localdate())}：",
        body,
        name,
        adopted.on if adopted.whole else None,
        attachments=[annex.title],
        annexes=[annex],
    )
    return headed(paper, PaperKind.PLAN, visit.unit.organisation)


def _task(n: int, f: Finding) -> list[Clause]:
    """A problem and what its plan says; a plan that is not there is not told."""
    made = plan_of(f)
    told = "整改措施尚未拟定。"
    if f.standing == Finding.Standing.DISPUTED:
        told = "已提出申诉，正在核实。"
    elif made:
        told = "".join(
            [
                f"整改目标：{sentence(made.target)}" if made.target.strip() else "",
                f"整改措施：{sentence(made.measure)}",
                (
                    f"责任领导：{made.leader_name}；责任人：{made.responsible_name}；时限："
                    f"{in_full(made.deadline)}前。"
                ),
            ]
        )
    return [Clause(f"（{numeral(n)}）{unended(f.facts)}", 2), Clause(told)]


def report(visit: Visit) -> Official:
    """整改情况报告 of the branch as of today, with its 整改台账."""
    found = _must_have(visit, "整改报告")
    today = timezone.localdate()
    name = name_of(visit, today)
    left = [f for f in found if f.standing != Finding.Standing.CLOSED]
    adopted = adoption(found)
    by = f"整改方案经{adopted.told}研究通过。" if adopted.whole else ""
    planned = sum(plan_of(f) is not None for f in found)
    body = [
        Clause(f"根据{_letter_told(visit)}，现将整改情况报告如下："),
        Clause("一、整改工作组织情况", 1),
        Clause(
            f"督查组共反馈问题{len(found)}个，已对其中{planned}个制定整改措施。{by}截至{in_full(today)}，"
            f"已销号{len(found) - len(left)}个。"
        ),
        Clause("二、问题整改落实情况", 1),
        *[Clause(f"{n}. {sentence(f.facts)}{_result(f)}", 3) for n, f in enumerate(found, start=1)],
        Clause("三、未完成事项及下一步", 1),
        *(
            [Clause(f"{n}. {_to_do(f)}", 3) for n, f in enumerate(left, start=1)]
            or [Clause("反馈的问题已全部销号。")]
        ),
        Clause("四、长效机制", 1),
        *_lasting(visit),
        Clause("以上情况属实。支部书记签字：　　　　　　"),
        Clause("特此报告。"),
    ]
    annex = Annex("整改台账", [progress_table(found)], landscape=True)
    paper = Official(
        f"{name}关于督查反馈问题整改情况的报告",
        f"{_asked_by(visit, today)}：",
        body,
        name,
        today,
        attachments=[annex.title],
        annexes=[annex],
    )
    return headed(paper, PaperKind.REPORT, visit.unit.organisation)


def _lasting(visit: Visit) -> list[Clause]:
    """What the branch wrote, a paragraph a line; while it wrote nothing, lines to write on."""
    written = [line.strip() for line in visit.lasting.splitlines() if line.strip()]
    return [Clause(line) for line in written or (RULED, RULED)]


def _result(f: Finding) -> str:
    made = plan_of(f)
    told = f"整改情况：{sentence(made.result)}" if made and made.result.strip() else ""
    return f"{told}目前{progress_told(f)}。"


_WITHOUT_DAY = (Finding.Standing.LONG_TERM, Finding.Standing.DISPUTED)
"""What is kept up for long, or not decided, is not late on the day of its plan."""


def _to_do(f: Finding) -> str:
    if f.standing in _WITHOUT_DAY:
        return f"{sentence(f.facts)}目前{progress_told(f)}。"
    made = plan_of(f)
    until = made.deadline if made else f.deadline
    return sentence(f.facts) + (f"整改时限为{in_full(until)}。" if until else "")


def asked_to_close(visit: Visit) -> list[Finding]:
    """The problems that the branch has asked to close, whatever was decided."""
    return [f for f in issued_to(visit) if (made := plan_of(f)) and made.submitted_at]


def closing_request(visit: Visit) -> Paper:
    """销号申请表, one for each problem that the branch has asked to close, with the decision where there
    is one.
    """
    found = asked_to_close(visit)
    if not found:
        raise WrongState("还没有申请销号的问题。")
    forms = [_request(f, new_page=n % 2 == 0 and n > 0) for n, f in enumerate(found)]
    return Paper("", blocks=list(forms), footer=f"{visit.unit.name}　销号申请表")


def _request(f: Finding, *, new_page: bool) -> Form:
    made = plan_of(f)
    asked = _step(f, ("submit",))
    answered = _step(f, ("close", "send_back", "keep_on"), after=asked)
    decided = {"close": "同意销号", "send_back": "退回", "keep_on": "转为长期坚持"}
    opinion = (
        f"{decided[answered.verb]}。{sentence(answered.note)}"
        if answered
        else "□ 同意销号　　□ 退回"
    )
    lines = [
        Line("被督查党组织", f.visit.unit.name),
        Line("问题编号", f.number),
        Line("反馈的问题", unended(f.facts), wide=True),
        Line("整改措施", made.measure if made else "", wide=True),
        Line("整改时限", in_full(made.deadline) if made else ""),
        Line("责任人", made.responsible_name if made else ""),
        Line("整改结果", made.result if made else "", wide=True, high=18),
        Line("佐证材料", evidence(f), wide=True, high=14),
        Line("申请人", asked.by.name if asked else ""),
        Line("申请日期", _day_of(asked)),
        Line("核查意见", opinion, wide=True, high=14),
        Line("核查人", answered.by.name if answered else ""),
        Line("核查日期", _day_of(answered)),
    ]
    return Form("销号申请表", lines, ["被督查党组织（盖章）", "核查人签名"], new_page=new_page)


def _step(
    f: Finding, verbs: tuple[str, ...], after: FindingStep | None = None
) -> FindingStep | None:
    """The last step of these verbs, none before another."""
    steps = f.steps.filter(verb__in=verbs).select_related("by")
    if after is not None:
        steps = steps.filter(pk__gt=after.pk)
    return steps.order_by("pk").last()


def _day_of(step: FindingStep | None) -> str:
    return in_full(timezone.localdate(step.at)) if step else BLANK_DAY
