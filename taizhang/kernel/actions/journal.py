"""The journal for those who read and verify it. Reading is noted in it as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Choices, Field, Model, Q

from taizhang.kernel.db.questions import Question
from taizhang.kernel.journal import chain, heads
from taizhang.kernel.journal import labels as journal_labels
from taizhang.kernel.journal.append_only import TRIGGERS
from taizhang.kernel.models import JournalLine, head

PER_PAGE = 100
AT_ONCE = 500
"""So many lines are read at a time: that of an import has the hashes of all its rows."""
PATIENCE = timedelta(minutes=30)
"""Acts are timed when they begin and written when they end, so lines may stand a little out of
order.
"""


def note(verb: str, subject: str, /, *, by: Any, now: datetime, **detail: Any) -> None:
    """One act, in the transaction of the act; `by` is an account, and nobody for commands. Choices
    are told by their words.
    """
    told = {name: one.label if isinstance(one, Choices) else one for name, one in detail.items()}
    JournalLine.objects.create(at=now, actor=by, verb=verb, subject=subject, detail=told)


def changed(
    before: Mapping[str, Any], after: Mapping[str, Any], of: type[Model] | None = None
) -> dict[str, list[Any]]:
    """What differs, as old → new; what a side lacks is empty, days are text. Fields `of` a model,
    and choices among their values, bear their Chinese names.
    """
    fields = {f.name: f for f in of._meta.fields} if of else {}
    labels = {name: str(f.verbose_name) for name, f in fields.items()}
    names = [*before, *(name for name in after if name not in before)]
    pairs = {
        name: [_plain(side.get(name), fields.get(name)) for side in (before, after)]
        for name in names
    }
    return {labels.get(name, name): pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _plain(value: Any, field: Field[Any, Any] | None = None) -> Any:
    if value is None:
        return ""
    if field is not None and field.choices:
        return dict(field.flatchoices).get(value, str(value))
    return value if isinstance(value, str | int | list | dict) else str(value)


def lines(after: int = 0) -> Iterator[Any]:
    """Every line after a number in their order, some hundred in memory at a time; only what is
    hashed, as plain rows.
    """
    names = ("seq", "at", "actor_id", "origin", "verb", "subject", "detail", "prev", "hash")
    found = JournalLine.objects.filter(seq__gt=after).order_by("seq")
    rows = found.values_list(*names, named=True)
    return iter(rows.iterator(chunk_size=AT_ONCE))


def about(subject: str, *verbs_wanted: str) -> list[JournalLine]:
    """What was done to one thing with these verbs, the first act first."""
    return _ABOUT(subject, *verbs_wanted)


_ABOUT: Question[JournalLine] = Question(
    lambda subject, *verbs: (
        JournalLine.objects.filter(subject=subject, verb__in=verbs)
        .order_by("seq")
        .select_related("actor")
    )
)


def told_by(*verbs_wanted: str) -> Iterator[Any]:
    """Number, verb, subject, moment, detail and hash of every line with one of these verbs, in
    order.
    """
    found = JournalLine.objects.filter(verb__in=verbs_wanted).order_by("seq")
    names = ("seq", "verb", "subject", "at", "detail", "hash")
    return iter(found.values_list(*names, named=True).iterator(chunk_size=AT_ONCE))


def against(kept: Iterable[heads.Head]) -> list[str]:
    """Which of the heads that somebody else keeps the journal does not have, in words."""
    wrong = []
    for one in kept:
        found = JournalLine.objects.filter(seq=one.lines).values_list("hash", flat=True).first()
        if one.lines and found != one.hash:
            why = "校验码不同" if found else "没有这一条"
            wrong.append(
                f"第{one.lines}条与外部留存的不符（{why}）：日志被改写过，或者数据库被换过"
            )
    return wrong


def shortened() -> str:
    """What is missing at the journal's end, by the head that is kept outside the database; empty
    when nothing is.
    """
    try:
        kept = heads.kept()
    except ValueError as broken:
        return str(broken)
    if not head()[0] and get_user_model()._default_manager.exists():
        return "日志是空的，但系统里已有账号：日志被清空过"
    if kept is None or not kept.lines:
        return ""
    found = JournalLine.objects.filter(seq=kept.lines).values_list("hash", flat=True).first()
    if found is None:
        return f"日志只有{head()[0]}条，库外记下的是{kept.lines}条：末尾的被删去，或者数据库被换成了旧的"
    same = found == kept.hash
    return "" if same else f"第{kept.lines}条与库外记下的校验码不同：日志被改写过，或者数据库被换过"


def keep_head() -> None:
    """Write number and hash of the last line to the file outside the database."""
    heads.keep(heads.Head(*head()))


def behind(now: datetime) -> str:
    """How far the clock is behind the last line; empty when it is not."""
    latest = JournalLine.objects.order_by("-seq").values_list("at", flat=True).first()
    if latest is None or latest - now <= PATIENCE:
        return ""
    return f"服务器时间比日志末条早{_span(latest - now)}，请核对时间（NTP）"


def backwards() -> str:
    """Where the clock went back between two lines; empty where it never did."""
    latest, jumped = None, []
    for seq, at in JournalLine.objects.order_by("seq").values_list("seq", "at").iterator():
        if latest is not None and latest - at > PATIENCE:
            jumped.append(f"日志第{seq}条比前一条早{_span(latest - at)}：服务器时间曾经往回跳")
        latest = at
    return f"{jumped[-1]}（共{len(jumped)}处）" if jumped else ""


def _span(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    return f"{minutes}分钟" if minutes < 180 else f"{round(minutes / 60)}小时"


def is_guarded() -> bool:
    """Whether the database still refuses to change or remove lines."""
    wanted = TRIGGERS[connection.vendor]
    known = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(known)
        return wanted <= {row[0] for row in cursor.fetchall()}


@dataclass(frozen=True)
class Wanted:
    """What is looked for; `before` is the number of the last line of the page before."""

    words: str = ""
    who: str = ""
    from_on: date | None = None
    to_on: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Found:
    """One page, the latest first, and where the next one begins."""

    lines: list[JournalLine]
    next_before: int | None


class Auditor(Protocol):
    """Who asks for the journal: he refuses himself where it is not his to read."""

    @property
    def user(self) -> Any:
        """The account."""

    def must_audit(self) -> None:
        """Raises NotAllowed."""


def looked_at(*, wanted: Wanted, actor: Auditor, now: datetime) -> Found:
    """A page of the journal; that it was looked at is a line as well."""
    actor.must_audit()
    found = JournalLine.objects.select_related("actor").order_by("-seq")
    if wanted.words:
        named = Q(verb__in=journal_labels.meant(wanted.words))
        found = found.filter(
            named | Q(verb__contains=wanted.words) | Q(subject__contains=wanted.words)
        )
    if wanted.who:
        found = found.filter(Q(actor__name__contains=wanted.who) | Q(actor__username=wanted.who))
    if wanted.from_on:
        found = found.filter(at__date__gte=wanted.from_on)
    if wanted.to_on:
        found = found.filter(at__date__lte=wanted.to_on)
    if wanted.before:
        found = found.filter(seq__lt=wanted.before)
    page = list(found[: PER_PAGE + 1])
    detail = {"q": wanted.words, "who": wanted.who, "before": wanted.before}
    note("kernel.read_journal", "journal", by=actor.user, now=now, **detail)
    more = len(page) > PER_PAGE
    return Found(page[:PER_PAGE], page[PER_PAGE - 1].seq if more else None)


@dataclass(frozen=True)
class Verdict:
    """What verifying found."""

    chain: chain.Verified
    guarded: bool


def verified(*, actor: Auditor, now: datetime) -> Verdict:
    """Go through the whole chain; that it was done is a line as well."""
    actor.must_audit()
    found = Verdict(chain.verify(lines()), is_guarded())
    detail = {
        "lines": found.chain.lines,
        "fault": found.chain.fault.text if found.chain.fault else None,
    }
    note("kernel.verify_journal", "journal", by=actor.user, now=now, **detail)
    return found


def last() -> tuple[int, str]:
    """Number and hash of the last line."""
    return head()
