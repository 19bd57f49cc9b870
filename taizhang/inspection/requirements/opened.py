"""The items of a round: those of its notice, and the campaigns that it puts weight on."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from taizhang.catalogue.sentences import reading
from taizhang.checks.actions import checking
from taizhang.checks.pages.scope_form import LONGEST_TOPIC
from taizhang.inspection.models import Round, RoundItem
from taizhang.inspection.requirements import matched as requirements
from taizhang.kernel.text import folded
from taizhang.kernel.writing import columns
from taizhang.notices.model import Notice

TOPICS = "专项活动"
"""The 大类 of campaigns."""


def open_items(opened: Round, notice: Notice) -> None:
    """The lines of a notice, each by what it was matched to; what is remembered of earlier notices
    decides.
    """
    lines = reading.lines_of(notice)
    decided = requirements.remembered(lines)
    parts = [
        (item, part)
        for item, line in zip(notice.items, lines, strict=True)
        for part in requirements.parts(line, opened.catalogue, decided)
    ]
    RoundItem.objects.bulk_create(
        RoundItem(
            round=opened,
            no=no,
            category=columns.fitted(RoundItem.category, item.category or ""),
            subcategory=columns.fitted(RoundItem.subcategory, item.subcategory or ""),
            title=part.title,
            requirement=item.requirement,
            frequency=columns.fitted(RoundItem.frequency, item.frequency or ""),
            score=item.score if part.first else None,
            catalogue_item=part.item,
        )
        for no, (item, part) in enumerate(parts, start=1)
    )
    add_topics(opened, _topics(notice))


def add_topics(opened: Round, names: Iterable[str]) -> None:
    """Free items at the end of the list, which only a person judges."""
    last = opened.items.aggregate(n=Max("no"))["n"] or 0
    RoundItem.objects.bulk_create(
        RoundItem(
            round=opened,
            no=last + at,
            category=TOPICS,
            title=name,
            requirement=f"“{name}”活动开展情况的记录和成效。",
            is_topic=True,
        )
        for at, name in enumerate(names, start=1)
    )


def topics_of(opened: Round) -> list[str]:
    """The campaigns that a round asks for."""
    return list(opened.items.filter(is_topic=True).values_list("title", flat=True))


def asked_of(opened: Round) -> checking.Asked:
    """The campaigns, and the items of the catalogue, that a round's notice asks for."""
    items = opened.items.exclude(catalogue_item="").values_list("catalogue_item", flat=True)
    return checking.Asked(topics_of(opened), opened.title, opened.pk, list(dict.fromkeys(items)))


def _topics(notice: Notice) -> list[str]:
    """What the notice puts weight on besides its own items."""
    known = "".join(
        f"{item.category or ''}{item.subcategory or ''}{item.title}" for item in notice.items
    )
    return [
        name[:LONGEST_TOPIC]
        for name in dict.fromkeys(notice.focus)
        if folded(name) not in folded(known)
    ]
