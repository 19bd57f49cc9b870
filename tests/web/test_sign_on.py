"""Single sign-on against servers that speak OpenID Connect and CAS: who comes in, who does not, and
what he is told.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from taizhang.config import environment
from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import accounts, second_factor
from taizhang.orgs.models import SignOn, User
from tests.make import Cast
from tests.web import providers

KINDS = ("oidc", "cas")


@pytest.fixture
def server() -> Iterator[tuple[str, providers.Books]]:
    """A provider."""
    with providers.serving() as found:
        yield found


@pytest.fixture
def books(server: tuple[str, providers.Books], settings: Any, request: Any) -> providers.Books:
    """Its books; the site is told of it."""
    kind = request.node.callspec.params.get("kind", "oidc") if hasattr(request.node, "callspec") else "oidc"  # fmt: skip
    settings.SIGN_ON = {
        "kind": kind, "url": server[0], "client": providers.CLIENT, "secret": providers.SECRET, "claim": "sub",
        "authority": "", "name": "统一身份认证",
    }  # fmt: skip
    return server[1]


def _link(people: Cast, now: datetime, settings: Any, username: str = "clerk", subject: str = "20180001") -> None:  # fmt: skip
    accounts.link_sign_on(
        links=[accounts.Link(username, subject, 1)], provider=settings.SIGN_ON["url"], actor=people.actor("system"), now=now
    )  # fmt: skip


def _at_provider(address: str) -> str:
    """Where the provider sends the browser: a path of ours."""
    place = urlsplit(address)
    asked = http.client.HTTPConnection(place.netloc, timeout=10)
    asked.request("GET", f"{place.path}?{place.query}")
    to = urlsplit(asked.getresponse().headers["Location"])
    asked.close()
    assert to.netloc == "testserver"
    return f"{to.path}?{to.query}"


def _come(client: Client, to: str = "") -> Any:
    begun = client.get("/sign-on/", {"next": to} if to else {})
    return client.get(_at_provider(begun.headers["Location"]))


def _is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_who_is_linked_comes_in_and_goes_out(
    people: Cast, now: datetime, settings: Any, books: providers.Books, kind: str
) -> None:
    _link(people, now, settings)
    User.objects.filter(username="clerk").update(must_change_password=True)
    client = Client()

    assert _come(client, "/ledgers/meetings/").headers["Location"] == "/ledgers/meetings/"
    assert client.get("/me/").context["user"].username == "clerk"
    assert JournalLine.objects.latest("seq").verb == "orgs.login"
    assert client.post("/logout/").headers["Location"] == "/left/"

    left = client.get("/left/").content.decode()
    assert settings.SIGN_ON["url"] + ("/end?" if kind == "oidc" else "/logout?") in left
    assert not _is_in(client)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_given_an_account(
    people: Cast, settings: Any, books: providers.Books, kind: str
) -> None:
    before = User.objects.count()
    client = Client()
    answer = _come(client)
    assert (answer.status_code, "还没有与本系统的账号关联" in answer.content.decode()) == (
        403,
        True,
    )
    assert "20180001" in answer.content.decode()
    assert not _is_in(client)
    assert User.objects.count() == before
    assert JournalLine.objects.latest("seq").verb == "orgs.sign_on_failed"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_answered_once_is_not_taken_again(
    people: Cast, now: datetime, settings: Any, books: providers.Books, kind: str
) -> None:
    _link(people, now, settings)
    client, thief = Client(), Client()
    back = _at_provider(client.get("/sign-on/").headers["Location"])

    assert thief.get(back).status_code == 403
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403
    assert not _is_in(thief)


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_account_stays_closed(
    people: Cast, now: datetime, settings: Any, books: providers.Books, kind: str
) -> None:
    _link(people, now, settings)
    User.objects.filter(username="clerk").update(is_active=False)
    assert "已停用" in _come(Client()).content.decode()


def test_an_administrator_comes_in_by_his_password_alone(
    people: Cast, now: datetime, settings: Any, books: providers.Books
) -> None:
    for username in ("system", "security", "audit"):
        with pytest.raises(BadInput, match="只用本系统的密码"):
            _link(people, now, settings, username)
    user = people.users["audit"]
    SignOn.objects.create(user=user, provider=settings.SIGN_ON["url"], subject=books.person, linked_at=now, linked_by=user)  # fmt: skip
    client = Client()
    assert "管理员只用本系统的密码" in _come(client).content.decode()
    assert not _is_in(client)


def test_the_second_factor_is_asked_all_the_same(
    people: Cast, now: datetime, settings: Any, books: providers.Books
) -> None:
    _link(people, now, settings)
    secret, actor = second_factor.fresh_secret(), people.actor("clerk")
    spare = second_factor.enrol(
        secret=secret, code=second_factor.code_at(secret, now), actor=actor, now=now
    )[0]
    client = Client()
    assert _come(client).headers["Location"] == "/login/code/"
    assert not _is_in(client)
    assert client.post("/login/code/", {"code": spare}).status_code == 302
    assert client.post("/logout/").headers["Location"] == "/left/"


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another"}, {"iss": "http://elsewhere"}, {"exp": 1}, {"nonce": "of-another-question"}, {"aud": ["taizhang", "x"], "azp": "x"}],
    ids=str,
)  # fmt: skip
def test_a_token_for_another_or_of_another_time_opens_nothing(
    people: Cast, now: datetime, settings: Any, books: providers.Books, claims: dict[str, Any]
) -> None:
    _link(people, now, settings)
    books.claims = claims
    client = Client()
    assert "没有登录" in _come(client).content.decode()
    assert not _is_in(client)


@pytest.mark.parametrize("lie", ["forged", "unsigned"])
def test_a_token_that_the_provider_did_not_sign_opens_nothing(
    people: Cast, now: datetime, settings: Any, books: providers.Books, lie: str
) -> None:
    _link(people, now, settings)
    setattr(books, lie, True)
    client = Client()
    assert "不能验证" in _come(client).content.decode()
    assert not _is_in(client)


@pytest.mark.parametrize("kind", KINDS)
def test_an_account_may_be_named_by_another_claim(
    people: Cast, now: datetime, settings: Any, books: providers.Books, kind: str
) -> None:
    settings.SIGN_ON |= {"claim": "employee"}
    _link(people, now, settings, subject="4711")
    client = Client()
    assert _come(client).status_code == 302
    assert _is_in(client)
    settings.SIGN_ON |= {"claim": "nothing"}
    assert "没有给出账号（nothing）" in _come(Client()).content.decode()


def test_a_provider_that_is_away_is_told_and_the_password_remains(
    people: Cast, settings: Any, books: providers.Books
) -> None:
    settings.SIGN_ON |= {"url": "http://127.0.0.1:9"}
    answer = Client().get("/sign-on/")
    assert (answer.status_code, "现在连不上" in answer.content.decode()) == (503, True)
    assert "用统一身份认证登录" in Client().get("/login/").content.decode()


def test_the_way_back_leads_to_no_other_host(
    people: Cast, now: datetime, settings: Any, books: providers.Books
) -> None:
    _link(people, now, settings)
    assert _come(Client(), "https://elsewhere.example/").headers["Location"] == "/"


def test_without_it_there_is_no_such_page(people: Cast) -> None:
    assert "sign-on" not in Client().get("/login/").content.decode()
    assert Client().get("/sign-on/").status_code == 404
    assert Client().get("/sign-on/back/").status_code == 404


def test_links_are_said_in_lines_all_or_none(
    people: Cast, settings: Any, books: providers.Books, login: Any
) -> None:
    client = login(people.users["system"])
    refused = client.post("/sign-on/links/", {"people": "clerk,1\nsecretary\t1\nkeiner 3"})
    assert (refused.status_code, "没有账号“keiner”" in refused.content.decode()) == (422, True)
    twice = client.post("/sign-on/links/", {"people": "clerk,1\nsecretary\t1"})
    assert "已经关联账号“clerk”" in twice.content.decode()
    assert not SignOn.objects.exists()
    client.post("/sign-on/links/", {"people": "clerk,1\nsecretary\t2"})
    client.post("/sign-on/links/", {"people": "clerk,"})
    assert [str(one) for one in SignOn.objects.all()] == ["2"]
    assert login(people.users["security"]).get("/sign-on/links/").status_code == 403


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"TAIZHANG_SSO": "saml"}, "oidc 或 cas"),
        ({"TAIZHANG_SSO": "cas"}, "TAIZHANG_SSO_URL"),
        ({"TAIZHANG_SSO": "oidc", "TAIZHANG_SSO_URL": "https://a"}, "TAIZHANG_SSO_CLIENT、TAIZHANG_SSO_SECRET"),
    ],
)  # fmt: skip
def test_settings_that_cannot_work_do_not_start(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], told: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=told):
        environment.sign_on()


def test_the_state_goes_with_the_question(books: providers.Books, people: Cast) -> None:
    address = Client().get("/sign-on/").headers["Location"]
    asked = dict(parse_qsl(urlsplit(address).query))
    assert asked["code_challenge_method"] == "S256"
    assert len({asked["state"], asked["nonce"]}) == 2


_EVENT = "http://schemas.openid.net/event/backchannel-logout"


def _told(data: dict[str, str]) -> Any:
    """What we answer the provider: it has no cookie and no token of a form."""
    return Client(enforce_csrf_checks=True).post("/sign-on/ended/", data)


def test_a_session_that_ends_at_the_provider_ends_here_and_no_other(
    people: Cast, now: datetime, settings: Any, books: providers.Books
) -> None:
    _link(people, now, settings)
    first, second = Client(), Client()
    _come(first)
    books.session = "s-2"
    _come(second)
    token = providers.ending(settings.SIGN_ON["url"], books)

    answer = _told(token)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert (_is_in(first), _is_in(second)) == (True, False)
    line = JournalLine.objects.get(verb="orgs.end_from_there")
    assert (line.subject, line.actor) == (f"user:{people.users['clerk'].pk}", None)
    again = _told(token)
    assert (again.status_code, "已经办理过" in again.json()["error_description"]) == (400, True)
    _come(second)
    assert _is_in(second)  # by the same session there: what was ended is what was begun before


def test_all_of_a_person_end_but_what_he_began_by_his_password(
    people: Cast, now: datetime, settings: Any, books: providers.Books, login: Any
) -> None:
    _link(people, now, settings)
    first, second = Client(), Client()
    _come(first)
    books.session = "s-2"
    _come(second)
    by_password = login(people.users["clerk"])

    assert _told(providers.ending(settings.SIGN_ON["url"], books, sid=None)).status_code == 200

    assert not _is_in(first)
    assert not _is_in(second)
    assert _is_in(by_password)


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iss": "http://elsewhere"}, "iss"), ({"aud": "another"}, "aud"), ({"exp": 1}, "exp"), ({"iat": None}, "iat"),
        ({"jti": None}, "jti"), ({"jti": [1]}, "jti"), ({"iat": 1, "exp": None}, "太旧"), ({"events": None}, "退出事件"),
        ({"events": {_EVENT: "yes"}}, "退出事件"), ({"nonce": "x"}, "nonce"), ({"sub": None, "sid": None}, "没有说明"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_word_of_the_provider_for_us_now_ends_nothing(
    people: Cast, now: datetime, settings: Any, books: providers.Books, claims: dict[str, Any], why: str
) -> None:  # fmt: skip
    _link(people, now, settings)
    client = Client()
    _come(client)

    answer = _told(providers.ending(settings.SIGN_ON["url"], books, **claims))

    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    assert why in answer.json()["error_description"]
    assert _is_in(client)
    assert JournalLine.objects.latest("seq").verb == "orgs.end_refused"


@pytest.mark.parametrize("lie", ["forged", "unsigned"])
def test_an_end_that_the_provider_did_not_sign_ends_nothing(
    people: Cast, now: datetime, settings: Any, books: providers.Books, lie: str
) -> None:
    _link(people, now, settings)
    client = Client()
    _come(client)
    setattr(books, lie, True)

    answer = _told(providers.ending(settings.SIGN_ON["url"], books))

    assert (answer.status_code, "签名" in answer.json()["error_description"]) == (400, True)
    assert _told({}).status_code == 400
    assert _is_in(client)


def test_an_address_that_guesses_ends_is_held_up_like_one_that_guesses_passwords(
    people: Cast, settings: Any, books: providers.Books
) -> None:
    proven = providers.ending(settings.SIGN_ON["url"], books)
    with time_machine.travel(timezone.now(), tick=False):  # tries are counted by the clock's minute
        for _ in range(20):
            assert _told({}).status_code == 400

        held = _told(proven)

    assert (held.status_code, "过一分钟" in held.json()["error_description"]) == (429, True)


@pytest.mark.parametrize("whole", [False, True])
def test_who_is_still_asked_for_his_code_does_not_come_in_by_a_session_that_ended(
    people: Cast, now: datetime, settings: Any, books: providers.Books, *, whole: bool
) -> None:
    _link(people, now, settings)
    secret, actor = second_factor.fresh_secret(), people.actor("clerk")
    code = second_factor.code_at(secret, now)
    spare = second_factor.enrol(secret=secret, code=code, actor=actor, now=now)[0]
    client = Client()
    _come(client)
    claims = {"sid": None} if whole else {"sub": None}
    _told(providers.ending(settings.SIGN_ON["url"], books, **claims))

    answer = client.post("/login/code/", {"code": spare})

    assert "那边已经退出" in answer.content.decode()
    assert not _is_in(client)


def test_a_session_begun_by_a_ticket_ends_with_it(
    people: Cast, now: datetime, settings: Any, books: providers.Books
) -> None:
    settings.SIGN_ON |= {"kind": "cas"}
    _link(people, now, settings)
    client = Client()
    _come(client)

    assert _told({"logoutRequest": "<a/>"}).status_code == 400
    assert _is_in(client)
    assert _told(providers.ending_ticket(books)).status_code == 200
    assert not _is_in(client)


def test_an_end_is_not_taken_on_trust_while_the_provider_is_away_or_not_used(
    people: Cast, now: datetime, settings: Any, books: providers.Books
) -> None:
    token = providers.ending(settings.SIGN_ON["url"], books)
    settings.SIGN_ON |= {"url": "http://127.0.0.1:9"}
    assert _told(token).status_code == 400
    settings.SIGN_ON |= {"kind": ""}
    assert _told(token).status_code == 404
