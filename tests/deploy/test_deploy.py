"""`docs/how-to/deploy.md` does what it says: its own commands, from an empty machine to the way
back from an upgrade.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "deploy.md"
MACHINE = Path(__file__).with_name("machine.py")
_PART = re.compile(r"^## (\d) .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SITE = (
    "--silent --show-error --cacert /etc/taizhang/tls/site.crt --resolve "
    "taizhang.example.cn:443:127.0.0.1"
)
LOG_IN = f"""
cd "$(mktemp -d)"
get() {{ curl {SITE} --interface 127.0.0.9 --cookie jar --cookie-jar jar "$@"; }}
password=$(sed -n 's/.*xitong.*一次性密码：//p' /etc/taizhang/slips.txt)
test -n "$password"
get --fail https://taizhang.example.cn/login/ > page
token=$(sed -n 's/.*name="csrfmiddlewaretoken" value="\\([^"]*\\)".*/\\1/p' page | head -n 1)
get --referer https://taizhang.example.cn/login/ --output answer --dump-header heads \\
  --data-urlencode "csrfmiddlewaretoken=$token" --data-urlencode username=xitong --data-urlencode "password=$password" \\
  --header "X-Forwarded-For: 6.6.6.6" https://taizhang.example.cn/login/
grep -q '^HTTP/2 302' heads
grep -qi '^strict-transport-security' heads
taizhang journal export /var/lib/taizhang/lines.jsonl
grep '"orgs.login"' /var/lib/taizhang/lines.jsonl | grep -q '"origin": "127.0.0.9"'
test "$(curl --silent --output /dev/null --write-out '%{{http_code}}' --header 'Host: taizhang.example.cn' http://127.0.0.1/)" = 301
"""
RELOAD = f"""
systemctl reload taizhang-web.service
for n in $(seq 30); do curl {SITE} --fail --output /dev/null https://taizhang.example.cn/login/; done
"""
PRIVATE = """
test -z "$(find /var/lib/taizhang /var/backups/taizhang /etc/taizhang/tls/site.key -type f -perm /077)"
cd /opt/taizhang
set -a; . /etc/taizhang/taizhang.env; set +a
.venv/bin/python manage.py check --deploy --fail-level WARNING
"""
STYLES = f"""
get() {{ curl {SITE} --fail --retry 20 --retry-all-errors --retry-delay 1 "$@"; }}
address=$(get https://taizhang.example.cn/login/ | grep -o '/static/[0-9a-f]*/app.css')
for laid in yes no; do
  get --dump-header heads --output styles "https://taizhang.example.cn$address"
  grep -qi '^cache-control: public, max-age=31536000, immutable' heads
  grep -qi '^content-type: text/css' heads
  cmp styles /opt/taizhang/taizhang/web/static/app.css
  test $laid = no || mv /var/www/taizhang/static /var/www/taizhang/static.away
done
mv /var/www/taizhang/static.away /var/www/taizhang/static
"""
AWAY = f"""
systemctl stop taizhang-web.service
test "$(curl {SITE} --output page --write-out '%{{http_code}}' https://taizhang.example.cn/login/)" = 502
grep -q 系统暂时没有响应 page
curl {SITE} --fail --output /dev/null "https://taizhang.example.cn$(grep -o '/static/[0-9a-f]*/app.css' page)"
systemctl start taizhang-web.service
curl {SITE} --fail --retry 20 --retry-all-errors --retry-delay 1 https://taizhang.example.cn/healthy/
"""
TOO_LARGE = f"""
cd "$(mktemp -d)"
head -c 27000000 /dev/zero > much
test "$(curl {SITE} --output page --write-out '%{{http_code}}' --data-binary @much https://taizhang.example.cn/login/)" = 413
grep -q 提交的文件太大 page
test "$(curl {SITE} --output page --write-out '%{{http_code}}' https://taizhang.example.cn/too-large.html)" = 404
"""
TOO_MANY = f"""
cd "$(mktemp -d)"
curl {SITE} --interface 127.0.0.8 --parallel --parallel-max 50 --output page#1 --write-out '%{{http_code}}\\n' \\
  "https://taizhang.example.cn/alive/?[1-200]" > codes
test "$(sort -u codes)" = "$(printf '200\\n429')"
grep -l 请求太多 page* > told
"""
BACK_AGAIN = f"""
curl {SITE} --fail --retry 20 --retry-all-errors --retry-delay 1 https://taizhang.example.cn/healthy/
taizhang doctor
"""
AFTER = {
    "6": [("somebody logs in over TLS", LOG_IN), ("a reload cuts nobody off", RELOAD),
          ("styles for ever, laid or not", STYLES), ("a page while the site is away", AWAY),
          ("a page for what is too large", TOO_LARGE), ("a page for too much at once", TOO_MANY), ("modes and check --deploy", PRIVATE)],
    "8": [("the site is there again", BACK_AGAIN)],
}  # fmt: skip
"""What we look at besides, after a part of the page."""


def steps() -> Iterator[dict[str, Any]]:
    """Every block of the page in order; only the first part may use a network."""
    for part in _PART.finditer(PAGE.read_text("utf-8")):
        number = part.group(1)
        for n, block in enumerate(_BLOCK.findall(part.group()), start=1):
            yield {"title": f"{number}.{n}", "sh": block, "outside": number == "1"}
        for title, sh in AFTER.get(number, []):
            yield {"title": title, "sh": sh}


def test_every_block_of_commands_is_in_a_numbered_part() -> None:
    blocks = _BLOCK.findall(PAGE.read_text("utf-8"))
    assert [one["sh"] for one in steps() if one["title"][0].isdigit()] == blocks
    assert len(blocks) > 10


def _release(into: Path) -> None:
    """The program as it is kept in git, with what is not committed yet, unpacked by a root who lets
    nobody else read.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, into / name)
            (into / name).chmod((into / name).stat().st_mode & 0o700)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for the machine's own files; not in memory, for the program is large."""
    with tempfile.TemporaryDirectory(dir="/var/tmp", ignore_cleanup_errors=True) as made:
        yield Path(made)


def _must_be_possible() -> None:
    if os.getuid():
        pytest.skip("only root makes a machine of its own")
    found = subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False)
    if found.returncode:
        pytest.skip("Debian's packages cannot be reached")


@pytest.mark.deploy
def test_the_page_from_an_empty_machine_to_the_way_back(folder: Path) -> None:
    _must_be_possible()
    _release(folder / "own" / "usr" / "local" / "src" / "taizhang")
    words = [
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "/usr/bin/python3",
        str(MACHINE),
        str(folder),
    ]

    done = subprocess.run(
        words, input=json.dumps(list(steps())), capture_output=True, text=True, check=False
    )

    came = [json.loads(line) for line in done.stdout.splitlines()]
    sys.stderr.writelines(f"{one['title']}: {one['seconds']} s\n" for one in came)
    assert came, done.stderr
    assert came[-1]["code"] == 0, f"{came[-1]['title']}\n{came[-1]['said']}"
    assert len(came) == len(list(steps())), done.stderr
