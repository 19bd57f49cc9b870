"""Word files as people make them: fields in several runs, tables, heads of pages, and what goes
wrong in an office.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import RGBColor
from PIL import Image

LOOP = ("{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def in_pieces(paragraph: Any, text: str) -> None:
    """A field as Word keeps what somebody corrected: every two characters in a run of their own,
    some of them red.
    """
    for at in range(0, len(text), 2):
        run = paragraph.add_run(text[at : at + 2])
        if at % 4:
            run.font.color.rgb = RGBColor(200, 0, 0)


@cache
def letter(*more: str, body: tuple[str, ...] = LOOP, without: str = "") -> bytes:
    """A letter of an office: its name in the head of the page, the number in a table, the receipt
    as rows.
    """
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "示例教育局 {{ 文号 }}"
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "文号"
    in_pieces(table.cell(0, 1).paragraphs[0], "{{ 文号 }}")
    in_pieces(document.add_paragraph(), "{{ 标题 }}")
    for text in (
        "{{ 主送 }}",
        *body,
        *more,
        "本文件由示例教育局组织科印制",
        "{{ 落款 }}",
        "{{ 日期 }}",
    ):
        if not without or without not in text:
            document.add_paragraph(text)
    receipt = document.add_table(rows=3, cols=2)
    receipt.cell(0, 0).text = "{%tr for 栏 in 回执 %}"
    receipt.cell(1, 0).text, receipt.cell(1, 1).text = "{{ 栏.项目 }}", "{{ 栏.内容 }}"
    receipt.cell(2, 0).text = "{%tr endfor %}"
    return saved(document)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """A file with its parts changed, and some added (`__` in a name is a slash)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:  # fmt: skip
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
        for name, content in added.items():
            new.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def renamed(data: bytes, name: str, wanted: str) -> bytes:
    """A file with a part called otherwise, and everything that names it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).replace(name.encode(), wanted.encode())
            new.writestr(entry.filename.replace(name, wanted), content)
    return out.getvalue()


def _same(_: str, content: bytes) -> bytes:
    return content


def with_type(wanted: str) -> bytes:
    """A letter that says that it is another type of document."""
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return repacked(letter(), lambda name, data: data.replace(old, wanted.encode()) if "Types" in name else data)  # fmt: skip


def with_link() -> bytes:
    """A letter with a picture that lies elsewhere."""
    document = docx.Document(io.BytesIO(letter()))
    document.part.relate_to("http://example.invalid/seal.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)  # fmt: skip
    return saved(document)


def with_field(instruction: str) -> bytes:
    """A letter with a field of Word in it, its instruction in two pieces."""
    from docx.oxml import OxmlElement

    document = docx.Document(io.BytesIO(letter()))
    run = document.add_paragraph().add_run()
    for piece in (instruction[:4], instruction[4:]):
        told = OxmlElement("w:instrText")
        told.text = piece
        run._r.append(told)
    return saved(document)


def with_part(name: str, content: bytes) -> bytes:
    """A letter with one part more."""
    return repacked(letter(), _same, **{name.replace("/", "__"): content})


def with_related(kind: str, name: str) -> bytes:
    """A letter with another file in it, wherever that lies, of a kind of relation."""
    document = docx.Document(io.BytesIO(letter()))
    part = Part(PackURI(f"/{name}"), "application/octet-stream", b"x", document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")  # fmt: skip
    return saved(document)


def picture_of(wide: int, high: int) -> bytes:
    """A picture of so many dots, all white: a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (wide, high), 1).save(out, "PNG")
    return out.getvalue()


def with_false_size() -> bytes:
    """A letter whose text is larger than the file says."""
    data = repacked(letter(), lambda name, old: old + b" " * 9_000_000 if name == "word/document.xml" else old)  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        told = package.getinfo("word/document.xml").file_size
    return data.replace(told.to_bytes(4, "little"), (100_000).to_bytes(4, "little"))


def with_entities() -> bytes:
    """A letter whose text declares things of its own."""
    declared = b'<!DOCTYPE w [<!ENTITY a "aaaa">]>'

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<w:document", declared + b"<w:document", 1) if name == "word/document.xml" else data  # fmt: skip

    return repacked(letter(), change)


def bomb() -> bytes:
    """A small file that unpacks to a very large one."""
    return with_part("word/media/image1.png", bytes(64 * 1024 * 1024))


def hidden() -> bytes:
    """A letter with a field where nobody sees it: in the description of a picture."""
    document = docx.Document(io.BytesIO(letter()))
    properties = document.sections[0]._sectPr
    properties.set(f"{W}rsidR", "{{ 标题 }}")
    return saved(document)


def text_of(data: bytes) -> str:
    """All text of a document: body and heads of pages."""
    document = docx.Document(io.BytesIO(data))
    parts = [document.element.body, *(section.header._element for section in document.sections)]
    return "\n".join(
        "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
        for part in parts
        for paragraph in part.iter(f"{W}p")
    )
