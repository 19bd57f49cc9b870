from __future__ import annotations

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "taizhang.inspection"
    verbose_name = "督查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Mark what a branch changes after its picture was frozen (ADR 0003); enter the papers for
        ADR 0037; tell the journal what rounds, units and findings are called.
        """
        from taizhang.inspection import later, queries
        from taizhang.inspection.papers import own_forms
        from taizhang.kernel.jobs import queue
        from taizhang.kernel.journal import labels as journal_labels
        from taizhang.ledgers import changes
        from taizhang.ledgers.disposal import retention
        from taizhang.papers.word_templates import kinds as template_kinds

        queue.done_in(
            "taizhang.inspection.outgoing.actions.archiving",
            "taizhang.inspection.outgoing.actions.bundling",
            "taizhang.inspection.outgoing.judging_again",
        )
        journal_labels.NAMES.update(queries.NAMES)
        changes.subscribe(later.mark)
        retention.subscribe(queries.held_by_rounds)
        for kind in own_forms.KINDS:
            template_kinds.enter(kind)
