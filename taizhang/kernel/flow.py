"""What may follow what: states and the acts that lead from one to the next, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from taizhang.kernel.errors import NotAllowed, NotFound, WrongState


@dataclass(frozen=True)
class Step:
    """One act: who may do it, and from which states to which."""

    verb: str
    label: str
    roles: tuple[str, ...]
    before: tuple[str, ...]
    after: str


class Moved(Protocol):
    """What stands in a state of a flow."""

    standing: str


@dataclass(frozen=True)
class Flow:
    """A table of steps."""

    name: str
    labels: dict[str, str]
    """State → what people call it, in the order in which they come."""
    first: str
    steps: tuple[Step, ...]

    def step(self, verb: str) -> Step:
        """The step of that name; raises NotFound for any other."""
        found = next((step for step in self.steps if step.verb == verb), None)
        if found is None:
            raise NotFound("没有这种操作。")
        return found

    def move(self, verb: str, *, standing: str, roles: Iterable[str]) -> str:
        """The state after the act; raises NotAllowed or WrongState."""
        step = self.step(verb)
        if not set(roles) & set(step.roles):
            raise NotAllowed(f"您不能办理“{step.label}”。")
        if standing not in step.before:
            raise WrongState(f"现在是“{self.labels[standing]}”，不能{step.label}。")
        return step.after

    def take(self, verb: str, thing: Moved, roles: Iterable[str]) -> str:
        """Bring a thing into the state after the act, the only place where `standing` is written;
        what it was before.
        """
        before = thing.standing
        thing.standing = self.move(verb, standing=before, roles=roles)
        return before

    def open_to(self, standing: str, roles: Iterable[str]) -> list[Step]:
        """The steps that somebody may take now."""
        mine = set(roles)
        return [s for s in self.steps if standing in s.before and mine & set(s.roles)]

    def reachable(self) -> set[str]:
        """Every state that can be come to."""
        found = {self.first}
        while more := {s.after for s in self.steps if found & set(s.before)} - found:
            found |= more
        return found
