"""Changes one thing in the sources at a time and asks whether any test notices: `make night` runs a sample.

    python -m lab mutants [FILE …] [--sample N] [--seed S]

Each change (a bound, a sign, a condition, a guard or a journal line left out) lives in a forked process alone: the function's code
is exchanged there and the tests of its room are run. Exit code 1 when more than one in twenty survives.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import django
import pytest

ROOT = Path(__file__).resolve().parents[1]
ACTS = ["tests/architecture/test_actions.py"]
ROOMS: list[tuple[str, list[str]]] = [
    ("taizhang/kernel/calendar.py", ["tests/kernel", "tests/rules/spec"]),
    ("taizhang/rules/kinds/*.py", ["tests/rules/spec", "tests/rules/test_engines_agree.py"]),
    ("taizhang/rules/base.py", ["tests/rules/spec", "tests/rules/test_engines_agree.py"]),
    ("taizhang/rules/due_tables.py", ["tests/rules/spec", "tests/rules/test_engines_agree.py"]),
    ("taizhang/notices/values.py", ["tests/notices"]),
    ("taizhang/ledgers/fields.py", ["tests/ledgers"]),
    ("taizhang/ledgers/*/actions.py", [*ACTS, "tests/ledgers"]),
    ("taizhang/inspection/actions/*.py", [*ACTS, "tests/inspection"]),
    ("taizhang/orgs/actions/*.py", [*ACTS, "tests/orgs"]),
    ("taizhang/checks/actions/*.py", [*ACTS, "tests/checks/test_runs.py", "tests/checks/test_dismissals.py"]),
]  # fmt: skip
"""Which tests must notice a change in which sources."""
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
    line: int
    function: str
    told: str
    of: tuple[int, str]
    number: int
    how: tuple[str, int | None]

    def tree(self) -> ast.Module:
        """The whole module with the change."""
        made = ast.parse(self.path.read_text("utf-8"))
        nodes = ast.walk(made)
        function = next(one for one in nodes if isinstance(one, ast.FunctionDef) and (one.lineno, one.name) == self.of)  # fmt: skip
        _changed(list(ast.walk(function))[self.number], self.how)
        return made


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """What can be changed of a node: what it is called, and a function that does it to a copy of the node."""
    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            if type(op) in _OTHER:
                yield f"{ast.unparse(node)}: comparison {at + 1}", ("ops", at)
    elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _OTHER:
        yield f"{ast.unparse(node)[:60]}: {type(node.op).__name__}", ("op", None)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value} → {node.value + 1}", ("value", None)
    elif isinstance(node, ast.Expr) and _is_guard(node.value):
        yield f"without {ast.unparse(node)[:60]}", ("guard", None)


def _is_guard(call: ast.expr) -> bool:
    if not isinstance(call, ast.Call):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name.startswith(("must_", "_must_")) or name in ("note", "_note")


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
    tree = ast.parse(path.read_text("utf-8"))
    found = []
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for number, node in enumerate(ast.walk(function)):
            for told, how in _changes(node):
                line = getattr(node, "lineno", function.lineno)
                of = (function.lineno, function.name)
                found.append(Mutant(path, line, function.name, told, of, number, how))
    return found


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner.co_qualname, inner
            yield from _codes(inner)


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    """The functions of a module and of its classes, beneath their decorators."""
    held = list(vars(module).values())
    held += [v for c in held if inspect.isclass(c) and c.__module__ == module.__name__ for v in vars(c).values()]  # fmt: skip
    for one in held:
        bare = getattr(one, "fget", None) or getattr(one, "__func__", one)
        bare = inspect.unwrap(bare) if callable(bare) else bare
        if isinstance(bare, FunctionType) and bare.__module__ == module.__name__:
            yield bare


def put_in_place(mutant: Mutant) -> int:
    """Exchange the code of the functions of the mutant's module; how many took it."""
    name = ".".join(mutant.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name)
    whole = compile(ast.fix_missing_locations(mutant.tree()), str(mutant.path), "exec")
    codes = dict(_codes(whole))
    done = 0
    for function in _functions(module):
        fresh = codes.get(function.__qualname__)
        if fresh is not None and fresh.co_freevars == function.__code__.co_freevars:
            function.__code__ = fresh
            done += 1
    return done


def _is_noticed(mutant: Mutant, tests: list[str]) -> bool:
    """Whether a test fails with the change, in a process of its own."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status) != 0
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    try:
        put_in_place(mutant)
        chosen = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-m", "not spark and not browser and not night"]  # fmt: skip
        os._exit(int(pytest.main([*chosen, *tests])))
    except BaseException:  # noqa: BLE001  a change that breaks the import is noticed
        os._exit(9)


def _sampled(files: list[str], sample: int, seed: int) -> list[tuple[Mutant, list[str]]]:
    """So many changes of every room, drawn by the seed; all of a file that is named."""
    chosen = random.Random(seed)  # noqa: S311
    found: list[tuple[Mutant, list[str]]] = []
    for pattern, tests in ROOMS:
        paths = [p for p in sorted(ROOT.glob(pattern)) if not files or str(p.relative_to(ROOT)) in files]  # fmt: skip
        every = [mutant for path in paths for mutant in mutants_of(path)]
        drawn = chosen.sample(every, min(sample, len(every)))
        found += [(mutant, tests) for mutant in drawn]
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Try the changes and say which survive."""
    parser = argparse.ArgumentParser(prog="python -m lab mutants", description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--sample", type=int, default=12, help="changes of each room")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    tried = _sampled(asked.files, asked.sample, asked.seed)
    survived = []
    for mutant, tests in tried:
        began = time.monotonic()
        noticed = _is_noticed(mutant, tests)
        place = f"{mutant.path.relative_to(ROOT)}:{mutant.line} {mutant.function}"
        print(f"{'noticed ' if noticed else 'SURVIVED'} {time.monotonic() - began:5.1f} s  {place}  {mutant.told}", flush=True)  # fmt: skip
        if not noticed:
            survived.append(mutant)
    print(f"{len(tried) - len(survived)} of {len(tried)} changes were noticed")
    return int(len(survived) * SURVIVORS > len(tried))
