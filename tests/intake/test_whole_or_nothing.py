"""Lists within forms, texts that are whole or not proposed, and of two labels neither."""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.documents.blocks import Paragraph
from taizhang.intake.reading import choices, read
from taizhang.intake.records.record import Places, Record, is_cut
from taizhang.ledgers.kinds import KINDS
from tests.intake.test_binder import BINDER, HANDS, found_in, made

_NAMES = {"names"}
"""A long field that takes a list of people, which may stand within a sentence."""


def _read(*blocks: Any) -> list[read.Document]:
    word = [one if isinstance(one, str) else {"rows": one, "merged": []} for one in blocks]
    return read.documents("a.docx", made({"word": word}))


def _one(*blocks: Any) -> Record:
    (found,) = _read(*blocks)
    (record,) = found.records
    return record


def _long(document: read.Document) -> set[str]:
    assert document.kind is not None
    return {one.name for one in document.kind.fields() if one.kind == "long"} - _NAMES


def test_no_long_text_of_any_binder_ends_within_a_sentence() -> None:
    cut = []
    for number in range(len(BINDER) + len(HANDS)):
        source, found = found_in(number)
        places = Places(source.blocks)
        cut += [
            (one.file, name, record.values[name])
            for one in found
            if one.kind and not one.is_list
            for record in one.records
            for name in _long(one) & record.values.keys()
            if is_cut(record.values[name], places)
        ]

    assert cut == []


@pytest.mark.parametrize(
    ("value", "cut"),
    [
        ("经审查", True),
        ("经审查，政治历史清楚。", False),
        ("政治历史清楚", False),
        ("审查，政治", True),
        ("不在这里", False),
    ],
)
def test_a_text_that_ends_within_a_sentence_is_cut(value: str, cut: bool) -> None:
    assert is_cut(value, Places([Paragraph("经审查，政治历史清楚。", "第1段")])) is cut


_FORM = [
    ["姓名", "样新柳", "工作岗位", "中班教师"],
    ["列为积极分子时间", "2022年11月", "培养联系人", "例大川、样白石"],
    ["考察时段", "考察意见", "考察人", "日期"],
    ["2023年上半年", "工作认真，能参加活动。", "例大川", "2023年6月28日"],
    ["2023年下半年", "成绩良好，建议继续培养。", "样白石", "2023年12月26日"],
]


def test_a_form_with_rows_is_a_record_for_each_row() -> None:
    (found,) = _read("入党积极分子考察登记表", _FORM)

    first, second = (record.values for record in found.records)
    assert (first["case"], first["year"], first["half"]) == ("样新柳", "2023", "上半年")
    assert (second["case"], second["reviewer"]) == ("样新柳", "样白石")
    assert second["opinion"] == "成绩良好，建议继续培养。"
    assert any("中班教师" in text for text in found.passed)
    assert "第5行" in found.records[1].sources["opinion"]


def test_what_stands_below_the_rows_of_a_form_is_told() -> None:
    (found,) = _read("入党积极分子考察登记表", [*_FORM, ["支部意见", "同意列为发展对象。"]])

    assert [record.values["half"] for record in found.records] == ["上半年", "下半年"]
    assert any("同意列为发展对象" in text for text in found.passed)


def test_one_row_below_its_labels_is_one_record() -> None:
    record = _one("入党积极分子考察登记表", _FORM[:-1])

    assert record.values["opinion"] == "工作认真，能参加活动。"


def test_what_was_to_be_done_keeps_how() -> None:
    record = _one(
        "样园小学党支部2022年度组织生活会整改清单",
        "召开日期：2023年1月16日",
        [
            ["序号", "整改任务", "整改措施", "责任人", "完成时限"],
            ["1", "丰富党课形式", "每季度一次情景党课", "例大川", "2023年6月30日"],
        ],
    )

    told = "丰富党课形式：每季度一次情景党课（责任人：例大川；期限：2023年6月30日）"
    assert record.values["tasks"] == told


@pytest.mark.parametrize(
    ("title", "heading", "name", "said"),
    [
        ("关于样新柳同志政治审查情况的报告", "三、审查结论", "conclusion", "经审查，历史清楚，政审合格。"),
        ("样云开2024年个人学习计划", "三、学习时间", "time", "每天自学半小时，每周四参加集中学习。"),
    ],
)  # fmt: skip
def test_what_stands_below_a_heading_is_taken_whole(
    title: str, heading: str, name: str, said: str
) -> None:
    record = _one(
        title, "一、基本情况", "样新柳，女，1993年4月生。", heading, said, "2024年3月25日"
    )

    assert record.values[name].rstrip("。") == said.rstrip("。")


def test_of_two_labels_with_two_days_neither_is_the_day() -> None:
    record = _one(
        "入党积极分子考察登记表",
        [["姓名", "样新柳", "考察时段", "2023年上半年"], ["填表日期", "2023年6月28日"]],
        [["鉴定日期", "2023年7月8日", "考察人", "例大川"], ["考察意见", "工作认真。"]],
    )

    assert "reviewed_on" not in record.values
    assert {"填表日期：2023年6月28日", "鉴定日期：2023年7月8日"} <= set(record.left)
    assert any("填表日期" in text and "鉴定日期" in text for text in record.warnings)


def test_a_label_that_says_no_choice_gives_way_to_one_that_does() -> None:
    record = _one(
        "党员少交（免交）党费审批表",
        [["姓名", "样秋水", "党员类别", "退休教师"], ["申请类别", "☑少交    □免交"]],
        [["申请期限", "自2018年7月起至2018年12月止"]],
    )

    assert record.values["kind"] == "少交"
    assert (record.values["from_month"], record.values["to_month"]) == ("2018-07", "2018-12")
    assert "党员类别：退休教师" in record.left


def test_who_observed_or_was_away_did_not_come() -> None:
    record = _one(
        "支委会会议记录",
        "时间：2023年10月20日15:20",
        "到会：例晚照、样小满（病假）、样新柳（积极分子列席）",
        "议题：学习文件",
    )

    assert record.values["present"] == "例晚照"
    assert record.values["absent"] == "样小满（病假）"
    assert "样新柳" in record.values["observers"]


@pytest.mark.parametrize(
    ("line", "absent"),
    [
        ("应到21人，实到20人（样长河住院，请假）", "样长河（住院）"),
        ("应到21人，实到20人（样长河看望老人，请假）", None),
    ],
)
def test_who_was_away_behind_the_count(line: str, absent: str | None) -> None:
    record = _one("主题党日活动记录", "活动时间：2025年6月20日14:30", "活动地点：村史馆", line)

    assert record.values["present_count"] == "20"
    assert record.values.get("absent") == absent


def test_each_with_his_reason_was_away() -> None:
    record = _one(
        "党员大会纪要",
        "2023年12月15日下午2点，样园小学党支部在多功能厅召开党员大会，由样春同志主持。"
        "应到党员14名，实到12名，例佩佩（产假）、样一航（外出培训）请假。",
    )

    assert record.values["absent"] == "例佩佩（产假）、样一航（外出培训）"


def test_a_lecture_keeps_how_it_was_discussed() -> None:
    record = _one(
        "党课记录",
        [
            ["主讲人", "样峰", "时间", "2020年3月27日16:00"],
            ["党课内容", "对照党员义务找差距。", "题目", "担当"],
            ["讨论交流", "样小禾：要牵头借平板。\n样涛：先把课开放。"],
        ],
    )

    assert record.values["discussion"] == "样小禾：要牵头借平板。\n样涛：先把课开放。"
    assert "speeches" not in record.values


_MARKS = [
    ["姓名", "优秀", "合格", "基本合格", "不合格"],
    ["例大川", "12", "2", "0", "0"],
    ["样白石", "11", "3", "0", "0"],
]


def test_the_lines_around_a_list_of_marks_tell_of_the_poll() -> None:
    title = "样园小学党支部2022年度民主评议党员测评结果"
    said = "2023年1月16日召开党员大会。应到党员15名，实到14名，发出测评票14张，收回14张，全部有效。"
    marks, poll = _read(title, said, _MARKS)

    assert marks.kind is KINDS["assessments"]
    assert len(marks.records) == 2
    assert poll.kind is KINDS["assessment-polls"]
    assert poll.records[0].values["held_on"] == "2023-01-16"
    assert poll.records[0].values["valid"] == "14"
    again = read.again(
        "a.docx", _word(title, said), poll.where, read.Said(KINDS["assessment-polls"])
    )
    assert [one.values for one in again[0].records] == [one.values for one in poll.records]
    assert len(_read(title, _MARKS)) == 1


def _word(*text: str) -> bytes:
    return made({"word": [*text, {"rows": _MARKS, "merged": []}]})


@pytest.mark.parametrize(
    ("slug", "name", "said", "choice"),
    [
        ("meetings", "lecturer_role", "党支部书记、园长", "支部书记"),
        ("declarations", "item", "失联党员查找台账", "L23"),
        ("dues-exemptions", "kind", "□少交  ☑免交", "免交"),
        ("dues-exemptions", "kind", "☑少交  ☑免交", ""),
        ("dues-exemptions", "kind", "□少交  □免交", ""),
    ],
)
def test_which_choice_is_meant(slug: str, name: str, said: str, choice: str) -> None:
    (field,) = (one for one in KINDS[slug].fields() if one.name == name)

    assert choices.of(field, said) == choice


def test_a_vote_says_that_it_was_carried_where_that_is_written() -> None:
    record = _one(
        "党员大会会议记录",
        "时间：2018年9月21日16:00",
        "表决：应到8人，实到7人，同意7票，反对0票，弃权0票，通过。",
        "决议：通过工作计划",
    )

    assert record.values["votes"].endswith("弃权：0；结果：通过）")


def test_of_a_line_that_was_read_only_the_rest_is_left() -> None:
    record = _one(
        "公示",
        "经党支部研究，拟接收样子子同志为中共预备党员，现将有关情况公示如下：",
        "公示时间：2018年11月5日至2018年11月9日",
        "联系电话：0000-0000000",
    )

    assert record.values["case"] == "样子子"
    assert not any("样子子" in text for text in record.left)


def test_what_stands_below_a_counted_label_ends_at_the_next_number() -> None:
    record = _one(
        "支委会会议纪要",
        "时间：2023年5月9日16:00",
        "地点：园长室",
        "一、会议议题",
        "研究慰问。",
        "二、讨论情况",
        "样白石：建议慰问三户。",
        "例晚照：同意。",
        "三、议定事项",
        "1.慰问三户，由样白石负责。",
        "四、其他",
        "请各组报送选题。",
    )

    assert record.values["resolutions"] == "1.慰问三户，由样白石负责。"
    assert "请各组报送选题" not in " ".join(record.values.values())
    assert any("请各组报送选题" in text for text in record.left)


def test_two_cells_that_ran_together_are_two() -> None:
    record = _one(
        "支委会会议记录",
        [["时间", "2024年3月6日15:00", "地点", "党员活动室   主持人 样甲甲"]],
        [["记录人", "样丙丙  应到人数 3", "实到人数", "3"]],
    )

    assert (record.values["place"], record.values["host_name"]) == ("党员活动室", "样甲甲")
    assert (record.values["recorder_name"], record.values["expected_count"]) == ("样丙丙", "3")


def test_a_receipt_below_a_letter_says_nothing_of_the_letter() -> None:
    record = _one(
        "中国共产党党员组织关系介绍信",
        "存  根",
        "中共例港区委组织部：",
        "样怀远同志系中共正式党员，由样溪中学党支部去例港九中党支部，请转接组织关系。"
        "该同志党费已交到贰零贰肆年拾贰月。",
        "（有效期 叁拾 天）",
        "2024年12月16日",
        "党员联系电话：00000000218",
        "回 执 联",
        "样怀远同志的党员组织关系已转达我处。",
        "2025年1月6日",
        "经办人：例收讫        联系电话：0000-7710925",
    )

    values = record.values
    assert (values["issued_on"], values["receipt_on"]) == ("2024-12-16", "2025-01-06")
    assert (values["phone"], values["receipt_by"]) == ("00000000218", "例收讫")
    assert (values["valid_days"], values["dues_paid_through"]) == ("30", "2024-12")
    assert any("7710925" in text for text in record.left)


def test_a_form_above_a_list_says_of_whom_its_rows_are() -> None:
    (found,) = _read(
        "失联党员查找情况登记表",
        [["姓名", "样行舟", "性别", "男"], ["入党时间", "2008年12月", "失联原因", "外出务工"]],
        "查找经过",
        [
            ["查找日期", "查找方式", "查找人", "查找对象（单位）", "查找结果"],
            ["2024年3月12日", "查阅档案、党员名册", "样若谷", "学校档案室", "有旧住址"],
            ["2024年4月13日", "走访家庭住址", "例景行", "村委会", "全家迁走"],
        ],
    )

    assert [record.values["lost"] for record in found.records] == ["样行舟", "样行舟"]


@pytest.mark.parametrize(
    ("sentence", "name", "said"),
    [
        ("支部党员23人参加，例牧之同志因病请假。", "present_count", "23"),
        ("区委教育工委督导组样督阳同志到会指导。", "observers", "样督阳"),
        ("例澄心、样怀山、例望舒等18名党员参加。", "present", "例澄心、样怀山、例望舒"),
        ("大会决议：同意例未央同志按期转正。", "resolutions", "同意例未央同志按期转正。"),
        ("第七项，宣读并通过支部大会决议：同意接收样春。", "resolutions", "同意接收样春。"),
    ],
)
def test_what_a_sentence_of_minutes_says(sentence: str, name: str, said: str) -> None:
    record = _one("党员大会会议记录", "时间：2025年2月21日14:30", "地点：会议室", sentence)

    assert record.values[name].rstrip("。") == said.rstrip("。")


_VISITED = [
    ["走访日期", "2025年2月12日", "走访党员", "样怀瑜"],
    ["走访对象", "例大海", "走访对象类别", "群众"],
    ["走访内容", "了解假期生活"],
]


def test_what_was_done_about_an_opinion_is_kept_with_it() -> None:
    done = [
        ["意见建议", "希望周末开放图书室"],
        ["办理情况", "3月起开放，由样某负责"],
        ["答复日期", "2025年3月5日"],
    ]
    record = _one("党员大走访登记表", [*_VISITED, *done])

    assert record.values["opinions"] == "希望周末开放图书室（结果：3月起开放，由样某负责）"
    assert any("2025年3月5日" in text for text in record.left)


@pytest.mark.parametrize("said", ["希望开放图书室；希望延长服务", "希望开放图书室（周末）"])
def test_of_several_opinions_nobody_can_tell_which_was_dealt_with(said: str) -> None:
    record = _one("党员大走访登记表", [*_VISITED, ["意见建议", said], ["办理情况", "3月起开放"]])

    assert record.values["opinions"] == said
    assert any("3月起开放" in text for text in record.left)
