"""The roster follows a record of leaving, by one press and never by itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from taizhang.kernel.errors import WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.links import actions as links
from taizhang.ledgers.links import related
from taizhang.ledgers.models import EntryVersion
from taizhang.ledgers.records import actions, queries
from taizhang.orgs.models import Membership
from tests.make import NAMES, Cast, correct, raw, save

OUT = raw("transfers") | {
    "direction": "转出", "letter_no": "示0099", "issued_on": "2018-09-03", "received_on": "2018-09-12", "dues_paid_through": "2018-09",
}  # fmt: skip
ENDINGS = [
    ("transfers", OUT, date(2018, 9, 12), "moved_out"),
    ("stages", {"person": NAMES[0], "stage": "正式党员", "status": "除名", "from_on": "2018-08-20"},
     date(2018, 8, 20), "removed"),
    ("stages", {"person": NAMES[0], "stage": "正式党员", "status": "开除党籍", "from_on": "2018-08-20"},
     date(2018, 8, 20), "other"),
    ("lost-members", raw("lost-members") | {"person": NAMES[0], "status": "除名", "settled_on": "2018-07-31"},
     date(2018, 7, 31), "removed"),
]  # fmt: skip


def _listed(people: Cast) -> Membership:
    lines = Membership.objects.current().filter(branch=people.own, person__name=NAMES[0])
    found: Membership = lines.get()
    return found


def _saved(people: Cast, now: datetime, slug: str, values: dict[str, str]) -> Any:
    return save(people.own, people.actor("clerk"), now, slug, **values)


@pytest.mark.parametrize(("slug", "values", "left", "why"), ENDINGS, ids=range(len(ENDINGS)))
def test_the_roster_ends_as_the_record_says(
    people: Cast, now: datetime, login: Any, slug: str, values: dict[str, str], left: date, why: str
) -> None:
    entry = _saved(people, now, slug, values)
    clerk = login(people.users["clerk"])
    before = clerk.get(f"/ledgers/{slug}/{entry.pk}/related/").content.decode()
    assert _listed(people).left_on is None

    answer = clerk.post(f"/ledgers/{slug}/{entry.pk}/end-spell/", follow=True).content.decode()

    assert f"花名册上{NAMES[0]}仍在册" in before
    assert f"已记为{left:%Y}年{left.month}月{left.day}日离开" in answer
    member = _listed(people)
    assert (member.left_on, member.leave_reason, member.version) == (left, why, 2)
    after = clerk.get(f"/ledgers/{slug}/{entry.pk}/related/").content.decode()
    assert "仍在册" not in after
    assert "党员花名册" in after


def test_what_the_line_said_before_stays_and_can_be_put_back(people: Cast, now: datetime) -> None:
    entry = _saved(people, now, "transfers", OUT)
    clerk = people.actor("clerk")
    made = links.end_spell(kind=KINDS["transfers"], entry=entry, actor=clerk, now=now)

    line = JournalLine.objects.filter(verb="ledgers.correct").latest("pk")
    assert line.subject == f"members:{made.pk}"
    kept = EntryVersion.objects.filter(kind="members", entry_id=made.pk).latest("pk")
    assert "示0099" in kept.reason
    values = {"left_on": "", "leave_reason": ""}
    member = Membership.objects.get(pk=made.pk)
    written = queries.as_written(KINDS["members"], member) | values
    actions.correct(
        kind=KINDS["members"], entry=member, values=written, version=2, reason="误记", actor=clerk, now=now
    )  # fmt: skip
    assert _listed(people).left_on is None
    assert related.still_listed(KINDS["transfers"], entry) is not None


def test_until_he_is_received_he_stays(people: Cast, now: datetime, login: Any) -> None:
    entry = _saved(people, now, "transfers", OUT | {"received_on": ""})
    page = login(people.users["clerk"]).get(f"/ledgers/transfers/{entry.pk}/related/")

    assert "填写对方接收的日期后" in page.content.decode()
    assert "end-spell" not in page.content.decode()
    with pytest.raises(WrongState, match="还没有填写对方接收的日期"):
        links.end_spell(kind=KINDS["transfers"], entry=entry, actor=people.actor("clerk"), now=now)


def test_who_has_come_back_is_left_alone(people: Cast, now: datetime) -> None:
    member = _listed(people)
    correct("members", member, people.actor("clerk"), now, joined_on="2018-09-20")
    entry = _saved(people, now, "transfers", OUT)

    assert related.still_listed(KINDS["transfers"], entry) is None
    with pytest.raises(WrongState, match="已经不在册"):
        links.end_spell(kind=KINDS["transfers"], entry=entry, actor=people.actor("clerk"), now=now)
