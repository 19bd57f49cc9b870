"""Questions about 销毁清册, and the list as a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from taizhang.kernel.errors import NotAllowed
from taizhang.ledgers.disposal import retention
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import Disposal, DisposalLine
from taizhang.ledgers.sheets import excel
from taizhang.orgs.actor import Actor


@dataclass(frozen=True)
class Term:
    """How long the records of a ledger are kept."""

    title: str
    words: str


def terms() -> list[Term]:
    """Of every ledger."""
    return [Term(kind.title, retention.in_words(kind)) for kind in KINDS.values()]


def disposals(actor: Actor) -> QuerySet[Disposal]:
    """All lists, the latest first, for the organisation section."""
    actor.must_run_office()
    gone = Count("lines", filter=Q(lines__fate="destroyed"))
    found = Disposal.objects.select_related("made_by", "approved_by")
    return found.annotate(n=Count("lines"), gone=gone).order_by("-pk")


def disposal(key: int, *, actor: Actor) -> Disposal:
    """One list, for the same."""
    found = disposals(actor).filter(pk=key).first()
    if found is None:
        raise NotAllowed("没有这份清册。")
    return found


def lines(found: Disposal) -> QuerySet[DisposalLine]:
    """What it lists, branch by branch."""
    return found.lines.select_related("branch").order_by("branch__path", "kind", "day", "pk")


def destruction_list(found: Disposal, actor: Actor, now: datetime) -> bytes:
    """The list to be printed, signed and filed."""
    head = ["序号", "党支部", "台账", "名称", "日期", "保管至", "附件", "处置"]
    rows = (
        [
            str(at),
            line.branch.short_name,
            line.ledger,
            line.title,
            f"{line.day}",
            f"{line.kept_until}",
            str(line.n_files),
            line.get_fate_display(),
        ]
        for at, line in enumerate(lines(found).iterator(chunk_size=2000), 1)
    )
    return excel.written(str(found), head, rows, excel.watermark(actor.user.name, now))
