"""The API against its own document: whatever schemathesis sends, the answer is one that the
document names, and never a defect.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from taizhang.orgs.actions import tokens
from taizhang.orgs.models import LoginRules
from tests.config.test_api import FILE
from tests.make import Cast

MOST = int(os.environ.get("TAIZHANG_FUZZ", "600")) // 100
API: Any = schemathesis.openapi.from_dict(json.loads(FILE.read_text("utf-8")))
API.app = WSGIHandler()


@pytest.fixture
def token(people: Cast) -> str:
    """A clerk's, who may do most."""
    LoginRules.objects.create(token_calls=10000)
    until = timezone.localdate() + timedelta(days=2)
    return tokens.make(
        name="测试", expires_on=until, actor=people.actor("clerk"), now=timezone.now()
    )[1]


@pytest.fixture(autouse=True)
def _open_connection() -> Iterator[None]:
    """A real server closes the database's connection behind each answer; here it is the
    test's own.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


OPERATIONS = [result.ok() for result in API.get_all_operations()]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_every_operation_keeps_to_the_document(operation: Any, token: str) -> None:
    cases = operation.as_strategy() | operation.as_strategy(
        generation_mode=schemathesis.GenerationMode.NEGATIVE
    )

    @settings(
        max_examples=MOST, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None
    )  # fmt: skip
    @given(case=cases)
    def sent(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code < 500, answer.text
        named = {str(code) for code in operation.definition.raw["responses"]}
        assert str(answer.status_code) in named | {"404", "405"}, (answer.status_code, answer.text)

    sent()


@given(text=st.text(max_size=80))
def test_no_token_that_is_none_opens_anything(people: Cast, text: str) -> None:
    from django.test import Client

    shown = "".join(c for c in text if c.isprintable() and ord(c) < 256)
    answer = Client().get("/api/ledgers/talks/", headers={"Authorization": f"Bearer {shown}"})
    assert answer.status_code == 401
