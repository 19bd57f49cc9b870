"""A row stored by SQL that was built once is the row that Django's own save would have stored."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.forms.models import model_to_dict

from taizhang.kernel.db.once import change, insert
from taizhang.orgs.models import User
from tests.make import Cast


def _user(name: str, now: datetime) -> User:
    return User(username=name, name="测试", is_active=False, password_at=now)


def test_it_is_stored_as_save_does(people: Cast, now: datetime) -> None:
    one, other = _user("one", now), _user("other", now)
    insert(one)
    other.save(force_insert=True)

    kept = User.objects.get(username="one")
    assert (kept.pk, kept.password_at) == (one.pk, now)
    assert model_to_dict(kept, exclude=["id", "username"]) == model_to_dict(
        User.objects.get(username="other"), exclude=["id", "username"]
    )
    one.name = "改名"
    one.save()
    assert User.objects.get(username="one").name == "改名"


def test_what_is_stored_is_not_stored_again(people: Cast) -> None:
    before = User.objects.count()
    with pytest.raises(ValueError, match="stored already"):
        insert(people.users["clerk"])
    assert User.objects.count() == before


def test_only_what_is_named_is_changed(people: Cast, now: datetime) -> None:
    clerk, office = people.users["clerk"], people.users["office"]
    before = model_to_dict(User.objects.get(pk=clerk.pk), exclude=["name", "password_at"])
    clerk.name, clerk.password_at, clerk.is_active = "改名", now, False
    change(clerk, "name", "password_at")

    kept = User.objects.get(pk=clerk.pk)
    assert (kept.name, kept.password_at) == ("改名", now)
    assert model_to_dict(kept, exclude=["name", "password_at"]) == before
    assert User.objects.get(pk=office.pk).name != "改名"


@pytest.mark.usefixtures("people")
def test_a_row_that_is_not_there_is_not_changed_in_silence() -> None:
    with pytest.raises(ObjectDoesNotExist):
        change(User(pk=10**9, name="没有"), "name")
