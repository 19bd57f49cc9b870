"""Whether a file that somebody uploads is a Word document that may be opened: nothing in it runs,
and nothing calls out.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from taizhang.kernel import files
from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import brief

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED, MOST_TEXT, MOST_PARTS = 30 * 1024 * 1024, 5 * 1024 * 1024, 500
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OUTSIDE = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|RD|DDEAUTO|DDE|LINK|DATABASE|MACROBUTTON)\b",
    re.IGNORECASE,
)
"""Fields of Word that fetch or start something."""
_EMBEDDED = re.compile(
    r"/(?:embeddings|activeX)/|/(?:oleObject|package|control|aFChunk|subDocument|vbaProject)$|"
    r"oleObject|activeX"
)
"""Parts, and relations and types by which a file has another one in it, wherever that lies."""
MOST_DOTS = 40_000_000
"""Of a picture: a page at 600 to the inch has 35 million."""
_DOTS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_OTHER = {
    "xlsx": "是 Excel 表格", "ods": "是 ODS 表格", "pdf": "是 PDF", "picture": "是图片", "text": "不是 Word 文档（改文件名后缀不能转换格式）",
    "ole": "是旧版 Word（.doc）或加了密码的文档",
}  # fmt: skip
_FILLED = ("document.main+xml", "header+xml", "footer+xml", "footnotes+xml")
"""The ends of the content types of parts in which fields are filled in."""


def must_be_harmless(data: bytes) -> None:
    """Refuse what is no Word document, what is too large, and what has macros, objects or links to
    the outside.
    """
    if len(data) > MOST_BYTES:
        raise BadInput(
            f"模板文件有{len(data) / 1048576:.1f}MB，超过{MOST_BYTES // 1048576}MB的上限；请压缩其中的图片。"
        )
    form = files.format_of(data)
    if form != "docx":
        raise BadInput(f"这个文件{_OTHER[form]}。请在 Word 或 WPS 中另存为 .docx 后再上传。")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        _must_fit(package)
        problems = [*_active(package), *_outward(package), *_pictures(package)]
    if problems:
        raise BadInput([Problem(told) for told in dict.fromkeys(problems)])


def _must_fit(package: zipfile.ZipFile) -> None:
    listed = package.infolist()
    unpacked = sum(entry.file_size for entry in listed)
    longest = max(entry.file_size for entry in listed if not _is_picture(entry.filename))
    if unpacked > MOST_UNPACKED or longest > MOST_TEXT or len(listed) > MOST_PARTS:
        raise BadInput("文件解压后过大，疑似压缩炸弹，已拒绝。")


def _is_picture(name: str) -> bool:
    return "/media/" in name


def _active(package: zipfile.ZipFile) -> Iterator[str]:
    """What would run or be opened with another program."""
    types = {one.get("ContentType", "") for one in _tree(package, "[Content_Types].xml")}
    if any("macroEnabled" in one or "vbaProject" in one for one in types):
        yield "文件是带宏的格式（.docm），已拒绝；请另存为不含宏的 .docx。"
    elif any("template.main+xml" in one for one in types):
        yield "文件是 Word 模板格式（.dotx），请另存为 .docx。"
    related = {one.get("Type", "") for name in _relations(package) for one in _tree(package, name)}
    if any(_EMBEDDED.search(one) for one in (*package.namelist(), *related, *types)):
        yield "文件里嵌有其他文件或控件，请删去后再上传。"


def _outward(package: zipfile.ZipFile) -> Iterator[str]:
    """What would be fetched from elsewhere."""
    for name in _relations(package):
        for one in _tree(package, name):
            if one.get("TargetMode") == "External":
                yield f"文件引用了外部内容“{brief(one.get('Target', ''), 80)}”，请取消超链接或改为嵌入图片后再上传。"
    for name in package.namelist():
        if name.endswith(".xml") and name.startswith("word/"):
            yield from _fetching(_tree(package, name))


def _relations(package: zipfile.ZipFile) -> list[str]:
    return [name for name in package.namelist() if name.endswith(".rels")]


def _pictures(package: zipfile.ZipFile) -> Iterator[str]:
    """Pictures that are not pictures of dots, which alone fetch nothing, and those that unpack to
    too many dots.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  (only pictures need it)

    for name in package.namelist():
        if not _is_picture(name) or name.endswith("/"):
            continue
        shown = name.rpartition("/")[2]
        try:
            with warnings.catch_warnings():  # how many dots are too many is said below
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(package.read(name)), formats=_DOTS) as picture:
                    wide, high = picture.size
        except (
            UnidentifiedImageError,
            OSError,
            ValueError,
            zipfile.BadZipFile,
            Image.DecompressionBombError,
        ):
            yield f"图片“{shown}”不是能用的图片；请改为 PNG 或 JPEG 后再插入。"
            continue
        if wide * high > MOST_DOTS:
            yield f"图片“{shown}”有{wide}×{high}点，过大；请缩小后再插入。"


def _fetching(tree: Any) -> Iterator[str]:
    asked = "".join(one.text or "" for one in tree.iter(f"{W}instrText"))
    asked += "".join(f" {one.get(f'{W}instr', '')}" for one in tree.iter(f"{W}fldSimple"))
    if found := _OUTSIDE.search(asked):
        yield f"文件里有引用外部内容的域（{found.group(1).upper()}），请删去后再上传。"
    if next(tree.iter(f"{W}altChunk"), None) is not None:
        yield "文件里夹带了另一份文档（altChunk），请粘贴为普通文字后再上传。"


def _tree(package: zipfile.ZipFile, name: str) -> Any:
    """A part as XML; one that declares things of its own is refused."""
    from lxml import etree  # noqa: PLC0415  (only papers need it)

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        tree: Any = etree.fromstring(package.read(name), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError, EOFError, KeyError) as broken:
        raise BadInput("文件已损坏，无法打开。") from broken
    if tree.getroottree().docinfo.doctype:
        raise BadInput("文件里有不应有的声明（DOCTYPE），已拒绝。")
    return tree


def parts(data: bytes) -> list[tuple[str, Any]]:
    """(正文, 页眉 …, tree) of each part in which fields are filled in."""
    import docx  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, etree.LxmlError) as broken:
        raise BadInput("文件已损坏，无法打开。") from broken
    package = document.part.package
    every = [one for one in package.iter_parts() if one.content_type.endswith(_FILLED)]
    named = [(_place(one.content_type), etree.fromstring(one.blob)) for one in every]
    return sorted(named, key=lambda part: part[0] != "正文")


def _place(content_type: str) -> str:
    words = {"header": "页眉", "footer": "页脚", "footnotes": "脚注"}
    return next((told for word, told in words.items() if f".{word}+xml" in content_type), "正文")
