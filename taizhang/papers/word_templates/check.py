"""The fields and loops of a template, read paragraph by paragraph, so that each fault is told where
it stands.

Only what stands in `docs/how-to/edit-a-paper-template.md` is known: fields, 条件 and 循环. Everything
else is refused before the engine of templates sees it.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import brief
from taizhang.papers.word_templates import file as template_file
from taizhang.papers.word_templates.file import W
from taizhang.papers.word_templates.kinds import Field, TemplateKind

_TAG = re.compile(r"\{\{(?P<says>.*?)\}\}|\{%(?P<does>.*?)%\}", re.DOTALL)
_DOES = re.compile(
    r"(?P<scope>p|tr)?(?P<gap>\s*)(?P<word>for|if|elif|else|endfor|endif)\b(?P<rest>.*)", re.DOTALL
)
_LOOP = re.compile(r"\s*(?P<each>\w+)\s+in\s+(?P<every>.+)", re.DOTALL)
_WIDE = re.compile(r"｛\s*[｛{%％]|\{[｛％]|[%％}｝]\s*｝|％\}|\}｝")
_PUNCTUATION = re.compile(r"[＝．，（）！＜＞。]")
_HIDDEN = re.compile(r"\{(?:<[^>]*>)*[{%#]")
"""A mark of the engine's, also when it is in several pieces."""
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_DEEPEST = 4
_UNITS = {"p": "段", "tr": "行"}


@dataclass
class _Place:
    """A paragraph: where it stands and what is written in it."""

    element: Any
    part: str
    number: int
    text: str

    def __str__(self) -> str:
        """As a fault calls it."""
        return f"{self.part}第{self.number}段“{brief(self.text.strip(), 40)}”"


@dataclass
class _Open:
    """A loop or condition that is not ended yet."""

    word: str
    scope: str
    home: Any
    place: _Place
    said: str
    each: str = ""
    """What a loop calls an entry."""
    hides: dict[str, Any] = field(default_factory=dict)
    """What the name of the loop meant before it."""


@dataclass
class _Reader:
    """One file being read: what is open, what the names mean, and what was found."""

    known: dict[str, Field]
    names: dict[str, tuple[str, tuple[Field, ...]]] = field(default_factory=dict)
    """Name of a loop → the list that it goes through, and the fields of its entries."""
    open: list[_Open] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def fault(self, place: _Place, told: str) -> None:
        """Note what is wrong in a paragraph."""
        self.problems.append(f"{place}：{told}")


def must_be_readable(kind: TemplateKind, data: bytes) -> set[str]:
    """The fields that a file uses, as `标题` and `正文.文字`; every fault of the file in one refusal."""
    reader = _Reader({one.name: one for one in kind.fields})
    for part, tree in template_file.parts(data):
        for place in _places(part, tree):
            _read(reader, place)
        if _HIDDEN.search(_without_text(tree)):
            reader.problems.append(
                f"{part}：图片说明、域或图形里写有字段；字段只能写在普通文字里。"
            )
        for left in reader.open:
            reader.fault(left.place, f"“{left.said}”没有对应的 {_end_of(left)}。")
        reader.open, reader.names = [], {}
    problems = [*reader.problems, *([] if reader.problems else _lacking(kind, reader.used))]
    if problems:
        raise BadInput([Problem(told) for told in problems])
    return reader.used


def _lacking(kind: TemplateKind, used: set[str]) -> list[str]:
    return [
        f"缺少必需的字段“{'”或“'.join(group)}”：没有它，{kind.title}的内容印不全。"
        for group in kind.needed
        if not used & set(group)
    ]


def unused(kind: TemplateKind, used: set[str]) -> list[str]:
    """The fields of the kind that stand nowhere in the file, though papers of it may have something
    to say there.
    """
    tops = {name.partition(".")[0] for name in used}
    held = kind.values(kind.sample())
    return [
        one.name
        for one in kind.fields
        if held[one.name] and one.name not in tops and not (one.again or _covered(one, tops, kind))
    ]


def _covered(one: Field, tops: set[str], kind: TemplateKind) -> bool:
    """Whether a field that says all of them again is used instead."""
    instead = [
        group for group in kind.needed if any(name.partition(".")[0] == one.name for name in group)
    ]
    return any(tops & {name.partition(".")[0] for name in group} for group in instead)


def _places(part: str, tree: Any) -> Iterator[_Place]:
    for number, element in enumerate(tree.iter(f"{W}p"), start=1):
        yield _Place(element, part, number, _text_of(element))


def _without_text(tree: Any) -> str:
    """What a part says outside the text of its paragraphs."""
    from lxml import etree  # noqa: PLC0415  (only papers need it)

    bare = copy.deepcopy(tree)
    for one in bare.iter(f"{W}t"):
        one.text = ""
    told: str = etree.tostring(bare, encoding="unicode")
    return told


def _text_of(paragraph: Any) -> str:
    """The text of a paragraph, without that of text boxes in it."""
    own = (one for one in paragraph.iter(f"{W}t") if next(one.iterancestors(f"{W}p")) is paragraph)
    return "".join(one.text or "" for one in own)


def _read(reader: _Reader, place: _Place) -> None:
    if _WIDE.search(place.text):
        reader.fault(place, "花括号和百分号要用半角：{{ 标题 }}、{%p for … %}。")
        return
    for tag in _TAG.finditer(place.text):
        if tag["says"] is not None:
            _output(reader, place, tag["says"])
        else:
            _act(reader, place, tag)
    rest = _TAG.sub("", place.text)
    if re.search(r"[{}]", rest):
        reader.fault(
            place, "花括号没有成对，或者写了不认识的标记；字段写作 {{ 标题 }}，两边各两个花括号。"
        )


def _output(reader: _Reader, place: _Place, said: str) -> None:
    told = _meaning(reader, place, said)
    if told is None:
        return
    path, fields = told
    if fields:
        reader.fault(
            place, f"“{path}”有多条，要写成循环：{{%p for 条 in {path} %}}……{{%p endfor %}}。"
        )
    else:
        reader.used.add(path)


def _act(reader: _Reader, place: _Place, tag: re.Match[str]) -> None:
    does = _DOES.fullmatch(tag["does"])
    scoped = does["scope"] if does else ""
    if does is None or (scoped and not does["gap"].startswith(" ")):
        reader.fault(
            place,
            f"不认识“{tag[0]}”；可以用 {{%p for … %}}、{{%p if … %}} 和它们的 endfor、endif。",
        )
        return
    scope, word, rest = scoped or "", does["word"], does["rest"]
    home = _home(place, scope)
    if scope and not _stands_alone(place, scope, tag[0]):
        reader.fault(
            place, f"“{tag[0]}”要单独占一{_UNITS[scope]}，同{_UNITS[scope]}的其他内容会丢失。"
        )
        return
    opened = _Open(word, scope, home, place, tag[0])
    if word == "for":
        _begin_loop(reader, opened, rest)
    elif word == "if":
        _condition(reader, place, rest)
        _push(reader, opened)
    else:
        _go_on(reader, opened, rest)


def _home(place: _Place, scope: str) -> Any:
    """What a loop must begin and end in: the paragraph, what holds the paragraph, or the table."""
    if not scope:
        return place.element
    if scope == "p":
        return place.element.getparent()
    return next(place.element.iterancestors(f"{W}tbl"), None)


def _stands_alone(place: _Place, scope: str, tag: str) -> bool:
    if scope == "p":
        drawn = next(place.element.iter(f"{W}drawing", f"{W}pict", f"{W}sectPr"), None)
        return place.text.strip() == tag and drawn is None
    row = next(place.element.iterancestors(f"{W}tr"), None)
    if row is None:
        return False
    return "".join(one.text or "" for one in row.iter(f"{W}t")).strip() == tag


def _begin_loop(reader: _Reader, opened: _Open, rest: str) -> None:
    loop = _LOOP.fullmatch(rest)
    path, fields = "", tuple[Field, ...]()
    around = [one.each for one in reader.open if one.word == "for"]
    if loop is None:
        reader.fault(opened.place, f"“{opened.said}”写法不对，应写作 for 段 in 正文。")
    else:
        told = _meaning(reader, opened.place, loop["every"])
        if told is not None and not told[1]:
            reader.fault(opened.place, f"“{told[0]}”不是多条的字段，不能循环。")
        elif told is not None and around and not loop["every"].strip().startswith(f"{around[-1]}."):
            reader.fault(
                opened.place, f"循环里面只能再循环“{around[-1]}”自己的内容，否则内容会成倍重复。"
            )
        elif told is not None:
            path, fields = told
        opened.each = loop["each"]
        opened.hides = {loop["each"]: reader.names.get(loop["each"])}
        reader.names[loop["each"]] = (path, fields)
    _push(reader, opened)


def _push(reader: _Reader, opened: _Open) -> None:
    reader.open.append(opened)
    if len(reader.open) > _DEEPEST:
        reader.fault(opened.place, f"循环和条件套了{len(reader.open)}层，最多{_DEEPEST}层。")


def _go_on(reader: _Reader, here: _Open, rest: str) -> None:
    """`elif`, `else`, `endif` and `endfor` belong to what was opened last, in the same way and at
    the same place.
    """
    begun = reader.open[-1] if reader.open else None
    wanted = "for" if here.word == "endfor" else "if"
    if begun is None or begun.word != wanted:
        reader.fault(here.place, f"“{here.said}”前面没有对应的 {wanted}。")
        return
    if (begun.scope, begun.home) != (here.scope, here.home):
        where = "写法（{%p、{%tr 还是 {%）要相同，并在同一处（同一段、同一单元格或同一表格）"
        reader.fault(here.place, f"“{here.said}”和“{begun.said}”{where}。")
    if here.word == "elif":
        _condition(reader, here.place, rest)
    elif rest.strip():
        reader.fault(here.place, f"“{here.said}”后面不应再有文字。")
    if here.word.startswith("end"):
        reader.open.pop()
        for name, before in begun.hides.items():
            del reader.names[name]
            if before is not None:
                reader.names[name] = before


def _end_of(left: _Open) -> str:
    return f"{{%{left.scope} end{left.word} %}}"


def _condition(reader: _Reader, place: _Place, said: str) -> None:
    node = _parsed(reader, place, said)
    if node is not None:
        _walk(reader, place, node)


def _walk(reader: _Reader, place: _Place, node: Any) -> None:
    """A condition: fields, numbers and words, compared and joined."""
    from jinja2 import nodes  # noqa: PLC0415  (only papers need it)

    if isinstance(node, nodes.Name | nodes.Getattr):
        _resolved(reader, place, node)
    elif isinstance(node, nodes.Compare | nodes.And | nodes.Or | nodes.Not | nodes.Operand):
        for below in node.iter_child_nodes():
            _walk(reader, place, below)
    elif not isinstance(node, nodes.Const) or not isinstance(node.value, str | int):
        reader.fault(place, "条件里只能用字段、数字和引号里的文字，比如 段.层级 == 1。")


def _meaning(reader: _Reader, place: _Place, said: str) -> tuple[str, tuple[Field, ...]] | None:
    """The path of a field and, of a list, the fields of its entries; a fault is noted."""
    node = _parsed(reader, place, said)
    return None if node is None else _resolved(reader, place, node)


def _parsed(reader: _Reader, place: _Place, said: str) -> Any:
    import jinja2  # noqa: PLC0415

    plain = said.translate(_QUOTES)
    if _PUNCTUATION.search(re.sub(r"\"[^\"]*\"|'[^']*'", "", plain)):
        reader.fault(place, f"“{said.strip()}”里有全角标点，请改成半角。")
        return None
    try:
        body = jinja2.Environment(autoescape=True).parse(f"{{{{{plain}}}}}").body
        return body[0].nodes[0]  # type: ignore[attr-defined]
    except (jinja2.TemplateSyntaxError, IndexError, AttributeError):
        reader.fault(
            place, f"看不懂“{said.strip()}”；字段写作 {{{{ 标题 }}}}，条件写作 段.层级 == 1。"
        )
        return None


def _resolved(reader: _Reader, place: _Place, node: Any) -> tuple[str, tuple[Field, ...]] | None:
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(node, nodes.Name):
        return _named(reader, place, node.name)
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return _part(reader, place, node.node.name, node.attr)
    reader.fault(place, "只能写字段名，比如 {{ 标题 }} 或 {{ 段.文字 }}，不能有运算、函数和筛选。")
    return None


def _named(reader: _Reader, place: _Place, name: str) -> tuple[str, tuple[Field, ...]] | None:
    if name in reader.names:
        reader.fault(
            place,
            f"“{name}”是循环里的一条，要写出取哪一项：{_choices(name, reader.names[name][1])}。",
        )
        return None
    if name in reader.known:
        return name, reader.known[name].of
    reader.fault(place, f"没有字段“{name}”。{_instead(name, reader.known)}")
    return None


def _part(
    reader: _Reader, place: _Place, each: str, name: str
) -> tuple[str, tuple[Field, ...]] | None:
    if each not in reader.names:
        reader.fault(place, f"“{each}.{name}”里的“{each}”不是循环里的一条。")
        return None
    path, fields = reader.names[each]
    found = next((one for one in fields if one.name == name), None)
    if found is None:
        if fields:
            reader.fault(place, f"“{each}”没有“{name}”这一项；可以用{_choices(each, fields)}。")
        return None
    return f"{path}.{name}", found.of


def _choices(each: str, fields: Iterable[Field]) -> str:
    return "、".join(f"{each}.{one.name}" for one in fields)


def _instead(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"是不是“{near[0]}”？" if near else "可以用的字段见本页的字段表。"
