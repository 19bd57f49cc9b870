"""The store on a server of S3 that others wrote: `tools/on_swift.sh` starts it, `make night` asks
it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from taizhang.config import environment
from taizhang.kernel.errors import Unreachable
from taizhang.kernel.storage import s3
from taizhang.kernel.storage.bucket import Bucket

pytestmark = [
    pytest.mark.night,
    pytest.mark.skipif("TAIZHANG_TRY_S3" not in os.environ, reason="tools/on_swift.sh starts one"),
]
BIG = os.urandom(19 * 1024 * 1024)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An own bucket there, by the settings."""
    monkeypatch.setenv("TAIZHANG_STORE", f"s3://tried{os.urandom(4).hex()}/site")
    found = Bucket(**environment.storages(Path("/"))["evidence"]["OPTIONS"])
    found.client._asked("PUT", "").body.close()
    return found


def test_a_real_server_takes_gives_lists_and_removes(bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(BIG)
    bucket.put("files/big", tmp_path / "big")
    bucket.keep("files/a", b"abc")
    bucket.keep("files/a", b"abd")
    for name, data in (("files/big", BIG), ("files/a", b"abd")):
        with bucket.read(name) as stream:
            assert stream.read() == data
    listed = list(bucket.client.listed("site/evidence/", most=1))
    assert [(one.name, one.size) for one in listed] == [("site/evidence/files/a", 3), ("site/evidence/files/big", len(BIG))]  # fmt: skip
    for name in ("files/a", "files/big", "files/a"):
        bucket.delete(name)
    assert (bucket.exists("files/a"), list(bucket.walk()), bucket.problem()) == (False, [], "")


def test_a_real_server_lets_nobody_in_with_another_key(bucket: Bucket) -> None:
    access = bucket.client.access
    other = s3.Client(
        s3.Access(access.endpoint, access.region, access.key, "another"), bucket.client.bucket
    )
    with pytest.raises(Unreachable, match="403 SignatureDoesNotMatch"):
        other.get("files/a")
