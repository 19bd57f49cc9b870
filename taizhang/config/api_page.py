"""接口说明: the API's document as a page of the site, for reading without any tool."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from taizhang.config.api import document
from taizhang.ledgers.kinds import KINDS
from taizhang.web.http import ActorRequest

_IN = {"path": "地址", "query": "参数", "header": "请求头"}


@dataclass(frozen=True)
class Call:
    """One thing that can be asked."""

    method: str
    path: str
    says: str
    given: list[str]
    body: list[str]


@lru_cache(maxsize=1)
def _calls() -> dict[str, list[Call]]:
    """Part → its calls, in the order of the document."""
    found: dict[str, list[Call]] = {}
    whole = document()
    for path, operations in whole["paths"].items():
        for method, told in operations.items():
            call = Call(
                method.upper(), path, told.get("description") or told.get("summary", ""),
                [_given(one) for one in told.get("parameters", ())], _body(whole, told),
            )  # fmt: skip
            found.setdefault(told["tags"][0], []).append(call)
    return found


def _given(one: dict[str, Any]) -> str:
    must = "，必填" if one.get("required") else ""
    return f"{one['name']}（{_IN.get(one['in'], one['in'])}{must}）"


def _body(whole: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """The names of what a body holds."""
    content = told.get("requestBody", {}).get("content", {})
    for asked in content.values():
        schema = asked["schema"]
        if "$ref" in schema:
            schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return [
            f"{name}{'（必填）' if name in schema.get('required', ()) else ''}"
            for name in schema.get("properties", {})
        ]
    return []


@login_required
@require_GET
def api_page(request: ActorRequest) -> HttpResponse:
    """All calls, and the columns of a ledger that the address names."""
    kind = KINDS.get(request.GET.get("ledger", ""))
    page = {
        "parts": _calls(),
        "kinds": KINDS.values(),
        "kind": kind,
        "fields": kind.fields() if kind else (),
        "rows": kind.parts if kind else (),
    }
    return render(request, "web/api.html", page)


@login_required
@require_GET
def api_document(request: ActorRequest) -> HttpResponse:
    """The document for programs."""
    del request
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
