"""How often a sentence of a requirement asks for something: proposals of rules, each with the words that say so."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.catalogue.matching.hits import Hit, find
from taizhang.catalogue.matching.lexicon import Concept, lexicon
from taizhang.catalogue.matching.lines import Line, named
from taizhang.catalogue.matching.plain import Plain
from taizhang.catalogue.sentences import periods
from taizhang.catalogue.sentences.periods import COUNT, WINDOW
from taizhang.kernel.calendar import Grain
from taizhang.kernel.text import chinese_number

_AT_MOST = re.compile(r"(?:不得?超过|不多于|不得多于|至多|最多|控制在|不大于|≤|<=)[^，。；]{0,4}$")
_MORE_THAN = re.compile(r"(?<!不)(?<!不得)(?:超过|多于|大于|>)[^，。；]{0,2}$")
_VERB = re.compile(
    r"召开|开展|(?:都|均|应)开|开[讲课]|清(?=[，。；、]|$)|组织|举行|举办|进行|[开上讲](?:展|过|了)?(?:一次)?(?=党课|支|党小组)|参加|更新|覆盖|公[开示布]|[缴交收](?:[纳清齐]|(?=党费))|(?<=[月季年度])[收缴交](?=$|[，。；、?])|收缴|收交|核定|制[定订]|编制|固定|填写|登记|收取|列出|"
    r"撰写|提交|递交|汇报|考察|排查|[推报]送|评议|走访|活动(?=方案|记录|资料|照片)|会议(?=记录|资料)|安排|集中|[应要都均]有|有(?=[^，。；]{0,8}(?:计划|预算))|学习|上缴|谈心"
)
_BEGUN = re.compile(
    r"不少于|至少|不低于|^(?:并|同时|再)?(?:召开|开展|组织|举行|进行|撰写|提交|形成)"
)
"""What a clause with a count has, or begins with, that goes on with the window of the one before."""
_AND_PUBLISHED = re.compile(r"[并、和](?:及时|进行|予以|按时)?(?:公[示布开]|张榜)(?:公[示布])?$")
_REPORTED = re.compile(
    r"(?:上报|报送|报备|报告|通报|督查|检查|汇总|考核|抽查)[^，。；]{0,6}$|^(?:上报|报送|报备)"
)
_MEMBER = re.compile(r"每(?:名|位|一名|一位|个党员|人)|人均|/(?:[月季年度半学期]{1,3}[·.・/])?人")
_SPEAKER = re.compile(r"(?:其中)?(?:由)?(?:党)?(?:支部|党组织)?书记")
"""A clause that begins with who does it goes on with what the sentence is about."""
_ALSO = re.compile(r"^(?:并|同时|并同时)(?:召开|开展|组织|举行|进行)?$")
"""Between what is done so often, and what is done with it."""
_GROUP = re.compile(r"(?:每个|各)党小组")
_BY = re.compile(r"(?:结合|利用|依托|通过|借助|围绕|纳入)[^，。；]{0,6}$|(?:向|提交|经)$")
_HEADED = re.compile(r"(?P<head>[^；]+)；(?P<n>\d{1,3})")
_AS_NAME = re.compile(r"(?:常规|固定|例行)?(?:工作|任务|事项|必做)?$")
_PART = re.compile(r"[^；。、，]+")
_LIST = re.compile(r"^(?:、|和|及|与|以及|或|/|,)?$")
_BARE: tuple[tuple[str, Grain], ...] = (
    ("半年|学期", "half"),
    ("季", "quarter"),
    ("月", "month"),
    ("年", "year"),
)
_MEASURED = re.compile(
    r"(?<![扣加得减记计.\d])(?<!固定)(?<!确定)(?<!选定)(?<!明确)(?<!安排)(?:\d+|[二两三四五六七八九十]+)个?(?:学时|小时|课时|分|天|元|%|人|字|名|户|家|对|项|本)"
)
_ASKED_FOR = re.compile("几[次回场堂篇]|多少|多久")
"""`一年开几次`: whoever asks how often does not say it."""
_OWN = re.compile(r"其中|每|首次|连续|第")
_PUBLISHED = re.compile(r"公布|公示|公开(?!课)|张榜")
_LOOKED_AT = re.compile(r"一[评查]$")
_LOOKING = frozenset({"assessments", "relation-surveys", "violation-surveys", "lost-members"})
"""`笔记每季一评` says how often they are looked at; of these ledgers that is what they hold."""
_DONE_THERE = re.compile(r"研究|审议|听取|讨论|审查")
NOT_COUNTED = frozenset(
    {
        "documents",
        "members",
        "charts",
        "divisions",
        "elections",
        "cases",
        "lost-members",
        "transfers",
        "site-projects",
    }
)
"""Ledgers of what there is, or of what comes as it comes: nothing of them is due so many times."""
_END = "。；！？!?"


@dataclass(frozen=True)
class Proposed:
    """At least so many records of a ledger in every window, in the words of the notice."""

    ledger: str
    what: str | None
    every: Grain
    at_least: int
    per: str
    quote: str
    item: str = ""
    """The row of our first catalogue to which that work belongs."""


@dataclass(frozen=True)
class _Said:
    """A window with its count in a plain text; the clause it stands in reaches from `left` to `right`."""

    every: Grain
    at_least: int
    start: int
    end: int
    left: int
    right: int


def proposed(line: Line) -> list[Proposed]:
    """The frequencies that a line asks for, of what one of our ledgers can answer."""
    about = [hit.concept for hit in named(line)]
    if not any(one.ledger or one.one_of or one.expands for one in about):
        return []
    title, wanted = Plain.of(line.title), Plain.of(line.requirement)
    found: list[Proposed] = []
    if line.frequency.strip():
        found += _of_cell(line.frequency, about, title.text) or _of_cell(
            line.frequency, about, f"{title.text}；{wanted.text}"
        )
    alone = WINDOW.fullmatch(wanted.text.strip("。；"))
    found += (
        _of_cell(line.requirement, about, title.text)
        if alone
        else _of_text(wanted, about, title.text)
    )
    found += _of_window(line, wanted) or _of_text(title, about, title.text)
    kept: dict[tuple[object, ...], Proposed] = {}
    for one in found:
        if one.ledger.endswith("plans") and one.every in ("month", "quarter"):
            continue
        kept.setdefault((one.ledger, one.what, one.every, one.at_least), one)
    return list(kept.values())


def _of_cell(cell: str, about: list[Concept], around: str) -> list[Proposed]:
    """A cell may say no more than 每月; what it is said of stands around it."""
    plain = Plain.of(cell)
    found = _of_header(plain, about, around) or _of_text(plain, about, around)
    bare = plain.text.strip("。；")
    if found or len(bare) > 5 or re.search(r"[\d前后底末初]", bare):
        return found
    every = next((grain for pattern, grain in _BARE if re.search(pattern, bare)), None)
    if every is None:
        return []
    quote = plain.quote(0, len(bare))
    return [_made(c, every, 1, around, quote) for c in _single(about) if _recorded(c, around)]


def _of_header(plain: Plain, about: list[Concept], around: str) -> list[Proposed]:
    """`每年次数` over 4: the number of a cell, and the header that says of which window."""
    told = _HEADED.fullmatch(plain.text)
    window = WINDOW.search(told["head"]) if told else None
    every = periods.grain_of(window) if window else None
    number = int(told["n"]) if told else 0
    if every is None or not number:
        return []
    quote = plain.quote(0, plain.text.index("；"))
    return [_made(c, every, number, around, quote) for c in _single(about) if _recorded(c, around)]


def _of_window(line: Line, plain: Plain) -> list[Proposed]:
    """`每月` as a name, and beside it the doings of every month: each once, or as often as it says."""
    window = WINDOW.fullmatch(_AS_NAME.sub("", Plain.of(line.title).text))
    every = periods.grain_of(window) if window else None
    if every is None:
        return []
    found: list[Proposed] = []
    for part in _PART.finditer(plain.text):
        count = COUNT.search(part[0])
        number = _number(count, part[0]) if count else 1
        quote = plain.quote(*part.span())
        about = _spread(_chain(find(part[0]), part[0]))
        found += [
            _made(c, every, number, part[0], quote, _per(part[0]))
            for c in about
            if _recorded(c, part[0])
        ]
    return found


def _of_text(plain: Plain, about: list[Concept], around: str) -> list[Proposed]:
    return [one for said in _sayings(plain.text) for one in _meant(said, plain, about, around)]


def _behind(text: str) -> Iterator[tuple[re.Match[str], list[_Said]]]:
    """`4次/年`, `党员大会/季度`: windows that stand behind a stroke, each with what is said by it."""
    end = 0
    found = sorted(
        [*periods.BEHIND.finditer(text), *periods.ALONE.finditer(text)], key=re.Match.start
    )
    for at, one in enumerate(found):
        if one.start() < end:
            continue
        end = one.end()
        every = periods.grain_behind(one["of"])
        counted = one.re is periods.BEHIND
        number = _number(one, text) if counted else 1
        said = []
        if number and not _AT_MOST.search(text[: one.start()]):
            left, right = _left(text, one.start()), _right(text, end)
            said.append(_Said(every, number, one.start(), end, left, right))
        after = next((more.start() for more in found[at + 1 :] if more.start() >= end), len(text))
        window = WINDOW.search(text, end)
        after = min(after, window.start()) if window else after
        yield one, [*said, *(_gone_on(text, one.start(), every, after) if counted else ())]


def _sayings(text: str) -> Iterator[_Said]:
    """Every window with a count, or with a verb, in which case once is meant."""
    taken: list[tuple[int, int]] = []
    for found, said_of in _behind(text):
        taken.append(found.span())
        yield from said_of
    windows = [
        w for w in WINDOW.finditer(text) if all(w.end() <= a or w.start() >= b for a, b in taken)
    ]
    yield from _on_dates(text, windows)
    windows = _told_apart(text, windows)
    for at, window in enumerate(windows):
        every_ = periods.grain_of(window)
        after = windows[at + 1].start() if at + 1 < len(windows) else len(text)
        said = _counted(text, window, every_, after) if every_ else None
        if said is not None:
            before = windows[at - 1].end() if at else 0
            before = window.start() if text[: window.start()].endswith("、") else before
            yield _Said(
                said.every, said.at_least, said.start, said.end, max(said.left, before), said.right
            )
        if every_:
            yield from _gone_on(text, window.start(), every_, after)


def _told_apart(text: str, windows: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without those that are only listed (`按月、按季召开`): which of several is done when, the order alone would tell."""
    pairs = itertools.pairwise(windows)
    listed = [p for p in pairs if _LIST.fullmatch(text[p[0].end() : p[1].start()])]
    return [one for one in windows if not any(one in pair for pair in listed)]


def _on_dates(text: str, windows: list[re.Match[str]]) -> Iterator[_Said]:
    """`3月、9月各公开一次` without a window is so often in a year."""
    dates = periods.dates_of(text, 0, len(text))
    if dates is None or any(_left(text, w.start()) == _left(text, dates.start()) for w in windows):
        return
    right = _right(text, dates.end())
    count = COUNT.search(text, dates.end(), right)
    if count:
        number = _number(count, text) * periods.how_many(dates[0])
        yield _Said("year", number, dates.start(), count.end(), _left(text, dates.start()), right)


def _gone_on(text: str, start: int, every: Grain, after: int) -> Iterator[_Said]:
    """A later clause of the same sentence with a count and a name of its own, but no window: the window still holds."""
    at = _right(text, start)
    while text[at : at + 1] == "，" and at + 1 < after:
        left, at = at + 1, min(_right(text, at + 1), after)
        count = COUNT.search(text, left, at)
        if count and _is_new(text, left, at, count.start()):
            yield _Said(every, _number(count, text), start, count.end(), left, at)


def _is_new(text: str, left: int, right: int, count: int) -> bool:
    """Whether the clause asks for something of its own; 其中 only says who does some of it."""
    clause = text[left:right]
    if _ordinal(text, count) or _AT_MOST.search(text[:count]):
        return False
    if _SPEAKER.match(clause):
        return bool(_BEGUN.search(clause)) or clause.startswith("其中")
    return not _OWN.match(clause) and _fresh(text, left, right, count) and bool(find(clause))


def _fresh(text: str, left: int, right: int, count: int) -> bool:
    """`并开展1次…`, `评议党员一次`: a clause of its own, and no remark on the one before."""
    named = any(hit.start == 0 and hit.end == count - left for hit in find(text[left:count]))
    return named or bool(_BEGUN.search(text[left:right]))


def _counted(text: str, window: re.Match[str], every: Grain, after: int) -> _Said | None:
    start, end = window.span()
    right = min(_right(text, end + (text[end : end + 1] == "，")), after)
    count = next(
        (c for c in COUNT.finditer(text, end, right) if not _ordinal(text, c.start())), None
    ) or _led_to(text, right)
    if count is None:
        return _uncounted(text, window, every, right, after)
    dates = periods.dates_of(text, end, count.start())
    number = _number(count, text) * (periods.how_many(dates[0]) if dates else 1)
    if not number or _AT_MOST.search(text[end : count.start()]):
        return None
    return _Said(every, number, start, count.end(), _left(text, start), max(right, count.end()))


def _led_to(text: str, right: int) -> re.Match[str] | None:
    """`每月召开支委会，不少于一次`: the count behind the next comma, with nothing of its own before it."""
    if text[right : right + 1] != "，":
        return None
    lead = COUNT.search(text, right, _right(text, right + 1))
    plain = lead and re.fullmatch(
        r"，(?:每次)?(?:至少|不少于|一般|应|不低于)*", text[right : lead.start()]
    )
    return lead if plain else None


def _uncounted(
    text: str, window: re.Match[str], every: Grain, right: int, after: int
) -> _Said | None:
    """Once in every window: because the form says so, or because a verb does."""
    start, end = window.span()
    left = _left(text, start)
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return _Said(every, 1, start, end, left, end)
    if done := periods.once(text, end) or periods.on_a_day(text, end):
        return _Said(every, 1, start, done.end(), left, right)
    if periods.is_doubled(window[0]):
        return _Said(every, 1, start, end, left, right)
    if each := _each(text, end, after):
        return _Said(every, _number(each, text), start, end, left, end)
    part = text.find("、", end, right)
    verb = _VERB.search(text, end, right if part < 0 else part)
    asks = verb or _VERB.search(text, left, start) or _VERB.search(text, end, right)
    if not asks or _says_no_often(text, end, right):
        return None
    return _Said(every, 1, start, verb.end() if verb else end, left, right)


def _says_no_often(text: str, end: int, right: int) -> bool:
    return (
        bool(_MEASURED.search(text[end:right]) or _ASKED_FOR.search(text[end:right]))
        or _is_noun(text, end)
        or _deadline(text, end, right)
    )


def _each(text: str, end: int, after: int) -> re.Match[str] | None:
    """`甲每季度、乙每月各召开一次`: the count that stands once behind a list of windows."""
    if text[end : end + 1] != "、" or after >= len(text):
        return None
    right = _right(text, end)
    told = re.search(r"各(?:自)?[^，。；、]{0,6}$", text[end:right].partition("次")[0])
    return COUNT.search(text, end, right) if told else None


def _ordinal(text: str, at: int) -> bool:
    return text[at - 1 : at] in ("第", "每", "同", "另")


def _is_noun(text: str, end: int) -> bool:
    """`每年的计划`, `每年发展党员的计划` name a thing, and say nothing of how often."""
    return bool(re.match(r"的(?!第)", text[end:])) or bool(
        re.match(r"[^，。；]{1,8}的(?:计划|名单|情况|工作)", text[end:])
    )


def _deadline(text: str, end: int, right: int) -> bool:
    """What is to be handed in by a day is no meeting."""
    part = text[end:right]
    return bool(
        re.search(r"(?:前|底前|以前|之前)", part) and re.search(r"上报|报送|报备|完成|报", part)
    )


def _number(found: re.Match[str], text: str) -> int:
    number = chinese_number(found["n"]) or 0
    if len(found["n"]) == 2 and found["n"] in ("一两", "一二", "两三", "二三", "三四", "三五"):
        number = chinese_number(found["n"][0]) or 0
    return number + 1 if number and _MORE_THAN.search(text[: found.start()]) else number


def _left(text: str, at: int) -> int:
    """Where the clause begins; what stands before a colon names its subject."""
    return max((text.rfind(sign, 0, at) + 1 for sign in _END + "，"), default=0)


def _right(text: str, at: int) -> int:
    return min(
        (place for sign in _END + "，" if (place := text.find(sign, at)) >= 0), default=len(text)
    )


def _meant(said: _Said, plain: Plain, about: list[Concept], around: str) -> list[Proposed]:
    text = plain.text
    clause = text[_part_of(said, text)]
    if _REPORTED.search(text[said.end : said.right]) or _REPORTED.search(
        text[said.start : said.end]
    ):
        return []
    if "分别" in text[_left(text, said.start) : said.start]:
        return []  # which of several it is said of, the order alone would tell
    if _of_another_office(text[said.left : said.start]):
        return []
    known = (_subjects(said, text), _of_sentence(said, text))
    concepts = next((c for c in known if any(_recorded(one, clause) for one in c)), [])
    if not concepts:
        concepts, clause = _single(about), f"{around}；{clause}"
    if _LOOKED_AT.search(text[said.start : said.end]):
        concepts = [one for one in concepts if one.ledger in _LOOKING]
    if _only_there(known[0] or concepts, text[said.start : said.end]):
        return []
    whole = text[min(said.left, _left(text, said.start)) : said.right]
    quote = plain.quote(said.start, said.end)
    return [
        _made(one, said.every, said.at_least, clause, quote, _per(whole))
        for one in concepts
        if _recorded(one, clause)
    ]


def _per(clause: str) -> str:
    return "member" if _MEMBER.search(clause) else "group" if _GROUP.search(clause) else ""


def _of_another_office(clause: str) -> bool:
    """What stands before the window and is done so often: `团员大会每季度`."""
    named = bool(lexicon().foreign.search(clause))
    return named and not re.search("[党支]", clause) and not find(clause)


def _part_of(said: _Said, text: str) -> slice:
    """Of a list of several doings in a clause, the one that is done so often."""
    left = text.rfind("、", said.left, said.start) + 1 or said.left
    right = text.find("、", said.end, said.right)
    return slice(left, right if right >= 0 else said.right)


def _only_there(concepts: list[Concept], said: str) -> bool:
    """`支委会每半年研究一次` says how often something is on its agenda, and not how often it meets."""
    meets = any(one.what for one in concepts)
    return meets and bool(_DONE_THERE.search(said)) and "召开" not in said


def _subjects(said: _Said, text: str) -> list[Concept]:
    """What the clause itself names: before the window, else between window and count, else after it."""
    hits = [hit for hit in find(text) if said.left <= hit.start and hit.end <= said.right]
    before = [h for h in hits if h.end <= said.start and not _BY.search(text[: h.start])]
    after = [h for h in hits if h.start >= said.start and not _BY.search(text[: h.start])]
    if before:
        return _spread(_chain(before[::-1], text)[::-1])
    first = _chain(after, text)
    also = [h for h in after if first and _ALSO.match(text[first[-1].end : h.start])]
    return _spread(first + also if said.at_least == 1 else first)


def _of_sentence(said: _Said, text: str) -> list[Concept]:
    """What the clauses before it in the same sentence speak of."""
    start = max(text.rfind(sign, 0, said.left) + 1 for sign in _END)
    hits = [hit for hit in find(text) if start <= hit.start and hit.end <= said.left]
    hits = [hit for hit in hits if not _BY.search(text[: hit.start])]
    return _spread(_chain(hits[::-1], text)[::-1])


def _chain(hits: list[Hit], text: str) -> list[Hit]:
    """The first name and those that are listed with it."""
    kept = hits[:1]
    for hit in hits[1:]:
        a, b = sorted((kept[-1], hit), key=lambda one: one.start)
        if not _LIST.fullmatch(text[a.end : b.start]):
            break
        kept.append(hit)
    return kept


def _spread(hits: list[Hit]) -> list[Concept]:
    return _single([hit.concept for hit in hits])


def _single(about: list[Concept]) -> list[Concept]:
    """Those of which a frequency can be said; of 三会一课 as a whole none can."""
    known = lexicon().concepts
    return [known[c.one_of[0]] if c.one_of else c for c in about if not c.expands]


def _recorded(concept: Concept, clause: str) -> bool:
    ledger = _ledger(concept, clause)
    return bool(ledger) and ledger not in NOT_COUNTED


def _ledger(concept: Concept, clause: str) -> str:
    if concept.ledger and _PUBLISHED.search(_AND_PUBLISHED.sub("", clause)):
        return "disclosures"
    return next((ledger for words, ledger in concept.told if words.search(clause)), concept.ledger)


def _made(
    concept: Concept, every: Grain, at_least: int, clause: str, quote: str, per: str = ""
) -> Proposed:
    usual = "group" if concept.what == "group" else "branch"
    ledger = _ledger(concept, clause)
    if ledger.endswith("plans") and every in ("month", "quarter"):
        ledger = concept.ledger  # a plan is of a year; what is done so often is done by it
    return Proposed(
        ledger,
        concept.what if ledger == "meetings" else None,
        every,
        at_least,
        per or usual,
        quote,
        concept.item,
    )
