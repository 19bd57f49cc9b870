"""What a person reads as a whole stands on its page as a whole."""

from __future__ import annotations

import re
from pathlib import Path

import taizhang
from taizhang.catalogue import load
from taizhang.checks.catalogue_versions import requirement_list

ROOT = Path(taizhang.__file__).parent
CUT = {
    "web/templates/web/journal.html": "the beginning is what one opens, and the whole is inside",
    "papers/templates/papers/template.html": "the name of a record in a row of links to it",
    "intake/templates/intake/grid.html": "an example of what stands in a column",
}
"""Templates that shorten a text → why."""


def test_no_page_cuts_a_text_in_mid_sentence() -> None:
    cutting = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("templates/**/*.html")
        if re.search(r"\|truncate(?:chars|words)", path.read_text("utf-8"))
    }
    assert cutting == set(CUT)


def test_the_lists_of_requirements_and_rules_tell_the_whole_of_what_they_rest_on() -> None:
    items = load.named("tianning-2018").items
    asked = {one.asked: requirement_list.of_item(one, "", 0).cells["asked"].text for one in items}
    rests = {
        rule.rests_on().told: requirement_list.of_rule(one, rule).cells["basis"].text
        for one in items
        for rule in one.rules
    }
    for told in (asked, rests):
        assert max(map(len, told)) > 60
        assert {said for said, shown in told.items() if said != shown} == set()
