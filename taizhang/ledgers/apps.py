from __future__ import annotations

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "taizhang.ledgers"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"
