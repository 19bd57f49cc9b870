"""What anybody can do: each module enters its acts in `act.ACTS` when it is imported."""

from __future__ import annotations

from tests.architecture.acts import (
    of_accounts,
    of_checks,
    of_findings,
    of_intake,
    of_ledgers,
    of_papers,
    of_rounds,
)

__all__ = [
    "of_accounts",
    "of_checks",
    "of_findings",
    "of_intake",
    "of_ledgers",
    "of_papers",
    "of_rounds",
]
