from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "taizhang.intake"
    verbose_name = "收件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter how batches are read in the background."""
        from taizhang.kernel.jobs import queue

        queue.done_in("taizhang.intake.actions", "taizhang.intake.sheets.actions")
