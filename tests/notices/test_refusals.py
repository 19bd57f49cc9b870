"""What the reader takes only with a reason, and says where it does not take it."""

from __future__ import annotations

import pytest

from taizhang.notices import read
from taizhang.notices.model import Notice, Team
from taizhang.notices.words import doubts
from tests.notices.papers import letter

TWO = ("第二组：组长：样海；成员：例川；检查单位：丙小学、丁小学",)


def _messages(found: Notice, code: str) -> list[str]:
    return [one.message for one in found.warnings if one.code == code]


def _teams(found: Notice) -> list[Team]:
    return [area.team for area in found.areas if area.team]


def test_whom_to_ask_may_be_named_by_the_post() -> None:
    found = letter("联系人：王科长，电话：5550101").read()

    assert (found.contact.person, found.contact.phone) == ("王科长", "5550101")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("第一组：组长：区委组织部部长；成员：例明；检查单位：甲小学、乙小学", "督查组的组长没有读出，请对照原文。"),
        ("第一组：成员：例明；检查单位：甲小学、乙小学", "督查组没有写明组长。"),
    ],
)  # fmt: skip
def test_a_leader_who_stands_there_is_not_called_missing(line: str, told: str) -> None:
    assert _messages(letter("二、检查分组", line, *TWO).read(), "no_leader") == [told]


def test_a_column_of_liaisons_behind_the_seats_holds_members_and_behind_the_units_their_own() -> (
    None
):
    heads, row = ["组别", "组长", "成员"], ["样山", "例木"]
    own = letter().table(
        [[*heads, "联络员", "检查单位"], ["第一组", *row, "例水", "甲小学、乙小学"]]
    )
    theirs = letter().table([[*heads, "检查单位", "联络员"], ["第一组", *row, "甲小学", "例水"]])

    assert [team.members for team in _teams(own.read())] == [["例木", "例水"]]
    assert [team.members for team in _teams(theirs.read())] == [["例木"]]


def test_who_leads_by_a_sign_keeps_the_post_on_either_side() -> None:
    rows = [
        ["组别", "检查人员", "检查单位"],
        ["第一组", "*样海（局党委委员）、例川（科员）", "甲小学、乙小学"],
        ["第二组", "例平、人事科科长*样国", "丙小学、丁小学"],
    ]

    teams = _teams(letter("注：带*为组长").table(rows).read())

    assert [(one.leader, one.members) for one in teams] == [("样海", ["例川"]), ("样国", ["例平"])]
    assert [one.posts for one in teams] == [
        {"样海": "局党委委员", "例川": "科员"},
        {"样国": "人事科科长"},
    ]


@pytest.mark.parametrize("said", ["组长：段长样海；", "段长：样海；"])
def test_the_head_of_a_works_section_leads(said: str) -> None:
    line = f"第一组：{said}成员：宣传科负责人、例川；检查单位：甲车间、乙车间"
    found = letter("二、检查分组", line, *TWO).read()

    assert _teams(found)[0].leader == "样海"
    assert _teams(found)[0].members == ["例川"]
    assert any("宣传科负责人" in one for one in _messages(found, "not_read"))


def test_units_that_are_listed_for_one_hour_are_one_group() -> None:
    found = letter("二、抽查对象", "甲小学、乙小学、丙小学。5月6日上午9:00开始。").read()

    assert [(a.name, [u.name for u in a.organisations]) for a in found.areas] == [
        ("抽查对象", ["甲小学", "乙小学", "丙小学"])
    ]
    assert [(s.date, s.start) for s in found.areas[0].sessions] == [("2019-05-06", "09:00")]
    assert _messages(found, "areas_unnamed")


@pytest.mark.parametrize(
    "text", ["各小学、幼儿园", "全区各中学、乙小学", "甲小学", "新发展的党员、预备党员"]
)
def test_what_names_no_units_is_no_group(text: str) -> None:
    assert not letter("二、抽查对象", text).read().areas


def test_an_hour_among_the_methods_is_said_and_one_to_set_out_is_not() -> None:
    found = letter("二、检查方式", "1.上午9:00听取汇报。", "2.每天8:00在院内集合乘车。").read()

    told = _messages(found, "unread")
    assert [one for one in told if "9:00" in one]
    assert not [one for one in told if "8:00" in one]


def test_a_post_may_hold_brackets_of_its_own() -> None:
    line = "第一组：组长：样海(局党委委员(兼)、副局长)；成员：例川（办公室（党建）科员）；检查单位：甲小学、乙小学"
    team = _teams(letter("二、检查分组", line, *TWO).read())[0]

    assert (team.leader, team.members) == ("样海", ["例川"])
    assert team.posts == {"样海": "局党委委员(兼)、副局长", "例川": "办公室(党建)科员"}


def test_offices_before_names_in_a_cell_are_where_these_work() -> None:
    rows = [
        ["检查组", "带队领导", "检查人员", "检查支部"],
        ["检查一组", "样为", "党建部：例晨\n纪委办：样曦", "甲支部、乙支部"],
    ]

    team = _teams(letter().table(rows).read())[0]

    assert team.members == ["例晨", "样曦"]
    assert team.posts == {"例晨": "党建部", "样曦": "纪委办"}


def test_what_a_group_lists_and_nobody_reads_is_said() -> None:
    line = "第一组：监督员：样岭；组长：例川；检查单位：甲小学、乙小学"
    found = letter("二、检查分组", line, *TWO).read()

    assert not [team for team in _teams(found) if "样岭" in team.model_dump_json()]
    assert any("样岭" in one for one in _messages(found, "not_read"))


def test_a_stage_is_no_sentence_about_stages() -> None:
    found = letter(
        "二、步骤",
        "检查分三个阶段进行。",
        "（一）自查阶段（4月22日—25日）。",
        "（二）检查阶段（5月6日—7日）。",
    ).read()

    assert [one.name for one in found.stages] == ["自查阶段", "检查阶段"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("根据2019年度工作计划，开展检查。", None),
        ("2018年以来，我镇经济稳步增长。", None),
        ("对2018年以来的会议记录进行检查。", 2018),
        ("检查2018年度工作情况。", 2018),
    ],
)
def test_a_year_that_tells_why_is_not_looked_at(text: str, year: int | None) -> None:
    told = (
        f"关于检查的通知\n各支部：\n{text}\n一、检查时间\n5月6日\n示例区教育局党委\n2019年4月20日\n"
    )
    period = read.notice(told.encode()).period

    assert (period and period.from_ and period.from_.year) == year


@pytest.mark.parametrize(
    ("path", "value", "wrong"),
    [
        ("areas.0.team.leader", "样海", False),
        ("areas.0.team.members.1", ":样海", True),
        ("areas.0.team.members.1", "联系电话", True),
        ("areas.0.organisations.0.name", "将台社区", False),
        ("areas.0.organisations.0.name", "组长：样海", True),
        ("areas.0.organisations.0.name", "5月6日", True),
        ("areas.0.sessions.0.venue", "三楼会议室", False),
        ("areas.0.sessions.0.venue", "联系人样海", True),
    ],
)
def test_a_value_that_cannot_be_one_is_left_out(path: str, value: str, *, wrong: bool) -> None:
    assert doubts.about(path, value) is wrong


def test_a_lone_team_without_a_number_is_that_of_all() -> None:
    found = letter("辅导组组长：样海（主任）", "辅导组成员：例川、样山").read()

    assert not found.areas
    assert found.team
    assert (found.team.leader, found.team.members) == ("样海", ["例川", "样山"])


def test_a_table_that_would_call_a_group_by_a_seat_is_not_read() -> None:
    rows = [
        ["分组", "核验甲", "组长", "样海"],
        ["组长", "例川、样山", "联络电话", "5120001"],
        ["检查单位", "甲支部", "甲支部", "甲支部"],
    ]

    assert not letter().table(rows, [(2, 1, 2, 3)]).read().areas


def test_the_errands_of_a_letter_are_demands_and_no_items() -> None:
    found = letter("二、有关事项", "1.各支部要如实汇报。", "2.请准备党员名册、党费收据。").read()

    assert not found.items
    assert found.demands == ["各支部要如实汇报。", "请准备党员名册、党费收据。"]


def test_a_section_that_no_field_took_is_said() -> None:
    found = letter("二、台账目录", "党员名册、党费收据。").read()

    assert any("台账目录" in one for one in _messages(found, "section_unread"))


def test_the_issuer_and_the_day_may_stand_behind_labels_or_in_one_line() -> None:
    lines = [
        "样市党建检查安排表",
        "印发单位：样市卫健机关党委　印发日期：2024年10月8日",
        "第一组：甲支部、乙支部",
    ]
    last = [
        "样城公司党建抽查安排",
        "第一组：甲支部、乙支部",
        "党委工作部（联系人：例川，电话7120001）　2026年3月9日",
    ]

    labelled, signed = (read.notice("\n".join(one).encode()) for one in (lines, last))

    assert (labelled.issuer, str(labelled.issued_on)) == ("样市卫健机关党委", "2024-10-08")
    assert (signed.issuer, str(signed.issued_on)) == ("党委工作部", "2026-03-09")


def test_a_sentence_with_a_colon_addresses_nobody() -> None:
    text = "样河公司专项检查方案\n检查分三个阶段进行：\n一、自查阶段（3月1日至15日）\n"

    assert not read.notice(text.encode()).addressees


def test_a_word_behind_an_office_is_nobody() -> None:
    line = "第一组：组长：例川；成员：县委组织部牵头、样岭；检查单位：甲小学、乙小学"
    found = letter("二、检查分组", line, *TWO).read()

    assert _teams(found)[0].members == ["样岭"]
    assert any("牵头" in one for one in _messages(found, "not_read"))
