"""Files of evidence as blocks. Pages that are pictures are recognised once, by a worker, and kept;
no page of the site waits for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from taizhang.documents import reading, scanned
from taizhang.documents.blocks import Source
from taizhang.kernel.errors import BadInput
from taizhang.ledgers.evidence import store
from taizhang.ledgers.models import Recognised

WAITS = "图片里的文字还没有识别；可以稍后刷新，或者打开原文件查看。"


class Kept:
    """Knows the pages of a file that were recognised before; `recognise` the others, or refuses
    them with BadInput.
    """

    def __init__(self, sha256: str, *, recognise: bool) -> None:
        """For the file with that hash."""
        self._sha256, self._recognise = sha256, recognise
        self._told: dict[str, Any] | None = None

    def __call__(self, picture: bytes) -> Mapping[str, Any]:
        """What is told of the picture of a page."""
        if self._told is None:
            row = Recognised.objects.filter(sha256=self._sha256).first()
            self._told = json.loads(row.told) if row else {}
        page = f"{scanned.EDITION}:{hashlib.sha256(picture).hexdigest()}"
        if page not in self._told:
            if not self._recognise:
                raise BadInput(WAITS)
            self._told[page] = scanned.told_of(picture)
            told = json.dumps(self._told, ensure_ascii=False)
            Recognised.objects.update_or_create(sha256=self._sha256, defaults={"told": told})
        found: Mapping[str, Any] = self._told[page]
        return found


def source_of(sha256: str, *, recognise: bool) -> Source:
    """What a stored file holds; raises BadInput where it cannot be read or, unless told to
    `recognise`, was not recognised yet, NotFound where its bytes are gone.
    """
    with store.opened(sha256) as stored:
        return reading.source(stored.read(), Kept(sha256, recognise=recognise))
