"""What was handed in, what was read of it, and which records came of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from taizhang.kernel.secret import SealedTextField
from taizhang.kernel.writing.moments import told_at
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile
from taizhang.orgs.actor import KEEPERS
from taizhang.orgs.models import Organisation

if TYPE_CHECKING:
    from taizhang.orgs.actor import Actor


class Batches(models.QuerySet["Batch"]):
    """Batches; pages reach them only through `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the branches whose ledgers the actor keeps: what was not confirmed yet is nobody
        else's.
        """
        kept = models.Q(pk__in=())
        for grant in actor.grants:
            if grant.role in KEEPERS:
                end = grant.path[:-1] + "0"
                kept |= models.Q(branch__path__gte=grant.path, branch__path__lt=end)
        return self.filter(kept)


class Batch(models.Model):
    """What one person handed in for one branch at one time."""

    branch = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("收件时间")
    drop = models.CharField(max_length=20, blank=True)
    """What the files of one drop share, which the page sends one by one."""
    undone_at = models.DateTimeField("撤销时间", null=True)
    stayed = models.JSONField(default=list)
    """The records that were put right since and stayed when it was undone, in words."""

    objects = Batches.as_manager()

    class Meta:
        verbose_name = "收件"
        ordering = ("-pk",)

    def __str__(self) -> str:
        """Branch and time."""
        return f"{self.branch} {told_at(self.at)}"


class Papers(models.QuerySet["Paper"]):
    """Documents; pages reach them only through `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of batches that the actor sees."""
        return self.filter(batch__in=Batch.objects.visible_to(actor))


class Paper(models.Model):
    """One document of a file: what it was taken for, and the records that are proposed."""

    class State(models.TextChoices):
        UNREAD = "unread", "正在识别"
        OPEN = "open", "待核对"
        ENTERED = "entered", "已入账"
        ASIDE = "aside", "不入账"
        SAME = "same", "重复文件"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="papers")
    file = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("文件", max_length=150)
    sha256 = models.CharField(max_length=64, db_index=True)
    where = models.CharField("位置", max_length=120, blank=True)
    kind = models.CharField("台账", max_length=40, blank=True)
    certain = models.BooleanField(default=False)
    is_list = models.BooleanField(default=False)
    proposed = SealedTextField(blank=True)
    """The records and warnings as JSON."""
    state = models.CharField("状态", max_length=10, choices=State, default=State.UNREAD)

    objects = Papers.as_manager()

    class Meta:
        verbose_name = "收到的文件"
        ordering = ("pk",)

    def __str__(self) -> str:
        """File and place."""
        return f"{self.file_name} {self.where}".strip()

    def entered_before(self, **where: str) -> str:
        """That the branch entered the file before, or what stands there in it, in words; empty if
        not.
        """
        entered = models.Q(state=self.State.ENTERED) | models.Q(entered__isnull=False)
        here = models.Q(batch__branch=self.batch.branch, batch__undone_at=None)
        earlier = Paper.objects.filter(entered, here, sha256=self.sha256, **where).first()
        if earlier is None:
            return ""
        day = timezone.localtime(earlier.batch.at)
        return f"这份文件已于{day:%Y-%m-%d %H:%M}收件并入账。"

    @property
    def ledger(self) -> LedgerKind | None:
        """The ledger that it was taken for."""
        return KINDS.get(self.kind)

    @property
    def said(self) -> str:
        """How sure that is, in words."""
        return self.said_with(())

    def said_with(self, doubts: Collection[str]) -> str:
        """The same, where something speaks against entering it without a look."""
        if self.file_id is None:
            return "没有收下"
        if self.ledger is None:
            return "认不出"
        return "可直接入账" if self.certain and not doubts else "请核对"


class ColumnSaid(models.Model):
    """What a header of a sheet means to a bureau, said once by one of its clerks."""

    root = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    """The organisation at the top, which all branches of the bureau are below."""
    kind = models.CharField("台账", max_length=40)
    header = models.CharField("表里的列名", max_length=60)
    label = models.CharField("栏目", max_length=60, blank=True)
    """The field's label; blank for a column that is left out."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "列的记忆"
        ordering = ("kind", "header")
        constraints = [
            models.UniqueConstraint(fields=("root", "kind", "header"), name="intake_column_once")
        ]

    def __str__(self) -> str:
        """Header and label."""
        return f"{self.header}＝{self.label or '不读入'}"

    @property
    def ledger(self) -> LedgerKind | None:
        """The ledger whose sheets have the column."""
        return KINDS.get(self.kind)


class Entered(models.Model):
    """A record that came of a document."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="entered")
    kind = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("paper", "kind", "entry_id"), name="intake_once")
        ]

    def __str__(self) -> str:
        """Kind and key."""
        return f"{self.kind}:{self.entry_id}"
