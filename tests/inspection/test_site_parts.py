"""Where there is no network 现场 has every part of its page: what the page names, its
worker keeps.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.test import Client

from tests.architecture.test_house_rules import ROOT
from tests.make import Cast

STATIC = ROOT / "taizhang" / "web" / "static"


def test_the_worker_keeps_every_part_of_the_page(people: Cast, login: Any, settings: Any) -> None:
    page = login(people.users["inspector"]).get("/site/").content.decode()
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    answer = Client().get("/site/worker.js")
    worker = answer.content.decode()
    found = re.search(r"^const PARTS = (\[.*?\]);", worker, re.MULTILINE)
    assert found is not None

    assert set(json.loads(found[1])) == named
    assert len(named) > 5
    assert f'const SET = "{settings.STATIC_URL}";' in worker
    assert answer.headers["Cache-Control"] == "no-cache"


def test_one_script_makes_photos_smaller() -> None:
    drawing = {path.name for path in STATIC.glob("*.js") if "toBlob(" in path.read_text("utf-8")}

    assert drawing == {"shrink.js"}
