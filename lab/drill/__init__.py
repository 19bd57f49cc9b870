"""Faults on purpose, and after each the question whether all that was acknowledged is there.

    python -m lab drill [--kills N] [--seed S] [--kind KIND|all, also several]

A process records meetings and takes in files, and says each on a pipe after its act has returned.
Then something happens:

- writer: SIGKILL within one of its next acts, drawn by the seed
- site: SIGKILL to a process or to the master of gunicorn while keepers enter talks over HTTP
- worker: SIGKILL to `taizhang worker` while it enters lists; the next one does the rest, each row
  once
- clock: the writer's clock is an hour back or a day ahead, and it is killed
- full: its disk fills up (a small one of its own for root, else no file may grow), and has room
  again
- words: the same while a keeper enters over HTTP, who must be told in words and can go on after
- shut: the folder of files takes nothing
- torn: it is killed, and a stored file is cut short; the doctor must name it, and the same upload
  heals it
- bucket: files lie in S3, and the network to it is lost in the middle of requests
- backend, session: a process of PostgreSQL is killed, or the server ends the writer's session
- database: the network to PostgreSQL is lost while keepers enter over HTTP

The last three need DATABASE_URL of an empty database: `bash tools/on_postgres.sh .venv/bin/python
-m lab drill --kind all`. There the kinds that need no small disk happen on PostgreSQL every other
time.

After each, all that was acknowledged and all that was written since the last one is asked: records,
journal, search, files. The doctor goes through everything after 25 faults of a place, and at its
end. Exit code 1 when anything was lost, doubled, half stored, or not well, or when a page failed
without words. Processes are children of one that has the site loaded (`lab.drill.parent`): a fault
costs about a second of a processor, and waits go by what happened, so that other work on the
machine makes a drill longer and not wrong.
"""

from __future__ import annotations

from lab.drill.run import main

__all__ = ["main"]
