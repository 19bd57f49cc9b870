#!/usr/bin/env bash
# Runs a command with AWS_* of a real server of S3 (OpenStack Swift with s3api, which verifies signatures) that is started for it
# and thrown away after. Needs Debian's liberasurecode1 and memcached, and takes Swift from the package index into a folder of its own.
set -euo pipefail
if [ "$(id -u)" = 0 ] && ! { command -v memcached && ldconfig -p | grep -q liberasurecode; } >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends liberasurecode1 memcached >/dev/null
fi
dir=$(mktemp -d)
begun=()
made_etc=""
end() { for one in "${begun[@]}"; do kill "$one" 2>/dev/null || true; done; [ -z "$made_etc" ] || rm -rf /etc/swift; rm -rf "$dir"; }
trap end EXIT
python3 -m venv "$dir/venv" && "$dir/venv/bin/pip" install -q --disable-pip-version-check swift==2.38.3
mkdir -p "$dir/srv/d1" "$dir/cache" "$dir/etc"
if [ -e /etc/swift ]; then echo "/etc/swift 已经存在，不覆盖。" >&2; exit 1; fi
mkdir /etc/swift && made_etc=yes
printf '[swift-hash]\nswift_hash_path_suffix = tests\n[storage-policy:0]\nname = gold\ndefault = yes\n' >/etc/swift/swift.conf
port=6210
for part in object container account; do
  printf '[DEFAULT]\ndevices = %s/srv\nmount_check = false\nbind_ip = 127.0.0.1\nbind_port = %s\nworkers = 0\nuser = %s\nrecon_cache_path = %s/cache\n[pipeline:main]\npipeline = %s-server\n[app:%s-server]\nuse = egg:swift#%s\n' \
    "$dir" "$port" "$(id -un)" "$dir" "$part" "$part" "$part" >"$dir/etc/$part.conf"
  (cd "$dir/etc" && "$dir/venv/bin/swift-ring-builder" "$part.builder" create 4 1 1 && "$dir/venv/bin/swift-ring-builder" "$part.builder" add --region 1 --zone 1 --ip 127.0.0.1 --port "$port" --device d1 --weight 1 && "$dir/venv/bin/swift-ring-builder" "$part.builder" rebalance) >/dev/null
  cp "$dir/etc/$part.ring.gz" /etc/swift/
  "$dir/venv/bin/swift-$part-server" "$dir/etc/$part.conf" >"$dir/$part.log" 2>&1 &
  begun+=("$!")
  port=$((port + 1))
done
cat >"$dir/etc/proxy.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = 6080
workers = 0
user = $(id -un)
[pipeline:main]
pipeline = catch_errors cache s3api tempauth bulk slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:6085
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = secret-of-tests .admin
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
CONF
memory=$(sed -n 's/^memcache_servers = 127.0.0.1://p' "$dir/etc/proxy.conf")
memcached -u nobody -l 127.0.0.1 -p "$memory" >/dev/null 2>&1 &
begun+=("$!")
"$dir/venv/bin/swift-proxy-server" "$dir/etc/proxy.conf" >"$dir/proxy.log" 2>&1 &
begun+=("$!")
for _ in $(seq 60); do (exec 3<>/dev/tcp/127.0.0.1/6080) 2>/dev/null && break; sleep 0.5; done
AWS_ENDPOINT_URL=http://127.0.0.1:6080 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test:tester AWS_SECRET_ACCESS_KEY=secret-of-tests TAIZHANG_TRY_S3=yes "$@"
