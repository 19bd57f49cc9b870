"""What is kept by nobody, what production adds, and that no secret reaches a log; test_rights.py
asks every page for its headers.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.architecture.test_rights import addresses, read_out
from tests.make import Cast

__all__ = ["addresses"]
ROOT = Path(__file__).resolve().parents[2]
RIGHT, WRONG, SHORT, TOKEN, NUMBER = (
    "-".join(parts)
    for parts in (
        ("Richtig", "2018", "x"), ("Falsch", "2018", "yy"), ("Zu", "kurz1"), ("tz_geheim", "geheim"), ("990000199005060021",),
    )
)  # fmt: skip
"""In pieces, because a traceback in a log quotes the lines of this test."""


def test_what_somebody_sees_stays_in_no_cache(
    people: Cast, addresses: dict[str, str], login: Any
) -> None:
    client = login(people.users["clerk"])
    for name in ("checks:branch-todo", "ledgers:entry", "ledgers:file", "ledgers:export", "web:me"):
        answer = client.get(addresses[name])
        read_out(answer)
        assert answer.headers["Cache-Control"] == "no-store", name
    assert client.get("/api/ledgers/talks/").headers["Cache-Control"] == "no-store"


def _settings(**environment: str) -> dict[str, Any]:
    names = (
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SECURE_HSTS_SECONDS",
        "DEBUG",
    )
    asked = (
        f"import json; from taizhang.config import settings as s; print(json.dumps({{n: "
        f"getattr(s, n) for n in {names}}}))"
    )
    clean = {key: text for key, text in os.environ.items() if not key.startswith("TAIZHANG_")}
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", asked], cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_production_sends_cookies_by_https_only(tmp_path: Path) -> None:
    told = _settings(
        TAIZHANG_ENV="production", TAIZHANG_SECRET_KEY="1" * 64, TAIZHANG_FIELD_KEY="2" * 64, TAIZHANG_HOSTS="example.cn",
        TAIZHANG_DATA=str(tmp_path),
    )  # fmt: skip
    assert told["SESSION_COOKIE_SECURE"]
    assert told["CSRF_COOKIE_SECURE"]
    assert told["SESSION_COOKIE_HTTPONLY"]
    assert told["SECURE_HSTS_SECONDS"] > 0
    assert not told["DEBUG"]


def test_production_without_keys_does_not_start() -> None:
    clean = {key: text for key, text in os.environ.items() if not key.startswith("TAIZHANG_")}
    run = subprocess.run(
        [sys.executable, "-c", "import taizhang.config.settings"], cwd=ROOT,
        env=clean | {"TAIZHANG_ENV": "production"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode != 0
    assert "缺少环境变量" in run.stderr


def test_no_secret_reaches_a_log(
    people: Cast, caplog: pytest.LogCaptureFixture, capfd: Any, monkeypatch: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    user = people.users["clerk"]
    user.set_password(RIGHT)
    user.save()
    client = Client(raise_request_exception=False)
    client.post("/login/", {"username": "clerk", "password": WRONG})
    client.post("/login/", {"username": "clerk", "password": RIGHT})
    client.post("/password/", {"old": RIGHT, "new": SHORT, "again": SHORT})
    client.post("/ledgers/members/new/", {"name": "示例新", "id_number": NUMBER})
    token = client.post("/me/tokens/", {"name": "x", "until": "2099-01-01"}).content.decode()
    monkeypatch.setattr("taizhang.ledgers.records.actions.record", _broken)
    answer = client.post(
        "/ledgers/members/new/", {"name": "示例新", "id_number": NUMBER, "joined_on": "2018-01-01"}
    )
    assert answer.status_code == 500
    client.get("/api/ledgers/talks/", headers={"Authorization": f"Bearer {TOKEN}"})
    said = caplog.text + "".join(capfd.readouterr())
    assert "Internal Server Error" in said
    for secret in (RIGHT, WRONG, SHORT, NUMBER, TOKEN):
        assert secret not in said
    assert NUMBER not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert token


def _broken(**given: Any) -> Any:
    raise RuntimeError(f"defect of {sorted(given)}")
