"""What every kind says of itself, so that no other module keeps a list of kinds; a new kind is
tried by being in the registry.
"""

from __future__ import annotations

from dataclasses import MISSING, fields

import pytest
from django.urls import reverse

from taizhang.checks import engine, fact_tables
from taizhang.kernel.text import bare
from taizhang.ledgers.disposal import retention
from taizhang.ledgers.fields import of_model
from taizhang.ledgers.kind import SECTIONS, LedgerKind, PaperForm
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import queries
from taizhang.ledgers.sheets import titles
from taizhang.papers.documents import election, ledger_forms

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=str)
TERMS = {10, 30, None}
"""保管期限 of order no. 8 of the State Archives Administration (DOMAIN 4.10)."""
ASKED = {rule.subjects() for rule in engine.rules("tianning-2018").values()}
"""The tables about whose rows rules speak."""


@pytest.mark.parametrize(
    "name", ["titles", "kept_years", "owner", "form", "same_event", "search_names"]
)
def test_a_kind_that_does_not_say_it_cannot_be_made(name: str) -> None:
    (one,) = (f for f in fields(LedgerKind) if f.name == name)

    assert one.default is MISSING
    assert one.default_factory is MISSING


@every_kind
def test_its_section_is_one_of_the_list(kind: LedgerKind) -> None:
    assert kind.section in SECTIONS


@every_kind
def test_its_records_are_kept_for_a_term_there_is(kind: LedgerKind) -> None:
    column, by_value = kind.kept_by or ("", {})
    sorts = {value for value, _ in choices(kind, column)}

    assert {kind.kept_years, *by_value.values()} <= TERMS
    assert set(by_value) == sorts
    assert retention.in_words(kind)


@every_kind
def test_it_says_whose_a_record_is_where_it_names_one_person(kind: LedgerKind) -> None:
    persons = [
        f"{one.name}__name" for one in kind.fields() if one.kind == "person" and one.required
    ]
    named = [
        f"{one.name}__{other.owner}"
        for one in kind.fields()
        for other in KINDS.values()
        if one.required and one.model is other.model and other.owner
    ]
    if len(persons) == 1 or named:
        assert kind.owner in (persons[:1] or named)
    if kind.owner:
        assert str(kind.model._default_manager.values_list(kind.owner).query)


@every_kind
def test_the_search_knows_its_names(kind: LedgerKind) -> None:
    texts = {one.name for one in kind.fields() if one.kind == "text"}
    named = {one.name for one in kind.fields() if one.name == "name" and one.names}

    assert named <= set(kind.search_names) <= texts


@every_kind
def test_the_ledgers_of_the_same_event_are_there(kind: LedgerKind) -> None:
    for event in kind.same_event:
        other = KINDS[event.to]
        own = kind.model._default_manager.filter(**event.own, **{f"{event.day}__isnull": False})

        assert other is not kind
        assert str(own.query)
        assert str(other.model._default_manager.filter(**event.where).query)


@every_kind
def test_its_form_on_paper_is_drawn(kind: LedgerKind) -> None:
    assert isinstance(kind.form, PaperForm)
    assert ledger_forms.blank(kind)


@every_kind
def test_its_papers_have_their_makers(kind: LedgerKind) -> None:
    assert set(dict(kind.papers + kind.office_papers)) <= set(election.MAKERS)


@every_kind
def test_it_is_recognised_by_its_titles(kind: LedgerKind) -> None:
    column, by_value = kind.titles_by or ("", {})

    assert kind.titles
    for name in kind.titles:
        assert titles.titled(f"示例一校党支部2016年{name}（盖章）") == titles.Titled(kind)
    assert set(by_value) <= {value for value, _ in choices(kind, column)}
    for value, names in by_value.items():
        for name in names:
            assert titles.titled(name) == titles.Titled(kind, column, value)


def test_no_title_is_of_two_ledgers() -> None:
    every = [title for kind in KINDS.values() for title in titles_of(kind)]

    assert sorted(every) == sorted(set(every))
    assert len(titles.known()) == len({bare(title) for title in every})


@every_kind
def test_what_is_special_about_it_names_what_there_is(kind: LedgerKind) -> None:
    columns = {column.name for column in kind.model._meta.get_fields()}
    lasting = kind.lasting
    names = {one.name for one in kind.fields()}
    sort = queries.choice_column(kind)
    labels = {label for _, label in sort.choices} if sort else set()

    assert {lasting.until, lasting.sort} - {""} <= columns if lasting else True
    assert set(kind.entering.copied) | set(kind.entering.asked_for) <= names
    assert set(kind.entering.asked_for.values()) <= labels
    assert all(reverse(page.url) for page in kind.entering.pages)
    assert set(kind.makes) <= set(fact_tables.schema())
    assert set(kind.subject_of) <= ASKED


def choices(kind: LedgerKind, column: str) -> tuple[tuple[str, str], ...]:
    """The values of a column with their labels; none of no column."""
    return of_model(kind.model, column).choices if column else ()


def titles_of(kind: LedgerKind) -> list[str]:
    """All that its documents are called."""
    by_value = kind.titles_by[1] if kind.titles_by else {}
    return [*kind.titles, *(name for names in by_value.values() for name in names)]
