"""What pages show of what was handed in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from taizhang.documents.blocks import Paragraph, Table
from taizhang.intake.actions import UNDONE_WITHIN
from taizhang.intake.doubts import Doubts, is_day
from taizhang.intake.models import Batch, Entered, Paper
from taizhang.intake.reading import read
from taizhang.intake.records.record import Record
from taizhang.intake.sheets import grid
from taizhang.kernel.errors import BadInput, NotFound, Problem
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence.recognised import Kept
from taizhang.ledgers.form_reader import Reader
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import inputs as forms
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

MOST_ASKED = 100
"""Of so many documents it is asked every second, while they are read, why each waits."""
MOST_TRIED = 500
"""So many rows of lists are tried, for their list, as if they were entered."""
MOST_SHOWN = 400
"""So many rows of a source are shown beside the form."""


@dataclass
class Told:
    """A batch on the list: how many documents, and what became of them."""

    batch: Batch
    counts: Counter[str]

    @property
    def open(self) -> int:
        """How many wait; of what was undone none."""
        if self.batch.undone_at is not None:
            return 0
        return self.counts[Paper.State.OPEN] + self.counts[Paper.State.UNREAD]

    @property
    def entered(self) -> int:
        """How many are in their ledgers; what was undone is not."""
        return 0 if self.batch.undone_at is not None else self.counts[Paper.State.ENTERED]

    @property
    def state(self) -> str:
        """What is to be done with it, in words."""
        if self.batch.undone_at is not None:
            return "已撤销"
        if self.counts[Paper.State.UNREAD]:
            return "正在识别"
        return "待核对" if self.open else "已处理完"


def batches(branch: Organisation, actor: Actor) -> list[Told]:
    """The last batches of a branch."""
    found = Batch.objects.visible_to(actor).filter(branch=branch).select_related("by")[:50]
    states = Paper.objects.filter(batch__in=[b.pk for b in found]).values_list("batch_id", "state")
    counts: dict[int, Counter[str]] = {}
    for key, state in states:
        counts.setdefault(key, Counter())[state] += 1
    return [Told(batch, counts.get(batch.pk, Counter())) for batch in found]


def waiting_of(branch: int) -> QuerySet[Paper]:
    """Documents of a branch that nobody looked at yet, for who is known to keep its ledgers."""
    waiting = (Paper.State.OPEN, Paper.State.UNREAD)
    return Paper.objects.filter(state__in=waiting, batch__branch=branch, batch__undone_at=None)


def batch(key: int, *, actor: Actor) -> Batch:
    """One batch."""
    found = Batch.objects.visible_to(actor).select_related("branch").filter(pk=key).first()
    if found is None:
        raise NotFound("没有这次收件。")
    return found


def paper(key: int, *, actor: Actor) -> Paper:
    """One document."""
    found = (
        Paper.objects.visible_to(actor)
        .select_related("batch__branch", "file")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise NotFound("没有这份文件。")
    return found


@dataclass
class Line:
    """A document on the list of its batch."""

    paper: Paper
    records: int
    warnings: list[str]
    days: str = ""
    doubts: list[str] = field(default_factory=list)

    @property
    def certain(self) -> bool:
        """Whether it can be entered without a look."""
        return self.paper.certain and not self.doubts

    @property
    def state(self) -> str:
        """What became of it, in words."""
        one = self.paper
        if one.state == Paper.State.OPEN:
            return one.said_with(self.doubts)
        if one.state == Paper.State.ENTERED and one.batch.undone_at is not None:
            return "已撤销"
        return str(one.get_state_display())

    @property
    def told(self) -> str:
        """What is to be said of it while it waits; what was done with it needs none of that."""
        waits = self.paper.state in (Paper.State.OPEN, Paper.State.SAME)
        return "".join(map(_ended, [*self.warnings, *self.doubts] if waits else ()))


def _ended(said: str) -> str:
    """A sentence with its end."""
    return said if said.endswith(("。", "；", "！", "？")) else f"{said}。"


@dataclass
class Group:
    """The documents of one ledger."""

    title: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class Overview:
    """A batch by ledgers, and what can be done with it."""

    groups: list[Group]
    unread: int
    certain: int
    may_undo: bool
    work: str = ""
    """What goes on in the background."""
    rows: int = 0
    """How many rows wait on lists, where there are several lists."""
    made: int = 0
    """How many records came of it, which undoing takes back."""


def overview(found: Batch, actor: Actor) -> Overview:
    """The documents of a batch by their ledgers; what nobody could place comes last. Why each waits
    is told; of a large batch when all are read, for the page asks every second until then.
    """
    groups: dict[str, Group] = {}
    papers = list(found.papers.select_related("batch", "file"))
    told = {one.pk: proposed(one) for one in papers}
    unread = sum(one.state == Paper.State.UNREAD for one in papers)
    single = [(one, told[one.pk][0][0]) for one in papers if _is_single(one, told[one.pk][0])]
    asks = not unread or len(papers) <= MOST_ASKED
    doubts = Doubts(found.branch, actor).of(single if asks else ())
    if asks:
        doubts |= _of_lists([one for one in papers if _waits(one) and one.certain], actor)
    entered = Counter(Entered.objects.filter(paper__in=papers).values_list("paper_id", flat=True))
    for one in papers:
        records, warnings = told[one.pk]
        kind = one.ledger
        title = kind.title if kind else _TITLES.get(one.state, one.said)
        days = ""
        if kind and records and not one.is_list:
            days = records[0].values.get(kind.day, "")
        n = entered[one.pk] if one.state == Paper.State.ENTERED else len(records)
        line = Line(one, n, warnings, days, doubts.get(one.pk, []))
        groups.setdefault(title, Group(title)).lines.append(line)
    lists = [
        line.records for group in groups.values() for line in group.lines if _waits(line.paper)
    ]
    order = {kind.title: at for at, kind in enumerate(KINDS.values())}
    return Overview(
        sorted(groups.values(), key=lambda group: order.get(group.title, len(order))),
        unread=unread,
        certain=sum(
            line.certain and line.paper.state == Paper.State.OPEN
            for group in groups.values()
            for line in group.lines
        ),
        may_undo=found.undone_at is None and timezone.now() - found.at <= UNDONE_WITHIN,
        work=grid.at_work(found),
        rows=sum(lists) if len(lists) > 1 else 0,
        made=entered.total(),
    )


def _of_lists(lists: list[Paper], actor: Actor) -> dict[int, list[str]]:
    """Why rows of lists that leave no doubt of what they are would be refused all the same."""
    found, left = {}, MOST_TRIED
    for one in lists:
        left -= len(proposed(one)[0])
        if left < 0:
            found[one.pk] = ["行数多，请打开核对。"]
            continue
        wrong = {problem.row for problem in grid.problems_of(one, actor)}
        found[one.pk] = [f"有 {len(wrong)} 行要改，请打开核对。"] if wrong else []
    return found


_TITLES: dict[str, str] = {Paper.State.SAME: "重复文件", Paper.State.UNREAD: "正在识别"}
"""What documents of no ledger stand under."""


def _is_single(one: Paper, records: list[Record]) -> bool:
    return one.state == Paper.State.OPEN and not one.is_list and bool(one.kind and records)


def doubts(one: Paper, records: list[Record], actor: Actor) -> list[str]:
    """Why one document is looked at before it is entered."""
    if not _is_single(one, records):
        return []
    return Doubts(one.batch.branch, actor).of([(one, records[0])])[one.pk]


def lacks(one: Paper, records: list[Record], actor: Actor) -> list[Problem]:
    """What the form of a document would refuse as it stands."""
    if not _is_single(one, records) or one.ledger is None:
        return []
    return Reader(one.ledger, one.batch.branch, actor).read(records[0].values).problems


def unregistered(kind: LedgerKind, problems: list[Problem]) -> list[LedgerKind]:
    """The ledgers whose records a form names and nobody registered yet."""
    wrong = {problem.column for problem in problems}
    models = {f.model for f in kind.fields() if f.kind == "record" and f.label in wrong}
    return [other for other in KINDS.values() if other.model in models]


def _waits(one: Paper) -> bool:
    return one.is_list and one.state == Paper.State.OPEN and bool(one.kind)


def proposed(one: Paper) -> tuple[list[Record], list[str]]:
    """The records that a document proposes, and what is to be said of it."""
    if not one.proposed:
        return [], []
    told = json.loads(one.proposed)
    return [Record(**record) for record in told["records"]], told["warnings"]


def unknown(one: Paper) -> list[tuple[str, str]]:
    """(header, the first of what stands below) of the columns that nobody knows yet, while the list
    waits whole.
    """
    told = json.loads(one.proposed) if one.proposed else {}
    whole = one.state == Paper.State.OPEN and not one.entered.exists()
    return list(told.get("unknown", {}).items()) if whole else []


def passed(one: Paper) -> list[str]:
    """The rows of a list that are no records, each with its place."""
    told = json.loads(one.proposed) if one.proposed else {}
    return list(told.get("passed", ()))


def following(one: Paper) -> Paper | None:
    """The next document of the batch that waits."""
    waiting = one.batch.papers.filter(state=Paper.State.OPEN).exclude(pk=one.pk).order_by("pk")
    return waiting.filter(pk__gt=one.pk).first() or waiting.first()


@dataclass(frozen=True)
class Cell:
    """A text of the source, its place, and the fields that were read from it."""

    text: str
    where: str
    fields: list[str]


def source(one: Paper, record: Record | None) -> list[list[Cell]]:
    """The document as rows of texts, those that were read marked with their fields; a paragraph is
    a row of one.
    """
    if one.file is None:
        return []
    with evidence.opened(one.file.sha256) as stream:
        data = stream.read()
    try:
        known = Kept(one.file.sha256, recognise=False)
        piece = read.piece_at(one.file_name, data, one.where, known)
    except BadInput:
        return []
    labels = _labels(one.ledger) if one.ledger else {}
    marks: dict[str, list[str]] = {}
    for name, where in (record.sources if record else {}).items():
        marks.setdefault(where.partition("：")[0], []).append(labels.get(name, name))
    rows = [] if piece is None else list(_rows(piece.blocks, marks))
    return rows[:MOST_SHOWN]


def _rows(blocks: list[Any], marks: Mapping[str, list[str]]) -> Iterator[list[Cell]]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.text.strip():
            yield [Cell(block.text, block.where, marks.get(block.where, []))]
        elif isinstance(block, Table):
            for row in block.rows:
                own = [cell for cell in row if not cell.spans]
                if any(cell.text.strip() for cell in own):
                    yield [Cell(c.text, c.where, marks.get(c.where, [])) for c in own]


def _labels(kind: LedgerKind) -> dict[str, str]:
    return {one.name: one.label for one in kind.fields()} | {p.name: p.label for p in kind.parts}


@dataclass(frozen=True)
class Asked:
    """An input of the form, and where its value stands in the source."""

    input: forms.Input
    source: str


def asked(
    one: Paper, values: Mapping[str, Any], record: Record, problems: list[Problem], actor: Actor
) -> list[Asked]:
    """The ordinary form of the ledger, filled; fields that the source does not have are empty."""
    kind = one.ledger
    if kind is None:
        return []
    inputs = forms.inputs(kind, one.batch.branch, values, problems, actor)
    return [Asked(one_, record.sources.get(one_.name, "")) for one_ in inputs]


def marked(one: Paper, actor: Actor) -> object:
    """The record that the mark on the sheet names, while it stands in the ledger; else nothing."""
    kind, key = one.ledger, json.loads(one.proposed or "{}").get("entry", 0)
    if kind is None or not key:
        return None
    return (
        kind.model.objects.visible_to(actor)
        .current()
        .filter(branch=one.batch.branch, pk=key)
        .first()
    )


def already_there(one: Paper, record: Record, actor: Actor) -> list[Any]:
    """Records of the same ledger and day, which may be the same event."""
    kind = one.ledger
    day = record.values.get(kind.day, "") if kind else ""
    if kind is None or not is_day(day):
        return []
    found = kind.model.objects.visible_to(actor).current()
    return list(found.filter(branch=one.batch.branch, **{kind.day: day})[:5])


def records_of(one: Paper) -> list[tuple[LedgerKind, int]]:
    """The records that came of a document."""
    made = Entered.objects.filter(paper=one).values_list("kind", "entry_id")[:200]
    return [(KINDS[slug], key) for slug, key in made]
