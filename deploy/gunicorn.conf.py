"""How gunicorn runs the site: processes by the cores there are, a few threads in each, reached by the proxy alone."""

from __future__ import annotations

import multiprocessing

wsgi_app = "taizhang.config.wsgi:application"
bind = "127.0.0.1:8000"
# The site is loaded once, before the port is open; its processes are forked from that, share its memory, and begin at once.
preload_app = True
worker_class = "gthread"
workers = 2 * multiprocessing.cpu_count()
threads = 4
# A process takes no more than it has threads for: what waits, waits in the system's one queue, for whichever is free first.
worker_connections = threads
keepalive = 0
# A long page (a book of a year) may take a minute; whatever takes longer is a job of the worker.
timeout = 120
graceful_timeout = 60
# A process is replaced now and then, so that none grows for months.
max_requests = 5000
max_requests_jitter = 500
# Requests are in the proxy's log; warnings and errors of the site go to the journal of systemd.
accesslog = None
errorlog = "-"
# systemd alone steers the processes: no second door, and no file in a home folder that two sites would share.
control_socket_disable = True


def on_starting(server: object) -> None:
    """Once the site is loaded, and before there is a port or a process: what every process would ask the database for.

    No connection is left open, for two processes must not talk through one.
    """
    from django.db import connections  # noqa: PLC0415

    from taizhang.config import gc_tuning, loaded_first  # noqa: PLC0415

    loaded_first.requirements()
    connections.close_all()
    gc_tuning.leave_what_is_there()
