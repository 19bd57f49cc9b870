"""Opening a round: from a notice, from nothing, or from the last one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import transaction

from taizhang.checks import engine
from taizhang.checks.pages.scope_form import LONGEST_TOPIC
from taizhang.inspection.actions import planning
from taizhang.inspection.models import (
    NoticeDraft,
    Round,
    RoundArea,
    RoundItem,
    RoundSession,
    RoundUnit,
)
from taizhang.inspection.plan import matching
from taizhang.inspection.requirements import matched as requirements
from taizhang.inspection.requirements.opened import add_topics, open_items
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.kernel.writing import columns, file_names
from taizhang.notices import read
from taizhang.notices.model import Area, Notice, Session
from taizhang.orgs import numbers
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

ANNEXES = 2
"""A notice has two: who is inspected when and by whom, and what is asked of the ledgers."""
ENDED = (Round.Standing.CLOSED, Round.Standing.ARCHIVED)


@transaction.atomic
def take_in(*, file_name: str, source: bytes, actor: Actor, now: datetime) -> NoticeDraft:
    """Read an uploaded notice and keep it for looking at; raises BadInput when it
    cannot be read.
    """
    actor.must_run_office()
    notice = read.notice(source)
    draft = NoticeDraft.objects.create(
        file_name=file_names.fitted(NoticeDraft.file_name, file_name),
        source=source,
        parsed=notice.model_dump(mode="json", by_alias=True),
        by=actor.user,
        at=now,
    )
    journal.note("inspection.take_in", f"notice:{draft.pk}", by=actor.user, now=now, file=file_name)
    return draft


@transaction.atomic
def delete_notice(*, draft: NoticeDraft, actor: Actor, now: datetime) -> None:
    """Do away with a notice that was read and that no round was opened from."""
    actor.must_run_office()
    if draft.round_id is not None:
        raise WrongState("已经由这份通知建立了轮次，不能删除；不要的轮次草稿请在轮次页删除。")
    journal.note(
        "inspection.delete_notice",
        f"notice:{draft.pk}",
        by=actor.user,
        now=now,
        file=draft.file_name,
    )
    draft.delete()


@transaction.atomic
def open_round(
    *,
    notice: Notice,
    source_name: str,
    source: bytes,
    matches: Mapping[str, int],
    actor: Actor,
    now: datetime,
    draft: NoticeDraft | None = None,
) -> Round:
    """Open a draft round from a notice as a person confirmed it; `draft` is what it was read into.

    `matches` says for a name as written which organisation it is (0: none); names not in it are
    taken for the organisation that bears just this name. WrongState where a round was opened from
    the draft before: a button that is pressed twice opens one.
    """
    actor.must_run_office()
    if draft is not None:
        before = NoticeDraft.objects.select_for_update().get(pk=draft.pk).round
        if before is not None:
            raise WrongState(f"已经由这份通知建立了轮次“{before.title}”，请到督查轮次中打开。")
    _must_be_whole(notice)

    opened = Round.objects.create(
        **columns.all_taken(Round, _columns(notice)),
        source_name=file_names.fitted(Round.source_name, source_name),
        source_sha256=hashlib.sha256(source).hexdigest(),
        opened_at=now,
        opened_by=actor.user,
    )
    book = matching.AddressBook.of(actor)
    chosen = {name: book.by_key.get(key) for name, key in matches.items()}
    for order, area in enumerate(notice.areas):
        _open_area(opened, area, order, book, chosen)
    planning.join_units(opened)
    open_items(opened, notice)
    if draft is not None:
        draft.round = opened
        draft.save(update_fields=["round"])
    journal.note(
        "inspection.open_round",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        title=opened.title,
        areas=len(notice.areas),
        items=len(notice.items),
        sha256=opened.source_sha256,
    )
    return opened


def _must_be_whole(notice: Notice) -> None:
    problems = []
    if not notice.title:
        problems.append(Problem("请填写标题。", column="标题"))
    if notice.starts_on and notice.ends_on and notice.ends_on < notice.starts_on:
        problems.append(Problem("结束日期早于开始日期。", column="督查时间"))
    names = [area.name for area in notice.areas]
    problems += [
        Problem(f"片区“{name}”重名。", column="片区")
        for name in {n for n in names if names.count(n) > 1}
    ]
    if problems:
        raise BadInput(problems)


def _columns(notice: Notice) -> dict[str, object]:
    period = notice.period
    return {
        "title": notice.title or "",
        "number": notice.number or "",
        "issuer": notice.issuer or "",
        "addressees": notice.addressees,
        "issued_on": notice.issued_on,
        "starts_on": notice.starts_on,
        "ends_on": notice.ends_on,
        "period_from": period.from_ if period else None,
        "period_to": period.to if period else None,
        "focus": notice.focus,
        "preamble": notice.preamble or "",
        "annexes": [one.title for one in notice.attachments],
        "methods": notice.methods,
        "demands": notice.demands,
        "contact_office": notice.contact.office or "",
        "contact_person": notice.contact.person or "",
        "contact_phone": notice.contact.phone or "",
        "catalogue": requirements.catalogue_for(notice),
    }


def _open_area(
    opened: Round,
    area: Area,
    order: int,
    book: matching.AddressBook,
    chosen: Mapping[str, Organisation | None],
) -> None:
    team = area.team
    made = RoundArea.objects.create(
        round=opened, name=columns.taken(RoundArea.name, area.name), order=order
    )
    if team is not None:
        planning.set_team(made, team.leader or "", team.deputies, team.members)
    for at, unit in enumerate(area.organisations):
        known = chosen[unit.name] if unit.name in chosen else book.exactly(unit.name)
        RoundUnit.objects.create(
            area=made,
            name=columns.taken(RoundUnit.name, unit.name, area.name),
            includes=unit.includes,
            note=columns.taken(RoundUnit.note, unit.note or "", unit.name),
            order=at,
            organisation=known,
        )
    for session in {one.model_dump_json(): one for one in area.sessions}.values():
        _open_session(made, session, book, chosen)


def _open_session(
    area: RoundArea,
    session: Session,
    book: matching.AddressBook,
    chosen: Mapping[str, Organisation | None],
) -> None:
    venue = session.venue or ""
    made = RoundSession.objects.create(
        area=area,
        date=date.fromisoformat(session.date) if session.date else None,
        starts_at=time.fromisoformat(session.start) if session.start else None,
        ends_at=time.fromisoformat(session.end) if session.end else None,
        venue=columns.taken(RoundSession.venue, venue),
        host=chosen[venue] if venue in chosen else book.exactly(venue),
    )
    planning.ask_host(made)


@dataclass(frozen=True)
class Head:
    """What a round says of itself."""

    title: str
    number: str
    issuer: str
    issued_on: date | None
    starts_on: date
    ends_on: date
    period_from: date
    period_to: date
    contact_office: str
    contact_person: str
    contact_phone: str


@transaction.atomic
def change_head(*, opened: Round, head: Head, actor: Actor, now: datetime) -> Round:
    """Change title, days, period and contact of a draft."""
    actor.must_run_office()
    if opened.standing != Round.Standing.DRAFT:
        raise WrongState("轮次已经发布，基本信息不能再改；请先收回发布。")
    problems = [] if head.title.strip() else [Problem("请填写标题。", column="标题")]
    for label, first, last in (
        ("督查时间", head.starts_on, head.ends_on),
        ("督查内容", head.period_from, head.period_to),
    ):
        if last < first:
            problems.append(Problem("结束日期早于开始日期。", column=label))
    if problems:
        raise BadInput(problems)
    values = columns.all_taken(Round, asdict(head))
    if head.number.strip():
        values["number"] = str(numbers.must_be(head.number, head.issued_on, "发文字号"))
    changed = journal.changed({name: getattr(opened, name) for name in values}, values, Round)
    for name, value in values.items():
        setattr(opened, name, value)
    opened.save()
    _note("inspection.change_head", opened, actor, now, changed=changed)
    return opened


@dataclass(frozen=True)
class NoticeText:
    """What a round's notice says besides its head, in the order of the notice."""

    preamble: str
    methods: list[str]
    demands: list[str]
    annexes: list[str]


@transaction.atomic
def change_text(*, opened: Round, text: NoticeText, actor: Actor, now: datetime) -> Round:
    """Change the words of a draft's notice; what is left empty is composed of the round when it is
    printed.
    """
    actor.must_run_office()
    if opened.standing != Round.Standing.DRAFT:
        raise WrongState("轮次已经发布，通知的文字不能再改；请先收回发布。")
    if len(text.annexes) > ANNEXES:
        raise BadInput(
            [Problem(f"通知有{ANNEXES}个附件，请写{ANNEXES}行以内。", column="附件标题")]
        )
    values = asdict(text)
    changed = journal.changed({name: getattr(opened, name) for name in values}, values, Round)
    for name, value in values.items():
        setattr(opened, name, value)
    opened.save(update_fields=list(values))
    for session in RoundSession.objects.filter(area__round=opened).select_related("area__round"):
        planning.ask_host(session)
    _note("inspection.change_text", opened, actor, now, changed=changed)
    return opened


@transaction.atomic
def change_items(
    *, opened: Round, add: Iterable[str], gone: Iterable[int], actor: Actor, now: datetime
) -> Round:
    """Add free items to a draft, or take items out of it; the numbers close up again."""
    actor.must_run_office()
    if opened.standing != Round.Standing.DRAFT:
        raise WrongState("轮次已经发布，督查项目不能再改；请先收回发布。")
    names = list(add)
    if any(len(name) > LONGEST_TOPIC for name in names):
        raise BadInput([Problem(f"每项最多{LONGEST_TOPIC}个字。", column="专项活动")])
    out = opened.items.filter(pk__in=list(gone))
    removed = list(out.values_list("title", flat=True))
    out.delete()
    known = set(opened.items.values_list("title", flat=True))
    add_topics(opened, [name for name in dict.fromkeys(names) if name not in known])
    for no, item in enumerate(opened.items.order_by("no", "pk"), start=1):
        if item.no != no:
            item.no = no
            item.save(update_fields=["no"])
    _note("inspection.change_items", opened, actor, now, add=names, removed=removed)
    return opened


@transaction.atomic
def open_blank(
    *,
    title: str,
    period: tuple[date, date],
    days: tuple[date, date],
    catalogue: str,
    actor: Actor,
    now: datetime,
) -> Round:
    """Open a draft round without a notice: all items of a catalogue, areas and sessions to be
    planned.
    """
    actor.must_run_office()
    problems = columns.wrong_with(Round.title, title, missing="请填写标题。")
    for label, (first, last) in (("督查内容", period), ("督查时间", days)):
        if last < first:
            problems.append(Problem("结束日期早于开始日期。", column=label))
    if problems:
        raise BadInput(problems)
    opened = Round.objects.create(
        title=columns.taken(Round.title, title),
        period_from=period[0],
        period_to=period[1],
        starts_on=days[0],
        ends_on=days[1],
        catalogue=catalogue,
        opened_at=now,
        opened_by=actor.user,
    )
    RoundItem.objects.bulk_create(
        RoundItem(
            round=opened,
            no=at,
            category=item.category,
            subcategory=item.subcategory,
            title=item.name,
            requirement=item.asked,
            catalogue_item=item.id,
        )
        for at, item in enumerate(engine.catalogue(catalogue).items, start=1)
    )
    _note("inspection.open_blank", opened, actor, now)
    return opened


@transaction.atomic
def follow_up(
    *,
    previous: Round,
    title: str,
    days: tuple[date, date],
    period_to: date,
    actor: Actor,
    now: datetime,
    still_open: bool = False,
) -> Round:
    """由上轮发起回头看: units, areas, teams, venues, items and catalogue of the last round; its open
    findings come along. A round that is not closed yet is looked back on only by one who says that
    he knows it (`still_open`).
    """
    actor.must_run_office()
    if previous.standing == Round.Standing.DRAFT:
        raise WrongState("上一轮还是草稿，不能由它发起回头看。")
    if previous.standing not in ENDED and not still_open:
        told = f"上一轮还在“{previous.get_standing_display()}”，没有办结。仍要发起回头看的，请勾选确认。"
        raise BadInput([Problem(told, column="上一轮")])
    if days[1] < days[0]:
        raise BadInput([Problem("结束日期早于开始日期。", column="督查时间")])
    opened = Round.objects.create(
        title=columns.taken(Round.title, title, missing="请填写标题。"),
        previous=previous,
        period_from=previous.period_from,
        period_to=period_to,
        starts_on=days[0],
        ends_on=days[1],
        catalogue=previous.catalogue,
        focus=previous.focus,
        methods=_carried(previous.methods, previous, period_to),
        demands=_carried(previous.demands, previous, period_to),
        annexes=_carried(previous.annexes, previous, period_to),
        contact_office=previous.contact_office,
        contact_person=previous.contact_person,
        contact_phone=previous.contact_phone,
        addressees=previous.addressees,
        issuer=previous.issuer,
        head=previous.head,
        scored=previous.scored,
        opened_at=now,
        opened_by=actor.user,
    )
    for item in previous.items.all():
        item.pk, item.round = None, opened
        item.save(force_insert=True)
    planning.copy_areas(previous, opened, days)
    _note("inspection.follow_up", opened, actor, now, previous=previous.pk)
    return opened


def _carried(texts: Iterable[str], previous: Round, period_to: date) -> list[str]:
    """The last notice's words, with the years that the new round looks at."""
    first, last = previous.period_from, previous.period_to
    if first is None or last is None:
        return list(texts)
    years = re.compile(rf"{first.year}(年?[—–\-－~～至到]{{1,2}}){last.year}(?=年)")
    return [years.sub(rf"{first.year}\g<1>{period_to.year}", text) for text in texts]


@transaction.atomic
def delete(*, opened: Round, actor: Actor, now: datetime) -> None:
    """Do away with a draft that nobody was ever told of."""
    actor.must_run_office()
    told = opened.withdrawn_at is not None or opened.issued_papers.exists()
    if opened.standing != Round.Standing.DRAFT or told:
        raise WrongState("只能删除没有发布过的草稿。")
    _note("inspection.delete_round", opened, actor, now)
    opened.delete()


def _note(verb: str, opened: Round, actor: Actor, now: datetime, **detail: object) -> None:
    journal.note(
        verb, f"round:{opened.pk}", by=actor.user, now=now, **({"title": opened.title} | detail)
    )
