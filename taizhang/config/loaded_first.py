"""What every process of the site needs, loaded before it answers: else the first who ask wait for
it, all together.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError
from django.template import Engine
from django.template.loader import get_template
from django.urls import get_resolver


def pages() -> None:
    """All addresses with their views, what every page is told (the menu), and every template of
    ours, compiled.
    """
    get_resolver().url_patterns  # noqa: B018  (to ask for them imports them)
    Engine.get_default().template_context_processors  # noqa: B018  (as above)
    for app in apps.get_app_configs():
        place = Path(app.path) / "templates"
        for file in place.rglob("*.html") if app.name.startswith("taizhang.") else ():
            get_template(str(file.relative_to(place)))


def requirements() -> None:
    """The catalogue in force, with its rules and what they ask of the ledgers.

    A database that does not answer, or has no tables yet, is left to whoever asks for a page.
    """
    from taizhang.checks import engine  # noqa: PLC0415
    from taizhang.checks.reasons import queries  # noqa: PLC0415

    with suppress(DatabaseError):
        scope = queries.current_scope()
        if scope is not None:
            engine.content(scope.catalogue)
            engine.rules(scope.catalogue)
