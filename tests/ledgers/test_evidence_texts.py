"""What files say: found by the search, and shown on a page without a download."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from taizhang.documents import reading
from taizhang.documents.blocks import Paragraph, Table
from taizhang.kernel.jobs import queue, worker
from taizhang.kernel.jobs.models import Job
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence import texts
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile, SearchLine
from taizhang.ledgers.records.derived import search_index
from taizhang.ledgers.search import rebuild
from taizhang.ledgers.search.page import search
from tests.intake import corpus
from tests.intake.test_binder import BINDER, made
from tests.make import Cast, raw, save

pytestmark = pytest.mark.django_db
WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


def _take(people: Cast, now: datetime, data: bytes, name: str) -> EvidenceFile:
    return evidence.take_in(
        branch=people.own, name=name, data=data, kind="", actor=people.actor("clerk"), now=now
    ).file


def _words(data: bytes) -> set[str]:
    """Every word of a file by a plain look at it."""
    said = []
    for block in reading.source(data).blocks:
        if isinstance(block, Paragraph):
            said.append(block.text)
        elif isinstance(block, Table):
            said += [cell.text for row in block.rows for cell in row]
    return set(WORD.findall("\n".join(said)))


def _read() -> None:
    while Job.objects.filter(work=texts.WORK).exists():
        held = queue.take(Job.objects.get(work=texts.WORK))
        assert held is not None
        worker.carry_out(held)


def test_every_word_of_every_file_is_found(people: Cast, now: datetime) -> None:
    files = {}
    for case in BINDER[::4]:
        data = made(case)
        files[_take(people, now, data, case["file"]).pk] = _words(data)
    _read()

    said = {
        key: "".join(SearchLine.objects.filter(kind="files", entry_id=key).values_list("text", flat=True))
        for key in files
    }  # fmt: skip
    assert all(word in said[key] for key, words in files.items() for word in words)
    asked = [(key, max(words, key=len)) for key, words in files.items() if words]
    for key, word in asked:
        found = search(words=word[:12], actor=people.actor("clerk")).hits
        assert f"/evidence/{key}/look/" in [hit.url for hit in found], word


def test_a_file_that_was_never_read_is_read_when_a_worker_begins(
    people: Cast, now: datetime
) -> None:
    file = _take(people, now, corpus.talk_in_a_table(1).data, "谈话.docx")
    Job.objects.all().delete()

    texts.ask_for_what_was_left()
    _read()

    file.refresh_from_db()
    assert file.read_at is not None
    texts.ask_for_what_was_left()
    assert not Job.objects.filter(work=texts.WORK).exists()


def test_numbers_of_persons_do_not_lie_open_in_the_index(people: Cast, now: datetime) -> None:
    rows = [["姓名", "甲一"], ["身份证号", "110101199003078515"], ["电话", "13800000001"]]
    file = _take(people, now, corpus._word("登记表", table=rows), "登记表.docx")
    _read()

    text = SearchLine.objects.get(kind="files", entry_id=file.pk).text
    assert "甲一" in text
    assert not re.search(r"\d{11}", text)


def test_an_index_that_was_lost_is_written_again_with_the_words(
    people: Cast, now: datetime
) -> None:
    _take(people, now, corpus._word("", ["梧桐树下的约定"]), "一页.docx")
    _read()
    search_index.forget(search_index.FILES, EvidenceFile.objects.values_list("pk", flat=True))

    rebuild.catch_up()
    texts.ask_for_what_was_left()
    _read()

    assert search(words="梧桐树下", actor=people.actor("clerk")).total == 1


def test_what_a_file_says_is_shown_without_anything_of_it_running(
    people: Cast, now: datetime, login: Any
) -> None:
    rows = [
        ["时间", "2016年3月8日"],
        ["内容", "<script>alert(1)</script>见 https://example.org/a.js"],
    ]
    file = _take(people, now, corpus._word("谈话记录", table=rows), "谈话.docx")

    page = login(people.users["clerk"]).get(f"/evidence/{file.pk}/look/").content.decode()

    assert "<td>2016年3月8日</td>" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'src="https://example.org' not in page
    assert "下载原文件" in page


def test_a_file_of_another_branch_is_not_shown(people: Cast, now: datetime, login: Any) -> None:
    file = _take(people, now, corpus._word("", ["一行"]), "一页.docx")

    assert login(people.users["foreign"]).get(f"/evidence/{file.pk}/look/").status_code == 403


def test_what_cannot_be_read_is_said(people: Cast, now: datetime, login: Any) -> None:
    data = corpus._word("", ["一行"])
    file = _take(people, now, data, "一页.docx")
    file_on_disk = evidence.store().path(evidence.path_of(file.sha256))
    with open(file_on_disk, "wb") as stream:  # noqa: PTH123
        stream.write(b"PK\x03\x04 broken")

    _read()

    answer = login(people.users["clerk"]).get(f"/evidence/{file.pk}/look/")
    assert answer.status_code == 200
    assert '<p class="note">' in answer.content.decode()


def test_the_page_of_a_file_leads_to_the_records_that_it_serves(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk = people.actor("clerk")
    file = _take(people, now, corpus.talk_in_a_table(1).data, "谈话.docx")
    entry = save(people.own, clerk, now, "meetings", **raw("meetings"))
    evidence.attach(file=file, kind=KINDS["meetings"], entry=entry, actor=clerk, now=now)

    page = login(people.users["clerk"]).get(f"/evidence/{file.pk}/look/").content.decode()

    assert f'href="/ledgers/meetings/{entry.pk}/">' in page
