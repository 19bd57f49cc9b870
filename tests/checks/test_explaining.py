"""What a branch says of a suspicion stands beside it for whoever checks, sets nothing aside, and
survives a check.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from taizhang.checks.actions import checking, dismissing, explaining
from taizhang.checks.models import BranchExplanation, SuspicionRow, Verdict
from taizhang.checks.reasons import queries
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Meeting
from tests.conftest import NOW
from tests.make import Cast, correct, inspected, raw, save
from tests.modules import begins_with

pytestmark = pytest.mark.django_db
RULE = "L28:MT.1"
TOLD = "当日停电，改在隔壁教室召开"


def _checked(people: Cast) -> None:
    inspected(NOW, (2015, 2018), date(2018, 10, 25))
    values = raw("meetings") | {"agenda": "讨论××工作", "resolutions": "同意××"}
    save(people.own, people.actor("clerk"), NOW, "meetings", **values)
    checking.check_all(name="reference", actor=None, now=NOW)


begun = begins_with(_checked)


@pytest.fixture
def suspected(people: Cast) -> Any:
    """A meeting with a suspicion that points at it, after a check of everybody."""
    return KINDS["meetings"].model.objects.get(branch=people.own)


def _row(entry: Any) -> SuspicionRow:
    found = SuspicionRow.objects.filter(subject=entry.pk, severity="error", rule__contains=":MT.")
    return found.select_related("branch").order_by("rule")[0]


def _explain(entry: Any, people: Cast, now: datetime, text: str = TOLD, who: str = "clerk") -> Any:
    return explaining.explain(rows=[_row(entry)], text=text, actor=people.actor(who), now=now)


def _page(login: Any, people: Cast, who: str, url: str) -> str:
    client: Client = login(people.users[who])
    answer = client.get(url)
    return answer.content.decode() if answer.status_code == 200 else ""


def test_it_stands_beside_the_suspicion_and_takes_nothing_from_it(
    people: Cast, now: datetime, suspected: Any, login: Any
) -> None:
    row = _row(suspected)
    verdict = Verdict.objects.get(branch=people.own, item=row.item)

    _explain(suspected, people, now)

    page = f"/branches/{people.own.pk}/items/{row.item}/"
    for who in ("office", "inspector", "team_leader", "secretary"):
        assert TOLD in _page(login, people, who, page), who
    for who in ("member", "nobody", "foreign", "system", "security", "audit"):
        assert TOLD not in _page(login, people, who, page), who
    after = Verdict.objects.get(branch=people.own, item=row.item)
    assert (after.outcome, after.errors) == (verdict.outcome, verdict.errors)
    line = JournalLine.objects.get(verb="checks.explain")
    assert TOLD not in str(line.detail), "the words are for those who read the ledger"


def test_it_survives_checks_and_corrections_while_the_same_fact_is_told(
    people: Cast, now: datetime, suspected: Any
) -> None:
    _explain(suspected, people, now)

    checking.check_all(name="duckdb", actor=None, now=now)
    correct("meetings", suspected, people.actor("clerk"), now, place="二楼会议室")
    checking.check_all(name="reference", actor=None, now=now)

    (reason,) = queries.reasons_of([_row(suspected)], queries.must_have_scope())
    assert reason.explained
    assert reason.explained.text == TOLD


def test_another_fact_is_not_explained_by_it(people: Cast, now: datetime, suspected: Any) -> None:
    _explain(suspected, people, now)
    row = _row(suspected)
    SuspicionRow.objects.filter(pk=row.pk).update(found=row.found + 1)

    (reason,) = queries.reasons_of([_row(suspected)], queries.must_have_scope())

    assert reason.explained is None


def test_it_can_be_changed_and_withdrawn_and_every_wording_is_kept(
    people: Cast, now: datetime, suspected: Any
) -> None:
    for text in (TOLD, "停电，改在隔壁", "停电，改在隔壁"):
        _explain(suspected, people, now, text, "secretary")
    (reason,) = queries.reasons_of([_row(suspected)], queries.must_have_scope())
    assert reason.explained
    assert (reason.explained.text, reason.explained.before) == ("停电，改在隔壁", (TOLD,))

    explaining.take_back(rows=[_row(suspected)], actor=people.actor("clerk"), now=now)

    (reason,) = queries.reasons_of([_row(suspected)], queries.must_have_scope())
    assert reason.explained is None
    texts = BranchExplanation.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == [TOLD, "停电，改在隔壁"]
    with pytest.raises(WrongState):
        explaining.take_back(rows=[_row(suspected)], actor=people.actor("clerk"), now=now)


def test_only_who_keeps_the_ledger_may_and_must_say_something(
    people: Cast, now: datetime, suspected: Any
) -> None:
    for who in ("office", "inspector", "foreign", "member"):
        with pytest.raises(NotAllowed):
            _explain(suspected, people, now, who=who)
    for text in ("", "  ", "长" * 301):
        with pytest.raises(BadInput):
            _explain(suspected, people, now, text)
    row = _row(suspected)
    dismissing.dismiss(
        row=row, explanation="seen", reason="", actor=people.actor("office"), now=now
    )
    row = SuspicionRow.objects.select_related("branch").get(dismissal__isnull=False)
    with pytest.raises(WrongState):
        explaining.explain(rows=[row], text=TOLD, actor=people.actor("clerk"), now=now)


def test_all_of_a_matter_are_explained_at_once(
    people: Cast, now: datetime, suspected: Any, login: Any
) -> None:
    matters = queries.item_report(branch=people.own, key="L29").matters
    matter = max(matters, key=lambda one: one.n)
    assert matter.n > 1

    client = login(people.users["clerk"])
    said = {"text": "当年尚未成立支委会", "all": "1"}
    answer = client.post(f"/suspicions/{matter.first.key}/explain/", said)

    assert answer.status_code == 302
    again = queries.item_report(branch=people.own, key="L29").matters
    whole = max(again, key=lambda one: one.n)
    assert [(said.text, n) for said, n in whole.explained] == [("当年尚未成立支委会", matter.n)]
    book = _page(login, people, "inspector", f"/branches/{people.own.pk}/")
    assert "支部说明：当年尚未成立支委会" in book or "当年尚未成立支委会" in book


def test_after_saving_it_is_written_on_the_page_of_the_record(
    people: Cast, now: datetime, suspected: Any, login: Any
) -> None:
    client = login(people.users["clerk"])
    fragment = f"/checks/meetings/{suspected.pk}/reasons/"
    row = _row(suspected)
    assert f"/suspicions/{row.pk}/explain/" in client.get(fragment).content.decode()
    assert "/explain/" not in _page(login, people, "office", fragment)

    answer = client.post(f"/suspicions/{row.pk}/explain/", {"text": TOLD, "back": "record"})

    assert answer.headers["Location"] == f"/ledgers/meetings/{suspected.pk}/"
    told = _page(login, people, "inspector", fragment)
    assert TOLD in told
    assert _page(login, people, "member", fragment) == ""


def test_a_doubt_is_explained_while_the_record_is_entered(
    people: Cast, now: datetime, login: Any
) -> None:
    inspected(now, (2018, 2018), date(2018, 10, 25))
    clerk = login(people.users["clerk"])
    said = raw("meetings") | {
        "branch": str(people.own.pk),
        "held_on": "2018-03-06",
        "starts_at": "15:30",
        "ends_at": "15:35",
        "say-L29:MT.6c": "只通报了一个文件",
        "say-L29:AF-D1": "没有这个疑点",
        "say-nothing": "没有这条规则",
    }

    beside = clerk.post("/checks/meetings/try/", said | {"began": "x"}).content.decode()
    assert 'name="say-L29:MT.6c" id="say-l29mt6c"' in beside.replace("\n", "")
    assert 'value="只通报了一个文件"' in beside
    assert "say-" not in clerk.post("/checks/meetings/try/", said).content.decode()
    refused = clerk.post("/ledgers/meetings/new/", said | {"held_on": "明天"}).content.decode()
    assert '<input type="hidden" name="say-L29:MT.6c" value="只通报了一个文件">' in refused
    assert not BranchExplanation.objects.exists()

    page = clerk.post("/ledgers/meetings/new/", said, follow=True).content.decode()

    assert "支部说明已一起保存" in page
    assert [one.text for one in BranchExplanation.objects.all()] == ["只通报了一个文件"]
    held = Meeting.objects.get(held_on="2018-03-06")
    shown = login(people.users["office"]).get(f"/checks/meetings/{held.pk}/reasons/")
    assert "支部说明：只通报了一个文件" in shown.content.decode()


def test_an_explanation_that_is_too_long_leaves_the_record(
    people: Cast, now: datetime, login: Any
) -> None:
    inspected(now, (2018, 2018), date(2018, 10, 25))
    said = raw("meetings") | {"branch": str(people.own.pk), "held_on": "2018-03-06"}
    said |= {"starts_at": "15:30", "ends_at": "15:35", "say-L29:MT.6c": "长" * 301}
    page = login(people.users["clerk"]).post("/ledgers/meetings/new/", said, follow=True)

    assert Meeting.objects.filter(held_on="2018-03-06").count() == 1
    assert not BranchExplanation.objects.exists()
    assert "支部说明没有保存：" in page.content.decode()
