"""What was found in records' words when they were saved: lines of the search, phrases, and
sketches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from taizhang.orgs.actor import Actor


class SearchLineQuerySet(models.QuerySet["SearchLine"]):
    """Lines of the search; pages reach them only through `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the branches that the actor may read today."""
        return self.filter(actor.scope("branch__path"))


class SearchLine(models.Model):
    """The words of one record or file, by which it is found; what is sensitive is left out."""

    branch = models.ForeignKey("orgs.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    day = models.DateField(null=True)
    title = models.CharField(max_length=200)
    text = models.TextField()

    objects = SearchLineQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=("kind", "entry_id")),
            models.Index(fields=("branch", "day")),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title


class TextPhrase(models.Model):
    """A phrase found in a record's text."""

    branch = models.ForeignKey("orgs.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    code = models.CharField(max_length=40)
    words = models.CharField(max_length=100, blank=True)
    first_on = models.DateField(null=True)
    on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=("branch", "kind")),
            models.Index(fields=("kind", "entry_id")),
        ]

    def __str__(self) -> str:
        """The code."""
        return self.code


class TextSketch(models.Model):
    """The sketch of a record's text, packed."""

    branch = models.ForeignKey("orgs.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    about = models.CharField(max_length=40)
    on = models.DateField()
    joint = models.BooleanField(default=False)
    """The record says that it was held together with another unit."""
    length = models.PositiveIntegerField()
    slots = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=("branch", "kind")),
            models.Index(fields=("kind", "entry_id")),
        ]

    def __str__(self) -> str:
        """Kind and key."""
        return f"{self.kind}:{self.entry_id}"
