"""A short form of the drill: what was acknowledged is there after a kill and after a file was cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.bench import load
from lab.drill import faults, processes, run


@pytest.mark.night
def test_after_a_kill_and_a_torn_file_all_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--kills", "1", "--kind", "torn"]) == 0

    assert "each there once and whole" in capsys.readouterr().out


def test_what_was_lost_is_told(tmp_path: Path) -> None:
    env = processes.about(tmp_path)
    processes.python(env, processes.PREPARE)

    told = run._wrong(env, ["meeting 999 never", "talk nobody once"], clock=False)

    assert told.splitlines() == ["meeting 999 never", "talk nobody once"]


def test_every_kind_that_any_machine_can_do_is_one_that_there_is() -> None:
    assert set(run.ALL) | {"backend"} == set(faults.KINDS)


@pytest.mark.usefixtures("people")
def test_load_without_a_round_says_what_it_needs() -> None:
    told = load.load(load.Asked(seconds=0.1))

    assert "督查中的轮次" in told[0]["value"]


def test_times_are_told_by_their_ranks() -> None:
    assert load._percentiles([n / 1000 for n in range(1, 101)]) == "p50 51, p95 96, p99 100 ms"
