"""Templates whose long lines are broken: what the break would add to a page is taken away when the template is read.

Two breaks leave nothing behind: one between two Chinese characters (CSS Text 3, 4.1.3: a segment break between wide
characters is removed; not every browser does) and one within a tag of the template language.
"""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import app_directories

WIDE = "[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
BETWEEN_WIDE = re.compile(rf"(?<={WIDE})\n\s*(?={WIDE})")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
BREAK = re.compile(r"\s*\n\s*")


def joined(source: str) -> str:
    """The template as if none of these lines were broken."""
    return TAG.sub(lambda tag: BREAK.sub(" ", tag[0]), BETWEEN_WIDE.sub("", source))


class Loader(app_directories.Loader):
    """Templates of the rooms, read with their broken lines joined."""

    def get_contents(self, origin: Origin) -> str:
        return joined(super().get_contents(origin))
