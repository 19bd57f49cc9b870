"""Answers for styles and scripts before anything else is asked."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response

from taizhang.web.served import files

ROOT = "/static/"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
"""For addresses without a fingerprint, which older pages and people's bookmarks name."""


def static_files(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """`/static/<fingerprint>/<name>` is kept by browsers for a year, `/static/<name>` is asked for
    each time.

    A fingerprint of another version finds nothing: what it stood for is not here.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith(ROOT):
            return get_response(request)
        lasting = path.startswith(settings.STATIC_URL)
        name = path.removeprefix(settings.STATIC_URL if lasting else ROOT)
        data = files.kept().get(name)
        if data is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        told = HttpResponse(data, content_type=files.kind(name))
        told.headers["Cache-Control"] = FOR_EVER if lasting else ASK_AGAIN
        told.headers["ETag"] = mark = f'"{files.fingerprint({name: data})}"'
        return get_conditional_response(request, etag=mark, response=told) or told

    return answer
