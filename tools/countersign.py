"""A second party countersigns the heads of a journal, with Python's own library alone, on a machine
of its own.

`python3 countersign.py new-key KEY` makes a key in a file for its owner alone, and prints the
public half `python3 countersign.py sign HEADS --key KEY --book BOOK` signs what is new of HEADS
into BOOK, which stays here; a copy goes back `python3 countersign.py check BOOK --public HEX`
whether every line of BOOK was signed by that key

HEADS is what `taizhang journal head` keeps: a line a day. A head that contradicts one that was
signed before (fewer lines than then, or another hash for the same line) is refused and named: then
the journal was rewritten. Signatures are Ed25519 (RFC 8032). Exit code 0: done; 1: something
contradicts or is not signed; 2: a file cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import secrets
import sys
from pathlib import Path

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def main(arguments: list[str]) -> int:
    """Make a key, sign, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("new-key").add_argument("key", type=Path)
    signing = acts.add_parser("sign")
    signing.add_argument("heads", type=Path)
    signing.add_argument("--key", type=Path, required=True)
    signing.add_argument("--book", type=Path, required=True)
    checking = acts.add_parser("check")
    checking.add_argument("book", type=Path)
    checking.add_argument("--public", required=True)
    told = parser.parse_args(arguments)
    try:
        return {"new-key": new_key, "sign": sign_all, "check": check}[told.act](told)
    except (OSError, ValueError, KeyError, TypeError) as broken:
        print(f"读不懂：{broken}")
        return 2


def new_key(told: argparse.Namespace) -> int:
    """A key that nobody else reads."""
    secret = secrets.token_bytes(32)
    with os.fdopen(os.open(told.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secret.hex())
    print(f"公钥 {public_of(secret).hex()}")
    return 0


def sign_all(told: argparse.Namespace) -> int:
    """Add what is new to the book, unless it contradicts what stands there."""
    secret = bytes.fromhex(told.key.read_text("ascii").strip())
    known = lines_of(told.book) if told.book.exists() else []
    fresh = [one for one in lines_of(told.heads) if statement(one) not in {statement(k) for k in known}]  # fmt: skip
    wrong = []
    with told.book.open("a", encoding="ascii") as book:
        for one in fresh:
            if why := contradicts(one, known):
                wrong.append(why)
                continue
            kept = {name: one[name] for name in ("day", "lines", "hash")}
            signature = sign(secret, statement(one).encode()).hex()
            book.write(
                json.dumps({**kept, "by": public_of(secret).hex(), "signature": signature}) + "\n"
            )
            known.append(one)
    print("\n".join(wrong) or f"已签{len(fresh)}条，公钥 {public_of(secret).hex()}")
    return 1 if wrong else 0


def contradicts(one: dict, known: list) -> str:
    """Why a head cannot follow those that were signed."""
    for before in known:
        same = before["lines"] == one["lines"] and before["hash"] != one["hash"]
        fewer = before["day"] <= one["day"] and before["lines"] > one["lines"]
        if same or fewer:
            return (
                f"{one['day']} 的第{one['lines']}条与 {before['day']} 签过的第{before['lines']}条矛盾："
                "日志被改写过，没有签"
            )
    return ""


def check(told: argparse.Namespace) -> int:
    """Whether every line was signed by that key."""
    book = lines_of(told.book)
    wrong = [f"{one['day']} 的签名不对" for one in book if not is_signed(one, told.public)]
    print("\n".join(wrong) or f"已核对{len(book)}条签名")
    return 1 if wrong else 0


def lines_of(file: Path) -> list:
    """The heads of a file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def statement(one: dict) -> str:
    """What is signed of a head."""
    return f"taizhang head {one['day']} {int(one['lines'])} {one['hash']}"


def is_signed(one: dict, public: str) -> bool:
    """Whether a line bears the signature of a key."""
    given = str(one.get("signature", ""))
    try:
        return verify(bytes.fromhex(public), statement(one).encode(), bytes.fromhex(given))
    except ValueError:
        return False


# Ed25519, RFC 8032 section 6: points of the curve as (X, Y, Z, T).


def add(one: tuple, two: tuple) -> tuple:
    """The sum of two points."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, point: tuple) -> tuple:
    """A point so many times."""
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def across(y: int, sign_bit: int) -> int:
    """The x of a point by its y; ValueError where there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign_bit) or y >= P:
        raise ValueError("no point")
    return P - x if x & 1 != sign_bit else x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = across(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def packed(point: tuple) -> bytes:
    """A point as 32 bytes."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def unpacked(data: bytes) -> tuple:
    """The point of 32 bytes."""
    if len(data) != 32:
        raise ValueError("no point")
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = across(y, number >> 255)
    return (x, y, 1, x * y % P)


def hashed(*parts: bytes) -> int:
    """SHA-512 as a number below the order."""
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % Q


def halves(secret: bytes) -> tuple:
    """The number of a secret, and what its signatures are mixed with."""
    whole = hashlib.sha512(secret).digest()
    return int.from_bytes(whole[:32], "little") & ((1 << 254) - 8) | 1 << 254, whole[32:]


def public_of(secret: bytes) -> bytes:
    """The public half."""
    return packed(times(halves(secret)[0], BASE))


def sign(secret: bytes, message: bytes) -> bytes:
    """A signature of 64 bytes."""
    number, mixed = halves(secret)
    once = hashed(mixed, message)
    start = packed(times(once, BASE))
    return start + ((once + hashed(start, public_of(secret), message) * number) % Q).to_bytes(32, "little")  # fmt: skip


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that of the key for the message."""
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= Q:
        return False
    key, start = unpacked(public), unpacked(signature[:32])
    left = times(int.from_bytes(signature[32:], "little"), BASE)
    right = add(start, times(hashed(signature[:32], public, message), key))
    return packed(left) == packed(right)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
