"""Faults in study, channels, transfers, screenings, the search for lost members and dues (L18–L25)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from taizhang.demo import words
from taizhang.demo.education import full_year
from taizhang.demo.fault_meetings import ITEM
from taizhang.demo.fault_records import Found, row_for
from taizhang.demo.faults import Plant
from taizhang.demo.records import Ledgers, monthly_due, yuan
from taizhang.demo.thorough.altering import (
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
from taizhang.demo.world import LAST


def _aspect(code: str, aspect: str) -> Plant:
    """A plan without anything of one aspect."""
    return altered(
        "study-plans", lambda r: {"items": r["items"].replace(f"类别：{aspect}", "类别：其他")}, f"L18 {code}", window=of_year
    )  # fmt: skip


def _note_missing(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody who studied with the others and wrote nothing of it."""
    days = [s["held_on"] for s in ledgers.rows["study-sessions"] if s["held_on"][5:7] in ("01", "07", "10")]  # fmt: skip
    notes = ledgers.rows["study-notes"]
    day = rng.choice([d for d in days if d < "2018-09"])
    week = [moved(day, n) for n in range(8)]
    note = row_for(
        ledgers, rng, "study-notes", lambda r: r["kind"] == "集中学习" and r["written_on"] in week
    )
    others = [r for r in notes if r["person"] == note["person"] and r["written_on"] in week and r is not note]  # fmt: skip
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
            ledgers, rng, "study-notes",
            lambda r: r["kind"] == kind and r["written_on"][:4] == year and r["person"] in names,
        )  # fmt: skip
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
    """A day of study that was planned for the autumn and held a quarter later; the hours are those of a year."""
    year = rng.choice(("2015", "2016"))
    plan = row_for(ledgers, rng, "study-plans", lambda r: r["year"] == year)
    plan["items"] = plan["items"].replace("月份：11；", "月份：12；")
    row = row_for(ledgers, rng, "study-sessions", lambda r: r["held_on"][:7] == f"{int(year) + 1}-01")  # fmt: skip
    old, new = row["held_on"], f"{int(year) + 1}-02-08"
    row["held_on"] = new
    for use in ledgers.rows["room-uses"]:
        if use["used_on"] == old:
            use["used_on"], use["_used"] = new, "1"
    late = (date.fromisoformat(new) - date.fromisoformat(old)).days
    for note in ledgers.rows["study-notes"]:
        if note["kind"] == "集中学习" and old < note["written_on"] < moved(old, 8):
            note["written_on"] = moved(note["written_on"], late)
    return [("L18", "L18.7", f"{year}-12-15")]


def _too_many_hours(ledgers: Ledgers, rng: random.Random) -> Found:
    """One day of a hundred and eighty hours."""
    year = rng.choice(("2015", "2016", "2017"))
    who = rng.choice(full_year(ledgers.branch, int(year))).name
    day = f"{year}-08-20"
    ledgers.add("study-sessions", held_on=day, place="党员活动室", topic="暑期集中学习", lecturer=who, hours="180", attendees=who, _used="1")  # fmt: skip
    ledgers.add("study-notes", person=who, written_on=moved(day, 2), kind="集中学习", topic="暑期集中学习", text=f"{who}{words.passage(rng, 2)}", _used="1")  # fmt: skip
    return [("L18", "AF-N9", day), ("L18", "AF-N9b", year)]


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
    who = rng.choice([m for m in ledgers.branch.members if m.reason == "founded" and m.left is None])  # fmt: skip
    ledgers.add(
        "transfers", person=who.name, direction="转入", letter_no=f"来2016{rng.randrange(100, 999)}", issued_on="2016-03-01",
        issuer="示例区委组织部", from_org="示例外校党支部", to_org=f"{ledgers.branch.name}党支部", valid_days="30",
        dues_paid_through="2016-02", stage="正式党员", received_on="2016-03-08", receipt_on="", receipt_by="", archive_checked="是",
        _used="1",
    )  # fmt: skip
    return [("L21", "L21.1c", "2016-03-08")]


def _older_letter(ledgers: Ledgers, rng: random.Random) -> Found:
    """A letter with a number from before the last one."""
    del rng
    rows = sorted((r for r in ledgers.rows.get("transfers", ()) if _left(r)), key=lambda r: r["issued_on"])  # fmt: skip
    if len(rows) < 2 or rows[0]["issued_on"] == rows[1]["issued_on"] or "_used" in rows[1]:
        raise NotHereError("transfers")
    rows[1]["letter_no"], rows[1]["_used"] = "示00012", "1"
    return [("L21", "L21.8", rows[1]["issued_on"], rows[0]["issued_on"])]


# Screenings and lost members


def _not_searched(code: str, way: str) -> Plant:
    """One of the five ways was not tried."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = row_for(ledgers, rng, "search-attempts", lambda r: r["way"].startswith(way))
        ledgers.rows["search-attempts"].remove(row)
        return [("L23", code, ledgers.rows["lost-members"][0]["registered_on"])]

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
    paid = [
        ("L23", "L23.6", r["paid_on"]) for r in ledgers.rows["dues-payments"]
        if r["person"] == who and old <= r["paid_on"] < new
    ]  # fmt: skip
    came = [
        (ITEM[h.kind], "AF-P3", h.row["held_on"]) for h in ledgers.meetings
        if who in h.row["present"] and old <= h.row["held_on"] < new
    ]  # fmt: skip
    return [*paid, *came]


_FOUND_ONE = {
    "found_count": "1",
    "cases": "示例甲（类别：违纪；文号：示例纪〔2016〕1号；已处理：否）",
}


# Dues


def _paid(ledgers: Ledgers, row: Raw) -> list[Raw]:
    """The payments under one assessment."""
    return [
        p for p in ledgers.rows["dues-payments"]
        if p["person"] == row["person"] and p["month"][:4] == row["year"]
    ]  # fmt: skip


def _assessments(
    ledgers: Ledgers, rng: random.Random, where: Callable[[Raw], bool], n: int
) -> list[Raw]:
    """So many assessments of different members, none touched, nor any payment under them."""
    rows = [
        r for r in ledgers.rows["dues-assessments"]
        if where(r) and not any("_used" in p for p in (r, *_paid(ledgers, r)))
    ]  # fmt: skip
    rows = list({r["person"]: r for r in rng.sample(rows, len(rows))}.values())
    if len(rows) < n:
        raise NotHereError("dues-assessments")
    return rows[:n]


def _reassess(ledgers: Ledgers, row: Raw, monthly: int, **changes: str) -> None:
    """Another sum a month, and paid accordingly."""
    row |= changes | {"monthly_due": yuan(monthly), "_used": "1"}
    for payment in _paid(ledgers, row):
        payment["amount"], payment["_used"] = row["monthly_due"], "1"


def _salaried(row: Raw) -> bool:
    return row["category"] == "在职"


def _same_base(ledgers: Ledgers, rows: list[Raw], base: int) -> None:
    for row in rows:
        permille, monthly = monthly_due(base, retired=False)
        _reassess(ledgers, row, monthly, base=yuan(base), permille=str(permille))


def _base_of_years_ago(ledgers: Ledgers, rng: random.Random) -> Found:
    """A base that stays as it was for three years."""
    (row,) = _assessments(ledgers, rng, lambda r: _salaried(r) and r["year"] == "2015", 1)
    own = [
        r for r in ledgers.rows["dues-assessments"]
        if r["person"] == row["person"] and r["year"] < "2018" and r is not row
    ]  # fmt: skip
    if len(own) != 2 or any("_used" in p for r in own for p in (r, *_paid(ledgers, r))):
        raise NotHereError("dues-assessments")
    _same_base(ledgers, [row, *own], round(float(row["base"]) * 100))
    return [("L25", "L25.10", "", "2015-01-01")]


def _ten_alike(ledgers: Ledgers, rng: random.Random) -> Found:
    """Ten with one salary."""
    year = rng.choice(("2015", "2016", "2017"))
    rows = _assessments(ledgers, rng, lambda r: _salaried(r) and r["year"] == year, 10)
    _same_base(ledgers, rows, 523400)
    return [("L25", "AF-N7", year)]


def _pension_wrong(ledgers: Ledgers, rng: random.Random) -> Found:
    """A pensioner who pays two yuan more than his pension asks."""
    (row,) = _assessments(ledgers, rng, lambda r: r["category"] == "离退休", 1)
    _reassess(ledgers, row, round(float(row["monthly_due"]) * 100) + 200)
    return [("L25", "DUES-2", of_year(row))]


def _student_pays_more(ledgers: Ledgers, rng: random.Random) -> Found:
    """A student who is asked for five yuan."""
    (row,) = _assessments(ledgers, rng, _salaried, 1)
    _reassess(ledgers, row, 500, category="学生", basis="其他", base="", permille="")
    return [("L25", "DUES-3", of_year(row))]


def _no_assessment(ledgers: Ledgers, rng: random.Random) -> Found:
    """A member who pays without being assessed."""
    (row,) = _assessments(ledgers, rng, lambda _: True, 1)
    ledgers.rows["dues-assessments"].remove(row)
    for payment in _paid(ledgers, row):
        payment["_used"] = "1"
    return [("L25", "L25.1", row["year"])]


def _paid_before_he_came(ledgers: Ledgers, rng: random.Random) -> Found:
    """Dues of a month in which the member belonged to another branch."""
    came = [m for m in ledgers.branch.members if m.reason == "moved_in"]
    if not came:
        raise NotHereError("members")
    who = rng.choice(came)
    month = f"{who.joined.year}-06"
    amount = yuan(ledgers.dues_due[who.name, who.joined.year])
    day = date(who.joined.year, 6, 12)
    holder = ledgers.branch.holder("organisation", day) or ledgers.branch.members[0]
    ledgers.add("dues-payments", person=who.name, month=month, amount=amount, paid_on=day.isoformat(), method="现金", collector=holder.name, _used="1")  # fmt: skip
    return [("L25", "L25.6", f"{month}-01")]


def _collected_by_one_who_left(ledgers: Ledgers, rng: random.Random) -> Found:
    """Money taken by somebody who had left."""
    gone = [m for m in ledgers.branch.members if m.left]
    if not gone:
        raise NotHereError("members")
    who = gone[0]
    row = row_for(ledgers, rng, "dues-payments", lambda r: who.left is not None and r["paid_on"] > who.left.isoformat())  # fmt: skip
    row["collector"] = who.name
    return [("L25", "L25.8", row["paid_on"])]


def _collected_by_one_away(ledgers: Ledgers, rng: random.Random) -> Found:
    """Money taken by somebody who was away that day."""
    away = {h.row["held_on"]: name for h in ledgers.meetings for name, _ in h.row["absent"]}
    row = row_for(ledgers, rng, "dues-payments", lambda r: r["paid_on"] in away and r["collector"] != away[r["paid_on"]])  # fmt: skip
    row["collector"] = away[row["paid_on"]]
    return [("L25", "L25.8w", row["paid_on"])]


_BEFORE_LAST = (LAST - timedelta(days=90)).isoformat()
OF_FEW: tuple[Plant, ...] = (
    _no_push, removed("pushes", "L20 L20.5", window=in_quarter("pushed_on"), where=lambda r: r["pushed_on"] < _BEFORE_LAST),
    altered("pushes", {"_bare": "1"}, "L20 L20.2", window="pushed_on"), _before_it_was_opened,
    _not_searched("L23.2a", "查阅"), _not_searched("L23.2b", "电话"), _not_searched("L23.2c", "走访"),
    _not_searched("L23.2d", "发函"), _not_searched("L23.2e", "媒体"), altered("search-attempts", {"_bare": "1"}, "L23 L23.2f", window="done_on"), _no_digest_plan,
    altered("digest-plans", {"done_on": ""}, "L23 L23.3w", window="due_on"),
    _lost_and_there,
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
    _too_many_hours, _same_plan,
    removed("transfers", "L21 L21.1", window="received_on", where=_came),
    removed("transfers", "L21 L21.1b", window="received_on", where=_left),
    _never_came,
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
    _no_assessment, altered("dues-payments", {"_no_leaf": "1"}, "L25 L25.5b", window=lambda r: f"{r['month']}-01"), _paid_before_he_came, _collected_by_one_who_left, _collected_by_one_away, _base_of_years_ago,
    _ten_alike, _pension_wrong, _student_pays_more,
)  # fmt: skip
