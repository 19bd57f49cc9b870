"""A server of S3 over a folder, for tests: it lists nothing and takes nothing in, and gives objects out whole or in ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import unquote, urlsplit

import pytest

KEY, BUCKET = "key-of-tests", "facts"
KEYS = {
    "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": "secret-of-tests", "AWS_EC2_METADATA_DISABLED": "true",
}  # fmt: skip
"""What a machine has in its environment."""
_ERROR = '<?xml version="1.0"?><Error><Code>{}</Code><Message>{}</Message></Error>'


class Objects(BaseHTTPRequestHandler):
    """HeadObject and GetObject of one bucket, for requests that are signed with the key of the tests."""

    folder: ClassVar[Path]
    asked: ClassVar[list[str]]
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Write nothing of a request."""

    def do_HEAD(self) -> None:
        """Tell how large an object is."""
        self.do_GET()

    def do_GET(self) -> None:
        """Give an object, or the range of it that is asked for."""
        path = unquote(urlsplit(self.path).path)
        self.asked.append(path)
        signed = f"AWS4-HMAC-SHA256 Credential={KEY}/" in self.headers.get("Authorization", "")
        file = self.folder / path.removeprefix(f"/{BUCKET}/")
        if not signed:
            self._answer(403, _ERROR.format("AccessDenied", "Access Denied").encode())
        elif not path.startswith(f"/{BUCKET}/") or not file.is_file():
            self._answer(404, _ERROR.format("NoSuchKey", "no such key").encode())
        else:
            self._give(file.read_bytes())

    def _give(self, whole: bytes) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            self._answer(200, whole)
            return
        first, last = int(asked[1]), min(int(asked[2] or len(whole)), len(whole) - 1)
        about = {"Content-Range": f"bytes {first}-{last}/{len(whole)}"}
        self._answer(206, whole[first : last + 1], about)

    def _answer(self, status: int, body: bytes, about: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": f"{len(body)}", "ETag": '"1"', **(about or {})}.items():  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@contextmanager
def serving(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The folder as `s3://facts`, which this process is told to use; the paths that it is asked for."""
    asked: list[str] = []
    handler = type("Served", (Objects,), {"folder": folder, "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        for name, value in KEYS.items():
            patch.setenv(name, value)
        yield asked
        server.shutdown()
        thread.join()
