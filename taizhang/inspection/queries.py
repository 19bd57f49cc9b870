"""What pages ask of rounds and of notices that are being looked at."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from taizhang.inspection import matching
from taizhang.inspection.models import NoticeDraft, Round, RoundArea, RoundUnit
from taizhang.kernel.errors import NotAllowed
from taizhang.notices import read
from taizhang.notices.blocks import Paragraph, Table
from taizhang.notices.model import Notice
from taizhang.orgs.actor import READERS, Actor
from taizhang.orgs.models import Organisation


def _must_read(actor: Actor) -> None:
    if not actor.has(*READERS):
        raise NotAllowed("您没有查看督查轮次的权限。")


def rounds(actor: Actor) -> QuerySet[Round]:
    """All rounds, the latest first; branches see those that are published."""
    _must_read(actor)
    found = Round.objects.annotate(units=Count("areas__units"))
    return found if actor.may_run_office() else found.exclude(standing=Round.Standing.DRAFT)


def round_of(key: int, *, actor: Actor) -> Round:
    """One round with its areas, units and sessions."""
    units = RoundUnit.objects.select_related("organisation")
    areas = RoundArea.objects.prefetch_related(
        Prefetch("units", units), "sessions", "sessions__host"
    )
    found = rounds(actor).filter(pk=key).prefetch_related(Prefetch("areas", areas), "items").first()
    if found is None:
        raise NotAllowed("没有这个轮次，或者尚未发布。")
    return found


def draft(key: int, *, actor: Actor) -> NoticeDraft:
    """A notice that is being looked at."""
    actor.must_run_office()
    found = NoticeDraft.objects.filter(pk=key).first()
    if found is None:
        raise NotAllowed("没有这份通知。")
    return found


@dataclass(frozen=True)
class SourceBlock:
    """A piece of the source as it is shown beside the parse."""

    text: str
    where: str
    rows: list[list[tuple[str, bool]]]


def source_blocks(found: NoticeDraft) -> list[SourceBlock]:
    """The source, paragraph by paragraph and table by table."""
    shown = []
    for block in read.source(bytes(found.source)).blocks:
        if isinstance(block, Paragraph):
            shown.append(SourceBlock(block.text, block.where, []))
        elif isinstance(block, Table):
            rows = [[(cell.text, cell.spans) for cell in row] for row in block.rows]
            shown.append(SourceBlock("", block.where, rows))
        else:
            shown.append(SourceBlock("〔图片，未识别〕", block.where, []))
    return shown


@dataclass(frozen=True)
class Match:
    """A name as written, whom it may mean, and what is chosen so far."""

    name: str
    proposals: list[matching.Proposal]
    chosen: int
    kind: str


def matches(notice: Notice, actor: Actor) -> tuple[list[Match], list[Organisation]]:
    """Every unit and venue of the notice with its proposals; only a sure one is chosen beforehand."""
    book = matching.AddressBook.of(actor)
    names = [(unit.name, "单位") for area in notice.areas for unit in area.organisations]
    names += [(s.venue, "地点") for area in notice.areas for s in area.sessions if s.venue]
    found = []
    for name, kind in dict.fromkeys(names):
        proposals = book.proposals(name)
        chosen = proposals[0].organisation.pk if proposals and proposals[0].sure else 0
        found.append(Match(name, proposals, chosen, kind))
    return found, list(book.by_key.values())
