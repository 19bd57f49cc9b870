"""Facts in a bucket of S3: what is fetched, what stays, and what is refused. That they are judged
as a folder is: test_batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.checks.batch import parquet, source
from taizhang.config.cli.main import main
from taizhang.kernel.errors import BadInput
from tests.checks import s3

PART = "meetings/part-00000.parquet"


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A bucket with one file, which is larger than one request; what the server is asked for."""
    file = tmp_path / "held" / "facts" / PART
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(range(256)) * 100_000)
    with s3.serving(tmp_path / "held", monkeypatch) as asked:
        yield asked


def test_files_are_fetched_once_and_nothing_stays(
    bucket: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with source.at("s3://facts/facts/").at_hand() as fetch:
        (first,) = fetch([PART, "meetings/part-00099.parquet"])
        asked = len(bucket)
        assert first.read_bytes() == (tmp_path / "held" / "facts" / PART).read_bytes()
        assert fetch([PART]) == [first]
        assert len(bucket) == asked
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("s3://", "s3://桶/目录"),
        ("s3://key:secret@facts/facts", "密钥用环境变量"),
        ("s3://facts/facts?region=x", "s3://桶/目录"),
        ("s3://facts/facts", "不是事实数据目录"),
    ],
)
def test_a_place_that_is_no_bucket_of_facts_is_refused(
    bucket: list[str], place: str, told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        parquet.about(place)


def test_a_server_that_lets_nobody_in_is_named(
    bucket: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    with pytest.raises(BadInput, match=r"不能从 http://127.* 读取 s3://facts/facts/facts.json"):
        parquet.about("s3://facts/facts")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "127.0.0.1:9000")
    with pytest.raises(BadInput, match="AWS_ENDPOINT_URL 应写作"):
        parquet.about("s3://facts/facts")


def test_the_result_of_a_bucket_goes_where_one_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--engine", "duckdb", "--facts", "s3://facts/facts"]) == 1
    assert "--out" in capsys.readouterr().err
