from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "taizhang.web"
    verbose_name = "页面"
    default_auto_field = "django.db.models.BigAutoField"
