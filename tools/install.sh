#!/bin/sh
# Makes .venv and installs what a lock file lists. Needs python3 (3.11 or later) and nothing else.
# Debian's own Python goes before another that PATH names: it is what servers run. PYTHON=… takes another.
set -eu
lock=$1
python=${PYTHON:-python3}
if [ -z "${PYTHON:-}" ] && /usr/bin/python3 -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  python=/usr/bin/python3
fi
from_outside() { python3 -m pip --python "$(command -v "$python")" --version >/dev/null 2>&1; }
if [ ! -x .venv/bin/python ]; then
  # A pip of the system's or uv installs from outside; one of its own takes longer than the program's own start.
  if command -v uv >/dev/null 2>&1 || from_outside; then
    "$python" -m venv --without-pip .venv
  elif ! "$python" -m venv .venv 2>/dev/null; then
    rm -rf .venv
    # A bare Debian has venv but not ensurepip: take the system's pip, or Debian's packages where we may.
    if ! python3 -m pip --version >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && apt-get install -y -qq python3-venv python3-pip >/dev/null
    fi
    "$python" -m venv .venv 2>/dev/null || "$python" -m venv --without-pip .venv
  fi
fi
if command -v uv >/dev/null 2>&1; then
  add() { uv pip install -q --python .venv/bin/python --no-deps "$@"; }
elif .venv/bin/python -m pip --version >/dev/null 2>&1; then
  add() { .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps "$@"; }
else
  add() { python3 -m pip --python .venv/bin/python install -q --disable-pip-version-check --no-deps "$@"; }
fi
add --require-hashes -r "$lock"
# The command is the project's own, and newer than what it is made of: the project is installed already.
[ .venv/bin/taizhang -nt pyproject.toml ] || add --no-build-isolation -e .
