"""Kills the writer again and again and asks after each kill whether all that it acknowledged is there, once and whole.

    python -m lab drill [--kills N] [--seed S]

A process records meetings and takes in files, and says each on a pipe after its act has returned. It is killed with
SIGKILL at a moment drawn by the seed. Then the database, the files, the journal and the doctor are asked. Exit code 1
when anything was lost, doubled, half stored, or not well.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

WRITER = """
import django
django.setup()
from django.utils import timezone
from taizhang.ledgers.evidence import actions as evidence
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Organisation, User
from tests.make import raw, save
from django.db import transaction
import hashlib, itertools, os
own = Organisation.objects.get(short_name="甲校")
actor = actor_of(User.objects.get(username="clerk"), on=timezone.localdate())
print("ready", flush=True)
for n in itertools.count():
    title = f"{os.getpid()}-{n}"
    entry = save(own, actor, timezone.now(), "meetings", **raw("meetings") | {"title": title})
    print("meeting", entry.pk, title, flush=True)
    data = b"%PDF-1.4\\n" + title.encode() * 5000 + b"\\n%%EOF\\n"
    evidence.take_in(branch=own, name=f"{title}.pdf", data=data, kind="", actor=actor, now=timezone.now())
    print("file", hashlib.sha256(data).hexdigest(), len(data), flush=True)
"""
PREPARE = """
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
from tests.make import cast
cast(timezone.now())
"""
ASK = """
import django, hashlib, sys
django.setup()
from pathlib import Path
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models.evidence import EvidenceFile
meetings = KINDS["meetings"].model.objects
store, wrong = evidence.store(), []
for line in sys.stdin.read().splitlines():
    what, one, two = line.split()
    if what == "meeting":
        found = meetings.filter(pk=one, title=two).count()
        if found != 1 or meetings.filter(title=two).count() != 1:
            wrong.append(line)
    else:
        path = Path(store.path(evidence.path_of(one, "files")))
        kept = EvidenceFile.objects.filter(sha256=one).count() == 1
        if not kept or not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != one:
            wrong.append(line)
print("\\n".join(wrong))
"""


def _python(folder: Path, script: str, told: str = "") -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], env=_about(folder), input=told, text=True, check=True, stdout=subprocess.PIPE
    )  # fmt: skip
    return done.stdout.strip()


def _about(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    place = {"DJANGO_SETTINGS_MODULE": "taizhang.config.settings", "TAIZHANG_DATA": str(folder)}
    return {**kept, **place, "PYTHONPATH": str(Path.cwd())}


def _killed(folder: Path, moment: float) -> list[str]:
    """What one writer acknowledged before it was killed, so many seconds after it had begun."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", WRITER], env=_about(folder), text=True, stdout=subprocess.PIPE
    ) as writer:
        if writer.stdout is None or writer.stdout.readline().strip() != "ready":
            raise SystemExit("the writer did not begin")
        time.sleep(moment)
        writer.send_signal(signal.SIGKILL)
        said = writer.stdout.read()
    return said[: said.rfind("\n") + 1].splitlines()


def _is_well(folder: Path) -> str:
    main = "import sys; from taizhang.config.cli.main import main; sys.exit(main(sys.argv[1:]))"
    asked = subprocess.run(  # noqa: S603
        [sys.executable, "-c", main, "doctor"], env=_about(folder), text=True, check=False, capture_output=True
    )  # fmt: skip
    return "" if asked.returncode == 0 else asked.stdout + asked.stderr


def main(argv: Sequence[str] | None = None) -> int:
    """Kill, ask, tell."""
    parser = argparse.ArgumentParser(prog="python -m lab drill", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(argv)
    os.umask(0o077)
    moments = random.Random(asked.seed)  # noqa: S311
    acknowledged: list[str] = []
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        _python(folder, PREPARE)
        for kill in range(1, asked.kills + 1):
            acknowledged += _killed(folder, moments.uniform(0.005, 1.5))
            wrong = _python(folder, ASK, "\n".join(acknowledged)) or _is_well(folder)
            if wrong:
                print(f"after kill {kill}:\n{wrong}")
                return 1
    print(f"{asked.kills} kills, {len(acknowledged)} acknowledged acts: each there once and whole")
    return 0
