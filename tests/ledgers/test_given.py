"""Files are given with the form of a record: attached when it is saved, not lost when it is
refused.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.ledgers.models import EvidenceFile, EvidenceLink
from tests.make import Cast, picture, raw

pytestmark = pytest.mark.django_db
NEW = "/ledgers/meetings/new/"


def _said(people: Cast, *names: str, **more: object) -> dict[str, Any]:
    files = [SimpleUploadedFile(name, picture(90 + 60 * at)) for at, name in enumerate(names)]
    return raw("meetings") | {"branch": str(people.own.pk), "file": files} | more


def test_files_come_with_the_form_and_serve_the_record(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    form = clerk.get(NEW).content.decode()
    assert 'enctype="multipart/form-data"' in form
    assert 'capture="environment"' in form

    answer = clerk.post(NEW, _said(people, "签到.jpg", "会场.jpg"), follow=True)

    held = Meeting.objects.get()
    names = EvidenceLink.objects.filter(kind="meetings", entry_id=held.pk).values_list(
        "file__name", flat=True
    )
    assert set(names) == {"签到.jpg", "会场.jpg"}
    assert held.n_files == 2
    assert "附上了 2 个文件" in answer.content.decode()


def test_a_refused_form_keeps_them_until_it_is_saved(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    refused = clerk.post(NEW, _said(people, "签到.jpg", held_on="明天"))
    page = refused.content.decode()
    (file,) = EvidenceFile.objects.all()

    assert refused.status_code == 422
    assert "已收到，保存时附上：" in page
    assert f'name="given" value="{file.pk}"' in page
    assert not EvidenceLink.objects.exists()
    clerk.post(NEW, _said(people, given=str(file.pk)))
    assert EvidenceLink.objects.get().file == file
    assert EvidenceFile.objects.count() == 1


def test_a_wrong_file_is_told_and_the_record_is_saved(people: Cast, login: Any) -> None:
    wrong = SimpleUploadedFile("说明.txt", b"only text")
    said = _said(people) | {"file": [wrong]}
    page = login(people.users["clerk"]).post(NEW, said, follow=True).content.decode()

    assert Meeting.objects.count() == 1
    assert "没有附上：说明.txt" in page
    assert not EvidenceFile.objects.exists()


def test_nobody_attaches_a_file_of_another_branch(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    clerk.post(NEW, _said(people, "签到.jpg", held_on="明天"))
    key = str(EvidenceFile.objects.get().pk)
    said = raw("meetings") | {"branch": str(people.other.pk), "given": key}

    answer = login(people.users["foreign"]).post(NEW, said)

    assert answer.status_code == 403
    assert not Meeting.objects.exists()
    assert not EvidenceLink.objects.exists()
