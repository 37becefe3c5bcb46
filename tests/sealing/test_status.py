"""`casebuilder status`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from casebuilder.cli import main
from sealing import canaries

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def series(tmp_path: Path) -> Path:
    canaries.write(tmp_path, canaries.tree())
    return tmp_path


def status(series: Path, as_of: str, form: str = "text") -> str:
    result = CliRunner().invoke(main, ["status", "--as-of", as_of, "--format", form, "--series", str(series)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_it_says_state_next_step_and_what_is_missing(series: Path) -> None:
    text = status(series, "2026-03-10")
    assert re.search(r"2026-03-canary-case +open +closes 2026-03-13", text)
    assert "1 expert response missing" in text
    assert "2026-02-draft" in text
    assert "questions missing" in text


def test_after_the_close_it_asks_for_commentary_and_consent(series: Path) -> None:
    (series / f"commentary/{canaries.SLUG}/commentary.md").unlink()
    text = status(series, "2026-03-20")
    assert "commentary missing" in text
    assert 'consent pending for quote "q4"' in text


def test_it_lists_the_next_ninety_days_and_no_more(series: Path) -> None:
    listed = status(series, "2025-12-06").split("The next 90 days\n")[1].splitlines()
    assert [" ".join(line.split()) for line in listed[:3]] == [
        "2026-02-06 opens 2026-02-draft (a draft)", f"2026-03-06 opens {canaries.SLUG}", "",
    ]  # fmt: skip
    assert "nothing" in status(series, "2026-06-01")


def test_json_has_the_same_facts_as_text(series: Path) -> None:
    data = json.loads(status(series, "2026-03-10", "json"))
    case = next(case for case in data["cases"] if case["case"] == canaries.SLUG)
    assert (case["state"], case["next"], case["due"]) == ("open", "closes", "2026-03-13T00:00:00+00:00")
    assert [date["what"] for date in data["dates"]] == ["closes", "releases"]
