"""A round leaves as one package that is read and verified without the system; many papers are a
job.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from taizhang.inspection.actions import site
from taizhang.inspection.outgoing.actions import bundling
from taizhang.kernel.actions import made_files, messages
from taizhang.kernel.errors import NotAllowed
from taizhang.kernel.jobs import worker
from taizhang.kernel.jobs.models import Job, MadeFile
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from tests.inspection.conftest import Scene
from tests.make import picture, raw, save

VERIFIER = Path(__file__).parents[2] / "tools" / "verify_archive.py"


def _verify(file: Path) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, str(VERIFIER), str(file)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.fixture
def package(scene: Scene, login: Any, tmp_path: Path) -> Path:
    """The package of a round with a record, a photo of the visit and a file, as the organisation
    section gets it.
    """
    people, now = scene.people, scene.now
    clerk = people.actor("clerk")
    entry = save(people.own, clerk, now, "meetings", **raw("meetings"))
    file = evidence.take_in(
        branch=people.own, name="会议照片.png", data=picture(), kind="", actor=clerk, now=now
    ).file
    evidence.attach(file=file, kind=KINDS["meetings"], entry=entry, actor=clerk, now=now)
    site.take_photo(
        visit=scene.own, key=uuid4(), data=picture(), made_at=now, item_no=None,
        actor=people.actor("team_leader"), now=now,
    )  # fmt: skip
    client = login(people.users["office"])

    asked = client.post(f"/rounds/{scene.opened.pk}/archive/")
    assert worker.work_off() == 1

    told = client.get(asked.headers["Location"])
    assert "已生成" in told.content.decode()
    answer = client.get(f"{asked.headers['Location']}content/")
    kept = tmp_path / "round.zip"
    kept.write_bytes(b"".join(answer.streaming_content))
    return kept


def test_a_package_has_papers_records_files_and_a_page(scene: Scene, package: Path) -> None:
    with zipfile.ZipFile(package) as found:
        names = found.namelist()
        page = found.read("index.html").decode()
        told = json.loads(found.read("清单.json"))
        sheet = found.read("单位/01甲校/台账/会议台账.csv").decode("utf-8-sig")

    assert "文书/督查通知.pdf" in names
    assert any(name.startswith("单位/01甲校/材料/") and "会议照片.png" in name for name in names)
    assert any("现场照片" in name for name in names)
    assert list(csv.reader(io.StringIO(sheet)))[1][0] == "甲校"
    assert scene.opened.title in page
    assert sorted(one["path"] for one in told["files"]) == sorted(set(names) - {"清单.json"})
    assert told["missing"] == []


def test_the_script_names_what_was_changed_removed_or_added(package: Path) -> None:
    code, said = _verify(package)
    line = JournalLine.objects.get(verb="inspection.export_round")
    assert (code, line.detail["digest"] in said) == (0, True)

    other = package.with_name("other.zip")
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            if name != "文书/督查通知.pdf":
                new.writestr(name, b"changed" if name == "index.html" else old.read(name))
        new.writestr("more.txt", "more")
    code, said = _verify(other)
    assert code == 1
    for words in ("被改动过：index.html", "不见了：文书/督查通知.pdf", "清单里没有：more.txt"):
        assert words in said
    assert _verify(VERIFIER)[0] == 2


def test_many_papers_of_a_round_are_made_by_a_worker(
    scene: Scene, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundling, "WAITED_FOR", 0)
    client = login(scene.people.users["office"])
    url = f"/rounds/{scene.opened.pk}/papers/checklists.zip"
    lying = set(made_files.folder().iterdir())

    first, second = client.get(url), client.get(url)
    assert first.headers["Location"] == second.headers["Location"]
    assert "正在生成" in client.get(first.headers["Location"]).content.decode()
    assert worker.work_off() == 1

    assert "可以下载" in client.get("/todo/").content.decode()
    answer = client.get(f"{first.headers['Location']}content/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as found:
        assert all(name.endswith(".docx") for name in found.namelist())
    place = made_files.store().at_hand(MadeFile.objects.get().place)
    assert place.stat().st_mode & 0o077 == 0
    assert set(made_files.folder().iterdir()) == lying


def test_who_lost_the_right_gets_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    office = scene.people.users["office"]
    about = {"round": scene.opened.pk, "name": "checklists", "form": "zip"}
    made = made_files.ask(
        maker=bundling.MAKER, about=about, title="检查表", by=office, now=scene.now
    )
    office.duties.all().delete()

    worker.work_off()

    made.refresh_from_db()
    assert (made.place, bool(made.problem)) == ("", True)
    assert messages.unread(office).get().text == "没有生成：检查表"
    assert Job.objects.get().state == Job.State.FAILED
    with pytest.raises(NotAllowed):
        bundling.package(
            opened=scene.opened, name="checklists", form="zip", actor=scene.people.actor("clerk"),
            now=scene.now,
        )  # fmt: skip
