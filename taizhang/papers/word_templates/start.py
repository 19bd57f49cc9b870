"""The built-in form of a paper as a Word file with the fields in their places: what an office
begins its own file with.

It is written by the same layout as every paper, of a paper whose texts are the fields; the loops
and conditions are put around what this layout made.
"""

from __future__ import annotations

import copy
import io
from dataclasses import replace
from datetime import date
from typing import Any

from taizhang.papers.official.paper import Clause, Official, in_full
from taizhang.papers.paper import Chapter, Form, Line, Paper
from taizhang.papers.word_templates.fields import ANNEXES, label_of
from taizhang.papers.word_templates.file import W
from taizhang.papers.writers import official_word, word
from taizhang.papers.writers.wordml import blocks, docx_base

_DATED, _PRINTED = date(2018, 10, 19), date(2018, 10, 22)
"""Days as broad as days are; the fields stand in their places."""
_BODY = [
    "{%p for 段 in 正文 %}", "{%p if 段.层级 == 1 %}", ("{{ 段.文字 }}", 1), "{%p elif 段.层级 == 2 %}", ("{{ 段.文字 }}", 2),
    "{%p elif 段.层级 == 3 %}", ("{{ 段.文字 }}", 3), "{%p else %}", ("{{ 段.文字 }}", 0), "{%p endif %}", "{%p endfor %}",
]  # fmt: skip
_MARK = "〓"


def of_official(sample: Official) -> bytes:
    """The file for an official paper that may have what the sample has."""
    clauses = [Clause(one) if isinstance(one, str) else Clause(one[0], one[1]) for one in _BODY]  # type: ignore[arg-type]
    pattern = replace(
        sample,
        title="{{ 标题 }}",
        to="{{ 主送 }}",
        body=clauses,
        dated=_DATED,
        printed_on=_PRINTED,
        number="{{ 文号 }}" if sample.number else "",
        signatories=["{{ 签发人 }}"] if sample.signatories else [],
        attachments=[_MARK] if sample.attachments else [],
        annexes=[],
        blocks=[],
        contact="{{ 联系方式 }}",
        receipt=[Line("{{ 栏.项目 }}", "{{ 栏.内容 }}", wide=True)] if sample.receipt else [],
        copies="{{ 抄送 }}" if sample.copies else "",
        printed_by="{{ 印发机关 }}" if sample.printed_by else "",
        imprint="",
        trace="",
    )
    document = _opened(official_word.written(pattern, pattern=True))
    body = document.element.body
    for shown, name in (
        (sample.issuer, "发文机关标志"),
        (sample.signed, "落款"),
        (in_full(_DATED), "日期"),
        (in_full(_PRINTED), "印发日期"),
    ):
        for part in _parts(document):
            _rename(part, shown, f"{{{{ {name} }}}}")
    _listed_attachments(body)
    _listed_receipt(body)
    _with_room_for_annexes(body, annexed=bool(sample.annexes))
    if sample.issuer:
        plain = official_word.written(replace(pattern, issuer="", look="plain"), pattern=True)
        _headed_or_not(body, _opened(plain).element.body)
    else:
        _only_if(body, "文号")
    for name in ("联系方式", "抄送", "印发机关"):
        _only_if(body, name)
    return _saved(document, "模板")


def of_form(sample: Paper, title: str, optional: tuple[str, ...]) -> bytes:
    """The file for a paper of one form: its labels, and a field beside each; the optional lines
    only where there is one.
    """
    blocks = [
        replace(
            block, lines=[replace(one, text=f"{{{{ {label_of(one)} }}}}") for one in block.lines]
        )
        if isinstance(block, Form)
        else block
        for block in sample.blocks
    ]
    document = _opened(word.written(replace(sample, blocks=blocks, footer="")))
    for name in optional:
        _only_if(document.element.body, name)
    return _saved(document, title)


def of_cover(about: str) -> bytes:
    """The cover of a book, without what follows it; `about` is the field of its lines."""
    named = Paper("{{ 标题 }}", "{{ 党支部 }}", [f"{{{{ 行.{about} }}}}"], [Chapter(_MARK, [])])
    document = _opened(word.written(named))
    body = document.element.body
    line = _with_text(body, f"{{{{ 行.{about} }}}}")
    for after in list(line.itersiblings()):
        if after.tag != f"{W}sectPr":
            body.remove(after)
    _around(line, "{%p for 行 in 封面各行 %}", "{%p endfor %}")
    return _saved(document, "台账册封面模板")


def _parts(document: Any) -> list[Any]:
    """The body, and the heads of its pages: a 信函 has the name of its organ there."""
    first = document.sections[0]
    heads = [first.header, first.first_page_header]
    return [
        document.element.body,
        *(one._element for one in heads if not one.is_linked_to_previous),  # noqa: SLF001
    ]


def _opened(data: bytes) -> Any:
    import docx  # noqa: PLC0415  (only papers need it)

    return docx.Document(io.BytesIO(data))


def _saved(document: Any, title: str) -> bytes:
    docx_base.describe(document, title, "", "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _text_of(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def _paragraphs_with(body: Any, text: str) -> list[Any]:
    return [one for one in body.iter(f"{W}p") if text in _text_of(one)]


def _with_text(body: Any, text: str) -> Any:
    """The first paragraph in which a text stands."""
    return _paragraphs_with(body, text)[0]


def _rename(body: Any, shown: str, name: str) -> None:
    """Put a field where the sample's own text stands."""
    for text in body.iter(f"{W}t"):
        if shown and shown in (text.text or ""):
            text.text = text.text.replace(shown, name)


def _outermost(element: Any, body: Any) -> Any:
    """What of the body itself holds an element."""
    return next(one for one in (element, *element.iterancestors()) if one.getparent() is body)


def _tag(text: str) -> Any:
    """A paragraph with nothing but a mark."""
    (made,) = blocks.elements([f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'])
    return made


def _around(element: Any, before: str, after: str) -> None:
    """Paragraphs with marks before and after."""
    element.addprevious(_tag(before))
    element.addnext(_tag(after))


def _rows_around(row: Any, before: str, after: str) -> None:
    """Rows with marks before and after a row."""
    for text, put in ((before, row.addprevious), (after, row.addnext)):
        marked = copy.deepcopy(row)
        texts = list(marked.iter(f"{W}t"))
        for one in texts:
            one.text = ""
        texts[0].text = text
        put(marked)


def _only_if(body: Any, name: str) -> None:
    """What holds a field is printed only where the paper has it."""
    found = _paragraphs_with(body, f"{{{{ {name} }}}}")
    if not found:
        return
    row = next(found[0].iterancestors(f"{W}tr"), None)
    if row is not None:
        _rows_around(row, f"{{%tr if {name} %}}", "{%tr endif %}")
    else:
        _around(_outermost(found[0], body), f"{{%p if {name} %}}", "{%p endif %}")


def _headed_or_not(body: Any, plain: Any) -> None:
    """The red head where the paper has one, else the number as a paper without head has it."""
    title = _with_text(body, "{{ 标题 }}")
    head = list(title.itersiblings(preceding=True))
    if not head:
        return
    head[-1].addprevious(_tag("{%p if 发文机关标志 %}"))
    title.addprevious(_tag("{%p elif 文号 %}"))
    for one in reversed(list(_with_text(plain, "{{ 标题 }}").itersiblings(preceding=True))):
        title.addprevious(copy.deepcopy(one))
    title.addprevious(_tag("{%p endif %}"))


def _listed_attachments(body: Any) -> None:
    """附件说明, a line for each."""
    for found in _paragraphs_with(body, _MARK):
        texts = list(found.iter(f"{W}t"))
        for one in texts:
            one.text = ""
        texts[0].text = "{{ 附.行 }}"
        _around(found, "{%p for 附 in 附件 %}", "{%p endfor %}")


def _listed_receipt(body: Any) -> None:
    """回执: its heading and table where there is one, a row for each line."""
    found = _paragraphs_with(body, "{{ 栏.项目 }}")
    if not found:
        return
    row = next(found[0].iterancestors(f"{W}tr"))
    _rows_around(row, "{%tr for 栏 in 回执 %}", "{%tr endfor %}")
    table = _outermost(row, body)
    heading = next((one for one in table.itersiblings(preceding=True) if _is_receipt(one)), table)
    heading.addprevious(_tag("{%p if 回执 %}"))
    table.addnext(_tag("{%p endif %}"))


def _is_receipt(element: Any) -> bool:
    return "".join(_text_of(element).split()) == "回执"


def _with_room_for_annexes(body: Any, *, annexed: bool) -> None:
    """Before the 版记, which closes the paper."""
    if not annexed:
        return
    imprint = [
        one for name in ("抄送", "印发机关") for one in _paragraphs_with(body, f"{{{{ {name} }}}}")
    ]
    place = _outermost(imprint[0], body) if imprint else body.find(f"{W}sectPr")
    place.addprevious(_tag(f"{{{{ {ANNEXES} }}}}"))
