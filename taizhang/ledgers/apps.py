from __future__ import annotations

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "taizhang.ledgers"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Facts take the length of a text, not the text: `discussion__length`."""
        from django.db.models import TextField
        from django.db.models.functions import Length

        TextField.register_lookup(Length)
