"""The sentence of a suspicion: months and years where a record has no day, and whom it is about."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from taizhang.checks import actions, editions, engine, queries, sentences
from taizhang.kernel.errors import BadInput
from taizhang.rules.base import Suspicion
from taizhang.rules.kinds import Periodic
from tests.make import NAMES, Cast, inspected, raw, save

BASE = "tianning-2018"
NOBODY = sentences.Names({}, {}, {}, {})


@pytest.mark.parametrize(
    ("rule", "window", "begins"),
    [
        ("L25:L25.5b", "2018-03-01", "2018年3月党费"),
        ("L18:L18.2", "2018-01-01", "2018年学习计划"),
        ("L18:AF-T7", "2018-01-01", "2018年学习计划"),
        ("L28:MT.6d", "2018-01-01", "2018年1月1日党员大会"),
        ("L29:L29.1", "2018-01", "2018年1月未召开"),
    ],
)
def test_a_month_or_a_year_is_said_as_such(rule: str, window: str, begins: str) -> None:
    known = engine.rules(BASE)[rule]
    assert sentences.sentence(known, Suspicion(rule, 1, window, 7), NOBODY).startswith(begins)


@pytest.mark.parametrize(("found", "told"), [(-21, "早21天"), (5, "晚5天")])
def test_how_far_apart_two_days_are(found: int, told: str) -> None:
    rule = engine.rules(BASE)["L28:AF-F2"]
    text = sentences.sentence(rule, Suspicion(rule.id, 1, "2018-03-06", 7, found=found), NOBODY)
    assert text == f"2018年3月6日会议照片的拍摄日期比会议日期{told}"


def test_whose_record_it_is_and_of_when_the_other(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    inspected(now, (2018, 2018), date(2018, 10, 25))
    for month, name in (("2018-02", NAMES[0]), ("2018-03", NAMES[1])):
        values = raw("dues-payments") | {"person": name, "month": month, "receipt_no": "A0001"}
        save(people.own, clerk, now, "dues-payments", **values)
    actions.check_all(name="reference", actor=None, now=now)
    report = queries.item_report(branch=people.own, key="L25")
    told = [reason.text for matter in report.matters for reason in matter.members]
    assert f"{NAMES[1]}2018年3月党费收据号与2018年2月的另一笔重复" in told


@pytest.mark.parametrize("text", ["{window}未召开{人名}", "{window", "{found:x}", "{window!q}"])
def test_a_sentence_that_cannot_be_filled_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Periodic(id="x", severity="error", finding=text, ledger="meetings", every="month")
    with pytest.raises(BadInput, match="疑点文字"):
        editions.changed(engine.catalogue(BASE), {"L29:L29.1": {"finding": text}})
