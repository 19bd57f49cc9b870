from __future__ import annotations

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "taizhang.checks"
    verbose_name = "核查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Judge a branch again whenever its ledgers, its organisation or the calendar change (ADR 0003)."""
        from taizhang.checks import actions, queries
        from taizhang.ledgers import after, retention, today
        from taizhang.orgs import after as orgs_after

        after.subscribe(actions.recheck)
        orgs_after.subscribe(actions.rejudge)
        retention.subscribe(queries.held_by_scope)
        today.subscribe(queries.reckoned)
