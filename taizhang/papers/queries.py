"""Papers by what they are of: a branch's book, one record, a blank form."""

from __future__ import annotations

from taizhang.kernel.errors import NotFound
from taizhang.ledgers import queries
from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs.actor import Actor
from taizhang.papers import election, forms
from taizhang.papers.official import Official
from taizhang.papers.paper import Paper, Table

_MANY = 8
"""A table with more columns lies on its side."""


def record_paper(*, kind: LedgerKind, key: int, actor: Actor) -> Paper:
    """One record in its form; what is sensitive is masked."""
    visible = queries.entry(kind=kind, key=key, actor=actor)
    found = queries.with_parts(kind, kind.model.objects.filter(pk=visible.pk)).get()
    return Paper(
        "",
        subtitle=found.branch.full_name_on(kind.day_of(found)),
        blocks=forms.filled(kind, [found]),
        footer=kind.title,
    )


def file_name(*, kind: LedgerKind, key: int, actor: Actor, title: str = "") -> str:
    """What the file of a record's paper is called: whose, what, of which day."""
    found = queries.entry(kind=kind, key=key, actor=actor)
    day = kind.day_of(found)
    return f"{found.branch.short_name_on(day)}{title or kind.title}{day or ''}"


OF_RECORDS = {"elections": election.MAKERS}
"""Kind → the papers of its own that `LedgerKind.papers` names."""


def paper_of_record(*, kind: LedgerKind, key: int, paper: str, actor: Actor) -> Paper | Official:
    """One of the papers that belong to a record."""
    entry = queries.entry(kind=kind, key=key, actor=actor)
    makers = OF_RECORDS.get(kind.slug, {})
    if paper not in makers:
        raise NotFound("没有这种文书。")
    return makers[paper](entry)


def blank_paper(kind: LedgerKind) -> Paper:
    """The empty form of a kind."""
    blocks = forms.blank(kind)
    wide = any(isinstance(block, Table) and len(block.columns) > _MANY for block in blocks)
    return Paper("", blocks=blocks, footer=kind.title, landscape=wide)
