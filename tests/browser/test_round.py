"""A whole round in the browser, roles switching: plan, site with and without a network,
consultation, letter, rectification, look back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from taizhang.checks.actions import checking as checks
from taizhang.inspection.models import Answer, Finding, Letter, Round, SitePhoto, Visit
from tests.browser.steps import (
    MARKS,
    PHONE,
    enter,
    is_accessible,
    leave,
    picture_of_laptop,
    settle,
    visit,
    who_can_log_in,
)
from tests.browser.steps import picture as shoot
from tests.make import Cast, picture, raw, save

pytestmark = MARKS

WIDE, MOST_ITEMS = 1100, 45
"""From this width on the site has three columns; more items than these no unit has."""


def _as(page: Page, who: str) -> None:
    """Somebody else sits down: the one before leaves first."""
    if page.url.startswith("http"):
        visit(page, "/messages/")
    leave = page.get_by_role("button", name="退出")
    if leave.count():
        leave.click()
        expect(page.get_by_label("密码")).to_be_visible()
    enter(page, who)


def _shoot(page: Page, name: str) -> None:
    """A picture for the manual, of the wide page."""
    if page.viewport_size and page.viewport_size["width"] == 1440:
        shoot(page, name)
        picture_of_laptop(page, name)


def _press(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name, exact=True).first
    sends = button.evaluate("button => button.type === 'submit' && Boolean(button.form)")
    page.evaluate("window.before = true")
    button.click()
    if sends:
        page.wait_for_function("() => !window.before || document.querySelector('.stay')")
    settle(page)


def _plan(page: Page, today: date) -> None:
    page.goto("/rounds/new/")
    page.get_by_label("标题").fill("关于开展基层党建督查的通知")
    for label, day in (
        ("督查内容起", "2015-01-01"),
        ("督查内容止", "2018-12-31"),
        ("督查开始", f"{today}"),
        ("督查结束", f"{today}"),
    ):
        page.get_by_label(label).fill(day)
    page.get_by_label("要求模板").select_option("tianning-2018")
    is_accessible(page)
    _press(page, "建立草稿")
    _press(page, "增加片区")
    area = page.locator(".area").last
    area.get_by_label("片区", exact=False).first.fill("城南1")
    area.get_by_label("日期").fill(f"{today}")
    area.get_by_label("开始").fill("09:00")
    area.get_by_label("结束").fill("11:30")
    area.get_by_label("地点").fill("甲校")
    area.get_by_label("组长", exact=True).fill("team_leader")
    area.get_by_label("组员", exact=False).fill("inspector")
    area.get_by_text("增加单位").click()
    area.get_by_label("每行一个单位").fill("甲校\n乙校")
    _press(page, "保存安排")
    expect(page.get_by_text("安排已保存。")).to_be_visible()
    is_accessible(page)
    _shoot(page, "round-plan.jpg")


def _on_site(page: Page, width: int) -> int:
    """What an inspector does at one unit; how often he tapped."""
    visit = Visit.objects.get(unit__name="甲校", unit__area__round=Round.objects.latest("pk"))
    page.goto("/site/")
    expect(page.get_by_text("我的场次")).to_be_visible()
    is_accessible(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("link", name="甲校").click()
    page.evaluate(
        "sessionStorage.setItem('taps', '0'); document.addEventListener('click', (event) => { "
        "if (event.isTrusted && event.detail) sessionStorage.setItem('taps', String(1 + "
        "Number(sessionStorage.getItem('taps')))); }, true)"
    )
    page.get_by_role("button", name="开始查阅").click()
    page.locator("button", has_text="书记").first.click()
    is_accessible(page)
    if width == 390:
        shoot(page, "round-site.jpg")
    required = page.locator(".item li", has_text="依据：台账要求").first
    _turn_to(page, width, required)
    required.get_by_role("button", name="记为问题").click()
    expect(page.locator("#findings li")).to_have_count(1)
    _a_hint_is_confirmed_or_left(page, width)
    expect(page.locator("#badge")).to_have_text("已全部上传")

    _without_network(page, visit, width)
    left = page.get_by_role("button", name="一并认可")
    if left.count():
        left.click()
    page.get_by_role("button", name="查阅完毕").click()
    expect(page.locator("#badge")).to_have_text("已全部上传")
    return int(page.evaluate("sessionStorage.getItem('taps')"))


def _turn_to(page: Page, width: int, wanted: Locator | None = None) -> None:
    """On a wide window one item is open at a time: by K to the first, then by J until what is
    wanted is there.
    """
    if width < WIDE:
        return
    page.locator("#content").focus()
    for _ in range(MOST_ITEMS):
        page.keyboard.press("k")
    for _ in range(MOST_ITEMS):
        if wanted is None or wanted.count():
            return
        page.keyboard.press("j")


def _a_hint_is_confirmed_or_left(page: Page, width: int) -> None:
    """What the system only hints at asks first; unless it is confirmed, nothing is written.

    What it cannot tell is nothing to take over.
    """
    note = page.get_by_role("button", name="记为问题")
    hints = page.locator(".item li", has_text="系统提示，非台账要求")
    untold = page.locator(".item li").filter(has=page.locator(".s-unsure"))
    _turn_to(page, width, untold.first)
    expect(untold.first).to_be_visible()
    expect(untold.filter(has=note)).to_have_count(0)
    hint = hints.filter(has=note).first
    _turn_to(page, width, hint)
    hint.get_by_role("button", name="记为问题").click()
    asked = page.get_by_role("dialog", name="系统提示记为问题")
    expect(
        asked.get_by_text("这是系统提示，不是台账要求；经核实确属问题才写入反馈")
    ).to_be_visible()
    is_accessible(page)
    asked.get_by_role("button", name="记为问题").click()
    expect(asked).to_be_visible()
    asked.get_by_role("button", name="取消").click()
    expect(page.locator("#findings li")).to_have_count(1)
    hint.get_by_role("button", name="记为问题").click()
    asked.get_by_label("经核实，确属问题").check()
    asked.get_by_role("button", name="记为问题").click()
    expect(page.locator("#findings li")).to_have_count(2)
    page.locator("#findings li").last.get_by_role("button", name="撤销").click()
    expect(page.locator("#findings li")).to_have_count(1)


def _without_network(page: Page, visit: Visit, width: int) -> None:
    """Answers and a photo are kept through a reload, and arrive when the network is back; the
    records are there to be read.
    """
    page.wait_for_function("evidence.byVisit.size > 0 && !evidence.busy")
    page.context.set_offline(True)
    _turn_to(page, width)
    cards = page.locator(".item[data-no]").filter(has=page.get_by_label("拍照", exact=False))
    for at in range(3):
        if width < WIDE:
            cards.nth(at).get_by_role("button", name="缺失").click()
        else:
            page.keyboard.press("3")
        expect(page.locator("#badge")).to_have_text(f"没有网络 · 未上传 {at + 1}")
    cards.nth(0).get_by_label("拍照", exact=False).set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(page.locator("#badge")).to_have_text("没有网络 · 未上传 4")
    page.reload()
    expect(page.locator(".unit-bar")).to_be_visible()
    expect(page.locator("#badge")).to_contain_text("未上传 4")
    assert page.evaluate("evidence.byVisit.size") > 0
    assert Answer.objects.filter(visit=visit).count() == 0

    page.context.set_offline(False)
    expect(page.locator("#badge")).to_have_text("已全部上传", timeout=20_000)
    assert Answer.objects.filter(visit=visit, verdict="missing").count() == 3
    assert SitePhoto.objects.count() == 1


def _consult(page: Page) -> None:
    visit = Visit.objects.get(unit__name="甲校", unit__area__round=Round.objects.latest("pk"))
    _advice_is_taken_by_a_click(page, visit)
    page.goto(f"/visits/{visit.pk}/consultation/")
    page.get_by_label("总体评价").fill("工作有基础，规范性还有差距")
    page.get_by_label("肯定的成绩和经验").fill("台账门类齐全")
    page.get_by_label("意见建议和改进措施").fill("补齐记录")
    page.get_by_label("被督查党组织意见").fill("认可，按时整改")
    _press(page, "保存会商记录")
    is_accessible(page)
    _shoot(page, "round-consultation.jpg")
    if page.get_by_label("原因").count():
        page.get_by_label("原因").fill("时间不够，其余项目另行查阅")
    _press(page, "督查组确认")
    _as(page, "secretary")
    page.goto(f"/visits/{visit.pk}/consultation/")
    page.get_by_label("负责人姓名").fill("书记甲")
    _press(page, "被督查单位确认")
    expect(page.get_by_text("已会商").first).to_be_visible()


def _advice_is_taken_by_a_click(page: Page, visit: Visit) -> None:
    """What was taken over stands in the words of a letter; the advice that is offered is the team's
    once somebody takes it.
    """
    taken = visit.findings.get(standing="draft")
    assert taken.suggestion == ""
    page.goto(f"/findings/{taken.pk}/")
    is_accessible(page)
    page.get_by_role("button", name="采用").click()
    offered = page.get_by_label("整改建议").input_value()
    assert "同类情况" in offered or "举一反三" in offered
    _press(page, "保存")
    taken.refresh_from_db()
    assert taken.suggestion == offered


def _rectify(page: Page, people: Cast, today: date) -> None:
    page.goto(f"/branches/{people.own.pk}/inspections/")
    is_accessible(page)
    _press(page, "签收反馈意见（甲校）")
    held = raw("meetings") | {"kind": "支委会", "held_on": f"{today}", "title": "研究整改方案"}
    save(people.own, people.actor("clerk"), timezone.now(), "meetings", **held)
    page.get_by_role(
        "link", name="2026-1-" if today.year == 2026 else f"{today.year}-1-"
    ).first.click()
    is_accessible(page)
    page.get_by_label("整改措施").fill("明确专人，按月登记")
    page.get_by_label("责任领导").fill("书记甲")
    page.get_by_label("责任人").fill("委员乙")
    _press(page, "保存方案")
    expect(page.get_by_text("整改中").first).to_be_visible()
    page.get_by_label("佐证").set_input_files(
        {"name": "后.png", "mimeType": "image/png", "buffer": picture()}
    )
    _press(page, "上传")
    page.get_by_label("整改结果").fill("已补齐")
    _press(page, "申请销号")
    expect(page.get_by_text("待核查").first).to_be_visible()
    is_accessible(page)


@PHONE
def test_a_round_from_its_plan_to_the_look_back(page: Page, width: int) -> None:
    people, today = who_can_log_in(), timezone.localdate()
    page.on("dialog", lambda dialog: dialog.accept())
    opened = _opened(page, today)
    _as(page, "inspector")
    assert _on_site(page, width) <= 40
    _as(page, "team_leader")
    _consult(page)

    _as(page, "office")
    page.goto(f"/rounds/{opened.pk}/progress/")
    is_accessible(page)
    page.goto(f"/rounds/{opened.pk}/findings/")
    is_accessible(page)
    _press(page, "反馈")
    expect(page.get_by_text("已向1个单位反馈。")).to_be_visible()
    assert Letter.objects.count() == 1

    _as(page, "secretary")
    _rectify(page, people, today)
    _verify(page, opened)
    _look_back(page, opened, today)


def _opened(page: Page, today: date) -> Round:
    """Planned, published, begun."""
    _as(page, "office")
    _plan(page, today)
    opened = Round.objects.get()
    page.goto(f"/rounds/{opened.pk}/")
    _press(page, "发布")
    checks.check_all(name="reference", actor=None, now=timezone.now())
    _press(page, "开始督查")
    is_accessible(page)
    return opened


def _verify(page: Page, opened: Round) -> None:
    _as(page, "office")
    finding = Finding.objects.get(standing="submitted")
    page.goto(f"/findings/{finding.pk}/")
    page.get_by_label("核查意见").fill("现场核对属实")
    _press(page, "同意销号")
    page.goto(f"/rounds/{opened.pk}/rectification/")
    is_accessible(page)
    _shoot(page, "round-rectification.jpg")


def _look_back(page: Page, opened: Round, today: date) -> None:
    page.goto(f"/rounds/{opened.pk}/follow-up/")
    page.get_by_label("督查开始").fill(f"{today + timedelta(days=60)}")
    page.get_by_label("督查结束").fill(f"{today + timedelta(days=60)}")
    page.get_by_label("仍由本轮发起回头看", exact=False).check()
    is_accessible(page)
    _press(page, "建立回头看草稿")
    _press(page, "发布")
    page.get_by_label("提前开始", exact=False).check()
    _press(page, "开始督查")
    second = Round.objects.latest("pk")
    _as(page, "inspector")
    page.goto("/site/")
    page.locator(".units").last.get_by_role("link", name="甲校").click()
    expect(page.get_by_role("heading", name="上轮问题（1）")).to_be_visible()
    page.get_by_role("button", name="未整改", exact=True).click()
    expect(page.locator("#findings li")).to_have_count(1)
    expect(page.locator("#badge")).to_have_text("已全部上传")
    assert Finding.objects.filter(repeat_of__isnull=False).count() == 1
    _as(page, "office")
    page.goto(f"/rounds/{second.pk}/compare/")
    whole = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="全部"))
    expect(whole.get_by_role("cell")).to_have_text(["0", "0", "1", "0", "0"])
    is_accessible(page)
    _shoot(page, "round-compare.jpg")


@pytest.mark.parametrize("width", [1440])
def test_nothing_is_left_on_the_device_after_leaving(page: Page) -> None:
    people, today = who_can_log_in(), timezone.localdate()
    begun(people, today)
    _as(page, "inspector")
    page.goto("/site/")
    expect(page.get_by_text("我的场次")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))") == [
        "taizhang-site"
    ]

    page.goto("/messages/")
    leave(page)

    left: dict[str, Any] = {
        "databases": page.evaluate("indexedDB.databases().then((all) => all.length)"),
        "caches": page.evaluate("caches.keys().then((all) => all.length)"),
        "workers": page.evaluate(
            "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
        ),
        "drafts": page.evaluate("Object.keys(localStorage).length"),
    }
    assert left == {"databases": 0, "caches": 0, "workers": 0, "drafts": 0}


def begun(people: Cast, today: date) -> None:
    from taizhang.inspection import actions
    from tests.inspection.conftest import plan_of

    office, now = people.actor("office"), timezone.now()
    opened = actions.open_blank(
        title="督查", period=(date(2015, 1, 1), date(2018, 12, 31)), days=(today, today), catalogue="tianning-2018", actor=office, now=now
    )  # fmt: skip
    actions.change_plan(opened=opened, plan=plan_of(people), actor=office, now=now)
    for verb in ("publish", "begin"):
        actions.advance(opened=opened, verb=verb, actor=office, now=now)
