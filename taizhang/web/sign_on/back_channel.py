"""The provider itself says that a session there has ended; no browser is in between."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from taizhang.kernel.errors import Refused
from taizhang.orgs.actions import attempts, login
from taizhang.orgs.queries.login import There, marked
from taizhang.web.sign_on import provider
from taizhang.web.sign_on.views import spoken


@csrf_exempt
@require_POST
def ended(request: HttpRequest) -> HttpResponse:
    """End here at once what ended there; what is not proven is refused, and counted like a wrong
    password.
    """
    protocol, now, url = spoken(), timezone.now(), settings.SIGN_ON["url"]
    if attempts.is_refused_here(now=now):
        return _answer(429, "这个地址一分钟内出错太多次，请过一分钟再试。")
    try:
        said = protocol.ended(provider.told(), request.POST.dict())
        there = There(marked(url, said.named), marked(url, said.session))
        login.end_from_there(token=marked(url, said.token), there=there, now=now)
    except Refused as refusal:
        attempts.note_refused_end(why=str(refusal), now=now)
        return _answer(400, str(refusal))
    return _answer(200, "")


def _answer(status: int, why: str) -> HttpResponse:
    told = {"error": "invalid_request", "error_description": why} if why else {}
    answer = JsonResponse(told, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
