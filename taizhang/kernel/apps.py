from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "taizhang.kernel"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"
