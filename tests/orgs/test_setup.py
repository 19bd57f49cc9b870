"""The first start, on an empty database: three administrators, once."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from taizhang.config.cli import actors
from taizhang.config.cli.main import main
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import accounts
from taizhang.orgs.models import Duty, Organisation, Role


def test_the_first_start_makes_three_administrators_and_a_second_is_refused(
    db: Any, capsys: Any
) -> None:
    asked = ["setup", "中共示例区教育局委员会", "--short", "局党委"]
    assert main(asked) == 1
    assert "请写明上级党组织的成立日期" in capsys.readouterr().err
    assert not Organisation.objects.exists()
    assert main([*asked, "--established", "2010-03-05"]) == 0
    told = re.findall(r"：(\w+)　一次性密码：(\S+)", capsys.readouterr().out)

    assert [name for name, _ in told] == ["xitong", "anquan", "shenji"]
    assert {d.role for d in Duty.objects.all()} == {"system", "security", "audit"}
    made = Organisation.objects.get()
    assert (made.full_name, made.established_on) == ("中共示例区教育局委员会", date(2010, 3, 5))
    assert main(["setup", "别的"]) == 1

    client = Client()
    answer = client.post("/login/", {"username": told[0][0], "password": told[0][1]})
    assert answer.status_code == 302
    assert client.get("/accounts/")["Location"] == "/password/"
    new = {"old": told[0][1], "new": "Neu-Genug-2018", "again": "Neu-Genug-2018"}
    assert client.post("/password/", new).status_code == 302
    assert client.get("/accounts/")["Location"] == "/second-factor/"
    assert "扫描" in client.get("/second-factor/").content.decode()


def test_set_up_needs_a_name(db: Any, now: datetime) -> None:
    with pytest.raises(BadInput):
        accounts.set_up(full_name=" ", short_name="", established_on=date(2018, 1, 1), now=now)
    accounts.set_up(full_name="局党委", short_name="", established_on=date(2018, 1, 1), now=now)
    with pytest.raises(WrongState):
        accounts.set_up(full_name="局党委", short_name="", established_on=date(2018, 1, 1), now=now)
    assert JournalLine.objects.filter(verb="orgs.set_up").count() == 3
    assert Role.OFFICE not in {d.role for d in Duty.objects.all()}


def test_one_office_account_is_made_by_command_after_the_first_start(
    db: Any, capsys: Any, now: datetime
) -> None:
    assert main(["office", "zuzhike", "示例甲"]) == 1
    assert "taizhang setup" in capsys.readouterr().err

    accounts.set_up(full_name="局党委", short_name="", established_on=date(2018, 1, 1), now=now)
    assert main(["office", "1 2", "示例甲"]) == 1
    assert main(["office", "zuzhike", "示例甲"]) == 0
    assert re.search(r"zuzhike　一次性密码：\S+", capsys.readouterr().out)
    assert Duty.objects.get(role=Role.OFFICE).user.username == "zuzhike"
    assert main(["office", "another", "示例乙"]) == 1
    assert actors.keeper().has(Role.CLERK)


@pytest.mark.parametrize(
    ("full", "short", "told"),
    [("局" * 151, "局", "“全称”：不能超过150个字"), ("局" * 61, "", "“简称”：不能超过60个字")],
)
def test_names_are_kept_whole_or_refused(
    db: Any, now: datetime, full: str, short: str, told: str
) -> None:
    day = date(2018, 1, 1)
    with pytest.raises(BadInput, match=told):
        accounts.set_up(full_name=full, short_name=short, established_on=day, now=now)
    accounts.set_up(full_name="局" * 60, short_name=" ", established_on=day, now=now)

    committee = Organisation.objects.get()
    assert (committee.full_name, committee.short_name) == ("局" * 60, "局" * 60)


def test_a_name_that_is_taken_is_told_of_the_first_row(db: Any, now: datetime) -> None:
    accounts.set_up(full_name="局党委", short_name="", established_on=date(2018, 1, 1), now=now)

    with pytest.raises(BadInput, match="第1行“用户名”列：“anquan”已有账号"):
        accounts.open_office(username="anquan", name="示例甲", now=now)


def test_a_committee_that_is_there_stays_and_the_office_leaves_its_line(
    db: Any, now: datetime
) -> None:
    day = date(2018, 1, 1)
    there = Organisation.objects.create(
        full_name="局党委", short_name="局", org_type="party_committee", established_on=day
    )
    accounts.set_up(full_name="别的", short_name="", established_on=None, now=now)
    accounts.open_office(username="zuzhike", name="示例甲", now=now)

    assert [one.full_name for one in Organisation.objects.all()] == ["局党委"]
    assert {duty.organisation for duty in Duty.objects.all()} == {there}
    line = JournalLine.objects.get(verb="orgs.open_account")
    assert (line.actor, line.detail["username"]) == (None, "zuzhike")
