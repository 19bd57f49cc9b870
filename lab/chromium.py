"""The Chromium that benches and browser tests drive."""

from __future__ import annotations

import os
import shutil

_NAMES = ("chromium-headless-shell", "chromium")
"""Best without windows, which takes a fifth less of the processor."""
_INSTALLED = [found for name in _NAMES if (found := shutil.which(name, path="/usr/bin"))]
CHROMIUM = os.environ.get("TAIZHANG_CHROMIUM", next(iter(_INSTALLED), "/usr/bin/chromium"))
"""Another one by `TAIZHANG_CHROMIUM`."""
