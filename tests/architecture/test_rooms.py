"""Rooms of the house (HOUSE 2, ADR 0044): how many modules a folder holds, and where no
code hides.
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from tests.architecture.test_house_rules import ROOT

FLAT = 12
KINDS = {"ledgers/kinds", "rules/kinds"}
"""Folders of kinds: one module each, however many there are; their `__init__` lists them."""
BY_KIND = KINDS | {"rules/columnar"}
"""Folders with a module for each kind."""
CROWDED: set[str] = set()
"""Folders that hold more than a dozen so far. Whoever clears one out takes it from here."""
HANDED_ON = {
    *KINDS,
    "inspection/actions",
    "inspection/models",
    "ledgers/models",
    "orgs/models",
}
"""Packages whose `__init__` names what others take from them: registries, and models, which Django
looks for by that name.
"""
ROOMY = ("checks", "inspection", "kernel", "ledgers", "notices", "orgs", "papers")


def _folders() -> dict[str, Path]:
    """Every package, by its path below the first."""
    top = ROOT / "taizhang"
    found = {path.parent for path in top.rglob("*.py") if "migrations" not in path.parts}
    return {str(path.relative_to(top)): path for path in found}


def _modules(folder: Path) -> list[str]:
    return [path.stem for path in folder.glob("*.py") if path.name != "__init__.py"]


def _beyond_imports(path: Path) -> list[str]:
    """What an `__init__` has besides its docstring: imports and names count as handed on, all else
    as code.
    """
    body = ast.parse(path.read_text("utf-8")).body
    return [type(node).__name__ for node in body if not isinstance(node, ast.Expr)]


def test_a_folder_holds_a_dozen_modules_at_most() -> None:
    counted = {name: len(_modules(path)) for name, path in _folders().items()}
    crowded = {name for name, n in counted.items() if n > FLAT}
    assert crowded - BY_KIND == CROWDED


def test_no_init_has_code_that_one_would_look_for_by_name() -> None:
    found = {
        name: set(_beyond_imports(path / "__init__.py"))
        for name, path in _folders().items()
        if name != "."
    }
    assert {name for name, kinds in found.items() if kinds} == HANDED_ON
    handing = {"Import", "ImportFrom", "Assign", "AnnAssign"}
    assert {name: kinds - handing for name, kinds in found.items() if kinds - handing} == {}


@pytest.mark.parametrize("package", ROOMY)
def test_every_room_has_its_place_in_the_order(package: str) -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    layers = [
        name.strip("() ")
        for contract in contracts
        if contract.get("containers") == [f"taizhang.{package}"]
        for layer in contract["layers"]
        for name in layer.replace(":", "|").split("|")
    ]
    rooms = {name.split("/")[1] for name in _folders() if name.startswith(f"{package}/")}
    assert rooms - set(layers) == set()
