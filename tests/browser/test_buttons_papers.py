"""Every button of the office's own Word files does what it says, and a version is tried from its
page before it is used.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from taizhang.papers.models import PaperTemplate
from taizhang.papers.word_templates import kinds as template_kinds
from taizhang.papers.word_templates import queries as template_queries
from tests.browser.pressing import Press, World
from tests.browser.steps import MARKS
from tests.make import cast
from tests.papers import clerk

pytestmark = MARKS
LETTER = "/papers/templates/letter/"


def _pages(_: World) -> Iterator[str]:
    """The list, and the page of each kind."""
    yield "/papers/templates/"
    yield from (f"/papers/templates/{kind.slug}/" for kind in template_kinds.every())


def _file(_: World) -> Any:
    return {
        "name": "反馈意见.docx",
        "mimeType": "application/octet-stream",
        "buffer": clerk.letter(),
    }


def _try(w: World) -> None:
    """Follow the link of the page, as somebody does who looks at the sample."""
    page = w.window("office")
    page.goto(LETTER)
    with page.expect_download() as loaded:
        page.get_by_role("link", name="样例 Word").click()
    data = loaded.value.path().read_bytes()
    assert "示例教育局" in docx.Document(io.BytesIO(data)).sections[0].header.paragraphs[0].text


def _in_use(wanted: int | None) -> Any:
    def asked(_: World) -> bool:
        found = template_queries.in_use("letter")
        return (found.number if found else None) == wanted

    return asked


STORY = (
    Press("office", lambda _: LETTER, "上传并检查", lambda _: PaperTemplate.objects.get().note == "页眉", {"file": _file, "note": "页眉"}),
    Press("office", lambda _: LETTER, "启用这一版", _in_use(1), {"note": "局办同意"}, first=_try),
    Press("office", lambda _: LETTER, "停用，改回内置格式", _in_use(None)),
)  # fmt: skip


def test_every_button_of_templates_does_what_it_says(
    browser: Browser, live_server: LiveServer
) -> None:
    w = World(cast(timezone.now()), browser, live_server.url, _pages)
    for press in STORY:
        w.press(press)
        w.look("office")
    w.look("clerk")
    w.close()
    assert len(w.pressed) == 3


def test_the_faults_of_a_file_stand_above_the_form_and_the_note_stays(
    browser: Browser, live_server: LiveServer
) -> None:
    w = World(cast(timezone.now()), browser, live_server.url, _pages)
    page = w.window("office")
    page.goto(LETTER)
    data = clerk.letter("{{ 发文号 }}")
    page.get_by_label("模板文件").set_input_files(
        {"name": "x.docx", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_label("说明（改了什么）").fill("第一次")

    page.get_by_role("button", name="上传并检查").click()

    told = page.get_by_role("alert").inner_text()
    assert "没有字段“发文号”。是不是“文号”？" in told
    assert page.get_by_label("说明（改了什么）").input_value() == "第一次"
    for context in w.contexts.values():
        context.close()
