"""Duties are given, ended and handed over within their bounds, and the journal says
what they were.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import accounts, duties, login, standing_in
from taizhang.orgs.models import Duty, LoginSession, Membership, Role, User
from tests.make import Cast

DAY = timedelta(days=1)


@pytest.fixture
def told(people: Cast, now: datetime) -> dict[str, Any]:
    return {"actor": people.actor("security"), "now": now}


def _give(people: Cast, told: dict[str, Any], **about: Any) -> Duty:
    values: dict[str, Any] = {
        "user": people.users["nobody"], "role": "clerk", "organisation": people.own, "from_on": None, "to_on": None,
    }  # fmt: skip
    return accounts.give_duty(**(values | about), **told)


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=verb).latest("seq").detail


def test_a_duty_of_one_day_is_one_and_its_journal_says_the_days(
    people: Cast, told: dict[str, Any]
) -> None:
    _give(people, told)
    assert (_last("orgs.give_duty")["start"], _last("orgs.give_duty")["end"]) == ("", "")
    _give(people, told, role="member", from_on=people.day, to_on=people.day)
    days = (_last("orgs.give_duty")["start"], _last("orgs.give_duty")["end"])
    assert days == (f"{people.day}", f"{people.day}")
    with pytest.raises(BadInput, match="止日早于起日"):
        _give(people, told, role="secretary", from_on=people.day, to_on=people.day - DAY)
    with pytest.raises(BadInput, match="角色不在可选范围内"):
        _give(people, told, role="chef")


def test_business_duties_add_up_and_an_administration_stands_alone(
    people: Cast, told: dict[str, Any]
) -> None:
    _give(people, told)
    _give(people, told, role="secretary")
    _give(people, told, user=people.users["audit"], role="audit", organisation=people.committee)
    assert Duty.objects.filter(user=people.users["nobody"]).count() == 2
    assert Duty.objects.filter(user=people.users["audit"]).count() == 2


@pytest.mark.parametrize(
    ("before", "from_on", "refusal"),
    [
        ({"to_on": date(2018, 10, 31)}, date(2018, 10, 31), ""),
        ({"to_on": date(2018, 10, 30)}, date(2018, 10, 31), "到2018-10-30就终止了"),
        ({"from_on": date(2018, 10, 30)}, date(2018, 10, 31), ""),
        ({"from_on": date(2018, 10, 31)}, date(2018, 10, 31), "应晚于原任的起日2018-10-31"),
    ],
)
def test_a_duty_is_handed_over_while_it_lasts(
    people: Cast, told: dict[str, Any], before: dict[str, date], from_on: date, refusal: str
) -> None:
    duty, to = people.users["clerk"].duties.get(), people.users["nobody"]
    Duty.objects.filter(pk=duty.pk).update(**before)
    duty.refresh_from_db()

    if refusal:
        with pytest.raises(BadInput, match=refusal):
            accounts.hand_over(duty=duty, to=to, from_on=from_on, **told)
        return
    accounts.hand_over(duty=duty, to=to, from_on=from_on, **told)

    duty.refresh_from_db()
    assert duty.to_on == from_on - DAY
    assert to.duties.get().to_on == before.get("to_on")
    assert _last("orgs.hand_over")["said"] == people.users["clerk"].name


def test_to_whom_a_duty_is_not_handed_over(people: Cast, told: dict[str, Any]) -> None:
    duty, gone = people.users["clerk"].duties.get(), people.users["nobody"]
    gone.is_active = False
    for to in (gone, people.users["clerk"]):
        with pytest.raises(BadInput, match="请选择另一个在用的账号"):
            accounts.hand_over(duty=duty, to=to, from_on=people.day, **told)


def test_what_somebody_does_for_another_is_not_handed_over(
    people: Cast, now: datetime, told: dict[str, Any]
) -> None:
    lent = standing_in.lend(
        duty=people.users["clerk"].duties.get(), to=people.users["secretary"], from_on=people.day, to_on=people.day,
        actor=people.actor("clerk"), now=now,
    )  # fmt: skip
    with pytest.raises(BadInput, match="代理的职责由本人收回"):
        accounts.hand_over(duty=lent, to=people.users["nobody"], from_on=people.day, **told)
    with pytest.raises(WrongState, match="已经结束"):
        _taken_back(people, lent, now, to_on=people.day - DAY)
    _taken_back(people, lent, now, to_on=people.day)
    assert lent.to_on == people.day - DAY


def _taken_back(people: Cast, lent: Duty, now: datetime, to_on: date) -> None:
    lent.to_on = to_on
    lent.save()
    standing_in.take_back(lent=lent, actor=people.actor("clerk"), now=now)


def test_who_may_not_is_told_so_before_anything_else(people: Cast, now: datetime) -> None:
    """With nothing to do, or with what is wrong besides, a stranger learns only that he may not."""
    stranger: dict[str, Any] = {"actor": people.actor("office"), "now": now}
    clerk = people.users["clerk"]
    with pytest.raises(NotAllowed):
        accounts.hand_over(duty=clerk.duties.get(), to=clerk, from_on=people.day, **stranger)
    with pytest.raises(NotAllowed):
        accounts.hand_over_all(
            user=people.users["nobody"], to=clerk, from_on=people.day, **stranger
        )
    with pytest.raises(NotAllowed):
        accounts.renew_passwords(users=[], **stranger)
    with pytest.raises(NotAllowed):
        accounts.set_active_together(users=[], active=False, **stranger)


def test_accounts_that_are_so_already_are_left_as_they_are(people: Cast, now: datetime) -> None:
    users = [people.users["clerk"], people.users["member"]]
    told: dict[str, Any] = {"users": users, "active": False, "actor": people.actor("system")}
    accounts.set_active_together(now=now, **told)
    accounts.set_active_together(now=now, **told)

    assert User.objects.filter(is_active=False).count() == 2
    assert JournalLine.objects.filter(verb="orgs.set_active").count() == 2


def test_the_journal_says_whose_account_it_became_and_was(people: Cast, now: datetime) -> None:
    user, system = people.users["clerk"], people.actor("system")
    person = Membership.objects.filter(branch=people.own)[0].person
    user.name = person.name
    accounts.tie_person(user=user, birth_on=person.birth_on, actor=system, now=now)
    assert _last("orgs.tie_person")["changed"] == {"person": ["", f"{person.pk}"]}
    accounts.tie_person(user=user, birth_on=None, actor=system, now=now)
    assert _last("orgs.tie_person")["changed"] == {"person": [f"{person.pk}", ""]}
    user.refresh_from_db()
    assert user.person is None


def test_an_account_without_a_password_lets_nobody_in(people: Cast) -> None:
    assert not User.objects.get(username="nobody").has_usable_password()


def test_an_address_is_kept_or_refused(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    duties.set_address(actor=clerk, email=" a@example.cn ", now=now)
    assert User.objects.get(pk=clerk.user.pk).email == "a@example.cn"
    with pytest.raises(BadInput, match="不是邮箱地址"):
        duties.set_address(actor=clerk, email="a@", now=now)
    with pytest.raises(BadInput, match="第1行“提醒邮箱”列：不是邮箱地址"):
        accounts.open_accounts(
            rows=[accounts.NewAccount("neu", "新", 1, email="a@")], actor=people.actor("system"), now=now
        )  # fmt: skip


def test_what_a_round_lends_is_lent_once_and_ends_but_for_what_is_kept(
    people: Cast, now: datetime
) -> None:
    user, role = people.users["nobody"], Role.INSPECTOR
    lent: dict[str, Any] = {"user": user, "role": role, "days": (people.day, None), "now": now}
    duties.lend_duty(places=[people.own], **lent)
    assert _last("orgs.lend_duty")["to"] == ""
    duties.lend_duty(places=[people.own, people.other], **lent)
    assert _last("orgs.lend_duty")["places"] == ["乙校"]
    duties.lend_duty(places=[people.own, people.other], **lent)
    assert JournalLine.objects.filter(verb="orgs.lend_duty").count() == 2
    duties.lend_duty(places=[people.own], **(lent | {"days": (people.day, people.day + DAY)}))
    days = (_last("orgs.lend_duty")["from"], _last("orgs.lend_duty")["to"])
    assert days == (f"{people.day}", f"{people.day + DAY}")

    kept = {(user.pk, people.other.pk)}
    duties.end_duties(users=[user], roles=[role], day=people.day, now=now, kept=kept)

    left = Duty.objects.filter(user=user).order_by("pk").values_list("organisation", "to_on")
    assert list(left) == [
        (people.own.pk, people.day),
        (people.other.pk, None),
        (people.own.pk, people.day),
    ]
    assert _last("orgs.end_duties")["n"] == 2
    duties.end_duties(users=[user], roles=[role], day=people.day, now=now, kept=kept)
    assert JournalLine.objects.filter(verb="orgs.end_duties").count() == 1


def test_a_session_that_was_ended_is_listed_no_more(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    made = login.note_login(user=clerk.user, session_key="k", agent="浏" * 201, now=now)
    assert made.agent == "浏" * 199 + "…"
    login.end_session(session=made, actor=clerk, now=now)
    assert not LoginSession.objects.exists()
