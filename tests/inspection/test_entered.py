"""What a device hands in, entry by entry: what is stored, known, older or refused, what it changes,
what the journal tells.
"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from taizhang.inspection import bases
from taizhang.inspection.actions import findings, site
from taizhang.inspection.models import (
    Answer,
    Attendee,
    Finding,
    FindingStep,
    Highlight,
    LookBack,
    Round,
    RoundUnit,
    SitePhoto,
    Visit,
)
from taizhang.inspection.site import entries as e
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from tests.inspection.conftest import Scene
from tests.inspection.test_changed_plan import _replaced, _spare
from tests.inspection.test_look_back import _next, _visit_of
from tests.make import picture


def _lines(scene: Scene) -> list[Any]:
    found = JournalLine.objects.filter(subject=f"visit:{scene.own.pk}", verb__contains=".site.")
    return list(found.order_by("seq"))


def _key() -> str:
    return str(uuid4())


def _other(scene: Scene) -> Visit:
    return Visit.objects.exclude(pk=scene.own.pk).get()


# What comes twice


@pytest.mark.parametrize(
    ("kind", "about", "other"),
    [
        ("answer", {"item": 1, "verdict": "missing", "note": "缺页"}, {"verdict": "mostly"}),
        ("answer", {"item": 1, "verdict": "missing", "note": "缺页"}, {"note": ""}),
        ("answer", {"item": 1, "verdict": "missing"}, {"item": 2}),
        ("finding", {"item": 1, "facts": "没有"}, {"facts": "别的"}), ("finding", {"item": 1, "facts": "没有"}, {"item": None}),
        ("finding", {"facts": "没有"}, {"item": 1}), ("finding", {"facts": "没有"}, {"source": "masses"}),
        ("highlight", {"text": "好"}, {"text": "很好"}), ("highlight", {"text": "好", "item": 3}, {"item": 4}),
    ],
)  # fmt: skip
def test_a_key_that_says_something_else_now_is_refused(
    scene: Scene, kind: str, about: dict[str, Any], other: dict[str, Any]
) -> None:
    told = about | {"key": _key()}
    assert scene.send("inspector", kind, **told).state == "stored"
    assert scene.send("inspector", kind, **told).state == "known"
    said = scene.send("inspector", kind, **(told | other))
    assert (said.state, "同一编号先前已记入别的内容" in said.message) == ("refused", True)
    elsewhere = scene.send("inspector", kind, **(told | {"visit": _other(scene).pk}))
    assert elsewhere.state == "refused"
    assert len(_lines(scene)) == 1


def test_a_finding_that_was_reworded_since_is_known_by_its_rule(scene: Scene) -> None:
    told = {"key": _key(), "item": 28, "facts": "没有", "rule": "L28:L28.1", "window": "2016-Q3"}
    scene.send("inspector", "finding", **told)
    wording = findings.Wording("改过", "", "", "minor", "at_once", None)
    findings.reword(
        finding=Finding.objects.get(), wording=wording, version=1, actor=scene.people.actor("inspector"), now=scene.now
    )  # fmt: skip
    assert scene.send("inspector", "finding", **told).state == "known"
    for other in ({"window": "2016-Q4"}, {"rule": "L28:L28.2"}, {"source": "masses"}, {"item": 27}):
        assert scene.send("inspector", "finding", **(told | other)).state == "refused"


def test_entries_that_come_together_are_each_taken_by_who_wrote_them_then(scene: Scene) -> None:
    _replaced(scene, _spare(scene))
    made = [scene.now - timedelta(minutes=5), scene.now + timedelta(minutes=5)]
    entries = [
        e.ONE.validate_python({"kind": "answer", "key": _key(), "visit": scene.own.pk, "made_at": at, "item": 1, "verdict": "missing"})
        for at in made
    ]  # fmt: skip
    found = site.sync(entries=entries, actor=scene.people.actor("inspector"), now=scene.now)
    assert [one.state for one in found] == ["stored", "refused"]
    assert [one.key for one in found] == [str(one.key) for one in entries]


def test_what_the_database_refuses_stays_on_the_device(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import IntegrityError

    def broken(**_: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(site, "enter", broken)
    said = scene.send("inspector", "answer", item=1, verdict="missing")
    assert (said.state, "设备上仍然保留" in said.message) == ("failed", True)
    assert scene.send("inspector", "start").state == "failed"
    about = {
        "item": None,
        "text": "好",
        "by": scene.people.users["inspector"],
        "made_at": scene.now,
    }
    kept = Highlight.objects.create(key=uuid4(), visit=scene.own, **about)
    assert scene.send("inspector", "highlight", key=str(kept.key), text="好").state == "known"


def test_a_visit_that_is_not_there_is_nobodys(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        site.visit_for(10**9, scene.people.actor("inspector"))
    said = scene.send("inspector", "answer", item=77, verdict="missing")
    assert (said.state, said.message) == ("refused", "本轮没有第77项要求。")


# Coming and going


def test_a_visit_begins_once_and_ends_at_its_hour(scene: Scene) -> None:
    early, late = scene.now - timedelta(minutes=9), scene.now - timedelta(minutes=3)
    assert scene.send("inspector", "start", made_at=early).state == "stored"
    assert (scene.own.started_at, scene.own.standing) == (early, Visit.Standing.READING)
    assert scene.send("inspector", "start", made_at=late).state == "known"
    scene.send("inspector", "end", made_at=late)
    own = scene.own
    assert (own.started_at, own.ended_at, own.standing) == (early, late, Visit.Standing.TO_CONSULT)
    assert [line.verb for line in _lines(scene)] == ["inspection.site.start", "inspection.site.end"]


def test_whoever_answers_first_begins_and_no_later_start_goes_back(scene: Scene) -> None:
    scene.send("inspector", "answer", item=1, verdict="missing")
    assert (scene.own.standing, scene.own.started_at) == (Visit.Standing.READING, scene.now)
    Visit.objects.update(started_at=None, standing=Visit.Standing.TO_CONSULT)
    scene.send("inspector", "answer", item=2, verdict="missing")
    assert (scene.own.standing, scene.own.started_at) == (Visit.Standing.TO_CONSULT, None)
    assert scene.send("inspector", "start").state == "stored"
    assert (scene.own.standing, scene.own.started_at) == (Visit.Standing.TO_CONSULT, scene.now)


@pytest.mark.parametrize(
    ("about", "state"),
    [
        ({"present": True}, "stored"), ({"present": True, "substitute": "乙"}, "refused"), ({"present": True, "excuse": "公出"}, "refused"),
        ({"present": False, "substitute": "乙"}, "stored"), ({"present": False, "excuse": "公出"}, "stored"),
    ],
)  # fmt: skip
def test_who_came_has_no_substitute_and_no_excuse(
    scene: Scene, about: dict[str, Any], state: str
) -> None:
    one = scene.own.attendees.all()[0]
    assert scene.send("inspector", "present", attendee=one.pk, **about).state == state
    kept = Attendee.objects.get(pk=one.pk)
    said = about if state == "stored" else {"present": False}
    whole = {"present": False, "substitute": "", "excuse": ""} | said
    assert {name: getattr(kept, name) for name in whole} == whole


def test_somebody_of_another_unit_is_not_on_the_list(scene: Scene) -> None:
    foreign = Attendee.objects.filter(visit=_other(scene))[0]
    said = scene.send("inspector", "present", attendee=foreign.pk, present=True)
    assert (said.state, said.message) == ("refused", "参加人员名单里没有这个人。")
    one = scene.own.attendees.all()[0]
    for changed in ({str(one): ["未到场", "到场"]}, {}):
        scene.send("inspector", "present", attendee=one.pk, present=True)
        assert _lines(scene)[-1].detail["changed"] == changed


# Answers


def _given(key: str, by: int, verdict: str, minute: int, *seen: str) -> Any:
    return SimpleNamespace(
        key=key, by_id=by, verdict=verdict, made_at=minute, seen=seen, holds=True
    )


@pytest.mark.parametrize(
    ("new", "beaten", "conflict", "holds"),
    [
        (("x", 1, "ok", 9), "a", "b", True), (("x", 1, "ok", 5), "a", "b", True), (("x", 1, "ok", 4), "", "", False),
        (("x", 3, "bad", 9), "b", "a", True), (("x", 3, "bad", 5), "", "", False), (("x", 3, "bad", 6), "b", "a", True),
        (("x", 3, "other", 1), "", "b", True), (("x", 3, "other", 1, "a", "b"), "ab", "", True), (("x", 1, "ok", 1, "a"), "a", "b", True),
    ],
)  # fmt: skip
def test_who_wins_of_several_answers(
    new: tuple[Any, ...], beaten: str, conflict: str, holds: bool
) -> None:
    standing = [_given("a", 1, "ok", 5), _given("b", 2, "bad", 6)]
    given = _given(*new)
    found, against = site._settled(given, standing)
    assert ("".join(str(one.key) for one in found), against.key if against else "", given.holds) == (
        beaten, conflict, holds,
    )  # fmt: skip


def test_what_stands_after_an_answer_is_told_with_its_giver(scene: Scene) -> None:
    scene.send("inspector", "answer", item=1, verdict="complete", note="看过", how="paper", on_the_spot=True)  # fmt: skip
    scene.send("team_leader", "answer", item=1, verdict="missing")
    late = scene.now - timedelta(minutes=9)
    older = scene.send("inspector", "answer", item=1, verdict="mostly", made_at=late)
    assert (older.state, "已有更晚的登记" in older.message) == ("older", True)
    said = [line.detail["changed"] for line in _lines(scene)]
    assert said == [
        {"第1项检查情况": ["", "齐全（inspector）"]},
        {"第1项检查情况": ["齐全（inspector）", "齐全（inspector）、缺失（team_leader）"]}, {},
    ]  # fmt: skip
    scene.send("inspector", "answer", item=1, verdict="mostly", made_at=scene.now + timedelta(minutes=1))  # fmt: skip
    held = Answer.objects.filter(holds=True).values_list("verdict", flat=True)
    assert sorted(held) == ["missing", "mostly"], "the later one of the same hand"
    first = Answer.objects.get(note="看过")
    assert (first.how, first.on_the_spot, first.made_at, first.received_at) == (
        "paper", True, scene.now, scene.now,
    )  # fmt: skip


def _pack(scene: Scene, **outcomes: str) -> None:
    blank = {"warns": 0, "why": "", "reasons": [], "more": 0, "records": 1, "url": ""}
    items = {no[1:]: blank | {"outcome": outcome} for no, outcome in outcomes.items()}
    Visit.objects.filter(pk=scene.own.pk).update(pack={"items": items})


def test_the_rest_is_what_was_asked_for_found_in_order_and_answered_by_nobody(scene: Scene) -> None:
    _pack(scene, n1="ok", n2="ok", n3="missing", n4="not_applicable", n5="ok")
    assert scene.send("inspector", "accept_rest", items=[]).state == "known"
    scene.send("inspector", "answer", item=2, verdict="missing")
    said = scene.send("inspector", "accept_rest", items=[1, 2, 3, 4, 30])
    assert (said.state, said.message.partition("项系统")[0]) == ("stored", "第3、30")
    found = Answer.objects.order_by("item__no").values_list("item__no", "verdict", "how")
    assert list(found) == [
        (1, "complete", "system"), (2, "missing", "seen"), (4, "not_applicable", "system"),
    ]  # fmt: skip
    assert scene.send("inspector", "accept_rest", items=[5]).message == ""
    for items in ([3], [3, 30]):
        told = scene.send("inspector", "accept_rest", items=items)
        assert (told.state, "没有一并认可" in told.message) == ("refused", True)


# Findings and highlights


@pytest.mark.parametrize(
    ("rests", "about", "basis"),
    [
        (None, {"basis": "自己写的"}, "自己写的"), ("规则", {"rule": "R", "basis": "自己写的"}, "规则"), ("规则", {"source": "machine"}, "规则"),
        ("", {"rule": "R"}, None), ("", {"rule": "R", "confirmed": True, "basis": "自己写的"}, "自己写的"), ("", {"source": "machine"}, None),
        ("", {"rule": "R", "repeat_of": 5}, ""), ("", {"rule": "R", "repeat_of": 5, "source": "machine"}, None), ("", {"source": "site"}, ""),
    ],
)  # fmt: skip
def test_a_problem_rests_on_its_rule_and_a_hint_on_who_confirms_it(
    monkeypatch: pytest.MonkeyPatch, rests: str | None, about: dict[str, Any], basis: str | None
) -> None:
    monkeypatch.setattr(bases, "of", lambda *_: SimpleNamespace(is_hint=not rests, told=rests))
    entry: Any = e.FindingMade(kind="finding", key=uuid4(), visit=1, made_at="2018-10-25T12:00Z", facts="没有", **about)  # fmt: skip
    if basis is None:
        with pytest.raises(BadInput, match="没有确认的没有记入"):
            site._basis(Visit(), entry)
    else:
        assert site._basis(Visit(), entry) == basis


def test_a_finding_is_kept_as_it_was_found(scene: Scene) -> None:
    told = {"facts": "没有", "basis": "章程", "suggestion": "补齐", "severity": "grave", "manner": "long_term", "source": "masses"}  # fmt: skip
    scene.send("inspector", "finding", item=5, **told, made_at=scene.now - timedelta(minutes=2))
    kept = Finding.objects.get()
    assert {name: getattr(kept, name) for name in told} == told
    assert kept.item is not None
    assert (kept.item.no, kept.made_at) == (5, scene.now - timedelta(minutes=2))
    step = FindingStep.objects.get()
    assert (step.verb, step.standing, step.at) == ("draft", "draft", scene.now)
    assert _lines(scene)[0].detail["severity"] == "严重"


def test_a_draft_is_dropped_once_and_only_where_it_is(scene: Scene) -> None:
    scene.send("inspector", "finding", facts="没有")
    key = str(Finding.objects.get().key)
    elsewhere = scene.send("inspector", "drop_finding", finding=key, visit=_other(scene).pk)
    assert (elsewhere.state, elsewhere.message) == ("refused", "没有这个问题草稿。")
    states = [scene.send("team_leader", "drop_finding", finding=key).state for _ in range(2)]
    assert states == ["stored", "known"]
    assert FindingStep.objects.filter(verb="drop").count() == 1


def test_a_highlight_is_dropped_once(scene: Scene) -> None:
    scene.send("inspector", "highlight", text="好", item=7)
    one = Highlight.objects.get()
    assert one.item is not None
    assert one.item.no == 7
    states = [
        scene.send("inspector", "drop_highlight", highlight=str(one.key)).state for _ in range(2)
    ]
    assert states == ["stored", "known"]
    one.refresh_from_db()
    assert one.gone_at == scene.now
    assert _lines(scene)[-1].detail["changed"] == {"好": ["特色亮点", ""]}
    assert scene.send("inspector", "drop_highlight", highlight=_key()).state == "known"


# The last round


def test_what_became_of_an_earlier_problem_is_what_was_seen_last(scene: Scene) -> None:
    scene.send("inspector", "finding", facts="没有")
    Finding.objects.update(standing="acknowledged")
    earlier = Finding.objects.get()
    second = _next(scene)
    visit = _visit_of(second)

    def look(verdict: str, minutes: int, **about: Any) -> str:
        told = {"kind": "look_back", "key": _key(), "visit": visit.pk, "earlier": earlier.pk, "verdict": verdict} | about  # fmt: skip
        told["made_at"] = scene.now - timedelta(minutes=minutes)
        entries = [e.ONE.validate_python(told)]
        found = site.sync(entries=entries, actor=scene.people.actor("inspector"), now=scene.now)
        return found[0].state

    key = _key()
    assert [look("partly", 5, key=key, note="差一点") for _ in range(2)] == ["stored", "known"]
    assert look("mended", 5, key=key, note="差一点") == "refused"
    assert look("not_mended", 9) == "older"
    assert look("mended", 5) == "stored"
    held = LookBack.objects.order_by("pk").values_list("verdict", "holds")
    assert list(held) == [("partly", False), ("not_mended", False), ("mended", True)]
    said = JournalLine.objects.filter(verb="inspection.site.look_back").order_by("seq")
    assert [line.detail["changed"] for line in said] == [
        {"上一轮问题的整改": ["", "部分整改"]}, {}, {"上一轮问题的整改": ["部分整改", "已整改"]},
    ]  # fmt: skip
    assert look("mended", 1) == "stored"
    line = said.last()
    assert line is not None
    assert line.detail["changed"] == {}
    RoundUnit.objects.filter(pk=visit.unit_id).update(organisation=scene.people.other)
    assert look("mended", 0) == "refused"
    RoundUnit.objects.update(organisation=None)
    assert look("mended", 0) == "refused", "nobody stands for a unit without an organisation"
    Round.objects.update(previous=None)
    RoundUnit.objects.update(organisation=scene.people.own)
    assert look("mended", 0) == "refused"


# Pictures


def test_a_picture_is_kept_with_its_requirement_and_no_later_than_now(scene: Scene) -> None:
    told: dict[str, Any] = {
        "visit": scene.own, "key": UUID(_key()), "data": picture(), "actor": scene.people.actor("inspector"), "now": scene.now,
        "made_at": scene.now + timedelta(hours=1),
    }  # fmt: skip
    made = site.take_photo(item_no=3, **told)
    assert site.take_photo(item_no=4, **told) == made
    kept = SitePhoto.objects.get()
    assert kept.item is not None
    assert (kept.item.no, kept.made_at) == (3, scene.now)
    for part in ("shown", "thumbs"):
        with evidence.opened(kept.sha256, part) as stored:
            assert stored.read()
    assert _lines(scene)[0].detail == {"sha256": kept.sha256}
    early = told | {"key": uuid4(), "made_at": scene.now - timedelta(hours=1)}
    assert site.take_photo(item_no=None, **early).item is None
    with pytest.raises(NotAllowed):
        site.take_photo(item_no=None, **(early | {"key": uuid4(), "actor": scene.people.actor("clerk")}))  # fmt: skip
