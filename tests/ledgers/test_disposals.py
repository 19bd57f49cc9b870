"""Destroying what need not be kept: only when its time is over, by two persons, and
told for ever.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from taizhang.checks.actions import checking as checks
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.disposal import actions as disposing
from taizhang.ledgers.disposal import retention
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import Disposal, EvidenceFile, Recognised, TextPhrase, TextSketch
from taizhang.ledgers.search import page as search
from taizhang.orgs.actions import duties as orgs
from taizhang.orgs.actor import Actor, actor_of
from tests.make import Cast, picture, raw, save

LATE = datetime.fromisoformat("2029-01-02T04:00:00+00:00")
TALKS, MEETINGS = KINDS["talks"], KINDS["meetings"]


def test_the_terms_of_meetings_are_told_by_their_sorts() -> None:
    assert (
        retention.in_words(MEETINGS)
        == "党员大会永久；支委会、组织生活会30年；党小组会、党课、主题党日、其他10年"
    )


@pytest.mark.parametrize(
    ("day", "years", "last"),
    [(date(2018, 1, 1), 10, date(2028, 12, 31)), (date(2018, 12, 31), 30, date(2048, 12, 31))],
)
def test_a_term_runs_to_the_end_of_a_year(day: date, years: int, last: date) -> None:
    assert retention.kept_until(day, years) == last


@pytest.mark.parametrize("years", [10, 30])
@pytest.mark.parametrize("today", [date(2046, 12, 31), date(2047, 1, 1)])
def test_the_last_day_that_is_over_is_the_last_whose_term_has_ended(
    today: date, years: int
) -> None:
    last = retention.last_over(today, years)
    assert retention.kept_until(last, years) < today
    assert retention.kept_until(last + timedelta(days=1), years) >= today


@pytest.fixture
def second(people: Cast, now: datetime) -> Actor:
    """Another of the organisation section."""
    user = orgs.open_account(
        username="office2",
        name="组织科二",
        password=None,
        duties=[("office", people.committee)],
        now=now,
    )
    return actor_of(user, on=people.day)


def _talk(people: Cast, now: datetime) -> Any:
    return save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))


def test_what_must_be_kept_is_not_listed(people: Cast, now: datetime) -> None:
    _talk(people, now)
    with pytest.raises(BadInput, match="没有保管期满"):
        disposing.propose(actor=people.actor("office"), now=now)
    assert not Disposal.objects.exists()


def test_listed_by_one_approved_by_another_and_gone(
    people: Cast, now: datetime, second: Actor
) -> None:
    clerk, office = people.actor("clerk"), people.actor("office")
    talk = _talk(people, now)
    taken = evidence.take_in(
        branch=people.own, name="照片.png", data=picture(), kind="", actor=clerk, now=now
    )
    evidence.attach(file=taken.file, kind=TALKS, entry=talk, actor=clerk, now=now)
    path = evidence.path_of(taken.file.sha256)
    Recognised.objects.create(sha256=taken.file.sha256, told="{}")
    made = disposing.propose(actor=office, now=LATE)
    assert [(line.kind, line.entry_id, line.kept_until.year) for line in made.lines.all()] == [
        ("talks", talk.pk, 2026)
    ]

    with pytest.raises(WrongState):
        disposing.carry_out(disposal=made, actor=office, now=LATE)
    with pytest.raises(NotAllowed, match="另一人"):
        disposing.approve(disposal=made, number="示委〔2029〕1号", actor=office, now=LATE)
    with pytest.raises(BadInput):
        disposing.approve(disposal=made, number=" ", actor=second, now=LATE)
    disposing.approve(disposal=made, number="示委〔2029〕1号", actor=second, now=LATE)
    approved = disposing.digest(made)
    disposing.carry_out(disposal=made, actor=office, now=LATE)
    assert disposing.digest(made) == approved

    assert not TALKS.model.objects.filter(pk=talk.pk).exists()
    assert not EvidenceFile.objects.exists()
    assert not Recognised.objects.exists()
    assert search.search(words="谈心", actor=clerk).hits == []
    assert [line.fate for line in made.lines.all()] == ["destroyed"]
    verbs = JournalLine.objects.filter(subject=f"disposal:{made.pk}").values_list("verb", flat=True)
    assert list(verbs) == [
        "ledgers.propose_disposal",
        "ledgers.approve_disposal",
        "ledgers.carry_out_disposal",
    ]
    assert JournalLine.objects.get(verb="ledgers.carry_out_disposal").detail["n"] == 1
    assert evidence.store().exists(path)  # the bytes go with the commit


def test_no_word_of_what_was_destroyed_stays_for_comparisons(
    people: Cast, now: datetime, second: Actor
) -> None:
    office = people.actor("office")
    save(
        people.own, people.actor("clerk"), now, "activities",
        **raw("activities") | {"content": "向延陵小学学习。" + "学习文件并逐条讨论，" * 30},
    )  # fmt: skip
    assert TextSketch.objects.exists()
    made = disposing.propose(actor=office, now=LATE)
    disposing.approve(disposal=made, number="1号", actor=second, now=LATE)
    disposing.carry_out(disposal=made, actor=office, now=LATE)
    assert not TextSketch.objects.exists()
    assert not TextPhrase.objects.exists()


def test_a_list_has_an_end_and_the_rest_comes_next(
    people: Cast, now: datetime, monkeypatch: Any
) -> None:
    for at in range(3):
        save(people.own, people.actor("clerk"), now, "talks", **raw("talks") | {"place": f"{at}室"})
    monkeypatch.setattr(disposing, "MOST", 2)
    assert disposing.propose(actor=people.actor("office"), now=LATE).lines.count() == 2


def test_the_bytes_go_when_the_rows_are_gone(
    people: Cast, now: datetime, django_capture_on_commit_callbacks: Any, second: Actor
) -> None:
    clerk, office = people.actor("clerk"), people.actor("office")
    talk = _talk(people, now)
    taken = evidence.take_in(
        branch=people.own, name="照片.png", data=picture(), kind="", actor=clerk, now=now
    )
    evidence.attach(file=taken.file, kind=TALKS, entry=talk, actor=clerk, now=now)
    made = disposing.propose(actor=office, now=LATE)
    disposing.approve(disposal=made, number="1号", actor=second, now=LATE)
    with django_capture_on_commit_callbacks(execute=True):
        disposing.carry_out(disposal=made, actor=office, now=LATE)
    assert not any(
        evidence.store().exists(evidence.path_of(taken.file.sha256, p))
        for p in ("files", "shown", "thumbs")
    )


def test_what_is_to_stay_stays_and_a_list_can_be_dropped(
    people: Cast, now: datetime, second: Actor
) -> None:
    office, talk = people.actor("office"), _talk(people, now)
    made = disposing.propose(actor=office, now=LATE)
    with pytest.raises(WrongState, match="没办完"):
        disposing.propose(actor=office, now=LATE)
    line = made.lines.get()
    assert disposing.keep(disposal=made, keys=[line.pk, 999], actor=office, now=LATE) == 1
    disposing.approve(disposal=made, number="1号", actor=second, now=LATE)
    disposing.carry_out(disposal=made, actor=office, now=LATE)
    assert TALKS.model.objects.filter(pk=talk.pk).exists()

    again = disposing.propose(actor=office, now=LATE)
    disposing.drop(disposal=again, actor=office, now=LATE)
    with pytest.raises(WrongState):
        disposing.approve(disposal=again, number="1号", actor=second, now=LATE)


def test_meetings_are_kept_by_their_kind(people: Cast, now: datetime) -> None:
    group = save(
        people.own, people.actor("clerk"), now, "meetings", **raw("meetings") | {"kind": "党课"}
    )
    save(
        people.own, people.actor("clerk"), now, "meetings", **raw("meetings") | {"kind": "党员大会"}
    )
    made = disposing.propose(actor=people.actor("office"), now=LATE)
    assert [line.entry_id for line in made.lines.filter(kind="meetings")] == [group.pk]


def test_the_pages_lead_through_it(people: Cast, now: datetime, login: Any, second: Actor) -> None:
    _talk(people, now)
    with time_machine.travel(LATE, tick=False):
        one, two = login(people.users["office"]), login(second.user)
        assert "永久" in one.get("/disposals/").content.decode()
        to = one.post("/disposals/")["Location"]
        assert "另一位同志" in one.get(to).content.decode()
        assert two.post(f"{to}approve/", {"number": ""}).status_code == 422
        assert two.post(f"{to}approve/", {"number": "1号"}).status_code == 302
        assert one.post(f"{to}carry-out/").status_code == 302
        assert one.post(f"{to}carry-out/").status_code == 409
        page = one.get(to).content.decode()
        assert "已销毁" in page
        assert one.get(f"{to}sheet/").status_code == 200
        assert one.post(f"{to}falsch/").status_code == 404
        assert login(people.users["clerk"]).get(to).status_code == 403


def test_on_the_last_day_of_its_term_a_record_is_still_kept(people: Cast, now: datetime) -> None:
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings") | {"kind": "支委会"})
    last = datetime.fromisoformat("2046-12-31T04:00:00+00:00")
    with pytest.raises(BadInput, match="没有保管期满"):
        disposing.propose(actor=people.actor("office"), now=last)
    made = disposing.propose(actor=people.actor("office"), now=last + timedelta(days=1))
    assert made.lines.count() == 1


def test_what_is_being_inspected_is_neither_listed_nor_destroyed(
    people: Cast, now: datetime, second: Actor
) -> None:
    office, talk = people.actor("office"), _talk(people, now)
    made = disposing.propose(actor=office, now=LATE)
    disposing.approve(disposal=made, number="1号", actor=second, now=LATE)
    checks.set_scope(
        from_on=date(2015, 1, 1), to_on=date(2018, 12, 31), on=None, catalogue="tianning-2018", actor=office, now=now
    )  # fmt: skip
    disposing.carry_out(disposal=made, actor=office, now=LATE)
    assert TALKS.model.objects.filter(pk=talk.pk).exists()
    assert [line.fate for line in made.lines.all()] == ["held"]
    assert JournalLine.objects.get(verb="ledgers.carry_out_disposal").detail["n"] == 0
    with pytest.raises(BadInput, match="督查内容期间"):
        disposing.propose(actor=office, now=LATE)
