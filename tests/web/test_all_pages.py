"""Every registered page, as the one who may open it: one heading, a way back, little weight,
labels, numbers that lead on, colours with marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.architecture import test_rights
from tests.architecture.test_rights import TABLE
from tests.conftest import NOW
from tests.make import Cast

pytestmark = pytest.mark.django_db
HEAVIEST = 60_000
BY = ("office", "clerk", "inspector", "system", "security", "audit", "member", "anonymous")
"""As whom a page is opened: the first of these who may."""
TOPS = {
    "web:help", "web:me", "web:messages", "web:accounts", "web:login-rules", "web:journal",
    "checks:board", "checks:meetings", "checks:todo", "checks:branch-todo", "checks:scope", "checks:rules", "checks:branch", "ledgers:kinds",
    "ledgers:mine", "ledgers:search", "ledgers:list", "ledgers:organisations", "ledgers:objections", "ledgers:disposals",
    "ledgers:calendar", "inspection:rounds", "inspection:import",
    "inspection:team-todo", "inspection:own", "intake:home", "papers:templates", "api-docs",
}  # fmt: skip
"""Where the menu, the head of the page or one's start lead: they need no way back."""
addresses = test_rights.addresses
"""The fixture that makes one thing of each sort."""
APART = {"inspection:site", "web:login"}
"""The page of a device without a network, and the one before all others."""
RAW = {"api-docs"}
"""What is written for programs."""
_MACHINE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
_COLOURED = re.compile(r"\b(?:t-(?:one|two|none)|d-(?:lacks|late)|m-missed)\b")


class Tables(HTMLParser):
    """The rows of a page's tables: of each cell its class, its words, and whether it or its row
    leads anywhere.
    """

    def __init__(self) -> None:
        """Nothing read yet."""
        super().__init__()
        self.rows: list[list[dict[str, str]]] = []
        self.led: list[bool] = []
        self.labels: list[tuple[int, list[int]]] = []
        self._phone = self._in_head = False
        self._heads = 0
        self._counts: list[int] = []
        self._classes: list[str] = []
        self.crooked: list[str] = []
        """Numbers on the right below a head on the left."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell, a link within one."""
        about = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._phone, self._heads, self._counts = "phone-list" in about.get("class", ""), 0, []
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self.rows.append([])
            self.led.append(False)
            if self._in_head:
                self._heads, self._classes = 0, []
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append(
                {
                    "tag": tag,
                    "class": about.get("class", ""),
                    "text": "",
                    "span": about.get("colspan", ""),
                }
            )
            self._heads += int(about.get("colspan", 1)) if self._in_head else 0
            if self._in_head:
                self._classes.append(about.get("class", ""))
        elif tag in ("a", "button", "input", "select") and self.led:
            self.led[-1] = True

    def handle_endtag(self, tag: str) -> None:
        """The head or a row is over."""
        if tag == "thead":
            self._in_head = False
        elif tag == "tr" and not self._in_head and len(self.rows[-1]) == len(self._classes):
            self.crooked += (
                cell["text"]
                for cell, head in zip(self.rows[-1], self._classes, strict=True)
                if "n" in cell["class"].split() and "n" not in head.split()
            )
        if tag == "tr" and self._phone and not self._in_head and self.rows[-1]:
            if not any(cell["span"] for cell in self.rows[-1]):
                self._counts.append(len(self.rows[-1]))
        elif tag == "table" and self._phone:
            self.labels.append((self._heads, self._counts))
            self._phone = False

    def handle_data(self, data: str) -> None:
        """Words within a cell."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1]["text"] += data.strip()


def _faults(name: str, page: str) -> Iterator[str]:
    if '<html lang="zh-Hans">' not in page or not re.search(
        r"<title>[^<]+ · 党支部台账</title>", page
    ):
        yield "no language or no title"
    if name not in APART and page.count("<h1") != 1:
        yield f"{page.count('<h1')} headings"
    if len(page.encode()) > HEAVIEST:
        yield f"{len(page.encode())} bytes"
    if name not in APART and ('class="crumbs"' in page) == (name in TOPS):
        yield "way back"
    ids = re.findall(r'\sid="([^"]+)"', page)
    told = re.findall(r'aria-(?:describedby|labelledby|controls)="([^"]+)"', page)
    if len(ids) != len(set(ids)) or {one for some in told for one in some.split()} - set(ids):
        yield "ids"
    if name not in RAW and _MACHINE_TIME.search(re.sub(r"<[^>]*>", " ", page)):
        yield "a moment as machines write it"
    if NOW.astimezone(UTC).strftime("%Y-%m-%d %H:%M") in page:
        yield "a moment by clocks elsewhere"
    yield from _chosen_for_a_person(page)
    yield from _of_tables(page)


def _chosen_for_a_person(page: str) -> Iterator[str]:
    """Lists that a form must have an answer of, and that stand at their first line though nobody
    chose it and nothing on record says it.
    """
    must = set(re.findall(r'<label class="must" for="([^"]+)"', page))
    for about, lines in re.findall(r"<select\b([^>]*)>(.*?)</select>", page, re.DOTALL):
        key = re.search(r'\bid="([^"]+)"', about)
        first = re.search(r"<option\b([^>]*)>", lines)
        if not (key and key[1] in must and first) or lines.count("<option") < 2:
            continue
        if " selected" not in lines and 'value=""' not in first[1]:
            yield f"{key[1]} is chosen for a person"


def _figures_that_lead_nowhere(page: str) -> list[str]:
    """What a page comes to, told before its lists; nothing is behind a 0."""
    above = re.findall(r'<(ul|ol|p) class="counts[^"]*"[^>]*>(.*?)</\1>', page, re.DOTALL)
    plain = [re.sub(r"<a\b.*?</a>", "", told, flags=re.DOTALL) for _, told in above]
    found = [one for told in plain for one in re.findall(r"<b>\s*([^<]*?)\s*</b>", told)]
    return [one for one in found if _NUMBER.fullmatch(one) and one != "0"]


def _of_tables(page: str) -> Iterator[str]:
    for number in _figures_that_lead_nowhere(page):
        yield f"number {number} above the lists leads nowhere"
    tables = Tables()
    tables.feed(page)
    for heads, counts in tables.labels:
        if any(n != heads for n in counts):
            yield f"a row of {counts} cells below {heads} heads has no labels on a phone"
    yield from (f"number {one} on the right, its head on the left" for one in tables.crooked)
    for row, led in zip(tables.rows, tables.led, strict=True):
        for cell in row:
            if (
                cell["tag"] == "td"
                and not led
                and _NUMBER.fullmatch(cell["text"])
                and cell["text"] != "0"
            ):
                yield f"number {cell['text']} leads nowhere"
            if _COLOURED.search(cell["class"]) and not cell["text"]:
                yield f"colour {cell['class']} without a mark"


NUMBERS = {
    "web:journal": "the number of a line is its own, and stands in no other list",
    "ledgers:calendar": "the days of a month",
    "inspection:scores": "the numbers of the requirements, as the notice gives them, and sums of the form below",
    "inspection:progress": "the units of each state are the tiles below, each with its mark",
    "inspection:consult": "answers are given on site; each that is a problem stands in the list below",
    "papers:burden": "sums of what was measured; no record is named, so nobody is measured",
    "papers:template": "how often a mark stands in the office's own file",
}
"""Pages on which a number may stand without a link → why."""


def test_every_registered_page_holds_to_what_pages_hold_to(
    people: Cast, addresses: dict[str, str]
) -> None:
    clients, found, looked = {}, {}, 0
    for name, (allowed, _) in TABLE.items():
        who = next((one for one in BY if one in allowed), "")
        if not who:
            continue
        if who not in clients:
            clients[who] = Client()
            if who != "anonymous":
                clients[who].force_login(people.users[who])
        answer = clients[who].get(addresses[name])
        test_rights.read_out(answer)
        if (
            answer.status_code != 200
            or answer.streaming
            or "<html" not in answer.content[:400].decode("utf-8", "ignore")
        ):
            continue
        looked += 1
        faults = sorted(
            {
                one
                for one in _faults(name, answer.content.decode())
                if not (name in NUMBERS and one.startswith("number"))
            }
        )
        if faults:
            found[name] = faults
    assert not found, "\n".join(f"{name}: {some}" for name, some in found.items())
    assert looked > 60
