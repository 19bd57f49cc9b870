"""Which of the items that we can check a line of somebody's requirement table means: none, one or
several.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from taizhang.catalogue.matching.hits import (
    Hit,
    asked,
    by_the_way,
    find,
    foreign_beside,
    is_studied_there,
)
from taizhang.catalogue.matching.lexicon import lexicon
from taizhang.catalogue.matching.plain import Plain
from taizhang.catalogue.model import Catalogue, Item
from taizhang.catalogue.sentences.periods import WINDOW
from taizhang.kernel.text import bare

FIRST = "tianning-2018"
"""The catalogue whose rows the lexicon names."""
ALIKE = 0.62
FAR = 4
"""So many characters may stand before the name with which a part of a requirement begins."""
_LONG = 18
_LISTED = 3
"""So many parts make a list of what is kept."""
_OF_THE_PARTY = re.compile(r"党|(?<!团)支部|支委|组织生活|三会一课")
_RULES_SECTION = re.compile(
    r"制度(?:体系|建设|文件|汇编|类|资料)?$|规章制度|管理制度|工作制度|制度上墙"
)
_KEPT_UP = re.compile(r"修订|文本|上墙|印发|汇编|完善|健全")
"""What is done with a text."""
_KEPT_TO = re.compile(r"(?:坚持|落实|执行|严格|规范|履行)(?:好|了|党的|党内)*$")
_BESIDE = re.compile("[、和及与]|以及|的?(?:制度|职责|流程)?[、和及与]")
_CLAUSE = re.compile(r"[（(]?\d{1,2}[.、)）]")
_HEADING = re.compile(r"(?:保障|体系|方面|建设|管理)$")
"""Behind the name of some work in a title: it heads more than that."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a requirement table; `frequency` is what a column of its own says of
    how often.
    """

    no: int
    category: str = ""
    subcategory: str = ""
    title: str = ""
    requirement: str = ""
    frequency: str = ""
    among_ours: bool = True
    """Whether the table in which it stands speaks of the Party at all."""
    of_a_branch: bool = False
    """Whether the whole list is headed as one of what a branch keeps."""

    @property
    def asks(self) -> str:
        """The words that ask: of the requirement, or of the title where nothing stands
        beside it.
        """
        return self.requirement.strip() or self.title


@dataclass(frozen=True)
class Match:
    """An item that a line means, how sure that is (0 to 1), and the words that decided."""

    item: str
    confidence: float
    words: str


def match(line: Line, catalogue: Catalogue) -> list[Match]:
    """The items of a catalogue that a line means, the surest first; none where it asks for nothing
    that we can check.
    """
    exact = _exact(line, catalogue)
    if exact is not None:
        return [Match(exact.id, 1.0, exact.title)]
    found: dict[str, Match] = {}
    for hit, confidence in _decided(line):
        for key in _items(hit, line):
            item = _in(catalogue, key)
            if item and (item.id not in found or found[item.id].confidence < confidence):
                found[item.id] = Match(item.id, confidence, hit.word)
    if found:
        return sorted(found.values(), key=lambda one: (-one.confidence, one.item))
    return _alike(line, catalogue)


def in_company(lines: Iterable[Line], heading: str = "") -> list[Line]:
    """The lines of one table, under its heading; where none of them speaks of the Party, what
    others do too is theirs.
    """
    known = list(lines)
    text = heading + "".join(f"{one.category}{one.title}{one.requirement}" for one in known)
    of_others = _HEADED_BY_OTHERS.search(heading) and not _OF_THE_PARTY.search(heading)
    ours = bool(_OF_THE_PARTY.search(Plain.of(text).text)) and not of_others
    apart = any(_WHOLE_PART.search(one.category) for one in known)
    kept = bool(_KEPT_BY_A_BRANCH.search(heading)) and not apart
    return [
        replace(one, among_ours=ours and not (apart and _is_elsewhere(one)), of_a_branch=kept)
        for one in known
    ]


def _is_elsewhere(line: Line) -> bool:
    """Whether it stands in another part than that of the Party (`党建工作`), and names neither it nor a
    branch.
    """
    said = f"{line.category}{line.subcategory}{line.title}{line.requirement}"
    return bool(line.category) and not _OF_THE_PARTY.search(Plain.of(said).text)


def named(line: Line) -> list[Hit]:
    """The work that a line is about."""
    return [hit for hit, _ in _decided(line)]


def _exact(line: Line, catalogue: Catalogue) -> Item | None:
    title = bare(line.title)
    same = [i for i in catalogue.items if title and title in (bare(i.title), bare(i.name))]
    return same[0] if len(same) == 1 else None


def _decided(line: Line) -> list[tuple[Hit, float]]:
    """The names that decide, without those that are of others here."""
    found = _by_names(line)
    whole = Plain.of(f"{line.category}{line.subcategory}{line.title}{line.requirement}").text
    if not line.among_ours or _of_another_body(line):
        found = [(hit, sure) for hit, sure in found if "党" in hit.word]
    return [
        (hit, sure)
        for hit, sure in found
        if not (hit.concept.generic and _is_theirs(hit, line, whole))
        and (not hit.concept.beside or line.of_a_branch or hit.concept.beside in whole)
    ]


def _is_theirs(hit: Hit, line: Line, whole: str) -> bool:
    """Whether what other offices do too is asked of them here."""
    around = _asked_of(hit, line).replace(hit.word, "")
    by_others = _BY_OTHERS.search(around) and not _OF_THE_PARTY.search(whole)
    return bool(not line.among_ours or by_others)


def _asked_of(hit: Hit, line: Line) -> str:
    """What is asked of some work: the sentences that name it, or all where none does."""
    wanted = Plain.of(line.asks).text
    said = [part for part in re.split("[；。]", wanted) if _names(part, hit)]
    return "；".join(said) or wanted


def _names(part: str, hit: Hit) -> bool:
    return any(one.concept.key == hit.concept.key for one in find(part))


def done_by_others(clause: str) -> bool:
    """Whether somebody else is named who does it, and nobody of the Party."""
    return bool(_BY_OTHERS.search(clause)) and not _OF_THE_PARTY.search(clause)


def _of_another_body(line: Line) -> bool:
    """`团支部每月召开支委会`: the line names another body first, and nowhere the Party."""
    title, wanted = Plain.of(line.title).text, Plain.of(line.requirement).text
    named = _OTHER_BODY.search(title) or (_OTHER_BODY.match(wanted) and not find(title))
    return bool(named) and "党" not in title + wanted


def _by_names(line: Line) -> list[tuple[Hit, float]]:
    """The names that decide: of the title; without one there, of the heading above it and of the
    requirement.
    """
    title = Plain.of(line.title).text
    above = Plain.of(f"{line.subcategory}").text
    wanted = Plain.of(line.requirement).text
    of_title = asked(title) if len(title) > _LONG else find(title)
    of_title = of_title or find(title + Plain.of(line.frequency).text)
    of_title = [hit for hit in of_title if not is_studied_there(hit, title)]
    of_above = find(above)
    ours = _ours(of_title, title, above + wanted)
    below = [hit for hit in asked(wanted) if not hit.concept.weak]
    strong = [hit for hit in ours if not hit.concept.weak and not _part_of_other(hit, ours, title)]
    strong = [hit for hit in strong if not _only_organ(hit, title, below, wanted)]
    if below:
        strong = [hit for hit in strong if not _only_keeps(hit, title, wanted)]
    meant = [hit for hit in strong if not by_the_way(hit, title)]
    strong = meant if meant or below else strong
    if strong and _only_heads(strong, title, below):
        strong, ours = [], []
    if strong:
        general = all(hit.concept.generic for hit in strong)
        firm = [hit for hit in of_above if not (hit.concept.generic or hit.concept.weak)]
        if general and firm and not {*_keys(strong)} & {*_keys(of_above)}:
            return [(hit, 0.7) for hit in firm[:1] if hit.items] or _told(strong, title, line)
        return _told(strong, title, line) + _joined(strong, wanted)
    if foreign_beside(ours, title) and not ours:
        return []
    if of_above and not ours:
        both = {*_keys(of_above)}
        narrower = [hit for hit in below if {*hit.items} <= both and hit.items]
        return [(hit, 0.7) for hit in narrower or of_above if not hit.concept.weak or not narrower]
    found = _ours(below, wanted, title) or ours or _weak(wanted, title)
    return [(hit, 0.6) for hit in found] or _of_category(line, title + wanted)


def _only_keeps(hit: Hit, title: str, wanted: str) -> bool:
    """`坚持组织生活制度` over how often meetings are held: the rules are kept to, and their text is not
    asked for.
    """
    kept = _KEPT_TO.search(title[: hit.start]) or _is_carried_out(wanted)
    return hit.concept.key == "org_life_rules" and bool(kept)


def _only_heads(strong: list[Hit], title: str, below: list[Hit]) -> bool:
    """`阵地保障` over `列支党建工作经费`: a general heading, and what is asked is other work of ours."""
    firm = [
        hit for hit in below if hit.start == 0 and not hit.concept.generic and not hit.concept.what
    ]
    general = len(strong) == 1 and strong[0].concept.generic
    general = general and bool(_HEADING.search(title) or firm)
    meant = {key for hit in below for key in hit.may_mean}
    return general and bool(meant) and not meant & {*strong[0].may_mean}


def _weak(wanted: str, title: str) -> list[Hit]:
    """`党员教育培训每学期两次`: a general name decides where no other does, and it is said of the Party."""
    hits = [hit for hit in asked(wanted) if hit.concept.weak and _OF_THE_PARTY.search(hit.word)]
    return _ours(hits[:1], wanted, title)


def _part_of_other(hit: Hit, all_: list[Hit], text: str) -> bool:
    """`发展对象是否经过集中培训`: what the work named before it has records of too, and no list
    parts from it.
    """
    return hit.concept.generic and any(
        other.end <= hit.start
        and not re.search("[、，；和及与]", text[other.end : hit.start])
        and any(words.search(hit.word) for words, _ in other.concept.told)
        for other in all_
    )


def _only_organ(hit: Hit, title: str, below: list[Hit], wanted: str) -> bool:
    """`支部委员会` as a title, where what is asked is how it is made up and nothing of its meetings."""
    organ = hit.concept.what == "committee" and hit.word == title
    made_up = {one.concept.key for one in below} & {"divisions", "election"}
    return organ and bool(made_up) and not _MEETS.search(wanted)


def _of_category(line: Line, text: str) -> list[tuple[Hit, float]]:
    """Where nothing else in the line says what it is about, the one work that the heading of its
    part names.
    """
    above = [hit for hit in find(Plain.of(line.category).text) if not hit.concept.generic]
    alone = len({*_keys(above)}) == 1 and not any(hit.concept.weak for hit in above)
    return [(hit, 0.5) for hit in above[:1]] if alone and not foreign_beside((), text) else []


def _joined(of_title: list[Hit], wanted: str) -> list[tuple[Hit, float]]:
    """What a requirement goes on to, where two or more of its parts begin with other work of ours,
    or all of a list do.
    """
    own = {*_keys(of_title)}
    if listed := _list_of_ours(wanted):
        return [(hit, 0.6) for hit in listed if not own >= {*hit.may_mean}]
    if written := _written_rules(wanted):
        return [(hit, 0.6) for hit in written if not own & {*hit.items}]
    more: list[Hit] = []
    numbered = False
    for part in re.split("[；。]", wanted):
        mark = _CLAUSE.match(part)
        head = next((hit for hit in asked(part) if not hit.concept.weak), None)
        near = head and head.start - (mark.end() if mark else 0) <= FAR
        if head and near and head.may_mean and not own & {*head.may_mean}:
            more.append(head)
            numbered = numbered or bool(mark and not head.concept.generic)
    return [(hit, 0.6) for hit in more] if len(more) > 1 or numbered else []


def _written_rules(wanted: str) -> list[Hit]:
    """`党支部、书记、委员的岗位职责并上墙`: texts that are asked for side by side."""
    texts = [hit for hit in asked(wanted) if hit.items and (hit.as_rules or _is_text(hit))]
    pairs = itertools.pairwise(texts)
    listed = [{*p} for p in pairs if _BESIDE.fullmatch(wanted[p[0].end : p[1].start])]
    kept = [hit for hit in texts if any(hit in pair for pair in listed)]
    return [] if kept and _KEPT_TO.search(wanted[: kept[0].start]) else kept


def _is_text(hit: Hit) -> bool:
    return hit.concept.ledger == "documents"


def _list_of_ours(wanted: str) -> list[Hit]:
    """`走访记录、结对帮扶记录、志愿服务记录`: a list of which every part is work of ours."""
    parts = [part for part in re.split("[、，；。]", wanted) if part]
    heads = [
        next((h for h in asked(p) if not h.concept.weak and h.start <= FAR), None) for p in parts
    ]
    return [hit for hit in heads if hit] if len(parts) >= _LISTED and all(heads) else []


def _ours(hits: list[Hit], text: str, around: str) -> list[Hit]:
    """Without what belongs to another office there."""
    if not foreign_beside(hits, text) or _OF_THE_PARTY.search(text + around):
        return [hit for hit in hits if not _of_others(hit, text)]
    return [hit for hit in hits if not hit.concept.generic and not _of_others(hit, text)]


_WHOLE_PART = re.compile(
    r"^\s*(?:[一二三四五六七八九十\d]+[、.．])?(?:基层)?(?:党建|党的建设|党务)(?:工作|引领|类|方面|部分)*\s*(?:[（(].*)?$"
)
"""A part of a table in which all that concerns the Party stands."""
_MEETS = re.compile(r"召开|开会|会议|记录|议事|研究|次")
_KEPT_BY_A_BRANCH = re.compile(r"党(?:支部|组织|建|务)[^，。；]{0,8}(?:台账|资料|档案|材料)")
"""`党支部台账资料清单`: what it lists is a branch's own."""
_HEADED_BY_OTHERS = re.compile(r"共青团|团[委支]|工会|少先队|妇联|妇委|关工委|学生会")
_OTHER_BODY = re.compile(
    r"共青团|团青|青年团|团支部|团总支|团组织|团员|工会|少先队|妇联|妇委会|女工|学生会"
)
_BY_OTHERS = re.compile(
    r"家长|校级?领导|行政班子|中层|班主任|董事会|理事会|[家业居村]委会|[教职工]代会|工会|共青团|团支部|团员|少先队|妇委会|学生(?!党)|教师(?!党)|教职工|"
    r"职工|宿舍|食堂|后勤|网格员|社工|民警|辅导员|医护|护士|物业"
)
"""Who does it, where nobody of the Party is named."""
_OTHERS = re.compile(
    r"(?:工会|团(?:支部|委|员)?|少先队|学生会|妇委会|教代会|家委会|教职工|校务|政务|工代会|妇联|党政|行政|中层)(?:的)?(?:开展|召开|参加|进行|举行)?$"
)


def _of_others(hit: Hit, text: str) -> bool:
    return bool(_OTHERS.search(text[: hit.start]))


def _told(hits: list[Hit], title: str, line: Line) -> list[tuple[Hit, float]]:
    covered = sum(hit.end - hit.start for hit in hits) / max(len(title), 1)
    under_rules = bool(_RULES_SECTION.search(Plain.of(line.subcategory or line.category).text))
    carried_out = _is_carried_out(Plain.of(line.requirement).text)
    made = []
    for hit in hits:
        as_rules = (hit.as_rules and not carried_out) or (
            under_rules and bool(hit.concept.rules) and not line.requirement
        )
        sure = round(0.8 + 0.15 * min(covered, 1.0), 2)
        made.append((Hit(hit.concept, hit.start, hit.end, hit.word, as_rules), sure))
    return made


def _is_carried_out(wanted: str) -> bool:
    """`党课制度` beside `每年不少于四次` asks for the lectures, and not for the text of their rules."""
    return bool(WINDOW.search(wanted)) and not _KEPT_UP.search(wanted)


def _keys(hits: list[Hit]) -> list[str]:
    return [key for hit in hits for key in hit.items]


def _items(hit: Hit, line: Line) -> tuple[str, ...]:
    """Of what may be one of several, the one for which the line's words speak."""
    if not hit.concept.one_of or hit.as_rules:
        return hit.items
    text = Plain.of(f"{line.title}；{line.requirement}").text
    known = [lexicon().concepts[key] for key in hit.concept.one_of]
    said = {one.item: len({*re.findall(one.says, text)}) for one in known}
    most = max(said.values())
    return tuple(key for key, n in said.items() if n and n * 2 >= most) or (known[0].item,)


def _in(catalogue: Catalogue, key: str) -> Item | None:
    """The item of a catalogue that asks for the same ledger as a row of the first one."""
    return catalogue.item(key)


def _alike(line: Line, catalogue: Catalogue) -> list[Match]:
    """An item whose title is nearly the same, where the lexicon knows no word of it."""
    title = bare(line.title)
    best = max(
        ((_likeness(title, bare(i.name)), i) for i in catalogue.items),
        key=lambda p: p[0],
        default=None,
    )
    if best is None or best[0] < ALIKE:
        return []
    return [Match(best[1].id, round(best[0] * 0.9, 2), best[1].name)]


def _likeness(one: str, other: str) -> float:
    """The pairs of neighbouring characters that both have, as a share."""
    a, b = ({text[n : n + 2] for n in range(len(text) - 1)} for text in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
