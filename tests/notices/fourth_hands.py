"""A fourth lot of notices of bureaus elsewhere, each with what a reader takes from it."""

from __future__ import annotations

from tests.notices.away_hands import _at
from tests.notices.layouts import Layout, Truth, area
from tests.notices.papers import Paper


def d1() -> bytes:
    """One sentence a group: who leads, who comes along, when, whom they visit and where they meet."""
    return """样山县医共体党委
关于党建工作联合走访的安排
各分院党支部：
为了解各分院工作情况，决定组织两个走访组下沉到分院，具体安排如下。
第一走访组由样春风同志带队，例夏雨、样秋月参加，于4月21日上午8:30—11:30走访东湖分院党支部、南湖分院党支部，集中地点为东湖分院门诊二楼。
第二走访组由例冬雪同志带队，样晴空、例白云参加，于4月22日下午14:00—16:30走访西湖分院党支部、北湖分院党支部，集中地点为西湖分院公卫楼。
样山县医共体党委
2025年4月15日
""".encode()


D1: Truth = {
    "starts_on": None, "ends_on": None,
    "areas": [
        area("第一走访组", "东湖分院党支部、南湖分院党支部", [_at("2025-04-21", "08:30", "11:30", "东湖分院门诊二楼")], leader="样春风", members=["例夏雨", "样秋月"]),
        area("第二走访组", "西湖分院党支部、北湖分院党支部", [_at("2025-04-22", "14:00", "16:30", "西湖分院公卫楼")], leader="例冬雪", members=["样晴空", "例白云"]),
    ],
}  # fmt: skip


def d2() -> bytes:
    """Labels with commas between, and where they come together in the clause behind the hour."""
    return """关于开展党支部标准化建设验收的通知
所属各党支部：
一、验收组
验收一组：组长样长亭；成员例短亭、样石桥；负责验收公交一公司党支部、公交二公司党支部；9月20日9:00-11:30，在公交一公司调度楼集中。
验收二组：组长例扁舟；成员样渡口；负责验收轮渡公司党支部；9月21日14:00-16:00，在轮渡公司候船楼集合。
例江交通集团党委
2022年9月1日
""".encode()


D2: Truth = {
    "areas": [
        area("验收一组", "公交一公司党支部、公交二公司党支部", [_at("2022-09-20", "09:00", "11:30", "公交一公司调度楼")], leader="样长亭", members=["例短亭", "样石桥"]),
        area("验收二组", "轮渡公司党支部", [_at("2022-09-21", "14:00", "16:00", "轮渡公司候船楼")], leader="例扁舟", members=["样渡口"]),
    ],
}  # fmt: skip


def d3() -> bytes:
    """Days and hours in characters."""
    rows = [
        ["组次", "组长", "组员", "检查支部", "时间", "地点"],
        ["一", "样松林", "例竹海", "供销社离休支部", "十一月十日上午九时至十一时", "活动中心东厅"],
        [
            "二",
            "例梅岭",
            "样兰亭",
            "教育退休支部",
            "十一月十一日下午二时三十分至四时半",
            "三楼教室",
        ],
    ]
    return Paper(
        "关于开展离退休干部党支部检查的通知", "各党支部：", "检查编组如下："
    ).table(rows).write("样老干局党委", "二〇二〇年十月三十日").data()  # fmt: skip


D3: Truth = {
    "areas": [
        area("一", "供销社离休支部", [_at("2020-11-10", "09:00", "11:00", "活动中心东厅")], leader="样松林", members=["例竹海"]),
        area("二", "教育退休支部", [_at("2020-11-11", "14:30", "16:30", "三楼教室")], leader="例梅岭", members=["样兰亭"]),
    ],
}  # fmt: skip


FOURTH: dict[str, Layout] = {"d1": (d1, D1), "d2": (d2, D2), "d3": (d3, D3)}
