"""Whatever stands around it: other offices' matters mean nothing, points are no counts, and the
widths of signs say nothing.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from taizhang.catalogue import load
from taizhang.catalogue.matching.lines import FIRST, Line, match
from taizhang.catalogue.sentences.frequency import proposed

WINDOWS = {"每月": "month", "每季度": "quarter", "每半年": "half", "每学期": "half", "每年": "year"}
OURS = [
    ("党员大会", "召开党员大会", "L28", "meetings assembly"),
    ("支委会", "召开支委会", "L29", "meetings committee"),
    ("党课", "开展党课", "L31", "meetings lecture"),
    ("组织生活会", "召开组织生活会", "L32", "meetings life"),
    ("谈心谈话", "开展谈心谈话", "L12", "talks -"),
    ("党务公开", "开展党务公开", "L13", "disclosures -"),
    ("志愿服务", "组织志愿服务", "L07", "activities -"),
]
FOREIGN = [
    "消防演练", "教研活动", "食堂检查", "职代会", "家长会", "工会委员会会议", "团员大会", "安全例会", "学生座谈会", "校务公开",
    "班主任与学生谈话", "教师走访家庭", "设备检修", "信访接待", "教案检查", "村务公开",
]  # fmt: skip
POINTS = [
    "少{n}次扣{m}分", "每少{n}次，扣{m}分", "缺{n}次扣0.{m}分", "（{m}分）", "满分{m}分", "未开展不得分", "扣完为止",
    "发现{n}例扣{m}分", "加{m}分", "最多扣{m}分", "分值：{m}分",
]  # fmt: skip
NUMBERS = st.integers(1, 12)
WINDOW = st.sampled_from(list(WINDOWS))
FULL = str.maketrans("0123456789,;:()~-", "０１２３４５６７８９，；：（）～－")


def _rules(title: str, requirement: str = "") -> list[str]:
    found = proposed(Line(no=1, title=title, requirement=requirement))
    return [f"{p.ledger} {p.what or '-'} {p.every} {p.at_least} {p.per}" for p in found]


def _items(title: str, requirement: str = "") -> list[str]:
    line = Line(no=1, title=title, requirement=requirement)
    return [one.item for one in match(line, load.named(FIRST))]


foreign = st.builds("{}{}不少于{}次".format, WINDOW, st.sampled_from(FOREIGN), NUMBERS) | st.builds(
    "{}{}一次".format, st.sampled_from(FOREIGN), WINDOW
)
points = st.builds(
    lambda said, n, m: said.format(n=n, m=m), st.sampled_from(POINTS), NUMBERS, NUMBERS
)


@given(st.lists(foreign, min_size=1, max_size=3), st.sampled_from("；。"), st.booleans())
def test_matters_of_others_mean_nothing(said: list[str], sign: str, beside: bool) -> None:
    text = sign.join(said)
    line = (said[0], text) if beside else (text, "")
    assert (_items(*line), _rules(*line)) == ([], [])


@given(st.sampled_from(OURS), WINDOW, NUMBERS, foreign, st.booleans())
def test_what_others_do_beside_ours_changes_nothing(
    ours: tuple[str, str, str, str], window: str, n: int, other: str, first: bool
) -> None:
    title, done, item, told = ours
    wanted = f"{window}{done}不少于{n}次"
    text = f"{other}；{wanted}。" if first else f"{wanted}；{other}。"
    assert _items(title, text) == [item]
    assert _rules(title, text) == [f"{told} {WINDOWS[window]} {n} branch"]


@given(
    st.sampled_from(OURS), WINDOW, NUMBERS, st.lists(points, max_size=3), st.sampled_from("，；。")
)
def test_points_are_no_counts(
    ours: tuple[str, str, str, str], window: str, n: int, taken: list[str], sign: str
) -> None:
    title, done, _, told = ours
    text = sign.join([f"{window}{done}不少于{n}次", *taken])
    assert _rules(title, text) == [f"{told} {WINDOWS[window]} {n} branch"]
    assert _rules(text) == [f"{told} {WINDOWS[window]} {n} branch"]
    alone = sign.join(taken)
    assert _rules(title, alone) == []


@given(st.sampled_from(OURS), WINDOW, NUMBERS, st.sampled_from(["至少", "不少于", "≥", "不低于"]))
def test_the_width_of_signs_says_nothing(
    ours: tuple[str, str, str, str], window: str, n: int, bound: str
) -> None:
    title, done, _, told = ours
    text = f"1.{window}{done}{bound}{n}次(含书面),记录完整;2.资料齐全:有照片"
    assert _rules(title, text) == [f"{told} {WINDOWS[window]} {n} branch"]
    assert _rules(title, text.translate(FULL)) == _rules(title, text)


@given(st.sampled_from(OURS), WINDOW, NUMBERS)
def test_more_than_at_least_and_at_most(
    ours: tuple[str, str, str, str], window: str, n: int
) -> None:
    title, done, _, told = ours
    every = WINDOWS[window]
    for said, least in (("不少于", n), ("至少", n), ("超过", n + 1), ("多于", n + 1)):
        assert _rules(title, f"{window}{done}{said}{n}次。") == [f"{told} {every} {least} branch"]
    assert _rules(title, f"{window}{done}{n}次以上。") == [f"{told} {every} {n} branch"]
    for said in ("不超过", "不得超过", "至多", "最多"):
        assert _rules(title, f"{window}{done}{said}{n}次。") == []


@given(
    st.sampled_from(OURS),
    NUMBERS,
    st.sampled_from(["学时", "小时", "人", "元", "户", "分", "万字", "天前", "个工作日"]),
)
def test_what_is_measured_otherwise_is_no_count(
    ours: tuple[str, str, str, str], n: int, unit: str
) -> None:
    assert _rules(ours[0], f"每次不少于{n}{unit}，资料齐全。") == []
