"""The table of the fields of a kind: name, meaning, and what the sample holds there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from taizhang.kernel.text import brief
from taizhang.papers.word_templates.fields import ANNEXES
from taizhang.papers.word_templates.kinds import Field, TemplateKind

LONGEST = 40
_EACH = {
    "正文": "段", "各部分": "部", "段落": "段", "问题": "题", "附件": "附", "回执": "栏", "各栏": "栏", "封面各行": "行",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One field as it is written in the file."""

    written: str
    meaning: str
    example: str
    needed: bool
    loop: str = ""
    ends: str = ""
    """Of a list, how going through it begins and ends."""


def rows(kind: TemplateKind) -> list[Row]:
    """All fields of a kind, the entries of a list below it."""
    needed = {name for group in kind.needed for name in group}
    return list(_rows(kind.fields, kind.values(kind.sample()), "", "", needed))


def _rows(
    fields: Iterable[Field], held: dict[str, Any], each: str, above: str, needed: set[str]
) -> Iterator[Row]:
    for one in fields:
        name = f"{each}.{one.name}" if each else one.name
        path = f"{above}.{one.name}" if above else one.name
        value = held.get(one.name, "")
        if not one.of:
            yield Row(f"{{{{ {name} }}}}", one.meaning, _example(one, value), path in needed)
            continue
        word = _EACH[one.name]
        loop = f"{{%p for {word} in {name} %}}"
        yield Row(
            name,
            one.meaning,
            f"样例有{len(value)}条" if value else "样例没有",
            needed=False,
            loop=loop,
            ends="{%p endfor %}",
        )
        yield from _rows(one.of, value[0] if value else {}, word, path, needed)


def _example(one: Field, value: Any) -> str:
    if one.name == ANNEXES:
        return "附件的表格" if value else ""
    return brief(str(value).strip(), LONGEST)
