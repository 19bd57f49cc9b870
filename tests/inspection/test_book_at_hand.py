"""The ledger book lies two clicks from where each role begins its day."""

from __future__ import annotations

import re
from typing import Any

import pytest

from taizhang.inspection.site import pack
from tests.inspection.conftest import Scene

pytestmark = pytest.mark.django_db


def _is_book(answer: Any) -> bool:
    """A file at once, or the page of a job that makes a thick one."""
    return bool(answer.status_code == 302 or answer["Content-Type"] == "application/pdf")


def test_the_office_prints_it_from_the_branch_that_the_overview_leads_to(
    scene: Scene, login: Any
) -> None:
    office, own = login(scene.people.users["office"]), scene.people.own.pk
    assert f'href="/branches/{own}/"' in office.get("/board/?all=1").content.decode()

    page = office.get(f"/branches/{own}/").content.decode()

    found = re.search(r'href="(/papers/book/\d+/\?[^"]+)"', page)
    assert found
    assert _is_book(office.get(found[1].replace("&amp;", "&")))


def test_a_keeper_goes_from_what_is_to_do_to_the_form_and_prints(scene: Scene, login: Any) -> None:
    clerk, own = login(scene.people.users["clerk"]), scene.people.own.pk
    assert f'href="/papers/book/{own}/"' in clerk.get(f"/branches/{own}/todo/").content.decode()
    assert 'name="form" value="pdf"' in clerk.get(f"/papers/book/{own}/").content.decode()


def test_an_inspector_has_it_at_the_unit_that_he_reads(scene: Scene, login: Any) -> None:
    told = pack.pack(scene.people.actor("inspector"), scene.now)
    own = next(one for one in told["visits"] if one["unit"] == scene.people.own.short_name)

    assert "from=2015-01-01&to=2018-10-31" in own["book"]
    assert _is_book(login(scene.people.users["inspector"]).get(own["book"]))
