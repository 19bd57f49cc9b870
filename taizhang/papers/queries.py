"""Papers by what they are of: a branch's book, one record, a blank form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from taizhang.kernel.calendar import plus_months
from taizhang.kernel.errors import NotAllowed, NotFound
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import divisions, terms
from taizhang.ledgers.kinds.elections import Election
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.ledgers.records import queries
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry, EntryQuerySet
from taizhang.papers.documents import election, ledger_forms
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.documents.book import roster_rows
from taizhang.papers.documents.held import Held
from taizhang.papers.documents.ledger_forms import ROSTER
from taizhang.papers.marks import mark as marks
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Block, Note, Paper, Table
from taizhang.papers.wording import months_in_full

_MANY = 8
"""A table with more columns lies on its side."""


def record_paper(*, kind: LedgerKind, key: int, actor: Actor) -> Paper:
    """One record in its form; what is sensitive is masked."""
    visible = queries.entry(kind=kind, key=key, actor=actor)
    found = queries.with_parts(kind, kind.model.objects.filter(pk=visible.pk)).get()
    return Paper(
        "",
        subtitle=found.branch.full_name_on(kind.day_of(found)),
        blocks=ledger_forms.filled(kind, [found]),
        footer=kind.title,
        mark=marks.of_record(kind, found.pk, found.branch),
    )


def records_paper(*, kind: LedgerKind, keys: Sequence[int], actor: Actor) -> Paper:
    """Several records of a kind in its form, branch by branch in the order of their days; what is
    sensitive is masked.
    """
    visible = kind.model.objects.visible_to(actor).filter(pk__in=keys)
    found = list(
        queries.with_parts(kind, visible)
        .select_related("branch", *queries.related(kind))
        .order_by("branch__path", kind.day, "pk")
    )
    if len(found) != len(set(keys)):
        raise NotAllowed("勾选的记录中有的没有了，或者您无权查看。")
    of_branches: dict[Any, list[Any]] = {}
    for one in found:
        of_branches.setdefault(one.branch, []).append(one)
    blocks: list[Block] = []
    for branch, some in of_branches.items():
        if len(of_branches) > 1:
            blocks.append(Note(branch.full_name_on(kind.day_of(some[-1]))))
        blocks += ledger_forms.filled(kind, some)
    (first, *_others) = of_branches
    told = "" if _others else first.full_name_on(kind.day_of(found[-1]))
    wide = any(isinstance(block, Table) and len(block.columns) > _MANY for block in blocks)
    return Paper("", subtitle=told, blocks=blocks, footer=kind.title, landscape=wide)


def file_name(*, kind: LedgerKind, key: int, actor: Actor, title: str = "") -> str:
    """What the file of a record's paper is called: whose, what, of which day."""
    found = queries.entry(kind=kind, key=key, actor=actor)
    day = kind.day_of(found)
    if not title:
        title = f"{found.get_kind_display()}记录" if isinstance(found, Meeting) else kind.title
    return f"{found.branch.short_name_on(day)}{title}{day or ''}"


def paper_of_record(
    *, kind: LedgerKind, key: int, paper: str, actor: Actor
) -> Paper | Official | Ballot:
    """One of the papers that belong to a record; those with which the committee answers, its
    organisation section prints.
    """
    entry: Any = queries.entry(kind=kind, key=key, actor=actor)
    if paper not in dict(kind.papers + kind.office_papers):
        raise NotFound("没有这种文书。")
    if paper in dict(kind.office_papers):
        actor.must_run_office()
    return election.MAKERS[paper](held(entry, actor))


def held(entry: Election, actor: Actor) -> Held:
    """An election with its terms, its candidates on the roster, and the division of work that
    followed.
    """
    day = entry.held_on
    known = list(_of_branch(terms.KIND, entry, actor).order_by("started_on"))
    divided = _of_branch(divisions.KIND, entry, actor).filter(
        decided_on__range=(day, plus_months(day, 3))
    )
    first = queries.with_parts(divisions.KIND, divided.order_by("decided_on", "pk")).first()
    shares = queries.written_parts(divisions.KIND, first)["rows"].splitlines() if first else []
    return Held(
        entry,
        outgoing=next((t for t in reversed(known) if t.started_on < day), None),
        incoming=next((t for t in known if t.started_on == day), None),
        about=_about(entry),
        shares=shares,
        first_meeting=_first_meeting(entry, actor),
    )


def _first_meeting(entry: Election, actor: Actor) -> Meeting | None:
    """The minutes of the day on which the new committee met first; of two, nobody knows which."""
    if entry.first_committee_on is None:
        return None
    visible = Meeting.objects.visible_to(actor).current()
    met = visible.filter(
        branch=entry.branch, kind="committee_meeting", held_on=entry.first_committee_on
    )
    found = list(met[:2])
    return found[0] if len(found) == 1 else None


def _of_branch(kind: LedgerKind, entry: Entry, actor: Actor) -> EntryQuerySet:
    return kind.model.objects.visible_to(actor).current().filter(branch=entry.branch)


def _about(entry: Election) -> dict[str, list[str]]:
    """What the roster says of each candidate; nothing of a name that two bear."""
    day = entry.candidates_request_on or entry.held_on - timedelta(days=1)
    rows = [dict(zip(ROSTER, row, strict=True)) for row in roster_rows(entry.branch, day)]
    times = Counter(row["姓名"] for row in rows)
    return {
        row["姓名"]: [
            row["性别"],
            row["民族"],
            months_in_full(row["出生日期"]),
            row["学历"],
            months_in_full(row["入党时间"]),
            row["工作岗位"],
            row["党内职务"],
            "",
        ]
        for row in rows
        if times[row["姓名"]] == 1
    }


def blank_paper(kind: LedgerKind) -> Paper:
    """The empty form of a kind."""
    blocks = ledger_forms.blank(kind)
    wide = any(isinstance(block, Table) and len(block.columns) > _MANY for block in blocks)
    return Paper(
        "", blocks=blocks, footer=kind.title, landscape=wide, empty=True, mark=marks.of_blank(kind)
    )
