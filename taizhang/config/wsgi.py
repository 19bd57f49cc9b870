"""The WSGI application, for `serve` and for gunicorn."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from taizhang.config import loaded_first
from taizhang.config.gc_tuning import (
    give_back_what_is_free,
    leave_what_is_there,
    look_rarely,
    share_arenas,
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
share_arenas()
os.umask(0o077)  # what we write is for its owner alone
application = get_wsgi_application()
loaded_first.pages()
leave_what_is_there()
look_rarely()
give_back_what_is_free()
