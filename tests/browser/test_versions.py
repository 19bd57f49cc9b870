"""A new version of the program, on a device that keeps the page of before: all of the one, or all
of the other.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from taizhang.inspection.site.carried import parts
from tests.browser.steps import MARKS, enter, who_can_log_in
from tests.browser.test_round import begun

pytestmark = MARKS

NEW = "/static/aaaaaaaaaaaa/"
KEPT = "caches.keys().then((all) => all.join())"
NAMED = (
    "[...document.querySelectorAll('script[src], link[href]')].map((one) => new URL(one.src |"
    "| one.href).pathname)"
)
ACTIVE = (
    "new Promise((done) => { const look = () => caches.keys().then((all) => all.join() === "
    "%r && navigator.serviceWorker.controller ? done(true) : setTimeout(look, 50)); look(); })"
)


def _kept(page: Page, version: str) -> None:
    """Waits until the device keeps this version, and no other."""
    page.evaluate(ACTIVE % f"taizhang-site {version}")


def _without_network(page: Page, version: str) -> None:
    """The page is whole, and all that it names is of one version."""
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("我的场次")).to_be_visible()
    named = page.evaluate(NAMED)
    assert len(named) > 5
    assert [one for one in named if not one.startswith(version)] == []
    page.context.set_offline(False)


@pytest.mark.parametrize("width", [1440])
def test_a_new_version_takes_the_place_of_the_old_one_whole(
    page: Page, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = settings.STATIC_URL
    begun(who_can_log_in(), timezone.localdate())
    enter(page, "inspector")
    page.goto("/site/")
    expect(page.get_by_text("我的场次")).to_be_visible()
    _kept(page, old)
    _without_network(page, old)

    written, changed = parts.worker, []

    def halfway() -> str:
        """A new worker that names what is not there yet: one server of two was renewed."""
        changed.append(True)
        return written().replace("shrink.js", "absent.js")

    settings.STATIC_URL = NEW
    monkeypatch.setattr(parts, "worker", halfway)
    page.goto("/site/")
    expect(page.get_by_text("我的场次")).to_be_visible()
    page.evaluate(
        "navigator.serviceWorker.getRegistration('/site/').then((one) => one.update()).catch(()"
        " => null)"
    )
    assert changed
    assert old in page.evaluate(KEPT)
    _without_network(page, old)

    monkeypatch.setattr(parts, "worker", written)
    page.goto("/site/")
    page.evaluate("navigator.serviceWorker.getRegistration('/site/').then((one) => one.update())")
    _kept(page, NEW)
    _without_network(page, NEW)
