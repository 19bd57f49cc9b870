"""Versions of a file of the office: checked, tried, put in use, and taken back, each by the
organisation section alone.
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import docx
import pytest
from django.test import Client

from taizhang.kernel import libreoffice
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.papers.models import PaperTemplate
from taizhang.papers.word_templates import actions as templates
from taizhang.papers.word_templates import kinds as template_kinds
from taizhang.papers.word_templates import queries as template_queries
from tests.make import Cast
from tests.papers import clerk

pytestmark = pytest.mark.django_db
LETTER = template_kinds.named("letter")
every_kind = pytest.mark.parametrize("kind", template_kinds.every(), ids=lambda kind: kind.slug)


def _upload(people: Cast, now: datetime, *more: str, **about: Any) -> PaperTemplate:
    return templates.upload_template(
        kind=LETTER, name="反馈意见.docx", data=clerk.letter(*more), actor=people.actor("office"), now=now,
        **({"note": ""} | about),
    )  # fmt: skip


def _tried(people: Cast, now: datetime, *more: str) -> PaperTemplate:
    made = _upload(people, now, *more)
    templates.try_template(
        template=made, on="sample", form="docx", actor=people.actor("office"), now=now
    )
    return made


def _use(people: Cast, now: datetime, template: PaperTemplate | None) -> None:
    templates.use_template(
        kind=LETTER, template=template, note="", actor=people.actor("office"), now=now
    )


def test_an_upload_is_a_version_with_who_when_and_note(people: Cast, now: datetime) -> None:
    first, second = _upload(people, now, note="改了页眉"), _upload(people, now, "另一行")

    assert (first.number, second.number) == (1, 2)
    assert (first.uploaded_by, first.uploaded_at, first.note) == (people.users["office"], now, "改了页眉")  # fmt: skip
    assert template_queries.content_of(first) == clerk.letter()


def test_a_long_name_is_shortened_before_its_ending(people: Cast, now: datetime) -> None:
    made = templates.upload_template(
        kind=LETTER, name="C:\\表样\\" + "长" * 160 + ".docx", data=clerk.letter(), actor=people.actor("office"), now=now,
        note="",
    )  # fmt: skip
    assert made.name == "长" * 144 + "….docx"


def test_the_same_file_is_not_kept_twice(people: Cast, now: datetime) -> None:
    _upload(people, now)

    with pytest.raises(WrongState, match="与第1版完全相同"):
        _upload(people, now)


def test_a_faulty_file_is_not_kept(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput, match="没有字段"):
        _upload(people, now, "{{ 甲 }}")

    assert not PaperTemplate.objects.exists()


def test_a_file_with_a_macro_is_not_kept(people: Cast, now: datetime) -> None:
    data = clerk.with_part("word/vbaProject.bin", b"x")
    with pytest.raises(BadInput, match="文件带有宏"):
        templates.upload_template(
            kind=LETTER, name="x.docx", data=data, note="", actor=people.actor("office"), now=now
        )
    assert not PaperTemplate.objects.exists()


def test_the_first_try_is_kept_with_its_moment(people: Cast, now: datetime) -> None:
    made = _tried(people, now)
    assert PaperTemplate.objects.get(pk=made.pk).tried_at == now
    templates.try_template(
        template=made,
        on="sample",
        form="docx",
        actor=people.actor("office"),
        now=now + timedelta(1),
    )
    assert PaperTemplate.objects.get(pk=made.pk).tried_at == now


@pytest.mark.parametrize("there", [True, False])
def test_a_pdf_is_tried_where_there_is_a_libreoffice(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    made, actor = _upload(people, now), people.actor("office")
    monkeypatch.setattr(libreoffice, "program", lambda: "soffice" if there else None)
    monkeypatch.setattr(libreoffice, "pdfs", lambda documents, fonts: [b"%PDF" for _ in documents])
    if there:
        tried = templates.try_template(template=made, on="sample", form="pdf", actor=actor, now=now)
        assert tried == b"%PDF"
    else:
        with pytest.raises(WrongState, match="没有 LibreOffice"):
            templates.try_template(template=made, on="sample", form="pdf", actor=actor, now=now)


def test_a_file_that_would_lose_a_clause_is_not_kept(people: Cast, now: datetime) -> None:
    lost = ("{%p for 段 in 正文 %}", "{%p if 段.层级 == 0 %}", "{{ 段.文字 }}", "{%p endif %}", "{%p endfor %}")  # fmt: skip

    with pytest.raises(BadInput, match="用样例试印：按这个模板印出的反馈意见漏掉了“一、总体情况”"):
        templates.upload_template(
            kind=LETTER, name="x.docx", data=clerk.letter(body=lost), note="", actor=people.actor("office"), now=now
        )  # fmt: skip


def test_the_kinds_with_files_of_the_office_are_these_six() -> None:
    slugs = {kind.slug for kind in template_kinds.every()}
    assert slugs == {"notice", "letter", "rectification-notice", "circular", "consultation", "cover"}  # fmt: skip


@every_kind
def test_the_file_of_each_kind_is_tried_on_its_sample_and_put_in_use(
    people: Cast, now: datetime, kind: template_kinds.TemplateKind
) -> None:
    told: dict[str, Any] = {"actor": people.actor("office"), "now": now}
    made = templates.upload_template(kind=kind, name="x.docx", data=kind.start(), note="", **told)
    with pytest.raises(WrongState, match="先试印"):
        templates.use_template(kind=kind, template=made, note="", **told)

    data = templates.try_template(template=made, on="sample", form="docx", **told)
    templates.use_template(kind=kind, template=made, note="", **told)

    text = "".join(clerk.text_of(data).split())
    assert all("".join(one.split()) in text for one in kind.whole(kind.sample()))
    assert template_queries.in_use(kind.slug) == made


@every_kind
def test_a_file_of_each_kind_with_an_unknown_field_is_not_kept(
    people: Cast, now: datetime, kind: template_kinds.TemplateKind
) -> None:
    document = docx.Document(io.BytesIO(kind.start()))
    document.add_paragraph("{{ 甲 }}")

    with pytest.raises(BadInput, match="没有字段“甲”"):
        templates.upload_template(
            kind=kind, name="x.docx", data=clerk.saved(document), note="", actor=people.actor("office"), now=now
        )  # fmt: skip
    assert not PaperTemplate.objects.exists()


@every_kind
def test_a_file_of_each_kind_without_what_it_needs_is_not_kept(
    people: Cast, now: datetime, kind: template_kinds.TemplateKind
) -> None:
    with pytest.raises(BadInput) as refused:
        templates.upload_template(
            kind=kind, name="x.docx", data=clerk.saved(docx.Document()), note="", actor=people.actor("office"), now=now
        )  # fmt: skip
    assert all(group[0] in f"{refused.value}" for group in kind.needed)
    assert not PaperTemplate.objects.exists()


def test_what_nobody_looked_at_is_not_put_in_use(people: Cast, now: datetime) -> None:
    made = _upload(people, now)

    with pytest.raises(WrongState, match="先试印"):
        _use(people, now, made)

    assert template_queries.in_use("letter") is None


def test_versions_go_into_use_and_back_and_each_moment_keeps_its_own(
    people: Cast, now: datetime
) -> None:
    first, second = _tried(people, now), _tried(people, now, "第二版")
    day = timedelta(days=1)
    _use(people, now, first)
    _use(people, now + day, second)
    _use(people, now + 2 * day, first)
    _use(people, now + 3 * day, None)

    moments = [now - day, *(now + n * day for n in range(4))]
    assert [template_queries.in_use("letter", at) for at in moments] == [None, first, second, first, None]  # fmt: skip


def test_what_is_in_use_is_not_put_in_use_again(people: Cast, now: datetime) -> None:
    with pytest.raises(WrongState, match="现在用的就是内置格式"):
        _use(people, now, None)


def test_a_version_of_another_kind_is_refused(people: Cast, now: datetime) -> None:
    made = _tried(people, now)

    with pytest.raises(WrongState, match="别的文书"):
        templates.use_template(
            kind=template_kinds.named("notice"), template=made, note="", actor=people.actor("office"), now=now
        )  # fmt: skip


def test_bytes_that_somebody_changed_in_the_database_are_not_used(
    people: Cast, now: datetime
) -> None:
    made = _upload(people, now)
    PaperTemplate.objects.filter(pk=made.pk).update(content=clerk.letter("混进来的"))
    made.refresh_from_db()

    with pytest.raises(WrongState, match="与上传时不同"):
        template_queries.content_of(made)
    assert template_queries.altered() == ["反馈意见模板第1版的内容与上传时不同"]


@pytest.mark.parametrize("who", ["clerk", "secretary", "inspector", "team_leader", "system"])
def test_others_do_nothing_with_templates(people: Cast, now: datetime, who: str) -> None:
    made = _upload(people, now)
    before = JournalLine.objects.count()
    actor = people.actor(who)

    with pytest.raises(NotAllowed):
        templates.upload_template(kind=LETTER, name="x", data=b"", note="", actor=actor, now=now)
    with pytest.raises(NotAllowed):
        templates.try_template(template=made, on="sample", form="docx", actor=actor, now=now)
    with pytest.raises(NotAllowed):
        templates.use_template(kind=LETTER, template=made, note="", actor=actor, now=now)

    assert JournalLine.objects.count() == before


@pytest.fixture
def office(people: Cast, client: Client) -> Client:
    """The organisation section, logged in."""
    client.force_login(people.users["office"])
    return client


def test_the_page_tells_every_fault_of_an_upload(office: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x.docx", clerk.letter("{{ 甲 }}", "{%p endif %}"))
    answer = office.post("/papers/templates/letter/", {"file": file, "note": "说明一"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "没有字段“甲”" in html
    assert "endif" in html
    assert "说明一" in html


def test_the_list_and_every_page_show_fields_and_the_file_to_begin_with(office: Client) -> None:
    listed = office.get("/papers/templates/").content.decode()
    for kind in template_kinds.every():
        assert kind.title in listed
        html = office.get(f"/papers/templates/{kind.slug}/").content.decode()
        assert "必需" in html
        started = office.get(f"/papers/templates/{kind.slug}/start.docx")
        assert started.content[:2] == b"PK"


def test_without_libreoffice_the_page_says_that_pdf_is_built_in(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_SOFFICE", "/nonexistent/soffice")

    assert "没有 LibreOffice，PDF 用内置格式" in office.get("/papers/templates/letter/").content.decode()  # fmt: skip


def test_a_version_is_downloaded_as_it_was_uploaded(
    office: Client, people: Cast, now: datetime
) -> None:
    made = _upload(people, now)

    assert office.get(f"/papers/template-versions/{made.pk}.docx").content == clerk.letter()


def test_unknown_kinds_and_versions_are_not_found(office: Client) -> None:
    for path in ("templates/nothing/", "template-versions/99.docx", "template-versions/99/sample.docx"):  # fmt: skip
        assert office.get(f"/papers/{path}").status_code == 404


def test_the_cover_of_a_book_is_printed_from_its_own_file(
    office: Client, people: Cast, now: datetime
) -> None:
    from taizhang.checks.actions import checking as checks

    checks.set_scope(
        from_on=people.day.replace(year=2018), to_on=people.day, on=people.day, catalogue="tianning-2018",
        actor=people.actor("office"), now=now,
    )  # fmt: skip
    path = f"/papers/book/{people.own.pk}/?form=cover.docx"
    assert "封面在册子里" in office.get(path).content.decode()
    kind = template_kinds.named("cover")
    made = templates.upload_template(
        kind=kind, name="封面.docx", data=kind.start(), note="", actor=people.actor("office"), now=now
    )  # fmt: skip
    templates.try_template(
        template=made, on=str(people.own.pk), form="docx", actor=people.actor("office"), now=now
    )
    templates.use_template(kind=kind, template=made, note="", actor=people.actor("office"), now=now)

    text = clerk.text_of(office.get(path).content)

    assert people.own.full_name in text
    assert "目　录" not in text
