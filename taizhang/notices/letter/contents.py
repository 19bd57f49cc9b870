"""What the letter says about its matter: the years looked at, what it puts weight on, methods,
demands, and why.
"""

from __future__ import annotations

import re
from datetime import date

from taizhang.kernel.calendar import month_end
from taizhang.notices.letter.parts import Letter, Section, sections_about
from taizhang.notices.model import Notice, Period
from taizhang.notices.values import flat, half_width, real_day
from taizhang.notices.words.labels import VERBS


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
    months = _months(text)
    if months and 1 <= int(months[2]) <= 12 and 1 <= int(months[5]) <= 12:
        last_month = date(int(months[4]), int(months[5]), 1)
        notice.period = Period(
            **{"from": date(int(months[1]), int(months[2]), 1)}, to=month_end(last_month)
        )
        return
    within = re.search(
        r"(?:内容|涵盖|范围|期间)[^。]{0,20}?(20\d\d)年(\d{1,2})月?份?[—–\-－~～至到]{1,2}(\d{1,2})月",
        text,
    )
    if within and 1 <= int(within[2]) <= int(within[3]) <= 12:
        notice.period = _of_months(*(int(one) for one in within.groups()))
        return
    about = "".join(one.text() for one in sections_about(letter, "内容|重点|范围"))
    matter = re.sub(r"\s+", "", half_width(about))
    since = next(_SINCE.finditer(matter), None)
    lines = half_width(letter.everything()).splitlines()
    apart = "。".join(re.sub(r"\s+", "", line) for line in lines)
    since = since or next((o for o in _SINCE.finditer(apart) if _is_looked_at(apart, o)), None)
    notice.period = _since(since) or _half_or_year(text)
    if notice.period is None:
        notice.warn("no_period", "没有找到督查内容所属年度。", "正文")


def _since(since: re.Match[str] | None) -> Period | None:
    """From a day, a month or a half of a year on."""
    month = 7 if since and since[4] else int((since and since[2]) or 1)
    begun = real_day(int(since[1]), (month, int(since[3] or 1))) if since else None
    return Period(**{"from": begun}) if begun else None


_SINCE = re.compile(
    r"(20\d\d)年(?:(\d{1,2})月(?:份|(\d{1,2})日)?|上半年|(下半年))?(?:份?以来|起至今|至今)"
)
_LOOKED_AT = re.compile(
    rf"内容|范围|涵盖|对象|台账|资料|档案|材料|记录|手册|情况|问题|线索|账目|制度|文件|会议|党课|组织生活|落实|执行|{VERBS}"
)


def _is_looked_at(text: str, year: re.Match[str]) -> bool:
    """Whether its sentence speaks of what is looked at: `2023年以来，我镇…取得成效` tells why, not what."""
    start = max(text.rfind(mark, 0, year.start()) for mark in "。；") + 1
    end = min((at for mark in "。；" if (at := text.find(mark, year.end())) > 0), default=None)
    return bool(_LOOKED_AT.search(text[start:end]))


_BY_PLAN = re.compile(r"(?:根据|按照|依据|依照|结合|落实)[^，。；]{0,20}$")
_OF_PLAN = re.compile(rf"[^，。；]{{0,14}}?(?:计划|要点|部署|预算|意见|工作安排|(?:{VERBS})安排)")
"""`根据2025年度工作计划`: the year of a plan is not the year that is looked at."""


def _half_or_year(text: str) -> Period | None:
    """A half of a year, or a year."""
    if half := _HALF_YEAR.search(text):
        return _of_months(int(half[1]), *((1, 6) if half[2] == "上" else (7, 12)))
    years = re.finditer(r"(20\d\d)年度", text)
    own = (y for y in years if not _is_planned(text, y))
    single = next(own, None) or re.search(
        r"(?:内容|涵盖|范围)[^。]{0,12}?(20\d\d)年(?!度|\d)", text
    )
    return _of_months(int(single[1]), 1, 12) if single else None


def _is_planned(text: str, year: re.Match[str]) -> bool:
    before, behind = text[max(0, year.start() - 24) : year.start()], text[year.end() :][:24]
    return bool(_BY_PLAN.search(before) or _OF_PLAN.match(behind))


_HALF_YEAR = re.compile(r"(?:内容|涵盖|范围|期间)[^。]{0,12}?(20\d\d)年([上下])半年")


def _of_months(year: int, first: int, last: int) -> Period:
    return Period(**{"from": date(year, first, 1)}, to=month_end(date(year, last, 1)))


_MONTHS = re.compile(
    r"(20\d\d)年(\d{1,2})月(?P<first>\d{1,2}日)?(?:以来)?[—–\-－~～至到]{1,2}(20\d\d)年(\d{1,2})"
    r"月(?P<last>\d{1,2}日)?"
)
_ABOUT = re.compile(r"内容|范围|涵盖|对象|台账|资料|档案|期间")


_STAYS = re.compile(rf"(?:{VERBS}|进驻|驻点|工作)期间[（(：:,，为是]*$")
"""`巡察期间（…）`: while somebody is there, not what he looks at."""


def _months(text: str) -> re.Match[str] | None:
    """Months to months; days to days only where what is looked at is spoken of, for else these are
    when somebody comes.
    """
    for found in _MONTHS.finditer(text):
        before, behind = text[max(0, found.start() - 14) : found.start()], text[found.end() :][:12]
        if _STAYS.search(before):
            continue
        about = (_ABOUT.search(before) and "时间" not in before[-6:]) or re.match(
            "[^。]*?(?:期间|情况|工作|形成)", behind
        )
        if about or not (found["first"] and found["last"]):
            return found
    return None


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
        points = [one for point in points for one in _listed(point)]
        topics = [_topic(re.split(r"[：:。；;]", point)[0]) for point in points]
        notice.focus = list(dict.fromkeys(topic for topic in topics if 2 <= len(topic) <= 24))
        if notice.focus:
            return


_LISTS = re.compile(r"^[^。；]{4,40}?[，,]?(?:主要)?包括[:：]?([^。；]+、[^。；]+)")


def _listed(point: str) -> list[str]:
    """`支部工作开展情况，包括甲、乙、丙等`: each of what is listed."""
    found = _LISTS.match(point)
    return found[1].split("、") if found else [point]


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
    whole = re.sub(r"^等?(?:专项活动)?", "", piece.strip())
    cut = _CUT.sub("", whole).strip()
    return whole if cut.endswith("的") else cut


_ASKS = (
    "要求|纪律|(?:有关|注意|其[他它]|相关|未尽)事[项宜]|(?:材料|资料|会务|工作)准备|准备(?:工作|材料|资料|事项)|(?:迎检|备查|备检|所需|报送)"
    "(?:材料|资料)"
)
"""Headings of sections that ask something of those who are inspected."""
_MATERIALS = (
    rf"(?:{VERBS}|准备|携带|提供|备齐|备好|随带|上交)[^，。；]{{0,4}}(?:材料|资料|台账)(?!内容)"
    r"|^[^，。；]{0,6}(?:携带|备齐|备好)|(?:材料|资料)(?:报送|清单|目录)$"
)
"""Headings over what must be at hand."""
_IS_ASKED = re.compile(
    r"(?:请|须|需|应当?|务必|务请|要|必须|一律)[^。；]{0,60}?"
    r"(?:准备|备好|备齐|提供|携带|带[好齐上]?|报|提交|填写|完成|做好|反馈|到场|反映)"
    r"|(?:查阅|查看|抽查|检查|核查|备查)(?:的?(?:资料|材料|台账)|内容)(?:主要)?(?:为|是|有|包括|[:：])"
    r"|^[^。；]{0,12}(?:准备|备好|备齐|提供|携带|备查)(?:以下|下列|好)?[^。；]{0,6}[:：]"
)
"""What a sentence says that asks something of those who are inspected."""


def lists(letter: Letter, notice: Notice, groups_own: set[str]) -> None:
    """Methods and demands, point by point."""
    for section in sections_about(letter, "方式|方法|形式|办法"):
        notice.methods += [point for text, _ in section.lines for point in _split_points(text)]
    for section in sections_about(letter, _ASKS):
        points = [point for text, _ in section.lines for point in _split_points(text)]
        notice.demands += [point for point in points if not _is_contact(point)]
    _asked_elsewhere(letter, notice, groups_own)


def _asked_elsewhere(letter: Letter, notice: Notice, groups_own: set[str]) -> None:
    """What must be at hand, and sentences of other sections that ask something; without sections,
    of the whole letter.
    """
    lines = [] if letter.sections else [(p.text, p.where) for p in letter.intro]
    lines += [(p.text, p.where) for p in letter.tail]
    for section in letter.sections:
        if not re.search(_TAKEN, section.heading):
            lines += _of_section(section, notice)
    for text, where in lines:
        asked = [] if where in groups_own or _is_contact(text) else _sentences(text)
        asked = [point for point in asked if _IS_ASKED.search(point)]
        notice.demands += [point for point in asked if point not in notice.demands]


_TAKEN = f"{_ASKS}|方式|方法|形式|办法"


def _of_section(section: Section, notice: Notice) -> list[tuple[str, str]]:
    """The lines of a section that may ask something; a list of what must be at hand is taken whole,
    as is a heading that is a sentence.
    """
    cut = any(text.startswith(section.heading) for text, _ in section.lines[:1])
    if re.search(_MATERIALS, section.heading):
        points = [text for text, _ in section.lines]
        notice.demands += [one for one in points if one not in notice.demands]
        return []
    if not cut and _IS_ASKED.search(section.heading) and len(section.heading) > _SHORT:
        notice.demands.append(section.heading.strip("。；; "))
        return []
    return section.lines


_SHORT = 10
"""A heading of so many characters calls what stands below it."""


def _sentences(text: str) -> list[str]:
    told = [
        re.sub(r"^\s*[（(]?\d{1,2}[）)]?\s*[.．、)）]?\s*(?=[\u4e00-\u9fff])", "", one)
        for one in re.split("[。；;]", text)
    ]
    return [one.strip() for one in told if one.strip()]


def preamble(letter: Letter, notice: Notice) -> None:
    """Why and on whose decision; of a notice without numbered parts nothing tells it
    from the rest.
    """
    if letter.sections:
        notice.preamble = "\n".join(p.text.strip() for p in letter.intro) or None


def _is_contact(text: str) -> bool:
    """A line that only says whom to ask is no demand."""
    asks = re.match(r"^(?:如有|联系|咨询|有关事宜|未尽事宜)", text)
    bare = re.match(r"^(?:联系人|联系电话|电话|联系方式|邮箱)[:：]?", flat(text))
    return bool(
        bare or (asks and re.search(r"联\s*系\s*人|电话|联系[\u4e00-\u9fff]{2,16}[。.]?$", text))
    )
