"""What a notice says: the document of `taizhang notice read --json`. What is absent is null, never guessed."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


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


class Team(_Part):
    """Who inspects."""

    leader: str | None = None
    deputies: list[str] = []
    members: list[str] = []


class Area(_Part):
    """One group of units, its sessions and its team."""

    name: str
    organisations: list[Inspected] = []
    sessions: list[Session] = []
    team: Team | None = None


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


class Warning_(_Part):  # noqa: N801  (`Warning` is Python's)
    """What could not be read, or contradicts, and where."""

    code: str
    message: str
    where: str


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
    items: list[Item] = []
    warnings: list[Warning_] = []

    def warn(self, code: str, message: str, where: str) -> None:
        """Note something that a person must look at."""
        warning = Warning_(code=code, message=message, where=where)
        if warning not in self.warnings:
            self.warnings.append(warning)
