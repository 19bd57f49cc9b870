"""The account of a notice: each sentence and cell is used in a value, or told as left, or is one of
the sorts of boilerplate that are named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from taizhang.documents.blocks import Cell, Paragraph, Source, Table
from taizhang.documents.plain import ANNEX
from taizhang.kernel.text import HAN, brief, folded
from taizhang.kernel.writing import written
from taizhang.notices.letter.parts import Letter
from taizhang.notices.model import Notice
from taizhang.notices.tables import heads
from taizhang.notices.values import all_hours, arabic_dates, day_spans, flat
from taizhang.notices.words import labels

CODE = "left"
"""The code of the warnings that say what was left."""
_LONGEST = 200
"""So many characters of one place are quoted."""


def tell(notice: Notice, letter: Letter, source: Source) -> None:
    """Say of each sentence and cell that no value took whole where it stands, by the part of the
    notice; but of tables that are told as a whole.
    """
    whole = {one.where for one in notice.warnings if one.code == "unknown_table"}
    used = _Used(notice)
    sections = _parts(letter, source)
    known = {(one.where, one.message) for one in notice.warnings}
    headings = _headings(letter)
    part = ""
    for block in source.blocks:
        if isinstance(block, Paragraph):
            part = sections.get(block.where, part)
            text = _without_heading(block.text, headings.get(block.where, ""))
            left = [one for one in _sentences(text) if used.leaves(one) and not is_boilerplate(one)]
            if left and not _is_told("".join(left), block.where, known):
                _warn(notice, part, f"“{brief(' '.join(left), _LONGEST)}”", block.where)
        elif isinstance(block, Table) and block.where not in whole and not is_imprint(block):
            for header, cells in _columns(block, used):
                texts = [f"“{brief(' '.join(c.text.split()), _LONGEST)}”" for c in cells]
                named = f"“{header}”一列" if header else ""
                _warn(notice, block.where, f"{named}{'、'.join(texts)}", cells[0].where)


def _warn(notice: Notice, part: str, text: str, where: str) -> None:
    notice.warn(CODE, f"{text}没有读入任何一栏。", where, part)


def _parts(letter: Letter, source: Source) -> dict[str, str]:
    """Where the parts of the notice begin → what they are called."""
    found = {section.where: section.heading for section in letter.sections}
    found |= dict.fromkeys((p.where for p in letter.intro[:1]), "开头")
    found |= dict.fromkeys((p.where for p in letter.tail[:1]), "落款")
    for one in source.paragraphs():
        if ANNEX.match(one.text):
            found[one.where] = flat(one.text)
    return {where: brief(flat(name), 30) for where, name in found.items()}


def _headings(letter: Letter) -> dict[str, str]:
    """Headings that only name what stands below them."""
    return {
        one.where: one.heading
        for one in letter.sections
        if not re.search("[，,。；;\\d]", one.heading) and (one.lines or len(one.heading) <= _SHORT)
    }


_SHORT = 14


def _without_heading(text: str, heading: str) -> str:
    at = text.find(heading) if heading else -1
    return text[at + len(heading) :] if at >= 0 else text


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[。；;])|\n", text) if one.strip()]


_SAID = [
    re.compile(pattern)
    for pattern in (
        r".{0,40}(?:如下|见下[表列]?|下[表列]|见附[件表].{0,20}|附后)(?:[:：。])?",  # goes on below
        r"(?:特此|此)(?:通知|函告|函达|函)|.{0,30}(?:遵照|贯彻|认真)(?:贯彻)?执行|附件?",  # closes
        r"[—\-–\s·]*(?:第?\d{1,3}页?|共\d{1,3}页)[—\-–\s·]*",  # a page's number
        rf"[{HAN}（）()]{{2,30}}文件|[（(]?(?:盖章|公章|印章|此件.{{2,10}}|公开|主动公开)[）)]?",  # paper
        r"(?:抄送|抄报|主题词|送|发|密级|紧急程度|签发人|校对|打字)[:：].*|.*\d{1,2}日印发.{0,10}",
        r"(?:附|附件|附表)\d{0,2}(?:[:：].{2,40})?",  # where an annex begins
    )
]
"""Sentences that say nothing of their own, by their sorts."""
_TITLE = re.compile(
    rf"[{HAN}A-Za-z\d“”《》、（）()—－-]{{2,40}}"
    r"(?:表|单|安排|名单|分组|分工|日程|目录|清单|细则|标准|要点|内容|通知|方案|办法)(?:[（(].{1,8}[）)])?"
)
"""What stands above a table or an annex and calls it."""


def is_boilerplate(text: str) -> bool:
    plain = flat(text).strip("。；;:,，、 ")
    return bool(
        not re.search(rf"[{HAN}\d]", plain)
        or any(way.fullmatch(plain) for way in _SAID)
        or _TITLE.fullmatch(plain)
    )


def _is_told(text: str, where: str, known: set[tuple[str, str]]) -> bool:
    """Whether a warning at that place quotes it already."""
    begins = folded(text)[:28]
    return any(place == where and begins in folded(message) for place, message in known)


_PRINTED = re.compile(r"\d{1,2}日印发$")
_IMPRINT = 4
"""So many rows has an imprint at most."""


def is_imprint(table: Table) -> bool:
    """版记 at the foot of the paper: who gets a copy, who printed it and when."""
    cells = {flat(cell.text) for row in table.rows for cell in row}
    marked = any(cell.startswith("抄送:") or _PRINTED.search(cell) for cell in cells)
    return marked and len(table.rows) <= _IMPRINT


def _columns(table: Table, used: _Used) -> Iterator[tuple[str, list[Cell]]]:
    """The cells of a table that are left, by column, under its first text."""
    for column in range(max(map(len, table.rows), default=0)):
        cells = [row[column] for row in table.rows if column < len(row)]
        header = next((flat(one.text) for one in cells if one.text.strip()), "")
        left = [
            one
            for one in cells
            if one.text.strip()
            and not one.spans
            and not _is_head(one.text)
            and used.leaves(one.text)
        ]
        told = [one for one in left if flat(one.text) != header]
        if told:
            yield header, told
        elif left and not _TITLE.fullmatch(header):
            yield "", left


def _is_head(text: str) -> bool:
    """Whether a cell is a header, a number or says that there is nothing."""
    plain = flat(text)
    known = (heads.meaning(text, heads.SCHEDULE), heads.meaning(text, heads.REQUIREMENTS))
    return bool(
        any(known)
        or labels.role_of(plain)
        or re.fullmatch(
            r"\d{1,3}|[一二三四五六七八九十]{1,3}|[-—–/\\]+|合计|总计|小计|无|略", plain
        )
    )


_MARK = "\ue002"
_COUNT = r"(?:[\d一二两三四五六七八九十几]{1,3})"
JOINS = re.compile(
    rf"(?:{labels.VERBS}|{'|'.join(labels.ROLES.values())}"
    rf"|第?{_COUNT}[个名人位家所组天项份]?|小?组别?|片区?|[上下]午|全天|半天|每[天日]|[周星期礼拜]{{1,2}}[一二三四五六日天]"
    r"|由|兼?任|担任|为|是|负责|牵头|[对到赴去在于从按与和及或各等的将共计分含第至起止后前内并]|前往|分别|进行|开展|参加|参与|带队|同志"
    r"|包括|设在|集[中合]|会合|汇合|如下|具体|统一|安排|时间|地点|日期|时段|人员|名单|单位|学校|党?支部|党组织|附件|附表"
    r"|[详参]?见|其中|定于|开始|结束|工作|情况|重点|内容|主要|分组|以来|年度?|月|日|号|组织|联系|办公)"
)
"""Words that join values to each other and name what kind they are."""
_CLOCK = re.compile(
    rf"(?:{written.HALVES})?[\d零〇一二两三四五六七八九十]{{1,3}}[:时点](?:[\d零〇一二三四五六七八九十]{{1,3}}分?|半)?"
)
_HELD_WHOLE = (
    "title",
    "preamble",
    "issuer",
    "methods",
    "demands",
    "deadlines",
    "attachments",
    "number",
)
"""Fields that take several lines, or a sentence as it stands."""


class _Used:
    """What of a text became a value."""

    def __init__(self, notice: Notice) -> None:
        document = notice.model_dump(mode="json", exclude={"warnings", "places"})
        texts = {folded(text) for text in _texts(document)}
        parts = {line for text in _texts(document) for line in map(folded, text.splitlines())}
        days = {text for text in texts if re.fullmatch(r"\d{4}-\d\d-\d\d", text)}
        self._days = {(int(day[5:7]), int(day[8:])) for day in days}
        self._years = {day[:4] for day in days}
        self._hours = {text for text in texts if re.fullmatch(r"\d\d:\d\d", text)}
        words = sorted((texts | parts) - days - self._hours, key=len, reverse=True)
        words = [re.escape(one) for one in words if len(one) > 1]
        self._words = re.compile("|".join(words)) if words else re.compile("(?!)")
        held = [document[name] for name in _HELD_WHOLE]
        self._held = [folded(text) for text in _texts(held)]

    def leaves(self, text: str) -> bool:
        """Whether something of it is in no value and is not what joins values."""
        plain = folded(text)
        bare = re.sub(r"^[（(]?[\d一二三四五六七八九十]{1,3}[）).．、]", "", plain).strip(
            "。；;,，"
        )
        if len(bare) > 1 and any(bare in one for one in self._held):
            return False
        rest = self._words.sub(_MARK, plain)
        rest = self._without_times(rest)
        pieces = re.split(
            rf"[{_MARK}\s，,。；;、:：（）()\[\]【】〔〕“”\"'《》<>/|·~—–\-→.．*●★○◆■]+", rest
        )
        if _MARK not in rest and re.search(rf"[{HAN}]", rest):
            return True
        return any(_has_content(one) for one in pieces)

    def _without_times(self, text: str) -> str:
        plain = arabic_dates(text)
        for span in day_spans(plain):
            if {span.first, span.last} & self._days:
                plain = plain.replace(span.text, _MARK)
        if (said := all_hours(plain)) and said <= self._hours:
            plain = _CLOCK.sub(_MARK, plain)
        for year in self._years:
            plain = plain.replace(f"{year}年", _MARK)
        return plain


def _has_content(piece: str) -> bool:
    rest = JOINS.sub("", piece)
    return len(re.findall(rf"[{HAN}A-Za-z]", rest)) > 1 or len(re.findall(r"\d", rest)) > 2


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one)
            yield from [key] if one and isinstance(one, str) and re.search(rf"[{HAN}]", key) else []
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str) and value:
        yield value
