"""Known holes are found in a copy of the advisories, without a network."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tools import advisories

LOCK = (
    "Some_Package==2.1 ; python_version >= '3' \\\n    --hash=sha256:00\nother==1.0 \\\n    "
    "--hash=sha256:11\n"
)


def _told(name: str = "some-package", **affected: Any) -> dict[str, Any]:
    part = {"package": {"ecosystem": "PyPI", "name": name}, **affected}
    return {"id": "PYSEC-1", "modified": "2026-11-01T00:00:00Z", "affected": [part], "summary": "a hole", "aliases": ["CVE-1"]}  # fmt: skip


def _asked(folder: Path, *told: dict[str, Any]) -> tuple[int, str]:
    copy, lock = folder / "all.zip", folder / "requirements.lock"
    with zipfile.ZipFile(copy, "w") as out:
        for n, one in enumerate(told):
            out.writestr(f"{n}.json", json.dumps(one))
    lock.write_text(LOCK, "utf-8")
    said = io.StringIO()
    with redirect_stdout(said):
        code = advisories.main([str(copy), str(lock)])
    return code, said.getvalue()


def _range(*events: dict[str, str]) -> list[dict[str, Any]]:
    return [{"type": "ECOSYSTEM", "events": list(events)}]


@pytest.mark.parametrize(
    ("affected", "holes"),
    [
        ({"versions": ["2.1"]}, 1),
        ({"ranges": _range({"introduced": "0"}, {"fixed": "2.2"})}, 1),
        ({"ranges": _range({"introduced": "0"}, {"fixed": "2.1"})}, 0),
        ({"ranges": _range({"introduced": "0"}, {"last_affected": "2.1"})}, 1),
        ({"ranges": _range({"introduced": "0"}, {"fixed": "1.9"}, {"introduced": "2.0"})}, 1),
        ({"ranges": _range({"introduced": "2.10"})}, 0),
        ({"name": "another", "versions": ["2.1"]}, 0),
    ],
)
def test_a_version_is_held_against_what_an_advisory_says(
    tmp_path: Path, affected: dict[str, Any], holes: int
) -> None:
    code, said = _asked(tmp_path, _told(**affected))

    assert (code, f"已知漏洞{holes}个" in said) == (1 if holes else 0, True)
    assert "2个软件包和1条漏洞公告，公告截至2026-11-01" in said


def test_one_hole_under_two_names_is_one_and_what_was_withdrawn_is_none(tmp_path: Path) -> None:
    one = _told(versions=["2.1"])
    other = one | {"id": "CVE-1", "aliases": []}
    gone = _told("other", versions=["1.0"]) | {"id": "PYSEC-2", "withdrawn": "2026-11-02T00:00:00Z"}

    code, said = _asked(tmp_path, one, other, gone)

    assert (code, "已知漏洞1个" in said) == (1, True)


def test_what_is_no_copy_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "all.zip").write_bytes(b"no")
    (tmp_path / "lock").write_text(LOCK, "utf-8")

    assert advisories.main([str(tmp_path / "all.zip"), str(tmp_path / "lock")]) == 2
    assert "读不懂" in capsys.readouterr().out
