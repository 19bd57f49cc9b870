"""What the settings of the deploy page, the locks and the sources promise to a security officer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from taizhang.config import settings as as_written

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
_ENTRY = re.compile(r"^([a-z0-9][\w.-]*)==(\S+)(.*(?:\n[ #].*)*)", re.MULTILINE)
_WITHOUT_CHANCE = ("demo", "inspection/site/sampling.py")
"""Where chance is to be the same again: the invented district, and which records an inspector is
shown.
"""


def _of_the_deploy_page(data: Path) -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    told = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    keys = {"TAIZHANG_SECRET_KEY": "0123456789abcdef" * 4, "TAIZHANG_FIELD_KEY": "ab" * 32}
    del told["DATABASE_URL"]
    apart = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("TAIZHANG_", "DATABASE_", "DJANGO_"))
    }
    return apart | told | keys | {"TAIZHANG_DATA": str(data), "PYTHONPATH": str(ROOT)}


def test_django_finds_nothing_to_warn_of_in_the_settings_of_the_deploy_page(tmp_path: Path) -> None:
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(  # noqa: S603
        words, cwd=ROOT, env=_of_the_deploy_page(tmp_path), capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_what_a_command_of_production_makes_is_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = subprocess.run(
        [sys.executable, "-m", "taizhang.config.cli.main", "migrate"], cwd=ROOT,
        env=_of_the_deploy_page(data) | {"PYTHONDONTWRITEBYTECODE": "1"}, umask=0o022, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = [path for path in data.rglob("*") if path.is_file()]
    assert "taizhang.sqlite3" in {path.name for path in made}
    assert [path.name for path in made if path.stat().st_mode & 0o777 != 0o600] == []
    assert data.stat().st_mode & 0o777 == 0o700


def test_passwords_are_kept_as_slow_salted_hashes() -> None:
    (named,) = as_written.PASSWORD_HASHERS
    hasher = import_string(named)()
    one, other = (hasher.encode("Richtig-2018", hasher.salt()) for _ in range(2))
    assert one.startswith("argon2$argon2id$")
    assert one != other
    assert hasher.verify("Richtig-2018", one)
    assert hasher.decode(one)["memory_cost"] >= 19 * 1024


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_dependency_is_locked_with_hashes(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = [(name, more) for name, _, more in _ENTRY.findall(text)]
    assert len(entries) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 20
    assert [name for name, more in entries if "--hash=sha256:" not in more] == []


def test_the_installer_takes_nothing_without_its_hash() -> None:
    lines = (ROOT / "tools" / "install.sh").read_text("utf-8").splitlines()
    ways = [line for line in lines if "install -q" in line]
    assert len(ways) == 3
    assert all(line.strip().startswith("add() {") and "--no-deps" in line for line in ways)
    asked = [line.strip() for line in lines if re.search(r"\badd [^(]", line)]
    assert asked[0] == 'add --require-hashes -r "$lock"'
    assert [line for line in asked[1:] if " -e ." not in line] == []


def test_what_the_program_asks_for_is_locked_and_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {re.split(r"[\[<>=; ]", one)[0].lower() for one in project["dependencies"]}
    locked = {
        name for name, _, _ in _ENTRY.findall((ROOT / "requirements.lock").read_text("utf-8"))
    }
    assert asked <= locked


def test_no_secret_comes_from_a_generator_that_can_be_guessed_and_no_program_from_a_shell() -> None:
    guessed = re.compile(
        r"^\s*(?:import random\b|from random\b)|np\.random|numpy\.random", re.MULTILINE
    )
    shell = re.compile(r"shell=True|os\.system\(|os\.popen\(|\bsubprocess\.getoutput")
    for path in sorted((ROOT / "taizhang").rglob("*.py")):
        text, place = path.read_text("utf-8"), path.relative_to(ROOT / "taizhang").as_posix()
        assert place.startswith(_WITHOUT_CHANCE) or not guessed.search(text), place
        assert not shell.search(text), place
