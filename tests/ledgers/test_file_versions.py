"""Versions of a file on a record: the newer stands in force, the older stays readable, with day,
author and reason.
"""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.kernel.errors import BadInput
from taizhang.kernel.jobs import worker
from taizhang.kernel.models import JournalLine
from taizhang.ledgers import changes
from taizhang.ledgers.disposal import actions as disposals
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence import queries, versions
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile, EvidenceLink, EvidenceVersion, SearchLine
from taizhang.papers.documents import attached
from tests.make import Cast, picture, raw, save

pytestmark = pytest.mark.django_db
MEETINGS = KINDS["meetings"]


def _word(text: str) -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


@pytest.fixture
def meeting(people: Cast, now: datetime) -> Any:
    """A record with one file."""
    clerk = people.actor("clerk")
    entry = save(people.own, clerk, now, "meetings", **raw("meetings"))
    taken = evidence.take_in(
        branch=people.own, name="记录.docx", data=_word("琥珀鲸在会上"), kind="", actor=clerk, now=now
    )  # fmt: skip
    evidence.attach(file=taken.file, kind=MEETINGS, entry=entry, actor=clerk, now=now)
    return entry


def _replace(people: Cast, now: datetime, entry: Any, data: bytes, why: str = "补盖章") -> Any:
    return evidence.replace(
        link=EvidenceLink.objects.get(), file=("记录（盖章）.docx", data), reason=why,
        kind=MEETINGS, entry=entry, actor=people.actor("clerk"), now=now,
    )  # fmt: skip


def test_the_newer_stands_in_force_and_the_older_stays_readable_with_its_reason(
    people: Cast, login: Any, now: datetime, meeting: Any
) -> None:
    clerk, older = login(people.users["clerk"]), EvidenceFile.objects.get()
    link = EvidenceLink.objects.get()
    at = f"/ledgers/meetings/{meeting.pk}/files/"

    answer = clerk.post(
        f"{at}{link.pk}/replace/",
        {"file": SimpleUploadedFile("记录（盖章）.docx", _word("银杏叶")), "reason": "补盖章"},
    )

    assert answer.status_code == 302
    page = clerk.get(at).content.decode()
    assert "第2版" in page
    assert f"由{people.users['clerk'].name}更换：补盖章" in page
    look = clerk.get(f"/evidence/{older.pk}/look/").content.decode()
    assert "这是旧版本" in look
    assert "琥珀鲸在会上" in look
    assert EvidenceLink.objects.get().file.name == "记录（盖章）.docx"
    line = JournalLine.objects.get(verb="ledgers.replace_file")
    assert "补盖章" in str(line.detail)
    meeting.refresh_from_db()
    assert meeting.n_files == 1


def test_the_reason_stands_in_row_and_journal_as_it_was_written(
    people: Cast, now: datetime, meeting: Any
) -> None:
    _replace(people, now, meeting, _word("银杏叶"), f" {'因' * 200} ")

    assert EvidenceVersion.objects.get().reason == "因" * 200
    assert JournalLine.objects.get(verb="ledgers.replace_file").detail["reason"] == "因" * 200


def test_whoever_listens_hears_that_files_of_a_record_changed(
    people: Cast, now: datetime, meeting: Any, monkeypatch: Any
) -> None:
    heard: list[tuple[int | None, str, bool]] = []
    monkeypatch.setattr(
        changes, "LISTENERS", [lambda one, _: heard.append((one.record, one.how, one.files))]
    )

    _replace(people, now, meeting, _word("银杏叶"))
    evidence.detach(
        link=EvidenceLink.objects.get(), kind=MEETINGS, entry=meeting, actor=people.actor("clerk"), now=now
    )  # fmt: skip

    assert heard == [(meeting.pk, "files", True)] * 2


def test_the_search_finds_the_version_in_force_and_leaves_the_older_out(
    people: Cast, now: datetime, meeting: Any
) -> None:
    worker.work_off()
    assert SearchLine.objects.filter(kind="files", text__contains="琥珀鲸").exists()

    _replace(people, now, meeting, _word("银杏叶"))
    worker.work_off()

    assert SearchLine.objects.filter(kind="files", text__contains="银杏叶").exists()
    assert not SearchLine.objects.filter(kind="files", text__contains="琥珀鲸").exists()
    assert not queries.spare(people.own, people.actor("clerk")).exists()


def test_the_binder_prints_the_version_in_force(people: Cast, now: datetime, meeting: Any) -> None:
    newer = _replace(people, now, meeting, picture(form="JPEG"))

    links = queries.links_between(people.own, date(2015, 1, 1), date(2019, 1, 1), people.actor("clerk"))  # fmt: skip
    (printed,), _ = attached.chosen(list(links))

    assert newer.sha256 in str(printed.source)


def test_what_was_in_force_before_may_come_back_and_every_step_is_told(
    people: Cast, now: datetime, meeting: Any
) -> None:
    first = EvidenceFile.objects.get()
    _replace(people, now, meeting, _word("银杏叶"))

    back = _replace(people, now, meeting, _word_again(first), "改回")

    assert back.pk == first.pk
    back.refresh_from_db()
    assert back.withdrawn_at is None
    (one,) = versions.with_earlier(MEETINGS, meeting, queries.links_of(MEETINGS, meeting))
    assert [(old.file.name, old.reason) for old in one.earlier] == [("记录（盖章）.docx", "改回"), ("记录.docx", "补盖章")]  # fmt: skip
    assert one.number == 3


def _word_again(file: EvidenceFile) -> bytes:
    with evidence.opened(file.sha256) as stored:
        return bytes(stored.read())


@pytest.mark.parametrize(("same", "why", "told"), [(True, "x", "内容相同"), (False, " ", "须写明原因")])  # fmt: skip
def test_a_replacement_without_change_or_reason_is_refused(
    people: Cast, now: datetime, meeting: Any, same: bool, why: str, told: str
) -> None:
    data = _word_again(EvidenceFile.objects.get()) if same else _word("银杏叶")

    with pytest.raises(BadInput, match=told):
        _replace(people, now, meeting, data, why)

    assert not EvidenceVersion.objects.exists()


def test_for_other_records_the_older_stays_in_force(
    people: Cast, now: datetime, meeting: Any
) -> None:
    clerk, older = people.actor("clerk"), EvidenceFile.objects.get()
    talk = save(people.own, clerk, now, "talks", **raw("talks"))
    link = EvidenceLink.objects.get()
    evidence.attach(file=older, kind=KINDS["talks"], entry=talk, actor=clerk, now=now)

    evidence.replace(
        link=link, file=("新.docx", _word("银杏叶")), reason="补盖章", kind=MEETINGS, entry=meeting, actor=clerk, now=now
    )  # fmt: skip

    older.refresh_from_db()
    assert older.withdrawn_at is None
    assert EvidenceLink.objects.get(kind="talks").file_id == older.pk


def test_destroying_the_record_destroys_its_older_versions(
    people: Cast, now: datetime, meeting: Any
) -> None:
    _replace(people, now + timedelta(minutes=1), meeting, _word("银杏叶"))

    files = disposals._without_links(MEETINGS, meeting.pk)

    assert {one.name for one in files} == {"记录.docx", "记录（盖章）.docx"}
    assert not EvidenceVersion.objects.exists()
