#!/usr/bin/env bash
# Runs a command with DATABASE_URL of a PostgreSQL that is started for it and thrown away after; two at once do not meet.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
dir=$(mktemp -d)
port=${PGPORT:-$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$dir"
trap 'as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
as "$bin/initdb" -D "$dir/data" -U taizhang --auth=trust -E UTF8 --no-locale >/dev/null
as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-p $port -k $dir -c fsync=off -c listen_addresses=127.0.0.1" start >/dev/null
as "$bin/createdb" -h 127.0.0.1 -p "$port" -U taizhang taizhang
DATABASE_URL="postgres://taizhang@127.0.0.1:$port/taizhang" "$@"
