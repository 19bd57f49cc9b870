"""Faults planted in invented documents, dues, talks and the like."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from taizhang.demo import words
from taizhang.demo.records import Ledgers
from taizhang.demo.world import LAST

Found = list[tuple[str, ...]]


def row_for(
    ledgers: Ledgers,
    rng: random.Random,
    kind: str,
    wanted: Callable[[dict[str, str]], bool] = lambda row: True,
) -> dict[str, str]:
    """A row that no other fault touched."""
    row = rng.choice([r for r in ledgers.rows[kind] if "_used" not in r and wanted(r)])
    row["_used"] = "1"
    return row


def unpaid(ledgers: Ledgers, rng: random.Random) -> Found:
    """A month that a member did not pay."""
    row = row_for(ledgers, rng, "dues-payments")
    ledgers.rows["dues-payments"].remove(row)
    return [("L25", "L25.2", row["month"])]


def underpaid(ledgers: Ledgers, rng: random.Random) -> Found:
    """A month paid with a yuan too little."""
    row = row_for(ledgers, rng, "dues-payments", lambda r: float(r["amount"]) > 5)
    row["amount"] = f"{float(row['amount']) - 1:.2f}"
    return [("L25", "L25.3", f"{row['month']}-01")]


def overpaid(ledgers: Ledgers, rng: random.Random) -> Found:
    """A month paid with ten yuan more."""
    row = row_for(ledgers, rng, "dues-payments")
    row["amount"] = f"{float(row['amount']) + 10:.2f}"
    return [("L25", "L25.3i", f"{row['month']}-01")]


def paid_late(ledgers: Ledgers, rng: random.Random) -> Found:
    """A month paid when more than a quarter had gone by."""
    row = row_for(
        ledgers,
        rng,
        "dues-payments",
        lambda r: r["month"][5:] < "10" and r["month"] < "2018-07",
    )
    year, month = int(row["month"][:4]), int(row["month"][5:])
    day = date(year, month + 3, 3)
    row["paid_on"] = day.isoformat()
    holder = ledgers.branch.holder("organisation", day) or ledgers.branch.members[0]
    row["collector"] = holder.name
    return [("L25", "L25.2w", f"{row['month']}-01")]


def receipt_twice(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two payments of one day with one receipt."""
    first = row_for(ledgers, rng, "dues-payments", lambda r: r["month"] > "2015-03")
    rows = ledgers.rows["dues-payments"]
    same = [r for r in rows if r["paid_on"] == first["paid_on"] and "_used" not in r]
    if not same:
        return []
    pair = sorted((first, rng.choice(same)), key=rows.index)
    pair[0]["_used"] = pair[1]["_used"] = "1"
    pair[1]["_leaf_of"] = pair[0]["person"] + pair[0]["month"]
    return [("L25", "L25.5", f"{pair[1]['month']}-01")]


def receipt_out_of_order(ledgers: Ledgers, rng: random.Random) -> Found:
    """A receipt from the leaves of an older book."""
    row = row_for(ledgers, rng, "dues-payments", lambda r: r["month"] > "2015-03")
    collectors = {
        r["collector"] for r in ledgers.rows["dues-payments"] if r["paid_on"] < row["paid_on"]
    }
    if row["collector"] not in collectors:
        return []
    row["_old_leaf"] = str(rng.randrange(100, 900))
    return [("L25", "L25.5o", row["paid_on"])]


def all_at_once(ledgers: Ledgers, rng: random.Random) -> Found:
    """A year's dues paid on one day in January."""
    member = next(
        m for m in ledgers.branch.members if m.left is None and m.joined < date(2015, 1, 1)
    )
    rows = [
        r
        for r in ledgers.rows["dues-payments"]
        if r["person"] == member.name and r["month"][:4] == "2016"
    ]
    if any("_used" in row for row in rows):
        return []
    holder = ledgers.branch.holder("organisation", date(2016, 1, 10)) or ledgers.branch.members[0]
    for row in rows:
        row["paid_on"], row["collector"], row["_used"] = "2016-01-10", holder.name, "1"
    del rng
    early = [("L25", "L25.7b", f"2016-{month:02d}-01") for month in (8, 9, 10, 11, 12)]
    return [("L25", "L25.7", "2016"), *early]


def wrong_rate(ledgers: Ledgers, rng: random.Random) -> Found:
    """A salaried member assessed at 5 ‰ though the base asks for more; all months are paid
    accordingly.
    """
    used = {(p["person"], p["month"][:4]) for p in ledgers.rows["dues-payments"] if "_used" in p}
    row = row_for(
        ledgers,
        rng,
        "dues-assessments",
        lambda r: (
            r["category"] == "在职"
            and r["permille"] in ("10", "15")
            and (r["person"], r["year"]) not in used
        ),
    )
    base = round(float(row["base"]) * 100)
    monthly = base * 5 // 1000
    row["permille"], row["monthly_due"] = "5", f"{monthly // 100}.{monthly % 100:02d}"
    for payment in ledgers.rows["dues-payments"]:
        if payment["person"] == row["person"] and payment["month"][:4] == row["year"]:
            payment["amount"], payment["_used"] = row["monthly_due"], "1"
    return [("L25", code, f"{row['year']}-01-01") for code in ("L25.11", "DUES-1")]


def not_published(ledgers: Ledgers, rng: random.Random) -> Found:
    """A year's dues that the members were not told of."""
    row = row_for(ledgers, rng, "disclosures", lambda r: r["item"] == "党费收缴")
    ledgers.rows["disclosures"].remove(row)
    return [("L25", "L25.9", row["from_on"][:4])]


def taken_down(ledgers: Ledgers, rng: random.Random) -> Found:
    """A notice that hung two days instead of five."""
    row = row_for(ledgers, rng, "disclosures", lambda r: r["item"] == "党费收缴")
    row["to_on"] = (date.fromisoformat(row["from_on"]) + timedelta(days=1)).isoformat()
    return [("L13", "L13.1", row["from_on"])]


def no_document(ledgers: Ledgers, rng: random.Random) -> Found:
    """A rule document that is not there at all; so it was not reviewed after the
    election either.
    """
    title, item = rng.choice(
        [("党员志愿服务活动制度", "L07"), ("谈心谈话制度", "L12"), ("党务公开制度", "L13")]
    )
    rows = [r for r in ledgers.rows["documents"] if r["kind"] == title]
    if any("_used" in r for r in rows):
        return []
    for row in rows:
        ledgers.rows["documents"].remove(row)
    election = ledgers.branch.election
    found: Found = [(item, "PD.1", LAST.isoformat())]
    return [*found, (item, "PD.9", election.isoformat())] if election else found


def placeholder(ledgers: Ledgers, rng: random.Random) -> Found:
    """A form that was not filled in."""
    row = row_for(
        ledgers,
        rng,
        "documents",
        lambda r: r["kind"] == "支部书记工作职责" and not r["superseded_on"],
    )
    row["text"] += "\n本办法由××党支部负责解释。"
    return [("L02", "PD.6", row["effective_from"])]


def other_school(ledgers: Ledgers, rng: random.Random) -> Found:
    """A document copied from another school: the first one, whose name is known when the text is
    saved.
    """
    other = "正衡天宁分校"
    if ledgers.branch.name == other:
        return []
    row = row_for(
        ledgers,
        rng,
        "documents",
        lambda r: r["kind"] == "党组织关系接转流程" and not r["superseded_on"],
    )
    row["text"] += f"\n{other}党支部负责解释。"
    return [("L08", "PD.5", row["effective_from"])]


def no_publicity(ledgers: Ledgers, rng: random.Random) -> Found:
    """Duties of the commissioners without those for publicity."""
    row = row_for(
        ledgers,
        rng,
        "documents",
        lambda r: r["kind"] == "支部委员工作职责" and not r["superseded_on"],
    )
    row["sections"] = "\n".join(
        line for line in row["sections"].splitlines() if not line.startswith("宣传委员")
    )
    return [("L03", "L03.1b", row["effective_from"]), ("L03", "L03.3", LAST.isoformat())]


def chart_stale(ledgers: Ledgers, rng: random.Random) -> Found:
    """The chart was not redrawn after the election."""
    del rng
    ledgers.rows["charts"] = [r for r in ledgers.rows["charts"] if r["valid_from"] == "2015-01-15"]
    changes = [d for d in (ledgers.branch.election, ledgers.branch.by_election) if d]
    return [("L14", "L14.6", day.isoformat()) for day in changes]


def no_division(ledgers: Ledgers, rng: random.Random) -> Found:
    """No division of work after any change of the committee."""
    del rng
    if any("_used" in row for row in ledgers.rows["divisions"]):
        return []
    ledgers.rows["divisions"] = []
    changes = [d for d in (ledgers.branch.election, ledgers.branch.by_election) if d]
    return [("L16", code, day.isoformat()) for day in changes for code in ("L16.1", "L16.1w")]


def told_late(ledgers: Ledgers, rng: random.Random) -> Found:
    """A division of work made public after three weeks."""
    if not ledgers.rows.get("divisions"):
        return []
    row = row_for(ledgers, rng, "divisions")
    old = date.fromisoformat(row["published_on"])
    new = date.fromisoformat(row["decided_on"]) + timedelta(days=21)
    row["published_on"] = new.isoformat()
    notice = next(
        r
        for r in ledgers.rows["disclosures"]
        if r["item"] == "支部班子分工" and r["from_on"] == old.isoformat()
    )
    notice["from_on"], notice["to_on"] = new.isoformat(), (new + timedelta(days=6)).isoformat()
    return [("L16", "L16.5", row["decided_on"])]


def same_talk(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two talks with one text."""
    first, second = sorted(
        (row_for(ledgers, rng, "talks") for _ in range(2)), key=ledgers.rows["talks"].index
    )
    second["content"] = first["content"]
    return [("L12", "L12.5", second["held_on"], min(first["held_on"], second["held_on"]))]


def no_talk(ledgers: Ledgers, rng: random.Random) -> Found:
    """A member whom nobody of the committee talked with in a year."""
    stays = {
        m.name for m in ledgers.branch.members if m.left is None and m.joined < date(2015, 1, 1)
    }
    row = row_for(
        ledgers, rng, "talks", lambda r: r["relation"] == "支委与党员" and r["talked_to"] in stays
    )
    ledgers.rows["talks"].remove(row)
    return [("L12", "L12.1b", row["held_on"][:4])]


def no_plan(ledgers: Ledgers, rng: random.Random) -> Found:
    """A year without a plan of lectures."""
    row = row_for(ledgers, rng, "lecture-plans", lambda r: r["year"] < "2018")
    ledgers.rows["lecture-plans"].remove(row)
    return [("L31", "L31.3b", row["year"])]


def remitted_less(ledgers: Ledgers, rng: random.Random) -> Found:
    """A quarter's remittance that is ten yuan short."""
    row = row_for(ledgers, rng, "dues-remittances")
    row["amount"] = f"{float(row['amount']) - 10:.2f}"
    return [("L25", "L25.4", f"{row['for_year']}-Q{row['for_quarter']}")]


TEMPLATE = (
    "党务公开制度\n公开的事项包括班子分工、换届结果、党费收缴、评优推荐和发展党员公示；公开的方式以公开栏为主，辅以会议通报；每次公开不少于五天，"
    "由宣传委员登记起止日期并收集意见，意见在两周内答复；年底由支委会检查全年公开情况，缺漏的及时补上。"
)


def template_text(ledgers: Ledgers, rng: random.Random) -> Found:
    """A document word for word as another branch has it; planted in two branches or none."""
    del rng
    rows = [
        r
        for r in ledgers.rows["documents"]
        if r["kind"] == "党务公开制度" and not r["superseded_on"]
    ]
    if not rows:
        return []
    rows[0]["text"] = TEMPLATE
    return [("L13", "PD.8", rows[0]["effective_from"])]


def thin(ledgers: Ledgers, rng: random.Random) -> Found:
    """A document of a few words."""
    row = row_for(
        ledgers,
        rng,
        "documents",
        lambda r: r["kind"] == "党员志愿服务活动制度" and not r["superseded_on"],
    )
    row["text"] = f"{words.sentence(rng)}"[:40]
    return [("L07", "PD.3w", row["effective_from"])]
