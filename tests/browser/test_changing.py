"""The pages on which organisations, a published plan and the requirements themselves are changed:
on a screen and a phone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from taizhang.inspection.models import TeamMember
from taizhang.kernel.jobs import worker
from tests.browser.steps import MARKS, enter, is_accessible, leave, who_can_log_in
from tests.checks.test_workshop import TABLE
from tests.conftest import NOW
from tests.inspection.conftest import opened_draft
from tests.make import inspected

pytestmark = MARKS


def test_the_pages_of_changes_can_be_read_by_everybody(page: Page) -> None:
    people = who_can_log_in()
    scene = opened_draft(people, NOW)
    for verb in ("publish", "withdraw", "publish"):
        scene.step(verb)
    member = TeamMember.objects.get(name="inspector")
    enter(page, "office")
    for url in (
        f"/rounds/{scene.opened.pk}/", f"/rounds/{scene.opened.pk}/plan/", f"/team/{member.pk}/replace/",
        f"/organisations/{people.own.pk}/", f"/organisations/{people.own.pk}/dissolve/",
    ):  # fmt: skip
        page.goto(url)
        is_accessible(page)
    leave(page)
    enter(page, "security")
    for url in (
        f"/accounts/{people.users['clerk'].pk}/",
        f"/duties/{people.users['clerk'].duties.get().pk}/hand-over/",
    ):
        page.goto(url)
        is_accessible(page)


RULE = {
    "#says": "支委会每季度至少一次", "#finding": "{window}没有支委会记录", "[name='w-where-value'] >> nth=0": "支委会",
    "[name='b-document']": "《示例区规定》", "[name='b-gist']": "支委会每季度一次",
}  # fmt: skip
CHOSEN = {
    "程度": "提醒", "周期": "每季度", "只看条件1的栏目": "会议类型", "类别": "本区规定",
}  # fmt: skip
EXAMPLE = {
    "#es": "三个季度开了支委会", "#ef": "2018-01-01", "#et": "2018-12-31", "[name='t-meetings']": TABLE
}  # fmt: skip


def _fill(page: Page, said: dict[str, str]) -> None:
    for where, text in said.items():
        page.locator(where).fill(text)


def _is_tried(page: Page) -> None:
    """Asks for a trial of the draft, waits on the page that says how far it is, and is led on to
    what came out.
    """
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_text("正在核算")).to_be_visible()
    is_accessible(page)
    worker.work_off()
    expect(page.get_by_role("heading", name="改动的要求和规则")).to_be_visible(timeout=10_000)
    is_accessible(page)


def test_a_trial_is_waited_for_on_a_page_of_its_own(page: Page, settings: Any) -> None:
    settings.WORKER = "apart"
    who_can_log_in()
    inspected(NOW, (2018, 2018), date(2018, 12, 31))
    enter(page, "office")
    page.goto("/rules/?item=L29")
    page.locator("[name='L29:MT.6c|right']").fill("45")
    _is_tried(page)
    page.goto("/rules/trial/")
    expect(page.get_by_role("button", name="重新试算")).to_be_visible()


@pytest.mark.parametrize("width", [390])
def test_a_rule_is_added_by_its_form_and_held_by_an_example(page: Page, settings: Any) -> None:
    settings.WORKER = "apart"
    who_can_log_in()
    inspected(NOW, (2018, 2018), date(2018, 12, 31))
    enter(page, "office")
    page.goto("/rules/requirements/")
    is_accessible(page)
    page.get_by_role("link", name="L29 支委会台账").click()
    is_accessible(page)
    page.get_by_label("核对方式").select_option(label="按期次数")
    page.get_by_role("button", name="增加规则").click()
    _fill(page, RULE)
    for label, choice in CHOSEN.items():
        page.get_by_label(label).select_option(label=choice)
    is_accessible(page)
    page.get_by_role("button", name="存入草稿").click()
    _fill(page, EXAMPLE)
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_text("有疑点：2018年四季度")).to_be_visible()
    page.get_by_role("button", name="记为应有结果").click()
    expect(page.get_by_text("成立：有疑点：2018年四季度")).to_be_visible()
    is_accessible(page)
    page.goto("/rules/trial/")
    is_accessible(page)
    _is_tried(page)
    page.get_by_label("修改说明").fill("本区规定")
    page.get_by_role("button", name="只供轮次选用").click()
    expect(page.get_by_text("已发布，供轮次选用")).to_be_visible()
