"""The page where pictures of a ticked sheet are handed in: empty, with a printed 检查表, and with what
was read.
"""

from __future__ import annotations

import io

from django.utils import timezone
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from taizhang.inspection.models import Answer
from tests.browser.steps import MARKS, enter, is_accessible, who_can_log_in
from tests.inspection import test_ticks as ticked
from tests.inspection.conftest import opened_scene

pytestmark = MARKS


def _payload(page: Image.Image, name: str) -> FilePayload:
    out = io.BytesIO()
    page.save(out, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": out.getvalue()}


def test_a_ticked_sheet_is_handed_in_looked_at_and_taken(page: Page, width: int) -> None:
    visit = opened_scene(who_can_log_in(), timezone.now()).own
    enter(page, "inspector")
    page.goto(f"/visits/{visit.pk}/ticks/")
    is_accessible(page)

    sheets = ticked._ticked(visit)
    own = ticked._checklist(visit.pk, visit.unit.organisation_id or 0)
    page.get_by_label("照片或扫描件").set_input_files(
        [_payload(sheets[0], "第一页.png"), _payload(own, "检查表.png")]
    )
    page.get_by_role("button", name="读取").click()

    expect(page.get_by_role("img", name="检查表：检查表.png")).to_be_visible()
    expect(page.get_by_label("第1项检查情况")).to_have_value("missing")
    expect(page.get_by_label("第2项检查情况")).to_have_value("")
    last = visit.unit.area.round.items.count()
    page.get_by_label(f"第{last}项备注").fill("见照片")
    is_accessible(page)
    page.get_by_role("button", name="确认录入").click()
    expect(page.get_by_role("button", name="确认录入")).to_be_visible()
    expect(page.get_by_role("img", name="检查表：检查表.png")).to_be_in_viewport()
    page.get_by_label(f"第{last}项检查情况").select_option("mostly")
    page.get_by_role("button", name="确认录入").click()

    page.wait_for_url("**/ticks/confirm/")
    assert Answer.objects.get(item__no=1).verdict == "missing"
    assert Answer.objects.get(item__no=last).note == "见照片"
    is_accessible(page)
    page.get_by_role("link", name="回到现场").click()
    expect(page.get_by_role("heading", name=visit.unit.name)).to_be_visible()
