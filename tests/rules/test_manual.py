"""The manual shows every kind of rule by the pictures that are its specification."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

from taizhang.checks import engine
from taizhang.rules.kinds import AnyRule
from tests.manual import RULE_KINDS
from tests.rules import manual

PAGE = Path(__file__).parents[2] / "docs" / "manual" / "kinds.md"


def test_the_manual_shows_every_kind_of_rule() -> None:
    made = manual.page(engine.catalogue("tianning-2018"))
    if os.environ.get("TAIZHANG_ACCEPT"):
        PAGE.write_text(made, "utf-8")
    assert PAGE.read_text("utf-8") == made
    known = {one.model_fields["kind"].default for one in get_args(get_args(AnyRule)[0])}
    assert set(RULE_KINDS) == known


def test_every_kind_has_a_picture_that_tells() -> None:
    assert {one.rule.kind for one in manual.examples() if one.told} == set(RULE_KINDS)
