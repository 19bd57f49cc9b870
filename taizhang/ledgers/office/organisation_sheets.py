"""Organisations, their units, aliases and areas as a sheet: template, export, and import all or
nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import folded
from taizhang.ledgers.fields import NO_NAMES, Field, Unreadable, parse
from taizhang.ledgers.form_reader import problem_at
from taizhang.ledgers.sheets import excel
from taizhang.ledgers.written import tables
from taizhang.orgs.actions import organisations
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Unit
from taizhang.orgs.queries import organisations as queries

TITLE = "党组织"
_TYPES = tuple((str(code), str(label)) for code, label in Organisation.Type.choices)
_UNIT_TYPES = tuple((str(code), str(label)) for code, label in Unit.Type.choices)
FIELDS = (
    Field(name="full_name", label="全称", kind="text", required=True, longest=150),
    Field(name="short_name", label="简称", kind="text", required=True, longest=60),
    Field(name="org_type", label="组织类型", kind="choice", required=True, choices=_TYPES),
    Field(name="parent", label="上级党组织", kind="text", required=True),
    Field(name="established_on", label="成立日期", kind="date", required=True),
    Field(name="dissolved_on", label="撤销日期", kind="date"),
    Field(name="units", label="所在单位", kind="text"),
    Field(name="unit_type", label="单位类型", kind="choice", choices=_UNIT_TYPES),
    Field(name="aliases", label="别名", kind="text"),
    Field(name="area", label="片区", kind="text", longest=40),
    Field(name="renamed_on", label="更名日期", kind="date"),
)


def template() -> bytes:
    """The empty sheet."""
    note = (
        f"{excel.EXPLAINED}所在单位、别名可写多个，用顿号分开；上级党组织写全称或简称；全称已有的按本表更新，没有的新增；"
        "改简称的填更名日期（原来就写错的填成立日期）。"
    )
    return excel.written(TITLE, [field.label for field in FIELDS], [], note)


def export(actor: Actor, at: datetime, keys: Collection[int] = ()) -> bytes:
    """What the actor sees, or of it some, in the same form, with his name and the local time."""
    mark = excel.watermark(actor.user.name, at)
    return excel.written(TITLE, [field.label for field in FIELDS], rows(actor, at, keys), mark)


def rows(actor: Actor, at: datetime, keys: Collection[int] = ()) -> list[list[str]]:
    """The same as texts."""
    area_of = {key: area.name for area, keys in queries.areas(at.date()) for key in keys}
    return [
        _row(one, area_of) for one in queries.organisations(actor) if not keys or one.pk in keys
    ]


def _row(one: Organisation, area_of: Mapping[int, str]) -> list[str]:
    units = list(one.units.all())
    return [
        one.full_name,
        one.short_name,
        one.get_org_type_display(),
        one.parent.full_name if one.parent else "",
        one.established_on.isoformat(),
        one.dissolved_on.isoformat() if one.dissolved_on else "",
        "、".join(unit.name for unit in units),
        units[0].get_unit_type_display() if units else "",
        "、".join(alias.name for alias in one.aliases.all()),
        area_of.get(one.pk, ""),
        "",
    ]


class Entered(NamedTuple):
    """What came of a sheet: its rows, how many of them are new, were changed, or said nothing new;
    and what is to be told.
    """

    rows: int
    new: int
    changed: int
    same: int
    notes: list[str]


def read(table: tables.Table) -> excel.Sheet:
    """The rows of a filled sheet. A committee has no parent, so that the column need
    not be there.
    """
    return excel.read_fields(
        (one if one.name != "parent" else replace(one, required=False) for one in FIELDS), table
    )


def bring_in(*, data: bytes, actor: Actor, now: datetime, dry_run: bool = False) -> Entered:
    """Enter or change every organisation of a sheet, or none; what is there already
    stays as it is.
    """
    actor.must_run_office()
    found = excel.must_have_rows(read(tables.read(data)))
    with transaction.atomic():
        came, problems = enter(found, actor, now)
        if problems or dry_run:
            transaction.set_rollback(True)
    if problems:
        raise BadInput(problems)
    return came


def enter(found: excel.Sheet, actor: Actor, now: datetime) -> tuple[Entered, list[Problem]]:
    """Store the rows that are right; answers what came of it, and what is wrong with the others."""
    problems: list[Problem] = []
    told: Counter[str] = Counter()
    for number, cells in _above_first(found.rows):
        how, wrong = _enter(cells, actor, now)
        told[how] += 1
        problems += [problem_at(number, problem) for problem in wrong]
    problems.sort(key=lambda problem: problem.row or 0)
    new, changed, same = (told[how] for how in ("new", "changed", "same"))
    return Entered(len(found.rows), new, changed, same, found.notes), problems


_Rows = list[tuple[int, dict[str, tables.Cell]]]


def _above_first(rows: _Rows) -> _Rows:
    """The rows so that none stands before the one of its parent."""
    left: _Rows = list(rows)
    ordered: _Rows = []
    while left:
        waiting = {folded(str(cells.get(name) or "")) for _, cells in left for name in _NAMES}
        free = [row for row in left if folded(str(row[1].get("parent") or "")) not in waiting]
        ordered += free or left
        done = {number for number, _ in ordered}
        left = [row for row in left if row[0] not in done]
    return ordered


_NAMES = ("full_name", "short_name")


def _enter(cells: Mapping[str, object], actor: Actor, now: datetime) -> tuple[str, list[Problem]]:
    """Store one row; answers whether it is new, changed something or nothing, and what is wrong
    with it.
    """
    values, problems = _read(cells)
    if problems:
        return "", problems
    own = Organisation.objects.filter(full_name=values["full_name"]).first()
    parent = _named(values["parent"])
    if own is None and parent is None:
        return "", [Problem(f"没有上级党组织“{values['parent']}”。", column="上级党组织")]
    if own is not None and _says_nothing_new(values, own, now):
        return "same", []
    try:
        _store(values, own, parent, actor, now)
    except BadInput as refusal:
        return "", refusal.problems
    return ("changed" if own else "new"), []


def _says_nothing_new(values: Mapping[str, Any], own: Organisation, now: datetime) -> bool:
    plain = ("short_name", "org_type", "established_on", "dissolved_on")
    areas = [area.name for area, keys in queries.areas(now.date()) if own.pk in keys]
    return (
        all(getattr(own, name) == values[name] for name in plain)
        and {unit.name for unit in own.units.all()} == set(_several(values["units"]))
        and {alias.name for alias in own.aliases.all()} == set(_several(values["aliases"]))
        and (not values["area"] or values["area"] in areas)
    )


def _read(cells: Mapping[str, object]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    top = str(cells.get("org_type") or "").strip() == "基层党委"
    for field in FIELDS:
        try:
            asked = (
                field
                if field.name != "parent" or not top
                else Field(name="parent", label=field.label, kind="text")
            )
            values[field.name] = parse(asked, cells.get(field.name), NO_NAMES)
        except Unreadable as refusal:
            problems.append(Problem(str(refusal), column=field.label))
    return values, problems


def _named(text: str) -> Organisation | None:
    wanted = folded(text)
    found = [
        o
        for o in Organisation.objects.all()
        if wanted and wanted in (folded(o.full_name), folded(o.short_name))
    ]
    return found[0] if len(found) == 1 else None


def _store(
    values: Mapping[str, Any],
    own: Organisation | None,
    parent: Organisation | None,
    actor: Actor,
    now: datetime,
) -> None:
    kind = values["unit_type"] or Unit.Type.OTHER
    units = tuple(
        organisations.found_unit(
            name=name,
            unit_type=kind,
            is_public_institution=kind != Unit.Type.PRIVATE,
            actor=actor,
            now=now,
        )
        for name in _several(values["units"])
    )
    told = organisations.OrganisationValues(
        full_name=values["full_name"],
        short_name=values["short_name"],
        org_type=values["org_type"],
        established_on=values["established_on"],
        dissolved_on=values["dissolved_on"],
        units=units,
        aliases=_several(values["aliases"]),
        renamed_on=values["renamed_on"],
    )
    if own is None:
        stored = organisations.found_organisation(parent=parent, values=told, actor=actor, now=now)
    else:
        stored = organisations.change_organisation(
            organisation=own, values=told, actor=actor, now=now
        )
        if parent is not None:
            organisations.place_under(organisation=stored, parent=parent, actor=actor, now=now)
    if values["area"]:
        organisations.assign_area(
            name=values["area"],
            organisations=[stored],
            from_on=values["established_on"],
            actor=actor,
            now=now,
        )


def _several(text: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(part.strip() for part in re.split(r"[、，,;；\n]", text) if part.strip())
    )
