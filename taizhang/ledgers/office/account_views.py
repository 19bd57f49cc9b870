"""The sheets of the administrators: their template, and a filled one taken in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.office import account_sheets
from taizhang.ledgers.pages.views import xlsx_response
from taizhang.web.http import ActorRequest


@login_required
@require_GET
def template(request: ActorRequest) -> HttpResponse:
    """The empty sheet."""
    title, data = account_sheets.template(request.actor)
    return xlsx_response(data, f"{title}模板.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def bring_in(request: ActorRequest) -> HttpResponse:
    """A filled sheet, stored whole or not at all; the slips are shown once."""
    title, _ = account_sheets.template(request.actor)
    problems: list[str] = []
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise BadInput("请选择要导入的 Excel 文件。")
            done = account_sheets.bring_in(
                data=upload.read(), actor=request.actor, now=timezone.now()
            )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            return _done(request, done)
    page = {"problems": problems, "title": title}
    return render(request, "ledgers/account_import.html", page, status=422 if problems else 200)


def _done(request: ActorRequest, done: account_sheets.Entered) -> HttpResponse:
    for note in done.notes:
        messages.warning(request, note)
    if not done.slips:
        told = f"新办理{done.new}项" + (f"，{done.same}项原来已有、没有改动" if done.same else "")
        messages.success(request, f"{told}。")
        return redirect("web:accounts")
    answer = render(request, "web/slips.html", {"slips": done.slips})
    answer["Cache-Control"] = "no-store"
    return answer
