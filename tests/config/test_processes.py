"""The file of gunicorn says what gunicorn knows, and opens no door beside the proxy's."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from gunicorn.config import Config

from taizhang.checks import engine
from taizhang.config import loaded_first
from tests.make import Cast, inspected

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy/gunicorn.conf.py"


def _settings() -> Config:
    config = Config()
    for name, value in runpy.run_path(str(FILE)).items():
        if not name.startswith("_") and name not in {"annotations", "multiprocessing"}:
            config.set(name, value)
    return config


def test_every_line_is_a_setting_and_the_site_listens_only_on_this_machine() -> None:
    assert _settings().address == [("127.0.0.1", 8000)]


def test_no_process_takes_what_another_could_begin_at_once() -> None:
    """What it takes beyond its threads waits for these alone, while another process may have none
    to do.
    """
    assert _settings().worker_connections == _settings().threads
    assert _settings().keepalive == 0  # else a connection that nobody asks by would hold a place


def test_nobody_steers_the_processes_beside_systemd() -> None:
    assert _settings().control_socket_disable


_FORKED = """
import sys, threading
from taizhang.config import wsgi
from django.db import connections
from django.template import Engine
from django.template.loader import get_template
from django.urls import get_resolver
before = set(sys.modules)
assert get_resolver().url_patterns
assert Engine.get_default().template_context_processors
late = sorted(name for name in set(sys.modules) - before if name.startswith("taizhang."))
known = set(get_template("web/login.html").template.engine.template_loaders[0].loaders[0].get_template_cache)
missing = [name for name in sys.argv[1:] if not any(name in one for one in known)]
print(late, missing, threading.active_count(), [one.connection for one in connections.all()])
"""


def test_the_site_is_loaded_before_its_processes_are_forked(tmp_path: Path) -> None:
    """And holds no thread and no connection, which a process that is forked would not have or would
    share.
    """
    names = [
        str(file).rpartition("/templates/")[2]
        for file in (ROOT / "taizhang").rglob("templates/**/*.html")
    ]
    told = subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, "-c", _FORKED, *names], cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | {"TAIZHANG_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "taizhang.config.settings"},
    )  # fmt: skip
    assert len(names) > 100
    assert told.stdout.strip() == "[] [] 1 [None]"
    assert _settings().preload_app


@pytest.mark.django_db(transaction=True)
def test_the_requirements_are_read_before_there_is_a_process(people: Cast, now: datetime) -> None:
    inspected(now, (2018, 2018), date(2018, 10, 25))
    for kept in (engine.catalogue, engine.content, engine.rules):
        kept.cache_clear()
    _settings().on_starting(None)
    assert connection.connection is None
    known = engine.catalogue.cache_info()
    engine.catalogue("tianning-2018")
    assert engine.catalogue.cache_info().misses == known.misses == 1


def test_a_database_that_is_away_does_not_keep_the_site_from_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away() -> Any:
        raise OperationalError("connection refused")

    monkeypatch.setattr("taizhang.checks.reasons.queries.current_scope", away)
    loaded_first.requirements()
