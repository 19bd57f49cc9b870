"""The screens that carry the product at the width of an older laptop: nothing too wide, no word
cut; a picture of each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from taizhang.checks.actions import checking
from taizhang.inspection import actions as inspection
from taizhang.inspection.models import NoticeDraft, Round
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Organisation, User
from tests.browser.steps import MARKS, enter, fits, leave, picture, visit
from tests.checks.test_district import NOW
from tests.notices.papers import SAMPLE

pytestmark = [*MARKS, pytest.mark.night]
CUT = """() => [...document.querySelectorAll("main button, main .button, main th, main .tag, main label, nav a")]
  .filter((one) => one.offsetParent && getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 2)
  .map((one) => one.textContent.trim())"""


def _screens(branch: Organisation) -> dict[str, dict[str, str]]:
    """Who looks at which page, by the name of its picture."""
    opened = Round.objects.latest("pk")
    return {
        "zuzhike": {
            "board": "/board/",
            "meetings": "/meetings/",
            "branch": f"/branches/{branch.pk}/",
            "item": f"/branches/{branch.pk}/items/L30/",
            "expected": f"/branches/{branch.pk}/expected/",
            "list": "/ledgers/meetings/",
            "organisations": "/organisations/",
            "round": f"/rounds/{opened.pk}/",
            "units": f"/rounds/{opened.pk}/units/",
            "plan": f"/rounds/{opened.pk}/plan/",
            "requirements": f"/rounds/{opened.pk}/requirements/",
            "notice": f"/notices/{NoticeDraft.objects.latest('pk').pk}/",
            "scope": "/checks/scope/",
            "rules": "/rules/?item=L29",
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
    office = actor_of(User.objects.get(username="zuzhike"), on=NOW.date())
    inspection.take_in(file_name="通知.txt", source=SAMPLE.read_bytes(), actor=office, now=NOW)
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
