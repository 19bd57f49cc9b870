"""First contentful paint and load of the pages that carry the product, as ratios to another
checkout, in one run.

    python -m lab bench paint --against CHECKOUT [--kept DIR] [--loads 9]

Two sites run side by side, this code and the other's, each on a demo that its own code made (kept
under DIR for the next run, where one is given). One Chromium takes turns between both, so that
whatever else the machine does falls on both: the ratios hold on a machine that is shared, the
milliseconds do not. What is loaded first on each side is not counted.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from lab.chromium import CHROMIUM
from lab.ports import free_port, wait_for
from taizhang.demo.seed import PASSWORD

Line = dict[str, Any]
ROOT = Path(__file__).parents[2]
OFFICE, CLERK, TEAM = "zuzhike", "taizhangyuan", "zuyuan"
PAGES = (
    ("总览", OFFICE, "/board/"),
    ("支部", OFFICE, "/branches/{branch}/"),
    ("台账项", OFFICE, "/branches/{branch}/items/L30/"),
    ("三会一课", OFFICE, "/meetings/?year=2016"),
    ("整改", OFFICE, "/rounds/{round}/rectification/"),
    ("党员花名册", CLERK, "/ledgers/members/?branch={branch}"),
    ("会议登记", CLERK, "/ledgers/meetings/new/?branch={branch}&kind=支委会"),
    ("待办", CLERK, "/branches/{branch}/todo/"),
    ("现场", TEAM, "/site/"),
)
WIDTHS = (1440, 390)
_CALL = "import sys; from taizhang.config.cli.main import main; sys.exit(main(sys.argv[1:]))"
_TIMES = """() => new Promise((told) => setTimeout(() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const page = performance.getEntriesByType("navigation")[0];
  told([paint ? paint.startTime : 0, page.loadEventEnd, page.encodedBodySize]);
}, 60))"""


@dataclass(frozen=True)
class Site:
    """A running site: where it answers, and the keys of what is looked at."""

    address: str
    keys: dict[str, str]


def paint(against: Path, kept: Path | None, loads: int) -> list[Line]:
    """For each page and width the ratio new ÷ old of first paint and of load, medians of so many
    loads, with both in ms.
    """
    with ExitStack() as stack:
        folder = kept or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        addresses = [
            stack.enter_context(_running(code, folder / name))
            for name, code in (("new", ROOT), ("old", against.resolve()))
        ]
        playing = stack.enter_context(sync_playwright())
        browser = playing.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        sites = [Site(one, _keys(browser, one)) for one in addresses]
        return [line for width in WIDTHS for line in _of_width(browser, sites, width, loads)]


def _run(code: Path, data: Path, *words: str) -> subprocess.Popen[bytes]:
    told = os.environ | {"PYTHONPATH": str(code), "TAIZHANG_DATA": str(data)}
    told.pop("DATABASE_URL", None)
    return subprocess.Popen([sys.executable, "-c", _CALL, *words], cwd=code, env=told)  # noqa: S603


@contextmanager
def _running(code: Path, data: Path) -> Iterator[str]:
    """A site of a checkout on a demo of its own, made where there is none."""
    if not (data / "taizhang.sqlite3").exists():
        data.mkdir(parents=True, exist_ok=True)
        with _run(code, data, "demo", "--load-only") as loading:
            if loading.wait():
                raise SystemExit(f"no demo by the code in {code}")
    port = free_port()
    with _run(code, data, "serve", "--host", "127.0.0.1", "--port", f"{port}") as site:
        try:
            wait_for(port, lambda: site.poll() is None)
            yield f"http://127.0.0.1:{port}"
        finally:
            site.terminate()


def _entered(browser: Browser, address: str, who: str, width: int) -> BrowserContext:
    """Somebody at a browser of his own."""
    made = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    page = made.new_page()
    page.goto("/login/")
    page.locator("[name=username]").fill(who)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    page.close()
    return made


def _keys(browser: Browser, address: str) -> dict[str, str]:
    """The clerk's branch, and the round that stands first in the list."""
    clerk, office = (_entered(browser, address, who, 1440) for who in (CLERK, OFFICE))
    own, rounds = clerk.new_page(), office.new_page()
    own.goto("/")
    rounds.goto("/rounds/")
    found = re.search(r"/branches/(\d+)/", own.url)
    listed = re.search(r'href="/rounds/(\d+)/"', rounds.content())
    clerk.close()
    office.close()
    if not found or not listed:
        raise SystemExit(f"no branch or no round of the demo at {address}")
    return {"branch": found[1], "round": listed[1]}


def _of_width(browser: Browser, sites: list[Site], width: int, loads: int) -> Iterator[Line]:
    for who in dict.fromkeys(one for _, one, _ in PAGES):
        contexts = [_entered(browser, site.address, who, width) for site in sites]
        pages = [one.new_page() for one in contexts]
        for name, _, path in [one for one in PAGES if one[1] == who]:
            calls = [_load(page, site, path) for page, site in zip(pages, sites, strict=True)]
            yield _told(f"{name} {width}", *_in_turns(calls, loads))
        for context in contexts:
            context.close()


def _load(page: Page, site: Site, path: str) -> Callable[[], list[float]]:
    def load() -> list[float]:
        answer = page.goto(path.format(**site.keys), wait_until="load")
        if answer is None or not answer.ok:
            raise SystemExit(f"{answer and answer.status} {page.url}")
        found: list[float] = page.evaluate(_TIMES)
        return found

    return load


def _in_turns(calls: list[Callable[[], list[float]]], loads: int) -> list[list[list[float]]]:
    """What each side took, so many times: who begins changes every time, and the first time counts
    for nothing.
    """
    found: list[list[list[float]]] = [[], []]
    for turn in range(loads + 1):
        for side in (0, 1) if turn % 2 else (1, 0):
            took = calls[side]()
            if turn:
                found[side].append(took)
    return found


def _told(name: str, new: list[list[float]], old: list[list[float]]) -> Line:
    at = {"paint": 0, "load": 1}
    medians = {
        what: [statistics.median(took[n] for took in side) for side in (new, old)]
        for what, n in at.items()
    }
    words = "　".join(
        f"{what} {mine / theirs:.2f}（{mine:.0f}÷{theirs:.0f} ms）"
        for what, (mine, theirs) in medians.items()
        if theirs
    )
    ratios = {what: mine / theirs for what, (mine, theirs) in medians.items() if theirs}
    sizes = f"{new[0][2] / 1000:.1f}÷{old[0][2] / 1000:.1f} kB"
    return {"name": name, "value": f"{words}　{sizes}", "ratio": ratios}
