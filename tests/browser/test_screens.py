"""The screens that carry the product at the width of an older laptop: nothing too wide, no word cut; a picture of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from taizhang.checks.actions import checking
from taizhang.inspection.models import Finding, Round, Visit
from taizhang.orgs.models import Organisation
from tests.browser.steps import MARKS, enter, fits, leave, picture, visit
from tests.checks.test_district import NOW

pytestmark = [*MARKS, pytest.mark.night]
CUT = """() => [...document.querySelectorAll("main button, main .button, main th, main .tag, main label, nav a")]
  .filter((one) => one.offsetParent && getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 2)
  .map((one) => one.textContent.trim())"""


def _screens(branch: Organisation) -> dict[str, dict[str, str]]:
    """Who looks at which page, by the name of its picture."""
    first, last = Round.objects.earliest("pk"), Round.objects.latest("pk")
    seen = Visit.objects.filter(unit__area__round=first).earliest("pk")
    found = Finding.objects.filter(visit__unit__area__round=first).earliest("pk")
    return {
        "zuzhike": {
            "board": "/board/",
            "meetings": "/meetings/",
            "branch": f"/branches/{branch.pk}/",
            "item": f"/branches/{branch.pk}/items/L30/",
            "expected": f"/branches/{branch.pk}/expected/",
            "list": "/ledgers/meetings/",
            "organisations": "/organisations/",
            "round": f"/rounds/{last.pk}/",
            "plan": f"/rounds/{last.pk}/plan/",
            "requirements": f"/rounds/{last.pk}/requirements/",
            "progress": f"/rounds/{last.pk}/progress/",
            "findings": f"/rounds/{first.pk}/findings/",
            "rectification": f"/rounds/{first.pk}/rectification/",
            "compare": f"/rounds/{last.pk}/compare/",
            "finding": f"/findings/{found.pk}/",
            "consultation": f"/visits/{seen.pk}/consultation/",
        },
        "taizhangyuan": {
            "todo": "/",
            "ledgers": "/ledgers/",
            "meeting": "/ledgers/meetings/new/",
            "case": "/ledgers/cases/new/",
            "member": "/ledgers/members/new/",
            "dues": "/ledgers/dues-payments/month/",
        },
        "dangyuan": {"mine": "/mine/"},
    }


@pytest.mark.parametrize("width", [1366, 390])
def test_no_screen_is_wider_than_its_window_or_cuts_a_word(
    page: Page, width: int, district: Callable[[int], None]
) -> None:
    district(6)
    branch = Organisation.objects.branches().order_by("path")[0]
    checking.set_scope(
        from_on=date(2015, 1, 1), to_on=date(2018, 12, 31), on=date(2018, 10, 31),
        catalogue="tianning-2018", actor=None, now=NOW,
    )  # fmt: skip
    checking.judge_whole(branch, NOW)
    wrong: dict[str, list[str]] = {}
    for who, pages in _screens(branch).items():
        enter(page, who)
        page.set_viewport_size({"width": width, "height": 768 if width == 1366 else 844})
        for name, address in pages.items():
            visit(page, address)
            fits(page)
            if cut := page.evaluate(CUT):
                wrong[name] = cut
            if width == 1366:
                picture(page, f"1366/{name}.jpg")
        leave(page)
    assert wrong == {}
