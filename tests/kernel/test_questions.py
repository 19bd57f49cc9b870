"""A question built once answers what the query would, each time anew."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count

from taizhang.kernel.db.questions import Question
from taizhang.orgs.models import Duty, Membership, Organisation, User
from tests.make import Cast


def test_it_sees_what_was_stored_since(people: Cast) -> None:
    asked: Question[Organisation] = Question(
        lambda key: Organisation.objects.filter(pk=key).select_related("parent")
    )
    assert asked.first(people.own.pk) == people.own
    Organisation.objects.filter(pk=people.own.pk).update(short_name="换了名称")

    found = asked.first(people.own.pk)

    assert found is not None
    assert found.short_name == "换了名称"
    assert found.parent == people.own.parent


def test_what_is_given_stands_in_the_place_of_its_mark(people: Cast) -> None:
    by_name: Question[User] = Question(lambda name: User.objects.filter(username=name))
    for name in ("clerk", "office", "nobody"):
        assert by_name(name) == list(User.objects.filter(username=name))

    since: Question[Any] = Question(
        lambda branch, day: (
            Membership.objects.filter(branch=branch, joined_on__lte=day).order_by("pk").values_list("pk", "joined_on")
        )
    )  # fmt: skip
    for day in (date(2000, 1, 1), date(2018, 10, 25)):
        wanted = Membership.objects.filter(branch=people.own, joined_on__lte=day).order_by("pk")
        assert since(people.own.pk, day) == list(wanted.values_list("pk", "joined_on"))


def test_one_of_no_keys_at_all_finds_nothing(people: Cast) -> None:
    among: Question[Organisation] = Question(lambda *keys: Organisation.objects.filter(pk__in=keys))
    assert among() == []
    assert among(people.own.pk) == [people.own]


def test_what_is_counted_along_comes_with_the_object(people: Cast) -> None:
    asked: Question[Any] = Question(
        lambda *keys: User.objects.filter(pk__in=keys).annotate(n=Count("duties")).order_by("pk")
    )
    for keys in ([people.users["clerk"].pk], sorted(one.pk for one in people.users.values())):
        found = {one.pk: one.n for one in asked(*keys)}
        assert found == {key: Duty.objects.filter(user=key).count() for key in keys}


@pytest.mark.usefixtures("people")
def test_a_key_that_no_column_holds_is_nobodys() -> None:
    asked: Question[User] = Question(lambda key: User.objects.filter(pk=key))
    assert asked.first(2**63) is None
    assert asked.first(2**63 - 1) is None


def test_an_account_is_found_by_its_key_or_not_at_all(people: Cast) -> None:
    clerk = people.users["clerk"]
    assert User.objects.get(pk=clerk.pk) == clerk
    assert User.objects.get(username=clerk.username) == clerk
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=0)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps what it prepared")
def test_what_is_asked_often_is_planned_once(people: Cast) -> None:
    asked: Question[User] = Question(
        lambda name: User.objects.filter(username=name).exclude(name="100%").exclude(name="a'%s")
    )
    for name in ("clerk", "office", "nobody", "clerk"):
        assert asked(name) == list(User.objects.filter(username=name))
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, parameter_types::text FROM pg_prepared_statements")
        kept = [one for one in cursor.fetchall() if "100%" in one[0]]
    assert len(kept) == 1
    assert "'a''%s'" in kept[0][0]
    assert kept[0][1] == "{text}"
