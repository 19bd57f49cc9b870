"""Every version of a record has its hash in the journal: what was changed, removed or added behind
the program is named.
"""

from __future__ import annotations

import hmac
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from taizhang.config.cli.main import main
from taizhang.config.cli.server import doctor
from taizhang.kernel import secret
from taizhang.kernel.actions import keys, row_hashes
from taizhang.kernel.journal import chain
from taizhang.kernel.journal.append_only import DROP
from taizhang.kernel.models import FOR_MACHINES, JournalLine, RowKey
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Attendance
from taizhang.ledgers.models import EntryVersion
from taizhang.ledgers.records import actions, read_rows, reconciled
from taizhang.ledgers.records.derived.row_hashes import PERSONS, tables
from taizhang.orgs.models import Membership, Person, PersonalData
from tests.make import Cast, correct, raw, save

MEETINGS = KINDS["meetings"]
VERIFIER = Path(__file__).parents[2] / "tools" / "verify_journal.py"
every_kind = pytest.mark.parametrize("slug", KINDS)


def _behind(sql: str, *values: int | str) -> None:
    """As somebody does who has the database in hand."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def meeting(people: Cast, now: datetime) -> Any:
    """A meeting on record."""
    return save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))


@every_kind
def test_what_is_recorded_agrees_with_its_line(slug: str, people: Cast, now: datetime) -> None:
    entry = save(people.own, people.actor("clerk"), now, slug, **raw(slug))
    told = JournalLine.objects.get(verb="ledgers.record", subject=f"{slug}:{entry.pk}").detail

    assert list(told["hashes"][slug]) == [str(entry.pk)]
    assert reconciled.compare() == reconciled.Compared([], 0)


@every_kind
def test_a_column_changed_behind_the_program_is_named(
    slug: str, people: Cast, now: datetime
) -> None:
    entry = save(people.own, people.actor("clerk"), now, slug, **raw(slug))
    kind = KINDS[slug]

    _behind(
        f"UPDATE {kind.model._meta.db_table} SET branch_id = %s WHERE id = %s",
        people.other.pk, entry.pk,
    )  # fmt: skip

    assert [one.partition(" ")[0] for one in reconciled.compare().wrong] == [
        f"{kind.title}#{entry.pk}"
    ]


def test_a_row_below_that_was_changed_is_named(meeting: Any) -> None:
    one = Attendance.objects.filter(meeting=meeting).first()
    assert one is not None
    _behind(f"DELETE FROM {Attendance._meta.db_table} WHERE id = %s", one.pk)
    assert "被改动过" in doctor._recorded().wrong[0]


def test_what_was_imported_corrected_and_withdrawn_agrees(
    people: Cast, now: datetime, meeting: Any
) -> None:
    clerk = people.actor("clerk")
    rows = [read_rows.Row(2, people.own, raw("talks"))]
    actions.record_many(kind=KINDS["talks"], rows=rows, actor=clerk, now=now)
    corrected = correct("meetings", meeting, clerk, now, topic="另一议题", title="改过")
    actions.withdraw(kind=MEETINGS, entry=corrected, reason="重复", actor=clerk, now=now)

    assert EntryVersion.objects.count() == 1
    assert reconciled.compare() == reconciled.Compared([], 0)


def test_a_row_that_was_removed_or_added_is_named(
    people: Cast, now: datetime, meeting: Any
) -> None:
    talk = save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    KINDS["talks"].model._default_manager.filter(pk=talk.pk).delete()
    meeting.pk = None
    meeting.save()

    wrong = reconciled.compare().wrong

    assert any(one.startswith(f"{KINDS['talks'].title}#{talk.pk} 不见了") for one in wrong)
    assert f"{MEETINGS.title}#{meeting.pk} 在日志里没有登记" in wrong


def test_an_earlier_version_that_was_changed_is_named(
    people: Cast, now: datetime, meeting: Any
) -> None:
    correct("meetings", meeting, people.actor("clerk"), now, title="改过")
    EntryVersion.objects.update(reason="换了理由")
    assert ["更正前版本" in one for one in reconciled.compare().wrong] == [True]


def test_a_correction_does_not_hide_a_change_before_it(
    people: Cast, now: datetime, meeting: Any
) -> None:
    MEETINGS.model._default_manager.filter(pk=meeting.pk).update(title="背后改过")
    correct("meetings", meeting, people.actor("clerk"), now, title="改过")
    assert "之前被改动过" in reconciled.compare().wrong[0]


def test_a_person_who_was_changed_is_named_also_in_what_lies_sealed(
    people: Cast, now: datetime
) -> None:
    values = raw("members") | {"phone": "13800000000"}
    made = save(people.own, people.actor("clerk"), now, "members", **values)
    assert isinstance(made, Membership)
    PersonalData.objects.filter(person=made.person).update(phone="13900000000")
    assert reconciled.compare().wrong[0].startswith(f"花名册人员#{made.person_id} ")

    PersonalData.objects.filter(person=made.person).update(phone="13800000000")
    Person.objects.filter(pk=made.person_id).update(birth_on="1985-03-05")
    assert reconciled.compare().wrong[0].startswith(f"花名册人员#{made.person_id} ")


def test_a_text_leaves_out_what_is_empty_and_seals_by_the_key_that_is_there(
    people: Cast, now: datetime
) -> None:
    RowKey.objects.all().delete()
    RowKey.objects.create(pk=1, key="ab" * 32)
    values = raw("members") | {"phone": "13800000000"}
    made = save(people.own, people.actor("clerk"), now, "members", **values)
    talk = save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    known = tables()

    (key, text), *more = row_hashes.texts(known[PERSONS], [made.person_id])
    assert (key, more) == (made.person_id, [])
    name, person, below = json.loads(str(text))
    (data,) = below[PersonalData._meta.db_table]
    place = PersonalData._meta.get_field("phone").column
    wanted = hmac.new(b"\xab" * 32, f"{place}:{made.person_id}:13800000000".encode(), "sha256")
    assert (name, data["phone"]) == (PERSONS, wanted.hexdigest()[: row_hashes.LENGTH])

    _, told, _ = json.loads(str(next(row_hashes.texts(known["talks"], [talk.pk]))[1]))
    assert talk.withdrawn_at is None
    for row in (told, person, data):
        assert row
        assert not [column for column, value in row.items() if value in (None, "", [], {})]
    assert RowKey.objects.count() == 1


def test_other_keys_change_no_hash_and_touched_seals_are_named(
    people: Cast, now: datetime, monkeypatch: Any
) -> None:
    talk = save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    monkeypatch.setattr(settings, "FIELD_KEYS", [b"n" * 32, *settings.FIELD_KEYS])
    keys.reseal(now=now)
    assert reconciled.compare().wrong == []

    table = KINDS["talks"].model._meta.db_table
    sealed = next(
        f.column
        for f in KINDS["talks"].model._meta.concrete_fields
        if isinstance(f, secret.SealedTextField) and getattr(talk, f.attname)
    )
    broken = f"v2:aes:{secret.key_name(b'n' * 32)}:" + "A" * 60
    _behind(f"UPDATE {table} SET {sealed} = %s WHERE id = %s", broken, talk.pk)
    assert f"#{talk.pk} 与日志" in reconciled.compare().wrong[0]


@pytest.mark.parametrize("n", [1, 2, 3])
def test_of_many_rows_only_the_one_that_nothing_opens_has_no_text(
    people: Cast, now: datetime, n: int
) -> None:
    talks = [
        save(people.own, people.actor("clerk"), now, "talks", **raw("talks")).pk for _ in range(n)
    ]
    table = KINDS["talks"].model._meta.db_table
    broken = f"v2:aes:{secret.key_name(b'n' * 32)}:" + "A" * 60
    _behind(f"UPDATE {table} SET content = %s WHERE id = %s", broken, talks[0])

    found = dict(row_hashes.texts(tables()["talks"], talks))

    assert {key: text is None for key, text in found.items()} == {
        key: key == talks[0] for key in talks
    }
    assert set(row_hashes.hashes(tables()["talks"], talks)) == {str(key) for key in talks[1:]}


def test_records_from_before_are_no_fault_until_they_have_their_hashes(
    people: Cast, now: datetime, meeting: Any
) -> None:
    _forget_hashes()
    before = reconciled.compare()
    assert (before.wrong, before.before > 0) == ([], True)

    assert actions.hash_records(now=now) == before.before

    assert reconciled.compare() == reconciled.Compared([], 0)
    meeting.pk = None
    meeting.save()
    assert "没有登记" in reconciled.compare().wrong[0]


def _forget_hashes() -> None:
    """The journal as a version wrote it that kept no hashes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for sql in DROP[connection.vendor]:
            cursor.execute(sql)
    for line in JournalLine.objects.order_by("seq"):
        kept = {name: one for name, one in line.detail.items() if name not in FOR_MACHINES}
        JournalLine.objects.filter(pk=line.pk).update(detail=kept)


def test_a_journal_of_two_algorithms_is_one(
    people: Cast, now: datetime, meeting: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("TAIZHANG_DIGEST", "sm3")
    correct("meetings", meeting, people.actor("clerk"), now, title="改过")
    assert chain.algorithm() == "sm3"
    assert reconciled.compare().wrong == []


def _verify(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, str(VERIFIER), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_independent_verifier_holds_records_against_the_journal(
    people: Cast, now: datetime, meeting: Any, tmp_path: Path
) -> None:
    lines, records = tmp_path / "journal.jsonl", tmp_path / "records.jsonl"
    assert main(["journal", "export", str(lines), "--records", str(records)]) == 0
    assert records.stat().st_mode & 0o077 == 0
    assert _verify(lines, "--records", records).returncode == 0

    MEETINGS.model._default_manager.filter(pk=meeting.pk).update(title="背后改过")
    main(["journal", "export", str(lines), "--records", str(records)])
    told = _verify(lines, "--records", records)
    assert (told.returncode, f"meetings#{meeting.pk} 与第" in told.stdout) == (1, True)

    kept = [
        one for one in records.read_text().splitlines() if json.loads(one)["table"] != "meetings"
    ]
    records.write_text("\n".join(kept))
    assert f"meetings#{meeting.pk} 不见了" in _verify(lines, "--records", records).stdout


def test_heads_that_a_second_party_keeps_are_held_against_the_journal(
    people: Cast, now: datetime, meeting: Any, tmp_path: Path, capsys: Any
) -> None:
    heads, lines = tmp_path / "heads.jsonl", tmp_path / "journal.jsonl"
    assert main(["journal", "head", str(heads)]) == 0
    save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    assert main(["journal", "head", str(heads)]) == 0
    main(["journal", "export", str(lines)])
    main(["doctor", "--heads", str(heads)])
    assert "✓ 外部留存的校验码" in capsys.readouterr().out
    assert _verify(lines, "--heads", heads).returncode == 0

    heads.write_text(heads.read_text().replace("sha256:", "sha256:0"))
    assert main(["doctor", "--heads", str(heads)]) == 1
    assert "✗ 外部留存的校验码：第" in capsys.readouterr().out
    assert _verify(lines, "--heads", heads).returncode == 1

    heads.write_text("nothing")
    main(["doctor", "--heads", str(heads)])
    assert "第1行读不懂" in capsys.readouterr().out
