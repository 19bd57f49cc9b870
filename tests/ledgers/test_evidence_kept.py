"""What was acknowledged is there whole: uploads that break off, damaged files, files
that are gone.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from taizhang.kernel import durable
from taizhang.kernel.errors import NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from tests.make import Cast, picture

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"
BIG = b"%PDF-1.4\n" + b"x" * (12 * 1024 * 1024) + b"\n%%EOF\n"


def _take(people: Cast, now: datetime, data: bytes, name: str = "a.pdf") -> evidence.Taken:
    return evidence.take_in(
        branch=people.own, name=name, data=data, kind="", actor=people.actor("clerk"), now=now
    )


def _path(data: bytes, part: str = "files") -> Path:
    return Path(evidence.store().path(evidence.path_of(hashlib.sha256(data).hexdigest(), part)))


@pytest.mark.parametrize("damage", [PDF[:1000], PDF[:-1] + b"?", b""])
def test_what_lies_damaged_under_the_name_is_replaced(
    people: Cast, now: datetime, damage: bytes
) -> None:
    _path(PDF).parent.mkdir(parents=True)
    _path(PDF).write_bytes(damage)

    _take(people, now, PDF)

    assert _path(PDF).read_bytes() == PDF


@pytest.mark.parametrize("part", ["files", "shown", "thumbs"])
def test_uploading_a_known_file_again_mends_each_of_its_parts(
    people: Cast, now: datetime, part: str
) -> None:
    data = picture()
    _take(people, now, data, "a.png")
    whole = _path(data, part).read_bytes()
    _path(data, part).write_bytes(whole[: len(whole) // 2])

    assert _take(people, now, data, "a.png").known

    assert _path(data, part).read_bytes() == whole


def test_a_full_disk_leaves_nothing_under_the_name(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:100])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            _take(people, now, PDF)
    assert not [path for path in _path(PDF).parent.rglob("*") if path.is_file()]

    _take(people, now, PDF)
    assert _path(PDF).read_bytes() == PDF


_WRITER = """
import sys
from pathlib import Path
from taizhang.kernel import durable
content = Path(sys.argv[2]).read_bytes()
while True:
    durable.write(Path(sys.argv[1]), content)
"""


def test_a_killed_writer_never_leaves_half_a_file(tmp_path: Path) -> None:
    path, source = tmp_path / "ab" / "file", tmp_path / "source"
    source.write_bytes(BIG)
    for moment in (0.0, 0.01, 0.03, 0.07):
        command = [sys.executable, "-c", _WRITER, str(path), str(source)]
        with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(Path.cwd())}) as writer:  # noqa: S603
            deadline = time.monotonic() + 30
            while not path.parent.is_dir() and time.monotonic() < deadline:
                time.sleep(0.002)
            time.sleep(moment)
            writer.send_signal(signal.SIGKILL)
        assert not path.exists() or path.read_bytes() == BIG

    durable.write(path, BIG)
    assert path.read_bytes() == BIG


def test_what_is_kept_is_for_its_owner_alone(people: Cast, now: datetime) -> None:
    _take(people, now, PDF)

    assert _path(PDF).stat().st_mode & 0o777 == 0o600
    assert _path(PDF).parent.stat().st_mode & 0o777 == 0o700


def test_bytes_and_names_are_on_the_disk_before_the_upload_is_acknowledged(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = durable.sync

    def noted(path: Path) -> None:
        synced.append(path.name)
        real(path)

    monkeypatch.setattr(durable, "sync", noted)

    _take(people, now, PDF)

    sha256 = hashlib.sha256(PDF).hexdigest()
    assert synced[0].startswith(sha256)
    assert {sha256[2:4], sha256[:2], "files"} <= set(synced[1:])


def test_taking_a_file_back_is_a_line_of_the_journal(people: Cast, now: datetime) -> None:
    file, actor = _take(people, now, PDF).file, people.actor("clerk")
    evidence.throw_away(file=file, actor=actor, now=now)

    _take(people, now, PDF)

    file.refresh_from_db()
    line = JournalLine.objects.latest("seq")
    assert file.withdrawn_at is None
    assert (line.verb, line.subject) == ("ledgers.take_back_file", f"file:{file.pk}")


def test_taking_in_asks_for_the_right_itself(people: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        evidence.take_in(
            branch=people.own,
            name="a.pdf",
            data=PDF,
            kind="",
            actor=people.actor("foreign"),
            now=now,
        )
    assert not _path(PDF).exists()


@pytest.mark.parametrize(
    ("page", "part"), [("", "files"), ("large/", "shown"), ("small/", "thumbs")]
)
def test_a_file_that_is_gone_is_said_to_be_gone(
    people: Cast, now: datetime, login: Any, page: str, part: str
) -> None:
    data = picture()
    file = _take(people, now, data, "a.png").file
    _path(data, part).unlink()

    answer = login(people.users["clerk"]).get(f"/evidence/{file.pk}/{page}")

    assert answer.status_code == 404
    assert "文件不见了" in answer.content.decode()
