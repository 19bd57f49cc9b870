"""A group of a messenger (企业微信, 钉钉) that is told in numbers; off unless TAIZHANG_WEBHOOK names its address."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

from django.conf import settings

from taizhang.kernel.errors import Refused

_SECONDS = 20


def post(text: str) -> None:
    """Say one text there; both messengers read the same form. Refused when it was not taken."""
    told = json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False)
    asked = urllib.request.Request(  # noqa: S310  (settings allow http and https alone)
        settings.WEBHOOK, told.encode(), {"Content-Type": "application/json; charset=utf-8"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
            said = answer.read(10_000)
    except (urllib.error.URLError, OSError) as failed:
        raise Refused(f"群消息没有发出：{failed}") from failed
    _must_be_taken(said)


def _must_be_taken(said: bytes) -> None:
    """Both answer 200 with an error in words, too; what is no such answer is another messenger's."""
    try:
        answer = json.loads(said)
    except ValueError:
        return
    if isinstance(answer, dict) and answer.get("errcode", 0) != 0:
        raise Refused(f"群消息没有发出：{answer.get('errmsg', answer['errcode'])}")
