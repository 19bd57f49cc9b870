"""What became of every word of a source: it is used, listed as left, or boilerplate of one of the
sorts named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from taizhang.documents.blocks import Block, Paragraph, Table
from taizhang.intake.reading import labels as known
from taizhang.intake.reading.pieces import is_heading, plain
from taizhang.intake.reading.read import Document
from taizhang.intake.records import parts
from taizhang.kernel.text import bare, chinese_number, folded
from taizhang.kernel.writing import written
from taizhang.ledgers.form_reader import label_names
from taizhang.ledgers.written.lines import is_nothing

_SUMS = re.compile(r"(?:合计|总计|小计|共计)[：:]?")
_BELOW = re.compile(
    r"(?:填表|填报|审核|核定|制表|负责|统计|经办|收款)(?:人|单位|日期|时间)?[：:].*|.*(?:签[名字]|签章|盖章|公章)[^：:]{0,4}[："
    r":]?.{0,12}|(?:备注|注|说明|单位)[：:].*|散会.*|.*(?:支部|学校|小学|中学|幼儿园|委员会|党委)",
    re.DOTALL,
)
"""Who made a table and signed it, notes below it, and whose paper it is."""
_FRAME = re.compile(
    r"(?:上午|下午|中午|晚上|会前|会上|星期.|周.|敬礼|此致|敬爱的党组织|各位.*|.{0,30}(?:召开|举行|开展|进行).{0,20}|(?:会议|活动|大会)"
    r"?(?:由|经).{0,12}|其中(?:[:：].{2,4})?|测评结果|特?此复|现将.*|现公示如下|现予公示|.{0,14}如下|第.{1,3}[次页]|"
    r"[一二三四五六七八九十]{1,2}、.{0,2}|共.{1,4}页)[:：]?"
)
"""What joins the parts of a sentence and says nothing itself."""


def unaccounted(blocks: Iterable[Block], found: list[Document]) -> list[str]:
    """The texts of cells and the clauses of lines of which nothing became anything."""
    said = Said(found)
    labels = _labels(found) | {
        plain(word)
        for document in found
        if document.kind
        for words in [list(map(_before, _every(list(blocks))))]
        for word in [*known.names(document.kind, words), *parts.steps(document.kind, words)]
    }
    is_list = any(document.is_list for document in found)
    return [
        text
        for text in _texts(list(blocks), said, is_list=is_list)
        if not said.holds(text)
        and plain(text) not in labels | _SILENT
        and not (plain(_before(text)) in labels and is_nothing(re.split("[：:]", text)[-1]))
        and not _is_boilerplate(text)
    ]


class Said:
    """What a document says after reading: all of it, and the names, days and lines of its values
    one by one.
    """

    def __init__(self, found: list[Document]) -> None:
        """Of these documents."""
        every = list(_said(found))
        values = [v for one in found for record in one.records for v in record.values.values()]
        self.all = bare(" ".join(every))
        self.pieces = {
            bare(piece)
            for value in values
            for piece in re.split(r"[、，,；;。\n（）():：→]", value)
            if len(bare(piece)) > 1
        }

    def holds(self, text: str) -> bool:
        """Whether the text, what stands behind its label, or a name, number or day in it was taken
        over.
        """
        digits = written.in_digits(written.plain(text))
        days = [bare(f"{day}") for day, _, _ in written.days_in(digits)]
        clocks = [bare(f"{clock:%H:%M}") for clock in written.clocks_in(digits)]
        words = re.findall(r"[\u4e00-\u9fff]{2,}|\d+", folded(text))
        counts = (
            chinese_number(n) for n in re.findall("([一二三四五六七八九十]{1,3})[名人次]", text)
        )
        words += [str(number) for number in counts if number is not None]
        return (
            bare(text) in self.all
            or bare(re.split(r"[：:]", text)[-1]) in self.all
            or any(one in self.all for one in (*days, *clocks))
            or any(one in bare(text) for one in self.pieces)
            or any(word in self.all for word in words if word.isdecimal())
            or any(word[-3:] in self.all for word in words if len(word) > 2)
            or (_NUMBER.fullmatch(text) is not None and self._is_several(float(text)))
        )

    def _is_several(self, number: float) -> bool:
        """The sum of a quarter, half year or year that became its months."""
        return any(bare(f"{number / months:.2f}") in self.all for months in (3, 6, 12))


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _said(found: list[Document]) -> Iterator[str]:
    for document in found:
        yield from document.warnings
        yield from document.passed
        yield from document.unknown
        for record in document.records:
            yield from (*record.values.values(), *record.sources.values())
            yield from (*record.left, *record.warnings)


def _every(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row)
        elif isinstance(block, Paragraph):
            yield from re.split(r"[，,。；;\s　]", block.text)


def _before(text: str) -> str:
    return re.split("[：:]", text)[0].strip()


def _labels(found: list[Document]) -> set[str]:
    """What the ledger calls its fields, the columns of their rows, and their choices."""
    words: list[str] = []
    for kind in [document.kind for document in found if document.kind]:
        words += [*label_names(kind), *kind.not_taken]
        words += [label for one in kind.fields() for _, label in one.choices]
        for part in kind.parts:
            words += [part.label, *part.sheet.heads, *part.sheet.roles, *part.sheet.words]
            words += [word for names in part.sheet.columns.values() for word in names]
    return {plain(word) for word in words}


def _texts(blocks: list[Block], said: Said, *, is_list: bool) -> Iterator[str]:
    """Cells that are no headers of a list, serial numbers or sums; clauses of lines that are no
    titles.
    """
    for block in blocks:
        if isinstance(block, Table) and is_list:
            yield from _below_headers(block, said)
        elif isinstance(block, Table):
            yield from _cells(block)
        elif isinstance(block, Paragraph) and not is_heading(block.text):
            yield from filter(str.strip, re.split(r"[，,。；;\s　]", block.text))


def _cells(table: Table) -> Iterator[str]:
    for row in table.rows:
        own = [cell.text.strip() for cell in row if not cell.spans]
        filled = [text for text in own if text]
        if any(_SUMS.fullmatch(text) for text in filled) or len(filled) == 1 < len(own):
            continue
        for text in filled:
            yield from filter(str.strip, re.split(r"[，,。；;\n　]", text))


def _below_headers(table: Table, said: Said) -> Iterator[str]:
    """The cells of a list below its headers, but for columns of which it is told that they are left
    out, or that have no header.
    """
    first = next(
        (at for at, row in enumerate(table.rows) if _is_of_a_record([c.text for c in row], said)), 0
    )
    heads = [
        [plain(row[at].text) for row in table.rows[:first]] for at in range(len(table.rows[0]))
    ]
    left_out = {
        at
        for at, column in enumerate(heads)
        if any(head and (head in _SILENT or bare(head) in said.all) for head in column[-2:])
        or any(_SUM_OF.fullmatch(head) for head in column)
    }
    for row in table.rows[first:]:
        texts = [cell.text.strip() for cell in row]
        if any(_SUMS.fullmatch(text) for text in texts) or len(set(filter(None, texts))) == 1:
            continue
        yield from (
            text
            for at, text in enumerate(texts)
            if text and at not in left_out and not row[at].spans
        )


_SILENT = {
    "月份",
    "小组名称",
    "职务",
    "备注",
    "缺席人数",
    "请假人数",
    "列席人数",
    "组长",
    "姓名",
    "应缴",
    "序号",
    "说明",
    "民主测评",
    "互评结果",
    "会议",
    "应到/实到",
    "同上",
    "〃",
    "编号",
    "签名",
    "签字",
    "本人签名",
    "月缴额",
    "应缴金额",
    "月标准",
    "应交党费",
}
_SUM_OF = re.compile(r".*(?:合计|总计|小计)")


def _is_of_a_record(row: list[str], said: Said) -> bool:
    told = [text for text in row if len(bare(text)) > 1 and text not in _SILENT]
    return len(set(told)) > 1 and sum(map(said.holds, told)) * 2 > len(told)


def _is_boilerplate(text: str) -> bool:
    return bool(_BELOW.fullmatch(text) or _FRAME.fullmatch(text) or len(bare(text)) <= 1)
