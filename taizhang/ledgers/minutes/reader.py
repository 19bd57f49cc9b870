"""会议记录 written as a form in Word or as text (DOMAIN 7.11), read into the fields of the meeting
form.

Nothing is guessed: a label that is not known, and text under no label, is handed back to be seen to
by the clerk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from taizhang.documents import reading
from taizhang.documents.blocks import Block, Paragraph, Table
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import folded, looks_like_person, person_name
from taizhang.kernel.writing import written
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.ledgers.minutes import attendance, labelled, speakers
from taizhang.ledgers.minutes.counted import (
    COUNT,
    LISTS,
    WHO_WAS_AWAY,
    absent_are_not_present,
    count_of_list,
    counts_are_no_names,
    split_counts,
)
from taizhang.ledgers.minutes.found import Minutes
from taizhang.ledgers.minutes.labelled import LONG, NAMES, plain
from taizhang.ledgers.minutes.sections import Sections
from taizhang.ledgers.written import lines

_SIGN = re.compile(r".*(?:签名|签字|签章|盖章)")
_BLANK_DAY = re.compile(r"[年月日_＿\s]*")
_TICKED = re.compile(r"[☑☒✓✔√■●]\s*\]?\s*([^□☐○◻☑☒✓✔√■●\[\s]+)")
_BOX = re.compile(r"[□☐○◻☑☒✓✔√■●]")
_KINDS = (
    ("支部委员会", Meeting.Kind.COMMITTEE), ("支委会", Meeting.Kind.COMMITTEE), ("党员大会", Meeting.Kind.ASSEMBLY),
    ("党小组会", Meeting.Kind.GROUP), ("组织生活会", Meeting.Kind.LIFE), ("主题党日", Meeting.Kind.THEME_DAY), ("活动日", Meeting.Kind.THEME_DAY), ("党课", Meeting.Kind.LECTURE), ("支部大会", Meeting.Kind.ASSEMBLY),
)  # fmt: skip
_SHORT = "日期：{}（年份只写了两位，按二十一世纪读入，请核对）"
_TITLE_ENDS = re.compile(r"(?:会议|活动|学习)?记录(?:表|簿|本|单)?$")


def minutes(data: bytes) -> Minutes:
    """The fields of a form; raises BadInput where it is no form of a meeting."""
    return of_blocks(reading.source(data).blocks)


def knows(label: str) -> bool:
    """Whether it is a label of minutes as it stands."""
    return label in NAMES


def of_blocks(blocks: Iterable[Block], least: int = 3, year: int | None = None) -> Minutes:
    """The same, of a document that was read already; with fewer than `least` fields it is no such
    form.

    `year` is that of the book in which it stands, for a day without its year.
    """
    found = Minutes()
    headlines: list[str] = []
    current = ""
    blocks = list(blocks)
    sections = Sections(blocks)
    for label, text, found.at in _pairs(blocks):
        current = "" if sections.ends(found.at, labelled=bool(label)) else current
        if not label and found.values and NAMES.get(plain(text)) in LONG:
            current = _take(found, plain(text), "")  # a heading that is nothing but a label
        elif label and not (current in LONG and _said_before(found, label)):
            current = _take(found, label, text)
        else:
            _go_on(found, current, f"{label}：{text}" if label else text, headlines)
    subject = found.values.get("subject", "") if found.themed else ""
    _title(found, headlines)
    if len(found.values) < least:
        raise BadInput(
            "没有认出会议记录的栏目（如 会议名称、时间、地点、主持人）。请用“空白表”里的会议记录表，或每行写成“地点：……”。"
        )
    _split_time(found, year)
    found.left += [f"出席人员：{text}" for text in attendance.told(found.values)]
    counts_are_no_names(found)
    count_of_list(found)
    split_counts(found)
    _kind(found, headlines)
    _of_lecture(found, subject)
    absent_are_not_present(found)
    if not _is_lecture(found):  # of a lecture its ledger asks how it was discussed
        speakers.part(found.values)
    return found


def _go_on(found: Minutes, current: str, text: str, headlines: list[str]) -> None:
    """Text under no label of its own: more of the field above, a headline, or something to be seen
    to.
    """
    if not text.strip() or _BLANK_DAY.fullmatch(text) or _over(found, text):
        return
    if current in _OF_WHAT_WAS_DONE and not _OF_A_BALLOT.search(text) and _told_counts(found, text):
        return
    if current in LONG or (current in LISTS and _are_names(text)):
        found.add(current, text)
    elif "kind" not in found.values and len(_BOX.findall(text)) > 1:
        found.add("kind", text)
    elif not found.values and _TITLE_ENDS.search(folded(text)) and len(text) <= 60:
        headlines.append(text)
    elif not _told_counts(found, text):
        found.left.append(text.strip())


_OF_WHAT_WAS_DONE = {"agenda", "discussion", "content"}
_OF_A_BALLOT = re.compile(r"表决|选举|票")
_OVER = re.compile(
    r"[（(]?(?:会议|活动|大会)?(?:于|到|至)?(?P<when>.{0,14}?)(?:散会|宣布结束|结束)[。！!]?[)）]?"
)


def _over(found: Minutes, text: str) -> bool:
    """A line that says no more than that the meeting was over, and when."""
    over = _OVER.fullmatch(text.strip())
    clocks = written.clocks_in(written.in_digits(written.plain(over["when"]))) if over else []
    if over is None or (over["when"] and (len(clocks) != 1 or re.search(r"[月日]", over["when"]))):
        return False
    if clocks and "ends_at" not in found.values:
        found.add("ends_at", f"{clocks[0]:%H:%M}")
    return True


def _are_names(text: str) -> bool:
    """Whether a line goes on with a list of people."""
    names = [name for name, _ in lines.names(re.sub(r"[\s\u3000]+", "、", text.strip()))]
    return bool(names) and all(
        len(name) <= _LONGEST_NAME and looks_like_person(name) for name in names
    )


_LONGEST_NAME = 4


def _is_one_name(text: str) -> bool:
    name = person_name(text)
    return len(name) <= _LONGEST_NAME and looks_like_person(name)


def _told_counts(found: Minutes, text: str) -> bool:
    """A line that says nothing but how many were to come and came."""
    plain = folded(text)
    without = WHO_WAS_AWAY.sub("", plain)
    if (
        {"count", "expected_count", "present_count"} & found.values.keys()
        or not COUNT.search(plain)
        or re.sub(r"[，,；;。、]", "", COUNT.sub("", without))
    ):
        return False
    found.add("count", text)
    return True


def _said_before(found: Minutes, label: str) -> bool:
    """In the middle of what was discussed, `地点：另定` is no second place of the meeting."""
    name = NAMES.get(label, "")
    return name in found.values and name not in LONG | LISTS


_SAID_TO_IT = re.compile(r"讨论|研讨|研究")
"""Under 讨论内容 stands what was said to a lecture, and not the lecture."""


def _take(found: Minutes, label: str, text: str) -> str:
    """Keep what stands under a label; answers the field that the lines below go on with."""
    name = NAMES.get(label, "")
    if label.startswith("职务") and found.last == "lecturer_name":
        name = "lecturer_role"
    found.last = name
    if name == "discussion" and label.endswith("记录") and _is_one_name(text):
        name = "recorder_name"  # 会议主持 甲 │ 会议记录 乙
    if name:
        found.themed |= name == "subject" and label.endswith("主题")
        found.debated |= name == "speeches" and bool(_SAID_TO_IT.search(label))
        found.taught = label.endswith("内容") and not _SAID_TO_IT.search(label)
        if name in found.values and name not in LONG | LISTS:
            found.left.append(f"{label}：{text.strip()}")
        else:
            found.add(name, text)
        return name
    if text.strip() and not (_SIGN.fullmatch(label) and _BLANK_DAY.fullmatch(text)):
        found.left.append(f"{label}：{text.strip()}")
    return ""


def _pairs(blocks: Iterable[Block]) -> Iterator[tuple[str, str, str]]:
    """(label, text, place): a label cell and the cell beside it, or `label：text`; text under a
    label has none of its own.
    """
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                own = [cell for cell in row if not cell.spans]
                texts = [cell.text.strip() for cell in own]
                for label, text, at in _cells(texts, begins=not row[0].spans):
                    yield label, text, own[at].where or block.where
        elif isinstance(block, Paragraph) and lines.nobody_signed(block.text):
            yield "签名", "", block.where
        elif isinstance(block, Paragraph):
            for label, text in labelled.parts(block.text):
                yield label, text, block.where


def _cells(texts: list[str], *, begins: bool) -> Iterator[tuple[str, str, int]]:
    """`begins` says that the row's first cell is its own, not one that goes on from above."""
    at = 0
    while at < len(texts):
        label = plain(texts[at])
        beside = texts[at + 1] if at + 1 < len(texts) else ""
        known = label in NAMES or _SIGN.fullmatch(label)
        if known and plain(beside) in NAMES:
            yield label, "", at
            at += 1
        elif known or (begins and at + 1 < len(texts) and _like_a_label(texts[at])):
            for own, text in lines.swallowed(label, beside, NAMES):
                yield own, text, min(at + 1, len(texts) - 1)
            at += 2
        else:
            for line in texts[at].splitlines():
                for own, text in labelled.parts(line):
                    yield own, text, at
            at += 1


def _like_a_label(text: str) -> bool:
    """A short cell without a sentence, beside which something stands."""
    return bool(re.fullmatch(r"[^，。；：？！,;:?!\d]{2,14}", folded(text)))


def _title(found: Minutes, headlines: list[str]) -> None:
    """The name of the meeting: its own label, its theme, or the line above the form."""
    subject = found.values.pop("subject", "")
    free = next((name for name in ("title", "agenda") if name not in found.values), "")
    if subject and free:
        found.move("subject", free, subject)
    elif subject:
        found.left.append(f"主题：{subject}")
    for line in headlines:
        title = _TITLE_ENDS.sub("", folded(line))
        if _names_it(title) and "title" not in found.values:
            found.values["title"] = title


def _split_time(found: Minutes, year: int | None) -> None:
    """One cell often holds the day and both times."""
    said = _whole_times(found)
    for name in ("held_on", "starts_at", "ends_at"):
        if "time" in found.places:
            found.places.setdefault(name, found.places["time"])
    text = written.in_digits(written.plain(said))
    if year is not None:
        text = written.with_year(text, year)
    text = _in_full(found, text)
    days = written.days_in(text)
    if days:
        day, start, end = days[0]
        found.values["held_on"] = day.isoformat()
        text = f"{text[:start]} {text[end:]}"
    elif text:
        found.left.append(f"日期：{said.strip()}")
    _whole_hour(found, "ends_at")
    clocks = written.clocks_in(text)
    for name, clock in zip(("starts_at", "ends_at"), clocks, strict=False):
        found.values[name] = f"{clock:%H:%M}"
        found.places.setdefault(name, found.places.get("held_on", ""))
    half = re.search(written.HALVES, text)
    if half and days and not clocks:
        found.left.append(f"时间：{half[0]}（没有写明几点）")


_AN_HOUR = re.compile(r"(?:[上下中]午)?\d{1,2}(?:[时点](?:\d{1,2}分?|半|整)?|:\d{2})[。；]?")


def _whole_hour(found: Minutes, name: str) -> None:
    """`散会：17时。` as the hour that it says."""
    said = folded(written.in_digits(found.values.get(name, "")))
    clocks = written.clocks_in(said) if _AN_HOUR.fullmatch(said) else []
    if len(clocks) == 1:
        found.values[name] = f"{clocks[0]:%H:%M}"


def _whole_times(found: Minutes) -> str:
    """What is said of the time: the day, the hours, and hours that have their day with them
    (开始时间：2021-09-10 14:00).
    """
    said = f"{found.values.pop('held_on', '')} {found.values.pop('time', '')}"
    for name in ("starts_at", "ends_at"):
        if written.days_in(written.in_digits(written.plain(found.values.get(name, "")))):
            found.places.setdefault("held_on", found.places.get(name, ""))
            said = f"{said} {found.values.pop(name)}"
    return said


def _in_full(found: Minutes, text: str) -> str:
    """The day with all of its year, where only two numbers of it were written; that is told."""
    whole = written.with_century(text)
    if written.days_in(text) or not written.days_in(whole):
        return text
    found.left.append(_SHORT.format(text.strip()))
    return whole


_NO_NAME = re.compile(
    r"(?:19|20)\d{2}年?(?:度)?|\d{1,2}月份?|第[一二三四五六七八九十\d]+(?:次|季度|党小组)|.*?(?:党支部|学校|小学|中学|幼儿园)|"
    r"中共.{2,16}?支部|[\u4e00-\u9fff]{1,6}党小组|党小组会?|支部委员会?|委员会|支委会|支部党员大会|党员大会|支部"
    r"|专题|党课|教育|支?部?工作手册|组织生活会|主题党日|活动|会议|情况|三会一课|[“”（）()·]"
)


def _names_it(title: str) -> bool:
    """Whether a headline says more than which sort of meeting it was, of whom and when."""
    return len(_NO_NAME.sub("", title)) >= _LEAST_TITLE


_LEAST_TITLE = 2


def _is_lecture(found: Minutes) -> bool:
    kind = found.values.get("kind", "")
    return kind == Meeting.Kind.LECTURE.label or (not kind and "lecturer_name" in found.values)


def _of_lecture(found: Minutes, subject: str) -> None:
    """What a lecture calls 主题 is its theme, and what it calls 内容 is what was taught."""
    values, lecture = found.values, _is_lecture(found)
    if lecture and subject and values.get("title") == subject and "theme" not in values:
        found.move("subject", "theme", values.pop("title"))
    if lecture and found.debated and "discussion" not in values:
        found.move("speeches", "discussion", values.pop("speeches"))
        return
    if not (lecture or "theme" in values) or "content" in values:
        return
    taught = "\n".join(text for own, text, _ in found.told if own)
    rest = [(text, where) for own, text, where in found.told if not own]
    if taught and values.get("discussion") == "\n".join(text for _, text, _ in found.told):
        del values["discussion"]
        found.move("discussion", "content", taught)
        if rest:
            values["discussion"] = "\n".join(text for text, _ in rest)
            found.places["discussion"] = rest[0][1]


def _kind(found: Minutes, headlines: list[str]) -> None:
    """The kind of meeting: what is ticked or written, else what the title says; two kinds are left
    open.
    """
    said = found.values.pop("kind", "")
    if _BOX.search(said):
        asked = " ".join(_TICKED.findall(said))
    else:
        asked = said or f"{found.values.get('title', '')} {' '.join(headlines)}"
    named = {kind for word, kind in _KINDS if word in folded(asked)}
    if len(named) == 1:
        found.values["kind"] = str(named.pop().label)
    elif said:
        found.left.append(f"会议类型：{said}")
