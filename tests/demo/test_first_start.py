"""The first start: the site opens when the first branch is there, and says truly how far the rest
is.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from taizhang.config.cli.server import first_start
from taizhang.demo.loading import progress
from taizhang.kernel.errors import Refused
from tests.make import Cast

ROOT = Path(__file__).parents[2]


@pytest.fixture
def loading(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A data folder of its own, where nothing is being loaded."""
    settings.DATA = tmp_path
    yield
    progress.end()


def _board(login: Any, people: Cast) -> str:
    said: str = login(people.users["office"]).get("/board/").content.decode()
    return said


@pytest.mark.usefixtures("loading")
def test_pages_say_how_far_the_example_is(people: Cast, login: Any) -> None:
    assert "装入示例" not in _board(login, people)

    progress.tell(3, 40, os.getpid())

    said = _board(login, people)
    assert "正在装入示例 3／40" in said
    assert 'hx-get="/demo/loading/"' in said
    fragment = login(people.users["clerk"]).get("/demo/loading/").content.decode()
    assert '<progress value="3" max="40"' in fragment


@pytest.mark.usefixtures("loading")
def test_a_page_that_waited_is_told_the_end(people: Cast, login: Any) -> None:
    said = login(people.users["clerk"]).get("/demo/loading/").content.decode()

    assert "示例已全部装入" in said
    assert "hx-get" not in said


@pytest.mark.usefixtures("loading")
def test_a_loader_that_died_is_told_as_one_that_died(people: Cast, login: Any) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    progress.tell(3, 40, gone.pid)

    said = _board(login, people)

    assert "示例没有装完" in said
    assert "正在装入示例" not in said


def test_a_process_that_ended_unasked_is_no_living_one() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    time.sleep(2)  # it stays in the list of processes, because nobody waits for it
    try:
        assert not progress.Progress(1, 2, ended.pid).goes_on
    finally:
        ended.wait()


@pytest.mark.usefixtures("loading", "people")
def test_two_never_load_at_once_and_half_a_round_is_no_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    progress.tell(1, 40, os.getpid())
    with pytest.raises(Refused, match="另一个进程正在装入"):
        first_start._begun()

    monkeypatch.setattr(progress.Progress, "goes_on", False)
    assert first_start._begun() == "part"

    progress.end()
    assert first_start._begun() == "whole"


@contextmanager
def _demo(folder: Path, port: int, branches: int) -> Iterator[Any]:
    about = {"DJANGO_SETTINGS_MODULE": "taizhang.config.settings", "TAIZHANG_DATA": str(folder)}
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    words = ["demo", "--port", f"{port}", "--branches", f"{branches}"]
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "taizhang.config.cli.main", *words],
        env={**kept, **about, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as site:  # fmt: skip
        try:
            yield site
        finally:
            site.terminate()


def test_the_site_opens_with_the_first_branch_and_the_rest_follows(tmp_path: Path) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with _demo(tmp_path, port, 2) as site:
        lines: list[str] = []
        while not any("台账已启动" in line for line in lines):
            lines.append(site.stdout.readline())
            assert lines[-1], "it ended before it served"
        there = (tmp_path / progress.NAME).exists()
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=60).read()
        for _ in range(600):
            if not (tmp_path / progress.NAME).exists():
                break
            time.sleep(0.2)

    assert there
    assert "用户名" in page.decode()
    assert any(re.match("组织科：zuzhike", line) for line in lines)
    assert not (tmp_path / progress.NAME).exists()
