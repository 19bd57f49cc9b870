"""Lines that say who of a committee does what, or what sum is for what."""

from __future__ import annotations

import re
from decimal import Decimal

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.kernel.text import HAN, folded
from taizhang.ledgers.part import Part

_SHARE = re.compile(
    rf"^[{HAN}]{{0,4}}?((?:副?书记|(?:组织|宣传|纪检|纪律|青年|统战|群工|保密)委员)(?:兼[{HAN}]{{2,6}})?)[:：\s]*"
    rf"([{HAN}]{{2,4}})(?:同志)?[，,：:\s]+((?:负责|主持|分管|协助|主管|具体|主要|全面)[^：:]{{2,}})$"
)
_SHARE_OF = re.compile(
    rf"^([{HAN}]{{2,4}})(?:同志)?[，,：:（(\s]+(?:任|担任)?((?:党?支部)?(?:副?书记|(?:组织|宣传|纪检|纪律|青年|统战|群工|"
    rf"保密)委员)(?:兼[{HAN}]{{2,6}})?)[）)，,：:\s]+((?:负责|主持|分管|协助|主管|具体|主要|全面)[^：:]{{2,}})$"
)


def add(read: Read, part: Part, paragraphs: list[Paragraph]) -> None:
    """`组织委员：甲，负责……；` or `甲（组织委员）：负责……`: who does what, a line each."""
    rows, used = [], []
    for block in paragraphs:
        text = re.sub(
            r"^\s*(?:\d{1,2}[.、．]|[（(]?[一二三四五六七八九十]{1,2}[)）、])", "", block.text
        ).strip(" 。；;")
        found, of_name = _SHARE.match(text), _SHARE_OF.match(text)
        if found:
            post, name, duties = found.groups()
        elif of_name:
            name, post, duties = of_name.groups()
        else:
            continue
        post = part.sheet.words.get(post, post)
        rows.append(part.sheet.write(name, {"职务": post, "分工": duties.strip(" 。；;")}))
        used.append(block)
    if rows:
        read.add(part.name, "\n".join(rows), used[0].where)
        taken = {one.text.strip() for one in used}
        read.left = [text for text in read.left if text.strip() not in taken]


_SUM_FOR = re.compile(
    rf"^(?:\d{{1,2}}[.、．]|[（(]\d{{1,2}}[)）])([{HAN}“”、]{{2,24}}?)[:：]?(?:预算|安排|计划)?"
    r"(\d[\d,]*(?:\.\d{1,2})?)元(?=$|[，,。；;（(])(.*)"
)
_SUM = re.compile(r"\d[\d,]*(?:\.\d{1,2})?")


def add_sums(read: Read, part: Part, paragraphs: list[Paragraph]) -> None:
    """`1. 书籍报刊1800元；`: what sum (yuan) is for what, a line each, where all lines come to the sum
    that the paper states.
    """
    every = [(one, _SUM_FOR.match(folded(one.text))) for one in paragraphs]
    told = [(one, found) for one, found in every if found]
    stated = _SUM.match(read.values.get(part.sheet.total, ""))
    sums = [Decimal(found[2].replace(",", "")) for _, found in told]
    if len(told) < _SEVERAL or not stated or sum(sums) != Decimal(stated[0].replace(",", "")):
        return
    key = next(iter(part.sheet.columns))
    rows = [part.sheet.write(found[1], {key: found[2]}) for _, found in told]
    read.add(part.name, "\n".join(rows), told[0][0].where)
    whole = {one.text.strip() for one, found in told if not found[3].strip("，,。；;")}
    read.left = [text for text in read.left if text.strip() not in whole]


_SEVERAL = 2
