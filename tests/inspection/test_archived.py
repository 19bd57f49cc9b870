"""What lies in the archive changes no more: every act on a round, its visits and findings is
refused there.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from taizhang import inspection
from taizhang.inspection import actions, rights
from taizhang.inspection.actions import findings
from taizhang.inspection.flows import ROUND
from taizhang.inspection.models import (
    Finding,
    Highlight,
    Preparation,
    Question,
    Round,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan.model import Plan
from taizhang.inspection.progress import due
from taizhang.inspection.site import entries as e
from taizhang.kernel.errors import WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.heads import Head
from tests.inspection.conftest import DAY, WHY, Scene
from tests.inspection.test_findings import WORDS, _acknowledged, _measures
from tests.inspection.test_planning import _whole
from tests.make import picture

BECAUSE = "归档|不在督查阶段|督查已经|轮次已经发布|只能删除没有发布过的"
"""That it is over; not that the thing itself stands otherwise."""
ELSEWHERE = {
    "open_round",
    "open_blank",
    "take_in",
    "follow_up",
    "sync",
    "arrange",
    "delete_notice",
    "package",
    "export_round",
    "bring_in",
}
"""What makes a round, takes its papers out, or has none; a sync answers each entry by itself; to
arrange is a part of beginning.
"""


def _acts() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every act: what takes an actor and the moment as keywords."""
    for info in pkgutil.walk_packages(inspection.__path__, "taizhang.inspection."):
        if "actions" not in info.name.split(".") or info.ispkg:
            continue
        module = importlib.import_module(info.name)
        for name, act in inspect.getmembers(module, inspect.isfunction):
            words = inspect.signature(act).parameters
            own = act.__module__ == module.__name__ and not name.startswith("_")
            if (
                own
                and {"actor", "now"} <= set(words)
                and words["actor"].kind.name == "KEYWORD_ONLY"
            ):
                yield (
                    (
                        f"{info.name.removeprefix('taizhang.inspection.').replace('actions.', '')}."
                        f"{name}"
                    ),
                    act,
                )


ACTS = dict(_acts())
HEAD = actions.Head("题", "", "", None, DAY, DAY, DAY, DAY, "", "", "")
WORDING = findings.Wording("别的", "", "", "minor", "by_deadline", None)


@pytest.fixture
def things(scene: Scene) -> dict[str, Any]:
    """A round in the archive, and one of everything in it."""
    finding = _acknowledged(scene)
    scene.send("inspector", "highlight", text="好")
    question = Question.objects.create(
        round=scene.opened, branch=scene.people.own, text="?", asked_at=scene.now, asked_by=scene.people.users["clerk"]
    )  # fmt: skip
    measures = _measures(scene)
    Round.objects.update(standing=Round.Standing.ARCHIVED)
    Visit.objects.update(team_signed_at=None, branch_signed_at=None)
    visit = Visit.objects.select_related("unit__area__round").get(
        unit__organisation=scene.people.own
    )
    entry = {"kind": "answer", "key": uuid4(), "visit": visit.pk, "made_at": scene.now, "item": 1, "verdict": "missing"}  # fmt: skip
    return {
        "opened": Round.objects.get(), "visit": visit, "question": Question.objects.get(pk=question.pk), "preparation": Preparation.objects.first(),
        "finding": Finding.objects.select_related("visit__unit__area__round").get(pk=finding.pk),
        "highlight": Highlight(visit=visit, key=uuid4(), text="好", standing="confirmed", by=scene.people.users["clerk"], made_at=scene.now),
        "branch": scene.people.own, "measures": measures, "plan": Plan([_whole(scene)]), "entry": e.ONE.validate_python(entry), "visits": [visit],
        "chosen": [Finding.objects.select_related("visit__unit__area__round").get(pk=finding.pk)],
        "member": TeamMember.objects.select_related("area__round", "user").filter(role="member").get(), "by": scene.people.users["commissioner"],
    }  # fmt: skip


GIVEN: dict[str, tuple[str, dict[str, Any]]] = {
    "circulating.issue_circular": ("office", {"name": "circular", "issued_on": DAY, "number": ""}),
    "circulating.set_round_head": ("office", {"head": Head()}),
    "ordering.order_rectification": ("office", {"issued_on": DAY, "due_on": DAY}),
    "planning.replace_member": ("office", {"reason": "病假"}),
    "requirements.actions.choose_catalogue": ("office", {"catalogue": "tianning-2018"}),
    "requirements.actions.match_lines": ("office", {"chosen": {}}),
    "requirements.actions.decide_rules": ("office", {"decisions": []}),
    "asking.ask": ("clerk", {"text": "?"}),
    "asking.answer": ("office", {"text": "!", "for_all": True}),
    "asking.confirm_preparation": ("office", {}),
    "consulting.write": ("clerk", {"words": WORDS, "version": 1}),
    "consulting.add_finding": ("inspector", {"facts": "x", "severity": "minor", "manner": "at_once"}),
    "consulting.sign_for_team": ("team_leader", {"unseen_reason": WHY}),
    "consulting.sign_for_branch": ("secretary", {"name": "甲"}),
    "consulting.reopen": ("office", {}),
    "consulting.second": ("inspector", {}),
    "consulting.promote": ("office", {}),
    "findings.reword": ("office", {"wording": WORDING, "version": 1}),
    "findings.issue": ("office", {"issued_on": DAY, "number": ""}),
    "findings.sign": ("secretary", {"name": ""}),
    "findings.dispute": ("secretary", {"reason": "x"}),
    "findings.decide": ("office", {"verb": "uphold", "reason": "x"}),
    "findings.reopen": ("office", {"reason": "x"}),
    "findings.restore": ("inspector", {}),
    "opening.change_head": ("office", {"head": HEAD}),
    "opening.change_text": ("office", {"text": actions.NoticeText("", [], [], [])}),
    "opening.change_items": ("office", {"add": ["x"], "gone": []}),
    "opening.delete": ("office", {}),
    "planning.change_plan": ("office", {}),
    "planning.propose": ("office", {"task": None}),
    "planning.share_out": ("office", {}),
    "rectifying.plan": ("clerk", {}),
    "rectifying.report": ("clerk", {"text": "x", "percent": 5}),
    "rectifying.add_file": ("clerk", {"name": "a.png", "data": picture(), "stage": "after"}),
    "rectifying.submit": ("clerk", {"result": "x"}),
    "rectifying.write_lasting": ("clerk", {"text": "x", "version": 1}),
    "rectifying.verify": ("office", {"verb": "close", "opinion": "x"}),
    "running.advance": ("office", {"verb": "begin"}),
    "scoring.set_scored": ("office", {"scored": True}),
    "scoring.score_oneself": ("clerk", {"points": {1: 1}}),
    "together.actions.decide_many": ("office", {"verb": "uphold", "reason": "x"}),
    "together.actions.set_deadlines": ("office", {"deadline": DAY, "reason": "x"}),
    "units.actions.found": ("office", {"wanted": []}),
    "units.actions.match": ("office", {"chosen": {}}),
    "units.actions.match_known": ("office", {}),
    "site.enter": ("inspector", {}),
    "site.take_photo": ("inspector", {"key": uuid4(), "item_no": 1, "data": picture(), "made_at": None}),
}  # fmt: skip
"""Who may do it before, and what he says; every act has its line."""


def test_every_act_is_tried() -> None:
    assert {name for name in ACTS if name.rpartition(".")[2] not in ELSEWHERE} == set(GIVEN)


@pytest.mark.parametrize("name", GIVEN)
def test_an_archived_round_refuses(scene: Scene, things: dict[str, Any], name: str) -> None:
    who, said = GIVEN[name]
    act = ACTS[name]
    needed = {word: things[word] for word in inspect.signature(act).parameters if word in things}
    lines = JournalLine.objects.count()
    with pytest.raises(WrongState, match=BECAUSE):
        act(**(needed | said), actor=scene.people.actor(who), now=scene.now)
    assert JournalLine.objects.count() == lines


def test_a_device_is_told_so(scene: Scene) -> None:
    Round.objects.update(standing=Round.Standing.ARCHIVED)
    assert scene.send("inspector", "answer", item=1, verdict="missing").state == "refused"


def test_nothing_of_it_waits_for_anybody(scene: Scene, things: dict[str, Any]) -> None:
    assert not due.of_branch(scene.people.own, DAY)
    assert not due.of_office(DAY)
    assert due.told(scene.people.own, things["finding"].deadline) == []


def test_no_step_leads_out_of_the_archive() -> None:
    assert ROUND.open_to(Round.Standing.ARCHIVED, ["office"]) == []
    assert Round.Standing.ARCHIVED not in rights.TEAM_SEES


def test_what_is_open_and_carried_on_by_nobody_is_not_archived(scene: Scene) -> None:
    _acknowledged(scene)
    Finding.objects.update(standing=Finding.Standing.LONG_TERM)
    Round.objects.update(standing=Round.Standing.CLOSED)
    scene.opened.refresh_from_db()
    with pytest.raises(WrongState, match="还有 1 个问题没有销号（其中 1 个长期坚持）"):
        scene.step("archive")
    actions.follow_up(
        previous=scene.opened, title="回头看", days=(DAY, DAY), period_to=DAY, actor=scene.people.actor("office"), now=scene.now
    )  # fmt: skip
    scene.step("archive")
    assert scene.opened.standing == Round.Standing.ARCHIVED
