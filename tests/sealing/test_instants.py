"""The sample series as of some instants: each can be built again, and only what the dates explain differs."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebuilder import pipeline, published

if TYPE_CHECKING:
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

ROOT = Path(__file__).parents[2]
#: Before the series began, in and around each kind of step, and when all of it is out.
INSTANTS = (
    "2024-09-26",
    "2024-09-27",
    "2024-10-11",
    "2025-04-10",
    "2025-10-06T07:00",
    "2025-10-08T07:00",
    "2026-02-06",
    "2026-03-27",
    "2026-04-03",
    "2026-05-08",
)
#: In each run those after the larger steps; `make judge` looks at all.
FEW = INSTANTS[1::2]
ALL = pytest.param(INSTANTS, marks=pytest.mark.large)
STEPS = [pytest.param(*step, marks=pytest.mark.large) for step in itertools.pairwise(INSTANTS)]


@cache
def built(as_of: str) -> dict[str, str]:
    """Every page and file by path, as a digest."""
    site = pipeline.make(pipeline.read(ROOT, as_of=as_of), pipeline.BuildOptions(packs=False))
    contents = {page.path: page.text.encode() for page in site.pages} | {file.path: file.read() for file in site.files}
    return {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}


@cache
def public(as_of: str) -> Series:
    reading = pipeline.read(ROOT, as_of=as_of)
    return published.publish(reading.series, reading.as_of)


def as_seen(series: Series) -> dict[str, Case]:
    return {case.slug: case for case in series.cases}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *itertools.pairwise(FEW),
        *(pytest.param(*pair, marks=pytest.mark.large) for pair in itertools.pairwise(INSTANTS)),
    ],
)
def test_a_case_page_differs_only_where_the_case_does(before: str, after: str) -> None:
    old, new = built(before), built(after)
    cases = as_seen(public(before)), as_seen(public(after))
    differing = {slug for slug in cases[0].keys() | cases[1].keys() if cases[0].get(slug) != cases[1].get(slug)}
    assert differing, "each instant shows something new"
    for path in old.keys() | new.keys():
        kind, _, rest = path.partition("/")
        slug = rest.split("/")[0]
        if kind == "cases" and slug in cases[1] and slug not in differing and not path.endswith("index.md"):
            assert old.get(path) == new.get(path), f"{path} changed from {before} to {after}"
        if kind in {"assets", "schema"} and "social" not in path:
            assert old[path] == new[path], f"{path} has nothing to do with dates"


@pytest.mark.parametrize("instants", [FEW, ALL])
def test_what_is_there_once_stays_there(instants: tuple[str, ...]) -> None:
    for before, after in itertools.pairwise(instants):
        gone = {path for path in built(before).keys() - built(after).keys() if "2025-03-open-door" not in path}
        assert not gone, f"from {before} to {after}"


def test_another_process_makes_the_same_bytes() -> None:
    as_of = FEW[-1]
    code = (
        "import hashlib, pathlib; from casebuilder import pipeline;"
        f"made = pipeline.make(pipeline.read(pathlib.Path({str(ROOT)!r}), as_of={as_of!r}),"
        "                     pipeline.BuildOptions(packs=False));"
        "pairs = [(p.path, p.text.encode()) for p in made.pages] + [(f.path, f.read()) for f in made.files];"
        "print(hashlib.sha256(repr(sorted((p, hashlib.sha256(c).hexdigest()) for p, c in pairs)).encode()).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    completed = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    own = hashlib.sha256(repr(sorted(built(as_of).items())).encode()).hexdigest()
    assert completed.stdout.strip() == own
