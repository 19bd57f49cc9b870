"""What fails beneath a page is told in words; a defect of ours is told as one."""

from __future__ import annotations

import errno
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, OperationalError
from django.test import Client

from taizhang.web import health
from tests.make import Cast

FULL, SHUT = OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EROFS, "Read-only")


def _answer(fault: Exception, monkeypatch: pytest.MonkeyPatch, **heads: Any) -> Any:
    """Of a page beneath which this happens."""

    def fail() -> list[str]:
        raise fault

    monkeypatch.setattr(health, "faults", fail)
    return Client(raise_request_exception=False).get("/healthy/", **heads)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (FULL, "存储空间满了，这一步没有保存"),
        (SHUT, "不能写入，这一步没有保存"),
        (OperationalError("database or disk is full"), "存储空间满了，这一步没有保存"),
        (OperationalError("attempt to write a readonly database"), "不能写入，这一步没有保存"),
        (OperationalError("database is locked"), "没有等到，这一步没有保存"),
        (OperationalError("server closed the connection unexpectedly"), "这一步可能没有保存"),
        (InterfaceError("connection already closed"), "这一步可能没有保存"),
    ],
)
def test_what_fails_beneath_a_page_is_told_in_words(
    fault: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = _answer(fault, monkeypatch)

    assert answer.status_code == 503
    assert words in answer.content.decode()


def test_a_defect_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _answer(KeyError("x"), monkeypatch)

    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()


def test_a_form_that_stays_on_its_page_shows_the_words_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = _answer(FULL, monkeypatch, HTTP_X_STAY="1")

    assert (answer.status_code, answer["X-Refused"]) == (503, "1")
    assert "<html" not in answer.content.decode()


@pytest.mark.django_db
def test_the_api_says_it_in_json(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    answer = client.get("/api/branches/")

    assert answer.status_code == 503
    assert "存储空间满了" in answer.json()["message"]


@pytest.mark.parametrize("gone", [False, True])
def test_a_database_that_goes_away_as_a_session_is_written_is_no_session_that_ended(
    people: Cast, login: Any, monkeypatch: pytest.MonkeyPatch, *, gone: bool
) -> None:
    client = login(people.users["clerk"])
    client.raise_request_exception = False

    def save(*_: Any, **__: Any) -> None:
        if gone:
            raise OperationalError("server closed the connection unexpectedly")
        raise DatabaseError("Save with update_fields did not affect any rows.")

    monkeypatch.setattr(Session, "save", save)
    answer = client.get("/me/")

    if gone:
        assert (answer.status_code, "这一步可能没有保存" in answer.content.decode()) == (503, True)
    else:
        assert (answer.status_code, answer.headers["Location"]) == (302, "/login/")
