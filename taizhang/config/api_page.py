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

SAYS = {
    "list_records": "一种台账的一页，与页面上的列表相同。", "record": "登记一条；带 Idempotency-Key 重发，得到同一条。",
    "record_many": "批量登记，全部登记或者一条不登；每处问题连同行号说明。逐字相同的记录不重复登记，除非 again。",
    "get_record": "一条记录；敏感内容遮盖，写明 reason（记入日志）的台账员可看完整内容。", "correct": "更正一条；原来的内容留作先前版本。",
    "withdraw": "撤回一条；仍可查看。", "put_back": "恢复已撤回的一条，材料一并计入。", "list_organisations": "有权查看的党组织，按上下级排列。", "get_organisation": "一个党组织。",
    "list_files": "佐证材料，新的在前，不含已移除的。", "take_in_file": "上传一个文件（multipart/form-data）；同样的内容只存一份。",
    "get_file": "一个文件的说明。", "get_file_content": "文件原样的内容。", "attach_file": "把文件附在本支部的一条记录上。",
    "search": "含有全部词语的记录和文件，新的在前；可限定台账、党支部和年度。",
    "get_verdicts": "一个党支部各项的核查结论；尚未核对的 judged 为 false，没有结论。", "get_reasons": "一项为什么是这个结论：系统提出的疑点。",
    "list_rounds": "有权查看的督查轮次，新的在前。", "get_round": "一个轮次：要求和有权查看的被督查单位。",
    "list_findings": "有权查看的问题；党支部只看到已反馈的。", "get_finding": "一个问题。",
    "give_answers": "批量登记检查情况；逐条说明已登记、先前已登记，或者为什么不能登记。重发不会重复。",
}  # fmt: skip
"""What each call does, for the page; the document for programs says it in English."""
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
                method.upper(),
                path,
                SAYS[told["operationId"]],
                [_given(one) for one in told.get("parameters", ())],
                _body(whole, told),
            )
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
