"""The rows below a record in its form: an input for each thing said of a row, spare rows, and what
a post says of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from django.http import QueryDict
from django.utils.safestring import SafeString

from taizhang.kernel.errors import Problem
from taizhang.ledgers.fields import Field
from taizhang.ledgers.form_reader import Reader, row_by_row
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.part import Draft, Part, Proposal, Told, nothing_proposed
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

SPARE = 3
"""So many blank rows more when a person asks for them."""
MOST = 300
AS_TABLE = 6
"""A row of more inputs than this is laid out as a card."""
PEOPLE = "people-of-branch"
"""The list of names that every input of a person offers."""


def written(said: Mapping[str, str | bool | None]) -> SafeString:
    """Attributes as a tag bears them: none that is None or False, and True by its name alone.

    Django's `flatatt` builds a safe string for each, which is most of what a form costs.
    """
    told = [(name, value) for name, value in sorted(said.items()) if value not in (None, False)]
    texts = [f' {name}="{escape(value)}"' for name, value in told if isinstance(value, str)]
    return SafeString("".join([*texts, *(f" {name}" for name, value in told if value is True)]))


@dataclass(frozen=True)
class Cell:
    """One input of a row."""

    column: Field
    part: Part
    number: int
    value: str
    called: str
    wrong: bool = False

    @property
    def label(self) -> str:
        """What its column is called."""
        return self.column.label

    @property
    def kind(self) -> str:
        """What sort of input it is."""
        if self.column.unknown or self.column.kind == "choice":
            return "choice"
        return "person" if self.column.names else self.column.kind

    @property
    def choices(self) -> list[str]:
        """What may be chosen."""
        return ["是", "否"] if self.column.unknown else [label for _, label in self.column.choices]

    @property
    def is_rare(self) -> bool:
        """Whether it is folded."""
        return self.column.name in self.part.rare

    @property
    def at(self) -> int:
        """Its place among all of the row as customary papers have them, which a pasted line
        follows.
        """
        return [one.name for one in self.part.writing.columns].index(self.column.name)

    @property
    def name(self) -> str:
        """As it is posted."""
        return f"{self.part.name}-{self.number}-{self.column.name}"

    @property
    def attributes(self) -> SafeString:
        """What every sort of input carries, also for those who hear the page read."""
        label = f"{self.part.label}{self.called}{self.label}"
        return written(
            {
                "name": self.name,
                "id": f"id_{self.name}",
                "aria-label": label,
                "data-cell": self.column.name,
                "data-at": str(self.at) if self.part.rare else None,
                "list": PEOPLE if self.kind == "person" else None,
                "maxlength": str(self.column.longest)
                if self.column.longest and self.kind != "choice"
                else None,
                "data-sensitive": self.column.sensitive,
                "aria-invalid": "true" if self.wrong else None,
                "aria-describedby": f"wrong-{self.part.name}" if self.wrong else None,
            }
        )


@dataclass(frozen=True)
class Row:
    """One row with its inputs."""

    number: int
    cells: list[Cell]
    wrong: list[str] = field(default_factory=list)
    printed: str = ""
    """What it is called where the rows are printed."""

    @property
    def usual(self) -> list[Cell]:
        """The inputs that stand in the row."""
        return [cell for cell in self.cells if not cell.is_rare]

    @property
    def rare(self) -> list[Cell]:
        """Those that are folded below it."""
        return [cell for cell in self.cells if cell.is_rare]

    @property
    def is_open(self) -> bool:
        """Whether something stands in these, or the row is wrong."""
        return bool(self.wrong) or any(cell.value for cell in self.rare)

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in it."""
        return any(cell.value for cell in self.cells)


@dataclass(frozen=True)
class Stage:
    """Printed rows under one heading."""

    title: str
    rows: list[Row]
    is_open: bool

    @property
    def done(self) -> int:
        """How many of them have something in them."""
        return sum(row.is_filled for row in self.rows)


@dataclass(frozen=True)
class Rows:
    """All that the form shows of a part."""

    part: Part
    columns: tuple[Field, ...]
    rows: list[Row]
    stages: list[Stage]
    text: str
    """What nobody could take apart, to be put right as it is."""

    @property
    def layout(self) -> str:
        """How the rows are laid out: printed, names side by side, a table, or a card each."""
        if self.stages:
            return "printed"
        if len(self.columns) == 1 and self.columns[0].names:
            return "names"
        is_short = len(self.columns) <= AS_TABLE or self.part.rare
        return "table" if is_short else "cards"

    @property
    def folded(self) -> str:
        """What the columns are called that are folded below each row."""
        return "、".join(one.label for one in self.columns if one.name in self.part.rare)


def rows(part: Part, value: object, problems: Sequence[Problem], spare: int) -> Rows:
    """The rows that were written, with `spare` blank ones behind them; what has no column goes into
    the text.
    """
    told = row_by_row(part, value)
    wrong = {n: [p.message for p in problems if p.part_row == n] for n in range(1, len(told) + 1)}
    numbered = list(enumerate(told, start=1))
    known = [(one, wrong[n]) for n, one in numbered if part.known(one)]
    text = part.writing.join([one for one in told if not part.known(one)])
    if part.stages:
        stages = _stages(part, known)
        return Rows(part, part.writing.columns[1:], [], stages, text)
    known += [({}, [])] * spare
    found = [
        _row(part, part.writing.columns, at, one, said) for at, (one, said) in enumerate(known)
    ]
    return Rows(part, part.writing.columns, found, [], text)


def _row(
    part: Part,
    columns: tuple[Field, ...],
    number: int,
    told: Told,
    wrong: list[str],
    printed: str = "",
) -> Row:
    called = printed or f"第{number + 1}行"
    cells = [
        Cell(column, part, number, told.get(column.name, ""), called, bool(wrong))
        for column in columns
    ]
    return Row(number, cells, wrong, printed)


def _stages(part: Part, told: list[tuple[Told, list[str]]]) -> list[Stage]:
    """The printed rows by their numbers; the stage that is under way is open."""
    key, *rest = part.writing.columns
    by_number = {one.get(key.name, ""): (one, wrong) for one, wrong in told}
    found, number = [], 0
    for title, names in part.stages:
        rows_ = []
        for name in names:
            number += 1
            one, wrong = by_number.get(str(number), ({}, []))
            rows_.append(_row(part, tuple(rest), number, one, wrong, f"{number} {name}"))
        found.append(Stage(title, rows_, is_open=any(row.wrong for row in rows_)))
    latest = max((at for at, stage in enumerate(found) if stage.done), default=0)
    if all(row.is_filled for row in found[latest].rows) and latest + 1 < len(found):
        latest += 1
    return [Stage(s.title, s.rows, s.is_open or at == latest) for at, s in enumerate(found)]


def posted(part: Part, said: QueryDict) -> str | list[Told]:
    """What a post says of a part: the text alone where it has no rows of inputs, else its rows and
    those of the text.
    """
    text = said.get(part.name, "")
    found = _rows_posted(part, said)
    if not found:
        return text
    gone = said.get("less", "")
    kept = [row for number, row in sorted(found.items()) if row and f"{part.name}-{number}" != gone]
    return [*kept, *row_by_row(part, text)]


def _rows_posted(part: Part, said: QueryDict) -> dict[int, Told]:
    """Row number → what stands in its inputs; a printed row is known by its number."""
    names = "|".join(column.name for column in part.writing.columns)
    shape = re.compile(rf"{part.name}-(\d{{1,4}})-({names})")
    found: dict[int, Told] = {}
    for key in said:
        read = shape.fullmatch(key)
        if not read or len(found) > MOST:
            continue
        row = found.setdefault(int(read[1]), {})
        text = said.get(key, "").replace("\x00", "").strip()
        if text:
            row[read[2]] = text
    if part.stages:
        key_column = part.writing.columns[0].name
        return {n: {key_column: str(n)} | row if row else {} for n, row in found.items()}
    order = [column.name for column in part.writing.columns]
    return {n: {name: row[name] for name in order if name in row} for n, row in found.items()}


def numbers(part: Part, said: QueryDict) -> list[int]:
    """The numbers of the rows of inputs in which something stands, in order."""
    return [number for number, told in sorted(_rows_posted(part, said).items()) if told]


@dataclass(frozen=True)
class Offer:
    """A proposal with the input that it is for, and what the row is about."""

    target: str
    label: str
    about: str
    proposal: Proposal


def offers(
    kind: LedgerKind, branch: Organisation, said: QueryDict, raw: Mapping[str, object], actor: Actor
) -> list[tuple[str, list[Offer]]]:
    """For every part that works something out: (its name, what its blank inputs may hold)."""
    parts = [part for part in kind.parts if part.propose is not nothing_proposed]
    if not parts:
        return []
    draft = Reader(kind, branch, actor).read(raw)
    return [(part.name, _offers(part, said, draft)) for part in parts]


def _offers(part: Part, said: QueryDict, draft: Draft) -> list[Offer]:
    """Only while each row of inputs is read as one row: else nobody can tell which
    input is meant.
    """
    filled = [(n, told) for n, told in sorted(_rows_posted(part, said).items()) if told]
    rows = draft.parts.get(part.name, [])
    if len(filled) != len(rows):
        return []
    labels = {column.name: column.label for column in part.writing.columns}
    head = part.writing.columns[0].name
    found = []
    for one in part.propose(rows, draft):
        number, told = filled[one.row - 1]
        target = f"id_{part.name}-{number}-{one.column}"
        found.append(Offer(target, labels[one.column], told.get(head, ""), one))
    return found


def asked_for_rows(kind: LedgerKind, said: QueryDict) -> bool:
    """Whether the form was sent only to get another row, or to lose one."""
    names = {part.name for part in kind.parts}
    return said.get("more") in names or said.get("less", "").rpartition("-")[0] in names
