"""Pictures of pages, where the extra `ocr` is installed: read right askew, grey, noisy, under a
stamp, in two columns.

Three pages with all of that are asked in every run of CI, each trouble by itself at night.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from taizhang.documents import reading, recognise, scanned
from taizhang.intake.reading import read
from taizhang.kernel.errors import BadInput

FONT = Path(__file__).parents[2] / "taizhang/papers/fonts/TaizhangSerif-Regular.otf"
LINES = [
    "支委会会议记录",
    "会议时间：2018年3月6日15:30",
    "会议地点：校史馆",
    "主持人：甘一苇",
    "记录人：乙初晴",
    "应到人数：5",
    "实到人数：4",
    "会议议题：研究春季植树活动",
    "会议决议：同意三月二十日开展。",
]
VALUES = {
    "kind": "支委会",
    "held_on": "2018-03-06",
    "starts_at": "15:30",
    "place": "校史馆",
    "host_name": "甘一苇",
    "recorder_name": "乙初晴",
    "expected_count": "5",
    "present_count": "4",
}
needs_ocr = pytest.mark.skipif(not scanned.available(), reason="the extra `ocr` is not installed")


@pytest.fixture(autouse=True)
def _pictures_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everywhere else tests do as if the extra were not there."""
    monkeypatch.setattr(scanned, "available", lambda: True)


def _page(size: tuple[int, int] = (1240, 1200)) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", size, "white")
    return page, ImageDraw.Draw(page)


def _font(size: int = 34) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def _lines() -> Image.Image:
    page, pen = _page()
    for at, line in enumerate(LINES):
        pen.text((140, 100 + at * 90), line, font=_font(), fill=(30, 30, 30))
    return page


def _grid() -> Image.Image:
    """Two columns of labels and values, ruled."""
    page, pen = _page()
    pen.text((450, 80), LINES[0], font=_font(40), fill=(20, 20, 20))
    pairs = [line.split("：") for line in LINES[1:7]]
    columns, top, high = (120, 320, 640, 840, 1140), 200, 110
    for row in range(3):
        for side in range(2):
            label, value = pairs[row * 2 + side]
            for column, text in ((side * 2, label), (side * 2 + 1, value)):
                at = (columns[column] + 14, top + row * high + 35)
                pen.text(at, text, font=_font(28), fill=(20, 20, 20))
    for row in range(4):
        pen.line(
            (columns[0], top + row * high, columns[-1], top + row * high), fill="black", width=3
        )
    for x in columns:
        pen.line((x, top, x, top + 3 * high), fill="black", width=3)
    return page


def _askew(page: Image.Image) -> Image.Image:
    return page.rotate(2.0, expand=True, fillcolor="white")


def _grey(page: Image.Image) -> Image.Image:
    return page.convert("L").point(lambda value: 90 + value * 120 // 255)


def _noisy(page: Image.Image) -> Image.Image:
    dice, pixels = random.Random(1), page.load()
    assert pixels is not None
    for _ in range(9000):
        shade = dice.randrange(256)
        pixels[dice.randrange(page.width), dice.randrange(page.height)] = (shade, shade, shade)
    return page


def _stamped(page: Image.Image) -> Image.Image:
    pen = ImageDraw.Draw(page)
    pen.ellipse((700, 620, 960, 880), outline=(220, 60, 60), width=8)
    return page


def _bytes(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


WAYS: dict[str, Callable[[], Image.Image]] = {
    "askew and noisy": lambda: _askew(_noisy(_lines())),
    "grey under a stamp": lambda: _grey(_stamped(_lines())),
    "two columns": _grid,
    "plain": _lines,
    "askew": lambda: _askew(_lines()),
    "grey": lambda: _grey(_lines()),
    "noisy": lambda: _noisy(_lines()),
    "stamped": lambda: _stamped(_lines()),
}
ALWAYS = 3
"""So many are asked in every run: a page costs some seconds of a processor."""


@needs_ocr
@pytest.mark.parametrize(
    "way",
    [
        pytest.param(way, marks=[] if at < ALWAYS else [pytest.mark.night])
        for at, way in enumerate(WAYS)
    ],
)
def test_a_picture_of_a_page_is_read_and_never_certain(way: str) -> None:
    (found,) = read.documents("照片.png", _bytes(WAYS[way]()))

    assert found.kind is not None
    assert found.kind.slug == "meetings"
    values = found.records[0].values
    right = sum(values.get(name) == value for name, value in VALUES.items())
    assert right >= len(VALUES) - 1, values
    assert not found.certain
    assert scanned.NOTE in found.warnings
    named = {name: where for name, where in found.records[0].sources.items() if name != "kind"}
    assert all(where.startswith(scanned.READ_BY) for where in named.values()), named


@needs_ocr
def test_a_short_rule_between_two_rows_divides_and_a_stroke_does_not() -> None:
    """The inner rules of a form's head are shorter than those of its frame."""
    page, pen = _page((1240, 1754))
    pen.rectangle((120, 200, 1120, 1600), outline="black", width=3)
    for y in (250, 300, 350, 400):
        pen.line((120, y, 1120, y), fill="black", width=3)
    pen.line((600, 250, 600, 400), fill="black", width=3)
    pen.line((900, 460, 900, 560), fill="black", width=3)
    pen.text((700, 255), "川丨王", font=_font(38), fill="black")

    _, down = recognise._rules(page.convert("L"))

    assert sorted(round(x, -1) for x, _, _ in down) == [120, 600, 1120]


@needs_ocr
@pytest.mark.night
def test_a_scan_in_a_pdf_is_read() -> None:
    out = io.BytesIO()
    _lines().save(out, "PDF", resolution=150)

    source = reading.source(out.getvalue())

    assert "会议地点：校史馆" in [block.text for block in source.paragraphs()]


@needs_ocr
def test_a_picture_that_is_broken_is_refused_in_one_sentence() -> None:
    with pytest.raises(BadInput, match="没有识别成功"):
        scanned.pages([_bytes(_lines())[:2000]])


@needs_ocr
@pytest.mark.night
def test_a_picture_without_words_is_refused_in_one_sentence() -> None:
    with pytest.raises(BadInput, match="没有认出文字"):
        scanned.pages([_bytes(_page()[0])])


def test_without_the_extra_a_picture_is_kept_and_said_to_be_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scanned, "available", lambda: False)

    (found,) = read.documents("照片.png", _bytes(_page()[0]))

    assert found.kind is None
    assert "没有识别文字" in found.warnings[0]


def test_a_program_that_breaks_off_is_told_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scanned, "PROGRAM", "taizhang.documents.no_such_program")

    (found,) = read.documents("照片.png", _bytes(_page()[0]))

    assert "没有识别成功" in found.warnings[0]
