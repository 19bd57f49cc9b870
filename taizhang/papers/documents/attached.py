"""佐证材料 printed behind a book: pictures and the pages of PDFs, each with its number and the records
that it serves.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.evidence.store import at_hand
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile, EvidenceLink
from taizhang.papers.official.paper import in_full
from taizhang.papers.paper import Attached, Paper

MOST_PAGES = 600
"""Pictures and pages that one book takes."""
_LONGEST = 60
"""A PDF with more pages is a book of its own."""
_SIDE = 1500
"""The longer side of a picture in print, in pixels: some 150 to the inch."""
_SMALL = (EvidenceFile.Kind.PHOTO, EvidenceFile.Kind.SCREENSHOT)
"""Of these two stand on a page; whatever is to be read takes a whole one."""


def chosen(links: list[EvidenceLink]) -> tuple[list[Attached], dict[int, str]]:
    """What is printed, in the order of the records, and of each file its number or why it is not
    printed.
    """
    serves: dict[int, list[EvidenceLink]] = {}
    for link in links:
        serves.setdefault(link.file_id, []).append(link)
    found: list[Attached] = []
    told: dict[int, str] = {}
    for key, own in serves.items():
        file = own[0].file
        why_not, pages, source = _looked_at(file, own)
        if why_not:
            told[key] = why_not
            continue
        label = told[key] = f"附{len(found) + 1}"
        records = "；".join(f"{in_full(link.on)}{_title(link)}" for link in own)
        about = f"{records}（校验码{file.sha256[:12]}）"
        full = bool(pages) or file.kind not in _SMALL
        found.append(Attached(label, file.name, about, source, pages, full))
    if sum(one.pages or 1 for one in found) > MOST_PAGES:
        raise BadInput(
            f"附印的图片和 PDF 超过{MOST_PAGES}页，请缩短起止日期分册打印，或者不附印佐证材料。"
        )
    return found, told


def _title(link: EvidenceLink) -> str:
    return KINDS[link.kind].title if link.kind in KINDS else link.kind


def _looked_at(file: EvidenceFile, own: list[EvidenceLink]) -> tuple[str, int, str]:
    """(why it is not printed, pages of a PDF, where it lies)."""
    if any(_is_sensitive(link) for link in own):
        return "涉及隐去的内容，不附印", 0, ""
    if not (file.is_picture or file.mime == "application/pdf"):
        return "见原件", 0, ""
    source = at_hand(file.sha256, "shown" if file.is_picture else "files")
    if source is None:
        return "文件不见了", 0, ""
    pages = 0 if file.is_picture else pages_of(source)
    return _too_much(file, source, pages), pages, str(source)


def _too_much(file: EvidenceFile, source: Path, pages: int) -> str:
    """Why a PDF is not printed; nothing of a picture."""
    if file.is_picture:
        return ""
    if pages > _LONGEST:
        return f"{pages}页，见原件"
    return "" if pages and embeds(source, pages) else "无法附印，见原件"


def _is_sensitive(link: EvidenceLink) -> bool:
    """Whether its record has what is masked: then its files are not printed either."""
    return link.kind in KINDS and any(field.sensitive for field in KINDS[link.kind].fields())


def pages_of(source: Path) -> int:
    """How many pages a PDF has; 0 of one that is locked or broken."""
    import pypdf  # noqa: PLC0415  (only papers need it)

    try:
        reader = pypdf.PdfReader(source)
        return 0 if reader.is_encrypted else len(reader.pages)
    except (pypdf.errors.PyPdfError, OSError, ValueError, KeyError, RecursionError):
        return 0


def embeds(source: Path, pages: int) -> bool:
    """Whether the pages of a PDF can be printed within ours."""
    import typst  # noqa: PLC0415  (some 40 MB that only papers need)

    each = "".join(f'#image("own.pdf", page: {n})\n' for n in range(1, pages + 1))
    with TemporaryDirectory() as root:
        shutil.copyfile(source, Path(root) / "own.pdf")
        main = Path(root) / "main.typ"
        main.write_text(each, "utf-8")
        try:
            typst.compile(str(main), root=root, ignore_system_fonts=True, format="pdf")
        except RuntimeError:  # what typst raises, whatever is wrong
            return False
    return True


def _picture(one: Attached) -> bytes:
    from PIL import Image  # noqa: PLC0415

    out = io.BytesIO()
    with Image.open(one.source) as picture:
        picture.thumbnail((_SIDE, _SIDE))
        picture.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


@contextmanager
def folder(paper: Paper, layouts: Path) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """A folder with the layouts and all that is printed behind the paper, and what the layout is
    told of it.
    """
    with TemporaryDirectory() as made:
        root = Path(made)
        for layout in layouts.glob("*.typ"):
            shutil.copy(layout, root)
        told = []
        for at, one in enumerate(paper.attached, start=1):
            name = f"{at}.pdf" if one.pages else f"{at}.jpg"
            if one.pages:
                shutil.copyfile(one.source, root / name)
            else:
                (root / name).write_bytes(_picture(one))
            told.append(asdict(one) | {"source": name})
        yield root, told


def add_to(document: Any, paper: Paper) -> None:
    """The pictures at the end of a Word document; of a PDF, where its pages are."""
    from docx.shared import Mm  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    for one in paper.attached:
        said = f"{one.label}　{one.name}　{one.about}"
        if one.pages:
            document.add_paragraph(f"{said}　PDF {one.pages}页，见 PDF 版台账册或原件。")
            continue
        document.add_paragraph(said).paragraph_format.keep_with_next = True
        data = _picture(one)
        with Image.open(io.BytesIO(data)) as picture:
            wide, high = picture.size
        breadth = min(165.0, (215.0 if one.full else 100.0) * wide / high)
        document.add_picture(io.BytesIO(data), width=Mm(breadth))
        document.paragraphs[-1].paragraph_format.line_spacing = 1.0
