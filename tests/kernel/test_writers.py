"""Writers on SQLite wait for each other in a queue, those of other processes too."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from django.db import connection, transaction

from taizhang.kernel.db.sqlite.base import DatabaseWrapper

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL lets writers write at once"
    ),
]


def _is_shut(door: Path) -> bool:
    """Whether somebody stands in the door: what another process would wait for."""
    seen = os.open(door, os.O_RDWR)
    try:
        fcntl.flock(seen, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(seen)
    return False


def _door() -> Path:
    return Path(f"{connection.settings_dict['NAME']}.door")


def test_a_writer_keeps_other_processes_waiting_and_lets_the_next_in_after() -> None:
    with transaction.atomic():
        assert _is_shut(_door())

    assert not _is_shut(_door())
    assert _door().stat().st_mode & 0o077 == 0


def test_a_writer_that_gives_up_or_goes_away_leaves_the_door_open() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        1 / 0  # noqa: B018
    assert not _is_shut(_door())

    with transaction.atomic():
        connection.close()
    assert not _is_shut(_door())


def test_a_folder_that_takes_no_file_is_no_hindrance(tmp_path: Path) -> None:
    about = {**connection.settings_dict, "NAME": str(tmp_path / "nowhere" / "gone.sqlite3")}
    lone = DatabaseWrapper(about, "lone")

    lone._wait_for_processes()

    assert lone._door is None
