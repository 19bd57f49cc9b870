"""Scanned and photographed sheets of our own: the mark on them finds the record; nothing of others
is filed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import segno
from PIL import Image

from taizhang.intake import actions, queries
from taizhang.intake.models import Paper
from taizhang.kernel.errors import WrongState
from taizhang.ledgers.evidence import queries as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.papers import actions as printing
from taizhang.papers import queries as papers
from taizhang.papers.marks import mark as codes
from taizhang.papers.marks import seen as marks
from tests.make import Cast, raw, save
from tests.papers.test_marks import pages

pytestmark = pytest.mark.django_db
MEETINGS = KINDS["meetings"]
Spoil = Callable[[Image.Image], Image.Image]


def _noisy(picture: Image.Image, grain: int = 30) -> Image.Image:
    noise = np.random.default_rng(7).normal(0, grain, (picture.height, picture.width))
    return Image.fromarray((np.asarray(picture) + noise).clip(0, 255).astype("uint8"))


def _turned(by: float) -> Spoil:
    return lambda picture: picture.rotate(by, expand=True, fillcolor=255)


def _dim(picture: Image.Image) -> Image.Image:
    """Grey on grey, as a photograph in poor light."""
    return picture.point([90 + value * 90 // 255 for value in range(256)])


SPOILT: dict[str, Spoil] = {
    "as-scanned": lambda picture: picture,
    "90": _turned(90), "180": _turned(180), "270": _turned(270), "5": _turned(5), "-5": _turned(-5),
    "noisy": _noisy, "dim": _dim, "dim-noisy-5": lambda one: _turned(5)(_noisy(_dim(one), 10)),
    "small": lambda one: one.resize((one.width * 2 // 3, one.height * 2 // 3)),
}  # fmt: skip


@pytest.fixture
def held(people: Cast, now: datetime) -> Any:
    """A record of the branch."""
    return save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))


def _sheet(people: Cast, entry: Any, folder: Path, who: str = "clerk") -> Image.Image:
    paper = papers.record_paper(kind=MEETINGS, key=entry.pk, actor=people.actor(who))
    folder.mkdir(exist_ok=True)
    return pages(printing.FORMATS["pdf"][1](paper), folder)[0]


def _as(form: str, *pictures: Image.Image) -> bytes:
    out = io.BytesIO()
    first, *rest = pictures
    more: dict[str, Any] = {"save_all": True, "append_images": rest} if form == "pdf" else {}
    first.save(out, form.upper(), **more)
    return out.getvalue()


def _take(people: Cast, now: datetime, name: str, data: bytes) -> list[Paper]:
    batch = actions.take_in(branch=people.own, files=[(name, data)], actor=people.actor("clerk"), now=now)  # fmt: skip
    return list(batch.papers.order_by("pk"))


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_sheet_is_found_however_it_was_laid_on_the_glass(
    people: Cast, held: Any, tmp_path: Path, spoilt: str
) -> None:
    picture = SPOILT[spoilt](_sheet(people, held, tmp_path))
    for form in ("png", "jpeg"):
        (seen,) = marks.seen(_as(form, picture))
        assert seen.mark == codes.Mark("R", people.own.pk, f"MEETINGS:{held.pk}"), form


def test_a_photograph_of_a_record_is_attached_to_it(
    people: Cast, held: Any, now: datetime, tmp_path: Path, login: Any
) -> None:
    (paper,) = _take(people, now, "拍照.jpg", _as("jpeg", _sheet(people, held, tmp_path)))
    clerk = login(people.users["clerk"])
    page = clerk.get(f"/intake/papers/{paper.pk}/").content.decode()
    assert (paper.kind, paper.certain) == ("meetings", False)
    assert "图片的二维码：“会议台账”" in page
    assert "附到这条记录" in page
    assert '<details class="other-form"> <summary>不是这条记录的' in page, "no empty form beside it"
    assert not evidence.links_of(MEETINGS, held)

    clerk.post(f"/intake/papers/{paper.pk}/add/", {"entry": held.pk})

    paper.refresh_from_db()
    assert paper.state == Paper.State.ENTERED
    assert len(evidence.links_of(MEETINGS, held)) == 1
    assert MEETINGS.model.objects.filter(branch=people.own).count() == 1


def test_a_stack_of_scans_is_a_document_for_each_record(
    people: Cast, held: Any, now: datetime, tmp_path: Path
) -> None:
    clerk = people.actor("clerk")
    other = save(people.own, clerk, now, "meetings", **raw("meetings") | {"held_on": "2016-04-08"})
    sheets = [_sheet(people, one, tmp_path / f"{one.pk}") for one in (held, held, other)]
    made = _take(people, now, "扫描.pdf", _as("pdf", *sheets))
    assert [queries.marked(paper, clerk) for paper in made] == [held, other]
    told = [[one[:3] for one in queries.proposed(paper)[1]] for paper in made]
    assert [[one for one in of if one.startswith("第")] for of in told] == [["第1页"], ["第3页"]]


def test_a_sheet_of_another_branch_is_told_and_not_filed(
    people: Cast, now: datetime, tmp_path: Path
) -> None:
    theirs = save(people.other, people.actor("foreign"), now, "meetings", **raw("meetings", "二"))
    (paper,) = _take(people, now, "别家.png", _as("png", _sheet(people, theirs, tmp_path, "foreign")))  # fmt: skip
    assert (paper.kind, queries.marked(paper, people.actor("clerk"))) == ("", None)
    assert queries.proposed(paper)[1][0] == "图片的二维码是另一个单位（乙校）的，没有归到甲校。"
    with pytest.raises(WrongState):
        actions.add_to(paper=paper, entry=theirs, actor=people.actor("clerk"), now=now)


def test_a_mark_that_somebody_drew_is_refused(people: Cast, held: Any, now: datetime) -> None:
    out = io.BytesIO()
    segno.make(f"TZ1/R/{people.own.pk}/MEETINGS:{held.pk}/ABCDEFGHIJ").save(
        out, kind="png", scale=8
    )
    (paper,) = _take(people, now, "伪造.png", out.getvalue())
    assert (paper.kind, queries.marked(paper, people.actor("clerk"))) == ("", None)
    assert "校验不符，不是本系统打印的" in queries.proposed(paper)[1][0]


def test_a_record_that_was_withdrawn_takes_nothing(
    people: Cast, held: Any, now: datetime, tmp_path: Path
) -> None:
    from taizhang.ledgers.records import actions as ledgers

    picture = _sheet(people, held, tmp_path)
    ledgers.withdraw(kind=MEETINGS, entry=held, reason="重复登记", actor=people.actor("clerk"), now=now)  # fmt: skip
    (paper,) = _take(people, now, "撤回.png", _as("png", picture))
    assert queries.marked(paper, people.actor("clerk")) is None
    assert "已经撤回" in queries.proposed(paper)[1][0]


def test_a_filled_form_goes_to_its_ledger(people: Cast, now: datetime, tmp_path: Path) -> None:
    (blank,) = pages(printing.FORMATS["pdf"][1](papers.blank_paper(MEETINGS)), tmp_path)
    (paper,) = _take(people, now, "手写.png", _as("png", blank))
    assert (paper.kind, paper.certain) == ("meetings", False)
    assert "“会议台账”空白表" in queries.proposed(paper)[1][0]


@pytest.mark.parametrize(
    ("mark", "says", "kind"),
    [
        (codes.Mark("I", 0, "L25"), "台账册里L25项的页", ""),
        (codes.Mark("C", 0, "20160101-20161231"), "台账册（20160101至20161231）的封面", ""),
        (codes.Mark("K", 0, "7"), "督查检查表，不登记在台账里", ""),
    ],
)
def test_other_sheets_say_what_they_are(
    people: Cast, now: datetime, mark: codes.Mark, says: str, kind: str
) -> None:
    out = io.BytesIO()
    segno.make(mark.text).save(out, kind="png", scale=8, border=4)
    (paper,) = _take(people, now, "别的.png", out.getvalue())
    assert paper.kind == kind
    assert says in queries.proposed(paper)[1][0]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\nbroken", b"PK\x03\x04"]
)
def test_what_cannot_be_opened_bears_no_mark(data: bytes) -> None:
    assert marks.seen(data) == []
