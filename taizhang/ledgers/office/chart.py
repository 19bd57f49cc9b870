"""组织架构图 (L14): derived from posts and groups on a day, drawn as SVG, with the days on which it
changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from taizhang.ledgers.kinds.charts import ChartVersion
from taizhang.orgs.models import CommitteePost, GroupLeader, GroupMember, Organisation, Post
from taizhang.orgs.queries import roster as orgs


@dataclass(frozen=True)
class GroupBox:
    """One Party group: its leaders and members on the day."""

    name: str
    leaders: list[str]
    members: list[str]


@dataclass(frozen=True)
class Chart:
    """Who stands where on a day; `changed_on` are the days on which that changed, the
    latest first.
    """

    branch: Organisation
    day: date
    posts: list[tuple[str, list[str]]]
    groups: list[GroupBox]
    members: int
    outside: list[str]
    """Members in no group, where there are groups."""
    changed_on: list[date]
    version_on: date | None
    """Since when the version in use holds."""

    @property
    def is_stale(self) -> bool:
        """Whether something changed after the version in use was made, or none was made yet."""
        last = next((day for day in self.changed_on if day <= self.day), None)
        return last is not None and (self.version_on is None or self.version_on < last)


def chart(branch: Organisation, day: date) -> Chart:
    """The chart of a branch on a day."""
    posts = CommitteePost.objects.current().filter(orgs.running(day), branch=branch)
    order = {str(code): at for at, code in enumerate(Post.values)}
    held: dict[str, list[str]] = {}
    for post in sorted(posts.select_related("person"), key=lambda p: (order[p.post], p.pk)):
        held.setdefault(post.get_post_display(), []).append(post.person.name)
    people = dict(orgs.members(branch, day).values_list("pk", "name"))
    groups, grouped = _groups(branch, day, people)
    outside = [name for key, name in people.items() if key not in grouped] if groups else []
    version = ChartVersion.objects.current().filter(branch=branch, valid_from__lte=day)
    return Chart(
        branch,
        day,
        list(held.items()),
        groups,
        len(people),
        outside,
        _changes(branch),
        version.order_by("-valid_from").values_list("valid_from", flat=True).first(),
    )


def _groups(
    branch: Organisation, day: date, people: dict[int, str]
) -> tuple[list[GroupBox], set[int]]:
    found, grouped = [], set()
    leaders = GroupLeader.objects.current().filter(orgs.running(day), branch=branch)
    inside = GroupMember.objects.current().filter(orgs.running(day), branch=branch)
    led = list(leaders.select_related("person").order_by("pk"))
    spells = list(inside.order_by("pk").values_list("group_id", "person_id"))
    for group in orgs.groups(branch, day).order_by("valid_from", "pk"):
        keys = [person for own, person in spells if own == group.pk and person in people]
        grouped |= set(keys)
        names = [one.person.name for one in led if one.group_id == group.pk]
        found.append(GroupBox(group.name, names, [people[key] for key in keys]))
    return found, grouped


def _changes(branch: Organisation) -> list[date]:
    """Every day on which a post, a group or its leader began or ended."""
    spells: Iterable[tuple[date, date | None]] = (
        *CommitteePost.objects.current().filter(branch=branch).values_list("from_on", "to_on"),
        *GroupLeader.objects.current().filter(branch=branch).values_list("from_on", "to_on"),
        *orgs.all_groups(branch).values_list("valid_from", "valid_to"),
    )
    return sorted({day for spell in spells for day in spell if day is not None}, reverse=True)


@dataclass(frozen=True)
class Box:
    """A rectangle with lines of text: (text, is it a name)."""

    x: int
    y: int
    w: int
    h: int
    texts: list[tuple[str, str]]
    """Text and class of each line, from the top."""

    @property
    def middle(self) -> int:
        """Where its text is centred."""
        return self.x + self.w // 2

    @property
    def lines(self) -> list[tuple[int, str, str]]:
        """(y, text, class) of each line."""
        return [(self.y + 22 + 20 * at, text, kind) for at, (text, kind) in enumerate(self.texts)]


@dataclass
class Drawing:
    """Boxes and lines, and how large the whole is."""

    width: int
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    lines: list[tuple[int, int, int, int]] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)


_W, _GAP, _MARGIN, _ACROSS = 168, 16, 20, 5
_PER_LINE = 3


def draw(found: Chart) -> Drawing:
    """The branch on top, its committee below, the groups hanging from it; at most five boxes side
    by side.
    """
    widest = max(1, min(_ACROSS, max(len(found.posts), len(found.groups))))
    drawing = Drawing(_MARGIN * 2 + max(widest * (_W + _GAP) - _GAP, 420))
    middle = drawing.width // 2
    top = Box(
        middle - 200,
        _MARGIN,
        400,
        58,
        [(found.branch.full_name[:24], "head"), (f"党员{found.members}人（{found.day}）", "note")],
    )
    drawing.boxes.append(top)
    bottom = top.y + top.h
    if found.posts:
        bottom = _frame(
            drawing, bottom, [[(p, "note"), *((n, "name") for n in ns)] for p, ns in found.posts]
        )
    if found.groups:
        bottom = _row(drawing, bottom, [_of_group(group) for group in found.groups])
    drawing.height = bottom + _MARGIN
    return drawing


def _of_group(group: GroupBox) -> list[tuple[str, str]]:
    leaders = "、".join(group.leaders) or "（未定）"
    names = [
        "　".join(group.members[at : at + _PER_LINE])
        for at in range(0, len(group.members), _PER_LINE)
    ]
    return [
        (group.name, "name"),
        (f"组长：{leaders}", "name"),
        (f"党员{len(group.members)}人", "note"),
        *((n, "note") for n in names),
    ]


def _frame(drawing: Drawing, above: int, texts: list[list[tuple[str, str]]]) -> int:
    """The committee: its posts side by side in one frame that hangs from the branch; answers where
    it ends.
    """
    middle = drawing.width // 2
    drawing.lines.append((middle, above, middle, above + 24))
    first, y = len(drawing.boxes), above + 34
    for start in range(0, len(texts), _ACROSS):
        part = texts[start : start + _ACROSS]
        left = middle - (len(part) * (_W + _GAP) - _GAP) // 2
        height = max(len(lines) for lines in part) * 20 + 14
        drawing.boxes += [
            Box(left + at * (_W + _GAP), y, _W, height, lines) for at, lines in enumerate(part)
        ]
        y += height + 10
    left = min(box.x for box in drawing.boxes[first:]) - 10
    drawing.frames.append(Box(left, above + 24, (middle - left) * 2, y - above - 24, []))
    return y


def _row(drawing: Drawing, above: int, texts: list[list[tuple[str, str]]]) -> int:
    """Rows of boxes below what was drawn, each hanging from a line; answers where they end."""
    middle = drawing.width // 2
    for start in range(0, len(texts), _ACROSS):
        part = texts[start : start + _ACROSS]
        wide = len(part) * (_W + _GAP) - _GAP
        left, bus, y = middle - wide // 2, above + 20, above + 40
        height = max(len(lines) for lines in part) * 20 + 14
        drawing.lines.append((middle, above, middle, bus))
        for at, lines in enumerate(part):
            box = Box(left + at * (_W + _GAP), y, _W, height, lines)
            drawing.boxes.append(box)
            drawing.lines.append((box.middle, bus, box.middle, y))
        first, last = drawing.boxes[-len(part)].middle, drawing.boxes[-1].middle
        drawing.lines.append((min(first, middle), bus, max(last, middle), bus))
        above = y + height
    return above
