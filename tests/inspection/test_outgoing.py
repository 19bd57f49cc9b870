"""What leaves a round and what climbs: packages file by file, papers by unit, and who is told of
what is due and when.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from taizhang.checks.pages import agenda
from taizhang.checks.reasons.repair_links import Mend
from taizhang.checks.reasons.year_ahead import Due
from taizhang.inspection.actions import site
from taizhang.inspection.models import BroughtRound, Finding, RoundUnit, SitePhoto
from taizhang.inspection.outgoing.actions import archiving, bringing, bundling, escalating
from taizhang.inspection.outgoing.actions.escalating import Ladder
from taizhang.inspection.papers import by_name, letters
from taizhang.inspection.progress import due
from taizhang.kernel.actions import made_files, messages
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import Duty
from taizhang.papers import actions as printing
from tests.inspection import packages
from tests.inspection.conftest import DAY, Scene
from tests.inspection.mending import submitted
from tests.inspection.test_issued_papers import _order
from tests.make import Cast, picture, raw, save


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"inspection.{verb}").latest("seq").detail


@pytest.fixture(autouse=True)
def _short_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """How a paper is written is tried elsewhere; here it is which."""
    told = lambda **about: about["subject"].encode()  # noqa: E731
    monkeypatch.setattr(printing, "print_paper", told)
    many = lambda wanted, **_: [one.subject.encode() for one in wanted]  # noqa: E731
    monkeypatch.setattr(printing, "print_papers", many)


def _export(scene: Scene, into: Path, **about: Any) -> dict[str, bytes]:
    archiving.export_round(
        opened=scene.opened, into=into, actor=scene.people.actor("office"), now=scene.now, **about
    )
    with zipfile.ZipFile(into) as found:
        return {name: found.read(name) for name in found.namelist()}


def _attached(scene: Scene, day: str, colour: int) -> Any:
    clerk = scene.people.actor("clerk")
    entry = save(scene.people.own, clerk, scene.now, "meetings", **raw("meetings") | {"held_on": day})  # fmt: skip
    taken = evidence.take_in(
        branch=scene.people.own, name=f"{day}.png", data=picture(colour), kind="", actor=clerk, now=scene.now
    )  # fmt: skip
    evidence.attach(
        file=taken.file, kind=KINDS["meetings"], entry=entry, actor=clerk, now=scene.now
    )
    return taken.file


OWN = "单位/01甲校"


@dataclass
class _Packed:
    """A package with what it should hold and lack."""

    held: dict[str, bytes]
    told: Any
    within: int
    before: int
    photos: list[int]
    steps: list[tuple[int, int]]


@pytest.fixture
def packed(scene: Scene, tmp_path: Path) -> _Packed:
    """Of a unit with a finding on its way, an order, records within the days and before, and two
    pictures that are broken.
    """
    submitted(scene)
    Finding.objects.update(standing="returned", deadline=None)
    _order(scene)
    within, before = _attached(scene, "2018-03-05", 10), _attached(scene, "2014-03-05", 20)
    for colour in (30, 40):
        site.take_photo(
            visit=scene.own, key=uuid4(), data=picture(colour), made_at=scene.now, item_no=3,
            actor=scene.people.actor("team_leader"), now=scene.now,
        )  # fmt: skip
    first, second = SitePhoto.objects.order_by("pk")
    evidence.store().delete(evidence.path_of(first.sha256, "shown"))
    other = hashlib.sha256(b"other").hexdigest()
    SitePhoto.objects.filter(pk=second.pk).update(sha256=other)
    evidence.keep(other, [("shown", b"changed")])
    steps: list[tuple[int, int]] = []
    held = _export(scene, tmp_path / "a.zip", progress=lambda n, of: steps.append((n, of)))
    told = json.loads(held.pop("清单.json"))
    return _Packed(held, told, within.pk, before.pk, [first.pk, second.pk], steps)


def test_a_package_holds_and_lists_all_it_has_and_what_was_missing(
    scene: Scene, packed: _Packed
) -> None:
    _lists_all_it_has(scene, packed)
    _holds_papers_tables_and_files(scene, packed)


def _lists_all_it_has(scene: Scene, packed: _Packed) -> None:
    told = packed.told
    assert packed.steps == [(0, 2), (1, 2)]
    assert {one["path"]: (one["sha256"], one["size"]) for one in told["files"]} == {
        name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in packed.held.items()
    }
    assert (told["round"], told["by"], told["made_at"]) == (
        scene.opened.title, "office", scene.now.isoformat(),
    )  # fmt: skip
    last = JournalLine.objects.exclude(verb="inspection.export_round").latest("seq")
    assert told["journal"] == {"lines": last.seq, "hash": last.hash}
    assert told["about"]["督查内容"] == "2015-01-01 至 2018-10-31"
    gone, changed = packed.photos
    assert told["missing"] == [
        f"{OWN}/材料/现场照片{gone}.jpg：文件在服务器上不见了", f"{OWN}/材料/现场照片{changed}.jpg：文件在服务器上被改动过",
    ]  # fmt: skip
    assert _last("export_round")["n"] == len(packed.held)


def _holds_papers_tables_and_files(scene: Scene, packed: _Packed) -> None:
    names = set(packed.held)
    assert f"{OWN}/材料/{packed.within}-2018-03-05.png" in names
    assert f"{OWN}/材料/{packed.before}-2014-03-05.png" not in names
    assert any("三季度大会记录.png" in name for name in names)
    assert f"{OWN}/文书/整改通知书1.pdf" in names
    assert any(name.startswith("单位/02乙校/文书/") for name in names)
    rows = packed.held[f"{OWN}/问题.csv"].decode("utf-8-sig").splitlines()
    assert rows[0] == "编号,具体表现,严重程度,状态,整改时限,整改措施,整改结果,核查意见"
    finding = Finding.objects.get()
    assert rows[1] == f"{finding.number},{finding.facts},较严重,退回,,按季召开,已完善制度,"
    assert "单位/02乙校/问题.csv" not in names
    page = packed.held["index.html"].decode()
    assert scene.opened.title in page
    assert "三季度大会记录.png" in page


def test_of_a_round_without_days_all_records_go_along(scene: Scene, tmp_path: Path) -> None:
    scene.opened.period_from = None
    before, after = _attached(scene, "2014-03-05", 20), _attached(scene, "2018-03-05", 10)
    held = _export(scene, tmp_path / "a.zip")
    assert f"单位/01甲校/材料/{before.pk}-2014-03-05.png" in held
    assert f"单位/01甲校/材料/{after.pk}-2018-03-05.png" in held


def test_a_package_that_broke_leaves_nothing_behind(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = set(made_files.folder().iterdir())

    def breaks(into: Path, **_: Any) -> None:
        into.write_bytes(b"half")
        raise MemoryError

    monkeypatch.setattr(archiving, "export_round", breaks)
    with pytest.raises(MemoryError):
        archiving._make(scene.people.users["office"], {"round": scene.opened.pk}, lambda *_: None)
    assert set(made_files.folder().iterdir()) == lying


# What comes back in


def test_a_package_is_kept_with_what_its_list_says(people: Cast, tmp_path: Path, now: Any) -> None:
    file, office = packages.write(tmp_path / "a.zip"), people.actor("office")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    made = bringing.bring_in(file=file, digest=f" {digest.upper()} ", actor=office, now=now)
    kept = BroughtRound.objects.get()
    assert (kept.title, kept.digest, kept.compared, kept.size, kept.n_files, kept.brought_by) == (
        "2018年专项督查", digest, True, file.stat().st_size, 4, office.user,
    )  # fmt: skip
    assert _last("bring_round_in") == {"digest": digest, "n": 4, "compared": True}
    with pytest.raises(BadInput, match=f"“校验码”：.*现有 {digest}"):
        bringing.bring_in(file=file, digest="0", actor=office, now=now)
    assert evidence.store().exists(evidence.path_of(made.digest, "archives"))


# Papers of all units


def test_papers_of_all_units_lie_in_the_order_of_the_round(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundling, "AT_ONCE", 2)
    area = scene.opened.areas.get()
    RoundUnit.objects.filter(name="乙校").update(order=10)
    third = RoundUnit.objects.create(area=area, name="丙校", order=11)
    third_visit = type(scene.own).objects.create(unit=third)
    steps: list[tuple[int, int]] = []
    told: dict[str, Any] = {"opened": scene.opened, "name": "checklists", "form": "zip", "now": scene.now}  # fmt: skip

    made = bundling.package(
        **told, actor=scene.people.actor("office"), progress=lambda n, of: steps.append((n, of))
    )

    assert made.data is not None
    with zipfile.ZipFile(io.BytesIO(made.data)) as found:
        names = {name.split("/")[1][:4]: found.read(name) for name in found.namelist()}
        assert all(
            name.startswith("城南1/") and name.endswith(".docx") for name in found.namelist()
        )
    assert list(names) == ["01甲校", "11乙校", "12丙校"]
    assert names["12丙校"].startswith(f"visit:{third_visit.pk}:".encode())
    assert steps == [(0, 3), (2, 3)]
    with pytest.raises(NotAllowed):
        bundling.package(**told, actor=scene.people.actor("inspector"))


def test_an_order_is_titled_with_its_number(scene: Scene) -> None:
    submitted(scene)
    Finding.objects.update(standing="returned")
    order = _order(scene)
    visit = scene.own
    assert bundling.paper_of(visit, order.slug) == (
        f"整改通知书{order.number}", letters.notice_of(visit, order.slug),
    )  # fmt: skip
    title = by_name.OF_VISIT["checklist"][0]
    assert bundling.paper_of(visit, "checklist")[0] == title


# Who is told


def _line(days: int | None, text: str = "办理") -> due.DueLine:
    return due.DueLine(text, "/x/", None if days is None else DAY - timedelta(days=days), "red")


@pytest.mark.parametrize(
    ("over", "rungs"),
    [
        (-8, []), (-7, ["keeper"]), (0, ["keeper"]), (2, ["keeper"]), (3, ["keeper", "secretary"]), (6, ["keeper", "secretary"]),
        (7, ["keeper", "secretary", "office"]), (None, ["keeper"]),
    ],
)  # fmt: skip
def test_a_rung_is_told_on_its_day_and_not_before(
    people: Cast, over: int | None, rungs: list[str]
) -> None:
    found = list(escalating._rungs(people.own, _line(over), DAY, Ladder()))
    assert [rung for rung, _ in found] == rungs
    held = {rung: sorted(user.username for user in users) for rung, users in found}
    whole = {"keeper": ["clerk", "commissioner"], "secretary": ["secretary"], "office": ["office"]}
    assert held == {rung: whole[rung] for rung in rungs}


def test_what_is_due_at_once_climbs_at_once(people: Cast) -> None:
    ladder = Ladder(keepers_before=0, secretary_after=0, office_after=1)
    found = [rung for rung, _ in escalating._rungs(people.own, _line(None), DAY, ladder)]
    assert found == ["keeper", "secretary"]


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        ("keeper", "近期要办：办理（2018-10-22）"), ("secretary", "已逾期，请支部书记过问：办理（2018-10-22）"),
        ("office", "甲校已逾期：办理（2018-10-22）"),
    ],
)  # fmt: skip
def test_a_message_says_what_and_by_when_once(
    people: Cast, now: datetime, rung: str, said: str
) -> None:
    users = [people.users["clerk"], people.users["secretary"]]
    told = [escalating._tell(people.own, rung, users, _line(3), now) for _ in range(2)]
    assert told == [True, False]
    for user in users:
        (one,) = messages.of(user)
        assert (one.text, one.url) == (said, "/x/")
    assert escalating._tell(people.own, rung, users[:1], _line(None), now)
    assert messages.of(users[0]).filter(text__endswith="办理").exists()


def test_deadlines_of_the_ledgers_are_told_so_many_days_before(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        Due(text, "L01", DAY + timedelta(days=days), days, Mend("", ""))
        for days, text in ((7, "七天"), (8, "八天"))
    ]
    found = type("Found", (), {"due": lines})()
    monkeypatch.setattr(agenda, "agenda", lambda **_: found)
    told = [line.text for line in escalating._lines(scene.people.own, DAY, Ladder())]
    assert ("七天" in told, "八天" in told) == (True, False)
    monkeypatch.setattr(escalating, "current_scope", lambda: None)
    assert "七天" not in [line.text for line in escalating._lines(scene.people.own, DAY, Ladder())]


def test_old_messages_are_forgotten_when_new_ones_are_told(people: Cast, now: datetime) -> None:
    user = people.users["nobody"]
    messages.tell(to=user, text="旧", url="/", key="old", now=now)
    messages.of(user).update(read_at=now - timedelta(days=3000))
    Duty.objects.all().delete()
    assert escalating.tell(now=now) == []
    assert not messages.of(user).exists()
