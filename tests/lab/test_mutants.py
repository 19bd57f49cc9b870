"""Changes of the sources one at a time: what is changed, which tests must notice it, and that all
actions are tried.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from lab import mutants, reached
from lab.mutants import ROOMS, ROOT, Mutant, mutants_of
from taizhang.kernel import calendar

CODE = '''
def one(a: int = 3) -> bool:
    """Says 7."""
    def inner() -> bool:
        return a < 5 and a in (1,)
    must_be(a)
    return inner()

class Two:
    def three(self):
        note("x", n=1 + self.n)
'''


@pytest.fixture
def found(tmp_path: Path) -> list[Mutant]:
    path = tmp_path / "code.py"
    path.write_text(CODE, "utf-8")
    return mutants_of(path)


def test_each_thing_of_a_body_is_changed_once_and_no_default(found: list[Mutant]) -> None:
    assert {(one.function, one.told) for one in found} == {
        ("one", "a < 5: comparison 1"), ("one", "5 → 6"), ("one", "a < 5 and a in (1,): And"), ("one", "a in (1,): comparison 1"),
        ("one", "1 → 2"), ("one", "without must_be(a)"), ("Two.three", "without note('x', n=1 + self.n)"), ("Two.three", "1 + self.n: Add"),
        ("Two.three", "1 → 2"),
    }  # fmt: skip
    assert len(found) == 9


def test_a_change_is_that_change_and_no_other(found: list[Mutant]) -> None:
    for one in found:
        lines = ast.unparse(one.tree()).splitlines()
        differs = [
            (was, now)
            for was, now in zip(ast.unparse(ast.parse(CODE)).splitlines(), lines, strict=True)
            if was != now
        ]
        assert len(differs) == 1, one.told


def test_a_changed_function_behaves_otherwise_in_a_process_of_its_own() -> None:
    path = ROOT / "taizhang/kernel/calendar.py"
    (one, *_) = [m for m in mutants_of(path) if m.function == "plus_months"]
    of = [m for m in mutants_of(path) if m.function == "plus_months" and "→" in m.told]
    day = date(2018, 1, 31)
    was = calendar.plus_months(day, 1)

    def tried(mutant: Mutant) -> int:
        assert mutants.put_in_place(mutant)
        return int(calendar.plus_months(day, 1) != was)

    ended = [reached._in_a_process(partial(tried, m), 60) for m in of]
    assert one.path == path
    assert reached.NOTICED in ended
    assert calendar.plus_months(day, 1) == was


def test_what_is_reached_is_told_statement_by_statement() -> None:
    path = ROOT / "taizhang/kernel/calendar.py"
    of = [one for one in mutants_of(path) if one.function == "plus_months"]

    def tried() -> int:
        told: list[int] = []
        mutants.watch(path, told.append)
        assert calendar.plus_months(date(2018, 1, 31), 1) == date(2018, 2, 28)
        return int({one.begins for one in of} <= set(told))

    assert reached._in_a_process(tried, 60) == reached.NOTICED


@dataclass
class _Item:
    nodeid: str
    path: str


def test_those_tests_are_run_that_reach_the_line_and_those_of_its_fixtures() -> None:
    items = [_Item("a::x", "a"), _Item("a::y", "a"), _Item("b::x", "b"), _Item("b::y", "b")]
    told: dict[str, Any] = {
        "took": {"a::x": 9, "a::y": 9, "b::x": 1, "b::y": 1}, "failed": {},
        "lines": {"f.py": {"3": ["", "a::y"], "4": ["b::x|b"], "5": ["a::x"]}},
    }  # fmt: skip

    def ids(line: int) -> list[str]:
        mutant = Mutant(Path("f.py"), "", (line, line), "f", (3, 6), "", 0, ("call", None), line)
        return [
            item.nodeid for item in reached.chosen(cast("list[pytest.Item]", items), told, mutant)
        ]

    assert ids(3) == ["a::y"]
    assert ids(4) == ["b::x", "b::y"], "made once for the module"
    assert ids(6) == ["a::x", "a::y", "b::x", "b::y"], "no statement is told: its function"
    told["lines"]["f.py"]["3"].append("b::y")
    assert ids(3) == ["b::y", "a::y"], "the quicker module first"
    told["took"] |= {"b::y": 50, "a::y": 80}
    assert ids(3) == ["b::y"], "no longer than a change is shown to them"
    told["took"] |= {"b::y": 500, "a::y": 900}
    assert ids(3) == ["b::y"], "and to one at least"
    told["failed"] = {"a::y": "why", "b::y": "why"}
    assert ids(3) == []


def test_all_actions_are_tried_and_every_room_has_its_tests() -> None:
    tried = {path for room in ROOMS for path in room.paths()}
    acts = {*ROOT.glob("taizhang/**/actions.py"), *ROOT.glob("taizhang/**/actions/*.py")}
    assert {path for path in acts - tried if path.name != "__init__.py"} == set()
    assert [(room.name, test) for room in ROOMS for test in room.tests if not (ROOT / test).exists()] == []  # fmt: skip
