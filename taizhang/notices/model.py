"""What a notice says: the document of `taizhang notice read --json`. What is absent is null, never
guessed.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    def __eq__(self, other: object) -> bool:
        """The same in what is written; where it was read does not count."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]


class Period(_Part):
    """The years or days that the work inspected lies in."""

    from_: date | None = Field(None, alias="from")
    to: date | None = None


class Contact(_Part):
    """Whom to ask."""

    office: str | None = None
    person: str | None = None
    phone: str | None = None


class Attachment(_Part):
    """An annex as the notice lists it."""

    no: int | None
    title: str


class Inspected(_Part):
    """A unit as it is written, with the units that it stands for besides."""

    name: str
    includes: list[str] = []
    note: str | None = None


class Session(_Part):
    """When and where an area is inspected; hours as `09:00`."""

    date: str | None = None
    start: str | None = None
    end: str | None = None
    venue: str | None = None
    until: str | None = None
    """The last day, where several days in a row are written."""
    _undated: str = PrivateAttr("")
    """The day as it is written, where its year is not known: two such days are two sessions."""

    def __eq__(self, other: object) -> bool:
        """The same in what is written, the days without a year too."""
        return super().__eq__(other) and self._undated == getattr(other, "_undated", "")

    __hash__ = None

    def keep_day(self, text: str) -> None:
        """Keep a day whose year is not known."""
        self._undated = text


class Team(_Part):
    """Who inspects. `units` are those that send people, where no names or not only names are
    written.
    """

    leader: str | None = None
    deputies: list[str] = []
    members: list[str] = []
    units: list[str] = []
    posts: dict[str, str] = {}
    """Name → post, as it stands beside the name."""


class Stage(_Part):
    """A part of the work in time, as 第一阶段：自查."""

    name: str
    starts_on: date | None = None
    ends_on: date | None = None


class Deadline(_Part):
    """By when something must be done; no day of the inspection."""

    on: date | None = None
    text: str


class Duration(_Part):
    """How long it takes, as it is written; what day that ends on is not reckoned."""

    number: int
    unit: str
    text: str


class Area(_Part):
    """One group of units, its sessions and its team."""

    name: str
    organisations: list[Inspected] = []
    sessions: list[Session] = []
    team: Team | None = None
    contact: Contact | None = None
    """Whom to ask about this group, where it has a line of its own."""


class Item(_Part):
    """One row of the table of requirements; `requirement` is verbatim, empty where the cell is."""

    no: int
    category: str | None
    subcategory: str | None
    title: str
    requirement: str
    score: float | None = None
    frequency: str | None = None
    """How often, where a column of its own says it."""
    others: dict[str, str] = {}
    """What the other columns say of it, as it stands there, by their headers: 责任人, 完成时限, 评分办法."""


class Warning_(_Part):  # noqa: N801  (`Warning` is Python's)
    """What could not be read, or contradicts, and where."""

    code: str
    message: str
    where: str
    part: str = ""
    """The section or table that it stands in, of what was left."""


class Notice(_Part):
    """A whole notice."""

    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    addressees: list[str] = []
    issued_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    period: Period | None = None
    focus: list[str] = []
    preamble: str | None = None
    """What stands between the addressees and the first numbered part."""
    methods: list[str] = []
    demands: list[str] = []
    contact: Contact = Contact()
    attachments: list[Attachment] = []
    areas: list[Area] = []
    team: Team | None = None
    """A team that the letter names for all."""
    session: Session | None = None
    """A time and place that the letter names for all, where it names no groups."""
    stages: list[Stage] = []
    deadlines: list[Deadline] = []
    duration: Duration | None = None
    items: list[Item] = []
    places: dict[str, str] = {}
    """Path of a value in this document (`areas.0.team.leader`) → where it stands in the file."""
    warnings: list[Warning_] = []
    _made_on: date | None = PrivateAttr(None)
    _origins: dict[int, list[str]] = PrivateAttr(default_factory=dict)

    def came_from(self, area: Area, places: list[str]) -> None:
        """Keep where an area was read."""
        self._origins[id(area)] = list(dict.fromkeys([*self._origins.get(id(area), []), *places]))

    def made(self, day: date | None) -> None:
        """Keep the day beside who filled in a table: not the day of issue, but it has a year."""
        self._made_on = day

    def made_on(self) -> date | None:
        """The day beside who filled in a table."""
        return self._made_on

    def origins(self, area: Area) -> list[str]:
        """The places that an area was read from."""
        return self._origins.get(id(area), [])

    def warn(self, code: str, message: str, where: str, part: str = "") -> None:
        """Note something that a person must look at."""
        warning = Warning_(code=code, message=message, where=where, part=part)
        if warning not in self.warnings:
            self.warnings.append(warning)
