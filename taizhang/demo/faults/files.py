"""Faults in what is attached to a meeting, and in how its record was entered (DOMAIN 6.2, 6.6),
planted without asking the rules.
"""

from __future__ import annotations

import io
import random
from datetime import date, datetime, timedelta

from PIL import Image, ImageOps

from taizhang.demo.faults.meetings import Found, pick
from taizhang.demo.minutes import Held, Row
from taizhang.demo.records import Attached, Ledgers

_PNG = "PNG"


def _two(ledgers: Ledgers, rng: random.Random) -> tuple[Held, Held]:
    """Two meetings, the earlier first, for their keys are in the order of their days."""
    found = [pick(ledgers, rng, "group_meeting") for _ in range(2)]
    first, second = sorted(found, key=lambda held: str(held.row["held_on"]))
    return first, second


def scene(rng: random.Random) -> Image.Image:
    """No two alike: coloured fields, softened as a camera does."""
    fields = Image.frombytes("RGB", (9, 7), rng.randbytes(9 * 7 * 3))
    return fields.resize((360, 280), Image.Resampling.BICUBIC)


def picture_file(picture: Image.Image, form: str = _PNG, taken: str = "", **how: object) -> bytes:
    out, exif = io.BytesIO(), picture.getexif()
    if taken:
        exif[306] = taken
    picture.save(out, form, exif=exif, **how)
    return out.getvalue()


def photo_again(ledgers: Ledgers, rng: random.Random) -> Found:
    """One photograph lies by two meetings."""
    first, second = _two(ledgers, rng)
    data = picture_file(scene(rng))
    ledgers.attached += [Attached(held.row, "会议照片.png", data) for held in (first, second)]
    return _later(first, second, "AF-F1")


def photo_touched(ledgers: Ledgers, rng: random.Random) -> Found:
    """A photograph, mirrored and compressed again, serves for a later meeting."""
    first, second = _two(ledgers, rng)
    ledgers.attached += touched(first.row, second.row, rng)
    return _later(first, second, "AF-F1w")


def touched(first: Row, second: Row, rng: random.Random, slug: str = "meetings") -> list[Attached]:
    """A picture, and the same mirrored and compressed again."""
    taken = scene(rng)
    turned = picture_file(ImageOps.mirror(taken), "JPEG", quality=80)
    return [
        Attached(first, "会场.png", picture_file(taken), slug),
        Attached(second, "会场.jpg", turned, slug),
    ]


def photo(held: Held, day: date, rng: random.Random) -> Attached:
    """A photograph of which the camera says another day."""
    data = picture_file(scene(rng), taken=f"{day:%Y:%m:%d} 09:30:00")
    return Attached(held.row, "现场.png", data)


def _later(first: Held, second: Held, code: str) -> Found:
    """It is the later meeting that is told of, and neither of two on one day."""
    one_day = first.row["held_on"] == second.row["held_on"]
    return [] if one_day else [("L28", code, second.row["held_on"], first.row["held_on"])]


def photo_of_another_day(ledgers: Ledgers, rng: random.Random) -> Found:
    """The camera wrote a day three weeks before the meeting."""
    held = pick(ledgers, rng, "group_meeting")
    day = date.fromisoformat(held.row["held_on"]) - timedelta(days=21)
    ledgers.attached.append(photo(held, day, rng))
    return [("L28", "AF-F2", held.row["held_on"])]


def file_of_another_day(ledgers: Ledgers, rng: random.Random) -> Found:
    """A photograph that is named after the day before."""
    held = pick(ledgers, rng, "group_meeting")
    day = date.fromisoformat(held.row["held_on"]) - timedelta(days=1)
    name = f"{day.year}年{day.month}月{day.day}日党小组会.png"
    ledgers.attached.append(Attached(held.row, name, picture_file(scene(rng))))
    return [("L28", "AF-D11f", held.row["held_on"])]


def entered_in_an_hour(ledgers: Ledgers, rng: random.Random) -> Found:
    """Five months of a group entered in one evening, half a year late, as if they had been entered
    in time.
    """
    of_months: dict[str, Held] = {}
    for held in ledgers.meetings:
        if held.kind == "group_meeting" and not held.busy and held.row["held_on"] < "2018-01":
            of_months.setdefault(held.row["held_on"][:7], held)
    months = sorted(of_months)
    if len(months) < 5:
        return []
    at = rng.randrange(len(months) - 4)
    chosen = [of_months[month] for month in months[at : at + 5]]
    evening = datetime.fromisoformat(f"{chosen[-1].row['held_on']}T19:00:00+08:00") + timedelta(180)
    for nth, held in enumerate(chosen):
        held.busy = True
        held.row["_entered_at"] = (evening + timedelta(minutes=9 * nth)).isoformat()
    late = [("L30", "MT.9", held.row["held_on"]) for held in chosen]
    return [("L28", "AF-D4", f"{evening:%Y-%m-%d}", chosen[0].row["held_on"]), *late]


def endless_day(ledgers: Ledgers, rng: random.Random) -> Found:
    """A committee that met from half past seven until eight in the evening."""
    held = pick(ledgers, rng, "committee_meeting")
    day = held.row["held_on"]
    if sum(one.row["held_on"] == day for one in ledgers.meetings) > 1:
        return []
    held.row["starts_at"], held.row["ends_at"] = "07:30", "20:00"
    return [("L29", "MT.6d", day), ("L28", "AF-N10", day)]


ALL = (
    photo_again, photo_touched, photo_of_another_day, file_of_another_day, entered_in_an_hour, endless_day,
)  # fmt: skip
