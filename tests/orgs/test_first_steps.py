"""What a bureau does first: in which order, whose it is, how far it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from taizhang.checks.actions import checking as checks
from taizhang.orgs.actions import accounts as accounts_actions
from taizhang.orgs.models import Membership
from taizhang.orgs.queries import accounts, first_steps
from tests.make import Cast


def test_a_step_is_done_when_no_branch_lacks_it(people: Cast) -> None:
    told = {one.title: one for one in first_steps.steps(people.actor("office"))}
    assert [one.done for one in told.values()] == [True, True, True, True, True, False, False, False]  # fmt: skip
    assert told["党员花名册"].told == "2个支部中2个有花名册"
    Membership.objects.filter(branch=people.other).delete()

    again = {one.title: one for one in first_steps.steps(people.actor("office"))}
    assert again["党员花名册"].told == "2个支部中1个有花名册"
    assert not again["党员花名册"].done


def test_each_is_led_only_to_what_he_can_do(people: Cast) -> None:
    mine = {
        who: [one.title for one in first_steps.steps(people.actor(who)) if one.mine]
        for who in ("office", "system", "security", "clerk", "nobody")
    }
    assert mine["system"] == ["账号"]
    assert mine["security"] == ["授权"]
    assert mine["clerk"] == ["党员花名册"]
    assert mine["nobody"] == []
    assert mine["office"] == ["党组织", "党员花名册", "督查通知", "发布轮次", "核对结果"]


def test_the_roster_is_asked_for_only_where_there_is_none(people: Cast, login: Any) -> None:
    n = Membership.objects.current().filter(branch=people.own).count()
    told = {one.of: one.told for one in first_steps.of_keeper(people.actor("clerk"))}
    assert told["members"] == f"现有{n}人"
    clerk, asked = login(people.users["clerk"]), "先登记党员花名册"
    assert asked not in clerk.get(f"/branches/{people.own.pk}/").content.decode()
    Membership.objects.filter(branch=people.own).delete()
    assert asked in clerk.get(f"/branches/{people.own.pk}/").content.decode()


def test_a_branch_looks_at_one_year(people: Cast, now: datetime, login: Any) -> None:
    checks.set_scope(
        from_on=now.date().replace(year=2015), to_on=now.date(), on=now.date(), catalogue="tianning-2018", actor=None, now=now
    )  # fmt: skip
    clerk = login(people.users["clerk"])
    whole = clerk.get(f"/branches/{people.own.pk}/").content.decode()
    assert '<a href="?from=2017-01-01&amp;to=2017-12-31">2017年</a>' in whole

    year = clerk.get(f"/branches/{people.own.pk}/?from=2017-01-01&to=2017-12-31").content.decode()
    assert '<a href="?from=2017-01-01&amp;to=2017-12-31" aria-current="page">2017年</a>' in year


def test_no_administrator_is_offered_for_a_team(people: Cast) -> None:
    offered = {user.username for user in accounts.accounts()}
    assert offered == {*people.users} - {"system", "security", "audit"}


def test_who_has_a_roster_is_not_told_to_enter_it_first(people: Cast, login: Any) -> None:
    def told(who: str) -> str:
        page: str = (
            login(people.users[who]).get(f"/branches/{people.own.pk}/todo/").content.decode()
        )
        return page.partition("还没有设定核查范围")[2].partition("开局的顺序")[0]

    assert "登记台账</a>。" in told("clerk")
    assert "先登记党员花名册" not in told("clerk")
    Membership.objects.filter(branch=people.own).delete()
    assert "先登记党员花名册" in told("clerk")
    assert "登记台账" not in told("office")


def test_duties_that_let_one_do_the_same_are_said_once(people: Cast, now: datetime) -> None:
    clerk = people.users["clerk"]
    accounts_actions.give_duty(
        user=clerk, role="clerk", organisation=people.other, from_on=None, to_on=None,
        actor=people.actor("security"), now=now,
    )  # fmt: skip
    found = accounts.together(accounts.reach(clerk, now.date()))
    assert found == [("台账员", ["甲校", "乙校"], "登记本支部台账，整改")]
