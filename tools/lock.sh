#!/bin/sh
# Renews the lock files: hashes, and no addresses.
set -eu
uv=$(command -v uv || command -v .venv/bin/uv || true)
if [ -z "$uv" ]; then
  echo "To renew the lock files the program uv is needed, in PATH or in .venv: .venv/bin/pip install uv" >&2
  exit 1
fi
opts="--universal -p 3.11 --generate-hashes --no-emit-index-url --no-header -q"
# shellcheck disable=SC2086
$uv pip compile pyproject.toml $opts -o requirements.lock
cp requirements.lock requirements-batch.lock
# shellcheck disable=SC2086
$uv pip compile pyproject.toml --extra batch $opts -o requirements-batch.lock
# shellcheck disable=SC2086
$uv pip compile pyproject.toml --extra dev $opts -o requirements-dev.lock
# shellcheck disable=SC2086
$uv pip compile pyproject.toml --extra sso $opts -o requirements-sso.lock
# shellcheck disable=SC2086
$uv pip compile pyproject.toml --extra ocr $opts -c requirements-dev.lock -o requirements-ocr.lock
