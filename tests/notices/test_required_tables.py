"""Requirement tables and lists are known by what they say: columns by their contents, lists by
their marks and their work.
"""

from __future__ import annotations

import pytest

from taizhang.notices import read
from taizhang.notices.model import Notice
from tests.notices.papers import Paper

Rows = list[list[str]]


def _lines(notice: Notice) -> list[tuple[str, str]]:
    return [(item.title, item.requirement) for item in notice.items]


def _table(title: str, rows: Rows) -> list[tuple[str, str]]:
    return _lines(Paper(title).table(rows).read())


def _txt(*lines: str) -> list[tuple[str, str]]:
    return _lines(read.notice("\n".join(lines).encode()))


def test_a_column_of_points_asks_for_nothing_where_another_does() -> None:
    rows = [
        ["序号", "检查项目", "检查内容", "评分标准", "分值"],
        ["1", "党员大会", "每季度召开一次党员大会", "少一次扣1分，记录不全扣0.5分", "4"],
        ["2", "党费", "按月足额收缴党费", "发现一例，扣1分", "4"],
    ]
    assert _table("检查评分表", rows) == [
        ("党员大会", "每季度召开一次党员大会"),
        ("党费", "按月足额收缴党费"),
    ]


def test_a_column_of_points_that_also_asks_is_kept() -> None:
    rows = [
        ["项目", "要素", "评分标准"],
        ["组织生活", "党员大会", "每季度召开一次，少一次扣1分"],
        ["组织生活", "支委会", "每月召开一次，少一次扣1分"],
    ]
    assert _table("评分表", rows)[0] == ("党员大会", "每季度召开一次，少一次扣1分")


def test_points_are_kept_where_nothing_else_is_said_of_an_item() -> None:
    rows = [
        ["考核指标", "考核办法", "权重"],
        ["党员大会召开情况", "每少开1次扣2分", "10"],
        ["党费收缴情况", "未按月收缴的，每次扣1分", "10"],
    ]
    assert _table("考核表", rows)[1] == ("党费收缴情况", "未按月收缴的，每次扣1分")


def test_the_first_of_two_columns_of_requirements_names_the_items() -> None:
    rows = [
        ["序号", "考核类别", "考核要点", "考核标准"],
        ["1", "组织建设", "班子分工", "支部委员分工清楚，调整后及时公开"],
        ["2", "组织建设", "按期换届", "严格执行任期制度，届满按时换届"],
    ]
    assert _table("考核细则", rows)[1] == ("按期换届", "严格执行任期制度，届满按时换届")


def test_two_columns_of_sentences_are_both_kept() -> None:
    rows = [
        ["项目", "工作要求", "工作标准"],
        ["党员大会", "每季度至少召开一次党员大会", "会议记录内容完整规范"],
        ["支委会", "每月至少召开一次支委会议", "议题明确并且集体讨论决定"],
    ]
    assert _table("标准", rows)[0][1] == "每季度至少召开一次党员大会\n会议记录内容完整规范"


def test_the_task_is_the_item_and_the_contents_are_asked_beside_a_frequency() -> None:
    rows = [
        ["项目", "任务", "工作内容", "频次"],
        ["组织生活", "支部大会", "学习文件、讨论接收党员", "每季度1次"],
        ["组织生活", "支部委员会", "研究支部重要工作", "每月1次"],
    ]
    notice = Paper("任务清单").table(rows).read()
    assert _lines(notice)[0] == ("支部大会", "学习文件、讨论接收党员")
    assert notice.items[0].frequency == "每季度1次"


UNKNOWN: list[Rows] = [
    [
        ["条目", "条例怎么说", "自查"],
        ["支部党员大会", "一般每季度召开1次", ""],
        ["支部委员会会议", "一般每月召开1次，可以随时召开", ""],
        ["党小组会", "一般每月召开1次，由组长召集", ""],
    ],
    [
        ["想一想", "是", "否"],
        ["是否每季度召开支部党员大会？", "", ""],
        ["支委会是否每个月都开？", "", ""],
        ["党小组会是否一月一开？", "", ""],
    ],
    [
        ["1", "会议", "党员大会、支委会、党小组会记录"],
        ["2", "党费", "党费核定表、收缴表、上缴凭证"],
        ["3", "党员教育", "年度学习计划、党员学习笔记"],
    ],
]


@pytest.mark.parametrize("rows", UNKNOWN)
def test_a_table_that_speaks_of_a_branchs_work_is_read_whatever_its_headers(rows: Rows) -> None:
    notice = Paper("有关情况").table(rows).read()
    titles = [item.title for item in notice.items]
    headed = rows[0][0] != "1"
    column = 0 if headed else 1
    assert titles == [row[column] for row in rows[headed:]]
    assert "by_shape" in {w.code for w in notice.warnings}


def test_a_list_in_a_frame_is_one() -> None:
    rows = [["自评项目"], ["“三会一课”落实情况"], ["党费收缴情况（每月）"], ["安全演练情况"]]
    assert _table("自评清单", rows) == [(row[0], "") for row in rows[1:]]


def test_a_column_of_numbers_is_no_requirement_whatever_it_is_called() -> None:
    rows = [
        ["类别", "验收内容", "标准"],
        ["组织生活", "每季度召开党员大会", "5"],
        ["组织生活", "每月召开支委会", "10"],
    ]
    notice = Paper("验收表").table(rows).read()
    assert [(i.title, i.requirement, i.score) for i in notice.items] == [
        ("每季度召开党员大会", "", 5.0),
        ("每月召开支委会", "", 10.0),
    ]


def test_a_roster_of_branches_is_no_list_of_requirements() -> None:
    rows = [
        ["党支部名称", "支部书记", "党员数"],
        ["第一小学党支部", "甲某", "21"],
        ["第二小学党支部", "乙某", "33"],
        ["第三小学党支部", "丙某", "12"],
    ]
    assert _table("基本情况", rows) == []


def test_a_long_table_is_not_turned_round() -> None:
    rows = [["编号", "制度", "是否上墙"]]
    rows += [[str(n), f"党支部{name}制度", "是"] for n, name in enumerate("甲乙丙丁戊己", 1)]
    titles = [title for title, _ in _table("制度类台账", rows)]
    assert titles == [f"党支部{name}制度" for name in "甲乙丙丁戊己"]


MARKS = ["☑ {}", "□ {}", "● {}", "- {}", "第{n}条　{}", "{d}、{}", "A{d} {}", "{n}是{}", "①{}"]


@pytest.mark.parametrize("mark", MARKS)
def test_whatever_marks_a_line_makes_an_item_of_it(mark: str) -> None:
    work = ["党员大会记录（每季度一次）", "支委会记录", "党课讲稿", "学生资助花名册"]
    lines = [mark.format(one, n="一二三四"[at], d=at + 1) for at, one in enumerate(work)]
    assert _txt("附件1", "迎检资料准备清单", *lines) == [(one, "") for one in work]


def test_the_lowest_marks_are_the_items_where_no_number_stands() -> None:
    found = _txt(
        "附件",
        "考评细则",
        "一、组织生活（40分）",
        "（1）党员大会每季度召开1次。（10分）",
        "（2）支委会每月召开1次。（10分）",
        "二、加分项",
        "（3）获得表彰。（10分）",
    )
    assert [title for title, _ in found] == [
        "党员大会每季度召开1次",
        "支委会每月召开1次",
        "获得表彰",
    ]
    notice = read.notice("附件\n考评细则\n一、组织生活\n（1）党员大会。（10分）".encode())
    assert (notice.items[0].score, notice.items[0].category) == (10.0, "组织生活")


def test_headings_alone_are_the_items_of_a_list_that_goes_no_deeper() -> None:
    found = _txt(
        "附件",
        "检查要点",
        "一、党员大会：每季度召开1次",
        "二、支委会：每月召开1次",
        "三、党课：每季度1次",
    )
    assert found[1] == ("支委会", "每月召开1次")


def test_a_file_that_is_only_a_list_needs_no_annex() -> None:
    found = _txt(
        "基层党支部迎检材料清单",
        "第一部分 会议类",
        "1、党员大会记录，每季不少于1次",
        "2、支委会记录",
        "第二部分 其他",
        "3、党课资料",
        "4、值班表",
    )
    assert [title for title, _ in found] == [
        "党员大会记录，每季不少于1次",
        "支委会记录",
        "党课资料",
        "值班表",
    ]


def test_the_letters_sections_are_read_where_none_says_that_it_is_the_contents() -> None:
    notice = read.notice(
        "\n".join(
            (
                "关于开展党建工作中期检查的通知",
                "各基层党组织：",
                "主要检查以下方面：",
                "一、组织生活方面",
                "1.支委会是否每月召开；",
                "2.是否坚持每月一次主题党日；",
                "二、保障方面",
                "3.党组织活动室是否使用，党课是否在此开展；",
                "4.校车管理是否到位。",
                "三、工作要求",
                "5.各党支部要把检查与主题党日结合。",
                "某区教育工委",
                "2023年8月30日",
            )
        ).encode()
    )
    assert [item.category for item in notice.items] == ["组织生活方面"] * 2 + ["保障方面"] * 2


def test_points_in_one_line_are_several() -> None:
    found = _txt(
        "关于开展检查的通知",
        "各党支部：",
        "一、检查重点",
        "一是“三会一课”执行情况。二是党费收缴情况。三是安全例会情况。",
        "二、检查时间",
        "7月上旬。",
        "2024年6月20日",
    )
    assert [title for title, _ in found] == [
        "“三会一课”执行情况",
        "党费收缴情况",
        "安全例会情况",
    ]


def test_what_stands_below_a_mark_belongs_to_it_and_decimals_are_the_items() -> None:
    found = _txt(
        "党支部工作评价标准",
        "1 组织体系",
        "1.1 支部换届",
        "任期届满按期换届，资料齐全。",
        "1.2 党员大会",
        "每季度召开1次。",
        "2 综合工作",
        "2.1 党课",
        "每季度1次。",
        "中共某某委员会",
        "2024年3月4日",
    )
    assert found == [
        ("支部换届", "任期届满按期换届，资料齐全。"),
        ("党员大会", "每季度召开1次。"),
        ("党课", "每季度1次。"),
    ]


def test_numbers_in_brackets_are_the_items_where_they_name_and_ask() -> None:
    lines = (
        "1．组织生活",
        "（1）党员大会：每季度1次",
        "（2）支委会：每月1次",
        "2．党员管理",
        "（3）党费：按月",
    )
    assert _txt("附件", "督查要点", *lines)[1] == ("支委会", "每月1次")
    lines = ("1．党员大会", "（1）会议记录完整", "（2）有签到表", "2．支委会", "（1）会议记录完整")
    assert _txt("附件", "督查要点", *lines)[0] == ("党员大会", "会议记录完整\n有签到表")


def test_lines_that_go_on_below_a_colon_are_a_list_without_marks() -> None:
    found = _txt(
        "关于开展督导的通知",
        "各基层党组织：",
        "督导内容：",
        "党员大会每季度召开情况；",
        "支委会每月召开情况；",
        "党费收缴情况；",
        "学校食堂管理情况。",
        "督导时间：2024年3月11日。",
    )
    assert [title for title, _ in found] == [
        "党员大会每季度召开情况",
        "支委会每月召开情况",
        "党费收缴情况",
        "学校食堂管理情况",
    ]


def test_two_halves_side_by_side_are_one_list() -> None:
    head = ["序号", "资料名称", "要求"]
    rows = [
        head * 2,
        ["1", "党员大会记录", "每季度1次", "3", "党费台账", "按月收缴"],
        ["2", "支委会记录", "每月1次", "4", "校务公开记录", "每学期1次"],
    ]
    assert [title for title, _ in _table("盘点表", rows)] == [
        "党员大会记录",
        "支委会记录",
        "党费台账",
        "校务公开记录",
    ]


def test_names_as_long_as_what_is_said_of_how_often_are_names() -> None:
    rows = [
        ["检查资料", "应有数量", "实有数量"],
        ["党员大会记录", "应有4次", ""],
        ["积极分子思想汇报", "应有4次", ""],
        ["支委会记录", "应有12次", ""],
        ["党小组会记录", "应有12次", ""],
    ]
    of_a_quarter = [
        ["检查资料", "应有数量"],
        ["支委会记录", "本季度应有3次"],
        ["党课资料", "本季度应有1次"],
        ["党员大会记录", "本季度应有1次"],
    ]
    for table in (rows, [*rows[:2], *rows[3:]], of_a_quarter):
        items = Paper("党支部工作检查表").table(table).read().items
        assert [f"{one.title} {one.requirement}{one.frequency or ''}" for one in items] == [
            f"{row[0]} {row[1]}" for row in table[1:]
        ]


def test_a_category_over_several_rows_is_no_name_of_theirs() -> None:
    rows = [
        ["序号", "类别", "台账要求"],
        ["1", "会议记录", "党员大会记录每季度不少于1次"],
        ["2", "会议记录", "支委会记录每月不少于1次"],
        ["3", "党费", "党费收缴登记"],
    ]
    items = Paper("应备台账").table(rows).read().items
    assert [(i.category, i.title) for i in items] == [(row[1], row[2]) for row in rows[1:]]
    alone = [rows[0], ["1", "党费", "按月收缴登记"], ["2", "党课", "讲稿和签到表"]]
    assert _table("应备台账", alone) == [("党费", "按月收缴登记"), ("党课", "讲稿和签到表")]


def test_a_heading_repeated_throughout_is_no_name_whatever_its_header() -> None:
    told = [
        "党小组划分合理",
        "支委分工明确",
        "按期换届",
        "每月召开支委会",
        "每季度召开党员大会",
        "有党员活动室",
    ]
    above = ["支部设置标准化（50分）"] * 3 + ["组织生活正常化（50分）"] * 3
    rows = [
        ["评估内容", "评估标准", "自评"],
        *([c, t, ""] for c, t in zip(above, told, strict=True)),
    ]
    items = Paper("党支部评估表").table(rows).read().items
    assert [(i.category, i.title) for i in items] == list(zip(above, told, strict=True))


def test_what_stands_in_every_row_before_what_is_asked_is_its_name_whatever_its_header() -> None:
    rows = [
        ["类别", "查哪一项", "检查标准", "结果"],
        ["会议", "党员大会", "每季度1次", ""],
        ["会议", "支委会", "每月1次", ""],
        ["资料", "党费", "收据齐全", ""],
    ]
    items = Paper("党支部检查表").table(rows).read().items
    assert [(i.category, i.title, i.requirement) for i in items] == [tuple(r[:3]) for r in rows[1:]]


def test_a_list_is_called_by_its_first_line() -> None:
    lines = [
        "基层党支部台账资料清单",
        "一、会议类",
        "1．党员大会记录",
        "2．支委会记录",
        "3．党课讲稿",
    ]
    notice = read.notice("\n".join(lines).encode())
    assert notice.title == lines[0]
    assert "no_title" not in {one.code for one in notice.warnings}


def test_what_stands_over_several_rows_is_above_them_whatever_its_header() -> None:
    rows = [
        ["维度", "指标名称", "目标值", "权重"],
        ["组织力", "党员大会召开次数", "≥4次/年", "5"],
        ["组织力", "支委会召开次数", "≥1次/月", "5"],
        ["服务力", "志愿服务次数", "≥2次/年", "5"],
    ]
    items = Paper("考核指标").table(rows).read().items
    found = [(i.category or i.subcategory, i.requirement or i.frequency) for i in items]
    assert found == [(row[0], row[2]) for row in rows[1:]]


def test_a_column_that_mostly_says_how_often_is_asked_beside_the_longer_names() -> None:
    rows = [
        ["维度", "指标名称", "目标值"],
        ["组织力", "支部党员大会召开次数", "≥4次/年"],
        ["组织力", "支部委员会会议召开次数", "≥1次/月"],
        ["组织力", "党员活动日开展次数", "12次/年"],
        ["组织力", "支部按期换届完成比率", "100%"],
    ]
    items = Paper("党支部考核指标").table(rows).read().items
    assert [item.requirement for item in items] == [row[2] for row in rows[1:]]


def test_a_row_across_two_columns_heads_those_below_it() -> None:
    rows = [
        ["检查内容", "检查要求"],
        ["一、制度建设", ""],
        ["党费收缴管理办法", "结合本校实际修订"],
        ["二、日常台账", ""],
        ["支委会记录", "每月至少一次"],
    ]
    table = Paper("检查清单").table(rows, [(1, 0, 1, 1), (3, 0, 3, 1)])
    items = table.read().items
    assert [(i.category, i.title) for i in items] == [
        ("一、制度建设", "党费收缴管理办法"),
        ("二、日常台账", "支委会记录"),
    ]


def test_points_behind_a_name_are_its_score() -> None:
    rows = [
        ["一级指标", "二级指标", "考核标准"],
        ["组织建设40分", "三会一课16分", "支委会按月召开，缺1次扣1分"],
        ["组织建设40分", "主题党日（8分）", "每月至少1次，缺1次扣1分"],
        ["减分项", "受到通报扣5分", "以文件为准"],
    ]
    items = Paper("考核标准").table(rows).read().items
    assert [item.score for item in items] == [16.0, 8.0, None]


CARDS = [
    [["检查项目", "党员大会"], ["检查标准", "每季度召开1次"], ["分值", "5"]],
    [["检查项目", "支委会"], ["检查标准", "每月召开1次"], ["分值", "10"]],
]


@pytest.mark.parametrize("apart", [True, False])
def test_a_card_for_each_item_is_a_row(apart: bool) -> None:
    paper = Paper("关于检查的通知", "各党支部：", "附件", "检查标准")
    for rows in CARDS if apart else [[*CARDS[0], *CARDS[1]]]:
        paper.table(rows).write("")
    items = paper.read().items
    assert [(i.title, i.requirement, i.score) for i in items] == [
        ("党员大会", "每季度召开1次", 5.0),
        ("支委会", "每月召开1次", 10.0),
    ]
    uneven = [*CARDS[0], *CARDS[1][:2]]
    notice = Paper("关于检查的通知", "附件", "检查标准").table(uneven).read()
    assert (notice.items, "unknown_table" in {w.code for w in notice.warnings}) == ([], True)


def test_parts_of_a_list_are_no_sections_of_a_letter() -> None:
    text = """某街道党支部评定标准
（2020年7月1日起试行）
一、组织生活（40分）
1．党员大会每季度不少于1次，每少1次扣2分。（8分）
2．支委会每月不少于1次。（8分）
3．党课每季度不少于1次。（8分）
二、工作保障（10分）
4．党建经费有预算。（5分）
5．党员活动室使用登记及时。（5分）
"""
    items = read.notice(text.encode()).items
    assert [(i.category, i.score) for i in items] == [
        *[("组织生活（40分）", 8.0)] * 3,
        *[("工作保障（10分）", 5.0)] * 2,
    ]


def test_a_bracket_says_what_a_header_means() -> None:
    head = ["编号", "资料名称", "数量（要求）", "形式"]
    rows = [
        ["01", "支部党员大会会议记录", "一年四次", "记录"],
        ["02", "支部委员会会议记录", "一年十二次", "记录"],
        ["03", "党费收缴使用管理制度", "完整", "文本"],
        ["04", "党员组织关系接转资料", "即到即办", "回执"],
        ["05", "党员发展工作流程图", "上墙", "展板"],
    ]
    lines = [(row[1], row[2]) for row in rows]
    assert _table("党支部资料归档目录", [head, *rows]) == lines
