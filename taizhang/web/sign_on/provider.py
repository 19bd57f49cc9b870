"""What a provider of single sign-on is to us, whichever protocol it speaks; and requests to it."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from taizhang.kernel.errors import Refused, Unreachable

_SECONDS = 10
_MOST = 1_000_000


class NotSignedOn(Refused):
    """The provider's answer proves nobody; the message is for whoever wanted to come in."""


@dataclass(frozen=True)
class Told:
    """Where the provider is, who we are there, and which claim names an account; as the settings
    say.
    """

    url: str
    client: str
    secret: str
    claim: str
    authority: str


@dataclass(frozen=True)
class Proven:
    """Who it is: the name that never changes, the one that people read, what ends his session
    there, and how the provider will call him and that session when it ends it itself.
    """

    subject: str
    shown: str
    ticket: str = ""
    named: str = ""
    session: str = ""


@dataclass(frozen=True)
class Ended:
    """What a provider says that has ended: one session, or all of a person; and what tells this
    word from any other.
    """

    token: str
    named: str = ""
    session: str = ""


class Provider(Protocol):
    """One protocol. What `begin` keeps lies in the session until the browser is back."""

    def begin(self, told: Told, back: str) -> tuple[str, dict[str, str]]:
        """The address to which the browser is sent, and what is to be kept."""

    def finish(
        self, told: Told, back: str, kept: Mapping[str, str], asked: Mapping[str, str]
    ) -> Proven:
        """Who came back. Raises NotSignedOn, or Unreachable."""

    def leave(self, told: Told, back: str, ticket: str) -> str:
        """The address at which the session at the provider ends; "" where it has none."""

    def ended(self, told: Told, said: Mapping[str, str]) -> Ended:
        """What has ended there, by the form that the provider sends. Raises NotSignedOn, or
        Unreachable.
        """


def told() -> Told:
    """The settings."""
    found: dict[str, str] = settings.SIGN_ON
    return Told(found["url"], found["client"], found["secret"], found["claim"], found["authority"])


def fetched(told: Told, address: str, body: bytes | None = None, **headers: str) -> bytes:
    """What the provider answers; it is told of us nothing but what is asked here."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    asked = urllib.request.Request(address, body, named)  # noqa: S310
    trusted = ssl.create_default_context(cafile=told.authority or None)
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS, context=trusted) as answer:  # noqa: S310
            data: bytes = answer.read(_MOST)
            return data
    except urllib.error.HTTPError as refused:
        with refused:
            raise NotSignedOn(
                f"统一身份认证没有通过（回答 {refused.code}），请重新登录。"
            ) from refused
    except (urllib.error.URLError, OSError) as away:
        raise Unreachable(
            "统一身份认证现在连不上。请稍后再试，有本系统密码的可以用用户名和密码登录。"
        ) from away


def text_of(found: object) -> str:
    """A name that a provider gives; it may be a number."""
    return str(found).strip()[:200] if isinstance(found, (str, int)) else ""
