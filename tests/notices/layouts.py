"""Notices in a dozen layouts, written for the tests with invented people, each with what a reader
takes from it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.notices.papers import Paper

Truth = dict[str, Any]
Layout = tuple[Callable[[], bytes], Truth]


def area(name: str, inspected: str, sessions: Any = (), **more: Any) -> Truth:
    """A group; units with commas between, sessions as (day, start, end, venue)."""
    keys = ("date", "start", "end", "venue")
    found: Truth = {
        "name": name,
        "organisations": [_unit(one) for one in inspected.split("、") if one],
        "sessions": [dict(zip(keys, one, strict=True)) for one in sessions],
    }
    team = {k: more[k] for k in ("leader", "deputies", "members", "units", "posts") if k in more}
    empty: Truth = {"leader": None, "deputies": [], "members": [], "units": [], "posts": {}}
    found["team"] = empty | team if team else None
    found["contact"] = more.get("contact")
    return found


def _unit(text: str) -> Truth:
    name, _, inside = text.partition("+")
    return {"name": name, "includes": inside.split("/") if inside else [], "note": None}


def sentences() -> bytes:
    """Groups in whole sentences, the leader's office in front of his name, a deadline
    and a period.
    """
    return """溪东教党〔2021〕9号
关于开展春季党建工作督查的通知
各直属党支部：
为掌握各支部工作情况，决定开展督查。现将有关事项通知如下：
一、督查时间
2021年4月12日至4月14日。
二、督查分组
第一组由区委教育工委副书记梁守一任组长，成员由杜若、韦青、石磊组成，负责督查溪东一小、溪东二小（含河湾教学点）、蓓蕾幼儿园。
第二组由组织科科长秦朗任组长，白帆任副组长，成员为顾远、叶青青，负责督查溪东中学、职教中心。
三、督查内容
2020年1月以来支部组织生活开展情况。
四、有关要求
1.请各支部于4月9日前将自查报告报送组织科。
2.各支部书记在岗在位。
联系人：叶青青，联系电话：0511-5550101。
中共溪东区委教育工作委员会
2021年3月30日
""".encode()


SENTENCES: Truth = {
    "title": "关于开展春季党建工作督查的通知", "number": "溪东教党〔2021〕9号", "addressees": ["各直属党支部"],
    "issuer": "中共溪东区委教育工作委员会", "issued_on": "2021-03-30", "starts_on": "2021-04-12", "ends_on": "2021-04-14",
    "period": {"from": "2020-01-01", "to": None},
    "contact": {"office": None, "person": "叶青青", "phone": "0511-5550101"},
    "deadlines": [{"on": "2021-04-09", "text": "请各支部于4月9日前将自查报告报送组织科"}],
    "areas": [
        area("第一组", "溪东一小、溪东二小+河湾教学点、蓓蕾幼儿园", leader="梁守一", members=["杜若", "韦青", "石磊"], posts={"梁守一": "区委教育工委副书记"}),
        area("第二组", "溪东中学、职教中心", leader="秦朗", deputies=["白帆"], members=["顾远", "叶青青"], posts={"秦朗": "组织科科长"}),
    ],
}  # fmt: skip


def _numbered(document: Any, text: str, level: int) -> None:
    paragraph = document.add_paragraph(text)._p
    paragraph.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="71"/></w:numPr>'
        )
    )


def outline() -> bytes:
    """Word counts the headings itself; groups are items with lines of their own; a struck name and
    a hidden one.
    """
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt '
        f'w:val="chineseCounting"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, text in enumerate(("%1、", "（%2）"))
    )
    root = document.part.numbering_part.element
    root.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="70">{levels}</w:abstractNum>')
    )
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="71"><w:abstractNumId w:val="70"/></w:num>')
    )
    for line in ("关于组织党建工作考核的通知", "机关各党支部：", "年终考核安排如下。"):
        document.add_paragraph(line)
    _numbered(document, "考核时间", 0)
    document.add_paragraph("2022年12月5日—9日")
    _numbered(document, "考核组安排", 0)
    _numbered(document, "第一考核组", 1)
    leader = document.add_paragraph("组长：贺兰山（区委宣传部副部长）")
    gone = leader.add_run("、江流")
    gone.font.strike = True
    members = document.add_paragraph("成员：方圆圆、童心")
    hidden = members.add_run("、暗影")
    hidden.font.hidden = True
    for line in ("联络员：童心，电话：13800000001", "考核对象：文旅支部、体育支部、广电支部"):
        document.add_paragraph(line)
    _numbered(document, "第二考核组", 1)
    for line in (
        "组长：司马文（区纪委常委）",
        "成员：尤里、章程",
        "联络员：章程，电话：13800000002",
        "考核对象：卫健支部、医保支部",
    ):
        document.add_paragraph(line)
    _numbered(document, "工作要求", 0)
    document.add_paragraph("各支部提前备好台账。")
    document.add_paragraph("南屏区直机关工委")
    document.add_paragraph("2022年11月21日")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


OUTLINE: Truth = {
    "title": "关于组织党建工作考核的通知", "issued_on": "2022-11-21", "starts_on": "2022-12-05", "ends_on": "2022-12-09",
    "issuer": "南屏区直机关工委", "demands": ["各支部提前备好台账。"],
    "contact": {"office": None, "person": None, "phone": None},
    "areas": [
        area("第一考核组", "文旅支部、体育支部、广电支部", leader="贺兰山", members=["方圆圆", "童心"], posts={"贺兰山": "区委宣传部副部长"},
             contact={"office": None, "person": "童心", "phone": "13800000001"}),
        area("第二考核组", "卫健支部、医保支部", leader="司马文", members=["尤里", "章程"], posts={"司马文": "区纪委常委"},
             contact={"office": None, "person": "章程", "phone": "13800000002"}),
    ],
}  # fmt: skip


def continued() -> bytes:
    """Two header rows, a table that goes on after 续表 without its header, requirements
    with scores.
    """
    head = [
        ["序号", "片区", "受检学校", "检查安排", "", "检查组", ""],
        ["", "", "", "时间", "地点", "组长", "成员"],
    ]
    one = [["1", "北片", "石桥小学", "9月14日上午9:00", "石桥小学", "祝融", "管乐、鲁班"], ["2", "北片", "石桥幼儿园", "9月14日上午9:00", "石桥小学", "祝融", "管乐、鲁班"]]  # fmt: skip
    two = [["3", "南片", "柳林小学", "9月15日下午2:30", "柳林小学", "柯岩", "季风"]]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 0, 6)]
    paper = Paper(
        "关于开展党建检查的通知", "各学校党支部：", "一、检查时间", "9月14日至15日", "二、检查方式", "1.听取汇报；", "2.查阅资料。",
        "附件：1.检查安排表", "2.检查标准", "柏林县教体局党组", "2023年9月4日", "附件1",
    )  # fmt: skip
    paper.table(head + one, merges).write("（续表）").table(two).write("附件2", "检查标准")
    paper.table([["项目", "检查内容", "检查标准", "分值"], ["组织生活", "党员大会", "每季度一次", "10"], ["", "支委会", "每月一次", "15"]])  # fmt: skip
    return paper.data()


CONTINUED: Truth = {
    "title": "关于开展党建检查的通知", "starts_on": "2023-09-14", "ends_on": "2023-09-15", "issued_on": "2023-09-04",
    "methods": ["听取汇报；", "查阅资料。"], "attachments": [{"no": 1, "title": "检查安排表"}, {"no": 2, "title": "检查标准"}],
    "areas": [
        area("北片", "石桥小学、石桥幼儿园", [("2023-09-14", "09:00", None, "石桥小学")], leader="祝融", members=["管乐", "鲁班"]),
        area("南片", "柳林小学", [("2023-09-15", "14:30", None, "柳林小学")], leader="柯岩", members=["季风"]),
    ],
    "items": [
        {"no": 1, "category": "组织生活", "subcategory": None, "title": "党员大会", "requirement": "每季度一次", "score": 10.0},
        {"no": 2, "category": "组织生活", "subcategory": None, "title": "支委会", "requirement": "每月一次", "score": 15.0},
    ],
}  # fmt: skip


def side_by_side() -> bytes:
    """Two columns of groups under the same headers."""
    rows = [
        ["组别", "组长", "组员", "被督查支部", "组别", "组长", "组员", "被督查支部"],
        ["第一组", "温如玉", "牛犇、何  田", "财务支部、人事支部", "第二组", "盛夏", "冷月", "后勤支部、离退休支部"],
        ["第三组", "单丹", "仇英", "图书馆支部", "", "", "", ""],
    ]  # fmt: skip
    return Paper(
        "关于校内支部互查的通知", "各支部：", "定于2024年3月18日下午2:30在综合楼三楼会议室集中督查。",
        "清河学院党委组织部", "2024年3月11日", "附件",
    ).table(rows).data()  # fmt: skip


_CLEAR = [("2024-03-18", "14:30", None, "综合楼三楼会议室")]
SIDE_BY_SIDE: Truth = {
    "title": "关于校内支部互查的通知", "starts_on": "2024-03-18", "ends_on": "2024-03-18",
    "areas": [
        area("第一组", "财务支部、人事支部", _CLEAR, leader="温如玉", members=["牛犇", "何田"]),
        area("第三组", "图书馆支部", _CLEAR, leader="单丹", members=["仇英"]),
        area("第二组", "后勤支部、离退休支部", _CLEAR, leader="盛夏", members=["冷月"]),
    ],
}  # fmt: skip


def workbook() -> bytes:
    """A workbook: title, a row for each unit, merged team, a column of telephones, a note below, a
    hidden sheet.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("安排")
        sheet.merge_range(0, 0, 0, 6, "2020年党建督导安排表")
        sheet.write_row(
            1, 0, ["督导组", "组长", "成员", "受督导学校", "日期", "时间", "联络员及电话"]
        )
        for top, rest in (
            (2, ("督导一组", "龚自强", "蒲公英、艾草")),
            (4, ("督导二组", "简单", "冉冉")),
        ):
            for column, text in enumerate(rest):
                sheet.merge_range(top, column, top + 1, column, text)
        rows = (("枫林小学", "2020年6月2日", "9:00-10:30"), ("枫林中学", "2020年6月2日", "14:00-15:30"), ("桂园小学", "2020年6月3日", "9:00-10:30"), ("桂园幼儿园", "2020年6月3日", "14:00-15:30"))  # fmt: skip
        for row, cells in enumerate(rows, 2):
            sheet.write_row(row, 3, cells)
        sheet.merge_range(2, 6, 3, 6, "艾草 13900000003")
        sheet.merge_range(4, 6, 5, 6, "冉冉 13900000004")
        sheet.write(7, 0, "注：请各校提前10分钟签到。")
        book.add_worksheet("旧稿").hide()
    return out.getvalue()


WORKBOOK: Truth = {
    "title": "2020年党建督导安排表",
    "areas": [
        area("督导一组", "枫林小学、枫林中学", [("2020-06-02", "09:00", "10:30", None), ("2020-06-02", "14:00", "15:30", None)],
             leader="龚自强", members=["蒲公英", "艾草"], contact={"office": None, "person": "艾草", "phone": "13900000003"}),
        area("督导二组", "桂园小学、桂园幼儿园", [("2020-06-03", "09:00", "10:30", None), ("2020-06-03", "14:00", "15:30", None)],
             leader="简单", members=["冉冉"], contact={"office": None, "person": "冉冉", "phone": "13900000004"}),
    ],
}  # fmt: skip


def calendar() -> bytes:
    """Days downwards, halves of the day across, and one team for all in the letter."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("日程")
        lines = ("关于开展支部工作调研的通知", "各支部：", "一、调研时间：2019年11月5日至6日", "二、调研组", "组长：关山月　成员：时雨、连城", "三、日程安排（见下表）")  # fmt: skip
        for row, line in enumerate(lines):
            sheet.merge_range(row, 0, row, 2, line)
        table = (("日期", "上午（9:00开始）", "下午（14:30开始）"), ("11月5日", "第一支部、第二支部", "第三支部"), ("11月6日", "第四支部", ""))  # fmt: skip
        for row, cells in enumerate(table, 6):
            sheet.write_row(row, 0, cells)
        sheet.write(10, 0, "望湖街道党工委")
        sheet.write(11, 0, "2019年10月28日")
    return out.getvalue()


_RESEARCH = {"leader": "关山月", "members": ["时雨", "连城"]}
CALENDAR: Truth = {
    "title": "关于开展支部工作调研的通知", "starts_on": "2019-11-05", "ends_on": "2019-11-06", "issued_on": "2019-10-28",
    "areas": [
        area("11月5日上午(9:00开始)", "第一支部、第二支部", [("2019-11-05", "09:00", None, None)], **_RESEARCH),
        area("11月5日下午(14:30开始)", "第三支部", [("2019-11-05", "14:30", None, None)], **_RESEARCH),
        area("11月6日上午(9:00开始)", "第四支部", [("2019-11-06", "09:00", None, None)], **_RESEARCH),
    ],
}  # fmt: skip


def pairs() -> bytes:
    """Schools that inspect each other, and how long it takes."""
    return """关于开展结对互查的通知
各校党支部：
自2023年5月8日起开展互查，为期21天。
一、互查安排
1.松江小学查梅岭小学；
2.梅岭小学查竹园小学；
3.竹园小学查松江小学。
二、互查要求
1.互查结果于6月2日前报局党办。
江南区教育局党委
2023年4月25日
""".encode()


PAIRS: Truth = {
    "title": "关于开展结对互查的通知", "starts_on": "2023-05-08", "ends_on": None,
    "duration": {"number": 21, "unit": "天", "text": "为期21天"},
    "deadlines": [{"on": "2023-06-02", "text": "互查结果于6月2日前报局党办"}],
    "areas": [
        area("松江小学查梅岭小学", "梅岭小学", units=["松江小学"]),
        area("梅岭小学查竹园小学", "竹园小学", units=["梅岭小学"]),
        area("竹园小学查松江小学", "松江小学", units=["竹园小学"]),
    ],
}  # fmt: skip


def pairs_in_a_table() -> bytes:
    """A table of those who inspect and those who are inspected."""
    rows = [["序号", "检查单位", "被检查单位", "时间"], ["1", "云台中心校", "连岛小学、海州小学", "10月11日上午9:00"], ["2", "海州小学", "云台中心校", "10月12日上午9:00"]]  # fmt: skip
    return Paper(
        "关于交叉检查的通知", "各小学党支部：", "一、检查时间", "2022年10月11日至12日", "赣榆片区党建指导站", "2022年9月30日", "附件",
    ).table(rows).data()  # fmt: skip


PAIRS_IN_A_TABLE: Truth = {
    "title": "关于交叉检查的通知", "starts_on": "2022-10-11", "ends_on": "2022-10-12", "issuer": "赣榆片区党建指导站",
    "areas": [
        area("云台中心校", "连岛小学、海州小学", [("2022-10-11", "09:00", None, None)], units=["云台中心校"]),
        area("海州小学", "云台中心校", [("2022-10-12", "09:00", None, None)], units=["海州小学"]),
    ],
}  # fmt: skip


def one_line() -> bytes:
    """Areas with their seats in one line, the units of each in another, one hour for everybody
    under its own heading.
    """
    return """关于做好党建抽查工作的通知
各园（校）党支部：
一、抽查时间
2021年10月20日
上午8:30开始
二、抽查分组
城中片组长：邢天 副组长：俞伯牙 成员：毕升、骆宾；
抽查单位：城中幼儿园、文昌小学。
开发区片组长：邬桐 副组长：戚风 成员：单雄、计然；
抽查单位：开发区实验小学、创新幼儿园（含东园）。
三、纪律要求
不得事先透露抽查内容。
丰城市教育局机关党委
2021年10月15日
""".encode()


_ALL = [("2021-10-20", "08:30", None, None)]
ONE_LINE: Truth = {
    "title": "关于做好党建抽查工作的通知", "starts_on": "2021-10-20", "ends_on": "2021-10-20",
    "demands": ["不得事先透露抽查内容。"],
    "areas": [
        area("城中片", "城中幼儿园、文昌小学", _ALL, leader="邢天", deputies=["俞伯牙"], members=["毕升", "骆宾"]),
        area("开发区片", "开发区实验小学、创新幼儿园+东园", _ALL, leader="邬桐", deputies=["戚风"], members=["单雄", "计然"]),
    ],
}  # fmt: skip


def stages() -> bytes:
    """Stages instead of sessions, groups that 巡察 units, leaders with posts behind their names."""
    return Paper(
        "关于开展巡察整改专项督导的通知", "各党总支：", "一、方法步骤", "（一）自查自纠阶段（2024年7月1日至7月10日）。各总支对照清单自查。",
        "（二）集中督导阶段（2024年7月15日至7月26日）。督导组实地查看。", "（三）总结提高阶段（7月29日至8月2日）。",
        "二、人员分工", "第一组：组长：隋唐 区教育局副局长　成员：殷商 组织科科长、申时行", "第一组巡察一中、三中、五中。",
        "第二组：组长：全福 区教育局四级调研员　成员：桑榆、巫山", "第二组巡察二中、四中。",
        "三、工作要求", "1.严肃纪律；2.注重实效。", "白马区教育局党委", "2024年6月24日",
    ).data()  # fmt: skip


STAGES: Truth = {
    "title": "关于开展巡察整改专项督导的通知", "starts_on": "2024-07-15", "ends_on": "2024-07-26",
    "stages": [
        {"name": "自查自纠阶段", "starts_on": "2024-07-01", "ends_on": "2024-07-10"},
        {"name": "集中督导阶段", "starts_on": "2024-07-15", "ends_on": "2024-07-26"},
        {"name": "总结提高阶段", "starts_on": "2024-07-29", "ends_on": "2024-08-02"},
    ],
    "areas": [
        area("第一组", "一中、三中、五中", leader="隋唐", members=["殷商", "申时行"], posts={"隋唐": "区教育局副局长", "殷商": "组织科科长"}),
        area("第二组", "二中、四中", leader="全福", members=["桑榆", "巫山"], posts={"全福": "区教育局四级调研员"}),
    ],
}  # fmt: skip


def lists_of_persons() -> bytes:
    """One table names who is in which group, person by person; another which units the
    group sees.
    """
    people = [["组别", "姓名", "职务", "组内职务"], ["一组", "边城", "党办主任", "组长"], ["一组", "米芾", "党办干事", "组员"], ["二组", "辛夷", "工会主席", "组长"], ["二组", "苗木", "人事科员", "组员"]]  # fmt: skip
    units = [["组别", "督查单位", "督查时间", "集合地点"], ["一组", "化工支部、建材支部", "4月8日14:00", "办公楼前"], ["二组", "物流支部", "4月9日14:00", "办公楼前"]]  # fmt: skip
    return Paper(
        "关于开展党建季度督查的通知", "公司各党支部：", "现将督查安排通知如下。", "附件：1.人员分组表", "2.督查安排表", "东岭集团党委", "2025年4月1日", "附件1",
    ).table(people).write("附件2").table(units).data()  # fmt: skip


LISTS_OF_PERSONS: Truth = {
    "title": "关于开展党建季度督查的通知", "issued_on": "2025-04-01", "starts_on": None,
    "areas": [
        area("一组", "化工支部、建材支部", [("2025-04-08", "14:00", None, "办公楼前")], leader="边城", members=["米芾"], posts={"边城": "党办主任", "米芾": "党办干事"}),
        area("二组", "物流支部", [("2025-04-09", "14:00", None, "办公楼前")], leader="辛夷", members=["苗木"], posts={"辛夷": "工会主席", "苗木": "人事科员"}),
    ],
}  # fmt: skip


def blanks() -> bytes:
    """Names with blanks between them, then the area that they see."""
    return """关于开展安全与党建联合检查的通知
各单位：
一、检查时间
2020年5月18日—5月22日
二、人员分组
第一组：郑重   房玄龄   解语      城东片区
第二组：项羽   虞姬      城西片区
联系人：解语，电话：5550199
河源县教育局
2020年5月11日
""".encode()


BLANKS: Truth = {
    "title": "关于开展安全与党建联合检查的通知", "starts_on": "2020-05-18", "ends_on": "2020-05-22",
    "contact": {"office": None, "person": "解语", "phone": "5550199"},
    "areas": [
        area("第一组", "城东片区", members=["郑重", "房玄龄", "解语"]),
        area("第二组", "城西片区", members=["项羽", "虞姬"]),
    ],
}  # fmt: skip

LAYOUTS: dict[str, Layout] = {
    "sentences": (sentences, SENTENCES), "outline": (outline, OUTLINE), "continued": (continued, CONTINUED), "side by side": (side_by_side, SIDE_BY_SIDE),
    "workbook": (workbook, WORKBOOK), "calendar": (calendar, CALENDAR), "pairs": (pairs, PAIRS), "pairs in a table": (pairs_in_a_table, PAIRS_IN_A_TABLE),
    "one line": (one_line, ONE_LINE), "stages": (stages, STAGES), "lists of persons": (lists_of_persons, LISTS_OF_PERSONS), "blanks": (blanks, BLANKS),
}  # fmt: skip
