"""The check before saving counts the files that are chosen on the form, of every kind, though none
of them was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.http import QueryDict

from taizhang.checks.reasons import queries
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence import chosen
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile
from tests.make import NEEDS, Cast, inspected, picture, raw, save

pytestmark = pytest.mark.django_db
PHOTO = "image/jpeg 会场.jpg"
LACKING = [
    ("meetings", {"held_on": "2018-03-06"}, "没有签到表或照片"),
    ("pushes", {"pushed_on": "2018-03-06"}, "没有截图"),
    ("room-uses", {"used_on": "2018-03-06"}, "没有照片资料"),
    ("search-attempts", {"done_on": "2018-03-06"}, "没有凭据"),
]
"""Kinds whose rules ask for a file, and what they say where there is none."""
Tried = Callable[..., str]


@pytest.fixture
def tried(people: Cast, now: datetime, login: Any) -> Tried:
    """What the form of a kind is told before it is saved."""
    inspected(now, (2016, 2018), date(2018, 10, 25))
    clerk = login(people.users["clerk"])

    def told(slug: str, **said: Any) -> str:
        needed = NEEDS.get(slug)
        if needed and not KINDS[needed].model.objects.exists():
            save(people.own, people.actor("clerk"), now, needed, **raw(needed))
        form = raw(slug) | {"branch": str(people.own.pk)} | said
        page: str = clerk.post(f"/checks/{slug}/try/", form).content.decode()
        assert "还不能保存" not in page
        return page

    return told


@pytest.mark.parametrize(("slug", "said", "lacking"), LACKING)
def test_a_file_that_is_chosen_is_not_missed(
    slug: str, said: dict[str, str], lacking: str, tried: Tried
) -> None:
    assert lacking in tried(slug, **said)
    assert lacking not in tried(slug, **said, chosen=[PHOTO])
    assert lacking in tried(slug, **said, chosen=["text/plain 会场.txt"]), "it would be refused"
    assert not EvidenceFile.objects.exists()


def test_what_is_wrong_is_told_with_the_name_of_its_field(people: Cast, login: Any) -> None:
    form = raw("members") | {"branch": str(people.own.pk), "name": "", "joined_on": ""}
    page = login(people.users["clerk"]).post("/checks/members/try/", form).content.decode()
    assert 'href="#id_name">姓名：不能为空。</a>' in page
    assert 'href="#id_joined_on">进入支部日期：不能为空。</a>' in page


def test_a_file_that_came_with_a_refused_post_is_not_missed(
    people: Cast, now: datetime, tried: Tried
) -> None:
    slug, said, lacking = LACKING[0]
    own, foreign = (
        evidence.take_in(
            branch=branch,
            name="会场.png",
            data=picture(),
            kind="",
            actor=people.actor(who),
            now=now,
        ).file
        for branch, who in ((people.own, "clerk"), (people.other, "foreign"))
    )

    assert lacking not in tried(slug, **said, given=[str(own.pk)])
    assert lacking in tried(slug, **said, given=[str(foreign.pk)])
    assert not own.links.exists()


def test_what_the_name_of_a_file_tells_is_judged_before_it_is_sent(tried: Tried) -> None:
    page = tried("meetings", held_on="2018-03-06", chosen=["image/jpeg 2018-03-09支委会.jpg"])
    assert "佐证材料的文件名日期比会议日期" in page


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_files_chosen_count_with_the_record_of_every_kind(
    kind: LedgerKind, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = []
    judge = queries.record_reasons

    def record_reasons(**about: Any) -> Any:
        entry = kind.model.objects.get(pk=about["key"])
        counted.append((entry.n_files, entry.n_pictures))
        return judge(**about)

    monkeypatch.setattr(queries, "record_reasons", record_reasons)

    tried(kind.slug, chosen=[PHOTO, "application/pdf 记录.pdf", " 签到.docx"])

    assert counted == [(3, 1)]
    assert not EvidenceFile.objects.exists()
    assert not kind.model.objects.filter(n_files=3).exists()


def test_only_what_a_record_can_take_counts() -> None:
    posted = QueryDict(mutable=True)
    lines = (" 无.exe", "image/heic 图", " 表.XLSX", "application/pdf 机密★1年.pdf", " 图.png")
    posted.setlist("chosen", lines)
    assert [one.name for one in chosen.told(posted)] == ["图", "表.XLSX", "图.png"]
