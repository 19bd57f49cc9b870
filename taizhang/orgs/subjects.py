"""What the objects of journal lines are called: `user:47` is an account, and whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from taizhang.kernel.journal import labels as journal_labels
from taizhang.orgs.models import Organisation, User

_PLACES = ("organisation", "branch")


def _keys(pairs: Iterable[tuple[str, str, str]], stems: tuple[str, ...]) -> set[int]:
    return {int(key) for stem, _, key in pairs if stem in stems and key.isascii() and key.isdigit()}


def names(subjects: Iterable[str]) -> dict[str, str]:
    """The names of accounts, organisations and of what the rooms above entered; what has none is
    not among them. Two queries, and one for each kind of these.
    """
    pairs = [subject.partition(":") for subject in set(subjects)]
    users = User.objects.filter(pk__in=_keys(pairs, ("user",)))
    found = {f"user:{one.pk}": f"{one.name}（{one.username}）" for one in users}
    for one in Organisation.objects.filter(pk__in=_keys(pairs, _PLACES)):
        found |= {f"{stem}:{one.pk}": one.short_name for stem in _PLACES}
    for stem, called in journal_labels.NAMES.items():
        if keys := _keys(pairs, (stem,)):
            found |= {f"{stem}:{key}": name for key, name in called(keys).items()}
    return found


def in_words(subject: str, known: Mapping[str, str]) -> str:
    """Its kind in words, and its name where `known` has one, else its key."""
    stem, _, key = subject.partition(":")
    return f"{journal_labels.SUBJECTS.get(stem, stem)} {known.get(subject, key)}".strip()
