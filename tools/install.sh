#!/bin/sh
# Makes .venv and installs what a lock file lists. Needs python3 (3.11 or later) and nothing else.
set -eu
lock=$1
from_outside() { python3 -m pip --python "$(command -v python3)" --version >/dev/null 2>&1; }
if [ ! -x .venv/bin/python ]; then
  # A pip of the system's or uv installs from outside; one of its own takes longer than the program's own start.
  if command -v uv >/dev/null 2>&1 || from_outside; then
    python3 -m venv --without-pip .venv
  elif ! python3 -m venv .venv 2>/dev/null; then
    rm -rf .venv
    # A bare Debian has venv but not ensurepip: take the system's pip, or Debian's packages where we may.
    if ! python3 -m pip --version >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && apt-get install -y -qq python3-venv python3-pip >/dev/null
    fi
    python3 -m venv .venv 2>/dev/null || python3 -m venv --without-pip .venv
  fi
fi
if command -v uv >/dev/null 2>&1; then
  uv pip install -q --python .venv/bin/python --require-hashes --no-deps -r "$lock"
  uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
elif .venv/bin/python -m pip --version >/dev/null 2>&1; then
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r "$lock"
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
else
  python3 -m pip --python .venv/bin/python install -q --disable-pip-version-check --require-hashes --no-deps -r "$lock"
  python3 -m pip --python .venv/bin/python install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
