"""Every paper there is, made once from one small district: of the round, of a visit, of records,
blank forms, and the book of a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db.models import AutoField
from django.db.models.signals import pre_save

from taizhang.inspection import actions, queries
from taizhang.inspection.actions import consulting, findings, ordering, rectifying, scoring
from taizhang.inspection.models import Finding, RoundSession
from taizhang.inspection.papers import by_name as papers
from taizhang.inspection.papers import letters
from taizhang.ledgers.burden import year as burden
from taizhang.ledgers.kinds import KINDS
from taizhang.papers import queries as paper_queries
from taizhang.papers.documents import book, burden_sheet, ledger_forms
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Form, Line, Paper, Table
from tests.inspection.conftest import DAY, Scene, plan_of
from tests.inspection.test_findings import _consult, _issue, _measures
from tests.make import NAMES as NAMES_OF_MEMBERS
from tests.make import Cast, cast, inspected, raw, save
from tests.papers.test_election import BESIDE_AN_ELECTION, WHOLE

FAR = 770_000
"""Keys of records begin here, so that one of them on a paper is seen."""
BLANK = (
    "meetings",
    "members",
    "dues-payments",
    "cases",
    "elections",
    "talks",
    "documents",
    "transfers",
)
RECORDS = ("meetings", "cases", "documents", "life-meetings", "transfers", "talks")
"""A kind for each shape of form: the minutes, a case with its steps, a card, one with parts, a
table, a table with long text.
"""

NAMES = [
    *(f"round-{name}" for name in papers.OF_ROUND),
    *(f"visit-{name}" for name in papers.OF_VISIT),
    "visit-order", "visit-checklist-before",
    *(f"{slug}-{name}" for slug, kind in KINDS.items() for name, _ in kind.papers + kind.office_papers),
    *(f"record-{slug}" for slug in RECORDS),
    *(f"blank-{slug}" for slug in BLANK),
    "blank-sign-sheet", "book", "burden", "long-table", "long-form",
]  # fmt: skip

OTHERS = sorted(
    [f"record-{slug}" for slug in KINDS if slug not in RECORDS]
    + [f"blank-{slug}" for slug in KINDS if slug not in BLANK]
)
"""Records and blank forms of the shapes that stand among `NAMES`: they are held to the same text
and pages, as PDF alone.
"""
ADDRESSES = {
    "inspection:round-paper": "round-", "inspection:visit-paper": "visit-", "papers:of-record": "elections-",
    "papers:record": "record-", "papers:chosen": "record-", "papers:blank": "blank-", "papers:sign-sheet": "blank-sign-sheet", "papers:book": "book",
    "papers:head-sample": "visit-letter", "papers:template-try": "visit-letter",
}  # fmt: skip
"""Every address that gives a paper, and as what it stands here."""
_OF_CHANGES = "changes"
"""A paper that exists only where the plan was changed after the notice: the session moves for it at
the end.
"""
_FACTS = (
    (28, "2016年三季度未召开支部党员大会", "serious", "by_deadline"),
    (28, "2017年二季度支部党员大会没有记录会议决议，记录人一栏空白", "minor", "long_term"),
    (29, "2016年6月未召开支部委员会会议", "serious", "by_deadline"),
    (30, "第一党小组2017年10月未召开党小组会", "minor", "by_deadline"),
    (31, "2015年党课开展3次，少于4次", "minor", "long_term"),
    (
        25,
        "2018年一季度收缴党费10890.00元，上缴与留存合计10880.00元，相差10.00元",
        "grave",
        "at_once",
    ),
    (25, "两名党员2016年3月党费没有交纳记录，也没有缓交、免交的研究记录", "serious", "by_deadline"),
    (18, "2018年支部学习计划缺少考核方式", "minor", "at_once"),
    (16, "2016年9月23日班子调整后未重新明确分工", "minor", "at_once"),
    (21, "组织关系介绍信没有回执联，党费交至何月没有写明", "minor", "by_deadline"),
    (
        35,
        "2015年经费收支不平衡：年初与收入合计8000.00元，支出与年末合计8010.00元",
        "serious",
        "by_deadline",
    ),
    (27, "2017年6月8日走访收集的意见没有处理结果，没有答复日期", "minor", "long_term"),
)


def every() -> dict[str, Paper | Official | Ballot]:
    """The papers by name, those of `NAMES` and of `OTHERS`."""
    with _far_keys():
        return _every()


def _every() -> dict[str, Paper | Official | Ballot]:
    now = datetime.fromisoformat("2018-10-25T12:00:00+08:00")
    people = cast(now)
    inspected(now, (2015, 2018), people.day)
    scene = _opened(people, now)
    made: dict[str, Paper | Official | Ballot] = {
        "visit-checklist-before": _of_visit(scene, "checklist")
    }
    _inspect(scene)
    office = people.actor("office")
    for name in papers.OF_ROUND.keys() - {_OF_CHANGES}:
        made[f"round-{name}"] = _of_round(scene, name)
    for name in papers.OF_VISIT:
        made[f"visit-{name}"] = _of_visit(scene, name)
    ordered = next(iter(scene.own.notices.all()))
    made["visit-order"] = letters.notice_of(queries.visit(scene.own.pk, actor=office), ordered.slug)
    made |= dict(_of_records(people, now))
    made |= {f"blank-{slug}": paper_queries.blank_paper(kind) for slug, kind in KINDS.items()}
    signed = ledger_forms.sign_sheet(
        "甲校支部党员大会签到表（2018年10月25日）", [*NAMES_OF_MEMBERS]
    )
    made["blank-sign-sheet"] = Paper("", blocks=[signed], footer=people.own.full_name)
    wanted = book.Wanted(people.own, date(2016, 1, 1), date(2016, 12, 31), people.actor("clerk"))
    made["book"] = book.ledger_book(wanted, people.day)
    made["burden"] = burden_sheet.paper(burden.of_all([people.own, people.other], 2018), people.day)
    RoundSession.objects.update(venue="区会议中心")
    made[f"round-{_OF_CHANGES}"] = _of_round(scene, _OF_CHANGES)
    return made | {"long-table": long_table(), "long-form": long_form()}


@contextmanager
def _far_keys() -> Iterator[None]:
    """While papers are made, records get keys from `FAR` on."""
    keys = count(FAR)

    def give(sender: Any, instance: Any, **about: Any) -> None:
        own = sender._meta.app_label in ("ledgers", "inspection")
        if own and instance.pk is None and isinstance(sender._meta.pk, AutoField):
            instance.pk = next(keys)

    pre_save.connect(give)
    try:
        yield
    finally:
        pre_save.disconnect(give)


def _opened(people: Cast, now: datetime) -> Scene:
    office = people.actor("office")
    opened = actions.open_blank(
        title="关于开展基层党建专项督查“回头看”的通知", period=(date(2015, 1, 1), date(2018, 10, 31)), days=(DAY, DAY),
        catalogue="tianning-2018", actor=office, now=now,
    )  # fmt: skip
    actions.change_plan(opened=opened, plan=plan_of(people), actor=office, now=now)
    scene = Scene(people, now, opened)
    scoring.set_scored(opened=opened, scored=True, actor=office, now=now)
    scene.step("publish")
    scene.step("begin")
    return scene


def _of_round(scene: Scene, name: str) -> Paper | Official | Ballot:
    opened = queries.round_of(scene.opened.pk, actor=scene.people.actor("office"))
    return papers.OF_ROUND[name][1](opened)


def _of_visit(scene: Scene, name: str) -> Paper | Official | Ballot:
    visit = queries.visit(scene.own.pk, actor=scene.people.actor("office"))
    return papers.OF_VISIT[name][1](visit)


def _inspect(scene: Scene) -> None:
    """A dozen problems: some put right and closed, some handed in, some open."""
    for item, facts, severity, manner in _FACTS:
        scene.send("inspector", "finding", item=item, facts=facts, severity=severity, manner=manner)
    for text in ("党员大会会议记录完整，决议逐条有落实。", "联系服务群众活动有计划、有记录"):
        scene.send("inspector", "highlight", item=28, text=text)
    scene.send("inspector", "answer", item=1, verdict="mostly", note="缺页")
    words = consulting.Words(
        "台账基本齐全，资料按年份装订。", "补齐组织关系接转的回执。", "认可，按期整改。"
    )
    consulting.write(visit=scene.own, words=words, version=1, actor=scene.people.actor("inspector"), now=scene.now)  # fmt: skip
    _consult(scene)
    findings.sign(visit=_issue(scene).visit, name="", actor=scene.people.actor("secretary"), now=scene.now)  # fmt: skip
    ordering.order_rectification(
        visit=queries.visit(scene.own.pk, actor=scene.people.actor("office")), issued_on=DAY, due_on=date(2018, 11, 30),
        actor=scene.people.actor("office"), now=scene.now,
    )  # fmt: skip
    for n, finding in enumerate(Finding.objects.filter(standing="acknowledged").order_by("number")):
        _mend(scene, finding, n)


def _mend(scene: Scene, finding: Finding, n: int) -> None:
    if n > 8:
        return
    clerk = scene.people.actor("clerk")
    measures = _measures(scene, deadline=finding.deadline, measure="按季召开支部党员大会，会前定议题，会后三日内整理会议记录并由主持人签字")  # fmt: skip
    rectifying.plan(finding=finding, measures=measures, actor=clerk, now=scene.now)
    if n > 5:
        return
    rectifying.submit(finding=finding, result="已按要求整改，会议记录由专人保管", actor=clerk, now=scene.now)  # fmt: skip
    if n < 3:
        rectifying.verify(
            finding=finding, verb="close", opinion="现场核对属实", actor=scene.people.actor("office"), now=scene.now,
            without_evidence="现场核对原件",
        )  # fmt: skip


def _of_records(people: Cast, now: datetime) -> Iterator[tuple[str, Paper | Official | Ballot]]:
    """One record of every kind, and with them the papers of those that have some."""
    actor: Any = people.actor("clerk")
    office = people.actor("office")
    for slug, more in BESIDE_AN_ELECTION.items():
        save(people.own, actor, now, slug, **raw(slug) | more)
    for slug, kind in KINDS.items():
        more = WHOLE if slug == "elections" else {}
        entry = save(people.own, actor, now, slug, **raw(slug) | more)
        for name, _ in kind.papers + kind.office_papers:
            yield (
                f"{slug}-{name}",
                paper_queries.paper_of_record(kind=kind, key=entry.pk, paper=name, actor=office),
            )
        yield f"record-{slug}", paper_queries.record_paper(kind=kind, key=entry.pk, actor=actor)


def long_table() -> Paper:
    """What tables of people are at their worst: merged cells over pages, a row higher than a page,
    a word longer than its cell.
    """
    rows = [
        [f"{n}", f"大类{n // 14}", f"小类{n // 4}", f"第{n}项台账", f"第{n}项要求" * (3 + n), "2018-11-06", "2018年11月16日", f"{n * 7}"]
        for n in range(36)
    ]  # fmt: skip
    rows[20][3] = "IMG_20181106_093012_0000000123456789.jpg"
    rows.append(
        ["36", "末类", "末类", "超过一页", "甲乙丙丁戊己庚辛。" * 400, "2018-11-06", "", "1"]
    )
    rows.append(["", "合计", "", "", "", "", "", f"{sum(n * 7 for n in range(36)) + 1}"])
    table = Table(
        "台账要求一览", ["序号", "大类", "小类", "内容", "要求", "起", "止", "数量"], rows, [0.4, 1.2, 1.2, 2, 5, 0.3, 0.3, 0.5],
        foot="填表人：　　　　　　　日期：", merged=[1, 2],
    )  # fmt: skip
    return Paper("长表", "各类台账", blocks=[table], footer="长表", landscape=True)


def long_form() -> Paper:
    """A form with more text than a page, and its signatures."""
    lines = [
        Line("时间", "2018年10月25日"), Line("地点", "会议室"), Line("主持人", "示例甲"),
        Line("发言", "\n".join(f"第{n}位：结合本支部实际，谈了学习体会和今后打算。" for n in range(90)), wide=True, high=60),
        Line("决议", "通过。", wide=True, high=30),
    ]  # fmt: skip
    return Paper(
        "", blocks=[Form("会议记录", lines, ["主持人签名", "记录人签名"])], footer="长表单"
    )
