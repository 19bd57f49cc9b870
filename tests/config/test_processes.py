"""The file of gunicorn says what gunicorn knows, and opens no door beside the proxy's."""

from __future__ import annotations

import runpy
from pathlib import Path

from gunicorn.config import Config

FILE = Path(__file__).parents[2] / "deploy/gunicorn.conf.py"


def _settings() -> Config:
    config = Config()
    for name, value in runpy.run_path(str(FILE)).items():
        if not name.startswith("_") and name not in {"annotations", "multiprocessing"}:
            config.set(name, value)
    return config


def test_every_line_is_a_setting_and_the_site_listens_only_on_this_machine() -> None:
    assert _settings().address == [("127.0.0.1", 8000)]


def test_nobody_steers_the_processes_beside_systemd() -> None:
    assert _settings().control_socket_disable
