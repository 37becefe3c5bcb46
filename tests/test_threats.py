"""The page of threats names the test of each claim; the tests have to be there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/handbook/threats.md").read_text(encoding="utf-8")
ACTORS = ("A reader", "A contributor", "An editor", "A maintainer", "A dependency")


def test_it_says_who_could_do_harm_and_what_cannot_be_hidden() -> None:
    headings = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    assert headings[: len(ACTORS)] == list(ACTORS)
    assert "What a public repository can never hide" in headings


def test_each_claim_of_a_table_names_what_shows_it() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ")]
    rows = [line.strip("| ").split(" | ") for line in lines if not re.match(r"\| An? \w+ could", line)]
    assert len(rows) > 20
    for row in rows:
        assert len(row) == 3, row
        assert re.search(r"`(tests/|make |\.github/)", row[2]), row


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:tests|\.github)/[^`]+)`", PAGE))))
def test_what_shows_it_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`tests/test_zoo\.py` \(([^)]+)\)", PAGE))))
def test_the_series_of_the_zoo_are_there(name: str) -> None:
    for each in re.findall(r"`([^`]+)`", name):
        assert (ROOT / "tests/zoo" / each).is_dir(), each


def test_make_has_the_targets_that_it_names() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", PAGE)) <= targets
