"""A third lot of notices of bureaus elsewhere, each with what a reader takes from it."""

from __future__ import annotations

from tests.notices.away_hands import _at, _sheet
from tests.notices.layouts import Layout, Truth, area
from tests.notices.papers import Paper, plain_pdf


def c1() -> bytes:
    """Counts of people behind the names of groups, posts in brackets, an arrangement by
    days below.
    """
    return """关于对全市教育系统党建工作进行综合考核的通知
市直各学校党组织：
根据工作安排，市委教育工委将组织综合考核，现通知如下：
一、考核时间
2023年12月11日至12月15日。
二、考核分组
第1考核组（3人）：组长：严子陵（市委教育工委副书记），成员：富春江、钓台；考核单位：市一中、市二中、市实验小学
第2考核组（3人）：组长：黄公望（市教育局党组成员、副局长），成员：吴均、叶浅予；考核单位：市三中、市特教学校
三、考核方式
1.听取汇报；
2.查阅资料；
3.个别访谈。
四、有关要求
请各单位于12月8日前将自评报告报送市委教育工委办公室。
联系人：吴均  联系电话：0571-6433001
中共桐江市委教育工作委员会
2023年12月1日
""".encode()


C1: Truth = {
    "title": "关于对全市教育系统党建工作进行综合考核的通知", "addressees": ["市直各学校党组织"], "issuer": "中共桐江市委教育工作委员会", "issued_on": "2023-12-01",
    "starts_on": "2023-12-11", "ends_on": "2023-12-15", "contact": {"office": None, "person": "吴均", "phone": "0571-6433001"},
    "methods": ["听取汇报；", "查阅资料；", "个别访谈。"],
    "areas": [
        area("第1考核组", "市一中、市二中、市实验小学", leader="严子陵", members=["富春江", "钓台"], posts={"严子陵": "市委教育工委副书记"}),
        area("第2考核组", "市三中、市特教学校", leader="黄公望", members=["吴均", "叶浅予"], posts={"黄公望": "市教育局党组成员、副局长"}),
    ],
}  # fmt: skip


def c2() -> bytes:
    """A school in each row, the area, its leader and its people merged downwards, a day and a place
    for each area.
    """
    rows = [
        ["片区", "带队领导", "检查人员", "学校名称", "检查日期", "集中地点"],
        ["江南片", "苏眉山", "苏辙、秦观", "江南一小", "2024年4月9日上午", "江南一小会议室"],
        ["江南片", "苏眉山", "苏辙、秦观", "江南二小", "2024年4月9日上午", "江南一小会议室"],
        ["江北片", "黄庭坚", "晁补之、张耒", "江北中学", "2024年4月10日上午", "江北中学"],
        ["江北片", "黄庭坚", "晁补之、张耒", "江北幼儿园", "2024年4月10日上午", "江北中学"],
    ]
    merges = [(top, column, top + 1, column) for top in (1, 3) for column in (0, 1, 2, 4, 5)]
    return Paper(
        "关于开展党建工作交叉互检的通知", "各学校党支部：", "现将互检安排印发给你们，请认真落实。", "一、互检时间", "2024年4月9日至10日", "二、互检要求",
        "1.各校提前准备近两年台账。", "2.检查人员做好记录。", "附件：互检安排表", "青神区教育和体育局党委", "2024年4月1日", "附件", "互检安排表",
    ).table(rows, merges).data()  # fmt: skip


C2: Truth = {
    "title": "关于开展党建工作交叉互检的通知", "issuer": "青神区教育和体育局党委", "issued_on": "2024-04-01", "starts_on": "2024-04-09", "ends_on": "2024-04-10",
    "demands": ["各校提前准备近两年台账。", "检查人员做好记录。"],
    "areas": [
        area("江南片", "江南一小、江南二小", [_at("2024-04-09", None, None, "江南一小会议室")], leader="苏眉山", members=["苏辙", "秦观"]),
        area("江北片", "江北中学、江北幼儿园", [_at("2024-04-10", None, None, "江北中学")], leader="黄庭坚", members=["晁补之", "张耒"]),
    ],
}  # fmt: skip


def c3() -> bytes:
    """Outline items that end with a full stop, what each group does in lines of its own."""
    return """关于开展党组织书记抓党建工作调研督导的通知
各镇（街道）中心学校党总支：
为总结经验、查找不足，决定开展调研督导。
一、督导时间
2022年5月16日至5月20日
二、督导组安排
（一）城区督导组
组长：潘安仁（区教育局党委委员）
组员：左思、陆机
督导对象：城关中心学校、城东中心学校
（二）山区督导组
组长：陶渊明（区教育局党委委员）
组员：谢惠连、颜延之
督导对象：云山中心学校、石门中心学校（含教学点）
三、督导内容
2021年以来党组织书记抓党建工作情况。
四、工作要求
1.不层层陪同。
2.不提前踩点。
联系人：左思，0792-5550066
柴桑区教育局党委
2022年5月9日
""".encode()


C3: Truth = {
    "title": "关于开展党组织书记抓党建工作调研督导的通知", "issuer": "柴桑区教育局党委", "issued_on": "2022-05-09", "starts_on": "2022-05-16", "ends_on": "2022-05-20",
    "period": {"from": "2021-01-01", "to": None}, "demands": ["不层层陪同。", "不提前踩点。"],
    "contact": {"office": None, "person": "左思", "phone": "0792-5550066"},
    "areas": [
        area("城区督导组", "城关中心学校、城东中心学校", leader="潘安仁", members=["左思", "陆机"], posts={"潘安仁": "区教育局党委委员"}),
        area("山区督导组", "云山中心学校、石门中心学校+教学点", leader="陶渊明", members=["谢惠连", "颜延之"], posts={"陶渊明": "区教育局党委委员"}),
    ],
}  # fmt: skip


def c4() -> bytes:
    """A workbook with a unit in each row and a note below."""
    rows = [
        ["2025年党建督查分组表", "", "", "", ""],
        ["组别", "组长", "组员", "被督查党支部", "督查时间"],
        ["第一组", "班固", "班昭、傅毅", "扶风小学党支部", "2025年6月9日上午9:30"],
        ["", "", "", "茂陵中学党支部", ""],
        ["第二组", "司马相如", "枚乘、邹阳", "梁园小学党支部", "2025年6月10日上午9:30"],
        ["", "", "", "平台幼儿园党支部", ""],
        ["备注：各组用车由办公室统一安排。", "", "", "", ""],
    ]
    merges = [(0, 0, 0, 4), (6, 0, 6, 4)] + [(top, column, top + 1, column) for top in (2, 4) for column in (0, 1, 2, 4)]  # fmt: skip
    return _sheet(rows, merges)


C4: Truth = {
    "areas": [
        area("第一组", "扶风小学党支部、茂陵中学党支部", [_at("2025-06-09", "09:30")], leader="班固", members=["班昭", "傅毅"]),
        area("第二组", "梁园小学党支部、平台幼儿园党支部", [_at("2025-06-10", "09:30")], leader="司马相如", members=["枚乘", "邹阳"]),
    ],
}  # fmt: skip


def c5() -> bytes:
    """A PDF whose table of groups has no rules."""
    rows = [
        ["组别", "组长", "组员", "受检学校", "检查时间"],
        ["第一组", "钟嵘", "沈约、江淹", "齐梁小学、萧山中学", "2024年9月18日上午9:00"],
        ["第二组", "刘勰", "任远、丘迟", "定林小学、建康中学", "2024年9月19日上午9:00"],
    ]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return plain_pdf(
        "关于开展学校党建工作检查的通知\n\n各学校党支部：\n\n现将检查分组通知如下：\n\n一、检查时间\n\n2024年9月18日至19日。\n\n二、检查分组\n\n"
        "#grid(columns: (45pt, 45pt, 75pt, 125pt, 150pt), column-gutter: 14pt, row-gutter: "
        f"12pt, {cells})\n\n"
        "三、有关要求\n\n请各校备齐台账。\n\n金陵区教育局党委\n\n2024年9月11日\n"
    )


C5: Truth = {
    "title": "关于开展学校党建工作检查的通知", "addressees": ["各学校党支部"], "issuer": "金陵区教育局党委", "issued_on": "2024-09-11", "starts_on": "2024-09-18", "ends_on": "2024-09-19",
    "demands": ["请各校备齐台账。"],
    "areas": [
        area("第一组", "齐梁小学、萧山中学", [_at("2024-09-18", "09:00")], leader="钟嵘", members=["沈约", "江淹"]),
        area("第二组", "定林小学、建康中学", [_at("2024-09-19", "09:00")], leader="刘勰", members=["任远", "丘迟"]),
    ],
}  # fmt: skip


def c6() -> bytes:
    """Areas with the school that leads in their bracket; a team for all; a morning for each area in
    the same list.
    """
    return """关于做好民族地区学校党建工作指导的通知
各学校党支部：
为做好指导工作，现通知如下：
一、指导时间和分片
第一片区：塔拉小学、白音小学、牧民子弟学校，5月20日上午9:00，地点：塔拉小学
第二片区：乌兰中学、河套幼儿园，5月21日上午9:00，地点：乌兰中学
二、指导组成员
组长：云朵（旗教体局副局长）
成员：青格、白驹
三、指导要求
各学校负责同志参加座谈。
敖林旗教育体育局党组
2024年5月13日
""".encode()


C6: Truth = {
    "title": "关于做好民族地区学校党建工作指导的通知", "issuer": "敖林旗教育体育局党组", "issued_on": "2024-05-13", "demands": ["各学校负责同志参加座谈。"],
    "areas": [
        area("第一片区", "塔拉小学、白音小学、牧民子弟学校", [_at("2024-05-20", "09:00", None, "塔拉小学")], leader="云朵", members=["青格", "白驹"], posts={"云朵": "旗教体局副局长"}),
        area("第二片区", "乌兰中学、河套幼儿园", [_at("2024-05-21", "09:00", None, "乌兰中学")], leader="云朵", members=["青格", "白驹"], posts={"云朵": "旗教体局副局长"}),
    ],
}  # fmt: skip


THIRD: dict[str, Layout] = {"c1": (c1, C1), "c2": (c2, C2), "c3": (c3, C3), "c4": (c4, C4), "c5": (c5, C5), "c6": (c6, C6)}  # fmt: skip
