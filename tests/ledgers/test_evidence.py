"""Files: kept once by their content, refused when they are not what they should be, counted on the
record.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from PIL import Image

from taizhang.checks import facts
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence import photos
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile
from taizhang.papers.official.paper import Official
from taizhang.papers.writers import pdf
from taizhang.rules.marks import distance
from tests.architecture.test_rights import read_out
from tests.make import Cast, picture, raw, save

MEETINGS = KINDS["meetings"]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def meeting(people: Cast, now: datetime) -> Any:
    return save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))


def _take(people: Cast, now: datetime, data: bytes, name: str = "a.png") -> evidence.Taken:
    return evidence.take_in(
        branch=people.own, name=name, data=data, kind="", actor=people.actor("clerk"), now=now
    )


def test_the_same_bytes_are_kept_once_and_may_serve_many_records(
    people: Cast, now: datetime, meeting: Any
) -> None:
    first, again = _take(people, now, picture()), _take(people, now, picture(), "又一次.png")
    talk = save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    for kind, entry in ((MEETINGS, meeting), (KINDS["talks"], talk)):
        evidence.attach(
            file=first.file, kind=kind, entry=entry, actor=people.actor("clerk"), now=now
        )

    assert (again.known, again.file.pk) == (True, first.file.pk)
    meeting.refresh_from_db()
    assert (meeting.n_files, meeting.n_pictures) == (1, 1)
    rows = facts.tables(facts.Slice(people.own.pk), ["files"])["files"]
    assert {row.source for row in rows} == {"meetings", "talks"}


@pytest.mark.parametrize(
    ("said", "data", "kept"),
    [
        ("sign_sheet", PDF, "sign_sheet"),
        ("", PDF, "document"),
        ("", picture(), "photo"),
        ("?", picture(), "photo"),
    ],
)
def test_a_file_is_of_the_kind_that_is_said_or_that_its_bytes_are(
    people: Cast, now: datetime, said: str, data: bytes, kept: str
) -> None:
    taken = evidence.take_in(
        branch=people.own, name="a", data=data, kind=said, actor=people.actor("clerk"), now=now
    )
    assert taken.file.kind == kept


def test_what_a_picture_tells_is_kept_and_not_shown(people: Cast, now: datetime) -> None:
    taken = _take(people, now, picture(form="JPEG", taken="2016:03:08 15:40:00")).file

    assert taken.taken_at is not None
    assert f"{taken.taken_at:%F}" == "2016-03-08"
    with evidence.store().open(evidence.path_of(taken.sha256, "shown")) as shown:
        assert not dict(Image.open(shown).getexif())


def test_a_copy_of_a_picture_is_near_and_another_is_far() -> None:
    grey = Image.linear_gradient("L").resize((320, 240)).rotate(30)
    out, small = io.BytesIO(), io.BytesIO()
    grey.save(out, "PNG")
    grey.resize((200, 150)).save(small, "JPEG", quality=60)

    one, copy, other = (photos.look_at(d) for d in (out.getvalue(), small.getvalue(), picture()))

    assert distance(one.mark, copy.mark) <= 6
    assert distance(one.mark, other.mark) > 6
    assert distance(one.mark, photos.look_at(out.getvalue()).mark_mirrored) > 6


def _zip(names: list[str], data: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            package.writestr(name, data)
    return out.getvalue()


def _word(text: str) -> bytes:
    return _zip(["[Content_Types].xml", "word/document.xml"], text.encode())


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.png", b"", "空的"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "损坏"),
        ("a.jpg", b"<svg onload=alert(1)>", "不是图片"),
        ("a.html", b"<script>alert(1)</script>", "不是图片"),
        ("a.gif", b"GIF89a" + b"0" * 60, "损坏"),
        ("a.exe", b"MZ" + bytes(range(256)), "不是文本"),
        ("a.docm", _zip(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), "宏"),
        ("a.zip", _zip(["a.txt"]), "不是 Word 或 Excel"),
        ("a.pdf", b"%PDF-1.4 cut short", "不完整"),
        ("a.docx", lambda: _word("0" * 60_000_000), "炸弹"),
        ("机密★文件.pdf", PDF, "涉密"),
        ("a.docx", _word("<w:p><w:r>机密</w:r><w:r>★5年</w:r></w:p>"), "密级“机密★5年”"),
        ("a.docx", _word("<w:p>期末试卷</w:p><w:p>绝密★启用前</w:p>"), "密级“绝密★启用前”"),
        ("a.docx", _word("<w:p>秘密</w:p><w:p>情况通报</w:p>"), "密级“秘密”"),
        (
            "a.xlsx",
            _zip(["[Content_Types].xml", "xl/sharedStrings.xml"], "<si>秘密★</si>".encode()),
            "密级",
        ),
        ("a.pdf", lambda: pdf.written(Official(title="机密★一年")), "密级“机密★一年"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "机密★十年\r通知".encode("utf-16-le"),
            "密级“机密★十年",
        ),
    ],
)
def test_hostile_files_are_refused_in_plain_words(
    people: Cast, now: datetime, name: str, data: bytes | Callable[[], bytes], told: str
) -> None:
    given = data if isinstance(data, bytes) else data()
    with pytest.raises(BadInput, match=told):
        _take(people, now, given, name)
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "<w:p>我志愿加入中国共产党，严守党的纪律，保守党的秘密</w:p>",
        "<w:p>表决方式</w:p><w:p>秘密投票</w:p>",
        "<w:p>学习保密法</w:p>" + "<w:p>内容。</w:p>" * 400 + "<w:p>机密★是标志</w:p>",
    ],
)
def test_what_only_speaks_of_secrets_is_taken(people: Cast, now: datetime, text: str) -> None:
    assert not _take(people, now, _word(text), "a.docx").known


def test_a_giant_picture_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (20000, 20000)).save(out, "PNG")
    with pytest.raises(BadInput, match="过大"):
        photos.look_at(out.getvalue())


def test_names_lose_their_paths_and_control_characters(people: Cast, now: datetime) -> None:
    assert _take(people, now, PDF, "..\\..\\etc/a\x07b\u202e.pdf").file.name == "ab.pdf"


def test_another_branch_neither_sees_nor_uses_it(
    people: Cast, now: datetime, meeting: Any, login: Any
) -> None:
    file = _take(people, now, picture()).file
    foreign = login(people.users["foreign"])
    theirs = save(people.other, people.actor("foreign"), now, "talks", **raw("talks", "二"))

    assert foreign.get(f"/evidence/{file.pk}/").status_code == 403
    assert foreign.get(f"/evidence/{file.pk}/small/").status_code == 403
    with pytest.raises(BadInput):
        evidence.attach(
            file=file, kind=KINDS["talks"], entry=theirs, actor=people.actor("foreign"), now=now
        )
    with pytest.raises(NotAllowed):
        evidence.throw_away(file=file, actor=people.actor("foreign"), now=now)


def test_the_page_uploads_names_what_was_refused_and_keeps_the_rest(
    people: Cast, meeting: Any, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    files = [_named("好.png", picture()), _named("坏.png", b"nothing"), _named("同.png", picture())]

    answer = clerk.post(f"/ledgers/meetings/{meeting.pk}/files/", {"file": files})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "坏.png" in text
    assert "好.png" in text
    assert "以前上传过" in text
    assert EvidenceFile.objects.count() == 1


def _named(name: str, data: bytes) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def test_only_a_pdf_without_scripts_is_looked_at_in_the_browser(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    plain = _take(people, now, PDF, "a.pdf").file
    armed = _take(
        people, now, PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), "b.pdf"
    ).file

    said = []
    for file in (plain, armed):
        answer = clerk.get(f"/evidence/{file.pk}/?look=1")
        said.append(answer["Content-Disposition"])
        read_out(answer)

    assert said[0].startswith("inline")
    assert said[1].startswith("attachment")


def test_a_file_in_use_is_not_thrown_away_and_one_that_is_not_is_listed(
    people: Cast, now: datetime, meeting: Any, login: Any
) -> None:
    file, actor = _take(people, now, picture()).file, people.actor("clerk")
    assert file.name in login(people.users["clerk"]).get("/evidence/unused/").content.decode()
    link = evidence.attach(file=file, kind=MEETINGS, entry=meeting, actor=actor, now=now)
    with pytest.raises(WrongState):
        evidence.throw_away(file=file, actor=actor, now=now)

    evidence.detach(link=link, kind=MEETINGS, entry=meeting, actor=actor, now=now)
    evidence.throw_away(file=file, actor=actor, now=now)

    meeting.refresh_from_db()
    assert meeting.n_files == 0
    assert file.name not in login(people.users["clerk"]).get("/evidence/unused/").content.decode()


def _heic(taken: str = "") -> bytes:
    from pillow_heif import from_pillow

    image = Image.open(io.BytesIO(picture(form="JPEG", taken=taken)))
    out = io.BytesIO()
    from_pillow(image.resize((640, 480))).save(out, exif=image.info.get("exif"))
    return out.getvalue()


def test_a_photo_of_a_telephone_is_kept_as_it_came_and_shown_as_others(
    people: Cast, now: datetime, login: Any
) -> None:
    data = _heic("2016:03:08 15:40:00")

    taken = _take(people, now, data, "IMG_0001.HEIC").file

    assert (taken.mime, taken.width, taken.height) == ("image/heic", 640, 480)
    assert taken.taken_at is not None
    page = login(people.users["clerk"]).get(f"/evidence/{taken.pk}/large/")
    shown = Image.open(io.BytesIO(b"".join(page.streaming_content)))
    assert (shown.format, shown.size) == ("JPEG", (640, 480))


def test_a_broken_photo_of_a_telephone_is_refused(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput, match="图片已损坏"):
        _take(people, now, _heic()[:400], "IMG_0001.HEIC")
