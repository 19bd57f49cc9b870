"""What the fields of a template hold: of an official paper its elements and clauses, of a form its
lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from taizhang.papers.official.paper import Clause, Official, in_full
from taizhang.papers.paper import Form, Line, Paper, Table
from taizhang.papers.word_templates.kinds import Field
from taizhang.papers.writers.wordml import blocks

ANNEXES = "附件正文"
"""Where the annexes go, when they do not go to the end."""
ANNEXES_MARK = "\ue000附件正文\ue000"
"""What stands there until they are put in."""
_NUMBER = Field("序号", "第几个，从1起")
_TEXT = Field("文字", "这一段的文字，序号“一、”“（一）”“1.”已在文字里")
_LEVEL = Field("层级", "1 是“一、”，2 是“（一）”，3 是“1.”，0 是其他段落")
OFFICIAL = (
    Field("标题", "公文标题"),
    Field("主送", "主送机关，末尾已有冒号"),
    Field("正文", "全部正文，一段一条", (_NUMBER, _TEXT, _LEVEL)),
    Field("各部分", "正文按“一、”分成的部分；第一个“一、”之前的段落，标题为空", (
        _NUMBER, Field("标题", "“一、”这一行"), Field("段落", "这一部分的段落", (_NUMBER, _TEXT, _LEVEL)),
    ), again=True),
    Field("问题", "标题含“问题”的部分里的段落；正文不分部分的，是“1.”各条", (_NUMBER, _TEXT, _LEVEL), again=True),
    Field("落款", "署名的机关"),
    Field("日期", "成文日期"),
    Field("文号", "发文字号"),
    Field("发文机关标志", "红头的文字"),
    Field("签发人", "上行文的签发人"),
    Field("附件", "附件说明，一个附件一条", (_NUMBER, Field("行", "“附件：1. 名称”这一行"))),
    Field(ANNEXES, "附件本身接在这里，单独成段；没有这个字段时接在最后", again=True),
    Field("联系方式", "附注的文字，不带括号"),
    Field("抄送", "抄送机关"),
    Field("印发机关", "版记的印发机关"),
    Field("印发日期", "版记的印发日期"),
    Field("版记附注", "版记的其他一行"),
    Field("回执", "回执各栏", (_NUMBER, Field("项目", "栏目名称"), Field("内容", "已填的内容，没有填的为空"))),
)  # fmt: skip


def of_official(paper: Official) -> dict[str, Any]:
    """The elements of an official paper by their names."""
    parts = _parts(paper.body)
    return cleaned(
        {
            "标题": paper.title,
            "主送": paper.to,
            "正文": _clauses(paper.body),
            "各部分": parts,
            "问题": _clauses(_problems(paper.body)),
            "落款": paper.signed,
            "日期": _day(paper.dated),
            "文号": paper.number,
            "发文机关标志": paper.issuer,
            "签发人": "、".join(paper.signatories),
            "附件": _attachments(paper.attachments),
            ANNEXES: ANNEXES_MARK if paper.annexes else "",
            "联系方式": paper.contact,
            "抄送": paper.copies,
            "印发机关": paper.printed_by,
            "印发日期": _day(paper.printed_on or paper.dated) if paper.printed_by else "",
            "版记附注": paper.imprint,
            "回执": _rows(paper.receipt),
        }
    )


def whole_official(paper: Official) -> list[str]:
    """Title and every clause; tables within the text too, for which there is no field."""
    told = [paper.title, *(clause.text for clause in paper.body)]
    return [*told, *(text for block in paper.blocks for text in _texts_of(block))]


def _day(day: Any) -> str:
    return in_full(day) if day else ""


def _clauses(clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    return _numbered({"文字": one.text, "层级": one.level} for one in clauses)


def _numbered(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"序号": n, **row} for n, row in enumerate(rows, start=1)]


def _split(body: Iterable[Clause]) -> list[tuple[str, list[Clause]]]:
    """Heading of the first level → the clauses below it."""
    parts: list[tuple[str, list[Clause]]] = []
    for clause in body:
        if clause.level == 1:
            parts.append((clause.text, []))
        elif parts:
            parts[-1][1].append(clause)
        else:
            parts.append(("", [clause]))
    return parts


def _parts(body: Iterable[Clause]) -> list[dict[str, Any]]:
    return _numbered({"标题": title, "段落": _clauses(below)} for title, below in _split(body))


def _problems(body: list[Clause]) -> list[Clause]:
    if not any(clause.level == 1 for clause in body):
        return [clause for clause in body if clause.level == 3]
    return [clause for title, below in _split(body) if "问题" in title for clause in below]


def _attachments(names: list[str]) -> list[dict[str, Any]]:
    several = len(names) > 1
    return _numbered(
        {"行": f"{'附件：' if n == 1 else '　　　'}{f'{n}. ' if several else ''}{name}"}
        for n, name in enumerate(names, start=1)
    )


def _rows(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return _numbered({"项目": line.label, "内容": line.text} for line in lines)


def label_of(line: Line) -> str:
    """The name of a form's line as a field: without `一、`."""
    return re.sub(r"^[一二三四五六七八九十]+、", "", line.label)


LINES = Field(
    "各栏",
    "表里的各栏，一栏一条",
    (_NUMBER, Field("栏目", "栏目名称"), Field("内容", "这一栏的文字")),
    again=True,
)


def of_form(paper: Paper, fields: Iterable[Field]) -> dict[str, Any]:
    """The lines of a paper's form by their labels; what a paper does not have is empty."""
    lines = lines_of(paper)
    held = {label_of(line): line.text for line in lines}
    rows = _numbered({"栏目": label_of(line), "内容": line.text} for line in lines)
    texts = {one.name: held.get(one.name, "") for one in fields if not one.of}
    return cleaned({**texts, LINES.name: rows})


def whole_form(paper: Paper) -> list[str]:
    """What is written in each line."""
    return [line.text for line in lines_of(paper)]


def lines_of(paper: Paper) -> list[Line]:
    """The lines of every form of a paper."""
    return [line for block in paper.blocks if isinstance(block, Form) for line in block.lines]


def _texts_of(block: Any) -> list[str]:
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row]
    if isinstance(block, Form):
        return [line.text for line in block.lines]
    return [block.text] if hasattr(block, "text") else []


def cleaned(values: dict[str, Any]) -> dict[str, Any]:
    """Without the characters that XML does not know, however deep they stand."""
    return {name: _plain(one) for name, one in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return blocks.plain(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return cleaned(value) if isinstance(value, dict) else value
