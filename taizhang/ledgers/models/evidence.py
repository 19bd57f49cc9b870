"""佐证材料: files, kept once by their content, and the records that each serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from taizhang.kernel.secret import SealedTextField
from taizhang.orgs.models import Organisation

if TYPE_CHECKING:
    from taizhang.orgs.actor import Actor


class EvidenceQuerySet(models.QuerySet["EvidenceFile"]):
    """Files; pages reach them only through `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the branches that the actor may read today."""
        return self.filter(actor.scope("branch__path"))


class EvidenceFile(models.Model):
    """One file of a branch. Its bytes never change: they stand under their own hash."""

    class Kind(models.TextChoices):
        MINUTES = "minutes", "会议记录扫描件"
        SIGN_SHEET = "sign_sheet", "签到表"
        PHOTO = "photo", "照片"
        SCREENSHOT = "screenshot", "截图"
        DOCUMENT = "document", "文件"
        RECEIPT = "receipt", "票据"
        FORM = "form", "表册"

    branch = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=150)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    mime = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField("大小")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    mark = models.BigIntegerField(null=True, db_index=True)
    mark_mirrored = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField("拍摄时间", null=True)
    named_on = models.DateField(null=True, editable=False)
    """The day that the name gives."""
    device = models.CharField(max_length=60, blank=True)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True, editable=False)
    """When its words were put into the search."""

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "佐证材料"
        constraints = [models.UniqueConstraint(fields=("branch", "sha256"), name="evidence_once")]

    def __str__(self) -> str:
        """The name."""
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.mime.startswith("image/")


class EvidenceLink(models.Model):
    """A file serves a record."""

    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    on = models.DateField()
    """The day of the record."""
    is_active = models.BooleanField(default=True)
    """False when the record was withdrawn."""
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("file", "kind", "entry_id"), name="evidence_link_once")
        ]
        indexes = [models.Index(fields=("kind", "entry_id"))]

    def __str__(self) -> str:
        """File and record."""
        return f"{self.file_id}→{self.kind}:{self.entry_id}"


class EvidenceVersion(models.Model):
    """A file of a record gave way to a newer one; what was thrown out of force stays readable."""

    kind = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="replaced")
    newer = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("更换原因", max_length=200)
    at = models.DateTimeField("更换时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "材料的旧版本"
        indexes = [models.Index(fields=("kind", "entry_id"))]

    def __str__(self) -> str:
        """Both files."""
        return f"{self.file_id}→{self.newer_id}"


class Recognised(models.Model):
    """What was recognised on the pages of a file that are pictures, kept because it takes seconds;
    sealed, for the pages may say what ledgers seal.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    """Of the file."""
    told = SealedTextField()
    """Edition and hash of a page's picture → what was told of it, as JSON."""

    class Meta:
        verbose_name = "识别出的文字"

    def __str__(self) -> str:
        """The file."""
        return self.sha256
