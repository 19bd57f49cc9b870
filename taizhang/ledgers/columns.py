"""Two columns that ledgers need and Django lacks: money in fen, and a month."""

from __future__ import annotations

from django.db import models


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]
    """An amount in fen; people write and read yuan."""


class MonthField(models.DateField):  # type: ignore[type-arg]
    """A month, kept as its first day."""
