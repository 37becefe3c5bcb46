"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

# Fonts for the web are cut once for all tests, and kept for the next run: it takes half a minute. This stands here
# and not in a fixture because fixtures of modules and sessions build sites too.
os.environ["CASEBUILDER_CACHE"] = str(Path(__file__).parents[1] / ".cache" / "tests")
os.environ["NO_MKDOCS_2_WARNING"] = "1"
