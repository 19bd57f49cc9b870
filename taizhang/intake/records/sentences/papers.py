"""Papers of a few sentences: a decision on dues, a certificate of a training, a survey's report,
what was done with a partner.
"""

from __future__ import annotations

import re
from collections.abc import Container

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.intake.records.sentences.reports import NAME
from taizhang.kernel.text import HAN, chinese_number, folded, looks_like_person
from taizhang.kernel.writing import written

_YEAR = r"(?:(?:19|20)\d{2}年)"
_DAY = rf"{_YEAR}\d{{1,2}}月\d{{1,2}}日"
_RUN = rf"{_DAY}(?:起)?{written.DASH}(?:{_YEAR})?(?:\d{{1,2}}月)?\d{{1,2}}日"
_NUMBER = r"(\d{1,4}|[一二三四五六七八九十]{1,3})"
_PAPER = rf"[{HAN}]{{2,12}}〔(?:19|20)\d{{2}}〕\d{{1,4}}号"
_BATCH = (
    r"(第[一二三四五六七八九十\d]{1,2}批次?|(?:19|20)\d{2}年(?:度|[上下]半年|第?[一二三四1-4]季度))"
)

_SAYS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "approval",
        {
            "person": rf"^(?:关于|经研究[，,]?|同意)?({NAME}?)同志(?:因|由于|的?(?:少|免)[交缴]|系|[，,])",
            "kind": r"((?:少|免|减)[交缴])党费",
            "from_month": rf"(?:自|从)({_YEAR}\d{{1,2}}月份?(?:起|开始)?{written.DASH}(?:{_YEAR})"
            rf"?\d{{1,2}}月)",
            "decided_on": rf"({_DAY})[^，,。；;]{{0,12}}(?:会|大会|会议)[^，,。；;]{{0,8}}(?:讨论|研究|决定|通过)",
            "approval": rf"({_PAPER})",
        },
    ),
    (
        "certificate_no",
        {
            "case": rf"^({NAME}?)同志[，,]?(?:于|自|参加|在)",
            "kind": r"((?:入党)?积极分子(?:集中)?培训班?|发展对象(?:集中)?培训班?|预备党员(?:集中)?培训班?)",
            "from_on": rf"({_RUN})",
            "name": rf"(?:举办|组织|开展)的((?:{_YEAR})?[^，,。；;]{{2,24}}?培训班?)",
            "hours": rf"{_NUMBER}个?(?:学时|课时)",
            "certificate_no": r"(?:证书|结业证)?编?号(?:码)?[:：]?(\S{4,30})$",
        },
    ),
    (
        "found_count",
        {
            "batch": rf"{_BATCH}[^，,。；;]{{0,12}}排查",
            "scope": rf"对((?:支部|本支部|我支部|全校|在册)*(?:全体|所有|在册)[{HAN}]{{0,8}}党员)",
            "checked_count": rf"(?:排查|核查|核对|摸排)(?:了)?(?:党员|在册党员)?(?:共|计|人数)?(?:为|是)?{_NUMBER}[名人]",
            "found_count": rf"(?:发现|查出)[^，,。；;\d]{{0,14}}?{_NUMBER}[名人]",
            "source": r"(?:核对|数据|信息)?来源(?:为|是|于|：|:)([^，,。；;]{2,40})",
        },
    ),
    (
        "n_normal",
        {
            "batch": rf"{_BATCH}[^，,。；;]{{0,12}}排查",
            "checked_count": rf"(?:排查|核查|核对|摸排)(?:了)?(?:党员)?(?:共|计)?(?:为|是)?{_NUMBER}[名人]",
        },
    ),
    (
        "partner",
        {
            "partner": rf"(?:与|和|联合|携手)([{HAN}\d]{{2,16}}?(?:党支部|党总支|社区|村|街道|学校|公司|单位|服务中心))"
            r"(?:共同|联合|一起|党员|结对|开展|进行)",
        },
    ),
)
"""The field that only such papers have → field and the words around what it takes."""
_COUNTS = {"hours", "checked_count", "found_count"}
_PEOPLE = {"person", "case"}
_CAME = re.compile(
    rf"(?:^|[，,。；;]|组织|带领)(?:支部|学校|我校)?(?:党员|教师|志愿者)?({NAME}(?:、{NAME})+)等?(?:共?(?:\d{{1,3}}|"
    rf"[一二三四五六七八九十]{{1,3}})[名位人])?(?:党员|同志|志愿者|教师)*(?:参加|前往|来到|到|赴|走进)"
)


def add(read: Read, fields: Container[str], paragraphs: list[Paragraph]) -> None:
    """Fill what no label said; of every field what the first sentence says."""
    for only, says in _SAYS:
        for name, pattern in says.items() if only in fields else ():
            if name in fields and name not in read.values:
                _first(read, name, re.compile(pattern), paragraphs)
    for name in ("participants", "attendees", "present"):
        if name in fields and name not in read.values:
            _came(read, name, paragraphs)


def _first(read: Read, name: str, pattern: re.Pattern[str], paragraphs: list[Paragraph]) -> None:
    for block in paragraphs:
        found = pattern.search(folded(written.in_digits(block.text)))
        if found is None or (name in _PEOPLE and not looks_like_person(found[1])):
            continue
        number = chinese_number(found[1]) if name in _COUNTS else None
        read.add(name, found[1] if number is None else str(number), block.where)
        return


def _came(read: Read, name: str, paragraphs: list[Paragraph]) -> None:
    """`甲、乙、丙等8名党员参加`: those who are named."""
    for block in paragraphs:
        found = _CAME.search(folded(block.text))
        if found and all(map(looks_like_person, found[1].split("、"))):
            read.add(name, found[1], block.where)
            return
