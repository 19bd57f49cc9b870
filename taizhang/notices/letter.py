"""The letter itself: title, number, addressees, numbered sections, contact, attachments, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from taizhang.documents.blocks import Paragraph
from taizhang.kernel.calendar import month_end
from taizhang.kernel.text import HAN
from taizhang.notices import timing
from taizhang.notices.model import Attachment, Contact, Notice, Period
from taizhang.notices.values import arabic_dates, day_spans, flat, half_width, real_day

_KINDS = r"(?:通知|通报|方案|意见|函|公告|安排|办法|细则|请示|报告|决定)"
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[【(（]\s*\d{4}\s*[〕\]】)）]\s*\d+\s*号")
_SECTION = re.compile(r"^\s*([一二三四五六七八九十]{1,3})\s*[、.．]\s*(.+)$")
_POINT = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}\s*[.．、)）]|[①②③④⑤⑥⑦⑧⑨⑩])\s*(.+)$"
)
_ANNEX_LINE = re.compile(
    r"^\s*附\s*[件表]\s*([0-9０-９一二三四五六七八九十]{0,3})\s*[:：.．、]?\s*(.*)$"
)


@dataclass
class Section:
    """A numbered section: its heading, and its points or lines."""

    heading: str
    where: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    """(text without its number, where)"""

    def text(self) -> str:
        """Heading and lines together."""
        return "\n".join([self.heading, *(text for text, _ in self.lines)])


@dataclass
class Letter:
    """The paragraphs of the letter by their parts."""

    head: list[Paragraph] = field(default_factory=list)
    intro: list[Paragraph] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tail: list[Paragraph] = field(default_factory=list)

    def everything(self) -> str:
        """All its text."""
        parts = [p.text for p in (*self.head, *self.intro)]
        return "\n".join([*parts, *(s.text() for s in self.sections), *(p.text for p in self.tail)])


def split(paragraphs: list[Paragraph], notice: Notice) -> Letter:
    """The letter's parts; fills title, number and addressees."""
    letter = Letter()
    rest = _head(paragraphs, letter, notice)
    section: Section | None = None
    for at, paragraph in enumerate(rest):
        if _begins_tail(paragraph, rest[at:]):
            letter.tail = rest[at:]
            break
        heading = _SECTION.match(paragraph.text)
        if heading:
            title, _, first = _cut_heading(heading[2])
            section = Section(title, paragraph.where)
            letter.sections.append(section)
            if first:
                section.lines.append((first, paragraph.where))
        elif section is None:
            letter.intro.append(paragraph)
        else:
            point = _POINT.match(paragraph.text)
            section.lines.append((point[1].strip() if point else paragraph.text, paragraph.where))
    return letter


def _cut_heading(text: str) -> tuple[str, str, str]:
    """A heading, and what of a sentence follows it on the same line."""
    for mark in ("。", "：", ":"):
        before, sign, after = text.partition(mark)
        if sign and len(before) <= 20:
            return before.strip(), sign, after.strip()
    return (text.strip(), "", "") if len(text) <= 40 else (text[:20], "", text)


def _begins_tail(paragraph: Paragraph, rest: list[Paragraph]) -> bool:
    """The list of annexes, or the signature: after it no numbered section and no other date comes any more."""
    later = rest[2:] if len(rest) > 1 and _only_date(rest[1].text) else rest[1:]
    if any(_SECTION.match(p.text) or _only_date(p.text) for p in later):
        return bool(_ANNEX_LINE.match(paragraph.text)) and not any(
            _SECTION.match(p.text) for p in later
        )
    if _ANNEX_LINE.match(paragraph.text) or _only_date(paragraph.text):
        return True
    signed = len(rest) > 1 and _only_date(rest[1].text)
    return (
        signed and len(paragraph.text.strip()) <= 40 and not re.search(r"[。；]$", paragraph.text)
    )


def _only_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", arabic_dates(flat(text))))


def _head(  # noqa: C901
    paragraphs: list[Paragraph], letter: Letter, notice: Notice
) -> list[Paragraph]:
    """Take off title, number and addressees; answers what follows."""
    title: list[str] = []
    for at, paragraph in enumerate(paragraphs[:15]):
        text = paragraph.text.strip()
        number = _NUMBER.search(text)
        if number and len(text) <= 40:
            notice.number = flat(number[0]).replace("[", "〔").replace("]", "〕")
            if "(" in notice.number:
                notice.number = notice.number.replace("(", "〔").replace(")", "〕")
            continue
        if title and _is_addressees(text):
            notice.addressees = _addressees(text)
            letter.head = paragraphs[: at + 1]
            return _titled(notice, title, paragraphs[at + 1 :])
        if title and re.search(_KINDS + r"$", flat("".join(title))):
            if _is_addressees(text):
                notice.addressees = _addressees(text)
                return _titled(notice, title, paragraphs[at + 1 :])
            letter.head = paragraphs[:at]
            return _without_addressees(notice, title, paragraphs[at:])
        if title or "关于" in text or re.search(_KINDS + r"$", flat(text)):
            if _SECTION.match(text) or len(text) > 80:
                return _titled(notice, title, paragraphs[at:])
            title.append(text)
    if not title and paragraphs and _names_a_paper(paragraphs[0].text):
        title = [paragraphs[0].text.strip()]
    return _titled(
        notice, title, paragraphs[len(letter.head) + len(title) :] if title else paragraphs
    )


def _names_a_paper(text: str) -> bool:
    """A first line such as 督查日程表, above nothing but a table."""
    plain = flat(text)
    return len(plain) <= 30 and bool(
        re.search(r"(?:督查|检查|督导|考核|调研).*(?:表|单|册)$", plain)
    )


def _titled(notice: Notice, title: list[str], rest: list[Paragraph]) -> list[Paragraph]:
    joined = "".join(title).strip()
    if joined:
        notice.title = joined
    else:
        notice.warn("no_title", "没有找到标题。", "开头")
    if not notice.addressees:
        notice.warn("no_addressees", "没有找到主送机关。", "标题之后")
    return rest


def _without_addressees(notice: Notice, title: list[str], rest: list[Paragraph]) -> list[Paragraph]:
    for at, paragraph in enumerate(rest[:3]):
        if _is_addressees(paragraph.text):
            notice.addressees = _addressees(paragraph.text)
            return _titled(notice, title, rest[at + 1 :])
    return _titled(notice, title, rest)


def _is_addressees(text: str) -> bool:
    plain = text.strip()
    return (
        plain.endswith(("：", ":"))
        and len(plain) <= 120
        and not _SECTION.match(plain)
        and "如下" not in plain
    )


def _addressees(text: str) -> list[str]:
    return [
        part.strip() for part in re.split(r"[、，,；;]", text.strip().rstrip("：:")) if part.strip()
    ]


def sections_about(letter: Letter, words: str) -> Iterator[Section]:
    """The sections whose heading speaks of something."""
    for section in letter.sections:
        if re.search(words, section.heading):
            yield section


def signature(letter: Letter, notice: Notice) -> None:
    """Issuer and day of issue: the last short line before the last line that is only a date.

    A notice that only hands on a paper is signed in its middle: there it is the first such line.
    """
    middle = [*letter.intro, *(Paragraph(*line) for s in letter.sections for line in s.lines)]
    for paragraphs, order in ((letter.tail, -1), (middle, 1)):
        dated = [at for at, p in enumerate(paragraphs) if _only_date(p.text)][::order]
        if dated:
            _signed(paragraphs, dated[0], notice)
            break
    if notice.issued_on is None:
        notice.warn("no_issue_date", "没有找到成文日期。", "落款")
    if notice.issuer is None:
        notice.warn("no_issuer", "没有找到发文机关。", "落款")


def _signed(paragraphs: list[Paragraph], at: int, notice: Notice) -> None:
    span = day_spans(paragraphs[at].text)[0]
    notice.issued_on = real_day(span.year, span.first)
    if notice.issued_on is None:
        notice.warn("impossible_date", f"没有“{span.text}”这一天。", paragraphs[at].where)
    before = paragraphs[at - 1].text.strip() if at else ""
    listed = _ANNEX_LINE.match(before) or "附件" in before or re.match(r"^\d+\s*[.．]", before)
    if before and len(before) <= 40 and not listed and not before.endswith(("。", "；")):
        notice.issuer = re.sub(r"\s+", "", before)


def attachments(paragraphs: list[Paragraph], notice: Notice) -> None:
    """The list of annexes as the letter gives it: `附件：1.……` and the numbered lines after it."""
    listing = False
    for paragraph in paragraphs:
        text = half_width(paragraph.text).strip()
        found = re.match(
            r"^附\s*[件表]\s*[:：]?\s*(?:(\d{1,2})(?!\d|[年月日])\s*[.．、:：]?)?\s*(.*)$", text
        )
        if found and found[2] and not listing:
            listing = True
            number = int(found[1]) if found[1] else None
            notice.attachments.append(Attachment(no=number, title=_trim(found[2], paragraph.text)))
            continue
        line = re.match(r"^(\d{1,2})\s*[.．、]\s*(.+)$", text)
        if listing and line:
            notice.attachments.append(
                Attachment(no=int(line[1]), title=_trim(line[2], paragraph.text))
            )
        elif listing:
            return


def _trim(title: str, original: str) -> str:
    """The title as it is written, without its number."""
    tail = original.strip()
    tail = re.sub(r"^附\s*[件表]\s*[:：]?\s*", "", tail)
    tail = re.sub(r"^[\d０-９]{1,2}\s*[.．、:：]\s*", "", tail)
    return (tail or title).rstrip("。；;")


_OFFICE = re.compile(
    r"(?:联系|咨询|报(?!告|名|道|表)送?|上报|交|送)\s*[至到给]?\s*"
    r"((?![至到给送告报])[\u4e00-\u9fff]{1,12}?(?:办公室|[科处室部]|中心|办))(?![\u4e00-\u9fff]?人)"
)


_ASK = re.compile(
    rf"[与向]\s*([\u4e00-\u9fff]{{2,14}}?(?:办公室|[科处室部]|中心|办))\s*\(\s*(?:联系人\s*[:：]?\s*)?([{HAN}·]{{2,12}})"
    r"[，,、:：\s]*(?:电话\s*[:：]?\s*)?(\d[\d-]{4,20}\d)"
)


_LABELLED_OFFICE = re.compile(
    r"联系(?:科室|处室|部门|单位)\s*[:：]\s*((?!联\s*系|电\s*话)[\u4e00-\u9fff]{2,16})?"
)
"""A label and what stands behind it; behind an empty one stands nothing."""


_HAN = rf"(?:(?!电\s*话|联\s*系|手\s*机|办\s*公|座\s*机|传\s*真|邮\s*箱)[{HAN}·])"
"""A character of a name: not the beginning of the next label."""
_PERSON = re.compile(
    rf"联\s*系\s*人\s*[:：]?\s*({_HAN}\s+{_HAN}{{1,2}}(?![\u4e00-\u9fff])|{_HAN}{{2}}\s+{_HAN}(?![\u4e00-\u9fff])|{_HAN}{{1,4}})"
)
"""王舟, 王 舟, 欧阳 锋."""


def contact(text: str, notice: Notice) -> None:
    """Whom to ask: office, person and telephone as written."""
    plain = half_width(text)
    person = _PERSON.search(plain)
    phone = re.search(r"(?:联系)?电\s*话\s*[:：]?\s*([\d][\d\-—\s转]{4,22}\d)", plain)
    office = _LABELLED_OFFICE.search(plain) or _OFFICE.search(plain)
    asked = _ASK.search(plain)
    if asked:
        notice.contact = Contact(office=asked[1], person=asked[2], phone=asked[3])
    if person:
        notice.contact.person = re.sub(r"\s+", "", person[1])
    if phone:
        notice.contact.phone = re.sub(r"\s+", "", phone[1])
    if office and office[1]:
        notice.contact.office = office[1]
    if not (notice.contact.person or notice.contact.phone):
        notice.warn("no_contact", "没有找到联系人和联系电话。", "正文")


def lines_of(letter: Letter) -> list[tuple[str, str]]:
    """Every line of the letter, headings too, with its place."""
    intro = [(p.text, p.where) for p in letter.intro]
    sections = [line for s in letter.sections for line in [(s.heading, s.where), *s.lines]]
    return [*intro, *sections, *((p.text, p.where) for p in letter.tail)]


_ABOUT_TIME = re.compile(r"^[\u4e00-\u9fff]{0,8}时间(?:安排)?\s*[:：为]")
_OTHER_TIME = re.compile(r"截止|报送|上报|之前|前报|自查|整改|反馈|培训|报名|成文")


def dates(letter: Letter, notice: Notice) -> None:
    """The days of the inspection: what a line or section about its time says, else the stage in which it is done."""
    lines = lines_of(letter)
    timing.duration(lines, notice)
    staged = timing.stages(lines, notice)
    said = [
        (p.text, p.where)
        for p in letter.intro
        if re.search(r"定于|将于|拟于|自\d{4}年|从\d{4}年|于\d{4}年", arabic_dates(flat(p.text)))
    ]
    labelled = [
        (text, where)
        for s in letter.sections
        for text, where in [(s.heading, s.where), *s.lines]
        if _ABOUT_TIME.match(text)
    ]
    names = {where for _, where in staged}
    timed = [line for line in _lines_about(letter, "时间") if line[1] not in names]
    planned = [] if staged else _lines_about(letter, "安排|步骤")
    for text, where in [*labelled, *timed, *said, *planned]:
        if not _OTHER_TIME.search(re.split(r"[:：]", text)[0]) and _take_days(text, where, notice):
            return
    stage = timing.of_the_inspection(staged)
    if stage:
        notice.starts_on, notice.ends_on = stage[0].starts_on, stage[0].ends_on
        message = f"没有单独写督查时间，按“{stage[0].name}”的起止。"
        notice.warn("dates_of_stage", message, stage[1])
        return
    notice.warn("no_dates", "没有找到督查时间。", "正文")


def _take_days(text: str, where: str, notice: Notice) -> bool:
    """The first and the last day of a line; a deadline is none of them."""
    spans = timing.days_of_work(text)
    if not spans or re.search(r"截止|报送|上报|前报", text):
        return False
    first, last = spans[0], spans[-1]
    year = first.year or (notice.issued_on.year if notice.issued_on else None)
    notice.starts_on = real_day(year, first.first)
    only_begins = len(spans) == 1 and (
        timing.is_open(text, first) or (first.first == first.last and notice.duration)
    )
    notice.ends_on = None if only_begins else real_day(last.last_year or year, last.last)
    if notice.starts_on is None:
        notice.warn("unknown_day", f"“{first.text}”缺少年份或没有这一天。", where)
    elif notice.ends_on and notice.ends_on < notice.starts_on:
        notice.warn("dates_reversed", "督查结束日期早于开始日期。", where)
    return True


def period(letter: Letter, notice: Notice) -> None:
    """The years that the work inspected lies in."""
    text = re.sub(r"\s+", "", half_width(letter.everything()))
    years = re.search(
        r"(?:内容|涵盖|范围|期间|检查|督查|对)[^。]{0,30}?(20\d\d)(?:年度?)?[—–\-－~～至到―─]{1,2}(20\d\d)年",
        text,
    )
    if years:
        first, last = int(years[1]), int(years[2])
        if first > last:
            notice.warn("period_reversed", f"“{first}—{last}年”起止颠倒。", "正文")
            return
        notice.period = Period(**{"from": date(first, 1, 1)}, to=date(last, 12, 31))
        return
    months = re.search(
        r"(20\d\d)年(\d{1,2})月(?:\d{1,2}日)?(?:以来)?[—–\-－~～至到]{1,2}(20\d\d)年(\d{1,2})月",
        text,
    )
    if months and 1 <= int(months[2]) <= 12 and 1 <= int(months[4]) <= 12:
        last_month = date(int(months[3]), int(months[4]), 1)
        notice.period = Period(
            **{"from": date(int(months[1]), int(months[2]), 1)}, to=month_end(last_month)
        )
        return
    since = re.search(r"(20\d\d)年(?:(\d{1,2})月)?以来", text)
    if since:
        notice.period = Period(**{"from": date(int(since[1]), int(since[2] or 1), 1)})
        return
    single = re.search(r"(20\d\d)年度", text)
    if single:
        year = int(single[1])
        notice.period = Period(**{"from": date(year, 1, 1)}, to=date(year, 12, 31))
        return
    notice.warn("no_period", "没有找到督查内容所属年度。", "正文")


def _lines_about(letter: Letter, words: str) -> list[tuple[str, str]]:
    return [
        line
        for section in sections_about(letter, words)
        for line in [(section.heading, section.where), *section.lines]
    ]


_FOCUS = re.compile(r"重点(?:是|为|围绕|检查|督查|包括|内容[为是:：]?)\s*[:：]?\s*([^。；\n]+)")
_CUT = re.compile(
    r"(?:等)?(?:专项)?(?:活动|工作)?(?:开展|落实|执行)?(?:有关|相关)?情况(?:等)?$|等$"
)


def focus(letter: Letter, notice: Notice) -> None:
    """What the notice says that the inspection is chiefly about."""
    for found in _FOCUS.finditer(letter.everything()):
        pieces = re.split(r"[、，,]|以及|和(?=“)", found[1])
        topics = [_topic(piece) for piece in pieces]
        notice.focus = list(dict.fromkeys(topic for topic in topics if 2 <= len(topic) <= 24))
        if notice.focus:
            return
    for section in sections_about(letter, "内容|重点"):
        points = [point for text, _ in section.lines for point in _inline_points(text)]
        topics = [_topic(re.split(r"[：:。；;]", point)[0]) for point in points]
        notice.focus = list(dict.fromkeys(topic for topic in topics if 2 <= len(topic) <= 24))
        if notice.focus:
            return


def _split_points(text: str) -> list[str]:
    """A line is one point, unless numbers inside it say that it is several."""
    several = re.search(r"[；;。]\s*[（(]?\d{1,2}[）)]?\s*[.．、]\s*[\u4e00-\u9fff“]", text)
    return _inline_points(text) if several else [text]


def _inline_points(text: str) -> list[str]:
    """`1.甲；2.乙；3.丙` in one line are three points."""
    parts = re.split(
        r"(?:^|(?<=[；;。]))\s*[（(]?\d{1,2}[）)]?\s*[.．、]?(?=[\u4e00-\u9fff“])", text
    )
    return [part.strip(" ；;。") for part in parts if part.strip(" ；;。")]


def _topic(piece: str) -> str:
    quoted = re.search(r"[“\"]([^”\"]+)[”\"]", piece)
    if quoted:
        return quoted[1]
    return _CUT.sub("", re.sub(r"^等?(?:专项活动)?", "", piece.strip())).strip()


def lists(letter: Letter, notice: Notice) -> None:
    """Methods and demands, point by point."""
    for section in sections_about(letter, "方式|方法|形式"):
        notice.methods += [point for text, _ in section.lines for point in _split_points(text)]
    for section in sections_about(letter, "要求"):
        notice.demands += [text for text, _ in section.lines if not _is_contact(text)]


def preamble(letter: Letter, notice: Notice) -> None:
    """Why and on whose decision; of a notice without numbered parts nothing tells it from the rest."""
    if letter.sections:
        notice.preamble = "\n".join(p.text.strip() for p in letter.intro) or None


def _is_contact(text: str) -> bool:
    """A line that only says whom to ask is no demand."""
    asks = re.match(r"^(?:如有|联系|咨询|有关事宜|未尽事宜)", text)
    bare = re.match(r"^(?:联系人|联系电话|电话|联系方式|邮箱)[:：]?", flat(text))
    return bool(bare or (asks and re.search(r"联\s*系\s*人|电话", text)))
