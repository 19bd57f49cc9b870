"""Files that lie by two records, and what two branches have in common (L20, L26, L28, L32, L34)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import count

from lab.faults.altering import NotHereError, two
from lab.faults.minutes import write
from taizhang.demo import words
from taizhang.demo.faults.files import photo, picture_file, scene, touched
from taizhang.demo.faults.meetings import may_be_on, pick
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found, row_for
from taizhang.demo.minutes import Held
from taizhang.demo.records import Attached, Ledgers
from taizhang.demo.special import page
from taizhang.ledgers.kinds import KINDS


def _again(slug: str, item: str, code: str) -> Plant:
    """One file lies by two records."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        first, second = two(ledgers, rng, slug, lambda r: "_bare" not in r)
        data = page(f"{ledgers.branch.name} {slug} {rng.random()}")
        ledgers.attached += [Attached(row, "现场.pdf", data, slug) for row in (first, second)]
        return [(item, code, second[KINDS[slug].day], first[KINDS[slug].day])]

    return plant


def _screen_again(ledgers: Ledgers, rng: random.Random) -> Found:
    """A screenshot, mirrored and pressed anew, serves for a later push."""
    first, second = two(ledgers, rng, "pushes", lambda r: "_bare" not in r)
    ledgers.attached += touched(first, second, rng, "pushes")
    return [("L20", "L20.3w", second["pushed_on"], first["pushed_on"])]


def _of_last_year(ledgers: Ledgers, rng: random.Random, kind: str) -> Held:
    """A meeting of the last year, for what two branches share must lie in the same span
    of years.
    """
    free = [
        h
        for h in ledgers.meetings
        if h.kind == kind and not h.busy and date(2018, 2, 1) <= h.day < date(2018, 9, 1)
    ]
    held = rng.choice(free)
    held.busy = held.faulty = True
    return held


def _same_minutes(ledgers: Ledgers, rng: random.Random) -> Found:
    """Minutes as another branch has them."""
    held = _of_last_year(ledgers, rng, "committee_meeting")
    held.row["discussion"] = words.passage(random.Random(2), 160)  # noqa: S311
    return [("L29", "AF-T2", held.row["held_on"])]


def _much_the_same_minutes() -> Plant:
    """Minutes of which most stands in those of another branch."""
    own = count(101)

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        held = _of_last_year(ledgers, rng, "committee_meeting")
        write(held, (4, 32), next(own))
        return [("L29", "AF-T2w", held.row["held_on"])]

    return plant


def _same_examination(ledgers: Ledgers, rng: random.Random) -> Found:
    """What another branch wrote of itself, which is most of the record."""
    row = row_for(ledgers, rng, "life-meetings", lambda r: r["assessment_year"] == "2017")
    row["self_examination"] = words.passage(random.Random(4), 120)  # noqa: S311
    return [("L32", code, row["held_on"]) for code in ("L32.12b", "L32.12c")]


def _same_section(ledgers: Ledgers, rng: random.Random) -> Found:
    """What another branch wrote of itself, in a record that is otherwise its own."""
    row = row_for(ledgers, rng, "life-meetings", lambda r: r["assessment_year"] == "2017")
    row["self_examination"] = words.passage(random.Random(7), 4)  # noqa: S311
    return [("L32", "L32.12c", row["held_on"])]


def _same_lecture(ledgers: Ledgers, rng: random.Random) -> Found:
    """A lecture that was given in another branch too."""
    held = _of_last_year(ledgers, rng, "party_lecture")
    held.row["content"] = words.passage(random.Random(8), 6)  # noqa: S311
    return [("L31", "L31.5b", held.row["held_on"])]


def _same_picture(ledgers: Ledgers, rng: random.Random) -> Found:
    """A picture that another branch has too."""
    held = _of_last_year(ledgers, rng, "group_meeting")
    ledgers.attached.append(Attached(held.row, "会场.png", picture_file(scene(random.Random(5)))))  # noqa: S311
    return [("L28", "AF-F1x", held.row["held_on"])]


def _in_two_places(ledgers: Ledgers, rng: random.Random) -> Found:
    """One guest looks on in two branches at the same hour."""
    del rng
    day = date(2017, 3, 7)
    held = next(
        h
        for h in ledgers.meetings
        if h.kind == "committee_meeting" and (h.day.year, h.day.month) == (day.year, day.month)
    )
    if held.busy or not may_be_on(ledgers, held, day.isoformat()):
        raise NotHereError("committee_meeting")
    held.busy = held.faulty = True
    held.row |= {
        "held_on": day.isoformat(),
        "starts_at": "09:30",
        "ends_at": "10:20",
        "observers": "示例联络员",
    }
    return [("L28", "AF-P11", day.isoformat())]


def _photo_of_the_year_before(ledgers: Ledgers, rng: random.Random) -> Found:
    """A photograph that was taken four hundred days before the meeting."""
    held = pick(ledgers, rng, "group_meeting")
    ledgers.attached.append(photo(held, held.day - timedelta(days=400), rng))
    return [("L28", "AF-F2x", held.row["held_on"])]


def _photo_after_the_entry(ledgers: Ledgers, rng: random.Random) -> Found:
    """A meeting that was entered on the next day, with a photograph of a week later."""
    held = pick(ledgers, rng, "group_meeting")
    held.row["_entered_at"] = f"{held.day + timedelta(days=1)}T19:00:00+08:00"
    taken = held.day + timedelta(days=8)
    ledgers.attached.append(photo(held, taken, rng))
    return [("L28", "AF-F2", held.row["held_on"]), ("L28", "AF-F2e", taken.isoformat())]


def _photos_of_one_day(ledgers: Ledgers, rng: random.Random) -> Found:
    """Three meetings of a year with photographs that were all taken at the first."""
    of_months = {
        h.row["held_on"][:7]: h
        for h in ledgers.meetings
        if h.kind == "group_meeting" and not h.busy and h.day.year == 2017
    }
    chosen = [of_months[month] for month in sorted(rng.sample(sorted(of_months), 3))]
    for held in chosen:
        held.busy = held.faulty = True
        ledgers.attached.append(photo(held, chosen[0].day, rng))
    late = [("L28", "AF-F2", held.row["held_on"]) for held in chosen[1:]]
    return [("L28", "AF-F3", "2017"), *late]


ALL: tuple[Plant, ...] = (
    _photo_of_the_year_before, _photo_after_the_entry, _photos_of_one_day, _screen_again,
    _again("pushes", "L20", "L20.3"), _again("activities", "L26", "L26.5"), _again("room-uses", "L34", "L34.5"),
)  # fmt: skip


def in_two() -> list[Plant]:
    """Planted in two branches each, or in none."""
    once = [
        _same_minutes,
        _much_the_same_minutes(),
        _same_examination,
        _same_section,
        _same_lecture,
        _same_picture,
        _in_two_places,
    ]
    return [plant for plant in once for _ in range(2)]
