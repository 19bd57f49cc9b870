"""The papers of a whole round (DOMAIN 7.1, 7.6, 7.9, 7.10), each from what is on record."""

from __future__ import annotations

from taizhang.inspection.models import (
    Finding,
    Round,
)
from taizhang.inspection.papers import heads
from taizhang.inspection.papers.parts import (
    closing_table,
    finding_table,
    organ,
    team_told,
    when_told,
)
from taizhang.kernel.calendar import clock
from taizhang.orgs.models import PaperKind
from taizhang.papers.official import Annex, Clause, Official
from taizhang.papers.paper import Form, Note, Paper, Table
from taizhang.papers.wording import days_told


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
        Clause(f"{days_told(opened.starts_on, opened.ends_on)}，对{units}个基层党组织分片区集中督查，具体安排见附件1。"),
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
    paper = Official(
        opened.title, f"{to.rstrip('：:')}：", body, organ(opened), opened.issued_on, number=opened.number,
        attachments=[annex.title for annex in annexes], annexes=annexes,
    )  # fmt: skip
    return heads.headed(paper, PaperKind.NOTICE, opened)


def _listed(texts: list[str]) -> list[Clause]:
    return [Clause(f"{n}. {text}", 3) for n, text in enumerate(texts, start=1)]


def _areas(opened: Round) -> Table:
    rows = []
    for area in opened.areas.prefetch_related("units", "sessions", "team"):
        units = "、".join(
            u.name + (f"（含{'、'.join(u.includes)}）" if u.includes else "")
            for u in area.units.all()
        )
        whens = "\n".join(when_told(session) for session in area.sessions.all())
        rows.append([area.name, units, whens, team_told(area)])
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
            title = f"{area.name}　{when_told(session)}".replace("\n", "　")
            blocks.append(
                Table(
                    title,
                    ["序号", "时间", "单位", "应到人员", "到场签名", "备注"],
                    rows,
                    [0.5, 0.8, 2, 2.4, 2.4, 1.4],
                    high=10,
                )
            )
            blocks.append(Note(team_told(area).replace("\n", "　　")))
    return Paper("督查场次表", opened.title, blocks=list(blocks), footer=opened.title)


def _issued(opened: Round) -> list[Finding]:
    found = Finding.objects.filter(visit__unit__area__round=opened, standing__in=Finding.ISSUED)
    return list(
        found.select_related(
            "visit__unit__area", "item", "rectification__verified_by", "visit__letter"
        )
        .prefetch_related("files__file", "progress")
        .order_by("visit__unit__area__order", "visit__unit__order", "number")
    )


def findings(opened: Round) -> Paper:
    """问题清单."""
    return Paper(
        "督查问题清单",
        opened.title,
        blocks=[finding_table(_issued(opened))],
        footer=opened.title,
        landscape=True,
    )


def closing_ledger(opened: Round) -> Paper:
    """整改台账（销号台账）."""
    return Paper(
        "督查问题整改台账",
        opened.title,
        blocks=[closing_table(_issued(opened))],
        footer=opened.title,
        landscape=True,
    )
