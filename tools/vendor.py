"""Checks the vendored files against their manifest: `python tools/vendor.py --check`."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "taizhang" / "web" / "static" / "vendor"


def wrong() -> list[str]:
    """What differs from the manifest."""
    found = []
    for line in json.loads((FOLDER / "MANIFEST.json").read_text("utf-8")):
        held = hashlib.sha256((FOLDER / line["file"]).read_bytes()).hexdigest()
        if held != line["sha256"]:
            found.append(f"{line['file']}: {held}")
    return found


if __name__ == "__main__":
    problems = wrong()
    print("\n".join(problems) or "vendored files are as listed")
    sys.exit(1 if problems else 0)
