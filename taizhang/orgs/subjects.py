"""What the objects of journal lines are called: `user:47` is an account, and whose."""

from __future__ import annotations

from collections.abc import Iterable

from taizhang.kernel import verbs
from taizhang.orgs.models import Organisation, User

_PLACES = ("organisation", "branch")


def in_words(subjects: Iterable[str]) -> dict[str, str]:
    """Each with its kind in words, and with the name where it is an account or an organisation. Two queries."""
    pairs = {subject: subject.partition(":") for subject in subjects}
    keys: dict[bool, set[int]] = {True: set(), False: set()}
    for stem, _, key in pairs.values():
        if key.isascii() and key.isdigit() and stem in ("user", *_PLACES):
            keys[stem == "user"].add(int(key))
    names = {f"user:{one.pk}": f"{one.name}（{one.username}）" for one in User.objects.filter(pk__in=keys[True])}  # fmt: skip
    for one in Organisation.objects.filter(pk__in=keys[False]):
        names |= {f"{stem}:{one.pk}": one.short_name for stem in _PLACES}
    return {
        subject: f"{verbs.SUBJECTS.get(stem, stem)} {names.get(subject, key)}".strip()
        for subject, (stem, _, key) in pairs.items()
    }
