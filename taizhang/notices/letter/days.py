"""From when to when the inspection is, told by the letter's own sections and lines."""

from __future__ import annotations

import re

from taizhang.notices.letter import timing
from taizhang.notices.letter.parts import Letter, lines_of, sections_about
from taizhang.notices.model import Notice
from taizhang.notices.values import arabic_dates, flat
from taizhang.notices.words.labels import VERBS

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
    """The days of the inspection: what a line or section about its time says, else the stage in
    which it is done.

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
    """The first and the last day of a line; a deadline is none of them, nor is a day that another
    takes the place of.
    """
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
