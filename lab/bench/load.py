"""Many people at once, over HTTP, on processes of gunicorn as a site has them; on a copy of the
database.

    python -m lab bench load [--inspectors 12] [--keepers 0] [--seconds 20] [--workers 2] [--pause
    0]

Inspectors save verdicts; keepers look at lists, search, and enter talks. Without a pause everybody
asks again at once, which shows what the site can carry; with `--pause 2` they wait two seconds on
the average, as people do. The processes' own processor time and memory are read from the system's
accounts. Needs a round under way, as the demo has one.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from lab.ports import free_port, wait_for
from taizhang.inspection.models import Round, TeamMember, Visit
from taizhang.orgs.models import Duty, Organisation, Role, User
from taizhang.orgs.queries import roster

Line = dict[str, Any]
ROOT = Path(__file__).parents[2]
_TICK = os.sysconf("SC_CLK_TCK")
_CHANCE = random.Random()  # noqa: S311  (whose turn it is and what he writes is no secret)


@dataclass(frozen=True)
class Asked:
    """How many, how long, on how many processes."""

    inspectors: int = 12
    keepers: int = 0
    seconds: float = 20.0
    workers: int = 2
    pause: float = 0.0


@dataclass
class Tally:
    """What each kind of request took, and what went wrong."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, seconds: float, problem: str) -> None:
        """One answer."""
        with self.lock:
            self.took[name].append(seconds)
            if problem:
                self.wrong.append(f"{name}: {problem}")


@dataclass
class Person:
    """Somebody at a browser: his connection, his session, and what he does."""

    port: int
    cookie: str
    acts: dict[str, Callable[[Person], str]]
    token: str = field(default_factory=lambda: secrets.token_hex(16))

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        """One request on a connection of its own, as the proxy before the site asks."""
        heads = {
            "Cookie": f"sessionid={self.cookie}; csrftoken={self.token}",
            "X-CSRFToken": self.token,
        }
        if kind:
            heads["Content-Type"] = kind
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request(method, path, body or None, heads)
            answer = line.getresponse()
            return answer.status, answer.read()


def load(asked: Asked) -> list[Line]:
    """Rates, times and memory."""
    opened = Round.objects.filter(standing=Round.Standing.INSPECTING).first()
    if opened is None:
        return [{"name": "load", "value": "需要一个督查中的轮次（示例数据有）"}]
    with _copy() as about:
        port = free_port()
        people = [*_inspectors(opened, asked.inspectors, port), *_keepers(asked.keepers, port)]
        vendor = connection.vendor
        connections.close_all()
        with _site(about, port, asked.workers) as site:
            before, memory = (_used(site), time.process_time()), [_memory(site)]
            began = time.perf_counter()
            half = threading.Timer(asked.seconds / 2, lambda: memory.append(_memory(site)))
            half.start()
            tally = _crowd(people, asked)
            half.join()
            lasted = time.perf_counter() - began
            memory.append(_memory(site))
            used = Used(_used(site) - before[0], time.process_time() - before[1], memory)
    return _told(asked, vendor, tally, lasted, used)


@dataclass(frozen=True)
class Used:
    """Seconds of a processor of the site and of those who ask it, and MiB of the site at the
    beginning, half-way, and after.
    """

    site: float
    askers: float
    memory: list[float]


def _told(asked: Asked, vendor: str, tally: Tally, lasted: float, used: Used) -> list[Line]:
    n = sum(map(len, tally.took.values()))
    title = (
        f"load {vendor}, {asked.workers} workers, {asked.inspectors} inspectors, "
        f"{asked.keepers} keepers"
    )
    lines = [
        {
            "name": title,
            "value": f"{n} requests in {lasted:.0f} s, {n / lasted:.1f}/s, {len(tally.wrong)} "
            "errors",
        },
        {
            "name": "load: CPU of the site",
            "value": f"{used.site / max(1, n) * 1000:.1f} ms a request; of those who ask "
            f"{used.askers / max(1, n) * 1000:.1f}",
        },
        {
            "name": "load: memory (PSS), at the beginning, half-way, after",
            "value": " → ".join(f"{one:.0f}" for one in used.memory) + " MiB",
        },
    ]
    for name, took in tally.took.items():
        lines.append({"name": f"load: {name}", "value": f"{len(took)}, {_percentiles(took)}"})
    return [*lines, *({"name": "load: error", "value": one} for one in tally.wrong[:5])]


def _percentiles(took: list[float]) -> str:
    ordered = sorted(took)
    at = [ordered[min(len(ordered) - 1, len(ordered) * p // 100)] * 1000 for p in (50, 95, 99)]
    return "p50 {:.0f}, p95 {:.0f}, p99 {:.0f} ms".format(*at)


@contextmanager
def _copy() -> Iterator[dict[str, str]]:
    """A copy of the database with the same keys, on which anything may be done; what a process must
    be told to use it.
    """
    folder = Path(tempfile.mkdtemp())
    name = str(connection.settings_dict["NAME"])
    about = {"TAIZHANG_DATA": str(folder), "TAIZHANG_WORKER": "apart"}
    for key in Path(settings.DATA).glob("*.key"):
        shutil.copy2(key, folder / key.name)
    if connection.vendor == "sqlite":
        copy = str(folder / "taizhang.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [copy])
    else:
        copy = f"load_{os.getpid()}"
        _by_server(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        about["DATABASE_URL"] = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{copy}"
    connections.close_all()
    connection.settings_dict["NAME"] = copy
    try:
        yield about
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = name
        shutil.rmtree(folder)
        if connection.vendor != "sqlite":
            _by_server(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _by_server(sql: str) -> None:
    connections.close_all()
    with connection._nodb_cursor() as cursor:  # noqa: SLF001
        cursor.execute(sql)


@contextmanager
def _site(about: dict[str, str], port: int, workers: int) -> Iterator[int]:
    """Gunicorn by its file, as a site has it, on so many processes; the master's number."""
    words = [
        "-m",
        "gunicorn",
        "-c",
        "deploy/gunicorn.conf.py",
        "-w",
        f"{workers}",
        "-b",
        f"127.0.0.1:{port}",
    ]
    told = os.environ | about | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, *words], cwd=ROOT, env=told) as site:  # noqa: S603
        try:
            wait_for(port, lambda: site.poll() is None)
            yield site.pid
        finally:
            site.send_signal(signal.SIGTERM)


def _processes(master: int) -> list[Path]:
    children = Path(f"/proc/{master}/task/{master}/children").read_text("utf-8").split()
    return [Path(f"/proc/{pid}") for pid in (str(master), *children)]


def _used(master: int) -> float:
    """Seconds of a processor of the site's processes so far."""
    parts = (
        (one / "stat").read_text("utf-8").rpartition(")")[2].split() for one in _processes(master)
    )
    return sum(int(part[11]) + int(part[12]) for part in parts) / _TICK


def _memory(master: int) -> float:
    """MiB of all its processes, what they share counted once."""
    found = 0
    for one in _processes(master):
        rolled = (one / "smaps_rollup").read_text("utf-8")
        found += int(
            next(line for line in rolled.splitlines() if line.startswith("Pss:")).split()[1]
        )
    return found / 1024


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def _inspectors(opened: Round, n: int, port: int) -> list[Person]:
    """Accounts in the team of every area, each with the visits as his to write on."""
    visits = list(
        Visit.objects.filter(unit__area__round=opened, team_signed_at__isnull=True).values_list(
            "pk", flat=True
        )
    )
    made = []
    for at in range(n):
        user = User.objects.create(username=f"load{at}", name=f"测速{at}")
        for area in opened.areas.all():
            TeamMember.objects.create(
                area=area, role=TeamMember.Role.MEMBER, name=user.name, user=user
            )
        made.append(Person(port, _session(user), {"verdict": _verdict(visits)}))
    return made


def _verdict(visits: list[int]) -> Callable[[Person], str]:
    def act(person: Person) -> str:
        entry = {
            "kind": "answer",
            "key": str(uuid4()),
            "visit": _CHANCE.choice(visits),
            "made_at": timezone.now().isoformat(),
            "item": _CHANCE.randint(1, 36),
            "verdict": _CHANCE.choice(("complete", "mostly", "missing")),
        }
        status, said = person.ask(
            "POST", "/site/sync/", json.dumps({"entries": [entry]}).encode(), "application/json"
        )
        if status != http.HTTPStatus.OK:
            return f"{status}"
        state = json.loads(said)["results"][0]["state"]
        return "" if state in ("stored", "older", "conflict") else state

    return act


def _keepers(n: int, port: int) -> list[Person]:
    """Keepers of one branch after the other, who look, search and enter."""
    branches = list(Organisation.objects.branches().order_by("path"))
    made = []
    for at in range(n):
        branch = branches[at % len(branches)]
        user = User.objects.create(username=f"keep{at}", name=f"登记{at}")
        Duty.objects.create(user=user, role=Role.CLERK, organisation=branch)
        pages = {
            "page 待办": f"/branches/{branch.pk}/todo/",
            "page 会议": "/ledgers/meetings/",
            "page 党费": "/ledgers/dues-payments/",
            "search": "/search/?" + urlencode({"q": "食堂"}),
        }
        acts = {name: _look(path) for name, path in pages.items()}
        names = [one.name for one in roster.members(branch, timezone.localdate())[:3]]
        made.append(Person(port, _session(user), acts | {"save": _talk(names)}))
    return made


def _look(path: str) -> Callable[[Person], str]:
    def act(person: Person) -> str:
        status, _ = person.ask("GET", path)
        return "" if status == http.HTTPStatus.OK else f"{status}"

    return act


def _talk(names: list[str]) -> Callable[[Person], str]:
    def act(person: Person) -> str:
        said = {
            "held_on": f"2018-0{_CHANCE.randint(1, 9)}-{_CHANCE.randint(10, 28)}",
            "place": "办公室",
            "talker": names[0],
            "talked_to": names[1],
            "relation": "党员之间",
            "topic": "工作",
            "content": f"谈工作，{uuid4()}",
        }
        form = urlencode(said).encode()
        status, _ = person.ask(
            "POST", "/ledgers/talks/new/", form, "application/x-www-form-urlencoded"
        )
        return "" if status == http.HTTPStatus.FOUND else f"{status}"

    return act


def _crowd(people: list[Person], asked: Asked) -> Tally:
    """Everybody at once, until the time is over."""
    tally, gate = Tally(), threading.Barrier(len(people))
    until = time.monotonic() + asked.seconds

    def live(person: Person) -> None:
        gate.wait()
        while time.monotonic() < until:
            name, act = _CHANCE.choice(list(person.acts.items()))
            began = time.perf_counter()
            try:
                problem = act(person)
            except (OSError, http.client.HTTPException) as broken:
                problem = f"{broken!r}"
            tally.add(name, time.perf_counter() - began, problem)
            time.sleep(_CHANCE.uniform(0, 2 * asked.pause))

    threads = [threading.Thread(target=live, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally
