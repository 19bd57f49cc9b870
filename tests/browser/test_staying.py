"""Forms that stay: a refusal, a lost session or a dead network loses nothing that was typed; and a
plan made by mouse and keyboard.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from taizhang.demo import seed
from taizhang.inspection import actions
from taizhang.inspection.models import Round
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.ledgers.records.queries import as_written
from tests.browser.steps import MARKS, enter, is_accessible, log_in, settle, visit, who_can_log_in
from tests.checks.test_district import NOW
from tests.inspection.conftest import DAY, plan_of
from tests.make import picture, raw, save

pytestmark = MARKS


def _draft() -> Round:
    people = who_can_log_in()
    office = people.actor("office")
    opened = actions.open_blank(
        title="关于开展督查的通知", period=(DAY.replace(year=2015), DAY), days=(DAY, DAY), catalogue="tianning-2018", actor=office, now=NOW
    )  # fmt: skip
    plan = plan_of(people)
    second = plan_of(people, name="城南2", units=[], sessions=[], leader="", members=[]).areas[0]
    actions.change_plan(
        opened=opened, plan=type(plan)([plan.areas[0], second]), actor=office, now=NOW
    )
    return opened


def _units(page: Page) -> list[list[str]]:
    return [
        one.locator("li > span").all_inner_texts() for one in page.locator("[data-units]").all()
    ]


def test_units_are_moved_by_mouse_and_by_list(page: Page, live_server: Any) -> None:
    del live_server
    opened = _draft()
    enter(page, "office")
    page.goto(f"/rounds/{opened.pk}/plan/")
    assert _units(page) == [["甲校", "乙校"], []]
    page.locator("[data-units] li", has_text="乙校").drag_to(
        page.locator(".area").nth(1).get_by_label("片区", exact=False).first
    )
    assert _units(page) == [["甲校"], ["乙校"]]
    page.get_by_label("把甲校移到").select_option(label="城南2")
    page.get_by_label("把甲校移到").select_option(label="上移")
    page.get_by_role("button", name="保存安排").click()
    expect(page.get_by_text("安排已保存。")).to_be_visible()
    assert _units(page) == [[], ["甲校", "乙校"]]


def test_a_refusal_is_told_in_place_and_nothing_is_lost(page: Page, live_server: Any) -> None:
    del live_server
    opened = _draft()
    enter(page, "office")
    page.goto(f"/rounds/{opened.pk}/plan/")
    page.get_by_label("组员", exact=False).first.fill("inspector 王示例")
    page.get_by_label("结束", exact=True).first.fill("08:00")
    page.get_by_role("button", name="保存安排").click()
    expect(page.get_by_role("alert")).to_contain_text("结束时间不晚于开始时间")
    expect(page.get_by_label("组员", exact=False).first).to_have_value("inspector 王示例")

    page.get_by_label("结束", exact=True).first.fill("11:00")
    page.context.set_offline(True)
    page.get_by_role("button", name="保存安排").click()
    expect(page.get_by_role("alert")).to_contain_text("网络不通")
    page.context.set_offline(False)

    Session.objects.all().delete()
    page.get_by_role("button", name="保存安排").click()
    expect(page.get_by_role("alert")).to_contain_text("登录已经过期")
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="在新窗口登录").click()
    again = opening.value
    again.get_by_label("用户名").fill("office")
    again.get_by_label("密码").fill(seed.PASSWORD)
    again.get_by_role("button", name="登录").click()
    settle(again)
    page.get_by_role("button", name="保存安排").click()
    expect(page.get_by_text("安排已保存。")).to_be_visible()
    assert [m.name for m in opened.areas.get(name="城南1").team.filter(role="member")] == ["inspector", "王示例"]  # fmt: skip


def test_a_session_that_ran_out_while_typing_loses_nothing(page: Page) -> None:
    """Not even what no draft keeps, such as what was said in a talk."""
    who_can_log_in()
    enter(page, "clerk")
    page.goto("/ledgers/talks/new/")
    page.get_by_label("谈话内容").fill("只在页面上的话")
    Session.objects.all().delete()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("您填写的内容还在本页", exact=False)).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    log_in(opened.value, "clerk")
    opened.value.close()
    expect(page.get_by_label("谈话内容")).to_have_value("只在页面上的话")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".wrong p").first).to_be_visible()
    expect(page.get_by_label("谈话内容")).to_have_value("只在页面上的话")
    page.context.set_offline(True)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("网络不通", exact=False)).to_be_visible()
    page.context.set_offline(False)


def test_a_part_of_a_page_is_never_a_whole_page(page: Page) -> None:
    """The hints are asked for after a field was changed; when nobody is logged in they are refused,
    with a page.
    """
    who_can_log_in()
    enter(page, "clerk")
    visit(page, "/ledgers/talks/new/")
    Session.objects.all().delete()
    page.get_by_label("谈话内容").fill("只在页面上的话")
    with page.expect_response("**/try/") as asked:
        page.get_by_label("谈话内容").blur()
    assert asked.value.status in (204, 403)
    expect(page.locator(".stay")).to_contain_text("登录已经过期")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_text("页面停留太久", exact=False)).to_have_count(0)
    is_accessible(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    log_in(opened.value, "clerk")
    opened.value.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".stay")).to_have_count(0)
    with page.expect_response("**/try/") as asked:
        page.get_by_label("谈话内容").fill("又改了一次")
        page.get_by_label("谈话内容").blur()
    assert asked.value.status == 200
    expect(page.get_by_label("谈话内容")).to_have_value("又改了一次")


def test_a_file_sent_after_the_session_is_told_and_sent_again(page: Page, width: int) -> None:
    people = who_can_log_in()
    entry = save(people.own, people.actor("clerk"), timezone.now(), "channels", **raw("channels"))
    enter(page, "clerk")
    page.goto(f"/ledgers/channels/{entry.pk}/")
    picked: FilePayload = {
        "name": "照片.png",
        "mimeType": "image/png",
        "buffer": picture(width % 200),
    }
    field = page.locator("#id_upload")
    settle(page)
    Session.objects.all().delete()
    field.set_input_files(picked)
    expect(page.locator("#files")).to_contain_text("“照片.png”没有传上去：登录已经过期")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    is_accessible(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    log_in(opened.value, "clerk")
    opened.value.close()
    field.set_input_files(picked)
    expect(page.get_by_role("link", name="照片.png").last).to_be_visible()
    expect(page.get_by_text("没有传上去", exact=False)).to_have_count(0)


def test_two_on_one_record_see_each_other_and_lose_nothing(page: Page) -> None:
    people = who_can_log_in()
    clerk = people.actor("clerk")
    kind, now = KINDS["channels"], timezone.now()
    entry = save(people.own, clerk, now, "channels", **raw("channels"))
    enter(page, "clerk")
    page.goto(f"/ledgers/channels/{entry.pk}/correct/")
    values = as_written(kind, entry) | {"name": "另一个人改的名称"}
    ledgers.correct(
        kind=kind, entry=entry, values=values, version=1, reason="对方改", actor=clerk, now=now
    )
    page.locator("[name=name]").fill("我改的名称")
    page.get_by_label("更正原因").fill("我的原因")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("他人刚才改了什么")).to_be_visible()
    expect(page.locator("#since")).to_contain_text("另一个人改的名称")
    expect(page.locator("[name=name]")).to_have_value("我改的名称")
    is_accessible(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已更正", exact=False)).to_be_visible()


def test_a_double_click_saves_once(page: Page) -> None:
    who_can_log_in()
    enter(page, "clerk")
    page.goto("/ledgers/activities/new/")
    for name, text in (
        ("held_on", "2018-09-05"),
        ("theme", "只登记一次"),
        ("place", "示例社区"),
        ("content", "打扫"),
    ):
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=form]").select_option("志愿服务")
    page.get_by_role("button", name="保存", exact=True).dblclick()
    expect(page.get_by_text("已保存", exact=False)).to_be_visible()
    assert KINDS["activities"].model.objects.count() == 1
    page.go_back()
    page.go_forward()
    assert KINDS["activities"].model.objects.count() == 1
