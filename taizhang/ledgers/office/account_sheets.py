"""Accounts and duties as sheets: 系统管理员 opens many accounts at once, 安全管理员 gives many duties, all of
a sheet or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from taizhang.kernel.errors import BadInput, NotAllowed, Problem
from taizhang.kernel.text import folded
from taizhang.ledgers.fields import NO_NAMES, Field, Unreadable, parse
from taizhang.ledgers.form_reader import problem_at
from taizhang.ledgers.sheets import excel
from taizhang.ledgers.written import tables
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
    "账号": "用户名由字母、数字、下划线组成，以字母开头，不能有减号和空格。填写出生日期的，按姓名和出生日期关联党员花名册，本人登录后可看自己的记录。一次性密码在导入后显示一次。",
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


class Entered(NamedTuple):
    """What came of a sheet: how many rows were new, how many said nothing new, slips of accounts,
    what is to be told.
    """

    new: int
    same: int
    slips: list[tuple[str, str, str]]
    notes: list[str]


def bring_in(*, data: bytes, actor: Actor, now: datetime) -> Entered:
    """Open the accounts or give the duties of a sheet, all or none; what is there already stays as
    it is.
    """
    _, fields = _of(actor)
    found = excel.must_have_rows(excel.read_fields(fields, tables.read(data)))
    with transaction.atomic():
        store = open_all if fields is ACCOUNTS else give_all
        came, problems = store(found, actor, now)
        if problems:
            transaction.set_rollback(True)
    if problems:
        raise BadInput(problems)
    return came


def open_all(found: excel.Sheet, actor: Actor, now: datetime) -> tuple[Entered, list[Problem]]:
    """Open the accounts that are new; answers what is wrong, with which nothing is opened."""
    people, same, problems = people_of(found)
    slips = (
        [] if problems or not people else accounts.open_accounts(rows=people, actor=actor, now=now)
    )
    return Entered(len(people), same, slips, found.notes), problems


def people_of(found: excel.Sheet) -> tuple[list[accounts.NewAccount], int, list[Problem]]:
    """Accounts that are to be opened, with the persons of the roster whom they belong to; how many
    are there already; what is wrong with any row.
    """
    rows, problems = _read(ACCOUNTS, found)
    known = orgs_accounts.names_of(row["username"] for _, row in rows)
    made, same = [], 0
    for number, row in rows:
        if known.get(row["username"]) == row["name"]:
            same += 1
            continue
        person = roster.same_person(row["name"], row["birth_on"]) if row["birth_on"] else None
        if row["birth_on"] and person is None:
            told = "花名册上没有这个姓名和出生日期的党员。"
            problems.append(Problem(told, row=number, column="出生日期"))
        made.append(accounts.NewAccount(row["username"], row["name"], number, person, row["email"]))
    problems += accounts.faults(made) if made else []
    return made, same, sorted(problems, key=lambda problem: problem.row or 0)


@dataclass(frozen=True)
class NewDuty:
    """A duty that is to be given, and where it stands in the sheet."""

    row: int
    username: str
    role: str
    place: Organisation
    from_on: date | None
    to_on: date | None


def give_all(found: excel.Sheet, actor: Actor, now: datetime) -> tuple[Entered, list[Problem]]:
    """Give the duties that are new, also where others are wrong; answers what is wrong."""
    duties, same, problems = duties_of(found, coming=())
    for one in duties:
        problems += [problem_at(one.row, problem) for problem in _give(one, actor, now)]
    return Entered(len(duties), same, [], found.notes), problems


def duties_of(
    found: excel.Sheet, *, coming: Iterable[str]
) -> tuple[list[NewDuty], int, list[Problem]]:
    """Duties that are to be given, how many are held already, and what is wrong with any row.
    `coming` are accounts that are to be opened before.
    """
    rows, problems = _read(DUTIES, found)
    places, there = _places(), orgs_accounts.in_use() | set(coming)
    made, same = [], 0
    for number, row in rows:
        place = places.get(folded(row["place"]))
        if row["username"] not in there:
            told = f"没有在用的账号“{row['username']}”；账号由系统管理员先建立。"
            problems.append(Problem(told, row=number, column="用户名"))
        if row["from_on"] and row["to_on"] and row["to_on"] < row["from_on"]:
            problems.append(Problem("止日早于起日。", row=number, column="止日"))
        if place is None:
            told = f"没有党组织“{row['place']}”。"
            problems.append(Problem(told, row=number, column="党组织"))
            continue
        one = NewDuty(number, row["username"], row["role"], place, row["from_on"], row["to_on"])
        if orgs_accounts.holds(one.username, one.role, one.place, one.from_on, one.to_on):
            same += 1
        elif one.username in there:
            made.append(one)
    return made, same, problems


def _read(
    fields: tuple[Field, ...], found: excel.Sheet
) -> tuple[list[tuple[int, dict[str, Any]]], list[Problem]]:
    """The rows that can be read, and what is wrong with the others."""
    problems: list[Problem] = []
    read = []
    for number, cells in found.rows:
        values: dict[str, Any] = {}
        for field in fields:
            try:
                values[field.name] = parse(field, cells.get(field.name), NO_NAMES)
            except Unreadable as refusal:
                problems.append(Problem(str(refusal), row=number, column=field.label))
        if len(values) == len(fields):
            read.append((number, values))
    return read, problems


def _places() -> Mapping[str, Organisation]:
    named: dict[str, Organisation] = {}
    for place in organisations.places():
        named[folded(place.short_name)] = place
        named[folded(place.full_name)] = place
    return named


def _give(one: NewDuty, actor: Actor, now: datetime) -> list[Problem]:
    user = orgs_accounts.user_called(one.username)
    if user is None:
        return [Problem(f"没有在用的账号“{one.username}”。", column="用户名")]
    try:
        accounts.give_duty(
            user=user,
            role=one.role,
            organisation=one.place,
            from_on=one.from_on,
            to_on=one.to_on,
            actor=actor,
            now=now,
        )
    except BadInput as refusal:
        return refusal.problems
    except NotAllowed as refusal:
        return [Problem(str(refusal), column="用户名")]
    return []
