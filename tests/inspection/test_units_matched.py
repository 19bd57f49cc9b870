"""What the units of a round are, and what its requirements mean: what is founded, matched and
decided, and what is refused.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from taizhang.checks import engine
from taizhang.inspection.models import LineDecision, Round, RoundSession, RoundUnit, RuleDecision
from taizhang.inspection.requirements import actions as requirements
from taizhang.inspection.requirements import matched
from taizhang.inspection.units import actions as units
from taizhang.inspection.units.actions import Wanted
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.models import Organisation, Unit
from taizhang.orgs.queries import organisations
from tests.inspection.conftest import DAY, Scene
from tests.inspection.test_matching import _asked, _foreign
from tests.make import Cast


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"inspection.{verb}").latest("seq").detail


def _wanted(scene: Scene, n: int, name: str, **about: Any) -> Wanted:
    unit = RoundUnit.objects.filter(name=name).values_list("pk", flat=True)
    told: dict[str, Any] = {
        "units": tuple(unit), "full_name": f"中共{name}支部委员会", "short_name": name, "org_type": "branch", "established_on": DAY,
        "parent": scene.people.committee.pk,
    } | about  # fmt: skip
    return Wanted(n=n, name=name, **told)


@pytest.fixture
def unknown(draft: Scene) -> Scene:
    """A round with two units that nobody knows, in the order in which they are not founded, and
    their hall.
    """
    area = draft.opened.areas.get()
    for name in ("丙小一支部", "丙小总支"):
        RoundUnit.objects.create(area=area, name=name)
    RoundSession.objects.create(area=area, venue="丙小总支")
    return draft


def _found(scene: Scene, *wanted: Wanted) -> int:
    return units.found(
        opened=scene.opened, wanted=wanted, actor=scene.people.actor("office"), now=scene.now
    )


def _matched() -> dict[str, str]:
    found = RoundUnit.objects.exclude(organisation=None)
    return dict(found.values_list("name", "organisation__short_name"))


def test_what_stands_above_is_founded_first_and_everything_is_matched(unknown: Scene) -> None:
    below = _wanted(
        unknown, 0, "丙小一支部", short_name="丙小一", below=1, area="东片", sits_in=("丙小",), unit_type="private", aliases=("丙一",)
    )  # fmt: skip
    above = _wanted(unknown, 1, "丙小总支", short_name="丙小", org_type="general_branch")
    known = _wanted(unknown, 2, "乙校", known=unknown.people.own.pk)

    assert _found(unknown, below, above, known) == 2

    made = Organisation.objects.get(short_name="丙小一")
    assert made.parent is not None
    assert (made.parent.short_name, made.established_on) == ("丙小", DAY)
    assert [alias.name for alias in made.aliases.all()] == ["丙一"]
    assert not Unit.objects.get(name="丙小").is_public_institution
    assert [(one.name, keys) for one, keys in organisations.areas(date(2018, 12, 1))] == [
        ("东片", [made.pk])
    ]
    assert _matched() == {
        "甲校": "甲校",
        "乙校": "甲校",
        "丙小一支部": "丙小一",
        "丙小总支": "丙小",
    }
    assert RoundSession.objects.get(venue="丙小总支").host is None, "nobody bears just this name"
    assert _last("found_units") == {
        "title": unknown.opened.title, "founded": ["丙小", "丙小一"],
        "matched": {"丙小一支部": "丙小一", "丙小总支": "丙小", "乙校": "甲校"},
    }  # fmt: skip


def test_a_school_that_is_not_private_is_a_public_institution(unknown: Scene) -> None:
    one = _wanted(
        unknown, 0, "丙小总支", short_name="丙小总支", sits_in=("丙小",), unit_type="school"
    )
    _found(unknown, one)
    assert Unit.objects.get(name="丙小").is_public_institution
    assert RoundSession.objects.get(venue="丙小总支").host == Organisation.objects.get(
        short_name="丙小总支"
    )


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"established_on": None}, "成立日期：请填写成立日期。"), ({"sits_in": ("丙小",)}, "单位类型：请选择单位类型。"),
        ({"parent": 0}, "上级党组织：请选择上级党组织；上级也在本表新建的，须一并勾选。"),
        ({"parent": "own"}, "上级党组织：请选择上级党组织；上级也在本表新建的，须一并勾选。"),
        ({"below": 7}, "上级党组织：请选择上级党组织；上级也在本表新建的，须一并勾选。"), ({"known": 10**9}, "请从列表中选择党组织。"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_one_name_stands_beside_it_and_nothing_is_founded(
    unknown: Scene, about: dict[str, Any], told: str
) -> None:
    if about.get("parent") == "own":
        about = {"parent": unknown.people.own.pk}
    before = Organisation.objects.count()
    fine = _wanted(unknown, 1, "丙小总支", short_name="丙小", org_type="general_branch")
    with pytest.raises(BadInput) as refused:
        _found(unknown, fine, _wanted(unknown, 0, "丙小一支部", **about))
    assert [(p.column, p.message) for p in refused.value.problems] == [("丙小一支部", told)]
    assert Organisation.objects.count() == before
    assert set(_matched()) == {"甲校", "乙校"}


def test_a_unit_is_matched_again_or_to_none(draft: Scene) -> None:
    by_name = {unit.name: unit.pk for unit in RoundUnit.objects.all()}
    told: dict[str, Any] = {
        "opened": draft.opened,
        "actor": draft.people.actor("office"),
        "now": draft.now,
    }
    units.match(chosen={by_name["甲校"]: None, by_name["乙校"]: draft.people.own.pk}, **told)
    assert _matched() == {"乙校": "甲校"}
    assert _last("match_units") == {
        "title": draft.opened.title, "changed": {"甲校": ["甲校", ""], "乙校": ["乙校", "甲校"]},
    }  # fmt: skip
    with pytest.raises(BadInput, match="“甲校”：请从列表中选择党组织"):
        units.match(chosen={by_name["甲校"]: 10**9}, **told)


def test_all_that_is_known_without_doubt_is_matched(draft: Scene) -> None:
    RoundUnit.objects.update(organisation=None)
    RoundUnit.objects.filter(name="乙校").update(name="没有的校")
    RoundSession.objects.update(host=None)
    told: dict[str, Any] = {
        "opened": draft.opened,
        "actor": draft.people.actor("office"),
        "now": draft.now,
    }
    assert units.match_known(**told) == 1
    assert _matched() == {"甲校": "甲校"}
    assert RoundSession.objects.get().host == draft.people.own
    assert _last("match_units") == {"title": draft.opened.title, "matched": {"甲校": "甲校"}}


@pytest.mark.parametrize(("standing", "refused"), [("published", False), ("self_check", False), ("inspecting", True), ("closed", True)])  # fmt: skip
def test_units_are_matched_until_the_inspection_begins(
    draft: Scene, standing: str, refused: bool
) -> None:
    Round.objects.update(standing=standing)
    opened = Round.objects.get()
    told: dict[str, Any] = {"opened": opened, "actor": draft.people.actor("office"), "now": draft.now}  # fmt: skip
    if refused:
        for act in (
            lambda: units.match(chosen={}, **told),
            lambda: units.match_known(**told),
            lambda: units.found(wanted=[], **told),
        ):
            with pytest.raises(WrongState, match="单位对应的党组织不能再改"):
                act()
    else:
        assert units.match(chosen={}, **told) == opened


# What the requirements mean


def _as(people: Cast, now: datetime) -> dict[str, Any]:
    return {"actor": people.actor("office"), "now": now}


def _rows(opened: Round) -> list[tuple[int, str, str]]:
    return list(opened.items.values_list("no", "title", "catalogue_item"))


def test_a_line_becomes_several_rows_and_fewer_again(people: Cast, now: datetime) -> None:
    opened = _foreign(people, now)
    Round.objects.filter(pk=opened.pk).update(title="督查")
    opened.refresh_from_db()
    mark = _asked(opened, "红色引擎工程").mark
    row = opened.items.get(title="红色引擎工程")
    row.score = 5
    row.save(update_fields=["score"])
    before = _rows(opened)

    def match(*items: str) -> list[tuple[int, str, str]]:
        requirements.match_lines(opened=opened, chosen={mark: list(items)}, **_as(people, now))
        return [one for one in _rows(opened) if one[1].startswith("红色引擎")]

    assert [one[2] for one in match("L16", "", "L14", "L16")] == ["L14", "L16"]
    three = match("L16", "L14", "L28")
    assert [one[0] for one in three] == [row.no, row.no + 1, row.no + 2]
    assert [one[2] for one in three] == ["L14", "L16", "L28"]
    held = opened.items.filter(title__startswith="红色引擎").values_list("score", "category", "requirement")  # fmt: skip
    assert list(held) == [(score, row.category, row.requirement) for score in (5, None, None)]
    assert [no for no, _, _ in _rows(opened)] == list(range(1, len(before) + 3))
    assert LineDecision.objects.get().items == ["L16", "L14", "L28"]
    assert _last("match_lines")["changed"] == {"红色引擎工程": ["L16", "L14", "L28"]}
    match("L14", "L16", "L28")
    assert match("L16") == [(row.no, "红色引擎工程", "L16")]
    assert match("L16") == [(row.no, "红色引擎工程", "L16")]
    assert _last("match_lines") == {"title": "督查", "changed": {}}
    assert match() == [(row.no, "红色引擎工程", "")]
    assert _rows(opened) == before


def test_without_a_catalogue_no_line_is_matched(draft: Scene) -> None:
    Round.objects.update(catalogue="")
    opened = Round.objects.get()
    with pytest.raises(WrongState, match="本轮还没有要求模板"):
        requirements.match_lines(opened=opened, chosen={}, **_as(draft.people, draft.now))
    requirements.decide_rules(opened=opened, decisions=[], **_as(draft.people, draft.now))
    assert Round.objects.get().catalogue == ""


def test_another_catalogue_matches_every_line_again(draft: Scene) -> None:
    draft.opened.items.filter(no__gt=1).update(catalogue_item="L01")
    draft.opened.catalogue = ""
    draft.opened.save()
    requirements.choose_catalogue(
        opened=draft.opened, catalogue="tianning-2018", **_as(draft.people, draft.now)
    )
    assert Round.objects.get().catalogue == "tianning-2018"
    assert [key for _, _, key in _rows(draft.opened)] == [f"L{n:02}" for n in range(1, 37)]
    assert [no for no, _, _ in _rows(draft.opened)] == list(range(1, 37))
    assert _last("choose_catalogue") == {"title": draft.opened.title, "catalogue": "tianning-2018"}


def _decide(opened: Round, people: Cast, now: datetime, **about: Any) -> None:
    offer = _asked(opened, "支委会台账").offers[0]
    told: dict[str, Any] = {
        "mark": offer.mark,
        "verdict": "adopted",
        "every": offer.rule.every,
        "at_least": 1,
    }
    said = [requirements.Decided(**(told | about))]
    requirements.decide_rules(opened=opened, decisions=said, **_as(people, now))


def test_a_decision_must_make_sense(people: Cast, now: datetime) -> None:
    opened = _foreign(people, now)
    before = opened.catalogue
    for about, told in (
        ({"verdict": "x"}, "请选择采用、改或者不用"), ({"every": "x"}, "请选择采用、改或者不用"), ({"at_least": 0}, "次数应在1至366之间"),
        ({"at_least": 367}, "次数应在1至366之间"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=told):
            _decide(opened, people, now, **about)
    assert not RuleDecision.objects.exists()
    for fine in ({"at_least": 366, "verdict": "rejected"}, {"mark": "x", "verdict": "x"}):
        _decide(opened, people, now, **fine)
        assert Round.objects.get(pk=opened.pk).catalogue == before


def test_a_decision_is_kept_told_and_of_the_notice_with_its_number(
    people: Cast, now: datetime
) -> None:
    opened = _foreign(people, now)
    opened.number = "示委〔2018〕9号"
    _decide(opened, people, now, verdict="changed", at_least=2)
    kept = RuleDecision.objects.get()
    assert (kept.verdict, kept.every, kept.at_least, kept.told) == (
        "changed", "quarter", 2, "每季度至少2次支委会",
    )  # fmt: skip
    chosen = Round.objects.get(pk=opened.pk).catalogue
    assert chosen != "tianning-2018"
    rule = next(one for one in engine.catalogue(chosen).rules() if one.id == "L29:L29.1")
    assert rule.basis[0].told.startswith(f"《{opened.title}》（示委〔2018〕9号）：")
    assert _last("decide_rules") == {
        "title": opened.title, "rules": [f"{kept.told} {kept.get_verdict_display()}"], "catalogue": chosen,
    }  # fmt: skip
    assert [one.before and one.before.verdict for one in matched.offers(opened)].count("changed") == 1  # fmt: skip


def test_wanted_is_what_was_ticked(unknown: Scene) -> None:
    with pytest.raises(BadInput, match="没有勾选任何名称"):
        _found(unknown)
    above = _wanted(unknown, 0, "丙小一支部", short_name="丙党委", org_type="party_committee")
    assert _found(unknown, above) == 1
    assert "丙小一支部" not in _matched(), "nobody inspects a committee"
    assert _last("found_units")["matched"] == {}
    same = _wanted(unknown, 0, "丙小总支", known=unknown.people.other.pk)
    assert _found(unknown, replace(same, full_name="")) == 0
    assert _matched()["丙小总支"] == "乙校"
