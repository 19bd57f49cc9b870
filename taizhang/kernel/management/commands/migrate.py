"""`manage.py migrate`: an empty database is made in one go, any other step by step, as Django does
it.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from taizhang.kernel.db import all_tables, too_old
from taizhang.kernel.errors import Refused

_PARTLY = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied")


class Command(migrate.Command):
    """Django's own, with a short way where nothing is yet, and without a look at pages, which
    tables do not need.
    """

    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Whoever asks for a part, or only to be told, gets what Django does."""
        if any(options.get(name) for name in _PARTLY) or not all_tables.is_empty(
            options["database"]
        ):
            if too_old.is_too_old(options["database"]):
                raise Refused(too_old.THE_WAY)
            done: str | None = super().handle(*args, **options)
            return done
        all_tables.make(options["database"])
        if options["verbosity"] > 0:
            self.stdout.write("All tables made at once.")
        return None
