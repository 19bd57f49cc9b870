"""Files in a bucket of S3, as in a folder: whole or absent, listed, removed; and what is said when
the server is away.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from taizhang.config import environment
from taizhang.config.cli.main import main
from taizhang.config.cli.server import doctor
from taizhang.kernel.errors import Unreachable
from taizhang.kernel.storage import s3
from taizhang.kernel.storage.bucket import Bucket
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.models import EvidenceFile
from tests.checks import s3 as server
from tests.make import Cast, cast, picture, raw, save

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40_000 + b"\n%%EOF\n"


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Path]:
    """The folder behind a bucket in which evidence and made files are kept."""
    held = tmp_path / "held"
    held.mkdir()
    settings.DATA = tmp_path / "data"
    monkeypatch.setattr(s3, "TRIES", 2)
    with server.serving(held, monkeypatch):
        monkeypatch.setenv("TAIZHANG_STORE", f"s3://{server.BUCKET}/site")
        settings.STORAGES = settings.STORAGES | environment.storages(tmp_path)
        yield held


@pytest.fixture
def bucket(held: Path) -> Bucket:
    """The place for evidence."""
    del held
    found = evidence.store()
    assert isinstance(found, Bucket)
    return found


def _bytes(bucket: Bucket, name: str) -> bytes:
    with bucket.read(name) as stream:
        return stream.read()


def test_the_signature_is_that_of_the_published_example() -> None:
    access = s3.Access("https://examplebucket.s3.amazonaws.com", "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")  # fmt: skip
    moment = datetime(2013, 5, 24, tzinfo=UTC)
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    told = s3.signed(access, "GET", "/test.txt", {}, {"Range": "bytes=0-9"}, empty, moment)

    wanted = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    assert told["authorization"].endswith(f"Signature={wanted}")


def test_bytes_come_back_and_go(bucket: Bucket, held: Path) -> None:
    bucket.put("files/a", PDF)
    assert _bytes(bucket, "files/a") == PDF
    assert (held / "site/evidence/files/a").read_bytes() == PDF
    assert bucket.at_hand("files/a").read_bytes() == PDF
    assert bucket.at_hand("files/a").stat().st_mode & 0o077 == 0
    bucket.delete("files/a")
    bucket.delete("files/a")
    assert not bucket.exists("files/a")
    with pytest.raises(FileNotFoundError):
        bucket.read("files/a")


def test_a_file_is_put_without_being_held_in_memory(bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(PDF)
    bucket.put("big", tmp_path / "big")
    assert _bytes(bucket, "big") == PDF


def test_a_list_goes_on_after_its_first_page(bucket: Bucket) -> None:
    for n in range(5):
        bucket.put(f"files/{n}", b"x" * n)
    listed = list(bucket.client.listed("site/evidence/", most=2))
    assert [(one.name[-1], one.size) for one in listed] == [(f"{n}", n) for n in range(5)]
    assert [one.name for one in bucket.walk()] == [f"files/{n}" for n in range(5)]


@pytest.mark.parametrize("damage", [PDF[:1000], PDF[:-1] + b"?", b""])
def test_what_is_damaged_is_put_again_and_what_is_whole_is_not(
    bucket: Bucket, held: Path, damage: bytes
) -> None:
    place = held / "site/evidence/a"
    place.parent.mkdir(parents=True)
    place.write_bytes(damage)
    bucket.keep("a", PDF)
    assert place.read_bytes() == PDF
    written = place.stat().st_mtime_ns
    bucket.keep("a", PDF)
    assert place.stat().st_mtime_ns == written


def test_what_the_server_keeps_otherwise_is_not_acknowledged(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server.Objects, "_give", lambda own, whole: own._answer(200, whole[:-1]))
    with pytest.raises(Unreachable, match="与上传的不同"):
        bucket.put("a", b"abc")


def _away(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens there any more."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    settings.STORAGES = settings.STORAGES | environment.storages(Path("/"))


def test_records_go_on_without_the_server_and_a_file_says_that_it_is_not_kept(
    people: Cast,
    now: datetime,
    held: Path,
    login: Any,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    client, address = login(people.users["clerk"]), f"/ledgers/meetings/{entry.pk}/files/"
    assert client.post(address, {"file": io.BytesIO(picture())}).status_code == 200
    file = EvidenceFile.objects.get()
    _away(settings, monkeypatch)

    told = client.post(address, {"file": io.BytesIO(picture(9))})
    shown = client.get(f"/evidence/{file.pk}/")

    assert (told.status_code, "没有保存：存放文件的对象存储" in told.content.decode()) == (
        422,
        True,
    )
    assert (shown.status_code, "现在不能用" in shown.content.decode()) == (503, True)
    assert Client().get("/healthy/").status_code == 503
    assert client.get("/ledgers/meetings/").status_code == 200
    assert EvidenceFile.objects.get() == file


def _taken(people: Cast, now: datetime) -> EvidenceFile:
    return evidence.take_in(
        branch=people.own, name="照片.png", data=picture(), kind="", actor=people.actor("clerk"), now=now
    ).file  # fmt: skip


def test_a_backup_holds_what_is_in_the_bucket_and_the_doctor_sees_what_is_not(
    transactional_db: None, now: datetime, bucket: Bucket, tmp_path: Path
) -> None:
    file = _taken(cast(now), now)
    bucket.put("files/left", b"by an upload that broke off")
    assert doctor._evidence().wrong == []
    assert "没有登记：files/left" in doctor._evidence().worth_knowing[1]
    assert main(["backup", str(tmp_path / "a.tar")]) == 0
    assert main(["restore", str(tmp_path / "a.tar"), "--into", str(tmp_path / "back")]) == 0

    bucket.delete(evidence.path_of(file.sha256))
    assert "“照片.png”不见了" in doctor._evidence().wrong[0]
    assert main(["backup", str(tmp_path / "b.tar")]) == 1
    assert main(["evidence", "load", str(tmp_path / "back" / "evidence")]) == 0

    assert doctor._evidence().wrong == []


def test_what_is_damaged_in_the_folder_is_not_loaded(
    people: Cast, now: datetime, tmp_path: Path, capsys: Any
) -> None:
    name = evidence.path_of(_taken(people, now).sha256)
    kept = evidence.store().at_hand(name)
    other = tmp_path / "before" / name
    other.parent.mkdir(parents=True)
    other.write_bytes(kept.read_bytes()[:-1])
    assert main(["evidence", "load", str(tmp_path / "before")]) == 1
    assert "没有装入：佐证材料“照片.png”已损坏" in capsys.readouterr().err
    assert main(["evidence", "load", str(tmp_path / "nowhere")]) == 1


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("s3://", "s3://桶/前缀"),
        ("s3://key:secret@bucket/x", "s3://桶/前缀"),
        ("evidence", "绝对路径"),
    ],
)
def test_a_place_that_is_none_does_not_start(
    held: Path, monkeypatch: pytest.MonkeyPatch, place: str, told: str
) -> None:
    monkeypatch.setenv("TAIZHANG_STORE", place)
    with pytest.raises(SystemExit, match=told):
        environment.storages(held)


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"])
def test_a_bucket_without_keys_or_address_does_not_start(
    held: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "")
    with pytest.raises(SystemExit, match=name):
        environment.storages(held)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("AWS_SECRET_ACCESS_KEY", "another", "403 AccessDenied"), ("TAIZHANG_STORE", "s3://other", "404 NoSuchBucket")],
)  # fmt: skip
def test_a_server_that_does_not_let_us_in_says_so(
    held: Path, monkeypatch: pytest.MonkeyPatch, settings: Any, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    settings.STORAGES = settings.STORAGES | environment.storages(held)
    assert told in evidence.store().problem()
    with pytest.raises(Unreachable, match=told):
        evidence.store().read("files/a")


def test_a_server_that_stumbles_is_asked_again(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    give, tried = server.Objects._give, []
    bucket.put("a", b"abc")

    def stumbling(own: server.Objects, whole: bytes) -> None:
        tried.append(1)
        if len(tried) == 1:
            own._answer(503, b"<Error><Code>SlowDown</Code></Error>")
        else:
            give(own, whole)

    monkeypatch.setattr(server.Objects, "_give", stumbling)
    assert _bytes(bucket, "a") == b"abc"
    assert len(tried) == 2
