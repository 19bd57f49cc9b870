"""Every act leaves its line, and every act refuses strangers itself, not only the page
before it.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from datetime import datetime

import pytest

import taizhang
from taizhang.kernel.journal.labels import STEPS, WORDS
from tests.architecture.acts.act import (
    ACTS,
    Act,
    World,
    refuses_strangers_and_leaves_its_line,
)
from tests.make import Cast

pytestmark = pytest.mark.django_db
APART = {
    "checks.remind": "tests/checks/test_agenda.py: it sends mail by the day",
    "orgs.set_up": "tests/orgs/test_setup.py: it wants nobody there",
    "ledgers.hash_records": "tests/ledgers/test_row_hashes.py: only the command does it",
    "orgs.let_in_again": "tests/orgs/test_attempts.py: only the command does it",
}
"""Lines of what has no actor → the test that asks for them."""
WITHOUT_A_LINE = {
    "inspection.finding.drop",
    "inspection.finding.confirm",
    "inspection.finding.reconsider",
}
"""Steps of the flow that follow from an act with a line of its own: the entry of a device, a
signature, a consultation taken back.
"""
HELPERS = {
    "inspection.outgoing.bundling.wanted", "inspection.outgoing.bundling.package",
    "inspection.findings.note", "inspection.findings.take_step", "inspection.findings.move", "checks.checking.carry_out", "checks.checking.begin_run", "checks.checking.start_run", "checks.checking.start_what_waits",
    "papers.print_paper", "checks.explaining.explain_entered", "checks.dismissing.must_dismiss", "checks.dismissing.may_dismiss", "ledgers.evidence.note", "orgs.noting.note", "orgs.noting.line",
    "inspection.arranging.arrange", "inspection.site.enter", "inspection.site.visit_for", "inspection.rectifying.meetings_after", "inspection.circulating.issue_notice",
}  # fmt: skip
"""Parts of acts, called by them after their own guard."""


def _actions() -> set[str]:
    """Every public function of a package of actions that somebody does."""
    found = set()
    for info in pkgutil.walk_packages(taizhang.__path__, "taizhang."):
        if ".actions" not in info.name or ".kernel." in info.name:
            continue
        module = importlib.import_module(info.name)
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == info.name:
                named = f"{info.name.removeprefix('taizhang.').replace('.actions', '')}.{name}"
                if "actor" in inspect.signature(function).parameters and not name.startswith("_"):
                    found.add(named)
    return found


def test_every_action_has_its_entry() -> None:
    assert _actions() - HELPERS <= {one.action for one in ACTS}


def test_every_verb_is_left_by_some_act() -> None:
    known = set(WORDS) | {f"{area}.{step}" for area, steps in STEPS.items() for step in steps}
    assert known - APART.keys() - WITHOUT_A_LINE == {one.verb for one in ACTS}


@pytest.mark.parametrize("one", [one for one in ACTS if not one.at_work], ids=str)
def test_an_act_refuses_strangers_and_leaves_its_line(
    one: Act, people: Cast, now: datetime
) -> None:
    refuses_strangers_and_leaves_its_line(one, World(people, now))
