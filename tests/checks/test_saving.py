"""What is saved is judged at once, for one branch; what is missing is no pass."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from taizhang.checks import engine
from taizhang.checks.actions import checking
from taizhang.checks.models import Verdict
from taizhang.checks.reasons import record_links
from taizhang.kernel.errors import NotAllowed
from taizhang.rules.base import Suspicion
from tests.make import Cast, inspected, raw, save

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def _scope(people: Cast, now: datetime) -> None:
    inspected(now, (2016, 2016), date(2016, 4, 30))
    checking.judge_whole(people.own, now)


def test_saving_a_record_changes_the_next_page(people: Cast, now: datetime, login: Any) -> None:
    _scope(people, now)
    before = Verdict.objects.get(branch=people.own, item="L29")
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))

    page = (
        login(people.users["secretary"])
        .get(f"/branches/{people.own.pk}/items/L29/")
        .content.decode()
    )

    assert (before.outcome, Verdict.objects.get(branch=people.own, item="L29").outcome) == (
        "missing",
        "defective",
    )
    assert "2016年2月未召开支委会" in page
    assert "2016年3月未召开支委会" not in page
    assert "会议记录要素不全" in page or "记录要素不全，缺少" in page


def test_missing_data_is_no_pass(people: Cast, now: datetime) -> None:
    _scope(people, now)
    verdict = Verdict.objects.get(branch=people.own, item="L17")
    assert (verdict.outcome, bool(verdict.reason)) == ("to_judge", True)
    assert Verdict.objects.get(branch=people.own, item="L19").outcome == "not_applicable"


def test_the_form_tells_beside_the_field_what_is_wrong_and_stores_nothing(
    people: Cast, now: datetime, login: Any
) -> None:
    _scope(people, now)
    clerk = login(people.users["clerk"])
    values = raw("meetings") | {
        "branch": str(people.own.pk),
        "present_count": "9",
        "host_name": "示例庚",
        "starts_at": "15:00",
        "ends_at": "15:10",
    }

    answer = clerk.post("/checks/meetings/try/", values).content.decode()

    assert 'id="wrong-present_count" hx-swap-oob="true"> <p class="s-warn">' in answer
    assert "只开了10分钟" in answer
    assert "没有保存" not in clerk.get("/ledgers/meetings/").content.decode()
    assert "共 0 条" in clerk.get("/ledgers/meetings/").content.decode()


def test_only_the_office_sets_the_scope(people: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        checking.set_scope(
            from_on=now.date(),
            to_on=now.date(),
            on=None,
            catalogue="tianning-2018",
            actor=people.actor("clerk"),
            now=now,
        )


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("L13:PD.8", "documents"),
        ("L29:MT.10", "meetings"),
        ("L29:MT.4", "meetings"),
        ("L12:L12.4", "talks"),
        ("L03:L03.4", ""),
        ("L25:L25.5", "dues-payments"),
        ("L28:AF-F1w", "meetings"),
        ("L34:L34.5", "room-uses"),
    ],
)
def test_a_reason_leads_to_a_record_of_the_right_ledger(rule: str, kind: str) -> None:
    assert record_links.kind_of(engine.rules("tianning-2018")[rule]) == kind


@pytest.mark.parametrize(
    ("rule", "window", "person", "asked"),
    [
        ("L29:L29.1", "2018-04", "", "meetings/?branch=7&from=2018-04-01&to=2018-04-30&choice=committee_meeting"),
        ("L29:MT.4b", "2018", "甲", "meetings/?branch=7&from=2018-01-01&to=2018-12-31&choice=committee_meeting"),
        ("L25:L25.2", "2018-04", "甲", "dues-payments/?branch=7&from=2018-04-01&to=2018-04-30&q=%E7%94%B2"),
        ("L25:L25.4", "2018-Q1", "", "dues-payments/?branch=7&from=2018-01-01&to=2018-03-31"),
        ("L16:L16.1", "2016-09-23", "", "divisions/?branch=7&from=2016-01-01&to=2016-12-31"),
        ("L12:L12.1", "2016", "甲", "talks/?branch=7&from=2016-01-01&to=2016-12-31&choice=within_committee&q=%E7%94%B2"),
        ("L14:ORG-2", "", "", ""),
    ],
)  # fmt: skip
def test_a_reason_without_a_record_leads_to_what_it_counted(
    rule: str, window: str, person: str, asked: str
) -> None:
    known = engine.rules("tianning-2018")
    found = record_links.listed(known[rule], Suspicion(rule, 7, window), person)
    assert found.removeprefix("/ledgers/") == asked
