"""What a field may name: one list stands once on a page and serves every field of it, however many
there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import brief
from taizhang.web.params import key_of


@dataclass(frozen=True)
class Offered:
    """Things by key, each under a name that no other of them bears."""

    what: str
    """What they are, for a refusal: 党组织."""
    names: dict[int, str]

    @classmethod
    def of(cls, what: str, things: Iterable[tuple[int, str, str]]) -> Offered:
        """From (key, name, fuller name); the fuller one is added where two bear the same."""
        known = list(things)
        often = Counter(name for _, name, _ in known)
        return cls(
            what,
            {key: name if often[name] == 1 else f"{name}（{full}）" for key, name, full in known},
        )

    def name(self, key: int | None) -> str:
        """What stands in a field that names it; nothing where it names nothing."""
        return self.names.get(key or 0, "")

    def key(self, text: str | None, column: str) -> int:
        """The key of what a field names, 0 where it is empty; raises BadInput with its place for a
        name that is not offered.
        """
        said = (text or "").strip()
        found = next((key for key, name in self.names.items() if name == said), key_of(said))
        if said and found not in self.names:
            told = f"没有叫“{brief(said, 40)}”的{self.what}，请从列出的名称里选。"
            raise BadInput([Problem(told, column=column)])
        return found
