"""The papers of one unit (DOMAIN 7.2, 7.4, 7.5, 7.7, 7.8, 7.10), each from what is on record; what
is not known stays blank.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils import timezone

from taizhang.inspection import later, scores
from taizhang.inspection.models import (
    Answer,
    Finding,
    RoundItem,
    Visit,
)
from taizhang.inspection.papers.parts.shared import team_told
from taizhang.inspection.papers.parts.times import day_of_week, moment_told, span_told
from taizhang.inspection.site import explained, packing, seen
from taizhang.inspection.site.pack import to_ask
from taizhang.papers.marks import mark as marks
from taizhang.papers.paper import Form, Line, Note, Paper, Table
from taizhang.papers.wording import unended


def checklist(visit: Visit) -> Paper:
    """督查检查表 for the unit: the rows of annex 2 with what was found, and room to sign."""
    return _checklist(visit, team=False)


def team_checklist(visit: Visit) -> Paper:
    """The same for the team, with what it asks, what the ledgers show, and what was changed after
    that. Never for the unit.
    """
    return _checklist(visit, team=True)


def _checklist(visit: Visit, *, team: bool) -> Paper:
    unit = visit.unit
    held: dict[int, Answer] = {
        a.item_id: a for a in visit.answers.filter(holds=True).order_by("made_at")
    }
    problems: dict[int, list[str]] = {}
    for f in _shown(visit):
        problems.setdefault(f.item_id or 0, []).append(_with_basis(f))
    photos = Counter(visit.photos.values_list("item_id", flat=True))
    items = list(unit.area.round.items.all())
    hints = _hints(visit, items) if team else {}
    drawn = _drawn(visit)
    rows = [
        [
            str(i.no),
            i.category,
            i.subcategory,
            i.title,
            "\n".join([i.requirement, *hints.get(i.no, [])]).strip(),
            _said(held.get(i.pk)),
            _numbered(problems.get(i.pk, [])),
            f"照片{photos[i.pk]}张" if photos[i.pk] else "",
            "\n".join(
                [
                    *([held[i.pk].note] if i.pk in held and held[i.pk].note else []),
                    *drawn.get(i.no, []),
                ]
            ),
        ]
        for i in items
    ]
    other = [["", "", "", "其他", "", "", _numbered(problems[0]), "", ""]] if 0 in problems else []
    day = visit.session.date if visit.session else None
    head = Form(
        f"督查检查表{'（督查组用）' if team else ''}",
        [
            Line("督查轮次", unit.area.round.subject, wide=True),
            Line("片区", unit.area.name),
            Line("被督查党组织", unit.name),
            Line("督查时间", _held(visit) or day_of_week(day)),
            Line("督查地点", visit.session.venue if visit.session else ""),
            Line("参加人员", came(visit), wide=True),
            Line("督查人员", team_told(visit).replace("\n", "　"), wide=True),
        ],
    )
    table = Table(
        "",
        ["序号", "大类", "小类", "台账内容", "台账要求", "检查情况", "存在问题", "佐证", "备注"],
        [*rows, *other],
        [0.5, 0.9, 1.1, 1.7, 3.8, 0.9, 2.4, 0.7, 1.2],
        merged=[1, 2],
        foot=f"{UNREAD} 据台账登记认可，未逐项查阅。"
        if any(row[5].endswith(UNREAD) for row in rows)
        else "",
    )
    foot = Form(
        "",
        [
            Line("特色亮点", _numbered(_good(visit)), wide=True, high=14),
            Line("意见建议", visit.advice, wide=True, high=14),
        ],
        ["督查人员签名", "日期", "被督查单位负责人签名", "日期"],
    )
    return Paper(
        "",
        blocks=[head, table, *(_sampling(visit) if team else []), foot],
        footer=f"{unit.name}　检查表",
        landscape=True,
        mark=marks.of_checklist(visit.pk, unit.organisation),
    )


def _hints(visit: Visit, items: list[RoundItem]) -> dict[int, list[str]]:
    """Requirement → what only the team reads of it."""
    asked = to_ask(visit.unit.area.round.catalogue)
    changed = later.by_no(later.told(visit.later.all()), items)
    known, said = visit.pack.get("items", {}), explained.of_visits([visit])
    found = {}
    for i in items:
        told = [f"问：{one.removeprefix('问：')}" for one in asked.get(i.catalogue_item, ())]
        if shown := known.get(str(i.no)):
            told.append(f"台账登记情况：{packing.word_of(shown)}")
            told += [f"支部说明：{one}" for one in _explained(shown["reasons"], said)]
        told += [f"登记情况统计之后改动：{one.text}" for one in changed[i.no]]
        found[i.no] = told
    return found


def _explained(reasons: list[dict[str, Any]], said: explained.Said) -> list[str]:
    """What the branch says of what the machine found, with what it is said of."""
    return [
        f"{'；'.join(told)}（对“{unended(reason['text'])}”）"
        for reason in reasons
        if (told := explained.of_reason(reason, said))
    ]


def _with_basis(finding: Finding) -> str:
    facts, basis = unended(finding.facts), unended(finding.basis)
    return f"{facts}（依据：{basis}）" if basis else facts


def _numbered(told: list[str]) -> str:
    """Each on a line of its own; numbered where there are several."""
    if len(told) < 2:
        return "".join(told)
    return "\n".join(f"{n}. {text}" for n, text in enumerate(told, start=1))


def _drawn(visit: Visit) -> dict[int, list[str]]:
    """Requirement → the records of it that were drawn by lot."""
    found: dict[int, list[str]] = {}
    for one in visit.pack.get("sample", []):
        told = f"抽查：{one['kind']}{one.get('what', one['record'])}（本项{one['of']}条中随机）"
        found.setdefault(one["no"], []).append(told)
    return found


def _sampling(visit: Visit) -> list[Note]:
    """How the sample was drawn, so that anybody can draw it again."""
    plan = visit.pack.get("sampling", {})
    return [Note(f"随机抽查：{plan['method']}种子：{plan['seed']}")] if plan.get("method") else []


UNREAD = "＊"
"""Marks what was taken from what the ledgers show."""


def _said(answer: Answer | None) -> str:
    if answer is None:
        return ""
    mark = UNREAD if answer.how == Answer.How.SYSTEM else ""
    return f"{answer.get_verdict_display()}{mark}"


def _good(visit: Visit) -> list[str]:
    return [unended(h.text) for h in visit.highlights.filter(gone_at__isnull=True)]


def came(visit: Visit) -> str:
    """Who came for the unit and who did not; before anything is noted, who is due."""
    listed = list(visit.attendees.all())
    if any(a.present or a.substitute or a.excuse for a in listed):
        return "、".join(f"{a}{'' if a.present else f'（{a.told}）'}" for a in listed)
    return "、".join(f"{a}（应到）" for a in listed)


def _held(visit: Visit) -> str:
    """When the team was there, as it was noted: from its beginning to the end of reading or the
    last confirmation.
    """
    ends = [at for at in (visit.ended_at, visit.team_signed_at, visit.branch_signed_at) if at]
    begun = [timezone.localdate(visit.started_at)] if visit.started_at else []
    same = [at for at in ends if timezone.localdate(at) in begun]
    return span_told(visit.started_at, max(same, default=None))


def _shown(visit: Visit) -> list[Finding]:
    hidden = (Finding.Standing.DROPPED, Finding.Standing.CANCELLED)
    return list(
        visit.findings.exclude(standing__in=hidden)
        .select_related("item")
        .order_by("item__no", "pk")
    )


def consultation(visit: Visit) -> Paper:
    """会商记录 (DOMAIN 7.4)."""
    leader = next((m.name for m in visit.unit.area.team.all() if m.role == "leader"), "")
    by = visit.team_signed_by.name if visit.team_signed_by else ""
    session = visit.session
    lines = [
        Line("时间", _held(visit) or day_of_week(session.date if session else None), wide=True),
        Line("地点", session.venue if session else "", wide=True),
        Line("主持人", leader),
        Line("记录人", visit.recorder),
        Line("督查组", team_told(visit).replace("\n", "　"), wide=True),
        Line("被督查党组织", f"{visit.unit.name}　{came(visit)}", wide=True),
        Line("总体评价", visit.judgement, wide=True, high=12),
        Line("一、肯定的成绩和经验", visit.achievements, wide=True, high=20),
        Line("二、特色亮点", _numbered(_good(visit)), wide=True, high=14),
        Line(
            "三、存在的问题", _numbered([_with_basis(f) for f in _shown(visit)]), wide=True, high=30
        ),
        Line("四、意见建议和改进措施", visit.advice, wide=True, high=24),
        Line("五、被督查党组织意见", visit.own_words, wide=True, high=18),
        *_unseen(visit),
        Line("督查组确认", _confirmed(by, visit.team_signed_at), wide=True),
        Line(
            "被督查党组织确认",
            _confirmed(visit.branch_signed_by, visit.branch_signed_at),
            wide=True,
        ),
    ]
    signs = ["督查组组长签名", "日期", "被督查单位负责人签名", "日期", "记录人签名", "日期"]
    return Paper("", blocks=[Form("会商记录", lines, signs)], footer=visit.unit.area.round.subject)


def _confirmed(name: str, at: datetime | None) -> str:
    return f"{name}　{moment_told(at)}" if at else ""


def _unseen(visit: Visit) -> list[Line]:
    """What the team confirmed without having seen it, and why."""
    if not visit.unseen_reason:
        return []
    told = f"{'；'.join(seen.unseen(visit))}。原因：{visit.unseen_reason}"
    return [Line("六、未查阅的情况", told, wide=True, high=14)]


def score_table(visit: Visit) -> Paper:
    """评分表 (DOMAIN 7.3): the unit's own points beside the team's, for people to look at."""
    found = scores.score_sheet(visit)
    rows = [
        [
            str(line.item.no),
            line.item.category,
            line.item.title,
            scores.told(line.points),
            scores.told(line.self_points),
            scores.told(line.got) if line.applies else "不适用",
            _numbered([unended(one) for one in line.reasons]),
        ]
        for line in found.lines
    ]
    total = [
        "",
        "合计",
        "按适用项目折算",
        "100",
        scores.told(found.self_total),
        scores.told(found.total),
        "",
    ]
    table = Table(
        "",
        ["序号", "考核项目", "考核内容", "分值", "自评分", "考核得分", "扣分原因"],
        [*rows, total],
        [0.5, 1.1, 2.6, 0.6, 0.7, 0.8, 3.2],
        merged=[1],
        foot="督查组组长签名：　　　　　　　　日期：　　　　　　　　　　被督查单位负责人签名：　　　　　　　　日期：",
    )
    off = "、".join(
        f"{Finding.Severity(kind).label}{scores.told(points)}分"
        for kind, points in scores.DEDUCTIONS.items()
    )
    head = Form(
        "督查评分表",
        [
            Line("被督查党组织", visit.unit.name),
            Line("督查轮次", visit.unit.area.round.subject),
            Line(
                "评分标准",
                f"每个问题扣分：{off}，各项扣完为止；不适用的项目不计分，总分按适用项目折算为100分。",
                wide=True,
            ),
        ],
    )
    return Paper("", blocks=[head, table], footer=f"{visit.unit.name}　督查评分表", landscape=True)
