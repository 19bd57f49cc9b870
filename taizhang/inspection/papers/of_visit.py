"""The papers of one unit (DOMAIN 7.2, 7.4, 7.5, 7.7, 7.8, 7.10), each from what is on record; what is not known stays blank."""

from __future__ import annotations

from collections import Counter

from taizhang.inspection import later, packing, scores
from taizhang.inspection.models import (
    Answer,
    Finding,
    RoundItem,
    Visit,
)
from taizhang.inspection.papers.parts import (
    BLANK,
    closing_table,
    day_told,
    finding_table,
    organ,
    plan_of,
    team_told,
    when_told,
)
from taizhang.inspection.site_pack import to_ask
from taizhang.kernel.errors import WrongState
from taizhang.papers.official import Annex, Clause, Official, in_full, numeral
from taizhang.papers.paper import Form, Line, Paper, Table


def _machine(visit: Visit, item: RoundItem) -> list[str]:
    """What the machine says of a requirement, where its picture is frozen."""
    known = visit.pack.get("items", {}).get(str(item.no))
    return [f"系统核对：{packing.word_of(known)}"] if known else []


def checklist(visit: Visit) -> Paper:
    """督查检查表: the rows of annex 2 with what only a person can judge and what was found; blank for writing before the visit."""
    unit = visit.unit
    held: dict[int, Answer] = {
        a.item_id: a for a in visit.answers.filter(holds=True).order_by("made_at")
    }
    problems: dict[int, list[str]] = {}
    for f in visit.findings.exclude(
        standing__in=(Finding.Standing.DROPPED, Finding.Standing.CANCELLED)
    ):
        problems.setdefault(f.item_id or 0, []).append(f.facts)
    photos = Counter(visit.photos.values_list("item_id", flat=True))
    items = list(unit.area.round.items.all())
    changed = later.by_no(later.told(visit.later.all()), items)
    ask = to_ask(unit.area.round.catalogue)
    rows = [
        [
            str(i.no), i.category, i.subcategory, i.title, "\n".join([i.requirement, *(f"问：{a}" for a in ask.get(i.catalogue_item, ())), *_machine(visit, i)]), _said(held.get(i.pk)), "\n".join(problems.get(i.pk, [])),
            f"照片{photos[i.pk]}张" if photos[i.pk] else "", _remark(held.get(i.pk), changed[i.no]),
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
    return Paper("", blocks=[head, table, foot], footer=f"{unit.name}　检查表", landscape=True)


def _remark(answer: Answer | None, changed: list[later.Later]) -> str:
    """The note, and what the branch changed after the machine had looked."""
    marks = [f"核对之后改动：{one.text}" for one in changed]
    return "\n".join([*([answer.note] if answer and answer.note else []), *marks])


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
    came = "、".join(f"{a.post}{a.name}" for a in visit.attendees.all() if a.present)
    problems = "\n".join(f"{n}. {f.facts}" for n, f in enumerate(_shown(visit), start=1))
    good = "\n".join(
        f"{n}. {h.text}"
        for n, h in enumerate(visit.highlights.filter(gone_at__isnull=True), start=1)
    )
    signed = (
        f"{visit.team_signed_by.name}　{visit.team_signed_at:%Y-%m-%d %H:%M}"
        if visit.team_signed_by and visit.team_signed_at
        else ""
    )
    own = (
        f"{visit.branch_signed_by}　{visit.branch_signed_at:%Y-%m-%d %H:%M}"
        if visit.branch_signed_at
        else ""
    )
    lines = [
        Line("时间地点", when_told(visit.session).replace("\n", "　")), Line("主持人", leader), Line("督查组", team_told(visit).replace("\n", "　"), wide=True),
        Line("被督查党组织", f"{visit.unit.name}　{came}", wide=True), Line("一、肯定的成绩和经验", visit.achievements, wide=True, high=20),
        Line("二、特色亮点", good, wide=True, high=14), Line("三、存在的问题", problems, wide=True, high=30),
        Line("四、意见建议和改进措施", visit.advice, wide=True, high=24), Line("五、被督查党组织意见", visit.own_words, wide=True, high=18),
        Line("督查组确认", signed), Line("被督查党组织确认", own),
    ]  # fmt: skip
    return Paper(
        "",
        blocks=[Form("会商记录", lines, ["督查组组长签名", "被督查单位负责人签名"])],
        footer=visit.unit.area.round.title,
    )


def letter(visit: Visit) -> Official:
    """督查反馈意见 with its receipt; as it was issued, what came later is shown as later."""
    found = getattr(visit, "letter", None)
    if found is None:
        raise WrongState("还没有反馈，不能出具反馈意见；请先确认会商。")
    frozen = found.frozen
    name = visit.unit.organisation.full_name if visit.unit.organisation else visit.unit.name
    session_day = visit.session.date if visit.session else visit.unit.area.round.starts_on
    problems = [Clause(f"{n}. {_told(f)}", 3) for n, f in enumerate(frozen["findings"], start=1)]
    good = frozen["achievements"].strip() or "能够按照要求开展工作，建立台账。"
    if frozen["highlights"]:
        good = f"{good.rstrip('。')}。特色亮点：{'；'.join(frozen['highlights'])}。"
    body = [
        Clause(f"根据督查工作安排，{day_told(session_day)}，局党委督查组对你支部进行了督查。现将有关情况反馈如下："),
        Clause("一、总体情况", 1), Clause(good),
        Clause("二、存在的主要问题", 1), *(problems or [Clause("本次督查未发现需要反馈的问题。")]),
        Clause("三、整改意见建议", 1), Clause(frozen["advice"].strip() or "请对照台账要求逐项自查，举一反三。"),
        Clause("四、整改要求", 1),
        Clause(
            f"请于{in_full(found.plan_due_on)}前报送整改方案，{in_full(found.report_due_on)}前报送整改报告。主要负责人为第一责任人。"
        ),
    ]  # fmt: skip
    receipt = [
        Line("签收人", found.signed_by), Line("签收日期", f"{found.signed_at:%Y-%m-%d}" if found.signed_at else ""),
    ]  # fmt: skip
    return Official(
        f"关于对{name}基层党建工作督查情况的反馈意见", f"{name}：", body, organ(visit.unit.area.round), found.issued_on,
        number=found.number, receipt=receipt,
    )  # fmt: skip


def _told(found: dict[str, str]) -> str:
    """Fact, basis, nature and deadline of a finding as it was issued."""
    severity = dict(Finding.Severity.choices).get(found["severity"], found["severity"])
    basis = f"依据：{found['basis'].rstrip('。')}。" if found["basis"] else ""
    return f"{found['facts'].rstrip('。')}。{basis}（{severity}，{found['deadline']}前整改）"


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


def rectification_notice(visit: Visit) -> Official:
    """整改通知书 with its 回执."""
    found = getattr(visit, "letter", None)
    if found is None:
        raise WrongState("还没有反馈，不能出具整改通知书。")
    name = visit.unit.organisation.full_name if visit.unit.organisation else visit.unit.name
    listed = [f for f in _shown(visit) if f.standing in Finding.OPEN]
    body = [
        Clause("经督查，发现你支部存在下列问题："),
        *[Clause(f"{n}. {f.facts.rstrip('。')}（{f.get_manner_display()}，{f.deadline}前）。", 3) for n, f in enumerate(listed, start=1)],
        Clause(f"请认真整改，于{in_full(found.report_due_on)}前整改完毕，并报送整改方案、整改报告及佐证材料。"),
    ]  # fmt: skip
    receipt = [
        Line("签收人", ""),
        Line("签收日期", ""),
        Line("联系电话", ""),
        Line("单位（盖章）", ""),
    ]
    return Official(
        "整改通知书",
        f"{name}：",
        body,
        organ(visit.unit.area.round),
        found.issued_on,
        number=f"督改〔{found.issued_on.year}〕　号",
        receipt=receipt,
    )


def plan(visit: Visit) -> Official:
    """整改方案 of the branch."""
    name = visit.unit.organisation.full_name if visit.unit.organisation else visit.unit.name
    listed = [f for f in _shown(visit) if f.standing in Finding.ISSUED]
    leaders = list(
        dict.fromkeys(p.leader_name for f in listed if (p := plan_of(f)) and p.leader_name)
    )
    tasks: list[Clause] = []
    for n, f in enumerate(listed, start=1):
        made = plan_of(f)
        tasks.append(Clause(f"（{numeral(n)}）{f.facts.rstrip('。')}", 2))
        tasks.append(
            Clause(
                f"整改目标：{made.target or '问题整改到位'}。整改措施：{made.measure.rstrip('。')}。责任领导：{made.leader_name}；"
                f"责任人：{made.responsible_name}；时限：{in_full(made.deadline)}。"
                if made
                else "整改方案尚未提交。"
            )
        )
    body = [
        Clause("一、总体要求", 1), Clause("对照督查反馈意见，逐条整改，举一反三，建立长效机制。"),
        Clause("二、组织领导", 1), Clause(f"由{'、'.join(leaders) or BLANK}负责，支部书记为第一责任人。"),
        Clause("三、整改任务", 1), *(tasks or [Clause("无。")]),
        Clause("四、工作要求", 1), Clause("按时限完成，及时报送进展和佐证材料。"),
    ]  # fmt: skip
    annex = Annex("整改台账", [closing_table(listed)], landscape=True)
    return Official(
        f"{name}关于督查反馈问题的整改方案",
        "",
        body,
        name,
        None,
        attachments=[annex.title],
        annexes=[annex],
    )


def report(visit: Visit) -> Official:
    """整改情况报告 of the branch."""
    name = visit.unit.organisation.full_name if visit.unit.organisation else visit.unit.name
    listed = [f for f in _shown(visit) if f.standing in Finding.ISSUED]
    closed = [f for f in listed if f.standing == Finding.Standing.CLOSED]
    left = [f for f in listed if f.standing != Finding.Standing.CLOSED]
    done: list[Clause] = []
    for n, f in enumerate(listed, start=1):
        made = plan_of(f)
        result = made.result if made and made.result else "正在整改"
        done.append(
            Clause(
                f"{n}. {f.facts.rstrip('。')}。整改情况：{result.rstrip('。')}。（{f.get_standing_display()}）",
                3,
            )
        )
    body = [
        Clause("一、整改工作组织情况", 1), Clause(f"收到反馈意见后，支部研究制定整改方案，明确责任人和时限。共反馈问题{len(listed)}个，已销号{len(closed)}个。"),
        Clause("二、问题整改落实情况", 1), *(done or [Clause("无。")]),
        Clause("三、未完成事项及下一步", 1),
        *([Clause(f"{n}. {f.facts.rstrip('。')}，{f.deadline}前完成。", 3) for n, f in enumerate(left, start=1)] or [Clause("已全部完成。")]),
        Clause("四、长效机制", 1), Clause("完善制度，落实专人，定期自查。"),
        Clause("以上情况属实，支部书记签字：　　　　　　"),
    ]  # fmt: skip
    superior = visit.unit.organisation.parent if visit.unit.organisation else None
    return Official(
        f"{name}关于督查反馈问题整改情况的报告",
        f"{superior.full_name if superior else '局党委'}：",
        body,
        name,
        None,
    )


def score_table(visit: Visit) -> Paper:
    """评分表 (DOMAIN 7.3): the unit's own points beside the team's, for people to look at."""
    if not visit.unit.area.round.scored:
        raise WrongState("这一轮不计分。")
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
