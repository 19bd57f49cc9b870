"""Wrong passwords: strangers lock themselves out and not the owner, an address that tries much is
refused unheard.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.utils import timezone

from taizhang.config.cli.main import main
from taizhang.kernel.client_address import ORIGIN
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import accounts, attempts
from taizhang.orgs.actions import login as actions
from taizhang.orgs.models import AddressTries, Duty, KnownDevice, LoginTries, Role, User
from taizhang.orgs.queries import login as login_queries
from tests.make import Cast

RIGHT = "Richtig-2018-x"
OWN, FOREIGN = "192.0.2.1", "192.0.2.9"


@pytest.fixture
def clerk(people: Cast) -> User:
    user = people.users["clerk"]
    user.set_password(RIGHT)
    user.save()
    return user


def _try(client: Client, password: str, address: str, username: str = "clerk") -> Any:
    return client.post("/login/", {"username": username, "password": password}, REMOTE_ADDR=address)


def _lock_out(address: str, username: str = "clerk", times: int = 6) -> None:
    for _ in range(times):
        _try(Client(), "falsch", address, username)


def test_a_stranger_locks_himself_out_and_not_the_owner(clerk: User) -> None:
    _lock_out(FOREIGN)
    assert "已锁定" in _try(Client(), RIGHT, FOREIGN).content.decode()
    assert _try(Client(), RIGHT, OWN).status_code == 302


def test_many_addresses_lock_all_but_a_browser_that_was_here_before(clerk: User) -> None:
    known = Client()
    assert _try(known, RIGHT, OWN).status_code == 302
    known.post("/logout/")
    for n in range(attempts.MANY_PLACES):
        _lock_out(f"198.51.100.{n}")

    assert "已锁定" in _try(Client(), RIGHT, OWN).content.decode()
    assert _try(known, RIGHT, OWN).status_code == 302


def test_the_own_browser_is_locked_by_its_own_tries(clerk: User) -> None:
    known = Client()
    _try(known, RIGHT, OWN)
    known.post("/logout/")
    for _ in range(5):
        _try(known, "falsch", OWN)
    assert "已锁定" in _try(known, RIGHT, OWN).content.decode()
    assert _try(Client(), RIGHT, OWN).status_code == 302


def test_a_made_up_cookie_is_no_known_browser(clerk: User) -> None:
    client = Client()
    client.cookies["device"] = "erfunden"
    _try(client, RIGHT, OWN)
    assert client.cookies["device"].value != "erfunden"
    cookie = client.cookies["device"]
    assert (cookie["httponly"], cookie["path"]) == (True, "/login/")
    assert cookie.value not in str(list(KnownDevice.objects.values()))


def test_tries_of_long_ago_are_forgotten(clerk: User, now: datetime) -> None:
    for _ in range(4):
        attempts.note_failure(username="clerk", now=now)
    later = now + attempts.FADES + timedelta(minutes=1)
    attempts.note_failure(username="clerk", now=later)
    assert attempts.waiting_minutes(username="clerk", now=later) == 0
    assert LoginTries.objects.get(user=clerk).failed == 1


def test_who_comes_in_forgets_what_was_long_ago_and_not_what_was_today(
    clerk: User, people: Cast, now: datetime
) -> None:
    other = people.users["office"]
    for name, ago in (("day", attempts.FADES), ("minute", attempts.FADES - timedelta(minutes=1))):
        LoginTries.objects.create(user=other, place=name, failed=4, last_at=now - ago)
    LoginTries.objects.create(
        user=other, place="old", failed=4, last_at=now - attempts.FADES - timedelta(seconds=1)
    )

    attempts.note_success(user=clerk, device="", now=now)

    assert set(LoginTries.objects.values_list("place", flat=True)) == {"day", "minute"}


def test_an_address_that_tries_much_is_refused_before_any_password_is_looked_at(
    clerk: User, people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.set_rules(values={"address_tries": 5}, actor=people.actor("security"), now=now)
    monkeypatch.setattr(timezone, "now", lambda: now)
    looked: list[str] = []
    hasher = type(get_hasher())
    real = hasher.encode

    def noted(*given: Any) -> str:
        looked.append("x")
        return real(*given)

    monkeypatch.setattr(hasher, "encode", noted)
    _lock_out(FOREIGN, "keiner", 5)
    assert len(looked) == 5

    refused = _try(Client(), "falsch", FOREIGN, "auch_keiner")

    assert refused.status_code == 429
    assert "请过一分钟再试" in refused.content.decode()
    assert len(looked) == 5
    assert _try(Client(), RIGHT, OWN).status_code == 302


def test_an_address_is_heard_again_in_the_next_minute(people: Cast, now: datetime) -> None:
    ORIGIN.set(FOREIGN)
    for _ in range(20):
        attempts.note_failure(username="keiner", now=now)
    assert attempts.is_refused_here(now=now)
    assert not attempts.is_refused_here(now=now + timedelta(minutes=1))
    attempts.note_failure(username="keiner", now=now + timedelta(minutes=1))
    assert AddressTries.objects.get(address=FOREIGN).failed == 1


def test_a_minute_is_one_of_the_clock(people: Cast, now: datetime) -> None:
    ORIGIN.set(FOREIGN)
    first = now.replace(second=0, microsecond=0)
    assert int(first.timestamp()) % 61 != 0
    for _ in range(20):
        attempts.note_failure(username="keiner", now=first - timedelta(seconds=1))

    told = [attempts.is_refused_here(now=first + timedelta(seconds=n)) for n in (-60, -1, 0)]

    assert told == [True, True, False]


def test_the_command_lets_the_only_system_administrator_in_again(people: Cast, capsys: Any) -> None:
    _lock_out("127.0.0.1", "system")
    assert main(["login", "reset", "system"]) == 0
    given = re.search(r"一次性密码：(\S+)", capsys.readouterr().out)
    assert given is not None
    assert _try(Client(), given[1], "127.0.0.1", "system").status_code == 302
    line = JournalLine.objects.get(verb="orgs.let_in_again")
    assert (line.actor, line.subject) == (None, f"user:{people.users['system'].pk}")
    assert given[1] not in str(line.detail)


@pytest.mark.parametrize("who", ["clerk", "security", "keiner"])
def test_whom_a_page_can_help_the_command_does_not(people: Cast, who: str, capsys: Any) -> None:
    assert main(["login", "reset", who]) == 1
    said = capsys.readouterr().err
    assert "账号管理" in said or "没有在用的账号" in said
    assert not JournalLine.objects.filter(verb="orgs.let_in_again").exists()


def test_nor_one_of_two_system_administrators(people: Cast, now: datetime) -> None:
    other = people.users["nobody"]
    Duty.objects.create(user=other, role=Role.SYSTEM, organisation=people.committee)
    assert main(["login", "reset", "system"]) == 1
    accounts.set_active(user=other, active=False, actor=people.actor("system"), now=now)
    assert main(["login", "reset", "system"]) == 0


def test_a_place_waits_to_the_minute_and_no_longer(clerk: User, now: datetime) -> None:
    ORIGIN.set(FOREIGN)
    for _ in range(7):
        attempts.note_failure(username="clerk", now=now)
    until = LoginTries.objects.get(user=clerk).locked_until
    assert until == now + timedelta(minutes=4)
    told = [
        attempts.waiting_minutes(username="clerk", now=until - timedelta(seconds=n))
        for n in (240, 100, 20, 1, 0)
    ]
    assert told == [4, 2, 1, 1, 0]
    assert attempts.waiting_minutes(username="keiner", now=now) == 0


def test_a_browser_that_the_account_does_not_know_waits_with_its_address(
    clerk: User, now: datetime
) -> None:
    ORIGIN.set(FOREIGN)
    for _ in range(5):
        attempts.note_failure(username="clerk", device="erfunden", now=now)
    assert LoginTries.objects.get(user=clerk).place == f"address:{FOREIGN}"
    assert attempts.waiting_minutes(username="clerk", now=now, device="anders") == 1


def test_a_wrong_name_leaves_its_line_too(people: Cast, now: datetime) -> None:
    attempts.note_failure(username="keiner", now=now)
    line = JournalLine.objects.get(verb="orgs.login_failed")
    assert (line.actor, line.subject) == (None, "user")


def test_a_day_later_to_the_second_tries_still_count(clerk: User, now: datetime) -> None:
    attempts.note_failure(username="clerk", now=now)
    attempts.note_failure(username="clerk", now=now + attempts.FADES)
    assert LoginTries.objects.get(user=clerk).failed == 2


def test_all_addresses_wait_from_the_last_try_on(clerk: User, now: datetime) -> None:
    longest = login_queries.rules().longest_lock
    for n in range(attempts.MANY_PLACES):
        LoginTries.objects.create(
            user=clerk, place=f"address:{n}", failed=5, last_at=now - timedelta(minutes=10 * n)
        )
    ORIGIN.set(OWN)
    assert attempts.waiting_minutes(username="clerk", now=now) == longest
    later = now + timedelta(minutes=longest - 1)
    assert attempts.waiting_minutes(username="clerk", now=later) == 1


def test_of_addresses_only_the_last_hour_is_kept(people: Cast, now: datetime) -> None:
    minute = attempts._minute(now)
    for ago in (59, 60, 61):
        AddressTries.objects.create(address=f"192.0.2.{ago}", window=minute - ago, failed=1)
    ORIGIN.set(FOREIGN)
    attempts.note_failure(username="keiner", now=now)
    left = AddressTries.objects.values_list("address", flat=True)
    assert set(left) == {"192.0.2.59", "192.0.2.60", FOREIGN}


def test_of_browsers_the_last_twenty_are_known_for_half_a_year(clerk: User, now: datetime) -> None:
    for n in range(attempts.MOST_DEVICES + 1):
        KnownDevice.objects.create(user=clerk, digest=f"{n}", seen_at=now - timedelta(days=n))
    lasts = attempts.DEVICE_LASTS
    for name, ago in (("last", lasts), ("gone", lasts + timedelta(seconds=1))):
        KnownDevice.objects.create(user_id=_other(), digest=name, seen_at=now - ago)

    device = attempts.note_success(user=clerk, device="", now=now)

    assert len(device) == 32
    assert attempts.note_success(user=clerk, device=device, now=now) == device
    own = KnownDevice.objects.filter(user=clerk)
    assert own.count() == attempts.MOST_DEVICES
    assert not own.filter(digest__in=["19", "20"]).exists()
    assert set(KnownDevice.objects.exclude(user=clerk).values_list("digest", flat=True)) == {"last"}


def _other() -> int:
    return User.objects.get(username="office").pk
