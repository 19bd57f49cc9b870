"""Files in, documents out: each with its ledger, its records, and what is to be said of it. Nothing
is stored.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from taizhang.documents import reading, scanned
from taizhang.documents.blocks import Source
from taizhang.intake.reading import classify, whose
from taizhang.intake.reading.pieces import Piece, pieces
from taizhang.intake.records import beside
from taizhang.intake.records.columns import Memory
from taizhang.intake.records.propose import is_of_no_day, propose, rows_of
from taizhang.intake.records.record import Proposal, Record, missing
from taizhang.kernel import files
from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.written import tables

MOST_FILES = 1000
MOST_UNPACKED = 400 * 1024 * 1024
PAGE = 1000
"""A list of more rows becomes several documents of so many, each looked through and entered by
itself.
"""
_OF_PAGES = re.compile(r"　第\d+—\d+条$")
_ALSO = "　另作"
_TOLD = 1.0


@dataclass
class Document:
    """One document of a file."""

    file: str
    where: str = ""
    kind: LedgerKind | None = None
    confidence: float = 0.0
    records: list[Record] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_list: bool = False
    unknown: dict[str, str] = field(default_factory=dict)
    """Headers of columns that nobody knows yet → the first of what stands below each."""
    passed: list[str] = field(default_factory=list)
    """Rows of a list that are no records, each with its place: sums, notes, who signed it."""
    whose: whose.Whose = field(default_factory=whose.Whose)
    """Which branches and schools it names as its own."""

    @property
    def certain(self) -> bool:
        """Whether it can be entered without a look: ledger and values are plain, and nothing is
        missing or left.
        """
        kind = self.kind
        return (
            kind is not None
            and self.confidence >= classify.CERTAIN
            and bool(self.records)
            and not self.warnings
            and all(not r.warnings and not r.left and not missing(kind, r) for r in self.records)
        )

    @property
    def said(self) -> str:
        """The confidence in words."""
        if self.kind is None or not self.records:
            return "认不出"
        return "可直接入账" if self.certain else "请核对"


@dataclass(frozen=True)
class File:
    """A file by its name and bytes, or why it was not taken."""

    name: str
    data: bytes = b""
    refused: str = ""


@dataclass(frozen=True)
class Said:
    """What a person said of a file: the ledger of its list, and what the list does not say itself
    (`year`, `paid_day`).
    """

    kind: LedgerKind
    given: Mapping[str, str] = field(default_factory=dict)


def documents(
    name: str,
    data: bytes,
    memory: Memory | None = None,
    said: Said | None = None,
    recognise: scanned.Recogniser | None = None,
) -> list[Document]:
    """The documents of a file; one that cannot be read is a document of no ledger that says why.

    With `said`, raises BadInput for what the list does not say and the person has to.
    """
    try:
        if files.format_of(data) == "picture" and not scanned.available():
            return [Document(name, warnings=["这是图片，没有识别文字；可作为佐证材料附到记录上。"])]
        source = reading.source(data, recognise)
    except BadInput as refusal:
        return [Document(name, warnings=[str(problem) for problem in refusal.problems])]
    sheets = _sheets(data)
    parts = [one for one in pieces(source, name) if one.sheet not in tables.OWN_SHEETS]
    told = said and _told(parts, said.kind)
    found = [
        page
        for piece in parts
        for one in _of_piece(
            piece, source, sheets.get(piece.sheet), memory, said if piece is told else None
        )
        for page in in_pages(one)
    ]
    return found or [Document(name, warnings=["文件里没有可以登记的内容（空白的表格不登记）。"])]


def _sheets(data: bytes) -> dict[str, tables.Table]:
    try:
        return tables.every_sheet(data) if files.format_of(data) in ("xlsx", "ods", "ole") else {}
    except BadInput:
        return {}


def _told(parts: list[Piece], kind: LedgerKind) -> Piece | None:
    """The document of a file that a person meant by naming a ledger: the one that is like it, else
    the first.
    """
    if len(parts) == 1:
        return parts[0]
    like = (piece for piece in parts if classify.guess(piece).kind is kind)
    return next(like, parts[0] if parts else None)


def in_pages(one: Document) -> list[Document]:
    """The document, or where it is a long list, so many of its rows at a time."""
    if not one.is_list or len(one.records) <= PAGE:
        return [one]
    found = []
    for at in range(0, len(one.records), PAGE):
        records = one.records[at : at + PAGE]
        place = f"{one.where}　第{at + 1}—{at + len(records)}条"
        passed = [] if at else one.passed
        found.append(replace(one, records=records, where=place, passed=passed))
    return found


def place(where: str) -> str:
    """The place of the whole list that a document of some rows of it belongs to."""
    return _OF_PAGES.sub("", where)


def _of_piece(
    piece: Piece,
    source: Source,
    sheet: tables.Table | None,
    memory: Memory | None,
    said: Said | None,
) -> list[Document]:
    """The document, and what it says of another ledger besides."""
    if (told := classify.kept_elsewhere(piece)) and said is None:
        return [Document(piece.file, piece.where, warnings=[told])]
    guess = classify.guess(piece) if said is None else classify.Guess(said.kind, _TOLD)
    proposal = propose(piece, guess, sheet, memory, said.given if said else None)
    if said is None and (not proposal.records or _hardly_read(piece, proposal)):
        guess, proposal = _else(piece, guess, proposal, sheet, memory)
        if is_of_no_day(piece, guess, proposal):
            guess = classify.Guess(None, title=guess.title)
    found = [_document(piece, source, guess, proposal)]
    if guess.kind is None or not proposal.is_list:
        return found
    for slug in guess.kind.tells_of:
        other = KINDS[slug]
        more = _beside(piece, other, guess.kind, proposal, sheet, memory)
        if more.records:
            where = f"{piece.where}{_ALSO}{other.title}"
            sure = classify.Guess(other, guess.confidence)
            found.append(replace(_document(piece, source, sure, more), where=where))
        else:
            found[0].warnings += beside.alone(other, guess.kind, piece, found[0].warnings)
    return found + _told_around(piece, source, guess, guess.kind)


def _told_around(
    piece: Piece, source: Source, guess: classify.Guess, kind: LedgerKind
) -> list[Document]:
    found = []
    for other in map(KINDS.__getitem__, kind.around):
        if (more := _around(piece, other, guess)).records:
            where = f"{piece.where}{_ALSO}{other.title}"
            sure = classify.Guess(other, guess.confidence)
            found.append(replace(_document(piece, source, sure, more), where=where))
    return found


def _around(piece: Piece, other: LedgerKind, guess: classify.Guess) -> Proposal:
    """What the lines around a list say of another ledger, where they say most of what it asks."""
    lines = replace(piece, blocks=list(piece.paragraphs()))
    found = propose(lines, classify.Guess(other, guess.confidence, title=guess.title))
    asked = {one.name for one in other.fields() if one.required}
    said = [one for one in found.records if len(asked & one.values.keys()) * 2 > len(asked)]
    return Proposal(said, found.warnings) if len(said) == 1 else Proposal()


def _hardly_read(piece: Piece, found: Proposal) -> bool:
    """Whether no more than one value of a table was read, as of a form."""
    values = sum(len(one.values) for one in found.records)
    return bool(piece.tables()) and not found.is_list and values <= 1


def _else(
    piece: Piece,
    guess: classify.Guess,
    nothing: Proposal,
    sheet: tables.Table | None,
    memory: Memory | None,
) -> tuple[classify.Guess, Proposal]:
    """The list of another ledger, whose headers it has, where the ledger that the title names found
    nothing in it, or hardly anything.
    """
    named = guess.kind or classify.named(piece)
    for other in classify.by_headers(piece, named) if named else ():
        found = propose(piece, other, sheet, memory)
        if found.is_list and found.records:
            return other, found
    return guess, nothing


def _beside(
    piece: Piece,
    other: LedgerKind,
    kind: LedgerKind,
    first: Proposal,
    sheet: tables.Table | None,
    memory: Memory | None,
) -> Proposal:
    heads = classify.Guess(other, _TOLD, title=classify.title(piece))
    wanted = kind.tells_of[other.slug]
    rows = rows_of(piece, heads, sheet, memory, wanted=wanted) or Proposal()
    return beside.of(other, kind, rows, first)


def _document(piece: Piece, source: Source, guess: classify.Guess, proposal: Proposal) -> Document:
    sure = 0.95 if proposal.is_list and guess.kind and guess.kind.unfold else guess.confidence
    notes = [message for _, message, _ in source.notes] + proposal.warnings
    if guess.kind is not None and not proposal.records:
        notes.append(f"像是“{guess.kind.title}”，但没有读出内容。")
    elif guess.kind is None:
        notes.append("没有认出属于哪一种台账。")
    return Document(
        piece.file,
        piece.where,
        guess.kind,
        max(sure, guess.confidence),
        proposal.records,
        notes,
        proposal.is_list,
        proposal.unknown,
        proposal.passed,
        whose.of(piece),
    )


def unpacked(name: str, data: bytes) -> Iterator[File]:
    """The file itself, or what a zip holds; what cannot be taken is told, and the others go on."""
    if not files.is_bundle(data):
        yield File(name, data)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        inside = [
            one for one in package.infolist() if not one.is_dir() and not _is_litter(one.filename)
        ]
        if len(inside) > MOST_FILES or sum(one.file_size for one in inside) > MOST_UNPACKED:
            yield File(name, refused=f"压缩包里超过{MOST_FILES}个文件或解压后过大，请分成几包。")
            return
        for one in inside:
            yield _member(package, one)


_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
"""What the bytes of a member may say that cannot be unpacked."""


def _member(package: zipfile.ZipFile, one: zipfile.ZipInfo) -> File:
    called = PurePosixPath(_name_of(one)).name
    if one.flag_bits & 1:
        return File(called, refused="压缩包有密码，没有读入；请去掉密码后再收件。")
    if one.file_size > files.MOST_BYTES:
        return File(called, refused=f"文件超过{files.MOST_BYTES // 1048576}MB的上限。")
    try:
        data = package.read(one)
    except _BROKEN:
        return File(called, refused="文件已损坏，无法打开。")
    if files.is_bundle(data):
        return File(called, refused="压缩包里的压缩包没有打开，请解开后再收件。")
    return File(called, data)


def _name_of(one: zipfile.ZipInfo) -> str:
    """Names of zips made in China are GBK unless they say that they are UTF-8."""
    if one.flag_bits & 0x800:
        return one.filename
    try:
        return one.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return one.filename


def _is_litter(name: str) -> bool:
    last = PurePosixPath(name).name
    return (
        name.startswith("__MACOSX/")
        or last.startswith(("~$", "._"))
        or last in ("Thumbs.db", ".DS_Store")
    )


def as_json(found: Iterable[Document]) -> dict[str, object]:
    """What `taizhang intake read --json` prints."""
    return {
        "documents": [
            {
                "file": one.file,
                "pages": None,
                "where": one.where,
                "kind": one.kind and one.kind.slug,
                "items": list(one.kind.items) if one.kind else [],
                "confidence": one.confidence,
                "records": [
                    {
                        "values": r.values,
                        "sources": r.sources,
                        "left": r.left,
                        "warnings": r.warnings,
                    }
                    for r in one.records
                ],
                "warnings": one.warnings,
                "passed": one.passed,
            }
            for one in found
        ]
    }


def again(
    name: str,
    data: bytes,
    where: str,
    said: Said,
    memory: Memory | None = None,
    recognise: scanned.Recogniser | None = None,
) -> list[Document]:
    """The document at that place of a file once more, as one of a ledger that a person named; a
    long list by its pages.
    """
    piece = piece_at(name, data, where, recognise)
    if piece is None:
        raise BadInput("在文件里没有找到这一份。")
    guess = classify.Guess(said.kind, _TOLD)
    proposal = propose(piece, guess, _sheets(data).get(piece.sheet), memory, said.given)
    first = classify.guess(piece)
    if first.kind is not None and said.kind.slug in first.kind.around and _ALSO in where:
        proposal = _around(piece, said.kind, first)
    elif _ALSO in where and first.kind is not None:
        own = propose(piece, first, _sheets(data).get(piece.sheet), memory)
        proposal = beside.of(said.kind, first.kind, proposal, own)
    found = Document(
        name,
        place(where),
        said.kind,
        _TOLD,
        proposal.records,
        list(proposal.warnings),
        proposal.is_list,
        proposal.unknown,
        proposal.passed,
        whose.of(piece),
    )
    return in_pages(found)


def piece_at(
    name: str, data: bytes, where: str, recognise: scanned.Recogniser | None = None
) -> Piece | None:
    """One document of a file, by the place where it begins."""
    found = pieces(reading.source(data, recognise), name)
    own = place(where).partition(_ALSO)[0]
    return next((piece for piece in found if piece.where == own), found[0] if found else None)
