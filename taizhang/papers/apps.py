from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "taizhang.papers"
    verbose_name = "文书"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the papers that the office may lay out itself."""
        from taizhang.papers import template_cover, template_kinds

        template_kinds.enter(template_cover.KIND)
