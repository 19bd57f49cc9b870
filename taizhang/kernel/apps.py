from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "taizhang.kernel"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Rights here rest on duties; Django's table of permissions, 700 rows in an empty database,
        is asked by nobody.
        """
        from django.db.models.signals import post_migrate

        from taizhang.kernel.jobs import queue

        queue.done_in("taizhang.kernel.jobs.sending")
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
