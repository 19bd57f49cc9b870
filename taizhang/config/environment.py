"""Settings from the environment: production must be told, any other place may leave out."""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

PRODUCTION = os.environ.get("TAIZHANG_ENV", "").strip() == "production"


def given(name: str, otherwise: str = "") -> str:
    """The value; what is empty, as in a copied .env.example, is as good as left out."""
    return os.environ.get(name, "").strip() or otherwise


def data_folder(otherwise: Path) -> Path:
    """TAIZHANG_DATA: the same folder wherever a command is started."""
    folder = Path(given("TAIZHANG_DATA", str(otherwise)))
    if not folder.is_absolute():
        raise SystemExit(f"TAIZHANG_DATA 应写绝对路径（以 / 开头），现在是“{folder}”。")
    return folder


def number(name: str) -> int:
    """A whole number from 0 on; 0 where nothing is said."""
    text = given(name, "0")
    if not text.isdecimal():
        raise SystemExit(f"{name} 应是整数，现在是“{text}”。")
    return int(text)


def told(name: str, otherwise: str) -> str:
    """The value, which production may not do without."""
    value = given(name)
    if not value and PRODUCTION:
        raise SystemExit(f"缺少环境变量 {name}，见 .env.example。")
    return value or otherwise


def database(folder: Path) -> dict[str, Any]:
    """SQLite in the data folder, or what DATABASE_URL says."""
    url = given("DATABASE_URL")
    if url:
        parts = urlparse(url)
        return {
            "ENGINE": "taizhang.kernel.db.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            # A connection that broke while nobody used it is made anew, and who waits for a silent
            # server gives up.
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "connect_timeout": 10,
                "keepalives_idle": 30,
                "keepalives_interval": 10,
                "keepalives_count": 3,
                "tcp_user_timeout": 60_000,
            },
        }
    return {
        "ENGINE": "taizhang.kernel.db.sqlite",
        "NAME": folder / "taizhang.sqlite3",
        # A file for the tests too: in memory all threads of the tried server would share one
        # connection.
        "TEST": {"NAME": folder / "test.sqlite3"},
        # To open it costs as much as all else of a request; the last to close it copies the log
        # over and removes it.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA "
            "cache_size=-2000;",
        },
    }


def storages(folder: Path) -> dict[str, Any]:
    """Where files lie: TAIZHANG_STORE is a folder, or s3://bucket/prefix, which is described as
    every tool of S3 does it.
    """
    place = given("TAIZHANG_STORE", str(folder))
    if place.startswith("s3://"):
        return {alias: _bucket(place, alias) for alias in ("evidence", "made")}
    if not Path(place).is_absolute():
        raise SystemExit(
            f"TAIZHANG_STORE 应是绝对路径（以 / 开头）或 s3://桶/前缀，现在是“{place}”。"
        )
    return {
        alias: {
            "BACKEND": "taizhang.kernel.storage.folder.Folder",
            "OPTIONS": {"location": Path(place) / alias, "base_url": None},
        }
        for alias in ("evidence", "made")
    }


def _bucket(place: str, alias: str) -> dict[str, Any]:
    from taizhang.kernel.storage.s3 import Access  # noqa: PLC0415  (only where there is a bucket)

    bucket, _, prefix = place.removeprefix("s3://").strip("/").partition("/")
    endpoint = given("AWS_ENDPOINT_URL").rstrip("/")
    if not bucket or "@" in place or "?" in place:
        raise SystemExit(
            "TAIZHANG_STORE 应写作 s3://桶/前缀，密钥另写在 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY。"
        )
    if urlparse(endpoint).scheme not in ("http", "https") or not urlparse(endpoint).netloc:
        raise SystemExit(f"AWS_ENDPOINT_URL 应写作 https://主机:端口，现在是“{endpoint}”。")
    missing = [name for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if not given(name)]
    if missing:
        raise SystemExit(f"TAIZHANG_STORE 是对象存储，缺少环境变量 {'、'.join(missing)}。")
    access = Access(
        endpoint,
        given("AWS_REGION", "us-east-1"),
        given("AWS_ACCESS_KEY_ID"),
        given("AWS_SECRET_ACCESS_KEY"),
        given("AWS_CA_BUNDLE"),
    )
    below = "/".join(filter(None, (prefix, alias)))
    options = {"access": access, "bucket": bucket, "prefix": f"{below}/"}
    return {"BACKEND": "taizhang.kernel.storage.bucket.Bucket", "OPTIONS": options}


def mail() -> dict[str, Any]:
    """The mail server that TAIZHANG_MAIL names: smtp://user:password@host:587, smtps:// for TLS
    from the start.
    """
    parts = urlparse(given("TAIZHANG_MAIL"))
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.port == 587,
        "EMAIL_TIMEOUT": 20,
    }


def sign_on() -> dict[str, str]:
    """Single sign-on: TAIZHANG_SSO is oidc or cas, with the provider's address and, for oidc, who
    we are there.
    """
    kind = one_of("TAIZHANG_SSO", ("", "oidc", "cas"))
    names = {"url": "URL", "client": "CLIENT", "secret": "SECRET", "authority": "CA"}
    told = {key: given(f"TAIZHANG_SSO_{name}") for key, name in names.items()}
    told["url"] = told["url"].rstrip("/")
    told |= {
        "kind": kind,
        "claim": given("TAIZHANG_SSO_CLAIM", "sub"),
        "name": given("TAIZHANG_SSO_NAME", "统一身份认证"),
    }
    if kind and urlparse(told["url"]).scheme not in (
        ("https",) if PRODUCTION else ("http", "https")
    ):
        raise SystemExit("TAIZHANG_SSO_URL 应是统一身份认证的 https 地址。")
    missing = [f"TAIZHANG_SSO_{names[key]}" for key in ("client", "secret") if not told[key]]
    if kind == "oidc" and missing:
        raise SystemExit(f"TAIZHANG_SSO=oidc 缺少环境变量 {'、'.join(missing)}。")
    if kind == "oidc" and find_spec("joserfc") is None:
        raise SystemExit("TAIZHANG_SSO=oidc 需要安装 joserfc，见 docs/how-to/single-sign-on.md。")
    return told


def webhook() -> str:
    """The address of TAIZHANG_WEBHOOK: http or https, nothing else."""
    url = given("TAIZHANG_WEBHOOK")
    if url and urlparse(url).scheme not in ("http", "https"):
        raise SystemExit("TAIZHANG_WEBHOOK 应是 http 或 https 地址。")
    return url


def kept_secret(folder: Path, name: str, size: int) -> str:
    """A secret of an embedded installation, made on first use in a file that only its
    owner reads.
    """
    path = folder / name
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(size))
    return path.read_text("ascii").strip()


def field_keys(text: str) -> list[bytes]:
    """The keys of sealed fields, one a line or with commas between, the present one first."""
    names = [part.strip() for part in text.replace(",", "\n").splitlines() if part.strip()]
    try:
        keys = [bytes.fromhex(name) for name in names]
    except ValueError as wrong:
        raise SystemExit("字段密钥应是64位十六进制数字，几个密钥用逗号分开。") from wrong
    if not keys or any(len(key) != 32 for key in keys):
        raise SystemExit("字段密钥应是64位十六进制数字，几个密钥用逗号分开。")
    return keys


def one_of(name: str, allowed: tuple[str, ...]) -> str:
    """One of a few words; the first where nothing is said."""
    word = given(name, allowed[0])
    if word not in allowed:
        raise SystemExit(f"{name} 只能是 {' 或 '.join(filter(None, allowed))}。")
    return word
