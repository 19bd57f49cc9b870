"""Names of files: whose paper it is, what it is and of which day; no keys, no codes."""

from __future__ import annotations

import re
from datetime import date

from django.utils import timezone

from taizhang.inspection.models import Round, Visit
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Paper

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 100
_OF_THE_DAY = ("检查表", "会商记录")
"""What was written while the team was there."""
_UNFINISHED = re.compile(r"（(?:送审稿|草稿)）$")
_ASIDE = re.compile(r"^[^（]*")
"""All before what a title says in brackets, as （不点名）."""


def of_visit(visit: Visit, title: str, paper: Paper | Official) -> str:
    """`丽华二小反馈意见2018-10-30`."""
    held = _held_on(visit) if title.startswith(_OF_THE_DAY) else None
    day = paper.dated if isinstance(paper, Official) else held
    draft = found[0] if (found := _UNFINISHED.search(paper.title)) else ""
    return _plain(f"{visit.unit.name}{title}{draft}", day)


def of_round(opened: Round, title: str, paper: Paper | Official | None = None) -> str:
    """`关于开展督查的通知2018-10-19` of what is issued; of what is listed or collected `督查问题清单`, without a
    day.
    """
    if isinstance(paper, Official):
        return _plain(f"{paper.title}{_ASIDE.sub('', title)}", paper.dated)
    return _plain(f"{opened.subject}{title}", None)


def safe(name: str) -> str:
    """A name without what no file may be called."""
    return _FORBIDDEN.sub("", name)[:_LONGEST] or "_"


def _plain(name: str, day: date | None) -> str:
    return f"{_FORBIDDEN.sub('', name)[:_LONGEST]}{day or ''}"


def _held_on(visit: Visit) -> date | None:
    """The day on which the team was there, else the day planned."""
    if visit.started_at:
        return timezone.localdate(visit.started_at)
    return visit.session.date if visit.session else None
