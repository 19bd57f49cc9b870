"""Every spec test runs on every engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from taizhang.rules.base import Period, Rule
from tests.rules import pictures

Found = Callable[..., list[Any]]
PERIOD = Period(date(2016, 1, 1), date(2016, 12, 31), date(2016, 12, 31))


ELSEWHERE = {"spark": pictures.by_spark, "postgres": pictures.by_postgres}


@pytest.fixture(
    params=[
        "reference",
        "duckdb",
        *(pytest.param(n, marks=getattr(pytest.mark, n)) for n in ELSEWHERE),
    ]
)
def found(request: pytest.FixtureRequest) -> Found:
    """(branch, window, found, wanted) of each suspicion, sorted; `full=True` for the whole rows."""
    engine: Callable[..., set[Any]]
    if request.param in ELSEWHERE:
        engine = partial(ELSEWHERE[request.param], request.getfixturevalue(request.param))
    else:
        engine = pictures.by_duckdb if request.param == "duckdb" else pictures.by_reference

    def ask(
        rule: Rule, tables: dict[str, str], period: Period = PERIOD, *, full: bool = False
    ) -> list[Any]:
        rows = sorted(engine(rule, pictures.drawn(tables), period))
        return rows if full else [(r.branch_id, r.window, r.found, r.wanted) for r in rows]

    return ask
