"""A site of each of the last two versions goes on with its data (CONTRIBUTING.md says how such a
site is kept).
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

SITES = sorted(Path(__file__).with_name("released").glob("*.tar.xz"))
KEPT = (
    "orgs_person",
    "ledgers_meeting",
    "ledgers_duespayment",
    "ledgers_evidencefile",
    "kernel_journalline",
    "inspection_round",
)
GOES_ON = """
import datetime, sys
from taizhang.config.cli.main import main
assert main(["migrate"]) == 0
assert main(["doctor"]) == 0
from django.test import Client
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import User
keeper = User.objects.get(username="taizhangyuan")
client = Client(HTTP_HOST="localhost")
client.force_login(keeper)
for path in ("/todo/", "/ledgers/members/", "/ledgers/dues-payments/", "/search/?q=%E4%BC%9A%E8%AE%AE"):
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
now = datetime.datetime.now(datetime.UTC)
actor = actor_of(keeper, on=now.date())
chart = KINDS["charts"]
actions.record(kind=chart, branch=actor.own_branch, values={"valid_from": "2018-09-03"}, actor=actor, now=now, mode="backfill")
assert main(["doctor"]) == 0
"""


def _counts(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as con:
        return {name: con.execute(f"select count(*) from {name}").fetchone()[0] for name in KEPT}


def test_there_are_sites_of_two_versions() -> None:
    assert len(SITES) == 2


@pytest.mark.parametrize("site", SITES, ids=lambda path: path.name)
def test_a_site_of_before_goes_on_with_all_it_had(site: Path, tmp_path: Path) -> None:
    with tarfile.open(site) as kept:
        # Before 3.11.4 Python has no filters, and takes no argument for one.
        kept.extraction_filter = getattr(tarfile, "data_filter", None)
        kept.extractall(tmp_path)  # noqa: S202  (an archive of our own)
    database = tmp_path / "taizhang.sqlite3"
    before = _counts(database)
    apart = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    about = {"DJANGO_SETTINGS_MODULE": "taizhang.config.settings", "TAIZHANG_DATA": str(tmp_path)}

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", GOES_ON],
        env=apart | about,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    after = _counts(database)
    assert after == before | {"kernel_journalline": after["kernel_journalline"]}
    assert after["kernel_journalline"] > before["kernel_journalline"]
