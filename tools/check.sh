#!/bin/sh
# Finds everything, changes nothing. Types take as long as all the rest, which goes beside them; `untyped` leaves them out.
set -eu
bin=.venv/bin
told=$(mktemp -d)
typing=""
trap '[ -z "$typing" ] || kill $typing 2>/dev/null || true; rm -rf "$told"' EXIT
if [ "${1:-}" != untyped ]; then
  $bin/mypy taizhang tests lab >"$told/types" 2>&1 &
  typing=$!
fi
$bin/ruff format --check -q .
$bin/ruff check -q .
$bin/lint-imports --no-cache >"$told/imports" 2>&1 || { cat "$told/imports"; exit 1; }
$bin/djlint --lint --quiet taizhang
$bin/python manage.py makemigrations --check --dry-run -v0
$bin/python tools/vendor.py >/dev/null
[ -n "$typing" ] || exit 0
wait $typing || { cat "$told/types"; exit 1; }
cat "$told/types"
