"""The marks on scanned and photographed sheets: which record, form or page of ours a
picture shows.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from taizhang.documents import pictures
from taizhang.kernel import files
from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import Organisation
from taizhang.papers.marks import mark as marks

if TYPE_CHECKING:
    from PIL import Image

MOST_PAGES = 60
MOST_DOTS = 100_000_000
"""Of a picture: more than any scanner makes of a sheet of A3."""


@dataclass(frozen=True)
class Seen:
    """A mark and the page that bears it; or what is wrong with it."""

    place: str
    mark: marks.Mark | None = None
    problem: str = ""


def seen(data: bytes) -> list[Seen]:
    """The marks of a picture or of the scanned pages of a PDF, each once; codes of others are not
    told.
    """
    found: list[Seen] = []
    for place, picture in pictures_of(data):
        for text in _codes(picture):
            try:
                mark = marks.read(text)
            except BadInput as refusal:
                found.append(Seen(place, problem=str(refusal)))
                continue
            if mark is not None and all(one.mark != mark for one in found):
                found.append(Seen(place, mark))
    return found


def _codes(picture: Image.Image) -> list[str]:
    import zxingcpp  # noqa: PLC0415  (only pictures need it)

    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return [code.text for code in found]


def pictures_of(data: bytes) -> Iterator[tuple[str, Image.Image]]:
    """In grey; what cannot be opened is not there, and reading says so elsewhere."""
    try:
        sort = files.format_of(data)
    except BadInput:
        return
    if sort == "picture":
        if (picture := _opened(data)) is not None:
            yield "图片", picture
    elif sort == "pdf":
        yield from _scans(data)


def _opened(data: bytes) -> Image.Image | None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with pictures.opened(data) as picture:
                wide, high = picture.size
                return picture.convert("L") if wide * high <= MOST_DOTS else None
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None


def _scans(data: bytes) -> Iterator[tuple[str, Image.Image]]:
    """The pictures on the pages of a PDF."""
    import pypdf  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages[:MOST_PAGES], 1):
            for one in page.images:
                if (picture := _opened(one.data)) is not None:
                    yield f"第{number}页", picture
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        NotImplementedError,
        RecursionError,
    ):
        return


@dataclass(frozen=True)
class Told:
    """What a mark means for a branch: a ledger, a record of it where one is certain, and what is
    said of it.
    """

    text: str
    kind: LedgerKind | None = None
    entry: int = 0


def told(one: Seen, branch: Organisation) -> Told:
    """Nothing of another branch is filed: it is only told whose it is."""
    if one.mark is None:
        return Told(f"{one.place}：{one.problem}")
    mark = one.mark
    if mark.branch not in (0, branch.pk):
        other = Organisation.objects.filter(pk=mark.branch).first()
        whose = f"（{other.short_name}）" if other else ""
        return Told(f"{one.place}的二维码是另一个单位{whose}的，没有归到{branch.short_name}。")
    if mark.sort == marks.RECORD:
        return _of_record(one.place, mark, branch)
    if mark.sort == marks.BLANK:
        kind = _kind(mark.what)
        title = kind.title if kind else ""
        return Told(
            f"{one.place}的二维码：“{title}”空白表，手写的内容请照纸登记，文件作为佐证。"
            if kind
            else f"{one.place}的二维码：台账已经改了名称。",
            kind,
        )
    return _of_other_sheets(one.place, mark)


def _of_record(place: str, mark: marks.Mark, branch: Organisation) -> Told:
    slug, _, key = mark.what.rpartition(":")
    kind = _kind(slug)
    entry: Any = (
        kind and kind.model.objects.filter(pk=int(key), branch=branch, withdrawn_at=None).first()
    )
    if kind is None or entry is None:
        return Told(f"{place}的二维码指向的记录已经撤回，或者不在台账里。", kind)
    return Told(f"{place}的二维码：“{kind.title}”{entry}的纸质件。", kind, entry.pk)


def _of_other_sheets(place: str, mark: marks.Mark) -> Told:
    if mark.sort == marks.BOOK:
        days = "至".join(re.findall("[0-9]{8}", mark.what))
        return Told(f"{place}的二维码：台账册（{days}）的封面。")
    if mark.sort == marks.CHECKLIST:
        return Told(f"{place}的二维码：督查检查表，不登记在台账里；勾选表由督查组在会商页上传。")
    own = [kind for kind in KINDS.values() if mark.what in kind.items]
    return Told(f"{place}的二维码：台账册里{mark.what}项的页。", own[0] if len(own) == 1 else None)


def _kind(slug: str) -> LedgerKind | None:
    return KINDS.get(slug.lower())
