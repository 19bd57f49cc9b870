"""代理 and tokens: rights that are lent, to a colleague or to a program, and end."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.orgs.actions import accounts, login, standing_in, tokens
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import ApiToken, Duty
from taizhang.orgs.queries import accounts as queries
from taizhang.orgs.queries import login as login_queries
from tests.make import Cast

DAY = timedelta(days=1)


def _lent(people: Cast, now: datetime, to: str = "member", days: int = 3) -> Duty:
    return standing_in.lend(
        duty=people.users["secretary"].duties.get(), to=people.users[to], from_on=people.day,
        to_on=people.day + days * DAY, actor=people.actor("secretary"), now=now,
    )  # fmt: skip


def test_a_stand_in_may_what_the_other_may_and_no_longer(people: Cast, now: datetime) -> None:
    _lent(people, now)
    member = people.users["member"]
    can = [
        actor_of(member, on=people.day + n * DAY).may_keep_ledgers_of(people.own)
        for n in (-1, 0, 3, 4)
    ]
    assert can == [False, True, True, False]
    assert queries.keepers(people.own, "secretary", people.day) == [people.users["secretary"].name]


def test_it_ends_with_the_duty_it_stands_for(people: Cast, now: datetime) -> None:
    lent = _lent(people, now)
    assert lent.stands_in_for is not None
    accounts.end_duty(
        duty=lent.stands_in_for, last_on=people.day - DAY, actor=people.actor("security"), now=now
    )
    assert not people.actor("member").may_keep_ledgers_of(people.own)


def test_it_is_taken_back_from_the_page(people: Cast, now: datetime, login: Any) -> None:
    lent = _lent(people, now)
    with time_machine.travel(now, tick=False):
        client = login(people.users["secretary"])
        assert people.users["member"].name in client.get("/me/").content.decode()
        assert people.actor("member").may_keep_ledgers_of(people.own)
        assert client.post(f"/me/stand-ins/{lent.pk}/take-back/").status_code == 302
    lent.refresh_from_db()
    assert lent.to_on == people.day - DAY
    assert not people.actor("member").may_keep_ledgers_of(people.own)
    with pytest.raises(WrongState, match="已经结束"):
        standing_in.take_back(lent=lent, actor=people.actor("secretary"), now=now + 5 * DAY)


@pytest.mark.parametrize(
    ("to", "first", "days", "told"),
    [
        ("foreign", 0, 3, "同一党组织"),
        ("secretary", 0, 3, "同一党组织"),
        ("system", 0, 3, "同一党组织"),
        ("member", -1, 3, "不能早于今天"),
        ("member", 3, -1, "止日早于起日"),
        ("member", 0, 60, "不超过60天"),
    ],
)
def test_wrong_stand_ins_are_refused(
    people: Cast, now: datetime, to: str, first: int, days: int, told: str
) -> None:
    begin = people.day + first * DAY
    with pytest.raises(BadInput, match=told):
        standing_in.lend(
            duty=people.users["secretary"].duties.get(), to=people.users[to], from_on=begin,
            to_on=begin + days * DAY, actor=people.actor("secretary"), now=now,
        )  # fmt: skip


def test_what_is_lent_is_not_lent_on_and_nobody_lends_anothers(people: Cast, now: datetime) -> None:
    lent = _lent(people, now)
    for who, duty in (("member", lent), ("clerk", people.users["secretary"].duties.get())):
        with pytest.raises(NotAllowed):
            standing_in.lend(
                duty=duty, to=people.users["commissioner"], from_on=people.day, to_on=people.day, actor=people.actor(who), now=now
            )  # fmt: skip


def _token(people: Cast, who: str = "clerk") -> str:
    _, token = tokens.make(
        name="校务系统", expires_on=timezone.localdate() + 30 * DAY, actor=people.actor(who), now=timezone.now()
    )  # fmt: skip
    return token


def _asked(token: str, method: str = "get", data: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    if method == "get":
        return Client().get("/api/ledgers/talks/", headers=headers)
    return Client(enforce_csrf_checks=True).post(
        "/api/ledgers/talks/", json.dumps(data), content_type="application/json", headers=headers
    )


def test_a_token_reads_and_is_answered_like_its_person(people: Cast) -> None:
    assert _asked(_token(people)).status_code == 200
    assert _asked("tz_falsch").status_code == 401
    assert _asked(
        _token(people), "post", {"branch": people.other.pk, "values": {}}
    ).status_code in (403, 422)
    stored = str(list(ApiToken.objects.values()))
    assert _token(people) not in stored


def test_a_token_ends_with_its_day_its_owner_and_its_account(people: Cast, now: datetime) -> None:
    token = _token(people)
    kept = ApiToken.objects.get()
    assert kept.begins == token[:8]
    tokens.end(token=kept, actor=people.actor("clerk"), now=now)
    assert _asked(token).status_code == 401
    late = _token(people)
    ApiToken.objects.filter(ended_at=None).update(expires_on=timezone.localdate() - DAY)
    assert _asked(late).status_code == 401
    last = _token(people)
    accounts.set_active(
        user=people.users["clerk"], active=False, actor=people.actor("system"), now=now
    )
    assert _asked(last).status_code == 401


def test_a_token_that_asks_too_often_waits_for_the_next_minute(people: Cast, now: datetime) -> None:
    login.set_rules(values={"token_calls": 10}, actor=people.actor("security"), now=now)
    token, at = _token(people), datetime(2030, 1, 1, 8, 0, 0, tzinfo=now.tzinfo)
    ApiToken.objects.update(expires_on=date(2030, 1, 2))
    told = [tokens.used(token, at)[1] for _ in range(12)]
    assert told == [False] * 10 + [True] * 2
    assert not tokens.used(token, at + timedelta(minutes=1))[1]
    ApiToken.objects.update(window=int(timezone.now().timestamp()) // 60, calls=99)
    answer = _asked(token)
    assert (
        answer.status_code == 429 or ApiToken.objects.get().calls < 99
    )  # the minute may have turned
    assert answer.status_code == 200 or 0 < int(answer["Retry-After"]) <= 60


def test_a_token_is_shown_once_and_administrators_get_none(people: Cast, login: Any) -> None:
    client = login(people.users["clerk"])
    until = (timezone.localdate() + 30 * DAY).isoformat()
    page = client.post("/me/tokens/", {"name": "校务系统", "until": until})
    token = re.search(r"tz_[\w-]{43}", page.content.decode())
    assert token is not None
    assert page["Cache-Control"] == "no-store"
    assert token[0] not in client.get("/me/").content.decode()
    assert client.post("/me/tokens/", {"name": "", "until": "2999-01-01"}).status_code == 422
    assert login(people.users["system"]).post("/me/tokens/", {"name": "x"}).status_code == 403
    assert len(login_queries.tokens(people.users["clerk"])) == 1
