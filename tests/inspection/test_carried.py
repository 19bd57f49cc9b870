"""现场 in a file: sealed, whole without a server, and what comes back is stored once and only for
whoever made it.
"""

from __future__ import annotations

import base64
import io
import json
import re
from typing import Any
from uuid import uuid4

import pytest

from taizhang.inspection.models import Answer, SitePhoto
from taizhang.inspection.site.carried import along, sealed
from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from tests.inspection.conftest import Scene
from tests.make import picture, raw, save

WORD = "ein langes Wort"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is made slowly against guessing; tests need none of it."""
    monkeypatch.setattr(sealed, "ROUNDS", 1000)


def _taken_along(scene: Scene, login: Any, who: str = "inspector") -> str:
    client = login(scene.people.users[who])
    answer = client.post("/site/file/", {"passphrase": WORD, "again": WORD})
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def _inside(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="sealed">(.*?)</script>', page)
    assert found is not None
    return sealed.unseal(sealed.PACK, found[1].encode(), WORD)


def _bundle(scene: Scene, who: str = "inspector", **about: Any) -> bytes:
    told = {"visit": scene.own.pk, "made_at": scene.now.isoformat()}
    entry = told | {"kind": "answer", "key": str(uuid4()), "item": 1, "verdict": "missing"}
    photo = told | {"key": str(uuid4()), "item": 1, "data": base64.b64encode(picture()).decode()}
    whole = {"user": scene.people.users[who].pk, "entries": [entry], "photos": [photo]} | about
    return json.dumps(sealed.seal(sealed.BUNDLE, whole, WORD)).encode()


def _back(scene: Scene, login: Any, data: bytes, who: str = "inspector", word: str = WORD) -> Any:
    client = login(scene.people.users[who])
    return client.post("/site/file/back/", {"file": io.BytesIO(data), "passphrase": word})


def test_one_file_has_page_scripts_and_the_sealed_pack(scene: Scene, login: Any) -> None:
    page = _taken_along(scene, login)
    assert [one["unit"] for one in _inside(page)["pack"]["visits"]] == ["甲校", "乙校"]
    assert "甲校" not in page
    assert not re.search(r'(src|href)="/static', page)
    assert "正在读取本机保存的内容" in page
    assert JournalLine.objects.latest("seq").detail["paper"] == "offline pack"


def test_records_behind_a_sample_go_along_masked_with_their_pictures(scene: Scene) -> None:
    people, clerk = scene.people, scene.people.actor("clerk")
    entry = save(people.own, clerk, scene.now, "meetings", **raw("meetings"))
    file = evidence.take_in(branch=people.own, name="a.png", data=picture(), kind="", actor=clerk, now=scene.now).file  # fmt: skip
    evidence.attach(file=file, kind=KINDS["meetings"], entry=entry, actor=clerk, now=scene.now)
    address, gone = f"/ledgers/meetings/{entry.pk}/", "/ledgers/meetings/999/"
    listed = {"reasons": [{"url": "/ledgers/meetings/?branch=1"}, {"url": ""}]}
    pack = {"visits": [{"sample": [{"url": address}, {"url": gone}], "items": {"1": listed}}]}

    found = along.records(pack, people.actor("inspector"))

    assert list(found) == [address]
    assert found[address]["files"][0]["data"].startswith("data:image/jpeg;base64,")
    assert ["会议名称", "三月支委会"] in found[address]["lines"]


def test_what_comes_back_is_stored_once(scene: Scene, login: Any) -> None:
    data = _bundle(scene)
    said = _back(scene, login, data).content.decode()
    assert "新记入1条；照片收下1张" in said
    assert "新记入0条" in _back(scene, login, data).content.decode()
    assert (Answer.objects.get().verdict, SitePhoto.objects.count()) == ("missing", 1)


def test_only_whoever_made_it_hands_it_in(scene: Scene, login: Any) -> None:
    assert _back(scene, login, _bundle(scene), who="team_leader").status_code == 403
    assert _back(scene, login, _bundle(scene, who="clerk"), who="clerk").status_code == 200
    assert not Answer.objects.exists()
    assert not SitePhoto.objects.exists()


@pytest.mark.parametrize(
    ("data", "word", "told"),
    [
        (b"x", WORD, "不是离线包导出的"), (b"[]", WORD, "不是离线包导出的"), (b"{}", WORD, "不是离线包导出的"),
        (json.dumps({"is": "taizhang-bundle", "rounds": 10**12, "salt": "", "nonce": "", "data": ""}).encode(), WORD, "不是离线包导出的"),
        (b"", "another word", "口令不对"), (b"changed", WORD, "口令不对"), (b"pack", WORD, "不是离线包导出的"),
    ],
    ids=["text", "list", "object", "for ever", "another word", "changed", "pack"],
)  # fmt: skip
def test_what_is_no_bundle_is_refused_in_words(
    scene: Scene, login: Any, data: bytes, word: str, told: str
) -> None:
    given = {b"": _bundle(scene), b"pack": json.dumps(sealed.seal(sealed.PACK, {}, WORD)).encode()}
    if data == b"changed":
        whole = json.loads(_bundle(scene))
        data = json.dumps(whole | {"nonce": base64.b64encode(b"x" * 12).decode()}).encode()
    answer = _back(scene, login, given.get(data, data), word=word)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    "about", [{"entries": [{"kind": "nothing"}]}, {"entries": 3}, {"photos": [{}]}, {"more": 1}], ids=str
)  # fmt: skip
def test_what_a_bundle_says_is_checked(scene: Scene, login: Any, about: dict[str, Any]) -> None:
    answer = _back(scene, login, _bundle(scene, **about))
    assert (answer.status_code, "成果文件的内容不对" in answer.content.decode()) == (422, True)


def test_a_passphrase_is_long_and_said_twice(scene: Scene, login: Any) -> None:
    client = login(scene.people.users["inspector"])
    for word, again, told in (("short", "short", "至少10个字符"), (WORD, "another", "两次输入")):
        answer = client.post("/site/file/", {"passphrase": word, "again": again})
        assert (answer.status_code, told in answer.content.decode()) == (422, True)
    stranger = login(scene.people.users["clerk"])
    answer = stranger.post("/site/file/", {"passphrase": WORD, "again": WORD})
    assert "没有由您检查的单位" in answer.content.decode()


def test_one_sealed_file_does_not_pass_for_the_other() -> None:
    told = sealed.seal(sealed.PACK, {}, WORD) | {"is": sealed.BUNDLE}
    with pytest.raises(BadInput, match="改动过"):
        sealed.unseal(sealed.BUNDLE, json.dumps(told).encode(), WORD)
