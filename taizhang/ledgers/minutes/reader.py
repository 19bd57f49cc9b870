"""会议记录 written as a form in Word or as text (DOMAIN 7.11), read into the fields of the meeting form.

Nothing is guessed: a label that is not known, and text under no label, is handed back to be seen to by the clerk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from taizhang.documents import reading
from taizhang.documents.blocks import Block, Paragraph, Table
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import HAN, chinese_number, folded, looks_like_person, person_name
from taizhang.kernel.writing import written
from taizhang.ledgers.kinds.meetings.labels import LABELS
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.ledgers.minutes import attendance, labelled, speakers
from taizhang.ledgers.minutes.labelled import LONG, NAMES, plain
from taizhang.ledgers.written import lines

_LISTS = {"present", "absent", "observers"}
_SIGN = re.compile(r".*(?:签名|签字|签章|盖章)")
_BLANK_DAY = re.compile(r"[年月日_＿\s]*")
_TICKED = re.compile(r"[☑☒✓✔√■●]\s*\]?\s*([^□☐○◻☑☒✓✔√■●\[\s]+)")
_BOX = re.compile(r"[□☐○◻☑☒✓✔√■●]")
_KINDS = (
    ("支部委员会", Meeting.Kind.COMMITTEE), ("支委会", Meeting.Kind.COMMITTEE), ("党员大会", Meeting.Kind.ASSEMBLY),
    ("党小组会", Meeting.Kind.GROUP), ("组织生活会", Meeting.Kind.LIFE), ("主题党日", Meeting.Kind.THEME_DAY), ("活动日", Meeting.Kind.THEME_DAY), ("党课", Meeting.Kind.LECTURE), ("支部大会", Meeting.Kind.ASSEMBLY),
)  # fmt: skip
_SHORT = "日期：{}（年份只写了两位，按二十一世纪读入，请核对）"
_NUMBER = r"(\d{1,4}|[一二三四五六七八九十]{1,3})"
_COUNT = re.compile(
    rf"(?:(?:全体|支部|在册)?(?:党员|支委|委员|组员))?(应到|实到|应参加|实参加|缺席|列席|请假)(?:会)?(?:有(?:表决权|选举权)的?)?(?:正式)?(?:人数|党员|支委|委员)?数?[:为]?{_NUMBER}[人名]?"
)
_BOTH = ("expected_count", "present_count")
_COUNTED = {
    "应到": "expected_count",
    "应参加": "expected_count",
    "实到": "present_count",
    "实参加": "present_count",
}
_TITLE_ENDS = re.compile(r"(?:会议|活动|学习)?记录(?:表|簿|本|单)?$")


@dataclass
class Minutes:
    """What was read: values as the form writes them, and what was not understood."""

    values: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    """Where each value stands, as far as that is known."""
    at: str = ""
    """Where the reader is."""
    last: str = ""
    """The field that was read last: 职务 behind the lecturer is the lecturer's."""
    contents: bool = True
    """Whether what was discussed stands under no other label than 内容."""

    def add(self, name: str, text: str) -> None:
        """A value, or one more line of it."""
        text = text.strip()
        if text:
            self.values[name] = f"{self.values[name]}\n{text}" if self.values.get(name) else text
            self.places.setdefault(name, self.at)

    def move(self, name: str, to: str, text: str) -> None:
        """A value that says another field; it stands where the first was read."""
        self.values[to] = text
        if place := self.places.get(name):
            self.places[to] = place


def minutes(data: bytes) -> Minutes:
    """The fields of a form; raises BadInput where it is no form of a meeting."""
    return of_blocks(reading.source(data).blocks)


def knows(label: str) -> bool:
    """Whether it is a label of minutes as it stands."""
    return label in NAMES


def of_blocks(blocks: Iterable[Block], least: int = 3, year: int | None = None) -> Minutes:
    """The same, of a document that was read already; with fewer than `least` fields it is no such form.

    `year` is that of the book in which it stands, for a day without its year.
    """
    found = Minutes()
    headlines: list[str] = []
    current = ""
    for label, text, found.at in _pairs(blocks):
        if not label and found.values and NAMES.get(plain(text)) in LONG:
            current = _take(found, plain(text), "")  # a heading that is nothing but a label
        elif label and not (current in LONG and _said_before(found, label)):
            current = _take(found, label, text)
        else:
            _go_on(found, current, f"{label}：{text}" if label else text, headlines)
    _title(found, headlines)
    if len(found.values) < least:
        raise BadInput(
            "没有认出会议记录的栏目（如 会议名称、时间、地点、主持人）。请用“空白表”里的会议记录表，或每行写成“地点：……”。"
        )
    _split_time(found, year)
    found.left += [f"出席人员：{text}" for text in attendance.told(found.values)]
    _counts_are_no_names(found)
    _count_of_list(found)
    _split_counts(found)
    _kind(found, headlines)
    _of_lecture(found)
    _absent_are_not_present(found)
    speakers.part(found.values)
    return found


def _go_on(found: Minutes, current: str, text: str, headlines: list[str]) -> None:
    """Text under no label of its own: more of the field above, a headline, or something to be seen to."""
    if not text.strip() or _BLANK_DAY.fullmatch(text) or _over(found, text):
        return
    if current in LONG or (current in _LISTS and _are_names(text)):
        found.add(current, text)
    elif "kind" not in found.values and len(_BOX.findall(text)) > 1:
        found.add("kind", text)
    elif not found.values and _TITLE_ENDS.search(folded(text)) and len(text) <= 60:
        headlines.append(text)
    elif not _told_counts(found, text):
        found.left.append(text.strip())


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
    without = _WHO_WAS_AWAY.sub("", plain)
    if (
        "count" in found.values
        or not _COUNT.search(plain)
        or re.sub(r"[，,；;。、]", "", _COUNT.sub("", without))
    ):
        return False
    found.add("count", text)
    return True


def _said_before(found: Minutes, label: str) -> bool:
    """In the middle of what was discussed, `地点：另定` is no second place of the meeting."""
    name = NAMES.get(label, "")
    return name in found.values and name not in LONG | _LISTS


def _take(found: Minutes, label: str, text: str) -> str:
    """Keep what stands under a label; answers the field that the lines below go on with."""
    name = NAMES.get(label, "")
    if label.startswith("职务") and found.last == "lecturer_name":
        name = "lecturer_role"
    found.last = name
    if name == "discussion" and label.endswith("记录") and _is_one_name(text):
        name = "recorder_name"  # 会议主持 甲 │ 会议记录 乙
    if name:
        found.contents &= name != "discussion" or label.endswith("内容")
        if name in found.values and name not in LONG | _LISTS:
            found.left.append(f"{label}：{text.strip()}")
        else:
            found.add(name, text)
        return name
    if text.strip() and not (_SIGN.fullmatch(label) and _BLANK_DAY.fullmatch(text)):
        found.left.append(f"{label}：{text.strip()}")
    return ""


def _pairs(blocks: Iterable[Block]) -> Iterator[tuple[str, str, str]]:
    """(label, text, place): a label cell and the cell beside it, or `label：text`; text under a label has none of its own."""
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
            yield label, beside, min(at + 1, len(texts) - 1)
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


def _absent_are_not_present(found: Minutes) -> None:
    """Who stands in both lists is read as absent, and that is said."""
    away = {person_name(name) for name, _ in lines.names(found.values.get("absent", ""))}
    there = list(lines.names(found.values.get("present", "")))
    both = [name for name, _ in there if person_name(name) in away]
    if both:
        rest = [f"{name}（{why}）" if why else name for name, why in there if name not in both]
        found.values["present"] = "、".join(rest)
        found.left.append(f"{'、'.join(both)}：同时写在出席和缺席里，按缺席读入，请核对")


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
    clocks = written.clocks_in(text)
    for name, clock in zip(("starts_at", "ends_at"), clocks, strict=False):
        found.values[name] = f"{clock:%H:%M}"
        found.places.setdefault(name, found.places.get("held_on", ""))
    half = re.search(written.HALVES, text)
    if half and days and not clocks:
        found.left.append(f"时间：{half[0]}（没有写明几点）")


def _whole_times(found: Minutes) -> str:
    """What is said of the time: the day, the hours, and hours that have their day with them (开始时间：2021-09-10 14:00)."""
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


def _split_counts(found: Minutes) -> None:
    """`应到12人，实到11人` in one cell, `5/4` under 应到/实到, or a number with its unit."""
    both = re.fullmatch(
        rf"{_NUMBER}人?[/、,，]{_NUMBER}人?", folded(found.values.pop("both_counts", ""))
    )
    for name, number in zip(_BOTH, both.groups() if both else (), strict=False):
        found.move("both_counts", name, _digits(number))
    _away_of_count(found)
    for name in ("expected_count", "present_count", "count", "absent_count", "observer_count"):
        text = _without_away(found, name, folded(found.values.pop(name, "")))
        alone = re.match(rf"(?:共|计)?{_NUMBER}[人名]?", text)
        if alone and name != "count":
            found.values[name] = _digits(alone[1])
        for word, number in _COUNT.findall(text):
            if word in _COUNTED:
                found.move(name, _COUNTED[word], _digits(number))
        rest = _COUNT.sub("", text[alone.end() :] if alone and name != "count" else text)
        if re.sub(r"[，,；;。、]", "", rest):
            found.left.append(f"{LABELS[name][0]}：{text}")
    for name in ("absent_count", "observer_count"):  # they follow from the lists of names
        found.values.pop(name, None)


def _away_of_count(found: Minutes) -> None:
    """`缺席人数：1人（甲生病）` names who was away."""
    said = folded(found.values.get("absent_count", ""))
    away = re.match(r"\d{1,3}[人名][（(:：](.+?)[)）]?$", said)
    if away and "absent" not in found.values:
        found.move("absent_count", "absent", _REASON.sub(r"\1（\2）", away[1].replace(",", "、")))


_REASON = re.compile(
    rf"(?<![{HAN}（(])([{HAN}]{{2,3}}?)((?:病|事|产|婚|丧|公|年|探亲|陪护|护理)假|公差|出差|请假|开会|住院|值班|外出[{HAN}]{{0,6}}|参加[{HAN}]{{2,8}}|带队[{HAN}]{{0,6}}|因[{HAN}]{{1,10}}|援[{HAN}]{{1,3}}|带[{HAN}]{{2,8}}|送[教考课][{HAN}]{{0,6}}|[支陪]教|病休|生病|休假|监考|上课|参赛|照顾[{HAN}]{{2,6}}|培训|出国[{HAN}]{{0,4}})(?![{HAN}])"
)
"""`示例甲病假`, without a mark between the name and why."""


def _without_away(found: Minutes, name: str, text: str) -> str:
    """Keep who is named behind how many were away: `请假2人（甲、乙病假）`; answers the rest of the text."""
    away = _WHO_WAS_AWAY.search(text)
    if away is None or "absent" in found.values:
        return text
    who = re.sub(r"\(([^()]*)\)", r"（\1）", away[1]).replace(",", "、")
    found.move(name, "absent", _REASON.sub(r"\1（\2）", who))
    return text[: away.start()] + text[away.end() :]


_WHO_WAS_AWAY = re.compile(
    r"(?:请假|缺席|未到)(?:党员|人员)?\d{1,3}[人名][(:]((?:[^():]|\([^()]*\))+?)(?:\)|[。;]?$)"
)
_ONLY_COUNTS = re.compile(
    rf"[{HAN}]{{0,6}}\d{{1,3}}[人名](?:[{HAN}]{{2,4}})?(?:[（(][^（）()]*[)）])?"
)
_EVERYBODY = re.compile(
    rf"(?:[{HAN}]{{0,14}}支部)?全体[{HAN}、]{{2,20}}?(?:[(（]共?(?P<n>\d{{1,3}})[人名][)）]|共?(?P<all>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[人名])?"
)
_AWAY = re.compile(r"\d{1,3}[人名](?:请假|缺席|未到)[（(]([^（）()]+)[)）]")


def _counts_are_no_names(found: Minutes) -> None:
    """`全体党员22人，实到21人，1人请假（示例己：住院）` says how many and who was away, and names nobody who came."""
    if _ONLY_COUNTS.fullmatch(folded(found.values.get("observers", ""))):
        found.left.append(f"列席人员：{found.values.pop('observers')}")
    said = found.values.get("present", "")
    pieces = [one for one in re.split("[，,；;。]", said) if one.strip()]
    everybody = bool(pieces) and bool(_EVERYBODY.fullmatch(folded(pieces[0])))
    if not all(_ONLY_COUNTS.fullmatch(folded(one)) for one in pieces[everybody:]) or not pieces:
        return
    if everybody and len(pieces) > 1 and not re.search("实到", said):
        found.left.append(f"出席人员：{found.values.pop('present')}")
        if (away := _WHO_WAS_AWAY.search(folded(said))) and "absent" not in found.values:
            found.values["absent"] = _REASON.sub(r"\1（\2）", away[1].replace(",", "、"))
            found.places.setdefault("absent", found.places.get("present", ""))
        return
    if not re.search("实到|请假|缺席|未到|应到", said):
        if len(pieces) > 1:  # 全体党员15人，积极分子2人: who came of them is not said
            found.left.append(f"出席人员：{found.values.pop('present')}")
        return  # 参加人员：全体党员12人: so many came
    del found.values["present"]
    if (away := _AWAY.search(folded(said))) and "absent" not in found.values:
        name, _, why = away[1].partition(":")
        found.move("present", "absent", f"{name}（{why}）" if why else name)
    counts = re.sub(r"[（(][^（）()]*[)）]|\d+[人名](?:请假|缺席|未到)", "", said)
    told = re.sub(r"(?:全体|应到)(?:党员|会员|支委|委员)?", "应到", counts)
    found.move("present", "count", told)


def _count_of_list(found: Minutes) -> None:
    """`全体党员（应到18人，实到18人）`: how many came stands behind who came."""
    alone = re.fullmatch(rf"(?:共|计)?{_NUMBER}[人名]", folded(found.values.get("present", "")))
    if alone and "present_count" not in found.values:
        found.move("present", "present_count", found.values.pop("present"))
    away = re.fullmatch(
        rf"{_NUMBER}[人名][（(:：](.+?)[)）]?", found.values.get("absent", "").strip()
    )
    if away:
        found.values["absent"] = away[2]
    if "absent" in found.values:
        found.values["absent"] = _REASON.sub(r"\1（\2）", found.values["absent"])
    for name in _LISTS & found.values.keys():
        if lines.is_nothing(found.values[name]):
            del found.values[name]
    behind = re.search(
        r"[（(]([^（）()]*到[^（）()]*[\d一二三四五六七八九十][^（）()]*)[)）]\s*$",
        found.values.get("present", ""),
    )
    if behind and "count" not in found.values and _COUNT.search(folded(behind[1])):
        found.move("present", "count", behind[1])
        found.values["present"] = found.values["present"][: behind.start()].strip()
    _everybody_is_nobody(found)


def _everybody_is_nobody(found: Minutes) -> None:
    """`全体党员（17人）` names nobody who came, and says how many."""
    if everybody := _EVERYBODY.fullmatch(folded(found.values.get("present", ""))):
        number = everybody["n"] or everybody["all"]
        if number and "present_count" not in found.values:
            found.move("present", "present_count", _digits(number))
        found.left.append(f"出席人员：{found.values.pop('present')}")


_NO_NAME = re.compile(
    r"(?:19|20)\d{2}年?(?:度)?|\d{1,2}月份?|第[一二三四五六七八九十\d]+(?:次|季度|党小组)|.*?(?:党支部|学校|小学|中学|幼儿园)|中共.{2,16}?支部|[\u4e00-\u9fff]{1,6}党小组|党小组会?|支部委员会?|委员会|支委会|支部党员大会|党员大会|支部"
    r"|专题|党课|教育|支?部?工作手册|组织生活会|主题党日|活动|会议|情况|三会一课|[“”（）()·]"
)


def _names_it(title: str) -> bool:
    """Whether a headline says more than which sort of meeting it was, of whom and when."""
    return len(_NO_NAME.sub("", title)) >= _LEAST_TITLE


_LEAST_TITLE = 2


def _digits(number: str) -> str:
    value = chinese_number(number)
    return number if value is None else str(value)


def _of_lecture(found: Minutes) -> None:
    """What a lecture calls 主要内容 is what was taught."""
    lecture = found.values.get("kind") == Meeting.Kind.LECTURE.label or "theme" in found.values
    said = found.values.get("discussion", "")
    if lecture and found.contents and said and "content" not in found.values:
        del found.values["discussion"]
        found.move("discussion", "content", said)


def _kind(found: Minutes, headlines: list[str]) -> None:
    """The kind of meeting: what is ticked or written, else what the title says; two kinds are left open."""
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
