"""Notices of bureaus elsewhere: other vocabulary, other orders of the same things, each with what a
reader takes from it.
"""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter

from taizhang.papers.official.paper import Annex, Clause, Official
from taizhang.papers.paper import Table
from taizhang.papers.writers import pdf
from tests.notices.layouts import Layout, Truth, area
from tests.notices.papers import Paper

_Session = tuple[str | None, str | None, str | None, str | None]


def _at(
    day: str | None, start: str | None = None, end: str | None = None, venue: str | None = None
) -> _Session:
    return day, start, end, venue


def a1() -> bytes:
    """A county: 巡察调研, posts with two offices in brackets, units of each group named last."""
    return """大山教党发〔2024〕17号
关于对全县教育系统基层党组织开展巡察调研的通知
各中心校党总支，县直各学校党支部：
为进一步夯实基层基础，经县委教育工委研究，决定对全县教育系统基层党组织开展巡察调研，现将有关事项通知如下：
一、调研时间
2024年4月15日—4月19日
二、调研分组
第一调研组
组长：覃江山（县教育局党组成员、副局长）
副组长：蒙小溪（县教育局人事股股长）
组员：韦一帆、黄大川
调研对象：城关一小党支部、城关二小党支部、民族中学党总支
第二调研组
组长：莫远方（县委教育工委专职副书记）
组员：陆青山、罗细雨
调研对象：江口中心校党总支、平安小学党支部
三、调研方式
采取听汇报、查台账、个别谈话的方式进行。
四、工作要求
（一）各单位要高度重视，如实反映情况。
（二）请于4月12日前将汇报材料报送县教育局人事股。
联系人：陆青山，联系电话：0776-2820011
中共大山县委教育工作委员会
2024年4月8日
""".encode()


A1: Truth = {
    "title": "关于对全县教育系统基层党组织开展巡察调研的通知", "number": "大山教党发〔2024〕17号",
    "addressees": ["各中心校党总支", "县直各学校党支部"], "issuer": "中共大山县委教育工作委员会", "issued_on": "2024-04-08",
    "starts_on": "2024-04-15", "ends_on": "2024-04-19",
    "contact": {"office": None, "person": "陆青山", "phone": "0776-2820011"},
    "areas": [
        area("第一调研组", "城关一小党支部、城关二小党支部、民族中学党总支", leader="覃江山", deputies=["蒙小溪"], members=["韦一帆", "黄大川"],
             posts={"覃江山": "县教育局党组成员、副局长", "蒙小溪": "县教育局人事股股长"}),
        area("第二调研组", "江口中心校党总支、平安小学党支部", leader="莫远方", members=["陆青山", "罗细雨"], posts={"莫远方": "县委教育工委专职副书记"}),
    ],
}  # fmt: skip


def a2() -> bytes:
    """An annex whose header has 督导组成员 over 组长 and 组员, groups merged downwards over
    their schools.
    """
    rows = [
        ["组别", "督导组成员", "督导组成员", "受督导学校", "督导时间"],
        ["组别", "组长", "组员", "受督导学校", "督导时间"],
        ["第一督导组", "白云飞", "江晚晴、何田田", "滨湖实验学校", "5月13日上午9:00"],
        ["第一督导组", "白云飞", "江晚晴、何田田", "湖东小学", "5月13日下午2:30"],
        ["第二督导组", "秋叶红", "方正、严明", "滨湖高级中学", "5月14日上午9:00"],
        ["第二督导组", "秋叶红", "方正、严明", "湖西幼儿园", "5月14日下午2:30"],
    ]
    merges = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3), (0, 4, 1, 4), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (4, 0, 5, 0), (4, 1, 5, 1), (4, 2, 5, 2)]  # fmt: skip
    return Paper(
        "关于开展中小学校党组织领导的校长负责制专项督导的通知", "区属各学校党组织：", "现就开展专项督导通知如下：",
        "一、督导时间", "2025年5月13日至14日。", "二、督导内容", "2024年以来校长负责制执行情况。",
        "三、有关要求", "1.督导组轻车简从。", "2.各学校备齐会议记录。",
        "附件：督导分组安排表", "滨湖新区社会事业局党委", "2025年5月6日", "附件", "督导分组安排表",
    ).table(rows, merges).data()  # fmt: skip


A2: Truth = {
    "title": "关于开展中小学校党组织领导的校长负责制专项督导的通知", "addressees": ["区属各学校党组织"], "issuer": "滨湖新区社会事业局党委",
    "issued_on": "2025-05-06", "starts_on": "2025-05-13", "ends_on": "2025-05-14", "period": {"from": "2024-01-01", "to": None},
    "demands": ["督导组轻车简从。", "各学校备齐会议记录。"],
    "areas": [
        area("第一督导组", "滨湖实验学校、湖东小学", [_at("2025-05-13", "09:00"), _at("2025-05-13", "14:30")], leader="白云飞", members=["江晚晴", "何田田"]),
        area("第二督导组", "滨湖高级中学、湖西幼儿园", [_at("2025-05-14", "09:00"), _at("2025-05-14", "14:30")], leader="秋叶红", members=["方正", "严明"]),
    ],
}  # fmt: skip


def a3() -> bytes:
    """A grid of groups over half-days in one header row, teams in a table of their own
    before it.
    """
    teams = [
        ["组别", "组长", "成员"],
        ["A组", "雷鸣", "闻雨、听风"],
        ["B组", "程门雪", "立冬、谷雨生"],
    ]
    grid = [
        ["组别", "3月20日上午", "3月20日下午", "3月21日上午"],
        ["A组", "河东中学", "河东小学", "红旗幼儿园"],
        ["B组", "河西中学", "河西小学", "前进幼儿园"],
    ]
    return Paper(
        "关于开展学校党建工作交叉检查的通知", "各学校党支部：", "一、检查时间", "2023年3月20日至21日", "二、检查分组", "分组及人员见下表。",
    ).table(teams).write("三、检查安排", "检查日程见下表。").table(grid).write("河源市江城区教育局党委", "2023年3月13日").data()  # fmt: skip


A3: Truth = {
    "title": "关于开展学校党建工作交叉检查的通知", "issuer": "河源市江城区教育局党委", "issued_on": "2023-03-13",
    "starts_on": "2023-03-20", "ends_on": "2023-03-21",
    "areas": [
        area("A组", "河东中学、河东小学、红旗幼儿园", [_at("2023-03-20"), _at("2023-03-20"), _at("2023-03-21")], leader="雷鸣", members=["闻雨", "听风"]),
        area("B组", "河西中学、河西小学、前进幼儿园", [_at("2023-03-20"), _at("2023-03-20"), _at("2023-03-21")], leader="程门雪", members=["立冬", "谷雨生"]),
    ],
}  # fmt: skip


def _sheet(rows: list[list[str]], merges: list[tuple[int, int, int, int]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("安排")
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                page.write_string(at, column, text)
        for top, left, bottom, right in merges:
            page.merge_range(top, left, bottom, right, rows[top][left])
    return out.getvalue()


def a4() -> bytes:
    """A workbook of days: each row a group's day, the person to ask with his telephone."""
    rows = [
        ["关于组织2024年下半年党建考核的通知", "", "", "", ""],
        ["考核组", "考核组成员", "考核时间", "考核单位", "联络员及电话"],
        [
            "考核一组",
            "组长：顾长风 成员：林间月、宋词",
            "2024年12月3日",
            "机关一支部、机关二支部",
            "林间月 0517-3333001",
        ],
        [
            "考核二组",
            "组长：楚天阔 成员：吴钩、越女",
            "2024年12月4日",
            "环卫支部、园林支部",
            "吴钩 0517-3333002",
        ],
        ["清江浦区城管局机关党委", "", "", "", ""],
        ["2024年11月25日", "", "", "", ""],
    ]
    return _sheet(rows, [(0, 0, 0, 4), (4, 0, 4, 4), (5, 0, 5, 4)])


A4: Truth = {
    "title": "关于组织2024年下半年党建考核的通知", "issuer": "清江浦区城管局机关党委", "issued_on": "2024-11-25",
    "areas": [
        area("考核一组", "机关一支部、机关二支部", [_at("2024-12-03")], leader="顾长风", members=["林间月", "宋词"], contact={"office": None, "person": "林间月", "phone": "0517-3333001"}),
        area("考核二组", "环卫支部、园林支部", [_at("2024-12-04")], leader="楚天阔", members=["吴钩", "越女"], contact={"office": None, "person": "吴钩", "phone": "0517-3333002"}),
    ],
}  # fmt: skip


def a5() -> bytes:
    """Numbered groups whose labels are padded with blanks, each with its own contact line."""
    return """关于开展乡镇学校党支部标准化建设调研的函
有关中心学校：
定于近期开展调研，有关事项函告如下。
一、调研时间
2022年9月19日至23日
二、调研安排
1.第一调研组
组  长：石敢当  市教育局二级调研员
成  员：安如山、毕胜
调研学校：杏花岭中心学校、柳巷中心学校
联系人：毕胜  13900000011
2.第二调研组
组  长：沈思远  市教育局组织科科长
成  员：路遥知、马力
调研学校：桃园中心学校
联系人：马力  13900000012
三、调研内容
党支部标准化建设情况。
四、其他事项
调研组食宿自理。
并州市教育局
2022年9月9日
""".encode()


A5: Truth = {
    "title": "关于开展乡镇学校党支部标准化建设调研的函", "addressees": ["有关中心学校"], "issuer": "并州市教育局", "issued_on": "2022-09-09",
    "starts_on": "2022-09-19", "ends_on": "2022-09-23",
    "areas": [
        area("第一调研组", "杏花岭中心学校、柳巷中心学校", leader="石敢当", members=["安如山", "毕胜"], posts={"石敢当": "市教育局二级调研员"}, contact={"office": None, "person": "毕胜", "phone": "13900000011"}),
        area("第二调研组", "桃园中心学校", leader="沈思远", members=["路遥知", "马力"], posts={"沈思远": "市教育局组织科科长"}, contact={"office": None, "person": "马力", "phone": "13900000012"}),
    ],
}  # fmt: skip


def a6() -> bytes:
    """A PDF with an annex: groups, who goes, which schools, when and where."""
    rows = [
        [
            "第一组",
            "江枫（组长）、渔火、钟声",
            "寒山小学、枫桥小学",
            "10月16日上午9:00—11:30\n集中点：寒山小学",
        ],
        [
            "第二组",
            "张弓（组长）、李广、程不识",
            "右军中学、兰亭小学",
            "10月17日上午9:00—11:30\n集中点：右军中学",
        ],
    ]
    table = Table("", ["组别", "检查人员", "受检学校", "时间和地点"], rows, [1, 2.4, 2.4, 3])
    body = [Clause("经研究，决定开展党建台账检查。"), Clause("一、检查时间", 1), Clause("2023年10月16日至17日。"), Clause("二、检查方式", 1), Clause("1. 集中查阅台账。", 3), Clause("2. 现场反馈意见。", 3)]  # fmt: skip
    paper = Official(
        "关于开展党建台账检查的通知", "各学校党支部：", body, "会稽区教育体育局党委", date(2023, 10, 9), number="会教党〔2023〕21号",
        attachments=["检查分组安排表"], annexes=[Annex("检查分组安排表", [table])],
    )  # fmt: skip
    return pdf.written(paper)


A6: Truth = {
    "title": "关于开展党建台账检查的通知", "number": "会教党〔2023〕21号", "issuer": "会稽区教育体育局党委", "issued_on": "2023-10-09",
    "starts_on": "2023-10-16", "ends_on": "2023-10-17", "methods": ["集中查阅台账。", "现场反馈意见。"],
    "areas": [
        area("第一组", "寒山小学、枫桥小学", [_at("2023-10-16", "09:00", "11:30", "寒山小学")], leader="江枫", members=["渔火", "钟声"]),
        area("第二组", "右军中学、兰亭小学", [_at("2023-10-17", "09:00", "11:30", "右军中学")], leader="张弓", members=["李广", "程不识"]),
    ],
}  # fmt: skip


NEAR: dict[str, Layout] = {"a1": (a1, A1), "a2": (a2, A2), "a3": (a3, A3), "a4": (a4, A4), "a5": (a5, A5), "a6": (a6, A6)}  # fmt: skip
