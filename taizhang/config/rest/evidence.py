"""佐证材料: what there is of a branch, its bytes, a new file, and which record it serves."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from taizhang.config.rest.shared import REFUSALS, Paged, actor_of, key, page_of
from taizhang.kernel.errors import NotFound
from taizhang.ledgers.evidence import actions, queries
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile
from taizhang.ledgers.pages.api import Listed
from taizhang.ledgers.records import queries as ledgers
from taizhang.orgs.queries import organisations as orgs

router = Router(tags=["佐证材料"])


class Asking(Paged):
    """Of which branch."""

    branch: int | None = Field(None, ge=1, le=2**62)


class Serving(Schema):
    """The record that a file is to serve."""

    ledger: str = Field(max_length=40)
    record: int = Field(ge=1, le=2**62)


def _told(one: EvidenceFile) -> dict[str, Any]:
    return {
        "id": one.pk,
        "branch": one.branch_id,
        "name": one.name,
        "mime": one.mime,
        "size": one.size,
        "sha256": one.sha256,
        "uploaded_at": one.uploaded_at,
    }


@router.get("/", response={200: Listed, **REFUSALS}, operation_id="list_files")
def list_files(request: HttpRequest, asking: Query[Asking]) -> dict[str, Any]:
    """The latest first; without those that were thrown away."""
    found = EvidenceFile.objects.visible_to(actor_of(request)).filter(withdrawn_at=None)
    if asking.branch is not None:
        found = found.filter(branch=asking.branch)
    return page_of(found.order_by("-pk"), asking.page, _told)


@router.post("/", response={201: dict[str, Any], **REFUSALS}, operation_id="take_in_file")
def take_in(
    request: HttpRequest, branch: Form[int], file: File[UploadedFile], kind: Form[str] = ""
) -> Status[dict[str, Any]]:
    """Hand in a file as `multipart/form-data`; the same bytes again are the same file."""
    actor = actor_of(request)
    taken = actions.take_in(
        branch=orgs.organisation(key(branch), actor=actor),
        name=file.name or "",
        data=file.read(),
        kind=kind[:20],
        actor=actor,
        now=timezone.now(),
    )
    return Status(201, _told(taken.file))


@router.get("/{int:number}/", response={200: dict[str, Any], **REFUSALS}, operation_id="get_file")
def one(request: HttpRequest, number: int) -> dict[str, Any]:
    """One of them."""
    return _told(queries.file(key(number), actor=actor_of(request)))


@router.get(
    "/{int:number}/content/", response={200: bytes, **REFUSALS}, operation_id="get_file_content"
)
def content(request: HttpRequest, number: int) -> HttpResponseBase:
    """The bytes, as they were handed in."""
    found = queries.file(key(number), actor=actor_of(request))
    return FileResponse(
        actions.opened(found.sha256),
        content_type=found.mime,
        as_attachment=True,
        filename=found.name,
    )


@router.post(
    "/{int:number}/attach/", response={200: dict[str, Any], **REFUSALS}, operation_id="attach_file"
)
def attach(request: HttpRequest, number: int, serving: Serving) -> dict[str, Any]:
    """Let a file serve a record of its own branch."""
    actor = actor_of(request)
    if serving.ledger not in KINDS:
        raise NotFound(f"没有台账“{serving.ledger}”。")
    kind, found = KINDS[serving.ledger], queries.file(key(number), actor=actor)
    entry = ledgers.entry(kind=kind, key=serving.record, actor=actor)
    actions.attach(file=found, kind=kind, entry=entry, actor=actor, now=timezone.now())
    return _told(found)
