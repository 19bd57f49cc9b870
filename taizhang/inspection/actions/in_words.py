"""What stands of the matter of an entry on site, in words: the journal tells what was replaced by what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from taizhang.inspection import entries as e
from taizhang.inspection.models import Answer, Attendee, Finding, Highlight, LookBack, Visit


def standing(visit: Visit, entry: e.AnyEntry) -> dict[str, str]:
    """The name of what the entry is about and what holds of it now; empty for what only adds."""
    told = _TOLD.get(entry.kind)
    return told(visit, entry) if told else {}


STATES = {"stored": "记入", "older": "留存备查", "conflict": "待商定"}
"""What became of an entry that was taken in."""


def told(entry: e.AnyEntry, state: str) -> dict[str, Any]:
    """What the entry says, its choices in words, its key last, and what became of it."""
    said = entry.model_dump(mode="json", exclude={"visit", "kind", "seen"}, exclude_defaults=True)
    said |= {"state": STATES[state], "key": said.pop("key")}
    verdict = LookBack.Verdict if entry.kind == "look_back" else Answer.Verdict
    words = _CHOICES | {"verdict": verdict}
    return {name: words[name](one) if name in words else one for name, one in said.items()}


def _attendee(visit: Visit, entry: e.Present) -> dict[str, str]:
    found = Attendee.objects.filter(pk=entry.attendee, visit=visit)
    return {str(one): "到场" if one.present else "未到场" for one in found}


def _answers(visit: Visit, entry: e.AnswerGiven) -> dict[str, str]:
    """Two that hold and differ stand both, with the name of him who gave them."""
    found = Answer.objects.filter(visit=visit, item__no=entry.item, holds=True)
    told = [f"{one}（{one.by.name}）" for one in found.select_related("by").order_by("made_at")]
    return {f"第{entry.item}项检查情况": "、".join(told)}


def _finding(visit: Visit, entry: e.FindingDropped) -> dict[str, str]:
    found = Finding.objects.filter(key=entry.finding, visit=visit)
    return {one.facts: one.get_standing_display() for one in found}


def _highlight(visit: Visit, entry: e.HighlightDropped) -> dict[str, str]:
    found = Highlight.objects.filter(key=entry.highlight, visit=visit)
    return {one.text: "" if one.gone_at else "特色亮点" for one in found}


def _look_back(visit: Visit, entry: e.LookedBack) -> dict[str, str]:
    found = LookBack.objects.filter(visit=visit, earlier=entry.earlier, holds=True)
    return {"上一轮问题的整改": "、".join(one.get_verdict_display() for one in found)}


_CHOICES: dict[str, Callable[[str], Any]] = {
    "how": Answer.How,
    "severity": Finding.Severity,
    "manner": Finding.Manner,
    "source": Finding.Source,
}
_TOLD: dict[str, Callable[[Visit, Any], dict[str, str]]] = {
    "present": _attendee,
    "answer": _answers,
    "drop_finding": _finding,
    "drop_highlight": _highlight,
    "look_back": _look_back,
}
