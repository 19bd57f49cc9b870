"""Templates whose long lines are broken: what the break would add to a page is taken away when the
template is read.

A break between two Chinese characters leaves nothing behind (CSS Text 3, 4.1.3: a segment break
between wide characters is removed; not every browser does). Any other is one blank, as a browser
reads it, and as a tag of the template language needs it; so the indents of a template are not sent
with every page.
"""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import app_directories

WIDE = "[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
BETWEEN_WIDE = re.compile(rf"(?<={WIDE})\s*\n\s*(?={WIDE})")
BREAK = re.compile(r"\s*\n\s*")


def joined(source: str) -> str:
    """The template in one line."""
    return BREAK.sub(" ", BETWEEN_WIDE.sub("", source))


class Loader(app_directories.Loader):
    """Templates of the rooms, read with their broken lines joined; what is no page is read as it
    stands.
    """

    def get_contents(self, origin: Origin) -> str:
        source = super().get_contents(origin)
        return joined(source) if origin.name.endswith(".html") else source
