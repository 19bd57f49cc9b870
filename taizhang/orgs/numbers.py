"""发文字号 (DOMAIN 7): `示督〔2018〕3号`; the year in full, no zero before the serial. Which are given, and
which comes next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import brief
from taizhang.orgs import heads
from taizhang.orgs.models import GivenNumber, Organisation, PaperKind

LABEL = "文号"
SHAPE = "示督〔2018〕3号"
_NUMBER = re.compile(
    r"([㐀-鿿]{1,12})\s*[〔\[［（(【]\s*(\d{4})\s*[〕\]］）)】]\s*第?0*(\d{1,4})\s*号"
)


@dataclass(frozen=True)
class Number:
    """A number in its parts."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        """As it is printed."""
        return f"{self.code}〔{self.year}〕{self.serial}号"

    def after(self, n: int) -> Self:
        """The n-th after it."""
        return replace(self, serial=self.serial + n)


def parts(text: str) -> Number | None:
    """The parts of a written number, whatever brackets it has; None where it is none."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or int(found[3]) == 0:
        return None
    return Number(found[1], int(found[2]), int(found[3]))


def must_be(text: str, on: date | None, label: str = LABEL) -> Number:
    """The parts of what somebody wrote; refused where it is no number, or one of another year than
    the paper's day.
    """
    found = parts(text)
    if found is None:
        told = f"“{brief(text.strip(), 30)}”不是发文字号，应写成“{SHAPE}”：代字、年份、顺序号，不加“第”，序号前不加0。"
        raise BadInput([Problem(told, column=label)])
    if on is not None and found.year != on.year:
        told = f"“{found}”的年份是{found.year}，成文日期在{on.year}年。"
        raise BadInput([Problem(told, column=label)])
    return found


def following(organisation: Organisation, kind: PaperKind, year: int) -> Number | None:
    """The number that the next paper of a kind gets; None where its kind has no 代字."""
    head = heads.head_of(organisation)
    code = head.of(kind).code
    if not code:
        return None
    last = _last(organisation, code, year)
    starts = (parts(one.start) for one in head.kinds.values() if one.start)
    first = [one.serial for one in starts if one and (one.code, one.year) == (code, year)]
    return Number(code, year, max([last + 1, *first]))


def free_after(organisation: Organisation, number: Number) -> Number:
    """The number after the last one given in the same series."""
    return replace(number, serial=_last(organisation, number.code, number.year) + 1)


def _last(organisation: Organisation, code: str, year: int) -> int:
    given = GivenNumber.objects.filter(organisation=organisation, code=code, year=year)
    return given.order_by("-serial").values_list("serial", flat=True).first() or 0


@dataclass(frozen=True)
class Series:
    """The numbers of one 代字 in one year."""

    code: str
    year: int
    given: list[GivenNumber]

    @property
    def spans(self) -> str:
        """What is given: `1—3、7`."""
        return _spans([one.serial for one in self.given])

    @property
    def gaps(self) -> str:
        """What was left out between the first and the last: `4—6`."""
        serials = {one.serial for one in self.given}
        return _spans([n for n in range(min(serials), max(serials)) if n not in serials])

    @property
    def kinds(self) -> list[str]:
        """Which kinds of paper share the series."""
        return list(dict.fromkeys(one.get_kind_display() for one in self.given))


def series(organisation: Organisation) -> list[Series]:
    """All series of an organisation, the latest year first."""
    found: dict[tuple[int, str], list[GivenNumber]] = {}
    for one in GivenNumber.objects.filter(organisation=organisation):
        found.setdefault((one.year, one.code), []).append(one)
    ranked = sorted(found.items(), key=lambda entry: (-entry[0][0], entry[0][1]))
    return [Series(code, year, given) for (year, code), given in ranked]


def _spans(serials: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for n in serials:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return "、".join(f"{a}" if a == b else f"{a}—{b}" for a, b in runs)
