"""Who comes in by single sign-on is said of all or of none."""

from __future__ import annotations

from datetime import datetime

import pytest

from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import accounts
from taizhang.orgs.models import SignOn
from tests.make import Cast

ID = "https://id.example.cn"


def _link(people: Cast, now: datetime, *links: tuple[str, str]) -> int:
    rows = [accounts.Link(username, subject, at) for at, (username, subject) in enumerate(links, 1)]
    return accounts.link_sign_on(links=rows, provider=ID, actor=people.actor("system"), now=now)


def _linked() -> dict[str, str]:
    return dict(SignOn.objects.values_list("user__username", "subject"))


def test_a_link_is_made_changed_and_taken_away(people: Cast, now: datetime) -> None:
    assert _link(people, now, ("clerk", "a1"), ("office", "a2")) == 2
    assert _linked() == {"clerk": "a1", "office": "a2"}
    made = SignOn.objects.get(subject="a1")
    assert (made.provider, made.linked_by, made.linked_at) == (ID, people.users["system"], now)

    _link(people, now, ("clerk", "a2"), ("office", "a1"))
    assert _linked() == {"clerk": "a2", "office": "a1"}
    _link(people, now, ("clerk", ""))
    assert _linked() == {"office": "a1"}
    told = JournalLine.objects.filter(verb="orgs.link_sign_on").order_by("seq")
    assert [line.detail["subject"] for line in told] == ["a1", "a2", "a2", "a1", ""]


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ([("clerk", "a1"), ("keiner", "a2")], "第2行“用户名”列：没有账号“keiner”"),
        ([("audit", "a1")], "第1行“用户名”列：三名管理员只用"),
        ([("clerk", "a" * 201)], "第1行“统一身份认证账号”列：不能超过200个字"),
        ([("clerk", "b9")], "第1行“统一身份认证账号”列：“b9”已经关联账号“office”"),
        ([("clerk", "a1"), ("secretary", "a1")], "第2行.*“a1”已经关联账号“clerk”"),
        ([], "没有要关联的账号"),
    ],
)
def test_one_wrong_line_links_nobody(
    people: Cast, now: datetime, links: list[tuple[str, str]], told: str
) -> None:
    _link(people, now, ("office", "b9"))
    with pytest.raises(BadInput, match=told):
        _link(people, now, *links)
    assert _linked() == {"office": "b9"}
