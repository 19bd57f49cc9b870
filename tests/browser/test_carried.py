"""现场 from a file: opened by its passphrase in a browser without any server, worked on, and brought
back.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from taizhang.inspection.models import Answer, Finding
from taizhang.inspection.site.carried import sealed
from tests.browser.steps import PHONE, is_accessible
from tests.inspection.conftest import opened_draft
from tests.make import Cast

pytestmark = pytest.mark.browser
WORD = "ein langes Wort"


@PHONE
@pytest.mark.django_db
def test_a_file_is_all_that_a_hall_needs(
    page: Page,
    people: Cast,
    now: datetime,
    login: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sealed, "ROUNDS", 1000)
    scene = opened_draft(people, now)
    for verb in ("publish", "begin"):
        scene.step(verb)
    client = login(people.users["inspector"])
    made = client.post("/site/file/", {"passphrase": WORD, "again": WORD})
    (tmp_path / "site.html").write_bytes(made.content)

    page.goto((tmp_path / "site.html").as_uri())
    page.get_by_label("口令").fill("another word")
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_text("口令不对")).to_be_visible()
    page.get_by_label("口令").fill(WORD)
    page.get_by_role("button", name="打开").click()
    page.get_by_role("link", name="甲校").click()
    is_accessible(page)
    page.locator("#content").focus()
    for _ in range(36):
        page.keyboard.press("k")
    page.keyboard.press("3")
    expect(page.get_by_text("未上传 1")).to_be_visible()
    page.reload()
    page.get_by_label("口令").fill(WORD)
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_text("未上传 1")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="导出成果").click()
    coming.value.save_as(tmp_path / "bundle.json")

    with (tmp_path / "bundle.json").open("rb") as file:
        answer = client.post("/site/file/back/", {"file": file, "passphrase": WORD})

    assert "新记入1条" in answer.content.decode()
    assert [one.verdict for one in Answer.objects.all()] == ["missing"]
    assert not Finding.objects.exists()
