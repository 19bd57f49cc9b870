"""A branch explains a suspicion right after saving; the inspector reads it beside; the board says
what changed since.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from taizhang.checks.actions import checking
from taizhang.checks.models import BranchExplanation
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from tests.browser.steps import MARKS, PHONE, enter, is_accessible, who_can_log_in
from tests.browser.test_round import _as
from tests.make import Cast, raw, save

pytestmark = MARKS
TOLD = "当日停电，改在隔壁教室召开"


def _judged() -> Cast:
    """Two checks of everybody some days ago, with something put out of order between and after
    them.
    """
    people, now = who_can_log_in(), timezone.now()
    checking.set_scope(
        from_on=date(2015, 1, 1), to_on=date(2018, 12, 31), on=date(2018, 10, 25), catalogue="tianning-2018",
        actor=None, now=now,
    )  # fmt: skip
    clerk = people.actor("clerk")
    held = [
        save(people.own, clerk, now, "meetings", **raw("meetings") | {"held_on": day})
        for day in ("2018-05-04", "2018-08-03")
    ]
    for entry, days in zip(held, (9, 3), strict=True):
        checking.check_all(name="reference", actor=None, now=now - timedelta(days=days))
        ledgers.withdraw(
            kind=KINDS["meetings"], entry=entry, reason="登记错了", actor=clerk, now=now
        )
    return people


def test_a_flag_is_explained_right_after_saving_and_read_by_who_checks(page: Page) -> None:
    people = _judged()
    enter(page, "clerk")
    now = timezone.now()
    told = raw("meetings") | {"agenda": "讨论××工作", "resolutions": "同意××"}
    entry = save(people.own, people.actor("clerk"), now, "meetings", **told)
    page.goto(f"/ledgers/meetings/{entry.pk}/")  # where saving leads

    page.get_by_text("写支部说明").first.click()
    is_accessible(page)
    page.locator("details[open] input[name=text]").fill(TOLD)
    page.get_by_role("button", name="保存说明").locator("visible=true").click()

    expect(page.get_by_text(f"支部说明：{TOLD}").first).to_be_visible()
    assert page.url.endswith(f"/ledgers/meetings/{entry.pk}/"), "one stays where one was"
    item = BranchExplanation.objects.get().rule.partition(":")[0]

    _as(page, "inspector")
    page.goto(f"/branches/{people.own.pk}/items/{item}/")
    said = page.get_by_text(TOLD, exact=False).first
    if not said.is_visible():
        page.locator("details.members summary").first.click()
    expect(said).to_be_visible()
    assert page.get_by_text("写支部说明").count() == 0
    is_accessible(page)


def test_what_changed_opens_its_rows_and_a_branch_sees_its_own_past(page: Page) -> None:
    people = _judged()
    enter(page, "office")
    page.goto("/board/")
    is_accessible(page)
    page.get_by_role("link", name="新疑点").click()
    expect(page.get_by_role("heading", name="核查以来的变化", exact=False)).to_be_visible()
    is_accessible(page)
    page.locator("tbody a[href*='/items/']").first.click()
    expect(page.get_by_role("heading", name="台账要求（原文）")).to_be_visible()
    page.goto("/board/?only=changed")
    is_accessible(page)
    page.goto("/board/changes/")
    is_accessible(page)
    page.goto("/checks/meetings/branches/")
    is_accessible(page)

    own = f"/branches/{people.own.pk}/"
    page.goto(own)
    expect(page.get_by_role("heading", name="与自己比：历次核查")).to_be_visible()
    page.get_by_text("每次核查的数字").click()
    is_accessible(page)
    for url in (f"{own}profile/", f"{own}burden/", "/burden/"):
        page.goto(url)
        is_accessible(page)


@PHONE
def test_a_phone_shows_one_year_of_the_strip(page: Page, width: int) -> None:
    people = _judged()
    enter(page, "clerk")
    page.goto(f"/branches/{people.own.pk}/")

    years = page.locator("table.by-year th.year").locator("visible=true")

    expect(years).to_have_count(4 if width == 1440 else 1)
    if width == 390:
        expect(page.get_by_text("手机上一次看一年，这里是 2018 年", exact=False)).to_be_visible()
        page.get_by_role("link", name="2016", exact=True).click()
        expect(page.locator("table.by-year th.year")).to_have_text("2016年")
