"""What pages leave free is given back to the system now and then."""

from __future__ import annotations

from taizhang.config.gc_tuning import GiveBack


def test_free_memory_is_given_back_but_not_after_every_request() -> None:
    given: list[int] = []
    back = GiveBack()
    back.trim = given.append

    back(sender=None)
    back(sender=None)
    assert given == [0]

    back.next_at = 0.0
    back(sender=None)
    assert given == [0, 0]


def test_a_system_without_such_a_thing_goes_on() -> None:
    back = GiveBack()
    back.trim = None

    back(sender=None)

    assert back.next_at == 0.0
