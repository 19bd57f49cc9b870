"""The empty 开局工作簿: its sheets with their headers, and one that says who fills what, with examples
that are plainly invented.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from taizhang.ledgers.fields import Field
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.office import organisation_sheets, workbook
from taizhang.ledgers.office.organisation_sheets import TITLE as ORGANISATIONS
from taizhang.ledgers.records import actions, queries
from taizhang.ledgers.sheets import excel
from taizhang.ledgers.written import tables
from taizhang.orgs.actor import Actor

_BRANCH = Field(name=excel.BRANCH, label=excel.BRANCH, kind="text", required=True)
_STEPS = (
    "一个文件装下开局要的各表：党组织、党员花名册、支委会届次、支委任职、党小组、党小组成员、党小组组长、账号、授权。用不着的表可以空着或者删去。",
    (
        "先由组织科导入（党组织和花名册各表入库，账号、授权两表同时核对），再由系统管理员用同一个文件建立账号，最后由安全管理员用同一个文件授权。不想让管理员看到花名册的，"
        "另存一份只留“账号”“授权”两张表。"
    ),
    "整个文件一起核对：有一处不对就都不入库，所有的错一次列出，写明工作表、行、列。改好以后重新上传；已经入库的行内容相同就不动，重复上传不会重复登记。",
    "“党支部”列写党组织的全称、简称或别名。表头的先后可以调换，不认识的列不读入并会说明。黄色表头必填。",
    "支部自己登记过花名册以后，花名册各表由支部登记和更正，本工作簿不再改动。",
    "本页各行都是虚构的示例，不会读入。",
)
_EXAMPLES = {
    ORGANISATIONS: {
        "全称": "中共示例第一小学支部委员会", "简称": "示例一小", "组织类型": "党支部", "上级党组织": "中共示例区教育局委员会", "成立日期": "2013-07-01",
        "所在单位": "示例第一小学、示例第一小学南校区", "单位类型": "公办学校", "别名": "示例一小党支部", "片区": "示例东片",
    },
    workbook.ACCOUNTS: {"用户名": "shili_jia", "姓名": "示例甲", "出生日期": "1980-05-06", "提醒邮箱": "jia@example.org"},
    workbook.DUTIES: {"用户名": "shili_jia", "角色": "台账员", "党组织": "示例一小", "起日": "2018-09-01"},
}  # fmt: skip
_HEAD = ("工作表", "栏目", "必填", "说明", "示例（虚构）")
_WIDTHS = (14, 18, 6, 60, 34)


def fields_of(title: str) -> list[Field]:
    """What a sheet asks for; those of rosters ask for the branch first."""
    if title in workbook.ROSTERS:
        return [_BRANCH, *workbook.ROSTERS[title].fields()]
    return [
        replace(one, hint=_HINTS.get((title, one.name), one.hint)) for one in workbook.FIELDS[title]
    ]


_HINTS = {
    (ORGANISATIONS, "full_name"): "已有同一全称的按本行更新，没有的新增",
    (ORGANISATIONS, "parent"): "写上级党组织的全称或简称；上级也可以在本表新增",
    (ORGANISATIONS, "units"): "可写多个，用顿号分开",
    (ORGANISATIONS, "aliases"): "通知里的其他写法，可写多个，用顿号分开",
    (ORGANISATIONS, "renamed_on"): "改简称时填：新名称从哪天起使用；原来就写错的，填成立日期",
    (workbook.ACCOUNTS, "username"): "字母、数字、下划线，以字母开头，不能有减号和空格",
    (workbook.ACCOUNTS, "birth_on"): "填写的，按姓名和出生日期关联党员花名册，督查时能核对回避；本人登录后可看自己的记录",
    (workbook.DUTIES, "place"): "写全称或简称，含其下级",
    (workbook.DUTIES, "to_on"): "不填为长期",
}  # fmt: skip


def empty() -> bytes:
    """The workbook to be filled."""
    return _written(lambda _: ())


def known(*, actor: Actor, now: datetime) -> bytes:
    """The workbook with the organisations and the rows of rosters that are there already, without
    what is sensitive.

    It is for the organisation section; accounts and duties are in other hands, and their sheets are
    empty.
    """
    actor.must_run_office()
    actions.note_export(subject=SUBJECT, actor=actor, now=now, detail={"format": "xlsx"})
    return _written(lambda title: _known(title, actor, now))


SUBJECT = "first-workbook"


def _written(rows_of: Callable[[str], Iterable[list[str]]]) -> bytes:
    out = io.BytesIO()
    with excel.workbook(out) as book:
        for title in workbook.TITLES:
            sheet = excel.empty_sheet(book, title, fields_of(title))
            for row, cells in enumerate(rows_of(title), start=1):
                for at, text in enumerate(cells):
                    sheet.write_string(row, at, text)
        _explain(book)
    return out.getvalue()


def _known(title: str, actor: Actor, now: datetime) -> Iterator[list[str]]:
    if title == ORGANISATIONS:
        yield from organisation_sheets.rows(actor, now)
    kind = workbook.ROSTERS.get(title)
    if kind is None:
        return
    asked = fields_of(title)
    for cells in queries.export_rows(kind=kind, actor=actor, filters=queries.Filters())[1]:
        yield ["" if one.sensitive else text for one, text in zip(asked, cells, strict=False)]


def _explain(book: Any) -> None:
    sheet = book.add_worksheet(tables.OWN_SHEETS[0])
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    for row, text in enumerate(_STEPS):
        sheet.merge_range(row, 0, row, len(_HEAD) - 1, f"{row + 1}. {text}", wrap)
        sheet.set_row(row, 34)
    top = len(_STEPS) + 1
    for at, text in enumerate(_HEAD):
        sheet.write_string(top, at, text, bold)
    for row, cells in enumerate(_lines(), start=top + 1):
        for at, text in enumerate(cells):
            sheet.write_string(row, at, text, wrap)


def _lines() -> Iterator[tuple[str, ...]]:
    for title in workbook.TITLES:
        example = _example(title, workbook.ROSTERS.get(title))
        for one in fields_of(title):
            needed = "是" if one.required else ""
            yield (title, one.label, needed, excel.how_to_fill(one), example.get(one.label, ""))


def _example(title: str, kind: LedgerKind | None) -> dict[str, str]:
    return {excel.BRANCH: "示例一小", **kind.example} if kind else _EXAMPLES[title]
