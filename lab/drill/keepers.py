"""Keepers of ledgers at a site of two processes, who enter talks over HTTP and note what they are
told.
"""

from __future__ import annotations

import http.client
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from lab.drill.parent import Parent
from lab.ports import free_port, wait_for

N = 3
_PATIENCE = 300
"""Seconds that a keeper waits for an answer: on a machine with other work a page takes long, which
is no fault.
"""
_WORDS = "这一步"
"""What a page says of the step that failed."""


@contextmanager
def served(loaded: Parent) -> Iterator[tuple[int, int]]:
    """The site; its number and port."""
    port = free_port()
    gunicorn = loaded.begin("site", quiet=True, port=port)
    children: list[int] = []
    try:
        wait_for(port, lambda: loaded.is_alive(gunicorn.pid))
        children = workers(gunicorn.pid)
        yield gunicorn.pid, port
    finally:
        with suppress(OSError):
            children += workers(gunicorn.pid)
        gunicorn.kill()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


def workers(master: int) -> list[int]:
    """Its processes now."""
    told = Path(f"/proc/{master}/task/{master}/children").read_text("utf-8")
    return [int(child) for child in told.split()]


@contextmanager
def entering(port: int, cookie: str) -> Iterator[list[str]]:
    """Keepers who enter until the end; what became of each entry."""
    told: list[str] = []
    stop = threading.Event()

    def enter() -> None:
        while not stop.is_set():
            told.append(entered(port, cookie))
            time.sleep(0 if told[-1].startswith("talk") else 0.1)

    threads = [threading.Thread(target=enter) for _ in range(N)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def entered(port: int, cookie: str) -> str:
    """Enter one talk: only an answer that leads on acknowledges it; `bare` is one that failed
    without a word.
    """
    token, topic = "a" * 32, uuid4().hex
    heads = {
        "Cookie": f"sessionid={cookie}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    said = {
        "held_on": "2016-11-08",
        "talker": "示例甲",
        "talked_to": "示例乙",
        "relation": "支委之间",
        "topic": topic,
        "content": "谈工作",
    }
    try:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        line.request("POST", "/ledgers/talks/new/", urlencode(said), heads)
        answer = line.getresponse()
        text = answer.read().decode()
    except (OSError, http.client.HTTPException) as broken:
        return f"refused {type(broken).__name__} {topic}"
    if answer.status == http.HTTPStatus.FOUND:
        return f"talk {topic} once" if "/login/" not in answer.headers["Location"] else "bare login"
    in_words = answer.status == http.HTTPStatus.SERVICE_UNAVAILABLE and _WORDS in text
    return f"{'refused' if in_words else 'bare'} {answer.status} {topic}"
