"""Every spec test runs on every engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.rules import pictures

Found = Callable[..., list[Any]]
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

    return pictures.asking(engine)
