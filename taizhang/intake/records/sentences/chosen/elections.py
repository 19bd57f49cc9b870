"""Letters of an election: which of them a paper is says its heading, its number stands above or
below, its day at the end.
"""

from __future__ import annotations

import re
from collections.abc import Container

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.intake.records.sentences import reports
from taizhang.kernel.text import folded
from taizhang.kernel.writing import written

_LETTERS = (
    (re.compile(r"候选人.*请示$"), "candidates_request"),
    (re.compile(r"候选人.*批复$"), "candidates_reply"),
    (re.compile(r"(?:选举|换届|补选|增补|增选)结果.*(?:报告|请示)$"), "result_report"),
    (re.compile(r"(?:选举|换届|补选|增补|增选)结果.*批复$"), "final_reply"),
    (re.compile(r"(?:书记|任职).*请示$"), "posts_request"),
    (re.compile(r"(?:召开|换届|补选|选举|增补|增选).*请示$"), "request"),
    (re.compile(r"(?:召开|换届|补选|选举|增补|增选).*批复$"), "reply"),
)
"""How the heading of a letter ends → the fields for its number and its day."""
_SORTS = {
    "换届": re.compile(r"换届|(?:下|新)一届|任期(?:已|将|即将)?(?:届?满|到期)"),
    "补选": re.compile(r"补选|增补|增选"),
}
_SEATS = re.compile(
    r"(?:由|设|设立|共|选举|产生)(?:(?:支部)?委员(?:会委员)?)?"
    r"(\d{1,2}|[一二三四五六七八九])[名人](?:委员|同志)?组?成?|由(\d{1,2}|[一二三四五六七八九])"
    r"[名人](?:支部)?委员组成"
)
_TOP, _END = 4, 3


def add(read: Read, fields: Container[str], paragraphs: list[Paragraph]) -> None:
    """Fill what no label said."""
    if "scrutineers" not in fields or not paragraphs:
        return
    _add_sort(read, paragraphs)
    _entitled(read, paragraphs)
    for one in paragraphs[:_TOP]:
        plain = folded(one.text)
        letter = next((name for shape, name in _LETTERS if shape.search(plain)), "")
        if letter:
            _add_letter(read, letter, paragraphs)
            break
    _quoted(read, fields, paragraphs)
    for one in paragraphs if "seats" not in read.values else ():
        if found := _SEATS.search(folded(one.text)):
            read.add("seats", found[1] or found[2], one.where)
            return


def add_same_day(read: Read, fields: Container[str], paragraphs: list[Paragraph]) -> None:
    """The day of the first meeting of a committee that met on the day of its election."""
    name = "first_committee_on"
    for one in paragraphs if name in fields and "held_on" in read.values else ():
        if name not in read.values and _SAME_DAY.search(folded(one.text)):
            read.add(name, read.values["held_on"], one.where)


_QUOTED = re.compile(
    r"《([^《》]{4,40})》[（(]([^（）()，,]{4,24}号)(?:[，,]([^（）()，,]{6,16}))?[）)]"
)


def _quoted(read: Read, fields: Container[str], paragraphs: list[Paragraph]) -> None:
    """`根据《关于……的批复》（某委〔2022〕21号，2022年10月20日）`: number and day of the letter that another
    one answers.
    """
    for one in paragraphs:
        for title, number, day in _QUOTED.findall(folded(one.text)):
            letter = next((name for shape, name in _LETTERS if shape.search(title)), "")
            for name, text in ((f"{letter}_no", number), (f"{letter}_on", day)):
                if letter and text and name in fields and name not in read.values:
                    read.add(name, text, one.where)


_SAME_DAY = re.compile(r"(?:同日|当[日天])[^。；;]{0,10}(?:支部委员会|支委会)[^。；;]{0,6}第一次")
"""`同日召开的支部委员会第一次会议`: on the day of the election."""
_ENTITLED = re.compile(
    r"(应到|实到)[^。；;]{0,20}?其中有(?:选举|表决)权的?(?:正式)?(?:党员|人数)?[:为共]?(\d{1,3})[人名]"
)
"""`应到党员22名，其中有选举权的正式党员21名`: those who may vote are the 21."""
_WITH_A_VOTE = re.compile(
    r"有(?:选举|表决)权的?(?:正式)?党员(?:人数)?[:为共]?(\d{1,3})[人名][，,](?=实到)"
)
"""`有选举权的正式党员24名，实到22名`."""
_OF = {"应到": "entitled_expected", "实到": "entitled_present"}


def _entitled(read: Read, paragraphs: list[Paragraph]) -> None:
    for one in paragraphs:
        found = _WITH_A_VOTE.search(folded(one.text))
        if found and "entitled_expected" not in read.values:
            read.add("entitled_expected", found[1], one.where)
        for word, number in _ENTITLED.findall(folded(one.text)):
            read.values.pop(_OF[word], None)
            read.sources.pop(_OF[word], None)
            read.add(_OF[word], number, one.where)


def _add_sort(read: Read, paragraphs: list[Paragraph]) -> None:
    """The one sort of election that the paper speaks of."""
    if "kind" in read.values:
        return
    told = {
        sort: one
        for sort, shape in _SORTS.items()
        for one in reversed(paragraphs)
        if shape.search(folded(one.text))
    }
    if len(told) == 1:
        sort, one = told.popitem()
        read.add("kind", sort, one.where)


def _add_letter(read: Read, letter: str, paragraphs: list[Paragraph]) -> None:
    near = [*paragraphs[:_TOP], *paragraphs[-_END:]]
    for name, find, lines in (
        (f"{letter}_no", reports.own_number, near),
        (f"{letter}_on", reports.whole_day, paragraphs[-_END:]),
    ):
        for one in lines if name not in read.values else ():
            if text := find(folded(written.in_digits(one.text))):
                read.add(name, text, one.where)
                read.left = [left for left in read.left if left.strip() != one.text.strip()]
                break
