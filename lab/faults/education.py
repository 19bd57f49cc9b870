"""Faults in study, channels, transfers, screenings and the search for lost members (L18–L24)."""

from __future__ import annotations

import random
from datetime import date, timedelta

from lab.faults.altering import (
    NotHereError,
    Raw,
    altered,
    ended,
    in_quarter,
    moved,
    of_year,
    plus,
    removed,
    repeated,
    two,
)
from taizhang.demo import words
from taizhang.demo.education import full_year
from taizhang.demo.faults.meetings import ITEM
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found, row_for
from taizhang.demo.records import Ledgers
from taizhang.demo.world import LAST
from taizhang.kernel.calendar import plus_months


def _aspect(code: str, aspect: str) -> Plant:
    """A plan without anything of one aspect."""
    return altered(
        "study-plans",
        lambda r: {"items": r["items"].replace(f"类别：{aspect}", "类别：其他")},
        f"L18 {code}",
        window=of_year,
    )


def _note_missing(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody who studied with the others and wrote nothing of it."""
    days = [
        s["held_on"]
        for s in ledgers.rows["study-sessions"]
        if s["held_on"][5:7] in ("01", "07", "10")
    ]
    notes = ledgers.rows["study-notes"]
    day = rng.choice([d for d in days if d < "2018-09"])
    week = [moved(day, n) for n in range(8)]
    note = row_for(
        ledgers, rng, "study-notes", lambda r: r["kind"] == "集中学习" and r["written_on"] in week
    )
    others = [
        r
        for r in notes
        if r["person"] == note["person"] and r["written_on"] in week and r is not note
    ]
    if others:
        raise NotHereError("study-notes")
    notes.remove(note)
    return [("L18", "L18.4", day)]


def _no_note(code: str, kind: str) -> Plant:
    """A member who was there all the year and has no note of a kind."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        year = rng.choice(("2015", "2016", "2017"))
        names = {m.name for m in full_year(ledgers.branch, int(year))}
        row = row_for(
            ledgers,
            rng,
            "study-notes",
            lambda r: r["kind"] == kind and r["written_on"][:4] == year and r["person"] in names,
        )
        ledgers.rows["study-notes"].remove(row)
        return [("L18", code, year)]

    return plant


def _eight_hours_less(ledgers: Ledgers, rng: random.Random) -> Found:
    """A member who missed one of the four days of study."""
    row = row_for(ledgers, rng, "study-sessions", lambda r: r["held_on"] < "2018")
    year = row["held_on"][:4]
    here = row["attendees"].split("、")
    names = [m.name for m in full_year(ledgers.branch, int(year)) if m.name in here[1:]]
    row["attendees"] = "、".join(n for n in here if n != names[0])
    return [("L18", "L18.9", year)]


def _planned_and_not_held(ledgers: Ledgers, rng: random.Random) -> Found:
    """A day of study that was planned for the autumn and held a quarter later; the hours are those
    of a year.
    """
    year = rng.choice(("2015", "2016"))
    plan = row_for(ledgers, rng, "study-plans", lambda r: r["year"] == year)
    autumn = row_for(ledgers, rng, "study-sessions", lambda r: r["held_on"][:7] == f"{year}-10")
    row = row_for(
        ledgers, rng, "study-sessions", lambda r: r["held_on"][:7] == f"{int(year) + 1}-01"
    )
    plan["items"] = plan["items"].replace("月份：10；", "月份：12；")
    old, new = row["held_on"], f"{int(year) + 1}-02-08"
    row["held_on"] = new
    for use in ledgers.rows["room-uses"]:
        if use["used_on"] == old:
            use["used_on"], use["_used"] = new, "1"
    late = (date.fromisoformat(new) - date.fromisoformat(old)).days
    for note in ledgers.rows["study-notes"]:
        if note["kind"] == "集中学习" and old < note["written_on"] < moved(old, 8):
            note["written_on"] = moved(note["written_on"], late)
    return [("L18", "L18.7", f"{year}-12-15"), ("L18", "L18.7b", autumn["held_on"])]


def _too_many_hours(ledgers: Ledgers, rng: random.Random) -> Found:
    """One day of a hundred and eighty hours."""
    year = rng.choice(("2015", "2016", "2017"))
    who = rng.choice(full_year(ledgers.branch, int(year))).name
    day = f"{year}-08-20"
    ledgers.add(
        "study-sessions",
        held_on=day,
        place="党员活动室",
        topic="暑期集中学习",
        lecturer=who,
        hours="180",
        attendees=who,
        _used="1",
    )
    ledgers.add(
        "study-notes",
        person=who,
        written_on=moved(day, 2),
        kind="集中学习",
        topic="暑期集中学习",
        text=f"{who}{words.passage(rng, 2)}",
        _used="1",
    )
    return [("L18", "AF-N9", day), ("L18", "AF-N9b", year)]


def _two_notes_missing(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody who studied four times in a year with the others and wrote two notes."""
    year = rng.choice(("2015", "2016", "2017"))
    sessions = [s for s in ledgers.rows["study-sessions"] if s["held_on"][:4] == year]
    days = sorted(s["held_on"] for s in sessions)
    who = rng.choice(full_year(ledgers.branch, int(year))).name
    notes = [
        r for r in ledgers.rows["study-notes"] if r["person"] == who and r["kind"] == "集中学习"
    ]
    own = [[n for n in notes if day <= n["written_on"] < moved(day, 8)] for day in days]
    came = all(who in s["attendees"].split("、") for s in sessions)
    if len(days) != 4 or not came or any(len(n) != 1 or "_used" in n[0] for n in own):
        raise NotHereError("study-notes")
    for (note,) in own[1:3]:
        ledgers.rows["study-notes"].remove(note)
    for (note,) in (own[0], own[3]):
        note["_used"] = "1"
    return [("L18", "L18.4i", year), *(("L18", "L18.4", day) for day in days[1:3])]


def _note_of_one_away(ledgers: Ledgers, rng: random.Random) -> Found:
    """A note of the day by somebody who did not come."""
    row = row_for(ledgers, rng, "study-sessions", lambda r: r["held_on"][:4] == "2018")
    day, here = row["held_on"], row["attendees"].split("、")
    note = row_for(
        ledgers,
        rng,
        "study-notes",
        lambda r: (
            r["kind"] == "集中学习"
            and day < r["written_on"] < moved(day, 8)
            and r["person"] in here[1:]
        ),
    )
    row["attendees"] = "、".join(n for n in here if n != note["person"])
    note["written_on"] = day
    return [("L18", "L18.10", day)]


def _same_plan(ledgers: Ledgers, rng: random.Random) -> Found:
    """The plan of a year with another year on it."""
    first, second = two(ledgers, rng, "study-plans")
    first["requirement"] = words.passage(rng, 5)
    second |= {name: first[name] for name in ("requirement", "assessment", "items")}
    return [("L18", "AF-T7", of_year(second), of_year(first))]


# Channels and transfers


def _no_push(ledgers: Ledgers, rng: random.Random) -> Found:
    """A channel that was silent for a year."""
    year = rng.choice(("2015", "2016", "2017"))
    own = [r for r in ledgers.rows.get("pushes", ()) if r["pushed_on"][:4] == year]
    if not own or any("_used" in r for r in own):
        raise NotHereError("pushes")
    for row in own:
        ledgers.rows["pushes"].remove(row)
    return [("L20", "L20.1", year), *(("L20", "L20.5", f"{year}-Q{q}") for q in (1, 2, 3, 4))]


def _before_it_was_opened(ledgers: Ledgers, rng: random.Random) -> Found:
    """A push of a time when there was no channel."""
    first = row_for(ledgers, rng, "pushes", lambda r: r["pushed_on"] == "2015-02-16")
    row_for(ledgers, rng, "channels")["opened_on"] = "2015-03-02"
    return [("L20", "L20.4", first["pushed_on"])]


def _came(row: Raw) -> bool:
    return row["direction"] == "转入"


def _left(row: Raw) -> bool:
    return row["direction"] == "转出"


def _never_came(ledgers: Ledgers, rng: random.Random) -> Found:
    """A letter for somebody who was there all the time."""
    who = rng.choice(
        [m for m in ledgers.branch.members if m.reason == "founded" and m.left is None]
    )
    ledgers.add(
        "transfers",
        person=who.name,
        direction="转入",
        letter_no=f"来2016{rng.randrange(100, 999)}",
        issued_on="2016-03-01",
        issuer="示例区委组织部",
        from_org="示例外校党支部",
        to_org=f"{ledgers.branch.name}党支部",
        valid_days="30",
        dues_paid_through="2016-02",
        stage="正式党员",
        received_on="2016-03-08",
        receipt_on="",
        receipt_by="",
        archive_checked="是",
        _used="1",
    )
    early = _there_before(ledgers, who.name, "2016-03-08")
    return [("L21", "L21.1c", "2016-03-08"), ("L21", "L21.5c", "2016-02-01"), *early]


def _there_before(ledgers: Ledgers, name: str, received: str) -> Found:
    """The meetings of the ninety days before a letter was taken in, at which its person already
    was.
    """
    return [
        ("L21", "L21.6", h.row["held_on"])
        for h in ledgers.meetings
        if name in h.row["present"] and moved(received, -90) <= h.row["held_on"] < received
    ]


def _received_late(ledgers: Ledgers, rng: random.Random) -> Found:
    """A letter that was taken in when its person had been to meetings for three weeks."""
    row = row_for(ledgers, rng, "transfers", _came)
    row["received_on"] = moved(row["received_on"], 21)
    found = _there_before(ledgers, row["person"], row["received_on"])
    if not found:
        row["received_on"] = moved(row["received_on"], -21)
    return found


def _never_left(ledgers: Ledgers, rng: random.Random) -> Found:
    """A letter, with its receipt, for somebody who is still there."""
    who = rng.choice(
        [m for m in ledgers.branch.members if m.reason == "founded" and m.left is None]
    )
    ledgers.add(
        "transfers",
        person=who.name,
        direction="转出",
        letter_no="示09990",
        issued_on="2018-10-08",
        issuer="示例区委组织部",
        from_org=f"{ledgers.branch.name}党支部",
        to_org="示例外校党支部",
        valid_days="30",
        dues_paid_through="2018-08",
        stage="正式党员",
        received_on="2018-10-12",
        receipt_on="2018-10-15",
        receipt_by="示例经办",
        archive_checked="是",
        _used="1",
    )
    return [("L21", "L21.1d", "2018-10-12")]


def _paid_through(code: str, months: int) -> Plant:
    """A letter that names another month as the last one that was paid."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = row_for(ledgers, rng, "transfers", _came)
        first = date.fromisoformat(f"{row['dues_paid_through']}-01")
        month = plus_months(first, months)
        row["dues_paid_through"] = f"{month:%Y-%m}"
        return [("L21", code, month.isoformat())]

    return plant


def _older_letter(ledgers: Ledgers, rng: random.Random) -> Found:
    """A letter with a number from before the last one."""
    del rng
    rows = sorted(
        (r for r in ledgers.rows.get("transfers", ()) if _left(r)), key=lambda r: r["issued_on"]
    )
    if len(rows) < 2 or rows[0]["issued_on"] == rows[1]["issued_on"] or "_used" in rows[1]:
        raise NotHereError("transfers")
    rows[1]["letter_no"], rows[1]["_used"] = "示00012", "1"
    return [("L21", "L21.8", rows[1]["issued_on"], rows[0]["issued_on"])]


# Screenings and lost members


def _not_searched(code: str, way: str) -> Plant:
    """One of the five ways was not tried."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        rows = ledgers.rows["search-attempts"]
        codes = (code, "L23.2") if len(rows) == 5 else (code,)
        rows.remove(row_for(ledgers, rng, "search-attempts", lambda r: r["way"].startswith(way)))
        day = ledgers.rows["lost-members"][0]["registered_on"]
        return [("L23", one, day) for one in codes]

    return plant


def _no_digest_plan(ledgers: Ledgers, rng: random.Random) -> Found:
    """Nobody planned how to settle it."""
    row = row_for(ledgers, rng, "digest-plans")
    ledgers.rows["digest-plans"].remove(row)
    return [("L23", "L23.3", ledgers.rows["lost-members"][0]["registered_on"])]


def _lost_and_there(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody on the list of the lost who paid his dues and came to meetings."""
    row = row_for(ledgers, rng, "lost-members")
    who, old, new = row["person"], row["settled_on"], "2017-02-27"
    row["settled_on"] = new
    return _seen(ledgers, who, old, new)


def _seen(ledgers: Ledgers, who: str, first: str, until: str) -> Found:
    """What somebody on the list of the lost paid, and where he was, in these days."""
    paid = [
        ("L23", "L23.6", r["paid_on"])
        for r in ledgers.rows["dues-payments"]
        if r["person"] == who and first <= r["paid_on"] < until
    ]
    came = [
        (ITEM.get(h.kind, "L32"), "AF-P3", h.row["held_on"])
        for h in ledgers.meetings
        if who in h.row["present"] and first <= h.row["held_on"] < until
    ]
    return [*paid, *came]


def _lost_over_new_year(ledgers: Ledgers, rng: random.Random) -> Found:
    """On the list since December, with a plan for that year alone."""
    row, plan = row_for(ledgers, rng, "lost-members"), row_for(ledgers, rng, "digest-plans")
    who, old, new = row["person"], row["registered_on"], "2016-12-28"
    row["registered_on"] = new
    plan |= {"year": "2016"}
    return [("L23", "L23.3b", "2017"), *_seen(ledgers, who, new, old)]


_FOUND_ONE = {
    "found_count": "1",
    "cases": "示例甲（类别：违纪；文号：示例纪〔2016〕1号；已处理：否）",
}


_BEFORE_LAST = (LAST - timedelta(days=90)).isoformat()
OF_FEW: tuple[Plant, ...] = (
    _no_push, removed("pushes", "L20 L20.5", window=in_quarter("pushed_on"), where=lambda r: r["pushed_on"] < _BEFORE_LAST),
    altered("pushes", {"_bare": "1"}, "L20 L20.2", window="pushed_on"), _before_it_was_opened,
    _not_searched("L23.2a", "查阅"), _not_searched("L23.2b", "电话"), _not_searched("L23.2c", "走访"),
    _not_searched("L23.2d", "发函"), _not_searched("L23.2e", "媒体"), altered("search-attempts", {"_bare": "1"}, "L23 L23.2f", window="done_on"), _no_digest_plan,
    altered("digest-plans", {"done_on": ""}, "L23 L23.3w", window="due_on"),
    _lost_and_there, _lost_over_new_year,
)  # fmt: skip
"""Where there is a channel, or somebody lost: in few branches."""
ALL: tuple[Plant, ...] = (
    removed("study-plans", "L18 L18.1", window="year", where=ended),
    altered("study-plans", lambda r: {"adopted_on": f"{r['year']}-05-20"}, "L18 L18.2", window=of_year),
    altered("personal-study-plans", {"requirement": ""}, "L18 L18.3b", window=of_year),
    _note_missing, _no_note("L18.5", "自学"), _no_note("L18.5b", "学习心得"),
    _aspect("L18.6a", "理想信念"), _aspect("L18.6b", "业务能力"), _aspect("L18.6c", "文化素质"),
    repeated("study-notes", ("text",), "L18 L18.8b", window="written_on"),
    _eight_hours_less,
    _planned_and_not_held,
    altered("study-sessions", {"hours": "9"}, "L18 AF-N9", window="held_on"),
    _too_many_hours, _same_plan, _two_notes_missing, _note_of_one_away,
    removed("transfers", "L21 L21.1", window="received_on", where=_came),
    removed("transfers", "L21 L21.1b", window="received_on", where=_left),
    _never_came, _received_late, _never_left, _paid_through("L21.5b", -1), _paid_through("L21.5c", 1),
    altered("transfers", {"valid_days": "120"}, "L21 L21.2w", window="issued_on"),
    _older_letter,
    altered("transfers", {"stage": "预备党员"}, "L21 L21.9", window="issued_on", where=_left),
    altered("relation-surveys", plus("roster_count"), "L22 L22.1", window="as_of"),
    altered("relation-surveys", plus("n_normal"), "L22 L22.1b", window="as_of"),
    altered("relation-surveys", lambda r: {"n_lost": "1", "n_normal": str(int(r["n_normal"]) - 1)}, "L22 L22.2", window="as_of"),
    altered("relation-surveys", {"summary": ""}, "L22 L22.3", window="as_of"),
    altered("relation-surveys", lambda r: {"summary_on": f"{r['as_of'][:4]}-06-20"}, "L22 L22.3w", window="as_of"),
    altered("violation-surveys", {"plan": ""}, "L24 L24.1", window="as_of"),
    altered("violation-surveys", plus("checked_count"), "L24 L24.1b", window="as_of"),
    altered("violation-surveys", {"found_count": "2"}, "L24 L24.2", window="as_of"),
    altered("violation-surveys", _FOUND_ONE, "L24 L24.3", window="as_of"),
)  # fmt: skip
