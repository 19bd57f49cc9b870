"""Mails and messages to a group as jobs: asked for in the transaction that tells, tried until they
are taken, said once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from taizhang.kernel import outgoing
from taizhang.kernel.errors import Refused
from taizhang.kernel.jobs import queue
from taizhang.kernel.jobs.models import Job

MAIL, GROUP = "kernel:mail", "kernel:group"
AGAIN_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(days=3)
"""What nobody took by then is old news; that it was not sent stays on the list of the doctor."""
_BEGUN = "begun"
CUT_OFF = "发送时程序中断，不能确定是否发出，没有再发。"


def mail(*, to: str, subject: str, body: str) -> None:
    """Have one mail sent to one address, once this transaction is committed."""
    queue.ask(MAIL, {"to": to, "subject": subject, "body": body})


def group(text: str) -> None:
    """Have the group of the messenger told, once this transaction is committed."""
    queue.ask(GROUP, {"text": text})


@queue.work(MAIL, kept=False)
def _mail(job: Job) -> None:
    told = {name: str(job.about[name]) for name in ("to", "subject", "body")}
    _once(job, lambda: outgoing.mail(**told, before=lambda: _begin(job)))


@queue.work(GROUP, kept=False)
def _group(job: Job) -> None:
    _once(job, lambda: outgoing.post(text=str(job.about["text"]), before=lambda: _begin(job)))


def _begin(job: Job) -> None:
    """Noted before it leaves: should the process die now, nobody can say whether it was taken."""
    job.about[_BEGUN] = True
    if not Job.objects.filter(pk=job.pk, tries=job.tries).update(about=job.about):
        raise Refused("另一个进程已接手。")


def _once(job: Job, send: Callable[[], None]) -> None:
    if _BEGUN in job.about:
        raise Refused(CUT_OFF)
    try:
        send()
    except outgoing.CannotTell as untold:
        raise Refused(str(untold)) from untold
    except outgoing.NotReached as failed:
        if timezone.now() - job.asked_at > GIVEN_UP_AFTER:
            raise Refused(f"{failed}（{GIVEN_UP_AFTER.days}天内没有发出，不再重试）") from failed
        job.about.pop(_BEGUN, None)
        Job.objects.filter(pk=job.pk, tries=job.tries).update(about=job.about)
        raise queue.Later(AGAIN_AFTER, str(failed)) from failed


def delayed() -> list[str]:
    """One line where something waits for another try, with the reason last told; none where nothing
    does.
    """
    return _counted("等待重发", state=Job.State.WAITING)


def given_up(since: datetime) -> list[str]:
    """One line where something that was asked for since then will not be sent, with the reason last
    told.
    """
    return _counted("没有发出", state=Job.State.FAILED, asked_at__gte=since)


def _counted(words: str, **about: object) -> list[str]:
    found = Job.objects.filter(work__in=(MAIL, GROUP), **about).exclude(said="").order_by("pk")
    last = found.last()
    return [f"邮件和群消息{words}{found.count()}件：{last.said}"] if last else []
