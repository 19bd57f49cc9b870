"""What is due is told to the keepers, what stays overdue to the secretary and then to the
organisation section; else silence.
"""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from taizhang.config.cli.main import main
from taizhang.inspection.models import Finding
from taizhang.inspection.outgoing.actions import escalating
from taizhang.kernel.actions import messages
from taizhang.kernel.jobs import worker
from tests.inspection.conftest import Scene
from tests.inspection.mending import planned

DEADLINE = date(2018, 11, 30)


@pytest.fixture
def finding(scene: Scene) -> Finding:
    """A problem of the own branch that is to be mended by the end of November."""
    made = planned(scene)
    Finding.objects.update(deadline=DEADLINE)
    return made


def _told_on(day: date) -> set[str]:
    """The rungs on which the finding is told for the first time that day."""
    now = datetime.fromisoformat(f"{day}T07:30:00+08:00")
    with time_machine.travel(now, tick=False):
        return {one.rung for one in escalating.tell(now=now) if "整改并申请销号" in one.text}


def test_it_climbs_by_days_and_tells_each_rung_once(finding: Finding, scene: Scene) -> None:
    climbed = {
        after: _told_on(DEADLINE + timedelta(days=after)) for after in (-20, -7, -6, 0, 3, 4, 7, 8)
    }
    assert {after: rungs for after, rungs in climbed.items() if rungs} == {
        -7: {"keeper"}, 3: {"secretary"}, 7: {"office"},
    }  # fmt: skip
    said = [one.text for one in messages.of(scene.people.users["office"])]
    assert any(text.startswith("甲校已逾期：整改并申请销号：") for text in said)
    assert not any(finding.facts in text for text in said)
    assert not messages.of(scene.people.users["foreign"]).filter(text__contains="整改").exists()


def test_what_is_mended_is_told_no_more(finding: Finding) -> None:
    Finding.objects.update(standing=Finding.Standing.CLOSED)
    assert _told_on(DEADLINE + timedelta(days=30)) == set()


def test_unread_messages_go_out_as_one_mail_a_person(
    finding: Finding, scene: Scene, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.cn"
    office = scene.people.users["office"]
    office.email = "office@example.cn"
    office.save()
    for key in "ab":
        messages.tell(to=office, text=f"已生成{key}", url="/", key=key, now=scene.now)

    assert (messages.send_digests(now=scene.now), messages.send_digests(now=scene.now)) == (1, 0)
    worker.work_off()

    assert mail.outbox[-1].to == ["office@example.cn"]
    assert "已生成a\n已生成b" in mail.outbox[-1].body


class _Group(http.server.BaseHTTPRequestHandler):
    """A messenger's robot."""

    taken: list[Any]
    answer: bytes

    def do_POST(self) -> None:
        """Take the text."""
        length = int(self.headers["Content-Length"])
        self.taken.append(json.loads(self.rfile.read(length)))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def group(settings: Any) -> Iterator[type[_Group]]:
    """A robot on this machine, which takes what it is told."""
    handler = type("Group", (_Group,), {"taken": [], "answer": b'{"errcode": 0}'})
    server = http.server.HTTPServer(("127.0.0.1", 0), handler)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    settings.WEBHOOK = f"http://127.0.0.1:{server.server_port}/send"
    yield handler
    server.shutdown()
    server.server_close()
    running.join()


def test_the_command_tells_the_group_in_numbers_and_then_is_silent(
    finding: Finding, group: type[_Group], capsys: Any
) -> None:
    late = datetime.fromisoformat("2018-12-20T07:30:00+08:00")
    with time_machine.travel(late, tick=False):
        assert main(["remind"]) == 0
        assert main(["remind"]) == 0
        worker.work_off()
    assert len(group.taken) == 1
    text = group.taken[0]["text"]["content"]
    assert "逾期已报组织科1项" in text
    assert finding.number not in text
    assert "没有配置发信邮箱" in capsys.readouterr().out
