"""An election with what other ledgers say of it, and the turns of phrase that its papers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from taizhang.papers.official.heads import names_in
from taizhang.papers.official.paper import Clause, Official, in_full, numeral

BLANK_DAY = "　　年　月　日"
_NEW_RULES = date(2020, 7, 13)
"""From here the regulation of 2020 holds in place of the provisional one of 1990."""


@dataclass(frozen=True)
class Held:
    """An election with what other ledgers say of it."""

    entry: Any
    outgoing: Any = None
    """The term that ran before the assembly."""
    incoming: Any = None
    """The term that began with it."""
    about: Mapping[str, list[str]] | None = None
    """Name of a candidate → what the table of the candidates says of him."""
    shares: list[str] | None = None
    """Who does what on the new committee, one a line."""
    first_meeting: Any = None
    """The minutes of its first meeting, where there are any, and only one of them of that day."""

    @property
    def fills_seats(self) -> bool:
        """Whether seats are filled within a running term."""
        return bool(self.entry.kind == "by_election")

    @property
    def of_committee(self) -> bool:
        """Whether members of a committee are elected, not a secretary alone."""
        if self.fills_seats:
            return self.outgoing is None or self.outgoing.kind != "secretary"
        return bool(self.entry.seats > 2)

    @property
    def elected(self) -> str:
        """What is elected."""
        if self.of_committee:
            return "委员"
        return "书记" if self.entry.seats == 1 else "书记、副书记"

    @property
    def ordinal(self) -> int | None:
        """The term that those elected belong to, where it is known."""
        if self.fills_seats:
            return self.outgoing.ordinal if self.outgoing else None
        if self.incoming is not None:
            return int(self.incoming.ordinal)
        if self.entry.kind == "first":
            return 1
        return self.outgoing.ordinal + 1 if self.outgoing else None

    @property
    def branch(self) -> str:
        """Its full name on the day."""
        return str(self.entry.branch.full_name_on(self.entry.held_on))

    @property
    def body(self) -> str:
        """The branch with the number of the term: 中共甲校支部第四届委员会."""
        if not self.of_committee:
            return self.branch
        stem = self.branch.removesuffix("委员会")
        return f"{stem}第{numeral(self.ordinal)}届委员会" if self.ordinal else f"{stem}委员会"

    @property
    def committee(self) -> str:
        """The same within the branch's own papers: 第四届支部委员会."""
        return f"第{numeral(self.ordinal)}届支部委员会" if self.ordinal else "支部委员会"

    @property
    def listed(self) -> list[Any]:
        """The candidates, in the order of the record."""
        return [row for row in self.entry.candidates.all() if not row.written_in]

    @property
    def winners(self) -> list[Any]:
        """Who was elected by the assembly."""
        return [row for row in self.entry.candidates.all() if row.is_elected]

    @property
    def secretary(self) -> str:
        """Who was elected secretary; nobody, where the record does not say."""
        if self.entry.secretary_name or self.elected != "书记" or len(self.winners) != 1:
            return str(self.entry.secretary_name)
        return str(self.winners[0].name)

    @property
    def deputies(self) -> list[str]:
        """Who were elected deputies."""
        return names_in(self.entry.deputy_names)

    @property
    def heads(self) -> str:
        """The posts that were filled: those of whom the record names; without any, those that there
        are seats for.
        """
        if self.secretary or self.deputies:
            posts = ("书记" if self.secretary else "", "副书记" if self.deputies else "")
            return "、".join(post for post in posts if post)
        return "书记" if self.elected == "书记" or self.entry.deputy_seats == 0 else "书记、副书记"

    @property
    def ordered(self) -> str:
        """How the candidates stand, where the record says it."""
        return "按姓氏笔画为序" if self.entry.candidates_order == "strokes" else ""

    @property
    def act(self) -> str:
        """What the assembly does."""
        if self.fills_seats:
            return f"补选{'支部委员会' if self.of_committee else '支部'}{self.elected}"
        if not self.of_committee:
            return f"选举支部{self.elected}"
        return "选举产生首届支部委员会" if self.entry.kind == "first" else "进行支部委员会换届选举"

    @property
    def act_of(self) -> str:
        """The same in a title that names the branch already."""
        if self.fills_seats:
            return f"补选{self.elected}"
        if not self.of_committee:
            return f"选举{self.elected}"
        return "选举产生首届委员会" if self.entry.kind == "first" else "进行换届选举"

    @property
    def superior(self) -> str:
        """The committee above, as it was called."""
        above = self.entry.branch.parent
        return above.full_name_on(self.entry.held_on) if above else "　　　　"

    @property
    def rules(self) -> str:
        """The regulation in force on the day of the assembly."""
        if self.entry.held_on < _NEW_RULES:
            return "《中国共产党基层组织选举工作暂行条例》"
        return "《中国共产党基层组织选举工作条例》"

    @property
    def surplus(self) -> str:
        """差额 or 等额, as the candidates are; of a committee without any yet, 差额 (VOTE-6); blank of
        too few.
        """
        extra = len(self.listed) - self.entry.seats
        if self.listed:
            return "差额" if extra > 0 else "　　" if extra < 0 else "等额"
        return "差额" if self.of_committee and not self.fills_seats else "　　"


def day_of(day: date | None) -> str:
    return in_full(day) if day else BLANK_DAY


def counted(value: int | None, blank: str = "") -> str:
    return blank if value is None else f"{value}"


def in_brackets(number: str) -> str:
    return f"（{number}）" if number else ""


def replied(of: Official, says: str) -> list[Clause]:
    """The text of a 批复: the committee's consent to one request."""
    return [
        Clause(f"你支部《{of.title}》{in_brackets(of.number)}收悉。经研究，现批复如下："),
        Clause(says),
        Clause("此复。"),
    ]
