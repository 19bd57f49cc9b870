"""Counts, sums, days and numbers of papers that running text says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.intake.reading import labels
from taizhang.intake.records.sentences import reports
from taizhang.intake.records.taking import in_yuan
from taizhang.kernel.text import HAN, chinese_number, folded
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import Field
from taizhang.ledgers.kind import LedgerKind

_ADOPTED = re.compile(
    r"[（(]?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^。（）()]{0,30}?(?:会|大会|会议|支委会)[^。（）()]{0,10}?(?:讨论)"
    r"?(?:审议)?通过"
)


_STUDIED = re.compile(
    r"经((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^，,。；;]{0,12}(?:会|会议)(?:研究|讨论|商定|决定)"
)
"""On which day a meeting made a plan; a rule is not adopted by being studied."""


_IN_FORCE = re.compile(
    r"(?:自|从|^|[，,。；])((?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?)起(?:正式|开始)?(?:施行|实施|执行|生效|试行)"
)


_NUMBERED = re.compile(
    rf"(?:其中|共|累计)?([{HAN}]{{2,14}}?)[:：为共计有]?(\d{{1,4}}|[一二三四五六七八九十]{{1,3}})[票张人名份次]"
)


def add_counts(read: Read, kind: LedgerKind, paragraphs: list[Paragraph]) -> None:
    """`优秀9票，合格2票` in one line are a number for each; in a longer text where there are
    two at least.
    """
    known, whole = labels.exact(kind.slug), {f.name for f in kind.fields() if f.kind == "integer"}
    _add_sums(read, kind, known, paragraphs)
    left = [text.strip() for text in read.left]
    for text in left + [one.text.strip() for one in paragraphs if one.text.strip() not in left]:
        pairs = [
            (_asked(word, known), number)
            for word, digits in _NUMBERED.findall(folded(text))
            for number in [str(chinese_number(digits))]
        ]
        told = {name: number for name, number in pairs if name in whole - read.values.keys()}
        if text not in left and len(told) < SEVERAL:
            continue
        _tell(read, told, text, paragraphs)
        if told and len(told) == len(pairs):
            rest = [one for one in _CLAUSES.split(text) if one.strip() and not _tells(one)]
            read.left = [one for one in read.left if one.strip() != text]
            read.left += rest if text in left else []


_CLAUSES = re.compile(r"[，,。；;]")


def _tells(clause: str) -> bool:
    """Whether a clause says a number or a day, which were read."""
    return bool(_NUMBERED.search(folded(clause)) or re.search(r"\d", clause))


SEVERAL = 2


_SUM = re.compile(rf"([{HAN}]{{2,14}})[:：]?(?:人民币)?(\d[\d,]*(?:\.\d{{1,6}})?万?)元")
_IS = re.compile(r"(?:[为是]|共计?|计)+$")


def _tell(read: Read, told: Mapping[str, str], text: str, paragraphs: list[Paragraph]) -> None:
    """Keep the values with the place of the line that says them; of a line of a cell it is looked
    for later.
    """
    where = next((one.where for one in paragraphs if one.text.strip() == text.strip()), "")
    for name, value in told.items():
        read.values[name] = value
        if where:
            read.sources[name] = where


_YEAR = re.compile(r"((?:19|20)\d{2})(?:年|-)")
_PLAIN = re.compile(
    rf"(?:[{HAN}]*支部)?(?:年度?|[本全当今]年度?|[底末日]|党组织|党建|工作|活动|经费|资金|累计|实际|实有|现有|尚有|账面|共计?|合计|总计?)*"
)
"""What may stand before the name of a sum that is all of it; 主题党日支出 is a part of what went."""
_OF_THIS_YEAR = re.compile(r"[本全当今]年")


def _add_sums(
    read: Read, kind: LedgerKind, known: Mapping[str, str], paragraphs: list[Paragraph]
) -> None:
    """`年初余额350元，本年收入8000元` in a sentence is a sum for each.

    A field of which two different sums are told takes neither, nor one that is of another year than
    the paper.
    """
    open_ = {one.name for one in kind.fields() if one.kind == "money"} - read.values.keys()
    told: dict[str, dict[str, str]] = {}
    pairs: dict[str, list[str]] = {}
    for text in dict.fromkeys([*read.left, *(one.text for one in paragraphs)]):
        for found in _SUM.finditer(folded(text)) if open_ else ():
            name = _sum_of(found, known, _years(paragraphs))
            pairs.setdefault(text, []).append(name)
            if name in open_:
                told.setdefault(name, {}).setdefault(in_yuan(found[2]), text)
    once = {name: next(iter(of.items())) for name, of in told.items() if len(of) == 1}
    for name, (said, text) in once.items():
        _tell(read, {name: said}, text, paragraphs)
    for text in list(read.left):
        if pairs.get(text) and all(name in once for name in pairs[text]):
            read.left.remove(text)


def _sum_of(found: re.Match[str], known: Mapping[str, str], years: set[str]) -> str:
    """The field whose whole sum is told, if it is of the paper's own year."""
    every = (found[1], _IS.sub("", found[1]))
    ends = ((word, word[at:]) for word in every for at in range(len(word) - 1))
    word, label = next((one for one in ends if one[1] in known), ("", ""))
    if not label or not _PLAIN.fullmatch(word.removesuffix(label)):
        return ""
    before = _YEAR.findall(found.string[: found.start(2)])
    other = before and years and before[-1] not in years and not _OF_THIS_YEAR.search(word)
    return "" if other else known[label]


def _years(paragraphs: list[Paragraph]) -> set[str]:
    """The years that the top of a paper names."""
    return {year for one in paragraphs[:1] for year in _YEAR.findall(folded(one.text))}


def _asked(word: str, known: Mapping[str, str]) -> str:
    """The field whose label the word is, or ends with: 支部在册党员 is 在册党员."""
    word = word.removesuffix("的")
    ends = (word[at:] for at in range(len(word) - 1))
    return next((known[end] for end in ends if end in known), "")


def add_days(read: Read, paragraphs: list[Paragraph], fields: Mapping[str, Field]) -> None:
    """When a rule or plan was adopted and from when it holds, where its text says so."""
    made = "adopted_on" in fields and fields["adopted_on"].label == "制定日期"
    days = [("adopted_on", _ADOPTED), ("effective_from", _IN_FORCE)]
    for name, pattern in [*days, ("adopted_on", _STUDIED)] if made else days:
        for block in paragraphs if name in fields else ():
            found = pattern.search(folded(written.in_digits(block.text)))
            if found and name not in read.values:
                read.add(name, found[1], block.where)


_USED_FOR = re.compile(
    r"(?:主要)?用于|(?:主要)?用在|开支(?:情况|用途)|其中[:：]?[^。]*?\d元[^。]*?[；;、，,][^。]*?\d元"
)


_SEPARATE = re.compile(r"党费[与和][^。；，]{0,8}经费(?:严格)?分(?:开|别|账)")


def add_note(read: Read, fields: Mapping[str, Field], paragraphs: list[Paragraph]) -> None:
    """What a report says the money was used for, and that dues are kept apart from it."""
    if not {"note", "separate_accounts"} <= fields.keys():
        return
    if "note" not in read.values:
        told = [one for one in paragraphs if _USED_FOR.search(one.text)]
        for one in told:
            read.add("note", one.text, one.where)
        used = {one.text.strip() for one in told}
        read.left = [text for text in read.left if text.strip() not in used]
    apart = next((one for one in paragraphs if _SEPARATE.search(one.text)), None)
    if apart is not None and "separate_accounts" not in read.values:
        read.add("separate_accounts", "是", apart.where)


NEAR_TOP, NEAR_END = 4, 3


def add_number(read: Read, fields: Mapping[str, Field], paragraphs: list[Paragraph]) -> None:
    """The number of a paper, which stands in a line of its own near its top or its end."""
    if "document_no" not in fields or "document_no" in read.values:
        return
    near = [*paragraphs[:NEAR_TOP], *paragraphs[-NEAR_END:]]
    for one in near:
        if number := reports.own_number(folded(one.text)):
            keep(read, "document_no", number, one)
            return


def keep(read: Read, name: str, text: str, one: Paragraph) -> None:
    read.add(name, text, one.where)
    read.left = [
        left
        for left in read.left
        if left.strip() not in (one.text.strip(), f"落款日期：{one.text.strip()}")
    ]
