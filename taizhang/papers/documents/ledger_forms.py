"""The customary form of each ledger (DOMAIN 7.11): filled with records, or blank for writing by
hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from taizhang.checks import engine
from taizhang.checks.reasons.queries import current_scope
from taizhang.ledgers.fields import Field, masked, yuan
from taizhang.ledgers.kind import LedgerKind, PaperForm
from taizhang.ledgers.kinds.cases import STEPS, DevelopmentCase
from taizhang.ledgers.office import chart
from taizhang.ledgers.records import queries
from taizhang.orgs.entry import Entry
from taizhang.papers.official.paper import in_full
from taizhang.papers.paper import Block, Drawing, Form, Line, Table
from taizhang.papers.wording import days_in_full, months_in_full

_SHORT = 14
"""A value of so many characters fits half the breadth."""
MONTHS = [f"{month}月" for month in range(1, 13)]
ROSTER = [
    "姓名", "性别", "民族", "出生日期", "学历", "入党时间", "转正时间", "人员类别", "党小组", "党内职务", "工作岗位", "转入时间", "备注",
]  # fmt: skip
"""The columns of 党员花名册 after the number."""
_ROSTER = ["序号", *ROSTER]
_DUES = ["序号", "姓名", "月应交", *MONTHS, "合计", "欠交"]
_ROSTER_WIDTHS = [0.5, 1, 0.6, 0.8, 1.2, 0.8, 1.2, 1.2, 1, 1, 1, 1, 1.2, 1.2]
_DUES_FOOT = "书记：　　　　　　　收缴人：　　　　　　　日期："
_DUES_WIDTHS = [0.5, 1.1, 0.9, *[0.85] * 12, 1.1, 0.9]
_STEPS = ["环节", "时间", "内容和结果", "责任人", "佐证材料", "审核"]
_STEP_WIDTHS = [2.9, 1.4, 2.9, 1.1, 1.6, 1.0]
_MINUTES = (
    "title", "kind", "group", "held_on", "time", "place", "host_name", "recorder_name", "expected_count", "present_count", "theme",
    "lecturer_name", "lecturer_role", "present", "absent", "observers", "agenda", "content", "discussion", "speeches", "conclusion",
    "summary", "resolutions", "votes",
)  # fmt: skip
_HIGH = {
    "present": 14,
    "agenda": 16,
    "discussion": 30,
    "speeches": 60,
    "resolutions": 30,
    "votes": 14,
    "content": 40,
}


_IN_FORMS = (PaperForm.CARD, PaperForm.MINUTES, PaperForm.CASE, PaperForm.ROSTER)


def is_tabled(kind: LedgerKind) -> bool:
    """Whether its records stand in a table, not each in a form of its own."""
    return kind.form not in _IN_FORMS


def filled(kind: LedgerKind, entries: list[Any]) -> list[Block]:
    """The records of a kind, with their parts loaded, in its form."""
    if not entries:
        return []
    if kind.form is PaperForm.MINUTES:
        return [
            replace(minutes(kind, told(kind, entry)), record=named(kind, entry))
            for entry in entries
        ]
    if kind.form is PaperForm.CASE:
        return [block for entry in entries for block in case(kind, entry)]
    if is_tabled(kind):
        names = [named(kind, entry) for entry in entries]
        return [replace(table(kind, entries), records=names)]
    return [
        replace(card(kind, told(kind, entry), days_in_full(str(entry))), record=named(kind, entry))
        for entry in entries
    ]


def named(kind: LedgerKind, entry: Entry) -> str:
    """Kind and number of a record, by which it is found."""
    return f"{kind.title}第{entry.pk}号"


def told(kind: LedgerKind, entry: Entry) -> dict[str, str]:
    """What a record says, masked where it is sensitive, with days in full."""
    values = queries.values_of(kind, entry)
    found = {
        field.name: _in_full(field, masked(field, values[field.name])) for field in kind.fields()
    }
    parts = queries.written_parts(kind, entry)
    return found | {name: days_in_full(text) for name, text in parts.items()}


def _titled(field: Field, text: str) -> str:
    """A requirement by its title: its code is of the system alone."""
    if field.name != "item" or not _CODE.fullmatch(text):
        return text
    scope = current_scope()
    item = engine.catalogue(scope.catalogue).item(text) if scope else None
    return item.name if item else f"第{int(text[1:])}项"


_CODE = re.compile("L[0-9]{2}")


def _in_full(field: Field, text: str) -> str:
    if field.kind == "date":
        return days_in_full(text)
    return months_in_full(text) if field.kind == "month" else text


def minutes(kind: LedgerKind, said: Mapping[str, str]) -> Form:
    """会议记录."""
    labels = _labels(kind) | {"time": "起止时间"}
    said = dict(said) | {
        "time": "—".join(filter(None, (said.get("starts_at"), said.get("ends_at"))))
    }
    blank = not any(said.values())
    if not blank:
        _tell_none(said)
    lines = []
    for name in _MINUTES:
        text = said.get(name, "")
        wide = (
            name in _HIGH
            or name in ("title", "absent", "observers", "conclusion", "summary", "theme")
            or len(text) > _SHORT
        )
        if text or (
            blank and name not in ("lecturer_role", "summary", "theme", "lecturer_name", "content")
        ):
            lines.append(
                Line(labels[name], text, wide=wide, high=_HIGH.get(name, 0) if blank else 0)
            )
    return Form("会议记录", lines, ["主持人签名", "记录人签名"])


UNRECORDED = "未记录"
"""What stands where the record is silent, so that nobody takes it for 无."""
_WITHOUT_VOTES = ("党课", "主题党日")


def _tell_none(said: dict[str, str]) -> None:
    """Whether nobody was away, sat in or voted, or whether nobody wrote it down."""
    everybody = said.get("expected_count") and said["expected_count"] == said.get("present_count")
    said["absent"] = said.get("absent") or ("无" if everybody else UNRECORDED)
    said["observers"] = said.get("observers") or UNRECORDED
    if said.get("kind") not in _WITHOUT_VOTES:
        said["votes"] = said.get("votes") or UNRECORDED


def _labels(kind: LedgerKind) -> dict[str, str]:
    return {f.name: f.label for f in kind.fields()} | {p.name: p.label for p in kind.parts}


def card(kind: LedgerKind, said: Mapping[str, str], title: str) -> Form:
    """A record as a form: short fields side by side, long ones over the whole breadth."""
    lines = [_line(field, said.get(field.name, "")) for field in kind.fields()]
    lines += [Line(part.label, said.get(part.name, ""), wide=True) for part in kind.parts]
    return Form(title, [line for line in lines if line.text and line.text != "否"])


def _line(field: Field, text: str) -> Line:
    return Line(field.label, text, wide=field.kind == "long" or len(text) > _SHORT)


def table(kind: LedgerKind, entries: Iterable[Any]) -> Table:
    """Records as rows: what a list shows, and the long text where there is one."""
    fields = table_fields(kind)
    rows = []
    for number, entry in enumerate(entries, start=1):
        values = queries.values_of(kind, entry)
        said = (_titled(field, masked(field, values[field.name])) for field in fields)
        rows.append([str(number), *said])
    return Table(kind.title, ["序号", *(f.label for f in fields)], rows)


def table_fields(kind: LedgerKind) -> list[Field]:
    """The columns of a kind's table."""
    listed = list(kind.list_fields())
    known = {field.name for field in listed}
    return listed + [f for f in kind.fields() if f.kind == "long" and f.name not in known]


def table_widths(fields: list[Field]) -> list[float]:
    """Shares of the breadth: long texts get most."""
    share = {"long": 4.0, "text": 1.6, "date": 1.3, "person": 1.0, "money": 1.0, "month": 1.0}
    return [0.5, *(share.get(field.kind, 0.9) for field in fields)]


def case(kind: LedgerKind, entry: DevelopmentCase) -> list[Block]:
    """全程纪实表: the person's head, and the 25 steps, those not reached left empty."""
    said = told(kind, entry)
    head = [_line(f, said.get(f.name, "")) for f in kind.fields()]
    steps = {step.no: step for step in entry.steps.all()}
    rows = []
    for no, name in enumerate(STEPS, start=1):
        step = steps.get(no)
        about = (
            [str(step.on), step.result, step.responsible, step.material, step.checked_by]
            if step
            else [""] * 5
        )
        rows.append([f"{no} {name}", *about])
    return [
        Form(f"发展党员全程纪实表：{said['name']}", [line for line in head if line.text]),
        Table("", _STEPS, rows, _STEP_WIDTHS),
    ]


def dues_year(
    year: int,
    people: list[tuple[int, str]],
    due: Mapping[int, int],
    paid: Mapping[tuple[int, int], int],
    owed: Mapping[int, int],
) -> Table:
    """党费收缴台账 of a year: amounts in fen; paid by (person, month), owed by person."""
    rows, sums = [], [0] * 12
    for number, (key, name) in enumerate(people, start=1):
        amounts = [paid.get((key, month), 0) for month in range(1, 13)]
        sums = [a + b for a, b in zip(sums, amounts, strict=True)]
        rows.append(
            [
                str(number),
                name,
                yuan(due[key]) if key in due else "",
                *(yuan(a) if a else "" for a in amounts),
                yuan(sum(amounts)),
                yuan(owed[key]) if owed.get(key) else "",
            ]
        )
    rows.append(["", "合计", "", *(yuan(s) if s else "" for s in sums), yuan(sum(sums)), ""])
    return Table(
        f"{year}年党费收缴台账（元）",
        _DUES,
        rows,
        _DUES_WIDTHS,
        _DUES_FOOT,
    )


def roster(rows: list[list[str]], day: date) -> Table:
    """党员花名册 on a day."""
    numbered = [[str(at), *row] for at, row in enumerate(rows, start=1)]
    return Table(f"党员花名册（{in_full(day)}）", _ROSTER, numbered, _ROSTER_WIDTHS)


def structure(found: chart.Chart) -> Drawing:
    """组织架构图; where it cannot be drawn: who holds which post, and each group with its leader and
    members.
    """
    lines = [Line(post, "、".join(names), wide=True) for post, names in found.posts]
    lines += [
        Line(
            group.name,
            f"组长：{'、'.join(group.leaders)}　成员：{'、'.join(group.members)}",
            wide=True,
        )
        for group in found.groups
    ]
    page = {"chart": found, "drawing": chart.draw(found)}
    return Drawing(
        render_to_string("ledgers/chart.svg", page),
        Form(f"组织架构图（{in_full(found.day)}）", lines),
    )


_GUESTS = 5


def sign_sheet(title: str, names: list[str]) -> Table:
    """签到表 of those expected, with some empty rows for guests."""
    listed = [*names, *[""] * _GUESTS]
    rows = [[str(at), name, "", "", ""] for at, name in enumerate(listed, start=1)]
    return Table(
        title, ["序号", "姓名", "签名", "到会时间", "备注"], rows, [0.5, 1.2, 2, 1.2, 1.6], high=8
    )


def _empty(title: str, columns: list[str], widths: list[float], foot: str = "") -> Table:
    rows = [[str(n), *[""] * (len(columns) - 1)] for n in range(1, 17)]
    return Table(title, columns, rows, widths, foot, high=8)


_MANY = 24
"""A form with more fields has lower boxes, so that it stays on one page."""


def blank(kind: LedgerKind) -> list[Block]:
    """The empty form of a kind, for paper."""
    if kind.form is PaperForm.MINUTES:
        return [minutes(kind, {})]
    if kind.form is PaperForm.DUES:
        return [_empty("　　　　年党费收缴台账（元）", _DUES, _DUES_WIDTHS, _DUES_FOOT)]
    if kind.form is PaperForm.ROSTER:
        return [replace(_empty("党员花名册", _ROSTER, _ROSTER_WIDTHS), size=9)]
    if kind.form is PaperForm.CASE:
        head = [Line(f.label, "", wide=f.kind == "long") for f in kind.fields()]
        rows = [[f"{no} {name}", *[""] * 5] for no, name in enumerate(STEPS, start=1)]
        return [Form("发展党员全程纪实表", head), Table("", _STEPS, rows, _STEP_WIDTHS, high=7)]
    if is_tabled(kind):
        fields = table_fields(kind)
        return [_empty(kind.title, ["序号", *(f.label for f in fields)], table_widths(fields))]
    tall = 24 if len(kind.fields()) <= _MANY else 14
    lines = [
        Line(f.label, "", wide=f.kind == "long", high=tall if f.kind == "long" else 8)
        for f in kind.fields()
    ]
    lines += [Line(part.label, "", wide=True, high=tall) for part in kind.parts]
    return [Form(kind.title, lines, ["填写人签名", "日期"])]
