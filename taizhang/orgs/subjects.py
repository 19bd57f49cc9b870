"""What the objects of journal lines are called: `user:47` is an account, and whose."""

from __future__ import annotations

from collections.abc import Iterable

from taizhang.kernel.journal import labels as journal_labels
from taizhang.orgs.models import Organisation, User

_PLACES = ("organisation", "branch")


def _keys(pairs: Iterable[tuple[str, str, str]], stems: tuple[str, ...]) -> set[int]:
    return {int(key) for stem, _, key in pairs if stem in stems and key.isascii() and key.isdigit()}


def in_words(subjects: Iterable[str]) -> dict[str, str]:
    """Each with its kind in words, and with its name where accounts, organisations and what the
    rooms above entered have one. Two queries, and one for each kind of these.
    """
    pairs = {subject: subject.partition(":") for subject in subjects}
    users = User.objects.filter(pk__in=_keys(pairs.values(), ("user",)))
    names = {f"user:{one.pk}": f"{one.name}（{one.username}）" for one in users}
    for one in Organisation.objects.filter(pk__in=_keys(pairs.values(), _PLACES)):
        names |= {f"{stem}:{one.pk}": one.short_name for stem in _PLACES}
    for stem, called in journal_labels.NAMES.items():
        if keys := _keys(pairs.values(), (stem,)):
            names |= {f"{stem}:{key}": name for key, name in called(keys).items()}
    return {
        subject: f"{journal_labels.SUBJECTS.get(stem, stem)} {names.get(subject, key)}".strip()
        for subject, (stem, _, key) in pairs.items()
    }
