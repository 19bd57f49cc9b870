"""The checklist of a unit as xlsx, out and back: the paper bridge where the page cannot be kept
without HTTPS.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from taizhang.inspection import bases
from taizhang.inspection.models import Answer, Finding, Visit
from taizhang.inspection.site import entries as e
from taizhang.inspection.site import explained, packing
from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.writing import columns
from taizhang.ledgers.sheets import excel as ledger_sheets

_HEAD = ("序号", "大类", "小类", "台账内容", "台账要求", "系统核对", "检查情况", "存在问题", "备注")
_WIDTHS = (6, 12, 14, 22, 50, 40, 12, 40, 24)
_WORDS = {str(label): str(code) for code, label in Answer.Verdict.choices}
_MARK = "督查检查表"


def checklist(visit: Visit) -> bytes:
    """The 36 rows with what the machine says, a drop-down for the verdict, room for the problem."""
    out = io.BytesIO()
    book = ledger_sheets.workbook(out)
    sheet = book.add_worksheet("检查表")
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#f8f9fa"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    unit = visit.unit
    sheet.write(
        0, 0, f"{_MARK}　{unit.area.round.subject}　{unit.area.name}　{unit.name}　编号{visit.pk}"
    )
    sheet.write_row(1, 0, _HEAD, head)
    held = {
        a.item.no: a
        for a in visit.answers.filter(holds=True).select_related("item").order_by("made_at")
    }
    items = list(unit.area.round.items.all())
    rules, branch_said = bases.versions([visit])[visit.pk], explained.of_visits([visit])
    for row, item in enumerate(items, start=2):
        known, said = visit.pack.get("items", {}).get(str(item.no), {}), held.get(item.no)
        said_by_machine = _machine(known, rules, branch_said) if known else ""
        line = (
            item.no,
            item.category,
            item.subcategory,
            item.title,
            item.requirement,
            said_by_machine,
            said.get_verdict_display() if said else "",
            "",
            said.note if said else "",
        )
        sheet.write_row(row, 0, line, cell)
    sheet.data_validation(2, 6, 1 + len(items), 6, {"validate": "list", "source": list(_WORDS)})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 4)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(1)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _reason(reason: dict[str, Any], rules: str, said: explained.Said) -> str:
    basis = bases.in_version(rules, reason["rule"], reason["window"])
    told = "；".join(explained.of_reason(reason, said))
    return f"{reason['text']}（{basis.told}）" + (f"【支部说明：{told}】" if told else "")


def _machine(known: dict[str, Any], rules: str, said: explained.Said) -> str:
    """The outcome and the gravest of what stands behind it."""
    reasons = [_reason(reason, rules, said) for reason in known["reasons"][:4]]
    more = len(known["reasons"]) - len(reasons) + known["more"]
    told = "；".join(
        [*(reasons or filter(None, [known["why"]])), *([f"另有{more}条"] if more else [])]
    )
    return f"{packing.word_of(known)}：{told}" if told else packing.word_of(known)


def entries_of(visit: Visit, data: bytes, now: datetime) -> list[e.AnyEntry]:
    """What a filled checklist says, as entries; the same file read twice gives the same entries,
    stored once.
    """
    table = _table(data)
    if f"编号{visit.pk}" not in str(table[0][0]).split("　"):
        raise BadInput("这张表不是这个单位的检查表，没有记入。")
    seen = {a.item.no: a for a in visit.answers.filter(holds=True).select_related("item")}
    problems: list[Problem] = []
    found: list[e.AnyEntry] = []
    for number, row in enumerate(table[2:], start=3):
        cells = [str(value).strip() for value in (*row, *[""] * 9)][:9]
        if any((cells[6], cells[7])):
            found += _row(visit, cells, number, seen, problems, now)
    if problems:
        raise BadInput(problems)
    return found


def _table(data: bytes) -> list[list[Any]]:
    table = ledger_sheets.table_of(data)
    if len(table) < 3 or not str(table[0][0]).startswith(_MARK) or tuple(table[1][:9]) != _HEAD:
        raise BadInput("表头与本系统导出的检查表不同，请在原表上填写。")
    return table


def _row(
    visit: Visit,
    cells: list[str],
    number: int,
    seen: dict[int, Answer],
    problems: list[Problem],
    now: datetime,
) -> list[e.AnyEntry]:
    no = (
        int(float(cells[0]))
        if cells[0].replace(".", "", 1).isdecimal() and cells[0].isascii()
        else 0
    )
    if not 0 < no < 1000:
        problems.append(Problem("不是序号。", row=number, column="序号"))
        return []
    if wrong := _too_long(cells):
        problems += [replace(one, row=number) for one in wrong]
        return []
    found: list[e.AnyEntry] = []
    if cells[6] and cells[6] not in _WORDS:
        problems.append(
            Problem(
                f"“{cells[6]}”不在可选范围内（{'、'.join(_WORDS)}）。",
                row=number,
                column="检查情况",
            )
        )
    elif cells[6]:
        old = seen.get(no)
        if old is None or old.get_verdict_display() != cells[6] or old.note != cells[8]:
            found.append(
                e.AnswerGiven(
                    kind="answer",
                    key=_key(visit, "answer", *cells),
                    visit=visit.pk,
                    made_at=now,
                    item=no,
                    verdict=_WORDS[cells[6]],
                    how="paper",
                    note=cells[8],
                    seen=(old.key,) if old else (),
                )
            )
    if cells[7]:
        key = _key(visit, "finding", cells[0], cells[7])
        found.append(
            e.FindingMade(
                kind="finding", key=key, visit=visit.pk, made_at=now, item=no, facts=cells[7]
            )
        )
    return found


def _too_long(cells: list[str]) -> list[Problem]:
    wrong = columns.too_long(Finding.facts, cells[7], _HEAD[7], longest=e.LONGEST_FACTS)
    return wrong + columns.too_long(Answer.note, cells[8], _HEAD[8])


def _key(visit: Visit, *parts: str) -> Any:
    return uuid5(NAMESPACE_URL, "\x1f".join((f"visit:{visit.pk}", *parts)))
