"""What every page holds to: one heading, the way back, its weight, letters that can be read, and a
refusal that is heard.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from taizhang import web
from taizhang.checks.actions import checking
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from tests.make import Cast, inspected, raw, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("menu_counted_once")]
HEAVIEST = 60_000
STATIC = Path(web.__file__).parent / "static"
FORMS = [f"/ledgers/{slug}/new/" for slug in KINDS]
MENU = ["/board/", "/meetings/", "/ledgers/", "/branches/{own}/", "/branches/{own}/todo/"]
"""Where the menu leads: they have no way back."""
BELOW = [
    "/branches/{own}/expected/", "/branches/{own}/expected/?year=2018", "/branches/{own}/items/L17/", "/branches/{own}/items/L25/",
    "/branches/{own}/items/L29/", "/branches/{own}/items/L30/", "/ledgers/meetings/groups/", "/ledgers/meetings/{entry}/",
    "/ledgers/meetings/{entry}/correct/", "/ledgers/meetings/new/?like={entry}", *FORMS,
]  # fmt: skip


@pytest.fixture
def known(people: Cast, now: datetime) -> dict[str, Any]:
    """A branch that was judged, with one meeting."""
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    inspected(now, (2015, 2018), date(2018, 10, 25))
    checking.check_all(name="reference", actor=None, now=now)
    return {"own": people.own.pk, "entry": entry.pk}


def test_every_page_has_one_heading_the_way_back_and_little_weight(
    people: Cast, login: Any, known: dict[str, Any]
) -> None:
    clerk = login(people.users["clerk"])
    for url in [*MENU, *BELOW]:
        answer = clerk.get(url.format(**known))
        page = answer.content.decode()
        assert answer.status_code == 200, url
        assert page.count("<h1") == 1, url
        assert '<html lang="zh-Hans">' in page, url
        assert len(answer.content) <= HEAVIEST, (url, len(answer.content))
        assert ('class="crumbs"' in page) == (url in BELOW), url
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), (url, sorted({one for one in ids if ids.count(one) > 1}))
        labelled = re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page)
        assert {one for told in labelled for one in told.split()} <= set(ids), url


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_a_refused_form_says_so_and_each_of_its_links_leads_to_a_field(
    people: Cast, login: Any, kind: LedgerKind
) -> None:
    wrong = {f"{part.name}-0-{part.writing.columns[-1].name}": "？" for part in kind.parts}
    wrong |= {field.name: "？" for field in kind.fields() if field.kind in ("date", "integer")}
    asked = {"branch": str(people.own.pk)} | wrong

    answer = login(people.users["clerk"]).post(f"/ledgers/{kind.slug}/new/", asked)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>错误：" in page
    summary = page[page.index('role="alert" tabindex="-1" autofocus') :].split("</div>", 1)[0]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert links
    assert all(f'id="{target}"' in page for target in links)
    assert page.count('aria-invalid="true"') >= 1


def test_no_letter_is_smaller_than_can_be_read() -> None:
    for sheet in STATIC.glob("*.css"):
        sizes = [
            float(n)
            for n in re.findall(r"font(?:-size)?:\s*(?:\d+\s+)?([\d.]+)px", sheet.read_text())
        ]
        assert min(sizes) >= 13, sheet.name


def test_a_cell_with_a_colour_has_a_mark(people: Cast, login: Any, known: dict[str, Any]) -> None:
    office = login(people.users["office"])
    for url in ("/board/?all=1", "/meetings/", "/branches/{own}/expected/"):
        page = office.get(url.format(**known)).content.decode()
        cells = re.findall(
            r'<td[^>]*class="?[td]-(?:one|two|none|lacks|late)"?[^>]*>(.*?)(?=</?t[dr])', page
        )
        assert cells, url
        assert all(re.sub("<[^>]+>", "", cell).strip() for cell in cells), url
