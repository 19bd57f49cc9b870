"""A fourth lot of notices of bureaus elsewhere, each with what a reader takes from it."""

from __future__ import annotations

from tests.notices.away_hands import _at
from tests.notices.layouts import Layout, Truth, area
from tests.notices.papers import Paper


def d1() -> bytes:
    """One sentence a group: who leads, who comes along, when, whom they visit and where
    they meet.
    """
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


def d4() -> bytes:
    """The name of a group and its seats in a row above the headers, which come again below the
    next.
    """
    rows = [
        ["第一小组 组长：样清江 组员：例明湖、样山岭 电话：0000-2100001", "", ""], ["时间", "受检支部", "地点"], ["7月7日 8:30—9:50", "环卫一所党支部", "一所二楼"],
        ["第二小组 组长：例朝云 组员：例星海 电话：0000-2100002", "", ""], ["时间", "受检支部", "地点"], ["7月8日 14:00—15:20", "园林队党支部", "队部会议室"],
    ]  # fmt: skip
    paper = Paper("关于半年工作检查的通知", "各党支部：", "安排如下表。")
    paper.table(rows, [(0, 0, 0, 2), (3, 0, 3, 2)])
    return paper.write("样江区城管局党总支", "2026年6月26日").data()


D4: Truth = {
    "areas": [
        area("第一小组", "环卫一所党支部", [_at("2026-07-07", "08:30", "09:50", "一所二楼")], leader="样清江", members=["例明湖", "样山岭"], contact={"office": None, "person": None, "phone": "0000-2100001"}),
        area("第二小组", "园林队党支部", [_at("2026-07-08", "14:00", "15:20", "队部会议室")], leader="例朝云", members=["例星海"], contact={"office": None, "person": None, "phone": "0000-2100002"}),
    ],
}  # fmt: skip


def d5() -> bytes:
    """A table for each group below its heading, with labels and names above the headers."""
    paper = Paper(
        "关于暑期前党建工作检查的通知",
        "各党支部：",
        "具体见后两张表。",
        "样坡县教育局党委",
        "2021年6月28日",
    )
    head = ["序号", "学校党组织", "日期", "时间", "地点"]
    paper.write("东片组检查安排").table(
        [["组长", "样重峰", "副组长", "例叠山", ""], ["组员", "样飞瀑、例流云", "", "", ""], head, ["1", "东关小学党支部", "7月6日", "8:00-9:40", "东关小学会议室"]],
        [(1, 1, 1, 4)],
    )  # fmt: skip
    paper.write("西片组检查安排").table(
        [["组长", "例远山", "副组长", "样苍柏", ""], ["组员", "例劲竹", "", "", ""], head, ["1", "西关小学党支部", "7月7日", "8:00-9:40", "校史馆"]],
        [(1, 1, 1, 4)],
    )  # fmt: skip
    return paper.data()


D5: Truth = {
    "areas": [
        area("东片组", "东关小学党支部", [_at("2021-07-06", "08:00", "09:40", "东关小学会议室")], leader="样重峰", deputies=["例叠山"], members=["样飞瀑", "例流云"]),
        area("西片组", "西关小学党支部", [_at("2021-07-07", "08:00", "09:40", "校史馆")], leader="例远山", deputies=["样苍柏"], members=["例劲竹"]),
    ],
}  # fmt: skip


def d6() -> bytes:
    """Who is visited when and, in the same frame below, who belongs to each group."""
    rows = [
        ["序号", "党支部", "组别", "检查日期", "开始时间", "结束时间", "检查地点"],
        ["1", "养老协会党支部", "第1组", "2024-11-12", "09:00", "10:30", "协会会客室"],
        ["2", "家政联合会党支部", "第2组", "2024-11-13", "14:00", "15:20", "联合会教室"],
        ["组别", "组长", "成员", "联系电话", "", "", ""],
        ["第1组", "样善水", "例厚土", "0000-3141590", "", "", ""],
        ["第2组", "例怀山", "样柔云", "0000-3141591", "", "", ""],
    ]
    paper = Paper("关于党支部工作检查安排的通知", "各党支部：", "安排如下。").table(rows)
    return paper.write("例潮市社会组织党委", "2024年10月30日").data()


D6: Truth = {
    "areas": [
        area("第1组", "养老协会党支部", [_at("2024-11-12", "09:00", "10:30", "协会会客室")], leader="样善水", members=["例厚土"], contact={"office": None, "person": None, "phone": "0000-3141590"}),
        area("第2组", "家政联合会党支部", [_at("2024-11-13", "14:00", "15:20", "联合会教室")], leader="例怀山", members=["样柔云"], contact={"office": None, "person": None, "phone": "0000-3141591"}),
    ],
}  # fmt: skip


FOURTH: dict[str, Layout] = {"d1": (d1, D1), "d2": (d2, D2), "d3": (d3, D3), "d4": (d4, D4), "d5": (d5, D5), "d6": (d6, D6)}  # fmt: skip
