"""Runs the catalogue over ledgers: one branch in Python, all of them as columns."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from taizhang import __version__
from taizhang.catalogue.model import Catalogue
from taizhang.checks import dismissals, editions, fact_tables, facts
from taizhang.checks.columnar import arrow, extra, verdict_sql
from taizhang.checks.verdicts import ItemVerdict, derive, standing
from taizhang.kernel.db.questions import Question
from taizhang.orgs.models import Organisation
from taizhang.rules import reference
from taizhang.rules.base import Facts, Period, Rule, Suspicion

Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """Nobody is watching."""


@dataclass(frozen=True)
class Checked:
    """What was found of one branch."""

    branch: int
    verdicts: list[ItemVerdict]


@lru_cache(maxsize=8)
def catalogue(name: str) -> Catalogue:
    """The catalogue or a version of it, checked against the columns of the ledgers once per
    process.
    """
    return editions.read(name)


@lru_cache(maxsize=8)
def rules(name: str) -> dict[str, Rule]:
    """The rules of a catalogue by id."""
    return {rule.id: rule for rule in catalogue(name).rules()}


@lru_cache(maxsize=8)
def content(name: str) -> str:
    """What a catalogue says, and which program reads it, as one short mark: another mark is another
    check.
    """
    told = catalogue(name).model_dump_json(by_alias=True)
    return hashlib.sha256(f"{__version__}\n{told}".encode()).hexdigest()[:16]


def public_institutions() -> set[int]:
    """Branches of public institutions."""
    found = Organisation.objects.filter(units__is_public_institution=True)
    return set(found.values_list("pk", flat=True))


def one(
    branch: Organisation, name: str, period: Period, compared: Iterable[Suspicion] = ()
) -> Checked:
    """One branch by the reference engine, with what was found when it was compared with
    the others.
    """
    own, public = facts.of_branch(branch.pk), public_institution(branch)
    dismissed = dismissals.in_force([branch.pk], rules(name))
    return judged(own, name, period, public=public, compared=compared, dismissed=dismissed)


def judged(
    own: Facts,
    name: str,
    period: Period,
    *,
    public: bool,
    compared: Iterable[Suspicion],
    dismissed: Collection[Suspicion],
) -> Checked:
    """The verdicts that follow from a branch's facts, from what was found comparing it, and from
    what was set aside.
    """
    known, whole = rules(name), catalogue(name)
    found = [*reference.judge(known.values(), own, period), *compared]
    stands = standing(whole.items, own.tables, period, public_institution=public)
    return Checked(own.branch_id, derive(whole, known, found, stands, dismissed))


def by_reference(
    branches: Iterable[Organisation], name: str, period: Period, progress: Progress = no_progress
) -> list[Checked]:
    """Each branch in turn by the reference engine, then what compares them."""
    chosen, public = list(branches), public_institutions()
    compared = _compared(name, period)
    dismissed = dismissals.in_force([branch.pk for branch in chosen], rules(name))
    found = []
    for at, branch in enumerate(chosen):
        own, more = facts.of_branch(branch.pk), compared.get(branch.pk, ())
        found.append(
            judged(
                own, name, period, public=branch.pk in public, compared=more, dismissed=dismissed
            )
        )
        progress(at + 1, len(chosen))
    return found


def across(name: str) -> list[Rule]:
    """The rules that compare branches; a single save does not judge them again."""
    return [rule for rule in rules(name).values() if rule.across]


def _compared(name: str, period: Period) -> dict[int, list[Suspicion]]:
    """What compares branches, by branch."""
    tables = {table for rule in across(name) for table in rule.uses()}
    everybody = facts.sliced(facts.Slice(), tables | {"branches"})
    found: dict[int, list[Suspicion]] = {}
    for suspicion in reference.judge_across(across(name), everybody, period):
        found.setdefault(suspicion.branch_id, []).append(suspicion)
    return found


def by_duckdb(
    branches: Iterable[Organisation], name: str, period: Period, progress: Progress = no_progress
) -> list[Checked]:
    """All branches at once by DuckDB."""
    extra.must_be_installed()
    from taizhang.rules.columnar import compiler, run  # noqa: PLC0415  (heavy; pages do without)

    wanted = [branch.pk for branch in branches]
    known, whole = rules(name), catalogue(name)
    every = list(known.values())
    statements = compiler.compile_rules(every, fact_tables.schema(), cache())
    con = run.connect(arrow.tables(), period)
    suspicions: dict[int, list[Suspicion]] = {}
    for suspicion in run.judge(every, statements, con, progress):
        suspicions.setdefault(suspicion.branch_id, []).append(suspicion)
    stands = verdict_sql.standings(con, whole, wanted, period)
    con.close()
    dismissed = dismissals.in_force(wanted, known)
    return [
        Checked(key, derive(whole, known, suspicions.get(key, []), stands[key], dismissed))
        for key in wanted
    ]


def cache() -> Path:
    """Where compiled rules are kept."""
    return Path(settings.DATA) / "cache"


def public_institution(branch: Organisation) -> bool:
    """Whether a branch is one of a public institution."""
    return bool(_PUBLIC_UNITS(branch.pk))


_PUBLIC_UNITS: Question[Any] = Question(
    lambda branch: Organisation.units.through.objects.filter(
        organisation=branch, unit__is_public_institution=True
    ).values_list("pk")[:1]
)


ENGINES: dict[str, Callable[..., list[Checked]]] = {"reference": by_reference, "duckdb": by_duckdb}
