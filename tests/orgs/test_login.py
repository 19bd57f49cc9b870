"""Logging in: the second factor, sessions that are listed and ended, passwords that age, the rules
in one place.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from taizhang.config.cli.main import main
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import login as actions
from taizhang.orgs.actions import second_factor
from taizhang.orgs.models import LoginSession, PastPassword, SecondFactor, User
from taizhang.orgs.queries import login as login_queries
from tests.make import Cast

RIGHT = "Richtig-2018-x"


def _with_password(people: Cast, who: str) -> User:
    user = people.users[who]
    user.set_password(RIGHT)
    user.save()
    return user


def _come(username: str, password: str = RIGHT, **headers: Any) -> tuple[Client, Any]:
    client = Client()
    answer = client.post("/login/", {"username": username, "password": password}, **headers)
    return client, answer


def _code(secret: str, steps: int = 0) -> str:
    return second_factor.code_at(secret, timezone.now() + timedelta(seconds=30 * steps))


def _enrolled(people: Cast, who: str) -> tuple[str, list[str]]:
    _with_password(people, who)
    secret, now = second_factor.fresh_secret(), timezone.now()
    code = second_factor.code_at(secret, now - timedelta(seconds=30))
    spare = second_factor.enrol(secret=secret, code=code, actor=people.actor(who), now=now)
    return secret, spare


def test_an_administrator_does_nothing_before_he_has_a_second_factor(people: Cast) -> None:
    _with_password(people, "system")
    client, _ = _come("system")
    assert client.get("/accounts/")["Location"] == "/second-factor/"
    page = client.get("/second-factor/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret is not None
    assert "data:image/svg+xml" in page
    assert client.post("/second-factor/", {"code": "000000"}).status_code == 422

    page = client.post("/second-factor/", {"code": _code(secret[1])}).content.decode()
    assert len(re.findall(r"<code>[A-Z2-7]{8}</code>", page)) == 8
    assert client.get("/accounts/").status_code == 200
    stored = SecondFactor.objects.filter(user=people.users["system"]).values_list()[0]
    assert secret[1] not in str(
        SecondFactor.objects.extra(select={"raw": "secret"}).values("raw")
    ) + str(stored[-1])


def test_the_code_comes_after_the_password_and_is_taken_once(people: Cast) -> None:
    secret, _ = _enrolled(people, "clerk")
    client, answer = _come("clerk")
    assert answer["Location"] == "/login/code/"
    assert "/login/" in client.get("/me/")["Location"]
    code = _code(secret)
    assert client.post("/login/code/", {"code": code})["Location"] == "/"
    assert client.get("/me/").status_code == 200

    again, _ = _come("clerk")
    assert again.post("/login/code/", {"code": code}).status_code == 422
    assert "/login/" in again.get("/me/")["Location"]


def test_a_spare_code_opens_once(people: Cast) -> None:
    _, spare = _enrolled(people, "clerk")
    for wanted in (302, 422):
        client, _ = _come("clerk")
        answer = client.post("/login/code/", {"code": f" {spare[0][:4].lower()}-{spare[0][4:]}"})
        assert answer.status_code == wanted


def test_wrong_codes_lock_the_account_and_the_code_waits_five_minutes(people: Cast) -> None:
    secret, _ = _enrolled(people, "clerk")
    client, _ = _come("clerk")
    for _ in range(5):
        client.post("/login/code/", {"code": "000000"})
    told = client.post("/login/code/", {"code": _code(secret)})
    assert "已锁定" in told.content.decode()
    session = client.session
    session["second"] = session["second"] | {"at": 0}
    session.save()
    assert client.get("/login/code/")["Location"] == "/login/"


@pytest.mark.parametrize("code", ["", "１２３４５６", "abcdefgh" * 9, "12345\x00", "-1"])
def test_what_is_no_code_is_wrong(people: Cast, code: str) -> None:
    _enrolled(people, "clerk")
    client, _ = _come("clerk")
    assert client.post("/login/code/", {"code": code}).status_code == 422


def test_a_lost_authenticator_is_reset_by_the_security_administrator_alone(
    people: Cast, login: Any, now: datetime
) -> None:
    _enrolled(people, "clerk")
    user = people.users["clerk"]
    assert (
        login(people.users["system"]).post(f"/accounts/{user.pk}/second-factor/").status_code == 403
    )
    assert (
        login(people.users["security"]).post(f"/accounts/{user.pk}/second-factor/").status_code
        == 302
    )
    assert not login_queries.has_second_factor(user)
    with pytest.raises(NotAllowed):
        second_factor.reset(user=people.users["security"], actor=people.actor("security"), now=now)


def test_sessions_are_listed_and_ended(people: Cast) -> None:
    _with_password(people, "clerk")
    here, _ = _come("clerk", HTTP_USER_AGENT="Firefox im Büro")
    there, _ = _come("clerk", HTTP_USER_AGENT="Chrome zu Hause")
    page = here.get("/me/").content.decode()
    assert "Firefox im Büro" in page
    assert "Chrome zu Hause" in page
    other = LoginSession.objects.get(agent="Chrome zu Hause")
    assert here.post(f"/sessions/{other.pk}/end/").status_code == 302
    assert "/login/" in there.get("/me/")["Location"]
    assert here.get("/me/").status_code == 200
    assert JournalLine.objects.filter(verb="orgs.end_session").count() == 1


def test_nobody_ends_anothers_session_but_the_administrators(people: Cast, login: Any) -> None:
    _with_password(people, "clerk")
    client, _ = _come("clerk")
    key = LoginSession.objects.get(user=people.users["clerk"]).pk
    assert login(people.users["secretary"]).post(f"/sessions/{key}/end/").status_code == 403
    assert client.get("/me/").status_code == 200
    assert login(people.users["system"]).post(f"/sessions/{key}/end/").status_code == 302
    assert "/login/" in client.get("/me/")["Location"]


def test_a_new_password_ends_the_other_sessions_and_logging_out_ends_its_own(people: Cast) -> None:
    user = _with_password(people, "clerk")
    here, _ = _come("clerk")
    there, _ = _come("clerk")
    given = {"old": RIGHT, "new": "Neu-Genug-2018", "again": "Neu-Genug-2018"}
    assert here.post("/password/", given).status_code == 302
    assert here.get("/me/").status_code == 200
    assert "/login/" in there.get("/me/")["Location"]
    assert LoginSession.objects.filter(user=user).count() == 1
    here.post("/logout/")
    assert not LoginSession.objects.filter(user=user).exists()
    assert not Session.objects.filter(session_key=here.session.session_key).exists()
    line = JournalLine.objects.get(verb="orgs.logout")
    assert (line.actor, line.subject) == (user, f"user:{user.pk}")


def test_where_one_session_is_allowed_the_later_ends_the_earlier(
    people: Cast, now: datetime
) -> None:
    actions.set_rules(values={"one_session": True}, actor=people.actor("security"), now=now)
    _with_password(people, "clerk")
    first, _ = _come("clerk")
    second, _ = _come("clerk")
    assert "/login/" in first.get("/me/")["Location"]
    assert second.get("/me/").status_code == 200


def test_an_old_password_must_be_changed_and_a_used_one_is_not_taken(people: Cast) -> None:
    user = _with_password(people, "clerk")
    User.objects.filter(pk=user.pk).update(password_at=timezone.now() - timedelta(days=181))
    client, _ = _come("clerk")
    assert client.get("/me/")["Location"] == "/password/"
    new = "Neu-Genug-2018"
    assert client.post("/password/", {"old": RIGHT, "new": new, "again": new}).status_code == 302
    answer = client.post("/password/", {"old": new, "new": RIGHT, "again": RIGHT})
    assert "最近5次用过" in answer.content.decode()
    assert client.get("/me/").status_code == 200


def test_of_the_passwords_one_had_the_last_24_are_kept(people: Cast, now: datetime) -> None:
    user = _with_password(people, "clerk")
    days = [now - timedelta(days=n) for n in range(1, 31)]
    PastPassword.objects.bulk_create(
        PastPassword(user=user, stored=f"{n}", at=day) for n, day in enumerate(days)
    )
    others = PastPassword.objects.create(user=people.users["foreign"], stored="", at=days[-1])
    was = user.password

    actions.change_password(actor=people.actor("clerk"), old=RIGHT, new="Neu-Genug-2018", now=now)

    kept = PastPassword.objects.filter(user=user).order_by("-at").values_list("stored", flat=True)
    assert list(kept) == [was, *map(str, range(23))]
    assert PastPassword.objects.filter(pk=others.pk).exists()


def test_a_slip_that_was_left_lying_opens_nothing(people: Cast, now: datetime) -> None:
    user = _with_password(people, "clerk")
    old = timezone.now() - timedelta(days=15)
    User.objects.filter(pk=user.pk).update(must_change_password=True, password_at=old)
    _, answer = _come("clerk")
    assert "一次性密码已过期" in answer.content.decode()


def test_the_rules_are_set_by_the_security_administrator_within_bounds(
    people: Cast, login: Any, now: datetime
) -> None:
    kept = {name: str(getattr(login_queries.rules(), name)) for name in (
        "password_length", "password_classes", "password_days", "password_history", "slip_days", "free_tries", "address_tries", "longest_lock",
        "idle_minutes", "stand_in_days", "token_days", "token_calls")}  # fmt: skip
    security = login(people.users["security"])
    wrong = security.post("/login-rules/", kept | {"idle_minutes": "999", "password_length": "x"})
    assert wrong.status_code == 422
    assert "多少分钟不操作自动退出" in wrong.content.decode()
    assert 'value="999"' in wrong.content.decode()
    assert login_queries.rules().pk is None
    fine = kept | {"idle_minutes": "20", "second_factor_roles": ["office"]}
    assert security.post("/login-rules/", fine).status_code == 302
    assert login_queries.rules().idle_minutes == 20
    _with_password(people, "office")
    client, _ = _come("office")
    assert client.get("/board/")["Location"] == "/second-factor/"
    assert client.session.get_expiry_age() == 20 * 60
    with pytest.raises(BadInput):
        actions.set_rules(
            values={"second_factor_roles": ["chef"]}, actor=people.actor("security"), now=now
        )


def test_the_same_password_is_judged_by_the_rules_that_were_set(
    people: Cast, now: datetime
) -> None:
    actions.set_rules(values={"password_length": 16}, actor=people.actor("security"), now=now)
    _with_password(people, "clerk")
    with pytest.raises(BadInput, match="至少16位"):
        actions.change_password(
            actor=people.actor("clerk"), old=RIGHT, new="Neu-Genug-2018", now=now
        )


def test_the_command_lets_an_administrator_in_again(people: Cast, capsys: Any) -> None:
    _enrolled(people, "security")
    assert main(["second-factor", "reset", "security"]) == 0
    assert not login_queries.has_second_factor(people.users["security"])
    assert main(["second-factor", "reset", "keiner"]) == 1
    assert "没有在用的账号" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge（Windows）"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605 Mobile MicroMessenger/8.0", "微信（iPhone）"),
        ("curl/8.0", "curl/8.0"),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_people_call_it(agent: str, told: str) -> None:
    assert LoginSession(agent=agent).browser == told


def test_sessions_that_ran_out_are_cleared_away_at_the_next_login(people: Cast) -> None:
    user = _with_password(people, "clerk")
    _come("clerk")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    _come("clerk")
    assert LoginSession.objects.filter(user=user).count() == 1
    assert Session.objects.count() == 1


def test_a_new_authenticator_takes_the_place_of_the_old_one(people: Cast) -> None:
    user = people.users["clerk"]
    first, spare = _enrolled(people, "clerk")
    second, _ = _enrolled(people, "clerk")

    known = SecondFactor.objects.get(user=user)
    assert (known.secret, first != second) == (second, True)
    assert second_factor._digest(spare[0]) not in known.spare


def test_a_password_is_old_after_its_days_and_not_on_the_last(people: Cast, now: datetime) -> None:
    values = {"password_days": 90, "slip_days": 7}
    actions.set_rules(values=values, actor=people.actor("security"), now=now)
    user = people.users["clerk"]
    user.must_change_password = True

    for judge, days in ((actions.is_password_too_old, 90), (actions.is_slip_too_old, 7)):
        told = []
        for ago in (timedelta(days, -1), timedelta(days), timedelta(days, 1), None):
            user.password_at = None if ago is None else now - ago
            told.append(judge(user, now))
        assert told == [False, False, True, False]
