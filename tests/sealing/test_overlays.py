"""The sealed half may live in another folder, laid over the series when it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casebuilder import pipeline, published
from sealing import canaries

if TYPE_CHECKING:
    from pathlib import Path

RESPONSE = f"cases/{canaries.SLUG}/responses/{canaries.word('respondersfile')}.md"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    files = canaries.tree()
    files["mkdocs.yml"] = str(files["mkdocs.yml"]).replace(
        "small_count: 1", "small_count: 1\n      overlays: [../sealed]"
    )
    sealed = {path: files.pop(path) for path in list(files) if "/responses/" in path or path.startswith("commentary/")}
    canaries.write(tmp_path / "public", files)
    canaries.write(tmp_path / "sealed", sealed)
    return tmp_path / "public"


def words(root: Path, as_of: str) -> str:
    reading = pipeline.read(root, as_of=as_of)
    assert not reading.errors()
    return repr(published.publish(reading.series, reading.as_of))


def test_an_overlay_is_seen_from_the_release_and_not_before(series: Path) -> None:
    assert canaries.word("responsebody") not in words(series, "2026-03-26T23:59")
    after = words(series, "2026-03-27")
    assert canaries.word("responsebody") in after
    assert canaries.word("commentarybody") in after


def test_the_series_builds_without_its_overlay_while_it_is_sealed(series: Path) -> None:
    (series.parent / "sealed").rename(series.parent / "elsewhere")
    assert canaries.word("storybody") in words(series, "2026-03-10")


def test_a_problem_in_an_overlay_names_the_overlays_file(series: Path) -> None:
    place = series.parent / "sealed" / RESPONSE
    place.write_text(place.read_text().replace("title:", "titel:"))
    found = pipeline.read(series).errors()
    assert {problem.path for problem in found} == {f"../sealed/{RESPONSE}"}
