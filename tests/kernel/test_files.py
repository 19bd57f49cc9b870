"""What telephones make is refused with what to do."""

from __future__ import annotations

import pytest

from taizhang.kernel import files
from taizhang.kernel.errors import BadInput


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x00\x00\x00\x18ftypavif" + bytes(20), "AVIF 图片.*JPG"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP 图片.*JPG"),
        (b"\x00\x00\x00\x18ftypisom" + bytes(20), "MP4 录像.*JPG"),
    ],
)
def test_a_picture_or_film_of_a_telephone_is_refused_with_help(data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        files.format_of(data)
