"""A catalogue that goes on from another: which items and rules it takes over, and what it says
otherwise.

`extends` names the other; `without` its items and `without_rules` its rules that are left out;
`change` says what is otherwise in a rule, by its code. An item of the same id takes over the rules
and adds its own; what rested on the other's notice alone is a hint here.
"""

from __future__ import annotations

from typing import Any

from taizhang.catalogue.model import code_of

Raw = dict[str, Any]


class NotThere(ValueError):
    """It leaves out or changes what the other does not have; the message says what."""


def extended(raw: Raw, base: Raw) -> Raw:
    """The raw catalogue with what it takes over from the raw one that it extends; rules are still
    to be changed.
    """
    own = {str(item.get("id")): item for item in raw.get("items") or ()}
    gone = set(raw.pop("without", ()))
    known = {item["id"] for item in base["items"]}
    if unknown := sorted(gone - known):
        raise NotThere(f"所继承的模板没有项目“{unknown[0]}”。")
    taken = [
        _item(item, own.get(item["id"], {})) for item in base["items"] if item["id"] not in gone
    ]
    fresh = [item for key, item in own.items() if key not in known]
    sets = base.get("sets", {}) | raw.get("sets", {})
    return raw | {"sets": sets, "items": [*taken, *fresh]}


def _item(base: Raw, own: Raw) -> Raw:
    rules = [*(base.get("rules") or ()), *(own.get("rules") or ())]
    return base | {"reading": None} | own | ({"rules": rules} if rules else {})


def changed(items: list[Raw], change: Raw, without: list[str]) -> None:
    """Leave out rules and change others, by their code."""
    used: set[str] = set()
    for item in items:
        kept = []
        for rule in item.get("rules") or ():
            code = code_of(rule["id"])
            used.add(code)
            if code not in without:
                kept.append(rule | _plain(change.get(code, {})))
        item["rules"] = kept
    if unknown := sorted({*map(str, _plain(change)), *without} - used):
        raise NotThere(f"所继承的模板没有规则“{unknown[0]}”。")


def _plain(change: Raw) -> Raw:
    return {key: value for key, value in change.items() if not key.startswith("__")}
