from __future__ import annotations

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "taizhang.inspection"
    verbose_name = "督查"
    default_auto_field = "django.db.models.BigAutoField"
