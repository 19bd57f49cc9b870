"""What the code on an official paper says: after which line of the journal it was made, of which
words and day, signed.

`TZP1/<line>/<hash of the line>/<digest of the words>/<day>/<signature>`, in the characters of which
a QR code holds most. The signature is Ed25519 (RFC 8032) by a key that is made from the field key,
so that nothing new has to be backed up; its public half goes to whoever is to verify.
`tools/verify_paper.py` does so with Python's own library alone.
"""

from __future__ import annotations

import base64
import hmac

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from taizhang.papers.official.paper import Official
from taizhang.papers.proofs import words

_KEPT = 32
"""So many characters of a line's hash: 128 bits."""


def _key(field_key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hmac.digest(field_key, b"proof on paper", "sha256"))


def public_keys() -> list[str]:
    """The public half of the key that signs now, and those of the field keys before it."""
    return [_key(one).public_key().public_bytes_raw().hex() for one in settings.FIELD_KEYS]


def of(paper: Official, line: int, hashed: str) -> str:
    """The code of a paper that is printed after a line of the journal."""
    day = f"{paper.dated:%Y%m%d}" if paper.dated else "0"
    head = hashed.rpartition(":")[2][:_KEPT].upper()
    said = f"TZP1/{line}/{head}/{words.digest(paper)}/{day}"
    signature = base64.b32encode(_key(settings.FIELD_KEYS[0]).sign(said.encode()))
    return f"{said}/{signature.decode().rstrip('=')}"
