"""The mark on a printed sheet: a QR code that says of which branch and record it is, so that a scan
of the sheet finds its ledger.

It names no person and no address. Its last part is a check that only this system can make: a mark
that somebody drew is told from one that was printed here.
"""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs import heads
from taizhang.orgs.models import Organisation

RECORD, BLANK, BOOK, ITEM, CHECKLIST = "R", "B", "C", "I", "K"
_LETTERS = 10
"""Of the check: 50 bits."""
_WHAT = r"[0-9A-Z:.+*%$ -]{1,40}"
_TEXT = re.compile(rf"TZ1/([RBCIK])/([0-9]{{1,12}})/({_WHAT})/([A-Z2-7]{{{_LETTERS}}})")


@dataclass(frozen=True)
class Mark:
    """What a sheet is: a record, a blank form, the cover of a book, the page of an item, a
    checklist.
    """

    sort: str
    """One of these five."""
    branch: int
    """Whose; 0 of a blank form, which is nobody's yet."""
    what: str
    """Which one, in the characters that a QR code holds most of."""

    @property
    def body(self) -> str:
        """All but the check."""
        return f"TZ1/{self.sort}/{self.branch}/{self.what}"

    @property
    def text(self) -> str:
        """What the code says; nothing of what cannot be said in its characters."""
        if not re.fullmatch(_WHAT, self.what):
            return ""
        return f"{self.body}/{_check(self.body, settings.FIELD_KEYS[0])}"


def _check(body: str, key: bytes) -> str:
    own = hmac.digest(key, b"mark on paper", "sha256")
    return base64.b32encode(hmac.digest(own, body.encode(), "sha256")).decode()[:_LETTERS]


def read(text: str) -> Mark | None:
    """The mark that a code bears; none where the code is somebody else's. Raises BadInput of one
    that was not printed here.
    """
    if not text.startswith("TZ1/"):
        return None
    found = _TEXT.fullmatch(text)
    body = text.rpartition("/")[0]
    if not found or not any(
        hmac.compare_digest(_check(body, key), found[4]) for key in settings.FIELD_KEYS
    ):
        raise BadInput("二维码的校验不符，不是本系统打印的，没有采用。")
    return Mark(found[1], int(found[2]), found[3])


def of_record(kind: LedgerKind, key: int, branch: Organisation) -> str:
    """On a printed record."""
    return _printed(Mark(RECORD, branch.pk, f"{kind.slug.upper()}:{key}"), branch)


def of_blank(kind: LedgerKind) -> str:
    """On an empty form."""
    return _printed(
        Mark(BLANK, 0, kind.slug.upper()), Organisation.objects.filter(parent=None).first()
    )


def of_book(branch: Organisation, from_on: date, to_on: date) -> str:
    """On the cover of a book."""
    return _printed(Mark(BOOK, branch.pk, f"{from_on:%Y%m%d}-{to_on:%Y%m%d}"), branch)


def of_item(branch: Organisation, item: str) -> str:
    """Beside the head of an item in a book."""
    return _printed(Mark(ITEM, branch.pk, item.upper()), branch)


def of_checklist(visit: int, branch: Organisation | None) -> str:
    """On the checklist of a unit."""
    return _printed(Mark(CHECKLIST, branch.pk if branch else 0, f"{visit}"), branch)


def of_tick_page(visit: int, page: int, stamp: str, branch: Organisation | None) -> str:
    """On a page of a checklist that is ticked by hand; `stamp` tells the checklist of now from
    earlier ones.
    """
    return _printed(Mark(CHECKLIST, branch.pk if branch else 0, f"{visit}:{page}:{stamp}"), branch)


def _printed(mark: Mark, organisation: Organisation | None) -> str:
    """Unless the committee does not want it."""
    committee = organisation and (organisation.parent or organisation)
    return "" if committee and heads.head_of(committee).unmarked else mark.text
