"""More notices in other hands, each with what a reader takes from it."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

from tests.notices.layouts import Layout, Truth, area
from tests.notices.papers import Paper

_Session = tuple[str | None, str | None, str | None, str | None]


def _at(
    day: str | None, start: str | None = None, end: str | None = None, venue: str | None = None
) -> _Session:
    return day, start, end, venue


def v1() -> bytes:
    """Both groups in one paragraph, two telephones."""
    return """关于开展全县党建示范点复核验收的通知
各乡镇（街道）党（工）委：
为巩固党建示范点创建成果，县委组织部决定组织复核验收。
一、验收时间
2020年9月21日—9月25日。具体时间由各组与受检单位联系确定。
二、验收分组
第一组：组长郑板桥（县委组织部副部长），组员金农、黄慎，负责验收青山镇、绿水镇、白云街道，时间为9月21日至22日；第二组：组长罗聘，组员李方膺、汪士慎，负责验收金沙镇、银滩乡，时间为9月23日。
三、验收程序
1.看现场；2.查资料；3.问情况。
四、工作要求
1.各乡镇（街道）于9月18日前将示范点名单报县委组织部组织一科。
2.轻车简从，不搞迎来送往。
（联系人：汪士慎　电话：0514-87650001、87650002）
中共扬河县委组织部
2020年9月14日
""".encode()


V1: Truth = {
    "starts_on": "2020-09-21",
    "ends_on": "2020-09-25",
    "issuer": "中共扬河县委组织部",
    "issued_on": "2020-09-14",
    "addressees": ["各乡镇（街道）党（工）委"],
    "contact": {"office": None, "person": "汪士慎", "phone": "0514-87650001"},
    "deadlines": [
        {"on": "2020-09-18", "text": "各乡镇（街道）于9月18日前将示范点名单报县委组织部组织一科"}
    ],
    "areas": [
        area(
            "第一组",
            "青山镇、绿水镇、白云街道",
            [_at("2020-09-21")],
            leader="郑板桥",
            members=["金农", "黄慎"],
            posts={"郑板桥": "县委组织部副部长"},
        ),
        area(
            "第二组",
            "金沙镇、银滩乡",
            [_at("2020-09-23")],
            leader="罗聘",
            members=["李方膺", "汪士慎"],
        ),
    ],
}


def v2() -> bytes:
    """Days over halves of the day in two header rows, labels without numbers."""
    rows = [
        ["组别", "检查组成员", "6月18日", "6月18日", "6月19日", "6月19日"],
        ["组别", "检查组成员", "上午", "下午", "上午", "下午"],
        ["第1组", "卢俊义（组长）、燕青", "郓城小学", "梁山小学、水泊幼儿园", "", ""],
        ["第2组", "林冲（组长）、鲁智深、徐宁", "", "", "沧州中学", "东京中学"],
    ]
    p = Paper(
        "聚义区教育系统党建工作检查通知",
        "各学校：",
        "根据工作安排，现对各校党建工作进行检查。",
        "检查时间：2024年6月18日-19日，上午9:00，下午14:00。",
        "检查内容：2023年度党建工作。",
        "联系人：燕青",
        "联系电话：400-8200",
        "附：检查日程表",
        "聚义区教育局",
        "2024年6月12日",
        "检查日程表",
    )
    return p.table(rows, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]).data()


V2: Truth = {
    "title": "聚义区教育系统党建工作检查通知",
    "starts_on": "2024-06-18",
    "ends_on": "2024-06-19",
    "issuer": "聚义区教育局",
    "period": {"from": "2023-01-01", "to": "2023-12-31"},
    "contact": {"office": None, "person": "燕青", "phone": "400-8200"},
    "areas": [
        area(
            "第1组",
            "郓城小学、梁山小学、水泊幼儿园",
            [_at("2024-06-18"), _at("2024-06-18")],
            leader="卢俊义",
            members=["燕青"],
        ),
        area(
            "第2组",
            "沧州中学、东京中学",
            [_at("2024-06-19"), _at("2024-06-19")],
            leader="林冲",
            members=["鲁智深", "徐宁"],
        ),
    ],
}


def v3() -> bytes:
    """A letter and a turned table on two sheets, days as numbers of Excel."""
    letter = (
        "关于开展支部台账集中检查的通知", "各党支部：", "经研究，定于近期对各支部台账集中检查，具体安排见下页。", "一、检查时间：2021年12月13日至12月14日",
        "二、检查要求", "1.请携带2021年度台账原件；", "2.支部书记参加。", "联系人：花荣  联系电话：15900000000", "清风集团党委", "2021年12月6日",
    )  # fmt: skip
    rows = (
        ("片区", "东厂片区", "西厂片区"), ("检查组长", "秦明", "索超"), ("成员", "花荣、黄信", "杨志"), ("受检支部", "一车间支部、二车间支部", "三车间支部"),
        ("检查日期", datetime.date(2021, 12, 13), datetime.date(2021, 12, 14)), ("检查时段", "8:30-11:00", "8:30-11:00"), ("集中地点", "东厂会议室", "西厂会议室"),
    )  # fmt: skip
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "m月d日"}) as book:
        sheet = book.add_worksheet("通知")
        sheet.write_column(0, 0, letter)
        sheet = book.add_worksheet("安排表")
        sheet.write(0, 0, "台账集中检查安排表")
        for row, cells in enumerate(rows, 1):
            sheet.write_row(row, 0, cells)
    return out.getvalue()


V3: Truth = {
    "title": "关于开展支部台账集中检查的通知",
    "starts_on": "2021-12-13",
    "ends_on": "2021-12-14",
    "issuer": "清风集团党委",
    "issued_on": "2021-12-06",
    "contact": {"office": None, "person": "花荣", "phone": "15900000000"},
    "demands": ["请携带2021年度台账原件；", "支部书记参加。"],
    "areas": [
        area(
            "东厂片区",
            "一车间支部、二车间支部",
            [_at("2021-12-13", "08:30", "11:00", "东厂会议室")],
            leader="秦明",
            members=["花荣", "黄信"],
        ),
        area(
            "西厂片区",
            "三车间支部",
            [_at("2021-12-14", "08:30", "11:00", "西厂会议室")],
            leader="索超",
            members=["杨志"],
        ),
    ],
}


def v4() -> bytes:
    """巡察 with a duration and a telephone for each group."""
    return """县委巡察工作领导小组办公室
关于开展第三轮巡察的通知
各乡镇党委、县直各部门党组（党委）：
经县委批准，县委3个巡察组自2022年3月15日起对6个单位党组织开展常规巡察，为期45天。现将有关事项通知如下：
一、巡察任务分工
县委第一巡察组巡察县教育局党委、县卫健局党委。组长：谢安，副组长：王坦之，联系电话：2201001。
县委第二巡察组巡察县民政局党组、县住建局党组。组长：桓温，副组长：郗超，联系电话：2201002。
县委第三巡察组巡察城南镇党委、城北镇党委。组长：庾亮，副组长：温峤，联系电话：2201003。
二、巡察重点
围绕“三个聚焦”开展监督。
三、有关要求
被巡察单位要在3月12日前做好准备工作。
县委巡察办
2022年3月8日
""".encode()


V4: Truth = {
    "starts_on": "2022-03-15",
    "ends_on": None,
    "duration": {"number": 45, "unit": "天", "text": "为期45天"},
    "issued_on": "2022-03-08",
    "issuer": "县委巡察办",
    "contact": {"office": None, "person": None, "phone": None},
    "deadlines": [{"on": "2022-03-12", "text": "被巡察单位要在3月12日前做好准备工作"}],
    "areas": [
        area(
            "县委第一巡察组",
            "县教育局党委、县卫健局党委",
            leader="谢安",
            deputies=["王坦之"],
            contact={"office": None, "person": None, "phone": "2201001"},
        ),
        area(
            "县委第二巡察组",
            "县民政局党组、县住建局党组",
            leader="桓温",
            deputies=["郗超"],
            contact={"office": None, "person": None, "phone": "2201002"},
        ),
        area(
            "县委第三巡察组",
            "城南镇党委、城北镇党委",
            leader="庾亮",
            deputies=["温峤"],
            contact={"office": None, "person": None, "phone": "2201003"},
        ),
    ],
}


def v5() -> bytes:
    """Areas with time and place in their bracket, labels without colons below."""
    return Paper(
        "关于组织开展学前教育机构党建联合督查的通知", "各幼儿园党支部：", "一、督查时间安排", "（一）东部片（1月8日上午9：00—11：00，地点：旭日幼儿园）",
        "1.督查单位：旭日幼儿园、朝霞幼儿园", "2.督查组：组长 周处；组员 陆机、陆云", "（二）西部片（1月9日下午2：00—4：00，地点：晚晴幼儿园）",
        "1.督查单位：晚晴幼儿园、归雁幼儿园、望月幼儿园", "2.督查组：组长 顾荣；组员 贺循", "二、其他事项", "请各园做好准备。", "江陵区学前教育中心党支部", "2025年1月2日",
    ).data()  # fmt: skip


V5: Truth = {
    "title": "关于组织开展学前教育机构党建联合督查的通知",
    "starts_on": None,
    "issued_on": "2025-01-02",
    "issuer": "江陵区学前教育中心党支部",
    "areas": [
        area(
            "东部片",
            "旭日幼儿园、朝霞幼儿园",
            [_at("2025-01-08", "09:00", "11:00", "旭日幼儿园")],
            leader="周处",
            members=["陆机", "陆云"],
        ),
        area(
            "西部片",
            "晚晴幼儿园、归雁幼儿园、望月幼儿园",
            [_at("2025-01-09", "14:00", "16:00", "晚晴幼儿园")],
            leader="顾荣",
            members=["贺循"],
        ),
    ],
}


def v6() -> bytes:
    """Numbered labels only, one team for all."""
    return """关于对各支部“三会一课”情况进行抽查的通知
各党支部：
为规范组织生活，机关党委决定对各支部开展抽查，有关事项如下：
1.抽查时间：5月20日（周一）下午3点。
2.抽查地点：行政楼506室。
3.抽查对象：办公室支部、财务处支部、科研处支部、研究生院支部。
4.抽查人员：机关党委 柳宗元、韩愈、刘禹锡
5.材料要求：携带2023年1月至2024年4月会议记录本。
附件：抽查要点
机关党委
2024年5月13日
""".encode()


_DRAWN = {
    "leader": None,
    "deputies": [],
    "members": ["柳宗元", "韩愈", "刘禹锡"],
    "units": [],
    "posts": {"柳宗元": "机关党委"},
}
V6: Truth = {
    "title": "关于对各支部“三会一课”情况进行抽查的通知",
    "starts_on": "2024-05-20",
    "ends_on": "2024-05-20",
    "issuer": "机关党委",
    "period": {"from": "2023-01-01", "to": "2024-04-30"},
    "areas": [
        {
            **area("抽查对象", "办公室支部、财务处支部、科研处支部、研究生院支部"),
            "sessions": [
                {"date": "2024-05-20", "start": "15:00", "end": None, "venue": "行政楼506室"}
            ],
            "team": _DRAWN,
        }
    ],
    "team": _DRAWN,
}


MORE_HANDS: dict[str, Layout] = {
    "v1": (v1, V1),
    "v2": (v2, V2),
    "v3": (v3, V3),
    "v4": (v4, V4),
    "v5": (v5, V5),
    "v6": (v6, V6),
}
