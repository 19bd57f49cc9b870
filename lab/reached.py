"""Which tests reach which line, and the trial of a change by them: each in a forked process of its
own.
"""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from lab.mutants import Mutant
NOTICED, SURVIVED, BROKEN = 1, 0, 3
"""How a process ends that tried a change; BROKEN is no answer and counts as survived."""
CHOSEN = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-m", "not spark and not browser and not night"]  # fmt: skip
PATIENCE = 120
"""Seconds that a change may take longer than ten times what its tests took: a loop without end is
noticed, and told as such.
"""
LOOKED = 90
"""Seconds of tests that a change is shown to, the nearest first: what they do not
notice survives.
"""


def try_all(mutants: Sequence[Mutant], tests: Sequence[str], acts: str) -> int:
    """Tries each change with those of the tests that reach it, says how it went, and answers how
    many survived.
    """
    with tempfile.TemporaryDirectory() as scratch, os.fdopen(os.dup(1), "w") as out:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = scratch
        said = Path(scratch) / "said.txt"
        trial = Trial(mutants, acts, Path(scratch) / "reached.json", out)
        with said.open("w") as quiet:
            os.dup2(quiet.fileno(), 1)
            pytest.main([*CHOSEN, *tests], plugins=[trial])
            os.dup2(out.fileno(), 1)
        if not trial.is_done:
            raise SystemExit(f"The tests were not collected:\n{said.read_text()}")
    return trial.survived


class Trial:
    """A plugin of pytest: instead of running the tests once it runs those that a change concerns,
    for every change.
    """

    def __init__(self, mutants: Sequence[Mutant], acts: str, path: Path, out: TextIO) -> None:
        self.mutants = mutants
        self.acts = tuple(acts.split())
        self.path = path
        self.out = out
        self.failed: dict[str, str] = {}
        self.context = ""
        self.survived = 0
        self.is_done = False

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Of the acts only those of the room."""
        items[:] = [item for item in items if not _act(item) or _act(item).startswith(self.acts)]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """What a fixture reaches counts for the whole module: it may be made once for all its
        tests.
        """
        self.context = f"{item.nodeid}|{item.path}"

    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """From here on the test itself."""
        self.context = item.nodeid

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Which tests fail."""
        if report.failed:
            self.failed[report.nodeid] = report.longreprtext

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The tests once, to see what they reach; then every change."""
        if session.testsfailed:
            return True
        _in_a_process(lambda: self._look(session), 0)
        told = json.loads(self.path.read_text("utf-8"))
        for name, why in told["failed"].items():
            self.out.write(f"left out, for it fails without any change: {name}\n{why}\n")
        for mutant in self.mutants:
            items = chosen(session.items, told, mutant)
            took = sum(told["took"][item.nodeid] for item in items)
            self._try(session, mutant, items, took)
        self.is_done = True
        return True

    def _look(self, session: pytest.Session) -> int:
        """Runs every test and writes down what it reached and how long it took."""
        from lab.mutants import watch  # noqa: PLC0415

        took = {}
        reached: dict[str, dict[int, set[str]]] = {}
        for path in {mutant.path for mutant in self.mutants}:
            watch(path, partial(self._note, reached.setdefault(str(path), {})))
        for item, following in _pairs(session.items):
            began = time.monotonic()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            took[item.nodeid] = time.monotonic() - began
        if len(self.failed) == len(took):
            raise RuntimeError(next(iter(self.failed.values())))
        lines = {
            path: {line: sorted(names) for line, names in of.items()}
            for path, of in reached.items()
        }
        told = {"took": took, "lines": lines, "failed": self.failed}
        self.path.write_text(json.dumps(told), "utf-8")
        return 0

    def _note(self, lines: dict[int, set[str]], line: int) -> None:
        lines.setdefault(line, set()).add(self.context)

    def _try(
        self, session: pytest.Session, mutant: Mutant, items: list[pytest.Item], took: float
    ) -> None:
        began = time.monotonic()
        ended = SURVIVED
        if items:
            ended = _in_a_process(
                lambda: self._notice(session, mutant, items), int(PATIENCE + 10 * took)
            )
        word = {SURVIVED: "SURVIVED", BROKEN: "BROKEN  ", NOTICED: "noticed "}.get(
            ended, "endless "
        )
        self.survived += ended in (SURVIVED, BROKEN)
        self.out.write(
            f"{word} {time.monotonic() - began:5.1f} s  {len(items):3} tests  {mutant}\n"
        )
        self.out.flush()

    def _notice(self, session: pytest.Session, mutant: Mutant, items: list[pytest.Item]) -> int:
        """Puts the change in place and runs the tests until one fails."""
        from lab.mutants import put_in_place  # noqa: PLC0415

        if not put_in_place(mutant):
            return BROKEN
        for item, following in _pairs(items):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                break
        session.config.hook.pytest_sessionfinish(session=session, exitstatus=0)
        return NOTICED if self.failed else SURVIVED


def chosen(items: Sequence[pytest.Item], told: Any, mutant: Mutant) -> list[pytest.Item]:
    """The tests that reach the statement of a change (or, if none does, its function): first those
    that do so themselves, then those of whose fixtures one does, each by their modules, the
    quickest before the others.
    """
    lines = told["lines"][str(mutant.path)]
    reaching = _reaching(lines, (mutant.begins,) * 2) or _reaching(lines, mutant.within)
    modules = {name.partition("|")[2] for name in reaching if "|" in name}
    found = [item for item in items if item.nodeid in reaching or str(item.path) in modules]
    found = [item for item in found if item.nodeid not in told["failed"]]
    took: Counter[tuple[bool, str]] = Counter()
    for item in found:
        took[_group(item, reaching)] += told["took"][item.nodeid]
    found.sort(
        key=lambda item: (item.nodeid not in reaching, took[_group(item, reaching)], str(item.path))
    )
    return _within(LOOKED, found, told["took"])


def _group(item: pytest.Item, reaching: set[str]) -> tuple[bool, str]:
    """Whether only a fixture of a test reaches the line, and its module."""
    return item.nodeid not in reaching, str(item.path)


def _within(
    seconds: float, items: list[pytest.Item], took: Mapping[str, float]
) -> list[pytest.Item]:
    """As many of them as take no longer than this, and one at least."""
    ends = accumulate(took[item.nodeid] for item in items)
    return [
        item
        for at, (item, end) in enumerate(zip(items, ends, strict=True))
        if not at or end <= seconds
    ]


def _act(item: pytest.Item) -> str:
    """The act that a test does; empty for every other test."""
    of = getattr(item, "callspec", None)
    return str(getattr(of and of.params.get("one"), "action", ""))


def _reaching(lines: dict[str, list[str]], within: tuple[int, int]) -> set[str]:
    return {
        name for at in range(within[0], within[1] + 1) for name in lines.get(str(at), ()) if name
    }


def _pairs(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _in_a_process(do: Callable[[], int], seconds: int) -> int:
    """Forks, does it silently there, and answers how it ended; negative when it took longer than so
    many seconds.
    """
    child = os.fork()
    if not child:
        _do(do, seconds)
    _, status = os.waitpid(child, 0)
    for left in settings.DATA.glob(f"test-main-{child}.sqlite3*"):
        left.unlink()  # a process that was stopped leaves its copy of the database behind
    return os.waitstatus_to_exitcode(status)


def _do(do: Callable[[], int], seconds: int) -> None:
    told = os.dup(2)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    signal.alarm(seconds)
    try:
        os._exit(do())
    except BaseException:  # noqa: BLE001  whatever it is, the process must end here
        os.write(told, traceback.format_exc().encode())
        os._exit(BROKEN)
