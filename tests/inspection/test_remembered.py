"""What a person decided of a line and of its rules comes back with the next notice of the same
words.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from taizhang.inspection import actions
from taizhang.inspection.models import Round
from taizhang.inspection.requirements import actions as matching
from taizhang.inspection.requirements import matched as requirements
from taizhang.notices import read
from tests.inspection.test_matching import _asked, _foreign, _linked, _match, _often, foreign_text
from tests.make import Cast
from tests.notices.papers import SAMPLE

LINE = "支委会台账"


def _decided(offer: requirements.Offer, verdict: str, at_least: int = 1) -> matching.Decided:
    return matching.Decided(offer.mark, verdict, offer.rule.every, at_least)


def _offer(opened: Round) -> requirements.Offer:
    return _asked(opened, LINE).offers[0]


def _form(page: str, mark: str) -> dict[str, str]:
    """What a browser would send of a rule if nobody touched it."""
    names = (f"verdict-{mark}", f"every-{mark}")
    sent = {}
    for name in names:
        select = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
        assert select
        chosen = re.search(r'<option\s+value="(\w*)"\s+selected', select[0])
        sent[name] = chosen[1] if chosen else ""
    number = re.search(rf'name="at-least-{mark}"\s+value="(\d+)"', page)
    assert number
    return sent | {"rule": mark, f"at-least-{mark}": number[1]}


@pytest.mark.parametrize(
    ("verdict", "told", "often"),
    [
        ("rejected", "不用", ("month", 1)),
        ("changed", "改", ("quarter", 2)),
        ("adopted", "采用", ("quarter", 1)),
    ],
)
def test_a_decision_on_a_rule_stands_on_the_next_notices_page_and_holds_when_it_is_saved(
    people: Cast, now: datetime, login: Any, verdict: str, told: str, often: tuple[str, int]
) -> None:
    office, first = login(people.users["office"]), _foreign(people, now)
    offer, number = _offer(first), str(often[1] if verdict == "changed" else 1)
    office.post(
        f"/rounds/{first.pk}/requirements/rules/",
        {
            "rule": offer.mark,
            f"verdict-{offer.mark}": verdict,
            f"every-{offer.mark}": "quarter",
            f"at-least-{offer.mark}": number,
        },
    )

    again = _foreign(people, now)
    url = f"/rounds/{again.pk}/requirements/"
    page = office.get(url).content.decode()
    sent = _form(page, offer.mark)
    assert f"上次：{told}" in page
    assert sent[f"verdict-{offer.mark}"] == verdict
    assert office.post(f"{url}rules/", sent).status_code == 302

    again.refresh_from_db()
    assert {*_often(again.catalogue)} == {often}
    assert (again.catalogue == "tianning-2018") == (verdict == "rejected")


def test_the_last_decision_counts_and_another_number_is_another_question(
    people: Cast, now: datetime
) -> None:
    office, first = people.actor("office"), _foreign(people, now)
    for verdict in ("adopted", "rejected"):
        said = [_decided(_offer(first), verdict)]
        matching.decide_rules(opened=first, decisions=said, actor=office, now=now)
    before = _offer(_foreign(people, now)).before
    assert before
    assert before.verdict == "rejected"

    text = SAMPLE.read_text("utf-8").replace("每月召开一次，支委会", "每季度召开两次，支委会")
    other = actions.open_round(
        notice=read.notice(text.encode()), source_name="n.txt", source=text.encode(), matches={}, actor=office, now=now
    )  # fmt: skip
    assert _offer(other).before is None


def test_a_rule_that_is_not_wanted_takes_nothing_from_the_others_of_its_line(
    people: Cast, now: datetime
) -> None:
    text = SAMPLE.read_text("utf-8")
    old = "党课每年不少于四次，其中有一次是支部书记上党课"
    assert old in text
    text = text.replace(old, "党课每年不少于三次，其中书记讲课不少于两次")
    office = people.actor("office")

    def opened() -> Round:
        return actions.open_round(
            notice=read.notice(text.encode()), source_name="n.txt", source=text.encode(), matches={}, actor=office, now=now
        )  # fmt: skip

    first = opened()
    all_of_them, his = _changed(first)
    said = [_decided(all_of_them, "rejected", 3), _decided(his, "adopted", 2)]
    matching.decide_rules(opened=first, decisions=said, actor=office, now=now)

    before = [one.before and one.before.verdict for one in _changed(opened())]
    assert before == ["rejected", "adopted"]


def _changed(opened: Round) -> list[requirements.Offer]:
    offers = _asked(opened, "党课台账").offers
    return [one for one in offers if one.compared.difference == "changed"]


def test_a_match_that_a_person_changed_is_the_next_notices(
    people: Cast, now: datetime, login: Any
) -> None:
    office, first = login(people.users["office"]), _foreign(people, now)
    line = _asked(first, LINE)
    url = f"/rounds/{first.pk}/requirements/lines/"
    office.post(url, {"line": line.mark, f"item-{line.mark}": ["L28 党员大会台账", "L30"]})

    again = _foreign(people, now)
    found = _asked(again, LINE)
    assert (line.items, found.items) == (["L29"], ["L28", "L30"])
    assert {one.words for one in found.matches} == {requirements.BEFORE}
    assert {one.item for one in found.offers} == {"L28"}
    page = office.get(f"/rounds/{again.pk}/requirements/").content.decode()
    assert f"L28：{requirements.BEFORE}" in page
    assert 'value="L28 党员大会台账"' in page

    draft = actions.take_in(
        file_name="n.txt", source=foreign_text().encode(), actor=people.actor("office"), now=now
    )
    review = office.get(f"/notices/{draft.pk}/").content.decode()
    assert "对应：L28 党员大会台账、L30 党小组会台账" in review


def test_a_match_is_changed_back_and_remembered_as_such(people: Cast, now: datetime) -> None:
    first = _foreign(people, now)
    for items in (["L28"], [], ["L29"]):
        _match(first, LINE, items, people, now)
        assert _asked(_foreign(people, now), LINE).items == items


@pytest.mark.parametrize("long", [180, 250, 320])
def test_however_long_a_line_is_it_is_known_again(people: Cast, now: datetime, long: int) -> None:
    office, words = people.actor("office"), "红色引擎工程有方案有措施有成效" * 30

    def opened() -> Round:
        notice = read.notice(SAMPLE.read_bytes())
        notice.items[15].title, notice.items[15].requirement = words[:long], ""
        notice.items[15].frequency = words[:long]
        return actions.open_round(
            notice=notice, source_name="n.txt", source=b"x", matches={}, actor=office, now=now
        )

    first = opened()
    for items in (["L16"], ["L14", "L16"]):
        mark = next(one.mark for one in requirements.asked(first) if words[:50] in one.line.title)
        chosen = {mark: items}
        matching.match_lines(opened=first, chosen=chosen, actor=office, now=now)
        assert [key for key in _linked(opened())[15:17] if key in items] == items
