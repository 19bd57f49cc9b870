from __future__ import annotations

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "taizhang.ledgers"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Facts take the length of a text, not the text: `discussion__length`. The journal calls
        ledgers by their names.
        """
        from django.db.models import TextField
        from django.db.models.functions import Length

        from taizhang.kernel.jobs import queue
        from taizhang.kernel.journal import labels as journal_labels
        from taizhang.ledgers.evidence import queries as evidence
        from taizhang.ledgers.kinds import KINDS

        queue.done_in("taizhang.ledgers.evidence.texts", "taizhang.ledgers.sheets.import_job")
        TextField.register_lookup(Length)
        journal_labels.NAMES["file"] = evidence.called
        journal_labels.SUBJECTS.update({kind.slug: kind.title for kind in KINDS.values()})
