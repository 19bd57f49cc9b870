"""The API: one document over all kinds, the session's user, refusals in plain words."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, SessionAuth

from taizhang.config.rest import checks, evidence, organisations, rounds, search
from taizhang.kernel.errors import BadInput, Refused
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.pages.api import router, schemas
from taizhang.orgs.actions import tokens
from taizhang.orgs.actor import actor_of
from taizhang.web.http import status_of


class Session(SessionAuth):
    """Whoever is logged in; a post carries the token of a form."""

    def authenticate(self, request: HttpRequest, key: str | None) -> object:
        """The user."""
        del key
        return request.user if request.user.is_authenticated else None


class TooMany(Exception):
    """A token asks more often than 安全管理员 allows."""


class Token(HttpBearer):
    """A program that shows the token of a person acts as that person; it has no session and needs
    no form's token.
    """

    def authenticate(self, request: HttpRequest, token: str) -> object:
        """The user, whose duties of today are the program's rights."""
        now = timezone.now()
        found, too_often = tokens.used(token, now)
        if found is None:
            return None
        if too_often:
            raise TooMany
        request.actor = actor_of(found.user, on=timezone.localdate(now))  # type: ignore[attr-defined]
        request.user = found.user
        return found.user


_UNREADABLE = "请求内容不是能读的 JSON。"
_NOT_FROM_A_FORM = (
    "缺少表单令牌（CSRF），或者已经过期：用浏览器登录的请求须带 X-CSRFToken 请求头；"
    "程序请改用接口令牌（Authorization: Bearer …）。"
)

api = NinjaAPI(
    title="台账 API",
    version="1",
    auth=[Token(), Session()],
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    description="台账的查询、登记、更正、撤回和批量登记，党组织、材料、搜索、核查结论、督查轮次和问题，批量登记检查情况；权限、校验与页面相同。台账的值均为文本，写法与 "
    "Excel 模板相同。",
)
api.add_router("/ledgers", router)
for place, part in (
    ("/organisations", organisations.router), ("/evidence", evidence.router),
    ("/search", search.router), ("/checks", checks.router), ("/inspection", rounds.router),
):  # fmt: skip
    api.add_router(place, part)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole API as OpenAPI, with what each kind asks: the same for everybody, so made once;
    nobody changes it.
    """
    made: dict[str, Any] = api.get_openapi_schema()
    of_kinds = schemas()
    parts = made["components"]["schemas"]
    parts |= of_kinds
    any_kind = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in of_kinds]}
    for name in ("New", "Correction", "Record"):
        parts[name]["properties"]["values"] = any_kind
    parts["Many"]["properties"]["rows"]["items"] = any_kind
    for path in made["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "slug":
                    parameter["schema"]["enum"] = list(KINDS)
    return made


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """As on the pages: 403, 404, 409 or 422, with row and field."""
    problems = refusal.problems if isinstance(refusal, BadInput) else []
    told = [{"row": p.row, "field": p.column, "message": p.message} for p in problems]
    return api.create_response(
        request, {"message": str(refusal), "problems": told}, status=status_of(refusal)
    )


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """A body that is no such document."""
    told = [
        {
            "row": None,
            "field": ".".join(str(step) for step in one["loc"][1:]),
            "message": one["msg"],
        }
        for one in wrong.errors
    ]
    return api.create_response(
        request, {"message": "请求内容不符合要求。", "problems": told}, status=422
    )


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, wrong: HttpError) -> HttpResponse:
    """A body that is no JSON at all, or a session's request without the token of a form."""
    told: dict[str, Any] = {"message": _UNREADABLE, "problems": []}
    if wrong.status_code == 403:
        told["message"] = _NOT_FROM_A_FORM
    return api.create_response(
        request, told, status=422 if wrong.status_code == 400 else wrong.status_code
    )


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, wrong: TooMany) -> HttpResponse:
    """Wait for the next minute."""
    del wrong
    told = {"message": "请求太频繁，请稍后再试。", "problems": []}
    answer = api.create_response(request, told, status=429)
    answer["Retry-After"] = str(60 - int(timezone.now().timestamp()) % 60)
    return answer


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, wrong: AuthenticationError) -> HttpResponse:
    """Nobody is logged in."""
    del wrong
    return api.create_response(
        request, {"message": "请先登录，或者出示有效的接口令牌。", "problems": []}, status=401
    )
