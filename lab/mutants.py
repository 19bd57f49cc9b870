"""Changes one thing in the sources at a time and asks whether any test notices: `make night` runs a
sample.

    python -m lab mutants [FILE[:LINE] …] [--room NAME …] [--sample N] [--seed S] [--tests PATH …]

The tests of the rooms are run once and it is kept which of them reach which line. Then each change
(a bound, a sign, a condition, a guard, a journal line or another call left out) lives in a forked
process alone: the function's code is exchanged there, and the tests that reach the line are run
until one fails. Exit code 1 when more than one in twenty survives.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import django

from lab import reached

ROOT = Path(__file__).resolve().parents[1]
ACTS = "tests/architecture/test_actions.py"
OF_A_ROUND = "tests/architecture/test_acts_of_a_round.py"


@dataclass(frozen=True)
class Room:
    """Sources that belong together, and the tests that must notice a change in them."""

    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]
    acts: str = ""
    """How the names of its acts begin, where they do not begin with its own."""

    def paths(self) -> list[Path]:
        """Its files, in their order."""
        return [path for pattern in self.sources for path in sorted(ROOT.glob(pattern))]


def _of(folder: str, names: str) -> tuple[str, ...]:
    """The acts of a room, and its tests by their names."""
    return (ACTS, *(f"tests/{folder}/test_{name}.py" for name in names.split()))


_RULES = (
    "tests/rules/spec", "tests/rules/test_engines_agree.py", "tests/rules/test_phrases.py", "tests/checks/test_own_ledgers.py",
    "tests/checks/test_incremental.py", "tests/checks/test_after_every_change.py", "tests/catalogue/test_law.py", "tests/inspection/test_bases.py",
)  # fmt: skip
ROOMS = [
    Room("calendar", ("taizhang/kernel/calendar.py",), ("tests/kernel/test_calendar.py", *_RULES[:2])),
    Room("rules", ("taizhang/rules/kinds/*.py", "taizhang/rules/*.py"), _RULES),
    Room("values", ("taizhang/notices/values.py",), ("tests/notices/test_values.py", "tests/notices/test_notices.py")),
    Room("fields", ("taizhang/ledgers/fields.py",), ("tests/ledgers/test_fields.py", "tests/ledgers/test_forms.py", "tests/ledgers/test_sheets.py")),
    Room(
        "kernel", ("taizhang/kernel/actions/*.py",),
        (ACTS, "tests/kernel", "tests/ledgers/test_personal.py", "tests/ledgers/test_row_hashes.py", "tests/web/test_messages.py",
         "tests/config/test_doctor.py"),
        acts="journal keys",
    ),
    Room(
        "ledgers", ("taizhang/ledgers/*/actions.py",),
        (ACTS, "tests/ledgers"),
    ),
    Room(
        "inspection", ("taizhang/inspection/actions/*.py", "taizhang/inspection/*/actions.py", "taizhang/inspection/*/actions/*.py"),
        (ACTS, OF_A_ROUND, "tests/inspection"),
    ),
    Room(
        "orgs", ("taizhang/orgs/actions/*.py", "taizhang/orgs/*/actions.py"),
        (ACTS, "tests/orgs", "tests/web/test_listing.py", "tests/ledgers/test_ticks.py"),
    ),
    Room(
        "checks", ("taizhang/checks/actions/*.py", "taizhang/checks/*/actions.py", "taizhang/checks/dismissals.py"),
        (*_of("checks", "runs dismissals current standing agenda saving told incremental after_every_change beside changed explaining workshop rule_bench checking"),
         "tests/inspection/test_matching.py"),
    ),
    Room(
        "papers", ("taizhang/papers/actions.py", "taizhang/papers/*/actions.py"),
        (*_of("papers", "heads templates template_word template_check official printed"), "tests/inspection/test_own_forms.py", "tests/ledgers/test_burden.py"),
    ),
    Room("intake", ("taizhang/intake/actions.py", "taizhang/intake/*/actions.py"), _of("intake", "acts columns kinds marks pages sheets templates read talks_and_mending dues_of_two_ledgers taken")),
]  # fmt: skip
"""Their names are those of the acts (`tests/architecture/acts`): of these a room tries its own."""
SURVIVORS = 20
"""At most one of so many may survive."""
_OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: which node of which function of a file, and how it is changed."""

    path: Path
    source: str = field(repr=False)
    """The text of the file, which may go on changing."""
    lines: tuple[int, int]
    function: str
    within: tuple[int, int]
    told: str
    number: int
    how: tuple[str, int | None]
    begins: int
    """Where its statement begins."""

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.lines[0]} {self.function}  {self.told}"

    def tree(self) -> ast.Module:
        """The whole module with the change."""
        made = ast.parse(self.source)
        function = next(one for _, one in _named(made) if one.lineno == self.within[0])
        _changed(_nodes(function)[self.number], self.how)
        return made


def _named(
    tree: ast.Module | ast.ClassDef, before: str = ""
) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a module and of its classes; what is inside a function is part of it."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield f"{before}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from _named(node, f"{before}{node.name}.")


def _nodes(function: ast.FunctionDef) -> list[ast.AST]:
    """All that runs when the function is called: not its defaults, decorators and annotations."""
    return [node for statement in function.body for node in ast.walk(statement)]


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """What can be changed of a node: what it is called, and how it is done."""
    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            if type(op) in _OTHER:
                yield f"{ast.unparse(node)}: comparison {at + 1}", ("ops", at)
    elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _OTHER:
        yield f"{ast.unparse(node)[:60]}: {type(node.op).__name__}", ("op", None)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value} → {node.value + 1}", ("value", None)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield f"without {ast.unparse(node)[:60]}", ("call", None)


def _changed(node: Any, how: tuple[str, int | None]) -> None:
    what, at = how
    if what == "ops":
        node.ops[at] = _OTHER[type(node.ops[at])]()
    elif what == "op":
        node.op = _OTHER[type(node.op)]()
    elif what == "value":
        node.value += 1
    else:
        node.value = ast.Constant(None)


def mutants_of(path: Path) -> list[Mutant]:
    """Every change of a file, in its order; only inside functions."""
    found, source = [], path.read_text("utf-8")
    for name, function in _named(ast.parse(source)):
        within = (function.lineno, function.end_lineno or function.lineno)
        begins = dict(_begins(function, function.lineno))
        for number, node in enumerate(_nodes(function)):
            for told, how in _changes(node):
                line = getattr(node, "lineno", function.lineno)
                lines = (line, getattr(node, "end_lineno", None) or line)
                at = begins[node]
                found.append(Mutant(path, source, lines, name, within, told, number, how, at))
    return found


def _begins(node: ast.AST, line: int) -> Iterator[tuple[ast.AST, int]]:
    """Everything in it, and where the statement begins that it is of."""
    line = node.lineno if isinstance(node, ast.stmt) else line
    yield node, line
    for inner in ast.iter_child_nodes(node):
        yield from _begins(inner, line)


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner.co_qualname, inner
            yield from _codes(inner)


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    """The functions of a module and of its classes, beneath their decorators."""
    held = list(vars(module).values())
    held += [
        v
        for c in held
        if inspect.isclass(c) and c.__module__ == module.__name__
        for v in vars(c).values()
    ]
    for one in held:
        bare = (
            getattr(one, "fget", None)
            or getattr(one, "__func__", None)
            or getattr(one, "func", one)
        )
        bare = inspect.unwrap(bare) if callable(bare) else bare
        if isinstance(bare, FunctionType) and bare.__module__ == module.__name__:
            yield bare


def put_in_place(mutant: Mutant) -> bool:
    """Exchange the code of the functions of the mutant's module; whether the changed
    one took it.
    """
    return mutant.function in _exchanged(_module(mutant.path), mutant.tree(), mutant.path)


def _module(path: Path) -> ModuleType:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return importlib.import_module(name)


def _exchanged(module: ModuleType, tree: ast.Module, path: Path) -> set[str]:
    """The functions of a module that took their code from a tree."""
    whole = compile(ast.fix_missing_locations(tree), str(path), "exec")
    codes = dict(_codes(whole))
    done = set()
    for function in _functions(module):
        fresh = codes.get(function.__qualname__)
        if fresh is not None and fresh.co_freevars == function.__code__.co_freevars:
            function.__code__ = fresh
            done.add(function.__qualname__)
    return done


TOLD_BY = "__lab_reached__"


def watch(path: Path, reached: Callable[[int], None]) -> None:
    """Have every statement of the functions of a file tell where it begins when it is reached."""
    module, tree = _module(path), ast.parse(path.read_text("utf-8"))
    vars(module)[TOLD_BY] = reached
    for _, function in _named(tree):
        for node in list(ast.walk(function)):
            _watch_blocks(node)
    _exchanged(module, tree, path)


def _watch_blocks(node: ast.AST) -> None:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            setattr(node, name, [one for inner in block for one in (_teller(inner), inner)])


def _teller(statement: ast.stmt) -> ast.stmt:
    """A statement that tells of the next one."""
    (told,) = ast.parse(f"{TOLD_BY}({statement.lineno})").body
    return ast.copy_location(told, statement)


def _sampled(asked: argparse.Namespace) -> dict[str, list[Mutant]]:
    """Room → so many of its changes, drawn by the seed; of what is named by file or line all."""
    found = {}
    for room in ROOMS:
        if asked.room and room.name not in asked.room:
            continue
        every = [mutant for path in room.paths() for mutant in mutants_of(path)]
        if asked.files:
            drawn = [mutant for mutant in every if _is_named(mutant, asked.files)]
        else:
            drawn = random.Random(asked.seed).sample(every, min(asked.sample, len(every)))  # noqa: S311
        if drawn:
            found[room.name] = drawn
    return found


def _is_named(mutant: Mutant, files: Sequence[str]) -> bool:
    path = str(mutant.path.relative_to(ROOT))
    return path in files or f"{path}:{mutant.lines[0]}" in files


def main(argv: Sequence[str] | None = None) -> int:
    """Try the changes and say which survive."""
    parser = argparse.ArgumentParser(prog="python -m lab mutants", description=__doc__)
    parser.add_argument("files", nargs="*", help="only changes of these files, or of FILE:LINE")
    parser.add_argument("--room", action="append", choices=[room.name for room in ROOMS])
    parser.add_argument("--sample", type=int, default=12, help="changes of each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", help="instead of the tests of the room")
    asked = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    tried = survived = 0
    sampled = _sampled(asked)
    for room in ROOMS:
        if drawn := sampled.get(room.name):
            lived = reached.try_all(drawn, asked.tests or room.tests, room.acts or room.name)
            print(
                f"{room.name}: {len(drawn) - lived} of {len(drawn)} changes were noticed",
                flush=True,
            )
            tried, survived = tried + len(drawn), survived + lived
    print(f"{tried - survived} of {tried} changes were noticed")
    return int(survived * SURVIVORS > tried)
