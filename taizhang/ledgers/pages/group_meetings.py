"""The month's meetings of all Party groups in one form: what they share once, what each has of its
own beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from taizhang.kernel.errors import BadInput, Problem
from taizhang.ledgers.kinds.meetings.kind import KIND
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.ledgers.records import inputs, queries, read_rows
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, PartyGroup

SHARED = ("title", "agenda")
OWN = ("held_on", "starts_at", "ends_at", "place", "host_name", "recorder_name", "speeches", "conclusion")  # fmt: skip
_LABEL = Meeting.Kind.GROUP.label


@dataclass
class OfGroup:
    """What the form asks of one group."""

    group: PartyGroup
    inputs: list[inputs.Input]
    people: list[Any] = field(default_factory=list)
    """(person, name, present, reason)"""
    checked: bool = False


@dataclass(frozen=True)
class Sheet:
    """The whole form."""

    shared: list[inputs.Input]
    groups: list[OfGroup]
    problems: list[tuple[str, str, str]]


def posted(said: QueryDict, group: PartyGroup) -> QueryDict:
    """What a post says of one group, as its own form would have said it."""
    own, prefix = QueryDict(mutable=True), prefix_of(group)
    for key in said:
        if key.startswith(prefix):
            own[key.removeprefix(prefix)] = said.get(key, "")
        elif key.partition("-")[0] in SHARED:
            own[key] = said.get(key, "")
    own["less"] = said.get("less", "").removeprefix(prefix)
    own["kind"], own["group"] = str(_LABEL), group.name
    return own


def prefix_of(group: PartyGroup) -> str:
    """Stands before the names of a group's inputs."""
    return f"g{group.pk}-"


def asked_for_rows(said: QueryDict, groups: list[PartyGroup]) -> bool:
    """Whether the form was sent only to get another row, or to lose one."""
    wanted = f"{said.get('more', '')} {said.get('less', '')}"
    return any(wanted.strip().startswith((prefix_of(g), "agenda")) for g in groups)


def sheet(
    branch: Organisation,
    said: QueryDict | None,
    refused: Mapping[str, list[Problem]],
    day: date,
    actor: Actor,
) -> Sheet:
    """The form as it stands: nothing posted yet, or as it came back."""
    groups = queries.groups(branch, actor)
    every, problems = [], []
    shared: list[inputs.Input] = []
    for group in groups:
        own = posted(said, group) if said else None
        raw = inputs.from_post(KIND, own) if own else _proposed(branch, group, actor)
        wrong = refused.get(str(group.pk), [])
        more = (said.get("more", "") if said else "").removeprefix(prefix_of(group))
        found = {one.name: one for one in inputs.inputs(KIND, branch, raw, wrong, actor, more)}
        shared = shared or [found[name] for name in SHARED]
        prefixed = [_prefixed(found[name], prefix_of(group)) for name in OWN]
        every.append(
            OfGroup(
                group,
                prefixed,
                _people(branch, group, own, raw, day, actor),
                checked=bool(own and own.get("roster-checked")),
            )
        )
        problems += [
            (
                name if name in SHARED else prefix_of(group) + name if name else "",
                f"{group.name}{label}",
                text,
            )
            for name, label, text in inputs.summary(KIND, wrong)
        ]
    return Sheet(shared, every, problems)


def filled(shown: Sheet) -> dict[str, str]:
    """What stands in the form before anybody writes in it: what all groups share, and each group's
    own.
    """
    every = [*shown.shared, *(one for group in shown.groups for one in group.inputs)]
    return {one.name: one.value for one in every} | {
        "kind": str(_LABEL),
        **{f"group-{one.group.pk}": one.group.name for one in shown.groups},
    }


def _proposed(branch: Organisation, group: PartyGroup, actor: Actor) -> dict[str, Any]:
    """Hours, place, host and recorder of the group's last meeting; no day."""
    asked = QueryDict(mutable=True)
    asked.update({"kind": str(_LABEL), "group": group.name, "held_on": ""})
    return inputs.first_values(KIND, branch, asked, actor, date.min)


def _prefixed(one: inputs.Input, prefix: str) -> inputs.Input:
    """The same input under a name of the group's own."""
    rows = one.rows
    if rows is not None:
        part = replace(rows.part, name=prefix + rows.part.name)
        moved = [
            replace(row, cells=[replace(cell, part=part) for cell in row.cells])
            for row in rows.rows
        ]
        rows = replace(rows, part=part, rows=moved)
    return replace(one, name=prefix + one.name, rows=rows, only="")


def _people(
    branch: Organisation,
    group: PartyGroup,
    own: QueryDict | None,
    raw: dict[str, Any],
    day: date,
    actor: Actor,
) -> list[Any]:
    asked = {"kind": str(_LABEL), "group": group.name, "held_on": raw.get("held_on") or f"{day}"}
    said = {**own.dict(), **asked} if own else asked
    return list(inputs.roster(branch, said, actor)["people"])


def held(branch: Organisation, said: QueryDict, actor: Actor) -> Iterator[read_rows.Named]:
    """The meetings of the groups of which a day is given, each under its group's key."""
    for group in queries.groups(branch, actor):
        own = posted(said, group)
        if own.get("held_on", "").strip():
            yield read_rows.Named(str(group.pk), inputs.from_post(KIND, own), _unchecked(own))


def _unchecked(own: QueryDict) -> list[Problem]:
    try:
        inputs.must_have_checked_attendance(own)
    except BadInput as refusal:
        return refusal.problems
    return []
