"""Whatever notice a round was opened from: the notice that is printed, in Word and as PDF, gives
the round back field by field.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from taizhang.inspection import actions, queries
from taizhang.inspection.models import Round
from taizhang.inspection.papers import notice
from taizhang.kernel.errors import BadInput
from taizhang.notices import read
from taizhang.notices.model import Notice
from taizhang.papers.writers import official_word, pdf
from tests.make import Cast
from tests.notices.test_layouts import _ALL

NOW = datetime.fromisoformat("2018-10-19T09:00+08:00")


def _opened(people: Cast, source: Notice) -> Round:
    made = actions.open_round(
        notice=source, source_name="n.txt", source=b"n", matches={}, actor=people.actor("office"), now=NOW
    )  # fmt: skip
    return queries.round_of(made.pk, actor=people.actor("office"))


def of_round(opened: Round) -> dict[str, Any]:
    """What a round says, by the names of a notice."""
    return {
        "number": opened.number, "issued_on": opened.issued_on and f"{opened.issued_on}",
        "starts_on": opened.starts_on and f"{opened.starts_on}", "ends_on": opened.ends_on and f"{opened.ends_on}",
        "period": [f"{day}" if day else None for day in (opened.period_from, opened.period_to)],
        "contact": [opened.contact_office, opened.contact_person, opened.contact_phone],
        "methods": opened.methods or list(notice.METHODS), "demands": opened.demands or list(notice.DEMANDS),
        "areas": [
            {
                "name": area.name,
                "units": [[u.name, u.includes, u.note] for u in area.units.all()],
                "sessions": [[s.date and f"{s.date}", s.starts_at and f"{s.starts_at:%H:%M}", s.ends_at and f"{s.ends_at:%H:%M}", s.venue] for s in area.sessions.all()],
                "team": [[m.role, m.name] for m in area.team.all()],
            }
            for area in opened.areas.all()
        ],
        "items": [[i.category, i.subcategory, i.title, i.requirement, i.score, i.frequency] for i in opened.items.all() if not i.is_topic],
    }  # fmt: skip


WRITERS: dict[str, Callable[[Any], bytes]] = {"docx": official_word.written, "pdf": pdf.written}


def _printed(opened: Round, form: str) -> bytes | None:
    """The notice; nothing where a PDF is refused for a rare character that the fonts lack, which is
    told.
    """
    try:
        return WRITERS[form](notice.notice(opened))
    except BadInput as refusal:
        if form != "pdf" or "字库里没有" not in str(refusal):
            raise
        return None


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("layout", _ALL.values(), ids=_ALL)
def test_the_printed_notice_gives_the_round_back(
    layout: Any, form: str, people: Cast, now: datetime
) -> None:
    opened = _opened(people, read.notice(layout[0]()))
    printed = _printed(opened, form)
    if printed is None:
        return
    again = _opened(people, read.notice(printed))

    assert of_round(again) == of_round(opened)
