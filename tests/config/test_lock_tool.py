"""The tool that renews the lock files says what it needs."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.architecture.test_house_rules import ROOT


def test_without_its_program_it_says_so_and_leaves_the_files_alone(tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_text("as it was")
    done = subprocess.run(  # noqa: S603
        ["/bin/sh", ROOT / "tools" / "lock.sh"],
        cwd=tmp_path, env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "uv is needed" in done.stderr
    assert (tmp_path / "requirements.lock").read_text() == "as it was"
