"""The sources of a catalogue's rules: taken from its table by the code of the rule, and compared
with the notice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from taizhang.catalogue.model import Ask, Catalogue, Item, code_of
from taizhang.rules import basis as sources
from taizhang.rules.base import Rule
from taizhang.rules.basis import HINT, Basis

TABLES = Path(__file__).parent / "sources"
NO_ERROR = "依据是系统提示，或者所查的日子里有依据尚未施行、已经废止的，程度不能是“错误”；本区另有规定的，请写明依据（类别“本区规定”，文件和要义）。"
_Sourced = TypeVar("_Sourced", Rule, Ask)


class NoSource(ValueError):
    """A rule that has no basis, or words that the notice does not have; the message says which."""


@lru_cache(maxsize=4)
def table(name: str) -> dict[str, Any]:
    """The table of a catalogue: `notice`, and under `codes` one basis or several for each code."""
    path = TABLES / f"{name}.yaml"
    if not path.is_file():
        return {"notice": "", "codes": {}}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where there
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), loader)  # noqa: S506  (a safe loader)
    base = found.pop("extends", None)
    if base is not None:
        found["codes"] = _taken_over(table(base)["codes"]) | found["codes"]
    return found


def _taken_over(codes: dict[str, Any]) -> dict[str, Any]:
    """What rests on a regulation does so everywhere; what only another's notice asks
    for is a hint.
    """
    kept = {}
    for code, found in codes.items():
        listed = found if isinstance(found, list) else [found]
        kept[code] = [one for one in listed if one["class"] != "台账要求"] or {"class": "系统提示"}
    return kept


def taken_over(catalogue: Catalogue) -> Catalogue:
    """What is a hint on some of its days is no error, as an error of the other's own notice was."""
    first = catalogue.period.from_

    def taken(one: Any, _: Item) -> Any:
        hint = isinstance(one, Rule) and one.severity == "error" and not may_be_error(one, first)
        return one.model_copy(update={"severity": "warn"}) if hint else one

    return _each(catalogue, taken)


def from_table(catalogue: Catalogue) -> Catalogue:
    """What names no basis of its own takes that of its code; what the table does not have stays
    without.
    """
    codes = table(catalogue.catalogue.partition("+")[0])["codes"]

    def taken(one: _Sourced) -> _Sourced:
        found = codes.get(code_of(one.id))
        if one.basis or found is None:
            return one
        listed = found if isinstance(found, list) else [found]
        return one.model_copy(update={"basis": tuple(map(Basis.model_validate, listed))})

    return _each(catalogue, lambda one, _: taken(one))


def _each(catalogue: Catalogue, change: Callable[[Any, Item], Any]) -> Catalogue:
    """With every rule and question changed."""
    items = [
        item.model_copy(
            update={
                "rules": tuple(change(rule, item) for rule in item.rules),
                "ask": tuple(change(ask, item) for ask in item.ask),
            }
        )
        for item in catalogue.items
    ]
    return catalogue.model_copy(update={"items": tuple(items)})


def settled(catalogue: Catalogue) -> Catalogue:
    """Every basis with the words it quotes and the row of the notice that has them, the one of the
    first days in front.
    """

    def told(one: Any, item: Item) -> Any:
        quoted = tuple(_quoted(basis, catalogue, item, one.id) for basis in one.basis)
        made = one.model_copy(update={"basis": quoted})
        return in_order(made, catalogue.period.from_) if isinstance(made, Rule) else made

    return _each(catalogue, told)


def _quoted(basis: Basis, catalogue: Catalogue, item: Item, rule: str) -> Basis:
    """With the row in which the words stand: its own, if it has them."""
    if basis.class_ != "台账要求":
        return basis
    words = item.title if basis.listed else basis.verbatim
    rows = [item, *(other for other in catalogue.items if other is not item)]
    row = next((row for row in rows if stands_in(words, row)), None)
    if row is None:
        raise NoSource(f"{rule}：台账要求中没有“{words}”。")
    notice = (
        basis.document or table(catalogue.catalogue.partition("+")[0])["notice"] or catalogue.title
    )
    return basis.model_copy(update={"verbatim": words, "document": notice, "article": row.title})


def stands_in(words: str, item: Item) -> bool:
    """Whether the row of the notice has these words, in this order; spaces do not count, `…` stands
    for any.
    """
    text = "|".join((_plain(item.title), _plain(item.requirement)))
    at = 0
    for part in _plain(words).split("…"):
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def _plain(text: str) -> str:
    return "".join(text.split())


def in_order(rule: Rule, first: date) -> Rule:
    """The rule with the basis of its first days in front: on days of none it is a hint. `first` is
    the first day inspected.
    """
    held = sorted(rule.basis, key=lambda basis: basis.first)
    start = max(rule.from_, first)
    front = sources.on(held, start)
    if front.is_hint:
        later = (b for b in held if not b.is_hint and start < b.first < rule.until)
        front = next(later, HINT)
    return rule.model_copy(update={"basis": (front, *(b for b in held if b != front))})


def may_be_error(rule: Rule, first: date) -> bool:
    """Whether more than the system asks for it on all of its days from the first one inspected."""
    return sources.cover(rule.basis, max(rule.from_, first), rule.until)


def of_before(catalogue: Catalogue) -> Catalogue:
    """A version stored before rules had a typed basis: what the table does not have is a hint, and
    a hint is no error.
    """
    first = catalogue.period.from_

    def taken(one: Any, _: Item) -> Any:
        made = (
            one if one.basis or isinstance(one, Ask) else one.model_copy(update={"basis": (HINT,)})
        )
        if isinstance(made, Rule) and made.severity == "error" and not may_be_error(made, first):
            return made.model_copy(update={"severity": "warn"})
        return made

    return settled(_each(from_table(catalogue), taken))
