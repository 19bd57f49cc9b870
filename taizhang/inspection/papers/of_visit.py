"""The papers of one unit (DOMAIN 7.2, 7.4, 7.5, 7.7, 7.8, 7.10), each from what is on record; what is not known stays blank."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils import timezone

from taizhang.inspection import later, looked, packing, scores
from taizhang.inspection.models import (
    Answer,
    Finding,
    RoundItem,
    Visit,
)
from taizhang.inspection.papers.parts import (
    BLANK,
    finding_table,
    name_of,
    organ,
    plan_of,
    planned_table,
    progress_told,
    team_told,
    when_told,
)
from taizhang.inspection.site_pack import to_ask
from taizhang.kernel.errors import WrongState
from taizhang.kernel.moments import told_at
from taizhang.orgs.models import PaperKind
from taizhang.papers.heads import headed
from taizhang.papers.official import Annex, Clause, Official, in_full, numeral
from taizhang.papers.paper import Form, Line, Note, Paper, Table
from taizhang.papers.wording import sentence, unended


def _machine(visit: Visit, item: RoundItem) -> list[str]:
    """What the machine says of a requirement, where its picture is frozen."""
    known = visit.pack.get("items", {}).get(str(item.no))
    return [f"系统核对：{packing.word_of(known)}"] if known else []


def checklist(visit: Visit) -> Paper:
    """督查检查表: the rows of annex 2 with what was found; blank for writing before the visit,
    and only then with the questions that the team asks: who signs it does not get them.
    """
    unit = visit.unit
    held: dict[int, Answer] = {
        a.item_id: a for a in visit.answers.filter(holds=True).order_by("made_at")
    }
    problems: dict[int, list[str]] = {}
    for f in visit.findings.exclude(
        standing__in=(Finding.Standing.DROPPED, Finding.Standing.CANCELLED)
    ):
        problems.setdefault(f.item_id or 0, []).append(_with_basis(f))
    photos = Counter(visit.photos.values_list("item_id", flat=True))
    items = list(unit.area.round.items.all())
    changed = later.by_no(later.told(visit.later.all()), items)
    ask = {} if visit.team_signed_at else to_ask(unit.area.round.catalogue)
    drawn = {one["no"]: _drawn(one) for one in visit.pack.get("sample", [])}
    rows = [
        [
            str(i.no), i.category, i.subcategory, i.title, "\n".join([i.requirement, *(f"问：{a.removeprefix('问：')}" for a in ask.get(i.catalogue_item, ())), *_machine(visit, i)]), _said(held.get(i.pk)), "\n".join(problems.get(i.pk, [])),
            f"照片{photos[i.pk]}张" if photos[i.pk] else "", _remark(held.get(i.pk), drawn.get(i.no, ""), changed[i.no]),
        ]
        for i in items
    ]  # fmt: skip
    came = "、".join(f"{a.post}{a.name}" for a in visit.attendees.all())
    head = Form(
        "督查检查表",
        [
            Line("督查批次", unit.area.round.title, wide=True), Line("片区", unit.area.name), Line("被督查党组织", unit.name),
            Line("参加人员", came), Line("时间地点", when_told(visit.session).replace("\n", "　")), Line("督查人员", team_told(visit).replace("\n", "　"), wide=True),
        ],
    )  # fmt: skip
    table = Table(
        "", ["序号", "大类", "小类", "台账内容", "台账要求", "检查情况", "存在问题", "佐证", "备注"], rows,
        [0.5, 0.9, 1.1, 1.6, 3.6, 1.2, 2.4, 0.7, 1.2],
    )  # fmt: skip
    good = "\n".join(h.text for h in visit.highlights.filter(gone_at__isnull=True))
    foot = Form(
        "", [Line("特色亮点", good, wide=True, high=14), Line("意见建议", visit.advice, wide=True, high=14)],
        ["督查人员签名", "被督查单位负责人签名", "日期"],
    )  # fmt: skip
    return Paper(
        "",
        blocks=[head, table, *_sampling(visit), foot],
        footer=f"{unit.name}　检查表",
        landscape=True,
    )


def _with_basis(finding: Finding) -> str:
    return (
        f"{finding.facts}（依据：{finding.basis.rstrip('。')}）" if finding.basis else finding.facts
    )


def _drawn(one: dict[str, Any]) -> str:
    return f"抽查：{one['kind']}{one.get('what', one['record'])}（本项{one['of']}条中随机）"


def _sampling(visit: Visit) -> list[Note]:
    """How the sample was drawn, so that anybody can draw it again."""
    plan = visit.pack.get("sampling", {})
    return [Note(f"随机抽查：{plan['method']}种子：{plan['seed']}")] if plan.get("method") else []


def _remark(answer: Answer | None, drawn: str, changed: list[later.Later]) -> str:
    """The note, the record drawn by lot, and what the branch changed after the machine had looked."""
    marks = [f"核对之后改动：{one.text}" for one in changed]
    note = answer.note if answer else ""
    return "\n".join([*filter(None, (note, drawn)), *marks])


def _said(answer: Answer | None) -> str:
    if answer is None:
        return ""
    how = f"\n（{answer.get_how_display()}）" if answer.how == Answer.How.SYSTEM else ""
    return f"{answer.get_verdict_display()}{how}"


def _shown(visit: Visit) -> list[Finding]:
    hidden = (Finding.Standing.DROPPED, Finding.Standing.CANCELLED)
    return list(
        visit.findings.exclude(standing__in=hidden)
        .select_related("item")
        .order_by("item__no", "pk")
    )


def consultation(visit: Visit) -> Paper:
    """会商记录."""
    leader = next((m.name for m in visit.unit.area.team.all() if m.role == "leader"), "")
    came = "、".join(
        f"{a.post}{a.name}{'' if a.present else f'（{a.told}）'}"
        for a in visit.attendees.all()
        if a.present or a.substitute or a.excuse
    )
    problems = "\n".join(f"{n}. {_with_basis(f)}" for n, f in enumerate(_shown(visit), start=1))
    good = "\n".join(
        f"{n}. {h.text}"
        for n, h in enumerate(visit.highlights.filter(gone_at__isnull=True), start=1)
    )
    signed = (
        f"{visit.team_signed_by.name}　{told_at(visit.team_signed_at)}"
        if visit.team_signed_by and visit.team_signed_at
        else ""
    )
    own = (
        f"{visit.branch_signed_by}　{told_at(visit.branch_signed_at)}"
        if visit.branch_signed_at
        else ""
    )
    lines = [
        Line("时间地点", when_told(visit.session).replace("\n", "　")), Line("主持人", leader), Line("记录人", ""), Line("督查组", team_told(visit).replace("\n", "　"), wide=True),
        Line("被督查党组织", f"{visit.unit.name}　{came}", wide=True), Line("一、肯定的成绩和经验", visit.achievements, wide=True, high=20),
        Line("二、特色亮点", good, wide=True, high=14), Line("三、存在的问题", problems, wide=True, high=30),
        Line("四、意见建议和改进措施", visit.advice, wide=True, high=24), Line("五、被督查党组织意见", visit.own_words, wide=True, high=18),
        *_unseen(visit), Line("督查组确认", signed), Line("被督查党组织确认", own),
    ]  # fmt: skip
    return Paper(
        "",
        blocks=[
            Form("会商记录", lines, ["督查组组长签名", "日期", "被督查单位负责人签名", "日期"])
        ],
        footer=visit.unit.area.round.title,
    )


def _unseen(visit: Visit) -> list[Line]:
    """What the team confirmed without having seen it, and why."""
    if not visit.unseen_reason:
        return []
    told = f"{'；'.join(looked.unseen(visit))}。原因：{visit.unseen_reason}"
    return [Line("六、未查阅的情况", told, wide=True, high=14)]


def unit_findings(visit: Visit) -> Paper:
    """问题清单 of one unit."""
    found = [f for f in _shown(visit) if f.standing in Finding.ISSUED]
    return Paper(
        "督查问题清单",
        visit.unit.name,
        blocks=[finding_table(found)],
        footer=visit.unit.area.round.title,
        landscape=True,
    )


def plan(visit: Visit) -> Official:
    """整改方案 of the branch."""
    listed = [f for f in _shown(visit) if f.standing in Finding.ISSUED]
    if not listed:
        raise WrongState("没有反馈需要整改的问题，不需要整改方案。")
    name = name_of(visit, timezone.localdate())
    leaders = list(
        dict.fromkeys(p.leader_name for f in listed if (p := plan_of(f)) and p.leader_name)
    )
    led = (
        f"由{'、'.join(leaders)}负责，支部书记为第一责任人。"
        if leaders
        else "支部书记为第一责任人。"
    )
    body = [
        Clause("一、总体要求", 1), Clause("对照督查反馈意见，逐条整改，举一反三，建立长效机制。"),
        Clause("二、组织领导", 1), Clause(led),
        Clause("三、整改任务", 1), *(clause for n, f in enumerate(listed, start=1) for clause in _task(n, f)),
        Clause("四、工作要求", 1), Clause("按时限完成，及时报送进展和佐证材料。"),
    ]  # fmt: skip
    annex = Annex("整改台账", [planned_table(listed)], landscape=True)
    paper = Official(
        f"{name}关于督查反馈问题的整改方案", "", body, name, None,
        attachments=[annex.title], annexes=[annex],
    )  # fmt: skip
    return headed(paper, PaperKind.PLAN, visit.unit.organisation)


def _task(n: int, f: Finding) -> list[Clause]:
    """A problem and what its plan says; a plan that is not there is not told."""
    made = plan_of(f)
    told = "整改方案尚未提交。"
    if made:
        told = "".join(
            [
                f"整改目标：{sentence(made.target)}" if made.target.strip() else "",
                f"整改措施：{sentence(made.measure)}",
                f"责任领导：{made.leader_name}；责任人：{made.responsible_name}；时限：{in_full(made.deadline)}。",
            ]
        )
    return [Clause(f"（{numeral(n)}）{unended(f.facts)}", 2), Clause(told)]


def report(visit: Visit) -> Official:
    """整改情况报告 of the branch."""
    listed = [f for f in _shown(visit) if f.standing in Finding.ISSUED]
    if not listed:
        raise WrongState("没有反馈需要整改的问题，不需要整改报告。")
    today = timezone.localdate()
    name = name_of(visit, today)
    planned = sum(plan_of(f) is not None for f in listed)
    closed = [f for f in listed if f.standing == Finding.Standing.CLOSED]
    left = [f for f in listed if f.standing != Finding.Standing.CLOSED]
    made = f"已对其中{planned}个制定整改措施，" if planned else ""
    body = [
        Clause("一、整改工作组织情况", 1), Clause(f"督查组共反馈问题{len(listed)}个，{made}已销号{len(closed)}个。"),
        Clause("二、问题整改落实情况", 1),
        *[Clause(f"{n}. {sentence(f.facts)}{_result(f)}", 3) for n, f in enumerate(listed, start=1)],
        Clause("三、未完成事项及下一步", 1),
        *([Clause(f"{n}. {_to_do(f)}", 3) for n, f in enumerate(left, start=1)] or [Clause("已全部销号。")]),
        Clause("四、长效机制", 1), Clause(BLANK * 3),
        Clause("以上情况属实，支部书记签字：　　　　　　"),
    ]  # fmt: skip
    superior = visit.unit.organisation.parent if visit.unit.organisation else None
    to = superior.full_name_on(today) if superior else organ(visit.unit.area.round, today)
    paper = Official(f"{name}关于督查反馈问题整改情况的报告", f"{to}：", body, name, None)
    return headed(paper, PaperKind.REPORT, visit.unit.organisation)


def _result(f: Finding) -> str:
    made = plan_of(f)
    told = f"整改情况：{sentence(made.result)}" if made and made.result.strip() else ""
    return f"{told}状态：{progress_told(f)}。"


def _to_do(f: Finding) -> str:
    return (
        f"{unended(f.facts)}（{in_full(f.deadline)}前完成）。" if f.deadline else sentence(f.facts)
    )


def score_table(visit: Visit) -> Paper:
    """评分表 (DOMAIN 7.3): the unit's own points beside the team's, for people to look at."""
    found = scores.score_sheet(visit)
    rows = [
        [
            str(line.item.no), line.item.category, line.item.title, scores.told(line.points), "一般0.5、较严重1、严重2，扣完为止",
            scores.told(line.self_points), scores.told(line.got) if line.applies else "不适用", "\n".join(line.reasons),
        ]
        for line in found.lines
    ]  # fmt: skip
    rows.append(
        [
            "",
            "合计",
            "按适用项目折算",
            "100",
            "",
            scores.told(found.self_total),
            scores.told(found.total),
            "",
        ]
    )
    table = Table(
        f"{visit.unit.name}督查评分表", ["序号", "考核项目", "考核内容", "分值", "评分标准（扣分办法）", "自评分", "考核得分", "扣分原因"], rows,
        [0.5, 1, 2.4, 0.6, 1.8, 0.7, 0.8, 2.6],
    )  # fmt: skip
    return Paper("", blocks=[table], footer=visit.unit.area.round.title, landscape=True)
