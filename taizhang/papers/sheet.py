"""The tables of a paper as xlsx, for those who go on reckoning with them; every cell is text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.sheets import workbook
from taizhang.papers.official import Official
from taizhang.papers.paper import Paper, Table


def written(paper: Paper | Official) -> bytes:
    """A sheet for each table; raises BadInput for a paper without any."""
    out = io.BytesIO()
    found = list(_tables(paper))
    if not found:
        raise BadInput("这份文书里没有表格，请用 Word 或 PDF。")
    with workbook(out) as book:
        head = book.add_format(
            {"bold": True, "bg_color": "#EEF1F5", "border": 1, "text_wrap": True}
        )
        body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for at, (name, table) in enumerate(found, start=1):
            sheet = book.add_worksheet(f"{at} {re.sub(r'[^0-9A-Za-z一-鿿]', '', name)}"[:31])
            sheet.write_string(0, 0, name)
            sheet.freeze_panes(2, 0)
            sheet.repeat_rows(1)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            for row, cells in enumerate([table.columns, *table.rows], start=1):
                for column, cell in enumerate(cells):
                    sheet.write_string(row, column, cell, head if row == 1 else body)
            shares = (
                table.widths
                if len(table.widths) == len(table.columns)
                else [1.0] * len(table.columns)
            )
            for column, share in enumerate(shares):
                sheet.set_column(column, column, 130 * share / sum(shares))
    return out.getvalue()


def _tables(paper: Paper | Official) -> Iterator[tuple[str, Table]]:
    blocks = [(paper.title, block) for block in paper.blocks]
    if isinstance(paper, Official):
        blocks += [(annex.title, block) for annex in paper.annexes for block in annex.blocks]
    for name, block in blocks:
        if isinstance(block, Table):
            yield block.title or name or "表", block
