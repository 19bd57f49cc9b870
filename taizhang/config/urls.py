from __future__ import annotations

from typing import Any

from django.urls import ResolverMatch, URLResolver, include, path
from django.urls.resolvers import RoutePattern

from taizhang.config import api_page
from taizhang.config.api import api

handler400 = "taizhang.web.views.bad_request"
handler404 = "taizhang.web.views.not_found"
handler500 = "taizhang.web.views.server_error"


class _Remembered(URLResolver):
    """Addresses in which nothing changes are found at once; to try a hundred one after the other
    costs more than to ask the database.
    """

    def __init__(self, patterns: list[Any]) -> None:
        """All of them."""
        super().__init__(RoutePattern(""), patterns)
        self._known: dict[str, ResolverMatch] = {}

    def resolve(self, path: str) -> ResolverMatch:
        """As Django finds it."""
        known = self._known.get(path)
        if known is None:
            known = super().resolve(path)
            if not known.args and not known.kwargs:
                self._known[path] = known
        return known


urlpatterns = [
    _Remembered(
        [
            path("api/docs/", api_page.api_page, name="api-docs"),
            path("api/docs/openapi.json", api_page.api_document, name="api-document"),
            path("api/", api.urls),
            path("", include("taizhang.web.urls")),
            path("", include("taizhang.ledgers.urls")),
            path("", include("taizhang.checks.urls")),
            path("", include("taizhang.inspection.urls")),
            path("", include("taizhang.intake.urls")),
            path("", include("taizhang.papers.urls")),
            path("", include("taizhang.demo.loading.urls")),
        ]
    )
]
