"""Mails and messages to a group: none is lost while the server is away, none is said twice after a
kill, and what fails is seen.
"""

from __future__ import annotations

import http.server
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from taizhang.config.cli.server import doctor
from taizhang.kernel.jobs import queue, sending, worker
from taizhang.kernel.jobs.models import Job

pytestmark = pytest.mark.django_db


class _Mail(socketserver.StreamRequestHandler):
    """A mail server: what it answers to a recipient and to a letter is told by the test; b"" hangs
    up.
    """

    def handle(self) -> None:
        """One conversation."""
        server: Any = self.server
        self.wfile.write(b"220 mail.example.cn\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                server.taken.append(letter.decode())
                answer = server.letter
            else:
                answer = server.recipient if word == b"RCPT" else b"250 ok"
            if not answer:
                return
            self.wfile.write(answer + b"\r\n")
            if word == b"QUIT":
                return


class _Robot(http.server.BaseHTTPRequestHandler):
    """A messenger's robot, which answers as the test says; status 0 hangs up."""

    def do_POST(self) -> None:
        """Take the text."""
        server: Any = self.server
        server.taken.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if server.status:
            self.send_response(server.status)
            self.end_headers()
            self.wfile.write(server.answer)

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def served(settings: Any) -> Iterator[tuple[Any, Any]]:
    """Both on this machine, in use."""
    both = []
    for handler, more in (
        (_Mail, {"recipient": b"250 ok", "letter": b"250 taken"}),
        (_Robot, {"status": 200, "answer": b'{"errcode": 0}'}),
    ):
        server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        server.daemon_threads, server.taken = True, []
        for name, value in more.items():
            setattr(server, name, value)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        both.append(server)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", both[0].server_address[1]
    settings.WEBHOOK = f"http://127.0.0.1:{both[1].server_address[1]}/send"
    yield both[0], both[1]
    for server in both:
        server.shutdown()
        server.server_close()


def _mail(n: int = 1) -> None:
    sending.mail(to=f"a{n}@example.cn", subject=f"提醒{n}", body="一项近期要办")


def _some_time_later(passed: timedelta = sending.AGAIN_AFTER) -> int:
    """So long after, a worker looks; how many jobs it did."""
    Job.objects.update(begins_at=timezone.now() - timedelta(seconds=1))
    for job in Job.objects.all():
        Job.objects.filter(pk=job.pk).update(asked_at=job.asked_at - passed)
    return worker.work_off()


def _states() -> list[str]:
    return list(Job.objects.order_by("pk").values_list("state", flat=True))


def test_a_mail_goes_out_and_leaves_the_list(served: Any) -> None:
    _mail()
    assert worker.work_off() == 1
    (letter,) = served[0].taken
    assert "To: a1@example.cn" in letter
    assert not Job.objects.exists()


def test_what_is_told_in_a_transaction_that_fails_is_not_sent(served: Any) -> None:
    with transaction.atomic():
        _mail()
        transaction.set_rollback(True)
    assert worker.work_off() == 0
    assert served[0].taken == []


def test_while_the_mail_server_is_away_nothing_is_lost_and_one_try_is_enough_for_all(
    served: Any, settings: Any
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    for n in (1, 2, 3):
        _mail(n)
    assert worker.work_off() == 1
    assert _states() == ["waiting"] * 3
    assert worker.work_off() == 0
    (said,) = sending.delayed()
    assert said.startswith("邮件和群消息等待重发3件：邮件服务器连不上")
    assert doctor._jobs().wrong == [said]
    for _ in range(queue.TRIES + 1):
        assert _some_time_later() == 1
    settings.EMAIL_PORT = port
    assert _some_time_later() == 3
    assert [f"To: a{n}@example.cn" in letter for n, letter in enumerate(served[0].taken, 1)] == [
        True
    ] * 3
    assert (_states(), sending.delayed()) == ([], [])


def test_what_no_server_took_for_days_is_given_up_in_sight(served: Any, settings: Any) -> None:
    settings.EMAIL_PORT = 9
    began = timezone.now()
    _mail()
    worker.work_off()
    _some_time_later(sending.GIVEN_UP_AFTER)
    assert _states() == ["failed"]
    assert "3天内没有发出" in Job.objects.get().said
    assert doctor._jobs().worth_knowing
    assert sending.given_up(began - timedelta(days=4))
    assert served[0].taken == []


def test_a_server_that_is_busy_is_asked_again_and_an_address_that_is_none_is_not(
    served: Any,
) -> None:
    served[0].recipient = b"451 busy"
    _mail()
    worker.work_off()
    assert _states() == ["waiting"]
    served[0].recipient = b"550 no such user"
    _some_time_later()
    assert _states() == ["failed"]
    assert Job.objects.get().said == "邮件服务器没有收下：550 no such user"
    assert _some_time_later() == 0
    assert served[0].taken == []


@pytest.mark.parametrize(("which", "ask"), [(0, _mail), (1, lambda: sending.group("三个支部"))])
def test_after_a_kill_nothing_is_said_twice(served: Any, which: int, ask: Any) -> None:
    ask()
    held = queue.take_next()
    assert held is not None
    queue.WORKS[held.work].do(held)
    assert len(served[which].taken) == 1
    Job.objects.update(lease_ends_at=timezone.now() - timedelta(seconds=1))

    assert worker.work_off() == 1

    assert len(served[which].taken) == 1
    assert (_states(), Job.objects.get().said) == (["failed"], sending.CUT_OFF)


def test_a_kill_before_the_server_answered_loses_nothing(served: Any, settings: Any) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    _mail()
    held = queue.take_next()
    assert held is not None
    with pytest.raises(queue.Later):
        queue.WORKS[held.work].do(held)
    Job.objects.update(lease_ends_at=timezone.now() - timedelta(seconds=1))
    settings.EMAIL_PORT = port

    assert worker.work_off() == 1

    assert (len(served[0].taken), _states()) == (1, [])


def test_where_the_answer_does_not_come_nobody_says_it_was_sent_or_not(served: Any) -> None:
    served[0].letter, served[1].status = b"", 0
    _mail()
    sending.group("三个支部")
    assert worker.work_off() == 2
    assert _some_time_later() == 0
    assert _states() == ["failed"] * 2
    assert all("不能确定是否发出" in job.said for job in Job.objects.all())
    assert [len(server.taken) for server in served] == [1, 1]


@pytest.mark.parametrize(
    ("status", "answer", "state", "said"),
    [
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "failed", "invalid webhook"),
        (200, b"ok", None, ""),
        (503, b"", "waiting", "503"),
        (429, b"", "waiting", "429"),
        (404, b"", "failed", "404"),
    ],
)
def test_a_group_that_refuses_is_told_in_words(
    served: Any, status: int, answer: bytes, state: str | None, said: str
) -> None:
    served[1].status, served[1].answer = status, answer
    sending.group("三个支部")
    worker.work_off()
    assert _states() == ([state] if state else [])
    assert all(said in job.said for job in Job.objects.all())


def test_a_group_that_is_not_there_is_asked_again(served: Any, settings: Any) -> None:
    there, settings.WEBHOOK = settings.WEBHOOK, "http://127.0.0.1:9/"
    sending.group("三个支部")
    worker.work_off()
    settings.WEBHOOK = there
    _some_time_later()
    assert ("三个支部" in served[1].taken[0], _states()) == (True, [])
