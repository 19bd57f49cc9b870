"""Pages that are pictures: recognised once, by a worker, and shown beside what was read of them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from taizhang.documents import scanned
from taizhang.intake.models import Paper
from taizhang.kernel.jobs import worker
from taizhang.ledgers.evidence import recognised
from taizhang.ledgers.models import EvidenceFile, Recognised
from taizhang.ledgers.search.page import search
from tests.make import Cast, picture

pytestmark = pytest.mark.django_db
LINES = ("支委会会议记录", "时间：2018年3月6日", "会议议题：研究春季植树活动")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every page that was recognised."""
    found: list[bytes] = []

    def told_of(data: bytes) -> Mapping[str, Any]:
        found.append(data)
        lines = [
            (text, 100.0, 80.0 + at * 90, 900.0, 120.0 + at * 90, 0.99, 0.0)
            for at, text in enumerate(LINES)
        ]
        return {"size": [1240, 1754], "lines": lines, "across": [], "down": []}

    monkeypatch.setattr(scanned, "available", lambda: True)
    monkeypatch.setattr(scanned, "told_of", told_of)
    return found


def _hand_in(client: Client, people: Cast, data: bytes, name: str) -> str:
    stream = io.BytesIO(data)
    stream.name = name
    answer = client.post("/intake/", {"file": [stream], "branch": people.own.pk})
    assert answer.status_code == 302
    return str(answer["Location"])


def _scan() -> bytes:
    out = io.BytesIO()
    Image.new("L", (620, 877), 200).save(out, "PDF")
    return out.getvalue()


@pytest.mark.parametrize(("data", "name"), [(picture, "记录.png"), (_scan, "记录.pdf")])
def test_no_page_waits_for_it(
    people: Cast,
    login: Any,
    asked: list[bytes],
    django_capture_on_commit_callbacks: Any,
    data: Any,
    name: str,
) -> None:
    clerk = login(people.users["clerk"])
    batch = _hand_in(clerk, people, data(), name)
    assert asked == []
    assert "正在识别，还有 1 份" in clerk.get(batch).content.decode()

    worker.work_off()
    assert len(asked) == 1
    paper = Paper.objects.get()
    page = clerk.get(f"/intake/papers/{paper.pk}/").content.decode()
    clerk.post(f"/intake/papers/{paper.pk}/kind/", {"kind": "meetings"})
    look = clerk.get(f"/evidence/{paper.file_id}/look/").content.decode()

    assert "研究春季植树活动" in page
    assert scanned.NOTE in look or name == "记录.png"
    assert len(asked) == 1


def test_a_picture_is_seen_beside_its_form(
    people: Cast, login: Any, asked: list[bytes], django_capture_on_commit_callbacks: Any
) -> None:
    clerk = login(people.users["clerk"])
    _hand_in(clerk, people, picture(), "记录.png")
    worker.work_off()
    paper = Paper.objects.get()

    page = clerk.get(f"/intake/papers/{paper.pk}/").content.decode()

    assert f'src="/evidence/{paper.file_id}/large/"' in page


def test_a_picture_is_found_by_its_words(
    people: Cast, login: Any, asked: list[bytes], django_capture_on_commit_callbacks: Any
) -> None:
    _hand_in(login(people.users["clerk"]), people, picture(), "记录.png")
    worker.work_off()

    found = search(words="春季植树", actor=people.actor("clerk")).hits

    assert [hit.url for hit in found] == [f"/evidence/{EvidenceFile.objects.get().pk}/look/"]


def test_what_is_kept_is_sealed_and_belongs_to_the_recogniser(
    people: Cast,
    login: Any,
    asked: list[bytes],
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _hand_in(login(people.users["clerk"]), people, picture(), "记录.png")
    worker.work_off()
    sha256 = EvidenceFile.objects.get().sha256
    assert "植树" in Recognised.objects.get(sha256=sha256).told

    monkeypatch.setattr(scanned, "EDITION", "next")
    recognised.source_of(sha256, recognise=True)

    assert len(asked) == 2
