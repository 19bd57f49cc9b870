"""Where there is no network 现场 has every part of its page: what the page names, its worker keeps."""

from __future__ import annotations

import json
import re

from tests.architecture.test_house_rules import ROOT

STATIC = ROOT / "taizhang" / "web" / "static"
PAGE = ROOT / "taizhang" / "inspection" / "templates" / "inspection" / "site.html"


def test_the_worker_keeps_every_part_of_the_page() -> None:
    named = set(re.findall(r"{% static '([^']+)' %}", PAGE.read_text("utf-8")))
    found = re.search(r"const PARTS = (\[.*?\]);", (STATIC / "site-worker.js").read_text("utf-8"))
    assert found is not None
    kept = set(json.loads(found[1].replace("PAGE", '"/site/"'))) - {"/site/"}

    assert kept == {f"/static/{name}" for name in named}


def test_one_script_makes_photos_smaller() -> None:
    drawing = {path.name for path in STATIC.glob("*.js") if "toBlob(" in path.read_text("utf-8")}

    assert drawing == {"shrink.js"}
