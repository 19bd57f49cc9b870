"""One catalogue beside another: which items are the same, changed, new or gone, so that rounds by
both can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from taizhang.catalogue.matching.lines import Line, match
from taizhang.catalogue.model import Catalogue, Item

State = Literal["same", "changed", "new", "gone"]
LABELS: dict[State, str] = {"same": "相同", "changed": "有变化", "new": "新增", "gone": "取消"}


@dataclass(frozen=True)
class Mapped:
    """An item of the old catalogue and the one of the new that asks for the same work; one of both
    is empty where there is none.
    """

    old: str
    new: str
    title: str
    state: State
    told: tuple[str, ...] = ()
    """What is otherwise, in words."""

    @property
    def label(self) -> str:
        """The state in words."""
        return LABELS[self.state]


def mapping(old: Catalogue, new: Catalogue) -> list[Mapped]:
    """Every item of the new catalogue with where it comes from, then what is gone."""
    before = {item.id: item for item in old.items}
    found, used = [], set()
    for item in new.items:
        earlier = _earlier(item, old)
        if earlier is None:
            found.append(Mapped("", item.id, item.name, "new"))
            continue
        used.add(earlier.id)
        told = tuple(_told(earlier, item))
        found.append(Mapped(earlier.id, item.id, item.name, "changed" if told else "same", told))
    gone = [Mapped(key, "", item.name, "gone") for key, item in before.items() if key not in used]
    return found + gone


def _earlier(item: Item, old: Catalogue) -> Item | None:
    """The item of the same id, where its records are kept in the same place; else the one that its
    words mean.
    """
    same = old.item(item.id)
    if same is not None and _place(same) == _place(item):
        return same
    line = Line(no=0, subcategory=item.subcategory, title=item.name, requirement=item.asked)
    found = match(line, old)
    meant = old.item(found[0].item) if found else None
    return meant if meant is not None and _place(meant) == _place(item) else None


def _place(item: Item) -> tuple[object, ...]:
    kept = item.kept_in
    return (kept.ledger, sorted(kept.where.items())) if kept else (item.id,)


def _told(old: Item, new: Item) -> list[str]:
    told = []
    if old.name != new.name:
        told.append(f"名称：{old.name} → {new.name}")
    if old.asked != new.asked:
        told.append(f"要求：{old.asked or '（无）'} → {new.asked or '（无）'}")
    was, now = ({_own(rule.id): rule for rule in item.rules} for item in (old, new))
    gone, fresh = len(was.keys() - now.keys()), len(now.keys() - was.keys())
    other = sum(
        was[key].model_copy(update={"id": now[key].id}) != now[key]
        for key in was.keys() & now.keys()
    )
    counts = [
        f"{word}{n}条"
        for word, n in (("停用", gone), ("新增", fresh), ("依据或参数不同", other))
        if n
    ]
    return [*told, *([f"规则：{'、'.join(counts)}"] if counts else [])]


def _own(rule: str) -> str:
    """A rule's code without its item."""
    return rule.partition(":")[2]
