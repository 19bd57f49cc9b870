"""What anybody can do with organisations, accounts and the log-in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone

from taizhang.kernel.actions import journal, keys
from taizhang.orgs.actions import (
    accounts,
    attempts,
    calendar,
    dissolving,
    duties,
    login,
    organisations,
    second_factor,
    standing_in,
    tokens,
)
from taizhang.orgs.actions.heads import set_heads
from taizhang.orgs.actor import Actor
from taizhang.orgs.heads import Head
from taizhang.orgs.lists import actions as lists
from taizhang.orgs.models import Membership, Role, Unit
from taizhang.orgs.queries.login import There
from taizhang.papers import actions as papers
from taizhang.papers.paper import Paper
from tests.architecture.acts.act import Do, World, act


def _values(name: str, org_type: str = "branch") -> organisations.OrganisationValues:
    return organisations.OrganisationValues(
        full_name=f"中共{name}支部委员会", short_name=name, org_type=org_type, established_on=date(2015, 1, 1)
    )  # fmt: skip


@act(
    "orgs.organisations.found_organisation",
    "orgs.found_organisation",
    "office",
    "nobody",
    "clerk",
    "inspector",
)
def _found(w: World) -> Do:
    return lambda actor: organisations.found_organisation(
        parent=w.people.committee, values=_values("丙校"), actor=actor, now=w.now
    )


@act(
    "orgs.organisations.change_organisation",
    "orgs.change_organisation",
    "office",
    "nobody",
    "clerk",
)
def _change(w: World) -> Do:
    return lambda actor: organisations.change_organisation(
        organisation=w.people.own,
        values=replace(_values("甲小学"), renamed_on=w.day),
        actor=actor,
        now=w.now,
    )


@act("orgs.heads.set_heads", "orgs.set_heads", "office", "nobody", "secretary", "clerk")
def _committee_head(w: World) -> Do:
    return lambda actor: set_heads(
        organisation=w.people.committee, head=Head(mark="示例局委员会"), actor=actor, now=w.now
    )


@act("orgs.heads.set_heads", "orgs.set_heads", "secretary", "nobody", "foreign", "clerk", "member")
def _branch_head(w: World) -> Do:
    return lambda actor: set_heads(
        organisation=w.people.own, head=Head(signatory="示例甲"), actor=actor, now=w.now
    )


@act("orgs.organisations.found_unit", "orgs.found_unit", "office", "nobody", "clerk")
def _unit(w: World) -> Do:
    return lambda actor: organisations.found_unit(
        name="新校", unit_type=Unit.Type.SCHOOL, is_public_institution=True, actor=actor, now=w.now
    )


@act("orgs.organisations.assign_area", "orgs.assign_area", "office", "nobody", "clerk")
def _area(w: World) -> Do:
    return lambda actor: organisations.assign_area(
        name="城南1", organisations=[w.people.own], from_on=w.day, actor=actor, now=w.now
    )


@act("orgs.duties.set_address", "orgs.set_address", "clerk", own=True)
def _address(w: World) -> Do:
    return lambda actor: duties.set_address(actor=actor, email="a@example.org", now=w.now)


@act("orgs.calendar.set_calendar_year", "orgs.set_calendar_year", "office", "nobody", "clerk")
def _calendar(w: World) -> Do:
    return lambda actor: calendar.set_calendar_year(
        year=2019, holidays=[date(2019, 1, 1)], workdays=[], actor=actor, now=w.now
    )


@act("orgs.accounts.open_accounts", "orgs.open_account", "system", "nobody", "office", "security")
def _open(w: World) -> Do:
    rows = [accounts.NewAccount("newcomer", "新来", 1)]
    return lambda actor: accounts.open_accounts(rows=rows, actor=actor, now=w.now)


@act("orgs.accounts.renew_password", "orgs.renew_password", "system", "nobody", "security")
def _renew(w: World) -> Do:
    return lambda actor: accounts.renew_password(
        user=w.people.users["clerk"], actor=actor, now=w.now
    )


@act("orgs.accounts.set_active", "orgs.set_active", "system", "nobody", "security")
def _active(w: World) -> Do:
    return lambda actor: accounts.set_active(
        user=w.people.users["clerk"], active=False, actor=actor, now=w.now
    )


@act("orgs.accounts.give_duty", "orgs.give_duty", "security", "nobody", "system", "office")
def _give(w: World) -> Do:
    return lambda actor: accounts.give_duty(
        user=w.people.users["nobody"], role=Role.CLERK, organisation=w.people.own, from_on=None, to_on=None,
        actor=actor, now=w.now,
    )  # fmt: skip


@act("orgs.accounts.end_duty", "orgs.end_duty", "security", "nobody", "system", "office")
def _end_duty(w: World) -> Do:
    duty = w.people.users["clerk"].duties.get()
    return lambda actor: accounts.end_duty(duty=duty, last_on=w.day, actor=actor, now=w.now)


@act("orgs.login.end_session", "orgs.end_session", "clerk", "foreign", "office")
def _end_session(w: World) -> Do:
    made = login.note_login(user=w.people.users["clerk"], session_key="k", agent="", now=w.now)
    return lambda actor: login.end_session(session=made, actor=actor, now=w.now)


@act("orgs.login.end_other_sessions", "orgs.end_sessions", "clerk", own=True)
def _end_others(w: World) -> Do:
    Session.objects.create(session_key="k", session_data="", expire_date=timezone.now())
    return lambda actor: login.end_other_sessions(keep=None, actor=actor, now=w.now)


@act("orgs.login.change_password", "orgs.change_password", "clerk", own=True)
def _password(w: World) -> Do:
    def do(actor: Actor) -> None:
        actor.user.set_password("示例-Old-2018")
        actor.user.save()
        login.change_password(actor=actor, old="示例-Old-2018", new="另一个-New-2019!", now=w.now)

    return do


@act("orgs.login.set_rules", "orgs.set_login_rules", "security", "nobody", "system", "office")
def _rules(w: World) -> Do:
    return lambda actor: login.set_rules(values={"one_session": True}, actor=actor, now=w.now)


def _enrolled(actor: Actor, now: datetime) -> tuple[str, list[str]]:
    secret = second_factor.fresh_secret()
    code = second_factor.code_at(secret, now)
    return secret, second_factor.enrol(secret=secret, code=code, actor=actor, now=now)


@act("orgs.second_factor.enrol", "orgs.enrol_second_factor", "clerk", own=True)
def _enrol(w: World) -> Do:
    return lambda actor: _enrolled(actor, w.now)


@act("orgs.second_factor.give_up", "orgs.give_up_second_factor", "clerk", own=True)
def _give_up(w: World) -> Do:
    def do(actor: Actor) -> None:
        _, spare = _enrolled(actor, w.now)
        second_factor.give_up(code=spare[0], actor=actor, now=w.now)

    return do


@act("orgs.second_factor.give_up", "orgs.use_spare_code", "clerk", own=True)
def _spare(w: World) -> Do:
    return _give_up(w)


@act("orgs.second_factor.reset", "orgs.reset_second_factor", "security", "nobody", "system")
def _reset(w: World) -> Do:
    _enrolled(w.people.actor("clerk"), w.now)
    return lambda actor: second_factor.reset(user=w.people.users["clerk"], actor=actor, now=w.now)


def _lend(w: World, actor: Actor) -> Any:
    return standing_in.lend(
        duty=w.people.users["clerk"].duties.get(), to=w.people.users["secretary"], from_on=w.day, to_on=w.day, actor=actor,
        now=w.now,
    )  # fmt: skip


@act("orgs.standing_in.lend", "orgs.stand_in", "clerk", "secretary", "foreign")
def _stand_in(w: World) -> Do:
    return lambda actor: _lend(w, actor)


@act("orgs.standing_in.take_back", "orgs.end_stand_in", "clerk", "secretary", "foreign")
def _take_back(w: World) -> Do:
    lent = _lend(w, w.people.actor("clerk"))
    return lambda actor: standing_in.take_back(lent=lent, actor=actor, now=w.now)


@act("orgs.tokens.make", "orgs.make_token", "clerk", own=True)
def _token(w: World) -> Do:
    return lambda actor: tokens.make(name="财务", expires_on=w.day, actor=actor, now=w.now)


@act("orgs.tokens.end", "orgs.end_token", "clerk", "foreign", "office")
def _end_token(w: World) -> Do:
    made, _ = tokens.make(name="财务", expires_on=w.day, actor=w.people.actor("clerk"), now=w.now)
    return lambda actor: tokens.end(token=made, actor=actor, now=w.now)


@act("journal.looked_at", "kernel.read_journal", "audit", "nobody", "office", "system")
def _read_journal(w: World) -> Do:
    return lambda actor: journal.looked_at(wanted=journal.Wanted(), actor=actor, now=w.now)


@act("journal.verified", "kernel.verify_journal", "audit", "nobody", "office", "system")
def _verify_journal(w: World) -> Do:
    return lambda actor: journal.verified(actor=actor, now=w.now)


@act("keys.reseal", "kernel.reseal", "nobody", own=True)
def _reseal(w: World) -> Do:
    return lambda _: keys.reseal(now=w.now)


@act("login.note_login", "orgs.login", "clerk", own=True)
def _log_in(w: World) -> Do:
    return lambda actor: login.note_login(user=actor.user, session_key="k", agent="", now=w.now)


@act("login.note_failure", "orgs.login_failed", "clerk", own=True)
def _fail(w: World) -> Do:
    return lambda actor: attempts.note_failure(username=actor.user.username, now=w.now)


@act("login.note_logout", "orgs.logout", "clerk", own=True)
def _log_out(w: World) -> Do:
    return lambda actor: login.note_logout(user=actor.user, session_key="k", now=w.now)


@act("papers.print_papers", "papers.print", "clerk", own=True)
def _print(w: World) -> Do:
    paper = Paper("标题", "", [])
    return lambda actor: papers.print_paper(
        paper=paper, form="docx", subject="x", actor=actor, now=w.now
    )


def _lent(w: World, actor: Actor) -> None:
    duties.lend_duty(
        user=actor.user, role=Role.INSPECTOR, places=[w.people.own], days=(w.day, w.day.replace(year=2030)), now=w.now
    )  # fmt: skip


@act("orgs.duties.lend_duty", "orgs.lend_duty", "nobody", own=True)
def _lend_for_round(w: World) -> Do:
    return lambda actor: _lent(w, actor)


@act("orgs.duties.end_duties", "orgs.end_duties", "nobody", own=True)
def _end_duties(w: World) -> Do:
    def do(actor: Actor) -> None:
        _lent(w, actor)
        duties.end_duties(users=[actor.user], roles=[Role.INSPECTOR], day=w.day, now=w.now)

    return do


@act("orgs.accounts.tie_person", "orgs.tie_person", "system", "nobody", "office", "security")
def _tie_person(w: World) -> Do:
    user = w.people.users["clerk"]
    person = Membership.objects.filter(branch=w.people.own)[0].person
    user.name = person.name
    user.save()
    return lambda actor: accounts.tie_person(
        user=user, birth_on=person.birth_on, actor=actor, now=w.now
    )


@act("orgs.accounts.link_sign_on", "orgs.link_sign_on", "system", "nobody", "office", "security")
def _link_sign_on(w: World) -> Do:
    links = [accounts.Link("clerk", "20180001", 1)]
    return lambda actor: accounts.link_sign_on(
        links=links, provider="https://id.example.cn", actor=actor, now=w.now
    )


@act("login.end_from_there", "orgs.end_from_there", "clerk", own=True)
def _end_from_there(w: World) -> Do:
    def do(actor: Actor) -> None:
        there = There("a", "b")
        login.note_login(user=actor.user, session_key="k", agent="", now=w.now, there=there)
        login.end_from_there(token="c", there=there, now=w.now)  # noqa: S106

    return do


@act("attempts.note_refused_end", "orgs.end_refused", "clerk", own=True)
def _refused_end(w: World) -> Do:
    return lambda _: attempts.note_refused_end(why="签名不符", now=w.now)


@act("login.note_sign_on_failed", "orgs.sign_on_failed", "clerk", own=True)
def _sign_on_failed(w: World) -> Do:
    return lambda actor: login.note_sign_on_failed(user=actor.user, subject="20180001", now=w.now)


@act("orgs.accounts.hand_over_all", "orgs.hand_over", "security", "nobody", "system", "office")
def _hand_over_all(w: World) -> Do:
    user, to = w.people.users["clerk"], w.people.users["nobody"]
    return lambda actor: accounts.hand_over_all(
        user=user, to=to, from_on=w.day, actor=actor, now=w.now
    )


@act("orgs.accounts.hand_over", "orgs.hand_over", "security", "nobody", "system", "office")
def _hand_over(w: World) -> Do:
    duty, to = w.people.users["clerk"].duties.get(), w.people.users["nobody"]
    return lambda actor: accounts.hand_over(duty=duty, to=to, from_on=w.day, actor=actor, now=w.now)


@act("orgs.organisations.place_under", "orgs.place_under", "office", "nobody", "clerk")
def _place_under(w: World) -> Do:
    above = organisations.found_organisation(
        parent=w.people.committee, values=_values("总支", "general_branch"), actor=None, now=w.now
    )
    return lambda actor: organisations.place_under(
        organisation=w.people.own, parent=above, actor=actor, now=w.now
    )


@act("orgs.dissolving.dissolve", "orgs.dissolve", "office", "nobody", "clerk", "secretary")
def _dissolve(w: World) -> Do:
    return lambda actor: dissolving.dissolve(
        organisation=w.people.own,
        last_on=w.day,
        successors=[w.people.other],
        actor=actor,
        now=w.now,
    )


@act(
    "orgs.accounts.renew_passwords", "orgs.renew_password", "system", "nobody", "security", "office"
)
def _renew_many(w: World) -> Do:
    users = [w.people.users["clerk"], w.people.users["member"]]
    return lambda actor: accounts.renew_passwords(users=users, actor=actor, now=w.now)


@act(
    "orgs.accounts.set_active_together", "orgs.set_active", "system", "nobody", "security", "office"
)
def _close_many(w: World) -> Do:
    users = [w.people.users["clerk"], w.people.users["member"]]
    return lambda actor: accounts.set_active_together(
        users=users, active=False, actor=actor, now=w.now
    )


@act("orgs.lists.save_filter", "orgs.save_filter", "clerk", "nobody", "system")
def _share_filter(w: World) -> Do:
    return lambda actor: lists.save_filter(
        name="今年", path="/board/", query="only=missing", shared=True, actor=actor, now=w.now
    )


@act("orgs.lists.drop_filter", "orgs.drop_filter", "secretary", "nobody", "foreign", "member")
def _drop_filter(w: World) -> Do:
    kept = lists.save_filter(
        name="今年", path="/board/", query="", shared=True, actor=w.people.actor("clerk"), now=w.now
    )
    return lambda actor: lists.drop_filter(found=kept, actor=actor, now=w.now)
