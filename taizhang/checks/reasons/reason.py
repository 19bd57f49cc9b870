"""One suspicion for reading. What it says in words is made where it is asked for: of hundreds in one matter, most are only counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from taizhang.catalogue.model import code_of
from taizhang.checks import dismissals
from taizhang.checks.models import Dismissal, SuspicionRow
from taizhang.checks.reasons import sentences
from taizhang.checks.reasons.explanations import Explained
from taizhang.checks.reasons.record_links import compares, kind_of, listed
from taizhang.rules.base import NONE, Rule, Suspicion
from taizhang.rules.basis import Basis

UNSURE = "unsure"
"""The severity of what cannot be told: no error, and nothing that is in order."""


@dataclass(frozen=True)
class Reason:
    """The sentence, what it rests on, and the record behind it."""

    rule: str
    severity: str
    window: str
    certain: bool
    kind: str
    record: int | None
    key: int
    branch: int
    other_key: int
    """The person or the group that it is about."""
    suspicion: Suspicion
    explained: Explained | None
    """What the branch says of it."""
    row: SuspicionRow
    of: Rule
    names: sentences.Names

    @property
    def item(self) -> str:
        """The item that it stands against."""
        return self.rule.partition(":")[0]

    @property
    def code(self) -> str:
        """The rule without its item."""
        return code_of(self.rule)

    @property
    def label(self) -> str:
        """How grave it is, in words."""
        return str(self.row.get_severity_display()) if self.certain else "无法判断"

    @cached_property
    def said(self) -> Mapping[str, str]:
        """What fills the rule's sentence."""
        return sentences.said(self.of, self.suspicion, self.names)

    @cached_property
    def text(self) -> str:
        """The sentence."""
        return sentences.sentence(self.of, self.suspicion, self.names)

    def official(self, rule: Rule) -> str:
        """Its sentence for a letter; what cannot be told is no finding, and has none of its own."""
        return sentences.official(rule, self.suspicion, self.said) if self.certain else self.text

    @property
    def says(self) -> str:
        """What the rule asks for."""
        return self.of.says

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return self.of.rests_on(self.window)

    @property
    def beside(self) -> str:
        """What is laid beside it."""
        return self.of.beside

    @property
    def other(self) -> int | None:
        """The other record, where it is of the same branch; that of another may be hidden from the reader (`beside`)."""
        known = self.kind and self.of.other_is == "record" and not self.of.across
        return self.row.other if known and self.row.other >= 0 else None

    @property
    def compares(self) -> bool:
        """Whether what it rests on can be laid side by side."""
        return compares(self.of, self.row.other)

    @cached_property
    def listed(self) -> str:
        """Where it points at no record, the list of those that it counted."""
        return "" if self.kind else listed(self.of, self.suspicion, self.said["person"])

    @property
    def dismissal(self) -> Dismissal | None:
        """By whom it was set aside, and why."""
        return self.row.dismissal if self.row.dismissal_id else None

    @property
    def explanations(self) -> list[tuple[str, str]]:
        """What is offered to whoever dismisses it."""
        return dismissals.explanations(self.code)


def reason_of(
    row: SuspicionRow,
    suspicion: Suspicion,
    rule: Rule,
    names: sentences.Names,
    explained: Explained | None,
) -> Reason:
    """A suspicion on record as people read it."""
    kind = kind_of(rule) if row.subject >= 0 else ""
    return Reason(
        rule=row.rule,
        severity=row.severity if row.certain else UNSURE,
        window=row.window,
        certain=row.certain,
        kind=kind,
        record=row.subject if kind else None,
        key=row.pk or 0,
        branch=row.branch_id,
        other_key=row.other if rule.other_is in ("person", "group") else NONE,
        suspicion=suspicion,
        explained=explained,
        row=row,
        of=rule,
        names=names,
    )
