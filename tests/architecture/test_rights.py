"""Every URL × every role × own and foreign branch: allowed only where the table says so. A new URL
needs its line.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from taizhang.checks.actions import checking as checks
from taizhang.checks.models import CheckRun, SuspicionRow
from taizhang.inspection import actions as inspection
from taizhang.inspection.actions import asking, scoring, site
from taizhang.inspection.models import Finding, Highlight, Preparation, TeamMember, Visit
from taizhang.inspection.outgoing.actions import bringing
from taizhang.inspection.site import entries as e
from taizhang.intake import actions as intake
from taizhang.intake.models import ColumnSaid
from taizhang.kernel.actions import made_files, messages
from taizhang.kernel.jobs.models import MadeFile
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.links import actions as links
from taizhang.ledgers.mine import actions as objections
from taizhang.ledgers.models import Disposal
from taizhang.orgs.actions import login, standing_in, tokens
from taizhang.orgs.lists import actions as lists
from taizhang.orgs.models import Membership, Organisation
from taizhang.papers.word_templates import actions as templates
from taizhang.papers.word_templates import kinds as template_kinds
from tests.conftest import NOW
from tests.inspection import packages
from tests.inspection.conftest import plan_of
from tests.intake import corpus
from tests.make import Cast, as_it_is_now, picture, raw, save
from tests.modules import States
from tests.notices.papers import SAMPLE
from tests.papers import clerk
from tests.walks import counted_once

READ = {"office", "team_leader", "inspector", "secretary", "clerk", "commissioner"}
KEEP = {"secretary", "clerk", "commissioner"}
OFFICE = {"office"}
TEAM = {"team_leader", "inspector"}
ROUND = TEAM | OFFICE | KEEP
ADMINS = {"system", "security", "audit"}
EVERYBODY = READ | ADMINS | {"member", "nobody", "foreign", "unseated"}
OPEN = EVERYBODY | {"anonymous"}
# name → (who may GET it for the own branch, whether the clerk of the other branch may). 405 counts
# as not allowed.
TABLE: dict[str, tuple[set[str], bool]] = {
    "api-docs": (EVERYBODY, True), "api-document": (EVERYBODY, True), "web:home": (EVERYBODY, True), "web:login": (OPEN, True), "web:sign-on": (set(), False), "web:sign-on-back": (set(), False), "web:sign-on-ended": (set(), False), "web:sign-on-links": (set(), False), "web:left": (OPEN, True), "web:logout": (set(), False), "web:password": (EVERYBODY, True), "web:address": (set(), False), "web:choose-branch": (set(), False),
    "web:code": (set(), False), "web:second-factor": (EVERYBODY, True), "web:me": (EVERYBODY, True), "web:end-session": (set(), False), "web:stand-in": (set(), False), "web:take-back": (set(), False), "web:make-token": (set(), False), "web:end-token": (set(), False), "web:login-rules": ({"security"}, False),
    "web:accounts": ({"system", "security"}, False), "web:account": ({"system", "security"}, False), "web:account-step": (set(), False), "web:end-duty": (set(), False), "web:hand-over": ({"security"}, False), "web:journal": ({"audit"}, False),
    "web:healthy": (OPEN, True), "web:alive": (OPEN, True), "ledgers:kinds": (EVERYBODY, True), "ledgers:mine": (EVERYBODY, True), "ledgers:object": (set(), False), "ledgers:objections": (KEEP, True), "ledgers:answer-objection": (set(), False), "ledgers:search": (EVERYBODY, True),
    "ledgers:disposals": (OFFICE, False), "ledgers:disposal": (OFFICE, False), "ledgers:disposal-sheet": (OFFICE, False), "ledgers:disposal-step": (set(), False), "ledgers:workbook": ({"office", "system", "security"}, False), "ledgers:workbook-empty": ({"office", "system", "security"}, False), "ledgers:account-template": ({"system", "security"}, False), "ledgers:account-import": ({"system", "security"}, False), "ledgers:organisations": (OFFICE, False), "ledgers:organisation": (OFFICE, False), "ledgers:organisation-template": (OFFICE, False), "ledgers:organisation-export": (OFFICE, False), "ledgers:organisation-import": (OFFICE, False), "ledgers:calendar": (OFFICE, False), "ledgers:confirm": (set(), False), "ledgers:roster": (KEEP, False), "ledgers:read-minutes": (KEEP, False), "ledgers:group-meetings": (KEEP, False), "ledgers:dues-month": (KEEP, False),
    "ledgers:list": (EVERYBODY, True), "ledgers:record": (KEEP, False), "ledgers:template": (EVERYBODY, True),
    "ledgers:export": (EVERYBODY, True),
    "ledgers:entry": (READ, False), "ledgers:reveal": (set(), False), "ledgers:correct": (KEEP, False), "ledgers:withdraw": (set(), False), "ledgers:files": (READ, False), "papers:templates": (OFFICE, False), "papers:template": (OFFICE, False), "papers:template-start": (OFFICE, False), "papers:template-use": (set(), False), "papers:template-file": (OFFICE, False), "papers:template-try": (OFFICE, False), "papers:book": (READ, False), "papers:heads": (OFFICE | KEEP, False), "papers:head-sample": (OFFICE | KEEP, False), "papers:sign-sheet": (KEEP, False), "papers:blank": (EVERYBODY, True), "papers:record": (READ, False), "papers:of-record": (READ, False), "ledgers:chart": (READ, False), "ledgers:related": (READ, False), "ledgers:derive": (set(), False), "ledgers:end-spell": (set(), False), "ledgers:unlink": (set(), False), "ledgers:attach": (set(), False), "ledgers:detach": (set(), False),
    "ledgers:unused": (KEEP, True), "ledgers:file": (READ, False), "ledgers:look": (READ, False), "ledgers:picture": (READ, False), "ledgers:throw-away": (set(), False),
    "checks:board": (READ, True), "checks:board-export": (READ, True), "checks:meetings-export": (READ, True), "checks:branch-export": (READ, False), "checks:meetings": (READ, True), "checks:by-ledger": (READ, True), "checks:branch": (READ, False), "checks:item": (READ, False), "checks:todo": (OFFICE, False), "checks:branch-todo": (READ, False),
    "checks:across": (READ, True), "checks:scope": (OFFICE, False), "checks:run": (set(), False), "checks:waiting": (READ, True), "checks:dismiss": (set(), False), "checks:restore": (set(), False),
    "checks:record-reasons": (READ, False), "checks:beside": (READ, False), "checks:expected": (READ, False), "checks:run-state": (OFFICE, False), "checks:run-stop": (set(), False), "checks:rules": (OFFICE, False), "checks:rules-trial": (OFFICE, False), "checks:rules-tried": ({"office"}, False), "checks:rules-publish": (set(), False), "checks:rules-drop": (set(), False), "checks:try": (set(), False), "inspection:rounds": (READ, True), "inspection:bring-in": (OFFICE, False), "inspection:brought": (OFFICE, False), "inspection:brought-table": (set(), False), "inspection:brought-file": (set(), False),
    "inspection:round": (READ, True), "inspection:import": (OFFICE, False), "inspection:review": (OFFICE, False), "inspection:notice-source": (OFFICE, False), "inspection:delete-notice": (set(), False),
    "inspection:units": (OFFICE, False), "inspection:units-change": (set(), False), "inspection:units-sheet": (OFFICE, False), "inspection:units-import": (set(), False),
    "checks:requirements": (OFFICE, False), "checks:requirement": (OFFICE, False), "checks:rule": (OFFICE, False),
    "inspection:new": (OFFICE, False), "inspection:frozen": (OFFICE, False), "inspection:advance": (set(), False), "inspection:plan": (OFFICE, False), "inspection:propose": (set(), False), "inspection:share-out": (set(), False), "inspection:items": (set(), False), "inspection:head": (set(), False), "inspection:text": (set(), False), "inspection:heads": (OFFICE, False), "inspection:issue-circular": (set(), False), "inspection:follow-up": (OFFICE, False), "inspection:progress": (OFFICE, False), "inspection:compare": (OFFICE, False), "inspection:ask": (set(), False), "inspection:answer": (set(), False), "inspection:prepared": (set(), False),
    "inspection:findings": (READ, True), "inspection:rectification": (READ, True), "inspection:issue": (set(), False), "inspection:order": (set(), False), "inspection:round-paper": (OFFICE, False),
    "inspection:consult": (ROUND, False), "inspection:consult-step": (set(), False), "inspection:sign": (set(), False), "inspection:lasting": (set(), False), "inspection:checklist-sheet": (TEAM | OFFICE, False), "inspection:tick-sheet": (TEAM | OFFICE, False), "inspection:ticks": (TEAM, False), "inspection:ticks-confirm": (set(), False), "inspection:visit-paper": (ROUND, False), "inspection:finding": (ROUND, False), "inspection:finding-step": (set(), False), "inspection:own": (READ, False), "inspection:promote": (set(), False), "inspection:scores": (ROUND, False), "inspection:scored": (set(), False), "inspection:own-due": (READ, False), "inspection:team-todo": (EVERYBODY, True), "inspection:delete-round": (set(), False), "inspection:office-due": (OFFICE, False),
    "inspection:replace": (OFFICE, False), "inspection:dissolve": (OFFICE, False), "inspection:requirements": (OFFICE, False), "inspection:choose-catalogue": (set(), False), "inspection:match-lines": (set(), False), "inspection:decide-rules": (set(), False),
    "intake:home": (KEEP, False), "intake:batch": (KEEP, False), "intake:certain": (set(), False), "intake:undo": (set(), False), "intake:paper": (KEEP, False), "intake:kind": (set(), False), "intake:aside": (set(), False), "intake:add": (set(), False),
    "intake:columns": (KEEP, False),
    "inspection:site": (EVERYBODY, True), "inspection:site-worker": (OPEN, True), "inspection:site-pack": (EVERYBODY, True), "inspection:site-sync": (set(), False), "inspection:site-photo": (set(), False), "inspection:site-picture": (TEAM | OFFICE, False),
    "checks:at": (READ, False), "checks:changes": (READ, True), "papers:burden": (READ, False), "inspection:profile": (READ, False), "papers:burden-all": (OFFICE, False),
    "checks:rule-example": (set(), False),
    "intake:name-columns": (set(), False), "intake:forget-column": (set(), False),
    "intake:sheet": (KEEP, False), "intake:template": (KEEP, False), "intake:rows": (set(), False), "ledgers:replace-file": (set(), False),
    "web:messages": (EVERYBODY, True), "web:read-messages": (set(), False), "web:open-message": (set(), False), "web:made-file": ({"clerk"}, False), "web:made-file-content": ({"clerk"}, False), "inspection:archive": (set(), False),
    "ledgers:go": (EVERYBODY, True),
    "checks:explain": (set(), False), "checks:unexplain": (set(), False),
    "ledgers:export-chosen": (set(), False), "ledgers:withdraw-chosen": (set(), False), "papers:chosen": (set(), False), "web:choose-columns": (set(), False), "web:save-filter": (set(), False), "web:drop-filter": (set(), False), "inspection:landing": (EVERYBODY, True), "inspection:site-evidence": (TEAM, False), "inspection:findings-sheet": (set(), False), "inspection:findings-deadline": (set(), False), "inspection:findings-together": (set(), False), "web:accounts-password": (set(), False), "web:accounts-close": (set(), False), "web:accounts-open": (set(), False),
    "demo:loading": (EVERYBODY, True),
    "web:help": (EVERYBODY, True), "web:help-chapter": (EVERYBODY, True),
    "ledgers:put-back": (set(), False), "checks:withdrawing": (KEEP, False), "inspection:site-file": (EVERYBODY, True), "inspection:site-back": (set(), False),
}  # fmt: skip
POSTS = {
    "web:choose-branch": KEEP,
    "ledgers:disposals": OFFICE, "ledgers:disposal-step": OFFICE, "ledgers:account-import": {"system", "security"}, "ledgers:workbook": {"office", "system", "security"}, "ledgers:object": {"member"}, "ledgers:mine": {"member"}, "ledgers:answer-objection": KEEP, "web:end-session": {"clerk", "system", "security"}, "web:end-token": {"clerk", "system", "security"}, "web:stand-in": {"clerk"}, "web:take-back": {"clerk"}, "web:make-token": EVERYBODY - ADMINS, "web:login-rules": {"security"},
    "web:address": EVERYBODY, "web:accounts": {"system"}, "web:account-step": {"system", "security"}, "web:end-duty": {"security"}, "web:hand-over": {"security"}, "web:journal": {"audit"},
    "ledgers:read-minutes": KEEP, "ledgers:derive": KEEP, "ledgers:end-spell": KEEP, "ledgers:unlink": KEEP, "ledgers:dues-month": KEEP, "ledgers:files": KEEP, "ledgers:attach": KEEP, "ledgers:detach": KEEP, "ledgers:throw-away": KEEP,
    "ledgers:record": KEEP, "ledgers:withdraw": KEEP, "ledgers:reveal": KEEP, "ledgers:correct": KEEP, "checks:try": KEEP, "checks:run": OFFICE, "checks:run-stop": OFFICE, "checks:rules": OFFICE, "checks:rules-trial": OFFICE, "inspection:frozen": OFFICE, "checks:requirement": OFFICE, "checks:rule": OFFICE, "checks:rule-example": OFFICE, "checks:rules-publish": OFFICE, "checks:rules-drop": OFFICE, "checks:dismiss": TEAM | OFFICE, "checks:restore": TEAM | OFFICE, "checks:explain": KEEP, "checks:unexplain": KEEP,
    "checks:scope": OFFICE, "ledgers:organisation": OFFICE, "papers:heads": OFFICE | {"secretary"}, "inspection:heads": OFFICE, "inspection:issue-circular": OFFICE, "ledgers:calendar": OFFICE, "ledgers:confirm": OFFICE, "ledgers:organisation-import": OFFICE, "inspection:import": OFFICE, "inspection:review": OFFICE,
    "inspection:new": OFFICE, "inspection:advance": OFFICE, "inspection:plan": OFFICE, "inspection:propose": OFFICE, "inspection:share-out": OFFICE, "inspection:items": OFFICE, "inspection:head": OFFICE, "inspection:text": OFFICE, "inspection:follow-up": OFFICE, "inspection:delete-round": OFFICE, "inspection:issue": OFFICE, "inspection:order": OFFICE, "inspection:answer": OFFICE,
    "inspection:units": OFFICE, "inspection:units-change": OFFICE, "inspection:units-import": OFFICE, "inspection:delete-notice": OFFICE,
    "inspection:ask": KEEP, "inspection:promote": OFFICE, "inspection:scores": KEEP, "inspection:scored": OFFICE, "inspection:prepared": KEEP | OFFICE, "inspection:consult": TEAM | KEEP, "inspection:consult-step": TEAM | KEEP, "inspection:sign": KEEP, "inspection:lasting": KEEP, "inspection:finding": TEAM | OFFICE, "inspection:finding-step": KEEP,
    "inspection:replace": OFFICE, "inspection:dissolve": OFFICE, "inspection:choose-catalogue": OFFICE, "inspection:match-lines": OFFICE, "inspection:decide-rules": OFFICE,
    "intake:home": KEEP, "intake:certain": KEEP, "intake:undo": KEEP, "intake:paper": KEEP, "intake:kind": KEEP, "intake:aside": KEEP, "intake:add": KEEP,
    "intake:name-columns": KEEP, "intake:forget-column": KEEP,
    "inspection:checklist-sheet": TEAM, "inspection:ticks": TEAM, "inspection:ticks-confirm": TEAM, "inspection:site-photo": TEAM, "papers:template": OFFICE, "papers:template-use": OFFICE,
    "intake:sheet": KEEP,
    "web:read-messages": EVERYBODY, "web:open-message": {"clerk"}, "inspection:archive": OFFICE, "inspection:bring-in": OFFICE, "web:sign-on-links": {"system"},
    "ledgers:group-meetings": KEEP,
    "web:accounts-password": {"system"}, "web:accounts-close": {"system"}, "web:accounts-open": {"system"}, "web:drop-filter": {"clerk"},
    "intake:rows": KEEP, "ledgers:replace-file": KEEP,
    "ledgers:put-back": KEEP,
}  # fmt: skip


def _names(resolver: URLResolver, prefix: str = "") -> list[str]:
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver) and one.namespace == "api":
            continue  # tests/config/test_api.py
        if isinstance(one, URLResolver):
            found += _names(one, f"{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern):
            found.append(f"{prefix}{one.name}")
    return found


def test_every_url_has_its_line() -> None:
    assert sorted(_names(get_resolver())) == sorted(TABLE)


@pytest.fixture(scope="module")
def addresses(
    _cast_once: Cast, states: States, evidence_of_module: Path
) -> Iterator[dict[str, str]]:
    """Each URL, of things of the own branch, which are made once in a process; their files go where
    the module has its own.
    """
    kept = states.folder / "addresses"
    places = (evidence_of_module, evidence_of_module.with_name("made"))

    def make() -> dict[str, str]:
        found = _addresses(as_it_is_now(_cast_once), NOW)
        for place, name in zip(places, ("evidence", "made"), strict=True):
            shutil.copytree(place, kept / name)
        return found

    with states.entered("addresses", make) as found:
        for place, name in zip(places, ("evidence", "made"), strict=True):
            shutil.copytree(kept / name, place, dirs_exist_ok=True)
        with counted_once():
            yield found


def _addresses(people: Cast, now: datetime) -> dict[str, str]:
    actor, office = people.actor("clerk"), people.actor("office")
    entry = save(people.own, actor, now, "meetings", **raw("meetings"))
    data = SAMPLE.read_bytes()
    draft = inspection.take_in(file_name="n.txt", source=data, actor=office, now=now)
    checks.set_scope(
        from_on=people.day.replace(year=2015),
        to_on=people.day,
        on=people.day,
        catalogue="tianning-2018",
        actor=office,
        now=now,
    )
    taken = evidence.take_in(
        branch=people.own, name="照片.png", data=picture(), kind="", actor=actor, now=now
    )
    declared = save(people.own, actor, now, "declarations", **raw("declarations"))
    made = links.link(
        kind=KINDS["declarations"],
        entry=declared,
        to=KINDS["meetings"],
        made=entry,
        actor=actor,
        now=now,
    )
    voted = save(people.own, actor, now, "elections", **raw("elections"))
    link = evidence.attach(
        file=taken.file, kind=KINDS["meetings"], entry=entry, actor=actor, now=now
    )
    template = templates.upload_template(
        kind=template_kinds.named("letter"), name="a.docx", data=clerk.letter(), note="", actor=office, now=now
    )  # fmt: skip
    key, kind = people.own.pk, "meetings"
    arguments: dict[str, list[Any]] = {
        "ledgers:organisation": [key], "ledgers:calendar": [2019], "papers:book": [key], "papers:burden": [key], "inspection:profile": [key], "papers:heads": [key], "papers:head-sample": [key, "request", "docx"], "papers:sign-sheet": [key, "docx"], "papers:blank": [kind, "docx"], "papers:record": [kind, entry.pk, "docx"], "papers:of-record": ["elections", voted.pk, "tally", "docx"], "ledgers:chart": [key], "ledgers:confirm": [declared.pk], "ledgers:list": [kind], "ledgers:record": [kind], "ledgers:template": [kind],
        "ledgers:export": [kind], "ledgers:entry": [kind, entry.pk],
        "ledgers:correct": [kind, entry.pk], "ledgers:put-back": [kind, entry.pk], "checks:withdrawing": [kind, entry.pk], "ledgers:withdraw": [kind, entry.pk], "ledgers:export-chosen": [kind], "ledgers:withdraw-chosen": [kind], "papers:chosen": [kind, "pdf"], "ledgers:reveal": [kind, entry.pk], "ledgers:files": [kind, entry.pk], "ledgers:related": [kind, entry.pk], "ledgers:derive": [kind, entry.pk, "room-uses"], "ledgers:end-spell": [kind, entry.pk], "ledgers:unlink": [kind, entry.pk, made.pk], "ledgers:attach": [kind, entry.pk],
        "ledgers:detach": [kind, entry.pk, link.pk], "ledgers:replace-file": [kind, entry.pk, link.pk], "ledgers:file": [taken.file.pk], "ledgers:look": [taken.file.pk], "ledgers:picture": [taken.file.pk, "small"],
        "ledgers:throw-away": [taken.file.pk], "checks:branch": [key],
        "checks:requirement": ["L29"], "checks:rule": ["L29"], "checks:rule-example": ["L29"],
        "checks:item": [key, "L29"], "checks:expected": [key], "checks:branch-export": [key], "checks:branch-todo": [key], "checks:across": ["L29"], "checks:record-reasons": [kind, entry.pk],
        "checks:try": [kind], "checks:by-ledger": [kind], "inspection:review": [draft.pk], "inspection:notice-source": [draft.pk], "inspection:delete-notice": [draft.pk], "papers:template": ["letter"], "papers:template-start": ["letter"], "papers:template-use": ["letter"],
        "papers:template-file": [template.pk], "papers:template-try": [template.pk, "sample", "docx"],
    }  # fmt: skip
    arguments |= _round(people, now)
    arguments |= _intake(people, now)
    suspicion = SuspicionRow.objects.filter(branch=people.own).latest("pk").pk
    arguments |= {
        f"checks:{one}": [suspicion] for one in ("dismiss", "restore", "explain", "unexplain")
    }
    run = CheckRun.objects.create(started_at=now, engine="reference")
    arguments |= {"checks:run-state": [run.pk], "checks:run-stop": [run.pk]}
    by_roster = SuspicionRow.objects.get(pk=suspicion)
    by_roster.pk, by_roster.rule, by_roster.subject = None, "L29:MT.5", entry.pk
    by_roster.save()
    arguments["checks:beside"] = [by_roster.pk]
    arguments |= _of_account(people, now)
    own = {
        "ledgers:roster",
        "ledgers:group-meetings",
        "ledgers:read-minutes",
        "ledgers:dues-month",
        "ledgers:record",
        "intake:home",
        "intake:columns",
        "intake:sheet",
        "intake:template",
    }
    return {
        name: reverse(name, args=arguments.get(name, []))
        + (f"?branch={key}" if name in own else "")
        for name in TABLE
    }


def _intake(people: Cast, now: datetime) -> dict[str, list[Any]]:
    case = corpus.minutes_in_lines(1)
    batch = intake.take_in(
        branch=people.own, files=[(case.name, case.data)], actor=people.actor("clerk"), now=now
    )
    of_batch, of_paper = [batch.pk], [batch.papers.get().pk]
    return {
        "intake:batch": of_batch,
        "intake:certain": of_batch,
        "intake:undo": of_batch,
        "intake:paper": of_paper,
        "intake:kind": of_paper,
        "intake:aside": of_paper,
        "intake:name-columns": of_paper,
        "intake:sheet": ["talks"],
        "intake:template": ["talks"],
        "intake:rows": of_batch,
        "intake:forget-column": [_column(people, now)],
        "intake:add": of_paper,
    }


def _column(people: Cast, now: datetime) -> int:
    """A column that the bureau remembers."""
    root = Organisation.objects.get(path=people.own.path[:9])
    clerk = people.users["clerk"]
    return ColumnSaid.objects.create(root=root, kind="talks", header="星座", by=clerk, at=now).pk


def _of_account(people: Cast, now: datetime) -> dict[str, list[Any]]:
    """What belongs to the clerk's account, and a member's objection."""
    somebody = people.users["clerk"]
    member = people.users["member"]
    member.person = Membership.objects.filter(branch=people.own)[0].person
    member.save()
    objection = objections.object_to(
        about="dues", text="不对", actor=people.actor("member"), now=now
    )
    session = login.note_login(user=somebody, session_key="k", agent="", now=now)
    token, _ = tokens.make(name="财务", expires_on=people.day, actor=people.actor("clerk"), now=now)
    duty = somebody.duties.get()
    lent = standing_in.lend(
        duty=duty,
        to=people.users["secretary"],
        from_on=people.day,
        to_on=people.day,
        actor=people.actor("clerk"),
        now=now,
    )
    office = people.users["office"]
    listed = Disposal.objects.create(made_at=now, made_by=office)
    clerk = people.users["clerk"]
    told = {"title": "台账册", "maker": "ledger-book", "asked_at": now, "ended_at": now}
    file = MadeFile.objects.create(
        by=clerk, name="a.pdf", mime="application/pdf", place="a", **told
    )
    made_files.store().put("a", b"%PDF-")
    tried = MadeFile.objects.create(by=office, place="b", **told | {"maker": "rules-trial"})
    made_files.store().put("b", b'{"branches": 1}')
    messages.tell(to=clerk, text="已生成", url="/messages/", key="file:1", now=now)
    return {
        "web:help-chapter": ["lists"],
        "web:drop-filter": [_filter(people, now)],
        "checks:rules-tried": [tried.pk],
        "web:made-file": [file.pk],
        "web:made-file-content": [file.pk],
        "web:open-message": [messages.of(clerk).get().pk],
        "ledgers:disposal": [listed.pk],
        "ledgers:disposal-sheet": [listed.pk],
        "ledgers:disposal-step": [listed.pk, "drop"],
        "ledgers:answer-objection": [objection.pk],
        "web:end-session": [session.pk],
        "web:stand-in": [duty.pk],
        "web:take-back": [lent.pk],
        "web:end-token": [token.pk],
        "web:account": [somebody.pk],
        "web:account-step": [somebody.pk, "close"],
        "web:end-duty": [duty.pk],
        "web:hand-over": [duty.pk],
        "checks:at": [people.own.pk, "L29:L29.1", "2016-03"],
        "intake:template": ["talks"],
    }


def _filter(people: Cast, now: datetime) -> int:
    """One that the clerk saved for himself."""
    clerk = people.actor("clerk")
    return lists.save_filter(
        name="今年", path="/ledgers/meetings/", query="from=2018-01-01", shared=False, actor=clerk, now=now
    ).pk  # fmt: skip


def _round(people: Cast, now: datetime) -> dict[str, list[Any]]:
    """A round that looks back on one before, with the own branch fed back; and where its things
    are.
    """
    office, team = people.actor("office"), people.actor("inspector")
    day = people.day
    first = inspection.open_blank(
        title="督查",
        period=(day.replace(year=2015), day),
        days=(day, day),
        catalogue="tianning-2018",
        actor=office,
        now=now,
    )
    inspection.change_plan(opened=first, plan=plan_of(people), actor=office, now=now)
    opened = inspection.follow_up(
        previous=_published(first, office, now),
        title="回头看",
        days=(day, day),
        period_to=day,
        actor=office,
        now=now,
        still_open=True,
    )
    scoring.set_scored(opened=opened, scored=True, actor=office, now=now)
    for verb in ("publish", "begin"):
        inspection.advance(opened=opened, verb=verb, actor=office, now=now)
    visit = Visit.objects.get(unit__area__round=opened, unit__organisation=people.own)
    told = {"key": uuid4(), "visit": visit.pk, "made_at": now}
    site.sync(
        entries=[e.ONE.validate_python(told | {"kind": "finding", "facts": "没有记录"})],
        actor=team,
        now=now,
    )
    photo = site.take_photo(
        visit=visit, key=uuid4(), item_no=1, data=picture(), made_at=now, actor=team, now=now
    )
    site.sync(
        entries=[e.ONE.validate_python(told | {"kind": "highlight", "text": "好", "key": uuid4()})],
        actor=team,
        now=now,
    )
    praised = Highlight.objects.get()
    finding = Finding.objects.get()
    Finding.objects.update(standing="issued")
    Visit.objects.filter(pk=visit.pk).update(branch_signed_at=now)
    question = asking.ask(
        opened=opened, branch=people.own, text="带什么", actor=people.actor("clerk"), now=now
    )
    package = _brought(people, now)
    key, preparation = opened.pk, Preparation.objects.filter(session__area__round=opened)[0].pk
    return {
        "inspection:round": [key], "inspection:delete-round": [key], "inspection:advance": [key, "consult"], "inspection:plan": [key], "inspection:propose": [key], "inspection:share-out": [key],
        "inspection:units": [key], "inspection:units-change": [key], "inspection:units-sheet": [key], "inspection:units-import": [key], "inspection:dissolve": [people.own.pk], "inspection:replace": [TeamMember.objects.filter(area__round=opened)[0].pk],
        "inspection:requirements": [key], "inspection:choose-catalogue": [key], "inspection:match-lines": [key], "inspection:decide-rules": [key],
        "inspection:items": [key], "inspection:frozen": [key], "inspection:head": [key], "inspection:text": [key], "inspection:heads": [key], "inspection:issue-circular": [key, "circular"], "inspection:follow-up": [key], "inspection:progress": [key], "inspection:compare": [key], "inspection:ask": [key],
        "inspection:answer": [question.pk], "inspection:prepared": [preparation], "inspection:findings": [key], "inspection:rectification": [key], "inspection:findings-sheet": [key], "inspection:findings-deadline": [key], "inspection:findings-together": [key, "uphold"],
        "inspection:issue": [key], "inspection:order": [visit.pk], "inspection:round-paper": [key, "findings", "docx"], "inspection:consult": [visit.pk],
        "inspection:consult-step": [visit.pk, "sign-branch"], "inspection:sign": [visit.pk], "inspection:lasting": [visit.pk], "inspection:checklist-sheet": [visit.pk], "inspection:tick-sheet": [visit.pk], "inspection:ticks": [visit.pk], "inspection:ticks-confirm": [visit.pk],
        "inspection:visit-paper": [visit.pk, "checklist", "docx"], "inspection:finding": [finding.pk], "inspection:finding-step": [finding.pk, "submit"],
        "inspection:own": [people.own.pk], "inspection:promote": [praised.pk], "inspection:scores": [visit.pk], "inspection:scored": [key], "inspection:own-due": [people.own.pk], "inspection:site-picture": [photo.pk, "small"],
        "inspection:archive": [key], "inspection:brought": [package], "inspection:brought-table": [package], "inspection:brought-file": [package],
        "inspection:site-evidence": [visit.pk],
    }  # fmt: skip


def _brought(people: Cast, now: datetime) -> int:
    """A package of a round that came in."""
    file = packages.write(made_files.folder() / "brought.zip")
    made = bringing.bring_in(file=file, digest="", actor=people.actor("office"), now=now)
    return int(made.pk)


def _published(opened: Any, office: Any, now: datetime) -> Any:
    return inspection.advance(opened=opened, verb="publish", actor=office, now=now)


def _client(people: Cast, who: str) -> Client:
    client = Client(raise_request_exception=True)
    if who != "anonymous":
        client.force_login(people.users[who])
    return client


def read_out(response: Any) -> None:
    """To the end, which closes a file; `close` would close the connection of the
    database as well.
    """
    if response.streaming:
        b"".join(response.streaming_content)


HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


def _bears_the_headers(response: Any) -> bool:
    """Whether an answer says what a browser may do with it; refusals and files say so too."""
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy.replace("http://testserver", "")
    return {key: response.headers.get(key) for key in HEADERS} == HEADERS


def _may_look(client: Client, name: str, address: str) -> bool:
    """Whether a page opens; the start page hands on to another, which is as good."""
    response = client.get(address)
    read_out(response)
    assert response.status_code < 500, name
    assert _bears_the_headers(response), name
    to = response.headers.get("Location", "/login/")
    handed_on = (
        name in ("web:home", "web:login", "web:left", "checks:at", "inspection:landing")
        and "/login/" not in to
    )
    return response.status_code == 200 or handed_on


@pytest.mark.parametrize("who", sorted(OPEN))
def test_who_may_look(who: str, people: Cast, addresses: dict[str, str]) -> None:
    client = _client(people, who)
    opened = {name for name in TABLE if _may_look(client, name, addresses[name])}
    assert opened == {
        name
        for name, (allowed, foreign) in TABLE.items()
        if (foreign if who == "foreign" else who in allowed)
    }


@pytest.mark.parametrize("who", sorted(OPEN))
def test_who_may_change(who: str, people: Cast, addresses: dict[str, str]) -> None:
    client, let_in = _client(people, who), []
    for name in (name for name, allowed in POSTS.items() if who not in allowed):
        response = client.post(addresses[name], {"branch": people.own.pk})
        away = "/login/" in response.headers.get("Location", "")
        if response.status_code not in (403, 404) and not away:  # 404: the row is not his to see
            let_in.append(f"{name}: {response.status_code}")
    assert let_in == []


def test_a_post_without_a_token_is_refused(people: Cast, addresses: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.users["clerk"])
    for name in POSTS:
        assert client.post(addresses[name], {}).status_code == 403
