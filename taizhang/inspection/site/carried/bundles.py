"""What a bundle holds when it comes back: entries and pictures, checked before anything of it is
believed.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from taizhang.inspection.site import entries as e
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.orgs.actor import Actor

MOST_PHOTOS = 500


class Photo(BaseModel):
    """A picture that was taken without a network."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: UUID
    visit: int = Field(gt=0, lt=2**62)
    item: int | None = Field(None, gt=0, lt=10_000)
    made_at: datetime
    data: str

    def content(self) -> bytes:
        """Its bytes."""
        try:
            return base64.b64decode(self.data, validate=True)
        except binascii.Error as broken:
            raise BadInput("照片的内容读不出来。") from broken


class _Bundle(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    user: int
    entries: list[e.AnyEntry] = Field(max_length=e.MOST)
    photos: list[Photo] = Field(max_length=MOST_PHOTOS)


def read(told: object, actor: Actor) -> tuple[list[e.AnyEntry], list[Photo]]:
    """The entries and pictures of the actor's own bundle."""
    try:
        found = _Bundle.model_validate(told)
    except ValidationError as wrong:
        place = ".".join(str(part) for part in wrong.errors()[0]["loc"])
        raise BadInput(f"成果文件的内容不对（{place}），没有读入任何内容。") from wrong
    if found.user != actor.user.pk:
        raise NotAllowed("这是另一位督查员的成果，请由他本人登录后上传。")
    return found.entries, found.photos
