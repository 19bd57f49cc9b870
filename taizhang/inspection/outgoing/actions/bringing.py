"""A package of a round comes back in, here or in another installation: read through, kept whole,
never changed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from taizhang.inspection.models import BroughtRound
from taizhang.inspection.outgoing import packages
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.ledgers.evidence.store import path_of, store
from taizhang.orgs.actor import Actor


@transaction.atomic
def bring_in(*, file: Path, digest: str, actor: Actor, now: datetime) -> BroughtRound:
    """Keep a package as a closed round. `digest` is what the sender told of the whole, "" for
    nothing told.

    Refused is one that is not what its list says, is not the one that was sent, or is here already;
    nothing is written over.
    """
    actor.must_run_office()
    with file.open("rb") as source:
        found = hashlib.file_digest(source, "sha256").hexdigest()
    told = digest.strip().lower()
    if told and told != found:
        message = f"整包的校验码与导出方告知的不同（现有 {found}），这不是当时导出的文件。"
        raise BadInput([Problem(message, column="校验码")])
    known = BroughtRound.objects.filter(digest=found).first()
    if known is not None and store().exists(path_of(found, packages.PART)):
        raise WrongState(f"这个轮次档案已经读入过（{known.title}），没有重复读入。")
    listed = packages.verified(file)
    store().put(path_of(found, packages.PART), file)
    if known is None:
        known = BroughtRound.objects.create(
            title=listed.title,
            about=listed.about,
            made_at=listed.made_at,
            made_by=listed.made_by,
            head=listed.head,
            missing=listed.missing,
            digest=found,
            compared=bool(told),
            size=file.stat().st_size,
            n_files=listed.n,
            brought_at=now,
            brought_by=actor.user,
        )
    journal.note(
        "inspection.bring_round_in",
        f"brought:{known.pk}",
        by=actor.user,
        now=now,
        digest=found,
        n=listed.n,
        compared=bool(told),
    )
    return known
