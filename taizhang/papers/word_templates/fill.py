"""A paper made from a Word file with fields in it."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterable
from typing import Any

from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.text import brief
from taizhang.papers.official.paper import Clause, Official
from taizhang.papers.word_templates.fields import ANNEXES_MARK
from taizhang.papers.word_templates.file import W
from taizhang.papers.word_templates.kinds import Printed, TemplateKind
from taizhang.papers.writers import official_word
from taizhang.papers.writers.wordml import blocks, docx_base


def written(kind: TemplateKind, content: bytes, paper: Printed) -> bytes:
    """The document. One that would leave out a text of the paper is refused: a letter is printed
    whole or not at all.
    """
    document = _filled(content, kind.values(paper))
    if isinstance(paper, Official):
        _with_text(document, paper.signed)
        _annexed(document, paper)
        official_word.put_proof(document, paper)
        docx_base.describe(document, paper.title, paper.signed, paper.trace)
    else:
        docx_base.describe(document, paper.title or kind.title, "", "")
    out = io.BytesIO()
    document.save(out)
    _must_be_whole(kind, document, paper)
    return out.getvalue()


def _filled(content: bytes, values: dict[str, Any]) -> Any:
    """The document with its fields filled in, by an engine that knows these values and nothing
    else.
    """
    import docx  # noqa: PLC0415  (only papers need these)
    import docxtpl  # noqa: PLC0415
    import jinja2  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415

    class Fields(docxtpl.DocxTemplate):  # type: ignore[misc]
        """Fields stand in the text, not in what the file says of itself."""

        def render_properties(self, *_: Any, **__: Any) -> None:
            """Left alone: the paper describes the file."""

    engine = ImmutableSandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    for known in (engine.globals, engine.filters, engine.tests):
        known.clear()
    template = Fields(io.BytesIO(content))
    out = io.BytesIO()
    try:
        template.render(values, jinja_env=engine, autoescape=True)
        template.docx.save(out)
        document = docx.Document(io.BytesIO(out.getvalue()))
    except (
        jinja2.TemplateError,
        etree.LxmlError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as broken:
        raise BadInput(
            f"按这个模板印不出来：{brief(str(broken), 200)}。请对照字段表检查循环和条件。"
        ) from broken
    _mended(document)
    return document


def _mended(document: Any) -> None:
    """A cell ends with a paragraph and a table has rows, also where a loop had nothing to go
    through.
    """
    from docx.oxml import OxmlElement  # noqa: PLC0415

    body = document.element.body
    for cell in list(body.iter(f"{W}tc")):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            cell.append(OxmlElement("w:p"))
    for table in list(body.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().replace(table, OxmlElement("w:p"))


def _with_text(document: Any, signed: str) -> None:
    """Keep the name below the text with two paragraphs of it: a signature never stands alone on a
    page.
    """
    body = list(document.element.body)
    signs = [
        at for at, one in enumerate(body) if one.tag == f"{W}p" and _text_of(one).strip() == signed
    ]
    if not signed or not signs:
        return
    kept = 0
    for one in reversed(body[: signs[-1]]):
        if kept == 2 or one.tag != f"{W}p":
            return
        one.get_or_add_pPr().get_or_add_keepNext()
        kept += bool(_text_of(one).strip())


def _annexed(document: Any, paper: Official) -> None:
    """Put the annexes, in the layout of all annexes, where the file wants them, else at the end."""
    import docx  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415

    body = document.element.body
    place = next((one for one in body.iter(f"{W}p") if ANNEXES_MARK in _text_of(one)), None)
    if not paper.annexes:
        return
    alone = Official("", body=[Clause("")], annexes=paper.annexes)
    extra = docx.Document(io.BytesIO(official_word.written(alone)))
    elements = list(extra.element.body)
    first = next(at for at, one in enumerate(elements) if one.find(f".//{W}sectPr") is not None)
    added = [copy.deepcopy(one) for one in elements[first + 1 :]]
    last = body.find(f"{W}sectPr")
    if place is None or place.getparent() is not body:
        place = OxmlElement("w:p")
        last.addprevious(place)
    _end_section(place, last)
    for one in added[:-1]:
        place.addprevious(one)
    body.remove(place)
    body.replace(last, added[-1])
    for one in added:
        for reference in [*one.iter(f"{W}headerReference", f"{W}footerReference", f"{W}numPr")]:
            reference.getparent().remove(reference)
    _lend_styles(document, extra, added)


def _end_section(place: Any, sect: Any) -> None:
    """End the section before a place, with the last paragraph where there is one: one of its own
    could come to stand alone on a page.
    """
    from docx.oxml import OxmlElement  # noqa: PLC0415

    end = place.getprevious()
    if end is None or end.tag != f"{W}p" or end.find(f".//{W}sectPr") is not None:
        end = OxmlElement("w:p")
        place.addprevious(end)
    end.get_or_add_pPr().append(copy.deepcopy(sect))


def _lend_styles(document: Any, extra: Any, added: Iterable[Any]) -> None:
    """Give the document the styles of the annexes that it lacks."""
    own = {one.get(f"{W}styleId") for one in document.styles.element.iter(f"{W}style")}
    lent = {one.get(f"{W}styleId"): one for one in extra.styles.element.iter(f"{W}style")}
    tags = [f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle")]
    asked = [one.get(f"{W}val") for element in added for one in element.iter(*tags)]
    while asked:
        name = asked.pop()
        if name in own or name not in lent:
            continue
        own.add(name)
        document.styles.element.append(copy.deepcopy(lent[name]))
        based = [lent[name].find(f"{W}{tag}") for tag in ("basedOn", "link", "next")]
        asked += [one.get(f"{W}val") for one in based if one is not None]


def _must_be_whole(kind: TemplateKind, document: Any, paper: Printed) -> None:
    printed = _squeezed(_text_of(document.element.body))
    for wanted in kind.whole(paper):
        if _squeezed(blocks.plain(wanted)) not in printed:
            raise WrongState(
                f"按这个模板印出的{kind.title}漏掉了“{brief(wanted.strip(), 40)}”。请检查模板的循环和条件，或改用内置格式。"
            )


def _text_of(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
