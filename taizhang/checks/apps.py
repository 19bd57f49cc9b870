from __future__ import annotations

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "taizhang.checks"
    verbose_name = "核查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Judge a branch again whenever its ledgers, its organisation or the calendar change (ADR
        0003).
        """
        from taizhang.checks.actions import checking, explaining
        from taizhang.checks.by_ledger import doubts
        from taizhang.checks.reasons import queries
        from taizhang.checks.reasons.beside import named_inputs
        from taizhang.kernel.jobs import queue
        from taizhang.ledgers import changes, doubted, item_names, today
        from taizhang.ledgers.disposal import retention
        from taizhang.ledgers.forms import explained, named
        from taizhang.orgs import changes as orgs_changes

        queue.done_in("taizhang.checks.catalogue_versions.what_if")
        changes.subscribe(checking.recheck)
        orgs_changes.subscribe(checking.rejudge)
        retention.subscribe(queries.held_by_scope)
        today.subscribe(queries.reckoned)
        item_names.subscribe(queries.item_names)
        named.subscribe(named_inputs.in_force)
        doubted.subscribe(doubts.by_kind)
        explained.subscribe(explaining.explain_entered)
