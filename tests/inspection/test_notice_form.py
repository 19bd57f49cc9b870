"""What is read of a notice comes back from its form as it was read, but for what a round has no
field for, which the page names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict

from taizhang.inspection import actions
from taizhang.inspection.plan import notice_form
from taizhang.notices import told
from taizhang.notices.model import Area, Notice
from tests.make import Cast
from tests.notices.test_layouts import leaves
from tests.notices.test_nothing_invented import sources

IN_THE_FORM = (
    "title", "number", "issuer", "addressees", "issued_on", "starts_on", "ends_on", "period",
    "focus", "preamble", "methods", "demands", "contact",
)  # fmt: skip


class Form(HTMLParser):
    """What a browser would send of the page's forms, without scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said = QueryDict(mutable=True)
        self._in: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A field with what stands in it."""
        has = dict(attrs)
        name = has.get("name")
        if tag == "input" and name and has.get("type") != "file":
            self.said[name] = has.get("value") or ""
        if tag == "textarea":
            self._in = name
            self.said[name or ""] = ""

    def handle_endtag(self, tag: str) -> None:
        """The end of a field of many lines."""
        if tag == "textarea":
            self._in = None

    def handle_data(self, data: str) -> None:
        """What stands in a field of many lines."""
        if self._in:
            self.said[self._in] = f"{self.said[self._in]}{data}"


def _of_area(area: Area) -> dict[str, Any]:
    team = area.team
    return {
        "name": area.name,
        "units": [notice_form.written(one) for one in area.organisations],
        "sessions": [(one.date, one.start, one.end, one.venue) for one in area.sessions],
        "team": (team.leader, team.deputies, team.members) if team else (None, [], []),
    }


def _in_form(notice: Notice) -> dict[str, Any]:
    values = {name: getattr(notice, name) for name in IN_THE_FORM}
    values["attachments"] = [one.title for one in notice.attachments]
    values["areas"] = [_of_area(one) for one in notice.areas]
    values["items"] = [
        (one.category, one.subcategory, one.title, one.requirement, one.frequency, one.score)
        for one in notice.items
    ]
    return values


def test_what_was_read_comes_back_from_the_page(people: Cast, login: Any, now: datetime) -> None:
    office, actor = login(people.users["office"]), people.actor("office")
    for source in sources()[::5]:
        draft = actions.take_in(file_name="通知", source=source, actor=actor, now=now)
        read = Notice.model_validate(draft.parsed)
        page = office.get(f"/notices/{draft.pk}/").content.decode()
        back, wrong = notice_form.from_post(Form(page).said)
        was, now_is = _in_form(read), _in_form(back)
        assert not wrong, (read.title, wrong)
        assert {k: v for k, v in was.items() if now_is[k] != v} == {}, read.title
        assert list(_silent(read, back)) == [], read.title


def _silent(read: Notice, back: Notice) -> Iterator[tuple[str, Any]]:
    """What was read, does not come back and is not named on the page either."""
    stands = [str(value) for _, value in leaves(back.model_dump(mode="json"))]
    whole = "\n".join(stands + [text for text, _ in told.beside(read)])
    was = read.model_dump(mode="json", exclude={"places", "warnings", "stages", "duration"})
    for path, value in leaves(was):
        if not re.search(r"\.(no|on)$|\.others\.", path) and str(value) not in whole:
            yield path, value
