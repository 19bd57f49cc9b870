"""The letter itself: title, number, addressees, numbered sections, contact,
attachments, signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.documents.blocks import Paragraph
from taizhang.notices.model import Attachment, Notice
from taizhang.notices.values import arabic_dates, day_spans, flat, half_width, real_day
from taizhang.notices.words.labels import VERBS

_KINDS = r"(?:通知|通报|方案|意见|函|公告|安排|办法|细则|请示|报告|决定)"
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[【(（]\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*[〕\]】)）]\s*"
    r"(?:[\u4e00-\u9fff]{1,2}字)?第?\s*(?:\d+|[一二三四五六七八九十百]{1,5})\s*号"
)
_SECTION = re.compile(r"^\s*[一二三四五六七八九十]{1,3}\s*[、.．]\s*(?P<said>.+)$")
_FRAMED = re.compile(r"^\s*【(?P<said>[^【】]{2,14}】.*)$")
_LABELLED = re.compile(r"^\s*\d{1,2}\s*[.．、]\s*(?P<said>[\u4e00-\u9fff、]{2,12}[:：。].+)$")
_NUMBERED = re.compile(r"^\s*(?P<no>\d{1,2})\s*[.．、]\s*(?P<said>.+)$")
_ABOUT = (
    r"(?:时间|地点|内容|方式|方法|要求|对象|重点|人员|安排|范围|组织|分组|日程|程序|步骤|事项|纪律)"
)
_TITLED = re.compile(
    rf"^\s*\d{{1,2}}(?:\s*[.．、]|[ \u3000])\s*(?P<said>[\u4e00-\u9fff、“”]{{0,8}}{_ABOUT})\s*$"
)
_PARTED = re.compile(
    rf"^\s*[（(][一二三四五六七八九十]{{1,2}}[）)]\s*(?P<said>[\u4e00-\u9fff、“”]{{0,8}}{_ABOUT}(?:[:：。].*)?)$"
)
_BARE = re.compile(
    r"^\s*(?P<said>[\u4e00-\u9fff、]{0,6}(?:时间|地点|内容|方式|方法|要求|对象|重点|人员|安排)[:：].+)$"
)
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
    organ: str = ""
    """Who issues, where a line of its own above the title says it."""

    def everything(self) -> str:
        """All its text."""
        parts = [p.text for p in (*self.head, *self.intro)]
        return "\n".join([*parts, *(s.text() for s in self.sections), *(p.text for p in self.tail)])


def split(paragraphs: list[Paragraph], notice: Notice) -> Letter:
    """The letter's parts; fills title, number and addressees."""
    letter = Letter()
    rest = _head(paragraphs, letter, notice)
    begins = _heading_of(rest)
    section: Section | None = None
    number = 0
    for at, paragraph in enumerate(rest):
        if _begins_tail(paragraph, rest[at:]):
            letter.tail = rest[at:]
            break
        heading = begins.match(paragraph.text)
        if begins is _LABELLED:
            told = _NUMBERED.match(paragraph.text)
            heading = heading or (told if told and int(told["no"]) == number + 1 > 1 else None)
            number = int(told["no"]) if heading and told else number
        if heading:
            title, _, first = _cut_heading(heading["said"])
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


def _heading_of(paragraphs: list[Paragraph]) -> re.Pattern[str]:
    """How this letter begins its parts: 一、, else 1.时间：, else 时间：."""
    ways = ((_SECTION, 1), (_FRAMED, 2), (_LABELLED, 2), (_TITLED, 2), (_PARTED, 2))
    for pattern, least in ways:
        if sum(bool(pattern.match(p.text)) for p in paragraphs) >= least:
            return pattern
    return _BARE


def _cut_heading(text: str) -> tuple[str, str, str]:
    """A heading, and what of a sentence follows it on the same line: the first mark parts them."""
    mark = re.search(r"[。】]|(?<!\d)[：:]|[：:](?!\d)", text)
    if mark and mark.start() <= 20:
        return text[: mark.start()].strip(), mark[0], text[mark.end() :].strip()
    return (text.strip(), "", "") if len(text) <= 40 else (text[:20], "", text)


def _begins_tail(paragraph: Paragraph, rest: list[Paragraph]) -> bool:
    """The list of annexes, or the signature: after it no numbered section and no other date comes
    any more.
    """
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
        if not title and _is_organ(text) and _begins_title(paragraphs[at + 1 :]):
            letter.organ = re.sub(r"\s+", "", text)
            continue
        if title or "关于" in text or re.search(_KINDS + r"$", flat(text)):
            told = title and (text.endswith(("。", "：", ":", "；")) or len("".join(title)) > 80)
            if told or _SECTION.match(text) or len(text) > 80:
                return _titled(notice, title, paragraphs[at:])
            title.append(text)
    named = next((n for n, one in enumerate(paragraphs[:3]) if _names_a_paper(one.text)), None)
    if not title and named is not None:
        return _titled(notice, [paragraphs[named].text.strip()], paragraphs[named + 1 :])
    taken = len(title) + bool(letter.organ) if title else 0
    return _titled(notice, title, paragraphs[taken:])


def _is_organ(text: str) -> bool:
    """The name of who issues, on a line of its own."""
    return len(text) <= 40 and bool(
        re.search(r"(?:委员会|党委|党组|党工委|工委|[局部院校]|办公室)$", text)
    )


def _begins_title(after: list[Paragraph]) -> bool:
    """Whether the title begins on the next line, below the name of who issues."""
    return bool(after) and after[0].text.strip().startswith("关于")


def _names_a_paper(text: str) -> bool:
    """A first line such as 督查日程表, above nothing but a table."""
    plain = re.sub(r"\([^()]*\)$", "", flat(text))
    return len(plain) <= 40 and bool(
        re.search(rf"(?:{VERBS}).*(?:表|单|册|安排|情况|分组|日程)$", plain)
    )


_PADDED = re.compile(r"(?<=^[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff]$)")
"""`通  知`: the blanks of a title of two characters."""


def _titled(notice: Notice, title: list[str], rest: list[Paragraph]) -> list[Paragraph]:
    joined = _PADDED.sub("", "".join(title).strip())
    if joined:
        notice.title = joined
    else:
        notice.warn("no_title", "没有找到标题。", "开头")
    if not notice.addressees:
        notice.warn("no_addressees", "没有找到主送机关。", "标题之后")
    return rest


def _without_addressees(notice: Notice, title: list[str], rest: list[Paragraph]) -> list[Paragraph]:
    for at, paragraph in enumerate(rest[:3]):
        if _SECTION.match(paragraph.text):
            break
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
        and not _NO_ADDRESSEE.search(plain)
    )


_NO_ADDRESSEE = re.compile(r"[如以]下|下[列表]|进行|分为?[一二两三四五]个?|阶段|现[将就]|。")
"""What ends in a colon and goes on below, and speaks to nobody."""


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
    _labelled_signature(letter, notice)
    if notice.issued_on is None:
        notice.warn("no_issue_date", "没有找到成文日期。", "落款")
    notice.issuer = notice.issuer or letter.organ or None
    if notice.issuer is None:
        notice.warn("no_issuer", "没有找到发文机关。", "落款")


_ISSUED = re.compile(
    r"(?:印发|发文|成文|发布|制发|制表|编制)(?:日期|时间)\s*[:：]\s*(20\d\d年\d{1,2}月\d{1,2}日)"
)
_ISSUES = re.compile(
    r"(?:印发|发文|发布|制发|制表|编制)(?:单位|机关|部门)\s*[:：]\s*([\u4e00-\u9fff]{4,30})"
)
_SIGNED_IN_LINE = re.compile(
    r"^(?P<who>[\u4e00-\u9fff]{3,24})\s*(?:[（(][^（）()]*[）)])"
    r"?[\s\u3000]+(?P<day>20\d\d年\d{1,2}月\d{1,2}日)$"
)
"""`某某委员会（联系人：……）　2026年3月9日`."""


def _labelled_signature(letter: Letter, notice: Notice) -> None:
    """Who issues and when, where labels say it, or the last line says both."""
    if notice.issued_on:
        return
    lines = [half_width(p.text) for p in letter.head]
    lines += [half_width(text) for text, _ in lines_of(letter)]
    text = "\n".join(lines)
    signed = [one for line in lines[::-1] if (one := _SIGNED_IN_LINE.match(line.strip()))]
    last = next((one for one in signed if _is_office(one["who"])), None)
    day, who = _ISSUED.search(text), _ISSUES.search(text)
    spans = day_spans(day[1] if day else last["day"] if last else "")
    notice.issued_on = real_day(spans[0].year, spans[0].first) if spans else None
    issuer = who[1] if who else last["who"] if last else None
    notice.issuer = notice.issuer or issuer


_NO_ISSUER = re.compile(r"附件|^\d+\s*[.．]|^[（(]|联\s*系|电\s*话|[:：]")
"""What stands above the day of issue and is no signature."""


def _is_office(text: str) -> bool:
    """`质管办 组织部`: of several who sign together each is named; `组 织 部` is one name drawn apart."""
    return bool(
        re.search(r"[\u4e00-\u9fff](?:委员会|党[委组]|工委|[局部院校办科处会室组]|中心)$", text)
    )


def _signed(paragraphs: list[Paragraph], at: int, notice: Notice) -> None:
    span = day_spans(paragraphs[at].text)[0]
    notice.issued_on = real_day(span.year, span.first)
    if notice.issued_on is None:
        notice.warn("impossible_date", f"没有“{span.text}”这一天。", paragraphs[at].where)
    before = paragraphs[at - 1].text.strip() if at else ""
    listed = _ANNEX_LINE.match(before) or _NO_ISSUER.search(before)
    if before and len(before) <= 40 and not listed and not before.endswith(("。", "；")):
        together = all(map(_is_office, before.split()))
        notice.issuer = re.sub(r"\s+", " " if together else "", before)


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
        line = re.match(r"^(?:附\s*件\s*)?(\d{1,2})\s*[.．、:]\s*(.+)$", text)
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


def lines_of(letter: Letter) -> list[tuple[str, str]]:
    """Every line of the letter, headings too, with its place."""
    intro = [(p.text, p.where) for p in letter.intro]
    sections = [line for s in letter.sections for line in [(s.heading, s.where), *s.lines]]
    return [*intro, *sections, *((p.text, p.where) for p in letter.tail)]
