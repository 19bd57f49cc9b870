"""Rounds on site, measured on a copy of the database: one verdict, twelve inspectors at once, the
pack, letters, plans.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from taizhang.config.cli.actors import office
from taizhang.inspection import actions
from taizhang.inspection.models import Answer, Round, TeamMember, Visit
from taizhang.inspection.papers import letters
from taizhang.inspection.plan import solver
from taizhang.orgs.models import User
from taizhang.papers.writers import official_word

Line = dict[str, Any]
INSPECTORS, SENT, KEPT = 12, 20, 50


def rounds() -> list[Line]:
    """All of it; needs a round that is under way, as the demo has one."""
    opened = Round.objects.filter(standing=Round.Standing.INSPECTING).first()
    if opened is None or connection.vendor != "sqlite":
        return [{"name": "rounds", "value": "需要 SQLite 和一个督查中的轮次（示例数据有）"}]
    with _copy():
        users = _inspectors(opened)
        visits = list(Visit.objects.filter(unit__area__round=opened, team_signed_at__isnull=True))
        found = [
            _verdicts("1 round", users[0], visits),
            *_at_once(users, visits),
            *_page(users[0], visits),
        ]
        _keep_more(opened)
        found.append(_verdicts(f"{KEPT} rounds", users[0], visits))
        found += [*_letters(), *_plans()]
    return found


@contextmanager
def _copy() -> Iterator[None]:
    """A copy of the database, on which anything may be done."""
    name = connection.settings_dict["NAME"]
    folder = Path(tempfile.mkdtemp())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "copy.sqlite3")])
    connections.close_all()
    connection.settings_dict["NAME"] = str(folder / "copy.sqlite3")
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = name
        shutil.rmtree(folder)


def _inspectors(opened: Round) -> list[User]:
    """Twelve accounts, each in the team of every area."""
    made = []
    for n in range(INSPECTORS):
        user = User.objects.create(username=f"bench{n}", name=f"测速{n}")
        for area in opened.areas.all():
            TeamMember.objects.create(
                area=area, role=TeamMember.Role.MEMBER, name=user.name, user=user
            )
        made.append(user)
    return made


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _send(client: Client, visit: Visit, no: int) -> None:
    entry = {
        "kind": "answer",
        "key": str(uuid4()),
        "visit": visit.pk,
        "made_at": timezone.now().isoformat(),
        "item": no,
        "verdict": random.choice(("complete", "mostly", "missing")),  # noqa: S311
    }
    answer = client.post(
        "/site/sync/", json.dumps({"entries": [entry]}), content_type="application/json"
    )
    if answer.json()["results"][0]["state"] == "refused":
        raise RuntimeError(answer.content.decode())


def _verdicts(what: str, user: User, visits: list[Visit]) -> Line:
    """Processor time of the server and time to the answer, one verdict a call."""
    client = _client(user)
    _send(client, visits[0], 1)
    cpu, wall = [], []
    for n in range(200):
        begun, clock = time.process_time(), time.perf_counter()
        _send(client, visits[n % len(visits)], 1 + n % 36)
        cpu.append(time.process_time() - begun)
        wall.append(time.perf_counter() - clock)
    return {
        "name": f"rounds: save a verdict, {what} kept",
        "value": f"CPU {_p(cpu, 50)} ms, p95 {_p(wall, 95)} ms",
    }


def _p(values: list[float], percent: int) -> str:
    ordered = sorted(values)
    return f"{ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] * 1000:.1f}"


def _at_once(users: list[User], visits: list[Visit]) -> list[Line]:
    """Everybody saves at the same moment, again and again; every commit is durable."""
    clients = [_client(user) for user in users]
    took: list[float] = []
    lock, gate = threading.Lock(), threading.Barrier(INSPECTORS)

    def work(at: int) -> None:
        gate.wait()
        for n in range(SENT):
            begun = time.perf_counter()
            _send(clients[at], visits[(at * SENT + n) % len(visits)], 1 + (at + n) % 36)
            with lock:
                took.append(time.perf_counter() - begun)
        connections.close_all()

    threads = [threading.Thread(target=work, args=(at,)) for at in range(INSPECTORS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(took) / (time.perf_counter() - begun)
    return [
        {
            "name": f"rounds: {INSPECTORS} at once",
            "value": f"p95 {_p(took, 95)} ms, {rate:.0f}/s, {len(took)} saved",
        }
    ]


def _page(user: User, visits: list[Visit]) -> list[Line]:
    client = _client(user)
    found = []
    size = 0
    for name, url in (("page", "/site/"), (f"pack of {len(visits)} units", "/site/pack/")):
        client.get(url)
        took = []
        for _ in range(10):
            begun = time.perf_counter()
            size = len(client.get(url).content)
            took.append(time.perf_counter() - begun)
        found.append({"name": f"rounds: {name}", "value": f"p95 {_p(took, 95)} ms, {size} bytes"})
    return found


def _keep_more(opened: Round) -> None:
    """Rounds of earlier years, each with an answer to everything."""
    actor, now = office(), timezone.now()
    days = (now.date(), now.date() + timedelta(days=1))
    for n in range(KEPT - Round.objects.count()):
        copy = actions.follow_up(
            previous=opened,
            title=f"往年第{n}轮",
            days=days,
            period_to=now.date(),
            actor=actor,
            now=now,
            still_open=True,
        )
        items = list(copy.items.all())
        visits = Visit.objects.bulk_create(
            Visit(unit=unit) for area in copy.areas.all() for unit in area.units.all()
        )
        Answer.objects.bulk_create(
            [
                Answer(
                    key=uuid4(),
                    visit=visit,
                    item=item,
                    verdict="complete",
                    made_at=now,
                    received_at=now,
                    by=actor.user,
                )
                for visit in visits
                for item in items
            ]
        )


def _letters() -> list[Line]:
    visits = list(
        Visit.objects.filter(letter__isnull=False).select_related(
            "unit__area__round", "unit__organisation", "session", "letter"
        )
    )
    if not visits:
        return []
    official_word.written(letters.letter(visits[0]))
    took = []
    for visit in visits:
        begun = time.perf_counter()
        official_word.written(letters.letter(visit))
        took.append(time.perf_counter() - begun)
    return [
        {
            "name": f"rounds: {len(visits)} letters as docx",
            "value": f"{sum(took):.2f} s, {statistics.median(took) * 1000:.0f} ms each",
        }
    ]


def _plans() -> list[Line]:
    found = []
    for units in (40, 400):
        areas = units // 10
        draw = random.Random(units)  # noqa: S311
        barred = frozenset(
            (draw.randrange(units), draw.randrange(areas)) for _ in range(units // 8)
        )
        hosts = {n * 10: n for n in range(areas) if (n * 10, n) not in barred}
        cost = {(u, a): draw.randrange(4) for u in range(units) for a in range(areas)}
        task = solver.Task(units, [10] * areas, hosts, barred, cost)
        solver.solve(solver.Task(1, [1], {}, frozenset(), {}))
        begun = time.perf_counter()
        solver.solve(task)
        found.append(
            {"name": f"rounds: plan {units} units", "value": f"{time.perf_counter() - begun:.2f} s"}
        )
    return found
