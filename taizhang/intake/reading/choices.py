"""Which of a field's choices the words of a document mean."""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN, folded
from taizhang.ledgers.fields import Field


def of(one: Field, value: str) -> str:
    """The one choice that is meant by what the field does not take as it stands."""
    found = beginning(one, value) or _chosen(one, value) or _in_words(one, value)
    return found or _with_words_between(one, value)


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


def says_so(one: Field, value: str) -> bool:
    """Whether the words beside a label say what it asks: 与其他用途合用 │ 与校史馆合用."""
    plain = folded(value)
    said = _SAID.match(plain) and plain.endswith(folded(one.label)[-2:])
    return bool(said) and not _OPEN.search(plain)


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
