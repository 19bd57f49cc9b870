"""The page of 现场 as one file that needs no server: its own styles and scripts inside, the pack sealed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string

_STYLE = re.compile(r'<link rel="stylesheet" href="[^"]*?static/([^"]+)">')
_SCRIPT = re.compile(r'<script src="[^"]*?static/([^"]+)"[^>]*></script>\s*')
_ICON = re.compile(r'<link rel="icon"[^>]*>\s*')
OWN = "site-file.js"


def made(request: HttpRequest, sealed: dict[str, Any]) -> bytes:
    """The page as the site serves it, with everything that it would fetch inside."""
    page = str(render_to_string("inspection/site.html", {}, request=request))
    sources = [_source(name) for name in _SCRIPT.findall(page)]
    page = _ICON.sub("", _SCRIPT.sub("", page))
    page = _STYLE.sub(lambda found: f"<style>{_source(found[1])}</style>", page)
    inside = (
        f'<script type="application/json" id="sealed">{_data(sealed)}</script>'
        f'<script type="application/json" id="sources">{_data(sources)}</script>'
        f"<script>{_source(OWN)}</script>"
    )
    return page.replace("</body>", f"{inside}</body>").encode()


def _source(name: str) -> str:
    return Path(str(finders.find(name))).read_text("utf-8")


def _data(told: object) -> str:
    """JSON that cannot end the script in which it stands."""
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
