"""帮助: the chapters are those of the manual, every page leads to one, and each role finds its own
first.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from taizhang.orgs.actions import duties
from taizhang.web.help import contents, reading
from tests.make import Cast

MANUAL = Path(__file__).parents[2] / "docs" / "manual"


@pytest.mark.parametrize("chapter", contents.CHAPTERS, ids=lambda one: one.slug)
def test_a_chapter_says_what_the_manual_says(chapter: contents.Chapter) -> None:
    told = reading.section((MANUAL / chapter.source).read_text("utf-8"), chapter.heading)
    if os.environ.get("TAIZHANG_ACCEPT"):
        (contents.FOLDER / f"{chapter.slug}.txt").write_text(told, "utf-8")

    assert chapter.text == told
    assert all(block.rows for block in reading.blocks(told))


def test_every_section_of_the_manual_for_people_is_a_chapter() -> None:
    headings = {
        (page, heading)
        for page in ("README.md", "rounds.md")
        for heading in re.findall(r"^## (.+)$", (MANUAL / page).read_text("utf-8"), re.MULTILINE)
    }
    assert headings == {(one.source, one.heading) for one in contents.CHAPTERS if one.heading}
    assert {path.stem for path in contents.FOLDER.glob("*.txt")} == {
        one.slug for one in contents.CHAPTERS
    }


def _names(resolver: URLResolver, prefix: str = "") -> list[str]:
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver) and one.namespace != "api":
            found += _names(one, f"{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern):
            found.append(f"{prefix}{one.name}")
    return found


def test_every_page_that_a_chapter_names_is_there() -> None:
    names = _names(get_resolver())
    for chapter in contents.CHAPTERS:
        for page in chapter.pages:
            assert any(name.startswith(page) for name in names), (chapter.slug, page)
    assert contents.of_page("ledgers:list") == "lists"
    assert contents.of_page("checks:item") == "verdicts"
    assert contents.of_page("inspection:rounds") == "arranging"
    assert contents.of_page("web:help") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "first", "later"),
    [
        ("office", "发起和安排一轮督查", "一个月的例行登记"), ("inspector", "现场十五分钟", "保管期限和销毁"),
        ("clerk", "登记一次会议", "发起和安排一轮督查"), ("security", "账号、授权、日志", "登记一次会议"),
        ("member", "我的账号", "登记一次会议"),
    ],
)  # fmt: skip
def test_each_role_finds_its_own_chapters_first(
    people: Cast, login: Any, who: str, first: str, later: str
) -> None:
    page = login(people.users[who]).get("/help/").content.decode()
    own, _, others = page.partition("其他各章")
    assert f">{first}</a>" in own
    assert f">{later}</a>" in others


@pytest.mark.django_db
def test_a_page_leads_to_its_chapter_and_the_chapter_reads_well(people: Cast, login: Any) -> None:
    client = login(people.users["clerk"])
    assert 'href="/help/lists/">帮助</a>' in client.get("/ledgers/meetings/").content.decode()
    page = client.get("/help/lists/").content.decode()
    assert "<b>勾选</b>：" in page
    assert "**" not in page
    assert client.get("/help/nothing/").status_code == 404
    for chapter in contents.CHAPTERS:
        assert len(client.get(f"/help/{chapter.slug}/").content) <= 60_000


@pytest.mark.django_db
def test_the_first_steps_tick_themselves(people: Cast, now: datetime, login: Any) -> None:
    client = login(people.users["clerk"])
    before = client.get("/help/").content.decode()
    assert re.search(r'未办</span> <a href="/me/">填提醒邮箱', before)
    assert re.search(r'✓ 已办</span> <a href="/ledgers/members/">党员花名册', before)
    duties.set_address(email="clerk@example.org", actor=people.actor("clerk"), now=now)
    assert re.search(
        r'✓ 已办</span> <a href="/me/">填提醒邮箱', client.get("/help/").content.decode()
    )
    assert "我的头几步" not in login(people.users["inspector"]).get("/help/").content.decode()
