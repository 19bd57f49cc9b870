"""Journeys in a real browser, at 1440 and 390 px; every page is free of accessibility violations
and of script errors.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from taizhang.checks.actions import checking as checks
from taizhang.checks.models import SuspicionRow
from taizhang.demo import seed
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.ledgers.records import actions as ledgers
from taizhang.ledgers.records.queries import as_written
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Organisation, User
from tests.browser.steps import (
    MARKS,
    PHONE,
    enter,
    fits,
    is_accessible,
    menu,
    settle,
    unfold_all,
    visit,
)
from tests.browser.steps import picture as shoot
from tests.checks.test_district import NOW
from tests.make import picture, raw, save
from tests.notices.papers import SAMPLE

pytestmark = MARKS


def test_from_the_heat_map_to_the_record_in_two_clicks(
    page: Page, width: int, district: Callable[[int], None]
) -> None:
    district(6 if os.environ.get("TAIZHANG_ACCEPT") else 2)  # the manual shows a few more
    branch = Organisation.objects.branches().order_by("-path")[1]
    checks.set_scope(
        from_on=date(2015, 1, 1),
        to_on=date(2018, 12, 31),
        on=date(2018, 10, 31),
        catalogue="tianning-2018",
        actor=None,
        now=NOW,
    )
    checks.judge_whole(branch, NOW)
    enter(page, "zuzhike")
    expect(page.get_by_role("heading", name="总览")).to_be_visible()
    is_accessible(page)
    if width == 1440:
        shoot(page, "board.png")

    wrong = "td.t-one a, td.t-two a" if width == 1440 else ".phone-only .o-defective"
    page.locator(wrong).first.click()
    expect(page.get_by_role("heading", name="台账要求（原文）")).to_be_visible()
    is_accessible(page)
    for url in (
        "/meetings/",
        f"/branches/{branch.pk}/",
        f"/branches/{branch.pk}/expected/",
        f"/suspicions/{_comparable(branch)}/beside/",
        "/rules/?item=L29",
        "/rules/trial/",
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
        is_accessible(page)
    if width == 1440:
        _pictures_of_the_checks(page, branch)


def _pictures_of_the_checks(page: Page, branch: Organisation) -> None:
    """What was due, two records side by side, and another number tried on the ledgers."""
    page.goto(f"/branches/{branch.pk}/expected/")
    shoot(page, "expected.png")
    alike = _copied(branch)
    page.goto(f"/suspicions/{alike.pk}/beside/")
    expect(page.locator("mark").first).to_be_visible()
    shoot(page, "beside.png")
    page.goto("/rules/?item=L29")
    row = page.locator("tr", has=page.get_by_role("cell", name="L29.1", exact=True))
    row.get_by_label("至少").fill("2")
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_role("heading", name="会变的结论")).to_be_visible(timeout=60_000)
    is_accessible(page)
    shoot(page, "trial.png")
    page.get_by_role("button", name="放弃全部修改").click()


def _copied(branch: Organisation) -> SuspicionRow:
    """A committee's minutes entered once more, under the day after."""
    kind = KINDS["meetings"]
    entry = Meeting.objects.filter(branch=branch, kind="committee_meeting").latest("held_on")
    day = entry.held_on + timedelta(days=1)
    values = as_written(kind, entry) | {"held_on": f"{day}", "ordinal": ""}
    clerk = actor_of(User.objects.get(username=f"clerk{branch.pk}"), on=NOW.date())
    ledgers.record(kind=kind, branch=branch, values=values, actor=clerk, now=NOW)
    return SuspicionRow.objects.filter(branch=branch, rule="L29:AF-T1").latest("pk")


def _comparable(branch: Organisation) -> int:
    """A suspicion that rests on the roster of a meeting's day."""
    row = SuspicionRow.objects.filter(branch=branch).latest("pk")
    meeting = KINDS["meetings"].model.objects.filter(branch=branch).latest("pk")
    row.pk, row.rule, row.subject = None, "L29:MT.5", meeting.pk
    row.save()
    return int(row.pk)


def test_a_notice_becomes_a_round(page: Page) -> None:
    _empty_office()
    enter(page, "zuzhike")
    menu(page).get_by_role("link", name="导入通知").click()
    page.get_by_label("通知文件").set_input_files(SAMPLE)
    page.get_by_role("button", name="上传并识别").click()
    expect(page.get_by_label("标题", exact=True)).to_have_value(
        "关于开展基层党建专项督查“回头看”的通知"
    )
    expect(page.get_by_label("局前街小学对应的党组织")).to_have_value("局小")
    is_accessible(page)
    unfold_all(page)
    page.get_by_label("联系人").fill("示例联系人")
    page.get_by_role("button", name="添加一个片区").click()
    page.get_by_label("片区名称").last.fill("补充片")
    page.get_by_label("被督查党组织").last.fill("新增小学（含分校）")
    is_accessible(page)
    page.get_by_role("button", name="确认无误，建立督查轮次").click()
    expect(page.get_by_role("heading", name="单位对应")).to_be_visible()
    page.get_by_role("link", name="概况").click()
    expect(page.get_by_text("示例联系人")).to_be_visible()
    expect(page.get_by_role("heading", name="补充片")).to_be_visible()
    expect(page.locator(".units-in").get_by_text("新增小学")).to_be_visible()
    expect(page.get_by_role("heading", name="城北")).to_be_visible()
    is_accessible(page)


def _empty_office() -> None:
    """A committee with two branches whose names the notice abbreviates."""
    from taizhang.orgs.actions import duties as orgs
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


def _save_after_checking_attendance(page: Page) -> None:
    """Refused once, with the ticks as they were: nobody had said that they are right."""
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_title("错误：会议台账 · 党支部台账")
    settle(page)
    expect(page.locator("#roster input[type=checkbox]").first).not_to_be_checked()
    page.get_by_label("到会情况已核对").check()
    page.get_by_role("button", name="保存").click()


def test_a_clerk_records_a_meeting_and_sees_what_is_wrong(
    page: Page, width: int, district: Callable[[int], None]
) -> None:
    district(1)
    enter(page, "taizhangyuan")
    page.get_by_role("link", name="登记会议").click()
    page.get_by_label("会议类型").select_option("支委会")
    page.get_by_label("日期", exact=True).fill("2018-10-24")
    expect(page.get_by_text("2018年10月24日在册应到")).to_be_visible()
    page.locator("#roster input[type=checkbox]").first.uncheck()
    page.get_by_label("补录").check()
    page.get_by_label("地点", exact=True).fill("会议室")
    page.get_by_label("讨论事项", exact=True).fill("研究近期工作")
    expect(page.locator("#tried")).to_contain_text("缺席")
    is_accessible(page)
    if width == 1440:
        shoot(page, "meeting.png")
    _save_after_checking_attendance(page)
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.get_by_text("记录要素不全，缺少")).to_be_visible()
    settle(page)
    is_accessible(page)

    page.locator("input[type=file]:not([capture])").set_input_files(
        {"name": "签到表.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(page.locator("#files img")).to_be_visible()
    settle(page)
    is_accessible(page)
    if width == 1440:
        shoot(page, "record.png")
    settle(page)


@PHONE
def test_every_form_is_accessible_and_fits(
    page: Page, width: int, district: Callable[[int], None]
) -> None:
    district(1)
    enter(page, "taizhangyuan")
    for url in ("/evidence/unused/", "/ledgers/"):
        page.goto(url)
        is_accessible(page)
    shown: set[str] = set()
    for slug, kind in KINDS.items():
        page.goto(f"/ledgers/{slug}/new/")
        fits(page)
        shoot(page, f"ledgers/{slug}.jpg")
        new = _shapes(kind) - shown
        if new or width == 1440:  # what axe asks of a sort of field is the same on every form
            is_accessible(page)
        shown |= new
    assert len(shown) > 8


def _shapes(kind: LedgerKind) -> set[str]:
    """The sorts of fields and parts that a form shows."""
    fields = {f"{one.kind}{'*' * one.required}{'?' * bool(one.hint)}" for one in kind.fields()}
    return fields | {f"part {one.name}" for one in kind.parts}


def test_the_committee_confirms_what_a_branch_declared(
    page: Page, district: Callable[[int], None]
) -> None:
    district(1)
    clerk = User.objects.get(username="taizhangyuan")
    declared = save(
        Organisation.objects.branches()[0], actor_of(clerk, on=NOW.date()), NOW, "declarations", **raw("declarations")
    )  # fmt: skip
    enter(page, "zuzhike")
    visit(page, f"/ledgers/declarations/{declared.pk}/")
    expect(page.get_by_text("等待上级确认")).to_be_visible()
    is_accessible(page)
    page.get_by_role("button", name="确认这份申报").click()
    expect(page.get_by_text("上级已确认")).to_be_visible()
    settle(page)
