"""Every spec test runs on every engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules import pictures

Found = Callable[..., list[Any]]


@pytest.fixture(params=["reference", "duckdb"])
def found(request: pytest.FixtureRequest) -> Found:
    """(branch, window, found, wanted) of each suspicion, sorted; `full=True` for the whole rows."""
    by_duckdb = request.param == "duckdb"
    return pictures.asking(pictures.by_duckdb if by_duckdb else pictures.by_reference)
