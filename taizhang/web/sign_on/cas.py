"""CAS, protocol 3: a ticket in the address, which the server itself confirms for our
address alone.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from lxml import etree

from taizhang.web.sign_on.provider import Ended, NotSignedOn, Proven, Told, fetched

_ENDS = "{urn:oasis:names:tc:SAML:2.0:protocol}"
_SPACE = "{http://www.yale.edu/tp/cas}"


def begin(told: Told, back: str) -> tuple[str, dict[str, str]]:
    """The server's log-in. The state is part of the address for which the ticket is given."""
    state = secrets.token_urlsafe(32)
    asked = urlencode({"service": _service(back, state)})
    return f"{told.url}/login?{asked}", {"state": state}


def finish(told: Told, back: str, kept: Mapping[str, str], asked: Mapping[str, str]) -> Proven:
    """The account that the server names for the ticket."""
    state = kept.get("state", "-")
    if not hmac.compare_digest(asked.get("state", ""), state) or not asked.get("ticket"):
        raise NotSignedOn("这次登录不是从本页开始的，或者已经用过，请重新登录。")
    query = urlencode({"service": _service(back, state), "ticket": asked["ticket"]})
    answer = _tree(fetched(told, f"{told.url}/p3/serviceValidate?{query}"))
    user = answer.findtext(f"{_SPACE}authenticationSuccess/{_SPACE}user")
    if not user or not user.strip():
        raise NotSignedOn("统一身份认证没有认可这次登录，请重新登录。")
    subject = _named(answer, told.claim) if told.claim != "sub" else user.strip()
    if not subject:
        raise NotSignedOn(f"统一身份认证没有给出账号（{told.claim}），请告知系统管理员。")
    name = user.strip()[:200]
    return Proven(subject[:200], name, "cas", name, asked["ticket"])


def leave(told: Told, back: str, ticket: str) -> str:
    """The server's log-out."""
    del ticket
    return f"{told.url}/logout?{urlencode({'service': back})}"


def ended(told: Told, said: Mapping[str, str]) -> Ended:
    """By the ticket with which somebody came in, which only the server and we know."""
    del told
    if not (given := said.get("logoutRequest", "")):
        raise NotSignedOn("没有退出通知（logoutRequest）。")
    ticket = (_tree(given.encode()).findtext(f"{_ENDS}SessionIndex") or "").strip()
    if not ticket:
        raise NotSignedOn("退出通知没有说明是哪一次登录（SessionIndex）。")
    return Ended(ticket, session=ticket)


def _service(back: str, state: str) -> str:
    return f"{back}?{urlencode({'state': state})}"


def _named(answer: etree._Element, claim: str) -> str:
    path = f"{_SPACE}authenticationSuccess/{_SPACE}attributes/{_SPACE}{claim}"
    return (answer.findtext(path) or "").strip()


def _tree(data: bytes) -> etree._Element:
    """The answer; entities stay closed."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as broken:
        raise NotSignedOn("统一身份认证的回答读不懂，请告知系统管理员。") from broken
