"""The size of a sketch (see `sketch`), apart from what computes it."""

from __future__ import annotations

SLOTS = 32
BANDS = 8
COMPARED_FROM = 150
"""Characters: shorter texts are not compared by their sketches, unless a rule says so."""
