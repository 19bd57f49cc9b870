"""A save that carries a key is done once: the same key again has the same answer, also when both
come at one time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from taizhang.kernel.errors import BadInput, Problem
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import SavedOnce
from taizhang.orgs.actor import Actor

_USED = "这次填写已经保存过，现在的内容与那时不同；要另记一条，请再按一次保存。"


def form_key(posted: str, problems: Sequence[Problem]) -> str:
    """The key of an opened form: the one it came with, a fresh one at first and where that is used
    up.
    """
    used = any(problem.message == _USED for problem in problems)
    return str(uuid4()) if used or not posted else posted[:100]


def begin(
    key: str, said: object, kind: LedgerKind, actor: Actor, now: datetime
) -> SavedOnce | None:
    """Take the key in the transaction of the save; one that has an answer was used before for the
    same.

    Whoever comes second waits for the first by the unique constraint. Raises BadInput for another
    content.
    """
    if not key:
        return None
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    content = hashlib.sha256(f"{kind.slug} {text}".encode()).hexdigest()
    once, _ = SavedOnce.objects.get_or_create(
        by=actor.user,
        key=key[:100],
        defaults={"content": content, "kind": kind.slug, "at": now},
    )
    if once.content != content:
        raise BadInput([Problem(_USED)])
    return once


def end(once: SavedOnce | None, answer: int) -> None:
    """Keep the answer."""
    if once is not None:
        once.answer = answer
        once.save(update_fields=("answer",))
