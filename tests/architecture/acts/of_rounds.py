"""What anybody can do with a round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from taizhang.checks import engine
from taizhang.checks.actions import checking as checks
from taizhang.checks.catalogue_versions import actions as publishing
from taizhang.inspection import actions
from taizhang.inspection.actions import (
    asking,
    circulating,
    opening,
    planning,
    scoring,
)
from taizhang.inspection.models import Preparation, Round, RoundArea, RoundUnit, Visit
from taizhang.inspection.outgoing.actions import archiving, bringing
from taizhang.inspection.plan.solver import task_of
from taizhang.inspection.requirements import actions as matching
from taizhang.inspection.requirements import matched as requirements
from taizhang.inspection.units import actions as units
from taizhang.kernel.actions import made_files
from taizhang.notices.read import notice as read_notice
from taizhang.orgs.actor import Actor
from taizhang.orgs.heads import Head
from tests.architecture.acts.act import Do, World, act
from tests.inspection import packages
from tests.inspection.conftest import DAY, Scene, plan_of

SAMPLE = Path(__file__).parents[3] / "samples" / "notice-2018.txt"
NOT_OFFICE = ("nobody", "clerk", "inspector")
NOT_TEAM = ("nobody", "clerk", "foreign", "audit")
NOT_BRANCH = ("nobody", "foreign", "inspector", "office")


def _blank(w: World, actor: Actor) -> Round:
    return actions.open_blank(
        title="关于开展督查的通知", period=(date(2015, 1, 1), date(2018, 10, 31)), days=(DAY, DAY), catalogue="tianning-2018",
        actor=actor, now=w.now,
    )  # fmt: skip


def _scene(w: World, *verbs: str) -> Scene:
    """A planned round that went through these steps."""
    office = w.people.actor("office")
    opened = _blank(w, office)
    actions.change_plan(opened=opened, plan=plan_of(w.people), actor=office, now=w.now)
    made = Scene(w.people, w.now, opened)
    for verb in verbs:
        made.step(verb)
    return made


def at_work(w: World, *, checked: bool = False) -> Scene:
    """A round whose teams are at work, with the machine's verdicts in their packs or without."""
    if w.scene is not None and not checked:
        return w.scene
    made = _scene(w, "publish")
    if checked:
        checks.check_all(name="reference", actor=None, now=w.now)
    made.step("begin")
    return made


# The round


@act(
    "inspection.outgoing.archiving.export_round",
    "inspection.export_round",
    "office",
    *NOT_OFFICE,
    at_work=True,
)
def _export_round(w: World) -> Do:
    scene, into = at_work(w), made_files.folder() / "tried.zip"
    return lambda actor: archiving.export_round(
        opened=scene.opened, into=into, actor=actor, now=w.now
    )


@act("inspection.outgoing.bringing.bring_in", "inspection.bring_round_in", "office", *NOT_OFFICE)
def _bring_round_in(w: World) -> Do:
    file = packages.write(made_files.folder() / "tried.zip")
    return lambda actor: bringing.bring_in(file=file, digest="", actor=actor, now=w.now)


@act("inspection.opening.take_in", "inspection.take_in", "office", *NOT_OFFICE)
def _take_in(w: World) -> Do:
    data = SAMPLE.read_bytes()
    return lambda actor: actions.take_in(file_name="n.txt", source=data, actor=actor, now=w.now)


@act("inspection.opening.open_round", "inspection.open_round", "office", *NOT_OFFICE)
def _open_round(w: World) -> Do:
    data = SAMPLE.read_bytes()
    notice = read_notice(data)
    return lambda actor: actions.open_round(
        notice=notice, source_name="n.txt", source=data, matches={}, actor=actor, now=w.now
    )


@act("inspection.opening.open_blank", "inspection.open_blank", "office", *NOT_OFFICE)
def _open_blank(w: World) -> Do:
    return lambda actor: _blank(w, actor)


@act("inspection.opening.change_head", "inspection.change_head", "office", *NOT_OFFICE)
def _head(w: World) -> Do:
    opened = _scene(w).opened
    head = actions.Head(**{name: getattr(opened, name) for name in actions.Head.__annotations__})
    return lambda actor: actions.change_head(opened=opened, head=head, actor=actor, now=w.now)


@act("inspection.opening.change_text", "inspection.change_text", "office", *NOT_OFFICE)
def _text(w: World) -> Do:
    opened = _scene(w).opened
    text = actions.NoticeText("经研究，决定开展督查。", ["查阅台账"], ["带齐台账"], [])
    return lambda actor: actions.change_text(opened=opened, text=text, actor=actor, now=w.now)


@act("inspection.circulating.set_round_head", "inspection.set_round_head", "office", *NOT_OFFICE)
def _round_head(w: World) -> Do:
    opened = _scene(w).opened
    return lambda actor: circulating.set_round_head(
        opened=opened, head=Head(printed_by="组织科"), actor=actor, now=w.now
    )


@act("inspection.opening.change_items", "inspection.change_items", "office", *NOT_OFFICE)
def _items(w: World) -> Do:
    opened = _scene(w).opened
    return lambda actor: actions.change_items(
        opened=opened, add=["解放思想大讨论"], gone=[], actor=actor, now=w.now
    )


@act(
    "inspection.requirements.choose_catalogue", "inspection.choose_catalogue", "office", *NOT_OFFICE
)
def _choose_catalogue(w: World) -> Do:
    opened = _scene(w).opened
    return lambda actor: matching.choose_catalogue(
        opened=opened, catalogue="tianning-2018", actor=actor, now=w.now
    )


@act("inspection.requirements.match_lines", "inspection.match_lines", "office", *NOT_OFFICE)
def _match_lines(w: World) -> Do:
    opened = _scene(w).opened
    mark = requirements.asked(opened)[0].mark
    return lambda actor: matching.match_lines(
        opened=opened, chosen={mark: ["L02"]}, actor=actor, now=w.now
    )


@act("inspection.requirements.decide_rules", "inspection.decide_rules", "office", *NOT_OFFICE)
def _decide_rules(w: World) -> Do:
    opened = _scene(w).opened
    said = [matching.Decided(requirements.offers(opened)[0].mark, "adopted", "year", 5)]
    return lambda actor: matching.decide_rules(
        opened=opened, decisions=said, actor=actor, now=w.now
    )


@act("checks.catalogue_versions.keep_for_round", "checks.publish_rules", "office", *NOT_OFFICE)
def _keep_for_round(w: World) -> Do:
    base = engine.catalogue("tianning-2018")
    made = base.model_copy(update={"items": base.items[1:]})
    return lambda actor: publishing.keep_for_round(
        catalogue=made, made_from="tianning-2018", note="本轮通知", actor=actor, now=w.now
    )


@act("checks.catalogue_versions.offer_to_rounds", "checks.publish_rules", "office", *NOT_OFFICE)
def _offer_to_rounds(w: World) -> Do:
    base = engine.catalogue("tianning-2018")
    made = base.model_copy(update={"items": base.items[2:]})
    return lambda actor: publishing.offer_to_rounds(
        catalogue=made, made_from="tianning-2018", note="本区增加", actor=actor, now=w.now
    )


@act("inspection.opening.follow_up", "inspection.follow_up", "office", *NOT_OFFICE, at_work=True)
def _follow_up(w: World) -> Do:
    opened = _closed(w).opened
    return lambda actor: actions.follow_up(
        still_open=True,
        previous=opened,
        title="回头看",
        days=(DAY, DAY),
        period_to=DAY,
        actor=actor,
        now=w.now,
    )


@act("inspection.planning.change_plan", "inspection.change_plan", "office", *NOT_OFFICE)
def _plan(w: World) -> Do:
    opened = _blank(w, w.people.actor("office"))
    return lambda actor: actions.change_plan(
        opened=opened, plan=plan_of(w.people), actor=actor, now=w.now
    )


@act("inspection.planning.propose", "inspection.propose", "office", *NOT_OFFICE)
def _propose(w: World) -> Do:
    opened = _scene(w).opened
    task = task_of(opened)
    return lambda actor: planning.propose(opened=opened, task=task, actor=actor, now=w.now)


@act("inspection.planning.share_out", "inspection.share_out", "office", *NOT_OFFICE)
def _share_out(w: World) -> Do:
    opened = _scene(w).opened
    return lambda actor: planning.share_out(opened=opened, actor=actor, now=w.now)


@act("inspection.planning.replace_member", "inspection.replace_member", "office", *NOT_OFFICE)
def _replace_member(w: World) -> Do:
    found = _scene(w, "publish").opened.areas.get().team.get(role="member")
    by = w.people.users["nobody"]
    return lambda actor: planning.replace_member(
        member=found, by=by, reason="病假", actor=actor, now=w.now
    )


def _closed(w: World) -> Scene:
    """A round through to the end of its feedback."""
    made = at_work(w)
    Visit.objects.filter(unit__area__round=made.opened).update(standing=Visit.Standing.FED_BACK)
    made.step("feed_back")
    made.opened.refresh_from_db()
    return made


_BEFORE: dict[str, tuple[str, ...]] = {"publish": (), "withdraw": ("publish",), "self_check": ("publish",), "begin": ("publish",)}  # fmt: skip
_AT_WORK: dict[str, tuple[str, ...]] = {"consult": (), "resume": ("consult",)}
_AFTER: dict[str, tuple[str, ...]] = {
    "feed_back": (), "rectify": ("feed_back",), "verify": ("feed_back", "rectify"), "return": ("feed_back", "rectify", "verify"),
    "close": ("feed_back",), "archive": ("feed_back", "close"),
}  # fmt: skip
"""The steps that come before each step of a round: of one that is planned, whose teams are at work,
all of whose units have their feedback.
"""


def _advance(verb: str) -> Callable[[World], Do]:
    def prepare(w: World) -> Do:
        made = _scene(w, *_BEFORE[verb]) if verb in _BEFORE else at_work(w)
        if verb in _AFTER:
            Visit.objects.update(standing=Visit.Standing.FED_BACK)
        for before in (_AT_WORK | _AFTER).get(verb, ()):
            made.step(before)
        return lambda actor: actions.advance(
            opened=made.opened, verb=verb, actor=actor, now=w.now, reason="改期"
        )

    return prepare


for _verb in (*_BEFORE, *_AT_WORK, *_AFTER):
    act(
        "inspection.running.advance",
        f"inspection.round.{_verb}",
        "office",
        *NOT_OFFICE,
        at_work=_verb not in _BEFORE,
    )(_advance(_verb))


@act("inspection.asking.ask", "inspection.ask", "clerk", *NOT_BRANCH)
def _ask(w: World) -> Do:
    opened = _scene(w, "publish").opened
    return lambda actor: asking.ask(
        opened=opened, branch=w.people.own, text="带什么", actor=actor, now=w.now
    )


@act("inspection.asking.answer", "inspection.answer", "office", *NOT_OFFICE)
def _answer(w: World) -> Do:
    made = _ask(w)(w.people.actor("clerk"))
    return lambda actor: asking.answer(
        question=made, text="台账", for_all=True, actor=actor, now=w.now
    )


@act(
    "inspection.asking.confirm_preparation", "inspection.confirm_preparation", "clerk",
    "nobody", "foreign", "inspector",
)  # fmt: skip
def _prepared(w: World) -> Do:
    opened = _scene(w, "publish").opened
    found = Preparation.objects.filter(session__area__round=opened)[0]
    return lambda actor: asking.confirm_preparation(preparation=found, actor=actor, now=w.now)


@act("inspection.scoring.set_scored", "inspection.set_scored", "office", *NOT_OFFICE)
def _scored(w: World) -> Do:
    opened = _scene(w).opened
    return lambda actor: scoring.set_scored(opened=opened, scored=True, actor=actor, now=w.now)


@act("inspection.scoring.score_oneself", "inspection.score_oneself", "clerk", *NOT_BRANCH)
def _score(w: World) -> Do:
    made = _scene(w)
    scoring.set_scored(opened=made.opened, scored=True, actor=w.people.actor("office"), now=w.now)
    made.step("publish")
    made.step("begin")
    visit = made.own
    return lambda actor: scoring.score_oneself(visit=visit, points={1: 0}, actor=actor, now=w.now)


@act("inspection.opening.delete", "inspection.delete_round", "office", *NOT_OFFICE)
def _delete(w: World) -> Do:
    opened = _scene(w).opened
    return lambda actor: opening.delete(opened=opened, actor=actor, now=w.now)


@act("inspection.opening.delete_notice", "inspection.delete_notice", "office", *NOT_OFFICE)
def _delete_notice(w: World) -> Do:
    draft = _take_in(w)(w.people.actor("office"))
    return lambda actor: actions.delete_notice(draft=draft, actor=actor, now=w.now)


def _unmatched(w: World, name: str) -> Round:
    """A round with one unit that stands for no organisation."""
    opened = _blank(w, w.people.actor("office"))
    area = RoundArea.objects.create(round=opened, name="城南")
    RoundUnit.objects.create(area=area, name=name)
    return opened


@act("inspection.units.found", "inspection.found_units", "office", *NOT_OFFICE)
def _found_units(w: World) -> Do:
    opened = _unmatched(w, "丙校")
    wanted = units.Wanted(
        n=0, name="丙校", units=(), full_name="中共丙校支部委员会", short_name="丙校", org_type="branch", established_on=DAY,
        parent=w.people.committee.pk,
    )  # fmt: skip
    return lambda actor: units.found(opened=opened, wanted=[wanted], actor=actor, now=w.now)


@act("inspection.units.match", "inspection.match_units", "office", *NOT_OFFICE)
def _match_units(w: World) -> Do:
    opened = _unmatched(w, "丙校")
    chosen = {RoundUnit.objects.get(area__round=opened).pk: w.people.own.pk}
    return lambda actor: units.match(opened=opened, chosen=chosen, actor=actor, now=w.now)


@act("inspection.units.match_known", "inspection.match_units", "office", *NOT_OFFICE)
def _match_known(w: World) -> Do:
    opened = _unmatched(w, "甲校")
    return lambda actor: units.match_known(opened=opened, actor=actor, now=w.now)
