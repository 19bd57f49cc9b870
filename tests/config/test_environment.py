"""Settings from the environment: what is empty is as good as left out, and what is
wrong is said.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
_ASKED = """
from taizhang.config import settings
from taizhang.kernel.journal import chain
kept = {n: v for n, v in vars(settings).items() if n.isupper()}
print(sorted((n, repr(v)) for n, v in kept.items()), chain.algorithm())
"""


def _settings(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: text for name, text in os.environ.items() if name not in NAMES}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", _ASKED], cwd=folder, env=clean | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_empty_value_is_as_good_as_left_out(tmp_path: Path) -> None:
    without, empty = _settings(tmp_path), _settings(tmp_path, **dict.fromkeys(NAMES, ""))
    assert without.returncode == 0, without.stderr
    assert (empty.returncode, empty.stdout) == (0, without.stdout)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TAIZHANG_DATA", "var", "绝对路径"),
        ("TAIZHANG_PROXIES", "one", "应是整数"),
        ("TAIZHANG_CIPHER", "des", "只能是"),
    ],
)
def test_a_wrong_value_is_told_in_words(tmp_path: Path, name: str, value: str, told: str) -> None:
    run = _settings(tmp_path, **{name: value})
    assert run.returncode == 1
    assert told in run.stderr
    assert "Traceback" not in run.stderr


def test_no_default_is_lost_to_an_empty_value() -> None:
    for path in (ROOT / "taizhang").rglob("*.py"):
        assert not re.search(r'environ\.get\("[A-Z_]+", (?!""\))', path.read_text("utf-8")), path
