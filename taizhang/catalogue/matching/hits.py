"""Where a text names work that we keep ledgers of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.catalogue.matching.lexicon import NO_RULES, Concept, lexicon

_NOT_WRITTEN = (
    r"(?:落实|执行|坚持|贯彻|开展|规范|要求|到位|严[格密谨]|合[规法]|符合|正确|缺|履行|不|没)"
)
"""What is said of rules as they are followed, and not of their text."""
_RULES = re.compile(
    r"^(?:[、和及与或]|以及|(?:(?!应当|必须|坚持|严格|严肃|规范|是否|存在|有无|按[期时]|及时|定期)[^，。；、：()]){1,14}?(?=[、和及与])|"
    r"[^，。；、：()]{2,10}?(?=等))*?"
    r"(?:(?!执行|落实|遵守|按照|依照|符合|贯彻|坚持|履行|严格|严守)[^，。；、：]){0,6}?"
    rf"(?:工作)?(?:(?:制度|办法|(?<![按照合])规定|细则|规程|"
    rf"议事规则)(?!(?:的)?(?:是否|均|都)?{_NOT_WRITTEN})|(?:流程|程序)(?!(?:的)?(?:是否|均|都)?(?:{_NOT_WRITTEN}|"
    r"完[备整善]|齐[全备])))"
)
_TEXTS_OF = re.compile(
    r"(?:制度|规定|流程)(?:类)?(?:文本|汇编|目录|材料)?(?:包括|包含|有|含|如)?[：:][^。；：]*$"
)
"""`各项制度文本：三会一课、谈心谈话`: of all that is listed there the text is meant."""
_CARRIED_OUT = re.compile(
    r"(?:落实|执行|坚持|贯彻|按照|依照|遵守|严格|严肃|根据|按)(?:好|了|各项|党内|党的)*$"
)
_CARRIED_OUT_TOO = re.compile(
    r"(?:落实|执行|坚持|贯彻|遵守)(?:(?!建立|健全|制定|完善|修订)[^，。；：])*[、和及与]$"
)
"""The others of a list that is carried out."""
_AT_A_MEETING = re.compile(r"(?<!委员)(?<!社)会[前上中后](?!备)[^，。；]*$")
"""What belongs to a meeting is asked for with it."""
_STEP = re.compile(r"生活会[^。；]*[，：:(][^。；]*$")
_STEPS = re.compile(r"征求意见|批评|查摆|对照检查|检视|整改|发言提纲")
"""`组织生活会每年一次，有征求意见、有谈心、有整改`: talks are one of the steps there."""
_BY_THE_WAY = re.compile(
    r"(?:经|由|在|于|提交|通过|结合|利用|依托|借助|纳入|列入|作为|向|报|设|设立|成立|建立)(?:支部|本支部|全体)?$"
)
_HELD = re.compile(r"召开的?(?:支部|本支部|全体)?$")
"""`召开支委会，明确分工` is about the second; in a list of doings, and alone, it asks for the meeting."""
_DUE = re.compile(
    r"(?:每|按)[^，。；、]{1,5}?(?:至少|不少于|定期|均|都)?(?:召开|安排|开展|组织)(?:不少于|至少)?(?:[1一]次)?$"
)
"""`每季度召开党员大会` asks for it."""
_TO_HOLD = re.compile(
    r"(?:[（(].{1,3}[）)]|\d{1,2}[.、])?(?:定期|按时|按期|按规定|坚持|认真|严格|规范|组织)*(?:召开|开好|举行)好?"
)
"""`召开党小组会` as a whole title asks for it."""
_DONE_THERE = re.compile(
    r"^(?:集体|专题)?(?:上(?!党课)|中|研究|讨论|审议|通过|决定|表决|听取|审查|集体|同意|记录中|会前|后|报告|述职|汇报|通报)"
)
_PERFORMED = re.compile(r"(?:履行|担负|扛起|压实)[^，。；]*$")
"""Duties that somebody does, and not their text."""
_STUDIED_THERE = re.compile(
    r"^(?:每(?:个)?(?:月|季度?|半年|学期|年度?)|定期|年内|全年|年度内)[^，。；、]{0,6}?(?:研究|听取|审议|分析|研判|讨论)(?!(?:决定)"
    r"?(?:党?支部)?(?:的)?(?:重[要大]|日常)?(?:工作|事项))"
)
"""`支委会每季度至少专题研究1次党建工作`: what is on its agenda is asked for, and not the meeting."""
_ORGAN = re.compile(
    r"^(?:会)?(?:的)?(?:是否|有无|未|没有|均|已)?(?:按规定|按要求|规范|依规|应|由)?(?:\d{1,2}(?:[-~至到—]\d{1,2})?[名人]|"
    r"成员|设(?:委员|书记|副书记)|[每一二三四五\d至到]{1,4}年一?届|委员|班子|健全|设[置立]|配备|组成|构成|结构|任期|届满|每届|到届|(?:按期|按时|"
    r"按规定|及时)(?:换届|改选|增补|补选|调整)|换届|改选|选举|由|人数|职数|分工|职责|增补|出缺|缺额|岗位)"
)
"""What is said of the committee as an organ, which has the same name as its meeting."""
_DONE_AT_ONE = frozenset({"election", "assessment", "admission"})
_MEETINGS = frozenset({"assembly", "committee", "group", "lecture", "life", "three", "theme_day"})


@dataclass(frozen=True)
class Hit:
    """A name of some work in a text; `as_rules`: its written rules are meant."""

    concept: Concept
    start: int
    end: int
    word: str
    as_rules: bool = False

    @property
    def items(self) -> tuple[str, ...]:
        """The rows of our first catalogue that it means."""
        if self.as_rules and self.concept.rules:
            return () if self.concept.rules == NO_RULES else (self.concept.rules,)
        if self.concept.expands:
            known = lexicon().concepts
            return tuple(known[key].item for key in self.concept.expands)
        return (self.concept.item,) if self.concept.item else ()

    @property
    def may_mean(self) -> tuple[str, ...]:
        """The same, with every row of what may be one of several."""
        known = lexicon().concepts
        one_of = () if self.as_rules else self.concept.one_of
        return self.items or tuple(known[key].item for key in one_of)


def find(text: str) -> list[Hit]:
    """What a plain text names, from left to right; of names that overlap the longest."""
    found = [
        Hit(concept, one.start(), one.end(), one.group())
        for concept in lexicon().concepts.values()
        for name in concept.names
        for one in name.finditer(text)
        if one.group()
    ]
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    kept.sort(key=lambda one: one.start)
    kept = [hit for hit in kept if not _is_organ(hit, text)]
    kept = [
        hit for hit in kept if not _of_another(hit, kept) and not _told_in_brackets(hit, kept, text)
    ]
    return [_with_rules(hit, text) for hit in kept]


def _is_organ(hit: Hit, text: str) -> bool:
    named = hit.concept.what == "committee" and not hit.word.endswith("会议")
    return named and bool(_ORGAN.match(text[hit.end :]))


def _of_another(hit: Hit, all_: list[Hit]) -> bool:
    """`换届党员大会`, `党员大会选举记录` are about 换届; the meeting is only where it was done."""
    return hit.concept.key in _MEETINGS and any(
        (other.end == hit.start and other.concept.key not in _MEETINGS)
        or (other.start == hit.end and other.concept.key in _DONE_AT_ONE)
        for other in all_
    )


def _told_in_brackets(hit: Hit, all_: list[Hit], text: str) -> bool:
    """`换届选举资料（请示、选举办法）`: what stands in brackets behind a name is what belongs to it."""
    bracket = text.rfind("(", 0, hit.start)
    inside = bracket > text.rfind(")", 0, hit.start)
    return inside and any(
        other.end <= bracket and other.concept.key == hit.concept.key for other in all_
    )


def _with_rules(hit: Hit, text: str) -> Hit:
    if not hit.concept.rules or hit.concept.item == hit.concept.rules:
        return hit
    before = text[: hit.start]
    if _TEXTS_OF.search(before):
        return Hit(hit.concept, hit.start, hit.end, hit.word, as_rules=True)
    carried_out = _CARRIED_OUT.search(before) or _CARRIED_OUT_TOO.search(before)
    if carried_out or not _RULES.match(text[hit.end :]):
        return hit
    return Hit(hit.concept, hit.start, hit.end, hit.word, as_rules=True)


def asked(text: str) -> list[Hit]:
    """Those that a sentence asks for; a meeting at which something else is done is only where it is
    done.
    """
    return [hit for hit in find(text) if not by_the_way(hit, text)]


def by_the_way(hit: Hit, text: str) -> bool:
    """Whether a meeting is named only as where something else is done."""
    before, after = text[: hit.start], text[hit.end :]
    if _AT_A_MEETING.search(before) or _is_step(hit, before, after):
        return True
    if hit.concept.ledger == "documents" and _PERFORMED.search(before):
        return True
    if hit.concept.key not in _MEETINGS or hit.as_rules:
        return False
    counted = re.match(r"(?:不少于|至少)?[一二两三四\d]{1,2}次", after)
    if counted or _DUE.search(before) or (not after and _TO_HOLD.fullmatch(before)):
        return False
    held = _HELD.search(before) and after[:1] not in ("、", "；", "。")
    done = _DONE_THERE.match(after) or is_studied_there(hit, text)
    return bool(held or done or _BY_THE_WAY.search(before))


def is_studied_there(hit: Hit, text: str) -> bool:
    """Whether a meeting is named only with what it has on its agenda so often."""
    return hit.concept.key in _MEETINGS and bool(_STUDIED_THERE.match(text[hit.end :]))


def _is_step(hit: Hit, before: str, after: str) -> bool:
    meeting = _STEP.search(before) if hit.concept.key == "talks" and not hit.as_rules else None
    sentence = meeting and meeting.group() + re.split("[。；]", after)[0]
    return bool(sentence and _STEPS.search(sentence))


def foreign_beside(hits: Iterable[Hit], text: str) -> bool:
    """Whether a text names a matter of another office outside of these names."""
    blank = list(text)
    for hit in hits:
        blank[hit.start : hit.end] = "　" * (hit.end - hit.start)
    return bool(lexicon().foreign.search("".join(blank)))
