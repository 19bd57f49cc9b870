"""Anybody does anything in any order: states stay what the steps tell, every change is in the
journal, nobody sees too much.
"""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from taizhang.inspection import actions, queries
from taizhang.inspection.actions import consulting, findings, rectifying, site
from taizhang.inspection.actions.rectifying import Measures
from taizhang.inspection.flows import FINDING, ROLES, ROUND
from taizhang.inspection.models import Answer, Finding, Letter, Round, Visit
from taizhang.inspection.site import entries as e
from taizhang.kernel.errors import Refused
from taizhang.kernel.models import JournalLine
from tests.conftest import NOW
from tests.inspection.conftest import DAY, WHY, Scene
from tests.make import Cast, as_it_is_now

WHO = st.sampled_from(
    ["office", "team_leader", "inspector", "secretary", "clerk", "foreign", "member", "nobody"]
)
ROUND_VERBS = st.sampled_from([step.verb for step in ROUND.steps])
VERDICTS = st.sampled_from(["complete", "mostly", "missing", "not_applicable"])


class Rounds(RuleBasedStateMachine):
    """A round of two branches in which everybody tries everything."""

    people: Cast
    key: int
    """Of the round, which every story begins with anew."""

    @initialize()
    def opened(self) -> None:
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.people, self.minutes = as_it_is_now(self.people), 0

    def teardown(self) -> None:
        """Each run leaves the database as it was."""
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def _try(self, act: Any, **about: Any) -> None:
        """Do it or be refused; what is refused changes nothing, what is done is in the journal."""
        self.minutes += 1
        lines, before = JournalLine.objects.count(), self._picture()
        try:
            with transaction.atomic():
                act(**about, now=NOW + timedelta(minutes=self.minutes))
        except Refused:
            assert self._picture() == before
            assert JournalLine.objects.count() == lines
        else:
            assert self._picture() == before or JournalLine.objects.count() > lines

    def _picture(self) -> list[Any]:
        return [
            list(Round.objects.values_list("pk", "standing")), list(Visit.objects.order_by("pk").values_list("pk", "standing", "version")),
            list(Finding.objects.order_by("pk").values_list("pk", "standing", "seconded_by")), Answer.objects.count(), Letter.objects.count(),
        ]  # fmt: skip

    def _visit(self, at: int) -> Visit | None:
        listed = list(
            Visit.objects.select_related("unit__area__round", "unit__organisation").order_by("pk")
        )
        return listed[at % len(listed)] if listed else None

    def _finding(self, at: int) -> Finding | None:
        listed = list(
            Finding.objects.select_related(
                "visit__unit__area__round", "visit__unit__organisation"
            ).order_by("pk")
        )
        return listed[at % len(listed)] if listed else None

    @rule(who=WHO, verb=ROUND_VERBS)
    def advance(self, who: str, verb: str) -> None:
        self._try(
            actions.advance,
            opened=Round.objects.get(pk=self.key),
            verb=verb,
            actor=self.people.actor(who),
        )

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """A step that the round may take."""
        steps = ROUND.open_to(Round.objects.get(pk=self.key).standing, ["office"])
        if steps:
            self.advance("office", data.draw(st.sampled_from([s.verb for s in steps])))

    @rule(who=WHO, at=st.integers(0, 1), item=st.integers(1, 3), verdict=VERDICTS)
    def answer(self, who: str, at: int, item: int, verdict: str) -> None:
        self._enter(who, at, {"kind": "answer", "item": item, "verdict": verdict})

    @rule(who=st.sampled_from(["team_leader", "inspector"]), at=st.integers(0, 1))
    def find(self, who: str, at: int) -> None:
        self._enter(who, at, {"kind": "finding", "facts": "没有记录", "manner": "at_once"})

    def _enter(self, who: str, at: int, about: dict[str, Any]) -> None:
        visit = self._visit(at)
        if visit is not None:
            entry = e.ONE.validate_python(
                about | {"key": uuid4(), "visit": visit.pk, "made_at": NOW}
            )
            self._try(
                lambda now: [
                    site.enter(
                        visit=site.visit_for(visit.pk, self.people.actor(who)),
                        entry=entry,
                        actor=self.people.actor(who),
                        now=now,
                    )
                ]
            )

    @rule(
        who=WHO, at=st.integers(0, 1), what=st.sampled_from(["team", "branch", "reopen", "write"])
    )
    def consult(self, who: str, at: int, what: str) -> None:
        visit, actor = self._visit(at), self.people.actor(who)
        if visit is None:
            return
        if what == "team":
            self._try(consulting.sign_for_team, visit=visit, actor=actor, unseen_reason=WHY)
        elif what == "branch":
            self._try(consulting.sign_for_branch, visit=visit, name="甲", actor=actor)
        elif what == "reopen":
            self._try(consulting.reopen, visit=visit, actor=actor)
        else:
            words = consulting.Words("好", "改", "同意")
            self._try(
                consulting.write, visit=visit, words=words, version=visit.version, actor=actor
            )

    @rule(at=st.integers(0, 5), data=st.data())
    def walk(self, at: int, data: st.DataObject) -> None:
        """A step that the finding may take, by one whose it is."""
        finding = self._finding(at)
        steps = FINDING.open_to(finding.standing, list(ROLES)) if finding else []
        if finding and steps:
            step = data.draw(st.sampled_from(steps))
            own = finding.visit.unit.organisation_id == self.people.own.pk
            who = {
                "office": "office",
                "leader": "team_leader",
                "member": "inspector",
                "branch": "clerk" if own else "foreign",
            }
            self.step(who[data.draw(st.sampled_from(step.roles))], at, step.verb)

    @rule(at=st.integers(0, 1))
    def until_the_letter(self, at: int) -> None:
        """Both sign, the letter is issued, the unit signs for it."""
        self.sign_both(at)
        self.issue("office")
        self.sign("clerk" if at == 0 else "foreign", at)

    @rule(at=st.integers(0, 1))
    def sign_both(self, at: int) -> None:
        self.consult("team_leader", at, "team")
        self.consult("secretary" if at == 0 else "foreign", at, "branch")

    @rule(who=WHO)
    def issue(self, who: str) -> None:
        ready = list(Visit.objects.filter(standing="consulted").select_related("unit__area__round"))
        opened = Round.objects.get(pk=self.key)
        self._try(
            findings.issue,
            opened=opened,
            visits=ready,
            issued_on=DAY,
            number="",
            actor=self.people.actor(who),
        )

    @rule(who=WHO, at=st.integers(0, 1))
    def sign(self, who: str, at: int) -> None:
        visit = self._visit(at)
        if visit is not None:
            self._try(findings.sign, visit=visit, name="甲", actor=self.people.actor(who))

    @rule(
        who=WHO,
        at=st.integers(0, 5),
        verb=st.sampled_from([*(s.verb for s in FINDING.steps), "second"]),
    )
    def step(self, who: str, at: int, verb: str) -> None:
        finding, actor = self._finding(at), self.people.actor(who)
        if finding is None:
            return
        measures = Measures("到位", "补齐", "甲", "乙", finding.deadline, None)
        acts: dict[str, Any] = {
            "second": (consulting.second, {}), "dispute": (findings.dispute, {"reason": "有记录"}),
            "uphold": (findings.decide, {"verb": "uphold", "reason": "维持"}), "cancel": (findings.decide, {"verb": "cancel", "reason": "属实"}),
            "reopen": (findings.reopen, {"reason": "又有"}), "plan": (rectifying.plan, {"measures": measures}),
            "submit": (rectifying.submit, {"result": "已改"}),
            **{v: (rectifying.verify, {"verb": v, "opinion": "好"}) for v in ("close", "send_back", "keep_on")},
        }  # fmt: skip
        if verb in acts:
            act, about = acts[verb]
            self._try(act, finding=finding, actor=actor, **about)

    @invariant()
    def every_finding_is_what_its_last_step_says(self) -> None:
        for finding in Finding.objects.prefetch_related("steps"):
            steps = list(finding.steps.all())
            assert steps[-1].standing == finding.standing
            for before, after in itertools.pairwise(steps):
                step = FINDING.step(after.verb)
                assert (before.standing in step.before, step.after) == (True, after.standing)

    @invariant()
    def four_eyes_saw_what_was_issued(self) -> None:
        for finding in Finding.objects.exclude(standing__in=("draft", "dropped")):
            assert finding.seconded_by_id not in (None, finding.by_id)

    @invariant()
    def nobody_sees_what_is_not_his(self) -> None:
        own, other = self.people.own, self.people.other
        for who, foreign in (("secretary", other), ("clerk", other), ("foreign", own)):
            actor = self.people.actor(who)
            assert not queries.findings(actor).filter(visit__unit__organisation=foreign).exists()
            assert (
                not queries.findings(actor)
                .filter(standing__in=("draft", "dropped", "confirmed"))
                .exists()
            )
            assert not queries.visits(actor).filter(unit__organisation=foreign).exists()
        for who in ("member", "nobody"):
            assert not queries.findings(self.people.actor(who)).exists()


@pytest.fixture
def two_found(scene: Scene) -> Scene:
    """A round of two branches, with a finding in each."""
    for visit in Visit.objects.order_by("pk"):
        about = {"kind": "finding", "facts": "没有记录", "manner": "at_once"}
        told = about | {"key": uuid4(), "visit": visit.pk, "made_at": NOW}
        entry = e.ONE.validate_python(told)
        actor = scene.people.actor("inspector")
        assert site.sync(entries=[entry], actor=actor, now=NOW)[0].state == "stored"
    return scene


@pytest.mark.parametrize("examples", [4, pytest.param(60, marks=pytest.mark.night)])
def test_anybody_does_anything_in_any_order(
    two_found: Scene, monkeypatch: pytest.MonkeyPatch, examples: int
) -> None:
    monkeypatch.setattr(Rounds, "people", two_found.people, raising=False)
    monkeypatch.setattr(Rounds, "key", two_found.opened.pk, raising=False)
    run_state_machine_as_test(
        Rounds, settings=settings(max_examples=examples, stateful_step_count=40)
    )
