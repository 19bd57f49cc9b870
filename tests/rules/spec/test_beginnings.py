"""What has just begun is not asked yet: a committee, a group, a room, a channel, a post; and days
on which the roster changes.
"""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Period
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
PERIOD = Period(date(2016, 1, 1), date(2018, 12, 31), date(2018, 12, 31))
COMMITTEE = (
    "branch_id | person_id | post | from_on | to_on\n1 | 1 | secretary | {0} |\n1 | 2 | "
    "discipline | {0} |"
)
DAYS_90 = ["2018-10-02", "2018-10-03"]
"""Ninety days before the day of judging, and one less."""


def _full(n: int, joined: str) -> dict[str, str]:
    """Six full members for long, and more since a day."""
    days = ["2010-01-01"] * 6 + [joined] * (n - 6)
    members = [f"1 | {at} | {day} | " for at, day in enumerate(days, 1)]
    stages = [f"1 | {at} | full | normal | 2009-01-01 |" for at in range(1, n + 1)]
    return {
        "members": "\n".join(["branch_id | person_id | joined_on | left_on", *members]),
        "stages": "\n".join(["branch_id | person_id | stage | status | from_on | to_on", *stages]),
    }


@pytest.mark.parametrize(("since", "asked"), list(zip(DAYS_90, (1, 0), strict=True)))
def test_a_new_committee_has_ninety_days_for_its_duties(
    found: Found, since: str, asked: int
) -> None:
    """支委会设立满九十天仍没有支部委员工作职责的才指出；老支部新设支委会也一样。"""
    tables = {"posts": COMMITTEE.format(since)}
    assert len(found(RULES["L03:PD.1"], tables, PERIOD)) == asked


@pytest.mark.parametrize(("since", "asked"), list(zip(DAYS_90, (1, 0), strict=True)))
def test_the_first_group_has_ninety_days_for_its_rules(
    found: Found, since: str, asked: int
) -> None:
    """新设党小组满九十天仍没有党小组及组长工作职责的才指出；另有早设小组的从早设的算。"""
    groups = f"branch_id | id | valid_from | valid_to\n1 | 1 | {since} |\n1 | 2 | 2018-12-01 |"
    assert len(found(RULES["L04:PD.1"], {"groups": groups}, PERIOD)) == asked


def test_a_gap_begins_when_there_was_a_committee(found: Found) -> None:
    """支委会2017年才设立的，不说2016年支部委员工作职责没有有效版本；设立之后的空档要说。"""
    head = "branch_id | id | kind | effective_from | superseded_on"
    posts = {"posts": COMMITTEE.format("2017-03-01")}
    early = posts | {"documents": f"{head}\n1 | 1 | member_duties | 2017-05-30 | "}
    late = posts | {"documents": f"{head}\n1 | 1 | member_duties | 2017-06-10 | "}

    assert found(RULES["L03:PD.2"], early, PERIOD) == []
    [gap] = found(RULES["L03:PD.2"], late, PERIOD, full=True)
    assert (gap.window, gap.detail) == ("2017-05-30", "2017-06-09")


def test_the_last_day_of_a_version_may_be_written_for_its_end(found: Found) -> None:
    """旧版废止于8月31日、新版9月1日施行的前后相接；隔两天以上的是空档。"""
    head = "branch_id | id | kind | effective_from | superseded_on"
    joined = f"{head}\n1 | 1 | talk_rules | 2010-01-01 | 2018-08-31\n1 | 2 | talk_rules | {{}} |"

    def told(begins: str) -> list[str]:
        tables = {"documents": joined.format(begins)}
        return [row.window for row in found(RULES["L12:PD.2"], tables, PERIOD, full=True)]

    assert [told(day) for day in ("2018-09-01", "2018-09-02")] == [[], ["2018-08-31"]]


@pytest.mark.parametrize(("since", "asked"), list(zip(DAYS_90, (1, 0), strict=True)))
def test_the_seventh_member_calls_for_a_committee_in_time(
    found: Found, since: str, asked: int
) -> None:
    """正式党员满七人九十天还没有支部委员会的才指出。"""
    assert len(found(RULES["L14:ORG-3@2018-10-28"], _full(7, since), PERIOD)) == asked
    assert len(found(RULES["L29:L29.6@2018-10-28"], _full(7, since), PERIOD)) == asked


@pytest.mark.parametrize(("joined", "asked"), [("2018-12-01", 1), ("2018-12-02", 0)])
def test_who_came_this_month_may_still_be_put_in_a_group(
    found: Found, joined: str, asked: int
) -> None:
    """进入支部三十天还没有编入党小组的才指出；其余六人都在组里。"""
    groups = "branch_id | id | valid_from | valid_to\n1 | 1 | 2010-01-01 |"
    inside = "\n".join(f"1 | 1 | {at} | 2010-01-01 |" for at in range(1, 7))
    tables = {
        **_full(7, joined),
        "groups": groups,
        "group_members": f"branch_id | group_id | person_id | from_on | to_on\n{inside}",
    }
    assert len(found(RULES["L14:L14.5"], tables, PERIOD)) == asked


@pytest.mark.parametrize(("founded", "asked"), list(zip(DAYS_90, (1, 0), strict=True)))
def test_a_new_branch_finds_its_room_in_time(found: Found, founded: str, asked: int) -> None:
    """成立满九十天仍没有党员活动室的才指出。"""
    tables = {"branches": f"branch_id | founded_on\n1 | {founded}"}
    assert len(found(RULES["L34:L34.1"], tables, PERIOD)) == asked


def test_pushes_are_asked_of_whole_years_with_a_channel(found: Found) -> None:
    """微信群2017年3月才建的，不问2016年、2017年的推送，2018年没有的才指出。"""
    channels = "branch_id | id | kind | opened_on | closed_on\n1 | 1 | wechat | 2017-03-05 |"
    tables = {"channels": channels}

    assert found(RULES["L20:L20.1"], tables, PERIOD) == [(1, "2018", 0, 1)]


@pytest.mark.parametrize(("since", "asked"), list(zip(DAYS_90, (1, 0), strict=True)))
def test_a_new_post_has_ninety_days_for_its_duties(found: Found, since: str, asked: int) -> None:
    """纪检委员设了九十天，职责里还没有的才指出。"""
    sections = (
        "branch_id | id | document_id | doc_kind | post\n1 | 1 | 1 | member_duties | publicity"
    )
    tables = {"posts": COMMITTEE.format(since), "sections": sections}
    assert len(found(RULES["L03:L03.2"], tables, PERIOD)) == asked


@pytest.mark.parametrize(("since", "asked"), [("2018-12-01", 1), ("2018-12-02", 0)])
def test_the_chart_follows_within_a_month(found: Found, since: str, asked: int) -> None:
    """组长换了三十天还没有新的架构图才指出。"""
    leaders = f"branch_id | id | group_id | person_id | from_on | to_on\n1 | 1 | 1 | 1 | {since} |"
    assert len(found(RULES["L14:L14.6"], {"group_leaders": leaders}, PERIOD)) == asked


@pytest.mark.parametrize(("expected", "told"), [(5, True), (6, False), (7, False), (8, True)])
def test_a_meeting_that_admits_a_member_counts_without_him(
    found: Found, expected: int, *, told: bool
) -> None:
    """当日大会接收（或当日转走）的党员，算不算进应到都对：名册当天有前后两个数。"""
    meeting = f"""
        branch_id | id | kind             | held_on    | expected_count
        1         | 9  | members_assembly | 2018-04-12 | {expected}
    """
    tables = {**_full(7, "2018-04-12"), "meetings": meeting}
    rows = found(RULES["L28:L28.2"], tables, PERIOD)
    assert rows == ([(1, "2018-04-12", expected, 7)] if told else [])


def _undated() -> dict[str, str]:
    """Seven on the roster; of the seventh nobody wrote when he joined the Party."""
    seven = _full(7, "2010-01-01")
    return seven | {"stages": seven["stages"].rsplit("\n", 1)[0]}


@pytest.mark.parametrize(("expected", "told"), [(6, True), (7, False)])
def test_a_roster_without_days_is_a_roster(found: Found, expected: int, *, told: bool) -> None:
    """花名册没有写入党日期的也在册：应到人数把他算进去，出席不算外人，当选不能说不是正式党员。"""
    meeting = f"""
        branch_id | id | kind             | held_on    | expected_count
        1         | 9  | members_assembly | 2018-04-12 | {expected}
    """
    came = """
        branch_id | meeting_id | meeting_kind     | state   | person_id | name | on
        1         | 9          | members_assembly | present | 7         | 庚   | 2018-04-12
    """
    elected = """
        branch_id | id | election_id | is_elected | person_id | name | on
        1         | 1  | 1           | 1          | 7         | 庚   | 2018-04-12
    """
    tables = _undated() | {"meetings": meeting, "attendance": came, "candidates": elected}

    assert bool(found(RULES["L28:L28.2"], tables, PERIOD)) == told
    assert found(RULES["L28:MT.5"], tables, PERIOD) == []
    assert found(RULES["L15:L15.12"], tables, PERIOD) == []
