"""Whose each row of a list is: the branch that it names, or the one for which the list was handed
in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from taizhang.intake.models import Batch, Entered
from taizhang.intake.reading.whose import Whose
from taizhang.kernel.errors import Problem
from taizhang.kernel.text import folded
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records.read_rows import Row
from taizhang.ledgers.sheets.excel import BRANCH
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations


def placed(
    own: Organisation, rows: Mapping[int, Mapping[str, Any]], actor: Actor
) -> tuple[dict[int, Row], list[Problem]]:
    """The rows, each with its branch, by their numbers; and what is wrong with those that have none
    where the actor may write.

    Who may write is asked again by what stores.
    """
    found: dict[int, Row] = {}
    problems: list[Problem] = []
    known: dict[str, Organisation | str] = {}
    for number, values in rows.items():
        name = str(values.get(BRANCH) or "").strip()
        if name not in known:
            known[name] = _named(name, own, actor)
        branch = known[name]
        if isinstance(branch, str):
            problems.append(Problem(branch, row=number, column=BRANCH))
        else:
            told = {key: value for key, value in values.items() if key != BRANCH}
            found[number] = Row(number, branch, told)
    return found, problems


def _named(name: str, own: Organisation, actor: Actor) -> Organisation | str:
    """The branch, or why it cannot be."""
    if not name or _is(own, name):
        return own
    found = organisations.branch_named(name, actor=actor)
    if found is None:
        return f"没有党支部“{name}”，或者您无权查看。"
    if not actor.may_keep_ledgers_of(found):
        return f"您没有登记{found.short_name}台账的权限。"
    return found


def _is(own: Organisation, name: str) -> bool:
    return folded(name) in {folded(one) for one in organisations.names_of(own)}


def of_others(own: Organisation, names: Iterable[str]) -> Counter[str]:
    """The names of branches that rows name, and how many each, where one is another than that of
    the list.
    """
    counted = Counter(names)
    others = [name for name in counted if name and not _is(own, name)]
    return counted if others else Counter()


def not_of(own: Organisation, said: Whose) -> list[str]:
    """That a document names only other branches or schools as its own, in one sentence; empty where
    it names none, or the branch, its school or who is above it under any name.
    """
    if not said.of:
        return []
    above = [own.path[:end] for end in range(_STEP, len(own.path) + 1, _STEP)]
    places = Organisation.objects.filter(path__in=above)
    known = [
        _bare(name)
        for org in places.prefetch_related("aliases", "former_names", "units")
        for name in [*organisations.names_of(org), *(unit.name for unit in org.units.all())]
    ]
    if any(_may_be(_bare(name), one) for name in (*said.of, *said.to) for one in known if one):
        return []
    told = "、".join(said.of[:_MOST])
    return [f"文件写的是{told}，不是本支部，请核对后再入账。"]


_STEP = len("00000001/")
"""So much of a path stands for one organisation."""
_MOST = 3
_AROUND = re.compile(r"^(?:中国共产党|中共)|(?:党总支|总支|党支|支)部?(?:委员会)?$|党委$|委员会$")


def _bare(name: str) -> str:
    return _AROUND.sub("", folded(name))


def _may_be(one: str, other: str) -> bool:
    """Whether of two names one may be short for the other: 丽华二小 for 丽华第二小学."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


def must_keep_all(batch: Batch, actor: Actor) -> None:
    """Refuses whoever does not keep the ledgers of every branch that records of a batch went to."""
    actor.must_keep_ledgers_of(batch.branch)
    made = Entered.objects.filter(paper__batch=batch)
    for slug in made.values_list("kind", flat=True).distinct():
        keys = made.filter(kind=slug).values("entry_id")
        entries = KINDS[slug].model.objects.filter(pk__in=keys)
        for branch in Organisation.objects.filter(pk__in=entries.values("branch")):
            actor.must_keep_ledgers_of(branch)
