"""Accounts and duties as sheets: 系统管理员 opens many accounts at once, 安全管理员 gives many duties, all of a sheet or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from taizhang.kernel.errors import BadInput, NotAllowed, Problem
from taizhang.kernel.text import folded
from taizhang.ledgers.fields import NO_NAMES, Field, Unreadable, parse
from taizhang.ledgers.sheets import excel
from taizhang.orgs.actions import accounts
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Role
from taizhang.orgs.queries import accounts as orgs_accounts
from taizhang.orgs.queries import organisations, roster

_ROLES = tuple((str(code), str(label)) for code, label in Role.choices)
ACCOUNTS = (
    Field(name="username", label="用户名", kind="text", required=True, longest=40),
    Field(name="name", label="姓名", kind="text", required=True, longest=40),
    Field(name="birth_on", label="出生日期", kind="date"),
    Field(name="email", label="提醒邮箱", kind="text", longest=254),
)
DUTIES = (
    Field(name="username", label="用户名", kind="text", required=True, longest=40),
    Field(name="role", label="角色", kind="choice", required=True, choices=_ROLES),
    Field(name="place", label="党组织", kind="text", required=True, longest=150),
    Field(name="from_on", label="起日", kind="date"),
    Field(name="to_on", label="止日", kind="date"),
)
_NOTES = {
    "账号": "填写出生日期的，按姓名和出生日期关联党员花名册，本人登录后可看自己的记录。一次性密码在导入后显示一次。",
    "授权": f"角色可填：{'、'.join(label for _, label in _ROLES)}。党组织写全称或简称，含其下级。不填止日为长期。",
}


def template(actor: Actor) -> tuple[str, bytes]:
    """The empty sheet that the administrator fills: of accounts or of duties."""
    title, fields = _of(actor)
    note = f"{excel.EXPLAINED}{_NOTES[title]}"
    return title, excel.written(title, [field.label for field in fields], [], note)


def _of(actor: Actor) -> tuple[str, tuple[Field, ...]]:
    if actor.has(Role.SYSTEM):
        return "账号", ACCOUNTS
    if actor.has(Role.SECURITY):
        return "授权", DUTIES
    raise NotAllowed("账号由系统管理员导入，授权由安全管理员导入。")


def bring_in(*, data: bytes, actor: Actor, now: datetime) -> list[tuple[str, str, str]] | int:
    """Slips (username, name, one-time password) of the accounts opened, or how many duties were given."""
    title, fields = _of(actor)
    rows = _read(fields, data)
    if title == "账号":
        return accounts.open_accounts(rows=_people(rows), actor=actor, now=now)
    places = _places()
    return excel.enter_all(rows, lambda row: _give_one(row, places, actor, now))


def _read(fields: tuple[Field, ...], data: bytes) -> list[tuple[int, dict[str, Any]]]:
    names = {field.label: field.name for field in fields}
    required = [field.label for field in fields if field.required]
    problems: list[Problem] = []
    found = list(excel.rows_under(names, required, data))
    if not found:
        raise BadInput("表中没有可导入的数据行。")
    read = []
    for number, cells in found:
        values: dict[str, Any] = {}
        for field in fields:
            try:
                values[field.name] = parse(field, cells.get(field.name), NO_NAMES)
            except Unreadable as refusal:
                problems.append(Problem(str(refusal), row=number, column=field.label))
        read.append((number, values))
    if problems:
        raise BadInput(problems)
    return read


def _people(rows: list[tuple[int, dict[str, Any]]]) -> list[accounts.NewAccount]:
    """Accounts with the persons of the roster whom they belong to."""
    made, problems = [], []
    for number, row in rows:
        person = roster.same_person(row["name"], row["birth_on"]) if row["birth_on"] else None
        if row["birth_on"] and person is None:
            problems.append(
                Problem("花名册上没有这个姓名和出生日期的党员。", row=number, column="出生日期")
            )
        made.append(accounts.NewAccount(row["username"], row["name"], number, person, row["email"]))
    if problems:
        raise BadInput(problems)
    return made


def _places() -> Mapping[str, Organisation]:
    named: dict[str, Organisation] = {}
    for place in organisations.places():
        named[folded(place.short_name)] = place
        named[folded(place.full_name)] = place
    return named


def _give_one(
    row: Mapping[str, Any], places: Mapping[str, Organisation], actor: Actor, now: datetime
) -> list[Problem]:
    user, place = orgs_accounts.user_called(row["username"]), places.get(folded(row["place"]))
    problems = []
    if user is None:
        problems.append(Problem(f"没有在用的账号“{row['username']}”。", column="用户名"))
    if place is None:
        problems.append(Problem(f"没有党组织“{row['place']}”。", column="党组织"))
    if user is None or place is None:
        return problems
    try:
        accounts.give_duty(
            user=user, role=row["role"], organisation=place, from_on=row["from_on"], to_on=row["to_on"], actor=actor, now=now
        )  # fmt: skip
    except BadInput as refusal:
        return refusal.problems
    except NotAllowed as refusal:
        return [Problem(str(refusal), column="用户名")]
    return []
