"""The invented district: what was planted is found, and nothing else, by both engines; and saving changes the verdict."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from taizhang.catalogue.model import code_of
from taizhang.checks import actions, engine, queries
from taizhang.checks.models import SuspicionRow, Verdict
from taizhang.config.command import main
from taizhang.demo import seed
from taizhang.kernel.errors import NotAllowed
from taizhang.orgs.models import Organisation
from tests.make import Cast, raw, save

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """Fourteen branches of the demo, in a transaction of the module."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        yield seed.load(now=NOW, branches=14, say=lambda line: None)
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.mark.django_db
def test_what_was_planted_is_found_and_nothing_else(district: seed.District) -> None:
    planted = Counter((p.branch, p.item, p.code, p.window) for p in district.truth)
    rows = SuspicionRow.objects.filter(certain=True).select_related("branch")
    found = Counter((s.branch.short_name, s.item, code_of(s.rule), s.window) for s in rows)
    assert found == planted
    assert len(planted) > 20


@pytest.mark.django_db
def test_both_engines_say_the_same_of_the_district(district: seed.District) -> None:
    scope = queries.must_have_scope()
    period = queries.period_of(scope, NOW.date())
    branches = list(Organisation.objects.branches())
    said = [
        {
            (c.branch, v.item, str(v.outcome), tuple(sorted(v.suspicions)))
            for c in judge(branches, scope.catalogue, period)
            for v in c.verdicts
        }
        for judge in engine.ENGINES.values()
    ]
    assert said[0] == said[1]
    assert district.truth


@pytest.mark.django_db
def test_the_pages_cost_the_same_however_many_branches(
    district: seed.District, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.force_login(district.office.user)
    for url, most in (
        ("/board/", 16),
        ("/meetings/?kind=group_meeting&year=2016", 12),
        ("/items/L29/", 13),
        ("/ledgers/meetings/", 11),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200


@pytest.mark.django_db
def test_the_command_prints_the_contract(
    district: seed.District, capsys: pytest.CaptureFixture[str]
) -> None:
    branch = district.truth[0].branch
    assert main(["check", "--branch", branch, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["on"], document["from"], document["catalogue"]) == (
        "2018-10-25",
        "2015-01-01",
        "tianning-2018",
    )
    items = document["branches"][0]["items"]
    assert len(items) == 36
    assert any(
        s["rule"] == district.truth[0].code and s["text"] for i in items for s in i["suspicions"]
    )


def _scope(people: Cast, now: datetime) -> None:
    actions.set_scope(
        from_on=date(2016, 1, 1),
        to_on=date(2016, 12, 31),
        on=date(2016, 4, 30),
        catalogue="tianning-2018",
        actor=people.actor("office"),
        now=now,
    )
    actions.judge_whole(people.own, now)


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

    assert 'id="wrong-present_count" hx-swap-oob="true"><p class="s-error">' in answer
    assert "只开了10分钟" in answer
    assert "没有保存" not in clerk.get("/ledgers/meetings/").content.decode()
    assert "共 0 条" in clerk.get("/ledgers/meetings/").content.decode()


def test_only_the_office_sets_the_scope(people: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.set_scope(
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
    ],
)
def test_a_reason_leads_to_a_record_of_the_right_ledger(rule: str, kind: str) -> None:
    assert queries.kind_of(engine.rules("tianning-2018")[rule]) == kind
