"""What anybody can do on site, in the consultation, and about a finding up to its closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from taizhang.inspection import actions
from taizhang.inspection.actions import (
    circulating,
    consulting,
    findings,
    ordering,
    rectifying,
    site,
)
from taizhang.inspection.actions.rectifying import Measures
from taizhang.inspection.models import Finding, Highlight, Round, Visit
from taizhang.inspection.site import entries as e
from taizhang.inspection.site import packing
from taizhang.inspection.together import actions as together
from taizhang.orgs.actor import Actor
from tests.architecture.acts import act as acts
from tests.architecture.acts.act import Do, World
from tests.architecture.acts.of_rounds import NOT_BRANCH, NOT_OFFICE, NOT_TEAM, at_work
from tests.inspection.conftest import DAY, Scene
from tests.make import picture, raw, save

act = partial(acts.act, at_work=True)


def _enter(visit: Visit, actor: Actor, w: World, kind: str, **about: Any) -> None:
    told = {"kind": kind, "key": uuid4(), "visit": visit.pk, "made_at": w.now} | about
    found = site.sync(entries=[e.ONE.validate_python(told)], actor=actor, now=w.now)
    if found[0].state == "refused":
        raise PermissionError(found[0].message)


def _site(kind: str, **about: Any) -> Callable[[World], Do]:
    def prepare(w: World) -> Do:
        visit = at_work(w).own
        return lambda actor: _enter(visit, actor, w, kind, **about)

    return prepare


_ENTRIES: dict[str, dict[str, Any]] = {
    "start": {}, "end": {}, "answer": {"item": 28, "verdict": "missing"}, "finding": {"item": 28, "facts": "没有记录"},
    "highlight": {"text": "好"},
}  # fmt: skip
for _kind, _about in _ENTRIES.items():
    act("inspection.site.sync", f"inspection.site.{_kind}", "inspector", *NOT_TEAM)(
        _site(_kind, **_about)
    )


@act("inspection.site.sync", "inspection.site.accept_rest", "inspector", *NOT_TEAM, at_work=False)
def _accept_rest(w: World) -> Do:
    visit = at_work(w, checked=True).own
    passed = next(int(no) for no, known in visit.pack["items"].items() if packing.passes(known))
    return lambda actor: _enter(visit, actor, w, "accept_rest", items=[passed])


@act("inspection.site.sync", "inspection.site.present", "inspector", *NOT_TEAM)
def _present(w: World) -> Do:
    visit = at_work(w).own
    attendee = visit.attendees.all()[0]
    return lambda actor: _enter(visit, actor, w, "present", attendee=attendee.pk, present=True)


@act("inspection.site.sync", "inspection.site.drop_finding", "inspector", *NOT_TEAM)
def _drop_finding(w: World) -> Do:
    made = _drafted(w)
    finding = Finding.objects.get()
    return lambda actor: _enter(made.own, actor, w, "drop_finding", finding=finding.key)


@act("inspection.site.sync", "inspection.site.drop_highlight", "inspector", *NOT_TEAM)
def _drop_highlight(w: World) -> Do:
    made = at_work(w)
    made.send("inspector", "highlight", text="好")
    key: UUID = Highlight.objects.get().key
    return lambda actor: _enter(made.own, actor, w, "drop_highlight", highlight=key)


@act("inspection.site.take_photo", "inspection.site.photo", "inspector", *NOT_TEAM)
def _photo(w: World) -> Do:
    visit = at_work(w).own
    return lambda actor: site.take_photo(
        visit=visit, key=uuid4(), item_no=1, data=picture(), made_at=w.now, actor=actor, now=w.now
    )


@act("inspection.site.sync", "inspection.site.look_back", "inspector", *NOT_TEAM)
def _look_back(w: World) -> Do:
    finding, office = _acknowledged(w), w.people.actor("office")
    again = actions.follow_up(
        still_open=True, previous=Round.objects.get(), title="回头看", days=(DAY, DAY), period_to=DAY, actor=office, now=w.now
    )  # fmt: skip
    for verb in ("publish", "begin"):
        actions.advance(opened=again, verb=verb, actor=office, now=w.now)
    visit = Visit.objects.get(unit__area__round=again, unit__organisation=w.people.own)
    return lambda actor: _enter(visit, actor, w, "look_back", earlier=finding.pk, verdict="mended")


def _drafted(w: World) -> Scene:
    made = at_work(w)
    made.send("inspector", "finding", item=28, facts="没有记录", severity="serious")
    return made


WORDS = consulting.Words("台账基本齐全", "补齐记录", "认可")


@act(
    "inspection.consulting.write", "inspection.write_consultation", "inspector", "nobody", "foreign"
)
def _write(w: World) -> Do:
    visit = at_work(w).own
    return lambda actor: consulting.write(
        visit=visit, words=WORDS, version=1, actor=actor, now=w.now
    )


@act("inspection.consulting.add_finding", "inspection.add_finding", "inspector", *NOT_TEAM)
def _add(w: World) -> Do:
    visit = at_work(w).own
    return lambda actor: consulting.add_finding(
        visit=visit, facts="没有记录", severity="minor", manner="at_once", actor=actor, now=w.now
    )


@act(
    "inspection.consulting.sign_for_team", "inspection.sign_for_team", "team_leader",
    "nobody", "foreign", "inspector", "clerk",
)  # fmt: skip
def _sign_team(w: World) -> Do:
    visit = _drafted(w).own
    return lambda actor: consulting.sign_for_team(
        visit=visit, actor=actor, now=w.now, unseen_reason="停电"
    )


@act(
    "inspection.consulting.sign_for_branch", "inspection.sign_for_branch", "secretary",
    "nobody", "foreign",
)  # fmt: skip
def _sign_branch(w: World) -> Do:
    made = _drafted(w)
    _sign_for_team(made)
    visit = made.own
    return lambda actor: consulting.sign_for_branch(visit=visit, name="", actor=actor, now=w.now)


def _sign_for_team(made: Scene) -> None:
    """The leader says why not all was looked at."""
    leader = made.people.actor("team_leader")
    consulting.sign_for_team(visit=made.own, actor=leader, now=made.now, unseen_reason="停电")


def consulted(w: World) -> Scene:
    """Both signed, with a finding and a highlight."""
    made = _drafted(w)
    made.send("inspector", "highlight", text="好")
    _sign_for_team(made)
    consulting.sign_for_branch(
        visit=made.own, name="", actor=w.people.actor("secretary"), now=w.now
    )
    return made


@act(
    "inspection.consulting.reopen",
    "inspection.reopen_consultation",
    "team_leader",
    "nobody",
    "foreign",
    "inspector",
)
def _reopen_consultation(w: World) -> Do:
    visit = consulted(w).own
    return lambda actor: consulting.reopen(visit=visit, actor=actor, now=w.now)


@act("inspection.consulting.second", "inspection.second_finding", "team_leader", *NOT_TEAM)
def _second(w: World) -> Do:
    _drafted(w)
    finding = Finding.objects.get()
    return lambda actor: consulting.second(finding=finding, actor=actor, now=w.now)


@act("inspection.consulting.promote", "inspection.promote", "office", *NOT_OFFICE)
def _promote(w: World) -> Do:
    consulted(w)
    found = Highlight.objects.get()
    return lambda actor: consulting.promote(highlight=found, actor=actor, now=w.now)


@act("inspection.findings.reword", "inspection.finding.reword", "inspector", *NOT_TEAM)
def _reword(w: World) -> Do:
    _drafted(w)
    finding = Finding.objects.get()
    wording = findings.Wording("改过的表现", "", "", "minor", "at_once", None)
    return lambda actor: findings.reword(
        finding=finding, wording=wording, version=finding.version, actor=actor, now=w.now
    )


@act("inspection.findings.restore", "inspection.finding.restore", "inspector", *NOT_TEAM)
def _restore(w: World) -> Do:
    made = _drafted(w)
    made.send("inspector", "drop_finding", finding=str(Finding.objects.get().key))
    finding = Finding.objects.get()
    return lambda actor: findings.restore(finding=finding, actor=actor, now=w.now)


def _issue(w: World, made: Scene, actor: Actor) -> Any:
    return findings.issue(
        opened=made.opened, visits=[made.own], issued_on=DAY, number="示督〔2018〕3号", actor=actor, now=w.now
    )  # fmt: skip


@act("inspection.findings.issue", "inspection.issue", "office", *NOT_OFFICE)
def _issued(w: World) -> Do:
    made = consulted(w)
    return lambda actor: _issue(w, made, actor)


@act("inspection.findings.issue", "inspection.finding.issue", "office", *NOT_OFFICE)
def _issued_finding(w: World) -> Do:
    return _issued(w)


@act("inspection.circulating.issue_circular", "inspection.issue_circular", "office", *NOT_OFFICE)
def _circular(w: World) -> Do:
    opened = _fed_back(w).opened
    return lambda actor: circulating.issue_circular(
        opened=opened, name="circular", issued_on=DAY, number="", actor=actor, now=w.now
    )


def _fed_back(w: World) -> Scene:
    made = consulted(w)
    _issue(w, made, w.people.actor("office"))
    return made


@act("inspection.findings.sign", "inspection.sign_letter", "secretary", *NOT_BRANCH)
def _sign(w: World) -> Do:
    visit = _fed_back(w).own
    return lambda actor: findings.sign(visit=visit, name="", actor=actor, now=w.now)


@act("inspection.findings.sign", "inspection.finding.acknowledge", "secretary", *NOT_BRANCH)
def _acknowledge(w: World) -> Do:
    return _sign(w)


def _acknowledged(w: World) -> Finding:
    made = _fed_back(w)
    findings.sign(visit=made.own, name="", actor=w.people.actor("secretary"), now=w.now)
    return Finding.objects.select_related("visit__unit__organisation").get()


@act("inspection.findings.dispute", "inspection.finding.dispute", "secretary", *NOT_BRANCH)
def _dispute(w: World) -> Do:
    finding = _acknowledged(w)
    return lambda actor: findings.dispute(
        finding=finding, reason="有纸质记录", actor=actor, now=w.now
    )


def _decide(verb: str) -> Callable[[World], Do]:
    def prepare(w: World) -> Do:
        finding = _acknowledged(w)
        findings.dispute(
            finding=finding, reason="有记录", actor=w.people.actor("secretary"), now=w.now
        )
        return lambda actor: findings.decide(
            finding=finding, verb=verb, reason="核实", actor=actor, now=w.now
        )

    return prepare


for _verb in ("uphold", "cancel"):
    act("inspection.findings.decide", f"inspection.finding.{_verb}", "office", *NOT_OFFICE)(
        _decide(_verb)
    )


def _measures(w: World) -> Measures:
    held = save(w.people.own, w.people.actor("clerk"), w.now, "meetings",
                **raw("meetings") | {"kind": "支委会", "held_on": f"{DAY}", "title": "研究整改方案"})  # fmt: skip
    return Measures("整改到位", "按季召开", "甲", "乙", date(2018, 11, 20), held.pk)


@act("inspection.rectifying.plan", "inspection.finding.plan", "clerk", *NOT_BRANCH)
def _make_plan(w: World) -> Do:
    finding, measures = _acknowledged(w), _measures(w)
    return lambda actor: rectifying.plan(finding=finding, measures=measures, actor=actor, now=w.now)


def _planned(w: World) -> Finding:
    finding = _acknowledged(w)
    rectifying.plan(
        finding=finding, measures=_measures(w), actor=w.people.actor("clerk"), now=w.now
    )
    return finding


@act("inspection.rectifying.plan", "inspection.finding.change_plan", "clerk", *NOT_BRANCH)
def _change_plan(w: World) -> Do:
    finding = _planned(w)
    measures = _measures(w)
    return lambda actor: rectifying.plan(finding=finding, measures=measures, actor=actor, now=w.now)


@act("inspection.rectifying.report", "inspection.finding.report", "clerk", *NOT_BRANCH)
def _report(w: World) -> Do:
    finding = _planned(w)
    return lambda actor: rectifying.report(
        finding=finding, text="已补开", percent=50, actor=actor, now=w.now
    )


@act("inspection.rectifying.add_file", "inspection.finding.add_file", "clerk", *NOT_BRANCH)
def _add_file(w: World) -> Do:
    finding = _planned(w)
    return lambda actor: rectifying.add_file(
        finding=finding, name="后.png", data=picture(), stage="after", actor=actor, now=w.now
    )


@act("inspection.rectifying.submit", "inspection.finding.submit", "clerk", *NOT_BRANCH)
def _submit(w: World) -> Do:
    finding = _planned(w)
    return lambda actor: rectifying.submit(finding=finding, result="已召开", actor=actor, now=w.now)


@act("inspection.rectifying.write_lasting", "inspection.write_lasting", "clerk", *NOT_BRANCH)
def _write_lasting(w: World) -> Do:
    _acknowledged(w)
    visit = Visit.objects.get(unit__organisation=w.people.own)
    return lambda actor: rectifying.write_lasting(
        visit=visit, text="按季自查", version=visit.version, actor=actor, now=w.now
    )


def _submitted(w: World) -> Finding:
    finding = _planned(w)
    clerk = w.people.actor("clerk")
    rectifying.add_file(
        finding=finding, name="后.png", data=picture(), stage="after", actor=clerk, now=w.now
    )
    rectifying.submit(finding=finding, result="已召开", actor=clerk, now=w.now)
    return finding


def _verify(verb: str) -> Callable[[World], Do]:
    def prepare(w: World) -> Do:
        finding = _submitted(w)
        return lambda actor: rectifying.verify(
            finding=finding, verb=verb, opinion="核实", actor=actor, now=w.now
        )

    return prepare


for _verb in ("close", "send_back", "keep_on"):
    act(
        "inspection.rectifying.verify", f"inspection.finding.{_verb}", "office", "nobody", "clerk", "foreign", "inspector"
    )(_verify(_verb))  # fmt: skip


@act(
    "inspection.findings.reopen",
    "inspection.finding.reopen",
    "office",
    "nobody",
    "clerk",
    "foreign",
    "inspector",
)
def _reopen(w: World) -> Do:
    finding = _submitted(w)
    rectifying.verify(
        finding=finding, verb="close", opinion="核实", actor=w.people.actor("office"), now=w.now
    )
    return lambda actor: findings.reopen(finding=finding, reason="又没有开", actor=actor, now=w.now)


@act(
    "inspection.ordering.order_rectification", "inspection.order_rectification", "office", *NOT_OFFICE
)  # fmt: skip
def _order(w: World) -> Do:
    made = _fed_back(w)
    return lambda actor: ordering.order_rectification(
        visit=made.own, issued_on=DAY, due_on=date(2018, 11, 30), actor=actor, now=w.now
    )


@act("inspection.together.decide_many", "inspection.finding.uphold", "office", *NOT_OFFICE)
def _decide_many(w: World) -> Do:
    finding = _acknowledged(w)
    secretary = w.people.actor("secretary")
    findings.dispute(finding=finding, reason="有记录", actor=secretary, now=w.now)
    return lambda actor: together.decide_many(
        chosen=[finding], verb="uphold", reason="核实", actor=actor, now=w.now
    )


@act("inspection.together.set_deadlines", "inspection.finding.extend", "office", *NOT_OFFICE)
def _extend(w: World) -> Do:
    finding = _acknowledged(w)
    return lambda actor: together.set_deadlines(
        chosen=[finding], deadline=date(2018, 12, 20), reason="等上级批复", actor=actor, now=w.now
    )
