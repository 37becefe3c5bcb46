"""The editorial board: its page, the people who are on it and have no case yet, and mistakes in `team:`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import feedparser
import pytest

import series_factory as factory
import zoo_keeper
from casebuilder import pipeline, published
from casebuilder.model import TeamGroup
from casebuilder.outputs import feeds, seriesjson
from casebuilder.outputs.site import headmetadata, pages

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.published import PublishedSeries

EDITORS = TeamGroup(title="Editors", people=("luis-ferrer", "zoe-new"))
ADVISERS = TeamGroup(title="Advisers <abroad>", people=("zoe-new",))


@pytest.fixture(scope="module")
def public() -> PublishedSeries:
    """A series with a board, on which Zoe New has no case yet."""
    people = [factory.make_person(name) for name in ("ada-byrne", "luis-ferrer", "mia-sato", "noor-khan", "tom-otieno")]
    zoe = factory.make_person("zoe-new", country="NZ", post="Registrar")
    settings = factory.make_settings(team=(EDITORS, ADVISERS))
    return factory.make_series(people=(*people, zoe), settings=settings)


@pytest.fixture(scope="module")
def site(public: PublishedSeries) -> dict[str, str]:
    return {page.path: page.text for page in headmetadata.render(public, pages.render(public))}


def test_the_page_has_each_group_with_its_people_in_order(site: dict[str, str]) -> None:
    page = site["team/index.md"]
    parts = page.split("\n## ")[1:]
    assert ["Editors" in parts[0], "Advisers &#60;abroad&#62;" in parts[1]] == [True, True]
    assert parts[0].index("../experts/luis-ferrer/") < parts[0].index("../experts/zoe-new/")
    assert "Contributed to 1 case" in parts[0]
    assert "Registrar, New Zealand" in parts[0]
    assert "luis-ferrer" not in parts[1]
    assert "search: {exclude: true}" not in page, "the search finds it"


def test_people_without_a_case_have_a_page_a_feed_and_a_place_in_the_list(
    site: dict[str, str], public: PublishedSeries
) -> None:
    own = site["experts/zoe-new/index.md"]
    assert '<a href="../../team/">Editorial board</a> · Editors · Advisers &lt;abroad&gt;' in own
    assert "Editorial board" not in site["experts/ada-byrne/index.md"]
    assert '<a href="../team/">Editorial board</a>' in site["experts/index.md"]
    assert "../experts/zoe-new/" in site["experts/index.md"]
    made = {file.path: file.read() for file in feeds.render(public, ())}
    feed = feedparser.parse(made["experts/zoe-new/feed.xml"])
    assert (feed.bozo, feed.entries) == (False, [])
    assert feed.feed.title == "Quiet Dilemmas: Zoe New"


def test_the_data_has_the_board(public: PublishedSeries) -> None:
    record = json.loads(next(file for file in seriesjson.render(public) if file.path == "series.json").read())
    assert record["team"][0] == {"title": "Editors", "people": ["Luis Ferrer", "Zoe New"]}


def test_a_series_without_a_board_has_no_such_page_and_no_link_to_it() -> None:
    public = factory.make_series()
    made = {page.path: page.text for page in pages.render(public)}
    assert "team/index.md" not in made
    assert not [path for path, text in made.items() if "team/" in text]


@pytest.mark.parametrize(("language", "title"), [
    ("es", "Comité editorial"), ("fil", "Lupon ng mga patnugot"), ("ar", "هيئة التحرير"),
])  # fmt: skip
def test_its_title_is_in_the_language_of_the_series(language: str, title: str) -> None:
    settings = factory.make_settings(team=(TeamGroup(title="Editors", people=("luis-ferrer",)),))
    public = factory.make_series(settings=settings, language=language)
    page = next(page.text for page in pages.render(public) if page.path == "team/index.md")
    assert f"\n# {title}\n" in page


def with_team(root: Path, team: str) -> pipeline.Reading:
    """The sound series of the zoo with a board."""
    series = zoo_keeper.lay_out("_sound", root)
    settings = series / "mkdocs.yml"
    settings.write_text(f"{settings.read_text(encoding='utf-8').rstrip()}\n      team:\n{team}", encoding="utf-8")
    return pipeline.read(series)


def test_a_name_without_a_profile_is_reported_at_its_place(tmp_path: Path) -> None:
    team = "        - title: Editors\n          people:\n            - ana-ruiz\n            - ben-okafr\n"
    (problem,) = with_team(tmp_path, team).problems
    assert (problem.path, problem.line, problem.column, problem.code) == ("mkdocs.yml", 16, 15, "unknown-person")
    assert problem.hint == 'did you mean "ben-okafor"?'


def test_with_keep_going_only_the_unknown_name_is_left_out(tmp_path: Path) -> None:
    reading = with_team(tmp_path, "        - {title: Editors, people: [zoe-new, ana-ruiz]}\n")
    sound_reading = pipeline.sound_part(reading)
    assert sound_reading is not None
    public = published.publish(sound_reading.series, sound_reading.as_of)
    assert [person.id for group in public.team for person in group.people] == ["ana-ruiz"]
    assert len(public.cases) == 2


def test_somebody_on_the_board_is_not_an_unused_profile(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("unused-person", tmp_path)
    (problem,) = pipeline.read(series).problems
    name = problem.path.removeprefix("experts/").removesuffix(".md")
    settings = series / "mkdocs.yml"
    more = f"      team: [{{title: Advisers, people: [{name}]}}]\n"
    settings.write_text(f"{settings.read_text(encoding='utf-8').rstrip()}\n{more}", encoding="utf-8")
    assert pipeline.read(series).problems == ()
