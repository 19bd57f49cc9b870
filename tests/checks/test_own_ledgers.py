"""The checks on ledgers that were written by hand: what they find of the faults in them, and what else they say."""

from __future__ import annotations

import pytest

from taizhang.checks import engine
from tests.checks.own import books
from tests.make import Cast
from datetime import UTC, datetime


def test_school(people: Cast, settings, tmp_path) -> None:
    settings.TAIZHANG_X = 1
    now = datetime(2019, 1, 5, tzinfo=UTC)
    book = books.Book("school", "school_meetings", "school_rules")
    branch = books.found(book, people.committee, now)
    from taizhang.orgs import actions as orgs

    user = orgs.open_account(
        username="own", name="own", password=None, duties=[("clerk", branch)], now=now
    )
    from taizhang.orgs.actor import actor_of

    actor = actor_of(user, on=now.date())
    books.bring_in(book, branch, actor, now)
    a = {}
    for name, run in engine.ENGINES.items():
        [c] = run([branch], "tianning-2018", book.period())
        a[name] = c
    from taizhang.checks import sentences

    r = a["reference"]
    d = a["duckdb"]
    rules = engine.rules("tianning-2018")
    for v in r.verdicts:
        print(v.item, v.outcome, getattr(v, "note", ""))
        for s in v.reasons:
            rule = rules[s.rule]
            if rule.severity != "info":
                print(
                    "    ",
                    rule.severity,
                    s.rule,
                    s.window,
                    s.subject,
                    s.other,
                    s.found,
                    s.wanted,
                    s.detail,
                    "|",
                    rule.says,
                )
    assert r == d
