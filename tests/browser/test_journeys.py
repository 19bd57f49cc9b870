"""Journeys in a real browser, at 1440 and 390 px; every page is free of accessibility violations and of script errors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from taizhang.checks import actions as checks
from taizhang.demo import seed
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Organisation, User
from tests.checks.test_district import NOW
from tests.make import picture, raw, save
from tests.notices.papers import SAMPLE

CHROMIUM = os.environ.get("TAIZHANG_CHROMIUM", "/usr/bin/chromium")
MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        not Path(CHROMIUM).exists() and not os.environ.get("CI"), reason="no chromium"
    ),
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": flags}


@pytest.fixture(params=[1440, 390])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, width: int) -> Iterator[Page]:
    """A page that fails the test on a script error or a failed request."""
    expect.set_options(timeout=8_000)
    wrong: list[str] = []
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    opened = context.new_page()
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            wrong.append(message.text)
            if message.type == "error" and "422" not in message.text
            else None
        ),
    )
    yield opened
    context.close()
    assert wrong == []


def _enter(page: Page, username: str) -> None:
    page.goto("/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(seed.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def _is_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), page.url


def test_from_the_heat_map_to_the_record_in_two_clicks(page: Page, width: int) -> None:
    seed.load(now=NOW, branches=6, say=lambda line: None)
    branch = Organisation.objects.branches().order_by("path")[4]
    checks.set_scope(
        from_on=date(2015, 1, 1),
        to_on=date(2018, 12, 31),
        on=date(2018, 10, 31),
        catalogue="tianning-2018",
        actor=None,
        now=NOW,
    )
    checks.judge_whole(branch, NOW)
    _enter(page, "zuzhike")
    expect(page.get_by_role("heading", name="总览")).to_be_visible()
    _is_accessible(page)
    if width == 1440:
        _picture(page, "board.png")

    page.locator("td.t-one a, td.t-two a").first.click()
    expect(page.get_by_role("heading", name="台账要求（原文）")).to_be_visible()
    _is_accessible(page)
    for url in (
        "/meetings/",
        f"/branches/{branch.pk}/",
        "/items/L29/",
        "/ledgers/",
        "/ledgers/meetings/",
        "/rounds/",
        "/organisations/",
        "/organisations/import/",
        f"/organisations/{branch.pk}/",
        "/calendar/2018/",
        "/calendar/2030/",
        "/checks/scope/",
        "/mine/",
        "/password/",
    ):
        page.goto(url)
        _is_accessible(page)


def test_a_notice_becomes_a_round(page: Page) -> None:
    _empty_office()
    _enter(page, "zuzhike")
    page.get_by_role("navigation").get_by_role("link", name="导入通知").click()
    page.get_by_label("通知文件").set_input_files(SAMPLE)
    page.get_by_role("button", name="上传并识别").click()
    expect(page.get_by_label("标题", exact=True)).to_have_value(
        "关于开展基层党建专项督查“回头看”的通知"
    )
    expect(page.get_by_label("局前街小学对应的党组织")).to_contain_text("局小")
    _is_accessible(page)
    page.get_by_label("联系人").fill("示例联系人")
    page.get_by_role("button", name="添加一个片区").click()
    page.get_by_label("片区名称").last.fill("补充片")
    page.get_by_label("被督查党组织").last.fill("新增小学（含分校）")
    _is_accessible(page)
    page.get_by_role("button", name="确认无误，建立督查轮次").click()
    expect(page.get_by_text("示例联系人")).to_be_visible()
    expect(page.get_by_role("heading", name="补充片")).to_be_visible()
    expect(page.get_by_text("新增小学")).to_be_visible()
    expect(page.get_by_role("heading", name="城北")).to_be_visible()
    _is_accessible(page)


def _empty_office() -> None:
    """A committee with two branches whose names the notice abbreviates."""
    from taizhang.orgs import actions as orgs
    from tests.make import organisation

    committee = organisation("局党委", None, NOW, "party_committee")
    organisation("局小", committee, NOW, aliases=("局前街小学",))
    organisation("二实小", committee, NOW, aliases=("翠竹小学",))
    orgs.open_account(
        username="zuzhike",
        name="示例组织科",
        password=seed.PASSWORD,
        duties=[("office", committee)],
        now=NOW,
    )


def test_a_clerk_records_a_meeting_and_sees_what_is_wrong(page: Page, width: int) -> None:
    seed.load(now=NOW, branches=1, say=lambda line: None)
    _enter(page, "taizhangyuan")
    page.get_by_role("link", name="登记会议").click()
    page.get_by_label("会议类型").select_option("支委会")
    page.get_by_label("日期", exact=True).fill("2018-10-24")
    expect(page.get_by_text("2018年10月24日在册应到")).to_be_visible()
    page.locator("#roster input[type=checkbox]").first.uncheck()
    page.get_by_label("补录").check()
    page.get_by_label("地点").fill("会议室")
    page.get_by_label("讨论事项").fill("研究近期工作")
    expect(page.locator("#tried")).to_contain_text("缺席")
    _is_accessible(page)
    if width == 1440:
        _picture(page, "meeting.png")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.get_by_text("记录要素不全，缺少")).to_be_visible()
    page.wait_for_load_state("networkidle")
    _is_accessible(page)

    page.locator("input[type=file]").set_input_files(
        {"name": "签到表.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(page.locator("#files img")).to_be_visible()
    page.wait_for_load_state("networkidle")
    _is_accessible(page)
    if width == 1440:
        _picture(page, "record.png")
    page.wait_for_load_state("networkidle")
    for url in ("/evidence/unused/", "/ledgers/", *(f"/ledgers/{slug}/new/" for slug in KINDS)):
        page.goto(url, wait_until="networkidle")
        _is_accessible(page)


def test_the_committee_confirms_what_a_branch_declared(page: Page) -> None:
    seed.load(now=NOW, branches=1, say=lambda line: None)
    clerk = User.objects.get(username="taizhangyuan")
    declared = save(
        Organisation.objects.branches()[0], actor_of(clerk, on=NOW.date()), NOW, "declarations", **raw("declarations")
    )  # fmt: skip
    _enter(page, "zuzhike")
    page.goto(f"/ledgers/declarations/{declared.pk}/", wait_until="networkidle")
    expect(page.get_by_text("等待上级确认")).to_be_visible()
    _is_accessible(page)
    page.get_by_role("button", name="确认这份申报").click()
    expect(page.get_by_text("上级已确认")).to_be_visible()
    page.wait_for_load_state("networkidle")


def _picture(page: Page, name: str) -> None:
    """A screenshot for the manual, renewed by `make accept`."""
    if os.environ.get("TAIZHANG_ACCEPT"):
        MANUAL.mkdir(exist_ok=True)
        page.screenshot(path=MANUAL / name)
