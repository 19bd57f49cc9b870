"""Personal data: sealed, masked everywhere, shown in full only for a reason, found by its number,
kept when its mask comes back.
"""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from django.conf import settings as kept
from django.db import connection

from taizhang.config.cli.main import main
from taizhang.kernel import secret
from taizhang.kernel.actions import keys
from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.kernel.writing import personal
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EntryVersion
from taizhang.ledgers.records import actions, queries
from taizhang.ledgers.records.read_rows import Row
from taizhang.ledgers.search import page as search
from taizhang.orgs.models import Person
from tests.make import Cast, correct, raw, save

MEMBERS = KINDS["members"]
FIRST = "99000019900506002"
NUMBER = FIRST + personal.check_place(FIRST)
MASKED = f"990000********{NUMBER[-4:]}"
ROW = {
    "name": "示例新", "gender": "女", "birth_on": "1990-05-06", "joined_on": "2017-09-01", "join_reason": "转入",
    "id_number": NUMBER, "phone": "199 0000 1234", "home_address": "示例路1号",
}  # fmt: skip


def _member(people: Cast, now: datetime, **more: str) -> Any:
    return save(people.own, people.actor("clerk"), now, "members", **ROW | more)


def test_nothing_of_it_lies_open_in_the_database(people: Cast, now: datetime) -> None:
    _member(people, now)
    with connection.cursor() as cursor:
        cursor.execute("select * from orgs_personaldata")
        stored = str(cursor.fetchall())
    assert stored.count("v2:") == 3
    for open_ in (NUMBER, "19900001234", "示例路"):
        assert open_ not in stored
    assert NUMBER not in str(list(JournalLine.objects.values("detail")))


def test_pages_lists_exports_and_papers_show_masks(people: Cast, now: datetime, login: Any) -> None:
    entry, client = _member(people, now), login(people.users["clerk"])
    seen = [
        client.get(f"/ledgers/members/{entry.pk}/{part}").content.decode()
        for part in ("", "correct/")
    ]
    seen.append(client.get("/ledgers/members/").content.decode())
    sheet = client.get("/ledgers/members/export/").content
    seen.append(
        str(python_calamine.load_workbook(io.BytesIO(sheet)).get_sheet_by_index(0).to_python())
    )
    seen.append(client.get(f"/api/ledgers/members/{entry.pk}/").content.decode())
    for text in seen:
        assert NUMBER not in text
        assert "示例路" not in text
    assert MASKED in seen[0]
    assert "199****1234" in seen[0]
    assert MASKED in seen[3]
    assert JournalLine.objects.filter(verb="ledgers.export", subject="members").exists()
    assert "导出人：clerk" in seen[3]


def test_in_full_only_for_a_reason_and_never_unnoticed(
    people: Cast, now: datetime, login: Any
) -> None:
    entry, client = _member(people, now), login(people.users["clerk"])
    address = f"/ledgers/members/{entry.pk}/"
    assert client.post(f"{address}reveal/", {"reason": " "}).status_code == 422
    assert client.post(f"{address}reveal/", {"reason": "开介绍信"}).status_code == 302
    page = client.get(address)
    assert NUMBER in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    line = JournalLine.objects.get(verb="ledgers.reveal")
    assert line.detail["reason"] == "开介绍信"
    session = client.session
    session["revealed"] = {name: at - 601 for name, at in session["revealed"].items()}
    session.save()
    assert NUMBER not in client.get(address).content.decode()
    assert (
        login(people.users["inspector"]).post(f"{address}reveal/", {"reason": "x"}).status_code
        == 403
    )


def test_the_api_tells_in_full_for_a_reason(people: Cast, now: datetime, login: Any) -> None:
    entry, client = _member(people, now), login(people.users["clerk"])
    told = client.get(f"/api/ledgers/members/{entry.pk}/?reason=年报").json()
    assert told["values"]["id_number"] == NUMBER
    assert JournalLine.objects.get(verb="ledgers.reveal").detail["reason"] == "年报"


def test_a_mask_that_comes_back_keeps_what_was_there(people: Cast, now: datetime) -> None:
    entry, actor = _member(people, now), people.actor("clerk")
    values = queries.as_written(MEMBERS, entry, openly=False) | {"job": "语文教师"}
    done = actions.correct(
        kind=MEMBERS, entry=entry, values=values, version=1, reason="补岗位", actor=actor, now=now
    )
    again = queries.entry(kind=MEMBERS, key=done.pk, actor=actor)
    told = queries.as_written(MEMBERS, again)
    assert (told["id_number"], told["home_address"], told["job"]) == (
        NUMBER,
        "示例路1号",
        "语文教师",
    )

    cleared = told | {"phone": ""}
    actions.correct(
        kind=MEMBERS,
        entry=again,
        values=cleared,
        version=2,
        reason="本人要求",
        actor=actor,
        now=now,
    )
    assert (
        queries.as_written(MEMBERS, queries.entry(kind=MEMBERS, key=done.pk, actor=actor))["phone"]
        == ""
    )
    assert NUMBER not in str(list(EntryVersion.objects.values("values")))


def test_a_mask_is_not_imported(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput, match="隐去的内容"):
        _member(people, now, home_address="＊＊＊")
    with pytest.raises(BadInput, match="隐去的内容"):
        _member(people, now, id_number=MASKED)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"id_number": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "不是有效的18位"),
        ({"birth_on": "1990-05-07"}, "与出生日期不一致"),
        ({"gender": "男"}, "与性别不一致"),
        ({"phone": "12345"}, "不是电话号码"),
    ],
)
def test_numbers_that_contradict_are_refused(
    people: Cast, now: datetime, more: dict[str, str], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        _member(people, now, **more)


def test_one_number_belongs_to_one_person(people: Cast, now: datetime) -> None:
    _member(people, now)
    with pytest.raises(BadInput, match="另一个姓名"):
        _member(people, now, name="示例别人")


@pytest.mark.parametrize("words", [NUMBER, NUMBER.lower(), "19900001234", "199 0000 1234"])
def test_a_whole_number_finds_its_bearer_and_a_foreign_branch_finds_nothing(
    people: Cast, now: datetime, words: str
) -> None:
    _member(people, now)
    found = search.search(words=words, actor=people.actor("clerk"))
    assert [hit.title for hit in found.hits] == ["示例新"]
    assert NUMBER not in str(found)
    assert search.search(words=words, actor=people.actor("foreign")).hits == []


def test_a_new_key_seals_everything_anew(
    people: Cast, now: datetime, settings: Any, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    entry, actor = _member(people, now), people.actor("clerk")
    talk = save(people.own, actor, now, "talks", **raw("talks"))
    said = queries.as_written(KINDS["talks"], talk)["content"]
    values = queries.as_written(KINDS["talks"], talk) | {"content": "改过的内容"}
    actions.correct(
        kind=KINDS["talks"], entry=talk, values=values, version=1, reason="改", actor=actor, now=now
    )
    settings.DATA = tmp_path
    monkeypatch.delenv("TAIZHANG_FIELD_KEY", raising=False)
    old = list(kept.FIELD_KEYS)

    assert main(["keys", "rotate"]) == 0
    assert keys.stale() == 0
    fresh = settings.FIELD_KEYS[0]
    settings.FIELD_KEYS = [fresh]
    told = queries.as_written(MEMBERS, queries.entry(kind=MEMBERS, key=entry.pk, actor=actor))
    assert told["id_number"] == NUMBER
    assert search.search(words=NUMBER, actor=actor).hits
    version = EntryVersion.objects.get(kind="talks")
    assert secret.unseal(version.values["content"]) == said
    assert JournalLine.objects.get(verb="kernel.reseal").detail["key"] == secret.key_name(fresh)

    settings.FIELD_KEYS = [fresh, *old]
    assert main(["keys", "forget"]) == 0
    assert (tmp_path / "field.key").read_text() == fresh.hex()
    assert (tmp_path / "field.key").stat().st_mode & 0o077 == 0
    settings.FIELD_KEYS = [*old, fresh]
    assert main(["keys", "forget"]) == 1
    assert "请先运行 taizhang keys reseal" in capsys.readouterr().err
    assert json.dumps(told)


def test_a_key_of_the_environment_is_not_written_to_a_file(
    people: Cast, monkeypatch: Any, capsys: Any
) -> None:
    monkeypatch.setenv("TAIZHANG_FIELD_KEY", "11" * 32)
    assert main(["keys", "rotate"]) == 1
    assert "TAIZHANG_FIELD_KEY" in capsys.readouterr().err


def test_namesakes_are_never_one_person(people: Cast, now: datetime) -> None:
    actor, kind = people.actor("clerk"), KINDS["members"]
    rows = [
        Row(2, people.own, {"name": "同名乙", "gender": "女", "joined_on": "2015-09-01"}),
        Row(3, people.own, {"name": "同名乙", "gender": "男", "joined_on": "2016-09-01"}),
    ]
    with pytest.raises(BadInput, match=r"第3行“性别”列：.*出生日期"):
        actions.record_many(kind=kind, rows=rows, actor=actor, now=now)

    save(people.own, actor, now, "members", name="同名乙", gender="女", joined_on="2015-09-01")
    with pytest.raises(BadInput, match="没有合并"):
        save(people.own, actor, now, "members", name="同名乙", gender="男", joined_on="2016-09-01")
    assert Person.objects.get(name="同名乙").gender == "female"

    with pytest.raises(BadInput, match="1980-01-02"):
        save(people.own, actor, now, "members", name="示例甲", joined_on="2016-09-01")
    save(
        people.own,
        actor,
        now,
        "members",
        name="示例甲",
        birth_on="1990-01-02",
        joined_on="2016-09-01",
    )
    assert Person.objects.filter(name="示例甲").count() == 2


def test_a_correction_may_put_the_gender_right(people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    entry = save(
        people.own, actor, now, "members", name="同名丙", gender="女", joined_on="2015-09-01"
    )
    correct("members", entry, actor, now, gender="男")
    assert Person.objects.get(name="同名丙").gender == "male"
