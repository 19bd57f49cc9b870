"""Pictures as cameras make them: those of telephones (HEIC) are opened like any other."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

HEIC = "HEIF"
"""What the library calls the format of telephones."""


@lru_cache(maxsize=1)
def _prepared() -> None:
    from pillow_heif import register_heif_opener  # noqa: PLC0415  (only pictures need it)

    register_heif_opener()


def opened(data: bytes) -> Image.Image:
    """The picture, of which nothing but its head was read; raises what the library raises."""
    from PIL import Image  # noqa: PLC0415  (only pictures need it)

    _prepared()
    return Image.open(io.BytesIO(data))
