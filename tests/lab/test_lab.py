"""The laboratory stands beside the sources: it has its own commands, and nothing of it is
installed.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from setuptools import find_packages  # type: ignore[import-untyped]

from lab.__main__ import main
from taizhang.config.cli import main as command
from taizhang.config.cli.office import facts

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_of_it_is_installed() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    installed = find_packages(str(ROOT), **told["tool"]["setuptools"]["packages"]["find"])

    assert "taizhang.demo" in installed
    assert [name for name in installed if not name.startswith("taizhang")] == []


def test_a_folder_without_facts_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "check", "--facts", str(tmp_path)]) == 1
    assert "不是事实数据目录" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["drill", "mutants"])
def test_a_drill_tells_its_own_usage(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"python -m lab {name}" in capsys.readouterr().out


def test_invented_facts_are_made_by_the_laboratory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[Any] = []

    def run(words: list[str], **about: Any) -> subprocess.CompletedProcess[str]:
        called.append((words, about["env"]["PYTHONPATH"]))
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(subprocess, "run", run)
    asked = ["facts", "make", str(tmp_path), "--branches", "3", "--seed", "7"]

    assert command.main(asked) == 0

    told = ["facts", "make", str(tmp_path), "--branches", "3", "--years", "1", "--seed", "7"]
    assert called == [([sys.executable, "-m", "lab", *told], str(ROOT))]


def test_where_it_is_not_there_its_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(facts, "SOURCES", tmp_path)
    assert command.main(["facts", "make", str(tmp_path), "--branches", "3"]) == 1
    assert "请在源代码目录里运行" in capsys.readouterr().err
