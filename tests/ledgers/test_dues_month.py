"""The dues of a month as one grid."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from taizhang.ledgers.kinds.dues_payments import DuesPayment
from taizhang.orgs.models import Person
from tests.make import NAMES, Cast, save

URL = "/ledgers/dues-payments/month/"


def _assess(people: Cast, now: datetime, names: tuple[str, ...]) -> None:
    for name in names:
        save(people.own, people.actor("clerk"), now, "dues-assessments", person=name, year="2018", category="在职",
             basis="某月工资", monthly_due="12.50")  # fmt: skip


def _posted(names: tuple[str, ...], **more: str) -> dict[str, str]:
    found = {
        "month": "2018-09",
        "paid_on": "2018-09-10",
        "method": "现金",
        "collector": NAMES[1],
    } | more
    for person in Person.objects.filter(name__in=names):
        found |= {f"tick-{person.pk}": "1", f"amount-{person.pk}": "12.50"}
    return found


def test_it_is_filled_with_what_is_due(people: Cast, now: datetime, login: Any) -> None:
    _assess(people, now, NAMES[:2])
    save(people.own, people.actor("clerk"), now, "dues-exemptions", person=NAMES[1], kind="免交",
         from_month="2018-09", to_month="2018-09", decided_on="2018-08-20")  # fmt: skip

    page = login(people.users["clerk"]).get(URL, {"month": "2018-09"}).content.decode()

    assert "在册 8 人，应交 12.50 元" in page
    assert page.count("未核定") == 6
    assert page.count("免交") == 1


def test_one_press_records_everybody_ticked(people: Cast, now: datetime, login: Any) -> None:
    clerk = login(people.users["clerk"])

    answer = clerk.post(URL, _posted(NAMES[:3], receipt_from="示-0099"), follow=True)

    assert "已登记3人2018年9月党费" in answer.content.decode()
    found = DuesPayment.objects.order_by("pk").values_list("amount", "receipt_no", "entry_mode")
    assert sorted(found) == [
        (1250, "示-0099", "live"),
        (1250, "示-0100", "live"),
        (1250, "示-0101", "live"),
    ]
    assert clerk.get(URL).content.decode().count("2018年10月党费") == 1


def test_one_wrong_amount_stores_nothing_and_keeps_what_was_typed(people: Cast, login: Any) -> None:
    posted = _posted(NAMES[:3])
    bad = Person.objects.get(name=NAMES[0])
    posted[f"amount-{bad.pk}"] = "十二元五"

    answer = login(people.users["clerk"]).post(URL, posted)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“十二元五”不是金额" in page
    assert 'value="十二元五"' in page
    assert not DuesPayment.objects.exists()


def test_what_is_wrong_for_all_is_told_once(people: Cast, login: Any) -> None:
    answer = login(people.users["clerk"]).post(URL, _posted(NAMES[:3], paid_on="2018-02-30"))
    assert answer.content.decode().count("没有“2018-02-30”这一天") == 1


def test_nobody_ticked_is_refused(people: Cast, login: Any) -> None:
    assert (
        "没有勾选任何人"
        in login(people.users["clerk"]).post(URL, {"month": "2018-09"}).content.decode()
    )
