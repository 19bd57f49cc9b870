"""Sheets that are ticked as people tick them, and photographed as telephones do."""

from __future__ import annotations

import io
import json
import math
import random
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from taizhang.papers.documents import tick_sheet as form
from taizhang.papers.documents.tick_sheet import TickSheet
from taizhang.papers.writers import pdf

PER_MM = 8
PENS = ("tick", "cross", "filled", "thin", "circle-in", "slash")


def printed(sheet: TickSheet) -> list[Image.Image]:
    """The pages, as a laser printer makes them."""
    return [page.copy() for page in _printed(json.dumps(sheet.told(), ensure_ascii=False))]


@lru_cache(maxsize=8)
def _printed(told: str) -> list[Image.Image]:
    """Tests print the same sheet again and again."""
    made: Any = pdf._compiler("ticks.typ", None).compile(
        sys_inputs={"data": told}, format="png", ppi=PER_MM * 25.4
    )
    pages = made if isinstance(made, list) else [made]
    return [Image.open(io.BytesIO(page)).convert("L") for page in pages]


@dataclass
class Filled:
    """A page and what the hand meant: row → column, for the rows with one honest mark."""

    picture: Image.Image
    meant: dict[int, int] = field(default_factory=dict)
    odd: dict[int, str] = field(default_factory=dict)
    """Rows of which nothing may be certain: two marks, a ring around a box, a struck row."""


def fill(page: Image.Image, rows: int, dice: random.Random, *, odd: float = 0.15) -> Filled:
    """Tick most rows, leave some, and do to some what nobody can be sure of."""
    found = Filled(page.copy())
    draw = ImageDraw.Draw(found.picture)
    for row in range(rows):
        luck = dice.random()
        if luck < 0.1:
            continue
        column = dice.choices(range(4), (6, 2, 1, 1))[0]
        if luck < 0.1 + odd:
            found.odd[row] = dice.choice(("two", "ring", "row"))
            spoil(draw, row, column, found.odd[row], dice)
            continue
        found.meant[row] = column
        mark(draw, row, column, dice.choice(PENS), dice)
    return found


def pen_on(page: Image.Image) -> Any:
    """To draw on a page."""
    return ImageDraw.Draw(page)


def mark(draw: Any, row: int, column: int, pen: str, dice: random.Random) -> None:
    """One mark in one box, not quite where it should be."""
    x, y = form.box(row, column)
    x, y = x + dice.uniform(-0.6, 0.6), y + dice.uniform(-0.6, 0.6)
    s, ink = form.BOX, dice.randint(20, 90)
    wide = 0.25 if pen == "thin" else dice.uniform(0.4, 0.8)

    def stroke(*points: tuple[float, float]) -> None:
        told = [((x + a * s) * PER_MM, (y + b * s) * PER_MM) for a, b in points]
        draw.line(told, fill=ink, width=max(2, round(wide * PER_MM)), joint="curve")

    if pen in ("tick", "thin"):
        long = dice.uniform(-0.35, 0.1)
        stroke((0.15, 0.5), (0.42, 0.85), (dice.uniform(0.9, 1.3), long))
    elif pen == "cross":
        stroke((0.1, 0.1), (0.9, 0.9))
        stroke((0.1, 0.9), (0.9, 0.1))
    elif pen == "slash":
        stroke((0.0, 1.0), (1.0, 0.0))
    elif pen == "circle-in":
        stroke(*[(0.5 + 0.3 * math.cos(t / 3), 0.5 + 0.3 * math.sin(t / 3)) for t in range(20)])
        stroke((0.35, 0.5), (0.65, 0.5))
    else:
        box = [
            (x + 0.2) * PER_MM,
            (y + 0.2) * PER_MM,
            (x + s - 0.2) * PER_MM,
            (y + s - 0.2) * PER_MM,
        ]
        draw.rectangle(box, fill=ink)


def spoil(draw: Any, row: int, column: int, sort: str, dice: random.Random) -> None:
    """What leaves a row in doubt."""
    x, y = form.box(row, column)
    if sort == "two":
        mark(draw, row, column, "tick", dice)
        mark(draw, row, (column + dice.randint(1, 3)) % 4, "filled", dice)
    elif sort == "ring":
        ring = [(x - 2.2) * PER_MM, (y - 1.6) * PER_MM, (x + 6.8) * PER_MM, (y + 6.2) * PER_MM]
        draw.ellipse(ring, outline=40, width=5)
    elif sort == "faint":
        draw.line(
            [(x + 2.2) * PER_MM, (y + 1.8) * PER_MM, (x + 3) * PER_MM, (y + 2.6) * PER_MM],
            fill=120,
            width=5,
        )
    else:
        middle = (y + form.BOX / 2) * PER_MM
        draw.line([72 * PER_MM, middle, 131 * PER_MM, middle + 4], fill=40, width=5)


def photographed(
    page: Image.Image,
    dice: random.Random,
    *,
    angle: float | None = None,
    scale: float | None = None,
    quarter: int = 0,
) -> bytes:
    """A picture of a page on a table: turned, seen from a side, shaded, noisy, blurred, as JPEG."""
    turn = dice.uniform(-5, 5) if angle is None else angle
    size = dice.uniform(0.55, 1.0) if scale is None else scale
    wide, high = page.size
    lying = Image.new("L", (wide + 400, high + 400), dice.randint(90, 150))
    lying.paste(page, (200, 200))
    lying = lying.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=120)
    w, h = lying.size
    lean = [dice.uniform(0, 0.02) for _ in range(8)]
    corners = (
        lean[0] * w, lean[1] * h, lean[2] * w, h - lean[3] * h, w - lean[4] * w, h - lean[5] * h, w - lean[6] * w, lean[7] * h,
    )  # fmt: skip
    lying = lying.transform((w, h), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    lying = lying.resize(
        (round(w * size), round(h * size)),
        Image.Resampling.BOX if size < 0.6 else Image.Resampling.BILINEAR,
    )
    lying = lying.filter(ImageFilter.GaussianBlur(dice.uniform(0.2, 1.0) * size))
    grey = np.asarray(lying, dtype=np.float64)
    down, across = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
    slant = dice.uniform(0, 2 * math.pi)
    along = (across * math.cos(slant) + down * math.sin(slant)) / max(grey.shape)
    grey = grey * (0.85 - dice.uniform(0, 0.35) * (along - along.min()))
    if dice.random() < 0.4:
        edge = dice.uniform(0.2, 0.8)
        grey[along > np.quantile(along, edge)] *= dice.uniform(0.55, 0.9)
    noise = np.random.default_rng(dice.randrange(2**32)).normal(0, dice.uniform(1, 9), grey.shape)
    taken = Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))
    if quarter:
        taken = taken.rotate(90 * quarter, expand=True)
    out = io.BytesIO()
    taken.save(out, "JPEG", quality=dice.randint(55, 92))
    return out.getvalue()
