"""Faults on purpose, and after each the question whether all that was acknowledged is there.

    python -m lab drill [--kills N] [--seed S] [--kind writer|site|clock|full|shut|torn|backend|all]

A process records meetings and takes in files, and says each on a pipe after its act has returned. Then something happens:

- writer: SIGKILL at a moment drawn by the seed
- site: SIGKILL to a worker or to the master of gunicorn while keepers enter talks over HTTP
- clock: the writer's clock is an hour back or a day ahead, and it is killed
- full: no file may grow any more, as on a full disk
- shut: the folder of files takes nothing
- torn: it is killed, and a stored file is cut short; the doctor must name it, and the same upload heals it
- backend: SIGKILL to a process of PostgreSQL (needs DATABASE_URL)

After each, database, files, journal and doctor are asked. Exit code 1 when anything was lost, doubled, half stored, or not well.
"""

from __future__ import annotations

from lab.drill.run import main

__all__ = ["main"]
