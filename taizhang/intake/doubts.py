"""Why a person looks at a document before it is entered: what its form would refuse, what is in the
ledger of that day already, and people whom the branch does not know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from taizhang.intake.models import Paper
from taizhang.intake.records.record import Record
from taizhang.kernel.text import folded
from taizhang.ledgers.form_reader import Reader, row_by_row
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.part import Draft
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation

MOST_TOLD = 3
"""So many faults of a form are told on the list."""
MOST_THERE = 5
"""So many records of one day are told."""


class Doubts:
    """Asked of documents of one branch; what they are compared with is loaded once a ledger."""

    def __init__(self, branch: Organisation, actor: Actor) -> None:
        """For whoever looks at them."""
        self.branch, self.actor = branch, actor
        self._readers: dict[str, Reader] = {}

    def of(
        self, papers: Iterable[tuple[Paper, Record]], *, faults: bool = True
    ) -> dict[int, list[str]]:
        """By the key of each open document with one record, in words; without any, nothing speaks
        against entering it. Without `faults` what its form would refuse is left to the form.
        """
        papers = [(one, record) for one, record in papers if one.kind]
        days = self._days(papers)
        found: dict[int, list[str]] = {}
        for one, record in papers:
            kind, draft = KINDS[one.kind], self._reader(one.kind).read(record.values)
            wrong = draft.problems[:MOST_TOLD] if faults else ()
            told = [f"{p.column}：{p.in_form}" for p in wrong]
            there = days[one.kind, record.values.get(kind.day) or ""]
            told += [
                f"同一天已有登记：{entry}，请打开看是不是同一件事。"
                for entry in there[:MOST_THERE]
                if may_be_same(kind, draft, entry)
            ]
            told += self._strangers(kind, record, draft)
            if record.left or record.warnings:
                told.append("有没有读入的内容。")
            found[one.pk] = told
        return found

    def _reader(self, slug: str) -> Reader:
        if slug not in self._readers:
            self._readers[slug] = Reader(KINDS[slug], self.branch, self.actor)
        return self._readers[slug]

    def _days(self, papers: list[tuple[Paper, Record]]) -> dict[tuple[str, str], list[Entry]]:
        """(ledger, day) → the records of that day, asked once a ledger."""
        asked: dict[str, set[str]] = defaultdict(set)
        for one, record in papers:
            day = record.values.get(KINDS[one.kind].day) or ""
            if is_day(day):
                asked[one.kind].add(day)
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for slug, days in asked.items():
            kind = KINDS[slug]
            known = kind.model.objects.visible_to(self.actor).current()
            for entry in known.filter(branch=self.branch, **{f"{kind.day}__in": days}):
                found[slug, f"{getattr(entry, kind.day):%Y-%m-%d}"].append(entry)
        return found

    def _strangers(self, kind: LedgerKind, record: Record, draft: Draft) -> list[str]:
        """That nobody whom the document names was ever of the branch, where it has a roster."""
        named = list(dict.fromkeys(_named(kind, record)))
        if not named or not draft.names.by_name or any(map(draft.known, named)):
            return []
        return [f"文件里的人都不在本支部花名册上：{'、'.join(named[:MOST_THERE])}。"]


def is_day(text: str) -> bool:
    """Whether it is a whole day, and one that there was."""
    try:
        return len(text) == len("2018-10-25") and bool(date.fromisoformat(text))
    except ValueError:
        return False


def may_be_same(kind: LedgerKind, draft: Draft, entry: Entry) -> bool:
    """Whether a record of the day may be the same event: of no other sort, group or person."""
    for one in kind.fields():
        tells = one.kind in ("record", "person") or (one.kind == "choice" and one.required)
        said, there = draft.values.get(one.name), getattr(entry, one.name, None)
        if tells and said and there and said != there:
            return False
    return True


def _named(kind: LedgerKind, record: Record) -> Iterator[str]:
    for one in kind.fields():
        if (one.names or one.kind == "person") and (name := record.values.get(one.name, "")):
            yield folded(name).partition("(")[0]
    for part in kind.parts:
        columns = [c.name for c in part.writing.columns if c.names or c.kind == "person"]
        for row in row_by_row(part, record.values.get(part.name)) if columns else ():
            yield from (folded(row[name]).partition("(")[0] for name in columns if row.get(name))
