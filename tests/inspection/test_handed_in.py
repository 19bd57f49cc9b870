"""What the server says of an entry is what became of it: known is only what is stored and says the
same.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from taizhang.inspection.actions import site
from taizhang.inspection.models import Answer, Finding, Visit
from taizhang.kernel.models import JournalLine
from tests.inspection.conftest import Scene
from tests.inspection.test_findings import _draft

SAID: dict[str, dict[str, Any]] = {
    "answer": {"item": 1, "verdict": "missing", "note": "缺页"},
    "finding": {"item": 1, "facts": "没有记录"},
    "highlight": {"item": 1, "text": "电子台账"},
}
ELSE: dict[str, dict[str, Any]] = {
    "answer": {"verdict": "complete"},
    "finding": {"facts": "别的"},
    "highlight": {"text": "别的"},
}


@pytest.mark.parametrize("kind", SAID)
def test_the_same_under_the_same_key_is_known(scene: Scene, kind: str) -> None:
    told = SAID[kind] | {"key": str(uuid4())}
    assert [scene.send("inspector", kind, **told).state for _ in (1, 2)] == ["stored", "known"]


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("about", ["words", "item"])
def test_something_else_under_the_same_key_is_told(scene: Scene, kind: str, about: str) -> None:
    told = SAID[kind] | {"key": str(uuid4())}
    scene.send("inspector", kind, **told)
    lines = JournalLine.objects.count()
    changed = ELSE[kind] if about == "words" else {"item": 2}
    again = scene.send("inspector", kind, **(told | changed))
    assert (again.state, "同一编号" in again.message) == ("refused", True)
    assert JournalLine.objects.count() == lines


def test_a_key_of_another_unit_is_not_known_here(scene: Scene) -> None:
    told = SAID["answer"] | {"key": str(uuid4())}
    scene.send("inspector", "answer", **told)
    other = Visit.objects.exclude(pk=scene.own.pk).get()
    assert scene.send("inspector", "answer", **told, visit=other.pk).state == "refused"


def test_a_finding_that_was_reworded_meanwhile_is_still_known(scene: Scene) -> None:
    key = str(uuid4())
    _draft(scene, key=key)
    Finding.objects.update(facts="改过的", version=2)
    told = {"item": 28, "facts": "2016年三季度未召开党员大会", "severity": "serious"}
    assert scene.send("inspector", "finding", key=key, **told).state == "known"


@pytest.mark.parametrize(("stored", "state"), [(False, "failed"), (True, "known")])
def test_what_the_database_does_not_take_is_known_only_if_it_is_there(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, stored: bool, state: str
) -> None:
    """Another call may have stored it in the same moment; any other fault of the database stores
    nothing.
    """
    told = SAID["answer"] | {"key": str(uuid4())}

    def fails(**_: Any) -> None:
        if stored:
            item = scene.opened.items.get(no=1)
            Answer.objects.create(
                key=told["key"], visit=scene.own, item=item, verdict="missing", note="缺页", made_at=scene.now,
                received_at=scene.now, by=scene.people.users["inspector"],
            )  # fmt: skip
        raise IntegrityError

    monkeypatch.setattr(site, "enter", fails)
    found = scene.send("inspector", "answer", **told)
    assert (found.state, bool(found.message)) == (state, not stored)


def test_what_leaves_no_key_is_never_known_by_a_fault(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(site, "enter", fails)
    assert scene.send("inspector", "start").state == "failed"
