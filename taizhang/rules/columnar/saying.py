"""What a kind of rule says in columns, registered by its type: by itself, or together with rules
that are nearly the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import singledispatch
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.base import COLUMNS, Rule

Tables = dict[str, Any]
"""The tables of Ibis by name: facts, the days and windows of the period, and what several rules
rest on.
"""


@singledispatch
def relation(rule: Rule, tables: Tables) -> ir.Table:
    """What a rule finds in all branches, with the columns of `COLUMNS`; a kind registers either
    this or `together`.
    """
    return together(rule, (), tables).select(*COLUMNS)


@singledispatch
def together(rule: Rule, others: Sequence[Any], tables: Tables) -> ir.Table:
    """What it and others that are asked with it (`asked_with`) find, with the column `rule`
    besides.
    """
    del others
    return relation(rule, tables).mutate(rule=ibis.literal(rule.id))


@singledispatch
def asked_with(rule: Rule) -> Hashable:
    """Rules of which this is the same are asked in one statement; a rule by itself says its id."""
    return rule.id
