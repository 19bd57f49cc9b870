"""Faults in elections, terms, posts and the division of work (L15, L16)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date

from lab.faults.altering import Change, NotHereError, Raw, altered, moved, plus
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found, row_for
from taizhang.demo.minutes import Held
from taizhang.demo.records import Ledgers
from taizhang.kernel.calendar import plus_months

_LINE = re.compile(r"^(.+?)（赞成：(\d+)；反对：0；弃权：(\d+)；结果：(.+?)）$")


def _full(row: Raw) -> bool:
    return row["kind"] == "换届"


def _election(code: str, change: Change, *more: str) -> Plant:
    """One election written otherwise: its days out of order, or numbers that do not fit
    together.
    """
    return altered(
        "elections", change, *(f"L15 {one}" for one in (code, *more)), window="held_on", where=_full
    )


Line = tuple[str, int, int, str]
"""Name, votes for, abstentions, result."""


def _read(row: Raw) -> list[Line]:
    found = [_LINE.match(line) for line in row["candidates"].splitlines()]
    return [(m[1], int(m[2]), int(m[3]), m[4]) for m in found if m]


def _written(lines: list[Line]) -> Raw:
    return {
        "candidates": "\n".join(
            f"{n}（赞成：{f}；反对：0；弃权：{a}；结果：{r}）" for n, f, a, r in lines
        )
    }


def _first(row: Raw, change: Callable[[Line], Line]) -> Raw:
    """The first of those elected is written otherwise."""
    first, *rest = _read(row)
    return _written([change(first), *rest])


def _with_present(row: Raw, here: int) -> Raw:
    """The same election with so many voters: nobody has more votes than there are."""
    for_ = {n: min(f, here) if r == "当选" else 0 for n, f, _, r in _read(row)}
    lines = [(n, for_[n], here - for_[n], r) for n, _, _, r in _read(row)]
    counts = dict.fromkeys(("entitled_present", "issued", "returned", "valid"), str(here))
    return counts | _written(lines)


def _one_less_than_in_the_minutes(row: Raw) -> Raw:
    return _with_present(row, int(row["entitled_present"]) - 1)


def _beyond_the_votes(row: Raw) -> Raw:
    """The one who was not elected has one vote more than the others left."""
    lines, valid = _read(row), int(row["valid"])
    got = int(row["seats"]) * valid - sum(f for _, f, _, r in lines if r == "当选") + 1
    return _written(
        [(n, got, valid - got, r) if r == "落选" else (n, f, a, r) for n, f, a, r in lines]
    )


def _one_too_many(row: Raw) -> Raw:
    """One more is elected than there are seats; every number is in order."""
    valid, seats = int(row["valid"]), int(row["seats"])
    got = valid // 2 + 1
    less = -(-got // seats)
    lines = [
        (n, got, valid - got, "当选") if r == "落选" else (n, f - less, a + less, r)
        for n, f, a, r in _read(row)
    ]
    return _written(lines)


def _half(line: Line) -> Line:
    name, for_, rest, result = line
    all_ = for_ + rest
    return name, all_ // 2, all_ - all_ // 2, result


def _one_lost(line: Line) -> Line:
    name, for_, rest, result = line
    return name, for_ - 1, rest, result


def _teller(row: Raw) -> Raw:
    """One of those voted for counts the votes."""
    loser = next(n for n, _, _, r in _read(row) if r == "落选")
    return {"scrutineers": f"{row['scrutineers']}、{loser}"}


def _as_many_votes(row: Raw) -> Raw:
    """The one who was not elected has as many votes as the last of those who were; there are no
    more votes than seats allow.
    """
    lines, valid = _read(row), int(row["valid"])
    got = valid // 2 + 1
    last = next(n for n, _, _, r in reversed(lines) if r == "当选")
    return _written(
        [
            (n, got, valid - got, r) if r == "落选" or n == last else (n, f, a, r)
            for n, f, a, r in lines
        ]
    )


def _one_paper_spoilt(row: Raw) -> Raw:
    """One ballot less is valid than the minutes say."""
    valid = int(row["valid"]) - 1
    lines = [(n, min(f, valid), valid - min(f, valid), r) for n, f, _, r in _read(row)]
    return {"valid": str(valid), "invalid": "1"} | _written(lines)


def _without_rights(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody was elected, and everywhere counted, who on that day had no right to vote."""
    row = row_for(ledgers, rng, "elections", _full)
    day = row["held_on"]
    ledgers.add(
        "rights-limits",
        person=_read(row)[0][0],
        limit="留党察看",
        from_on=moved(day, -1),
        to_on=moved(day, 1),
    )
    return [("L15", "L15.12b", day), ("L15", "AF-P5", day), ("L28", "AF-P5", day)]


def _minutes(ledgers: Ledgers) -> Held:
    """The assembly that elected."""
    return next(
        h
        for h in ledgers.meetings
        if h.day == ledgers.branch.election and h.kind == "members_assembly"
    )


def _too_few_voters(ledgers: Ledgers, rng: random.Random) -> Found:
    """Just four fifths of those entitled, in the minutes as well."""
    held = _minutes(ledgers)
    vote = next(v for v in held.votes if v["类别"] == "选举")
    here = int(vote["应到"]) * 4 // 5
    row = row_for(ledgers, rng, "elections", _full)
    row |= _with_present(row, here)
    vote |= {"实到": here, "发出": here, "收回": here, "有效": here, "赞成": here, "弃权": 0}
    return [("L15", "L15.7", row["held_on"]), ("L28", "VOTE-3", row["held_on"])]


def _probationers_counted(ledgers: Ledgers, rng: random.Random) -> Found:
    """One more entitled than there are full members."""
    row = row_for(ledgers, rng, "elections", _full)
    expected = int(row["entitled_expected"]) + 1
    if int(row["entitled_present"]) * 5 <= expected * 4:
        del row["_used"]
        raise NotHereError("elections")
    row["entitled_expected"] = str(expected)
    return [("L15", "AF-P5", row["held_on"])]


def _not_in_the_minutes(ledgers: Ledgers, rng: random.Random) -> Found:
    """An election of a day on which no assembly is on record."""
    row = row_for(ledgers, rng, "elections", _full)
    row["held_on"] = moved(row["held_on"], 1)
    return [("L15", "L15.5m", row["held_on"])]


# Terms and posts


def _terms(ledgers: Ledgers) -> tuple[Raw, Raw]:
    found = ledgers.rows.get("terms", [])
    if len(found) != 2 or any("_used" in row for row in found):
        raise NotHereError("terms")
    for row in found:
        row["_used"] = "1"
    return found[0], found[1]


def _late(ledgers: Ledgers, rng: random.Random) -> Found:
    """A term that ran a year too long."""
    del rng
    old, new = _terms(ledgers)
    began = plus_months(date.fromisoformat(new["started_on"]), -47)
    old["started_on"] = began.isoformat()
    return [("L15", "L15.2", began.isoformat())]


def _overdue(ledgers: Ledgers, rng: random.Random) -> Found:
    """A term that ended long ago; nobody was elected since."""
    del rng
    old, new = _terms(ledgers)
    ledgers.rows["terms"].remove(new)
    old["ended_on"] = ""
    return [("L15", "L15.2", old["started_on"])]


def _ends_soon(ledgers: Ledgers, rng: random.Random) -> Found:
    """A term that ends some weeks after the inspection."""
    del rng
    old, new = _terms(ledgers)
    old["ended_on"] = new["started_on"] = "2015-12-10"
    old["started_on"] = "2013-01-10"
    for row in ledgers.rows["documents"]:
        if row["superseded_on"]:
            row["reviewed_on"] = "2016-01-20"
    return [("L15", "L15.2w", "2015-12-10")]


def _cut_short(ledgers: Ledgers, rng: random.Random) -> Found:
    """A term that was ended after a year and a half."""
    del rng
    old, new = _terms(ledgers)
    old["started_on"] = "2014-04-10"
    old["ended_on"] = new["started_on"] = "2017-03-10"
    new["ended_on"] = "2018-08-10"
    for row in ledgers.rows["documents"]:
        if not row["superseded_on"]:
            row["reviewed_on"] = "2017-05-20"
    return [("L15", "L15.2y", new["started_on"])]


def _put_off(ledgers: Ledgers, rng: random.Random) -> Found:
    """A term drawn out without a paper of the superior and without a line about the work."""
    del rng
    old, _ = _terms(ledgers)
    old["extended_to"] = old["ended_on"]
    return [("L15", code, old["started_on"]) for code in ("L15.3", "L15.3w")]


def _put_off_too_long(ledgers: Ledgers, rng: random.Random) -> Found:
    """A term drawn out by two years, with all papers."""
    del rng
    _, new = _terms(ledgers)
    ends = plus_months(date.fromisoformat(new["started_on"]), 36)
    new |= {
        "extended_to": plus_months(ends, 24).isoformat(),
        "extension_no": "示例委〔2018〕20号",
        "extension_reason": "校区调整",
        "extension_work": "2018年3月起酝酿人选，逐月推进。",
    }
    return [("L15", "L15.2x", new["started_on"])]


def _not_replaced(ledgers: Ledgers, rng: random.Random) -> Found:
    """A commissioner moved away, and nobody was elected in his place."""
    seated = {r["person"] for r in ledgers.rows["posts"]}
    free = [
        m.name
        for m in ledgers.branch.at(date(2014, 1, 1))
        if m.name not in seated and m.left is None
    ]
    ledgers.add(
        "posts",
        person=rng.choice(free),
        post="保密委员",
        from_on="2014-01-10",
        to_on="2015-03-10",
        how="选举",
        approval_no="示例委〔2014〕1号",
        end_reason="调离",
        _used="1",
    )
    said = [("L15", "L15.4"), ("L15", "L15.4w"), ("L16", "L16.1w")]
    return [(*one, "2015-03-10") for one in said]


def _unapproved(code: str, *, secretary: bool) -> Plant:
    return altered(
        "posts",
        {"approval_no": ""},
        f"L15 {code}",
        window="from_on",
        where=lambda r: r["from_on"] >= "2015" and (r["post"] == "书记") is secretary,
    )


# Division of work


def _divided(code: str, change: Callable[[list[str]], list[str]]) -> Plant:
    def written(row: Raw) -> Raw:
        return {"rows": "\n".join(change(row["rows"].splitlines()))}

    return altered("divisions", written, f"L16 {code}", window="decided_on")


def _unsaid(word: str) -> Callable[[list[str]], list[str]]:
    """The one commissioner is a commissioner of nothing; no line has the word."""

    def change(lines: list[str]) -> list[str]:
        plain = [
            re.sub(rf"（{word}委员）：.*", "（青年委员）：负责日常事务。", line) for line in lines
        ]
        return [line.replace(word, "") for line in plain]

    return change


def _no_meeting(ledgers: Ledgers, rng: random.Random) -> Found:
    """A division of work of a day on which the committee did not meet."""
    row = row_for(ledgers, rng, "divisions")
    row["decided_on"] = moved(row["decided_on"], 1)
    if any(h.row["held_on"] == row["decided_on"] for h in ledgers.meetings):
        raise NotHereError("divisions")
    return [("L16", code, row["decided_on"]) for code in ("L16.3", "L16.3b")]


def _not_on_the_agenda(ledgers: Ledgers, rng: random.Random) -> Found:
    """A division of work of which the minutes of the day do not speak."""
    row = row_for(ledgers, rng, "divisions")
    for held in ledgers.meetings:
        if held.row["held_on"] == row["decided_on"]:
            held.row["agenda"] = [a for a in held.row["agenda"] if "分工" not in a]
    return [("L16", "L16.3b", row["decided_on"])]


def _not_disclosed(ledgers: Ledgers, rng: random.Random) -> Found:
    """A division of work that no notice made public."""
    last = max(row["decided_on"] for row in ledgers.rows["divisions"])
    row = row_for(ledgers, rng, "divisions", lambda r: r["decided_on"] == last)
    ledgers.rows["disclosures"] = [
        r
        for r in ledgers.rows["disclosures"]
        if r["item"] != "支部班子分工" or r["from_on"] != row["published_on"]
    ]
    return [("L16", "L16.4c", row["decided_on"])]


ALL: tuple[Plant, ...] = (
    _election("L15.5a", lambda r: {"reply_on": moved(r["request_on"], -3)}),
    _election("L15.5b", lambda r: {"reply_on": moved(r["held_on"], 1)}),
    _election("L15.5c", lambda r: {"candidates_reply_on": moved(r["candidates_request_on"], -2)}),
    _election("L15.5d", lambda r: {"candidates_reply_on": moved(r["held_on"], 1)}),
    _election("L15.5e", lambda r: {"first_committee_on": moved(r["held_on"], -1)}),
    _election("L15.5f", lambda r: {"result_report_on": moved(r["first_committee_on"], -1)}),
    _election("L15.5g", lambda r: {"final_reply_on": moved(r["result_report_on"], -1)}),
    _election("L15.6", lambda r: {"request_on": moved(r["held_on"], -12), "reply_on": moved(r["held_on"], -6)}),
    _election("L15.8", plus("issued")),
    _election("L15.8b", lambda r: plus("returned")(r) | {"invalid": "1"}),
    _election("L15.8c", lambda r: {"invalid": "1"}),
    _election("L15.8d", lambda r: _first(r, _one_lost)),
    _election("L15.8e", _beyond_the_votes),
    _election("L15.9", lambda r: _first(r, _half)),
    _election("L15.9b", _one_too_many),
    _election("L15.9c", _as_many_votes),
    _election("L15.11", _teller),
    _election("L15.11b", lambda r: {"scrutineers": f"{r['scrutineers']}、校外示例"}),
    _election("L15.11c", {"host_name": "校外示例"}),
    _election("L15.15b", _one_paper_spoilt),
    _without_rights,
    _election("L15.12", lambda r: _first(r, lambda line: ("校外示例", *line[1:]))),
    _election("L15.13", {"seats": "9"}, "L15.10"),
    _election("L15.13b", plus("seats"), "L15.10"),
    _election("L15.15", _one_less_than_in_the_minutes, "L15.15b"),
    _too_few_voters, _probationers_counted, _not_in_the_minutes, _cut_short, _late, _overdue, _ends_soon, _put_off, _put_off_too_long,
    _not_replaced, _unapproved("L15.14", secretary=True), _unapproved("L15.14w", secretary=False),
    _divided("L16.2", lambda lines: lines[:-1]),
    _divided("L16.2b", _unsaid("组织")),
    _divided("L16.2c", _unsaid("宣传")),
    _divided("L16.2d", lambda lines: [*lines, "校外示例（青年委员）：负责联系青年。"]),
    _no_meeting, _not_on_the_agenda,
    altered("divisions", {"published_on": ""}, "L16 L16.4", window="decided_on"),
    altered("divisions", lambda r: {"published_on": moved(r["decided_on"], -1)}, "L16 L16.4b", window="decided_on"),
    _not_disclosed,
)  # fmt: skip
