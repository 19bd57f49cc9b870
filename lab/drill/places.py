"""Where drills happen: each place has its folder and database, and remembers what was acknowledged
there.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlparse

from lab.drill import network, parent
from tests.checks import s3

MOST = 8
"""So many acts at most are waited for; the harm comes within the next ones, however slow the
machine is.
"""
LONGEST = 0.15
"""Seconds from the last of these acts to the harm, at most: about three acts."""
SMALL = 96
"""MiB of a disk that is to be filled."""


@dataclass
class Drill:
    """One place, the parent of its processes, and the draw of moments."""

    folder: Path
    parent: parent.Parent
    draw: random.Random
    network: network.Network | None = None
    is_disk: bool = False
    """The folder is a disk of its own, which may be filled."""
    told: list[str] = field(default_factory=list)
    caused: set[str] = field(default_factory=set)
    """Of what the doctor says, words for what the drill itself brought about."""
    looked: dict[str, Any] = field(default_factory=dict)
    """How far what was written has been looked at."""
    faults: int = 0
    cut: int = 0
    """Jobs that a worker died over."""

    def acts(self) -> int:
        """How many acts are waited for."""
        return self.draw.randrange(MOST + 1)

    def moment(self, longest: float = LONGEST) -> float:
        """Seconds from there to the harm."""
        return self.draw.uniform(0, longest)


@contextmanager
def opened(name: str, draw: random.Random) -> Iterator[Drill]:
    """A place of that name with its cast: `folder`, `disk`, `bucket` or `postgres`."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        is_disk = name == "disk" and stack.enter_context(_disk(folder))
        reached: network.Network | None = None
        more: dict[str, str] = {}
        if name == "bucket":
            reached, more = stack.enter_context(_bucket(folder / "bucket"))
        elif name == "postgres":
            reached, more = stack.enter_context(_postgres())
        loaded = stack.enter_context(parent.of(parent.about(folder, **more)))
        loaded.does("prepare")
        yield Drill(folder, loaded, draw, reached, is_disk)


@contextmanager
def _disk(folder: Path) -> Iterator[bool]:
    """The folder as a small disk of its own; False where we may not mount one."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if os.getuid() or not mount or not umount:
        yield False
        return
    words = [mount, "-t", "tmpfs", "-o", f"size={SMALL}m,mode=0700", "drill", str(folder)]
    done = subprocess.run(words, check=False, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run([umount, "--lazy", str(folder)], check=True)  # noqa: S603


@contextmanager
def _bucket(folder: Path) -> Iterator[tuple[network.Network, dict[str, str]]]:
    """A server of S3 with a network before it."""
    handler = type("Served", (s3.Objects,), {"folder": folder, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        with network.to("127.0.0.1", server.server_port) as reached:
            yield (
                reached,
                {
                    **s3.KEYS,
                    "AWS_ENDPOINT_URL": f"http://127.0.0.1:{reached.port}",
                    "TAIZHANG_STORE": f"s3://{s3.BUCKET}/site",
                },
            )
        server.shutdown()


@contextmanager
def _postgres() -> Iterator[tuple[network.Network, dict[str, str]]]:
    """The database that DATABASE_URL names, with a network before it."""
    url = urlparse(os.environ["DATABASE_URL"])
    with network.to(url.hostname or "127.0.0.1", url.port or 5432) as reached:
        who = f"{url.username}:{url.password}" if url.password else f"{url.username}"
        place = f"{who}@127.0.0.1:{reached.port}"
        yield reached, {"DATABASE_URL": url._replace(netloc=place).geturl()}
