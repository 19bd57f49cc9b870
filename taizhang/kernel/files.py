"""What a file is, by its bytes and not by its name. What comes from outside is hostile until looked
at.
"""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Literal

from taizhang.kernel.errors import BadInput
from taizhang.kernel.writing import secrecy

Format = Literal["docx", "xlsx", "ods", "pdf", "ole", "picture", "text"]
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_SWOLLEN, MOST_RATIO = 50 * 1024 * 1024, 100
"""What unpacks to more than the one, and to more than so many times its size, is no document."""
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODINGS = ("utf-8-sig", "gb18030")


def format_of(data: bytes) -> Format:
    """The format; raises BadInput for what cannot be taken, marked papers among it."""
    form = _format_of(data)
    if mark := secrecy.mark_of(data, form):
        raise BadInput(f"文件标有密级“{mark}”。涉密文件不得上传到本系统。")
    return form


def _format_of(data: bytes) -> Format:
    if not data:
        raise BadInput("文件是空的。")
    if len(data) > MOST_BYTES:
        raise BadInput(f"文件有{len(data) / 1048576:.0f}MB，超过{MOST_BYTES // 1048576}MB的上限。")
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_OLE):
        return "ole"
    if data.startswith(_PICTURES) or _is_heic(data):
        return "picture"
    if name := _foreign(data):
        raise BadInput(f"这是{name}文件，不能读入；照片请转为 JPG 后再上传，录像请截图存为 JPG。")
    text(data)
    return "text"


def _is_heic(data: bytes) -> bool:
    """A picture as telephones make it."""
    return data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"heim", b"heis")


def _foreign(data: bytes) -> str:
    """What telephones make that is not taken: pictures of newer kinds, and films."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP 图片"
    if data[4:8] == b"ftyp":
        still = data[8:11] in (b"hev", b"msf", b"avi")
        return "连拍或 AVIF 图片" if still else " MP4 录像"
    return ""


def _office(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            listed = package.infolist()
            kept = _declared(package)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        EOFError,
        struct.error,
    ) as broken:
        raise BadInput("文件已损坏，无法打开。") from broken
    names = {entry.filename for entry in listed}
    unpacked = sum(entry.file_size for entry in listed)
    swollen = unpacked > MOST_SWOLLEN and unpacked > MOST_RATIO * len(data)
    if swollen or unpacked > MOST_UNPACKED or len(listed) > 20_000:
        raise BadInput("文件解压后过大，疑似压缩炸弹，已拒绝。")
    if any(n.lower().endswith("vbaproject.bin") or n.startswith(_SCRIPTS) for n in names):
        raise BadInput("文件带有宏，已拒绝；请另存为不含宏的格式。")
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    if kept == _ODS and "content.xml" in names:
        return "ods"
    raise BadInput("这个压缩文件不是 Word 或 Excel 文档。")


_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_SCRIPTS = ("Basic/", "Scripts/")
"""Where an OpenDocument has its macros."""


def _declared(package: zipfile.ZipFile) -> bytes:
    """What an OpenDocument says that it is, in its first member; empty for any other zip."""
    first = next(iter(package.infolist()), None)
    if first is None or first.filename != "mimetype" or first.file_size > _LONGEST_TYPE:
        return b""
    return package.read(first).strip()


_LONGEST_TYPE = 100


def is_bundle(data: bytes) -> bool:
    """Whether it is a zip of files, and not one document that is kept as a zip: of Office,
    OpenDocument or OFD.
    """
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return not _OF_ONE & set(package.namelist()) and not _declared(package)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, struct.error):
        return False


_OF_ONE = {"[Content_Types].xml", "OFD.xml"}


def text(data: bytes) -> str:
    """The text of a file in UTF-8, GB 18030 or UTF-16; raises BadInput for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            read = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = sum(ord(char) < 32 and char not in "\t\r\n\f\v" for char in read)
        if strange == 0:
            return read
    raise BadInput("文件不是文本（UTF-8 或 GB18030），也不是认识的文档格式。")
