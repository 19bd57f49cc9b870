"""OpenID Connect: authorization code with PKCE, and an ID token whose signature and claims are
verified (joserfc).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from taizhang.web.sign_on.provider import Ended, NotSignedOn, Proven, Told, fetched, text_of

if TYPE_CHECKING:
    from joserfc.jwt import ClaimsOption

SCOPE = "openid profile"
ALGORITHMS = ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512"]
"""Signatures by a key that only the provider has; `none`, and those by our own secret, are none."""
LEEWAY = 60
"""Seconds by which the two clocks may differ."""
ENDED = "http://schemas.openid.net/event/backchannel-logout"
FRESH = 10 * 60
"""Seconds after which a token that ends sessions is too old, whether or not it says when it ends
itself.
"""


def begin(told: Told, back: str) -> tuple[str, dict[str, str]]:
    """The provider's log-in, and what proves later that the answer is to this very question."""
    about = _about(told)
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(kept["verifier"].encode()).digest())
    asked = {
        "response_type": "code",
        "client_id": told.client,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge_method": "S256",
        "code_challenge": challenge.rstrip(b"=").decode(),
    }
    return f"{about['authorization_endpoint']}?{urlencode(asked)}", kept


def finish(told: Told, back: str, kept: Mapping[str, str], asked: Mapping[str, str]) -> Proven:
    """The account that the ID token names."""
    if not hmac.compare_digest(asked.get("state", ""), kept.get("state", "-")):
        raise NotSignedOn("这次登录不是从本页开始的，或者已经用过，请重新登录。")
    if asked.get("error") or not asked.get("code"):
        raise NotSignedOn("统一身份认证没有通过，或者被取消，请重新登录。")
    about = _about(told)
    body = {
        "grant_type": "authorization_code",
        "code": asked["code"],
        "redirect_uri": back,
        "code_verifier": kept["verifier"],
        "client_id": told.client,
    }
    answer = _json(
        fetched(told, about["token_endpoint"], urlencode(body).encode(), Authorization=_basic(told))
    )
    ticket = text_of_token(answer)
    claims = _verified(told, about, ticket, kept["nonce"])
    subject = text_of(claims.get(told.claim))
    if not subject:
        raise NotSignedOn(f"统一身份认证没有给出账号（{told.claim}），请告知系统管理员。")
    return Proven(
        subject,
        text_of(claims.get("preferred_username")) or subject,
        ticket,
        text_of(claims.get("sub")),
        text_of(claims.get("sid")),
    )


def leave(told: Told, back: str, ticket: str) -> str:
    """The provider's log-out, where it has one."""
    end = _about(told).get("end_session_endpoint", "")
    asked = {"id_token_hint": ticket, "client_id": told.client, "post_logout_redirect_uri": back}
    return f"{end}?{urlencode(asked)}" if end else ""


def text_of_token(answer: Mapping[str, Any]) -> str:
    """The ID token of an answer."""
    found = answer.get("id_token")
    if not isinstance(found, str):
        raise NotSignedOn("统一身份认证的回答里没有身份令牌，请告知系统管理员。")
    return found


def _about(told: Told) -> dict[str, str]:
    """What the provider says of itself; every address of it is as safe as the one in
    the settings.
    """
    found = _json(fetched(told, f"{told.url}/.well-known/openid-configuration"))
    about = {name: value for name, value in found.items() if isinstance(value, str)}
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    safe = urlsplit(told.url).scheme
    places = [about.get(name, "") for name in names]
    if about.get("issuer", "").rstrip("/") != told.url or any(
        urlsplit(place).scheme not in ("https", safe) for place in places
    ):
        raise NotSignedOn("统一身份认证的设置与服务器自己的说明不符，请告知系统管理员。")
    return about


def ended(told: Told, said: Mapping[str, str]) -> Ended:
    """By a logout token (OpenID Connect Back-Channel Logout 1.0), each once and not long after it
    was made.
    """
    if not (raw := said.get("logout_token", "")):
        raise NotSignedOn("没有退出令牌（logout_token）。")
    found = _claims(told, _about(told), raw, "退出令牌不能验证", exp={}, jti={"essential": True})
    events, named, session = (found.get("events"), *map(text_of, map(found.get, ("sub", "sid"))))
    if not isinstance(events, dict) or not isinstance(events.get(ENDED), dict):
        raise NotSignedOn("令牌里没有退出事件（events），不是退出令牌。")
    if "nonce" in found:
        raise NotSignedOn("令牌里有 nonce，是登录的身份令牌，不是退出令牌。")
    if not named and not session:
        raise NotSignedOn("退出令牌没有说明退出的人（sub）或会话（sid）。")
    if abs(time.time() - found["iat"]) > FRESH:
        raise NotSignedOn("退出令牌太旧，或者两边的时间相差太多。")
    return Ended(found["jti"], named, session)


def _verified(told: Told, about: Mapping[str, str], raw: str, nonce: str) -> Mapping[str, Any]:
    asked: dict[str, ClaimsOption] = {
        "exp": {"essential": True},
        "nonce": {"essential": True, "value": nonce},
    }
    return _claims(told, about, raw, "统一身份认证给出的身份令牌不能验证，没有登录", **asked)


def _claims(
    told: Told, about: Mapping[str, str], raw: str, wrong: str, **asked: ClaimsOption
) -> Mapping[str, Any]:
    """What a token of the provider says, for us and in time."""
    from joserfc import jwt  # noqa: PLC0415  (an extra)
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    try:
        keys = KeySet.import_key_set(_json(fetched(told, about["jwks_uri"])))  # type: ignore[arg-type]
        claims = jwt.decode(raw, keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            None,
            LEEWAY,
            iss={"essential": True, "value": about["issuer"]},
            aud={"essential": True, "value": told.client},
            iat={"essential": True},
            **asked,
        ).validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as broken:
        raise NotSignedOn(f"{wrong}（{_which(broken)}）。请告知系统管理员。") from broken
    if isinstance(claims["aud"], list) and claims.get("azp", told.client) != told.client:
        raise NotSignedOn("统一身份认证给出的令牌不是给本系统的。")
    return claims


def _which(broken: Exception) -> str:
    """What of a token is wrong: a claim by its name."""
    claim = getattr(broken, "claim", "")
    return f"{claim}不符或缺少" if claim else "签名、算法或格式不符"


def _basic(told: Told) -> str:
    pair = f"{quote(told.client, safe='')}:{quote(told.secret, safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _json(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError as broken:
        raise NotSignedOn("统一身份认证的回答读不懂，请告知系统管理员。") from broken
    return found if isinstance(found, dict) else {}
