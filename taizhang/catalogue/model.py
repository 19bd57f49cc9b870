"""What a catalogue says: items of a requirement table, to whom each applies, and the rules that
judge it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from taizhang.rules.base import Rule, Where
from taizhang.rules.basis import Bases
from taizhang.rules.kinds import AnyRule

Condition = Literal[
    "committee", "groups", "public_institution", "channels", "lost_members", "site_task"
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Applies(_Part):
    """To which branches an item applies; what is not required says why."""

    with_: Condition | None = Field(None, alias="with")
    required: bool = True
    reason: str = ""
    zero_report: bool = False
    """Without any record, "nothing to report" must be declared and confirmed."""


class Reading(_Part):
    """How a cell is to be read where the source is plainly mistaken; the source is kept
    beside it.
    """

    title: str
    requirement: str


class KeptIn(_Part):
    """The fact table whose rows are the item's records."""

    ledger: str
    where: Where = {}
    day: str = "on"


class Ask(_Part):
    """A rule of DOMAIN that only a person can judge: what the inspector looks at or asks, and why
    data cannot tell.
    """

    id: str
    says: str
    why: str
    basis: Bases = ()


class Example(_Part):
    """这些台账应得出这个结果: rows of ledgers, and where a rule speaks of them; it holds or the catalogue is
    not published.
    """

    rule: str
    """The code of the rule, all of its dated variants."""
    says: str
    from_: date = Field(alias="from")
    to: date
    tables: dict[str, tuple[dict[str, str], ...]]
    """Rows by table, as they are typed: column → text; what is left out is not known."""
    told: tuple[str, ...] = ()
    """The windows of its suspicions, `2018-Q1`, with `?` behind them where the data cannot tell;
    none: it is silent.
    """


class Item(_Part):
    """One row of the requirement table, verbatim, with its rules."""

    id: str
    category: str
    subcategory: str
    title: str
    requirement: str
    heading: str = ""
    """The kind of work under which letters tell its problems; without one its 小类."""
    reading: Reading | None = None
    applies: Applies = Applies()
    kept_in: KeptIn | None = None
    rules: tuple[AnyRule, ...] = ()
    ask: tuple[Ask, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def name(self) -> str:
        """What it is called, as it is to be read."""
        return self.reading.title if self.reading else self.title

    @property
    def asked(self) -> str:
        """What is required, as it is to be read."""
        return self.reading.requirement if self.reading else self.requirement


class Span(_Part):
    """The days that the catalogue's inspection covers."""

    from_: date = Field(alias="from")
    to: date


class Catalogue(_Part):
    """A versioned table of requirements."""

    catalogue: str
    version: int
    title: str
    period: Span
    items: tuple[Item, ...]

    def rules(self) -> list[Rule]:
        """Every rule of every item; ids are unique, `L29:MT.1`."""
        return [rule for item in self.items for rule in item.rules]

    def item(self, key: str) -> Item | None:
        """The item of that id."""
        return next((item for item in self.items if item.id == key), None)


def code_of(rule_id: str) -> str:
    """The rule's name as the field knows it: `L29:MT.9w` is `MT.9w`, dated variants
    have one name.
    """
    return rule_id.partition(":")[2].partition("@")[0] or rule_id
