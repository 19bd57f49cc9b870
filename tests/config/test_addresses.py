"""An address is found the second time as it was the first time."""

from __future__ import annotations

import pytest
from django.urls import Resolver404, ResolverMatch, URLResolver, get_resolver, resolve


def _tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Django is left to look for among all addresses."""
    seen: list[str] = []
    root, find = get_resolver().url_patterns[0], URLResolver.resolve

    def watched(self: URLResolver, path: str) -> ResolverMatch:
        if self is root:
            seen.append(path)
        return find(self, path)

    monkeypatch.setattr(URLResolver, "resolve", watched)
    return seen


def test_one_in_which_nothing_changes_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = resolve("/site/sync/")
    seen = _tried(monkeypatch)

    again = resolve("/site/sync/")

    assert seen == []
    assert (again.func, again.view_name, again.route) == (
        first.func,
        "inspection:site-sync",
        "site/sync/",
    )


def test_one_with_a_key_is_looked_for_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _tried(monkeypatch)
    found = [resolve(f"/branches/{key}/todo/").kwargs["key"] for key in (1, 2, 1)]
    assert found == [1, 2, 1]
    assert len(seen) == 3


def test_one_that_is_not_there_is_not_there_the_second_time() -> None:
    for _ in range(2):
        with pytest.raises(Resolver404):
            resolve("/nowhere/at/all/")
