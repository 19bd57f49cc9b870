"""What the end of a page, or of a line of a cell, cuts, and what it does not cut."""

from __future__ import annotations

from taizhang.documents import ruled
from taizhang.documents.blocks import Cell
from taizhang.documents.ruled import Piece


def _row(*cells: Cell | str) -> list[Cell]:
    return [Cell(one) if isinstance(one, str) else one for one in cells]


def test_a_row_that_a_page_cuts_in_a_list_is_one_row() -> None:
    above = _row("6月3日", "样江小学、例江小学", Cell("样河中学、示河", room=0.2))
    below = _row("", "", "第一小学")
    whole = ruled.row_over_pages(above, below)
    assert whole is not None
    assert [cell.text for cell in whole] == [
        "6月3日",
        "样江小学、例江小学",
        "样河中学、示河第一小学",
    ]


def test_a_row_that_a_page_cuts_within_a_bracket_is_one_row() -> None:
    above = _row("一组", "组长：样样川（组织科", Cell("甲支部、", room=3.0))
    whole = ruled.row_over_pages(above, _row("", "科长）\n例样川", "乙支部"))
    assert whole is not None
    assert [cell.text for cell in whole] == [
        "一组",
        "组长：样样川（组织科科长）\n例样川",
        "甲支部、\n乙支部",
    ]


def test_a_row_below_a_merged_cell_stays_a_row() -> None:
    merged = _row("一组", "样江小学", Cell("6月3日", room=0.1))
    assert ruled.row_over_pages(merged, _row("", "例江小学", "6月4日")) is None
    spanned = _row(Cell("一组", spans=True), Cell("样江、例江", spans=True, room=0.1))
    assert ruled.row_over_pages(spanned, _row("", "示江")) is None
    assert ruled.row_over_pages(merged, _row("二组", "例江小学", "6月4日")) is None


def test_a_list_with_room_in_its_last_line_is_not_cut() -> None:
    above = _row("一组", Cell("样江小学、例江小学", room=4.0))
    assert ruled.row_over_pages(above, _row("", "示江小学、例河小学")) is None


def _lines(*texts: str) -> list[Piece]:
    return [Piece(text, 2, 100 - 12 * at, 10) for at, text in enumerate(texts)]


def test_a_unit_that_fills_its_line_goes_on_with_nothing() -> None:
    texts = ("样血管党支部", "例吸党支部", "示化党支部")
    assert ruled.cell_text(_lines(*texts), 0, 64) == "\n".join(texts)


def test_a_name_that_a_line_cuts_goes_on() -> None:
    told = ruled.cell_text(_lines("样江县第一实", "验小学", "例江小学"), 0, 64)
    assert told == "样江县第一实验小学\n例江小学"
    told = ruled.cell_text(_lines("样江小学、例", "江小学、示江", "小学"), 0, 64)
    assert told == "样江小学、例江小学、示江小学"
