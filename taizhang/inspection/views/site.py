"""现场: one small page for the device of an inspector, what it takes along and what it hands in."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from pydantic import ValidationError

from taizhang.inspection import queries, rights
from taizhang.inspection.actions import site
from taizhang.inspection.progress import ahead
from taizhang.inspection.site import checklist_sheet as sheets
from taizhang.inspection.site import entries as e
from taizhang.inspection.site import evidence as site_evidence
from taizhang.inspection.site import pack as site_pack
from taizhang.inspection.site.carried import along, bundles, offline_page, parts, sealed
from taizhang.inspection.views.handed_in.entered import entered
from taizhang.kernel.errors import BadInput, NotAllowed, Refused
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.pages.views import xlsx_response
from taizhang.ledgers.records import actions as ledgers
from taizhang.orgs.actor import Actor
from taizhang.web.http import ActorRequest, attachment
from taizhang.web.params import key_of


@login_required
@ensure_csrf_cookie
@require_GET
def shell(request: ActorRequest) -> HttpResponse:
    """今天的场次: the page itself; all else it asks for or has."""
    return render(request, "inspection/site.html", parts.of_page())


@require_GET
def worker(request: ActorRequest) -> HttpResponse:
    """The service worker; it must stand above the pages that it serves without a network."""
    del request
    return HttpResponse(
        parts.worker(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


@login_required
@require_GET
def pack(request: ActorRequest) -> JsonResponse:
    """Everything of the visits that the actor may write on now."""
    told = site_pack.pack(request.actor, timezone.now())
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@login_required
@require_GET
def evidence_pack(request: ActorRequest, key: int) -> JsonResponse:
    """The records behind one unit's pack, for who writes on it now."""
    found = site_pack.at_work(request.actor).filter(pk=key).first()
    if found is None:
        raise NotAllowed(rights.NOT_YOURS)
    told = site_evidence.of_visit(found, request.actor, timezone.now())
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@login_required
@require_GET
def landing(request: ActorRequest) -> HttpResponse:
    """Where who keeps no ledger begins his day: on site while he has units to inspect, at what
    waits for him while a round calls him up or still needs him, else at what he reads.
    """
    actor = request.actor
    if site_pack.at_work(actor).exists():
        return redirect("inspection:site")
    if ahead.is_called_up(actor):
        return redirect("inspection:team-todo")
    if actor.reads_ledgers:
        return redirect("checks:board")
    return redirect("inspection:team-todo" if queries.in_a_team(actor) else "ledgers:mine")


@login_required
@require_POST
def sync(request: ActorRequest) -> JsonResponse:
    """Take in what a device did; answers what became of each entry, in order."""
    try:
        given = json.loads(request.body)
        listed = given["entries"]
        if not isinstance(listed, list) or len(listed) > e.MOST:
            raise BadInput(f"一次最多上传{e.MOST}条。")
    except (ValueError, KeyError, TypeError) as wrong:
        raise BadInput("上传的内容不是系统认识的格式。") from wrong
    results: list[e.Result | None] = []
    fine = []
    for raw in listed:
        try:
            fine.append(e.ONE.validate_python(raw))
            results.append(None)
        except ValidationError as wrong:
            key = str(raw.get("key", "")) if isinstance(raw, dict) else ""
            field = "、".join(str(part) for part in wrong.errors()[0]["loc"])
            results.append(
                e.Result(key=key[:60], state="refused", message=f"“{field}”不对，没有记入。")
            )
    done = iter(site.sync(entries=fine, actor=request.actor, now=timezone.now()))
    told = [found or next(done) for found in results]
    return JsonResponse(
        {"results": [one.model_dump() for one in told]}, json_dumps_params={"ensure_ascii": False}
    )


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@login_required
@require_POST
def photo(request: ActorRequest) -> JsonResponse:
    """A picture from the device."""
    upload, made_at = request.FILES.get("file"), _moment(request.POST.get("made_at", ""))
    visit = site.visit_for(key_of(request.POST.get("visit")), request.actor, made_at)
    key = _uuid(request.POST.get("key", ""))
    if upload is None or made_at is None or key is None:
        raise BadInput("照片没有带上编号和时间。")
    found = site.take_photo(
        visit=visit,
        key=key,
        item_no=key_of(request.POST.get("item")) or None,
        data=upload.read(),
        made_at=made_at,
        actor=request.actor,
        now=timezone.now(),
    )
    return JsonResponse({"key": str(found.key)})


@login_required
@require_GET
def picture(request: ActorRequest, key: int, size: str) -> HttpResponse:
    """A picture taken on site, without its EXIF."""
    found = queries.photo(key, actor=request.actor)
    part = {"small": "thumbs", "large": "shown"}.get(size)
    if part is None:
        raise BadInput("只有 small 和 large 两种大小。")
    with evidence.opened(found.sha256, part) as stored:
        return HttpResponse(stored.read(), content_type="image/jpeg")


@login_required
@require_http_methods(["GET", "POST"])
def checklist_sheet(request: ActorRequest, key: int) -> HttpResponse:
    """The checklist as xlsx, out and back: for halls without network where the page
    cannot be kept.
    """
    found = queries.visit(key, actor=request.actor)
    if request.method == "GET":
        if (
            not site_pack.at_work(request.actor).filter(pk=key).exists()
            and not request.actor.may_run_office()
        ):
            raise NotAllowed("检查表只供本片区督查组使用。")
        ledgers.note_export(
            subject=f"visit:{key}",
            actor=request.actor,
            now=timezone.now(),
            detail={"paper": "checklist"},
        )
        return xlsx_response(sheets.checklist(found), f"督查检查表-{found.unit.name}.xlsx")
    site.visit_for(key, request.actor)
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput("请选择填好的检查表。")
    entries = sheets.entries_of(found, upload.read(), timezone.now())
    return entered(request, found, entries)


@login_required
@require_http_methods(["GET", "POST"])
def take_along(request: ActorRequest) -> HttpResponse:
    """The pack as one sealed file, for a device that never comes near the network; and its way
    back.
    """
    problems: list[str] = []
    if request.method == "POST":
        try:
            passphrase = request.POST.get("passphrase", "")
            sealed.must_be_long(passphrase)
            if passphrase != request.POST.get("again", ""):
                raise BadInput("两次输入的口令不同。")
            return _file(request, passphrase)
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
    page = {
        "problems": problems,
        "visits": list(site_pack.at_work(request.actor)),
        "least": sealed.LEAST,
    }
    return render(request, "inspection/site_file.html", page, status=422 if problems else 200)


def _file(request: ActorRequest, passphrase: str) -> HttpResponse:
    told = site_pack.pack(request.actor, timezone.now())
    if not told["visits"]:
        raise BadInput("现在没有由您检查的单位，不需要离线包。")
    inside = {"pack": told, "records": along.records(told, request.actor)}
    page = offline_page.made(request, sealed.seal(sealed.PACK, inside, passphrase))
    visits = [one["id"] for one in told["visits"]]
    ledgers.note_export(
        subject=f"user:{request.user.pk}",
        actor=request.actor,
        now=timezone.now(),
        detail={"paper": "offline pack", "visits": visits},
    )
    return attachment(
        page, "text/html; charset=utf-8", f"现场离线包-{request.actor.user.name}.html"
    )


@login_required
@require_POST
def bring_back(request: ActorRequest) -> HttpResponse:
    """A bundle comes back: the same entries as from a device, each once, whoever carried it."""
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput("请选择成果文件。")
    told = sealed.unseal(sealed.BUNDLE, upload.read(), request.POST.get("passphrase", ""))
    given, photos = bundles.read(told, request.actor)
    now = timezone.now()
    results = list(site.sync(entries=given, actor=request.actor, now=now))
    taken = [_taken(one, request.actor, now) for one in photos]
    page = {
        "results": list(zip(given, results, strict=True)),
        "stored": sum(one.state == "stored" for one in results),
        "photos": sum(not said for said in taken),
        "refused": [said for said in taken if said],
    }
    return render(request, "inspection/site_back.html", page)


def _taken(one: bundles.Photo, actor: Actor, now: datetime) -> str:
    """Why a picture was not taken in; "" when it was."""
    try:
        visit = site.visit_for(one.visit, actor, one.made_at)
        site.take_photo(
            visit=visit,
            key=one.key,
            item_no=one.item,
            data=one.content(),
            made_at=one.made_at,
            actor=actor,
            now=now,
        )
    except Refused as refusal:
        return str(refusal)
    return ""
