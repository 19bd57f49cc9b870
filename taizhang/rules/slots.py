"""The size of a sketch (see `sketch`), apart from what computes it."""

from __future__ import annotations

SLOTS = 32
BANDS = 8
