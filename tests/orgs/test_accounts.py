"""Accounts: three administrators that see no ledger, one-time passwords, locks that grow, duties
that begin and end.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import accounts, attempts
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import LoginTries, User
from taizhang.orgs.queries import accounts as orgs_accounts
from taizhang.orgs.queries import organisations
from tests.make import Cast


def test_from_nothing_to_a_clerk_who_can_work(people: Cast, login: Any, now: datetime) -> None:
    system, security = login(people.users["system"]), login(people.users["security"])
    page = system.post(
        "/accounts/", {"people": "zhangsan\t示例张三\nlisi，示例李四"}
    ).content.decode()
    slips = re.findall(r"<code>([^<]+)</code>", page)
    assert len(slips) == 2
    user = User.objects.get(username="zhangsan")
    about = {"role": "clerk", "place": people.own.pk, "from": "2018-01-01"}
    assert system.post(f"/accounts/{user.pk}/duty/", about).status_code == 403
    assert security.post(f"/accounts/{user.pk}/duty/", about).status_code == 302

    assert actor_of(user, on=now.date()).may_keep_ledgers_of(people.own)
    assert "登记本支部台账" in security.get(f"/accounts/{user.pk}/").content.decode()
    assert user.must_change_password


def test_forty_characters_are_a_name(people: Cast) -> None:
    assert accounts.faults([accounts.NewAccount("a" * 40, "长" * 40, 1)]) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("clerk", "重名")], "已有账号"),
        ([("a b", "空格")], "应由字母"),
        ([("新人", "中文")], "应由字母"),
        ([("a" * 41, "长")], "应由字母"),
        ([("neu", "")], "请填写姓名"),
        ([("neu", "长" * 41)], "不超过40字"),
        ([("neu", "甲"), ("neu", "乙")], "重复"),
        ([], "没有要建立的账号"),
    ],
)
def test_wrong_lines_open_no_account_at_all(
    people: Cast, now: datetime, rows: list[tuple[str, str]], told: str
) -> None:
    before = User.objects.count()
    with pytest.raises(BadInput, match=told):
        accounts.open_accounts(
            rows=[accounts.NewAccount(*row, at) for at, row in enumerate([("gut", "好"), *rows], 1)]
            if rows
            else [],
            actor=people.actor("system"),
            now=now,
        )
    assert User.objects.count() == before


def test_nobody_is_two_administrators_or_one_with_other_duties(people: Cast, now: datetime) -> None:
    security = people.actor("security")
    for who, role in (("system", "audit"), ("system", "clerk"), ("clerk", "system")):
        with pytest.raises(BadInput, match="三员分立"):
            accounts.give_duty(
                user=people.users[who], role=role, organisation=people.committee, from_on=None, to_on=None, actor=security, now=now
            )  # fmt: skip
    with pytest.raises(NotAllowed, match="不能给自己授权"):
        accounts.give_duty(
            user=people.users["security"], role="security", organisation=people.committee, from_on=None, to_on=None, actor=security, now=now
        )  # fmt: skip


@pytest.mark.parametrize("who", ["system", "security", "audit"])
def test_no_administrator_sees_a_ledger(people: Cast, who: str) -> None:
    actor = people.actor(who)
    assert not organisations.branches(actor).exists()
    assert not actor.may_read(people.own)


def test_a_duty_ends_and_stays_on_record(people: Cast, now: datetime) -> None:
    duty = people.users["clerk"].duties.get()
    accounts.end_duty(
        duty=duty, last_on=now.date() - timedelta(days=1), actor=people.actor("security"), now=now
    )
    assert not people.actor("clerk").may_keep_ledgers_of(people.own)
    reach = orgs_accounts.reach(people.users["clerk"], now.date())
    assert [(r.duty.role, r.holds) for r in reach] == [("clerk", False)]


def _tried(username: str, password: str) -> Any:
    return Client().post("/login/", {"username": username, "password": password})


def test_wrong_passwords_lock_for_longer_and_longer(people: Cast) -> None:
    user = people.users["clerk"]
    user.set_password("Richtig-2018-x")
    user.save()
    for _ in range(4):
        assert "用户名或密码不正确" in _tried("clerk", "falsch").content.decode()
    assert _tried("clerk", "Richtig-2018-x").status_code == 302
    for _ in range(5):
        _tried("clerk", "falsch")
    assert "请1分钟后再试" in _tried("clerk", "Richtig-2018-x").content.decode()

    waits = []
    for _ in range(8):
        at = LoginTries.objects.get(user=user).locked_until
        assert at is not None
        attempts.note_failure(username="clerk", now=at)
        waits.append(attempts.waiting_minutes(username="clerk", now=at))
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    told = JournalLine.objects.filter(verb="orgs.login_failed")
    assert told.count() == 4 + 5 + 8
    assert "falsch" not in str(list(told.values()))


def test_an_unknown_name_is_answered_like_a_wrong_password(people: Cast) -> None:
    known, unknown = _tried("clerk", "x").content.decode(), _tried("keiner", "x").content.decode()
    assert "用户名或密码不正确" in known
    assert "用户名或密码不正确" in unknown


def test_a_new_password_frees_a_locked_account_and_is_shown_once(
    people: Cast, login: Any, now: datetime
) -> None:
    user = people.users["clerk"]
    LoginTries.objects.create(
        user=user,
        place="address:127.0.0.1",
        failed=9,
        last_at=now,
        locked_until=now + timedelta(days=36500),
    )
    assert "已锁定" in _tried("clerk", "x").content.decode()
    system = login(people.users["system"])
    page = system.post(f"/accounts/{user.pk}/password/")
    given = re.search(r"<code>([^<]+)</code>", page.content.decode())
    assert given is not None
    assert page["Cache-Control"] == "no-store"
    assert _tried("clerk", given[1]).status_code == 302
    assert given[1] not in system.get(f"/accounts/{user.pk}/").content.decode()
    assert given[1] not in str(list(JournalLine.objects.values("detail")))


def test_a_closed_account_does_not_come_in(people: Cast, now: datetime) -> None:
    user, system = people.users["clerk"], people.actor("system")
    user.set_password("Richtig-2018-x")
    user.save()
    accounts.set_active(user=user, active=False, actor=system, now=now)
    assert _tried("clerk", "Richtig-2018-x").status_code == 200
    with pytest.raises(NotAllowed):
        accounts.set_active(user=people.users["system"], active=False, actor=system, now=now)


def test_the_journal_is_searched_verified_and_its_reading_noted(people: Cast, login: Any) -> None:
    audit = login(people.users["audit"])
    before = JournalLine.objects.count()
    page = audit.get("/journal/?q=open_account").content.decode()
    assert "orgs.open_account" in page
    assert "orgs.found_unit" not in page
    assert JournalLine.objects.filter(verb="kernel.read_journal").count() == 1
    assert "没有改动" in audit.post("/journal/").content.decode()
    assert JournalLine.objects.count() == before + 3
    assert audit.get("/journal/?from=gestern").status_code == 422


def test_one_time_passwords_keep_the_rules_and_differ() -> None:
    made = {accounts.one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 12 and not set("0O1lIi") & set(one) for one in made)
    assert len({one[0].isalpha() for one in made}) == 2
