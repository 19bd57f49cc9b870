"""Styles and scripts: every address that a page names answers and is kept for ever, for it names
one version alone.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from taizhang.config.cli.main import main
from taizhang.config.settings import DATA_UPLOAD_MAX_MEMORY_SIZE
from taizhang.web import views
from taizhang.web.served import files, laying
from tests.architecture.test_house_rules import ROOT
from tests.make import Cast

NAMED = re.compile(r'(?:src|href)="(/static/[^"]+)"')
TAG = re.compile(r"{%\s*static\s+'([^']+)'\s*%}")
IMPORT = re.compile(
    r"""^import\b[^"]*"(?P<first>[^"]+)"|\bimport\("(?P<late>[^"]+)"|url\(["']?(?!data:)(?P<style>[^)"']+)""",
    re.MULTILINE,
)


def _answers_for_ever(address: str, settings: Any) -> None:
    assert address.startswith(settings.STATIC_URL), address
    answer = Client().get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", address
    assert answer.content == files.kept()[address.removeprefix(settings.STATIC_URL)]


def test_every_address_of_a_page_bears_the_fingerprint(
    people: Cast, login: Any, settings: Any
) -> None:
    client = login(people.users["clerk"])
    for page in ("/ledgers/meetings/", "/ledgers/meetings/new/", "/site/"):
        named = NAMED.findall(client.get(page, follow=True).content.decode())
        assert len(named) > 3, page
        for address in named:
            _answers_for_ever(address, settings)


@pytest.mark.parametrize("page", ["400.html", "403.html", "404.html", "500.html", *laying.PAGES])
def test_pages_of_errors_have_their_styles(page: str, settings: Any) -> None:
    named = NAMED.findall(render_to_string(page, {"message": ""}))
    assert len(named) == 1
    _answers_for_ever(named[0], settings)


def test_every_name_in_a_template_is_there() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "taizhang").rglob("*.html")]
    named = {name for text in sources for name in TAG.findall(text)}
    assert named <= set(files.kept())
    assert len(named) > 10
    assert not [text for text in sources if '"/static/' in text], "an address without a fingerprint"


def test_what_a_file_imports_lies_beside_it_in_the_same_version() -> None:
    asked = {
        (name, str(found[found.lastgroup or 0]))
        for name, data in files.kept().items()
        if name.endswith((".js", ".css")) and not name.startswith("vendor/")
        for found in IMPORT.finditer(data.decode())
    }
    assert ("app.js", "./session.js") in asked
    for name, other in asked:
        assert other.startswith("./"), f"{name}: {other} leaves the folder of its version"
        assert other.removeprefix("./") in files.kept(), f"{name}: {other}"


def test_after_a_change_of_one_file_every_address_is_another() -> None:
    before = files.fingerprint(files.kept())
    assert files.fingerprint(dict(files.kept())) == before
    changed = files.kept() | {"app.css": files.kept()["app.css"] + b" "}
    renamed = {f"{name}x": data for name, data in files.kept().items()}
    assert len({before, files.fingerprint(changed), files.fingerprint(renamed)}) == 3


def test_an_address_of_before_is_asked_for_each_time() -> None:
    first = Client().get("/static/app.css")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = Client().get("/static/app.css", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = Client().get("/static/app.css", headers={"if-none-match": '"000000000000"'})
    assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.django_db
def test_another_version_and_nonsense_find_nothing(settings: Any) -> None:
    for path in (
        "/static/000000000000/app.css",
        f"{settings.STATIC_URL}../settings.py",
        "/static/",
    ):
        assert Client().get(path).status_code == 404, path


def test_styles_are_only_read(settings: Any) -> None:
    address = f"{settings.STATIC_URL}app.css"
    assert Client().post(address).status_code == 405
    head = Client().head(address)
    assert (head.status_code, head.content) == (200, b"")


def test_a_request_that_is_wrong_is_told_so_without_session_or_database() -> None:
    told = views.bad_request(RequestFactory().get("/"), ValueError())
    assert told.status_code == 400
    assert "没有保存任何内容" in told.content.decode()


def _laid(folder: Path) -> str:
    assert main(["static", str(folder)]) == 0
    return "".join(sorted(one.name for one in (folder / "static").iterdir()))


def test_a_proxy_finds_every_file_under_its_address_and_may_read_it(
    tmp_path: Path, settings: Any
) -> None:
    before = os.umask(0o077)
    try:
        for _ in range(2):
            assert _laid(tmp_path / "www") == settings.STATIC_URL.split("/")[2]
    finally:
        os.umask(before)
    for name, data in files.kept().items():
        assert (tmp_path / "www" / f"{settings.STATIC_URL}{name}".strip("/")).read_bytes() == data
    for page in laying.PAGES:
        for address in NAMED.findall((tmp_path / "www" / page).read_text("utf-8")):
            assert (tmp_path / "www" / address.strip("/")).is_file()
    closed = [
        path for path in (tmp_path / "www").rglob("*") if path.stat().st_mode & 0o044 != 0o044
    ]
    assert closed == []
    assert not [
        path
        for path in (tmp_path / "www").rglob("*")
        if path.is_dir() and not path.stat().st_mode & 0o001
    ]


def test_the_proxy_says_in_chinese_what_it_refuses_itself() -> None:
    told = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    shown = dict(re.findall(r"error_page ([\d ]+) /([\w-]+\.html);", told))
    assert shown == {"502 504": "down.html", "413": "too-large.html", "429": "too-many.html"}
    assert set(shown.values()) == set(laying.PAGES)
    names = "|".join(page.removesuffix(".html") for page in laying.PAGES)
    assert f"location ~ ^/({names})\\.html$ {{\n        internal;" in told
    assert "limit_req_status 429;" in told
    assert re.search(r"internal;(?:\n +#.*)?\n +client_max_body_size 0;", told), "nginx asks again"
    most = re.search(r"client_max_body_size (\d+)m;", told)
    assert most
    assert f"不能超过 {most[1]} MB" in render_to_string("too-large.html")
    assert int(most[1]) * 2**20 >= DATA_UPLOAD_MAX_MEMORY_SIZE


def test_two_sets_of_before_stay_beside_the_present_one(tmp_path: Path, settings: Any) -> None:
    kept = ""
    for n, version in enumerate("abcd"):
        settings.STATIC_URL = f"/static/{version}/"
        kept = _laid(tmp_path)
        os.utime(tmp_path / "static" / version, (n, n))
    assert kept == "bcd"
    assert list((tmp_path / "static").glob(".*")) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert main(["static", str(tmp_path / "file")]) == 1
    assert "不能写入" in capsys.readouterr().err
