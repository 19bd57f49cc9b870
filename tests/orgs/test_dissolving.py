"""An organisation ends: who goes on with its work reads its ledgers and answers for its problems,
and may change nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.orgs import changes
from taizhang.orgs.actions import accounts, dissolving, organisations
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Duty, Membership, Organisation, Role, Succession
from taizhang.orgs.queries import organisations as queries
from tests.make import Cast, organisation, raw, save

pytestmark = pytest.mark.django_db


def _dissolve(people: Cast, now: datetime, **about: Any) -> Organisation:
    told: dict[str, Any] = {
        "organisation": people.own, "last_on": people.day, "successors": [people.other],
        "actor": people.actor("office"), "now": now,
    }  # fmt: skip
    return dissolving.dissolve(**(told | about))


def test_who_goes_on_reads_the_ledgers_and_keeps_none_of_them(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    save(people.own, clerk, now, "meetings", **raw("meetings"))
    foreign = people.actor("foreign")
    assert not Meeting.objects.visible_to(foreign).exists()

    _dissolve(people, now)

    foreign = people.actor("foreign")
    assert Meeting.objects.visible_to(foreign).count() == 1
    assert foreign.may_read(people.own)
    assert foreign.may_answer_for(people.own)
    assert not foreign.may_keep_ledgers_of(people.own)
    assert foreign.own_branches == [people.other]


def test_whoever_listens_hears_of_the_end(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Organisation | None] = []
    monkeypatch.setattr(changes, "LISTENERS", [lambda one, _: heard.append(one)])
    _dissolve(people, now)
    assert heard == [people.own]


def test_before_the_day_nothing_is_handed_over(people: Cast, now: datetime) -> None:
    _dissolve(people, now, last_on=people.day.replace(year=people.day.year + 1))
    assert not people.actor("foreign").may_read(people.own)


def test_what_was_taken_over_is_handed_on(people: Cast, now: datetime) -> None:
    third = organisation("丙校", people.committee, now)
    _dissolve(people, now)
    _dissolve(people, now, organisation=people.other, successors=[third])
    Duty.objects.create(user=people.users["nobody"], role=Role.CLERK, organisation=third)
    heir = people.actor("nobody")
    assert heir.may_read(people.own)
    assert queries.answers_for(third) == {third.pk, people.own.pk, people.other.pk}
    assert queries.answers_for(people.own) == {people.own.pk}


def test_an_end_that_cannot_be_is_refused(people: Cast, now: datetime) -> None:
    young = organisation("新校", people.committee, now)
    Organisation.objects.filter(pk=young.pk).update(established_on=date(2030, 1, 1))
    young.refresh_from_db()
    with pytest.raises(BadInput, match="还没有成立"):
        _dissolve(people, now, successors=[young])
    with pytest.raises(BadInput, match="不能由自己承接"):
        _dissolve(people, now, successors=[people.own])
    with pytest.raises(BadInput, match="不同级"):
        _dissolve(people, now, successors=[people.committee])
    with pytest.raises(BadInput, match="早于成立日期"):
        _dissolve(people, now, last_on=date(2000, 1, 1))
    with pytest.raises(NotAllowed):
        _dissolve(people, now, organisation=people.committee, successors=[])
    general = organisation("局小总支", people.committee, now, "general_branch")
    organisation("局小一支部", general, now)
    with pytest.raises(BadInput, match="下面还有局小一支部"):
        _dissolve(people, now, organisation=general, successors=[])
    _dissolve(people, now)
    with pytest.raises(WrongState, match="已经于"):
        _dissolve(people, now)


def test_a_dissolution_put_right_takes_the_successors_back(people: Cast, now: datetime) -> None:
    found = _dissolve(people, now)
    values = organisations.OrganisationValues(
        full_name=found.full_name, short_name=found.short_name, org_type=found.org_type, established_on=found.established_on
    )  # fmt: skip
    told: dict[str, Any] = {"organisation": found, "actor": people.actor("office"), "now": now}
    organisations.change_organisation(values=replace(values, dissolved_on=people.day), **told)
    assert Succession.objects.count() == 1
    organisations.change_organisation(values=values, **told)
    assert not Succession.objects.exists()


def test_an_account_is_tied_to_the_person_of_its_name_and_day_of_birth(
    people: Cast, now: datetime
) -> None:
    user = people.users["clerk"]
    person = Membership.objects.filter(branch=people.own)[0].person
    user.name = person.name
    user.save()
    told: dict[str, Any] = {"actor": people.actor("system"), "now": now}
    with pytest.raises(BadInput, match="花名册上没有姓名"):
        accounts.tie_person(user=user, birth_on=date(1970, 1, 1), **told)
    assert accounts.tie_person(user=user, birth_on=person.birth_on, **told).person == person

    other = people.users["nobody"]
    other.name = person.name
    with pytest.raises(BadInput, match="已经有账号“clerk”"):
        accounts.tie_person(user=other, birth_on=person.birth_on, **told)
    assert accounts.tie_person(user=user, birth_on=None, **told).person is None


def test_a_duty_passes_on_without_a_day_between(people: Cast, now: datetime) -> None:
    duty, to = people.users["secretary"].duties.get(), people.users["nobody"]
    told: dict[str, Any] = {"duty": duty, "to": to, "actor": people.actor("security"), "now": now}
    with pytest.raises(BadInput, match="另一个在用的账号"):
        accounts.hand_over(**(told | {"to": people.users["secretary"]}), from_on=people.day)

    made = accounts.hand_over(**told, from_on=people.day)

    assert (made.role, made.organisation, made.from_on) == (Role.SECRETARY, people.own, people.day)
    assert not people.actor("secretary").may_keep_ledgers_of(people.own)
    assert people.actor("nobody").may_keep_ledgers_of(people.own)
    before = people.day.fromordinal(people.day.toordinal() - 1)
    assert actor_of(people.users["secretary"], on=before).may_keep_ledgers_of(people.own)


def test_the_pages_of_an_account_hand_over_and_tie(people: Cast, now: datetime, login: Any) -> None:
    duty, to = people.users["secretary"].duties.get(), people.users["nobody"]
    client = login(people.users["security"])
    page = client.get(f"/accounts/{duty.user_id}/").content.decode()
    assert f"/duties/{duty.pk}/hand-over/" in page
    assert "没有关联花名册上的人员" in page
    refused = client.post(f"/duties/{duty.pk}/hand-over/", {"from": f"{people.day}"})
    assert (refused.status_code, "请选择接手的人" in refused.content.decode()) == (422, True)
    done = client.post(f"/duties/{duty.pk}/hand-over/", {"to": to.pk, "from": f"{people.day}"})
    assert (done.status_code, done.url) == (302, f"/accounts/{to.pk}/")


def test_a_branch_is_put_under_a_general_branch_with_all_below_it(
    people: Cast, now: datetime, login: Any
) -> None:
    general = organisation("局小总支", people.committee, now, "general_branch")
    top = organisation("大总支", people.committee, now, "general_branch")
    told: dict[str, Any] = {"actor": people.actor("office"), "now": now}
    with pytest.raises(BadInput, match="是支部"):
        organisations.place_under(organisation=people.own, parent=people.other, **told)
    own = people.own
    form = {
        "full_name": own.full_name, "short_name": own.short_name, "org_type": own.org_type,
        "established_on": f"{own.established_on}", "parent": f"{general.pk}",
    }  # fmt: skip
    assert login(people.users["office"]).post(f"/organisations/{own.pk}/", form).status_code == 302
    organisations.place_under(organisation=general, parent=top, **told)

    own.refresh_from_db()
    assert own.parent == general
    assert own.path == f"{people.committee.path}{top.pk:08d}/{general.pk:08d}/{own.pk:08d}/"
    top.refresh_from_db()
    with pytest.raises(BadInput, match="自己的下级"):
        organisations.place_under(organisation=top, parent=Organisation.objects.get(pk=general.pk), **told)  # fmt: skip
    assert people.actor("clerk").may_keep_ledgers_of(own)


def test_everything_that_somebody_does_passes_on_in_one_act(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk, to, security = people.users["clerk"], people.users["nobody"], people.actor("security")
    granted: dict[str, Any] = {"from_on": None, "to_on": None, "actor": security, "now": now}
    accounts.give_duty(user=clerk, role="secretary", organisation=people.other, **granted)
    client, first = login(people.users["security"]), clerk.duties.earliest("pk")
    day = people.day + timedelta(days=1)
    page = client.get(f"/duties/{first.pk}/hand-over/").content.decode()
    assert "连同其余1项职责一并移交：乙校支部书记" in page

    client.post(f"/duties/{first.pk}/hand-over/", {"to": to.pk, "from": f"{day}", "all": "1"})

    assert [one.role for one in to.duties.order_by("pk")] == ["clerk", "secretary"]
    assert {one.to_on for one in clerk.duties.all()} == {people.day}


def test_all_or_nothing_passes_on(people: Cast, now: datetime) -> None:
    clerk, to, security = people.users["clerk"], people.users["nobody"], people.actor("security")
    begins = people.day + timedelta(days=1)
    granted: dict[str, Any] = {"from_on": begins, "to_on": None, "actor": security, "now": now}
    accounts.give_duty(user=clerk, role="secretary", organisation=people.other, **granted)
    with pytest.raises(BadInput, match="应晚于原任的起日"):
        accounts.hand_over_all(user=clerk, to=to, from_on=begins, actor=security, now=now)
    assert not to.duties.exists()
