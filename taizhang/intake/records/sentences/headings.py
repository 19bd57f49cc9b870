"""What a heading says: the stage that is made public, the campaign and its year, the one sort of
its ledger's records that it names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.intake.reading.pieces import Piece
from taizhang.kernel.text import HAN, chinese_number, folded
from taizhang.ledgers.fields import Field
from taizhang.notices.words import persons

_TOP = 4
_STAGES = (("转正", "预备党员转正"), ("转为", "预备党员转正"), ("发展对象", "确定发展对象"), ("积极分子", "确定积极分子"), ("预备党员", "接收预备党员"))  # fmt: skip


def add(read: Read, piece: Piece, fields: Mapping[str, Field], paragraphs: list[Paragraph]) -> None:
    """Fill what no label said."""
    if "stage" in fields and "stage" not in read.values:
        _add_stage(read, piece, {label for _, label in fields["stage"].choices}, paragraphs)
    _add_of_heading(read, piece, fields)
    if {"name", "assigned_on"} <= fields.keys() and "name" not in read.values:
        _add_site(read, piece.headings[:2])
    if "theme" in fields and "theme" not in read.values:
        _add_theme(read, piece.headings[:1])
    if "person" in fields and "person" not in read.values:
        _add_whose(read, piece.headings[:2])
    for one in fields.values():
        if one.kind == "choice" and one.required and one.name not in read.values:
            _add_choice(read, one, piece.headings[:1])
            _add_choice(read, one, [p for p in paragraphs[:_TOP] if _DOES.search(p.text)])


def _add_whose(read: Read, heads: list[Paragraph]) -> None:
    for one in heads:
        found = _WHOSE.match(folded(one.text))
        if found and persons.like_person(found[1]):
            read.add("person", found[1], one.where)
            return


_DOES = re.compile(r"(?:开展|组织|举行|举办|参加)[^，,。；;]{0,40}活动")


def _add_choice(read: Read, field: Field, heads: list[Paragraph]) -> None:
    """The one choice that the heading names, of a field that every record has: 志愿服务 in 开展志愿服务活动."""
    for one in heads if field.name not in read.values else ():
        found = _DOES.search(one.text)
        plain = folded(found[0] if found else one.text)
        named = [label for _, label in field.choices if folded(label) in plain]
        longest = [
            label for label in named if not any(label in other for other in named if other != label)
        ]
        if len(longest) == 1:
            read.add(field.name, longest[0], one.where)


_SITE = re.compile(
    r"(?:^|支部|学校|[小中]学|幼儿园|学院)(?P<said>[“「]?[^，。；：、“”「」]{1,14}[”」]?"
    r"(?:党群|党员|红色|先锋|便民|志愿)?(?:服务)?(?:站点?|驿站|中心|之家|岗亭?))(?=(?:标准化)?建设)"
)


def _add_site(read: Read, heads: list[Paragraph]) -> None:
    """`“某某”党员驿站建设情况汇报`: what is built, by a name in quotes that it has of its own."""
    for one in heads:
        found = _SITE.search(one.text.strip())
        if found and _OWN_NAME.search(found["said"]):
            read.add("name", found["said"], one.where)
            return


_OWN_NAME = re.compile(r"[“「].+[”」]")
_WHOSE = re.compile(
    rf"([{HAN}]{{2,4}}?)(?:同志)?的?(?:(?:19|20)\d{{2}}年度?)?(?=个人|学习|自学|思想汇报|心得)"
)
"""甲2024年个人学习计划."""
_PROPOSED = re.compile(r"拟[^，。；]{2,30}")


def _add_stage(read: Read, piece: Piece, stages: set[str], paragraphs: list[Paragraph]) -> None:
    """The stage that the title names, or else the sentence that says as what somebody
    is proposed.
    """
    told = [(one.text, one) for one in piece.headings[:2]]
    told += [(found[0], one) for one in paragraphs if (found := _PROPOSED.search(one.text))]
    for text, one in told:
        said = next((stage for word, stage in _STAGES if word in text), "")
        if said in stages:
            read.add("stage", said, one.where)
            return


_OF_YEAR = re.compile(r"((?:19|20)\d{2})年度?[上下]半年")
_NAMED_CAMPAIGN = re.compile(
    rf"(?:(?<=支部)|(?<=小学|中学|学校)|^)[{HAN}]{{2,8}}?(?:学习教育|主题教育|教育实践活动)"
)
_CAMPAIGN = re.compile(r"[“\"「《]([^”\"」》]{2,20})[”\"」》](?:(?:学习|主题|专题|实践)*教育)?")


def _add_of_heading(read: Read, piece: Piece, fields: Mapping[str, Field]) -> None:
    """The campaign that the title names in quotes, and the year that stands with its half."""
    if "campaign" in fields and "campaign" not in read.values:
        for one in piece.headings[:2]:
            if found := _CAMPAIGN.search(one.text) or _NAMED_CAMPAIGN.search(one.text):
                read.add("campaign", found[0], one.where)
                break
    elif "campaign" in fields and "title" not in read.values:
        _title_of_campaign(read, piece)
    told = [(read.values.get("half", ""), read.sources.get("half", ""))]
    told += [(one.text, one.where) for one in [*piece.headings, *piece.paragraphs()[:_TOP]]]
    for text, where in told if "half" in fields and "year" in fields else ():
        year = _OF_YEAR.search(folded(text))
        if year and "year" not in read.values:
            read.add("year", year[1], where)


def _add_theme(read: Read, heads: list[Paragraph]) -> None:
    """`“净滩”党员志愿服务活动记录`: what an activity is called in quotes."""
    for one in heads:
        if (found := _CAMPAIGN.search(one.text)) and "活动" in one.text[found.end() :]:
            read.add("theme", found[1], one.where)


def _title_of_campaign(read: Read, piece: Piece) -> None:
    """活动名称 below a heading that names the campaign in quotes is what was done in it."""
    for one in piece.headings[:2]:
        found = _CAMPAIGN.search(one.text)
        if found and found[0] != found[0].strip("“”") and read.values["campaign"] not in found[0]:
            read.values["title"] = read.values["campaign"]
            read.sources["title"] = read.sources["campaign"]
            read.values["campaign"], read.sources["campaign"] = found[0], one.where
            return


_NTH_OF_YEAR = re.compile(r"20\d{2}年(?:度)?第(\d{1,2}|[一二三四五六七八九十]{1,3})次")


def add_ordinal(read: Read, piece: Piece) -> None:
    """`（2023年第11次）` in a heading: how many of the year it was."""
    for one in piece.headings if "ordinal" not in read.values else ():
        if found := _NTH_OF_YEAR.search(folded(one.text)):
            number = chinese_number(found[1])
            read.add("ordinal", found[1] if number is None else str(number), one.where)
            return
