"""Accounts and duties by sheet: all or none, with row and column, and the slips shown once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Duty, Membership, User
from tests.ledgers.test_sheets import sheet
from tests.make import Cast


def _sent(login: Any, user: User, *rows: list[Any]) -> Any:
    file = SimpleUploadedFile("a.xlsx", sheet(*rows))
    return login(user).post("/accounts/import/", {"file": file})


def test_accounts_of_a_sheet_are_opened_with_their_persons(people: Cast, login: Any) -> None:
    member = Membership.objects.filter(branch=people.own, person__birth_on__isnull=False)[0].person
    page = _sent(
        login, people.users["system"], ["用户名", "姓名", "出生日期", "提醒邮箱"],
        ["neu1", member.name, member.birth_on, ""], ["neu2", "示例新", "", "neu@example.cn"],
    )  # fmt: skip
    assert len(re.findall(r"<code>[^<]{12}</code>", page.content.decode())) == 2
    assert page["Cache-Control"] == "no-store"
    assert User.objects.get(username="neu1").person == member
    assert User.objects.get(username="neu2").email == "neu@example.cn"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["a b", "示例新", "", ""], "第3行“用户名”"),
        (["neu2", "", "", ""], "第3行“姓名”"),
        (["neu2", "示例新", "1990-01-01", ""], "花名册上没有"),
        (["neu2", "示例新", "昨天", ""], "第3行“出生日期”"),
        (["neu2", "示例新", "", "kein"], "第3行“提醒邮箱”"),
        (["neu1", "示例新", "", ""], "重复"),
        (["clerk", "示例新", "", ""], "已有账号"),
    ],
)
def test_one_wrong_row_opens_no_account(
    people: Cast, login: Any, row: list[str], told: str
) -> None:
    before = User.objects.count()
    head = ["用户名", "姓名", "出生日期", "提醒邮箱"]
    page = _sent(login, people.users["system"], head, ["neu1", "示例甲", "", ""], row)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert User.objects.count() == before


def test_duties_of_a_sheet_are_given_or_none(people: Cast, login: Any) -> None:
    head, fine = (
        ["用户名", "角色", "党组织", "起日", "止日"],
        ["nobody", "台账员", "甲校", "2018-01-01", ""],
    )
    before = Duty.objects.count()
    wrong = _sent(
        login,
        people.users["security"],
        head,
        fine,
        ["nobody", "系统管理员", "甲校", "", ""],
        ["keiner", "台账员", "丙校", "", ""],
    )
    told = wrong.content.decode()
    assert "第3行" in told
    assert "三员分立" in told
    assert "没有党组织“丙校”" in told
    assert Duty.objects.count() == before
    assert _sent(login, people.users["security"], head, fine).status_code == 302
    assert actor_of(people.users["nobody"], on=people.day).may_keep_ledgers_of(people.own)


def test_what_is_no_sheet_is_told(people: Cast, login: Any) -> None:
    client = login(people.users["system"])
    assert client.get("/accounts/template/").status_code == 200
    file = SimpleUploadedFile("a.xlsx", b"kein Excel")
    assert client.post("/accounts/import/", {"file": file}).status_code == 422
    assert client.post("/accounts/import/").status_code == 422
    assert login(people.users["clerk"]).get("/accounts/import/").status_code == 403


def test_the_note_below_a_template_is_no_row(people: Cast, login: Any) -> None:
    head = ["用户名", "姓名", "出生日期", "提醒邮箱"]
    rows = [
        head,
        ["neu1", "示例新", "", ""],
        [],
        ["说明：填写出生日期的，关联党员花名册。"],
        ["导出人：甲　导出时间：2018"],
    ]
    page = _sent(login, people.users["system"], *rows)
    assert len(re.findall(r"<code>[^<]{12}</code>", page.content.decode())) == 1
