"""A long list whose length and order are known, while what its lines say is read only for those
that are shown.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")


class WhenShown(Sequence[T]):
    """Lines behind what stands for them, in its order; a slice is read at once."""

    def __init__(self, known: list[Any]) -> None:
        """What stands for the lines, in their order."""
        self._known = known

    @abstractmethod
    def _read(self, chosen: list[Any]) -> list[T]:
        """The lines that some of it stands for."""

    def __len__(self) -> int:
        """How many there are in truth."""
        return len(self._known)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        """One line, or those of a page."""
        return (
            self._read(self._known[at])
            if isinstance(at, slice)
            else self._read([self._known[at]])[0]
        )

    def __iter__(self) -> Iterator[T]:
        """All of them."""
        return iter(self[:])
