from __future__ import annotations

from django.urls import include, path

from taizhang.config import api_page
from taizhang.config.api import api

handler400 = "taizhang.web.views.bad_request"
handler500 = "taizhang.web.views.server_error"
urlpatterns = [
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
