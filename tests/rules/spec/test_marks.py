"""Marks of pictures and speeches differ in so many bits or slots: nearness is told up to its bound,
and no further.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import duckdb
import ibis
import pytest

from taizhang.rules.base import Period, Rule, Suspicion
from taizhang.rules.columnar.bits import bits_set
from taizhang.rules.kinds.near_picture import NearPicture
from taizhang.rules.kinds.near_speech import MOST, NearSpeech
from taizhang.rules.marks import SLOTS, distance
from tests.rules import pictures

DAY = date(2016, 3, 1)
HEAD = {"id": "X", "severity": "warn", "finding": "相近"}
Engine = Callable[[Rule, pictures.Table, Period], set[Suspicion]]
engines = pytest.mark.parametrize("engine", [pictures.by_reference, pictures.by_duckdb])


def _signed(mark: int) -> int:
    return mark - (1 << 64) if mark >> 63 else mark


def _with(of: random.Random, n: int) -> int:
    """A mark with so many of its 64 bits set."""
    return sum(1 << at for at in of.sample(range(64), n))


def test_bits_of_a_column_are_counted_as_those_of_a_number() -> None:
    of = random.Random(1)
    marks = [*(1 << at for at in range(64)), *((1 << at) - 1 for at in range(65))]
    marks += [_with(of, n) for n in range(65)]
    sql = ibis.to_sql(ibis.table({"mark": "int64"}, "marks").select(n=lambda t: bits_set(t.mark)))

    con = duckdb.connect()
    con.execute("create table marks (mark bigint)")
    con.executemany("insert into marks values (?)", [(_signed(mark),) for mark in marks])
    counted = [n for (n,) in con.execute(str(sql)).fetchall()]

    assert counted == [mark.bit_count() for mark in marks]
    assert [distance(_signed(mark), 0) for mark in marks] == counted


@engines
@pytest.mark.parametrize("within", [0, 2, 6])
def test_pictures_are_near_up_to_their_bound(engine: Engine, within: int) -> None:
    """Of each branch two pictures, the second with some bits of the first turned round, wherever
    they lie.
    """
    of, rows, near = random.Random(within), [], {}
    for branch in range(1, 121):
        far, first = branch % 8, _with(of, 30)
        near[branch] = far
        lies = (range(64), range(0, 63, 9), range(8, 64, 9))[branch % 3]
        turned = sum(1 << at for at in of.sample(lies, far))
        for at, mark in enumerate((first, first ^ turned), branch * 2):
            rows.append(
                {"id": at, "branch_id": branch, "source_id": at, "on": DAY, "sha256": str(at), "mark": _signed(mark)}
            )  # fmt: skip

    found = engine(NearPicture(**HEAD, within=within), {"files": rows}, pictures.A_YEAR)

    told = {(s.branch_id, s.subject, s.other, s.found) for s in found}
    assert told == {(b, b * 2 + 1, b * 2, far) for b, far in near.items() if far <= within}


@engines
@pytest.mark.parametrize("set_", [6, 7, 57, 58])
def test_a_blank_picture_is_like_no_other(engine: Engine, set_: int) -> None:
    """Of one colour: at most six bits are set, or at most six are not."""
    mark = _signed(_with(random.Random(set_), set_))
    rows = [
        {"id": at, "branch_id": 1, "source_id": at, "on": DAY, "sha256": str(at), "mark": mark}
        for at in (1, 2)
    ]
    found = engine(NearPicture(**HEAD), {"files": rows}, pictures.A_YEAR)
    assert len(found) == (set_ in (7, 57))


@engines
@pytest.mark.parametrize("in_one", [True, False])
def test_speeches_are_near_up_to_their_bound(engine: Engine, *, in_one: bool) -> None:
    """Of each branch two speeches, the second other in some of its 32 slots, wherever they lie."""
    of, rows, near = random.Random(7), [], {}
    for branch in range(1, 101):
        unlike, slots = branch % (MOST + 3), [of.randrange(16) for _ in range(SLOTS)]
        near[branch] = unlike
        changed = set(of.sample(range(SLOTS), unlike))
        other = [s ^ of.randrange(1, 16) if at in changed else s for at, s in enumerate(slots)]
        for at, marks in enumerate((slots, other)):
            low, high = (
                _signed(sum(s << (4 * n) for n, s in enumerate(half)))
                for half in (marks[:16], marks[16:])
            )
            meeting, name = (branch, f"甲{at}") if in_one else (branch * 2 + at, "甲")
            rows.append(
                {"id": branch * 2 + at, "branch_id": branch, "meeting_id": meeting, "name": name, "on": DAY,
                 "like_low": low, "like_high": high}
            )  # fmt: skip
    rule = NearSpeech(**HEAD, in_one=in_one, at_least=87)

    found = {(s.branch_id, s.found) for s in engine(rule, {"speeches": rows}, pictures.A_YEAR)}

    per_cent = {branch: (SLOTS - n) * 100 // SLOTS for branch, n in near.items()}
    assert found == {(branch, n) for branch, n in per_cent.items() if n >= rule.at_least}
