"""Sessions in the database, as Django keeps them; which one it is, is asked at every request and
built once.
"""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.utils import timezone

from taizhang.kernel.db.questions import Question

_BY_KEY: Question[Session] = Question(lambda key: Session.objects.filter(session_key=key))


class SessionStore(db.SessionStore):
    """The same table and the same rules."""

    def _get_session_from_db(self) -> object:
        found = _BY_KEY.first(self.session_key or "")
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  (as Django calls it)
        """A database that is away is not a session that was ended, which Django takes it for."""
        try:
            super().save(must_create)
        except UpdateError as broken:
            if isinstance(broken.__context__, OperationalError):
                raise broken.__context__ from None
            raise
