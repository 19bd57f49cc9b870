"""A line of a template may be broken where the break leaves nothing behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template

from taizhang.config.broken_lines import joined


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("核对以后，\n    再保存。", "核对以后，再保存。"),
        ("“通知”\n要求", "“通知” 要求"),  # these quotes are not wide
        ("共\n  3 条\n  <b>", "共 3 条 <b>"),
        ("{% if a == b\n  and c %}是{% endif %}", "{% if a == b and c %}是{% endif %}"),
        ('<a\n  href="{{\n  place }}">', '<a href="{{ place }}">'),
        ("{# Context: one,\n   two. #}\n\n<p>", "{# Context: one, two. #} <p>"),
    ],
)
def test_what_a_break_leaves_behind(broken: str, whole: str) -> None:
    assert joined(broken) == whole


def test_templates_are_read_with_their_lines_joined() -> None:
    source: str = get_template("inspection/finding.html").template.source  # type: ignore[attr-defined]
    assert "问题 {{ finding.number }}" in source
    assert "\n" not in source


@pytest.mark.parametrize("room", sorted(apps.app_configs))
def test_every_template_can_be_read(room: str) -> None:
    folder = Path(apps.get_app_config(room).path, "templates")
    for path in folder.rglob("*.html"):
        get_template(path.relative_to(folder).as_posix())


def test_no_text_area_counts_on_a_break_of_its_template() -> None:
    """Whose break would be a blank on the page, and two lines of what is written one."""
    for config in apps.get_app_configs():
        for path in Path(config.path, "templates").rglob("*.html"):
            for written in re.findall(
                r"<textarea\b.*?>(.*?)</textarea>", path.read_text(), re.DOTALL
            ):
                assert "\n" not in re.sub(r"{[%{].*?[%}]}", "", written, flags=re.DOTALL), path
