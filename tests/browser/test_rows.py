"""Rows below a record: pasted from a sheet, walked with the keyboard, and none of it in the
neighbour's field.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from taizhang.ledgers.kinds.meetings.reading import VOTES
from taizhang.ledgers.kinds.study_plans import StudyItem
from tests.browser.steps import MARKS, enter, is_accessible, settle, visit
from tests.browser.test_clerk import _fill, _small

pytestmark = MARKS


def test_rows_are_pasted_and_walked_with_the_keyboard(page: Page, width: int) -> None:
    _small()
    enter(page, "clerk")
    visit(page, "/ledgers/study-plans/new/")
    _fill(page, year="2018", adopted_on="2018-02-01", requirement="每月一次", assessment="检查笔记")
    page.locator("[name=items-0-content]").focus()
    page.evaluate(
        PASTE,
        "学习党章\t3\t集中学习\t理想信念\n教学研究\t5\t讨论\t业务能力\n读书\t13\t自学\t不知道",
    )
    expect(page.get_by_text("有1格没有填进去，请自己填写：不知道")).to_be_visible()
    page.locator("[name=items-2-month]").fill("12")
    page.locator("[name=items-2-content]").press("Enter")
    expect(page.locator("[name=items-3-content]")).to_be_focused()
    page.keyboard.type("总结")
    page.get_by_role("button", name="去掉学习安排第2行").click()
    is_accessible(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    settle(page)

    items = StudyItem.objects.order_by("pk").values_list("content", "month", "tag")
    assert list(items) == [("学习党章", 3, "ideals"), ("读书", 12, ""), ("总结", None, "")]


def test_a_vote_takes_what_is_pasted_short_or_long_or_under_its_heads(
    page: Page, width: int
) -> None:
    _small()
    enter(page, "clerk")
    visit(page, "/ledgers/meetings/new/?kind=党员大会")
    is_accessible(page)
    folded = page.locator("td.rare details")
    expect(folded).not_to_have_attribute("open", "")
    short = "第一项\t一般事项\t9\t8\t7\t1\t0\t通过"
    long = "第二项\t选举\t无记名投票\t9\t8\t1\t8\t8\t7\t1\t6\t0\t1\t未通过"
    headed = "赞成\t表决事项\t有效\n5\t第三项\t6"
    for at, text in enumerate((short, long, headed)):
        page.locator(f"[name=votes-{at}-subject]").focus()
        page.evaluate(PASTE, text)
        page.locator(f"[name=votes-{at}-subject]").press("Enter")
        expect(page.locator(f"[name=votes-{at + 1}-subject]")).to_be_focused()

    names = [column.name for column in VOTES.columns]
    rows = [
        [page.locator(f"[name=votes-{at}-{name}]").input_value() for name in names]
        for at in range(3)
    ]
    assert rows[0] == [
        "第一项",
        "一般事项",
        "",
        "9",
        "8",
        "",
        "",
        "",
        "",
        "",
        "7",
        "1",
        "0",
        "通过",
    ]
    assert rows[1] == long.split("\t")
    assert rows[2] == ["第三项", *[""] * 7, "6", "", "5", "", "", ""]
    opened = [one.get_attribute("open") is not None for one in folded.all()]
    assert opened == [False, True, True, False]
    assert page.get_by_text("没有填进去").count() == 0


def test_files_are_dropped_on_the_form_and_photographed(page: Page) -> None:
    _small()
    enter(page, "clerk")
    visit(page, "/ledgers/visits/new/")
    page.locator("[data-given]").evaluate(DROP, ["名单.pdf", "签到.pdf"])
    camera = page.locator("#id_camera")
    expect(camera).to_have_attribute("capture", "environment")
    camera.set_input_files({"name": "现场.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    page.locator("[data-given]").evaluate(DROP, ["补.pdf"])

    page.wait_for_function(f"({SENT})().length === 4")
    assert page.evaluate(SENT) == ["名单.pdf", "签到.pdf", "补.pdf", "现场.pdf"]
    assert page.locator("[data-given].over").count() == 0


SENT = (
    """() => new FormData(document.getElementById("entry")).getAll("file").map((one) => one.name)"""
)
"""The files that the form sends, those of the camera last."""
DROP = """(frame, names) => {
  const dataTransfer = new DataTransfer();
  for (const name of names) dataTransfer.items.add(new File(["%PDF"], name, { type: "application/pdf" }));
  for (const name of ["dragenter", "dragover", "drop"]) {
    frame.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
  }
}"""
PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""
