"""What a suspicion compares, side by side: two texts with the passages that both have, pictures
that are the same, two times on one line, the roster of the day beside the attendance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, product
from typing import Any, TypeVar

from taizhang.checks import engine
from taizhang.checks.models import SuspicionRow
from taizhang.checks.reasons.record_links import compares, kind_of
from taizhang.kernel.calendar import clock_of
from taizhang.kernel.errors import NotAllowed, NotFound
from taizhang.ledgers.evidence import queries as evidence_queries
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Attendance, Meeting
from taizhang.ledgers.models import EvidenceFile
from taizhang.ledgers.records import queries as ledgers
from taizhang.orgs.actor import Actor
from taizhang.rules.base import Rule
from taizhang.rules.marks import distance

One = TypeVar("One")
PASSAGE = 8
"""So many characters in a row that both texts have are a passage of both."""


@dataclass(frozen=True)
class Line:
    """One thing that a record says; its text in pieces, each with whether the other record says it
    too.
    """

    label: str
    pieces: list[tuple[str, bool]]

    @property
    def shared(self) -> bool:
        """Whether both say some of it."""
        return any(same for _, same in self.pieces)

    @property
    def short(self) -> bool:
        """Whether it fits beside its label."""
        return sum(len(piece) for piece, _ in self.pieces) <= 40


@dataclass(frozen=True)
class Shown:
    """A file of a record, and whether a file of the other record is the same or nearly so."""

    file: EvidenceFile
    same: bool


@dataclass(frozen=True)
class Side:
    """One of the two records."""

    branch: str
    kind: str
    key: int
    name: str
    lines: list[Line]
    files: list[Shown]
    """Where files are compared, those of the record."""


@dataclass(frozen=True)
class Bar:
    """A record's time on the line of the day, in minutes; `left` and `width` in per cent of the
    line.
    """

    name: str
    hours: str
    left: int
    width: int


@dataclass(frozen=True)
class Called:
    """One person on the roster or on a list of the meeting."""

    name: str
    on_roster: bool
    state: str

    @property
    def differs(self) -> bool:
        """Somebody of the roster is on no list, or somebody on a list is not on the roster."""
        return self.on_roster != bool(self.state)


@dataclass
class Beside:
    """A suspicion with what it compares."""

    sides: list[Side]
    hidden: bool = False
    """The other record is of a branch whose ledgers the reader may not see."""
    bars: list[Bar] = field(default_factory=list)
    both: list[str] = field(default_factory=list)
    """Persons who are present at both."""
    called: list[Called] = field(default_factory=list)


def of(row: SuspicionRow, catalogue: str, actor: Actor) -> Beside:
    """Both records as far as the actor may see them."""
    rule = engine.rules(catalogue).get(row.rule)
    if rule is None or not compares(rule, row.other):
        raise NotFound("这个疑点没有可以对照的记录。")
    kind = KINDS[kind_of(rule)]
    keys = [row.subject] if row.subject >= 0 else []
    keys += [row.other] if rule.other_is == "record" and row.other >= 0 else []
    entries = list(_visible(kind, keys, actor))
    texts = [{t.label: t.text for t in ledgers.statements(kind, e, openly=False)} for e in entries]
    sides, files = [], _files(rule, kind, entries)
    for at, entry in enumerate(entries):
        if rule.compares == "speeches":
            lines = list(_speeches(entry, _besides(entries, at)))
        else:
            lines = list(_texts(texts[at], [] if files[at] else _besides(texts, at)))
        lines.sort(key=lambda line: not line.shared)
        side = Side(entry.branch.short_name, kind.slug, entry.pk, str(entry), lines, files[at])
        sides.append(side)
    found = Beside(sides, hidden=len(entries) < len(keys))
    if rule.compares == "times":
        found.bars = _bars(entries)
    if kind.model is Meeting:
        found.both = _at_both(entries) if len(entries) == 2 else []
        found.called = _called(entries[0]) if rule.compares == "roster" and entries else []
    return found


def _besides(listed: list[One], at: int) -> list[One]:
    """All but one of them."""
    return [*listed[:at], *listed[at + 1 :]]


def _texts(own: dict[str, str], others: list[dict[str, str]]) -> Iterator[Line]:
    """Each text of a record beside all of the other record's."""
    theirs = "\n".join(text for said in others for text in said.values())
    for label, text in own.items():
        yield Line(label, passages(text, theirs))


def _speeches(own: Meeting, others: list[Meeting]) -> Iterator[Line]:
    """Each speech beside those of the other speakers or, where two meetings are compared, of the
    same speaker in the other.
    """
    for one in own.speeches.all():
        theirs = [
            s.text
            for m in others or [own]
            for s in m.speeches.all()
            if (s.name == one.name) == bool(others)
        ]
        yield Line(one.name, passages(one.text, "\n".join(theirs)))


def _visible(kind: LedgerKind, keys: list[int], actor: Actor) -> Iterator[Any]:
    for key in keys:
        try:
            yield ledgers.entry(kind=kind, key=key, actor=actor)
        except NotAllowed:
            continue


def _files(rule: Rule, kind: LedgerKind, entries: list[Any]) -> list[list[Shown]]:
    """The files of each record, those first that the other has too; none where a rule does not
    compare files.
    """
    if rule.subjects() != "files":
        return [[] for _ in entries]
    held = [
        [link.file for link in evidence_queries.links_of(kind, entry) if link.is_active]
        for entry in entries
    ]
    found = []
    for at, own in enumerate(held):
        others = [file for theirs in _besides(held, at) for file in theirs]
        shown = [
            Shown(file, any(_same(file, other, rule.bits_apart()) for other in others))
            for file in own
        ]
        found.append(sorted(shown, key=lambda one: not one.same))
    return found


def _same(one: EvidenceFile, other: EvidenceFile, within: int | None) -> bool:
    """The same bytes or, where so many bits may differ, marks that are near, mirrored or not."""
    if one.sha256 == other.sha256:
        return True
    marks = [[m for m in (f.mark, f.mark_mirrored) if m is not None] for f in (one, other)]
    return within is not None and any(distance(a, b) <= within for a, b in product(*marks))


def passages(text: str, other: str, size: int = PASSAGE) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it stands in the other; blanks and punctuation make no
    difference.
    """
    words = [(at, c) for at, c in enumerate(text) if c.isalnum()]
    plain = "".join(c for _, c in words)
    theirs = "".join(c for c in other if c.isalnum())
    known = {theirs[i : i + size] for i in range(len(theirs) - size + 1)}
    shared = [False] * len(text)
    for i in range(len(plain) - size + 1):
        if plain[i : i + size] in known:
            first, last = words[i][0], words[i + size - 1][0]
            shared[first : last + 1] = [True] * (last + 1 - first)
    marked = groupby(zip(text, shared, strict=True), key=lambda each: each[1])
    return [("".join(c for c, _ in run), same) for same, run in marked]


def _bars(entries: list[Any]) -> list[Bar]:
    """From the full hour before the first to the full hour after the last."""
    timed = [e for e in entries if None not in (e.starts, e.ends)]
    if not timed:
        return []
    first = min(e.starts for e in timed) // 60 * 60
    last = -(-max(e.ends for e in timed) // 60) * 60
    whole = max(60, last - first)
    return [
        Bar(
            f"{e.branch.short_name} {e}",
            f"{clock_of(e.starts)}—{clock_of(e.ends)}",
            (e.starts - first) * 100 // whole,
            max(1, (e.ends - e.starts) * 100 // whole),
        )
        for e in timed
    ]


def _at_both(meetings: list[Any]) -> list[str]:
    present = [
        {a.name for a in m.attendance.all() if a.state == Attendance.State.PRESENT}
        for m in meetings
    ]
    return sorted(present[0] & present[1])


def _called(meeting: Meeting) -> list[Called]:
    roster = ledgers.roster(meeting.branch, meeting.kind, meeting.group, meeting.held_on)
    listed = {a.person_id or a.name: a for a in meeting.attendance.all()}
    found = [
        Called(
            p.name,
            on_roster=True,
            state=a.get_state_display() if (a := listed.pop(p.pk, None)) else "",
        )
        for p in roster
    ]
    found += [Called(a.name, on_roster=False, state=a.get_state_display()) for a in listed.values()]
    return sorted(found, key=lambda one: (not one.differs, one.state, one.name))
