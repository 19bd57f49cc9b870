"""The rule bench: what other numbers would change is seen before anybody is judged by them; a
version keeps its name and its rules.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from taizhang.catalogue import load
from taizhang.checks import editions, engine
from taizhang.checks.actions import checking
from taizhang.checks.catalogue_versions import actions as publishing
from taizhang.checks.catalogue_versions import what_if
from taizhang.checks.models import CheckScope, Edition, SuspicionRow, Verdict
from taizhang.checks.reasons import queries
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.config.cli.main import main
from taizhang.kernel.actions import messages
from taizhang.kernel.errors import BadInput, NotAllowed, NotFound, WrongState
from taizhang.kernel.jobs import worker
from taizhang.kernel.models import JournalLine
from taizhang.rules.base import Period
from tests.conftest import NOW
from tests.make import Cast, inspected, raw, save
from tests.modules import begins_with

pytestmark = pytest.mark.django_db

BASE = "tianning-2018"
SHORT = "L29:MT.6c"
"""会议时间不宜少于15分钟."""


def _judged(people: Cast) -> None:
    inspected(NOW, (2016, 2016), date(2016, 12, 31))
    values = raw("meetings") | {"starts_at": "14:00", "ends_at": "14:40"}
    save(people.own, people.actor("clerk"), NOW, "meetings", **values)
    checking.check_all(name="reference", actor=None, now=NOW)


begun = begins_with(_judged)


def _named(**change: str) -> str:
    return editions.keep(editions.changed(engine.catalogue(BASE), {SHORT: change}))


def test_more_is_asked_and_it_shows_what_flips(people: Cast) -> None:
    name = _named(right="45", severity="info")
    found = what_if.run(name, must_have_scope(), [people.own], date(2016, 12, 31))
    assert [(t.difference.rule, t.before, t.after) for t in found.rules] == [(SHORT, 0, 1)]
    assert "限值 15 → 45" in found.rules[0].difference.told
    assert not SuspicionRow.objects.filter(rule=SHORT).exists()
    assert all(flip.item == "L29" for flip in found.flips)
    same = what_if.run(_named(right="40"), must_have_scope(), [people.own], date(2016, 12, 31))
    assert [t.after for t in same.rules] == [0]
    assert not same.flips


def test_words_that_still_tell_the_old_number_are_shown() -> None:
    def unsaid(rule: str, **change: str) -> str:
        old = engine.catalogue(BASE)
        (found,) = editions.differences(old, editions.changed(old, {rule: change}))
        return found.unsaid

    assert "小时" in unsaid("L29:MT.6d", right="60")
    assert unsaid("L29:MT.6d", right="60", finding="{window}开了{found}分钟，超过1小时") == ""
    assert unsaid("L29:MT.6d", severity="info") == ""
    assert unsaid("L29:AF-T1", at_least="95") == ""


def test_a_name_means_its_content() -> None:
    assert _named(right="45") == _named(right="45") != _named(right="46")
    assert editions.base_of(_named(right="45")) == BASE
    with pytest.raises(NotFound):
        editions.read(f"{BASE}+000000000000")


@pytest.mark.parametrize("change", [{"right": "很多"}, {"severity": "deadly"}])
def test_what_no_rule_can_take_is_refused_with_its_name(change: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=r"MT\.6c"):
        _named(**change)


def test_a_published_version_is_in_force_and_earlier_rounds_keep_theirs(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = people.actor("office")
    with pytest.raises(NotAllowed):
        publishing.publish(name=_named(right="45"), note="试", actor=people.actor("clerk"), now=now)
    with pytest.raises(BadInput):
        publishing.publish(name=_named(right="45"), note=" ", actor=office, now=now)
    with pytest.raises(WrongState):
        publishing.publish(name=BASE, note="没有改", actor=office, now=now)
    name = _named(right="45", severity="info")
    made = publishing.publish(name=name, note="会议不少于45分钟", actor=office, now=now)
    checking.check_all(name="reference", actor=None, now=now)
    assert SuspicionRow.objects.filter(branch=people.own, rule=SHORT).count() == 1
    assert made.number == 2
    (listed,) = editions.published(BASE)
    assert (listed.edition, [change.rule for change in listed.changes]) == (made, [SHORT])
    assert must_have_scope().catalogue == name
    assert JournalLine.objects.filter(verb="checks.publish_rules").count() == 1
    assert dict(editions.offered())[name].endswith("（第2版 会议不少于45分钟）")
    with pytest.raises(WrongState):
        publishing.publish(name=name, note="再发", actor=office, now=now)
    # Another process reads it from the database, to the same rules.
    monkeypatch.setattr(editions, "_HELD", {})
    assert editions.read(name) == editions.changed(engine.catalogue(BASE), {SHORT: {"right": "45", "severity": "info"}})  # fmt: skip
    before = {v.item: v.outcome for v in Verdict.objects.filter(branch=people.own)}
    again = engine.one(
        people.own, BASE, Period(date(2016, 1, 1), date(2016, 12, 31), date(2016, 12, 31))
    )
    assert not any(s.rule == SHORT for v in again.verdicts for s in v.suspicions)
    assert before["L29"]
    assert editions.latest(BASE) == name
    assert Edition.objects.count() == 1


def test_a_hint_cannot_be_called_an_error() -> None:
    with pytest.raises(BadInput, match=r"MT\.6c 程度.*系统提示"):
        _named(severity="error")
    with pytest.raises(BadInput, match="依据尚未施行"):
        editions.changed(engine.catalogue(BASE), {"L23:L23.5@2017-05-06": {"severity": "error"}})
    made = editions.changed(engine.catalogue(BASE), {"L25:L25.7": {"severity": "error"}})
    assert next(r for r in made.rules() if r.id == "L25:L25.7").severity == "error"


def test_a_version_stored_before_rules_had_a_basis_is_read_with_one(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was stored then: a free text for some, nothing for most, hints that are errors, a rule
    that is gone by now.
    """
    catalogue = engine.catalogue(BASE)
    said = json.loads(catalogue.model_dump_json(by_alias=True))
    for item in said["items"]:
        for rule in item["rules"]:
            rule["basis"] = "附件2台账要求" if rule["id"] == SHORT else ""
            rule["severity"] = "error" if rule["id"] == SHORT else rule["severity"]
            rule["id"] = rule["id"].replace("L29:MT.6d", "L29:OLD.1")
        for ask in item["ask"]:
            del ask["basis"]
    name = f"{BASE}+0123456789ab"
    Edition.objects.create(name=name, base=BASE, number=2, note="旧", content=json.dumps(said), at=now, by=people.users["office"])  # fmt: skip
    monkeypatch.setattr(editions, "_HELD", {})

    found = {rule.id: rule for rule in editions.read(name).rules()}

    known = {rule.id: rule for rule in catalogue.rules()}
    assert found[SHORT] == known[SHORT]
    assert (found[SHORT].severity, found[SHORT].rests_on().is_hint) == ("warn", True)
    assert found["L29:L29.1"] == known["L29:L29.1"]
    assert found["L29:OLD.1"].rests_on().is_hint
    told = editions.differences(catalogue, editions.read(name))
    assert {one.told for one in told} == {"停用", "新增"}


def test_the_bench_shows_what_a_rule_rests_on(people: Cast, login: Any) -> None:
    page = login(people.users["office"]).get("/rules/?item=L29").content.decode()
    assert "依据：台账要求“每月召开一次，支委会会议记录”" in page
    assert "依据：系统提示，非台账要求" in page


def test_many_rules_stand_on_pages_and_a_page_changes_only_its_own(
    people: Cast, login: Any
) -> None:
    office = login(people.users["office"])
    first = office.get("/rules/?item=L28").content
    last = office.get("/rules/?item=L28&page=3").content
    assert max(len(first), len(last)) <= 60_000
    assert "共 89 条" in first.decode()

    office.post("/rules/?item=L29&page=1", {f"{SHORT}|right": "45"})
    office.post("/rules/?item=L29&page=3", {"L29:AF-D6|severity": "info"})

    page = office.get("/rules/?item=L29").content.decode()
    assert "草稿中已改2条规则" in page
    assert f'name="{SHORT}|right" value="45"' in page


def test_every_rule_is_listed_with_its_basis(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) == len({one["id"] for one in listed}) == len(engine.rules(BASE))
    keys = {"class", "document", "article", "verbatim", "gist", "from", "until"}
    assert all(set(one["basis"]) == keys for one in listed)
    found = {one["id"]: one for one in listed}
    committee = found["L29:L29.1"]
    assert (committee["item"], committee["kind"], committee["severity"]) == ("L29", "periodic", "error")  # fmt: skip
    assert committee["basis"]["verbatim"] == "每月召开一次，支委会会议记录"
    assert found[SHORT]["basis"]["class"] == "系统提示"
    assert found["L28:VOTE-1@2018-10-28"]["basis"]["from"] == "2018-10-28"
    assert (committee["official"], committee["remedy"]) == (committee["finding"], "past")
    entered = found["L28:AF-D4"]
    assert "同一账号" in entered["finding"]
    assert "账号" not in entered["official"]
    assert found["L17:DEV-3"]["basis"]["gist"].endswith("（待核实）")
    assert main(["rules", "list"]) == 0
    assert "L29:MT.6c　提醒" in capsys.readouterr().out


def test_before_the_first_set_up_the_rules_are_those_that_come_along(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_tables() -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(queries, "current_scope", without_tables)
    assert main(["rules", "list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(engine.rules(BASE))


def test_a_rule_switched_off_is_silent(people: Cast, now: datetime) -> None:
    rule = SuspicionRow.objects.filter(branch=people.own).first()
    assert rule is not None
    changed = editions.changed(engine.catalogue(BASE), {rule.rule: {editions.OFF: "1"}})
    found = what_if.run(editions.keep(changed), must_have_scope(), [people.own], date(2016, 12, 31))
    assert [(t.difference.told, t.after) for t in found.rules] == [("停用", 0)]
    assert found.rules[0].before > 0


def test_the_pages_lead_from_a_number_to_a_version(people: Cast, login: Any) -> None:
    office = login(people.users["office"])
    page = office.get("/rules/?item=L29").content.decode()
    assert f'name="{SHORT}|right" value="15"' in page
    wrong = office.post("/rules/?item=L29", {f"{SHORT}|right": "很多"})
    assert wrong.status_code == 422
    assert "很多" in wrong.content.decode()
    first, second = (office.post("/rules/?item=L29", {f"{SHORT}|right": "45"}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert "正在核算" in office.get("/rules/trial/", follow=True).content.decode()
    assert worker.work_off() == 1
    assert "已算完，可以查看：规则试验" in office.get("/todo/").content.decode()
    page = office.get("/rules/trial/", follow=True).content.decode()
    assert ("限值 15 → 45" in page, "发布为新版" in page) == (True, True)
    assert office.post("/rules/publish/", {"note": "从严"}).status_code == 302
    assert Edition.objects.get().note == "从严"
    assert "还没有修改" in office.get("/rules/trial/").content.decode()
    office.post("/rules/?item=L29", {f"{SHORT}|right": "15"})
    assert office.post("/rules/drop/").status_code == 302
    assert "还没有修改" in office.get("/rules/trial/").content.decode()


def test_a_trial_is_of_its_draft_and_of_the_version_in_force(people: Cast, login: Any) -> None:
    office = login(people.users["office"])
    asked = office.post("/rules/?item=L29", {f"{SHORT}|right": "45"})["Location"]
    worker.work_off()
    office.post("/rules/?item=L29", {f"{SHORT}|right": "46"})
    page = office.get(asked, follow=True).content.decode()
    assert ("草稿后来又改过" in page, "发布为新版" in page) == (True, False)
    assert login(people.users["clerk"]).get(asked).status_code == 404

    CheckScope.objects.update(catalogue=editions.keep(engine.catalogue(BASE)))
    worker.work_off()
    told = messages.unread(people.users["office"]).first()
    assert told is not None
    assert told.text.startswith("没有算完")
    CheckScope.objects.update(catalogue=BASE)
    page = office.get("/rules/trial/").content.decode()
    assert "现行的要求模板已换成另一版" in page
    assert office.post("/rules/trial/").status_code == 302
    worker.work_off()
    assert "限值 15 → 46" in office.get("/rules/trial/", follow=True).content.decode()


def test_an_edited_file_is_tried_and_published_by_command(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (load.DATA / f"{BASE}.yaml").read_text("utf-8")
    edited = tmp_path / "edited.yaml"
    edited.write_text(
        text.replace("left: [minutes], op: ge, right: 15", "left: [minutes], op: ge, right: 45"),
        "utf-8",
    )
    assert main(["rules", "try", str(edited), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"rule": SHORT, "before": 0, "after": 1}.items() <= next(r for r in told["rules"] if r["rule"] == SHORT).items()  # fmt: skip
    assert not Edition.objects.exists()
    assert main(["rules", "try", str(edited), "--publish", "从严"]) == 0
    assert Edition.objects.get().name == must_have_scope().catalogue == told["name"]
    capsys.readouterr()
    assert main(["rules", "show"]) == 0
    assert f"* {told['name']}" in capsys.readouterr().out

    edited.write_text(text.replace("kind: periodic", "kind: sometimes", 1), "utf-8")
    assert main(["rules", "try", str(edited)]) == 1
    assert "第" in capsys.readouterr().err
    head = text.partition("sets:")[0].replace(f"catalogue: {BASE}", "catalogue: anders", 1)
    edited.write_text(f"{head}items: []\n", "utf-8")
    assert main(["rules", "try", str(edited)]) == 1
    assert "anders" in capsys.readouterr().err
    assert main(["rules", "try", str(tmp_path / "none.yaml")]) == 1
