"""Papers of a round from a file of the office: what was issued keeps the version of its day,
whatever comes into use later.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import docx
import pypdf
import pytest

from taizhang.inspection.actions import circulating
from taizhang.inspection.papers import by_name as papers
from taizhang.inspection.papers import letters, of_visit, own_forms
from taizhang.kernel import libreoffice
from taizhang.kernel.models import JournalLine
from taizhang.papers.models import PaperTemplate
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Paper
from taizhang.papers.word_templates import actions as templates
from taizhang.papers.word_templates import fields as template_fields
from taizhang.papers.word_templates import kinds as template_kinds
from tests.inspection.conftest import DAY, Scene
from tests.inspection.test_findings import _acknowledged
from tests.inspection.test_papers import _ordered, _round, _visit
from tests.papers import clerk

PRINTED = "本文件由示例教育局组织科印制"


def _in_use(scene: Scene, slug: str, data: bytes | None = None, after: int = 0) -> PaperTemplate:
    kind, office = template_kinds.named(slug), scene.people.actor("office")
    now = scene.now + timedelta(hours=after)
    made = templates.upload_template(
        kind=kind, name="模板.docx", data=data or clerk.letter(), note="", actor=office, now=now
    )
    templates.try_template(template=made, on="sample", form="docx", actor=office, now=now)
    templates.use_template(kind=kind, template=made, note="", actor=office, now=now)
    return made


def _built_in(scene: Scene, slug: str) -> None:
    templates.use_template(
        kind=template_kinds.named(slug), template=None, note="", actor=scene.people.actor("office"),
        now=scene.now + timedelta(hours=1),
    )  # fmt: skip


def _got(scene: Scene, login: Any, path: str) -> str:
    return clerk.text_of(login(scene.people.users["office"]).get(path).content)


def _letter_of(scene: Scene) -> str:
    return f"/visits/{scene.own.pk}/papers/letter.docx"


def test_a_letter_is_printed_in_the_form_in_which_it_was_issued(scene: Scene, login: Any) -> None:
    _in_use(scene, "letter")
    _acknowledged(scene)
    before = _got(scene, login, _letter_of(scene))

    _built_in(scene, "letter")

    assert PRINTED in before
    assert _got(scene, login, _letter_of(scene)) == before


def test_a_letter_from_before_stays_in_the_built_in_form(scene: Scene, login: Any) -> None:
    _acknowledged(scene)

    _in_use(scene, "letter")

    text = _got(scene, login, _letter_of(scene))
    assert "反馈意见" in text
    assert PRINTED not in text


def test_a_letter_in_the_form_of_the_office_says_all_that_was_issued(
    scene: Scene, login: Any
) -> None:
    _in_use(scene, "letter")
    _acknowledged(scene)

    text = _got(scene, login, _letter_of(scene))

    paper = letters.letter(_visit(scene))
    assert [one.text for one in paper.body if one.text not in text] == []
    assert paper.number in text


def test_an_order_keeps_its_version_and_its_digest(scene: Scene, login: Any) -> None:
    made = _in_use(scene, "rectification-notice")
    _acknowledged(scene)
    ordered = _ordered(scene)
    _built_in(scene, "rectification-notice")

    path = f"/visits/{scene.own.pk}/papers/{ordered.slug}.docx"

    assert PRINTED in _got(scene, login, path)
    assert ordered.paper["template"] == made.pk
    line = JournalLine.objects.get(verb="inspection.order_rectification")
    assert line.detail["digest"] == letters.digest(ordered.paper)
    assert letters.thawed(json.loads(json.dumps(ordered.paper))).number == ordered.number


def test_a_published_notice_keeps_the_form_of_that_moment(scene: Scene, login: Any) -> None:
    _in_use(scene, "notice", after=1)

    text = _got(scene, login, f"/rounds/{scene.opened.pk}/papers/notice.docx")

    assert PRINTED not in text
    assert own_forms.of_round_paper(_round(scene), "notice") is None


def test_a_notice_that_is_still_a_draft_has_the_form_of_now(draft: Scene, login: Any) -> None:
    _in_use(draft, "notice")

    text = _got(draft, login, f"/rounds/{draft.opened.pk}/papers/notice.docx")

    assert PRINTED in text
    assert "附件1" in text
    assert "附件2" in text


@pytest.mark.parametrize("paper", ["circular", "circular-anonymous"])
def test_a_circular_has_the_form_of_now(scene: Scene, login: Any, paper: str) -> None:
    _acknowledged(scene)
    _in_use(scene, "circular")

    text = _got(scene, login, f"/rounds/{scene.opened.pk}/papers/{paper}.docx")

    made = papers.OF_ROUND[paper][1](_round(scene))
    assert isinstance(made, Official)
    assert PRINTED in text
    assert [one.text for one in made.body if one.text not in text] == []


def test_a_circular_that_was_issued_keeps_its_version(scene: Scene, login: Any) -> None:
    _acknowledged(scene)
    _in_use(scene, "circular")
    circulating.issue_circular(
        opened=scene.opened, name="circular", issued_on=DAY, number="", actor=scene.people.actor("office"), now=scene.now
    )  # fmt: skip
    path = f"/rounds/{scene.opened.pk}/papers/circular.docx"
    before = _got(scene, login, path)

    _built_in(scene, "circular")

    assert PRINTED in before
    assert _got(scene, login, path) == before
    assert PRINTED not in _got(scene, login, path.replace("circular", "circular-anonymous"))


def test_a_consultation_that_both_signed_keeps_the_form_of_that_moment(scene: Scene) -> None:
    data = template_kinds.named("consultation").start()
    assert own_forms.of_visit_paper(_visit(scene), "consultation") is None
    made = _in_use(scene, "consultation", data)
    assert own_forms.of_visit_paper(_visit(scene), "consultation") == made
    _acknowledged(scene)

    _built_in(scene, "consultation")

    assert own_forms.of_visit_paper(_visit(scene), "consultation") == made


def test_every_line_of_a_consultation_has_a_field(scene: Scene) -> None:
    _acknowledged(scene)

    paper = of_visit.consultation(_visit(scene))

    known = {one.name for one in template_kinds.named("consultation").fields}
    assert isinstance(paper, Paper)
    assert [template_fields.label_of(line) for line in template_fields.lines_of(paper)
            if template_fields.label_of(line) not in known] == []  # fmt: skip


@pytest.mark.parametrize("kind", template_kinds.every(), ids=lambda kind: kind.slug)
def test_the_built_in_file_prints_real_papers(
    scene: Scene, kind: template_kinds.TemplateKind
) -> None:
    _acknowledged(scene)
    _ordered(scene)
    office = scene.people.actor("office")
    made = templates.upload_template(
        kind=kind, name="x.docx", data=kind.start(), note="", actor=office, now=scene.now
    )
    reals = kind.reals(office)

    data = templates.try_template(
        template=made, on=reals[0].key, form="docx", actor=office, now=scene.now
    )

    text = "".join(clerk.text_of(data).split())
    assert all(
        "".join(told.split()) in text for told in kind.whole(kind.paper(reals[0].key, office))
    )


def test_what_is_printed_from_a_file_is_noted_with_its_version(scene: Scene, login: Any) -> None:
    _in_use(scene, "letter")
    _acknowledged(scene)

    _got(scene, login, _letter_of(scene))

    line = JournalLine.objects.filter(verb="papers.print").latest("pk")
    assert line.detail["template"] == "第1版"


def test_without_libreoffice_the_pdf_is_in_the_built_in_form(
    scene: Scene, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_SOFFICE", "/nonexistent/soffice")
    _in_use(scene, "letter")
    _acknowledged(scene)

    data = login(scene.people.users["office"]).get(_letter_of(scene).replace("docx", "pdf")).content

    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert "反馈" in text
    assert PRINTED not in "".join(text.split())
    line = JournalLine.objects.filter(verb="papers.print").latest("pk")
    assert "template" not in line.detail


@pytest.mark.parametrize("form", ["zip", "pdf.zip"])
def test_all_letters_come_in_the_form_of_the_office(
    scene: Scene, login: Any, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: "soffice")
    monkeypatch.setattr(libreoffice, "pdfs", lambda documents, fonts: [b"%PDF " + one for one in documents])  # fmt: skip
    _in_use(scene, "letter")
    _acknowledged(scene)

    answer = login(scene.people.users["office"]).get(
        f"/rounds/{scene.opened.pk}/papers/letters.{form}"
    )

    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        data = package.read(package.namelist()[0])
    assert data.startswith(b"%PDF ") == (form == "pdf.zip")
    assert PRINTED in clerk.text_of(data.removeprefix(b"%PDF "))


def test_a_paper_that_the_file_would_cut_short_is_refused(scene: Scene, login: Any) -> None:
    only = ("{%p for 段 in 正文 %}", "{%p if 段.文字 != “特此通报。” %}", "{{ 段.文字 }}", "{%p endif %}", "{%p endfor %}")  # fmt: skip
    _in_use(scene, "letter", clerk.letter(body=only))
    _acknowledged(scene)
    found = _visit(scene).letter
    found.frozen["paper"]["body"].append({"text": "特此通报。", "level": 0})
    found.save()

    answer = login(scene.people.users["office"]).get(_letter_of(scene))

    assert answer.status_code == 409
    assert "漏掉了“特此通报。”" in answer.content.decode()


def test_a_written_file_opens_again(scene: Scene, login: Any) -> None:
    _in_use(scene, "letter")
    _acknowledged(scene)

    answer = login(scene.people.users["office"]).get(_letter_of(scene))

    assert docx.Document(io.BytesIO(answer.content)).paragraphs
