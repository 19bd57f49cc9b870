"""What a bureau remembers of the columns of its sheets: said once by a clerk, used for every sheet
after, and forgotten again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from taizhang.intake.models import ColumnSaid
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotFound
from taizhang.ledgers.form_reader import label_names
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.sheets.excel import BRANCH
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

LEFT_OUT = "不读入"
_ROOT = 9
"""So long is the path of an organisation at the top."""


def said(branch: Organisation) -> QuerySet[ColumnSaid]:
    """What the bureau of a branch remembers."""
    return ColumnSaid.objects.filter(root__path=branch.path[:_ROOT]).select_related("by")


def of(branch: Organisation) -> dict[str, dict[str, str]]:
    """The same as the reader takes it: ledger → header → label."""
    found: dict[str, dict[str, str]] = {}
    for one in said(branch):
        found.setdefault(one.kind, {})[one.header] = one.label
    return found


def choices(kind: LedgerKind) -> list[str]:
    """The labels that a header may mean: a field, a part, or whose the row is."""
    return [*(one.label for one in kind.fields()), *(part.label for part in kind.parts), BRANCH]


@transaction.atomic
def remember(
    *,
    branch: Organisation,
    kind: LedgerKind,
    columns: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what headers of a ledger's sheets mean: header → label, or 不读入."""
    actor.must_keep_ledgers_of(branch)
    known = {*label_names(kind), BRANCH}
    if not columns:
        raise BadInput("请至少说明一列。")
    wrong = [label for label in columns.values() if label != LEFT_OUT and label not in known]
    if wrong:
        raise BadInput(f"“{kind.title}”没有栏目“{wrong[0]}”。")
    root = Organisation.objects.get(path=branch.path[:_ROOT])
    for header, label in columns.items():
        ColumnSaid.objects.update_or_create(
            root=root,
            kind=kind.slug,
            header=header[:60],
            defaults={"label": "" if label == LEFT_OUT else label, "by": actor.user, "at": now},
        )
    journal.note(
        "intake.remember", f"kind:{kind.slug}", by=actor.user, now=now, columns=dict(columns)
    )


@transaction.atomic
def forget(*, branch: Organisation, key: int, actor: Actor, now: datetime) -> None:
    """Ask for the column again the next time."""
    actor.must_keep_ledgers_of(branch)
    one = said(branch).filter(pk=key).first()
    if one is None:
        raise NotFound("没有这一条列的记忆。")
    journal.note("intake.forget", f"kind:{one.kind}", by=actor.user, now=now, header=one.header)
    one.delete()
