"""What of a unit was looked at, and what was not: no paper says anything of what nobody saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from taizhang.inspection.models import Answer, Finding, Visit

GONE = (Finding.Standing.DROPPED, Finding.Standing.CANCELLED)


@dataclass(frozen=True)
class Seen:
    """The requirements of a visit by how they were looked at."""

    total: int
    read: int
    """On site or on paper."""
    accepted: int
    """Taken from what the ledgers show, without looking at them one by one."""
    unread: list[str]
    """The titles of those of which nobody said anything."""
    said: bool
    """Whether the team wrote down a problem or a highlight, of a requirement or of none."""

    @property
    def nothing(self) -> bool:
        """Whether nobody looked at anything."""
        return not (self.read or self.accepted or self.said)


def of_visit(visit: Visit) -> Seen:
    """Read from the answers that hold, and from the problems: who wrote one has looked."""
    how: dict[int, str] = {}
    for item, said in visit.answers.filter(holds=True).values_list("item_id", "how"):
        if how.get(item) in (None, Answer.How.SYSTEM):
            how[item] = said
    found = visit.findings.exclude(standing__in=GONE)
    told = found.filter(item__isnull=False).values_list("item__pk", flat=True)
    how |= dict.fromkeys(told, Answer.How.SEEN)
    items = list(visit.unit.area.round.items.all())
    accepted = sum(said == Answer.How.SYSTEM for said in how.values())
    unread = [f"{item.no}. {item.title}" for item in items if item.pk not in how]
    wrote = found.exists() or visit.highlights.filter(gone_at__isnull=True).exists()
    return Seen(len(items), len(how) - accepted, accepted, unread, wrote)


def before_letters(visits: Iterable[Visit]) -> list[str]:
    """What the office has to know before it issues: of which units nothing good, nothing wrong or
    nothing at all is said.
    """
    told: dict[str, list[str]] = {}
    for visit in visits:
        for hint in _hints(visit):
            told.setdefault(hint, []).append(visit.unit.name)
    return [f"{hint}：{'、'.join(names)}。" for hint, names in told.items()]


def _hints(visit: Visit) -> Iterator[str]:
    if of_visit(visit).nothing:
        yield "没有任何查阅记录，反馈意见只写未查阅、不作评价"
    elif not visit.findings.filter(standing=Finding.Standing.CONFIRMED).exists():
        yield "没有问题，只发简短反馈，不要求报送整改方案和报告"
    if not visit.achievements.strip():
        yield "没有写“肯定的成绩和经验”，反馈意见中也不写"


def unseen(visit: Visit) -> list[str]:
    """What nobody saw, in words: no one of the unit came, or requirements of which nobody said
    anything.
    """
    items = visit.unit.area.round.items.count()
    looked = visit.answers.filter(holds=True).aggregate(n=Count("item", distinct=True))["n"]
    found = []
    if not visit.attendees.filter(Q(present=True) | ~Q(substitute="")).exists():
        found.append("没有登记被督查单位的任何人到场")
    if looked < items:
        found.append(f"{items}项要求中有{items - looked}项没有登记检查情况")
    return found
