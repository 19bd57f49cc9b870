"""The server in front of the site: whose address the journal keeps, what is secure, and that a
wrong key does not start.
"""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
import waitress
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from waitress import wasyncore

from taizhang.config.cli.main import main
from taizhang.config.cli.server import service
from taizhang.kernel.models import JournalLine
from tests.make import Cast, raw, save


@contextmanager
def _served() -> Iterator[int]:
    """The site behind the server and the options of `taizhang serve`; its port."""
    site = get_wsgi_application()

    def giving_back(environ: Any, answer: Any) -> Any:
        """Threads of a server that goes on keep their connection; these end with the test."""
        try:
            return site(environ, answer)
        finally:
            connections.close_all()

    server = waitress.create_server(giving_back, host="127.0.0.1", port=0, **service.options())
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    try:
        yield int(server.effective_port)
    finally:
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
        running.join(10)


def _asked(port: int, method: str, path: str, body: str = "", **headers: str) -> Any:
    told = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    told.request(method, path, body or None, {k.replace("_", "-"): v for k, v in headers.items()})
    answer = told.getresponse()
    answer.text = answer.read().decode()  # type: ignore[attr-defined]
    told.close()
    return answer


def _origin_of_a_wrong_password(**forwarded: str) -> str:
    with _served() as port:
        page = _asked(port, "GET", "/login/", **forwarded)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token is not None
        body = urlencode(
            {"csrfmiddlewaretoken": token[1], "username": "keiner", "password": "falsch"}
        )
        _asked(
            port, "POST", "/login/", body, Cookie=page.headers["Set-Cookie"].split(";")[0],
            Content_Type="application/x-www-form-urlencoded", Referer=f"https://127.0.0.1:{port}/", **forwarded,
        )  # fmt: skip
    return JournalLine.objects.filter(verb="orgs.login_failed").latest("seq").origin


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("proxies", "forwarded", "told"),
    [
        (1, "127.0.0.9", "127.0.0.9"),
        (1, "6.6.6.6, 127.0.0.9", "127.0.0.9"),
        (2, "6.6.6.6, 127.0.0.9, 127.0.0.8", "127.0.0.9"),
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_journal_keeps_the_clients_own_address_behind_the_server(
    settings: Any, proxies: int, forwarded: str, told: str
) -> None:
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert _origin_of_a_wrong_password(**headers) == told


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("proxies", "proto", "secure"), [(1, "https", 1), (1, "http", 0), (0, "https", 0)]
)
def test_strict_transport_is_sent_behind_a_proxy_that_ends_tls(
    settings: Any, proxies: int, proto: str, secure: int
) -> None:
    settings.PROXIES = proxies
    settings.SECURE_HSTS_SECONDS = 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    with _served() as port:
        answer = _asked(port, "GET", "/healthy/", X_Forwarded_Proto=proto)
    assert bool(answer.headers["Strict-Transport-Security"]) == bool(secure)


def test_a_wrong_key_does_not_start(
    people: Cast, now: datetime, settings: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waitress, "create_server", lambda *_, **__: pytest.fail("started"))
    save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    assert main(["keys", "check"]) == 0
    settings.FIELD_KEYS = [b"\x07" * 32]
    assert main(["serve", "--port", "0"]) == 1
    assert "字段密钥不对" in capsys.readouterr().err
    assert main(["keys", "check"]) == 1


def test_health_is_that_of_database_and_files(
    people: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Client().get("/healthy/").content == b"ok"
    monkeypatch.setattr("taizhang.kernel.storage.folder.os.access", lambda *_: False)
    answer = Client().get("/healthy/")
    assert (answer.status_code, answer.content.decode()) == (503, "佐证材料的文件夹不能读写")


def _step(change: str) -> None:
    """One migration of ours is not on record, or one that this program does not know is."""
    if change == "one is missing":
        MigrationRecorder.Migration.objects.filter(app="ledgers").latest("name").delete()
    elif change == "one is too much":
        MigrationRecorder.Migration.objects.create(app="ledgers", name="0999_later")
    else:
        MigrationRecorder.Migration.objects.create(app="ledgers", name="0001_gone_long_ago")
        MigrationRecorder.Migration.objects.create(app="auth", name="0999_of_a_library")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("one is missing", "数据库需要升级（taizhang migrate）"),
        ("one is too much", "数据库来自更新的版本"),
        ("older ones are gone", "ok"),
    ],
)
def test_a_database_of_another_version_is_not_healthy(
    people: Cast, django_assert_num_queries: Any, change: str, said: str
) -> None:
    _step(change)
    with django_assert_num_queries(1):
        answer = Client().get("/healthy/")
    assert (answer.status_code, answer.content.decode()) == (200 if said == "ok" else 503, said)


@pytest.mark.django_db
def test_no_server_begins_on_a_database_of_another_version(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["keys", "check"]) == 0
    _step("one is missing")
    assert main(["keys", "check"]) == 1
    assert "taizhang migrate" in capsys.readouterr().err


def test_a_database_that_is_down_is_not_healthy(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> Any:
        from django.db import OperationalError

        raise OperationalError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr("taizhang.kernel.db.steps.connection.cursor", down)
        answer = Client().get("/healthy/")
    assert (answer.status_code, answer.content.decode()) == (503, "数据库不能用")


def test_the_api_says_that_the_token_of_the_form_is_missing(people: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.users["clerk"])
    answer = client.post("/api/ledgers/meetings/", "{}", content_type="application/json")
    assert answer.status_code == 403
    assert "X-CSRFToken" in answer.json()["message"]
