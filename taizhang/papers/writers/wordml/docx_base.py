"""An empty Word file as this house wants it: Chinese, of the present format, with fonts that are
found under several names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from taizhang.papers.writers.typefaces import FACES, FANG, other_names

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LATIN = "Times New Roman"
_COMPATIBILITY = "15"
"""Word 2013 and later; 14 opens in a mode of its own."""


def blank() -> Any:
    """A document without text."""
    import docx  # noqa: PLC0415  (only papers need it)

    document = docx.Document()
    _settings(document.settings.element)
    _defaults(document.styles.element)
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = _font_table()  # noqa: SLF001
    return document


def describe(document: Any, title: str, author: str, comments: str) -> None:
    """What the file says of itself."""
    about = document.core_properties
    about.title, about.author, about.comments = title[:255], author[:255], comments[:255]
    about.created = about.modified = timezone.now().replace(tzinfo=None)
    about.last_modified_by, about.language = author[:255], "zh-CN"


def _settings(settings: Any) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415

    for lang in settings.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), "zh-CN")
        lang.set(qn("w:eastAsia"), "zh-CN")
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), _COMPATIBILITY)


def _defaults(styles: Any) -> None:
    """Fonts by name and Chinese, in place of the theme's."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    for lang in styles.iter(qn("w:lang")):
        lang.set(qn("w:val"), "zh-CN")
        lang.set(qn("w:eastAsia"), "zh-CN")
    for fonts in styles.find(qn("w:docDefaults")).iter(qn("w:rFonts")):
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), _LATIN)
        fonts.set(qn("w:eastAsia"), FANG)


def _font_table() -> bytes:
    told = "".join(_fonts())
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {NAMES}>{told}</w:fonts>'
    ).encode()


def _fonts() -> Iterator[str]:
    yield (
        f'<w:font w:name="{_LATIN}"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    for face in FACES:
        yield (
            f'<w:font w:name="{face}"><w:altName w:val="{other_names(face)}"/><w:charset '
            'w:val="86"/>'
            '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        )
