"""What a requirement table says besides is shown with its line and told with its place; nothing of
it is judged.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import docx

from taizhang.inspection import actions
from tests.make import Cast

ROWS = [
    ["序号", "项目", "要求", "优", "差", "责任人", "完成时限"],
    ["1", "支委会", "每月召开1次", "做到", "没有做到", "样某某", "12月5日前"],
    ["2", "党课", "每季度1次", "做到", "没有做到", "例某", ""],
]


def _notice() -> bytes:
    paper = docx.Document()
    for text in (
        "关于开展党支部检查的通知",
        "各党支部：",
        "要求见附件。",
        "样局党委",
        "2018年10月19日",
        "附件",
        "台账要求",
    ):
        paper.add_paragraph(text)
    table = paper.add_table(len(ROWS), len(ROWS[0]))
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def test_the_page_shows_them_beside_the_line_and_tells_each_column_once(
    people: Cast, now: datetime, login: Any
) -> None:
    office = people.actor("office")
    draft = actions.take_in(file_name="n.docx", source=_notice(), actor=office, now=now)
    page = login(people.users["office"]).get(f"/notices/{draft.pk}/").content.decode()
    for text in ("责任人：样某某<", "责任人：例某<", "完成时限：12月5日前<", "优：做到<"):
        assert text in page
    told = page.partition("读到而轮次没有栏目的")[2][:1500]
    assert "“责任人”一栏（2项有内容）：样某某；例某" in told
    assert "“完成时限”一栏（1项有内容）：12月5日前" in told
    assert told.count("“责任人”一栏") == 1
