"""Servers of OpenID Connect and of CAS on this machine, which let in whoever the test says, by the
text of the standards.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "taizhang", "secret-of/tests"
_KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
_OTHER = RSAKey.generate_key(2048, {"kid": "1"})


@dataclass
class Books:
    """What a server knows: who is at the keyboard, what it gave out, and how a test wants it to
    lie.
    """

    person: str = "20180001"
    claims: dict[str, Any] = field(default_factory=dict)
    """Claims that are other than they should be."""
    forged: bool = False
    unsigned: bool = False
    session: str = "s-1"
    """The name of the session there."""
    confirmed: str = ""
    """The last ticket of CAS that was confirmed."""
    given: dict[str, dict[str, str]] = field(default_factory=dict)


class Provider(BaseHTTPRequestHandler):
    """Both protocols on one port."""

    books: ClassVar[Books]

    def log_message(self, *_: object) -> None:
        """Write nothing of a request."""

    @property
    def _here(self) -> str:
        return f"http://127.0.0.1:{self.connection.getsockname()[1]}"

    def do_GET(self) -> None:
        """A page of the protocol."""
        asked = urlsplit(self.path)
        does = {
            "/.well-known/openid-configuration": self._about, "/authorize": self._authorize, "/keys": self._keys,
            "/login": self._cas_login, "/p3/serviceValidate": self._cas_validate,
        }  # fmt: skip
        does[asked.path](dict(parse_qsl(asked.query)))

    def do_POST(self) -> None:
        """The token for a code: once, for the client and the question that it was given for."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = dict(parse_qsl(body))
        who = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        kept = self.books.given.pop(told["code"], None)
        digest = hashlib.sha256(told["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            kept is None
            or [unquote(part) for part in who.split(":")] != [CLIENT, SECRET]
            or kept["code_challenge"] != challenge
            or kept["redirect_uri"] != told["redirect_uri"]
        ):
            self._answer(400, b'{"error": "invalid_grant"}')
            return
        self._answer(200, json.dumps({"access_token": "x", "token_type": "Bearer", "id_token": self._token(kept)}).encode())  # fmt: skip

    def _token(self, kept: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self._here, "aud": CLIENT, "sub": self.books.person, "iat": now, "exp": now + 300, "nonce": kept["nonce"],
            "preferred_username": "zhangsan", "employee": 4711, "sid": self.books.session, **self.books.claims,
        }  # fmt: skip
        return _signed(self.books, claims)

    def _about(self, asked: dict[str, str]) -> None:
        del asked
        told = {
            "issuer": self._here, "authorization_endpoint": f"{self._here}/authorize", "token_endpoint": f"{self._here}/token",
            "jwks_uri": f"{self._here}/keys", "end_session_endpoint": f"{self._here}/end",
        }  # fmt: skip
        self._answer(200, json.dumps(told).encode())

    def _keys(self, asked: dict[str, str]) -> None:
        del asked
        self._answer(200, json.dumps({"keys": [_KEY.as_dict(private=False)]}).encode())

    def _authorize(self, asked: dict[str, str]) -> None:
        code = secrets.token_urlsafe(8)
        self.books.given[code] = asked
        self._send(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def _cas_login(self, asked: dict[str, str]) -> None:
        ticket = f"ST-{secrets.token_urlsafe(8)}"
        self.books.given[ticket] = asked
        self._send(f"{asked['service']}&{urlencode({'ticket': ticket})}")

    def _cas_validate(self, asked: dict[str, str]) -> None:
        kept = self.books.given.pop(asked["ticket"], None)
        if kept is None or kept["service"] != asked["service"]:
            said = '<cas:authenticationFailure code="INVALID_TICKET">no</cas:authenticationFailure>'
        else:
            attributes = "<cas:attributes><cas:employee>4711</cas:employee></cas:attributes>"
            user = f"<cas:user>{self.books.person}</cas:user>{attributes}"
            self.books.confirmed = asked["ticket"]
            said = f"<cas:authenticationSuccess>{user}</cas:authenticationSuccess>"
        space = 'xmlns:cas="http://www.yale.edu/tp/cas"'
        self._answer(200, f"<cas:serviceResponse {space}>{said}</cas:serviceResponse>".encode())

    def _send(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _signed(books: Books, claims: dict[str, Any]) -> str:
    """A token with these claims."""
    if books.unsigned:
        parts = (json.dumps({"alg": "none"}).encode(), json.dumps(claims).encode(), b"")
        return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
    return jwt.encode({"alg": "RS256", "kid": "1"}, claims, _OTHER if books.forged else _KEY)


def ending(url: str, books: Books, **claims: Any) -> dict[str, str]:
    """What the server of OpenID Connect sends when a session ends there; a claim that is None is
    left out.
    """
    now = int(time.time())
    said = {
        "iss": url, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": secrets.token_hex(), "sub": books.person,
        "sid": books.session, "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }  # fmt: skip
    kept = {name: claim for name, claim in {**said, **claims}.items() if claim is not None}
    return {"logout_token": _signed(books, kept)}


def ending_ticket(books: Books) -> dict[str, str]:
    """The same of a server of CAS, for the last ticket that it confirmed."""
    space = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
    index = f"<samlp:SessionIndex>{books.confirmed}</samlp:SessionIndex>"
    head = f'<samlp:LogoutRequest {space} ID="LR-1" Version="2.0">'
    return {"logoutRequest": f"{head}{index}</samlp:LogoutRequest>"}


@contextmanager
def serving() -> Iterator[tuple[str, Books]]:
    """The address of the server, and its books."""
    books = Books()
    handler = type("Asked", (Provider,), {"books": books})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", books
        server.shutdown()
        thread.join()
