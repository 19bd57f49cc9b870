from __future__ import annotations

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "taizhang.checks"
    verbose_name = "核查"
    default_auto_field = "django.db.models.BigAutoField"
