"""From the settings of the head to papers that bear it: set, tried, published, issued, printed."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
from playwright.sync_api import Page, expect

from taizhang.inspection import actions
from taizhang.inspection.models import Visit
from tests.browser.steps import MARKS, enter, is_accessible, picture, who_can_log_in
from tests.checks.test_district import NOW
from tests.inspection.conftest import DAY, Scene, plan_of
from tests.inspection.test_findings import _consult, _draft
from tests.inspection.test_findings import _issue as _give_back

pytestmark = MARKS
MARK = "中共示例区教育局委员会文件"


def _round() -> Scene:
    people = who_can_log_in()
    office = people.actor("office")
    opened = actions.open_blank(
        title="关于开展督查的通知", period=(DAY.replace(year=2015), DAY), days=(DAY, DAY), catalogue="tianning-2018",
        actor=office, now=NOW,
    )  # fmt: skip
    actions.change_plan(opened=opened, plan=plan_of(people), actor=office, now=NOW)
    return Scene(people, NOW, opened)


def _text(page: Page, link: str) -> str:
    with page.expect_download() as given:
        page.get_by_role("link", name=link).first.click()
    data = Path(given.value.path()).read_bytes()
    return "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(data)).pages)


def test_an_office_sets_its_head_and_issues_papers_that_bear_it(page: Page, width: int) -> None:
    made = _round()
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, "office")
    _set(page, made, width)
    _publish(page, made)
    made.opened.refresh_from_db()
    made.step("begin")
    _draft(made)
    _consult(made, Visit.objects.get(unit__organisation=made.people.own))
    _give_back(made)
    _issue(page)


def _set(page: Page, made: Scene, width: int) -> None:
    """The settings, first with a 代字 that cannot be, then tried on a sample."""
    page.goto(f"/organisations/{made.people.committee.pk}/")
    page.get_by_role("link", name="公文格式").click()
    page.get_by_label("发文机关标志").fill(MARK)
    page.locator("[name=notice-look]").select_option("file")
    page.locator("[name=notice-code]").fill("示委2018")
    page.locator("[name=circular-code]").fill("示委")
    page.get_by_role("button", name="保存公文格式").click()
    expect(page.locator("#w-notice-code")).to_contain_text("只写汉字")
    expect(page.get_by_label("发文机关标志")).to_have_value(MARK)
    page.locator("[name=notice-code]").fill("示委")
    page.get_by_role("button", name="保存公文格式").click()
    expect(page.get_by_text("公文格式已保存")).to_be_visible()
    is_accessible(page)
    if width == 1440:
        picture(page, "heads.jpg")
    assert MARK in _text(page, "督查通知样张 PDF").replace("\n", "")


def _publish(page: Page, made: Scene) -> None:
    """The notice gets its number and prints it."""
    page.goto(f"/rounds/{made.opened.pk}/")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("发布：已办理。")).to_be_visible()
    page.get_by_role("link", name="公文格式", exact=True).click()
    expect(page.get_by_text("已印发，文号 示委〔", exact=False)).to_be_visible()
    assert "示委〔" in _text(page, "督查通知 PDF")


def _issue(page: Page) -> None:
    """The circular, first of a day that cannot be."""
    page.reload()
    is_accessible(page)
    form = page.locator("form", has=page.get_by_role("button", name="印发情况通报（点名）"))
    form.get_by_label("成文日期").fill("2018-10-24")
    form.get_by_role("button").click()
    expect(page.get_by_text("早于反馈日期", exact=False)).to_be_visible()
    form.get_by_label("成文日期").fill(f"{DAY}")
    form.get_by_role("button").click()
    expect(page.get_by_text("已印发情况通报（示委〔2018〕1号）")).to_be_visible()
    assert "2018年10月25日" in _text(page, "原文 PDF").replace("\n", "").replace(" ", "")
