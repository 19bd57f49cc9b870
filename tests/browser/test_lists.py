"""A list as clerks and the organisation section use it: ticks and one reason, columns, a filter
with a name, the tree.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from taizhang.orgs.models import Area, AreaMembership
from tests.browser.steps import (
    BOTH,
    MARKS,
    PHONE,
    enter,
    is_accessible,
    leave,
    settle,
    unfold,
    visit,
    who_can_log_in,
)
from tests.conftest import NOW
from tests.make import Cast, inspected, raw, save

pytestmark = MARKS
LIST = "/ledgers/activities/"


def _three(people: Cast) -> None:
    clerk = people.actor("clerk")
    for day in ("2016-05-01", "2017-05-01", "2018-05-01"):
        save(people.own, clerk, NOW, "activities", **raw("activities") | {"held_on": day})


def test_a_clerk_withdraws_two_of_three_for_one_reason(page: Page) -> None:
    people = who_can_log_in()
    _three(people)
    enter(page, "clerk")
    visit(page, f"{LIST}?sort=held_on")
    is_accessible(page)
    page.get_by_label("勾选本页全部").and_(page.locator(":visible")).check()
    expect(page.locator("[data-ticked-count]")).to_have_text("勾选了 3 条：")
    page.get_by_label("勾选 2016-05-01", exact=False).uncheck()
    expect(page.locator("[data-ticked-count]")).to_have_text("勾选了 2 条：")
    with page.expect_download() as got:
        page.get_by_role("button", name="导出所选").click()
    assert got.value.suggested_filename.endswith(".xlsx")
    page.get_by_label("撤回原因").fill("重复登记")
    page.once("dialog", lambda asked: asked.dismiss())
    page.get_by_role("button", name="撤回所选").click()
    expect(page.get_by_text("共 3 条")).to_be_visible()
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="撤回所选").click()
    expect(page.get_by_text("已撤回2条", exact=False)).to_be_visible()
    expect(page.get_by_text("共 1 条")).to_be_visible()
    assert page.url.endswith("?sort=held_on")


def _choose_and_move_columns(page: Page) -> None:
    """One column more; by the keyboard the first goes two places to the right and one back to the
    left.
    """
    boxes = page.locator("input[name=column]")
    last = boxes.last.get_attribute("value") or ""
    boxes.last.set_checked(not boxes.last.is_checked())
    second = boxes.nth(1).get_attribute("value") or ""
    page.locator("[data-column] button[name=right]").first.focus()
    for key in ("Enter", "Enter", "Shift+Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-moved]")).to_contain_text("现在是第2列")
    page.get_by_role("button", name="保存", exact=True).click()
    visit(page, LIST)
    expect(page.locator(f"input[name=column][value={last}]")).to_be_checked()
    expect(boxes.first).to_have_value(second)


def test_columns_stay_and_a_filter_has_a_name(page: Page) -> None:
    people = who_can_log_in()
    _three(people)
    enter(page, "clerk")
    visit(page, LIST)
    page.get_by_text("列", exact=True).click()
    is_accessible(page)
    _choose_and_move_columns(page)

    unfold(page).get_by_label("从", exact=True).fill("2017-01-01")
    expect(page.get_by_text("共 2 条")).to_be_visible()
    settle(page)
    page.get_by_text("存下的筛选").click()
    page.get_by_label("把现在的筛选存为").fill("近两年")
    page.get_by_label("甲校的人共用").check()
    page.get_by_role("button", name="存下", exact=True).click()
    expect(page.get_by_text("已存下“近两年”", exact=False)).to_be_visible()
    is_accessible(page)
    leave(page)
    enter(page, "secretary")
    visit(page, "/ledgers/")
    page.keyboard.press("Control+k")
    page.keyboard.type("近两年")
    page.get_by_role("link", name="近两年", exact=True).click()
    expect(page.get_by_text("共 2 条")).to_be_visible()
    page.get_by_role("button", name="删除筛选 近两年").click()
    expect(page.get_by_text("已删除“近两年”", exact=False)).to_be_visible()


@BOTH
def test_the_tree_stands_at_the_left_or_folds_into_a_choice(page: Page, width: int) -> None:
    people = who_can_log_in()
    _three(people)
    area = Area.objects.create(name="城南片区")
    AreaMembership.objects.create(
        area=area, organisation=people.own, valid_from=people.day.replace(year=2015)
    )
    enter(page, "office")
    visit(page, LIST)
    is_accessible(page)
    tree, choice = page.locator("nav.tree"), page.locator("select[name=branch]")
    if width == 1440:
        expect(choice).to_be_hidden()
        tree.get_by_role("link", name="乙校").click()
    else:
        expect(tree).to_be_hidden()
        expect(choice).to_be_hidden()
        unfold(page)
        choice.select_option(label="乙校")
        page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("共 0 条")).to_be_visible()
    visit(page, "/organisations/")
    is_accessible(page)
    visit(page, "/help/lists/")
    is_accessible(page)


def test_acts_stay_in_sight_only_for_what_is_ticked_and_no_head_stands_over_nothing(
    page: Page,
) -> None:
    _three(who_can_log_in())
    enter(page, "clerk")
    visit(page, LIST)
    expect(page.locator(".batch")).to_have_css("position", "static")
    page.get_by_label("勾选 2016-05-01", exact=False).check()
    expect(page.locator(".batch")).to_have_css("position", "sticky")

    visit(page, f"{LIST}?q=没有这样的文字")
    expect(page.get_by_text("没有这样的记录。")).to_be_visible()
    expect(page.locator(".listed thead")).to_be_hidden()


@PHONE
def test_a_phone_shows_the_whole_year(page: Page) -> None:
    people = who_can_log_in()
    inspected(NOW, (2016, 2018), people.day)
    enter(page, "clerk")
    visit(page, f"/branches/{people.own.pk}/todo/")
    marks = page.locator(".year tbody td")
    assert marks.count()
    beyond = "one => one.getBoundingClientRect().right > innerWidth"
    assert not any(one.evaluate(beyond) for one in marks.all())
