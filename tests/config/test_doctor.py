"""The doctor sees what is not well, names it, and goes on when one thing cannot be looked at."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection

from taizhang.config.backup import snapshot
from taizhang.config.cli.main import main
from taizhang.config.cli.server import doctor
from taizhang.kernel.actions import journal
from taizhang.kernel.journal import heads
from taizhang.kernel.journal.append_only import DROP
from taizhang.kernel.models import head
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records.actions import record_many
from taizhang.ledgers.records.read_rows import Row
from taizhang.orgs.models import User
from tests.make import Cast, picture, raw, save

MEETINGS = KINDS["meetings"]


def _remove_lines_from(seq: int) -> None:
    """As somebody does who may drop the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for sql in DROP[connection.vendor]:
            cursor.execute(sql)
        cursor.execute("DELETE FROM kernel_journalline WHERE seq >= %s", [seq])


@pytest.fixture
def empty_journal(people: Cast) -> None:
    del people
    _remove_lines_from(1)


def _told(look: Any) -> str:
    return "；".join(look().wrong)


def test_the_doctor_says_what_is_not_well(people: Cast, capsys: Any) -> None:
    main(["doctor"])
    said = capsys.readouterr().out
    for name in ("数据库结构", "密钥", "佐证材料", "登记与日志", "时钟"):
        assert f"✓ {name}" in said
    assert "防止改动的触发器不见了" in said


def test_an_emptied_journal_is_a_fault(empty_journal: None) -> None:
    assert User.objects.exists()
    assert "日志是空的" in _told(doctor._journal)


def test_a_shortened_journal_is_a_fault_by_the_head_kept_outside(people: Cast) -> None:
    journal.keep_head()
    assert journal.shortened() == ""
    _remove_lines_from(head()[0])
    assert "末尾的被删去" in _told(doctor._journal)


def test_a_journal_made_anew_is_a_fault(people: Cast) -> None:
    heads.keep(heads.Head(head()[0], "sha256:" + "0" * 64))
    assert "校验码不同" in _told(doctor._journal)
    heads.path().write_text("{}")
    assert "已损坏" in _told(doctor._journal)


def test_a_record_without_its_line_is_named(people: Cast, now: datetime) -> None:
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    entry.recorded_at = now + timedelta(days=1)
    assert doctor._recorded().wrong == []
    entry.pk, entry.topic = None, "事后塞进来的"
    entry.save(force_insert=True)
    assert doctor._recorded().wrong == [f"{MEETINGS.title}#{entry.pk} 在日志里没有登记"]


def test_an_import_covers_as_many_records_as_it_brought(people: Cast, now: datetime) -> None:
    rows = [
        Row(n, people.own, raw("meetings") | {"topic": f"议题{n}", "held_on": f"2018-0{n}-10"})
        for n in (1, 2)
    ]
    later = now + timedelta(days=1)
    record_many(kind=MEETINGS, rows=rows, actor=people.actor("clerk"), now=later)
    assert doctor._recorded().wrong == []
    entry = MEETINGS.model._default_manager.latest("pk")
    entry.pk = None
    entry.save(force_insert=True)
    assert doctor._recorded().wrong == [f"{MEETINGS.title}#{entry.pk} 在日志里没有登记"]


def test_a_wrong_key_is_found_column_by_column(people: Cast, now: datetime, settings: Any) -> None:
    save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    assert _told(doctor._keys_open) == ""
    settings.FIELD_KEYS = [b"\x07" * 32]
    assert "打不开 ledgers_hearttalk.content 里加密的内容" in _told(doctor._keys_open)


def test_files_that_no_row_names_are_listed_and_removed_when_they_are_old(
    people: Cast, now: datetime, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = evidence.take_in(
        branch=people.own,
        name="a.png",
        data=picture(),
        kind="",
        actor=people.actor("clerk"),
        now=now,
    ).file
    kept = Path(evidence.store().path(evidence.path_of(taken.sha256)))
    cut, young = kept.with_name("0" * 64), kept.with_name(f"{'1' * 64}.unfinished")
    for path in (cut, young):
        path.write_bytes(b"%PDF-1.4 half")
        path.chmod(0o600)
    before = time.time() - 48 * 3600
    os.utime(cut, (before, before))
    os.utime(kept, (before, before))
    monkeypatch.setattr(journal, "is_guarded", lambda: True)
    monkeypatch.setattr(doctor, "_private", doctor.Told)

    assert main(["doctor", "--remove-unnamed"]) == 0

    said = capsys.readouterr().out
    assert "2个文件没有登记" in said
    assert f"{'0' * 64}，13字节，不完整" in said
    assert (cut.exists(), young.exists(), kept.exists()) == (False, True, True)


def test_files_that_others_may_read_are_found(people: Cast, now: datetime) -> None:
    taken = evidence.take_in(
        branch=people.own,
        name="a.png",
        data=picture(),
        kind="",
        actor=people.actor("clerk"),
        now=now,
    ).file
    path = Path(evidence.store().path(evidence.path_of(taken.sha256)))
    assert str(path) not in _told(doctor._private)
    path.chmod(0o644)
    assert "其他用户可以读取" in _told(doctor._private)


def test_a_clock_that_is_behind_the_journal_is_told(people: Cast, now: datetime) -> None:
    assert journal.behind(now) == ""
    assert "早2小时" in journal.behind(now - timedelta(hours=2)) or "早120分钟" in journal.behind(
        now - timedelta(hours=2)
    )
    journal.note("orgs.login", "user:1", by=None, now=now - timedelta(hours=5))
    assert "往回跳" in journal.backwards()


def test_a_damaged_database_is_a_line_and_no_traceback(
    people: Cast, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def malformed(sql: str) -> Any:
        raise DatabaseError("database disk image is malformed")

    monkeypatch.setattr(snapshot, "ask", malformed)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "✗ 佐证材料：不能检查：database disk image is malformed" in said
    assert "✓ 磁盘空间" in said
