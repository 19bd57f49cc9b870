"""介绍信 as running text: who goes, from where to where, until when the dues are paid."""

from __future__ import annotations

import re

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.kernel.text import HAN, chinese_number, folded
from taizhang.kernel.writing import written

_DAY = re.compile(r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日")
_SAID = {
    "person": re.compile(
        rf"(?:^|兹介绍|兹有|介绍|[，,。])([{HAN}]{{2,4}}?)(?:同志)?(?:[（(][男女][，,、]|系中共|系我|是中共|同志系)"
    ),
    "stage": re.compile(r"(?:系|是|[，,、])(?:中共)?((?:正式|预备)党员)"),
    "from_org": re.compile(rf"由([{HAN}\d（）()]{{4,40}}?)(?:转(?:到|至|往|入)|去)"),
    "to_org": re.compile(
        rf"(?:转(?:到|至|往|入)|由[{HAN}\d（）()]{{4,40}}?去)([{HAN}\d（）()]{{4,40}}?)[。，,；;]"
    ),
    "dues_paid_through": re.compile(r"党费已?[交缴]纳?[到至]((?:19|20)\d{2}年\d{1,2}月)"),
    "valid_days": re.compile(r"有效期(?:限)?[为是:]?(\d{1,3}|[一二三四五六七八九十]{1,3})天"),
    "letter_no": re.compile(
        rf"^([{HAN}〔〕\[\]\d]{{0,14}}第\d+号|[{HAN}]{{2,12}}[〔\[](?:19|20)\d{{2}}[〕\]]\d{{1,5}}号)$"
    ),
}


_TOP = 2
_LARGE = str.maketrans("零壹贰叁肆伍陆柒捌玖拾", "〇一二三四五六七八九十")
"""How letters write numbers: 贰零贰肆年拾贰月, 叁拾天."""
_RECEIPT = re.compile(r"回执联?(?:第?\d+号|第.{1,14}号)?|.{0,24}介绍信回执联?")


def receipt(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The lines of the receipt below a letter, which whoever took the member in fills in."""
    heads = (at for at, one in enumerate(paragraphs) if _RECEIPT.fullmatch(folded(one.text)))
    first = next((at for at in heads if at > _TOP), len(paragraphs))
    return paragraphs[first:]


def add_receipt(read: Read, lines: list[Paragraph]) -> None:
    """When it was receipted, in a line of its own, and by whom; all else of it is left."""
    for one in lines:
        plain = folded(written.in_digits(one.text))
        by = _HANDLED.search(one.text)
        if _DAY.fullmatch(plain) and "receipt_on" not in read.values:
            read.add("receipt_on", one.text, one.where)
        elif by and "receipt_by" not in read.values:
            read.add("receipt_by", by[1], one.where)
            read.left.append(one.text.replace(by[0], "").strip())
        else:
            read.left.append(one.text.strip())


_HANDLED = re.compile(rf"(?:经办|接收|回执)人\s*[：:]\s*([{HAN}]{{2,4}})(?=\s|$)")
_STUB = re.compile(r"介绍信(?:的)?存根|^存根联?$")
"""The stub is kept by whom the member leaves."""


def _add_day(read: Read, paragraphs: list[Paragraph]) -> None:
    """The day below a letter is that on which it was issued."""
    for one in reversed(paragraphs[-3:]):
        if _DAY.fullmatch(folded(written.in_digits(one.text))):
            read.add("issued_on", one.text, one.where)
            read.left = [text for text in read.left if one.text.strip() not in text]
            return


def add(read: Read, fields: set[str], paragraphs: list[Paragraph]) -> None:
    """Fill what no label said, where the ledger is one of letters."""
    if not _SAID.keys() <= fields:
        return
    for name, pattern in _SAID.items():
        for block in paragraphs if name not in read.values else ():
            said = folded(written.in_digits(block.text.translate(_LARGE)))
            if found := pattern.search(said):
                number = chinese_number(found[1]) if name == "valid_days" else None
                read.add(name, found[1] if number is None else str(number), block.where)
                break
    heads = (one for one in paragraphs[: _TOP * 2] if _STUB.search(folded(one.text)))
    if "direction" not in read.values and (head := next(heads, None)) is not None:
        read.add("direction", "存根", head.where)
    if "issued_on" not in read.values and {"from_org", "to_org"} <= read.values.keys():
        _add_day(read, paragraphs)
    used = {one.text.strip() for one in paragraphs if one.where == read.sources.get("letter_no")}
    read.left = [text for text in read.left if text.strip() not in used]
