"""What a page's head tells machines, as they read it in the built site; and where old addresses lead."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from pydantic import ValidationError

from casebuilder import mkdocspages
from casebuilder.model import Pack, Picture, Reference
from casebuilder.model.case import CaseData
from casebuilder.outputs.site import headmetadata, pages, redirects
from casebuilder.pipeline import themefiles
from casebuilder.published import publish
from sealing import canaries
from series_factory import (
    SITE,
    SLUG,
    at,
    make_case,
    make_journal_club,
    make_open_case,
    make_person,
    make_series,
    make_withdrawn_case,
    write_series,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

HOSTILE = 'A & B </script><script>alert(1)</script> <!-- "q" \' {{ e }} \u2028 end'
CASE = f"cases/{SLUG}/index.md"
CLUB = "cases/2025-10-a-year-of-posts/index.md"


def front(series: Series, path: str, *packs: Pack) -> dict[str, Any]:
    """The front matter of a page."""
    (page_found,) = (
        page for page in headmetadata.render(series, pages.render(series, packs), packs) if page.path == path
    )
    return yaml.safe_load(page_found.text.split("---\n")[1])


def head_of(series: Series, path: str, *packs: Pack) -> dict[str, Any]:
    return front(series, path, *packs)["metadata"]


def meta(series: Series, path: str, *packs: Pack) -> list[tuple[str, str]]:
    return [tuple(row) for row in head_of(series, path, *packs).get("meta", [])]


def things(series: Series, path: str) -> dict[str, Any]:
    """The objects of schema.org on a page, by their type."""
    return {thing["@type"]: thing for thing in map(json.loads, head_of(series, path).get("data", []))}


class Head(HTMLParser):
    """A page's head as a browser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.data: list[dict[str, Any]] = []
        self.scripts: list[str] = []
        self._data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta" and (
            name := attributes.get("name") or attributes.get("property") or attributes.get("http-equiv")
        ):
            self.meta.setdefault(name, []).append(attributes["content"])
        if tag == "link":
            self.links.setdefault(attributes["rel"], []).append(attributes["href"])
        self._data = tag == "script" and attributes.get("type") == "application/ld+json"
        if tag == "script" and not self._data:
            self.scripts.append(attributes.get("src", ""))

    def handle_data(self, data: str) -> None:
        if self._data:
            self.data.append(json.loads(data))

    def handle_endtag(self, tag: str) -> None:
        self._data = self._data and tag != "script"


def in_theme(series: Series, path: str, folder: Path) -> Head:
    """A page as the theme prints it."""
    config = MkDocsConfig(str(folder / "mkdocs.yml"))
    (folder / "docs").mkdir()
    config.load_dict(
        {"site_name": series.name, "site_url": series.site_url, "theme": {"name": "material"}, "plugins": []}
    )
    assert config.validate() == ([], [])
    config.theme.dirs.insert(0, str(themefiles.OWN))
    (page_made,) = (page for page in headmetadata.render(series, pages.render(series)) if page.path == path)
    (folder / "docs" / path).parent.mkdir(parents=True)
    (folder / "docs" / path).write_text(page_made.text, encoding="utf-8")
    file = File(path, config.docs_dir, config.site_dir, use_directory_urls=True)
    page = SitePage(None, file, config)
    page.read_source(config)
    page.render(config, Files([file]))
    environment = config.theme.get_env()
    environment.filters["whole"] = mkdocspages.folder_address
    context = {
        "config": config, "page": page, "nav": Navigation([], []), "base_url": "../..", "extra_css": [],
    }  # fmt: skip
    return Head(environment.get_template("main.html").render(context))


# what others read


def test_a_reference_manager_reads_a_released_case() -> None:
    rows = meta(make_series(), CASE, Pack(f"packs/{SLUG}-case-a4.pdf", SLUG, "case", "a4", 9, 1))
    for row in (
        ("citation_title", "The Case of the Quiet Pager"),
        ("citation_author", "Ada Byrne"),
        ("citation_publication_date", "2025/05/23"),
        ("citation_journal_title", "Quiet Dilemmas"),
        ("citation_volume", "1"),
        ("citation_issue", "3"),
        ("citation_pdf_url", f"{SITE}packs/{SLUG}-case-a4.pdf"),
        ("DC.creator", "Ada Byrne"),
        ("DC.date", "2025-05-23"),
        ("DC.identifier", f"{SITE}cases/{SLUG}/"),
        ("DC.rights", "https://creativecommons.org/licenses/by/4.0/"),
    ):
        assert row in rows


def test_a_case_is_cited_from_its_release_on() -> None:
    names = {name for name, _ in meta(make_series(make_open_case()), CASE)}
    assert not {name for name in names if name.startswith(("citation_", "DC."))}
    assert "article:published_time" in names


def test_a_withdrawn_case_gives_machines_nothing() -> None:
    card = [f"cards/{SLUG}.png", "The Case of the Quiet Pager – Quiet Dilemmas", 1200, 630]
    assert head_of(make_series(make_withdrawn_case()), CASE) == {"type": "article", "image": card}


def test_a_case_is_a_learning_resource_with_people_objectives_and_competencies() -> None:
    people = (make_person("ada-byrne", orcid="0000-0002-1825-0097"), make_person("luis-ferrer"))
    found = things(make_series(make_case(), people=people), CASE)["LearningResource"]
    assert found["@context"] == "https://schema.org"
    assert found["url"] == f"{SITE}cases/{SLUG}/"
    assert found["author"] == [{
        "@type": "Person", "@id": f"{SITE}experts/ada-byrne/", "name": "Ada Byrne",
        "sameAs": "https://orcid.org/0000-0002-1825-0097",
    }]  # fmt: skip
    assert found["teaches"] == ["Say what a quiet night may hide.", "Ask a colleague without blaming."]
    assert found["educationalAlignment"][1]["targetName"] == "Communicator"
    assert found["hasPart"][0]["headline"] == "Quiet is a finding"


def test_a_discussion_is_an_event_with_beginning_end_and_place() -> None:
    event = things(make_series(make_open_case()), CASE)["Event"]
    assert (event["startDate"], event["endDate"]) == ("2025-05-23T00:00:00+01:00", "2025-05-30T00:00:00+01:00")
    assert event["location"] == [{"@type": "VirtualLocation", "url": "https://example.org/discuss/quiet-pager"}]


def test_the_paper_of_a_journal_club_is_a_scholarly_article() -> None:
    paper = things(make_series(make_journal_club()), CLUB)["ScholarlyArticle"]
    assert paper["identifier"] == "https://doi.org/10.1016/j.eururo.2014.01.034"
    assert paper["isAccessibleForFree"] is False
    assert paper["author"][0] == {"@type": "Person", "name": "Thangasamy IA"}


def test_a_person_has_an_orcid_and_links() -> None:
    person = make_person("ada-byrne", orcid="https://orcid.org/0000-0002-1825-0097", institution="St Bride’s")
    found = things(make_series(make_case(), people=(person,)), "experts/ada-byrne/index.md")["Person"]
    assert found["identifier"] == "https://orcid.org/0000-0002-1825-0097"
    assert found["affiliation"] == {"@type": "Organization", "name": "St Bride’s"}


def test_a_link_preview_shows_a_persons_photograph_and_no_drawing() -> None:
    path = "experts/ada-byrne/index.md"
    for file, shown in (("ada.jpg", ["experts/ada.jpg", "Ada at a desk"]), ("ada.svg", None)):
        people = (make_person("ada-byrne", photo=Picture(file=file, alt="Ada at a desk")), make_person("luis-ferrer"))
        assert head_of(make_series(make_case(), people=people), path).get("image") == shown


def test_a_link_preview_shows_a_cases_card_and_not_its_picture(tmp_path: Path) -> None:
    picture = Picture(file="ward.jpg", alt="A dark ward")
    case = make_case(image=picture, pictures=frozenset((f"cases/{SLUG}/ward.jpg",)))
    head = in_theme(make_series(case), CASE, tmp_path)
    assert head.meta["og:image"] == [f"{SITE}cards/{SLUG}.png"]
    assert head.meta["og:image:alt"] == ["The Case of the Quiet Pager – Quiet Dilemmas"]
    assert (head.meta["og:image:width"], head.meta["og:image:height"]) == (["1200"], ["630"])
    assert head.meta["twitter:card"] == ["summary_large_image"]


def test_a_link_preview_of_any_other_page_shows_the_card_of_the_series(tmp_path: Path) -> None:
    head = in_theme(make_series(), "topics/handover/index.md", tmp_path)
    assert head.meta["og:image"] == [f"{SITE}cards/series.png"]
    assert head.meta["og:image:alt"] == ["Quiet Dilemmas"]
    assert head.meta["twitter:card"] == ["summary_large_image"]


def test_lists_are_not_in_the_search() -> None:
    series = make_series(make_case())
    lists = ("cases/", "topics/handover/", "schedule/", "schedule/2025/", "competencies/", "facilitators/build/", "")
    for path in lists:
        assert front(series, f"{path}index.md")["search"] == {"exclude": True}
    assert "search" not in front(series, CASE)


def test_before_the_release_no_head_holds_a_sealed_word() -> None:
    before = publish(write_series(), at(2025, 5, 24))
    written = "".join(page.text for page in headmetadata.render(before, []))
    written += "".join(str(front(before, path)) for path in (CASE, "index.md"))
    for sealed in ("Quiet is a finding", "Say what a quiet night", "Noor", "Mia Sato"):
        assert sealed not in re.sub(r"\s+", " ", written)


# what the theme makes of it


def test_no_word_of_an_author_can_leave_its_element(tmp_path: Path) -> None:
    reference = Reference(id="x", title=HOSTILE)
    case = make_case(title=HOSTILE, teaser=HOSTILE, topics=(HOSTILE,), audience=(HOSTILE,), references=(reference,))
    head = in_theme(make_series(case, name=HOSTILE), CASE, tmp_path)
    assert all(head.scripts), "every script has an address"
    assert head.meta["citation_title"] == [HOSTILE]
    assert {thing["name"] for thing in head.data if thing["@type"] == "LearningResource"} == {HOSTILE}


def test_a_page_of_a_topic_leads_to_the_topics_own_feeds(tmp_path: Path) -> None:
    head = in_theme(make_series(), "topics/handover/index.md", tmp_path)
    feeds = ("feed.xml", "atom.xml", "feed.json")
    assert {*feeds, *(f"../../{feed}" for feed in feeds), "../../calendar.ics"} == set(head.links["alternate"])
    assert head.links["canonical"] == [f"{SITE}topics/handover/"]
    assert head.meta["og:url"] == [f"{SITE}topics/handover/"]
    assert head.meta["og:type"] == ["website"]


# old addresses


@pytest.mark.parametrize("alias", ["2025-05-pager", "/cases/2025-05-pager/", "cases/2025-05-pager"])
@pytest.mark.parametrize("make", [make_case, make_open_case, make_withdrawn_case])
def test_an_old_address_leads_to_the_case(make: Callable[..., Case], alias: str) -> None:
    (page,) = redirects.render(make_series(make(aliases=(alias,))))
    assert page.path == "cases/2025-05-pager/index.html"
    html = page.read().decode()
    head = Head(html)
    assert head.links["canonical"] == [f"{SITE}cases/{SLUG}/"]
    assert head.meta["refresh"] == [f"0; url=../{SLUG}/"]
    assert f'<a href="../{SLUG}/">' in html
    assert head.scripts == []


def test_a_deeper_old_address_finds_its_way_up() -> None:
    (page,) = redirects.render(make_series(make_case(aliases=("2014/05/pager",)), site_url=""))
    assert f'<a href="../../../{SLUG}/">' in page.read().decode()


@pytest.mark.parametrize("alias", ["../../index", "a b", "a//b", "https://example.org/a", "a?b", ".well-known"])
def test_an_alias_is_a_name_and_nothing_else(alias: str) -> None:
    given = make_case().model_dump(include=set(CaseData.model_fields)) | {"aliases": (alias,)}
    with pytest.raises(ValidationError, match="not an old name of a case"):
        CaseData.model_validate(given)


def test_a_build_takes_an_old_address_for_a_page_and_lists_it_nowhere(tmp_path: Path) -> None:
    files = canaries.tree()
    data = f"cases/{canaries.SLUG}/case.yml"
    files[data] = f"{files[data]}\naliases: [an-old-name]\n"
    files["docs/about.md"] = "# About\n\n[An old link](cases/an-old-name/index.html).\n"
    canaries.write(tmp_path, files)
    environment = os.environ | {"CASEBUILDER_AS_OF": "2026-04-01"}
    command = [sys.executable, "-m", "casebuilder", "build", "--no-packs"]
    completed = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stderr
    site = tmp_path / "site"
    assert f"url=../{canaries.SLUG}/" in (site / "cases/an-old-name/index.html").read_text(encoding="utf-8")
    assert 'href="../cases/an-old-name/"' in (site / "about/index.html").read_text(encoding="utf-8")
    lists = [site / name for name in ("sitemap.xml", "cases/index.html", "feed.xml")]
    lists += site.glob("pagefind/fragment/*")
    contents = b"".join(
        gzip.decompress(data) if (data := path.read_bytes())[:2] == b"\x1f\x8b" else data for path in lists
    )
    assert b"an-old-name" not in contents
