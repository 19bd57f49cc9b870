"""Threads of the site share what they take from the C library."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

ASKED = """
import ctypes, os, sys, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "taizhang.config.settings"
import taizhang.config.wsgi
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
gate = threading.Barrier(13)
def take():
    libc.malloc(ctypes.c_size_t(50_000))
    gate.wait()
    gate.wait()
threads = [threading.Thread(target=take, daemon=True) for _ in range(12)]
for thread in threads:
    thread.start()
gate.wait()
told = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, ctypes.c_void_p(told))
libc.fclose(ctypes.c_void_p(told))
gate.wait()
"""


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="another C library has no such places"
)
def test_ten_threads_do_not_each_keep_memory_of_their_own(tmp_path: Path) -> None:
    told = tmp_path / "arenas.xml"
    subprocess.run([sys.executable, "-c", ASKED, str(told)], check=True)  # noqa: S603

    assert 1 <= told.read_text("ascii").count("<heap nr=") <= 2
