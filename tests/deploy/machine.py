"""An empty machine inside this one: its own files, processes and network, thrown away with the last
process.

`unshare --mount --pid --fork --kill-child python3 machine.py FOLDER < STEPS` reads steps as JSON,
runs each with a shell of its own, and writes what came of each as one line of JSON. FOLDER holds
what the machine has more than this one. A step without "outside" sees a network with nothing but
loopback.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SHIM = Path(__file__).with_name("systemctl")


def run(*words: object) -> None:
    """A command that must do."""
    subprocess.run([str(word) for word in words], check=True)


def make(folder: Path) -> Path:
    """The machine's files: this one's, and above them its own, which alone are written."""
    root, own, work = (folder / name for name in ("root", "own", "work"))
    for place in (root, own, work):
        place.mkdir(exist_ok=True)
    run("mount", "--make-rprivate", "/")
    layers = f"lowerdir=/,upperdir={own},workdir={work}"
    run("mount", "-t", "overlay", "overlay", "-o", layers, root)
    run("mount", "-t", "proc", "proc", root / "proc")
    run("mount", "--rbind", "/dev", root / "dev")
    run("mount", "-t", "tmpfs", "tmpfs", root / "run")
    run("mount", "-t", "tmpfs", "tmpfs", root / "tmp")
    (root / "tmp").chmod(0o1777)
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copy(SHIM, root / "usr/local/sbin/systemctl")
    (root / "usr/local/sbin/systemctl").chmod(0o755)
    return root


def own_network() -> list[str]:
    """What puts a command into a network of the machine's own."""
    holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
    into = ["nsenter", "--target", str(holder.pid), "--net"]
    host = Path("/proc/self/ns/net").readlink()
    while Path(f"/proc/{holder.pid}/ns/net").readlink() == host:
        time.sleep(0.05)
    run(*into, "ip", "link", "set", "lo", "up")
    return into


def step(
    told: dict[str, Any], root: Path, inside: list[str], environment: dict[str, str]
) -> dict[str, Any]:
    """One step in a shell of its own."""
    words = [*([] if told.get("outside") else inside), "chroot", str(root)]
    begun = time.monotonic()
    with (root.parent / "said").open(
        "w+b"
    ) as said:  # not a pipe: services that a step starts would hold it open
        done = subprocess.run(
            [*words, "bash", "-euo", "pipefail", "-c", told["sh"]],
            env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        said.seek(0)
        text = said.read().decode(errors="replace")
    return {
        "title": told["title"], "code": done.returncode, "said": text[-3000:],
        "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip


def main() -> int:
    """Up to the first step that does not do."""
    # /proc of the machine is of the namespace; ours must be too, for nsenter to find its process.
    run("mount", "--make-rprivate", "/")
    run("mount", "-t", "proc", "proc", "/proc")
    root, inside = make(Path(sys.argv[1])), own_network()
    kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    environment = {**kept, "PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8"}
    for told in json.load(sys.stdin):
        came = step(told, root, inside, environment)
        print(json.dumps(came, ensure_ascii=False), flush=True)
        if came["code"]:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
