"""A round comes back in as a package: read through, shown whole, never changed; what was tampered
with is named.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from taizhang.config.backup import snapshot, stored
from taizhang.config.cli.main import main
from taizhang.inspection.models import BroughtRound, Round
from taizhang.inspection.outgoing import packages as opened_packages
from taizhang.inspection.outgoing.actions import archiving, bringing
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from tests.inspection import packages
from tests.inspection.conftest import Scene
from tests.make import Cast, raw, save


def _told(client: Any, file: Path, **more: str) -> Any:
    with file.open("rb") as upload:
        return client.post("/rounds/brought/", {"file": upload, **more})


def test_what_left_comes_back_and_everything_is_seen(
    scene: Scene, tmp_path: Path, login: Any
) -> None:
    people, file = scene.people, tmp_path / "round.zip"
    save(people.own, people.actor("clerk"), scene.now, "meetings", **raw("meetings"))
    scene.send("inspector", "finding", facts="没有会议记录")
    office = people.actor("office")
    archiving.export_round(opened=scene.opened, into=file, actor=office, now=scene.now)
    digest = JournalLine.objects.get(verb="inspection.export_round").detail["digest"]
    rounds = list(Round.objects.values())
    client = login(people.users["office"])

    page = client.get(_told(client, file, digest=digest).headers["Location"]).content.decode()

    assert list(Round.objects.values()) == rounds
    for words in ("与导出方告知的相同", scene.opened.title, "督查通知.pdf", "会议台账", "问题"):
        assert words in page
    key = BroughtRound.objects.get().pk
    base = f"/rounds/brought/{key}"
    findings = client.get(f"{base}/table/", {"path": "单位/01甲校/问题.csv"})
    assert "没有会议记录" in findings.content.decode()
    notice = client.get(f"{base}/file/", {"path": "文书/督查通知.pdf"})
    assert notice.content.startswith(b"%PDF-")
    assert notice.headers["Content-Disposition"].startswith("attachment")
    assert scene.opened.title in client.get("/rounds/").content.decode()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({**packages.FILES, "文书/督查通知.pdf": b"%PDF-1.4 other! %%EOF"}, "被改动过：文书/督查通知.pdf"),
        ({**packages.FILES, "文书/督查通知.pdf": packages.FILES["文书/督查通知.pdf"] + b" "}, "被改动过：文书/督查通知.pdf"),
        ({name: data for name, data in packages.FILES.items() if not name.endswith(".csv")}, "不见了：单位/01甲校/问题.csv"),
        ({**packages.FILES, "more.txt": b"x"}, "清单里没有：more.txt"),
    ],
    ids=["changed", "longer", "gone", "added"],
)  # fmt: skip
def test_what_was_tampered_with_is_named_and_nothing_is_kept(
    people: Cast, tmp_path: Path, login: Any, files: dict[str, bytes], told: str
) -> None:
    answer = _told(login(people.users["office"]), packages.write(tmp_path / "a.zip", files))
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert not BroughtRound.objects.exists()
    assert list(evidence.store().walk()) == []


def _zip(held: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in held.items():
            made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"no zip", _zip({"a": b"x"}), _zip({"清单.json": b"["}), _zip({"清单.json": b"[]"}),
        _zip({"清单.json": json.dumps({"round": "", "made_at": "", "by": "", "missing": "", "files": {}, "journal": {}}).encode()}),
        _zip({"清单.json": json.dumps({"round": "", "made_at": "", "by": "", "missing": [], "files": [3], "journal": {}}).encode()}),
    ],
    ids=["text", "other zip", "broken list", "no list", "other types", "other files"],
)  # fmt: skip
def test_what_is_no_package_is_refused_in_words(
    people: Cast, tmp_path: Path, login: Any, data: bytes
) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    answer = _told(login(people.users["office"]), tmp_path / "a.zip")
    assert (answer.status_code, "不是轮次档案" in answer.content.decode()) == (422, True)


def test_another_than_was_sent_or_the_same_again_is_refused(
    people: Cast, tmp_path: Path, now: Any
) -> None:
    file, office = packages.write(tmp_path / "a.zip"), people.actor("office")
    with pytest.raises(BadInput, match="与导出方告知的不同"):
        bringing.bring_in(file=file, digest="0" * 64, actor=office, now=now)
    made = bringing.bring_in(file=file, digest="", actor=office, now=now)
    assert not made.compared
    with pytest.raises(WrongState, match="已经读入过"):
        bringing.bring_in(file=file, digest="", actor=office, now=now)


def test_a_package_is_part_of_what_backup_and_doctor_look_at(
    people: Cast, tmp_path: Path, now: Any
) -> None:
    file, office = packages.write(tmp_path / "a.zip"), people.actor("office")
    made = bringing.bring_in(file=file, digest="", actor=office, now=now)
    name = evidence.path_of(made.digest, opened_packages.PART)
    assert stored.unnamed(snapshot.named(), evidence.store()) == []

    evidence.store().delete(name)
    found = {name: stored.look_at(evidence.store(), name)}
    assert "轮次档案“2018年专项督查”不见了" in stored.faults(snapshot.named(), found)[0]

    assert bringing.bring_in(file=file, digest="", actor=office, now=now) == made
    assert evidence.store().exists(name)


def test_a_page_or_a_path_of_a_package_is_never_served(
    people: Cast, tmp_path: Path, now: Any, login: Any
) -> None:
    made = bringing.bring_in(
        file=packages.write(tmp_path / "a.zip"), digest="", actor=people.actor("office"), now=now
    )
    client = login(people.users["office"])
    for path in ("index.html", "清单.json", "../../etc/passwd", ""):
        assert client.get(f"/rounds/brought/{made.pk}/file/", {"path": path}).status_code == 404
    picture = client.get(
        f"/rounds/brought/{made.pk}/file/", {"path": "单位/01甲校/材料/1-照片.jpg", "look": "1"}
    )
    assert picture.headers["X-Content-Type-Options"] == "nosniff"


def test_the_command_reads_one_in(people: Cast, tmp_path: Path, capsys: Any) -> None:
    file = packages.write(tmp_path / "a.zip")
    assert main(["round", "read", str(file)]) == 0
    assert "已读入4个文件" in capsys.readouterr().out
    assert main(["round", "read", str(file)]) == 1
    assert main(["round", "read", str(tmp_path / "none.zip")]) == 1
    assert main(["round", "read", str(packages.write(file, {}))]) == 1
    assert "不见了：文书/督查通知.pdf" in capsys.readouterr().err
