"""A checklist that is ticked by hand: what is called certain is right, all else is shown, and
nothing is stored unconfirmed.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import python_calamine
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from taizhang.inspection import rights
from taizhang.inspection.models import Answer, Finding, Round, Visit
from taizhang.inspection.papers import offered
from taizhang.inspection.papers.offered import Offer
from taizhang.inspection.site import checklist_sheet
from taizhang.inspection.site.ticks import boxes, flat, sheet
from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.sheets import excel as ledger_sheets
from taizhang.orgs.actions.heads import set_heads
from taizhang.orgs.heads import Head
from taizhang.papers.documents import tick_sheet as form
from taizhang.papers.documents.tick_sheet import Row, TickPage, TickSheet
from taizhang.papers.marks import mark as marks
from tests.inspection import ticked
from tests.inspection.conftest import Scene

ROWS = 26


def _blank(key: int = 345, rows: int = ROWS) -> Image.Image:
    mark = marks.Mark(marks.CHECKLIST, 12, f"{key}:1:AB12CD34").text
    asked = [Row(n, "支部委员会会议记录" * (1 + n % 3)) for n in range(1, rows + 1)]
    codes = (mark, *(sheet.corner(n, key, 1) for n in (2, 3, 4)))
    page = TickPage((codes[0], codes[1], codes[2], codes[3]), asked)
    verdicts = [label for _, label in sheet.VERDICTS]
    return ticked.printed(TickSheet("督查检查勾选表", ["督查"], verdicts, [page]))[0]


@pytest.fixture(scope="module")
def blank() -> Image.Image:
    """A printed page; nothing is written on it."""
    return _blank()


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def _outcomes(blank: Image.Image, seeds: range, **how: Any) -> tuple[int, int]:
    """(rows that were read as certain, honest marks); fails as soon as one that is called certain
    is wrong.
    """
    sure = honest = 0
    for seed in seeds:
        dice = random.Random(seed)
        filled = ticked.fill(blank, ROWS, dice)
        taken = ticked.photographed(filled.picture, dice, quarter=seed % 4, **how)
        try:
            page = flat.laid(_opened(taken))
        except BadInput:
            continue  # told, and nothing read
        for row, got in enumerate(boxes.read(page.picture, ROWS)):
            honest += row in filled.meant
            if got.doubt:
                continue
            place = f"page {seed} row {row + 1}"
            assert got.column == filled.meant.get(row), place
            assert row not in filled.odd, f"{place}: {filled.odd[row]}"
            sure += row in filled.meant
    return sure, honest


def test_what_is_certain_is_right(blank: Image.Image) -> None:
    sure, honest = _outcomes(blank, range(4))
    assert honest > 50
    assert sure > 0.8 * honest


@pytest.mark.night
def test_what_is_certain_is_right_on_hundreds_of_pages(blank: Image.Image) -> None:
    sure, honest = _outcomes(blank, range(1000, 1300))
    assert honest > 4000
    assert sure > 0.8 * honest


def test_a_small_and_a_slanted_picture_are_read(blank: Image.Image) -> None:
    for angle, scale in ((3.0, 0.65), (-3.0, 0.8)):
        sure, honest = _outcomes(blank, range(40, 41), angle=angle, scale=scale)
        assert sure > 0.6 * honest, (angle, scale)


@pytest.mark.parametrize("pen", ticked.PENS)
def test_each_pen_marks_its_box(blank: Image.Image, pen: str) -> None:
    dice = random.Random(5)
    page = blank.copy()
    ticked.mark(ticked.pen_on(page), 3, 2, pen, dice)
    read = boxes.read(flat.laid(page).picture, ROWS)
    assert [one.column for one in read] == [2 if row == 3 else None for row in range(ROWS)]
    assert not any(one.doubt or one.written for one in read)


@pytest.mark.parametrize("odd", ["two", "ring", "row", "faint"])
def test_what_nobody_can_be_sure_of_is_shown(blank: Image.Image, odd: str) -> None:
    page = blank.copy()
    ticked.spoil(ticked.pen_on(page), 3, 1, odd, random.Random(5))
    read = boxes.read(flat.laid(page).picture, ROWS)
    assert [row for row, one in enumerate(read) if one.doubt] == [3]
    assert read[3].column is None


def test_a_stroke_that_comes_over_from_the_next_row_is_no_mark(blank: Image.Image) -> None:
    page = blank.copy()
    x, y = form.box(4, 0)
    points = [(x + 0.5, y + 2.3), (x + 2, y + 3.9), (x + 3.2, y - 8)]
    ticked.pen_on(page).line(
        [(a * ticked.PER_MM, b * ticked.PER_MM) for a, b in points], fill=30, width=6
    )
    read = boxes.read(flat.laid(page).picture, ROWS)
    assert read[3].doubt
    assert read[3].column is None


def test_handwriting_is_seen_and_not_read(blank: Image.Image) -> None:
    page = blank.copy()
    x, y = form.COLUMNS[6] + 8, form.TOP + 6 * form.ROW + 2
    points = [(x, y), (x + 3, y), (x, y + 4), (x + 3, y + 4)]
    ticked.pen_on(page).line(
        [(a * ticked.PER_MM, b * ticked.PER_MM) for a, b in points], fill=40, width=5
    )
    read = boxes.read(flat.laid(page).picture, ROWS)
    assert [row for row, one in enumerate(read) if one.written] == [6]


def _without(page: Image.Image, *corners: int) -> Image.Image:
    found = page.copy()
    for number in corners:
        x, y = (round(place * ticked.PER_MM) for place in form.CORNERS[number - 1])
        found.paste(255, (x, y, x + 16 * ticked.PER_MM, y + 16 * ticked.PER_MM))
    return found


def test_what_is_no_single_whole_page_is_told(blank: Image.Image) -> None:
    both = Image.new("L", (blank.width * 2, blank.height), 255)
    both.paste(blank, (0, 0))
    both.paste(_blank(346), (blank.width, 0))
    half = Image.new("L", both.size, 255)
    half.paste(blank, (0, 0))
    half.paste(_without(_blank(346), 1), (blank.width, 0))
    for page, told in (
        (_without(blank, 1, 2, 3, 4), "没有看到勾选表的二维码"),
        (_without(blank, 1), "左上角的二维码看不清"),
        (_without(blank, 2, 3), "只看清2个"),
        (both, "一张图里有两页"),
        (half, "一张图里有两页"),
    ):
        with pytest.raises(BadInput, match=told):
            flat.laid(page)
    assert boxes.read(flat.laid(_without(blank, 3)).picture, 1)[0].doubt == ""


# The page


def _pages(visit: Visit) -> list[Image.Image]:
    return ticked.printed(sheet.made(visit))


def _file(page: Image.Image, name: str = "第一页.png", kind: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    page.save(out, kind, resolution=150)
    return SimpleUploadedFile(name, out.getvalue())


def _handed_in(client: Client, visit: Visit, *files: SimpleUploadedFile) -> tuple[int, str]:
    answer = client.post(f"/visits/{visit.pk}/ticks/", {"files": list(files)})
    return answer.status_code, answer.content.decode()


def _fields(html: str) -> dict[str, str]:
    """What the page would send when its button is pressed."""
    found = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', html))
    for name, options in re.findall(r'<select name="([\w-]+)".*?>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="(\w*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def _ticked(visit: Visit) -> list[Image.Image]:
    """Item 1 missing, item 2 with two marks, item 3 complete with writing, all else empty."""
    pages, dice = _pages(visit), random.Random(3)
    pen = ticked.pen_on(pages[0])
    ticked.mark(pen, 0, 2, "tick", dice)
    ticked.spoil(pen, 1, 0, "two", dice)
    ticked.mark(pen, 2, 0, "cross", dice)
    return pages


def test_the_sheet_names_the_inspection_not_its_notice(scene: Scene) -> None:
    Round.objects.update(title="关于开展基层党建专项督查“回头看”的通知")
    visit = Visit.objects.select_related("unit__area__round").get(pk=scene.own.pk)
    assert sheet.made(visit).about[0] == "基层党建专项督查“回头看”"
    book = python_calamine.load_workbook(io.BytesIO(checklist_sheet.checklist(visit)))
    assert "通知" not in str(book.get_sheet_by_index(0).to_python()[0][0])


@pytest.mark.parametrize(
    ("facts", "note", "told"),
    [
        ("字" * 2000, "字" * 500, ""),
        ("字" * 2001, "", "第3行“存在问题”列：不能超过2000个字，现有2001个字"),
        ("没有记录", "字" * 501, "第3行“备注”列：不能超过500个字，现有501个字"),
    ],
)
def test_what_a_filled_sheet_says_is_taken_whole_or_refused(
    scene: Scene, facts: str, note: str, told: str
) -> None:
    rows = ledger_sheets.table_of(checklist_sheet.checklist(scene.own))
    rows[2][6:9] = ["缺失", facts, note]
    out = io.BytesIO()
    with ledger_sheets.workbook(out) as book:
        page = book.add_worksheet("检查表")
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    read = partial(checklist_sheet.entries_of, scene.own, out.getvalue(), scene.now)
    if told:
        with pytest.raises(BadInput, match=told):
            read()
        return
    answer, finding = read()
    assert (getattr(answer, "note", ""), getattr(finding, "facts", "")) == (note, facts)


def test_nothing_is_stored_before_it_is_confirmed_and_then_once(scene: Scene, login: Any) -> None:
    client, visit = login(scene.people.users["inspector"]), scene.own
    pages = _ticked(visit)
    status, html = _handed_in(client, visit, _file(pages[0]), _file(pages[1], "二.pdf", "PDF"))
    assert (status, Answer.objects.count()) == (200, 0)
    given = _fields(html)
    chosen = {name: value for name, value in given.items() if name.startswith("verdict") and value}
    assert chosen == {"verdict-1": "missing", "verdict-3": "complete"}
    assert "拿不准：不止一个格里有笔画" in html
    assert html.count('alt="第') == visit.unit.area.round.items.count()

    given |= {"verdict-1": "mostly", "verdict-2": "not_applicable", "facts-2": "没有支部工作职责", "note-3": "照纸"}  # fmt: skip
    for _ in range(2):
        done = client.post(f"/visits/{visit.pk}/ticks/confirm/", given)
        assert done.status_code == 200

    told = [(a.item.no, a.verdict, a.how, a.note) for a in Answer.objects.order_by("item__no")]
    assert told == [(1, "mostly", "paper", ""), (2, "not_applicable", "paper", ""), (3, "complete", "paper", "照纸")]  # fmt: skip
    assert Finding.objects.get().facts == "没有支部工作职责"
    noted = JournalLine.objects.filter(subject=f"visit:{visit.pk}")
    assert noted.filter(verb="inspection.site.answer").count() == 3


def test_what_another_wrote_meanwhile_is_a_conflict(scene: Scene, login: Any) -> None:
    client, visit = login(scene.people.users["inspector"]), scene.own
    given = _fields(_handed_in(client, visit, _file(_ticked(visit)[0]))[1])
    scene.send("team_leader", "answer", item=1, verdict="complete")
    done = client.post(f"/visits/{visit.pk}/ticks/confirm/", given).content.decode()
    assert "team_leader登记的是“齐全”" in done

    again = _fields(_handed_in(client, visit, _file(_ticked(visit)[0]))[1])
    client.post(f"/visits/{visit.pk}/ticks/confirm/", again)
    assert [a.verdict for a in Answer.objects.filter(item__no=1, holds=True)] == ["missing"]


def test_wrong_fields_store_nothing(scene: Scene, login: Any) -> None:
    client, visit = login(scene.people.users["inspector"]), scene.own
    for given, told in (
        ({"verdict-1": "missing", "verdict-2": "马马虎虎"}, "第2项"),
        ({"verdict-1": "missing", "note-4": "备注"}, "没有选检查情况"),
        ({"verdict-1": "missing", "facts-1": "长" * 2001}, "最多2000字"),
    ):
        answer = client.post(f"/visits/{visit.pk}/ticks/confirm/", given)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert not Answer.objects.exists()


def _of_other_unit(scene: Scene) -> Image.Image:
    return _pages(Visit.objects.exclude(pk=scene.own.pk).get())[0]


def _renamed(scene: Scene) -> Image.Image:
    page = _pages(scene.own)[0]
    scene.own.unit.area.round.items.filter(no=1).update(title="改过的内容")
    return page


def _on_its_head(scene: Scene) -> Image.Image:
    return _pages(scene.own)[0].rotate(180)


@pytest.mark.parametrize(
    ("page", "told", "lines"),
    [
        (_of_other_unit, "另一个单位的勾选表", False),
        (_renamed, "督查项目改动以前印的旧表", False),
        (_on_its_head, "已经转正", True),
        (lambda _: Image.new("L", (600, 800), 255), "没有看到勾选表的二维码", False),
    ],
)
def test_each_page_that_does_not_fit_is_told(
    scene: Scene, login: Any, page: Callable[[Scene], Image.Image], told: str, lines: bool
) -> None:
    client = login(scene.people.users["inspector"])
    status, html = _handed_in(client, scene.own, _file(page(scene)))
    assert status == 200
    assert told in html
    assert ("确认录入" in html) is lines
    assert ("没有读到勾选表第2页" in html) is lines


def test_a_page_of_another_round_of_the_same_unit_is_told(scene: Scene) -> None:
    visit = scene.own
    other = Visit.objects.exclude(pk=visit.pk).get()
    other.unit.organisation = visit.unit.organisation
    other.unit.save()
    mark = marks.Mark(marks.CHECKLIST, 0, f"{other.pk}:1:AB12CD34")
    with pytest.raises(BadInput, match="另一轮督查的"):
        sheet.page_told(visit, mark, sheet.items_of(visit))


def _checklist(key: int, branch: int) -> Image.Image:
    """A page of the printed 检查表 of a visit: one mark, and writing."""
    page = Image.new("L", (1240, 1754), 255)
    code = segno.make(marks.Mark(marks.CHECKLIST, branch, f"{key}").text, micro=False)
    out = io.BytesIO()
    code.save(out, kind="png", scale=6)
    page.paste(_opened(out.getvalue()), (60, 60))
    return page


def test_the_printed_checklist_is_read_by_a_person_beside_its_picture(
    scene: Scene, login: Any
) -> None:
    visit = scene.own
    client = login(scene.people.users["inspector"])
    branch = visit.unit.organisation_id or 0
    other = Visit.objects.exclude(pk=visit.pk).get()

    status, html = _handed_in(client, visit, _file(_checklist(visit.pk, branch), "检查表.png"))
    _, of_other = _handed_in(client, visit, _file(_checklist(other.pk, branch)))

    assert status == 200
    assert "检查表.png：是这个单位的检查表" in html
    assert '<img src="data:image/jpeg;base64,' in html
    given = _fields(html)
    asked = [one.no for one in visit.unit.area.round.items.all()]
    assert [given[f"verdict-{no}"] for no in asked] == [""] * len(asked)
    assert "没有勾" not in html.split("<tbody>")[1]
    assert "本系统的另一种表" in of_other
    assert "<img" not in of_other
    assert not Answer.objects.exists()

    done = client.post(f"/visits/{visit.pk}/ticks/confirm/", given | {"verdict-2": "mostly"})
    assert [(a.item.no, a.verdict, a.how) for a in Answer.objects.all()] == [(2, "mostly", "paper")]
    assert f"{len(asked)}项要求中有{len(asked) - 1}项没有登记检查情况" in done.content.decode()


def test_a_checklist_beside_a_ticked_page_leaves_the_rest_to_a_person(
    scene: Scene, login: Any
) -> None:
    visit, client = scene.own, login(scene.people.users["inspector"])
    own = _file(_checklist(visit.pk, visit.unit.organisation_id or 0), "检查表.png")
    _, html = _handed_in(client, visit, _file(_ticked(visit)[0]), own)
    assert "没有读到勾选表第2页，这些页上的项目请照图登记" in html
    assert re.findall(r"<li><b>(\d+)</b> (\S+)</li>", html) == [("2", "读准"), ("1", "拿不准"), (f"{ROWS - 3}", "没有勾")]  # fmt: skip
    assert html.count("没有读，请看整页照片") == visit.unit.area.round.items.count() - ROWS


def test_a_page_that_comes_twice_is_read_once_and_a_word_file_is_told(
    scene: Scene, login: Any
) -> None:
    page = _file(_pages(scene.own)[0])
    text = SimpleUploadedFile("说明.txt", "第一行".encode())
    client = login(scene.people.users["inspector"])
    _, html = _handed_in(client, scene.own, page, _file(_pages(scene.own)[0], "又.png"), text)
    assert "又.png：第1页已经有一张了" in html
    assert "说明.txt：不是照片" in html
    assert html.count('name="verdict-1"') == 1


def test_the_sheet_is_for_the_team_and_noted(scene: Scene, login: Any) -> None:
    key = scene.own.pk
    answer = login(scene.people.users["inspector"]).get(f"/visits/{key}/ticks.pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert JournalLine.objects.filter(subject=f"visit:{key}", verb="ledgers.export").exists()
    for who in ("clerk", "secretary"):
        client = login(scene.people.users[who])
        assert client.get(f"/visits/{key}/ticks.pdf").status_code == 403
        assert client.get(f"/visits/{key}/ticks/").status_code == 403
        assert client.post(f"/visits/{key}/ticks/confirm/", {"verdict-1": "missing"}).status_code == 403  # fmt: skip
    assert not Answer.objects.exists()


def test_a_committee_that_wants_no_codes_gets_no_sheet(scene: Scene) -> None:
    people = scene.people
    head, actor = Head(unmarked=True), people.actor("office")
    set_heads(organisation=people.committee, head=head, actor=actor, now=scene.now)
    with pytest.raises(BadInput, match="不印二维码"):
        sheet.made(scene.own)
    assert [(one.why, one.forms) for one in _offered(scene)] == [
        ("本单位的公文格式设置为不印二维码，勾选表读不回来。", [])
    ]


def _offered(scene: Scene, who: str = "inspector") -> list[Offer]:
    visit = Visit.objects.get(pk=scene.own.pk)
    listed = offered.of_visit(visit, rights.roles(visit, scene.people.actor(who)))
    return [one for one in listed if one.title.startswith("勾选表")]


def test_the_sheet_is_offered_to_who_inspects_while_the_round_is_on_site(scene: Scene) -> None:
    (one,) = _offered(scene)
    assert one.forms == [("PDF", f"/visits/{scene.own.pk}/ticks.pdf")]
    assert not _offered(scene, "secretary")
    Round.objects.update(standing=Round.Standing.FED_BACK)
    assert not _offered(scene)
