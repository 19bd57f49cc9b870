"""In which order the tests run."""

from __future__ import annotations

import pytest

from tests.conftest import empties_the_database


def test_no_test_runs_after_one_that_empties_the_database(request: pytest.FixtureRequest) -> None:
    emptying = [empties_the_database(item) for item in request.session.items]

    assert emptying == sorted(emptying)
