"""Ibis, loaded when the first rule is compiled: a web process that only judges single branches never needs it."""

from __future__ import annotations

import importlib
from typing import Any


class _Lazy:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """From the real module."""
        return getattr(importlib.import_module(self._name), attribute)


ibis: Any = _Lazy("ibis")
duckdb: Any = _Lazy("duckdb")
