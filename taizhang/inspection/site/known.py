"""What is stored already of an entry from a device: the same again counts once, another under the
same key is refused.
"""

from __future__ import annotations

from typing import NamedTuple

from taizhang.inspection.models import Answer, Finding, Highlight, LookBack
from taizhang.inspection.site import entries as e

Kept = Answer | Finding | Highlight | LookBack
ROWS: dict[str, type[Kept]] = {
    "answer": Answer,
    "finding": Finding,
    "highlight": Highlight,
    "look_back": LookBack,
}
"""Kind of entry → what keeps it, where a row does."""
_SAID: dict[str, tuple[str, ...]] = {
    "answer": ("verdict", "note"),
    "finding": ("facts", "source", "rule", "window"),
    "highlight": ("text",),
    "look_back": ("verdict", "note"),
}
"""What a row says of its entry, beside its visit and its requirement."""


class Outcome(NamedTuple):
    """What became of an entry, what is to be said about it, and what it changed: old →
    new by name.
    """

    state: str
    message: str = ""
    changed: dict[str, list[str]] = {}


STORED, KNOWN = Outcome("stored"), Outcome("known")
OTHERWISE = Outcome("refused", "同一编号先前已记入别的内容，这一条没有记入，请重新登记。")


def known_already(entry: e.AnyEntry) -> Outcome | None:
    """What to say of an entry whose key is stored already: known only if it says the same there.
    None: it is new.
    """
    model = ROWS.get(entry.kind)
    row = model.objects.filter(key=entry.key).first() if model else None
    return as_known(row, entry)


def as_known(row: Kept | None, entry: e.AnyEntry) -> Outcome | None:
    """The same of a row that was found by its key."""
    if row is None:
        return None
    return KNOWN if _says_the_same(row, entry) else OTHERWISE


def _says_the_same(row: Kept, entry: e.AnyEntry) -> bool:
    """Whether a stored row is what this entry would have made; a finding may have been reworded
    since.
    """
    if row.visit_id != entry.visit:
        return False
    said = _SAID[entry.kind]
    if isinstance(row, Finding) and row.version > 1:
        said = ("source", "rule", "window")
    item = getattr(row, "item", None)
    no = item.no if item is not None else None
    same_item = no == getattr(entry, "item", no)
    return same_item and all(getattr(row, name) == getattr(entry, name) for name in said)
