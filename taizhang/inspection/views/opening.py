"""Pages of rounds: read a notice, look at it beside its source, open the round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.inspection import actions, queries
from taizhang.inspection.actions import running
from taizhang.inspection.models import NoticeDraft
from taizhang.inspection.outgoing import judging_again
from taizhang.inspection.plan import notice_form
from taizhang.inspection.plan.matching import AddressBook
from taizhang.inspection.progress import workbench
from taizhang.inspection.requirements import matched as requirements
from taizhang.kernel.actions import made_files
from taizhang.kernel.errors import BadInput
from taizhang.notices import told
from taizhang.notices.model import Notice, Session
from taizhang.web.http import ActorRequest


@login_required
@require_http_methods(["GET", "POST"])
def take_in(request: ActorRequest) -> HttpResponse:
    """导入通知: upload a file."""
    request.actor.must_run_office()
    problems: list[str] = []
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise BadInput("请选择通知文件。")
            draft = actions.take_in(
                file_name=upload.name or "",
                source=upload.read(),
                actor=request.actor,
                now=timezone.now(),
            )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            return redirect("inspection:review", key=draft.pk)
    page = {"problems": problems, "drafts": queries.drafts(request.actor)}
    return render(request, "inspection/import.html", page, status=422 if problems else 200)


@login_required
@require_POST
def delete(request: ActorRequest, key: int) -> HttpResponse:
    """Do away with a notice that no round was opened from."""
    draft = queries.draft(key, actor=request.actor)
    actions.delete_notice(draft=draft, actor=request.actor, now=timezone.now())
    messages.success(request, f"已删除没有核对完的通知“{draft.file_name}”。")
    return redirect("inspection:import")


@login_required
@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, key: int) -> HttpResponse:
    """The source beside the parse; anything may be corrected, then the round is opened."""
    draft = queries.draft(key, actor=request.actor)
    if request.method == "GET":
        return _review(request, draft, Notice.model_validate(draft.parsed), {}, [])
    said = notice_form.said_of(request.POST)
    book = AddressBook.of(request.actor)
    chosen, unknown = notice_form.matches_of(said, book.offered)
    notice, wrong = notice_form.from_post(request.POST)
    wrong += unknown
    try:
        if wrong:
            raise BadInput(wrong)
        opened = actions.open_round(
            notice=notice,
            source_name=draft.file_name,
            source=bytes(draft.source),
            matches=chosen,
            actor=request.actor,
            now=timezone.now(),
            draft=draft,
        )
    except BadInput as refusal:
        told = [str(problem) for problem in refusal.problems]
        return _review(request, draft, notice, said, told)
    messages.success(request, "已建立督查轮次草稿。")
    unlinked = requirements.unlinked(opened)
    if unlinked:
        few = f"{unlinked}项要求没有对应项目，只由人工判断；可以到“要求对应和规则”核对。"
        messages.warning(request, few)
    left = len(running.unmatched(opened))
    if left:
        few = f"{left}个单位还没有对应党组织：已有的选它，没有的可以从通知一次建立。"
        messages.warning(request, few)
    for names in queries.on_one_branch(_chosen(queries.matches(notice, book), chosen)):
        messages.warning(request, f"{names}对应同一个党组织，将分别督查、分别反馈，请核实。")
    return redirect("inspection:units" if left else "inspection:round", key=opened.pk)


def _review(
    request: ActorRequest,
    draft: NoticeDraft,
    notice: Notice,
    said: dict[str, str],
    problems: list[str],
) -> HttpResponse:
    meant = requirements.names_of(notice)
    book = AddressBook.of(request.actor)
    matches = queries.matches(notice, book)
    chosen, _ = notice_form.matches_of(said, book.offered)
    areas: list[dict[str, Any]] = [
        {
            "n": at,
            "area": area,
            "units": "\n".join(notice_form.written(unit) for unit in area.organisations),
            "sessions": list(enumerate(area.sessions or [Session()])),
        }
        for at, area in enumerate(notice.areas)
    ]
    page = {
        "draft": draft,
        "notice": notice,
        "areas": areas,
        "problems": problems,
        "offered": book.offered,
        "told": [
            (label, lines)
            for label, lines in _told(Notice.model_validate(draft.parsed), notice)
            if lines
        ],
        "left": told.left_over(Notice.model_validate(draft.parsed)),
        "blank": {"n": "__n__", "area": None, "units": "", "sessions": [(0, Session())]},
        "items": [(item, meant.get(item.no, "")) for item in notice.items],
        "matches": [
            (one, said.get(one.name, book.offered.name(one.chosen)))
            for one in matches
            if one.name in said or not one.is_its_name
        ],
        "alike": [one.name for one in matches if one.is_its_name and one.name not in said],
        "doubles": queries.on_one_branch(_chosen(matches, chosen)),
    }
    return render(request, "inspection/review.html", page, status=422 if problems else 200)


def _told(read: Notice, corrected: Notice) -> list[tuple[str, list[told.Line]]]:
    """What was not read, what is to be looked at, and what a round has no field for, each with its
    place.
    """
    looked_at = corrected if corrected.warnings else read
    return [
        ("原文中有、没有读入的", told.unread(read)),
        ("请留意的", told.to_check(looked_at)),
        ("读到而轮次没有栏目的", told.beside(read)),
    ]


def _chosen(
    matches: list[queries.Match], chosen: dict[str, int]
) -> list[tuple[queries.Match, int]]:
    return [(match, chosen.get(match.name, match.chosen)) for match in matches]


@login_required
@require_GET
def source(request: ActorRequest, key: int) -> HttpResponse:
    """The notice as it was handed in: as a page of its own, and beside the fields, where it is
    fetched when they are there.
    """
    draft = queries.draft(key, actor=request.actor)
    template = "inspection/source.html#blocks" if request.htmx else "inspection/source.html"
    return render(request, template, {"draft": draft, "source": queries.source_blocks(draft)})


@login_required
@require_http_methods(["GET", "POST"])
def frozen(request: ActorRequest, key: int) -> HttpResponse:
    """Whether what the round froze comes out the same; a POST has it judged again by a worker."""
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    asked: dict[str, Any] = {
        "maker": judging_again.FROZEN,
        "about": judging_again.about(key),
        "by": request.user,
    }
    if request.method == "POST":
        title = f"{opened.title}　冻结的核查结论"
        made = made_files.ask(**asked, title=title, now=timezone.now())
        return redirect("web:made-file", made.pk)
    last = made_files.latest(**asked)
    page = {
        "top": workbench.top(opened, "frozen"),
        "round": opened,
        "last": last,
        "told": made_files.said(last) if last and last.place else None,
    }
    return render(request, "inspection/frozen.html", page)
