"""One suspicion for reading. What it says in words is made where it is asked for: of hundreds in
one matter, most are only counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from taizhang.catalogue.model import code_of
from taizhang.checks import dismissals
from taizhang.checks.models import Dismissal, SuspicionRow
from taizhang.checks.reasons import sentences
from taizhang.checks.reasons.explanations import Explained
from taizhang.checks.reasons.record_links import compares, listed
from taizhang.rules.base import NONE, Rule, Suspicion
from taizhang.rules.basis import Basis

UNSURE = "unsure"
"""The severity of what cannot be told: no error, and nothing that is in order."""


@dataclass
class Reason:
    """The sentence, what it rests on, and the record behind it. Nobody changes it; frozen, it takes
    three times as long to make.
    """

    suspicion: Suspicion
    severity: str
    kind: str
    """Of which kind the record is; empty where it points at none."""
    key: int
    explained: Explained | None
    """What the branch says of it."""
    of: Rule
    names: sentences.Names
    row: SuspicionRow | None = None
    """As it is kept, where that was read whole; of what is open and only told it is not."""

    @property
    def rule(self) -> str:
        """The rule, with its item."""
        return self.suspicion.rule

    @property
    def window(self) -> str:
        """Of when it is."""
        return self.suspicion.window

    @property
    def certain(self) -> bool:
        """Whether the rule could tell."""
        return bool(self.suspicion.certain)

    @property
    def branch(self) -> int:
        """The branch."""
        return self.suspicion.branch_id

    @property
    def record(self) -> int | None:
        """The record that it points at."""
        return self.suspicion.subject if self.kind else None

    @property
    def other_key(self) -> int:
        """The person or the group that it is about."""
        return self.suspicion.other if self.of.other_is in ("person", "group") else NONE

    @property
    def whom(self) -> str:
        """Whom it names: the person, whose the record is, or the group; empty where it names
        nobody.
        """
        names, said, rule = self.names, self.suspicion, self.of
        whose = names.owners.get((self.kind, said.subject), "") if self.kind else ""
        return names.person(rule, said) or whose or names.group(rule, said)

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
        return str(SuspicionRow.Severity(self.severity).label) if self.certain else "无法判断"

    @cached_property
    def said(self) -> dict[str, str]:
        """What fills the rule's sentence."""
        return sentences.Said(self.of, self.suspicion, self.names)

    @cached_property
    def text(self) -> str:
        """The sentence."""
        return sentences.sentence(self.of, self.suspicion, self.names)

    @cached_property
    def officially(self) -> dict[str, str]:
        """What fills its sentence for a letter."""
        return sentences.Said(self.of, self.suspicion, self.names, sentences.OFFICIAL)

    @property
    def official(self) -> str:
        """Its sentence for a letter; what cannot be told is no finding, and has none of its own."""
        if not self.certain:
            return self.text
        return sentences.official(self.of, self.suspicion, self.names)

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
        """The other record, where it is of the same branch; that of another may be hidden from the
        reader (`beside`).
        """
        known = self.kind and self.of.other_is == "record" and not self.of.across
        return self.suspicion.other if known and self.suspicion.other >= 0 else None

    @property
    def compares(self) -> bool:
        """Whether what it rests on can be laid side by side."""
        return compares(self.of, self.suspicion.other)

    @cached_property
    def listed(self) -> str:
        """Where it points at no record, the list of those that it counted."""
        return "" if self.kind else listed(self.of, self.suspicion, self.said["person"])

    @property
    def dismissal(self) -> Dismissal | None:
        """By whom it was set aside, and why."""
        return self.row.dismissal if self.row and self.row.dismissal_id else None

    @property
    def explanations(self) -> list[tuple[str, str]]:
        """What is offered to whoever dismisses it."""
        return dismissals.explanations(self.code)
