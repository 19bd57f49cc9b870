"""The names of a round that stand for no organisation yet, each once, and what is proposed for it;
nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from taizhang.inspection.models import Round, RoundSession, RoundUnit
from taizhang.inspection.plan import matching
from taizhang.orgs.models import Organisation, Unit

_Type = Organisation.Type
_TYPES = (
    (re.compile(r"临时党?支部"), _Type.TEMPORARY),
    (re.compile(r"联合党?支部"), _Type.JOINT),
    (re.compile(r"总支"), _Type.GENERAL),
    (re.compile(r"支部"), _Type.BRANCH),
    (re.compile(r"党委$|委员会$"), _Type.COMMITTEE),
)
"""What a name says of its type; a name that says nothing is proposed as a branch."""
_UNIT_TYPES = (
    (re.compile(r"民办"), Unit.Type.PRIVATE),
    (re.compile(r"幼儿园|[^年]幼$"), Unit.Type.KINDERGARTEN),
    (re.compile(r"中心$|[站馆所院]$|少年宫"), Unit.Type.INSTITUTION),
    (re.compile(r"学校|小学|中学|[小中校]$|分校|校区"), Unit.Type.SCHOOL),
)
_ENDING = re.compile(
    r"(?:联合|临时)?(?:党总支部?|总支部?委员会|总支部?|党支部|支部委员会|支部|党委|委员会)$"
)
_FULL = {
    _Type.COMMITTEE: "中共{}委员会",
    _Type.GENERAL: "中共{}总支部委员会",
    _Type.BRANCH: "中共{}支部委员会",
    _Type.JOINT: "中共{}联合支部委员会",
    _Type.TEMPORARY: "中共{}临时支部委员会",
}


@dataclass
class Candidate:
    """A name as the notice has it, how else it stands there, and what it may be."""

    n: int
    name: str
    proposals: list[matching.Proposal]
    spellings: list[str] = field(default_factory=list)
    """Other spellings of the same name, in units and venues."""
    includes: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    """The units of the round that are called so."""

    @property
    def bare(self) -> str:
        """The name without what says its type."""
        plain = _ENDING.sub("", self.name.removeprefix("中共"))
        return plain or self.name

    @property
    def org_type(self) -> str:
        """The type that the name says, a branch where it says none."""
        return next((kind for said, kind in _TYPES if said.search(self.name)), _Type.BRANCH)

    @property
    def full_name(self) -> str:
        """The name as the Party writes it."""
        return _FULL[_Type(self.org_type)].format(self.bare)

    @property
    def unit_type(self) -> str:
        """The type of unit that the name says, else nothing."""
        return next((kind for said, kind in _UNIT_TYPES if said.search(self.bare)), "")

    @property
    def units(self) -> list[str]:
        """Where it sits: its own name, and those that the notice counts in (含)."""
        return list(dict.fromkeys([self.bare, *self.includes]))

    @property
    def aliases(self) -> list[str]:
        """How it is called besides the name that is proposed."""
        return [one for one in dict.fromkeys([self.name, *self.spellings]) if one != self.bare]


def of_round(opened: Round, book: matching.AddressBook) -> list[Candidate]:
    """Every name of a unit without organisation, in the order of the notice, with its venues'
    spellings.
    """
    units = RoundUnit.objects.filter(area__round=opened, organisation=None)
    found: dict[str, Candidate] = {}
    for unit in units.select_related("area").order_by("area__order", "area", "order", "pk"):
        one = found.setdefault(
            matching.normal(unit.name) or unit.name,
            Candidate(len(found), unit.name, book.proposals(unit.name)),
        )
        one.keys.append(unit.pk)
        _add(one.spellings, [unit.name], besides=one.name)
        _add(one.includes, unit.includes)
        _add(one.areas, [unit.area.name])
    for venue in _venues(opened):
        same = found.get(matching.normal(venue) or venue)
        if same is not None:
            _add(same.spellings, [venue], besides=same.name)
    return list(found.values())


def _venues(opened: Round) -> Iterable[str]:
    sessions = RoundSession.objects.filter(area__round=opened, host=None).exclude(venue="")
    return sessions.order_by("pk").values_list("venue", flat=True)


def _add(known: list[str], more: Iterable[str], besides: str = "") -> None:
    known += [one for one in more if one not in known and one != besides]
