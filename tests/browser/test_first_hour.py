"""The first hour: forty units, from an empty database to a published round that is judged, with the
clicks counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from taizhang.checks.models import Verdict
from taizhang.inspection.models import RoundUnit
from taizhang.ledgers.sheets import excel
from taizhang.notices import read
from taizhang.orgs.actions import accounts
from taizhang.orgs.models import Duty, Membership, Organisation
from tests.browser.steps import MARKS, is_accessible, leave, show_factor
from tests.notices.papers import SAMPLE

pytestmark = MARKS
CLICKS = 36
"""Of the first hour, all of them; 40 at the most."""
MINUTES = 60
"""At the most, by the measures of `Hand.seconds`; the machine's own time is beside them."""
OWN = "Neu-Genug-2018"
LONG = 60_000
"""Milliseconds: forty organisations and their rosters are entered meanwhile, on
whatever machine.
"""


class Hand:
    """Somebody at the page: what he clicks, chooses and types is counted, and every page that he
    has to read.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.keys = self.pages = 0
        page.on("load", lambda _: self.reads())

    def reads(self) -> None:
        """A page that came."""
        self.pages += 1

    def types(self, field: Locator, text: str) -> None:
        """What is typed, a key a character."""
        self.keys += len(text)
        field.fill(text)

    def seconds(self) -> float:
        """What all this takes: three seconds a click, 0.3 a key, twenty to read a page; slow, as of
        somebody new to it.
        """
        return self.clicks * 3 + self.keys * 0.3 + self.pages * 20

    def press(self, what: Locator) -> None:
        """A click."""
        self.clicks += 1
        what.click()

    def link(self, name: str) -> None:
        """A link of that name."""
        self.press(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        """A button of that name; where the page asks back, that is a click more."""
        self.press(self.page.get_by_role("button", name=name, exact=True).first)

    def choose(self, label: str, value: str) -> None:
        """A choice from a list."""
        self.clicks += 1
        self.page.get_by_label(label).select_option(value)

    def file(self, label: str, path: Path) -> None:
        """A file, chosen in one click."""
        self.clicks += 1
        self.page.get_by_label(label, exact=False).set_input_files(path)

    def first_login(self, username: str, given: str) -> None:
        """With a slip: log in, set the own password, and a second factor where one is asked."""
        self.page.goto("/login/")
        self.types(self.page.get_by_label("用户名"), username)
        self.types(self.page.get_by_label("密码"), given)
        self.button("登录")
        self.types(self.page.get_by_label("原密码"), given)
        for label in ("新密码", "再输一遍"):
            self.types(self.page.get_by_label(label), OWN)
        self.press(self.page.get_by_role("button", name="保存", exact=True))
        self.page.wait_for_load_state()
        if "/second-factor/" in self.page.url:
            self.clicks += 2
            show_factor(self.page, username)

    def leave(self) -> None:
        """Log out."""
        self.clicks += 1
        leave(self.page)


def _keys_of(lists: list[excel.Listed]) -> int:
    """Keys for a workbook, cell by cell with the key that leaves it; what stood somewhere before is
    copied or filled down.
    """
    cells = [str(cell) for one in lists for row in one.rows for cell in row]
    return sum(len(cell) + 1 for cell in dict.fromkeys(cells)) + len(cells) - len(set(cells))


def _workbook(folder: Path) -> tuple[Path, int]:
    """Rosters of one member each, an account for each branch, and its duty; as a bureau types them;
    and its keys.
    """
    units = [unit.name for area in read.notice(SAMPLE.read_bytes()).areas for unit in area.organisations]  # fmt: skip
    people = [f"示例{chr(0x4E00 + 40 * at)}" for at in range(len(units))]
    rows = list(enumerate(zip(units, people, strict=True), start=1))
    lists = [
        excel.Listed("党员花名册", ["党支部", "姓名", "出生日期", "转正日期", "进入支部日期"], [[unit, who, f"1980-01-{at % 28 + 1:02}", "2009-06-01", "2013-07-01"] for at, (unit, who) in rows]),
        excel.Listed("支委任职", ["党支部", "姓名", "职务", "任职日期"], [[unit, who, "书记", "2015-01-10"] for _, (unit, who) in rows]),
        excel.Listed("账号", ["用户名", "姓名", "出生日期"], [[f"shuji{at}", who, f"1980-01-{at % 28 + 1:02}"] for at, (_, who) in rows]),
        excel.Listed("授权", ["用户名", "角色", "党组织"], [[f"shuji{at}", "支部书记", unit] for at, (unit, _) in rows]),
    ]  # fmt: skip
    path = folder / "开局工作簿.xlsx"
    path.write_bytes(excel.several(lists, ""))
    return path, _keys_of(lists)


@dataclass
class Bureau:
    """An empty database with its committee, the slips of the first start, and the workbook that was
    typed from papers.
    """

    slips: dict[str, str]
    workbook: Path
    keys: int
    """It took to type the workbook."""


@pytest.fixture
def bureau(db: Any, tmp_path: Path) -> Bureau:
    now = timezone.now()
    made = accounts.set_up(
        full_name="中共示例区教育局委员会",
        short_name="局党委",
        established_on=date(2010, 1, 1),
        now=now,
    )
    given = accounts.open_office(username="zuzhi", name="示例组织", now=now)
    return Bureau({who: slip for who, _, slip in made} | {"zuzhi": given}, *_workbook(tmp_path))


def _found_from_the_notice(hand: Hand, page: Page) -> None:
    expect(page.get_by_role("heading", name="开局的顺序")).to_be_visible()
    hand.link("督查通知")
    hand.file("通知文件", SAMPLE)
    hand.button("上传并识别")
    hand.button("确认无误，建立督查轮次")
    expect(page.get_by_role("heading", name="还没有对应党组织的（40 个名称）")).to_be_visible()
    is_accessible(page)
    for left in (20, 0):  # twenty names are looked at at a time
        hand.types(page.get_by_label("成立日期（各行通用", exact=False), "2013-07-01")
        if page.get_by_label("博爱的单位类型").count():
            hand.choose("博爱的单位类型", "school")
        hand.button("全部勾选")
        hand.button("办理勾选的")
        told = page.get_by_role("heading", name=f"还没有对应党组织的（{left} 个名称）")
        expect(told).to_be_visible(timeout=LONG)
    expect(page.get_by_text("每个单位都已对应到党组织", exact=False)).to_be_visible(timeout=LONG)


def _bring_in(hand: Hand, page: Page, workbook: Path, told: str) -> None:
    hand.file("开局工作簿（.xlsx）", workbook)
    hand.button("上传")
    expect(page.get_by_text(told, exact=False)).to_be_visible(timeout=LONG)
    is_accessible(page)


def _publish(hand: Hand, page: Page) -> None:
    hand.link("督查轮次")
    hand.press(page.locator("main tbody a").first)
    hand.clicks += 1  # the page asks back
    hand.button("发布")
    expect(page.locator("main .tag").first).to_have_text("已发布", timeout=LONG)


def _judged(page: Page) -> int:
    """How many branches have verdicts, as soon as the check that began with publishing
    is through.
    """
    for _ in range(LONG // 500):
        if Verdict.objects.values("branch").distinct().count() == 40:
            break
        page.wait_for_timeout(500)
    return Verdict.objects.values("branch").distinct().count()


@pytest.mark.parametrize("width", [1440], indirect=True)
def test_forty_units_from_nothing_to_a_judged_round(page: Page, bureau: Bureau) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    hand = Hand(page)
    hand.first_login("zuzhi", bureau.slips["zuzhi"])
    _found_from_the_notice(hand, page)
    hand.link("党组织")
    hand.link("开局工作簿")
    _bring_in(hand, page, bureau.workbook, "等系统管理员用这个文件办理")
    _publish(hand, page)
    hand.leave()
    for username in ("xitong", "anquan"):
        hand.first_login(username, bureau.slips[username])
        hand.press(page.get_by_role("link", name="用开局工作簿", exact=False))
        _bring_in(hand, page, bureau.workbook, "已入库")
        hand.leave()

    hand.keys += bureau.keys
    assert hand.clicks == CLICKS
    assert hand.seconds() / 60 <= MINUTES, (hand.clicks, hand.keys, hand.pages)
    assert not RoundUnit.objects.filter(organisation=None).exists()
    assert Organisation.objects.branches().count() == Membership.objects.count() == 40
    assert Duty.objects.filter(role="secretary").count() == 40
    assert _judged(page) == 40


def test_the_empty_pages_say_what_comes_next(page: Page, bureau: Bureau) -> None:
    hand = Hand(page)
    hand.first_login("zuzhi", bureau.slips["zuzhi"])
    for url, told in (
        ("/board/", "开局的顺序"), ("/organisations/", "下一步"), ("/rounds/", "下一步"), ("/notices/import/", "上传督查通知"),
        ("/first-workbook/", "您（组织科）上传时入库的是"), ("/meetings/", "开局的顺序"),
    ):  # fmt: skip
        page.goto(url)
        expect(page.get_by_text(told, exact=False).first).to_be_visible()
        is_accessible(page)
