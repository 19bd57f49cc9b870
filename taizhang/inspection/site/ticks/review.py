"""What pictures of a sheet say, for a person to confirm; and what he confirmed, as the entries that
any device hands in.

Nothing is stored here. What is certain is chosen already, all else waits for his choice, each
beside the piece of paper it is on.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from taizhang.inspection.models import Answer, RoundItem, Visit
from taizhang.inspection.site import entries as e
from taizhang.inspection.site.ticks import boxes, flat, sheet
from taizhang.kernel import files as files_of
from taizhang.kernel.errors import BadInput, Problem
from taizhang.papers.documents import tick_sheet as form
from taizhang.papers.marks import mark as marks
from taizhang.papers.marks import seen

if TYPE_CHECKING:
    from PIL import Image

MOST_FILES = 12
MOST_PAGES = 12
"""Pictures that are read in one go: the sheet of a unit has two or three."""
LONGEST = 2000
_LONGEST_NOTE = 500
_SMALL = 5
"""Dots a mm of what is shown."""


@dataclass
class Line:
    """One requirement as it stands on the paper and in the system."""

    no: int
    title: str
    chosen: str
    doubt: str
    held: str
    seen: str
    ticks: str = ""
    """The piece with the boxes, as the address of a picture; nothing of what is only on a page that
    a person must read.
    """
    writing: str = ""
    """The piece with what was written by hand; nothing of an empty one."""


@dataclass
class Reading:
    """All pictures of one upload."""

    token: str
    """Of these very files: the same confirmation sent twice is stored once."""
    lines: list[Line] = field(default_factory=list)
    shown: list[tuple[str, str]] = field(default_factory=list)
    """(place, address of a picture) of each page of the unit's printed 检查表: a person reads what
    stands on it.
    """
    told: list[str] = field(default_factory=list)
    """What is wrong with a picture, or missing, each in a sentence."""

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many lines were read, how many are in doubt, and how many have no tick."""
        read = [line for line in self.lines if line.ticks]
        sure, unsure = (sum(bool(getattr(x, name)) for x in read) for name in ("chosen", "doubt"))
        return [("读准", sure), ("拿不准", unsure), ("没有勾", len(read) - sure - unsure)]


def read(visit: Visit, files: list[tuple[str, bytes]]) -> Reading:
    """What the pictures say of this unit; a picture that cannot be read is told, the
    others go on.
    """
    if not files or len(files) > MOST_FILES:
        raise BadInput(f"请选择填好的勾选表的照片或扫描件，一次最多{MOST_FILES}个文件。")
    digest = hashlib.sha256()
    for _, data in files:
        digest.update(hashlib.sha256(data).digest())
    found = Reading(digest.hexdigest()[:32])
    items = sheet.items_of(visit)
    known: set[int] = set()
    for place, picture in _pictures(files, found.told):
        try:
            _take(found, visit, place, picture, known)
        except flat.OtherSheet as other:
            own = _is_own_checklist(visit, other.mark)
            found.told.append(f"{place}：{_CHECKLIST if own else other}")
            found.shown += [(place, _whole(picture))] if own else []
        except BadInput as refusal:
            found.told.append(f"{place}：{refusal}")
    left = [str(n) for n in range(1, len(sheet.pages_of(items)) + 1) if n not in known]
    if known and left:
        rest = "请照图登记" if found.shown else "没有列出"
        found.told.append(f"没有读到勾选表第{'、'.join(left)}页，这些页上的项目{rest}。")
    if found.shown:
        found.lines += _unread(visit, items, {line.no for line in found.lines})
    found.lines.sort(key=lambda line: line.no)
    return found


def _take(found: Reading, visit: Visit, place: str, picture: Image.Image, known: set[int]) -> None:
    """The lines of a page, once; raises BadInput of a page that is none of this unit's sheet."""
    items = sheet.items_of(visit)
    page = flat.laid(picture)
    number = sheet.page_told(visit, page.mark, items)
    if number in known:
        found.told.append(f"{place}：第{number}页已经有一张了，没有再读。")
        return
    known.add(number)
    if page.turned:
        found.told.append(f"{place}：页面是横着或倒着的，已经转正。")
    found.lines += _lines(page.picture, sheet.pages_of(items)[number - 1], _held(visit))


def _pictures(
    files: Iterable[tuple[str, bytes]], told: list[str]
) -> Iterator[tuple[str, Image.Image]]:
    """Each picture with where it is; what has none is told."""
    count = 0
    for name, data in files:
        try:
            files_of.format_of(data)
        except BadInput as refusal:
            told.append(f"{name}：{refusal}")
            continue
        any_here = False
        for place, picture in seen.pictures_of(data):
            any_here, count = True, count + 1
            if count > MOST_PAGES:
                told.append(f"{name}：一次最多读{MOST_PAGES}页，其余没有读，请分次上传。")
                return
            yield f"{name}（{place}）" if place != "图片" else name, picture
        if not any_here:
            told.append(f"{name}：不是照片，也不是扫描的 PDF，或者文件已经损坏，读不了。")


def _held(visit: Visit) -> dict[int, list[Answer]]:
    """Requirement → the answers that hold now."""
    found: dict[int, list[Answer]] = {}
    for one in visit.answers.filter(holds=True).select_related("item", "by").order_by("made_at"):
        found.setdefault(one.item.no, []).append(one)
    return found


def _lines(
    picture: Image.Image, items: list[RoundItem], held: Mapping[int, list[Answer]]
) -> Iterator[Line]:
    for row, (item, got) in enumerate(zip(items, boxes.read(picture, len(items)), strict=True)):
        yield replace(
            _line(item, held.get(item.no, [])),
            chosen="" if got.column is None else sheet.VERDICTS[got.column][0],
            doubt=got.doubt,
            ticks=_piece(picture, row, form.COLUMNS[2], form.COLUMNS[6]),
            writing=_piece(picture, row, form.COLUMNS[6], form.COLUMNS[7]) if got.written else "",
        )


def _line(item: RoundItem, stands: list[Answer]) -> Line:
    """What the system has of a requirement; nothing is read of it."""
    held = "；".join(f"{one.get_verdict_display()}（{one.by.name}）" for one in stands)
    return Line(item.no, item.title, "", "", held, " ".join(str(one.key) for one in stands))


def _unread(visit: Visit, items: list[RoundItem], read: set[int]) -> list[Line]:
    """The requirements that a person enters from the pages that are shown whole."""
    held = _held(visit)
    return [_line(item, held.get(item.no, [])) for item in items if item.no not in read]


_CHECKLIST = "是这个单位的检查表，手写的字系统不认：整页照片在下面，请照着逐项登记。"
_WIDE = 900
"""Dots across a page that is shown whole."""


def _is_own_checklist(visit: Visit, mark: marks.Mark | None) -> bool:
    return mark is not None and mark.sort == marks.CHECKLIST and mark.what == f"{visit.pk}"


def _whole(picture: Image.Image) -> str:
    """The page as it was photographed, small enough for a page of the web."""
    page = picture.copy()
    page.thumbnail((_WIDE, _WIDE * 2))
    return _address(page)


def _address(picture: Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


def _piece(picture: Image.Image, row: int, left: float, right: float) -> str:
    top = form.TOP + row * form.ROW
    near = 1.2
    edges = (left, top - near, right, top + form.ROW + near)
    piece = picture.crop(tuple(round(place * flat.DOTS) for place in edges))  # type: ignore[arg-type]
    piece = piece.resize((round((right - left) * _SMALL), round((form.ROW + 2 * near) * _SMALL)))
    return _address(piece)


def entries_of(visit: Visit, given: Mapping[str, str], now: datetime) -> list[e.AnyEntry]:
    """What was confirmed, by the fields of the page; raises BadInput of all that is wrong, each
    with its requirement.
    """
    held = {no: stands[-1] for no, stands in _held(visit).items() if len(stands) == 1}
    problems: list[Problem] = []
    found: list[e.AnyEntry] = []
    for item in sheet.items_of(visit):
        told = {
            name: given.get(f"{name}-{item.no}", "").strip()
            for name in ("verdict", "note", "facts", "seen")
        }
        wrong = _wrong(item.no, told)
        problems += wrong
        if not wrong:
            found += _of_line(visit, item.no, told, held.get(item.no), given.get("token", ""), now)
    if problems:
        raise BadInput(problems)
    return found


def _wrong(no: int, told: Mapping[str, str]) -> list[Problem]:
    place = f"第{no}项"
    found = []
    if told["verdict"] and told["verdict"] not in dict(sheet.VERDICTS):
        found.append(Problem("检查情况不在可选范围内。", column=place))
    if told["note"] and not told["verdict"]:
        found.append(Problem("写了备注，没有选检查情况。", column=place))
    if len(told["note"]) > _LONGEST_NOTE or len(told["facts"]) > LONGEST:
        found.append(Problem(f"备注最多{_LONGEST_NOTE}字，问题最多{LONGEST}字。", column=place))
    return found


def _of_line(
    visit: Visit, no: int, told: Mapping[str, str], stands: Answer | None, token: str, now: datetime
) -> Iterator[e.AnyEntry]:
    own = {"visit": visit.pk, "made_at": now, "item": no}
    same = (
        stands is not None
        and stands.verdict == told["verdict"]
        and told["note"] in ("", stands.note)
    )
    if told["verdict"] and not same:
        key = _key(visit, token, "answer", no, told["verdict"], told["note"], told["seen"])
        yield e.ONE.validate_python(
            own
            | {"kind": "answer", "key": key, "verdict": told["verdict"], "note": told["note"]}
            | {"how": "paper", "seen": _keys(told["seen"])}
        )
    if told["facts"]:
        key = _key(visit, "finding", no, told["facts"])
        yield e.ONE.validate_python(own | {"kind": "finding", "key": key, "facts": told["facts"]})


def _keys(text: str) -> list[UUID]:
    """Those that the page gave; what is no key was not seen."""
    found = []
    for one in text.split()[:20]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def _key(visit: Visit, *parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, "\x1f".join(map(str, (f"ticks:{visit.pk}", *parts))))
