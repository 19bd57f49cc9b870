"""A short form of the drill: what was acknowledged is there after a kill, a file that was cut
short, and a full disk.
"""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

from lab.bench import load
from lab.drill import asked, faults, network, parent, run
from lab.drill.places import Drill
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.models import EvidenceFile, SearchLine
from tests.make import Cast, raw, save


def test_after_a_kill_a_torn_file_and_a_full_disk_all_is_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run.main(["--kills", "2", "--kind", "torn", "--kind", "full"]) == 0

    told = capsys.readouterr().out
    assert "each there once and whole" in told
    assert int(told.partition("refused ")[2].partition(",")[0].rstrip(")")) > 0


def _written(people: Cast, now: datetime) -> tuple[Any, EvidenceFile]:
    """A meeting and a file, as a writer of a drill has them."""
    own, actor = people.own, people.actor("clerk")
    meeting = save(own, actor, now, "meetings", **raw("meetings"))
    data = b"%PDF-1.4\nof a drill\n%%EOF\n"
    taken = evidence.take_in(branch=own, name="a.pdf", data=data, kind="", actor=actor, now=now)
    return meeting, taken.file


def _altered(meeting: Any, file: EvidenceFile) -> None:
    type(meeting).objects.filter(pk=meeting.pk).update(place="别处")


def _added(meeting: Any, file: EvidenceFile) -> None:
    meeting.pk = None
    meeting.save()


def _unfound(meeting: Any, file: EvidenceFile) -> None:
    SearchLine.objects.filter(kind="meetings", entry_id=meeting.pk).delete()


def _cut(meeting: Any, file: EvidenceFile) -> None:
    store = evidence.store()
    store.delete(evidence.path_of(file.sha256))
    store.keep(evidence.path_of(file.sha256), b"%PDF")


def _nothing(meeting: Any, file: EvidenceFile) -> None:
    """All is well."""


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_nothing, []), (_altered, ["is not as the journal says"]), (_unfound, ["is not found by the search"]),
        (_added, ["has no line in the journal", "is not found by the search", ": 2 times"]), (_cut, ["is not whole"]),
    ],
)  # fmt: skip
def test_what_was_written_since_is_held_against_journal_search_and_files(
    people: Cast, now: datetime, harm: Callable[[Any, EvidenceFile], None], told: list[str]
) -> None:
    looked = asked.since([], asked.Looked()).looked
    meeting, file = _written(people, now)
    harm(meeting, file)

    found = asked.since([], looked)

    assert [part for part in told if not any(part in line for line in found.wrong)] == []
    assert bool(found.wrong) == bool(told)


def test_what_was_acknowledged_and_is_not_there_is_named(people: Cast, now: datetime) -> None:
    meeting, file = _written(people, now)
    there = [f"meeting {meeting.pk} {meeting.title}", f"file {file.sha256} {file.size}"]
    gone = ["meeting 999 never", "talk nobody once", f"file {'0' * 64} 1"]

    found = asked.since([*there, *gone], asked.Looked())

    assert found.wrong == [
        "meeting 999 never: there 0 times", "talk nobody once: there 0 times", f"file {'0' * 64}: not there once and whole",
    ]  # fmt: skip


def test_a_journal_that_does_not_go_on_from_where_one_was_is_named(
    people: Cast, now: datetime
) -> None:
    looked = asked.since([], asked.Looked()).looked
    _written(people, now)

    wrong = asked.since([], replace(looked, hash="sha256:0")).wrong

    assert wrong[0] == f"line {looked.seq} of the journal is not what it was"
    assert "接不上" in wrong[1]


def test_of_what_the_doctor_says_the_drill_forgives_what_it_caused_itself() -> None:
    class Parent:
        def does(self, act: str, *, fails: bool) -> str:
            return "✗ 磁盘空间：只剩1MB\n✗ 后台任务：有3件任务等了十分钟以上\n✗ 日志：断了"

    place = Drill(Path(), cast("parent.Parent", Parent()), Random(1), caused={"磁盘空间"})
    assert run._ill(place) == "✗ 日志：断了"


def test_all_leaves_out_what_needs_a_database_that_nobody_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    without = set(run.kinds_of(["all"]))
    monkeypatch.setenv("DATABASE_URL", "postgres://taizhang@127.0.0.1/taizhang")

    assert set(faults.KINDS) - without == {"backend", "session", "database"}
    assert set(run.kinds_of(["all"])) == set(faults.KINDS)


def test_a_network_that_is_cut_breaks_what_goes_over_it_and_can_be_mended() -> None:
    def asked(port: int) -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(b"x")
            return line.recv(1)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Echo) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        with network.to("127.0.0.1", server.server_address[1]) as reached:
            with socket.create_connection(("127.0.0.1", reached.port), timeout=5) as line:
                line.sendall(b"x")
                assert line.recv(1) == b"x"
                reached.cut()
                assert _is_broken(line)
            with suppress(OSError):
                assert asked(reached.port) == b""
            reached.mend()
            assert asked(reached.port) == b"x"
        server.shutdown()


class _Echo(socketserver.BaseRequestHandler):
    """Says again what it is told."""

    def handle(self) -> None:
        """Until the other is gone."""
        while told := self.request.recv(1):
            self.request.sendall(told)


def _is_broken(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except OSError:
        return True


@pytest.mark.usefixtures("people")
def test_load_without_a_round_says_what_it_needs() -> None:
    told = load.load(load.Asked(seconds=0.1))

    assert "督查中的轮次" in told[0]["value"]


def test_times_are_told_by_their_ranks() -> None:
    assert load._percentiles([n / 1000 for n in range(1, 101)]) == "p50 51, p95 96, p99 100 ms"
