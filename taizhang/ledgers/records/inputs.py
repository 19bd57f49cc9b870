"""The form of a record: its inputs with values and errors, the ticked roster, and what
a post says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from taizhang.kernel.calendar import days_of
from taizhang.kernel.db.questions import Question
from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import person_name
from taizhang.ledgers.fields import NO_NAMES, Field, Unreadable, of_model, parse, render
from taizhang.ledgers.form_reader import as_text
from taizhang.ledgers.forms import named, part_inputs
from taizhang.ledgers.forms.named import Named
from taizhang.ledgers.forms.part_inputs import Rows
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.part import Part
from taizhang.ledgers.records import queries
from taizhang.ledgers.written import lines, persons
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation


@dataclass
class Input:
    """One input of the form."""

    name: str
    label: str
    kind: str
    value: str
    required: bool = False
    hint: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lines: int = 3
    sensitive: bool = False
    """Never kept as a draft in the browser."""
    only: str = ""
    """For which kinds of meeting it is asked."""
    rows: Rows | None = None
    """Of a part, its rows."""
    heading: str = ""
    """What stands above it, where a stretch of the form begins with it."""
    named: list[Named] = field(default_factory=list)
    """The sentences of the notice that name it."""

    @property
    def attributes(self) -> SafeString:
        """What every sort of input carries, also for those who hear the page read."""
        beside = f"hint-{self.name} " * bool(self.hint) + f"named-{self.name} " * bool(self.named)
        return part_inputs.written(
            {
                "name": self.name,
                "id": f"id_{self.name}",
                "data-sensitive": self.sensitive,
                "autocomplete": "off" if self.sensitive else None,
                "aria-required": "true" if self.required else None,
                "aria-invalid": "true" if self.wrong else None,
                "aria-describedby": f"{beside}wrong-{self.name}",
            }
        )


def mark(found: list[Input], kind: LedgerKind, raw: Mapping[str, object]) -> list[Named]:
    """Let each input say which sentences of the notice name it; all these sentences."""
    sentences = named.of(kind, raw)
    told = named.by_input(sentences)
    for one in found:
        one.named = told.get(one.name, [])
    return sentences


def inputs(
    kind: LedgerKind,
    branch: Organisation,
    raw: Mapping[str, object],
    problems: list[Problem],
    actor: Actor,
    more: str = "",
) -> list[Input]:
    """The inputs of a kind with what was written and what is wrong with it; `more` is the part that
    wants more rows.
    """
    wrong: dict[str, list[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.column, []).append(problem.in_form)
    names = known_names(kind, branch)
    found = [_input(f, raw, wrong, names, branch, actor, kind) for f in kind.fields()]
    found += [_part(part, raw, problems, wrong, more) for part in kind.parts]
    for one in found:
        one.heading = kind.entering.headings.get(one.name, "")
    return found


def _part(
    part: Part,
    raw: Mapping[str, object],
    problems: list[Problem],
    wrong: dict[str, list[str]],
    more: str,
) -> Input:
    value = raw.get(part.name)
    spare = part_inputs.SPARE if more == part.name else 1
    own = [problem for problem in problems if problem.column == part.label]
    return Input(
        part.name,
        part.label,
        "part",
        as_text(part, value),
        hint=part.hint,
        lines=part.lines,
        wrong=wrong.get(part.label, []),
        rows=part_inputs.rows(part, value, own, spare),
    )


def known_names(kind: LedgerKind, branch: Organisation) -> list[str]:
    """The names of the roster, where an input of the form asks for a person."""
    columns = [column for part in kind.parts for column in part.writing.columns]
    wanted = any(f.kind == "person" or f.names for f in [*kind.fields(), *columns])
    return sorted({person.name for person in queries.people(branch)}) if wanted else []


def _input(
    one: Field,
    raw: Mapping[str, object],
    wrong: dict[str, list[str]],
    names: list[str],
    branch: Organisation,
    actor: Actor,
    kind: LedgerKind,
) -> Input:
    choices = list(one.choices)
    kind_of = "person" if one.name.endswith("_name") else one.kind
    if one.unknown:
        kind_of, choices = "choice", [("是", "是"), ("否", "否")]
    elif one.kind == "choice":
        choices = [(label, label) for _, label in one.choices]
    elif one.model is not None:
        kind_of, found = "person", queries.records_of(one.model, branch, actor)
        choices = [(name, name) for name in dict.fromkeys(map(str, found))]
    elif one.kind == "person" or one.name.endswith("_name"):
        choices = [(name, name) for name in names]
    return Input(
        one.name,
        one.label,
        kind_of,
        str(raw.get(one.name) or ""),
        required=one.required,
        hint=one.hint,
        choices=choices,
        wrong=wrong.get(one.label, []),
        sensitive=one.sensitive,
        only=kind.entering.asked_for.get(one.name, ""),
    )


def summary(kind: LedgerKind, problems: list[Problem]) -> list[tuple[str, str, str]]:
    """What is wrong, for the top of the form: (input's name or "", its label, message) in the
    form's order.
    """
    names = _names(kind)
    order = {label: at for at, label in enumerate(names)}
    sorted_ = sorted(problems, key=lambda problem: order.get(problem.column, -1))
    return [
        (names[one.column], one.column, one.in_form) if one.column in names else ("", "", str(one))
        for one in sorted_
    ]


def _names(kind: LedgerKind) -> dict[str, str]:
    """Label → name of every input of the form, in its order."""
    fields = {one.label: one.name for one in kind.fields()}
    return fields | {part.label: part.name for part in kind.parts}


def hints(
    kind: LedgerKind, problems: list[tuple[str, str]], beside: list[tuple[str, str, str]]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """For every input (name, [(severity, text)]): refusals by their labels, suspicions by their
    fields.
    """
    names = _names(kind)
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names.values()}
    for label, message in problems:
        if label in names:
            found[names[label]].append(("error", message))
    for name, severity, text in beside:
        if name in found:
            found[name].append((severity, text))
    return list(found.items())


def must_have_checked_attendance(posted: QueryDict) -> None:
    """The roster is ticked beforehand as a proposal: somebody must say that it was compared with
    who came.
    """
    if posted.get("roster") == "1" and posted.get("roster-checked") != "1":
        raise BadInput(
            [
                Problem(
                    "名单是预先勾选的，请与签到情况核对，并勾选“到会情况已核对”。",
                    column="出席人员",
                )
            ]
        )


def from_post(kind: LedgerKind, posted: QueryDict) -> dict[str, Any]:
    """What a post says, by field names; ticks of the roster become lists of names."""
    raw: dict[str, Any] = {f.name: posted.get(f.name, "") for f in kind.fields()}
    raw |= {part.name: part_inputs.posted(part, posted) for part in kind.parts}
    for one in kind.fields():
        if one.kind == "yes" and not one.unknown:  # a box that is not ticked is not sent
            raw[one.name] = posted.get(one.name) or "否"
    if posted.get("roster") == "1":
        raw |= {p.name: as_text(p, raw[p.name]) for p in kind.parts if p.name in _ATTENDED}
        ticked, missing = [], []
        for key in posted:
            if key.startswith("name-"):
                at, name = key.removeprefix("name-"), posted.get(key, "")
                if posted.get(f"tick-{at}"):
                    ticked.append(name)
                else:
                    missing.append(
                        f"{name}（{posted.get(f'reason-{at}', '').strip()}）".replace("（）", "")
                    )
        known = {person_name(posted.get(key, "")) for key in posted if key.startswith("name-")}
        raw["present"] = "、".join([*ticked, *_besides(raw["present"], known)])
        raw["absent"] = "、".join([*missing, *_besides(raw["absent"], known)])
    return raw


_ATTENDED = ("present", "absent")


def _besides(text: str, known: set[str]) -> list[str]:
    """Those of a list of names whom the ticked roster does not have."""
    found = []
    for written, why in lines.names(text):
        names = persons.apart(written, known.__contains__) or [written]
        rest = [name for name in names if person_name(name) not in known]
        behind = f"（{why}）" if why and names[-1:] == rest[-1:] else ""
        found.append("、".join(rest) + behind)
    return list(filter(None, found))


def _proposed(window: str, today: date) -> str:
    """Today; nothing where a record of another time is missing, of which only people
    know the day.
    """
    first, last = days_of(window) or (today, today)
    return today.isoformat() if first <= today <= last else ""


def first_values(
    kind: LedgerKind, branch: Organisation, asked: QueryDict, actor: Actor, today: date
) -> dict[str, Any]:
    """A new form: what the address says, and what the kind takes over from the last record of the
    same sort.
    """
    names = {f.name for f in kind.fields()} | {part.name for part in kind.parts}
    raw: dict[str, Any] = {name: asked[name][:4000] for name in asked if name in names}
    if kind.entering.copied:
        raw.setdefault(kind.day, _proposed(asked.get("window", ""), today))
        last = last_of_sort(kind, branch, raw, actor)
        for name in kind.entering.copied if last else ():
            raw.setdefault(name, render(of_model(kind.model, name), getattr(last, name)))
    return raw


def last_of_sort(
    kind: LedgerKind, branch: Organisation, raw: Mapping[str, str], actor: Actor
) -> Entry | None:
    """The branch's latest record of the sort that a form asks for, in the words of the form."""
    sort = queries.choice_column(kind)
    if sort is None:
        return None
    codes = {label: code for code, label in sort.choices}
    code = codes.get(raw.get(sort.name, ""), "")
    same = [of_model(kind.model, name) for name in kind.entering.of_same]
    about = kind.model, sort.name, kind.day, tuple(kind.entering.of_same)
    for most in (1, _LOOKED_BACK):
        for one in _latest(*about, most)(branch.pk, code, *chain(*actor.spans)):
            if all(render(f, getattr(one, f.name)) == raw.get(f.name, "") for f in same):
                found: Entry = one
                return found
    return None


_LOOKED_BACK = 50


@cache
def _latest(
    model: type[Any], sort: str, day: str, beside: tuple[str, ...], most: int
) -> Question[Any]:
    def asked(branch: int, code: str, *ends: str) -> QuerySet[Any]:
        found = (
            model.objects.within(queries.pairs(ends))
            .current()
            .filter(branch=branch, **{sort: code})
        )
        latest: QuerySet[Any] = found.select_related(*beside).order_by(f"-{day}", "-pk")[:most]
        return latest

    return Question(asked)


def mode_of(posted: QueryDict) -> str:
    """Entered at the time, or later from paper, as the clerk says."""
    return Entry.Mode.BACKFILL if posted.get("backfill") == "1" else Entry.Mode.LIVE


def roster(branch: Organisation, asked: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """The persons expected by the kind, day and group that the form says."""
    try:
        day = parse(
            Field(name="held_on", label="日期", kind="date"), asked.get("held_on", ""), NO_NAMES
        )
    except Unreadable:
        day = None
    codes = {"支委会": "committee_meeting", "党小组会": "group_meeting"}
    kind = codes.get(asked.get("kind", ""), "members_assembly")
    group = next(
        (g for g in queries.groups(branch, actor) if g.name == asked.get("group", "")), None
    )
    if day is None or not asked.get("kind") or (kind == "group_meeting" and group is None):
        return {"people": [], "day": day, "ready": False}
    ticked = {
        key.removeprefix("name-"): asked.get(f"tick-{key.removeprefix('name-')}")
        for key in asked
        if key.startswith("name-")
    }
    expected = queries.roster(branch, kind, group, day)
    rows = [
        (
            p,
            queries.unique_name(p, expected),
            ticked.get(str(p.pk), "1") == "1",
            asked.get(f"reason-{p.pk}", ""),
        )
        for p in expected
    ]
    said = {name: asked.get(name, "") for name in ("kind", "held_on", "group")}
    sheet = f"{reverse('papers:sign-sheet', args=[branch.pk, 'docx'])}?{urlencode(said)}"
    return {"people": rows, "day": day, "ready": True, "sheet": sheet}


def roster_of_names(
    kind: LedgerKind, branch: Organisation, raw: dict[str, Any], actor: Actor
) -> dict[str, Any]:
    """The roster ticked as the lists of names say; only names that it does not have stay in the
    lists.
    """
    found = roster(branch, raw, actor) | {"unclear": []}
    if not found["ready"]:
        return found
    known = {person_name(person.name) for person, *_ in found["people"]}
    raw |= {p.name: as_text(p, raw.get(p.name)) for p in kind.parts if p.name in _ATTENDED}
    there, away = (
        dict(persons.persons(raw.get(name, ""), known.__contains__, found["unclear"].append))
        for name in ("present", "absent")
    )
    found["people"] = [
        (
            p,
            name,
            person_name(p.name) in there.keys() - away.keys(),
            away.get(person_name(p.name), ""),
        )
        for p, name, *_ in found["people"]
    ]
    for name, listed in (("present", there), ("absent", away)):
        raw[name] = "、".join(
            f"{who}（{why}）" if why else who for who, why in listed.items() if who not in known
        )
    return found
