"""Whether a document bears a mark of secrecy (密级标志), as it stands at the head of a paper: 机密★5年,
绝密★启用前, 秘密.
"""

from __future__ import annotations

import io
import re
import zipfile

_HEAD, _TOP = 1000, 60
"""A starred mark is looked for in so many characters; a mere word on a line of its own in the first
few.
"""
_FIRST, _READ = 64 * 1024, 4 * 1024 * 1024
_STARRED = r"(?:绝密|机密|秘密)\s*[★☆][^\n]{0,8}"
_LINE = re.compile(r"^\s*(?:绝密|机密|秘密)级?\s*$", re.MULTILINE)
_NAMED = re.compile(rf"绝密|(?:机密|秘密)级|{_STARRED}")
_OFFICE = re.compile(
    r"word/(?:document|header\d*)\.xml|xl/(?:sharedStrings|worksheets/sheet1)\.xml|content\.xml"
)


def in_name(name: str) -> bool:
    """Whether the name of a file says that it is secret."""
    return _NAMED.search(name) is not None


def mark_of(data: bytes, form: str) -> str:
    """The mark in the head of a document of one of the formats of `files`; empty where none is
    seen.
    """
    reader = _READERS.get(form)
    try:
        texts = reader(data) if reader else []
    except Exception:  # noqa: BLE001  (what a broken document makes of its reader is anything; who opens it will say so)
        return ""
    for text in texts:
        if found := re.search(_STARRED, text[:_HEAD]) or _LINE.search(text[:_TOP]):
            return found[0].strip()
    return ""


def _of_office(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if _OFFICE.fullmatch(name)]
        return [_plain(package, name) for name in names]


def _plain(package: zipfile.ZipFile, name: str) -> str:
    """The text as far as a mark may stand in it."""
    with package.open(name) as part:
        written = part.read(_FIRST)
        found = _text(written[: written.rfind(b"<")])
        if len(found.rstrip()) > _HEAD:
            return found
        return _text(written + part.read(_READ - len(written)))


def _text(part: bytes) -> str:
    written = part.decode("utf-8", "replace")
    lines = re.sub(r"</w:p>|</text:p>|</si>|</c>|</row>", "\n", written)
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"<[^>]*>", "", lines))


def _of_pdf(data: bytes) -> list[str]:
    import pypdf  # noqa: PLC0415  (heavy, and only needed when a PDF comes)

    return [pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()]


def _of_ole(data: bytes) -> list[str]:
    """Old Word keeps Chinese in two bytes a character, from an even place."""
    return re.findall(_STARRED, data[: 1 << 17].decode("utf-16-le", "ignore"))


_READERS = {
    "docx": _of_office, "xlsx": _of_office, "ods": _of_office, "pdf": _of_pdf, "ole": _of_ole,
}  # fmt: skip
