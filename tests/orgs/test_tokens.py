"""Tokens of the API, and the second factor, at their bounds."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput
from taizhang.orgs.actions import login, second_factor, tokens
from taizhang.orgs.models import ApiToken, SecondFactor
from taizhang.orgs.queries import login as login_queries
from tests.make import Cast

DAY = timedelta(days=1)


def _make(people: Cast, now: datetime, name: str = "财务", until: date | None = None) -> ApiToken:
    until = until or people.day
    return tokens.make(name=name, expires_on=until, actor=people.actor("clerk"), now=now)[0]


def test_a_token_is_made_from_today_to_as_long_as_the_rules_allow(
    people: Cast, now: datetime
) -> None:
    longest = people.day + timedelta(days=login_queries.rules().token_days)
    for until in (people.day, longest):
        assert _make(people, now, "财" * 60, until).expires_on == until
    for until in (people.day - DAY, longest + DAY):
        with pytest.raises(BadInput, match=f"有效期应在今天至{longest}之间"):
            _make(people, now, until=until)
    with pytest.raises(BadInput, match="有效期应在今天"):
        tokens.make(name="财务", expires_on=None, actor=people.actor("clerk"), now=now)
    with pytest.raises(BadInput, match="“用途”：请写明用途"):
        _make(people, now, " ")


def test_nobody_has_more_than_ten_in_use(people: Cast, now: datetime) -> None:
    made = [_make(people, now) for _ in range(tokens.MOST)]
    with pytest.raises(BadInput, match="在用的令牌不能超过10个"):
        _make(people, now)
    tokens.end(token=made[0], actor=people.actor("clerk"), now=now)
    ApiToken.objects.filter(pk=made[1].pk).update(expires_on=people.day - DAY)
    _make(people, now)
    _make(people, now)
    with pytest.raises(BadInput, match="不能超过10个"):
        _make(people, now)


def test_its_minute_is_one_of_the_clock(people: Cast, now: datetime) -> None:
    login.set_rules(values={"token_calls": 10}, actor=people.actor("security"), now=now)
    _, token = tokens.make(name="财务", expires_on=people.day, actor=people.actor("clerk"), now=now)
    first = now.replace(second=0, microsecond=0)
    assert int(first.timestamp()) // 61 != (int(first.timestamp()) + 59) // 61
    told = [tokens.used(token, first)[1] for _ in range(10)]

    assert told == [False] * 10
    assert tokens.used(token, first + timedelta(seconds=59))[1]
    assert not tokens.used(token, first + timedelta(seconds=60))[1]
    assert ApiToken.objects.get().calls == 1


SECRET = base64.b32encode(b"12345678901234567890").decode()
"""That of the examples of RFC 6238."""


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804")])
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    assert second_factor.code_at(SECRET, datetime.fromtimestamp(at, UTC)) == code


@pytest.mark.parametrize(
    ("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_of_the_last_or_the_next_half_minute_is_right(
    people: Cast, now: datetime, steps: int, right: bool
) -> None:
    told: dict[str, Any] = {"secret": SECRET, "actor": people.actor("clerk"), "now": now}
    code = second_factor.code_at(SECRET, now + timedelta(seconds=30 * steps))
    if right:
        assert len(second_factor.enrol(code=f" {code[:3]} {code[3:]}", **told)) == 8
        return
    with pytest.raises(BadInput, match="动态口令不正确"):
        second_factor.enrol(code=code, **told)


def test_who_gives_up_his_authenticator_has_none(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    code = second_factor.code_at(SECRET, now)
    spare = second_factor.enrol(secret=SECRET, code=code, actor=clerk, now=now)
    for wrong in ("", code, "000000"):
        with pytest.raises(BadInput):
            second_factor.give_up(code=wrong, actor=clerk, now=now)
    second_factor.give_up(code=spare[0], actor=clerk, now=now)
    assert not SecondFactor.objects.exists()
    assert not second_factor.passes(user=clerk.user, code=spare[1], now=now)
