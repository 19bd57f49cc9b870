"""What a check of everybody leaves of each branch: figures, and of the latest runs the outcome and
suspicions of each item.

A suspicion is kept as four bytes of what it says, so that one put right and another come up in its
place are told apart.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from taizhang.checks import current, engine
from taizhang.checks.models import CheckRun, CheckScope, Outcome, RunStanding
from taizhang.checks.reasons import explanations
from taizhang.checks.verdicts import ItemVerdict
from taizhang.ledgers.kinds import KINDS
from taizhang.rules.base import Rule, Suspicion

DAYS = 10
"""Of the last run of so many days it is kept what was told of each item; of the two latest runs in
any case.
"""
TIMELY = timedelta(days=30)
"""What is entered by so many days after its day is entered in time."""
_BYTES = 4
_LOOKED_AT = 200
BAD = (Outcome.MISSING, Outcome.DEFECTIVE)
Marks = frozenset[int]


def keep(run: CheckRun, found: Iterable[engine.Checked], scope: CheckScope) -> None:
    """Keep how every branch stands by what a run found; of runs of long ago only the
    figures stay.
    """
    rules, timely = engine.rules(scope.catalogue), _timely(scope)
    RunStanding.objects.bulk_create(
        (_standing(run, checked, rules, timely.get(checked.branch, (0, 0))) for checked in found),
        batch_size=1000,
    )
    run.by, run.catalogue = current.mark_of(scope), scope.catalogue
    run.save(update_fields=["by", "catalogue"])
    RunStanding.objects.exclude(run__in=_remembered()).exclude(told={}).update(told={})


def _remembered() -> list[CheckRun]:
    """The runs of which it stays known what they told of each item, the newest first."""
    last_of_day: dict[date, CheckRun] = {}
    latest = list(CheckRun.objects.exclude(by="").order_by("-pk")[:_LOOKED_AT])
    for run in latest:
        last_of_day.setdefault(timezone.localdate(run.started_at), run)
    chosen = {*latest[:2], *list(last_of_day.values())[:DAYS]}
    return [run for run in latest if run in chosen]


def _standing(
    run: CheckRun, checked: engine.Checked, rules: Mapping[str, Rule], entered: tuple[int, int]
) -> RunStanding:
    outcomes = [verdict.outcome for verdict in checked.verdicts]
    return RunStanding(
        run=run,
        branch_id=checked.branch,
        fine=outcomes.count(Outcome.OK),
        bad=sum(outcomes.count(outcome) for outcome in BAD),
        unsure=outcomes.count(Outcome.TO_JUDGE),
        live=entered[0],
        timely=entered[1],
        told={v.item: [str(v.outcome), _packed(_marks(v, rules))] for v in checked.verdicts},
    )


def _marks(verdict: ItemVerdict, rules: Mapping[str, Rule]) -> Marks:
    return frozenset(mark_of(s) for s in verdict.suspicions if counts(s, rules))


def counts(suspicion: Suspicion, rules: Mapping[str, Rule]) -> bool:
    """Whether it is an error or a warning; what cannot be told and mere hints are no 疑点 here."""
    rule = rules.get(suspicion.rule)
    return bool(suspicion.certain) and rule is not None and rule.severity != "info"


def mark_of(suspicion: Suspicion) -> int:
    """Four bytes for all that a suspicion says."""
    return zlib.crc32(explanations.told_whole(suspicion).encode())


def _packed(marks: Marks) -> str:
    return base64.b85encode(b"".join(one.to_bytes(_BYTES) for one in sorted(marks))).decode()


def unpacked(text: str) -> Marks:
    """The marks that a run kept; of most items none."""
    raw = base64.b85decode(text) if text else b""
    return frozenset(int.from_bytes(raw[at : at + _BYTES]) for at in range(0, len(raw), _BYTES))


def _timely(scope: CheckScope) -> dict[int, tuple[int, int]]:
    """Branch → how many records of what was held within the scope were entered when it happened,
    and how many in time.
    """
    found: dict[int, tuple[int, int]] = {}
    for kind in KINDS.values():
        if not kind.is_event:
            continue
        inside = {f"{kind.day}__range": (scope.from_on, scope.to_on), "entry_mode": "live"}
        in_time = Q(recorded_at__date__lte=F(kind.day) + TIMELY)
        rows = kind.model.objects.current().filter(**inside).values("branch").order_by()
        for row in rows.annotate(n=Count("pk"), good=Count("pk", filter=in_time)):
            live, good = found.get(row["branch"], (0, 0))
            found[row["branch"]] = (live + row["n"], good + row["good"])
    return found


def runs() -> list[CheckRun]:
    """The runs of which it is known what they told of each item, the newest first."""
    return [run for run in _remembered() if run.state == CheckRun.State.DONE]
