"""A short form of the drill: what was acknowledged is there after a kill, a file that was cut short, and a full disk."""

from __future__ import annotations

import io
import socket
import socketserver
import threading
from contextlib import suppress

import pytest

from lab.bench import load
from lab.drill import faults, network, processes, run


def test_after_a_kill_a_torn_file_and_a_full_disk_all_is_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run.main(["--kills", "2", "--kind", "torn", "--kind", "full"]) == 0

    told = capsys.readouterr().out
    assert "each there once and whole" in told
    assert int(told.partition("refused ")[2].partition(",")[0].rstrip(")")) > 0


@pytest.mark.usefixtures("people")
def test_what_was_lost_is_told_and_what_the_doctor_finds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def here(_: object, script: str, told: bytes = b"") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(told.decode()))
        exec(script, {})  # noqa: S102  (on the database of the test, not in a process of its own)
        return capsys.readouterr().out.strip()

    monkeypatch.setattr(processes, "python", here)
    monkeypatch.setattr(processes, "doctor", lambda _: "✗ 磁盘空间：只剩1MB\n✗ 日志：断了")

    lost = run._wrong({}, ["meeting 999 never", "talk nobody once"])

    assert lost.splitlines() == ["meeting 999 never", "talk nobody once"]
    assert run._wrong({}, [], {"磁盘空间"}) == "✗ 日志：断了"


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
