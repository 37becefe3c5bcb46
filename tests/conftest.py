"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def shared_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts are cut once for all tests, and kept for the next run; it takes half a minute."""
    root = Path(__file__).parents[1]
    monkeypatch.setenv("CASEBUILDER_CACHE", str(root / ".cache" / "tests"))
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
