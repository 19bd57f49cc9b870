"""Faults in service, visits, organisation life, premises and funds (L26, L27, L32–L36)."""

from __future__ import annotations

import random
from collections.abc import Callable

from lab.faults.altering import (
    Change,
    NotHereError,
    Raw,
    altered,
    ended,
    last_day,
    moved,
    of_year,
    plus,
    removed,
    repeated,
    two,
)
from taizhang.demo import words
from taizhang.demo.education import YEARS, full_year
from taizhang.demo.faults.meetings import pick
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found, row_for
from taizhang.demo.records import Ledgers


def _gone(ledgers: Ledgers, rng: random.Random, kind: str, people: str) -> str:
    """The day of a row after somebody left, whom it names as well."""
    for member in ledgers.branch.members:
        if member.left:
            left = member.left.isoformat()
            row = row_for(ledgers, rng, kind, lambda r: r["held_on"] > left)  # noqa: B023
            row[people] += f"、{member.name}"
            return row["held_on"]
    raise NotHereError(kind)


def _gone_took_part(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody who had left took part."""
    return [("L26", "AF-X1", _gone(ledgers, rng, "activities", "participants"))]


def _gone_visited(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody who had left went visiting."""
    return [("L27", "AF-X1", _gone(ledgers, rng, "visits", "visitors"))]


def _no_visits(ledgers: Ledgers, rng: random.Random) -> Found:
    """Nobody went visiting in 2017."""
    del rng
    if any("_used" in row for row in ledgers.rows["visits"]):
        raise NotHereError("visits")
    ledgers.rows["visits"] = []
    return [("L27", "L27.1", "2017")]


def _never_went(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two who were there all the year and went on no visit."""
    row = row_for(ledgers, rng, "visits", lambda r: r["held_on"] < "2018")
    whole = {m.name for m in full_year(ledgers.branch, 2017)}
    names = row["visitors"].split("、")
    stay = [name for name in names if name in whole][:2]
    if len(stay) < 2 or len(names) < 3:
        raise NotHereError("visits")
    row["visitors"] = "、".join(name for name in names if name not in stay)
    return [("L27", "L27.6", "2017")]


def _visited_too_early(ledgers: Ledgers, rng: random.Random) -> Found:
    """A visit before the campaign began."""
    row = row_for(ledgers, rng, "visits")
    ledgers.add(
        "visits",
        **{
            **row,
            "held_on": "2016-11-10",
            "object_name": "示例家庭丙",
            "opinions": "",
            "no_opinions": "是",
        },
    )
    return [("L27", "L27.1w", "2016-11-10")]


def _answered_late(row: Raw) -> Raw:
    head, _, _ = row["opinions"].rpartition("答复日期：")
    return {"opinions": f"{head}答复日期：{moved(row['held_on'], 75)}）"}


def _same_opinion(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two visits heard the same, word for word."""
    first, second = two(ledgers, rng, "visits", lambda r: r["opinions"] != "")
    heard = first["opinions"].partition("（")[0]
    second["opinions"] = heard + "（" + second["opinions"].partition("（")[2]
    return [("L27", "L27.5", second["held_on"])]


# Organisation life


def _life(code: str, change: Change, *more: str) -> Plant:
    codes = (code, *more)
    return altered("life-meetings", change, *(f"L32 {c}" for c in codes), window="held_on")


def _life_on(month_day: str, years: int) -> Callable[[Raw], Raw]:
    """On another day than the minutes, and the study before it."""

    def change(row: Raw) -> Raw:
        day = f"{int(row['assessment_year']) + years}-{month_day}"
        return {"held_on": day, "study_on": moved(day, -9)}

    return change


def _life_late(ledgers: Ledgers, rng: random.Random) -> Found:
    """Held in the April after, and everybody told afterwards."""
    row = row_for(ledgers, rng, "life-meetings")
    year = row["assessment_year"]
    row |= _life_on("04-10", 1)(row)
    for one in ledgers.rows["assessments"]:
        if one["year"] == year and one.get("fed_back_on"):
            one["fed_back_on"], one["_used"] = moved(row["held_on"], 20), "1"
    return [("L32", code, row["held_on"]) for code in ("L32.1x", "L32.2c")]


def _told_before_it_was_held(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody knew a day before the poll how he would be graded."""
    held = row_for(ledgers, rng, "assessment-polls")
    row = row_for(ledgers, rng, "assessments", lambda r: _graded(r) and r["year"] == held["year"])
    row["fed_back_on"] = moved(held["held_on"], -1)
    return [("L32", "LIFE-1", row["fed_back_on"])]


def _done_before_it_was_held(row: Raw) -> Raw:
    head, _, _ = row["tasks"].partition("；完成：")
    return {"tasks": f"{head}；完成：{moved(row['held_on'], -3)}）"}


def _unfinished(ledgers: Ledgers, rng: random.Random) -> Found:
    """A task of the meeting that nobody finished."""
    row = row_for(ledgers, rng, "life-meetings", lambda r: r["assessment_year"] < "2018")
    head, _, rest = row["tasks"].partition("；期限：")
    due = rest[:10]
    row["tasks"] = f"{head}；期限：{due}）"
    return [("L32", "L32.14b", due)]


def _poll(code: str, change: Callable[[Raw], Raw]) -> Plant:
    return altered("assessment-polls", change, f"L32 {code}", window="held_on")


def _not_reported(ledgers: Ledgers, rng: random.Random) -> Found:
    """The best of a year were not reported."""
    row = row_for(ledgers, rng, "commendations", lambda r: r["year"] == "2015")
    ledgers.rows["commendations"].remove(row)
    best = [r for r in ledgers.rows["assessments"] if r["year"] == "2015" and r["grade"] == "优秀"]
    return [("L32", "L32.2d", "2015-01-01") for _ in best]


def _graded(row: Raw) -> bool:
    return row["grade"] == "合格"


def _not_assessed(ledgers: Ledgers, rng: random.Random) -> Found:
    """A member left out."""
    whole = {(m.name, f"{year}") for year in YEARS for m in full_year(ledgers.branch, year)}
    row = row_for(
        ledgers, rng, "assessments", lambda r: _graded(r) and (r["person"], r["year"]) in whole
    )
    ledgers.rows["assessments"].remove(row)
    return [("L32", "L32.4", row["year"])]


def _one_vote_too_many(ledgers: Ledgers, rng: random.Random) -> Found:
    """One more vote for somebody than ballots were valid."""
    poll = row_for(ledgers, rng, "assessment-polls")
    row = row_for(ledgers, rng, "assessments", lambda r: _graded(r) and r["year"] == poll["year"])
    row |= plus("excellent")(row)
    return [("L32", "L32.5c", of_year(row))]


def _best_with_few_votes(ledgers: Ledgers, rng: random.Random) -> Found:
    """Excellent with less than half of the votes."""
    row = row_for(ledgers, rng, "assessments", lambda r: r["grade"] == "优秀")
    all_ = int(row["excellent"]) + int(row["qualified"])
    row["excellent"], row["qualified"] = str(all_ // 2 - 1), str(all_ - all_ // 2 + 1)
    return [("L32", "L32.7", of_year(row))]


def _reported_without_grade(ledgers: Ledgers, rng: random.Random) -> Found:
    """Reported as excellent, assessed as qualified."""
    row = row_for(ledgers, rng, "commendations")
    other = row_for(ledgers, rng, "assessments", lambda r: _graded(r) and r["year"] == row["year"])
    row["person"] = other["person"]
    return [("L32", "L32.11", of_year(row))]


def _probationer_graded(ledgers: Ledgers, rng: random.Random) -> Found:
    """A grade for somebody on probation until after the poll."""
    full = {m.name: f"{m.full}" for m in ledgers.branch.members}
    row = row_for(
        ledgers,
        rng,
        "assessments",
        lambda r: r["grade"] == "不评定等次" and full[r["person"]] > f"{int(r['year']) + 1}",
    )
    like = next(r for r in ledgers.rows["assessments"] if r["year"] == row["year"] and _graded(r))
    row |= {
        name: like[name]
        for name in ("excellent", "qualified", "basic", "unqualified", "grade", "fed_back_on")
    }
    row["reason"] = ""
    return [("L32", "LIFE-2", row["year"])]


# Premises and funds


def _room_taken_twice(ledgers: Ledgers, rng: random.Random) -> Found:
    """Two activities in one room at the same time."""
    row = row_for(ledgers, rng, "room-uses")
    ledgers.add(
        "room-uses", **{**row, "starts_at": "10:30", "ends_at": "11:20", "activity": "青年教师座谈"}
    )
    return [("L34", "L34.4", row["used_on"])]


def _room_not_booked(ledgers: Ledgers, rng: random.Random) -> Found:
    """A meeting in the room on a day for which nothing is in its book."""
    held = pick(ledgers, rng, "group_meeting")
    held.row["place"] = "党员活动室"
    return [("L34", "L34.3w", held.row["held_on"])]


def _four_in_a_month(ledgers: Ledgers, rng: random.Random) -> Found:
    """Four services within one week, besides those of the year."""
    year = row_for(ledgers, rng, "service-plans", ended)["year"]
    who = next(m.name for m in ledgers.branch.members if m.reason == "founded" and m.left is None)
    for day in ("03", "04", "05", "06"):
        ledgers.add(
            "activities",
            held_on=f"{year}-11-{day}",
            form="帮扶",
            theme=f"{year}年11月{day}日帮扶",
            is_service="是",
            starts_at="18:30",
            ends_at="19:10",
            place="示例社区",
            partner="示例社区",
            content=words.passage(rng, 3),
            result=words.sentence(rng),
            participants=who,
            costs="否",
            _used="1",
        )
    return [("L26", "L26.2w", year)]


def _one_voucher(ledgers: Ledgers, rng: random.Random) -> Found:
    """An expense in two entries with two invoices, under one number of the month."""
    row = row_for(ledgers, rng, "expenses")
    row["amount"] = str(int(row["amount"]) - 1)
    ledgers.add(
        "expenses",
        **{
            **row,
            "amount": "1",
            "payee": "示例书店",
            "invoice_no": f"{rng.randrange(10**7, 10**8)}",
        },
    )
    return [("L35", "L35.5b", row["spent_on"])]


def _site_late(row: Raw) -> Raw:
    return {"milestones": row["milestones"].replace("；完成：2017-06-20", "")}


def _this_year(row: Raw) -> bool:
    return row["spent_on"][:4] == "2018"


def _december(ledgers: Ledgers, rng: random.Random) -> Found:
    """Most of a year's money spent in December."""
    year = rng.choice(("2015", "2016", "2017"))
    own = [r for r in ledgers.rows["expenses"] if r["spent_on"][:4] == year]
    of_year_ = row_for(ledgers, rng, "fund-summaries", lambda r: r["year"] == year)
    if len(own) != 4 or any("_used" in r for r in own):
        raise NotHereError("expenses")
    for at, row in enumerate(sorted(own, key=lambda r: r["spent_on"])):
        row["_used"] = "1"
        row.update({"amount": "320"} if at < 2 else {"spent_on": f"{year}-12-0{at + 2}"})
    total = sum(int(r["amount"]) for r in own)
    of_year_ |= {
        "expense": str(total),
        "planned": str(total),
        "closing": str(int(of_year_["income"]) - total),
    }
    return [("L36", "L36.4", of_year(of_year_))]


def _funds(code: str, change: Change) -> Plant:
    return altered("fund-summaries", change, f"L36 {code}", window=of_year)


def _elsewhere(row: Raw) -> Raw:
    return {"expense": str(int(row["expense"]) + 10), "closing": str(int(row["closing"]) - 10)}


OF_FEW: tuple[Plant, ...] = (
    altered("site-projects", {"results": ""}, "L33 L33.1", window="assigned_on"),
    altered("site-projects", _site_late, "L33 L33.1w", window=lambda _: "2017-06-30"),
)  # fmt: skip
"""Where there is a site to build: in few branches."""
ALL: tuple[Plant, ...] = (
    removed("service-plans", "L26 L26.1", window="year", where=ended),
    altered("service-plans", {"planned_count": "3"}, "L26 L26.1b", window=of_year),
    altered("service-plans", {"partner": ""}, "L26 L26.3", window=of_year),
    altered("service-plans", {"planned_count": "5"}, "L26 L26.4", window=of_year, where=ended),
    _four_in_a_month, _room_not_booked, _one_voucher,
    altered("activities", {"form": "志愿服务"}, "L26 L26.3b", window=lambda r: r["held_on"][:4], where=lambda r: r["form"] == "结对会议" and r["held_on"] < "2018"),
    _gone_took_part, _gone_visited, _never_went, _no_visits, _visited_too_early,
    altered("visits", {"opinions": "", "no_opinions": "否"}, "L27 L27.2", window="held_on"),
    altered("visits", _answered_late, "L27 L27.3w", window="held_on"),
    _same_opinion,
    removed("life-meetings", "L32 L32.1", window="assessment_year"),
    _life("L32.2c", _life_on("09-08", 0)),
    _life_late,
    _told_before_it_was_held,
    _life("LIFE-1b", _done_before_it_was_held),
    _life("L32.2", {"self_examination": ""}),
    removed("assessment-polls", "L32 L32.2b", window="year"),
    _not_reported,
    _life("L32.3b", lambda r: {"study_on": moved(r["held_on"], 1)}),
    _not_assessed,
    _poll("L32.5", plus("returned", of="issued")),
    _poll("L32.5b", plus("issued", of="present")),
    _one_vote_too_many,
    _best_with_few_votes,
    altered("assessments", {"grade": "基本合格"}, "L32 L32.9c", window=of_year, where=_graded),
    altered("assessments", {"fed_back_on": ""}, "L32 L32.9b", window=of_year, where=_graded),
    _reported_without_grade,
    _life("L32.13", lambda r: {"criticisms": "\n".join(r["criticisms"].splitlines()[:2])}),
    _life("L32.14", {"tasks": ""}),
    _unfinished, _probationer_graded,
    _poll("L32.10", lambda r: {"graded": str(int(r["present"]) * 3 // 2 + 2)}),
    repeated("life-meetings", ("opinions", "self_examination", "last_year_report", "criticisms"), "L32 L32.12", "L32 L32.12a", window="held_on"),
    repeated("life-meetings", ("self_examination",), "L32 L32.12a", window="held_on"),
    altered("rooms", {"closed_on": "2018-10-20"}, "L34 L34.1", window=last_day),
    altered("room-uses", {"_bare": "1"}, "L34 L34.2b", window="used_on"), _room_taken_twice,
    altered("budgets", lambda r: {"items": f"活动（金额：{r['amount']}）\n教育培训（金额：2000）"}, "L35 L35.1b", window=of_year),
    altered("expenses", {"amount": "12800"}, "L35 L35.2", "L35 L35.2w", window=lambda _: "2018-01-01", where=_this_year),
    altered("budgets", {"items": "活动（金额：1000）\n教育培训（金额：800）"}, "L35 L35.2w", window=of_year, where=ended),
    altered("expenses", {"voucher_no": ""}, "L35 L35.3", window="spent_on"),
    altered("expenses", lambda r: {"spent_on": moved(r["activity_on"], 100)}, "L35 L35.4", window="spent_on", where=lambda r: r["activity_on"][5:7] == "03"),
    altered("expenses", lambda r: {"spent_on": moved(r["activity_on"], -40)}, "L35 L35.4b", window="spent_on", where=lambda r: r["activity_on"][5:7] > "03"),
    repeated("expenses", ("invoice_no",), "L35 L35.5", window="spent_on"),
    removed("expenses", "L35 L35.7", window="activity_on", where=_this_year),
    removed("fund-summaries", "L36 L36.0", window="year"),
    _funds("L36.2", _elsewhere),
    _funds("L36.3", {"planned": "20000"}),
    _funds("L36.3b", {"planned": "3000"}),
    _funds("L36.5", {"separate_accounts": "否"}),
    _december,
)  # fmt: skip
