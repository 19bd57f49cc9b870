"""What holds for every kind of ledger; a new kind is tried by being in the registry."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
import python_calamine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from taizhang.checks import facts
from taizhang.kernel.errors import BadInput, NotAllowed, Stale, WrongState
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions, queries, versions
from taizhang.ledgers.sheets import excel
from tests.make import Cast, raw, save
from tests.sheet_rows import read_rows

pytestmark = pytest.mark.usefixtures("menu_counted_once")
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=str)


@every_kind
def test_what_is_recorded_is_listed(
    kind: LedgerKind, people: Cast, now: datetime, login: Any
) -> None:
    entry = save(people.own, people.actor("clerk"), now, kind.slug, **raw(kind.slug))

    page = login(people.users["clerk"]).get(reverse("ledgers:list", args=[kind]))

    assert page.status_code == 200
    assert f'href="{entry.pk}/"' in page.content.decode()


@every_kind
def test_another_branch_does_not_see_it(
    kind: LedgerKind, people: Cast, now: datetime, login: Any
) -> None:
    entry = save(people.own, people.actor("clerk"), now, kind.slug, **raw(kind.slug))
    foreign = login(people.users["foreign"])

    listed = foreign.get(reverse("ledgers:list", args=[kind]), {"branch": people.own.pk})
    opened = foreign.get(reverse("ledgers:entry", args=[kind, entry.pk]))

    assert f'href="{entry.pk}/"' not in listed.content.decode()
    assert opened.status_code == 403


@every_kind
def test_another_branch_does_not_keep_it(kind: LedgerKind, people: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        save(people.own, people.actor("foreign"), now, kind.slug, **raw(kind.slug))


@every_kind
def test_a_list_costs_the_same_however_long(
    kind: LedgerKind,
    people: Cast,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    save(people.own, people.actor("clerk"), now, kind.slug, **raw(kind.slug))

    with django_assert_max_num_queries(4):
        queries.ledger_page(kind=kind, actor=people.actor("office"), filters=queries.Filters())


@every_kind
def test_htmx_gets_only_the_lines(kind: LedgerKind, people: Cast, login: Any) -> None:
    page = login(people.users["clerk"]).get(
        reverse("ledgers:list", args=[kind]), headers={"HX-Request": "true"}
    )

    assert "<html" not in page.content.decode()


@every_kind
def test_its_facts_are_read(kind: LedgerKind, people: Cast, now: datetime) -> None:
    save(people.own, people.actor("clerk"), now, kind.slug, **raw(kind.slug))

    for table in kind.facts:
        assert facts.tables(facts.Slice(people.own.pk), [table.name])[table.name]


@every_kind
def test_what_is_exported_can_be_imported(kind: LedgerKind, people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    save(people.own, actor, now, kind.slug, **raw(kind.slug))
    headers, rows = queries.export_rows(
        kind=kind, actor=actor, filters=queries.Filters(branch=people.own.pk)
    )
    listed = [row for row in rows if "＊＊＊" not in row]
    data = excel.written(kind.title, headers, listed)
    if not listed:
        return

    read = read_rows(kind, data, branch=people.own, actor=actor)

    assert len(read) == len(listed)
    if kind.completes and not kind.is_roster:  # rows that say the same fill and make nothing
        actions.record_many(kind=kind, rows=read, actor=actor, now=now)
        assert kind.model.objects.filter(branch=people.own).count() == len(read)
        return
    with pytest.raises(BadInput, match="台账里已有"):
        actions.record_many(kind=kind, rows=read, actor=actor, now=now, dry_run=True)
    if not kind.unique:
        actions.record_many(kind=kind, rows=read, actor=actor, now=now, again=True)
        assert kind.model.objects.filter(branch=people.own).count() == 2 * len(read)


@every_kind
def test_its_template_has_its_labels(kind: LedgerKind) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(excel.template(kind)))

    headers = book.get_sheet_by_index(0).to_python()[0]

    assert headers == [*(f.label for f in kind.fields()), *(part.label for part in kind.parts)]


@every_kind
def test_its_example_names_its_labels(kind: LedgerKind) -> None:
    labels = {f.label for f in kind.fields()} | {part.label for part in kind.parts}

    assert set(kind.example) <= labels
    assert {f.label for f in kind.fields() if f.required} <= set(kind.example)


@every_kind
def test_a_correction_keeps_the_earlier_version(
    kind: LedgerKind, people: Cast, now: datetime
) -> None:
    actor = people.actor("clerk")
    entry = save(people.own, actor, now, kind.slug, **raw(kind.slug))
    values = queries.as_written(kind, entry)

    after = actions.correct(
        kind=kind, entry=entry, values=values, version=1, reason="核对", actor=actor, now=now
    )

    assert after.version == 2
    assert [c.version for c in versions.corrections(kind, after, openly=True)] == [1]
    assert queries.as_written(kind, after) == values
    with pytest.raises(Stale):
        actions.correct(
            kind=kind, entry=entry, values=values, version=1, reason="再改", actor=actor, now=now
        )


@every_kind
def test_what_is_withdrawn_stays_readable_and_counts_no_more(
    kind: LedgerKind, people: Cast, now: datetime
) -> None:
    actor = people.actor("clerk")
    entry = save(people.own, actor, now, kind.slug, **raw(kind.slug))

    actions.withdraw(kind=kind, entry=entry, reason="登记错了", actor=actor, now=now)

    page = queries.ledger_page(kind=kind, actor=actor, filters=queries.Filters())
    assert entry.pk not in [line.pk for line in page.lines]
    assert queries.entry(kind=kind, key=entry.pk, actor=actor).withdrawn_at == now
    with pytest.raises(WrongState):
        actions.withdraw(kind=kind, entry=entry, reason="再撤", actor=actor, now=now)


@every_kind
def test_its_form_opens_and_an_empty_one_says_what_is_missing(
    kind: LedgerKind, people: Cast, login: Any
) -> None:
    client = login(people.users["clerk"])
    url = reverse("ledgers:record", args=[kind])

    opened, empty = client.get(url), client.post(url, {"branch": people.own.pk})

    assert opened.status_code == 200
    assert empty.status_code == 422
    assert "不能为空" in empty.content.decode()


@every_kind
def test_what_it_gives_fits_the_other_ledger(kind: LedgerKind, people: Cast, now: datetime) -> None:
    entry = save(people.own, people.actor("clerk"), now, kind.slug, **raw(kind.slug))
    for gives in kind.gives:
        to = KINDS[gives.to]
        names = {field.name for field in to.fields()} | {part.name for part in to.parts}
        if gives.when(entry):
            assert set(gives.values(entry)) <= names
