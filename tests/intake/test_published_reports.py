"""Reports as schools put them on their sites, which lie in many binders in place of minutes."""

from __future__ import annotations

import pytest

from taizhang.intake.reading import read

_LECTURE = """春泥幼儿园举行“芽儿向阳”专题党课
发布时间：2021/7/2 09:12:40 作者：样小满
临近七一，春泥幼儿园党支部于2021年6月29日在多功能厅开展了专题党课，二十余名教师听课。
支部书记样知秋同志开展了题为《把初心种进课堂》的党课，讲到建园以来的三件小事。"""
_JOINT = """2022年11月9日下午，石桥小学党支部组织全体党员到清河社区开展主题党日，与社区党支部共学。
在清河社区书屋，由样望舒书记主持，双方党员学习了党章总纲。
责编 样青禾
审核 样长庚"""
_TWO_IN_ONE = """听雨小学：读原著 谈体会
来源：本校 发布日期：2024-01-03
12月28日，听雨小学党支部召开第四季度党员大会暨专题党课。支部书记样云舒主持，全体党员参加。
纪检委员、副校长样怀瑾以《教案里的纪律》为题讲授专题党课。"""
_OF_ANOTHER = """学习正当时
——晴川幼儿园党支部组织生活会专题学习
发布日期：2023-02-27 15:40:08 来源：晴川幼儿园
2月24日上午，晴川幼儿园党支部召开党员大会，为年度组织生活会作准备。大会由样若兰书记主持。"""
_TOLD = [
    (_LECTURE, {"kind": "党课", "held_on": "2021-06-29", "lecturer_name": "样知秋", "theme": "把初心种进课堂"}),
    (_JOINT, {"kind": "主题党日", "held_on": "2022-11-09", "host_name": "样望舒"}),
    (_TWO_IN_ONE, {"kind": "党员大会", "held_on": "2023-12-28", "host_name": "样云舒", "lecturer_name": "样怀瑾"}),
    (_OF_ANOTHER, {"kind": "党员大会", "held_on": "2023-02-24", "host_name": "样若兰"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), _TOLD)
def test_a_report_says_what_was_held_when_and_by_whom(text: str, told: dict[str, str]) -> None:
    (found,) = read.documents("a.txt", text.encode())

    (record,) = found.records
    assert found.kind is not None
    assert found.kind.slug == "meetings"
    assert told.items() <= record.values.items()
    assert not {"starts_at", "recorder_name"} & record.values.keys()
    assert "发布" not in record.values["discussion"]
    assert all(name not in record.values["discussion"] for name in ("样小满", "样青禾"))


def test_a_year_that_only_the_publisher_says_is_asked_for() -> None:
    (found,) = read.documents("a.txt", _TWO_IN_ONE.encode())

    assert (
        "“日期”的年份取自“来源：本校 发布日期：2024-01-03”，请核对。" in found.records[0].warnings
    )


@pytest.mark.parametrize(
    "text",
    [
        "各支部：\n定于2022年3月5日召开党员大会，请全体党员准时参加，不得缺席。",
        "一年来支部做了三件事。\n3月5日召开党员大会，6月30日开展专题党课，9月9日走访慰问。",
    ],
)
def test_what_is_to_be_held_and_a_summary_of_many_days_are_no_report(text: str) -> None:
    (found,) = read.documents("a.txt", text.encode())

    assert found.kind is None
