"""The five requests of S3 that a store needs, signed by version 4; nothing but the standard
library.

Addresses have the bucket in the path, which every server of S3 takes.
https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import io
import ssl
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote, urlencode, urlsplit

from django.utils import timezone
from lxml import etree

from taizhang.kernel.errors import Unreachable
from taizhang.kernel.storage.store import PIECE, Lying, digest_of

PATIENCE = 10.0
"""Seconds in which a server must answer something."""
TRIES = 3
_IN_MEMORY = 4 * 1024 * 1024
_EMPTY = hashlib.sha256(b"").hexdigest()
_MOVED, _GONE, _BUSY = 300, 404, 500
"""From here on no object; not there; and from here on the server stumbled, and may be
asked again.
"""


@dataclass(frozen=True)
class Access:
    """Where the server is and who we are there. `authority` is a file with the certificates that we
    trust, "" for the system's.
    """

    endpoint: str
    region: str
    key: str
    secret: str
    authority: str = ""


def signed(
    access: Access,
    method: str,
    path: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    digest: str,
    now: datetime,
) -> dict[str, str]:
    """The headers of a request with its signature; `path` and what is in `headers` are part of what
    is signed.
    """
    moment, day = f"{now:%Y%m%dT%H%M%SZ}", f"{now:%Y%m%d}"
    told = {
        "host": urlsplit(access.endpoint).netloc,
        "x-amz-content-sha256": digest,
        "x-amz-date": moment,
    }
    told |= {name.lower(): value for name, value in headers.items()}
    names = ";".join(sorted(told))
    lines = [
        method,
        quote(path),
        _query(query),
        *(f"{n}:{told[n]}" for n in sorted(told)),
        "",
        names,
        digest,
    ]
    scope = f"{day}/{access.region}/s3/aws4_request"
    asked = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    key = f"AWS4{access.secret}".encode()
    for part in (
        day,
        access.region,
        "s3",
        "aws4_request",
        f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{asked}",
    ):
        key = hmac.digest(key, part.encode(), "sha256")
    who = (
        f"AWS4-HMAC-SHA256 Credential={access.key}/{scope}, SignedHeaders={names}, "
        f"Signature={key.hex()}"
    )
    return told | {"authorization": who}


def _query(query: Mapping[str, str]) -> str:
    return urlencode(sorted(query.items()), quote_via=quote, safe="-_.~")


@dataclass(frozen=True)
class Answer:
    """What a server gave, whole."""

    headers: Mapping[str, str]
    body: IO[bytes]


@dataclass(frozen=True)
class Client:
    """One bucket. A server that is away, or does not let us in, is Unreachable, in words."""

    access: Access
    bucket: str

    def put(self, name: str, content: bytes | Path) -> str:
        """Store an object; returns the SHA-256 of what was sent, which is signed with
        the request.
        """
        with _opened(content) as stream:
            digest = digest_of(stream)
            self._asked("PUT", name, body=stream, digest=digest, size=stream.tell()).body.close()
        return digest

    def get(self, name: str) -> IO[bytes]:
        """An object from the first byte to the last. Raises FileNotFoundError."""
        return self._asked("GET", name).body

    def size(self, name: str) -> int | None:
        """How large an object is; None where there is none."""
        try:
            answer = self._asked("HEAD", name)
        except FileNotFoundError:
            return None
        answer.body.close()
        return int(answer.headers["content-length"])

    def delete(self, name: str) -> None:
        """Remove an object, if it is there."""
        try:
            self._asked("DELETE", name).body.close()
        except FileNotFoundError:
            return

    def listed(self, prefix: str, most: int = 1000) -> Iterator[Lying]:
        """What lies below a prefix, page by page."""
        query = {"list-type": "2", "prefix": prefix, "max-keys": str(most)}
        while True:
            page = _parsed(self._asked("GET", "", query=query).body)
            for one in page.iter("Contents"):
                told = {child.tag: child.text or "" for child in one}
                at = datetime.fromisoformat(told["LastModified"])
                yield Lying(told["Key"], int(told["Size"]), at)
            following = page.findtext("NextContinuationToken")
            if page.findtext("IsTruncated") != "true" or not following:
                return
            query["continuation-token"] = following

    def problem(self) -> str:
        """Why the bucket cannot be used now, asked once and briefly; "" when it can."""
        try:
            query = {"list-type": "2", "max-keys": "1"}
            self._once("GET", "", query=query, patience=2.0).body.close()
        except (OSError, http.client.HTTPException, _Refusing) as broken:
            return self._said(broken)
        return ""

    def _asked(self, method: str, name: str, **told: Any) -> Answer:
        """The answer; asked again where the server only stumbled."""
        for trial in range(1, TRIES + 1):
            try:
                return self._once(method, name, **told)
            except FileNotFoundError:
                raise
            except (OSError, http.client.HTTPException, _Refusing) as broken:
                final = isinstance(broken, _Refusing) and broken.status < _BUSY
                if final or trial == TRIES:
                    raise Unreachable(self._said(broken)) from broken
            time.sleep(0.1 * 4**trial)
        raise AssertionError

    def _once(
        self,
        method: str,
        name: str,
        *,
        query: Mapping[str, str] | None = None,
        body: IO[bytes] | None = None,
        digest: str = _EMPTY,
        size: int = 0,
        patience: float = PATIENCE,
    ) -> Answer:
        path = f"/{self.bucket}/{name}" if name else f"/{self.bucket}"
        told = {"content-length": str(size)} if body is not None else {}
        headers = signed(self.access, method, path, query or {}, told, digest, timezone.now())
        if body is not None:
            body.seek(0)
        connection = self._connection(patience)
        try:
            address = f"{quote(path)}?{_query(query)}" if query else quote(path)
            connection.request(method, address, body=body, headers=headers)
            return _taken(connection.getresponse(), method, name)
        finally:
            connection.close()

    def _connection(self, patience: float) -> http.client.HTTPConnection:
        place = urlsplit(self.access.endpoint)
        host, port = place.hostname or "", place.port
        if place.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=patience)
        trusted = ssl.create_default_context(cafile=self.access.authority or None)
        return http.client.HTTPSConnection(host, port, timeout=patience, context=trusted)

    def _said(self, broken: Exception) -> str:
        return (
            f"存放文件的对象存储（{self.access.endpoint}，桶 {self.bucket}）现在不能用：{broken}。"
            "请稍后再试，并告知系统管理员。"
        )


class _Refusing(Exception):
    """An answer that is neither the object nor its absence."""

    def __init__(self, status: int, text: str) -> None:
        """Keep the status, which says whether asking again may help."""
        self.status = status
        super().__init__(f"服务器回答 {status} {text}".strip())


def _taken(answer: http.client.HTTPResponse, method: str, name: str) -> Answer:
    """The whole body, in memory or in a file that has no name."""
    headers = {key.lower(): value for key, value in answer.getheaders()}
    stream = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    try:
        while piece := answer.read(PIECE):
            stream.write(piece)
        _must_be_whole(headers, method, stream.tell())
        stream.seek(0)
        if answer.status >= _MOVED:
            _refuse(answer.status, _code(stream.read(_IN_MEMORY)), name)
    except BaseException:
        stream.close()
        raise
    return Answer(headers, stream)


def _must_be_whole(headers: Mapping[str, str], method: str, came: int) -> None:
    wanted = headers.get("content-length")
    if method != "HEAD" and wanted is not None and came != int(wanted):
        raise http.client.IncompleteRead(b"", int(wanted) - came)


def _refuse(status: int, code: str, name: str) -> None:
    if status == _GONE and code != "NoSuchBucket" and name:
        raise FileNotFoundError(name)
    raise _Refusing(status, code)


def _code(body: bytes) -> str:
    try:
        return _tree(body).findtext("Code") or ""
    except etree.XMLSyntaxError:
        return ""


def _parsed(body: IO[bytes]) -> etree._Element:
    with body:
        return _tree(body.read())


def _tree(text: bytes) -> etree._Element:
    """XML without its name spaces; entities stay closed."""
    root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    for one in root.iter("{*}*"):
        one.tag = etree.QName(one).localname
    return root


def _opened(content: bytes | Path) -> IO[bytes]:
    return content.open("rb") if isinstance(content, Path) else io.BytesIO(content)
