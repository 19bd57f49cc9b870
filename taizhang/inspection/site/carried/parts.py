"""What the page of 现场 is made of: named once, for the page, for its worker and for the file that is
taken along.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from taizhang.web.served import files

ICON = "icon.svg"
STYLES = ("app.css", "site.css")
SCRIPTS = (
    "site-store.js",
    "site-write.js",
    "site-keys.js",
    "site-bench.js",
    "shrink.js",
    "site.js",
)
WORKER = "site-worker.js"
OWN = "site-file.js"
"""The script of the file alone."""


def of_page() -> dict[str, Any]:
    """The context of `inspection/site.html`."""
    return {"icon": ICON, "styles": STYLES, "scripts": SCRIPTS}


def worker() -> str:
    """The service worker, which knows its version and what it keeps."""
    kept = [static(name) for name in (ICON, *STYLES, *SCRIPTS)]
    told = f"const SET = {json.dumps(settings.STATIC_URL)};\nconst PARTS = {json.dumps(kept)};\n"
    return told + source(WORKER)


def source(name: str) -> str:
    """What stands in one of them."""
    return files.kept()[name].decode()
