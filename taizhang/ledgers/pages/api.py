"""Every kind of ledger over HTTP, by the same actions and rights as the pages. One OpenAPI
document: `docs/api.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Header, Query, Router, Schema, Status

from taizhang.kernel.errors import BadInput, NotFound, Problem
from taizhang.kernel.text import brief
from taizhang.ledgers.fields import Field as Asked
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions, queries
from taizhang.ledgers.records.read_rows import Row
from taizhang.ledgers.withdrawal import actions as withdrawal
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations as orgs

router = Router(tags=["台账"])
MOST_ROWS = 2000
Values = dict[str, str]
Key = Annotated[str, Header(alias="Idempotency-Key", max_length=100)]
"""Says that two requests are one, such as a repetition after a time-out."""


class Told(Schema):
    """A refusal: what is wrong, with row and field where there are such."""

    message: str
    problems: list[dict[str, Any]] = []


class Asking(Schema):
    """What a list is narrowed to."""

    branch: int | None = Field(None, ge=1, le=2**62)
    from_on: date | None = Field(None, alias="from")
    to_on: date | None = Field(None, alias="to")
    words: str = Field("", alias="q", max_length=40)
    choice: str = Field("", max_length=40)
    withdrawn: bool = False
    page: int = Field(1, ge=1, le=10**6)


class New(Schema):
    """A record to enter; the values are text, written as in the Excel template."""

    branch: int | None = Field(None, ge=1, le=2**62)
    values: Values
    mode: Literal["live", "backfill"] = "live"


class Many(Schema):
    """Records to enter all together, or none."""

    branch: int | None = Field(None, ge=1, le=2**62)
    rows: list[Values] = Field(max_length=MOST_ROWS)
    dry_run: bool = False
    again: bool = False


class Correction(Schema):
    """A record put right; `version` is the one that was looked at."""

    values: Values
    version: int
    reason: str = Field(max_length=200)


class Withdrawing(Schema):
    """Why a record is taken out."""

    reason: str = Field(max_length=200)


class Record(Schema):
    """One record: what it says, as people write it."""

    id: int
    branch: int
    version: int
    mode: str
    withdrawn: bool
    n_files: int
    values: Values


class Listed(Schema):
    """One page of a list."""

    total: int
    page: int
    pages: int
    records: list[dict[str, Any]]


class Stored(Schema):
    """How many rows were read, and whether they were stored."""

    count: int
    stored: bool


REFUSALS: dict[Any, Any] = {401: Told, 403: Told, 404: Told, 409: Told, 422: Told, 429: Told}


def _actor(request: HttpRequest) -> Actor:
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def _kind(slug: str) -> LedgerKind:
    if slug not in KINDS:
        raise NotFound(f"没有台账“{brief(slug, 40)}”。")
    return KINDS[slug]


def _branch(actor: Actor, key: int | None) -> Organisation:
    if key is not None:
        return orgs.organisation(key, actor=actor)
    if actor.own_branch is None:
        raise BadInput([Problem("没有写明党支部。", column="branch")])
    return actor.own_branch


def _known(kind: LedgerKind, values: Values, row: int | None = None) -> Values:
    """Only names that the kind asks for; null characters come from no keyboard."""
    names = {f.name for f in kind.fields()} | {part.name for part in kind.parts}
    problems = [
        Problem("没有这个栏目。", row=row, column=name[:40]) for name in values if name not in names
    ]
    problems += [
        Problem("含有不能识别的字符（空字符）。", row=row, column=name[:40])
        for name, text in values.items()
        if "\x00" in text
    ]
    if problems:
        raise BadInput(problems)
    return values


def _told(kind: LedgerKind, entry: Entry, *, openly: bool = False) -> dict[str, Any]:
    values = queries.as_written(kind, entry, openly=openly)
    return {
        "id": entry.pk,
        "branch": entry.branch_id,
        "version": entry.version,
        "mode": entry.entry_mode,
        "withdrawn": entry.withdrawn_at is not None,
        "n_files": entry.n_files,
        "values": values,
    }


@router.get("/{slug}/", response={200: Listed, **REFUSALS}, operation_id="list_records")
def list_records(request: HttpRequest, slug: str, asking: Query[Asking]) -> dict[str, Any]:
    """One page of a ledger, as the list on the page shows it."""
    kind = _kind(slug)
    filters = queries.Filters(
        asking.branch,
        asking.from_on,
        asking.to_on,
        asking.words,
        asking.choice,
        asking.withdrawn,
    )
    found = queries.ledger_page(
        kind=kind, actor=_actor(request), filters=filters, number=asking.page
    )
    records = [
        {"id": line.pk, "党支部": line.branch} | dict(zip(found.columns, line.cells, strict=True))
        for line in found.lines
    ]
    pages = found.page.paginator.num_pages
    return {"total": found.total, "page": found.page.number, "pages": pages, "records": records}


@router.post("/{slug}/", response={201: Record, **REFUSALS}, operation_id="record")
def record(request: HttpRequest, slug: str, new: New, key: Key = "") -> Status[dict[str, Any]]:
    """Enter a record. With an `Idempotency-Key`, asking again has the same answer and makes no
    second record.
    """
    kind, actor = _kind(slug), _actor(request)
    entry = actions.record(
        kind=kind,
        branch=_branch(actor, new.branch),
        values=_known(kind, new.values),
        actor=actor,
        now=timezone.now(),
        mode=new.mode,
        key=key,
    )
    return Status(201, _told(kind, entry))


@router.post("/{slug}/bulk/", response={200: Stored, **REFUSALS}, operation_id="record_many")
def record_many(request: HttpRequest, slug: str, new: Many, key: Key = "") -> dict[str, Any]:
    """Enter many records or none; every problem is told with its row.

    Records that are there word for word are refused unless `again`. With an `Idempotency-Key`,
    asking again has the same answer.
    """
    kind, actor = _kind(slug), _actor(request)
    branch = _branch(actor, new.branch)
    rows = [Row(at, branch, _known(kind, values, at)) for at, values in enumerate(new.rows, 1)]
    count = actions.record_many(
        kind=kind,
        rows=rows,
        actor=actor,
        now=timezone.now(),
        source="API",
        dry_run=new.dry_run,
        again=new.again,
        key=key,
    )
    return {"count": count, "stored": not new.dry_run}


@router.get("/{slug}/{int:key}/", response={200: Record, **REFUSALS}, operation_id="get_record")
def one(request: HttpRequest, slug: str, key: int, reason: str = "") -> dict[str, Any]:
    """One record. What is sensitive is masked; with a `reason`, which the journal keeps, those who
    keep the ledger see it in full.
    """
    kind, actor = _kind(slug), _actor(request)
    entry = queries.entry(kind=kind, key=_sane(key), actor=actor)
    if reason:
        actions.reveal(
            kind=kind,
            entry=entry,
            reason=reason.replace("\x00", ""),
            actor=actor,
            now=timezone.now(),
        )
    return _told(kind, entry, openly=bool(reason))


@router.put("/{slug}/{int:key}/", response={200: Record, **REFUSALS}, operation_id="correct")
def correct(request: HttpRequest, slug: str, key: int, new: Correction) -> dict[str, Any]:
    """Put a record right; what it said stays as an earlier version."""
    kind, actor = _kind(slug), _actor(request)
    entry = actions.correct(
        kind=kind,
        entry=queries.entry(kind=kind, key=_sane(key), actor=actor),
        values=_known(kind, new.values),
        version=new.version,
        reason=new.reason.replace("\x00", ""),
        actor=actor,
        now=timezone.now(),
    )
    return _told(kind, entry)


@router.post(
    "/{slug}/{int:key}/withdraw/", response={200: Record, **REFUSALS}, operation_id="withdraw"
)
def withdraw(request: HttpRequest, slug: str, key: int, why: Withdrawing) -> dict[str, Any]:
    """Take a record out of the ledger; it stays readable."""
    return _done(actions.withdraw, request, slug, key, why)


@router.post(
    "/{slug}/{int:key}/put-back/", response={200: Record, **REFUSALS}, operation_id="put_back"
)
def put_back(request: HttpRequest, slug: str, key: int, why: Withdrawing) -> dict[str, Any]:
    """Let a withdrawn record count again, with its files."""
    return _done(withdrawal.put_back, request, slug, key, why)


def _done(
    act: Callable[..., object], request: HttpRequest, slug: str, key: int, why: Withdrawing
) -> dict[str, Any]:
    """The record after an act on it that asks for a reason."""
    kind, actor = _kind(slug), _actor(request)
    entry = queries.entry(kind=kind, key=_sane(key), actor=actor)
    reason = why.reason.replace("\x00", "")
    act(kind=kind, entry=entry, reason=reason, actor=actor, now=timezone.now())
    return _told(kind, queries.entry(kind=kind, key=key, actor=actor))


def _sane(key: int) -> int:
    return min(key, 2**62)


_HOW = {
    "date": "日期，如 2018-10-25", "month": "月份，如 2018-10", "time": "时间，如 14:30", "money": "元，最多两位小数", "integer": "整数", "permille": "千分之几，如 15，也可写 1.5%",
    "yes": "是 或 否", "person": "本支部花名册上的姓名", "record": "本支部已登记记录的名称",
}  # fmt: skip


def schemas() -> dict[str, Any]:
    """What each kind asks, for the document: name → title, how it is written, whether it must be
    there.
    """
    return {f"values_{slug.replace('-', '_')}": _schema(kind) for slug, kind in KINDS.items()}


def _schema(kind: LedgerKind) -> dict[str, Any]:
    asked = {field.name: _described(field) for field in kind.fields()}
    asked |= {
        p.name: {"type": "string", "title": p.label, "description": p.hint} for p in kind.parts
    }
    required = [field.name for field in kind.fields() if field.required]
    return {
        "type": "object",
        "title": kind.title,
        "properties": asked,
        "required": required,
        "additionalProperties": False,
    }


def _described(field: Asked) -> Mapping[str, Any]:
    listed = [label for _, label in field.choices]
    told = "；".join(text for text in (_HOW.get(field.kind, ""), field.hint) if text)
    found: dict[str, Any] = {"type": "string", "title": field.label}
    if listed:
        found["enum"] = listed if field.required else ["", *listed]
    return found | ({"description": told} if told else {})
