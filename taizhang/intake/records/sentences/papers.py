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
_SUM = r"(\d[\d,]*(?:\.\d{1,2})?)"
_PAPER = rf"[{HAN}]{{2,12}}〔(?:19|20)\d{{2}}〕\d{{1,4}}号"
_AGREED = r"(?:研究|讨论|审议)*(?:审定|批准|通过|同意)"
_BATCH = (
    r"(第[一二三四五六七八九十\d]{1,2}批次?|(?:19|20)\d{2}年(?:度|[上下]半年|第?[一二三四1-4]季度))"
)

_ALL_VALID = rf"收回[^，,。；;\d]{{0,6}}{_NUMBER}[张份票][，,]?(?:均为|全部为?|全为|都是|均)有效"
_SAYS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "approval",
        {
            "person": rf"^(?:关于|经研究[，,]?|同意)?({NAME}?)同志(?:因|由于|的?(?:少|免)[交缴]|系|[，,])",
            "kind": r"((?:少|免|减)[交缴])党费",
            "from_month": rf"(?:自|从|同志)({_YEAR}\d{{1,2}}月份?(?:起|开始)?{written.DASH}(?:{_YEAR})"
            rf"?\d{{1,2}}月)",
            "decided_on": rf"({_DAY})[^，,。；;]{{0,12}}(?:会|大会|会议)[^，,。；;]{{0,8}}(?:讨论|研究|决定|通过)",
            "approval": rf"文号(?:为|是|[:：])?({_PAPER})|(?:批准|批复|同意|备案)[。；;]?[（(《，,]({_PAPER})"
            rf"|(?:^|经|以|由|据|[，,。；;（(《])({_PAPER})[）)》]?(?:文件?)?(?:批准|批复|同意)",
        },
    ),
    (
        "carried_over",
        {
            "amount": rf"党建(?:工作|活动)?经费(?:年度)?预算(?:总额|金额|总计|合计)?(?:共|计|为)*{_SUM}元",
            "source": r"由(单位预算|财政|党费下拨)(?:资金|经费)?(?:安排|列支|拨付|保障)",
            "approved_by": rf"{_DAY}[由经]?([{HAN}]{{2,12}}?(?:会议?|办公会)){_AGREED}"
            rf"|经([{HAN}]{{2,12}}?(?:会议?|办公会))于?(?:{_DAY})?{_AGREED}",
            "approved_on": rf"({_DAY})[由经]?[{HAN}]{{2,12}}?(?:会议?|办公会){_AGREED}"
            rf"|经[{HAN}]{{2,12}}?(?:会议?|办公会)于?({_DAY}){_AGREED}",
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
        "monthly_due",
        {
            "person": rf"^({NAME}?)同志[:：，,]",
            "year": r"(?:核定|你|您|该同志)[^。；;]{0,12}?((?:19|20)\d{2})年度?[^，,。；;]{0,4}(?:党费|月)",
            "base": rf"(?:计算|[交缴]纳|党费|[交缴]费|月)+(?:工资|收入)?基数(?:为|是|[:：])?(?:每?月)?{_SUM}元",
            "permille": r"比例(?:为|是|按|[:：])?(\d{1,2}(?:\.\d)?[%‰])",
            "monthly_due": rf"(?:每月|月)应?[交缴]纳?(?:党费)?(?:为|是|[:：])?{_SUM}元",
            "approved_on": rf"({_DAY})[^，,。；;]{{0,8}}(?:核定|核准|审核)",
        },
    ),
    (
        "for_quarter",
        {
            "for_quarter": rf"({_YEAR}度?第?[一二三四1-4]季度)",
            "amount": rf"(?:上[缴交]|[交缴]来|收到)[^。；;]{{0,30}}?党费[^。；;]{{0,24}}?(?:[¥￥]{_SUM}|{_SUM}元)",
            "received_by": rf"(?:收款|接收)(?:单位|党组织)[:：]([{HAN}]{{4,30}})$",
            "receipt_no": r"^(?:票据|收据)?(?:编?号码?|No)[.．:：]*([A-Z\d-]{4,20})$",
            "remitted_on": rf"^({_DAY})$",
        },
    ),
    (
        "declared_on",
        {
            "kind": r"(零报告|不适用)",
            "from_on": rf"({_RUN})",
            "reason": rf"{_RUN}(?:期间|间|内)?[，,]?([^。；;]*(?:没有|未发生|无)[^，,。；;]*)",
            "declared_on": rf"^({_DAY})$",
        },
    ),
    ("seats", {"valid": _ALL_VALID}),
    (
        "graded",
        {
            "valid": _ALL_VALID,
            "graded": rf"{_NUMBER}名党员中[，,]?(?:被?评定|评为|确定)",
        },
    ),
    (
        "limit",
        {
            "person": rf"(?:^|关于|[，,。])({NAME}?)同志(?:因|在|受)",
            "limit": r"(留党察看|(?:留置|逮捕))",
            "from_on": rf"(?:留党察看|中止|察看期|自|从)[^。；;]{{0,12}}?({_RUN})",
        },
    ),
    (
        "partner",
        {
            "contact": rf"联系人(?:为|是|[:：])?({NAME})(?=[，,。；;（(]|$)",
            "partner": rf"(?:与|和|联合|携手)([{HAN}\d]{{2,16}}?(?:党支部|党总支|社区|村|街道|学校|公司|单位|服务中心))"
            r"(?:共同|联合|一起|党员|结对|开展|进行)",
        },
    ),
)
"""The field that only such papers have → field and the words around what it takes."""
_COUNTS = {"hours", "checked_count", "found_count", "graded", "valid"}
_PEOPLE = {"person", "case", "contact"}
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
        said = next(filter(None, found.groups()), "") if found else ""
        if not said or (name in _PEOPLE and not looks_like_person(said)):
            continue
        number = chinese_number(said) if name in _COUNTS else None
        read.add(name, said if number is None else str(number), block.where)
        return


def _came(read: Read, name: str, paragraphs: list[Paragraph]) -> None:
    """`甲、乙、丙等8名党员参加`: those who are named."""
    for block in paragraphs:
        found = _CAME.search(folded(block.text))
        if found and all(map(looks_like_person, found[1].split("、"))):
            read.add(name, found[1], block.where)
            return
