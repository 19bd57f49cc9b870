"""How far the example is loaded, as a fragment of every page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from taizhang.demo.loading import progress


@login_required
@require_GET
def loading(request: HttpRequest) -> HttpResponse:
    """Asked every few seconds by a page that showed it."""
    return render(request, "demo/loading.html", {"loading": progress.seen(), "asked": True})
