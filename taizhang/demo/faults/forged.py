"""Faults of the kind that an invented or touched-up record has (DOMAIN 6), planted without asking
the rules.
"""

from __future__ import annotations

import random
from datetime import date

from taizhang.demo.faults.meetings import ITEM, pick
from taizhang.demo.faults.records import Found, row_for
from taizhang.demo.records import Ledgers
from taizhang.kernel.calendar import plus_months


def unfilled_minutes(ledgers: Ledgers, rng: random.Random) -> Found:
    """Minutes made from a form, with a blank left."""
    held = pick(ledgers, rng, "committee_meeting", "members_assembly")
    held.row["discussion"] += "\n会议由××同志总结。"
    return [(ITEM[held.kind], "AF-T6", held.row["held_on"])]


def wrong_weekday(ledgers: Ledgers, rng: random.Random) -> Found:
    """Minutes that give the day a weekday which it was not."""
    held = pick(ledgers, rng, "committee_meeting")
    day = date.fromisoformat(held.row["held_on"])
    other = "一二三四五六日"[(day.weekday() + 2) % 7]
    held.row["discussion"] += f"\n{day.month}月{day.day}日（星期{other}）继续讨论。"
    return [("L29", "AF-D1", held.row["held_on"])]


def other_number_in_text(ledgers: Ledgers, rng: random.Random) -> Found:
    """Minutes whose text counts two more present than the form."""
    held = pick(ledgers, rng, "members_assembly")
    held.row["discussion"] += f"\n本次大会实到{len(held.present) + 2}人。"
    return [("L28", "AF-T10b", held.row["held_on"])]


def heading_of_another_day(ledgers: Ledgers, rng: random.Random) -> Found:
    """Minutes whose title still has the day of the form that they were made from."""
    held = pick(ledgers, rng, "committee_meeting")
    day = date.fromisoformat(held.row["held_on"])
    held.row["title"] = f"{day.year}年{day.month}月{day.day - 1}日支委会"
    return [("L29", "AF-D11", held.row["held_on"])]


def paid_twice(ledgers: Ledgers, rng: random.Random) -> Found:
    """One bill of an activity entered a second time, under another invoice and voucher."""
    row = row_for(ledgers, rng, "expenses")
    half = f"{float(row['amount']) / 2:.2f}"
    if float(half) * 2 != float(row["amount"]):
        return []
    row["amount"] = half
    again = row | {"invoice_no": f"{row['invoice_no']}9", "voucher_no": f"{row['voucher_no']}9"}
    ledgers.rows["expenses"].append(again)
    return [("L35", "AF-N8", row["spent_on"])]


def letter_beyond_payment(ledgers: Ledgers, rng: random.Random) -> Found:
    """A letter that says dues were paid for a month that nobody paid."""
    left = [r for r in ledgers.rows.get("transfers", ()) if r["direction"] == "转出"]
    if all("_used" in r for r in left):
        return []
    row = row_for(ledgers, rng, "transfers", lambda r: r["direction"] == "转出")
    paid = date.fromisoformat(f"{row['dues_paid_through']}-01")
    row["dues_paid_through"] = f"{plus_months(paid, 2):%Y-%m}"
    return [("L21", "L21.5", row["issued_on"])]


def room_without_event(ledgers: Ledgers, rng: random.Random) -> Found:
    """A use of the room on a day on which nothing was held."""
    row = row_for(ledgers, rng, "room-uses", lambda r: r["used_on"] < "2018-09")
    held = {m.row["held_on"] for m in ledgers.meetings}
    held |= {r["held_on"] for slug in ("activities", "study-sessions") for r in ledgers.rows[slug]}
    row["used_on"] = next(
        day for n in range(25, 29) if (day := f"{row['used_on'][:8]}{n}") not in held
    )
    return [("L34", "L34.3", row["used_on"])]


def spoke_alike(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two persons say the same in one meeting, word for word."""
    held = pick(ledgers, rng, "committee_meeting")
    spoken = [line.partition("：") for line in held.row["speeches"]]
    long = [n for n, (_, _, text) in enumerate(spoken) if len(text) > 40]
    others = [n for n in long if spoken[n][0] != spoken[long[0]][0]]
    if not others:
        return []
    spoken[others[0]] = (spoken[others[0]][0], "：", spoken[long[0]][2])
    held.row["speeches"] = ["".join(parts) for parts in spoken]
    return [("L29", "AF-T3", held.row["held_on"])]


ALL = (
    unfilled_minutes, wrong_weekday, other_number_in_text, heading_of_another_day, paid_twice, letter_beyond_payment,
    room_without_event, spoke_alike,
)  # fmt: skip
