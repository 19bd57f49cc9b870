"""The menu: its groups, and that a number in it is what the page behind it lists, at the cost of a
handful of questions.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from taizhang.checks.actions import checking
from taizhang.checks.models import Outcome, Verdict
from taizhang.checks.reasons.queries import current_scope
from taizhang.config import menu_counts, navigation
from taizhang.inspection.models import Finding
from taizhang.inspection.progress import due
from tests.inspection.conftest import DAY, Scene
from tests.inspection.mending import submitted
from tests.inspection.test_findings import _acknowledged
from tests.make import Cast, raw, save

pytestmark = pytest.mark.django_db
MOST = 5
"""So many questions the menu asks of the database for whoever it is; of a branch two, of a team
two.
"""


def _waiting(scene: Scene, who: str) -> dict[str, int]:
    return dict(menu_counts.waiting(scene.people.actor(who), current_scope(), DAY))


def _groups(people: Cast, who: str) -> dict[str, list[str]]:
    found = navigation.groups(people.actor(who), "/messages/", current_scope(), DAY)
    return {group.label: [entry.label for entry in group.entries] for group in found}


def test_the_entries_stand_in_groups_by_what_one_comes_for(scene: Scene) -> None:
    assert _groups(scene.people, "clerk") == {
        "办理": ["待办", "督查整改", "督查轮次"],
        "登记": ["登记台账", "收件"],
        "查看": ["我的台账", "三会一课", "我的"],
    }
    assert list(_groups(scene.people, "office")) == ["查看", "办理", "管理"]
    assert _groups(scene.people, "office")["办理"] == ["待办", "导入通知", "督查轮次"]
    assert _groups(scene.people, "inspector")["办理"] == ["待办", "现场", "督查轮次"]
    assert _groups(scene.people, "member") == {"查看": ["我的"]}


def test_a_team_is_told_how_many_lines_wait_for_it(scene: Scene) -> None:
    for who in ("team_leader", "inspector"):
        lines = due.of_team(scene.people.actor(who))
        assert lines
        assert _waiting(scene, who) == {"todo": len(lines)}
    scene.send("team_leader", "finding", item=29, facts="缺记录", severity="serious", manner="by_deadline")  # fmt: skip
    scene.send("inspector", "end")

    assert any(
        line.text.startswith("复核") for line in due.of_team(scene.people.actor("inspector"))
    )
    for who in ("team_leader", "inspector"):
        assert _waiting(scene, who) == {"todo": len(due.of_team(scene.people.actor(who)))}


def test_the_office_and_the_leader_are_told_what_a_branch_handed_in(scene: Scene) -> None:
    submitted(scene)
    save(scene.people.own, scene.people.actor("clerk"), scene.now, "declarations", **raw("declarations"))  # fmt: skip

    lines = due.of_office(DAY)

    assert any(line.text.startswith("核查") for line in lines)
    assert _waiting(scene, "office") == {"todo": len(lines) + 1, "notices": 0}
    assert _waiting(scene, "team_leader") == {"todo": len(due.of_team(scene.people.actor("team_leader")))}  # fmt: skip


def test_a_branch_is_told_what_it_has_to_mend_and_what_its_book_lacks(scene: Scene) -> None:
    _acknowledged(scene)
    checking.check_all(name="reference", actor=None, now=scene.now)
    bad = Verdict.objects.filter(
        branch=scene.people.own, outcome__in=(Outcome.MISSING, Outcome.DEFECTIVE)
    )

    found = _waiting(scene, "secretary")

    asked = [line for line in due.of_branch(scene.people.own, DAY) if "变动" not in line.text]
    assert asked
    assert found["todo"] == len(asked)
    assert found["book"] == bad.count() > 0


def test_verdicts_of_another_scope_are_not_counted(scene: Scene) -> None:
    checking.check_all(name="reference", actor=None, now=scene.now)
    scope = current_scope()
    assert scope is not None
    assert _waiting(scene, "clerk")["book"]
    scope.on = date(2017, 10, 31)
    scope.save()
    assert not _waiting(scene, "clerk")["book"]


def test_the_menu_costs_a_handful_of_questions(scene: Scene) -> None:
    submitted(scene)
    for who in ("office", "clerk", "team_leader", "inspector", "member", "system"):
        actor, scope = scene.people.actor(who), current_scope()
        with CaptureQueriesContext(connection) as asked:
            navigation.groups(actor, "/messages/", scope, DAY)
        assert len(asked) <= MOST, (who, [one["sql"][:90] for one in asked])


def test_what_waits_for_a_branch_is_asked_without_being_built_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    _acknowledged(scene)
    checking.check_all(name="reference", actor=None, now=scene.now)
    actor, scope = scene.people.actor("secretary"), current_scope()
    first = menu_counts.waiting(actor, scope, DAY)
    assert first["todo"]
    assert first["book"]
    gone = Verdict.objects.filter(branch=scene.people.own, outcome=Outcome.MISSING)
    left = first["book"] - gone.count()
    assert gone.delete()[0]

    with monkeypatch.context() as patched:
        patched.setattr(SQLCompiler, "as_sql", lambda *_args, **_more: pytest.fail("built again"))
        again = menu_counts.waiting(actor, scope, DAY)

    assert dict(again) == dict(first) | {"book": left}
    assert menu_counts.waiting(actor, None, DAY)["book"] == 0


@pytest.mark.parametrize("who", ["office", "team_leader", "inspector", "secretary"])
def test_what_waits_for_anybody_is_asked_without_being_built_again(
    scene: Scene, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _acknowledged(scene)
    actor, scope = scene.people.actor(who), current_scope()
    first = menu_counts.waiting(actor, scope, DAY)
    with monkeypatch.context() as patched:
        patched.setattr(SQLCompiler, "as_sql", lambda *_args, **_more: pytest.fail("built again"))
        assert menu_counts.waiting(actor, scope, DAY) == first
    save(scene.people.own, scene.people.actor("clerk"), scene.now, "declarations", **raw("declarations"))  # fmt: skip
    later = menu_counts.waiting(actor, scope, DAY + timedelta(days=400))
    assert later["todo"] == first["todo"] + 2 * (who == "office"), (
        "the declaration, and a round with a problem overdue"
    )


def test_the_number_stands_in_the_menu_with_its_words(scene: Scene, login: Any) -> None:
    client = login(scene.people.users["team_leader"])
    page = client.get("/messages/").content.decode()
    n = _waiting(scene, "team_leader")["todo"]
    assert f'title="{n} 件等您办理"' in page
    part = client.get("/go/?q=db", headers={"HX-Request": "true"}).content.decode()
    assert ">待办</a>" in part
    assert ">督查轮次</a>" not in part


def test_who_has_a_calendar_is_told_that_the_number_leaves_it_out(scene: Scene, login: Any) -> None:
    _acknowledged(scene)
    for who, told in (("secretary", menu_counts.APART), ("team_leader", "")):
        page = login(scene.people.users[who]).get("/messages/").content.decode()
        n = _waiting(scene, who)["todo"]
        assert n
        assert f'title="{n} 件等您办理{told}"' in page


def test_a_number_is_what_its_page_lists_where_a_round_of_years_ago_is_looked_at(
    scene: Scene, login: Any
) -> None:
    _acknowledged(scene)
    assert set(Finding.objects.values_list("deadline", flat=True)) == {date(2018, 11, 25)}
    scope = current_scope()
    assert scope is not None
    for day, waiting in (date(2018, 10, 25), 0), (date(2018, 11, 26), 1):
        scope.on = day
        scope.save()
        office = login(scene.people.users["office"])
        listed = office.get("/inspections/due/").content.decode().count(">办理<")
        groups = office.get("/messages/").context["menu"]
        (todo,) = [one for group in groups for one in group.entries if one.label == "待办"]
        assert (listed, todo.waiting) == (waiting, waiting)
