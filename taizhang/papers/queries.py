"""Papers by what they are of: a branch's book, one record, a blank form."""

from __future__ import annotations

from taizhang.ledgers import queries
from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs.actor import Actor
from taizhang.papers import forms
from taizhang.papers.paper import Paper, Table

_MANY = 8
"""A table with more columns lies on its side."""


def record_paper(*, kind: LedgerKind, key: int, actor: Actor) -> Paper:
    """One record in its form; what is sensitive is masked."""
    visible = queries.entry(kind=kind, key=key, actor=actor)
    found = queries.with_parts(kind, kind.model.objects.filter(pk=visible.pk)).get()
    return Paper(
        "", subtitle=found.branch.full_name, blocks=forms.filled(kind, [found]), footer=kind.title
    )


def blank_paper(kind: LedgerKind) -> Paper:
    """The empty form of a kind."""
    blocks = forms.blank(kind)
    wide = any(isinstance(block, Table) and len(block.columns) > _MANY for block in blocks)
    return Paper("", blocks=blocks, footer=kind.title, landscape=wide)
