"""A server of S3 over a folder, for tests: it verifies signatures, and takes in, gives out, lists
and removes objects.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest

KEY, BUCKET = "key-of-tests", "facts"
KEYS = {
    "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": "secret-of-tests", "AWS_EC2_METADATA_DISABLED": "true",
}  # fmt: skip
"""What a machine has in its environment."""
_ERROR = '<?xml version="1.0"?><Error><Code>{}</Code><Message>{}</Message></Error>'


class Objects(BaseHTTPRequestHandler):
    """Objects of one bucket, for requests whose signature (version 4) is that of the key of the
    tests.
    """

    folder: ClassVar[Path]
    asked: ClassVar[list[str]]
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Write nothing of a request."""

    def do_HEAD(self) -> None:
        """Tell how large an object is."""
        self._served(lambda file: self._give(file.read_bytes()))

    def do_GET(self) -> None:
        """Give an object, the range of it that is asked for, or the list of the bucket."""
        asked = urlsplit(self.path)
        if asked.path.rstrip("/") == f"/{BUCKET}":
            self._served(None, lambda: self._list(dict(parse_qsl(asked.query))))
        else:
            self._served(lambda file: self._give(file.read_bytes()))

    def do_PUT(self) -> None:
        """Take an object in, if its bytes are those that were signed."""
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self._served(None, lambda: self._take(data))

    def do_DELETE(self) -> None:
        """Remove an object."""
        self._served(None, self._remove)

    def _served(
        self, there: Callable[[Path], None] | None, anyway: Callable[[], None] | None = None
    ) -> None:
        path = unquote(urlsplit(self.path).path)
        self.asked.append(path)
        if not self._is_signed():
            self._answer(403, _ERROR.format("AccessDenied", "Access Denied").encode())
        elif path != f"/{BUCKET}" and not path.startswith(f"/{BUCKET}/"):
            self._answer(404, _ERROR.format("NoSuchBucket", "no such bucket").encode())
        elif anyway is not None:
            anyway()
        elif there is not None and self._file().is_file():
            there(self._file())
        else:
            self._answer(404, _ERROR.format("NoSuchKey", "no such key").encode())

    def _file(self) -> Path:
        return self.folder / unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}/")

    def _take(self, data: bytes) -> None:
        if hashlib.sha256(data).hexdigest() != self.headers["x-amz-content-sha256"]:
            self._answer(400, _ERROR.format("XAmzContentSHA256Mismatch", "other bytes").encode())
            return
        self._file().parent.mkdir(parents=True, exist_ok=True)
        self._file().write_bytes(data)
        self._answer(200, b"")

    def _remove(self) -> None:
        self._file().unlink(missing_ok=True)
        self._answer(204, b"")

    def _list(self, query: dict[str, str]) -> None:
        every = sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file()
        )
        after = query.get("continuation-token", "")
        found = [key for key in every if key.startswith(query.get("prefix", "")) and key > after]
        most = int(query.get("max-keys", "1000"))
        page = "".join(
            f"<Contents><Key>{key}</Key><LastModified>2018-10-25T04:00:00.000Z</LastModified>"
            f"<Size>{(self.folder / key).stat().st_size}</Size></Contents>"
            for key in found[:most]
        )
        more = f"<NextContinuationToken>{found[most - 1]}</NextContinuationToken>" if found[most:] else ""  # fmt: skip
        told = f"<IsTruncated>{'true' if more else 'false'}</IsTruncated>{page}{more}"
        name_space = "http://s3.amazonaws.com/doc/2006-03-01/"
        self._answer(200, f'<?xml version="1.0"?><ListBucketResult xmlns="{name_space}">{told}</ListBucketResult>'.encode())  # fmt: skip

    def _is_signed(self) -> bool:
        """Whether we come to the same signature; written by the text of the standard, and not by
        what we test.
        """
        told = re.fullmatch(
            rf"AWS4-HMAC-SHA256 Credential={KEY}/(\d{{8}}/[^/]+/s3/aws4_request), "
            r"?SignedHeaders=([^,]+), ?Signature=(\w+)",
            self.headers.get("Authorization", ""),
        )
        if told is None:
            return False
        scope, names, signature = told.groups()
        asked = urlsplit(self.path)
        pairs = sorted(parse_qsl(asked.query, keep_blank_values=True))
        query = "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs)
        heads = "".join(f"{n}:{' '.join(self.headers.get(n, '').split())}\n" for n in names.split(";"))  # fmt: skip
        parts = [self.command, asked.path, query, heads, names, self.headers["x-amz-content-sha256"]]  # fmt: skip
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        signed = f"AWS4-HMAC-SHA256\n{self.headers['x-amz-date']}\n{scope}\n{digest}"
        key = ("AWS4" + KEYS["AWS_SECRET_ACCESS_KEY"]).encode()
        for part in (*scope.split("/"), signed):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return hmac.compare_digest(key.hex(), signature)

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
        told = {"ETag": '"1"', **(about or {})}
        if status != 204:
            told["Content-Length"] = f"{len(body)}"
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def serving(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The folder as `s3://facts`, which this process is told to use; the paths that it is asked
    for.
    """
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
