"""A withdrawn record comes back as it was; what withdrawing changes is seen before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from taizhang.checks.actions import checking as checks
from taizhang.checks.models import Verdict
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceLink, SearchLine, TextPhrase, TextSketch
from taizhang.ledgers.records import actions, reconciled
from taizhang.ledgers.withdrawal import actions as withdrawal
from taizhang.orgs.entry import Entry
from tests.make import Cast, inspected, picture, raw, save

MEETINGS = KINDS["meetings"]


def _withdrawn(people: Cast, now: datetime, slug: str = "meetings", **more: str) -> Entry:
    entry: Entry = save(people.own, people.actor("clerk"), now, slug, **(raw(slug) | more))
    actions.withdraw(
        kind=KINDS[slug], entry=entry, reason="重复", actor=people.actor("clerk"), now=now
    )
    return entry


def _index(slug: str) -> list[Any]:
    found = SearchLine.objects.filter(kind=slug).values_list("entry_id", "title")
    phrases = TextPhrase.objects.filter(kind=slug).values_list("entry_id", "code", "words")
    sketches = TextSketch.objects.values_list("entry_id", "kind", "length", "slots")
    return [*found, *phrases, *((a, b, c, bytes(d)) for a, b, c, d in sketches)]


def test_it_counts_again_with_its_files_and_its_words(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    long = "会议学习了党的十九大精神，" * 20
    entry = save(people.own, clerk, now, "meetings", **(raw("meetings") | {"content": long}))
    file = evidence.take_in(
        branch=people.own, name="a.png", data=picture(), kind="", actor=clerk, now=now
    ).file
    evidence.attach(file=file, kind=MEETINGS, entry=entry, actor=clerk, now=now)
    before = _index("meetings")
    actions.withdraw(kind=MEETINGS, entry=entry, reason="重复", actor=clerk, now=now)
    assert _index("meetings") != before

    withdrawal.put_back(kind=MEETINGS, entry=entry, reason="没有重复", actor=clerk, now=now)

    entry.refresh_from_db()
    assert entry.withdrawn_at is None
    assert _index("meetings") == before
    assert EvidenceLink.objects.get().is_active
    line = JournalLine.objects.latest("seq")
    assert (line.verb, line.detail["reason"]) == ("ledgers.put_back", "没有重复")
    assert reconciled.compare().wrong == []


def test_it_stays_away_while_another_stands_in_its_place(people: Cast, now: datetime) -> None:
    slug = next(slug for slug, kind in KINDS.items() if kind.unique and slug != "members")
    entry = _withdrawn(people, now, slug)
    save(people.own, people.actor("clerk"), now, slug, **raw(slug))
    with pytest.raises(BadInput, match="台账里已有这条记录"):
        withdrawal.put_back(
            kind=KINDS[slug], entry=entry, reason="x", actor=people.actor("clerk"), now=now
        )


def test_only_what_was_withdrawn_comes_back_and_for_a_reason(people: Cast, now: datetime) -> None:
    clerk, entry = people.actor("clerk"), _withdrawn(people, now)
    with pytest.raises(BadInput, match="恢复原因"):
        withdrawal.put_back(kind=MEETINGS, entry=entry, reason=" ", actor=clerk, now=now)
    withdrawal.put_back(kind=MEETINGS, entry=entry, reason="x", actor=clerk, now=now)
    with pytest.raises(WrongState, match="没有撤回"):
        withdrawal.put_back(kind=MEETINGS, entry=entry, reason="x", actor=clerk, now=now)


@pytest.mark.parametrize("slug", sorted(KINDS))
def test_a_record_of_every_kind_comes_back(people: Cast, now: datetime, slug: str) -> None:
    entry = _withdrawn(people, now, slug)
    withdrawal.put_back(
        kind=KINDS[slug], entry=entry, reason="x", actor=people.actor("clerk"), now=now
    )
    assert KINDS[slug].model.objects.current().filter(pk=entry.pk).exists()


def test_the_page_offers_it_and_does_it(people: Cast, now: datetime, login: Any) -> None:
    entry, client = _withdrawn(people, now), login(people.users["clerk"])
    page = f"/ledgers/meetings/{entry.pk}/"
    assert "恢复原因" in client.get(page).content.decode()
    client.post(f"{page}put-back/", {"reason": "误撤"})
    assert "撤回原因" in client.get(page).content.decode()
    assert client.post(f"/api{page}put-back/", {"reason": "x"}, content_type="application/json").status_code == 409  # fmt: skip


def test_what_would_change_is_told_and_nothing_of_it_stays(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk = people.actor("clerk")
    entry = save(people.own, clerk, now, "meetings", **raw("meetings"))
    file = evidence.take_in(
        branch=people.own, name="a.png", data=picture(), kind="", actor=clerk, now=now
    ).file
    evidence.attach(file=file, kind=MEETINGS, entry=entry, actor=clerk, now=now)
    inspected(now, (2016, 2016), people.day)
    checks.check_all(name="reference", actor=None, now=now)
    verdicts, lines = (
        list(Verdict.objects.values_list("item", "outcome", "warns")),
        JournalLine.objects.count(),
    )

    said = (
        login(people.users["clerk"])
        .get(f"/checks/meetings/{entry.pk}/withdrawing/")
        .content.decode()
    )

    assert "1份材料不再计入，其中1份没有用在别的记录上" in said
    assert "新的疑点" in said or "→" in said
    assert list(Verdict.objects.values_list("item", "outcome", "warns")) == verdicts
    assert JournalLine.objects.count() == lines
    entry.refresh_from_db()
    assert entry.withdrawn_at is None
