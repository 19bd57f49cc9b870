"""Faults planted in the invented ledgers. Each says what a careful reader must find; nothing here asks the rules."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from taizhang.demo import words
from taizhang.demo.minutes import Held
from taizhang.demo.records import Ledgers
from taizhang.demo.world import LAST
from taizhang.kernel.calendar import label_of


@dataclass(frozen=True)
class Planted:
    """What must be found: the item, the rule's name and the window."""

    branch: str
    item: str
    code: str
    window: str


Plant = Callable[[Ledgers, random.Random], list[tuple[str, str, str]]]
ITEM = {
    "members_assembly": "L28",
    "committee_meeting": "L29",
    "group_meeting": "L30",
    "party_lecture": "L31",
}


def _pick(ledgers: Ledgers, rng: random.Random, *kinds: str, absent: bool = False) -> Held:
    """A meeting that nothing depends on, used for one fault only."""
    free = [
        m for m in ledgers.meetings
        if m.kind in kinds and not m.busy and (m.absent or not absent) and m.day.month not in (1, 12) and m.day < date(2018, 9, 1)
    ]  # fmt: skip
    held = rng.choice(free)
    held.busy = True
    return held


def _row(
    ledgers: Ledgers,
    rng: random.Random,
    kind: str,
    wanted: Callable[[dict[str, str]], bool] = lambda row: True,
) -> dict[str, str]:
    """A row that no other fault touched."""
    row = rng.choice([r for r in ledgers.rows[kind] if "_used" not in r and wanted(r)])
    row["_used"] = "1"
    return row


def no_assembly(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A quarter without an assembly."""
    held = _pick(ledgers, rng, "members_assembly")
    ledgers.meetings.remove(held)
    return [("L28", "L28.1", label_of("quarter", held.day))]


def no_committee(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A month without a committee meeting."""
    held = _pick(ledgers, rng, "committee_meeting")
    ledgers.meetings.remove(held)
    return [("L29", "L29.1", label_of("month", held.day))]


def no_group(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A month without a group's meeting."""
    held = _pick(ledgers, rng, "group_meeting")
    ledgers.meetings.remove(held)
    return [("L30", "L30.1", label_of("month", held.day))]


def no_lecture(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A quarter without a lecture, so also too few in the year; never the secretary's own."""
    free = [
        m
        for m in ledgers.meetings
        if m.kind == "party_lecture"
        and not m.busy
        and m.day.month in (5, 8, 11)
        and m.day.year < 2018
    ]
    held = rng.choice(free)
    for other in ledgers.meetings:
        if other.kind == "party_lecture" and other.day.year == held.day.year:
            other.busy = True
    ledgers.meetings.remove(held)
    return [("L31", "L31.1", label_of("quarter", held.day)), ("L31", "L31.2", str(held.day.year))]


def no_host(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """Minutes that do not name the host."""
    held = _pick(ledgers, rng, "members_assembly", "committee_meeting", "group_meeting")
    held.row["host_name"] = ""
    return [(ITEM[held.kind], "MT.1", held.row["held_on"])]


def no_reason(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """Somebody absent without a reason written down."""
    held = _pick(ledgers, rng, "members_assembly", "group_meeting", "party_lecture", absent=True)
    held.row["absent"][0][1] = ""
    return [(ITEM[held.kind], "MT.4", held.row["held_on"])]


def miscounted(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """One more present than the list has."""
    held = _pick(ledgers, rng, "members_assembly", "group_meeting")
    held.row["present_count"] += 1
    return [(ITEM[held.kind], code, held.row["held_on"]) for code in ("MT.2", "MT.2b")]


def wrong_expected(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """One more expected than the roster of the day has."""
    held = _pick(ledgers, rng, "members_assembly")
    held.row["expected_count"] += 1
    return [("L28", code, held.row["held_on"]) for code in ("MT.2", "L28.2")]


def recorder_absent(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """The recorder is on the list of the absent."""
    held = _pick(ledgers, rng, "members_assembly", "group_meeting", absent=True)
    held.row["recorder_name"] = held.row["absent"][0][0]
    return [(ITEM[held.kind], "MT.3b", held.row["held_on"])]


def strange_host(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """An assembly chaired by an ordinary member."""
    held = _pick(ledgers, rng, "members_assembly")
    board = ledgers.branch.committee(held.day)
    held.row["host_name"] = next(
        m.name for m in held.present if m not in board and m is not held.recorder
    )
    return [("L28", "L28.7", held.row["held_on"])]


def copied(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """Minutes copied from those of an earlier meeting of the kind."""
    held = _pick(ledgers, rng, "committee_meeting")
    earlier = next(m for m in ledgers.meetings if m.kind == held.kind and m is not held)
    earlier.busy = True
    late, source = (held, earlier) if held.day > earlier.day else (earlier, held)
    for name in ("discussion", "speeches"):
        late.row[name] = source.row[name]
    late.row["resolutions"][0]["text"] = source.row["resolutions"][0]["text"]
    late.row["agenda"], source.row["agenda"] = list(late.row["agenda"]), list(source.row["agenda"])
    # The likeness is told of the record entered later, and meetings are entered by their days.
    return [("L29", "MT.10", late.row["held_on"])]


def too_early(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A phrase in minutes of a time when nobody could have written it."""
    free = [
        m
        for m in ledgers.meetings
        if m.kind == "group_meeting" and not m.busy and m.day < date(2017, 9, 1)
    ]
    held = rng.choice(free)
    held.busy = True
    held.row["discussion"] += "会议认真学习习近平新时代中国特色社会主义思想。"
    return [("L30", "MT.11", held.row["held_on"])]


def on_holiday(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A committee meeting on a public holiday."""
    free = [
        m
        for m in ledgers.meetings
        if m.kind == "committee_meeting" and not m.busy and m.day.month == 10
    ]
    held = rng.choice(free)
    held.busy = True
    held.row["held_on"] = {
        2015: "2015-10-06",
        2016: "2016-10-06",
        2017: "2017-10-05",
        2018: "2018-10-04",
    }[held.day.year]
    return [("L29", "MT.8", held.row["held_on"])]


def on_weekend(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A committee meeting on a Saturday that was no working day."""
    held = _pick(ledgers, rng, "committee_meeting")
    day = held.day + timedelta(days=5 - held.day.weekday())
    if day.month != held.day.month or day.isoformat() in (
        "2015-10-10",
        "2016-10-08",
        "2018-09-29",
        "2015-02-28",
        "2017-02-04",
        "2018-02-24",
    ):
        return []
    held.row["held_on"] = day.isoformat()
    return [("L29", "MT.8b", held.row["held_on"])]


def short_lecture(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A lecture of twenty minutes."""
    held = _pick(ledgers, rng, "party_lecture")
    held.row["starts_at"], held.row["ends_at"] = "16:00", "16:20"
    return [("L31", "L31.7", held.row["held_on"])]


def no_sheet(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """Neither sign-in sheet nor photo."""
    held = _pick(ledgers, rng, "group_meeting", "party_lecture", "members_assembly")
    held.row["has_sign_sheet"] = "否"
    return [(ITEM[held.kind], "MT.13", held.row["held_on"])]


def half_present(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """An ordinary vote with just half of those entitled; not carried."""
    held = _pick(ledgers, rng, "members_assembly")
    vote = held.votes[0]
    here = vote["应到"] // 2
    vote |= {
        "实到": here,
        "发出": here,
        "收回": here,
        "有效": here,
        "赞成": here,
        "弃权": 0,
        "结果": "未通过",
    }
    return [("L28", "VOTE-1", held.row["held_on"])]


def votes_do_not_add_up(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """For, against and abstentions are one less than the valid votes."""
    held = _pick(ledgers, rng, "members_assembly")
    held.votes[0]["赞成"] -= 1
    return [("L28", "VOTE-5c", held.row["held_on"])]


def four_fifths(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """An election with at most four fifths: before 2020 it must be more."""
    del rng
    held = next(
        m
        for m in ledgers.meetings
        if m.day == ledgers.branch.election and m.kind == "members_assembly"
    )
    vote = held.votes[-1]
    here = vote["应到"] * 4 // 5
    vote |= {"实到": here, "发出": here, "收回": here, "有效": here, "赞成": here, "弃权": 0}
    return [("L28", "VOTE-3", held.row["held_on"])]


def no_owner(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A resolution that nobody is to see to."""
    held = _pick(ledgers, rng, "committee_meeting")
    held.row["resolutions"][0]["负责人"] = ""
    return [("L29", "MT.12", held.row["held_on"])]


def not_reported(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A resolution whose day is over and of which nothing more was heard."""
    held = _pick(ledgers, rng, "committee_meeting")
    held.row["resolutions"][0]["完成"] = ""
    return [("L29", "MT.12w", held.row["resolutions"][0]["期限"])]


def gap_in_numbers(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A committee meeting numbered 20th of its year."""
    held = _pick(ledgers, rng, "committee_meeting")
    last = max(
        (m for m in ledgers.meetings if m.kind == held.kind and m.day.year == held.day.year),
        key=lambda m: m.day,
    )
    last.row["ordinal"] = 20
    last.busy = True
    return [("L29", "MT.14", last.row["held_on"])]


def unpaid(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A month that a member did not pay."""
    row = _row(ledgers, rng, "dues-payments")
    ledgers.rows["dues-payments"].remove(row)
    return [("L25", "L25.2", row["month"])]


def underpaid(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A month paid with a yuan too little."""
    row = _row(ledgers, rng, "dues-payments", lambda r: float(r["amount"]) > 5)
    row["amount"] = f"{float(row['amount']) - 1:.2f}"
    return [("L25", "L25.3", f"{row['month']}-01")]


def overpaid(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A month paid with ten yuan more."""
    row = _row(ledgers, rng, "dues-payments")
    row["amount"] = f"{float(row['amount']) + 10:.2f}"
    return [("L25", "L25.3i", f"{row['month']}-01")]


def paid_late(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A month paid in the next one."""
    row = _row(
        ledgers,
        rng,
        "dues-payments",
        lambda r: r["month"][5:] not in ("12",) and "2018-08" > r["month"],
    )
    year, month = int(row["month"][:4]), int(row["month"][5:])
    row["paid_on"] = date(year, month + 1, 6).isoformat()
    holder = (
        ledgers.branch.holder("organisation", date(year, month + 1, 6)) or ledgers.branch.members[0]
    )
    row["collector"] = holder.name
    return [("L25", "L25.2w", f"{row['month']}-01")]


def receipt_twice(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """Two payments with one receipt."""
    first, second = sorted(
        (_row(ledgers, rng, "dues-payments") for _ in range(2)),
        key=ledgers.rows["dues-payments"].index,
    )
    second["receipt_no"] = first["receipt_no"]
    return [("L25", "L25.5", f"{second['month']}-01")]


def all_at_once(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
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


def wrong_rate(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A salaried member assessed at 5 ‰ though the base asks for more; all months are paid accordingly."""
    used = {(p["person"], p["month"][:4]) for p in ledgers.rows["dues-payments"] if "_used" in p}
    row = _row(
        ledgers, rng, "dues-assessments",
        lambda r: r["category"] == "在职" and r["permille"] in ("10", "15") and (r["person"], r["year"]) not in used,
    )  # fmt: skip
    base = round(float(row["base"]) * 100)
    monthly = base * 5 // 1000
    row["permille"], row["monthly_due"] = "5", f"{monthly // 100}.{monthly % 100:02d}"
    for payment in ledgers.rows["dues-payments"]:
        if payment["person"] == row["person"] and payment["month"][:4] == row["year"]:
            payment["amount"], payment["_used"] = row["monthly_due"], "1"
    return [("L25", code, f"{row['year']}-01-01") for code in ("L25.11", "DUES-1")]


def not_published(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A year's dues that the members were not told of."""
    row = _row(ledgers, rng, "disclosures", lambda r: r["item"] == "党费收缴")
    ledgers.rows["disclosures"].remove(row)
    return [("L25", "L25.9", row["from_on"][:4])]


def taken_down(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A notice that hung two days instead of five."""
    row = _row(ledgers, rng, "disclosures", lambda r: r["item"] == "党费收缴")
    row["to_on"] = (date.fromisoformat(row["from_on"]) + timedelta(days=1)).isoformat()
    return [("L13", "L13.1", row["from_on"])]


def no_document(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A rule document that is not there at all; so it was not reviewed after the election either."""
    title, item = rng.choice(
        [("党员志愿服务活动制度", "L07"), ("谈心谈话制度", "L12"), ("党务公开制度", "L13")]
    )
    rows = [r for r in ledgers.rows["documents"] if r["kind"] == title]
    if any("_used" in r for r in rows):
        return []
    for row in rows:
        ledgers.rows["documents"].remove(row)
    election = ledgers.branch.election
    found = [(item, "PD.1", LAST.isoformat())]
    return [*found, (item, "PD.9", election.isoformat())] if election else found


def placeholder(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A form that was not filled in."""
    row = _row(
        ledgers,
        rng,
        "documents",
        lambda r: r["kind"] == "支部书记工作职责" and not r["superseded_on"],
    )
    row["text"] += "\n本办法由××党支部负责解释。"
    return [("L02", "PD.6", row["effective_from"])]


def other_school(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A document copied from another school."""
    row = _row(
        ledgers,
        rng,
        "documents",
        lambda r: r["kind"] == "党组织关系接转流程" and not r["superseded_on"],
    )
    other = "兰陵小学" if ledgers.branch.name != "兰陵小学" else "虹景小学"
    row["text"] += f"\n{other}党支部负责解释。"
    return [("L08", "PD.5", row["effective_from"])]


def no_publicity(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """Duties of the commissioners without those for publicity."""
    row = _row(
        ledgers,
        rng,
        "documents",
        lambda r: r["kind"] == "支部委员工作职责" and not r["superseded_on"],
    )
    row["sections"] = "\n".join(
        line for line in row["sections"].splitlines() if not line.startswith("宣传委员")
    )
    return [("L03", "L03.1b", row["effective_from"]), ("L03", "L03.3", LAST.isoformat())]


def chart_stale(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """The chart was not redrawn after the election."""
    del rng
    ledgers.rows["charts"] = [r for r in ledgers.rows["charts"] if r["valid_from"] == "2015-01-15"]
    changes = [d for d in (ledgers.branch.election, ledgers.branch.by_election) if d]
    return [("L14", "L14.6", day.isoformat()) for day in changes]


def no_division(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """No division of work after any change of the committee."""
    del rng
    if any("_used" in row for row in ledgers.rows["divisions"]):
        return []
    ledgers.rows["divisions"] = []
    changes = [d for d in (ledgers.branch.election, ledgers.branch.by_election) if d]
    return [("L16", code, day.isoformat()) for day in changes for code in ("L16.1", "L16.1w")]


def told_late(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A division of work made public after three weeks."""
    if not ledgers.rows.get("divisions"):
        return []
    row = _row(ledgers, rng, "divisions")
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


def same_talk(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """Two talks with one text."""
    first, second = sorted(
        (_row(ledgers, rng, "talks") for _ in range(2)), key=ledgers.rows["talks"].index
    )
    second["content"] = first["content"]
    return [("L12", "L12.5", second["held_on"])]


def no_talk(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A member whom nobody of the committee talked with in a year."""
    stays = {
        m.name for m in ledgers.branch.members if m.left is None and m.joined < date(2015, 1, 1)
    }
    row = _row(
        ledgers, rng, "talks", lambda r: r["relation"] == "支委与党员" and r["talked_to"] in stays
    )
    ledgers.rows["talks"].remove(row)
    return [("L12", "L12.1b", row["held_on"][:4])]


def no_plan(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A year without a plan of lectures."""
    row = _row(ledgers, rng, "lecture-plans", lambda r: r["year"] < "2018")
    ledgers.rows["lecture-plans"].remove(row)
    return [("L31", "L31.3b", row["year"])]


def remitted_less(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A quarter's remittance that is ten yuan short."""
    row = _row(ledgers, rng, "dues-remittances")
    row["amount"] = f"{float(row['amount']) - 10:.2f}"
    return [("L25", "L25.4", f"{row['for_year']}-Q{row['for_quarter']}")]


def former_member(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """Somebody who had left is on the list of those present, in another's place."""
    gone = [m for m in ledgers.branch.members if m.left]
    if not gone:
        return []
    member = gone[0]
    free = [
        m
        for m in ledgers.meetings
        if m.kind == "members_assembly" and not m.busy and member.left and m.day > member.left
    ]
    if not free:
        return []
    held = rng.choice(free)
    held.busy = True
    keep = {held.host.name, held.recorder.name}
    at = next(i for i, name in enumerate(held.row["present"]) if name not in keep)
    held.row["present"][at] = member.name
    return [("L28", "MT.5", held.row["held_on"])]


def thin(ledgers: Ledgers, rng: random.Random) -> list[tuple[str, str, str]]:
    """A document of a few words."""
    row = _row(
        ledgers,
        rng,
        "documents",
        lambda r: r["kind"] == "党员志愿服务活动制度" and not r["superseded_on"],
    )
    row["text"] = f"{words.sentence(rng)}"[:40]
    return [("L07", "PD.3w", row["effective_from"])]


MINOR: tuple[Plant, ...] = (
    no_assembly, no_committee, no_group, no_lecture, no_host, no_reason, miscounted, wrong_expected, recorder_absent,
    strange_host, copied, too_early, on_holiday, on_weekend, short_lecture, no_sheet, half_present, votes_do_not_add_up,
    four_fifths, no_owner, not_reported, gap_in_numbers, unpaid, underpaid, overpaid, paid_late, receipt_twice, all_at_once,
    wrong_rate, not_published, taken_down, no_document, placeholder, other_school, no_publicity, chart_stale, no_division,
    told_late, same_talk, no_talk, no_plan, former_member, thin,
)  # fmt: skip
AFTER_REMITTING: tuple[Plant, ...] = (remitted_less,)
