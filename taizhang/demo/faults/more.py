"""Faults planted in elections, admission cases, study, transfers, service, organisation life and
funds.
"""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

from taizhang.demo.faults.records import Found, row_for
from taizhang.demo.records import Ledgers
from taizhang.demo.world import FIRST
from taizhang.kernel.calendar import label_of, plus_months


def no_reply(ledgers: Ledgers, rng: random.Random) -> Found:
    """An election without the superior's reply."""
    del rng
    row = next(r for r in ledgers.rows["elections"] if r["kind"] == "换届")
    row["reply_no"], row["reply_on"] = "", ""
    return [("L15", "L15.5", row["held_on"])]


def no_surplus(ledgers: Ledgers, rng: random.Random) -> Found:
    """As many candidates as seats."""
    del rng
    row = next(r for r in ledgers.rows["elections"] if r["kind"] == "换届")
    lines = [line for line in row["candidates"].splitlines() if "落选" not in line]
    row["candidates"] = "\n".join(lines)
    return [("L15", "L15.10", row["held_on"])]


def no_yearly_plan(ledgers: Ledgers, rng: random.Random) -> Found:
    """A year without a plan of admissions, in which nobody was moved on either."""
    steps = "\n".join(row["steps"] for row in ledgers.rows.get("cases", ()))
    busy = set(re.findall(r"(?m)^(?:3|7|15) 步骤：(\d{4})", steps))
    free = [y for y in ("2015", "2016", "2017") if y not in busy]
    if not free:
        return []
    row = row_for(ledgers, rng, "development-plans", lambda r: r["year"] in free)
    ledgers.rows["development-plans"].remove(row)
    return [("L17", "L17.1w", row["year"])]


def talked_late(ledgers: Ledgers, rng: random.Random) -> Found:
    """The first talk six weeks after the application."""
    for row in ledgers.rows.get("cases", ()):
        found = re.search(r"(?m)^1 步骤：(\d{4}-\d\d-\d\d)", row["steps"])
        late = date.fromisoformat(found[1]) + timedelta(days=45) if found else FIRST
        if late > FIRST + timedelta(days=30) and "_used" not in row:
            row["steps"] = re.sub(
                r"(?m)^2 步骤：[\d-]+", f"2 步骤：{late.isoformat()}", row["steps"]
            )
            row["_used"] = "1"
            return [("L17", "DEV-2", late.isoformat())]
    del rng
    return []


def no_assessment(ledgers: Ledgers, rng: random.Random) -> Found:
    """A study plan that does not say how it is checked."""
    row = row_for(ledgers, rng, "study-plans")
    row["assessment"] = ""
    return [("L18", "L18.1b", f"{row['year']}-01-01")]


def no_own_plan(ledgers: Ledgers, rng: random.Random) -> Found:
    """A member without a plan of his own for a year."""
    row = row_for(ledgers, rng, "personal-study-plans", lambda r: r["year"] < "2018")
    ledgers.rows["personal-study-plans"].remove(row)
    return [("L18", "L18.3", row["year"])]


def same_own_plan(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two members with one plan."""
    first = row_for(ledgers, rng, "personal-study-plans")
    second = row_for(ledgers, rng, "personal-study-plans", lambda r: r["year"] == first["year"])
    second["content"], second["requirement"] = first["content"], first["requirement"]
    return [("L18", "L18.8", f"{first['year']}-01-01")]


def served_less(ledgers: Ledgers, rng: random.Random) -> Found:
    """Three services in a year instead of four."""
    row = row_for(
        ledgers, rng, "activities", lambda r: r["form"] != "结对会议" and r["held_on"] < "2018"
    )
    year = row["held_on"][:4]
    row_for(
        ledgers, rng, "service-plans", lambda r: r["year"] == year and r["planned_count"] == "4"
    )
    ledgers.rows["activities"].remove(row)
    return [("L26", "L26.2", year), ("L26", "L26.4", f"{year}-01-01")]


def unanswered(ledgers: Ledgers, rng: random.Random) -> Found:
    """An opinion that nobody dealt with."""
    row = row_for(ledgers, rng, "visits")
    row["opinions"] = row["opinions"].partition("（")[0] + "（类别：教育）"
    return [("L27", "L27.3", row["held_on"])]


def no_study_before(ledgers: Ledgers, rng: random.Random) -> Found:
    """An organisation-life meeting without study before it."""
    row = row_for(ledgers, rng, "life-meetings")
    row["study_on"] = ""
    return [("L32", "L32.3", row["held_on"])]


def expired_letter(ledgers: Ledgers, rng: random.Random) -> Found:
    """A letter of introduction used after its time."""
    if not any(r["direction"] == "转入" for r in ledgers.rows.get("transfers", ())):
        return []
    row = row_for(ledgers, rng, "transfers", lambda r: r["direction"] == "转入")
    row["valid_days"] = "5"
    return [("L21", "L21.2", row["issued_on"])]


def no_receipt(ledgers: Ledgers, rng: random.Random) -> Found:
    """A member who left, and no receipt came back."""
    if not any(r["direction"] == "转出" for r in ledgers.rows.get("transfers", ())):
        return []
    row = row_for(ledgers, rng, "transfers", lambda r: r["direction"] == "转出")
    row["receipt_on"] = ""
    due = plus_months(date.fromisoformat(row["received_on"]), 1)
    return [("L21", "L21.3", due.isoformat())]


def no_screening(ledgers: Ledgers, rng: random.Random) -> Found:
    """A year without a screening."""
    row = row_for(ledgers, rng, "relation-surveys", lambda r: r["as_of"] < "2018")
    ledgers.rows["relation-surveys"].remove(row)
    return [("L22", "L22.0", row["as_of"][:4])]


def same_hands(ledgers: Ledgers, rng: random.Random) -> Found:
    """Spent and approved by one person."""
    row = row_for(ledgers, rng, "expenses")
    row["approver"] = row["handler"]
    return [("L35", "L35.3b", row["spent_on"])]


def no_balance(ledgers: Ledgers, rng: random.Random) -> Found:
    """An account that is ten yuan out."""
    row = row_for(ledgers, rng, "fund-summaries")
    row["closing"] = str(int(row["closing"]) + 10)
    return [("L36", "L36.1", f"{row['year']}-01-01")]


def empty_room(ledgers: Ledgers, rng: random.Random) -> Found:
    """A quarter in which nothing is on record for the room."""
    row = row_for(ledgers, rng, "room-uses", lambda r: r["used_on"] < "2018-09")
    ledgers.rows["room-uses"].remove(row)
    return [("L34", "L34.2", label_of("quarter", date.fromisoformat(row["used_on"])))]


def no_budget(ledgers: Ledgers, rng: random.Random) -> Found:
    """A year without a budget line."""
    row = row_for(ledgers, rng, "budgets", lambda r: r["year"] < "2018")
    ledgers.rows["budgets"].remove(row)
    return [("L35", "L35.1", row["year"])]


ALL = (
    no_reply, no_surplus, no_yearly_plan, talked_late, no_assessment, no_own_plan, same_own_plan, served_less, unanswered,
    no_study_before, expired_letter, no_receipt, no_screening, same_hands, no_balance, empty_room, no_budget,
)  # fmt: skip
