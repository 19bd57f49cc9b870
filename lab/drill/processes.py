"""The processes of a drill: one that makes the cast, one that writes, one that asks what is there, and the doctor."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PREPARE = """
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
from tests.make import cast
cast(timezone.now())
"""
WRITER = """
import django
django.setup()
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from taizhang.ledgers.evidence import actions as evidence
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Organisation, User
from tests.make import raw, save
import hashlib, itertools, os, time
own = Organisation.objects.get(short_name="甲校")
actor = actor_of(User.objects.get(username="clerk"), on=timezone.localdate())
shift = timedelta(seconds=int(os.environ.get("DRILL_SHIFT", "0")))
print("ready", flush=True)
for n in itertools.count():
    title = f"{os.getpid()}-{n}"
    now = timezone.now() + shift
    data = b"%PDF-1.4\\n" + title.encode() * 5000 + b"\\n%%EOF\\n"
    try:
        entry = save(own, actor, now, "meetings", **raw("meetings") | {"title": title})
        print("meeting", entry.pk, title, flush=True)
        evidence.take_in(branch=own, name=f"{title}.pdf", data=data, kind="", actor=actor, now=now)
        print("file", hashlib.sha256(data).hexdigest(), len(data), flush=True)
    except Exception as broken:
        if not os.environ.get("DRILL_GOES_ON"):
            raise
        print("refused", type(broken).__name__, n, flush=True)
        connection.close()
        time.sleep(0.1)
"""
ASK = """
import django, hashlib, sys
django.setup()
from pathlib import Path
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models.evidence import EvidenceFile
meetings, talks = KINDS["meetings"].model.objects, KINDS["talks"].model.objects
store, wrong = evidence.store(), []
for line in sys.stdin.read().splitlines():
    what, one, two = line.split()
    if what == "meeting":
        found = meetings.filter(pk=one, title=two).count()
        if found != 1 or meetings.filter(title=two).count() != 1:
            wrong.append(line)
    elif what == "talk":
        if talks.filter(topic=one).count() != 1:
            wrong.append(line)
    elif what == "file":
        kept, name = EvidenceFile.objects.filter(sha256=one).count() == 1, evidence.path_of(one, "files")
        if not kept or not store.exists(name) or hashlib.sha256(store.read(name).read()).hexdigest() != one:
            wrong.append(line)
print("\\n".join(wrong))
"""
AGAIN = """
import django, sys
django.setup()
from django.utils import timezone
from taizhang.ledgers.evidence import actions as evidence
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Organisation, User
own = Organisation.objects.get(short_name="甲校")
actor = actor_of(User.objects.get(username="clerk"), on=timezone.localdate())
evidence.take_in(branch=own, name="again.pdf", data=sys.stdin.buffer.read(), kind="", actor=actor, now=timezone.now())
"""
SESSIONS = """
import django
django.setup()
from django.test import Client
from taizhang.orgs.models import User
client = Client()
client.force_login(User.objects.get(username="clerk"))
print(client.cookies["sessionid"].value)
"""
_SESSIONS = """
import django
django.setup()
from django.db import connection
OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
with connection.cursor() as cursor:
"""
TERMINATED = (
    _SESSIONS
    + """
    cursor.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}")
    print(len(cursor.fetchall()))
"""
)
"""The sessions of all others are ended by the server; how many."""
KILLED = (
    _SESSIONS
    + """
    import os, signal
    cursor.execute(f"SELECT pid {OTHERS}")
    found = [pid for (pid,) in cursor.fetchall()]
    for pid in found[:1]:
        os.kill(pid, signal.SIGKILL)
    print(len(found))
"""
)
"""The process of a session is killed, and all the server's with it."""
DOCTOR = "import sys; from taizhang.config.cli.main import main; sys.exit(main(sys.argv[1:]))"


def about(folder: Path, **more: str) -> dict[str, str]:
    """What a process of the drill is told: its own folder, and the database of the call only where the drill is about it."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    place = {"DJANGO_SETTINGS_MODULE": "taizhang.config.settings", "TAIZHANG_DATA": str(folder)}
    return {**kept, **place, "PYTHONPATH": str(Path.cwd()), **more}


def python(env: dict[str, str], script: str, told: bytes = b"") -> str:
    """What a script says."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], env=env, input=told, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode().strip()


def doctor(env: dict[str, str]) -> str:
    """What the doctor says; nothing where all is well."""
    asked = subprocess.run(  # noqa: S603
        [sys.executable, "-c", DOCTOR, "doctor"],
        env=env,
        text=True,
        check=False,
        capture_output=True,
    )
    return "" if asked.returncode == 0 else asked.stdout + asked.stderr
