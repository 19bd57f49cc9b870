"""The organisation section sees of each kind of ledger in how many branches something stands
against it, and which have none.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taizhang.checks.actions import checking
from taizhang.checks.models import Judged
from taizhang.orgs.models import Organisation
from tests.make import Cast, inspected, raw, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(people: Cast, now: datetime) -> None:
    """One branch of two holds a meeting, shorter than a meeting should be; both are judged."""
    inspected(now, (2018, 2018), date(2018, 10, 25))
    said = raw("meetings") | {"held_on": "2018-03-06", "starts_at": "15:30", "ends_at": "15:35"}
    save(people.own, people.actor("clerk"), now, "meetings", **said)
    checking.check_all(name="reference", actor=None, now=now)


def _cells(page: str, title: str) -> list[str]:
    row = page.partition(f">{title}</a></td>")[2].partition("</tr>")[0]
    return [re.sub("<[^>]+>", "", one).strip() for one in re.findall(r"<td[^>]*>(.*?)</td>", row)]


def test_the_list_of_ledgers_counts_branches_and_each_number_leads_to_them(
    people: Cast, login: Any, judged: None
) -> None:
    office = login(people.users["office"])
    page = office.get("/ledgers/?q=会议台账").content.decode()
    assert "2 个支部" in page
    assert _cells(page, "会议台账")[1:] == ["2", "1"], "who held none lacks one, which is a doubt"
    assert 'href="/checks/meetings/branches/?only=doubts">2</a>' in page

    bare = office.get("/checks/meetings/branches/?only=none").content.decode()
    assert people.other.short_name in bare
    assert f">{people.own.short_name}</a>" not in bare.partition("<tbody>")[2]
    every = office.get("/checks/meetings/branches/").content.decode()
    assert f'href="/ledgers/meetings/?branch={people.own.pk}">1</a>' in every
    assert re.search(rf'href="/branches/{people.own.pk}/items/L\d\d/">\d+</a>', every)
    assert "未核对" not in every.partition("<tbody>")[2]
    own = login(people.users["clerk"]).get("/ledgers/?q=会议台账").content.decode()
    assert "有疑点的支部" not in own, "who keeps a branch sees its own records"


def test_what_nobody_checked_is_said_to_be_so(
    people: Cast, now: datetime, login: Any, judged: None
) -> None:
    office = login(people.users["office"])
    Judged.objects.filter(branch=people.other).delete()
    page = office.get("/ledgers/?q=会议台账").content.decode()
    assert "其中 1 个支部未核对" in page
    assert _cells(page, "会议台账")[1:] == ["1", "1"]
    found = office.get("/checks/meetings/branches/?only=unjudged").content.decode()
    assert "共 1 个支部" in found
    assert ">未核对</td>" in found


def test_before_any_scope_nothing_is_called_clean(people: Cast, login: Any) -> None:
    page = login(people.users["office"]).get("/ledgers/?q=会议台账").content.decode()
    assert "疑点未核对" in page
    assert _cells(page, "会议台账")[1:] == ["未核对", "2"]


def test_more_branches_cost_no_more_questions(people: Cast, login: Any, judged: None) -> None:
    office, counts = login(people.users["office"]), []
    for more in (0, 2, 5):
        for at in range(more):
            Organisation.objects.create(
                parent=people.committee,
                full_name=f"中共新{more}{at}支部委员会",
                short_name=f"新{more}{at}",
                org_type=Organisation.Type.BRANCH,
                established_on=people.day.replace(year=2014),
            )
        each = []
        for url in ("/ledgers/", "/checks/meetings/branches/"):
            with CaptureQueriesContext(connection) as asked:
                office.get(url)
            each.append(len(asked))
        counts.append(each)
    assert counts[1] == counts[2]
