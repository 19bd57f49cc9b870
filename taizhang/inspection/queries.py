"""What pages ask of rounds and of notices that are being looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from taizhang.documents import reading
from taizhang.documents.blocks import Paragraph, Table
from taizhang.inspection import rights
from taizhang.inspection.flows import BRANCH
from taizhang.inspection.models import (
    Answer,
    Attendee,
    Finding,
    Highlight,
    NoticeDraft,
    Preparation,
    Question,
    Round,
    RoundArea,
    RoundUnit,
    SitePhoto,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan import matching
from taizhang.kernel.db.questions import Question as BuiltQuestion
from taizhang.kernel.errors import NotAllowed
from taizhang.kernel.text import brief
from taizhang.ledgers.disposal.retention import Held
from taizhang.notices.model import Notice
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries.organisations import line_of


def rounds(actor: Actor) -> QuerySet[Round]:
    """All rounds, the latest first; branches see those that are published, a team its own until it
    is over.
    """
    found = Round.objects.annotate(units=Count("areas__units"))
    if actor.may_run_office():
        return found
    if actor.reads_ledgers:
        return found.exclude(standing=Round.Standing.DRAFT, withdrawn_at=None)
    if in_a_team(actor):
        own = TeamMember.objects.filter(user=actor.user, area__round__standing__in=rights.TEAM_SEES)
        return found.filter(pk__in=own.values("area__round"))
    raise NotAllowed("您没有查看督查轮次的权限。")


def round_of(key: int, *, actor: Actor) -> Round:
    """One round with its areas, units and sessions."""
    units = RoundUnit.objects.select_related("organisation")
    areas = RoundArea.objects.prefetch_related(
        Prefetch("units", units), "sessions__host", "sessions__preparations", "team__user"
    )
    mine = rounds(actor).filter(pk=key).select_related("previous")
    return _seen(mine.prefetch_related(Prefetch("areas", areas), "items").first(), actor)


def head_of(key: int, *, actor: Actor) -> Round:
    """The same round for a page that says nothing of its areas, which are read when asked for."""
    return _seen(rounds(actor).filter(pk=key).select_related("opened_by").first(), actor)


def _seen(found: Round | None, actor: Actor) -> Round:
    if found is None:
        raise NotAllowed("没有这个轮次，或者尚未发布。")
    if found.standing == Round.Standing.DRAFT and not actor.may_run_office():
        raise NotAllowed(f"“{found.title}”的通知已收回，原因：{found.withdrawn_reason}")
    return found


def questions(opened: Round, actor: Actor) -> list[Question]:
    """What was asked in a round: the organisation section sees all, a branch its own and what was
    answered for all.
    """
    found = opened.questions.select_related("branch", "answered_by")
    if not actor.may_run_office():
        found = found.filter(rights.kept_by(actor, "branch__path") | Q(for_all=True))
    return list(found)


def question(key: int, *, actor: Actor) -> Question:
    """One question, for answering."""
    actor.must_run_office()
    found = Question.objects.filter(pk=key).first()
    if found is None:
        raise NotAllowed("没有这个问题。")
    return found


def preparation(key: int, *, actor: Actor) -> Preparation:
    """One thing that a host prepares."""
    found = (
        Preparation.objects.filter(pk=key)
        .select_related("session__area__round", "session__host")
        .first()
    )
    if found is None or not actor.reads_ledgers:
        raise NotAllowed("没有这个准备事项。")
    return found


def visits(actor: Actor) -> QuerySet[Visit]:
    """The visits that the actor may see now."""
    found = Visit.objects.filter(rights.seen_by(actor)).distinct()
    return found.select_related(
        "unit__area__round", "unit__organisation", "session", "letter", "team_signed_by"
    ).prefetch_related("notices")


def visits_of(opened: Round, actor: Actor) -> list[Visit]:
    """Those of one round."""
    found = visits(actor).filter(unit__area__round=opened)
    return list(found.order_by("unit__area__order", "unit__order"))


def visit(key: int, *, actor: Actor) -> Visit:
    """One visit that the actor may see."""
    found = visits(actor).filter(pk=key).first()
    if found is None:
        raise NotAllowed("没有这个受检单位，或者不在您的督查范围和时间内。")
    return found


def findings(actor: Actor) -> QuerySet[Finding]:
    """The findings that the actor may see: drafts only the team and the organisation section,
    issued ones the branch too.
    """
    seen = Finding.objects.filter(
        visit__in=Visit.objects.filter(rights.seen_by(actor)).values("pk")
    )
    if not actor.may_run_office():
        team = Q(visit__unit__area__team__user=actor.user)
        seen = seen.filter(
            team | Q(standing__in=(*Finding.ISSUED, Finding.Standing.CANCELLED))
        ).distinct()
    return seen.select_related(*_BESIDE)


_BESIDE = (
    "visit__unit__area__round", "visit__unit__organisation", "visit__letter", "item", "by",
    "seconded_by", "repeat_of", "rectification__verified_by",
)  # fmt: skip
"""What is told along with a finding."""


_LONG = (
    *(f"visit__unit__area__round__{name}" for name in ("addressees", "focus", "methods", "demands")),
    "visit__unit__area__round__annexes", "visit__unit__area__round__head", "visit__unit__includes",
    "visit__letter__frozen", "visit__pack",
)  # fmt: skip
"""What no list tells of a finding's round, unit, visit and letter."""


def listed_findings(actor: Actor) -> QuerySet[Finding]:
    """The same for a list, which reads hundreds: what is long is left out until it is asked for."""
    return findings(actor).defer(*_LONG)


def issued_of(opened: Round, actor: Actor) -> list[Finding]:
    """The issued findings of a round that the actor may see, with how far each is mended.

    The organisation section sees all, and asks by a question that is built once.
    """
    if actor.may_run_office():
        found = _ISSUED(opened.pk)
    else:
        seen = listed_findings(actor).filter(visit__unit__area__round=opened)
        found = list(seen.filter(standing__in=Finding.ISSUED))
    prefetch_related_objects(found, "progress")
    return found


_ISSUED: BuiltQuestion[Finding] = BuiltQuestion(
    lambda opened: (
        Finding.objects.filter(visit__unit__area__round=opened, standing__in=Finding.ISSUED)
        .select_related(*_BESIDE)
        .defer(*_LONG)
    )
)


def finding(key: int, *, actor: Actor) -> Finding:
    """One finding that the actor may see."""
    found = findings(actor).filter(pk=key).first()
    if found is None:
        raise NotAllowed("没有这个问题，或者您无权查看。")
    return found


def open_findings(opened: Round) -> list[Finding]:
    """What of a round is not closed."""
    found = Finding.objects.filter(visit__unit__area__round=opened, standing__in=Finding.OPEN)
    return list(found.select_related("visit__unit", "item").order_by("number"))


def photo(key: int, *, actor: Actor) -> SitePhoto:
    """A picture taken on site: of the team and the organisation section, of the unit once the
    feedback is issued.
    """
    found = (
        SitePhoto.objects.filter(pk=key, visit__in=visits(actor))
        .select_related("visit__unit__area")
        .first()
    )
    if found is None:
        raise NotAllowed("没有这张照片，或者您无权查看。")
    mine = rights.roles(found.visit, actor)
    if mine == {BRANCH} and found.visit.standing != Visit.Standing.FED_BACK:
        raise NotAllowed("反馈之后才能查看现场照片。")
    return found


def draft(key: int, *, actor: Actor) -> NoticeDraft:
    """A notice that is being looked at."""
    actor.must_run_office()
    found = NoticeDraft.objects.filter(pk=key).select_related("round").first()
    if found is None:
        raise NotAllowed("没有这份通知。")
    return found


@dataclass(frozen=True)
class SourceBlock:
    """A piece of the source as it is shown beside the parse."""

    text: str
    where: str
    rows: list[list[tuple[str, bool]]]


def drafts(actor: Actor) -> list[NoticeDraft]:
    """Notices that were read and no round was opened from, the latest first; for others none."""
    if not actor.may_run_office():
        return []
    return list(NoticeDraft.objects.filter(round=None).defer("source", "parsed").order_by("-pk"))


def matched_units(opened: Round) -> list[RoundUnit]:
    """The units that stand for an organisation, in the order of the round."""
    found = RoundUnit.objects.filter(area__round=opened).exclude(organisation=None)
    return list(
        found.select_related("area", "organisation").order_by("area__order", "area", "order")
    )


def source_blocks(found: NoticeDraft) -> list[SourceBlock]:
    """The source, paragraph by paragraph and table by table."""
    shown = []
    for block in reading.source(bytes(found.source)).blocks:
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
    is_its_name: bool = False
    """Whether it is the very name of the organisation, and of no other."""


def on_one_branch(found: Iterable[tuple[Match, int]]) -> list[str]:
    """Units of a notice that stand for the same organisation, in words."""
    names: dict[int, list[str]] = {}
    for match, chosen in found:
        if chosen and match.kind == "单位":
            names.setdefault(chosen, []).append(f"“{match.name}”")
    return ["、".join(some) for some in names.values() if len(some) > 1]


def matches(notice: Notice, book: matching.AddressBook) -> list[Match]:
    """Every unit and venue of the notice with its proposals; only a sure one is chosen
    beforehand.
    """
    names = [(unit.name, "单位") for area in notice.areas for unit in area.organisations]
    names += [(s.venue, "地点") for area in notice.areas for s in area.sessions if s.venue]
    found = []
    for name, kind in dict.fromkeys(names):
        proposals = book.proposals(name)
        sure = [one.organisation for one in proposals if one.sure]
        chosen = sure[0].pk if len(sure) == 1 else 0
        found.append(
            Match(name, proposals, chosen, kind, bool(chosen) and sure[0].short_name == name)
        )
    return found


def highlights_of(opened: Round, actor: Actor) -> list[Highlight]:
    """The highlights of a round: drafts only for those who run it; what is confirmed for every
    reader.
    """
    found = Highlight.objects.filter(visit__unit__area__round=opened, gone_at__isnull=True)
    if not actor.may_run_office():
        found = found.exclude(standing=Highlight.Standing.DRAFT).filter(
            visit__in=visits(actor).values("pk")
        )
    return list(found.select_related("visit__unit", "item"))


def highlight(key: int, *, actor: Actor) -> Highlight:
    """One highlight, for the organisation section."""
    actor.must_run_office()
    found = Highlight.objects.filter(pk=key).select_related("visit__unit__area__round").first()
    if found is None:
        raise NotAllowed("没有这条亮点。")
    return found


def in_a_team(actor: Actor) -> bool:
    """Whether the actor is in the team of a round that is not over."""
    return TeamMember.objects.filter(
        user=actor.user, area__round__standing__in=rights.TEAM_SEES
    ).exists()


def answer_counts(visit: Visit) -> list[tuple[str, int]]:
    """How many requirements have each verdict, and how many nobody looked at."""
    found = dict(
        visit.answers.filter(holds=True)
        .values_list("verdict")
        .annotate(n=Count("item", distinct=True))
        .order_by()
    )
    return [(str(label), found.get(code, 0)) for code, label in Answer.Verdict.choices]


def photos_of(visit: Visit, roles: set[str]) -> list[SitePhoto]:
    """The pictures taken at a unit, for whom they are."""
    if roles == {BRANCH} and visit.standing != Visit.Standing.FED_BACK:
        return []
    return list(visit.photos.select_related("item"))


def rounds_before_visit(branch: Organisation, actor: Actor) -> list[RoundUnit]:
    """The branch's place in rounds that are published and have not begun: when and where, and who
    must come.
    """
    found = RoundUnit.objects.filter(organisation__in=line_of(branch), visit__isnull=True).exclude(
        area__round__standing=Round.Standing.DRAFT
    )
    if not actor.may_read(branch):
        return []
    return list(
        found.select_related("area__round").prefetch_related(
            "area__sessions__host", "area__sessions__preparations"
        )
    )


def held_by_rounds() -> list[Held]:
    """The days that rounds which are not over look at: their records are not destroyed."""
    over = (Round.Standing.DRAFT, Round.Standing.CLOSED, Round.Standing.ARCHIVED)
    rounds = (
        Round.objects.exclude(standing__in=over).exclude(period_from=None).exclude(period_to=None)
    )
    return [
        (one.period_from, one.period_to, one.title)
        for one in rounds
        if one.period_from and one.period_to
    ]


def _rounds_called(keys: set[int]) -> dict[int, str]:
    return dict(Round.objects.filter(pk__in=keys).values_list("pk", "title"))


def _visits_called(keys: set[int]) -> dict[int, str]:
    found = Visit.objects.filter(pk__in=keys).values_list(
        "pk", "unit__name", "unit__area__round__title"
    )
    return {key: f"{unit}（{title}）" for key, unit, title in found}


def _findings_called(keys: set[int]) -> dict[int, str]:
    found = Finding.objects.filter(pk__in=keys).exclude(number="")
    return dict(found.values_list("pk", "number"))


def _attendees_called(keys: set[int]) -> dict[int, str]:
    return {one.pk: str(one) for one in Attendee.objects.filter(pk__in=keys)}


def _highlights_called(keys: set[int]) -> dict[int, str]:
    found = Highlight.objects.filter(pk__in=keys).values_list("pk", "text")
    return {key: brief(text, 40) for key, text in found}


NAMES = {
    "round": _rounds_called,
    "visit": _visits_called,
    "finding": _findings_called,
    "attendee": _attendees_called,
    "highlight": _highlights_called,
}
"""What the journal calls them; a finding without a number keeps its key."""
