"""Documents that others wrote: the ledger is right, the fields are right, and nothing
is made up.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from unittest.mock import Mock

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents import reading
from taizhang.documents.blocks import Paragraph, Table
from taizhang.intake.reading import read
from taizhang.kernel.text import folded
from taizhang.kernel.writing import written
from tests.intake import corpus
from tests.intake.corpus import EACH, LAYOUTS, every
from tests.intake.measured import measured


def test_the_corpus_is_read_right() -> None:
    found = measured(every())

    total = sum(found.values(), Counter())
    assert total["documents"] == EACH * len(LAYOUTS) >= 120
    assert total["ledger"] * 100 >= total["documents"] * 95
    assert total["right"] * 100 >= total["fields"] * 97
    assert total["other"] == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_value_stands_in_the_source_at_the_place_that_it_names(layout: object) -> None:
    for seed in range(3):
        case = layout(700 + seed)  # type: ignore[operator]
        for document in read.documents(case.name, case.data):
            assert document.records
            for record in document.records:
                assert record.values.keys() == record.sources.keys()
                for name, where in record.sources.items():
                    place, _, said = where.partition("：")
                    assert place, name
                    assert said, name


def test_a_number_is_not_found_in_a_date() -> None:
    """二〇一六年五月 says nothing of five who came."""
    (found,) = read.documents("a.docx", LAYOUTS[0](4).data)

    sources = found.records[0].sources
    assert sources["present_count"].startswith("第1个表 第3行第4列")
    assert sources["expected_count"].startswith("第1个表 第3行第2列")


def _word(heading: str, rows: list[list[str]]) -> list[read.Document]:
    return read.documents("a.docx", corpus._word(heading, table=rows))


def test_labels_above_what_they_ask_are_read() -> None:
    (found,) = _word(
        "2017年度党课登记表",
        [
            ["党课题目", "授课人", "授课时间", "授课地点"],
            ["谈担当", "甲一", "2017年11月3日", "阶梯教室"],
        ],
    )

    values = found.records[0].values
    assert (values["theme"], values["held_on"], values["place"]) == (
        "谈担当",
        "2017-11-03",
        "阶梯教室",
    )


def test_a_word_under_a_label_is_not_taken_for_its_value() -> None:
    """谈话人 │ 姓名 │ 甲一: nobody is called 姓名."""
    (found,) = _word(
        "谈心谈话记录表", [["谈话人", "姓名", "甲一", "职务", "书记"], ["谈话对象", "姓名", "乙二"]]
    )

    values = found.records[0].values
    assert (values["talker"], values["talked_to"]) == ("甲一", "乙二")


def test_headers_of_a_list_that_is_not_understood_are_no_values() -> None:
    rows = [
        ["姓名", "月工资", "比例", "月缴党费", "一季度"],
        ["甲一", "4215", "1%", "42.2", "126.6"],
        ["乙二", "3102", "1%", "31", "93"],
    ]

    for document in _word("2016年党费交纳登记表", rows):
        for record in document.records:
            assert not {"月工资", "一季度", "姓名"} & set(record.values.values())


def test_meetings_one_after_another_are_cut_where_their_labels_begin_again() -> None:
    lines = []
    for heading, day in (
        ("（一）支委会", "2015年9月2日"),
        ("（二）党员大会", "2015年9月11日"),
        ("（三）党课", "2015年11月20日"),
    ):
        lines += [
            heading,
            f"会议时间：{day}",
            "会议地点：会议室",
            "主持人：甲一",
            "记录人：乙二",
            "参加人员：甲一、乙二",
        ]
    data = corpus._word("示例中学“三会一课”记录", lines)

    found = read.documents("三会一课.docx", data)

    values = [one.records[0].values for one in found]
    assert [one["kind"] for one in values] == ["支委会", "党员大会", "党课"]
    assert [one["held_on"] for one in values] == ["2015-09-02", "2015-09-11", "2015-11-20"]
    assert {one["present"] for one in values} == {"甲一、乙二"}


@pytest.mark.parametrize(
    ("heading", "headers"),
    [
        ("六（1）班学生花名册", ["学号", "姓名", "性别", "家长电话"]),
        ("教师花名册", ["姓名", "性别", "出生年月", "学历"]),
    ],
)
def test_lists_of_others_are_none_of_a_branch(heading: str, headers: list[str]) -> None:
    rows = [
        [heading],
        headers,
        ["1", "甲一", "女", "2010-01-02"],
        ["2", "乙二", "男", "2010-03-04"],
    ]

    (found,) = read.documents("名单.xlsx", corpus._sheet(rows))

    assert found.kind is None


def test_a_header_of_two_rows_is_no_member() -> None:
    rows = [
        ["示例学校党员名册"], ["姓名", "性别", "出生日期", "时间", ""], ["姓名", "性别", "出生日期", "入党", "转正"],
        ["甲一", "女", "1970-01-02", "1994-07-01", "1995-07-01"],
    ]  # fmt: skip

    (found,) = read.documents("名册.xlsx", corpus._sheet(rows))

    (record,) = found.records
    assert (record.values["name"], record.values["admitted_on"], record.values["full_on"]) == ("甲一", "1994-07-01", "1995-07-01")  # fmt: skip


def _texts(data: bytes) -> str:
    found = []
    for block in reading.source(data).blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row]
    return folded("\n".join(found))


@given(seed=st.integers(0, 10_000), at=st.integers(0, 4), dropped=st.integers(0, 6))
def test_what_is_proposed_was_written_also_when_lines_are_missing(
    seed: int, at: int, dropped: int
) -> None:
    """Of a form whose lines were dropped and shuffled no value comes that is not in it."""
    case = LAYOUTS[(1, 12)[at % 2]](seed)
    document = docx.Document(io.BytesIO(case.data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    dice = random.Random(seed)
    kept = [line for n, line in enumerate(lines) if n == 0 or n != dropped]
    rest = kept[1:]
    dice.shuffle(rest)
    other = docx.Document()
    for line in [kept[0], *rest]:
        other.add_paragraph(line)
    out = io.BytesIO()
    other.save(out)

    said = _texts(out.getvalue())
    digits = written.in_digits(written.plain("\n".join([kept[0], *rest])))
    days = {day.isoformat() for day, _, _ in written.days_in(digits)}
    for one in read.documents(case.name, out.getvalue()):
        for record in one.records:
            for name, value in record.values.items():
                words = [folded(part) for part in value.replace("、", "\n").splitlines()]
                assert value in days or all(word in said for word in words) or name == "kind"


def test_a_file_that_belongs_to_no_ledger_is_left() -> None:
    document = docx.Document()
    document.add_paragraph("关于做好汛期校舍安全检查的通知")
    document.add_paragraph("各年级组：请于本周五前检查各自教室的门窗。")
    out = io.BytesIO()
    document.save(out)

    (found,) = read.documents("通知.docx", out.getvalue())

    assert (found.kind, found.records, found.said) == (None, [], "认不出")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.docx", b"", "文件是空的"),
        ("坏.docx", b"PK\x03\x04 broken", "已损坏"),
        ("图.png", b"\x89PNG\r\n\x1a\n", "这是图片"),
        ("片.mp4", b"\x00\x00\x00\x18ftypmp42", "录像"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, said: str) -> None:
    (found,) = read.documents(name, data)

    assert said in found.warnings[0]
    assert found.records == []


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def test_a_zip_is_opened_and_litter_passed_over() -> None:
    case = LAYOUTS[0](1)
    inner = _zip({"a.txt": b"x"})

    found = list(
        read.unpacked(
            "台账.zip",
            _zip(
                {
                    "2016/" + case.name: case.data,
                    "~$x.docx": b"x",
                    "__MACOSX/y": b"y",
                    "内.zip": inner,
                }
            ),
        )
    )

    assert [one.name for one in found] == [case.name, "内.zip"]
    assert found[0].data == case.data
    assert "压缩包里的压缩包" in found[1].refused


@given(cut=st.integers(0, 4000), layout=st.integers(0, len(LAYOUTS) - 1))
def test_a_broken_file_is_told_and_never_breaks_the_reader(cut: int, layout: int) -> None:
    case = LAYOUTS[layout](1)
    broken = case.data[: len(case.data) * cut // 4001]

    for document in read.documents(case.name, broken):
        assert document.warnings


def _folded(paragraphs: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many texts are folded to find where the values of minutes stand."""
    out, document = io.BytesIO(), docx.Document()
    for text in ("支部委员会会议记录", "时间：2018年3月1日　地点：会议室", "主持人：示例甲"):
        document.add_paragraph(text)
    for n in range(paragraphs):
        document.add_paragraph(f"示例乙：我认为第{n}项工作应当抓紧，会议决定：同意。")
    document.save(out)
    folding = Mock(wraps=folded)
    with monkeypatch.context() as patch:
        patch.setattr("taizhang.intake.records.record.folded", folding)
        (found,) = read.documents("支委会.docx", out.getvalue())
    assert found.records
    return folding.call_count


def test_long_minutes_are_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of what was said was looked for in all lines anew: 800 of them took 19 seconds."""
    assert _folded(80, monkeypatch) < 6 * _folded(20, monkeypatch)
