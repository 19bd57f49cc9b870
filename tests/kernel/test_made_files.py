"""Files made by a worker: how they are told of, how far they are, and what happens to those that
fail or grow old.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest

from taizhang.kernel.actions import made_files, messages
from taizhang.kernel.errors import BadInput, NotFound
from taizhang.kernel.jobs import worker
from taizhang.kernel.jobs.models import Job, MadeFile
from taizhang.kernel.messages.models import Message
from tests.make import Cast

Made = made_files.Made


def _ask(people: Cast, now: datetime, title: str = "问候") -> MadeFile:
    return made_files.ask(
        maker="greeting", about={}, title=title, by=people.users["clerk"], now=now
    )


def _makes(monkeypatch: pytest.MonkeyPatch, make: Any) -> None:
    monkeypatch.setitem(made_files.MAKERS, "greeting", make)


def test_long_titles_and_names_show_that_they_were_longer(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _makes(monkeypatch, lambda *_: Made("名" * 201, "text/plain", b"x"))
    made = _ask(people, now, "题" * 201)
    worker.work_off()
    made.refresh_from_db()
    assert (made.title, made.name) == ("题" * 199 + "…", "名" * 199 + "…")


def test_what_was_written_aside_is_gone_once_it_is_kept(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    aside = tmp_path / "aside"
    aside.write_bytes(b"x")
    _makes(monkeypatch, lambda *_: Made("a.zip", "application/zip", path=aside))
    made = _ask(people, now)
    worker.work_off()
    made.refresh_from_db()
    with made_files.opened(made) as stream:
        assert stream.read() == b"x"
    assert not aside.exists()


def test_what_could_not_be_made_says_why_and_stays_as_it_is(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Made:
        raise BadInput("没有可以打印的记录。")

    _makes(monkeypatch, refuse)
    made = _ask(people, now)
    worker.work_off()
    made.refresh_from_db()
    assert (made.problem, made.place, made.ended_at is None) == ("没有可以打印的记录。", "", False)
    assert [one.text for one in messages.of(people.users["clerk"])] == ["没有生成：问候"]

    again = Job.objects.create(
        work=made_files.WORK, about={"file": made.pk}, asked_at=now, begins_at=now
    )
    made_files._give_up(again)
    assert MadeFile.objects.get().ended_at == made.ended_at
    assert Message.objects.count() == 1


def test_how_far_it_is_is_noted_once_a_second(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    seconds = chain([50.0, 50.0, 50.9], repeat(51.0))

    def count(_user: Any, _about: Any, progress: Any) -> Made:
        for done in (1, 2, 3):
            progress(done, 3)
            seen.append(MadeFile.objects.get().done)
        return Made("a.txt", "text/plain", b"x")

    _makes(monkeypatch, count)
    _ask(people, now)
    monkeypatch.setattr("time.monotonic", lambda: next(seconds))
    worker.work_off()
    assert seen == [1, 1, 3]
    assert MadeFile.objects.get().total == 3


def test_with_the_next_file_those_go_that_are_kept_long_enough(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _makes(monkeypatch, lambda *_: Made("a.txt", "text/plain", b"x"))
    older, younger = _ask(people, now), None
    worker.work_off()
    older.refresh_from_db()
    MadeFile.objects.update(ended_at=older.ended_at - made_files.KEPT - timedelta(hours=1))  # type: ignore[operator]
    younger = _ask(people, now)
    worker.work_off()

    younger.refresh_from_db()
    assert MadeFile.objects.get(pk=older.pk).place == ""
    assert not made_files.store().exists(older.place)
    with made_files.opened(younger) as stream:
        assert stream.read() == b"x"
    with pytest.raises(NotFound, match="已经删除"):
        made_files.opened(MadeFile.objects.get(pk=older.pk))


def test_a_long_message_shows_that_it_was_longer(people: Cast, now: datetime) -> None:
    told = {"text": "话" * 301, "url": "/board/", "key": "k" * 160}
    assert messages.tell(to=people.users["clerk"], now=now, **told)
    kept = Message.objects.get()
    assert (kept.text, kept.url, kept.key) == ("话" * 299 + "…", "/board/", "k" * 160)
    assert not messages.tell(to=people.users["clerk"], now=now, **told)
