"""What no linter knows (HOUSE)."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from taizhang.ledgers.kinds import KINDS
from tests import conftest, database
from tools import vendor

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for room in ("taizhang", "lab")
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
]
TEMPLATES = list((ROOT / "taizhang").rglob("*.html"))
DOCS = ROOT / "docs"


def test_no_file_is_over_500_lines() -> None:
    every = [
        *SOURCES,
        *TEMPLATES,
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "taizhang").rglob("app.*"),
    ]
    assert [str(p) for p in every if len(p.read_text("utf-8").splitlines()) > 500] == []


def test_views_ask_queries_and_never_the_database() -> None:
    for path in SOURCES:
        if path.name.endswith("views.py") or path.parent.name == "views":
            names = [
                node.attr
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Attribute)
            ]
            assert "objects" not in names, path


def test_every_template_says_what_it_needs() -> None:
    assert [p.name for p in TEMPLATES if not p.read_text("utf-8").startswith("{# Context:")] == []


def test_no_comment_of_a_template_goes_on_in_another_line_and_so_shows() -> None:
    lines = [line for path in TEMPLATES for line in path.read_text().splitlines()]
    assert [line for line in lines if line.count("{#") != line.count("#}")] == []


def test_no_line_of_a_template_is_over_120() -> None:
    lines = [line for path in TEMPLATES for line in path.read_text("utf-8").splitlines()]
    assert [line for line in lines if len(line) > 120] == []


_MOMENT = re.compile(r"\{(?![^{}]*localtime)[^{}]*?(?:_at|\.at)(?:\(\))?:%[YFmd]")
_QUOTED = re.compile(r"“\{[^{}]*\[:\s?\w+\][^{}]*\}")


def test_a_moment_is_told_by_the_clocks_here() -> None:
    """The database keeps moments in UTC; templates turn them by themselves, where no filter cuts
    the text of one.
    """
    wrong = [str(p) for p in SOURCES if _MOMENT.search(p.read_text("utf-8"))]
    cut = [str(p) for p in TEMPLATES if re.search(r"made_at\|slice", p.read_text("utf-8"))]
    assert wrong + cut == []


def test_what_is_cut_in_a_sentence_says_so_in_one_way() -> None:
    own = ROOT / "taizhang" / "kernel" / "text.py"
    assert [str(p) for p in SOURCES if p != own and _QUOTED.search(p.read_text("utf-8"))] == []


def test_what_is_refused_takes_the_cursor() -> None:
    """Of every page; a part of one is told by the script that fetched it."""
    parts = {"files.html"}
    for path in TEMPLATES:
        told = re.findall(r"<\w+ [^>]*role=\"alert\"[^>]*>", path.read_text("utf-8"))
        assert path.name in parts or all("autofocus" in one for one in told), path


def test_nothing_runs_inline() -> None:
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        assert not re.search(r"\son\w+=|\sstyle=|hx-on|<script>|<style>|https?://", text), path


def test_a_missing_migration_stops_the_run_with_one_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wanted(name: str, **about: Any) -> None:
        assert (name, about["check"]) == ("makemigrations", True)
        raise SystemExit(1)

    monkeypatch.setattr(database, "template", lambda: database.make("never made"))
    monkeypatch.setattr(database, "call_command", wanted)

    with pytest.raises(pytest.exit.Exception, match=r"manage\.py makemigrations") as stopped:
        conftest.template_or_stop()
    assert stopped.value.returncode == 1


def test_vendored_files_are_as_listed() -> None:
    assert vendor.wrong() == []


def test_every_kind_has_its_line_in_the_glossary() -> None:
    text = (DOCS / "glossary.md").read_text("utf-8")
    assert [slug for slug in KINDS if f"`{slug}`" not in text] == []


def test_decisions_are_numbered_once() -> None:
    numbers = [p.name[:4] for p in (DOCS / "adr").glob("*.md")]
    assert len(set(numbers)) == len(numbers)
    for path in (DOCS / "adr").glob("*.md"):
        text = path.read_text("utf-8")
        assert all(f"## {part}" in text for part in ("Context", "Decision", "Consequences")), path


def test_every_decision_has_its_day_and_says_whether_it_stands() -> None:
    told = {path.name: path.read_text("utf-8") for path in sorted((DOCS / "adr").glob("*.md"))}
    pattern = (
        r"# \d+ · .+\n\nDate: \d{4}-\d{2}-\d{2} · Status: (accepted|superseded by ADR (\d+))\n\n"
    )

    heads = {name: re.match(pattern, text) for name, text in told.items()}

    assert [name for name, head in heads.items() if head is None] == []
    later = {head[2] for head in heads.values() if head and head[2]}
    assert later <= {f"{int(name[:4])}" for name in told}


def test_no_address_of_a_registry_and_no_machine_path() -> None:
    for path in [*ROOT.glob("*.lock"), ROOT / "Makefile", ROOT / "pyproject.toml", *SOURCES]:
        assert not re.search(
            r"index-url|find-links|https://files|/(?:work|root)/", path.read_text("utf-8")
        ), path


def test_no_journey_waits_half_a_second_after_each_answer() -> None:
    """`visit` and `settle` wait until what a page asked for has come (ADR 79)."""
    journeys = (ROOT / "tests" / "browser").glob("test_*.py")
    assert [path.name for path in journeys if "networkidle" in path.read_text("utf-8")] == []
