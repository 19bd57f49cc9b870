"""The page of 现场 as one file that needs no server: its own styles and scripts inside, the pack
sealed.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from taizhang.inspection.site.carried import parts


def made(request: HttpRequest, sealed: dict[str, Any]) -> bytes:
    """The page as the site serves it, with everything that it would fetch inside."""
    page = str(render_to_string("inspection/site.html", {}, request=request))
    styles = "".join(f"<style>{parts.source(name)}</style>" for name in parts.STYLES)
    inside = (
        f'<script type="application/json" id="sealed">{_data(sealed)}</script>'
        '<script type="application/json" '
        f'id="sources">{_data([parts.source(name) for name in parts.SCRIPTS])}</script>'
        f"<script>{parts.source(parts.OWN)}</script>"
    )
    return (
        page.replace("</head>", f"{styles}</head>").replace("</body>", f"{inside}</body>").encode()
    )


def _data(told: object) -> str:
    """JSON that cannot end the script in which it stands."""
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
