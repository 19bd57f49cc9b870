"""Which of a field's choices the words of a document mean."""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN, folded
from taizhang.ledgers.fields import Field
from taizhang.ledgers.sheets import titles


def of(one: Field, value: str) -> str:
    """The one choice that is meant by what the field does not take as it stands."""
    found = beginning(one, value) or _ticked(one, value) or _first_post(one, value)
    found = found or _item(one, value) or _chosen(one, value) or _in_words(one, value)
    return found or _with_words_between(one, value)


def _ticked(one: Field, value: str) -> str:
    """The one choice that is ticked among those that are printed: ☑少交 □免交."""
    if not _BLANK.search(value):
        return ""
    said = [beginning(one, word) for word in _TICK.findall(value)]
    return said[0] if len(said) == 1 else ""


def _item(one: Field, value: str) -> str:
    """The item of the catalogue whose ledger is named: 失联党员查找台账 is L23."""
    labels = {label for _, label in one.choices}
    if not labels or not all(map(_ITEM.fullmatch, labels)):
        return ""
    found = titles.titled_at_any_time(value)
    own = set(found.kind.items) & labels if found else set()
    return own.pop() if len(own) == 1 else ""


_ITEM = re.compile(r"L\d\d")
_BLANK = re.compile(r"[□☐○◻]")
_TICK = re.compile(r"[☑☒✓✔√■●]\s*([^□☐○◻☑☒✓✔√■●\s]+)")


def _first_post(one: Field, value: str) -> str:
    """The one choice among several posts: 党支部书记、园长."""
    said = [word for word in re.split(r"[、，,/兼]", folded(value)) if word]
    labels = {folded(label): label for _, label in one.choices}
    own = {re.sub(r"^(?:中共|学校|本)?(?:党总支|党支部|支部|党)?", "", word): word for word in said}
    own |= {word: word for word in said}
    also = dict(one.also)
    found = {
        labels.get(word) or also.get(word) or labels.get(f"支部{word}", "") for word in own
    } - {""}
    return found.pop() if len(said) > 1 and len(found) == 1 else ""


def _with_words_between(one: Field, value: str) -> str:
    """The one choice whose words all stand in the value, in its order: 拟接收为预备党员 is 接收预备党员; of
    short ones the one with which it ends: 上半年党费收缴情况.
    """
    plain = folded(value)
    labels = [label for _, label in one.choices if len(label) > _FEW]
    shapes = ((label, ".{0,2}".join(map(re.escape, folded(label)))) for label in labels)
    found = [label for label, shape in shapes if re.search(shape, plain)]
    if not found and not _DENIED.search(plain):
        short = [label for _, label in one.choices if len(label) == _FEW]
        found = [label for label in short if re.search(rf"{re.escape(label)}(?:情况)?$", plain)]
    return found[0] if len(found) == 1 else ""


def yes_or_no(one: Field, value: str) -> str:
    """是 or 否, where the words beside a label say which: 与其他用途合用 │ 与校史馆合用, and 是（与校史馆合用）."""
    plain = folded(value)
    if first := _YES_OR_NO.fullmatch(plain):
        return first[1]
    said = _SAID.match(plain) and plain.endswith(folded(one.label)[-2:])
    return "是" if said and not _OPEN.search(plain) else ""


_YES_OR_NO = re.compile(r"([是否])[，,（(].+")
_SAID = re.compile(r"与|已")
"""How what is so begins: 与校史馆合用, 已公示."""
_OPEN = re.compile(r"[不非未没无否拟待将应需可]|除|准备|计划|[?？]|是否")
"""What says that something is not so, or not yet."""
_FEW = 4
_DENIED = re.compile(r"[不非未没无]|除")
"""What may take back the words of a choice."""


_LONG = 9
"""A choice so long has words of its own: 走访住址、家属、亲友、同事."""


def _in_words(one: Field, value: str) -> str:
    """The one choice that shares words with the value, of a field whose choices are sentences."""
    labels = [label for _, label in one.choices]
    if max(map(len, labels), default=0) < _LONG:
        return ""
    words = {value[at : at + 2] for at in range(len(value) - 1)}
    words = {word for word in words if re.fullmatch(rf"[{HAN}]{{2}}", word)}
    found = {label for word in words for label in labels if word in label}
    return found.pop() if len(found) == 1 else ""


def _chosen(one: Field, value: str) -> str:
    """The one choice that a sentence says somebody took: 自评合格, 评为优秀, 同意评定为合格等次."""
    labels = "|".join(sorted((re.escape(label) for _, label in one.choices), key=len, reverse=True))
    said = set(
        re.findall(rf"(?:自评|评定|评|定|等次)(?:结果|等次)?[为是:]?“?({labels})", folded(value))
    )
    return said.pop() if labels and len(said) == 1 else ""


def beginning(one: Field, value: str) -> str:
    """The one choice that is the word, or begins with it."""
    plain = folded(value)
    labels = [
        label for _, label in one.choices if len(plain) > 1 and folded(label).startswith(plain)
    ]
    return labels[0] if len(labels) == 1 else ""
