"""Two application servers on one PostgreSQL and one store of files: whatever one does, the other
knows, also when one dies.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings as used
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.utils import timezone

from taizhang.kernel.models import JournalLine
from taizhang.ledgers.models import EvidenceFile
from taizhang.orgs.models import User
from tests.checks import s3
from tests.make import Cast, cast, picture, raw, save

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="two servers share a server of databases"
)
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "-".join(("Zwei", "Server", "2018"))


class Browser:
    """Somebody's browser, which goes to whichever server it is sent to; cookies are the same on
    both.
    """

    def __init__(self) -> None:
        """Without cookies."""
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, port: int, path: str) -> bytes:
        """A page or a file."""
        with self.opener.open(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return bytes(answer.read())

    def post(self, port: int, path: str, body: bytes, mime: str) -> bytes:
        """An answer, with the token of forms."""
        token = next(one.value for one in self.jar if one.name == "csrftoken")
        told = {"Content-Type": mime, "X-CSRFToken": str(token)}
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, told)
        with self.opener.open(asked, timeout=30) as answer:
            return bytes(answer.read())

    def upload(self, port: int, path: str, name: str, data: bytes) -> bytes:
        """A file in a form."""
        edge = secrets.token_hex(8)
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{edge}--\r\n".encode()
        return self.post(port, path, body, f"multipart/form-data; boundary={edge}")


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _environment(folder: Path) -> dict[str, str]:
    told = connection.settings_dict
    who = f"{quote(told['USER'])}:{quote(told['PASSWORD'])}@{told['HOST']}:{told['PORT']}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{who}/{told['NAME']}",
        "TAIZHANG_STORE": f"s3://{s3.BUCKET}/site",
        "TAIZHANG_DATA": str(folder),
        "TAIZHANG_SECRET_KEY": used.SECRET_KEY,
        "TAIZHANG_FIELD_KEY": used.FIELD_KEYS[0].hex(),
        "TAIZHANG_WORKER": "apart",
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def _server(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """One machine: its own data folder, its own gunicorn by the file of the deploy page."""
    folder.mkdir()
    port = _free()
    words = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "--workers", "1"]  # fmt: skip
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(  # noqa: S603  (our own words)
            words, cwd=ROOT, env=_environment(folder), stderr=log, start_new_session=True
        )
    try:
        yield port, running
    finally:
        if running.poll() is None:
            running.terminate()
        running.wait(30)


def _until(asked: Callable[[], Any], patience: float = 90) -> Any:
    """What is asked, as soon as somebody answers."""
    end = time.monotonic() + patience
    while True:
        try:
            return asked()
        except (URLError, ConnectionError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """The cast, whose clerk has a password that other processes can compare."""
    del transactional_db
    people = cast(timezone.now())
    hashed = Argon2PasswordHasher().encode(PASSWORD, secrets.token_hex(8))
    User.objects.filter(username="clerk").update(password=hashed)
    return people


def _logged_in(port: int) -> Browser:
    browser = Browser()
    page = browser.get(port, "/login/").decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    told = {"csrfmiddlewaretoken": token[1], "username": "clerk", "password": PASSWORD}
    browser.post(port, "/login/", urlencode(told).encode(), "application/x-www-form-urlencoded")
    return browser


def test_a_day_on_two_servers(
    people: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = save(people.own, people.actor("clerk"), timezone.now(), "meetings", **raw("meetings"))
    (tmp_path / "held").mkdir()
    with ExitStack() as machines:
        with s3.serving(tmp_path / "held", monkeypatch):
            (one, first), (other, second) = [
                machines.enter_context(_server(tmp_path / name)) for name in "ab"
            ]
            for port in (one, other):
                assert _until(partial(Browser().get, port, "/healthy/")) == b"ok"
            browser = _logged_in(one)
            _each_knows_what_the_other_did(browser, one, other, entry)
            _one_dies_and_the_other_goes_on(browser, one, first, other, entry)
            _a_reload_cuts_nobody_off(browser, other, second)
        _without_its_store_it_is_not_well(other)


def _each_knows_what_the_other_did(browser: Browser, one: int, other: int, entry: Any) -> None:
    told = json.loads(browser.get(other, f"/api/ledgers/meetings/{entry.pk}/"))
    browser.upload(one, f"/ledgers/meetings/{entry.pk}/files/", "照片.png", picture())
    assert told["id"] == entry.pk
    assert browser.get(other, f"/evidence/{EvidenceFile.objects.get().pk}/") == picture()


def _one_dies_and_the_other_goes_on(
    browser: Browser, one: int, first: subprocess.Popen[bytes], other: int, entry: Any
) -> None:
    file = EvidenceFile.objects.get()
    os.killpg(first.pid, signal.SIGKILL)
    with pytest.raises(OSError, match=r"refused|reset"):
        browser.get(one, "/healthy/")
    browser.upload(other, f"/ledgers/meetings/{entry.pk}/files/", "二.png", picture(9))
    entry.refresh_from_db()
    assert entry.n_files == 2
    assert browser.get(other, f"/evidence/{file.pk}/") == picture()
    assert JournalLine.objects.filter(verb="ledgers.attach_file").count() == 2


def _a_reload_cuts_nobody_off(
    browser: Browser, other: int, second: subprocess.Popen[bytes]
) -> None:
    for n in range(30):
        if n == 3:
            second.send_signal(signal.SIGHUP)
        assert b"html" in browser.get(other, "/me/")


def _without_its_store_it_is_not_well(other: int) -> None:
    with pytest.raises(HTTPError) as away:
        Browser().get(other, "/healthy/")
    assert away.value.code == 503
    assert "对象存储" in away.value.read().decode()
    away.value.close()
