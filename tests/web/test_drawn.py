"""Rows that are drawn without a template are as safe, and addresses that are kept as right, as
those of Django's own.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.template import Context, Template
from django.urls import reverse

from taizhang.ledgers.kinds import KINDS
from taizhang.web.lists import drawn
from taizhang.web.lists.listing import Cell, Row, Section, Shown

BAD = "<script>\"'&"
SAFE = "&lt;script&gt;&quot;&#x27;&amp;"


def _listed(sections: list[Section], **about: Any) -> Any:
    usual = {"breadth": 3, "counted": "条", "empty": BAD, "ticks": True, "has_acts": True}
    return SimpleNamespace(sections=sections, **usual | about)


def test_whatever_people_wrote_is_text_in_every_place() -> None:
    cells = [Cell(BAD, url=BAD, tag=BAD), Cell(BAD, tone="s-warn", is_number=True)]
    row = Row(BAD, {}, is_struck=True, acts=((BAD, BAD),))

    page = drawn.bodies(_listed([Section(BAD, 1, [Shown(row, cells)])]))

    assert page.count(SAFE) == 10
    assert "<script" not in page
    assert '<tr class="done"><td class="tick">' in page
    assert f'<td class="n"><span class="s-warn">{SAFE}</span></td>' in page


def test_a_list_without_rows_says_why() -> None:
    page = drawn.bodies(_listed([]))
    assert page == f'<tbody><tr><td colspan="3">{SAFE}</td></tr></tbody>'


def test_an_address_is_that_of_the_page_for_keys_words_and_kinds() -> None:
    template = Template("{% url 'ledgers:entry' kind key %} {% url 'web:home' %} {% url 'ledgers:list' kind=kind %}")  # fmt: skip
    for key in (1, "2"):
        said = template.render(Context({"kind": KINDS["talks"], "key": key})).split()
        assert said == [
            reverse("ledgers:entry", args=["talks", key]), reverse("web:home"), reverse("ledgers:list", args=["talks"]),
        ]  # fmt: skip
