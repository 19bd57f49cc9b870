"""How often a sentence of a requirement asks for something: proposals of rules, each with the words
that say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from taizhang.catalogue.matching.hits import Hit, find
from taizhang.catalogue.matching.lexicon import Concept, lexicon
from taizhang.catalogue.matching.lines import Line, done_by_others, named
from taizhang.catalogue.matching.plain import Plain
from taizhang.catalogue.sentences import headed, periods, speakers
from taizhang.catalogue.sentences.periods import COUNT, WINDOW
from taizhang.catalogue.sentences.sayings import (
    BOOKS,
    END,
    LIST,
    Said,
    at_most,
    left_of,
    number_of,
    ordinal,
    sayings,
)
from taizhang.kernel.calendar import Grain

_AND_PUBLISHED = re.compile(r"[并、和](?:及时|进行|予以|按时)?(?:公[示布开]|张榜)(?:公[示布])?$")
_REPORTED = re.compile(
    r"(?:上报|报送|报备|报告|通报|督查|检查|汇总(?!上[缴交])|考核|抽查)[^，。；]{0,6}$|^(?:上报|报送|报备)"
)
_MEMBER = re.compile(r"每(?:名|位|一名|一位|个党员|人)|人均|/(?:[月季年度半学期]{1,3}[·.・/])?人")
_EACH_FIRST = re.compile(r"每(?:名|位|个)(?:支部)?(?:党员|委员|支委)")
_HOW_OFTEN = re.compile(r"不少于|不低于|至少|一般|原则上|应当?|均|各|都|[，。；、]")
_POST = re.compile(r"(?:党)?(?:支部|组织)?书记")
_TOGETHER = frozenset({"meetings", "study-sessions", "assessments", "disclosures"})
_ALSO = re.compile(r"^(?:并|同时|并同时)(?:召开|开展|组织|举行|进行)?$")
"""Between what is done so often, and what is done with it."""
_GROUP = re.compile(r"(?:每个|各)党小组|每组")
_BY = re.compile(r"(?:结合|利用|依托|通过|借助|围绕|纳入)[^，。；]{0,6}$|(?:向|提交|经)$")
_TOGETHER_WITH = re.compile(r"结合|围绕|针对|邀请|面向|利用|依托|学习|讨论|[宣]讲")
"""What another office's matter is only the occasion or the subject of."""
_COMMON = re.compile(
    r"不少于|不低于|至少|一般|原则上|应当?|[必须]须|均|各|都|要|为|[，。；、:：()（）\d.]|召开|开展|组织|举行|进行|安排|参加|集中|定期|按时|党?支部|"
    r"支委|书记|委员|党员|党小组|全体|每[名位人个]|会议?|活动|记录|[上讲开]"
)
"""What is said of any work, and names none."""
_A_NAME = 2
_AS_NAME = re.compile(r"(?:常规|固定|例行)?(?:工作|任务|事项|必做)?$")
_DOINGS = tuple("次场回堂期轮课")
_PART = re.compile(r"[^；。、，]+")
_PUBLISHED = re.compile(r"公布|公示|公开(?!课)|张榜")
_BOUND = ("本", "册")
_WRITTEN = frozenset({"study-notes", "thought-reports"})
"""Ledgers of what each writes himself: counted by the paper."""
_NOTES = frozenset({"study-notes"})
"""The one that is written in books."""
_PAPERS = ("份", "篇")
"""`对照检查材料每人1份`: everybody writes one for a meeting that all of them hold together."""
_LOOKED_AT = re.compile(r"一[评查]$")
_LOOKING = frozenset({"assessments", "relation-surveys", "violation-surveys", "lost-members"})
"""`笔记每季一评` says how often they are looked at; of these ledgers that is what they hold."""
_DONE_THERE = re.compile(r"研究|审议|听取|讨论|审查|分析|研判|部署|评估")
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
    by: str = ""
    """Whose lectures count: the `secretary`'s, or everybody's where nobody is named."""


def proposed(line: Line) -> list[Proposed]:
    """The frequencies that a line asks for, of what one of our ledgers can answer."""
    about = [hit.concept for hit in named(line)]
    if not any(one.ledger or one.one_of or one.expands for one in about):
        return []
    title, wanted = Plain.of(line.title), Plain.of(line.requirement)
    found: list[Proposed] = []
    if line.frequency.strip():
        main = _of_name(title.text, about)
        beside = _count_beside(wanted.text, main)
        found += _of_cell(line.frequency, main, title.text, *beside) or _of_cell(
            line.frequency, main, f"{title.text}；{wanted.text}", *beside
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
        kept.setdefault((one.ledger, one.what, one.every, one.at_least, one.by), one)
    posts = (line.category, line.subcategory)
    if any(_POST.fullmatch(Plain.of(name).text) for name in posts):
        return [replace(p, by=p.by or "secretary" * (p.what == "lecture")) for p in kept.values()]
    return list(kept.values())


def _of_name(title: str, about: list[Concept]) -> list[Concept]:
    """Of several records of one work (`学习盒`: 计划、记录、心得) a cell beside them speaks of what the name
    says.
    """
    by_name = [hit.concept for hit in find(title) if hit.concept.ledger]
    one_work = {one.item for one in (*about, *by_name)}
    return by_name if by_name and len(one_work) == 1 else about


def _count_beside(wanted: str, about: list[Concept]) -> tuple[int, str]:
    """`开展活动2次以上` beside a cell that only says 每年: the one count of the line and of whom (`每人一本`);
    1 where there is none or several.
    """
    counts = [c for c in COUNT.finditer(wanted) if not ordinal(wanted, c.start())]
    written = bool(about) and all(one.ledger in _WRITTEN for one in about)
    units = (*_DOINGS, *_PAPERS, *_BOUND) if written else _DOINGS
    alone = (
        len(counts) == 1
        and not WINDOW.search(wanted)
        and counts[0][0].rstrip("以上及")[-1:] in units
    )
    if not alone or at_most(wanted, counts[0].start()):
        return 1, ""
    clause = wanted[left_of(wanted, counts[0].start()) : counts[0].end()]
    return number_of(counts[0], wanted) or 1, _per(clause)


def _of_cell(
    cell: str, about: list[Concept], around: str, often: int = 1, per: str = ""
) -> list[Proposed]:
    """A cell may say no more than 每月; what it is said of stands around it, and how often then
    perhaps beside it.
    """
    plain = Plain.of(cell)
    found = _of_header(plain, about, around) or _of_text(plain, about, around)
    bare = plain.text.strip("。；")
    if found or len(bare) > 5 or re.search(r"[\d前后底末初]", bare):
        return found
    every = next((grain for pattern, grain in headed.BARE if re.search(pattern, bare)), None)
    if every is None:
        return []
    quote = plain.quote(0, len(bare))
    return [
        _made(c, every, often, around, quote, per) for c in _single(about) if _recorded(c, around)
    ]


def _of_header(plain: Plain, about: list[Concept], around: str) -> list[Proposed]:
    """`每年次数` over 4: the number of a cell, and the header that says of which window."""
    return [
        _made(c, one.every, one.at_least, around, plain.quote(*one.span), _per(one.header))
        for one in headed.headed(plain.text)
        for c in _single(about)
        if _recorded(c, around)
    ]


def _of_window(line: Line, plain: Plain) -> list[Proposed]:
    """`每月` as a name, and beside it the doings of every month: each once, or as often
    as it says.
    """
    window = WINDOW.fullmatch(_AS_NAME.sub("", Plain.of(line.title).text))
    every = periods.grain_of(window) if window else None
    if every is None:
        return []
    found: list[Proposed] = []
    for part in _PART.finditer(plain.text):
        count = COUNT.search(part[0])
        number = number_of(count, part[0]) if count else 1
        quote = plain.quote(*part.span())
        about = _spread(_chain(find(part[0]), part[0]))
        found += [
            _made(c, every, number, part[0], quote, _per(part[0]))
            for c in about
            if _recorded(c, part[0])
        ]
    return found


def _of_text(plain: Plain, about: list[Concept], around: str) -> list[Proposed]:
    return [one for said in sayings(plain.text) for one in _meant(said, plain, about, around)]


def _meant(said: Said, plain: Plain, about: list[Concept], around: str) -> list[Proposed]:
    text = plain.text
    if _not_asked(said, text):
        return []
    part = text[_part_of(said, text)]
    concepts, clause, left = _said_of(said, text, about, around)
    if _LOOKED_AT.search(text[said.start : said.end]):
        concepts = [one for one in concepts if one.ledger in _LOOKING]
    if BOOKS.search(text[said.start : said.end]):
        concepts = [one for one in concepts if one.ledger in _NOTES]
    if _only_there(_subjects(said, text), text[said.start : said.end]):
        return []
    quote = plain.quote(said.start, said.end)
    per = _per(text[left : said.right])
    each = said.left == said.start and _EACH_FIRST.match(text, _sentence(text, said.left))
    found = [
        _made(one, said.every, said.at_least, of, quote, per or _own(one, each, of))
        for one in concepts
        for of in [part if _tells(one, part) else clause]
        if _recorded(one, of)
    ]
    whole = text[min(said.left, left_of(text, said.start)) : said.right]
    papers = text[said.start : said.end].endswith(_PAPERS)
    found = [one for one in found if not (papers and one.what and one.per == "member")]
    return [told for one in found if (told := _spoken(one, whole, around))]


def _spoken(rule: Proposed, clause: str, around: str) -> Proposed | None:
    """`书记每年至少讲一次` is no number of all lectures, and what others speak nobody counts apart."""
    if rule.what != "lecture":
        return rule
    by = speakers.whose(clause, around)
    return None if by is None else replace(rule, by=by)


def _not_asked(said: Said, text: str) -> bool:
    """What is reported to others, done by another office, or shared out among several by their
    order alone.
    """
    if "分别" in text[left_of(text, said.start) : said.start]:
        return True
    told = (text[said.end : said.right], text[said.start : said.end])
    if any(map(_REPORTED.search, told)) or _of_another_office(text[said.left : said.start]):
        return True
    clause = text[left_of(text, said.start) : said.right]
    own = [hit for hit in find(clause) if hit.concept.ledger or hit.concept.one_of]
    theirs = _of_another_office(clause) and not _TOGETHER_WITH.search(clause)
    return theirs or (done_by_others(clause) and bool(own) and all(h.concept.generic for h in own))


def _said_of(
    said: Said, text: str, about: list[Concept], around: str
) -> tuple[list[Concept], str, int]:
    """What it is said of, in which words, and from where on they tell who does it: of the clause,
    the sentence, the line.
    """
    part, left = text[_part_of(said, text)], min(said.left, left_of(text, said.start))
    own = _done_by(_subjects(said, text), said, text)
    if any(_recorded(one, part) for one in own):
        whole = _whole(own, about, part)
        return (whole, f"{around}；{part}", left) if whole else (own, part, left)
    before = _of_sentence(said, text)
    if any(_recorded(one, part) for one in before):
        lead = text[left_of(text, max(said.left - 1, 0)) : said.right]
        return (
            before,
            lead if _is_bare(text[said.left : said.right]) else part,
            _sentence(text, said.left),
        )
    if _is_of_something_else(said, text, about):
        return [], part, left
    return _single(about), f"{around}；{part}", left


def _is_of_something_else(said: Said, text: str, about: list[Concept]) -> bool:
    """`设备检修每年一次；每季度开展党课`: what a clause names itself, where another names the work of the line."""
    clause = text[said.left : said.right]
    named = _COMMON.sub("", COUNT.sub("", WINDOW.sub("", clause)))
    keys = {one.key for one in about}
    others = [part for part in re.split("[；。]", text) if clause not in part]
    return len(named) > _A_NAME and any(
        WINDOW.search(part) and any(hit.concept.key in keys for hit in find(part))
        for part in others
    )


def _done_by(found: list[Concept], said: Said, text: str) -> list[Concept]:
    """`支委会每半年对积极分子考察一次`: the committee does it, and the work behind the window is what is done."""
    if not any(one.what == "committee" for one in found) or "召开" in text[said.start : said.end]:
        return found
    done = [
        hit
        for hit in find(text)
        if said.start <= hit.start and hit.end <= said.end and not hit.concept.what
    ]
    return _spread(done) or found


def _whole(own: list[Concept], about: list[Concept], part: str) -> list[Concept]:
    """`集中培训` in a line about 发展党员 alone is a record of that work."""
    items = {one.item for one in about}
    of_line = about[0] if len(items) == 1 else None
    if of_line is None or of_line.generic or not all(one.generic for one in own):
        return []
    return [of_line] if any(words.search(part) for words, _ in of_line.told) else []


def _tells(concept: Concept, part: str) -> bool:
    """Whether the clause itself says in which ledger of that work it is recorded."""
    return bool(_PUBLISHED.search(part)) or any(words.search(part) for words, _ in concept.told)


def _is_bare(clause: str) -> bool:
    """`每半年一次` names nothing that is done."""
    return len(_HOW_OFTEN.sub("", COUNT.sub("", WINDOW.sub("", clause)))) < 2


def _per(clause: str) -> str:
    return "member" if _MEMBER.search(clause) else "group" if _GROUP.search(clause) else ""


def _own(concept: Concept, each: object, clause: str) -> str:
    """`每名党员联系3户，每月走访一次`: who was named first does it, where it is nothing that they do together."""
    return "member" if each and _ledger(concept, clause) not in _TOGETHER else ""


def _of_another_office(clause: str) -> bool:
    """What stands before the window and is done so often: `团员大会每季度`."""
    named = bool(lexicon().foreign.search(clause))
    return named and not re.search("[党支]", clause) and not find(clause)


def _part_of(said: Said, text: str) -> slice:
    """Of a list of several doings in a clause, the one that is done so often."""
    left = text.rfind("、", said.left, said.start) + 1 or said.left
    right = text.find("、", said.end, said.right)
    return slice(left, right if right >= 0 else said.right)


def _only_there(own: list[Concept], said: str) -> bool:
    """`支委会每半年研究一次` says how often something is on its agenda, and not how often it meets."""
    meets = not own or any(one.what for one in own)
    return meets and bool(_DONE_THERE.search(said)) and "召开" not in said


def _subjects(said: Said, text: str) -> list[Concept]:
    """What the clause itself names: before the window, else between window and count, else after
    it.
    """
    hits = [hit for hit in find(text) if said.left <= hit.start and hit.end <= said.right]
    before = [h for h in hits if h.end <= said.start and not _BY.search(text[: h.start])]
    after = [h for h in hits if h.start >= said.start and not _BY.search(text[: h.start])]
    if before:
        return _spread(_chain(before[::-1], text)[::-1])
    first = _chain(after, text)
    also = [h for h in after if first and _ALSO.match(text[first[-1].end : h.start])]
    return _spread(first + also if said.at_least == 1 else first)


def _of_sentence(said: Said, text: str) -> list[Concept]:
    """What the clauses before it in the same sentence speak of."""
    start = _sentence(text, said.left)
    hits = [hit for hit in find(text) if start <= hit.start and hit.end <= said.left]
    hits = [hit for hit in hits if not _BY.search(text[: hit.start])]
    return _spread(_chain(hits[::-1], text)[::-1])


def _sentence(text: str, at: int) -> int:
    return max(text.rfind(sign, 0, at) + 1 for sign in END)


def _chain(hits: list[Hit], text: str) -> list[Hit]:
    """The first name and those that are listed with it."""
    kept = hits[:1]
    for hit in hits[1:]:
        a, b = sorted((kept[-1], hit), key=lambda one: one.start)
        if not LIST.fullmatch(text[a.end : b.start]):
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
