"""Notices as other bureaus write them, kept as pictures: all that is read of them, and nothing
besides.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.notices import read
from tests.notices.pictures import HANDS, drawn, told


@pytest.mark.parametrize("path", HANDS, ids=[path.stem for path in HANDS])
def test_a_notice_in_another_hand_is_read_as_it_is_written(path: Path) -> None:
    data, lines = drawn(path)
    assert told(read.notice(data)) == lines
