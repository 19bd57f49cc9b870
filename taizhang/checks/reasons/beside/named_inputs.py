"""Which inputs of a ledger's form the notice names: by the rules that rest on its words, and by
what its sentences list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from taizhang.catalogue.model import Item
from taizhang.checks import engine
from taizhang.checks.reasons import queries
from taizhang.checks.reasons.beside import form_places
from taizhang.checks.reasons.record_links import TABLES, kind_of
from taizhang.ledgers.forms import places
from taizhang.ledgers.forms.named import SORT, Named
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS

_BEFORE = r"(?:^|[，。；、：和及与]|的|包括|应有|形成的)"
_BEHIND = r"(?:[，。；、]|和|及|与|以及|的|等|$)"
"""What stands before and behind a thing that a sentence lists: within a longer word it is not
named.
"""
_SHORTEST = 3
"""Shorter labels, such as 结果, stand in too many sentences."""


def in_force(kind: LedgerKind) -> tuple[Named, ...]:
    """The same of the notice that counts now."""
    scope = queries.current_scope()
    return named(scope.catalogue, kind) if scope else ()


def named(catalogue: str, kind: LedgerKind) -> tuple[Named, ...]:
    """The sentences of a notice that name inputs of a kind's form, and which."""
    return _named(catalogue, kind.slug)


@lru_cache(maxsize=256)
def _named(catalogue: str, slug: str) -> tuple[Named, ...]:
    kind, items = KINDS[slug], engine.catalogue(catalogue).items
    return tuple(one for item in items if item.id in kind.items for one in _of_item(kind, item))


def _of_item(kind: LedgerKind, item: Item) -> Iterator[Named]:
    """By its rules, as far as they rest on the notice's words; then by what its sentences list
    under a label of the form.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for rule in item.rules:
        quoted = next((one.verbatim for one in rule.basis if one.verbatim), "")
        if quoted and rule.filled() and kind_of(rule) == kind.slug:
            inputs = [form_places.of_column(kind, rule, column) for column in rule.filled()]
            place_ = (_sentence(item.asked, quoted), _sort(kind, rule.own().where))
            told.setdefault(place_, []).extend(filter(None, inputs))
    by_rules = {name for inputs in told.values() for name in inputs}
    kept = item.kept_in
    of_kind = kept is not None and TABLES.get(kept.ledger, (None,))[0] is kind
    sort = _sort(kind, kept.where) if kept and of_kind else ""
    for sentence in _sentences(item.asked):
        for name, label in places.labels(kind).items():
            if name not in by_rules and _lists(sentence, label):
                told.setdefault((sentence, sort), []).append(name)
    for (sentence, only), inputs in told.items():
        if inputs:
            yield Named(item.id, item.name, sentence, tuple(dict.fromkeys(inputs)), only)


def _sort(kind: LedgerKind, where: Mapping[str, object]) -> str:
    """What records of the only sort that is meant are called in the form."""
    code = where.get(SORT)
    field = next((one for one in kind.fields() if one.name == SORT), None)
    return dict(field.choices).get(code, "") if field and isinstance(code, str) else ""


def _sentences(text: str) -> list[str]:
    return [one for one in re.findall(r"[^。\n]+。?", text) if one.strip()]


def _sentence(text: str, quoted: str) -> str:
    """The sentence in which the quoted words stand, or the first of them where some are
    left out.
    """
    first = quoted.partition("…")[0].rstrip("。")
    return next((one.strip() for one in _sentences(text) if first in one), quoted)


def _lists(sentence: str, label: str) -> bool:
    """Whether a sentence lists a thing by the name that the form gives it."""
    name = label.partition("及")[0]
    long_enough = len(name) >= _SHORTEST
    return long_enough and re.search(_BEFORE + re.escape(name) + _BEHIND, sentence) is not None
