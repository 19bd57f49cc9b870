"""What a person wrote is kept whole or refused; it is never cut in silence."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from taizhang.checks.models import BranchExplanation, Dismissal, Edition
from taizhang.inspection.actions import asking, consulting, rectifying
from taizhang.inspection.models import (
    Finding,
    FindingStep,
    Letter,
    Progress,
    Question,
    Rectification,
    RectificationFile,
    Round,
    RoundArea,
    RoundSession,
    RoundUnit,
    TeamChange,
    TeamMember,
    Visit,
)
from taizhang.inspection.site.entries import LONGEST_FACTS
from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.models import Disposal, EntryVersion, EvidenceVersion, Objection
from taizhang.orgs.models import (
    Alias,
    ApiToken,
    Area,
    Organisation,
    SavedFilter,
    SignOn,
    Unit,
)
from taizhang.papers.models import PaperTemplate, TemplateUse
from tests.architecture.acts.act import ACTS, Act, World
from tests.architecture.test_actions import HELPERS, _actions
from tests.make import Cast

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2] / "taizhang"

TEXTS: list[tuple[str, str, Any]] = [
    ("ledgers.records.correct", "reason", EntryVersion.reason),
    ("ledgers.records.withdraw", "reason", EntryVersion.reason),
    ("ledgers.records.reveal", "reason", EntryVersion.reason),
    ("ledgers.withdrawal.put_back", "reason", EntryVersion.reason),
    ("ledgers.batch.withdraw_many", "reason", EntryVersion.reason),
    ("ledgers.evidence.replace", "reason", EvidenceVersion.reason),
    ("ledgers.disposal.approve", "number", Disposal.approval_no),
    ("ledgers.mine.object_to", "text", Objection.text),
    ("ledgers.mine.answer", "text", Objection.answer),
    ("orgs.organisations.found_organisation", "values.full_name", Organisation.full_name),
    ("orgs.organisations.found_organisation", "values.short_name", Organisation.short_name),
    ("orgs.organisations.change_organisation", "values.full_name", Organisation.full_name),
    ("orgs.organisations.change_organisation", "values.aliases", Alias.name),
    ("orgs.organisations.found_unit", "name", Unit.name),
    ("orgs.organisations.assign_area", "name", Area.name),
    ("orgs.accounts.link_sign_on", "links.0.subject", SignOn.subject),
    ("orgs.tokens.make", "name", ApiToken.name),
    ("orgs.lists.save_filter", "name", SavedFilter.name),
    ("checks.dismissing.dismiss", "reason", Dismissal.reason),
    ("checks.explaining.explain", "text", BranchExplanation.text),
    ("checks.catalogue_versions.publish", "note", Edition.note),
    ("checks.catalogue_versions.offer_to_rounds", "note", Edition.note),
    ("papers.word_templates.upload_template", "note", PaperTemplate.note),
    ("papers.word_templates.use_template", "note", TemplateUse.note),
    ("inspection.asking.ask", "text", Question.text),
    ("inspection.asking.answer", "text", Question.answer),
    ("inspection.running.advance", "reason", Round.withdrawn_reason),
    ("inspection.opening.open_round", "notice.title", Round.title),
    ("inspection.opening.open_round", "notice.number", Round.number),
    ("inspection.opening.open_round", "notice.areas.0.name", RoundArea.name),
    ("inspection.opening.open_round", "notice.areas.0.organisations.0.name", RoundUnit.name),
    ("inspection.opening.open_round", "notice.areas.0.organisations.0.note", RoundUnit.note),
    ("inspection.opening.open_round", "notice.areas.0.sessions.0.venue", RoundSession.venue),
    ("inspection.opening.open_round", "notice.areas.0.team.leader", TeamMember.name),
    ("inspection.opening.open_blank", "title", Round.title),
    ("inspection.opening.follow_up", "title", Round.title),
    ("inspection.opening.change_head", "head.title", Round.title),
    ("inspection.opening.change_head", "head.contact_person", Round.contact_person),
    ("inspection.planning.change_plan", "plan.areas.0.name", RoundArea.name),
    ("inspection.planning.change_plan", "plan.areas.0.leader", TeamMember.name),
    ("inspection.planning.change_plan", "plan.areas.0.members.0", TeamMember.name),
    ("inspection.planning.change_plan", "plan.areas.0.units.0.name", RoundUnit.name),
    ("inspection.planning.change_plan", "plan.areas.0.sessions.0.venue", RoundSession.venue),
    ("inspection.planning.replace_member", "reason", TeamChange.reason),
    ("inspection.consulting.write", "words.own_words", Visit.own_words),
    ("inspection.consulting.write", "words.achievements", Visit.achievements),
    ("inspection.consulting.write", "words.advice", Visit.advice),
    ("inspection.consulting.write", "words.judgement", Visit.judgement),
    ("inspection.consulting.write", "words.recorder", Visit.recorder),
    ("inspection.consulting.add_finding", "facts", Finding.facts),
    ("inspection.consulting.sign_for_team", "unseen_reason", Visit.unseen_reason),
    ("inspection.consulting.sign_for_branch", "name", Visit.branch_signed_by),
    ("inspection.findings.reword", "wording.facts", Finding.facts),
    ("inspection.findings.reword", "wording.basis", Finding.basis),
    ("inspection.findings.reword", "wording.suggestion", Finding.suggestion),
    ("inspection.findings.sign", "name", Letter.signed_by),
    ("inspection.findings.dispute", "reason", FindingStep.note),
    ("inspection.findings.decide", "reason", FindingStep.note),
    ("inspection.findings.reopen", "reason", FindingStep.note),
    ("inspection.together.decide_many", "reason", FindingStep.note),
    ("inspection.rectifying.plan", "measures.target", Rectification.target),
    ("inspection.rectifying.plan", "measures.leader_name", Rectification.leader_name),
    ("inspection.rectifying.plan", "measures.responsible_name", Rectification.responsible_name),
    ("inspection.rectifying.report", "text", Progress.text),
    ("inspection.rectifying.write_lasting", "text", Visit.lasting),
    ("inspection.rectifying.verify", "opinion", Rectification.opinion),
]
"""Act, which of its arguments a person wrote, and the column that it goes into."""
ENDLESS: dict[Any, int] = {
    Question.answer: asking.LONGEST_ANSWER,
    Finding.facts: LONGEST_FACTS,
    Finding.suggestion: LONGEST_FACTS,
    Visit.lasting: rectifying.LONGEST,
} | {getattr(Visit, name): longest for name, longest in consulting.LONGEST.items()}
"""Where the column has no end, the act says how much it takes."""
NO_WORDS = {
    "verb", "kind", "form", "stage", "key", "mode", "catalogue", "role", "about", "explanation", "provider", "unit_type", "drop",
    "digest", "on", "severity", "manner", "subject", "detail", "path", "query", "keep", "old", "new", "code", "secret", "made_from",
    "matches", "chosen", "roles",
}  # fmt: skip
"""Parameters that are chosen from what there is, or made by a program."""
ELSEWHERE = {
    "checks.checking.check_all.name": "an engine", "checks.catalogue_versions.publish.name": "a version",
    "checks.catalogue_versions.keep_for_round.note": "a round's title", "inspection.circulating.issue_circular.name": "a kind of paper",
    "inspection.circulating.issue_circular.number": "read as a number of a paper", "inspection.findings.issue.number": "read as a number of a paper",
    "inspection.ordering.order_rectification.number": "read as a number of a paper",
    "inspection.opening.take_in.file_name": "a file", "inspection.opening.open_round.source_name": "a file",
    "inspection.opening.change_items.add": "refused over 60", "inspection.rectifying.add_file.name": "a file",
    "inspection.rectifying.submit.result": "no end", "inspection.rectifying.verify.without_evidence": "below", "inspection.together.set_deadlines.reason": "below: it stands behind the new day in 500", "ledgers.evidence.take_in.name": "a file", "ledgers.evidence.replace.file": "a file",
    "papers.word_templates.upload_template.name": "a file", "ledgers.office.enter_first.source": "a file",
    "ledgers.records.record_many.source": "a file", "orgs.duties.set_address.email": "is an address or not",
    "orgs.login.set_rules.values": "numbers", "ledgers.records.record.values": "fields of a ledger, which know their length",
    "ledgers.records.correct.values": "fields of a ledger, which know their length", "intake.take_in.files": "files", "intake.keep_for.name": "a file",
    "intake.keep_for.given": "read from papers", "intake.enter.values": "fields of a ledger", "intake.enter_rows.rows": "fields of a ledger",
    "intake.sheets.take_sheet.name": "a file", "intake.sheets.take_sheet.data": "a sheet", "intake.sheets.take_sheet.given": "read from papers",
    "intake.sheets.name_columns.columns": "headers of a sheet",
}  # fmt: skip
"""Other texts of acts, and what becomes of them."""


def _function(action: str) -> Any:
    room, _, name = action.rpartition(".")
    for module in (
        m for n, m in sys.modules.items() if n.startswith("taizhang.") and "actions" in n
    ):
        own = module.__name__.removeprefix("taizhang.").replace(".actions", "")
        if own == room and hasattr(module, name):
            return getattr(module, name)
    raise LookupError(action)


def _with(value: Any, path: list[str], text: str) -> Any:
    """The same with a text at a place in it."""
    if not path:
        return (text,) if isinstance(value, tuple) else text
    first, *rest = path
    if first.isdecimal():
        return [_with(one, rest, text) if at == int(first) else one for at, one in enumerate(value)]
    changed = {first: _with(getattr(value, first), rest, text)}
    return (
        value.model_copy(update=changed)
        if isinstance(value, BaseModel)
        else replace(value, **changed)
    )


def _saying(function: Any, path: str, text: Callable[[], str]) -> Any:
    """The act with other words of the person."""
    first, *rest = path.split(".")

    def act(**said: Any) -> Any:
        if first in said or not rest:
            said[first] = _with(said.get(first), rest, text())
        return function(**said)

    return act


def _put_in_place(patch: pytest.MonkeyPatch, function: Any, other: Any) -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith(("taizhang.", "tests.architecture.acts")):
            for known, one in list(vars(module).items()):
                if one is function:
                    patch.setattr(module, known, other)


def act_of(action: str) -> Act:
    """The first entry of an action."""
    return next(one for one in ACTS if one.action == action)


def must_be_kept_whole_or_refused(
    action: str, path: str, column: Any, w: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One character more than fits is refused, and what fits is kept."""
    longest = column.field.max_length or ENDLESS[column]
    said = ["长" * (longest + 1)]
    one = act_of(action)
    do, function = one.prepare(w), _function(action)
    _put_in_place(monkeypatch, function, _saying(function, path, lambda: said[0]))

    with pytest.raises(BadInput, match=f"不能超过{longest}个字，现有{longest + 1}个字"):
        do(w.people.actor(one.by))

    said[0] = "长" * longest
    do(w.people.actor(one.by))
    kept = column.field.model.objects.filter(**{column.field.name: said[0]}).exists()
    assert kept or said[0] in str(JournalLine.objects.latest("pk").detail)


def of_texts(*, at_work: bool) -> pytest.MarkDecorator:
    """Those of acts that begin with a round whose teams are at work (`test_acts_of_a_round.py`), or
    the others.
    """
    return pytest.mark.parametrize(
        ("action", "path", "column"),
        [one for one in TEXTS if act_of(one[0]).at_work is at_work],
        ids=lambda one: one if isinstance(one, str) else "",
    )


@of_texts(at_work=False)
def test_a_text_is_kept_whole_or_refused(
    action: str,
    path: str,
    column: Any,
    people: Cast,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    must_be_kept_whole_or_refused(action, path, column, World(people, now), monkeypatch)


@pytest.mark.parametrize(
    ("action", "path", "taken", "longest"),
    [
        ("inspection.together.set_deadlines", "reason", 500 - len("整改时限改为2018-12-20："), 500),
        ("inspection.rectifying.verify", "without_evidence", 300, 300),
    ],
)
def test_so_is_one_that_is_told_with_something_else(
    action: str,
    path: str,
    taken: int,
    longest: int,
    people: Cast,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = ["长" * (taken + 1)]
    one = act_of(action)
    do, function = one.prepare(World(people, now)), _function(action)
    RectificationFile.objects.all().delete()
    _put_in_place(monkeypatch, function, _saying(function, path, lambda: said[0]))

    with pytest.raises(BadInput, match=f"不能超过{longest}个字"):
        do(people.actor(one.by))

    said[0] = "长" * taken
    do(people.actor(one.by))
    notes = list(FindingStep.objects.values_list("note", flat=True))
    whys = list(Rectification.objects.values_list("without_evidence", flat=True))
    assert any(text.endswith(said[0]) for text in notes + whys)


def test_every_text_of_every_act_is_known() -> None:
    found = {
        f"{action}.{name}"
        for action in _actions() - HELPERS
        for name, one in inspect.signature(_function(action)).parameters.items()
        if "str" in str(one.annotation) and name not in NO_WORDS
    }

    assert found == {f"{a}.{p}" for a, p, _ in TEXTS if "." not in p} | ELSEWHERE.keys()


FORMS: list[tuple[str, str, Any]] = [
    ("ledgers/record.html", "reason", EntryVersion.reason),
    ("ledgers/entry.html", "reason", EntryVersion.reason),
    ("ledgers/list.html", "reason", EntryVersion.reason),
    ("ledgers/files.html", "reason", EvidenceVersion.reason),
    ("ledgers/disposal.html", "number", Disposal.approval_no),
    ("ledgers/mine.html", "text", Objection.text),
    ("ledgers/objections.html", "answer", Objection.answer),
    ("ledgers/organisation.html", "full_name", Organisation.full_name),
    ("ledgers/organisation.html", "short_name", Organisation.short_name),
    ("web/saved.html", "name", SavedFilter.name),
    ("web/me.html", "name", ApiToken.name),
    ("checks/matter.html", "text", BranchExplanation.text),
    ("checks/matter.html", "reason", Dismissal.reason),
    ("checks/trial.html", "note", Edition.note),
    ("papers/template.html", "note", TemplateUse.note),
    ("inspection/new.html", "title", Round.title),
    ("inspection/follow_up.html", "title", Round.title),
    ("inspection/head.html", "title", Round.title),
    ("inspection/head.html", "issuer", Round.issuer),
    ("inspection/head.html", "contact_office", Round.contact_office),
    ("inspection/head.html", "contact_person", Round.contact_person),
    ("inspection/head.html", "contact_phone", Round.contact_phone),
    ("inspection/review.html", "title", Round.title),
    ("inspection/review.html", "issuer", Round.issuer),
    ("inspection/review.html", "contact_office", Round.contact_office),
    ("inspection/review.html", "contact_person", Round.contact_person),
    ("inspection/review.html", "contact_phone", Round.contact_phone),
    ("inspection/area.html", "area-{{ n }}-name", RoundArea.name),
    ("inspection/area.html", "area-{{ n }}-leader", TeamMember.name),
    ("inspection/area.html", "area-{{ n }}-session-{{ s }}-venue", RoundSession.venue),
    ("inspection/plan_area.html", "area-{{ n }}-name", RoundArea.name),
    ("inspection/plan_area.html", "area-{{ n }}-leader", TeamMember.name),
    ("inspection/plan_session.html", "area-{{ n }}-session-{{ m }}-venue", RoundSession.venue),
    ("inspection/units.html", "full-{{ n }}", Organisation.full_name),
    ("inspection/units.html", "short-{{ n }}", Organisation.short_name),
    ("inspection/units.html", "area-{{ n }}", Area.name),
    ("inspection/round.html", "reason", Round.withdrawn_reason),
    ("inspection/replace.html", "reason", TeamChange.reason),
    ("inspection/consult.html", "facts", Finding.facts),
    ("inspection/consult.html", "judgement", Visit.judgement),
    ("inspection/consult.html", "achievements", Visit.achievements),
    ("inspection/consult.html", "advice", Visit.advice),
    ("inspection/consult.html", "own_words", Visit.own_words),
    ("inspection/consult.html", "recorder", Visit.recorder),
    ("inspection/consult.html", "unseen_reason", Visit.unseen_reason),
    ("inspection/consult.html", "name", Visit.branch_signed_by),
    ("inspection/finding.html", "facts", Finding.facts),
    ("inspection/finding.html", "basis", Finding.basis),
    ("inspection/finding.html", "suggestion", Finding.suggestion),
    ("inspection/finding_acts.html", "target", Rectification.target),
    ("inspection/finding_acts.html", "leader_name", Rectification.leader_name),
    ("inspection/finding_acts.html", "responsible_name", Rectification.responsible_name),
    ("inspection/finding_acts.html", "text", Progress.text),
    ("inspection/finding_acts.html", "opinion", Rectification.opinion),
    ("inspection/finding_acts.html", "without_evidence", Rectification.without_evidence),
    ("inspection/finding_acts.html", "reason", FindingStep.note),
    ("inspection/together.html", "reason", FindingStep.note),
    ("inspection/own.html", "name", Letter.signed_by),
]
"""Template, the fields of this name in it, and the column that they go into."""


@pytest.mark.parametrize(
    ("template", "name", "column"), FORMS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_form_lets_nobody_write_more_than_is_kept(template: str, name: str, column: Any) -> None:
    text = (ROOT / template.split("/", maxsplit=1)[0] / "templates" / template).read_text("utf-8")
    fields = re.findall(r"<(?:input|textarea)(?:{[{%].*?[%}]}|[^>])*>", text)
    own = [one for one in fields if f'name="{name}"' in one and 'type="hidden"' not in one]

    assert own
    limits = {found for one in own for found in re.findall(r'maxlength="(\d+)"', one) or ["none"]}
    assert limits == {f"{column.field.max_length or ENDLESS[column]}"}
