"""What only the system asks for: it is said everywhere, and alone it never makes an item bad."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from taizhang.checks import engine
from taizhang.checks.actions import checking
from taizhang.checks.models import SuspicionRow
from taizhang.checks.pages import due_list
from taizhang.checks.reasons import queries
from taizhang.checks.verdicts import Standing, derive
from taizhang.rules.base import Suspicion
from tests.checks.test_exports import _sheets
from tests.make import Cast, inspected, raw, save

NAME = "tianning-2018"


def test_a_hint_alone_leaves_the_item_in_order() -> None:
    catalogue, rules = engine.catalogue(NAME), engine.rules(NAME)
    fine = Standing({item.id: 1 for item in catalogue.items}, {}, {})
    hints = [rule for rule in rules.values() if rule.rests_on().is_hint]
    assert len(hints) > 400
    found = derive(catalogue, rules, [Suspicion(rule.id, 1, "2016-03") for rule in hints], fine)
    outcomes = {verdict.outcome for verdict in found if verdict.suspicions}
    assert outcomes == {"ok"}
    without = Standing(dict.fromkeys(fine.records, 0), {}, {})
    found = derive(catalogue, rules, [Suspicion(rule.id, 1, "2016-03") for rule in hints], without)
    # A past year without any lecture is not “not yet due”: a person judges.
    assert {v.outcome for v in found if v.suspicions and v.item != "L23"} == {"to_judge"}
    missing = derive(catalogue, rules, [Suspicion("L29:L29.1", 1, "2016-03")], fine)
    assert next(v.outcome for v in missing if v.item == "L29") == "defective"


def _checked(people: Cast, now: datetime) -> None:
    inspected(now, (2016, 2016), date(2016, 12, 31))
    values = raw("meetings") | {"starts_at": "14:00", "ends_at": "14:05", "agenda": "讨论××工作"}
    save(people.own, people.actor("clerk"), now, "meetings", **values)
    checking.check_all(name="reference", actor=None, now=now)


def test_page_list_and_sheet_tell_the_basis_of_the_rule_and_no_other(
    people: Cast, now: datetime, login: Any
) -> None:
    _checked(people, now)
    client = login(people.users["clerk"])
    rules = engine.rules(NAME)
    told = {
        rules[row.rule].rests_on(row.window).told
        for row in SuspicionRow.objects.filter(branch=people.own, certain=True)
    }
    page = client.get(f"/branches/{people.own.pk}/items/L29/").content.decode()
    assert "依据：台账要求“每月召开一次，支委会会议记录”" in page
    assert "依据：系统提示，非台账要求" in page
    due = client.get(f"/branches/{people.own.pk}/expected/").content.decode()
    assert "依据：台账要求“每季度召开一次，党员大会会议记录”" in due
    sheet = _sheets(client, f"/branches/{people.own.pk}/export/")["疑点"]
    column = sheet[0].index("依据")
    assert {row[column] for row in sheet[1:] if row[1].startswith("L")} == told
    assert not [text for text in (page, due, *told) if "附件2台账要求" in text]


def test_every_line_of_what_was_due_rests_on_its_rule(people: Cast, now: datetime) -> None:
    _checked(people, now)
    scope = queries.must_have_scope()
    due = due_list.expected(branch=people.own, scope=scope, today=now.date())
    by_code: dict[str, set[str]] = {}
    for rule in engine.rules(NAME).values():
        by_code.setdefault(rule.id.partition("@")[0], set()).add(rule.rests_on().told)
    lines = [(item, line) for item, found in due.items for line in found]
    assert lines
    for item, line in lines:
        assert line.basis.told in by_code[f"{item.id}:{line.code}"]
