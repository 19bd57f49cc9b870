"""What stands in a notice is used, told where it stands, or boilerplate of a named sort: over every
hand, however it is mangled.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents import reading
from taizhang.notices import read, told
from tests.notices.accounted import unaccounted
from tests.notices.pictures import HANDS, drawn
from tests.notices.test_nothing_invented import CHANGES, mangle, sources, texts

_TABLE = """关于开展党建检查的通知
各党支部：
一、检查安排
组别\t组长\t受检支部\t时间\t地点\t车辆\t备注
第一组\t样明\t甲村党支部\t2026年3月9日9:00\t甲村\t样A0001\t带测评表
第二组\t例亮\t乙村党支部\t2026年3月10日9:00\t乙村\t样A0002\t
二、其他
午餐在食堂自理。第一组请在乙村门口停车。
某镇党委
2026年3月2日
"""


def _unaccounted(data: bytes) -> list[str]:
    source = reading.source(data)
    return unaccounted(source, read.understood(source))


def test_every_clause_and_cell_of_every_hand_is_accounted_for() -> None:
    lost = {path.stem: rest for path in HANDS if (rest := _unaccounted(drawn(path)[0]))}
    assert lost == {}


def test_columns_and_sentences_that_no_field_has_are_told_by_their_part() -> None:
    found = told.left_over(read.notice(_TABLE.encode()))
    lines = {part: [text for text, _ in told] for part, told in found}
    assert lines["第4行起的表"] == [
        "“车辆”一列“样A0001”、“样A0002”没有读入任何一栏。",
        "“备注”一列“带测评表”没有读入任何一栏。",
    ]
    assert lines["其他"] == ["“午餐在食堂自理。 第一组请在乙村门口停车。”没有读入任何一栏。"]


@given(
    text=st.deferred(lambda: st.sampled_from(texts())),
    changes=st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 60)), max_size=5),
)
def test_a_mangled_text_is_accounted_for(
    text: str, changes: list[tuple[Callable[[list[str], int], list[str]], int]]
) -> None:
    lines = text.splitlines()
    for change, at in changes:
        lines = change(lines, at % len(lines)) or [""]
    assert _unaccounted(("\n".join(lines) + "\n.").encode()) == []


@given(
    data=st.deferred(lambda: st.sampled_from(sources())),
    rows=st.lists(st.tuples(st.sampled_from(["drop", "swap", "turn", "apart", "break"]), st.integers(0, 20)), max_size=4),
)  # fmt: skip
def test_mangled_blocks_are_accounted_for(data: bytes, rows: list[tuple[str, int]]) -> None:
    source = reading.source(data)
    for what, at in rows:
        mangle(source, what, at)
    assert unaccounted(source, read.understood(source)) == []
