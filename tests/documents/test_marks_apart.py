"""Marks that a PDF draws in another font, in one piece for a whole line, stand where the line has
gaps for them.
"""

from __future__ import annotations

from taizhang.documents import ruled
from taizhang.documents.ruled import Piece


def _text(*pieces: tuple[str, float]) -> list[str]:
    drawn = [Piece(text, x, 700, 11) for text, x in pieces]
    return [piece.text for piece in ruled.with_marks(drawn)]


def test_marks_inside_a_line_are_put_back() -> None:
    assert _text(("“ ”", 134), ("关于开展 三会一课 制度抽查的通知", 90)) == [
        "关于开展“三会一课”制度抽查的通知"
    ]
    assert _text(("各 两新 党组织：", 90), ("“ ”", 101)) == ["各“两新”党组织："]


def test_marks_may_begin_and_end_a_line() -> None:
    assert _text(("“ ”", 90), ("三会一课 制度", 101)) == ["“三会一课”制度"]
    assert _text(("“ ”", 134), ("关于开展 三会一课", 90)) == ["关于开展“三会一课”"]


def test_marks_that_do_not_fit_stay_where_they_are() -> None:
    assert _text(("“ ”", 134), ("关于开展三会一课的通知", 90)) == ["“ ”", "关于开展三会一课的通知"]
    assert _text(("—", 260), ("日", 249)) == ["—", "日"]
    assert _text(("甲", 90), ("乙", 120)) == ["甲", "乙"]
