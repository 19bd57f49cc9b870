"""A pack as one sealed file for a stick or the net of a hall, and the sealed bundle in which it
comes back.

The key is made of a passphrase that the inspector chooses and that is kept nowhere. The browser
knows the same (site-file.js).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from taizhang.kernel.errors import BadInput

ROUNDS = 600_000
LEAST = 10
"""Characters of a passphrase."""
PACK, BUNDLE = "taizhang-pack", "taizhang-bundle"
"""What a sealed file is; part of what is sealed, so that neither passes for the other."""


def seal(what: str, told: object, passphrase: str) -> dict[str, Any]:
    """Anything of JSON, sealed with a fresh salt."""
    must_be_long(passphrase)
    salt, nonce = os.urandom(16), os.urandom(12)
    plain = json.dumps(told, ensure_ascii=False).encode()
    data = AESGCM(_key(passphrase, salt, ROUNDS)).encrypt(nonce, plain, what.encode())
    parts = {"salt": salt, "nonce": nonce, "data": data}
    return {"is": what, "rounds": ROUNDS} | {
        name: base64.b64encode(part).decode() for name, part in parts.items()
    }


def unseal(what: str, file: bytes, passphrase: str) -> object:
    """What a sealed file holds. Raises BadInput for another file, a changed one, or another
    passphrase.
    """
    try:
        found = json.loads(file)
        rounds = int(found["rounds"])
        salt, nonce, data = (
            base64.b64decode(found[name], validate=True) for name in ("salt", "nonce", "data")
        )
        right = found["is"] == what and 0 < rounds <= 10 * ROUNDS and len(nonce) == 12
    except (ValueError, KeyError, TypeError) as wrong:
        raise BadInput("这不是离线包导出的成果文件。") from wrong
    if not right:
        raise BadInput("这不是离线包导出的成果文件。")
    try:
        plain = AESGCM(_key(passphrase, salt, rounds)).decrypt(nonce, data, what.encode())
        return json.loads(plain)
    except (InvalidTag, ValueError) as wrong:
        raise BadInput("口令不对，或者文件被改动过，没有读入任何内容。") from wrong


def must_be_long(passphrase: str) -> None:
    """Refuses a passphrase that could be guessed."""
    if len(passphrase) < LEAST:
        raise BadInput(f"口令至少{LEAST}个字符；口令不保存，请自己记住。")


def _key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, rounds, 32)
