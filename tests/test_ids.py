"""What programs recognise cases by stays the same when a series moves to another address."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from casebuilder.cli import main
from casebuilder.model.series import Settings
from casebuilder.outputs import calendar, feeds
from casebuilder.outputs.epub.package import identifier
from casebuilder.readers import read
from series_factory import SITE, make_case, make_series

if TYPE_CHECKING:
    from pathlib import Path

ADDRESSES = (SITE, "https://moved.example.net/", "http://localhost:8000/x/", "")


def ids(site_url: str, id_base: str) -> dict[str, list[str]]:
    """Every id in each feed and calendar, and that of a book."""
    settings = Settings(timezone="Europe/Dublin", id_base=id_base)
    public = make_series(make_case(topics=("λάθη", "handover")), site_url=site_url, settings=settings)
    ids_by_output = {"book": [identifier(public, "2025")]}
    for file in (*feeds.render(public, ()), *calendar.render(public)):
        text = file.read().decode()
        if file.path.endswith("json"):
            ids_by_output[file.path] = [item["id"] for item in json.loads(text)["items"]]
        elif file.path.endswith((".xml", ".ics")):
            ids_by_output[file.path] = re.findall(
                r"<id>(.*?)</id>|<guid.*?>(.*?)</guid>|UID:(\S+)", text.replace("\r\n ", "")
            )
    return ids_by_output


@pytest.mark.parametrize("address", ADDRESSES)
def test_ids_do_not_follow_the_site_to_another_address(address: str) -> None:
    expected = ids(SITE, "cases-1a2b.invalid")
    assert all(expected.values())
    assert "example.org" not in str(expected)
    assert ids(address, "cases-1a2b.invalid") == expected


def test_a_series_that_sets_its_former_address_keeps_every_id() -> None:
    assert ids("https://moved.example.net/", SITE) == ids(SITE, "")


@pytest.mark.parametrize("base", ["example.org", "https://example.org", "https://example.org/series/"])
def test_a_host_may_stand_alone_or_in_an_address(base: str) -> None:
    assert Settings(id_base=base).id_base in {"https://example.org/", "https://example.org/series/"}


def test_init_gives_each_series_ids_of_its_own(tmp_path: Path) -> None:
    bases = set()
    for place in ("one", "two"):
        result = CliRunner().invoke(main, ["init", str(tmp_path / place), "--name", "Fälle für alle"])
        assert result.exit_code == 0, result.output
        series, problems = read({"mkdocs.yml": (tmp_path / place / "mkdocs.yml").read_text(encoding="utf-8")})
        assert not problems
        host = urlsplit(series.settings.id_base).hostname
        assert re.fullmatch(r"falle-fur-alle-[0-9a-f]{8}\.invalid", host or "")
        bases.add(host)
    assert len(bases) == 2
