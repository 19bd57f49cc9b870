from __future__ import annotations

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "taizhang.orgs"
    verbose_name = "组织"
    default_auto_field = "django.db.models.BigAutoField"
