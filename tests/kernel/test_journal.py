"""The journal: only appended to, each line bound to the one before; what is changed, removed,
inserted or moved is named.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from taizhang.config.cli.main import main
from taizhang.inspection.flows import FINDING, ROUND
from taizhang.inspection.site import entries
from taizhang.kernel.actions import journal
from taizhang.kernel.client_address import address
from taizhang.kernel.journal import chain
from taizhang.kernel.journal import labels as journal_labels
from taizhang.kernel.journal.append_only import CREATE, CREATE_WHOLE
from taizhang.kernel.models import JournalLine, head
from taizhang.ledgers.models import EvidenceFile
from taizhang.orgs.actions import accounts
from taizhang.orgs.models import Role
from taizhang.papers import actions as papers
from taizhang.papers.official.paper import Official
from tests.make import Cast

VERIFIER = Path(__file__).parents[2] / "tools" / "verify_journal.py"


@dataclass
class Told:
    """A line as the chain sees it."""

    seq: int
    at: datetime
    actor_id: int | None
    origin: str
    verb: str
    subject: str
    detail: Any
    prev: str
    hash: str


def _chain(n: int, name: str = "sha256") -> list[Told]:
    made: list[Told] = []
    for seq in range(1, n + 1):
        at = datetime(2018, 10, 25, tzinfo=UTC) + timedelta(seconds=seq)
        line = Told(
            seq,
            at,
            seq % 3 or None,
            "10.0.0.1",
            "ledgers.record",
            f"meetings:{seq}",
            {"新": "内容", "n": seq},
            made[-1].hash if made else "0",
            "",
        )
        made.append(replace(line, hash=chain.hash_of(line, name)))
    return made


def _changed(lines: list[Told], at: int) -> list[Told]:
    return [*lines[:at], replace(lines[at], subject="别的"), *lines[at + 1 :]]


def _changed_and_hashed(lines: list[Told], at: int) -> list[Told]:
    """He who knows how hashes are made gives the changed line a fresh one."""
    line = replace(lines[at], detail={"改": 1})
    return [*lines[:at], replace(line, hash=chain.hash_of(line, "sha256")), *lines[at + 1 :]]


def _removed(lines: list[Told], at: int) -> list[Told]:
    return lines[:at] + lines[at + 1 :]


def _inserted(lines: list[Told], at: int) -> list[Told]:
    made = replace(lines[at], subject="多出来的")
    return [*lines[:at], replace(made, hash=chain.hash_of(made, "sha256")), *lines[at:]]


def _swapped(lines: list[Told], at: int) -> list[Told]:
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


@pytest.mark.parametrize("name", chain.ALGORITHMS)
def test_a_whole_chain_holds(name: str) -> None:
    lines = _chain(20, name)
    assert chain.verify(lines) == chain.Verified(20, lines[-1].hash, None, anchored=True)


@given(n=st.integers(3, 12), data=st.data())
@pytest.mark.parametrize("spoil", [_changed, _changed_and_hashed, _removed, _inserted, _swapped])
def test_whatever_is_done_to_a_line_that_is_not_the_last_is_found(
    spoil: Any, n: int, data: Any
) -> None:
    at = data.draw(st.integers(0, n - 2))
    spoilt = spoil(_chain(n), at)
    found = chain.verify(spoilt)
    assert found.fault is not None
    assert found.fault.seq in (at + 1, at + 2)


def test_a_chain_that_was_cut_or_made_anew_lacks_the_printed_hash() -> None:
    lines = _chain(9)
    printed = lines[7].hash[: papers.TRACED]
    assert chain.verify(lines, printed).anchored
    assert not chain.verify(lines[:5], printed).anchored
    assert chain.verify(lines, "").anchored is not False
    assert not chain.verify(lines, "ab").anchored


def test_the_database_refuses_to_change_and_to_remove(people: Cast) -> None:
    with connection.cursor() as cursor:
        for sql in [*CREATE["sqlite"], *CREATE_WHOLE["postgresql"]]:
            if ("delete" if connection.vendor == "sqlite" else "no_truncate") in sql:
                cursor.execute(sql)
    assert journal.is_guarded()
    lines = JournalLine.objects.filter(seq=1)
    for act in (lambda: lines.update(verb="x"), lines.delete):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            act()
    assert chain.verify(journal.lines()).fault is None


def test_the_database_refuses_to_empty_the_journal_at_once(people: Cast) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 没有 TRUNCATE")
    with connection.cursor() as cursor:
        for sql in CREATE_WHOLE["postgresql"]:
            cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="日志只能增加"), transaction.atomic():
            cursor.execute("TRUNCATE kernel_journalline")
    assert head()[0] > 0


def _exported(tmp_path: Path) -> Path:
    out = tmp_path / "journal.jsonl"
    assert main(["journal", "export", str(out)]) == 0
    return out


def _independent(path: Path, *more: str) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, "-I", str(VERIFIER), str(path), *more],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_both_verifiers_say_the_same_of_a_real_journal(
    people: Cast, now: datetime, tmp_path: Path, capsys: Any
) -> None:
    office = people.actor("office")
    papers.print_paper(
        paper=Official("通知", "各支部："), form="docx", subject="s", actor=office, now=now
    )
    number, hashed = head()
    main(["journal", "verify", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["lines"], told["head"], told["fault"]) == (number, hashed, None)

    path = _exported(tmp_path)
    assert _independent(path, hashed) == (0, f"已验证{number}条，末条校验码 {hashed}\n")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0].replace("orgs", "ORGS"), *lines[1:]]), "utf-8")
    assert _independent(path) == (1, "第1条的内容被改动过\n")
    path.write_text("\n".join(lines[1:]), "utf-8")
    assert _independent(path)[0] == 1
    path.write_text("kein JSON", "utf-8")
    assert _independent(path)[0] == 2


def test_an_official_paper_bears_the_head_of_the_journal(people: Cast, now: datetime) -> None:
    import io

    import docx

    number, hashed = head()
    data = papers.print_paper(
        paper=Official("通知"), form="docx", subject="s", actor=people.actor("office"), now=now
    )
    said = docx.Document(io.BytesIO(data)).core_properties.comments
    assert f"日志校验：第{number}条 {hashed[: papers.TRACED]}" in said
    assert chain.verify(journal.lines(), hashed[: papers.TRACED]).anchored


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "told"),
    [
        ("10.0.0.9", "1.2.3.4", 0, "10.0.0.9"),
        ("10.0.0.9", "6.6.6.6, 1.2.3.4", 1, "1.2.3.4"),
        ("10.0.0.9", "6.6.6.6, 1.2.3.4, 10.0.0.8", 2, "1.2.3.4"),
        ("10.0.0.9", "", 1, "10.0.0.9"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(
    remote: str, forwarded: str, proxies: int, told: str
) -> None:
    assert address(remote, forwarded, proxies) == told


def test_what_a_request_does_bears_its_address(people: Cast, login: Any) -> None:
    login(people.users["office"]).post(
        "/me/address/", {"email": "a@example.cn"}, REMOTE_ADDR="192.0.2.7"
    )
    assert JournalLine.objects.latest("seq").origin == "192.0.2.7"


def _actions_of(package: str) -> list[Path]:
    """The modules in which something is done, in whichever room."""
    sources = (Path(__file__).resolve().parents[2] / "taizhang" / package).rglob("*.py")
    return [path for path in sources if path.stem == "actions" or path.parent.name == "actions"]


def test_every_verb_of_the_sources_has_its_words() -> None:
    sources = [
        p.read_text("utf-8")
        for p in (Path(__file__).resolve().parents[2] / "taizhang").rglob("*.py")
    ]
    found = {
        verb
        for text in sources
        for verb in re.findall(
            r'"((?:orgs|ledgers|checks|inspection|papers|kernel)\.[a-z_]+)"', text
        )
    }
    packages = {"orgs": r'note\(\s*"([a-z_]+)"', "ledgers": r'_note\(\s*"([a-z_]+)"'}
    for name, pattern in packages.items():
        for path in _actions_of(name):
            found |= {f"{name}.{verb}" for verb in re.findall(pattern, path.read_text("utf-8"))}
    for path in _actions_of("inspection"):
        told = re.findall(
            r'note\((visit|finding|finding.visit|highlight.visit)?,? ?"([a-z_]+)"',
            path.read_text("utf-8"),
        )
        found |= {
            f"inspection.finding.{v}" if on == "finding" else f"inspection.{v}" for on, v in told
        }
    found |= {f"inspection.round.{step.verb}" for step in ROUND.steps} | {
        f"inspection.finding.{step.verb}" for step in FINDING.steps
    }
    found -= journal_labels.STEPS.keys()
    assert len(found) > 100
    assert sorted(verb for verb in found if journal_labels.in_words(verb) == verb) == []


def test_every_object_of_a_line_has_words() -> None:
    noted = re.compile(r'journal\.note\(\s*[^,]+,\s*f"([a-z_]+):\{')
    sources = (Path(__file__).resolve().parents[2] / "taizhang").rglob("*.py")
    found = {name for p in sources for name in noted.findall(p.read_text("utf-8"))}
    assert {"batch", "paper", "round"} <= found
    assert found - journal_labels.SUBJECTS.keys() == set()


def test_the_journal_is_asked_in_words(people: Cast, login: Any) -> None:
    audit = login(people.users["audit"])
    page = audit.get("/journal/?q=建立账号").content.decode()
    assert "orgs.open_account" in page
    assert "orgs.found_unit" not in page


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _details(path: Path) -> set[str]:
    """The names of the details that the calls of one file note."""
    found: set[str] = set()
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(call, ast.Call) or _called(call) not in ("note", "_note"):
            continue
        found |= {one.arg for one in call.keywords if one.arg}
        told = [*call.args, *(one.value for one in call.keywords if one.arg == "detail")]
        for literal in (one for one in told if isinstance(one, ast.Dict)):
            found |= {str(key.value) for key in literal.keys if isinstance(key, ast.Constant)}
    return found - {"by", "now", "actor", "detail", "changed"}


def test_every_detail_has_a_name_that_people_know() -> None:
    found = set().union(*map(_details, _actions_of("")))
    for one in get_args(get_args(entries.AnyEntry)[0]):
        found |= one.model_fields.keys() - {"kind", "visit", "seen"}
    assert len(found) > 40
    assert sorted(found - journal_labels.DETAILS.keys()) == []


def test_the_page_tells_objects_and_details_in_words(people: Cast, login: Any) -> None:
    security = people.actor("security")
    accounts.give_duty(
        user=people.users["nobody"], role=Role.CLERK, organisation=people.own, from_on=None, to_on=None, actor=security,
        now=timezone.now(),
    )  # fmt: skip
    page = login(people.users["audit"]).get("/journal/?q=授权").content.decode()
    nobody = people.users["nobody"]
    assert f"账号 {nobody.name}（{nobody.username}）" in page
    assert "角色：台账员；党组织：甲校" in page


def test_details_tell_things_by_their_names_and_no_keys(people: Cast, login: Any) -> None:
    now, by = timezone.now(), people.users["clerk"]
    kept = EvidenceFile.objects.create(
        branch=people.own, name="签到表.pdf", sha256="a" * 64, size=1, mime="application/pdf", kind="scan", uploaded_at=now,
        uploaded_by=by,
    )  # fmt: skip
    for detail in (
        {"file": kept.pk, "reason": "换清楚的"},
        {"session": 71, "finding": 987_654, "n": 86},
        {"duty": "组织委员"},
    ):
        journal.note("ledgers.replace_file", "meetings:1", by=by, now=now, **detail)
    page = login(people.users["audit"]).get("/journal/?q=更换材料").content.decode()
    for told in ("材料：签到表.pdf；原因：换清楚的", "条数：86", "职责：组织委员"):
        assert told in page
    for key in ("71", "987654", "登录会话"):
        assert key not in page


def test_every_key_has_a_label_and_every_kind_of_things_its_names() -> None:
    keys = journal_labels.KEYS
    assert keys.keys() <= journal_labels.DETAILS.keys()
    assert set(keys.values()) - {""} <= journal_labels.NAMES.keys()


def _keyed(path: Path) -> set[str]:
    """The details of one file that are plainly keys."""
    return {
        one.arg
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and _called(call) in ("note", "_note")
        for one in call.keywords
        if one.arg
        and isinstance(one.value, ast.Attribute)
        and re.search(r"(^pk|_id)$", one.value.attr)
    }


def test_what_is_noted_by_its_key_is_known_as_a_key() -> None:
    found = set().union(*map(_keyed, _actions_of("")))
    assert len(found) > 5
    assert sorted(found - journal_labels.KEYS.keys()) == []


def test_what_changed_is_told_of_what_is_new_of_what_is_gone_and_of_nothing_else() -> None:
    before = {"same": 1, "gone": "x", "other": 1}
    after = {"other": 2, "new": None, "came": "y", "same": 1}

    assert journal.changed(before, after) == {"gone": ["x", ""], "other": [1, 2], "came": ["", "y"]}


def test_the_journal_is_turned_page_by_page(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "PER_PAGE", 2)
    day, audit = datetime(2018, 10, 25, 4, tzinfo=UTC), people.actor("audit")
    for n in range(5):
        at = day + timedelta(days=n)
        journal.note("orgs.rename", f"unit:{n}", by=None, now=at)

    def pages(**wanted: Any) -> list[list[str]]:
        found, before = [], None
        while True:
            asked = journal.Wanted(words="orgs.rename", before=before, **wanted)
            page = journal.looked_at(wanted=asked, actor=audit, now=day)
            found.append([line.subject for line in page.lines])
            before = page.next_before
            if before is None:
                return found

    assert pages() == [["unit:4", "unit:3"], ["unit:2", "unit:1"], ["unit:0"]]
    assert pages(from_on=(day + timedelta(days=1)).date(), to_on=(day + timedelta(days=2)).date()) == [["unit:2", "unit:1"]]  # fmt: skip
    assert pages(who="没有这个人") == [[]]


def test_a_clock_a_little_out_of_order_is_nothing_to_tell(db: Any) -> None:
    at = datetime(2018, 10, 25, 4, tzinfo=UTC)
    journal.note("orgs.rename", "unit:1", by=None, now=at)

    assert journal.behind(at - journal.PATIENCE) == ""
    assert "早31分钟" in journal.behind(at - journal.PATIENCE - timedelta(minutes=1))
    assert "早3小时" in journal.behind(at - timedelta(minutes=180))
    assert "早179分钟" in journal.behind(at - timedelta(minutes=179))

    journal.note("orgs.rename", "unit:1", by=None, now=at - journal.PATIENCE)
    assert journal.backwards() == ""
    journal.note("orgs.rename", "unit:1", by=None, now=at + timedelta(seconds=1))
    journal.note("orgs.rename", "unit:1", by=None, now=at - journal.PATIENCE)
    assert "（共1处）" in journal.backwards()
