#!/bin/sh
# Finds everything, changes nothing.
set -eu
bin=.venv/bin
$bin/ruff format --check -q .
$bin/ruff check -q .
$bin/mypy taizhang tests lab
$bin/lint-imports --no-cache >/tmp/imports.$$ 2>&1 || { cat /tmp/imports.$$; rm -f /tmp/imports.$$; exit 1; }
rm -f /tmp/imports.$$
$bin/djlint --lint --quiet taizhang
$bin/python manage.py makemigrations --check --dry-run -v0
$bin/python tools/vendor.py >/dev/null
