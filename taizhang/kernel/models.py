"""The journal: who did what, when, to which record. Only actions write it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from taizhang.kernel.client_address import ORIGIN
from taizhang.kernel.db import once
from taizhang.kernel.db.questions import Question
from taizhang.kernel.jobs.models import Job, MadeFile
from taizhang.kernel.journal import chain, heads
from taizhang.kernel.journal import labels as journal_labels
from taizhang.kernel.messages.models import Message
from taizhang.kernel.secret import SealedTextField
from taizhang.kernel.writing.moments import told_at, told_if_moment

__all__ = ["Job", "JournalLine", "MadeFile", "Message", "RowKey"]
_QUEUE = 7_201_810
"""PostgreSQL's number for the queue of those who append to the journal."""


FOR_MACHINES = ("hashes", "were", "removed_rows", "key")
"""Details that are held against the rows, or tell a device what was taken in, and are read by
nobody.
"""


class RowKey(models.Model):
    """The key of the marks that stand for sealed values in the hashes of rows; there is one."""

    key = SealedTextField()

    class Meta:
        verbose_name = "记录校验密钥"

    def __str__(self) -> str:
        """Nothing of it."""
        return "记录校验密钥"


class JournalLine(models.Model):
    """One act, written in the transaction of the act itself and never changed: the database refuses
    it, the chain shows it.
    """

    seq = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="操作人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField("操作", max_length=60)
    subject = models.CharField("对象", max_length=120, db_index=True)
    detail = models.JSONField("内容", default=dict)
    origin = models.CharField("来源地址", max_length=45, blank=True)
    prev = models.CharField("前一条", max_length=80)
    hash = models.CharField("校验码", max_length=80)

    class Meta:
        verbose_name = "日志"
        ordering = ("seq",)

    def __str__(self) -> str:
        """Verb and subject."""
        return f"{told_at(self.at)} {self.verb} {self.subject}"

    def save(self, *_: Any, **__: Any) -> None:
        """Append to the chain; one writer at a time, in the transaction of the act."""
        with transaction.atomic(savepoint=False):
            self.origin = ORIGIN.get()
            self.detail = json.loads(json.dumps(self.detail))  # as the database will give it back
            last, self.prev = self._in_turn()
            self.seq = last + 1
            self.hash = chain.hash_of(self, chain.algorithm())
            once.insert(self)
            written = heads.Head(self.seq, self.hash)
            transaction.on_commit(lambda: heads.keep_sometimes(written))

    @staticmethod
    def _in_turn() -> tuple[int, str]:
        """The head, once nobody else can append: on SQLite the transaction itself is the queue."""
        if connection.vendor != "postgresql":
            return head()
        found = connection.queue_by(_QUEUE, _LAST.sql())  # type: ignore[attr-defined]
        return found[0] if found else _NONE

    @property
    def said(self) -> str:
        """The verb as people read it."""
        return journal_labels.in_words(self.verb)

    @property
    def things(self) -> list[str]:
        """What its details say by a key alone, as subjects are written: `finding:3`."""
        detail = self.detail if isinstance(self.detail, dict) else {}
        return [thing for name, one in detail.items() if (thing := _thing(name, one))]

    @property
    def about(self) -> str:
        """The details in one line where nobody asked for the names of things."""
        return self.told({})

    def told(self, names: Mapping[str, str]) -> str:
        """The details in one line, what was changed as old → new; what is empty is left out, and of
        `things` what has no name among `names` (subject → name): a key says nothing to people.
        """
        detail = dict(self.detail) if isinstance(self.detail, dict) else {}
        detail = {
            name: one if (thing := _thing(name, one)) is None else names.get(thing, "")
            for name, one in detail.items()
            if name not in FOR_MACHINES
        }
        changed = detail.pop("changed", None)
        pairs = changed.items() if isinstance(changed, dict) else ()
        told = [
            f"{n}：{_told(old) or '（空）'} → {_told(new) or '（空）'}" for n, (old, new) in pairs
        ]
        return "；".join([part for part in (_told(detail), *told) if part])


def _thing(name: str, value: object) -> str | None:
    """Of which thing a detail is the key; None: it is none."""
    keyed = name in journal_labels.KEYS and type(value) is int
    return f"{journal_labels.KEYS[name]}:{value}" if keyed else None


def _told(value: object) -> str:
    if isinstance(value, dict):
        kept = {journal_labels.DETAILS.get(name, name): _told(one) for name, one in value.items()}
        return "；".join(f"{name}：{one}" for name, one in kept.items() if one)
    if isinstance(value, list):
        return "、".join(filter(None, map(_told, value)))
    if isinstance(value, str):
        return told_if_moment(value)
    return (
        "" if value is None else "是" if value is True else "否" if value is False else str(value)
    )


def head() -> tuple[int, str]:
    """The number of the last line and its hash: what is printed on a paper to prove later what
    stood before.
    """
    return _LAST.first() or _NONE


_NONE = (0, chain.BEGINNING)
_LAST: Question[tuple[int, str]] = Question(
    lambda: JournalLine.objects.order_by("-seq").values_list("seq", "hash")[:1]
)
