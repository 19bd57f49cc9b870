"""The papers of a round (DOMAIN 7.1–7.10), each from what is on record; what is not known stays blank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from taizhang.inspection.models import (
    Answer,
    Finding,
    Highlight,
    Rectification,
    Round,
    RoundSession,
    Visit,
)
from taizhang.kernel.calendar import clock
from taizhang.kernel.errors import WrongState
from taizhang.papers.official import Annex, Clause, Official, in_full, numeral
from taizhang.papers.paper import Form, Line, Note, Paper, Table

_BLANK = "　　　　"
_BLANK_DAY = "　　年　月　日"


def _day(day: date | None) -> str:
    return in_full(day) if day else _BLANK_DAY


def _team(visit_or_area: Visit | object) -> str:
    area = visit_or_area.unit.area if isinstance(visit_or_area, Visit) else visit_or_area
    members = list(area.team.all())  # type: ignore[attr-defined]
    parts = []
    for role, label in (("leader", "组长"), ("deputy", "副组长"), ("member", "组员")):
        names = [m.name for m in members if m.role == role]
        if names:
            parts.append(f"{label}：{'、'.join(names)}")
    return "\n".join(parts)


def _when(session: RoundSession | None) -> str:
    if session is None:
        return ""
    hours = "—".join(filter(None, (clock(session.starts_at), clock(session.ends_at))))
    return f"{_day(session.date)} {hours}\n{session.venue}".strip()


def _organ(opened: Round) -> str:
    return opened.issuer or "局党委"


# -- of a round ---------------------------------------------------------------------------------------------------


def notice(opened: Round) -> Official:
    """督查通知 with both annexes."""
    period = (
        f"{opened.period_from.year}—{opened.period_to.year}年"
        if opened.period_from and opened.period_to
        else ""
    )
    units = sum(len(area.units.all()) for area in opened.areas.all())
    body = [
        Clause("为全面了解基层党建工作情况，推动问题整改，经研究，决定开展本次督查。具体通知如下："),
        Clause("一、督查时间及对象", 1),
        Clause(f"{_day(opened.starts_on)}至{_day(opened.ends_on)}，对{units}个基层党组织分片区集中督查，具体安排见附件1。"),
        Clause("二、督查方式", 1),
        *(_listed(opened.methods) or [Clause("分片区集中查阅台账，明确工作要求，开展工作会商。")]),
        Clause("三、督查内容", 1),
        Clause(f"{period}基层党建各项工作，台账要求见附件2。"
               + (f"重点是：{'、'.join(opened.focus)}。" if opened.focus else "")),
        Clause("四、工作要求", 1),
        *(_listed(opened.demands) or [Clause("被督查党组织由书记和负责台账的工作人员参加，并将本支部台账资料带至督查点。")]),
    ]  # fmt: skip
    if opened.contact_office or opened.contact_person:
        body.append(
            Clause(
                f"联系科室：{opened.contact_office}　联系人：{opened.contact_person}　电话：{opened.contact_phone}"
            )
        )
    to = "、".join(opened.addressees) if opened.addressees else "局属各基层党组织"
    annexes = [
        Annex("督查片区安排表", [_areas(opened)], landscape=True),
        Annex("督查台账要求", [_items(opened)], landscape=True),
    ]
    return Official(
        opened.title, f"{to.rstrip('：:')}：", body, _organ(opened), opened.issued_on, number=opened.number,
        attachments=[annex.title for annex in annexes], annexes=annexes,
    )  # fmt: skip


def _listed(texts: list[str]) -> list[Clause]:
    return [Clause(f"{n}. {text}", 3) for n, text in enumerate(texts, start=1)]


def _areas(opened: Round) -> Table:
    rows = []
    for area in opened.areas.prefetch_related("units", "sessions", "team"):
        units = "、".join(
            u.name + (f"（含{'、'.join(u.includes)}）" if u.includes else "")
            for u in area.units.all()
        )
        whens = "\n".join(_when(session) for session in area.sessions.all())
        rows.append([area.name, units, whens, _team(area)])
    return Table("", ["片区", "被督查党组织", "督查时间地点", "督查组"], rows, [1, 4, 2, 2.4])


def _items(opened: Round) -> Table:
    rows = [
        [str(i.no), i.category, i.subcategory, i.title, i.requirement] for i in opened.items.all()
    ]
    return Table("", ["序号", "大类", "小类", "内容", "台账要求"], rows, [0.5, 1.2, 1.6, 2.4, 6])


def sessions(opened: Round) -> Paper:
    """场次表: who is due when, with room for signatures."""
    blocks: list[Table | Form | Note] = []
    for area in opened.areas.prefetch_related("sessions", "team"):
        for session in area.sessions.all():
            visits = (
                session.visits.select_related("unit")
                .prefetch_related("attendees")
                .order_by("planned_at", "unit__order")
            )
            rows = [
                [
                    str(n),
                    clock(v.planned_at),
                    v.unit.name,
                    "\n".join(f"{a.post}　{a.name}" for a in v.attendees.all()),
                    "",
                    "",
                ]
                for n, v in enumerate(visits, start=1)
            ]
            title = f"{area.name}　{_when(session)}".replace("\n", "　")
            blocks.append(
                Table(
                    title,
                    ["序号", "时间", "单位", "应到人员", "到场签名", "备注"],
                    rows,
                    [0.5, 0.8, 2, 2.4, 2.4, 1.4],
                    high=10,
                )
            )
            blocks.append(Note(_team(area).replace("\n", "　　")))
    return Paper("督查场次表", opened.title, blocks=list(blocks), footer=opened.title)


_FINDING_HEAD = [
    "序号", "被督查党组织", "问题类别", "问题具体表现", "涉及台账", "依据", "严重程度", "整改类型", "整改时限", "责任人", "备注",
]  # fmt: skip
_FINDING_WIDTHS = [0.5, 1.3, 1.1, 3.6, 1.5, 1.8, 0.8, 0.9, 1.1, 0.8, 1.4]


def _issued(opened: Round) -> list[Finding]:
    found = Finding.objects.filter(visit__unit__area__round=opened, standing__in=Finding.ISSUED)
    return list(
        found.select_related(
            "visit__unit__area", "item", "rectification__verified_by", "visit__letter"
        )
        .prefetch_related("files__file", "progress")
        .order_by("visit__unit__area__order", "visit__unit__order", "number")
    )


def _plan_of(finding: Finding) -> Rectification | None:
    return finding.rectification if hasattr(finding, "rectification") else None


def _finding_row(n: int, f: Finding) -> list[str]:
    plan = _plan_of(f)
    again = "上轮问题未整改到位" if f.repeat_of_id else ""
    return [
        str(n), f.visit.unit.name, f.item.category if f.item else "", f.facts, f"{f.item.catalogue_item} {f.item.title}".strip() if f.item else "",
        f.basis, f.get_severity_display(), f.get_manner_display(), f"{f.deadline or ''}", plan.responsible_name if plan else "",
        again or f.number,
    ]  # fmt: skip


def _finding_table(found: list[Finding]) -> Table:
    return Table(
        "",
        _FINDING_HEAD,
        [_finding_row(n, f) for n, f in enumerate(found, start=1)],
        _FINDING_WIDTHS,
    )


def findings(opened: Round) -> Paper:
    """问题清单."""
    return Paper(
        "督查问题清单",
        opened.title,
        blocks=[_finding_table(_issued(opened))],
        footer=opened.title,
        landscape=True,
    )


_LEDGER_HEAD = [
    "序号", "反馈问题", "具体表现", "整改措施", "责任领导", "责任人", "整改时限", "整改进展（完成情况）", "佐证材料", "是否完成", "核查人", "核查意见", "销号日期",
]  # fmt: skip
_LEDGER_WIDTHS = [0.5, 1.4, 2.4, 2.2, 0.8, 0.8, 1, 2, 1.2, 0.7, 0.8, 1.2, 1]


def _ledger_row(n: int, f: Finding) -> list[str]:
    plan = _plan_of(f)
    told = plan.result if plan and plan.result else "；".join(p.text for p in f.progress.all())
    evidence = "、".join(f"{one.get_stage_display()}：{one.file.name}" for one in f.files.all())
    who = plan.verified_by.name if plan and plan.verified_by else ""
    return [
        str(n), f"{f.visit.unit.name}\n{f.number}", f.facts, plan.measure if plan else "", plan.leader_name if plan else "",
        plan.responsible_name if plan else "", f"{(plan.deadline if plan else f.deadline) or ''}", told, evidence,
        f.get_standing_display(), who, plan.opinion if plan else "", f"{plan.closed_on or ''}" if plan else "",
    ]  # fmt: skip


def closing_ledger(opened: Round) -> Paper:
    """整改台账（销号台账）."""
    rows = [_ledger_row(n, f) for n, f in enumerate(_issued(opened), start=1)]
    return Paper(
        "督查问题整改台账",
        opened.title,
        blocks=[Table("", _LEDGER_HEAD, rows, _LEDGER_WIDTHS)],
        footer=opened.title,
        landscape=True,
    )


def circular(opened: Round, *, named: bool = True) -> Official:
    """督查情况通报; without names as “部分支部”, “个别支部”."""
    found = _issued(opened)
    visits = Visit.objects.filter(unit__area__round=opened, letter__isnull=False).count()
    closed = sum(f.standing == Finding.Standing.CLOSED for f in found)
    kinds = Counter(f.item.category if f.item else "其他" for f in found)
    parts = "，".join(f"{name}{n}个" for name, n in kinds.most_common())
    told = f"（{parts}）" if parts else ""
    rate = f"，已销号{closed}个，占{closed * 1000 // len(found) / 10}%" if found else ""
    good = list(
        Highlight.objects.filter(visit__unit__area__round=opened, gone_at__isnull=True)
        .exclude(standing=Highlight.Standing.DRAFT).select_related("visit__unit")[:20]
    )  # fmt: skip
    body = [
        Clause(f"根据工作安排，{_day(opened.starts_on)}至{_day(opened.ends_on)}，局党委组织督查组开展了督查。现将有关情况通报如下："),
        Clause("一、总体情况", 1),
        Clause(f"本次督查共检查{visits}个党组织，反馈问题{len(found)}个{told}{rate}。"),
        Clause("二、主要做法和亮点", 1),
        *([Clause(f"{n}. {h.visit.unit.name if named else '有的支部'}：{h.text}", 3) for n, h in enumerate(good, start=1)] or [Clause("（由组织科填写）")]),
        Clause("三、存在问题", 1),
        *(_common(found, named=named) or [Clause("未发现需要通报的问题。")]),
        Clause("四、整改要求", 1),
        Clause("各党组织要对照问题举一反三，主要负责人为第一责任人，按时限报送整改方案和整改报告。"),
    ]  # fmt: skip
    return Official(
        f"关于{_subject(opened)}情况的通报", "局属各基层党组织：", body, _organ(opened), None
    )


def _subject(opened: Round) -> str:
    return opened.title.removeprefix("关于").removeprefix("开展").removesuffix("的通知")


def _common(found: list[Finding], *, named: bool) -> list[Clause]:
    """By requirement, the most frequent first; how many units it is says 一些, 部分 or 个别."""
    groups: dict[str, list[Finding]] = {}
    for f in found:
        groups.setdefault(f.item.title if f.item else "其他", []).append(f)
    total = len({f.visit_id for f in found})
    clauses = []
    for n, (title, listed) in enumerate(sorted(groups.items(), key=lambda g: -len(g[1])), start=1):
        units = list(dict.fromkeys(f.visit.unit.name for f in listed))
        if named:
            who = "、".join(units[:5]) + (f"等{len(units)}个支部" if len(units) > 5 else "")
        else:
            who = (
                "一些支部"
                if len(units) * 2 >= total
                else "部分支部"
                if len(units) > 2
                else "个别支部"
            )
        clauses.append(
            Clause(
                f"{n}. {title}：{who}{listed[0].facts.rstrip('。') if named else '存在不规范的情况'}。",
                3,
            )
        )
    return clauses


def anonymous_circular(opened: Round) -> Official:
    """督查情况通报 without names."""
    return circular(opened, named=False)


# -- of one unit --------------------------------------------------------------------------------------------------


def checklist(visit: Visit) -> Paper:
    """督查检查表: the rows of annex 2 with what was found; blank for writing before the visit."""
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
    rows = [
        [
            str(i.no), i.category, i.subcategory, i.title, i.requirement, _said(held.get(i.pk)), "\n".join(problems.get(i.pk, [])),
            f"照片{photos[i.pk]}张" if photos[i.pk] else "", held[i.pk].note if i.pk in held else "",
        ]
        for i in unit.area.round.items.all()
    ]  # fmt: skip
    came = "、".join(f"{a.post}{a.name}" for a in visit.attendees.all())
    head = Form(
        "督查检查表",
        [
            Line("督查批次", unit.area.round.title, wide=True), Line("片区", unit.area.name), Line("被督查党组织", unit.name),
            Line("参加人员", came), Line("时间地点", _when(visit.session).replace("\n", "　")), Line("督查人员", _team(visit).replace("\n", "　"), wide=True),
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
        Line("时间地点", _when(visit.session).replace("\n", "　")), Line("主持人", leader), Line("督查组", _team(visit).replace("\n", "　"), wide=True),
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
        Clause(f"根据督查工作安排，{_day(session_day)}，局党委督查组对你支部进行了督查。现将有关情况反馈如下："),
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
        f"关于对{name}基层党建工作督查情况的反馈意见", f"{name}：", body, _organ(visit.unit.area.round), found.issued_on,
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
        blocks=[_finding_table(found)],
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
        _organ(visit.unit.area.round),
        found.issued_on,
        number=f"督改〔{found.issued_on.year}〕　号",
        receipt=receipt,
    )


def plan(visit: Visit) -> Official:
    """整改方案 of the branch."""
    name = visit.unit.organisation.full_name if visit.unit.organisation else visit.unit.name
    listed = [f for f in _shown(visit) if f.standing in Finding.ISSUED]
    leaders = list(
        dict.fromkeys(p.leader_name for f in listed if (p := _plan_of(f)) and p.leader_name)
    )
    tasks: list[Clause] = []
    for n, f in enumerate(listed, start=1):
        made = _plan_of(f)
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
        Clause("二、组织领导", 1), Clause(f"由{'、'.join(leaders) or _BLANK}负责，支部书记为第一责任人。"),
        Clause("三、整改任务", 1), *(tasks or [Clause("无。")]),
        Clause("四、工作要求", 1), Clause("按时限完成，及时报送进展和佐证材料。"),
    ]  # fmt: skip
    rows = [_ledger_row(n, f) for n, f in enumerate(listed, start=1)]
    annex = Annex("整改台账", [Table("", _LEDGER_HEAD, rows, _LEDGER_WIDTHS)], landscape=True)
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
        made = _plan_of(f)
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


OF_ROUND: dict[str, tuple[str, Callable[[Round], Paper | Official]]] = {
    "notice": ("督查通知", notice),
    "sessions": ("场次表", sessions),
    "findings": ("问题清单", findings),
    "closing-ledger": ("销号台账", closing_ledger),
    "circular": ("情况通报", circular),
    "circular-anonymous": ("情况通报（不点名）", anonymous_circular),
}
OF_VISIT: dict[str, tuple[str, Callable[[Visit], Paper | Official]]] = {
    "checklist": ("检查表", checklist),
    "consultation": ("会商记录", consultation),
    "letter": ("反馈意见", letter),
    "findings": ("问题清单", unit_findings),
    "rectification-notice": ("整改通知书", rectification_notice),
    "plan": ("整改方案", plan),
    "report": ("整改报告", report),
}
