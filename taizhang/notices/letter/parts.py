"""The letter itself: title, number, addressees, numbered sections, contact, attachments, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.documents.blocks import Paragraph
from taizhang.notices.letter import timing
from taizhang.notices.model import Attachment, Notice
from taizhang.notices.values import arabic_dates, day_spans, flat, half_width, real_day
from taizhang.notices.words.labels import VERBS

_KINDS = r"(?:通知|通报|方案|意见|函|公告|安排|办法|细则|请示|报告|决定)"
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[【(（]\s*\d{4}\s*[〕\]】)）]\s*(?:[\u4e00-\u9fff]{1,2}字)?第?\s*\d+\s*号"
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
        if not title and _is_organ(text) and _begins_title(paragraphs[at + 1 :]):
            title.append(text)
            continue
        if title or "关于" in text or re.search(_KINDS + r"$", flat(text)):
            told = title and (text.endswith(("。", "：", ":", "；")) or len("".join(title)) > 80)
            if told or _SECTION.match(text) or len(text) > 80:
                return _titled(notice, title, paragraphs[at:])
            title.append(text)
    named = next((n for n, one in enumerate(paragraphs[:3]) if _names_a_paper(one.text)), None)
    if not title and named is not None:
        return _titled(notice, [paragraphs[named].text.strip()], paragraphs[named + 1 :])
    return _titled(
        notice, title, paragraphs[len(letter.head) + len(title) :] if title else paragraphs
    )


def _is_organ(text: str) -> bool:
    """The name of who issues, on a line of its own."""
    return len(text) <= 40 and bool(
        re.search(r"(?:委员会|党委|党组|党工委|工委|[局部院校]|办公室)$", text)
    )


def _begins_title(after: list[Paragraph]) -> bool:
    """Whether the next line is what the title goes on with, after the name of who issues."""
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
    if notice.issuer is None:
        notice.warn("no_issuer", "没有找到发文机关。", "落款")


_ISSUED = re.compile(
    r"(?:印发|发文|成文|发布|制发)(?:日期|时间)\s*[:：]\s*(20\d\d年\d{1,2}月\d{1,2}日)"
)
_ISSUES = re.compile(r"(?:印发|发文|发布|制发)(?:单位|机关|部门)\s*[:：]\s*([\u4e00-\u9fff]{4,30})")
_SIGNED_IN_LINE = re.compile(
    r"^(?P<who>[\u4e00-\u9fff]{3,24})\s*(?:[（(][^（）()]*[）)])?[\s\u3000]+(?P<day>20\d\d年\d{1,2}月\d{1,2}日)$"
)
"""`某某委员会（联系人：……）　2026年3月9日`."""


def _labelled_signature(letter: Letter, notice: Notice) -> None:
    """Who issues and when, where labels say it, or the last line says both."""
    if notice.issued_on:
        return
    lines = [half_width(p.text) for p in letter.head]
    lines += [half_width(text) for text, _ in lines_of(letter)]
    text = "\n".join(lines)
    last = _SIGNED_IN_LINE.match(lines[-1].strip()) if lines else None
    last = last if last and _is_office(last["who"]) else None
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


_ABOUT_TIME = re.compile(rf"^(?:[\u4e00-\u9fff]{{0,8}}时间(?:安排)?|(?:{VERBS})期间)\s*[:：为]")
_OTHERS_TIME = re.compile(r"^(?:自查|自评|整改|培训|报名|报送|动员)[\u4e00-\u9fff]{0,4}时间")
"""Heads a section about the time of something else."""
_OTHER_TIME = re.compile(r"截止|报送|上报|之前|前报|自查|整改|反馈|培训|报名|成文")


_DAYS_ALONE = re.compile(r"^[月日年至到—\-~()周星期一二三四五六上下午:：。.、，,]+$")
_OF_OURS = re.compile(rf"{VERBS}|工作组|各组|{_DAYS_ALONE.pattern}")
"""What a dated line of a plan must speak of, to be about the inspection itself."""
_SET = (
    r"定于|将于|拟于|时间[为是]|时间安排[在为是于]|自\d{4}年|从\d{4}年|于\d{4}年"
    rf"|[于自从]\d{{1,2}}月\d{{1,2}}日[^，。；]{{0,40}}(?:{VERBS}|开展|进行|组织)"
)


def _plain_days(text: str) -> str:
    return re.sub(r"\d+", "", flat(text))


def dates(letter: Letter, notice: Notice, groups_own: set[str]) -> None:
    """The days of the inspection: what a line or section about its time says, else the stage in which it is done.

    `groups_own` are the places of lines in which groups say their own times.
    """
    lines = [line for line in lines_of(letter) if line[1] not in groups_own]
    timing.duration(lines, notice)
    staged = timing.stages(lines, notice)
    said = [
        (p.text, p.where)
        for p in letter.intro
        if p.where not in groups_own and re.search(_SET, arabic_dates(flat(p.text)))
    ]
    labelled = [line for line in lines if _ABOUT_TIME.match(line[0])]
    others = {where for _, where in staged} | groups_own
    timed = [
        line for line in _lines_about(letter, f"时间|^(?:{VERBS})期间$") if line[1] not in others
    ]
    planned = [line for line in _lines_about(letter, "安排|步骤") if line[1] not in others]
    listed = [line for line in timed if timing.days_of_work(line[0])]
    if len(listed) > 1 and not labelled:  # a day a line
        timed = [("，".join(text.strip("。；; ") for text, _ in listed), listed[0][1])]
    first = [*said, *timed] if len(listed) > 1 else [*timed, *said]
    held = [line for line in lines if timing.is_held(line[0]) and line[1] not in others]
    before = held and labelled and lines.index(held[0]) < lines.index(labelled[0])
    sure = [*held, *labelled] if before else labelled
    planned = [line for line in planned if _OF_OURS.search(_plain_days(line[0]))]
    alone = [line for line in planned if _DAYS_ALONE.match(_plain_days(line[0]))]
    if len(alone) > 1:  # a day a line
        planned = [("，".join(text for text, _ in alone), alone[0][1])]
    for text, where in [*sure, *first, *held, *([] if staged else planned)]:
        label = re.split(r"[:：]", text)[0]
        if len(label) <= 14 and _OTHER_TIME.search(label):
            continue
        sentences = sorted(re.split(r"(?<=[。；;])", text), key=_less_exact)
        if any(_take_days(sentence, where, notice) for sentence in sentences):
            return
    stage = timing.of_the_inspection(staged)
    if stage:
        notice.starts_on, notice.ends_on = stage[0].starts_on, stage[0].ends_on
        timing.tell_taken(*stage, notice)
        return
    notice.warn("no_dates", "没有找到督查时间。", "正文")


def _less_exact(sentence: str) -> bool:
    """`集中检查时间为…` says it better than `即日起至…`."""
    return not re.search(rf"(?:集中|现场|实地)(?:{VERBS})时间[为是:：]", sentence)


_MOVED = re.compile(
    r"^.*(?:原定?|由).*?(?:调整|改|变更|更改|推迟|提前|延期|延后|顺延)(?:至|到|为|在|于)"
)
"""`原定于3月9日……调整为`: what is said before holds no longer."""


_BESIDE = re.compile(r"[（(][^（）()]*(?:培训|动员|报到|预备会|统稿)[^（）()]*[）)]")
"""`10月10日至17日（10月9日集中培训）`: what is done before is not the inspection."""


def _take_days(text: str, where: str, notice: Notice) -> bool:
    """The first and the last day of a line; a deadline is none of them, nor is a day that another takes the place of."""
    text = _BESIDE.sub("", _MOVED.sub("", text))
    spans = timing.days_of_work(text)
    if not spans or re.search(r"截止|报送|上报|前报", text):
        return False
    if timing.only_ends(text, spans[0]):
        spans = spans[1:] or spans
    spans = spans[:1] if all(timing.lies_within(one, spans[0]) for one in spans) else spans
    first, last = spans[0], spans[-1]
    notice.starts_on = timing.in_year_of(notice, first.year, first.first)
    year = notice.starts_on.year if notice.starts_on else first.year
    only_begins = len(spans) == 1 and (
        timing.is_open(text, first)
        or (first.first == first.last and notice.duration and notice.duration.number > 1)
    )
    ends = last.last_year or (last.year if last is not first else year)
    notice.ends_on = None if only_begins else timing.in_year_of(notice, ends, last.last)
    if notice.ends_on and timing.only_ends(text, first):
        notice.starts_on = None
        notice.warn("no_start", f"“{first.text}”是结束日期，没有写从哪一天开始。", where)
    elif notice.starts_on is None:
        notice.warn("unknown_day", f"“{first.text}”缺少年份或没有这一天。", where)
    elif notice.ends_on and notice.ends_on < notice.starts_on:
        notice.warn("dates_reversed", "督查结束日期早于开始日期。", where)
    return True


def _lines_about(letter: Letter, words: str) -> list[tuple[str, str]]:
    return [
        line
        for section in sections_about(letter, words)
        if not _OTHERS_TIME.match(section.heading)
        for line in [(section.heading, section.where), *section.lines]
    ]
