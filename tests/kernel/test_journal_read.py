"""The journal against what is kept outside it, its clock, and the pages of whoever reads it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from taizhang.kernel import secret
from taizhang.kernel.actions import journal, keys, made_files, messages
from taizhang.kernel.errors import NotFound
from taizhang.kernel.jobs import queue, worker
from taizhang.kernel.jobs.models import Job, MadeFile
from taizhang.kernel.journal import heads
from taizhang.kernel.journal.append_only import CREATE, DROP
from taizhang.kernel.models import JournalLine, head
from tests.make import Cast


def _note(at: datetime, n: int = 1) -> None:
    for _ in range(n):
        journal.note("orgs.rename", "unit:1", by=None, now=at)


def test_heads_that_another_keeps_are_held_against_the_lines(db: Any, now: datetime) -> None:
    _note(now, 2)
    seq, hashed = head()
    kept = [heads.Head(0, "0"), heads.Head(seq, hashed)]
    assert journal.against(kept) == []
    assert [one.partition("（")[2][:5] for one in journal.against([heads.Head(seq, "x"), heads.Head(seq + 1, hashed)])] == ["校验码不同", "没有这一条"]  # fmt: skip


def test_what_is_missing_at_the_end_is_told_by_the_head_outside(
    db: Any, now: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    _note(now, 2)
    seq, hashed = head()
    assert journal.shortened() == ""
    for kept, told in (
        (heads.Head(0, "0"), ""),
        (heads.Head(seq, hashed), ""),
        (heads.Head(seq, "x"), f"第{seq}条与库外记下的校验码不同"),
        (heads.Head(seq + 3, "x"), f"日志只有{seq}条，库外记下的是{seq + 3}条"),
    ):
        heads.keep(kept)
        assert journal.shortened().startswith(told)
        assert bool(journal.shortened()) == bool(told)
    journal.keep_head()
    assert heads.kept() == heads.Head(seq, hashed)
    heads.path().write_text("x")
    assert "已损坏" in journal.shortened()


def test_of_several_jumps_of_the_clock_the_last_is_told(db: Any, now: datetime) -> None:
    first = head()[0]
    for hours in (50, 0, 1, -2):
        _note(now + timedelta(hours=hours))
    assert (
        journal.backwards() == f"日志第{first + 4}条比前一条早3小时：服务器时间曾经往回跳（共2处）"
    )
    assert (
        journal.behind(now - timedelta(hours=52))
        == "服务器时间比日志末条早50小时，请核对时间（NTP）"
    )


def test_a_journal_that_lost_a_guard_is_not_guarded(db: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL the triggers are of one statement")
    with connection.cursor() as cursor:
        for sql in DROP["sqlite"]:
            cursor.execute(sql)
        assert not journal.is_guarded()
        cursor.execute(CREATE["sqlite"][0])
        assert not journal.is_guarded()
        cursor.execute(CREATE["sqlite"][1])
        assert journal.is_guarded()


def test_a_page_that_is_just_full_has_none_behind_it(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "PER_PAGE", 2)
    _note(now, 2)
    wanted = journal.Wanted(words="orgs.rename")
    page = journal.looked_at(wanted=wanted, actor=people.actor("audit"), now=now)
    assert (len(page.lines), page.next_before) == (2, None)
    line = JournalLine.objects.latest("seq")
    assert (line.verb, line.detail["q"]) == ("kernel.read_journal", "orgs.rename")


def test_what_may_be_sealed_is_looked_through_and_the_journal_never(db: Any) -> None:
    found = list(keys.tables())
    assert JournalLine not in {table.model for table in found}
    assert all(table.texts or table.papers for table in found)
    assert any(table.texts and not table.papers for table in found)
    assert any(table.papers and not table.texts for table in found)


def test_the_line_of_sealing_anew_names_the_key_in_use(
    db: Any, now: datetime, settings: Any
) -> None:
    settings.FIELD_KEYS = [b"2" * 32, b"1" * 32]
    assert keys.reseal(now=now) == 0
    line = JournalLine.objects.get(verb="kernel.reseal")
    assert (line.detail["rows"], line.detail["key"]) == (0, secret.key_name(b"2" * 32))


def _made(people: Cast, now: datetime, **about: Any) -> MadeFile:
    given: dict[str, Any] = {
        "by": people.users["clerk"], "maker": "greeting", "title": "问候", "asked_at": now, "about": {},
    }  # fmt: skip
    made: MadeFile = MadeFile.objects.create(**(given | about))
    return made


def test_a_file_is_its_askers_alone(people: Cast, now: datetime) -> None:
    made = _made(people, now)
    assert made_files.of(key=made.pk, by=people.users["clerk"]) == made
    with pytest.raises(NotFound, match="它是别人要的"):
        made_files.of(key=made.pk, by=people.users["foreign"])


@pytest.mark.parametrize(
    ("about", "there"),
    [
        ({}, True),
        ({"ended": True, "problem": "没有记录"}, True),
        ({"ended": True, "place": "x"}, True),
        ({"ended": True, "place": "gone"}, False),
        ({"ended": True}, False),
    ],
)
def test_what_was_asked_for_last_is_found_as_long_as_it_is_there(
    people: Cast, now: datetime, about: dict[str, Any], there: bool
) -> None:
    made_files.store().put("x", b"x")
    ended = now if about.pop("ended", False) else None
    made = _made(people, now, ended_at=ended, **about)
    asked: dict[str, Any] = {"maker": "greeting", "about": {}}
    assert made_files.latest(by=people.users["clerk"], **asked) == (made if there else None)
    assert made_files.latest(by=people.users["foreign"], **asked) is None


def test_a_result_has_its_page_once_it_is_there(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_files, "PAGES", {})
    pages = {"shown": lambda made: f"/results/{made.pk}/"}
    monkeypatch.setattr(queue, "learn", lambda: made_files.PAGES.update(pages))
    waiting, shown, file = (
        _made(people, now, maker=maker, place=place)
        for maker, place in (("shown", ""), ("shown", "x"), ("greeting", "x"))
    )
    told = [made_files.page_of(one) for one in (waiting, shown, file)]
    assert told == ["", f"/results/{shown.pk}/", ""]


def test_what_nobody_can_make_says_so(people: Cast, now: datetime) -> None:
    made = made_files.ask(maker="nobody", about={}, title="问候", by=people.users["clerk"], now=now)
    worker.work_off()
    made.refresh_from_db()
    assert made.problem == "本程序不会生成这种文件。"
    again = _made(people, now)
    job = Job.objects.create(
        work=made_files.WORK, about={"file": again.pk}, asked_at=now, begins_at=now
    )
    Job.objects.filter(pk=job.pk).update(said="磁盘已满。")
    made_files._give_up(job)
    again.refresh_from_db()
    assert again.problem == "磁盘已满。"
    job.about = {"file": _made(people, now).pk}
    Job.objects.filter(pk=job.pk).update(said="")
    made_files._give_up(job)
    assert MadeFile.objects.get(pk=job.about["file"]).problem == "没有生成。"


def test_a_message_was_read_when_it_was_read_first(people: Cast, now: datetime) -> None:
    user = people.users["clerk"]
    messages.tell(to=user, text="好", url="/", key="k", now=now)
    key = messages.of(user).get().pk
    for later in (0, 5):
        messages.read(key=key, user=user, now=now + timedelta(days=later))
    assert messages.of(user).get().read_at == now
