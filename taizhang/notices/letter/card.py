"""What a table says of the paper itself: the card above a published notice, and who made a
table and when.
"""

from __future__ import annotations

import re

from taizhang.documents.blocks import Block, Cell, Paragraph, Source, Table
from taizhang.notices.model import Notice
from taizhang.notices.values import day_spans, flat, half_width, real_day

_ABOUT = re.compile(
    r"(?:索引|文件编|发文字|文)号|(?:主题|体裁|组配|信息|公文|文件)(?:分类|种类|类别)|(?:发文|发布|制发|公开|责任)(?:机关|机构|单位|部门)|"
    r"(?:成文|发文|发布|印发|生成|公开|废止|实施|生效|有效|失效)(?:日期|时间)|(?:文件|信息)?(?:标题|名称)|(?:公开)(?:方式|形式|范围|属性|时限)|"
    r"(?:时|有)效性|(?:效力)?状态|主题词|关键词|信息来源|来源"
)
_ISSUERS = ("发文机关", "发文单位", "发布机构", "发布单位", "制发机关")
_LEAST = 3
"""So many different labels of that kind make a table a card."""
_MADE = re.compile(r"(?:制表|编制|印发|发布|发文|成文)(?:单位|部门|机关|日期|时间)\s*:\s*\S.*")
_ABOVE = 3
"""So many rows at most stand above the headers of a table."""


def pairs(table: Table) -> dict[str, str]:
    """What a card says under each label; {} of any other table."""
    found: dict[str, str] = {}
    for row in table.rows:
        cells = [flat(cell.text) for cell in _own(row)]
        while cells and not cells[-1]:
            cells.pop()
        labels = [text.rstrip(":") for text in cells[::2]]
        if not all(map(_ABOUT.fullmatch, labels)):
            return {}
        values = [*cells[1::2], ""]
        found |= dict(zip(labels, values, strict=False))
    return found if len(found) >= _LEAST else {}


def _own(row: list[Cell]) -> list[Cell]:
    return [cell for n, cell in enumerate(row) if not (n and cell.spans)]


def told(read: Source, found: Notice) -> None:
    """Number, issuer and day of issue as the card above a notice gives them, where the letter gives
    none.
    """
    for table in read.tables():
        said = pairs(table)
        number = said.get("发文字号") or said.get("文号")
        if number and re.search(r"\d号$", number):
            found.number = found.number or number
        issuer = next((said[one] for one in _ISSUERS if said.get(one)), None)
        if issuer and found.issuer is None:
            found.issuer = issuer
            found.warnings = [w for w in found.warnings if w.code != "no_issuer"]
        spans = day_spans(said.get("成文日期", ""))
        if spans and spans[0].year and found.issued_on is None:
            found.issued_on = real_day(spans[0].year, spans[0].first)
            found.warnings = [w for w in found.warnings if w.code != "no_issue_date"]


_FILLED_IN = re.compile(
    r"(?:填表|填报|填写|制表|编制|报送|上报)(?:单位|部门|科室|人)\s*:\s*\S.*\s"
    r"(?:(?:填表|填报|填写|制表|编制|报送|上报)(?:日期|时间)\s*:\s*)?(?P<day>20\d\d年\d{1,2}月\d{1,2}日)"
)


def filled_in(read: Source, found: Notice) -> None:
    """Keep the day behind who filled in a table, if there is but one: `填表单位：某科　2026年4月13日`."""
    lines = [_FILLED_IN.fullmatch(half_width(one.text).strip()) for one in read.paragraphs()]
    days = {line["day"] for line in lines if line}
    spans = [span for day in days for span in day_spans(day)]
    found.made(real_day(spans[0].year, spans[0].first) if len(spans) == 1 else None)


def made_above(read: Source) -> Source:
    """`制表单位：…`, `制表日期：…` in a row above the headers of a table: lines before the table."""
    blocks: list[Block] = []
    for block in read.blocks:
        blocks += _parted(block) if isinstance(block, Table) else [block]
    return Source(blocks, read.notes, read.aside)


def _parted(table: Table) -> list[Block]:
    """The lines that such a row holds, and the table with an empty row in its place."""
    for at, row in enumerate(table.rows[:_ABOVE]):
        cells = [cell for cell in _own(row) if cell.text.strip()]
        if cells and all(_MADE.fullmatch(flat(cell.text)) for cell in cells):
            lines = [Paragraph(cell.text.strip(), cell.where or table.where) for cell in cells]
            empty = [Cell("") for _ in row]
            rows = [*table.rows[:at], empty, *table.rows[at + 1 :]]
            return [*lines, Table(rows, table.where, table.exact, table.heads)]
    return [table]
