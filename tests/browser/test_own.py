"""A member sees himself and objects; a clerk sees what is masked for a reason; what need not be
kept is listed and destroyed.
"""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from taizhang.demo import seed
from taizhang.orgs.actions import duties as orgs
from taizhang.orgs.models import Membership, User
from tests.browser.steps import MARKS, enter, is_accessible, menu, who_can_log_in
from tests.browser.test_round import _as
from tests.ledgers.test_personal import MASKED, NUMBER, ROW
from tests.make import Cast, raw, save

pytestmark = MARKS
LONG_AGO = datetime(2012, 5, 6, 4, 0, tzinfo=UTC)


def _with_member() -> Cast:
    people = who_can_log_in()
    line = save(people.own, people.actor("clerk"), LONG_AGO, "members", **ROW)
    User.objects.filter(username="member").update(person=line.person)
    return people


def test_what_is_on_record_is_seen_and_contested(page: Page) -> None:
    _with_member()
    enter(page, "member")
    expect(page.get_by_text(MASKED)).to_be_visible()
    is_accessible(page)
    page.get_by_role("button", name="显示完整内容").click()
    expect(page.get_by_text(NUMBER)).to_be_visible()
    page.get_by_label("哪一项").select_option("dues")
    page.get_by_label("哪里不对", exact=False).fill("3月的党费已经交了")
    page.get_by_role("button", name="提交给支部").click()
    expect(page.get_by_text("等待支部答复")).to_be_visible()

    _as(page, "clerk")
    page.goto("/objections/")
    is_accessible(page)
    page.get_by_label("答复", exact=True).fill("已补登收据")
    page.get_by_label("异议成立", exact=False).check()
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_text("已补登收据")).to_be_visible()


def test_a_masked_number_is_seen_for_a_reason(page: Page) -> None:
    _with_member()
    enter(page, "clerk")
    page.goto(f"/ledgers/members/{Membership.objects.latest('pk').pk}/")
    expect(page.get_by_text(MASKED)).to_be_visible()
    page.get_by_text("查看带＊号的完整内容").click()
    is_accessible(page)
    page.get_by_label("原因", exact=True).fill("开介绍信")
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.get_by_text(NUMBER)).to_be_visible()
    page.goto("/search/")
    page.locator("main input[name=q]").fill(NUMBER)
    page.locator("main input[name=q]").press("Enter")
    expect(page.get_by_text("号码相符")).to_be_visible()


def test_what_need_not_be_kept_is_listed_approved_and_gone(page: Page) -> None:
    people = _with_member()
    orgs.open_account(
        username="office2",
        name="组织科二",
        password=seed.PASSWORD,
        duties=[("office", people.committee)],
        now=LONG_AGO,
    )
    save(
        people.own,
        people.actor("clerk"),
        LONG_AGO,
        "talks",
        **raw("talks") | {"held_on": "2013-11-08"},
    )
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, "office")
    menu(page).get_by_role("link", name="保管销毁").click()
    is_accessible(page)
    page.get_by_role("button", name="编制保管期满的清册").click()
    expect(page.get_by_text("另一位同志", exact=False)).to_be_visible()
    is_accessible(page)
    address = page.url
    _as(page, "office2")
    page.goto(address)
    page.get_by_label("批准文号").fill("示委〔2029〕1号")
    page.get_by_role("button", name="登记批准").click()
    page.get_by_role("button", name="按清册销毁").click()
    expect(page.get_by_text("已销毁，清册长期保存。")).to_be_visible()
    is_accessible(page)
