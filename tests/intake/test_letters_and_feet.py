"""Papers of which a word, a number or a foot says more than a label: stubs of letters one below the
other, letters that another one answers, who approved a budget, what somebody is before his name.
"""

from __future__ import annotations

import pytest

from taizhang.intake.reading.read import Document, documents
from taizhang.intake.records.record import Record
from taizhang.ledgers.kinds import KINDS
from tests.intake import corpus


def _read(*lines: str) -> list[Document]:
    return documents("a.txt", "\n".join(lines).encode())


def _one(slug: str, *lines: str) -> Record:
    (found,) = _read(*lines)
    assert found.kind is not None
    assert found.kind.slug == slug
    (record,) = found.records
    return record


def _sheet(name: str, *rows: tuple[object, ...]) -> list[Document]:
    return documents(name, corpus._sheet([list(row) for row in rows]))


_STUB = "中国共产党党员组织关系介绍信存根"


def _stub(number: str, who: str, day: str) -> list[str]:
    return [
        _STUB,
        f"样组字2022年第{number}号",
        f"{who}同志系中共正式党员，组织关系由样河小学党支部转到例山中学党支部。",
        "党费交至2022年5月。有效期：30天。",
        f"开具日期：{day}",
        "回执收到日期：2022年6月20日　　经办人：样杏林",
    ]


def test_each_stub_under_the_same_heading_is_a_letter_of_its_own_of_one_who_left() -> None:
    first, second = _read(
        *_stub("11", "例橘井", "2022年5月30日"), *_stub("12", "样桑榆", "2022年6月1日")
    )

    for found, person, number in ((first, "例橘井", "11"), (second, "样桑榆", "12")):
        assert found.kind is KINDS["transfers"]
        (record,) = found.records
        assert record.values["person"] == person
        assert record.values["letter_no"] == f"样组字2022年第{number}号"
        assert record.values["direction"] == "转出"
        assert record.sources["direction"].startswith(found.where)


def test_a_heading_that_stands_again_above_another_line_begins_nothing() -> None:
    lines = _stub("11", "例橘井", "2022年5月30日")
    (found,) = _read(*lines[:4], _STUB, "第2页", *lines[4:])

    assert found.records[0].values["receipt_on"] == "2022-06-20"


_ELECTED = [
    "关于中共样河小学支部委员会选举结果的报告",
    "根据总支《关于同意召开换届选举党员大会的批复》（样总〔2021〕7号，2021年9月2日），我支部于2021年9月20日召开党员大会进行换届选举。",
    "大会应到有选举权的党员20名，实到19名。大会选举支部委员3名。共发出选票19张，收回选票19张，其中有效票19张。",
    "例橘井得18票，样桑榆得17票，样杏林得16票，当选为支部委员。",
    "新一届支部委员会于9月20日召开第一次全体会议，选举例橘井同志为书记。",
    "2021年9月22日",
]


def test_a_report_names_the_letter_that_it_answers_the_seats_and_the_first_meeting() -> None:
    record = _one("elections", *_ELECTED)

    told = {"reply_no": "样总〔2021〕7号", "reply_on": "2021-09-02", "seats": "3"}
    assert (told | {"first_committee_on": "2021-09-20"}).items() <= record.values.items()
    assert any("2021年9月22日" in said for said in record.warnings)


def test_the_year_of_a_day_is_not_supposed_where_no_day_of_the_paper_says_it() -> None:
    record = _one("elections", *_ELECTED[:-1])

    assert "first_committee_on" not in record.values
    assert any("首次支委会日期" in said for said in record.warnings)


def test_who_has_two_posts_is_in_the_division_and_the_day_it_was_shown_has_its_year() -> None:
    record = _one(
        "divisions",
        "关于支部委员会委员分工的通知",
        "经2021年9月25日支委会研究决定，委员分工如下：",
        "例橘井　书记，主持支部全面工作；",
        "样桑榆　宣传委员兼纪检委员，负责理论学习和监督执纪。",
        "以上分工自9月27日起在支部公告栏公布。",
        "2021年9月27日",
    )

    assert record.values["rows"].splitlines() == [
        "例橘井（书记）：主持支部全面工作",
        "样桑榆（宣传委员兼纪检委员）：负责理论学习和监督执纪",
    ]
    assert record.values["published_on"] == "2021-09-27"


def test_what_stands_below_the_sum_of_a_budget_is_no_item_of_it() -> None:
    (found,) = _sheet(
        "预算.xlsx",
        ("样河小学党支部2022年党建经费预算表", None, None),
        ("预算项目", "金额（元）", "测算依据"),
        ("党员教育培训", 2400, "12人参加"),
        ("订阅党报党刊", 900, None),
        ("合计", 3300, None),
        ("经费来源：学校单位预算", None, None),
        ("经2022年1月14日校务会审定", None, None),
    )

    (record,) = found.records
    assert record.values["items"] == "党员教育培训（金额：2400）\n订阅党报党刊（金额：900）"
    told = {"amount": "3300.00", "source": "单位预算", "approved_by": "校务会"}
    assert (told | {"approved_on": "2022-01-14"}).items() <= record.values.items()


def test_groups_with_those_who_are_in_them_beside() -> None:
    (found,) = _sheet(
        "党小组.xlsx",
        ("样河小学党支部党小组设置及成员名单", None, None, None, None),
        ("党小组", "组长", "成员", "成立日期", "备注"),
        ("第一党小组", "例橘井", "样桑榆、样杏林", "2020.9.1", None),
        ("第二党小组", "样竹里", "例松间、例石上", "2020.9.1", None),
    )

    assert found.kind is KINDS["groups"]
    assert [one.values["name"] for one in found.records] == ["第一党小组", "第二党小组"]
    assert {one.values["valid_from"] for one in found.records} == {"2020-09-01"}
    assert any("组长" in said and "成员" in said for said in found.warnings)


def _minutes(*lines: str) -> Record:
    head = (
        "支部党员大会记录",
        "时间：2022年6月24日下午4点",
        "地点：阶梯教室",
        "主持：例橘井　　记录：样桑榆",
    )
    return _one("meetings", *head, "应到党员12人，实到11人。", *lines)


def test_what_somebody_is_may_stand_before_the_name_in_a_list() -> None:
    record = _minutes("列席：预备党员例松间、入党积极分子样竹里。", "决议：同意发展计划。")

    assert record.values["observers"] == "例松间（预备党员）、样竹里（入党积极分子）"
    assert not any("例松间" in text for text in record.left)


def test_when_the_meeting_was_over_stands_behind_its_label() -> None:
    assert _minutes("决议：同意发展计划。", "散会：17时。").values["ends_at"] == "17:00"


@pytest.mark.parametrize(
    ("said", "way"),
    [
        (
            "表决。采用无记名投票方式，发出选票11张，收回11张，赞成11票，反对0票，弃权0票。",
            "方式：无记名投票",
        ),
        ("表决。举手表决，赞成11票，反对0票，弃权0票。", "方式：举手"),
        ("表决。口头表扬样竹里。赞成11票，反对0票，弃权0票。", ""),
        ("表决。赞成11票，反对0票，弃权0票。", ""),
    ],
)
def test_how_was_voted_is_read_where_it_is_said(said: str, way: str) -> None:
    votes = _minutes(said, "决议：同意例松间按期转正。").values["votes"]

    assert way in votes
    assert ("方式" in votes) is bool(way)


@pytest.mark.parametrize(
    ("said", "item"),
    [("上半年党费收缴情况", "党费收缴"), ("未完成党费收缴", None), ("党费收缴以外的事项", None)],
)
def test_a_short_choice_is_meant_where_a_text_ends_with_it(said: str, item: str | None) -> None:
    (found,) = _sheet(
        "公开.xlsx",
        ("样河小学党支部党务公开登记", None, None, None, None),
        ("公开日期", "公开事项", "公开内容", "公开形式", "截止日期"),
        ("2022.6.30", said, "应收党费全部收齐", "公开栏", "2022.7.7"),
    )
    (record,) = found.records

    assert record.values.get("item") == item
    assert item or any(said in text for text in record.left)


_BUDGET = [
    "样河小学党支部2022年度党建经费预算",
    "2022年党建经费预算4300元，由单位预算安排。",
    "1. 党员教育培训2400元，含外出参观一次；",
    "2. 书籍报刊900元；",
    "3. 其他1000元。",
    "（2022年1月14日校务会批准）",
]


def test_sums_in_lines_are_items_where_they_come_to_the_sum_that_is_stated() -> None:
    record = _one("budgets", *_BUDGET)

    items = "党员教育培训（金额：2400）\n书籍报刊（金额：900）\n其他（金额：1000）"
    told = {"amount": "4300.00", "source": "单位预算", "items": items, "approved_by": "校务会"}
    assert told.items() <= record.values.items()
    assert any("含外出参观一次" in text for text in record.left)


def test_sums_in_lines_that_come_to_another_sum_are_left() -> None:
    record = _one("budgets", *_BUDGET[:4], *_BUDGET[5:])

    assert "items" not in record.values
    assert any("900元" in text for text in record.left)


def _form(name: str, *rows: tuple[str, ...]) -> Record:
    (found,) = _sheet(name, *rows)
    (record,) = found.records
    return record


@pytest.mark.parametrize(
    ("said", "shared"),
    [("与校史馆合用", "是"), ("不合用", None), ("拟与校史馆合用", None), ("校史馆", None)],
)
def test_words_that_say_what_a_label_asks_answer_it(said: str, shared: str | None) -> None:
    record = _form(
        "阵地.xlsx",
        ("党员活动阵地登记表", "", "", ""),
        ("阵地名称", "样河小学党员活动室", "面积", "60平方米"),
        ("启用时间", "2019年6月28日", "与其他用途合用", said),
    )

    assert record.values.get("is_shared") == shared
    assert any(said in text for text in record.left)


def test_a_heading_names_the_theme_of_an_activity_in_quotes() -> None:
    lines = (
        "活动时间：2022年3月6日 8:30至10:30",
        "活动地点：样河东岸",
        "参加人员：例橘井、样桑榆",
        "活动内容：捡拾塑料垃圾。",
    )

    assert _one("activities", "“净滩”党员志愿服务活动记录", *lines).values["theme"] == "净滩"
    assert "theme" not in _one("activities", "“党员先锋”志愿服务队记录", *lines).values
