"""A lecture as it was written out to be held: its subject above, who held it and when below that,
and then its text.
"""

from __future__ import annotations

import re

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.intake.reading.pieces import Piece
from taizhang.kernel.text import folded, looks_like_person
from taizhang.kernel.writing import written

_WRITTEN_OUT = re.compile(
    r"党课(?:活动|会)?上?的?(?:讲稿|讲义|教案|讲话|讲课稿|发言|辅导稿|课件文稿|宣讲稿)(?:提纲)?"
)
_NOT_ITS_SUBJECT = re.compile(r"^[—–-]{1,2}|党课(?:讲稿|讲义|教案)$|^[（(]")
_LONGEST_NAME = 4
_POST = re.compile(r"^.*(?:书记|委员|[校园院]长|主任|同志)\s*")
_TOP = 6


def is_one(piece: Piece) -> bool:
    """Whether its headings call it the text of a lecture, and no label says more of it."""
    return not piece.tables() and any(
        _WRITTEN_OUT.search(folded(one.text)) for one in piece.headings[:_TOP]
    )


def add(read: Read, piece: Piece) -> None:
    """Fill what no label said; the text is all that stands below the headings."""
    if not is_one(piece) or {"content", "discussion", "held_on"} & read.values.keys():
        return
    heads = _heads(piece.paragraphs())
    read.add("kind", "党课", heads[0].where)
    subject = next((one for one in heads if not _NOT_ITS_SUBJECT.search(one.text.strip())), None)
    if subject is not None and "theme" not in read.values:
        read.add("theme", subject.text.strip("《》“” "), subject.where)
    for one in heads:
        name = _POST.sub("", one.text.strip(" （）()"))
        alone = one is not subject and len(name) <= _LONGEST_NAME and looks_like_person(name)
        if alone and "lecturer_name" not in read.values:
            read.add("lecturer_name", name, one.where)
        days = written.days_in(written.in_digits(written.plain(one.text)))
        if len(days) == 1 and "held_on" not in read.values:
            read.add("held_on", days[0][0].isoformat(), one.where)
    body = [one for one in piece.paragraphs() if one not in heads]
    read.add("content", "\n".join(one.text.strip() for one in body), body[0].where)
    used = {one.text.strip() for one in piece.paragraphs()}
    read.left = [text for text in read.left if text.strip() not in used]
    read.left += [one.text.strip() for one in heads if _NOT_ITS_SUBJECT.search(one.text.strip())]


def _heads(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The lines above the address (各位同志：), or above the first sentence."""
    found = []
    for one in paragraphs[:_TOP]:
        if re.search(r"[。！？：:；;]\s*$", one.text):
            break
        found.append(one)
    return found if len(found) < len(paragraphs) else found[:1]
