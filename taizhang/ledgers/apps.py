from __future__ import annotations

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "taizhang.ledgers"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Facts take the length of a text, not the text: `discussion__length`. The journal calls ledgers by their names.

        A worker that was never asked for a page takes up imports too.
        """
        from django.db.models import TextField
        from django.db.models.functions import Length

        from taizhang.kernel.journal import labels as journal_labels
        from taizhang.ledgers.evidence import texts
        from taizhang.ledgers.kinds import KINDS
        from taizhang.ledgers.sheets import import_job

        del import_job, texts
        TextField.register_lookup(Length)
        journal_labels.SUBJECTS.update({kind.slug: kind.title for kind in KINDS.values()})
