"""Two columns that ledgers need and Django lacks: money in fen, and a month."""

from __future__ import annotations

from typing import Any

from django.db import models


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]
    """An amount in fen; people write and read yuan."""


class NameField(models.CharField):  # type: ignore[type-arg]
    """The name of a person who need not be on the roster; migrations know it as plain text."""

    def deconstruct(self) -> Any:
        """As Django's own column."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class PermilleField(models.PositiveIntegerField):  # type: ignore[type-arg]
    """A share in thousandths, which people write as 1.5% as well; migrations know it as a plain
    number.
    """

    def deconstruct(self) -> Any:
        """As Django's own column."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", args, kwargs


class MonthField(models.DateField):  # type: ignore[type-arg]
    """A month, kept as its first day."""
