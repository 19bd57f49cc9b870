"""Faults in dues (L25)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from lab.faults.altering import NotHereError, Raw, altered, of_year
from taizhang.demo.education import full_year
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found, row_for
from taizhang.demo.records import Ledgers, monthly_due, yuan
from taizhang.kernel.calendar import month_end


def _paid(ledgers: Ledgers, row: Raw) -> list[Raw]:
    """The payments under one assessment."""
    return [
        p
        for p in ledgers.rows["dues-payments"]
        if p["person"] == row["person"] and p["month"][:4] == row["year"]
    ]


def _assessments(
    ledgers: Ledgers, rng: random.Random, where: Callable[[Raw], bool], n: int
) -> list[Raw]:
    """So many assessments of different members, none touched, nor any payment under them."""
    rows = [
        r
        for r in ledgers.rows["dues-assessments"]
        if where(r) and not any("_used" in p for p in (r, *_paid(ledgers, r)))
    ]
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
        r
        for r in ledgers.rows["dues-assessments"]
        if r["person"] == row["person"] and r["year"] < "2018" and r is not row
    ]
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


def _assessed_in_may(ledgers: Ledgers, rng: random.Random) -> Found:
    """What a member owes was fixed after the first quarter."""
    whole = {(m.name, "2017") for m in full_year(ledgers.branch, 2017)}
    row = row_for(ledgers, rng, "dues-assessments", lambda r: (r["person"], r["year"]) in whole)
    row["approved_on"] = f"{row['year']}-05-20"
    return [("L25", "DUES-7", row["year"])]


def _more_than_a_thousand(ledgers: Ledgers, rng: random.Random) -> Found:
    """Twelve hundred yuan a month of sixty thousand."""
    (row,) = _assessments(ledgers, rng, lambda r: _salaried(r) and r["year"] > "2016", 1)
    _same_base(ledgers, [row], 6000000)
    return [("L25", "DUES-6", of_year(row))]


def _unpaid(n: int, code: str) -> Plant:
    """So many months in a row without a payment."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        year = rng.choice((2015, 2016, 2017))
        who = rng.choice(full_year(ledgers.branch, year)).name
        months = [f"{year}-{month:02d}" for month in range(4, 4 + n)]
        rows = [
            r for r in ledgers.rows["dues-payments"] if r["person"] == who and r["month"] in months
        ]
        about = (
            [r for r in ledgers.rows["transfers"] if r["person"] == who]
            if "transfers" in ledgers.rows
            else []
        )
        if len(rows) != n or about or any("_used" in r for r in rows):
            raise NotHereError("dues-payments")
        for row in rows:
            ledgers.rows["dues-payments"].remove(row)
        return [("L25", code, months[-1]), *(("L25", "L25.2", month) for month in months)]

    return plant


def _paid_after_half_a_year(ledgers: Ledgers, rng: random.Random) -> Found:
    """A month paid two hundred and ten days after it was over."""
    away = {(name, h.row["held_on"]) for h in ledgers.meetings for name, _ in h.row["absent"]}
    row = row_for(ledgers, rng, "dues-payments", lambda r: r["month"] < "2018-01")
    day = month_end(date.fromisoformat(f"{row['month']}-01")) + timedelta(days=210)
    holder = ledgers.branch.holder("organisation", day) or ledgers.branch.members[0]
    while (holder.name, day.isoformat()) in away:
        day += timedelta(days=1)
    row |= {"paid_on": day.isoformat(), "collector": holder.name}
    return [("L25", "DUES-8", f"{row['month']}-01")]


def _excused_by_nobody(ledgers: Ledgers, rng: random.Random) -> Found:
    """Half a year without dues, by the branch's own word."""
    year = rng.choice((2015, 2016, 2017))
    who = rng.choice(
        [m for m in full_year(ledgers.branch, year) if m.left is None and m.reason == "founded"]
    ).name
    months = [f"{year}-{month:02d}" for month in range(4, 10)]
    rows = [r for r in ledgers.rows["dues-payments"] if r["person"] == who and r["month"] in months]
    if len(rows) != len(months) or any("_used" in r for r in rows):
        raise NotHereError("dues-payments")
    for row in rows:
        ledgers.rows["dues-payments"].remove(row)
    ledgers.add(
        "dues-exemptions",
        person=who,
        kind="免交",
        from_month=months[0],
        to_month=months[-1],
        decided_on=f"{year}-03-20",
        approval="",
        _used="1",
    )
    return [("L25", "DUES-10", f"{months[0]}-01")]


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
    ledgers.add(
        "dues-payments",
        person=who.name,
        month=month,
        amount=amount,
        paid_on=day.isoformat(),
        method="现金",
        collector=holder.name,
        _used="1",
    )
    return [("L25", "L25.6", f"{month}-01")]


def _collected_by_one_who_left(ledgers: Ledgers, rng: random.Random) -> Found:
    """Money taken by somebody who had left."""
    gone = [m for m in ledgers.branch.members if m.left]
    if not gone:
        raise NotHereError("members")
    who = gone[0]
    row = row_for(
        ledgers,
        rng,
        "dues-payments",
        lambda r: who.left is not None and r["paid_on"] > who.left.isoformat(),
    )
    row["collector"] = who.name
    return [("L25", "L25.8", row["paid_on"])]


def _collected_by_one_away(ledgers: Ledgers, rng: random.Random) -> Found:
    """Money taken by somebody who was away that day."""
    away = {h.row["held_on"]: name for h in ledgers.meetings for name, _ in h.row["absent"]}
    row = row_for(
        ledgers,
        rng,
        "dues-payments",
        lambda r: r["paid_on"] in away and r["collector"] != away[r["paid_on"]],
    )
    row["collector"] = away[row["paid_on"]]
    return [("L25", "L25.8w", row["paid_on"])]


ALL: tuple[Plant, ...] = (
    _no_assessment, altered("dues-payments", {"_no_leaf": "1"}, "L25 L25.5b", window=lambda r: f"{r['month']}-01"), _paid_before_he_came, _collected_by_one_who_left, _collected_by_one_away, _base_of_years_ago,
    _ten_alike, _pension_wrong, _student_pays_more, _assessed_in_may, _more_than_a_thousand, _unpaid(3, "DUES-9w"), _unpaid(6, "DUES-9"),
    _excused_by_nobody, _paid_after_half_a_year,
)  # fmt: skip
