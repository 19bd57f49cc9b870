"""What is printed from which file and told of it, and what an office's own files are called,
numbered and put in use as.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from taizhang.kernel import libreoffice
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.kernel.writing import file_names
from taizhang.ledgers.models import SparedPaper
from taizhang.orgs.actor import Actor
from taizhang.papers import actions
from taizhang.papers.actions import Wanted
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.models import PaperTemplate, TemplateUse
from taizhang.papers.paper import Paper
from taizhang.papers.word_templates import actions as templates
from taizhang.papers.word_templates import kinds as template_kinds
from taizhang.papers.word_templates import queries as template_queries
from taizhang.papers.word_templates.kinds import Printed
from tests.make import Cast, raw, save
from tests.papers import clerk

pytestmark = pytest.mark.django_db
PAPER = Paper("试印", blocks=[])
BALLOT = Ballot("甲校", "选票", ["甲"], 0, [], "甲校", "2018年")
OWN = PaperTemplate(kind="letter", number=3, name="x.docx")


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"papers.{verb}").latest("seq").detail


@pytest.fixture
def _written(monkeypatch: pytest.MonkeyPatch) -> None:
    """How a paper is written is tried elsewhere."""
    monkeypatch.setattr(template_queries, "document", lambda *_: b"own")
    monkeypatch.setattr(libreoffice, "pdfs", lambda made, _: [b"pdf of " + one for one in made])
    for form in actions.FORMATS:
        monkeypatch.setitem(actions.FORMATS, form, ("", lambda paper: paper.title.encode()))


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize(
    ("form", "office", "made"),
    [
        ("docx", True, [b"own", "试印".encode(), "甲校选票".encode(), b"own"]),
        ("docx", False, [b"own", "试印".encode(), "甲校选票".encode(), b"own"]),
        ("pdf", True, [b"pdf of own", "试印".encode(), "甲校选票".encode(), b"pdf of own"]),
        ("pdf", False, ["试印".encode(), "试印".encode(), "甲校选票".encode(), "试印".encode()]),
        ("xlsx", True, ["试印".encode(), "试印".encode(), "甲校选票".encode(), "试印".encode()]),
    ],
)  # fmt: skip
def test_a_paper_is_made_from_the_offices_file_where_it_can_be(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, form: str, office: bool, made: list[bytes]
) -> None:  # fmt: skip
    monkeypatch.setattr(libreoffice, "program", lambda: "soffice" if office else None)
    wanted = [
        Wanted(PAPER, "a", OWN), Wanted(PAPER, "b"), Wanted(BALLOT, "c", OWN), Wanted(PAPER, "d", OWN),
    ]  # fmt: skip
    told: dict[str, Any] = {"form": form, "actor": people.actor("office"), "now": now}
    assert actions.print_papers(wanted=wanted, **told) == made
    lines = JournalLine.objects.filter(verb="papers.print").order_by("seq")
    assert [line.subject for line in lines] == ["a", "b", "c", "d"]
    own = [made[at] != built for at, built in ((0, "试印".encode()), (3, "试印".encode()))]
    assert ["template" in line.detail for line in lines] == [own[0], False, False, own[1]]
    assert _last("print")["title"] == "试印"
    assert actions.print_paper(paper=PAPER, subject="e", **told) == "试印".encode()


def test_a_form_that_is_none_is_refused(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput, match="只能生成 pdf、docx 或 xlsx"):
        actions.print_paper(
            paper=PAPER, form="odt", subject="a", actor=people.actor("office"), now=now
        )


@pytest.mark.usefixtures("_written")
def test_papers_of_a_branch_are_counted_for_it_and_others_are_not(
    people: Cast, now: datetime
) -> None:
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    subjects = (
        f"meetings:{entry.pk}", f"organisation:{people.own.pk}:book", f"organisation:{people.committee.pk}", f"visit:{people.own.pk}",
        f"meetings:{10**9}", "meetings:x", f"organisation:{people.other.pk}",
    )  # fmt: skip
    wanted = [Wanted(PAPER, subject) for subject in subjects]
    actions.print_papers(wanted=wanted, form="docx", actor=people.actor("clerk"), now=now)
    spared = SparedPaper.objects.order_by("pk").values_list("branch", "what", "month")
    assert list(spared) == [(people.own.pk, f"{subject} 试印", date(2018, 10, 1)) for subject in subjects[:2]]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a/b\\反馈.docx", "反馈.docx"), (" .\x07 ", "模板.docx"), ("", "模板.docx"), ("反\u200b馈\n.docx ", "反馈.docx")],
)  # fmt: skip
def test_a_file_is_called_by_the_last_part_of_its_name(name: str, kept: str) -> None:
    assert file_names.clean(PaperTemplate.name, name, "模板.docx") == kept


def test_a_name_with_a_mark_of_secrecy_is_refused() -> None:
    with pytest.raises(BadInput, match="密级标志"):
        file_names.clean(PaperTemplate.name, "秘密★1年.docx", "模板.docx")


def test_versions_of_each_kind_are_numbered_tried_and_put_in_use(
    people: Cast, now: datetime
) -> None:
    office: dict[str, Any] = {"actor": people.actor("office"), "now": now}
    kind, other = template_kinds.named("letter"), template_kinds.named("notice")
    first = templates.upload_template(kind=kind, name="a.docx", data=clerk.letter(), note=" 甲 ", **office)  # fmt: skip
    assert _last("upload_template") == {"template": str(first), "name": "a.docx", "sha256": first.sha256}  # fmt: skip
    second = templates.upload_template(kind=other, name="b.docx", data=other.start(), note="", **office)  # fmt: skip
    third = templates.upload_template(kind=kind, name="c.docx", data=clerk.letter("三"), note="", **office)  # fmt: skip
    assert [one.number for one in (first, second, third)] == [1, 1, 2]
    assert first.note == "甲"
    with pytest.raises(BadInput, match="只能试印 docx 或 pdf"):
        templates.try_template(template=first, on="sample", form="xlsx", **office)
    templates.try_template(template=first, on="sample", form="docx", **office)
    assert _last("try_template") == {"template": str(first), "on": "sample", "form": "docx"}
    with pytest.raises(WrongState, match="别的文书的模板"):
        templates.use_template(kind=other, template=first, note="", **office)
    use = templates.use_template(kind=kind, template=first, note=" 启用 ", **office)
    assert _last("use_template") == {"template": str(use), "note": "启用"}
    with pytest.raises(WrongState, match=f"{first}已经在用"):
        templates.use_template(kind=kind, template=first, note="", **office)
    templates.use_template(kind=kind, template=None, note="", **office)
    assert [one.template for one in TemplateUse.objects.order_by("pk")] == [first, None]


def test_a_version_is_tried_on_a_paper_that_is_there(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, office = template_kinds.named("letter"), people.actor("office")
    made = templates.upload_template(kind=kind, name="a.docx", data=clerk.letter(), note="", actor=office, now=now)  # fmt: skip
    asked: list[str] = []

    def paper(on: str, _: Actor) -> Printed:
        asked.append(on)
        return kind.sample()

    real = replace(kind, paper=paper)
    monkeypatch.setattr(template_kinds, "named", lambda _: real)
    templates.try_template(template=made, on="7", form="docx", actor=office, now=now)
    templates.try_template(template=made, on="sample", form="docx", actor=office, now=now)
    assert asked == ["7"]
