"""What leaves the site by itself: a mail, and a group of a messenger (企业微信, 钉钉) that is told in
numbers.

Both say what became of it: taken (they return), not handed over (`NotReached`: the same may be
tried later), refused for good (`Refused`), or handed over without an answer (`CannotTell`: to try
again might say it twice).
"""

from __future__ import annotations

import http.client
import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from taizhang.kernel.errors import Refused

_SECONDS = 20
_PERMANENT = 500
_TOO_MANY = 429


class NotReached(Exception):
    """Nothing was handed over; why, in words."""


class CannotTell(Exception):
    """It was handed over, and no answer came; why, in words."""


def mail(*, to: str, subject: str, body: str, before: Callable[[], None]) -> None:
    """One mail to one address; `before` is called when the server answers, in the moment before it
    is handed over.
    """
    server = get_connection()
    try:
        server.open()
    except OSError as failed:  # SMTPException is one, too
        raise NotReached(f"邮件服务器连不上：{failed}") from failed
    try:
        before()
        server.send_messages([EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to])])
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        raise _refused(code, said) from refused
    except smtplib.SMTPResponseException as refused:
        raise _refused(refused.smtp_code, refused.smtp_error) from refused
    except OSError as failed:
        raise CannotTell(f"发信时中断，不能确定是否发出：{failed}") from failed
    finally:
        with suppress(OSError):
            server.close()


def _refused(code: int, said: bytes | str) -> Exception:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    told = f"邮件服务器没有收下：{code} {words}"
    return Refused(told) if code >= _PERMANENT else NotReached(told)


def post(*, text: str, before: Callable[[], None]) -> None:
    """Say one text in the group; both messengers read the same form."""
    told = json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False)
    asked = urllib.request.Request(  # noqa: S310  (settings allow http and https alone)
        settings.WEBHOOK, told.encode(), {"Content-Type": "application/json; charset=utf-8"}
    )
    before()
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
            said = answer.read(10_000)
    except urllib.error.HTTPError as refused:
        words = f"群消息没有发出：{refused}"
        later = refused.code >= _PERMANENT or refused.code == _TOO_MANY
        raise (NotReached(words) if later else Refused(words)) from refused
    except (
        urllib.error.URLError
    ) as failed:  # while it connects or sends, before an answer is awaited
        raise NotReached(f"群消息没有发出：{failed.reason}") from failed
    except (OSError, http.client.HTTPException) as failed:
        raise CannotTell(f"群消息发出后没有回音，不能确定是否发出：{failed}") from failed
    _must_be_taken(said)


def _must_be_taken(said: bytes) -> None:
    """Both answer 200 with an error in words, too; what is no such answer is another
    messenger's.
    """
    try:
        answer = json.loads(said)
    except ValueError:
        return
    if isinstance(answer, dict) and answer.get("errcode", 0) != 0:
        raise Refused(f"群消息没有发出：{answer.get('errmsg', answer['errcode'])}")
