"""A doubt leads to the field that it speaks of: in the form, on the record's page, and of rows to
the row.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taizhang.checks import engine
from taizhang.checks.reasons.beside import form_places
from taizhang.checks.reasons.record_links import TABLES, kind_of
from taizhang.ledgers.forms import places
from taizhang.ledgers.kinds import KINDS
from taizhang.rules.base import Suspicion
from tests.make import Cast, inspected, raw, save

TRY = "/checks/meetings/try/"


@pytest.fixture
def tried(people: Cast, now: datetime, login: Any) -> Any:
    """What the form of a meeting of 2018 is told, with these inputs."""
    inspected(now, (2018, 2018), date(2018, 10, 25))
    client = login(people.users["clerk"])
    usual = raw("meetings") | {"branch": str(people.own.pk), "held_on": "2018-03-06"}
    return lambda **said: client.post(TRY, usual | said).content.decode()


def _leads(page: str) -> dict[str, str]:
    """The sentences that are links, with the inputs they lead to."""
    found = re.findall(r'<a class="mend" href="#id_([^"]+)">([^<]+)</a>', page)
    return {text: name for name, text in found}


@pytest.mark.django_db
def test_what_is_missing_or_wrong_leads_to_its_input(tried: Any) -> None:
    told = _leads(tried(place="", host_name="", ends_at="15:35", starts_at="15:30"))
    assert next(name for text, name in told.items() if "要素不全" in text) == "place"
    assert next(name for text, name in told.items() if "只开了5分钟" in text) == "ends_at"
    said = _leads(tried(discussion="请填写×××的情况" * 20))
    assert next(name for text, name in said.items() if "占位符" in text) == "discussion"


@pytest.mark.django_db
def test_of_rows_the_one_that_is_wrong_is_meant_as_the_form_numbers_it(tried: Any) -> None:
    right = {
        "subject": "第一项",
        "entitled_expected": "5",
        "entitled_present": "5",
        "in_favour": "5",
    }
    wrong = right | {"subject": "第二项", "in_favour": "4", "against": "3"}
    rows = {f"votes-0-{name}": text for name, text in right.items()}
    rows |= {"votes-1-subject": ""} | {f"votes-2-{name}": text for name, text in wrong.items()}

    told = _leads(tried(votes="", **rows))

    assert (
        next(name for text, name in told.items() if "多于实到有表决权" in text)
        == "votes-2-in_favour"
    )


@pytest.mark.django_db
def test_on_its_page_a_doubt_leads_to_the_line_and_to_the_form(
    people: Cast, now: datetime, login: Any, tried: Any
) -> None:
    del tried
    votes = "甲（应到：5；实到：5；赞成：5）\n乙（应到：5；实到：5；赞成：4；反对：3）"
    values = raw("meetings") | {
        "held_on": "2018-03-06",
        "place": "",
        "votes": votes,
        "starts_at": "15:30",
        "ends_at": "15:35",
    }
    entry = save(people.own, people.actor("clerk"), now, "meetings", **values)
    record, correct = f"/ledgers/meetings/{entry.pk}/", f"/ledgers/meetings/{entry.pk}/correct/"
    asked = f"/checks/meetings/{entry.pk}/reasons/"
    clerk, office = login(people.users["clerk"]), login(people.users["office"])
    page = clerk.get(asked).content.decode()

    assert f'href="{correct}#id_place">改这一栏</a>' in page
    assert "#told-place" not in page, "nothing stands there"
    assert 'href="#told-ends_at">看这一栏</a>' in page
    assert f'href="{correct}#id_votes-1-in_favour">改这一栏</a>' in page
    assert 'id="id_votes-1-in_favour"' in clerk.get(correct).content.decode()
    assert 'id="told-ends_at"' in clerk.get(record).content.decode()
    read = office.get(asked).content.decode()
    assert "改这一栏" not in read
    assert 'href="#told-votes">看这一栏</a>' in read
    item = clerk.get(f"/branches/{people.own.pk}/items/L29/").content.decode()
    assert f'href="{record}#told-ends_at">查看记录</a>' in item


@pytest.mark.django_db
def test_more_rows_cost_no_more_questions(
    people: Cast, now: datetime, login: Any, tried: Any
) -> None:
    del tried
    clerk, counts = login(people.users["clerk"]), []
    for month, n in ((1, 1), (2, 1), (3, 4)):
        votes = "\n".join(f"第{at}项（应到：5；实到：5；赞成：4；反对：3）" for at in range(n))
        values = raw("meetings") | {"held_on": f"2018-0{month}-06", "votes": votes}
        entry = save(people.own, people.actor("clerk"), now, "meetings", **values)
        with CaptureQueriesContext(connection) as asked:
            page = clerk.get(f"/checks/meetings/{entry.pk}/reasons/").content.decode()
        assert "#id_votes-0-" in page
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 14


NO_FIELD = {"PD.1", "PD.2", "L25.9", "L20.2", "L23.2f"}
"""Speak of a version that is not there, of a day that is worked out, or of a file."""


def test_every_rule_about_a_record_has_its_input() -> None:
    lost = set()
    for rule in engine.catalogue("tianning-2018").rules():
        slug, code = kind_of(rule), rule.id.partition(":")[2].partition("@")[0]
        if not slug or rule.own().table not in TABLES:
            continue
        first = next(iter(getattr(rule, "fields", {}).values()), "")
        name = form_places.place(rule, Suspicion(rule.id, 1, "2018", detail=first))
        if name:
            assert name in places.names(KINDS[slug]), rule.id
        elif not (rule.kind == "wording" and not rule.beside):
            lost.add(code)
    assert lost == NO_FIELD
