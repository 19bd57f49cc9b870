"""What walks through all pages share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from taizhang.config import menu_counts
from taizhang.orgs.actor import Actor


@contextmanager
def counted_once() -> Iterator[None]:
    """What waits behind the entries of somebody's menu is asked on the first page, not on hundreds:
    it took a quarter of such a walk.
    """
    known: dict[int, Counter[str]] = {}
    count = menu_counts.waiting

    def counted(actor: Actor, *about: Any) -> Counter[str]:
        if actor.user.pk not in known:
            known[actor.user.pk] = count(actor, *about)
        return known[actor.user.pk]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(menu_counts, "waiting", counted)
        yield
