"""Notices are never alike: what is written is read, what is not written stays null."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
import xlsxwriter

from taizhang.kernel.errors import BadInput
from taizhang.notices import read
from taizhang.notices.model import Inspected, Session
from tests.notices.papers import HEAD, SAMPLE, TAIL, Paper, codes, letter


def sample() -> bytes:
    return SAMPLE.read_bytes()


def test_the_sample_is_read_whole() -> None:
    found = read.notice(sample())
    assert (len(found.areas), [len(a.organisations) for a in found.areas]) == (4, [10, 10, 10, 10])
    assert [u for a in found.areas for u in a.organisations if u.includes] == [
        Inspected(name="局小", includes=["中山"]), Inspected(name="博爱", includes=["怡康"]), Inspected(name="二实小", includes=["翠竹"]),
    ]  # fmt: skip
    assert (
        {a.team.model_dump_json() for a in found.areas if a.team}
        == {found.areas[0].team.model_dump_json()}
        if found.areas[0].team
        else False
    )
    assert found.areas[3].sessions == [
        Session(date="2018-10-26", start="14:00", end="16:30", venue="翠竹小学")
    ]
    assert len(found.items) == 36
    assert sum(item.requirement == "" for item in found.items) == 11
    assert (found.items[35].title[:8], found.items[35].requirement) == (
        "党建工作经费列支",
        "党建工作经费使用情况",
    )
    assert found.focus == [
        "党内政治生活",
        "组织生活",
        "两学一做",
        "三大一实干",
        "解放思想大讨论",
        "基层学校作风建设",
    ]


def test_the_same_in_gb18030() -> None:
    text = sample().decode()
    assert read.notice(text.encode("gb18030")) == read.notice(text.encode())


def test_the_sample_as_a_word_file_with_merged_cells() -> None:
    found = read.notice(sample())
    paper = Paper(
        *(line for line in sample().decode().split("附件1\n")[0].splitlines() if line.strip())
    )
    rows = [["片区", "被督查党组织", "督查时间地点", "督查组"]]
    for area in found.areas:
        one = area.sessions[0]
        units = "、".join(
            u.name + (f"（含{u.includes[0]}）" if u.includes else "") for u in area.organisations
        )
        rows.append(
            [
                area.name,
                units,
                f"{one.date[5:7]}月{one.date[8:]}日\n{one.start}-{one.end}\n地点：{one.venue}"
                if one.date
                else "",
                "",
            ]
        )
    rows[1][3] = "组长：方静远\n组员：何  群、谢燕舟\n彭建川 王  舟\n蔡一帆"
    items = [
        ["大类", "小类", "内容", "台账要求"],
        *([i.category or "", i.subcategory or "", i.title, i.requirement] for i in found.items),
    ]
    merges = _same(items, 0) + _same(items, 1)
    for top, left, bottom, _ in merges:
        for row in range(top + 1, bottom + 1):
            items[row][left] = ""
    again = (
        paper.write("附件1").table(rows, [(1, 3, 4, 3)]).write("附件2").table(items, merges).read()
    )
    assert again.areas == found.areas
    assert again.items == found.items


def _same(rows: list[list[str]], column: int) -> list[tuple[int, int, int, int]]:
    found, start = [], 1
    for at in range(2, len(rows) + 1):
        if at == len(rows) or rows[at][column] != rows[start][column]:
            if at - 1 > start:
                found.append((start, column, at - 1, column))
            start = at
    return found


def test_a_transposed_table() -> None:
    rows = [
        ["片区", "东片", "西片"],
        ["受检单位", "甲小、乙小", "丙小"],
        ["检查时间", "5月6日上午9:00-11:00", "5月7日下午2:00-4:00"],
        ["检查地点", "甲小", "丙小"],
    ]
    found = letter().table(rows).read()
    assert [(a.name, [u.name for u in a.organisations]) for a in found.areas] == [
        ("东片", ["甲小", "乙小"]),
        ("西片", ["丙小"]),
    ]
    assert found.areas[1].sessions == [
        Session(date="2019-05-07", start="14:00", end="16:00", venue="丙小")
    ]


def test_two_header_rows_and_one_row_for_each_unit() -> None:
    rows = [
        ["序号", "片区", "学校", "督查安排", "督查安排", "督查组", "督查组"],
        ["序号", "片区", "学校", "日期", "地点", "组长", "组员"],
        ["1", "东片", "甲小", "5月6日", "甲小", "张三一", "李四一、王五一"], ["2", "东片", "乙小", "5月6日", "甲小", "张三一", "李四一、王五一"],
        ["序号", "片区", "学校", "日期", "地点", "组长", "组员"],
        ["3", "西片", "丙小", "5月7日", "丙小", "赵六一", "钱七一"],
    ]  # fmt: skip
    found = letter().table(rows, [(0, 3, 0, 4), (0, 5, 0, 6)]).read()
    assert [(a.name, len(a.organisations), a.sessions[0].venue) for a in found.areas] == [
        ("东片", 2, "甲小"),
        ("西片", 1, "丙小"),
    ]
    assert found.areas[1].team is not None
    assert (found.areas[1].team.leader, found.areas[1].team.members) == ("赵六一", ["钱七一"])


def test_groups_in_sentences() -> None:
    found = Paper(
        *HEAD, "二、分组安排", "第一组：甲小、乙小（含丁幼）、丙小；时间：5月6日上午9:00-11:00；地点：甲小；组长：张三一；组员：李四一、王五一。",
        "第二组：戊小、己小；时间：5月7日上午9:00；地点：戊小；组长：赵六一。", *TAIL,
    ).read()  # fmt: skip
    assert [(a.name, [u.name for u in a.organisations]) for a in found.areas] == [
        ("第一组", ["甲小", "乙小", "丙小"]),
        ("第二组", ["戊小", "己小"]),
    ]
    assert found.areas[0].organisations[1].includes == ["丁幼"]
    assert found.areas[0].sessions == [
        Session(date="2019-05-06", start="09:00", end="11:00", venue="甲小")
    ]
    assert found.areas[0].team is not None
    assert found.areas[0].team.members == ["李四一", "王五一"]
    assert found.areas[1].sessions[0].end is None


def test_groups_as_outline_items() -> None:
    found = Paper(
        *HEAD,
        "二、分组",
        "（一）东片区",
        "单位：甲小、乙小",
        "时间：5月6日下午2:30-4:30",
        "地点：甲小",
        "组长：张三一",
        "（二）西片区",
        "单位：丙小",
        "时间：5月7日",
        *TAIL,
    ).read()
    assert [(a.name, len(a.organisations)) for a in found.areas] == [("东片区", 2), ("西片区", 1)]
    assert found.areas[0].sessions == [
        Session(date="2019-05-06", start="14:30", end="16:30", venue="甲小")
    ]
    assert found.areas[1].sessions == [Session(date="2019-05-07")]
    assert found.areas[1].team is None


def test_no_areas_and_none_is_invented() -> None:
    found = Paper(
        *HEAD, "二、工作要求", "1.各党小组认真准备。", "2.成立领导小组，组长：张三一。", *TAIL
    ).read()
    assert found.areas == []
    assert found.items == []


def test_no_leader_and_a_missing_venue() -> None:
    found = (
        letter()
        .table(
            [
                ["片区", "单位", "时间", "地点", "成员"],
                ["东片", "甲小", "5月6日上午9:00-11:00", "", "李四一、王五一"],
            ]
        )
        .read()
    )
    assert found.areas[0].team is not None
    assert found.areas[0].team.leader is None
    assert found.areas[0].sessions[0].venue is None
    assert {"no_leader", "session_incomplete"} <= codes(found)


def test_one_session_for_all_from_the_letter() -> None:
    paper = Paper(
        "关于督查的通知",
        "各学校：",
        "一、时间地点",
        "督查时间：2019年5月6日上午9:00-11:30",
        "督查地点：局会议室",
        *TAIL,
        "附件1",
    )
    found = paper.table([["组别", "学校"], ["第一组", "甲小、乙小"], ["第二组", "丙小"]]).read()
    assert [a.sessions for a in found.areas] == [
        [Session(date="2019-05-06", start="09:00", end="11:30", venue="局会议室")]
    ] * 2


def test_deadlines_are_no_sessions() -> None:
    found = letter().table([["片区", "学校", "截止时间"], ["东片", "甲小", "5月10日前"]]).read()
    assert found.areas[0].sessions == []
    assert "deadline" in codes(found)


def test_a_wrong_weekday_a_day_that_is_not_and_a_unit_twice() -> None:
    rows = [
        ["片区", "学校", "时间"],
        ["东片", "甲小、乙小", "5月6日（周二）上午9:00"],
        ["西片", "甲小", "2月30日上午9:00"],
    ]
    found = letter().table(rows).read()
    assert {"weekday_mismatch", "impossible_date", "unit_twice"} <= codes(found)
    assert found.areas[1].sessions[0].date is None


def test_requirements_of_five_levels_with_scores_stars_and_a_wrong_sum() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "考核标准", "分值"], ["组织建设", "班子", "★支委会", "每月一次", "5分"], ["", "", "党员大会", "每季度一次", "3"],
        ["", "阵地", "活动室", "每季度一次", "3"], ["制度", "", "制度汇编", "", "4"], ["合计", "", "", "", "20"],
    ]  # fmt: skip
    found = letter().table(rows, [(1, 0, 3, 0), (1, 1, 2, 1), (2, 3, 3, 3)]).read()
    assert [(i.category, i.subcategory, i.title, i.requirement, i.score) for i in found.items] == [
        ("组织建设", "班子", "★支委会", "每月一次", 5.0), ("组织建设", "班子", "党员大会", "每季度一次", 3.0),
        ("组织建设", "阵地", "活动室", "每季度一次", 3.0), ("制度", None, "制度汇编", "", 4.0),
    ]  # fmt: skip
    assert {"sum_mismatch", "marked"} <= codes(found)


def test_two_levels_and_a_heading_across() -> None:
    found = (
        letter()
        .table(
            [
                ["序号", "项目", "内容", "要求"],
                ["一、制度建设", "", "", ""],
                ["1", "制度", "三会一课", "齐全"],
            ],
            [(1, 0, 1, 3)],
        )
        .read()
    )
    assert [(i.category, i.title, i.requirement) for i in found.items] == [
        ("制度", "三会一课", "齐全")
    ]


def test_a_table_that_is_only_a_picture_is_told() -> None:
    picture = io.BytesIO(_png())
    paper = letter()
    paper.document.add_picture(picture)
    found = paper.read()
    assert found.areas == []
    assert "picture" in codes(found)


def _png() -> bytes:
    """One white pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\xff"))
        + chunk(b"IEND", b"")
    )


def test_one_sentence_gives_the_session_of_all() -> None:
    text = (
        "关于督查的通知\n各支部：\n定于2022年3月1日上午9:00在局三楼会议室集中督查。\n| 片区 | 学校 |\n|---|---|\n| 东片 | 甲小、"
        "乙小（共3所） |\n局党委\n2022年2月20日\n"
    )
    found = read.notice(text.encode())
    assert found.areas[0].sessions == [
        Session(date="2022-03-01", start="09:00", venue="局三楼会议室")
    ]
    assert [u.name for u in found.areas[0].organisations] == ["甲小", "乙小"]
    assert {"count_mismatch", "session_shared"} <= codes(found)


def test_areas_with_their_time_in_brackets_and_one_team_for_all() -> None:
    found = Paper(
        *HEAD, "二、分组情况", "1.城南片区（5月6日上午9:00，地点：甲小）：甲小、乙小。", "2.城北片区（5月7日下午2:00）：丁小。", "三、督查组", "组长：张三一",
        "组员：李四一", *TAIL,
    ).read()  # fmt: skip
    assert [(a.name, len(a.organisations), a.sessions[0].start, a.sessions[0].venue) for a in found.areas] == [
        ("城南片区", 2, "09:00", "甲小"), ("城北片区", 1, "14:00", None),
    ]  # fmt: skip
    assert [a.team.leader for a in found.areas if a.team] == ["张三一", "张三一"]


def test_a_day_alone_on_its_line_is_no_signature() -> None:
    found = Paper("关于考核的通知", "各支部：", "一、考核时间", "2023年12月1日", "总分100分。", "局党委", "2023年11月1日").table(
        [["考核项目", "考核内容", "考核标准及分值"], ["组织建设", "换届", "按期（40分）"]]
    ).read()  # fmt: skip
    assert (str(found.starts_on), str(found.issued_on), found.items[0].score) == (
        "2023-12-01",
        "2023-11-01",
        40.0,
    )
    assert "sum_mismatch" in codes(found)


def test_a_number_two_issuers_and_attachments() -> None:
    found = Paper(
        "示例教党〔2019〕12号",
        *HEAD,
        "联系人：张 三，联系电话：0000-0000000。",
        "附件：1.分组表",
        "2.台账要求",
        *TAIL,
    ).read()
    assert found.number == "示例教党〔2019〕12号"
    assert [(a.no, a.title) for a in found.attachments] == [(1, "分组表"), (2, "台账要求")]
    assert (found.contact.person, found.contact.phone) == ("张三", "0000-0000000")
    assert (str(found.issued_on), found.issuer) == ("2019-04-20", "示例区教育局党委")
    assert (str(found.starts_on), str(found.ends_on)) == ("2019-05-06", "2019-05-07")


def test_tables_of_a_workbook() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("安排")
        sheet.merge_range(0, 0, 0, 2, "督查分组安排")
        sheet.write_row(1, 0, ["片区", "学校", "时间地点"])
        sheet.merge_range(2, 0, 3, 0, "东片")
        sheet.write_column(2, 1, ["甲小", "乙小"])
        sheet.merge_range(2, 2, 3, 2, "2019年5月6日上午9:00-11:00\n地点：甲小")
    found = read.notice(out.getvalue())
    assert [(a.name, len(a.organisations), len(a.sessions)) for a in found.areas] == [
        ("东片", 2, 1)
    ]


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(
                name.replace("__", "/")
                .replace("_xml", ".xml")
                .replace("_bin", ".bin")
                .replace("Types", "[Content_Types]"),
                data,
            )
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空"), (bytes(range(256)) * 9, "不是文本"), (b"\x89PNG\r\n\x1a\n", "图片"), (b" \n ", "没有文字"), (lambda: b"a" * (50 << 20), "上限"),
        (b"PK\x03\x04broken", "损坏"), (_zip(Types_xml=b"", word__document_xml=b"<x"), "损坏"), (_zip(a=b"b"), "不是 Word"),
        (_zip(Types_xml=b"", word__document_xml=b"", word__vbaProject_bin=b"x"), "宏"), (lambda: _zip(Types_xml=b"", word__document_xml=b"0" * (401 << 20)), "炸弹"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"), (b"%PDF-1.4 broken", "PDF"),
    ],
    ids=["empty", "binary", "picture", "blank", "large", "broken zip", "broken docx", "other zip", "macros", "bomb", "doc", "pdf"],
)  # fmt: skip
def test_bad_files_are_refused_in_plain_words(data: bytes | Callable[[], bytes], told: str) -> None:
    given = data if isinstance(data, bytes) else data()
    with pytest.raises(BadInput, match=told):
        read.notice(given)
