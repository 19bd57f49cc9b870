"""A person sees what is on record about himself, says what is wrong, and gets an answer."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.mine import actions as objections
from taizhang.ledgers.models import Objection
from taizhang.orgs.models import User
from tests.ledgers.test_personal import MASKED, NUMBER, ROW
from tests.make import Cast, raw, save


@pytest.fixture
def member(people: Cast, now: datetime) -> User:
    """The member's account, bound to a line of the roster with numbers."""
    line = save(people.own, people.actor("clerk"), now, "members", **ROW)
    user = people.users["member"]
    user.person = line.person
    user.save()
    return user


def test_one_sees_oneself_masked_and_in_full_when_one_asks(member: User, login: Any) -> None:
    client = login(member)
    page = client.get("/mine/").content.decode()
    assert MASKED in page
    assert NUMBER not in page
    full = client.post("/mine/")
    assert NUMBER in full.content.decode()
    assert full["Cache-Control"] == "no-store"
    assert JournalLine.objects.get(verb="ledgers.reveal").detail == {"reason": "本人查看"}


def test_an_objection_is_answered_by_the_branch(people: Cast, member: User, login: Any) -> None:
    client, clerk = login(member), login(people.users["clerk"])
    said = {"about": "dues", "text": "3月已经交过"}
    assert client.post("/mine/objections/", said).status_code == 302
    key = Objection.objects.get().pk
    assert "3月已经交过" in clerk.get("/objections/").content.decode()
    assert (
        login(people.users["foreign"])
        .post(f"/objections/{key}/answer/", {"answer": "x"})
        .status_code
        == 403
    )
    assert "3月已经交过" not in login(people.users["foreign"]).get("/objections/").content.decode()
    told = {"answer": "收据号补登", "right": "1"}
    assert clerk.post(f"/objections/{key}/answer/", told).status_code == 302
    page = client.get("/mine/").content.decode()
    assert "收据号补登" in page
    assert "异议成立" in page
    assert clerk.post(f"/objections/{key}/answer/", told).status_code == 409


def test_what_says_nothing_is_refused(people: Cast, member: User, now: datetime) -> None:
    actor = people.actor("member")
    for about, text in (("dues", " "), ("dues", "长" * 301), ("falsch", "不对")):
        with pytest.raises(BadInput):
            objections.object_to(about=about, text=text, actor=actor, now=now)
    with pytest.raises(NotAllowed, match="没有关联"):
        objections.object_to(about="dues", text="不对", actor=people.actor("clerk"), now=now)
    made = objections.object_to(about="dues", text="不对", actor=actor, now=now)
    clerk = people.actor("clerk")
    objections.answer(objection=made, is_right=False, text="无误", actor=clerk, now=now)
    with pytest.raises(WrongState):
        objections.answer(objection=made, is_right=True, text="有误", actor=clerk, now=now)


def test_one_reads_ones_own_plans_and_notes_and_what_the_branch_made_public(
    people: Cast, member: User, now: datetime, login: Any
) -> None:
    clerk, other = people.actor("clerk"), people.actor("foreign")
    own, name = people.own, ROW["name"]
    save(
        own, clerk, now, "study-notes", **raw("study-notes") | {"person": name, "text": "我的体会"}
    )
    save(
        own,
        clerk,
        now,
        "study-notes",
        **raw("study-notes") | {"person": "示例甲", "text": "别人的体会"},
    )
    save(
        own,
        clerk,
        now,
        "personal-study-plans",
        **raw("personal-study-plans") | {"person": name, "content": "读原著"},
    )
    save(own, clerk, now, "disclosures", **raw("disclosures") | {"title": "班子分工公开"})
    save(people.other, other, now, "disclosures", **raw("disclosures") | {"title": "外支部公开"})

    page = login(member).get("/mine/").content.decode()

    for told in ("我的体会", "读原著", "班子分工公开"):
        assert told in page
    for hidden in ("别人的体会", "外支部公开"):
        assert hidden not in page


def test_an_objection_begins_at_the_line(
    people: Cast, member: User, now: datetime, login: Any
) -> None:
    told = raw("meetings") | {"present": "示例甲", "absent": f"{ROW['name']}（请假）"}
    save(people.own, people.actor("clerk"), now, "meetings", **told)
    client = login(member)
    page = client.get("/mine/").content.decode()
    (link, *_) = re.findall(r'href="(\?about=attendance&amp;line=[^"]*)#objections"', page)

    form = client.get(f"/mine/{html.unescape(link)}").content.decode()

    assert 'value="attendance" selected' in form
    assert re.search(r"<textarea[^>]*autofocus>20\d\d-\d\d-\d\d[^<]+：</textarea>", form)
