from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "taizhang.papers"
    verbose_name = "文书"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the papers that the office may lay out itself, and how a worker makes books."""
        from taizhang.kernel.jobs import queue
        from taizhang.papers.word_templates import cover as template_cover
        from taizhang.papers.word_templates import kinds as template_kinds

        queue.done_in("taizhang.papers.bookbinding")
        template_kinds.enter(template_cover.KIND)
