"""The WSGI application, for `serve` and for gunicorn."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
application = get_wsgi_application()

# A request reads thousands of small rows and drops them at once: look for garbage rarely, and never in what stays.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
