"""What is told of a requirement table: the document of `taizhang notice match --json`, and its
rules in words.
"""

from __future__ import annotations

import re
from typing import Any

from taizhang.catalogue.sentences.frequency import Proposed
from taizhang.catalogue.sentences.reading import Asked

EVERY = {"month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}
WHAT = {
    "assembly": "党员大会", "committee": "支委会", "group": "党小组会", "lecture": "党课", "life": "组织生活会",
    "theme_day": "主题党日",
}  # fmt: skip
BY = {"": "", "secretary": "支部书记上"}
_LEDGER = re.compile(r"(?:台账|记录|登记|制度)$")
_PAPER = re.compile(r"(?:计划|名册|统计|结论|汇报|材料|制度|预算|版本|笔记|纪实|情况)$")
PER = {"branch": "", "group": "每个党小组", "member": "每名党员"}


def entries(asked: Asked) -> list[dict[str, Any]]:
    """One entry for each item that a line means, with the same number; one without a match where it
    means none.
    """
    line = asked.line
    head = {"no": line.no, "title": line.title, "requirement": line.requirement}
    matches: list[dict[str, Any] | None] = [
        {"item": m.item, "confidence": m.confidence, "words": m.words} for m in asked.matches
    ]
    return [
        head
        | {
            "match": found,
            "proposed": [_rule(p) for p in asked.proposed_for(found["item"] if found else None)],
            "contains": [{"fields": list(c.fields), "quote": c.quote} for c in asked.contains],
            "bounds": [
                {"op": b.op, "value": b.value, "unit": b.unit, "quote": b.quote}
                for b in asked.bounds
            ],
            "deadlines": asked.deadlines,
        }
        for found in matches or [None]
    ]


def _rule(rule: Proposed) -> dict[str, Any]:
    return {
        "ledger": rule.ledger,
        "what": rule.what,
        "every": rule.every,
        "at_least": rule.at_least,
        "per": rule.per,
        "quote": rule.quote,
    } | ({"by": rule.by} if rule.by else {})


def told(rule: Proposed, title: str) -> str:
    """`每季度至少1次支委会`; `title` is the ledger's name, of which what is done is said where it is no
    meeting.
    """
    what = work(rule, title)
    return f"{PER[rule.per]}{EVERY[rule.every]}至少{rule.at_least}{measure(what)}{what}"


def work(rule: Proposed, title: str) -> str:
    """What is done so often, and by whom where not everybody's counts: never the ledger in which it
    stands.
    """
    return BY[rule.by] + WHAT.get(rule.what or "", _LEDGER.sub("", title))


def measure(what: str) -> str:
    """By which word it is counted: what is done 次, a paper 份."""
    return "份" if _PAPER.search(what) else "次"
