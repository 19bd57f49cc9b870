"""The term of a secretary without a committee: entered, elected, judged."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from taizhang.checks.actions import checking as checks
from taizhang.checks.models import SuspicionRow
from taizhang.ledgers.kinds import KINDS
from tests.make import Cast, inspected, raw, save


def test_a_secretary_without_a_committee_has_a_term(people: Cast, now: datetime) -> None:
    values = {"ordinal": "1", "kind": "书记（未设支委会）", "started_on": "2017-03-10"}
    entry = save(people.own, people.actor("clerk"), now, "terms", **values)
    assert entry.get_kind_display() == "书记（未设支委会）"


@pytest.mark.parametrize(
    ("seats", "kind", "asked"), [("1", "secretary", []), ("3", "committee", ["L15.10"])]
)
def test_one_candidate_for_a_secretary_is_right(
    people: Cast, now: datetime, seats: str, kind: str, asked: list[str]
) -> None:
    clerk = people.actor("clerk")
    inspected(now, (2018, 2018), date(2018, 10, 25))
    names = "\n".join(
        f"候选{n}（赞成：5；反对：0；弃权：0；结果：当选）" for n in "甲乙丙"[: int(seats)]
    )
    values = raw("elections") | {"kind": "换届", "held_on": "2018-03-06", "seats": seats}
    entry = save(people.own, clerk, now, "elections", **values | {"candidates": names})

    checks.check_all(name="reference", actor=None, now=now)
    gives = next(g for g in KINDS["elections"].gives if g.to == "terms")
    given = gives.values(entry)
    term = save(people.own, clerk, now, "terms", ordinal="1", **given)

    rules = SuspicionRow.objects.filter(rule="L15:L15.10").values_list("rule", flat=True)
    assert [rule.partition(":")[2] for rule in rules] == asked
    assert term.kind == kind
