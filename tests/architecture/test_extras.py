"""What a school installs is enough for all that it uses: only what judges a province, or reads
pictures, needs more.
"""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from taizhang.checks.columnar import extra
from taizhang.config.cli.main import main

ROOT = Path(__file__).parents[2]
MORE = {
    "checks/batch": {"duckdb", "pyarrow", "pyspark", "py4j"},
    "checks/columnar": {"pyarrow"},
    "rules/columnar": {"duckdb", "ibis-framework"},
    "documents/recognise.py": {"rapidocr-onnxruntime"},
    "web/sign_on/oidc.py": {"joserfc"},
}
"""Rooms that are entered only where the extra is installed, and what they import."""


def _locked(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9_.-]+)==", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def _imported(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    names = [
        name
        for node in tree
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    tops = {name.partition(".")[0] for name in names}
    return tops - sys.stdlib_module_names - {"taizhang", "lab", "tests", ""}


def test_the_basic_installation_has_what_the_program_imports() -> None:
    base, sources = _locked("requirements.lock"), packages_distributions()
    lacking = []
    for path in sorted((ROOT / "taizhang").rglob("*.py")):
        room = path.relative_to(ROOT / "taizhang").as_posix()
        more = next((held for name, held in MORE.items() if room.startswith(name)), set())
        for top in _imported(path):
            wanted = {one.lower().replace("_", "-") for one in sources.get(top, [top])}
            if not wanted & (base | more):
                lacking.append(f"{room}: {top}")
    assert not lacking


def test_the_large_one_has_the_engine_for_a_province_and_the_same_of_the_rest() -> None:
    base, batch = _locked("requirements.lock"), _locked("requirements-batch.lock")

    assert {"duckdb", "ibis-framework", "pyarrow"} <= batch - base
    assert base <= batch


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--engine", "duckdb", "--from", "2018-01-01", "--to", "2018-12-31"],
        ["check", "--engine", "duckdb", "--facts", "nowhere"],
        ["facts", "export", "nowhere"],
    ],
)
@pytest.mark.usefixtures("people")
def test_whoever_lacks_the_engine_is_told_how_to_get_it(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name == "duckdb" else name)

    assert main(words) == 1
    told = capsys.readouterr()
    assert told.err.strip() == extra.HOW
    assert "make batch" in told.err
    assert told.out == ""
