"""A series of 90 generated cases: which of its pages grow with it, and how far."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bench.generator import generate

from casebuilder import pipeline, published
from casebuilder.outputs.site import pages

if TYPE_CHECKING:
    from casebuilder.published import PublishedSeries

pytestmark = [pytest.mark.slow, pytest.mark.large]

ROOT = Path(__file__).parents[1]
#: The list of cases has all of them; a page of a topic names all of its own, since without a script nothing else does.
#: A person's page grows up to a dozen cases in each part.
GROWING = re.compile(r"cases/|topics/[^/]+/|experts/[^/]+/|schedule/\d+/")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> PublishedSeries:
    folder = tmp_path_factory.mktemp("series")
    generate(ROOT, folder, 90)
    reading = pipeline.read(folder)
    return published.publish(reading.series, reading.as_of)


@pytest.fixture(scope="module")
def made(public: PublishedSeries) -> dict[str, str]:
    return {page.path: page.text for page in pages.render(public)}


def links(text: str) -> int:
    """To how many cases a page leads."""
    return len(set(re.findall(r'href="[^"#]*cases/(\d{4}-[^/"]+)/', text)))


def test_no_page_lists_all_cases_but_the_list_of_cases(public: PublishedSeries, made: dict[str, str]) -> None:
    assert links(made["cases/index.md"]) == 90
    assert max(links(text) for path, text in made.items() if path != "cases/index.md") <= 60
    fewer = replace(public, cases=public.cases[-65:], collections=(), volumes=())
    before = {page.path: page.text for page in pages.render(fewer)}
    same = {path for path in made.keys() & before.keys() if not GROWING.match(path)}
    assert {"index.md", "facilitators/index.md", "experts/index.md", "competencies/index.md", "search/index.md"} <= same
    assert {path for path in same if len(made[path]) > 1.1 * len(before[path]) + 1000} == set()


def test_who_had_a_part_in_many_of_them_is_one_choice_away(made: dict[str, str]) -> None:
    person = made["experts/tan-mei-ling/index.md"]
    assert links(person) <= 60
    count = int(re.findall(r"All (\d+) cases with Tan Mei Ling", person)[0])
    listed = made["cases/index.md"]
    assert f'<option value="tan-mei-ling" data-label="Tan Mei Ling">Tan Mei Ling ({count})</option>' in listed
    options = re.findall(r'<option value="([^"]*)"', listed.partition("data-numbered>")[2].partition("</select>")[0])
    number = str(options.index("tan-mei-ling"))
    assert sum(number in said.split() for said in re.findall(r'data-person="([^"]*)"', listed)) == count
