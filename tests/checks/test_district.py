"""The invented district: what was planted is found, and nothing else, by both engines; and saving
changes the verdict.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from taizhang.catalogue.model import code_of
from taizhang.checks import engine, facts
from taizhang.checks.columnar import arrow
from taizhang.checks.models import SuspicionRow
from taizhang.checks.reasons import queries
from taizhang.config.cli.main import main
from taizhang.demo import seed
from taizhang.orgs.models import Organisation
from tests.modules import transaction_of_module

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """Fourteen branches of the demo, in a transaction of the module."""
    with transaction_of_module(django_db_blocker):
        yield seed.load(now=NOW, branches=14, say=lambda line: None)


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
            (c.branch, v.item, str(v.outcome), v.records, tuple(sorted(v.suspicions)))
            for c in judge(branches, scope.catalogue, period)
            for v in c.verdicts
        }
        for judge in engine.ENGINES.values()
    ]
    assert said[0] == said[1]
    assert district.truth


@pytest.mark.django_db
def test_arrow_holds_what_the_rows_hold(district: seed.District) -> None:
    rows = facts.tables()
    found = arrow.tables()

    assert found.keys() == rows.keys()
    for name, table in found.items():
        columns = [column.to_pylist() for column in table.columns]
        assert Counter(zip(*columns, strict=True)) == Counter(map(tuple, rows[name])), name
    assert found["attendance"].num_rows > 1000


@pytest.mark.django_db
def test_what_was_read_whole_is_cut_to_years_as_the_database_would(
    district: seed.District, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    branch = Organisation.objects.get(short_name=district.truth[0].branch).pk
    year = facts.Slice(branch, years=(date(2016, 1, 1), date(2016, 12, 31)))
    whole = facts.of_branch(branch).tables
    read = facts.tables(year)
    with django_assert_num_queries(0):
        found = facts.tables(replace(year, held=whole))

    assert {n: Counter(rows) for n, rows in found.items()} == {
        n: Counter(rows) for n, rows in read.items()
    }
    assert 0 < len(found["attendance"]) < len(whole["attendance"])


@pytest.mark.django_db
def test_the_pages_cost_the_same_however_many_branches(
    district: seed.District, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.force_login(district.office.user)
    for url, most in (
        (
            "/board/",
            24,
        ),  # two of them for the menu, four of them for what changed since the last check
        ("/meetings/?kind=group_meeting&year=2016", 15),
        ("/items/L29/", 16),
        ("/ledgers/meetings/", 13),
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
