"""The three administrators: one opens an account, one says what it may do, one reads
what both did.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from taizhang.orgs.models import User
from tests.browser.steps import (
    MARKS,
    is_accessible,
    leave,
    log_in,
    menu,
    picture,
    show_factor,
    who_can_log_in,
)
from tests.browser.test_round import _as

pytestmark = MARKS


def test_an_account_is_opened_granted_and_seen_in_the_journal(page: Page) -> None:
    people = who_can_log_in()
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
    expect(page.get_by_role("cell", name="授权", exact=True)).to_be_visible()
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
    expect(menu(page).get_by_role("link", name="登记台账")).to_be_visible()
    assert user.duties.count() == 1


def test_a_locked_account_says_how_long_it_waits(page: Page) -> None:
    who_can_log_in()
    for _ in range(6):
        page.goto("/login/")
        page.get_by_label("用户名").fill("clerk")
        page.get_by_label("密码").fill("falsch")
        page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("请1分钟后再试", exact=False)).to_be_visible()
    is_accessible(page)
    log_in(page, "secretary")


def test_one_looks_after_ones_own_account(page: Page, width: int) -> None:
    people = who_can_log_in()
    log_in(page, "secretary")
    page.get_by_role("link", name="账号").click()
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    is_accessible(page)
    if width == 1440:
        picture(page, "account.png")
    page.get_by_label("代理人").select_option(str(people.users["member"].pk))
    page.get_by_label("止日", exact=False).fill("2020-01-01")
    page.get_by_role("button", name="交给他代理").click()
    expect(page.get_by_text("止日早于起日", exact=False)).to_be_visible()
    page.get_by_label("止日", exact=False).fill(f"{localdate() + timedelta(days=5)}")
    page.get_by_role("button", name="交给他代理").click()
    expect(page.get_by_role("button", name="收回")).to_be_visible()
    page.get_by_label("用途").fill("校务系统")
    page.get_by_label("有效至", exact=False).fill(f"{localdate() + timedelta(days=30)}")
    page.get_by_role("button", name="建立令牌").click()
    expect(page.get_by_text("tz_", exact=False)).to_be_visible()
    is_accessible(page)
    page.get_by_role("link", name="回到我的账号").click()

    page.get_by_role("link", name="启用").click()
    expect(page.get_by_role("heading", name="动态口令")).to_be_visible()
    is_accessible(page)
    show_factor(page, "secretary")
    _as(page, "secretary")
    _as(page, "member")
    expect(menu(page).get_by_role("link", name="登记台账")).to_be_visible()


def test_the_rules_of_logging_in_are_one_page(page: Page, width: int) -> None:
    who_can_log_in()
    log_in(page, "security")
    page.get_by_role("link", name="登录规则").click()
    page.get_by_label("多少分钟不操作自动退出").fill("20")
    page.get_by_label("组织科").check()
    is_accessible(page)
    if width == 1440:
        picture(page, "login-rules.png")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("登录规则已保存", exact=False)).to_be_visible()
    expect(page.get_by_label("多少分钟不操作自动退出")).to_have_value("20")
