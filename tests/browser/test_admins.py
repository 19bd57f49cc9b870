"""The three administrators: one opens an account, one says what it may do, one reads what both did."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from taizhang.orgs.models import User
from tests.browser.steps import MARKS, enter, is_accessible, leave
from tests.browser.test_round import _as, _people

pytestmark = MARKS


def test_an_account_is_opened_granted_and_seen_in_the_journal(page: Page) -> None:
    people = _people()
    page.on("dialog", lambda dialog: dialog.accept())
    _as(page, "system")
    expect(page.get_by_role("heading", name="账号管理")).to_be_visible()
    page.get_by_label("新建账号", exact=False).fill("zhangsan 示例张三")
    page.get_by_role("button", name="建立账号").click()
    given = page.locator("code").inner_text()
    is_accessible(page)
    user = User.objects.get(username="zhangsan")

    _as(page, "security")
    page.get_by_role("link", name="示例张三").click()
    page.get_by_label("角色").select_option("clerk")
    page.get_by_label("党组织").select_option(str(people.own.pk))
    page.get_by_role("button", name="授权").click()
    expect(page.get_by_text("登记本支部台账")).to_be_visible()
    is_accessible(page)

    _as(page, "audit")
    expect(page.get_by_text("orgs.give_duty")).to_be_visible()
    page.get_by_role("button", name="验证是否被改动").click()
    expect(page.get_by_text("没有改动")).to_be_visible()
    is_accessible(page)

    leave(page)
    page.get_by_label("用户名").fill("zhangsan")
    page.get_by_label("密码").fill(given)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("原密码").fill(given)
    for label in ("新密码", "再输一遍"):
        page.get_by_label(label).fill("Neu-Genug-2018")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("link", name="登记台账")).to_be_visible()
    assert user.duties.count() == 1


def test_a_locked_account_says_how_long_it_waits(page: Page) -> None:
    _people()
    for _ in range(6):
        page.goto("/login/")
        page.get_by_label("用户名").fill("clerk")
        page.get_by_label("密码").fill("falsch")
        page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("请1分钟后再试", exact=False)).to_be_visible()
    is_accessible(page)
    enter(page, "secretary")
