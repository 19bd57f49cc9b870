"""What the requirements of a draft mean, and which rules of their sentences count, as the
organisation section decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from taizhang.catalogue.matching.lines import Line
from taizhang.catalogue.sentences import adopting, answer
from taizhang.catalogue.sentences.adopting import Adoption
from taizhang.checks import editions, engine
from taizhang.checks.catalogue_versions import actions as publishing
from taizhang.inspection.models import LineDecision, Round, RoundItem, RuleDecision
from taizhang.inspection.requirements import matched as requirements
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.kernel.writing import columns
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.actor import Actor

MOST = 366
"""Nothing is asked more often than once a day."""


@transaction.atomic
def choose_catalogue(*, opened: Round, catalogue: str, actor: Actor, now: datetime) -> Round:
    """Check a draft by another catalogue: every line is matched to it again, as its words or
    people's decisions say.
    """
    actor.must_run_office()
    _must_be_draft(opened)
    lines = requirements.lines(opened)
    opened.catalogue = catalogue
    opened.save(update_fields=["catalogue"])
    decided = requirements.remembered(line for line, _ in lines)
    for line, rows in lines:
        found = requirements.meant(line, engine.catalogue(catalogue), decided)
        _attach(opened, line, rows, [one.item for one in found])
    _renumber(opened)
    journal.note(
        "inspection.choose_catalogue",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        title=opened.title,
        catalogue=catalogue,
    )
    return opened


@transaction.atomic
def match_lines(
    *, opened: Round, chosen: Mapping[str, list[str]], actor: Actor, now: datetime
) -> Round:
    """Say of lines, by their mark, which items they mean; it holds for the next notice with the
    same words too.
    """
    actor.must_run_office()
    _must_be_draft(opened)
    if not opened.catalogue:
        raise WrongState("本轮还没有要求模板，请先选择。")
    known = {item.id for item in engine.catalogue(opened.catalogue).items}
    changed = {}
    for line, rows in requirements.lines(opened):
        mark = requirements.mark_of(line)
        items = list(dict.fromkeys(key for key in chosen.get(mark, ()) if key))
        if mark not in chosen:
            continue
        if unknown := [key for key in items if key not in known]:
            raise BadInput([Problem(f"要求模板里没有“{unknown[0]}”。", column=line.title)])
        LineDecision.objects.update_or_create(
            mark=mark,
            defaults={
                "title": columns.fitted(LineDecision.title, line.title),
                "items": items,
                "by": actor.user,
                "at": now,
            },
        )
        if items != [row.catalogue_item for row in rows if row.catalogue_item]:
            changed[line.title] = items
            _attach(opened, line, rows, items)
    _renumber(opened)
    journal.note(
        "inspection.match_lines",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        title=opened.title,
        changed=changed,
    )
    return opened


def _must_be_draft(opened: Round) -> None:
    if opened.standing != Round.Standing.DRAFT:
        raise WrongState("轮次已经发布，要求的对应和规则不能再改；请先收回发布。")


def _attach(opened: Round, line: Line, rows: list[RoundItem], items: list[str]) -> None:
    """One row for each item; rows that are there are kept, so that what points to them
    still does.
    """
    wanted = requirements.parts_of(line, engine.catalogue(opened.catalogue), items)
    for row in rows[len(wanted) :]:
        row.delete()
    for at, part in enumerate(wanted):
        row = rows[at] if at < len(rows) else _copy(rows[-1])
        row.title, row.catalogue_item = part.title, part.item
        row.save()


def _copy(row: RoundItem) -> RoundItem:
    """Another row of the same line, behind it; its points stay with the first."""
    return RoundItem(
        round=row.round,
        no=row.no,
        category=row.category,
        subcategory=row.subcategory,
        requirement=row.requirement,
        frequency=row.frequency,
    )


def _renumber(opened: Round) -> None:
    for no, row in enumerate(opened.items.order_by("no", "pk"), start=1):
        if row.no != no:
            row.no = no
            row.save(update_fields=["no"])


@dataclass(frozen=True)
class Decided:
    """What a person says of one proposed rule: its mark, the verdict, and the numbers he wants."""

    mark: str
    verdict: str
    every: str
    at_least: int


@transaction.atomic
def decide_rules(
    *, opened: Round, decisions: Iterable[Decided], actor: Actor, now: datetime
) -> Round:
    """Keep what was decided of the rules that the sentences propose; those adopted make a version
    of the catalogue for this round.
    """
    actor.must_run_office()
    _must_be_draft(opened)
    said = {one.mark: one for one in decisions}
    adoptions, told = [], []
    for offer in requirements.offers(opened):
        one = said.get(offer.mark)
        if one is None:
            continue
        _must_make_sense(one, offer.told)
        rule = adopting.with_numbers(offer.rule, one.every, one.at_least)
        words = answer.told(rule, KINDS[rule.ledger].title)
        RuleDecision.objects.update_or_create(
            mark=offer.mark,
            defaults={
                "told": columns.fitted(RuleDecision.told, words),
                "verdict": one.verdict,
                "every": one.every,
                "at_least": one.at_least,
                "by": actor.user,
                "at": now,
            },
        )
        told.append(f"{words} {RuleDecision.Verdict(one.verdict).label}")
        if one.verdict != RuleDecision.Verdict.REJECTED:
            adoptions.append(Adoption(offer.item, rule))
    _use(opened, adoptions, actor, now)
    journal.note(
        "inspection.decide_rules",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        title=opened.title,
        rules=told,
        catalogue=opened.catalogue,
    )
    return opened


def _must_make_sense(one: Decided, told: str) -> None:
    if one.verdict not in RuleDecision.Verdict.values or one.every not in answer.EVERY:
        raise BadInput([Problem("请选择采用、改或者不用。", column=told)])
    if not 1 <= one.at_least <= MOST:
        raise BadInput([Problem(f"次数应在1至{MOST}之间。", column=told)])


def _use(opened: Round, adoptions: list[Adoption], actor: Actor, now: datetime) -> None:
    """The round takes the catalogue with these rules; one of the same content is there once."""
    if not opened.catalogue:
        return
    titles = {slug: kind.title for slug, kind in KINDS.items()}
    document = f"《{opened.title}》" + (f"（{opened.number}）" if opened.number else "")
    before = editions.before(opened.catalogue)
    old = engine.catalogue(before)
    made = adopting.adopt(old, adoptions, document, titles)
    opened.catalogue = (
        before
        if made == old
        else publishing.keep_for_round(
            catalogue=made, made_from=before, note=opened.title, actor=actor, now=now
        )
    )
    opened.save(update_fields=["catalogue"])
