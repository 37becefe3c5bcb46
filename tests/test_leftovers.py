"""No word of the interface is out of the catalogues' reach: a whole series in a language that nobody speaks.

Everything is made in that language (see `pseudo`), of the sample series with its authors' words put into it. A word in
ordinary letters that a reader sees is then one that no translator can reach.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from jinja2 import Environment

import pseudo
from casebuilder import pipeline
from casebuilder.model import File, Pack, State
from casebuilder.outputs import calendar, digest, epub, feeds
from casebuilder.outputs.packs import views
from casebuilder.outputs.packs.views import Arrangement, Cover, PackRequest
from casebuilder.outputs.site import pages
from casebuilder.outputs.site.cards import card
from casebuilder.pipeline import printing
from casebuilder.published import publish
from leftovers import READ, first_seen, in_calendar, in_feed, in_html, in_mail, in_page, in_style, leftovers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.series import Series
    from casebuilder.pipeline import Reading

PACKAGE = Path(pipeline.__file__).parents[1]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """The sample series in the language that nobody speaks, and that language in force."""
    with pseudo.spoken(tmp_path_factory.mktemp("locale")):
        yield pseudo.sample(tmp_path_factory.mktemp("series"))


@pytest.fixture(scope="module")
def public(reading: Reading) -> Series:
    return publish(reading.series, reading.as_of)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, and beside it the copy for a disk."""
    return pseudo.site(tmp_path_factory)


def test_a_word_that_is_no_message_is_found() -> None:
    html = f'<p title="A tip">{pseudo.wide("Read")} Ελλάδα <b>more</b> <code>pip</code> (PDF, 12 kB)</p>'
    html += '<a data-none="None">→</a>'
    assert in_html(html) == ["<p title> A »tip«", "<b> »more«", "<a data-none> »None«"]
    assert in_style('p::after { content: "Page " counter(page) }') == ["css »Page« "]


def test_every_word_of_the_site(site: Path) -> None:
    pages = sorted((site / "site").rglob("*.html"))
    assert len(pages) > 80
    found = {str(page.relative_to(site / "site")): in_html(page.read_text()) for page in pages}
    assert first_seen(found) == {}


def test_every_word_of_the_copy_for_a_disk(site: Path) -> None:
    with ZipFile(site / "copy.zip") as copy:
        pages = [name for name in copy.namelist() if name.endswith(".html")]
        found = {name: in_html(copy.read(name).decode()) for name in pages}
    assert pages
    assert first_seen(found) == {}


def test_every_word_that_styles_put_on_pages(site: Path) -> None:
    found = {sheet.name: in_style(sheet.read_text()) for sheet in (site / "site").rglob("*.css")}
    assert found
    assert first_seen(found) == {}


def test_every_word_of_feeds_and_calendars(site: Path) -> None:
    folder = site / "site"
    found: dict[str, list[str]] = {}
    for path in (*folder.rglob("feed.xml"), *folder.rglob("atom.xml")):
        pieces = [
            (one.tag, one.text or "")
            for one in ET.fromstring(path.read_text()).iter()  # noqa: S314 - our own
            if one.tag.rpartition("}")[2] in READ
        ]
        found[str(path.relative_to(folder))] = [hit for _, words in pieces for hit in in_html(words)]
    for path in folder.rglob("feed.json"):
        found[str(path.relative_to(folder))] = in_feed(File(path.name, path.read_bytes()))
    for path in folder.rglob("*.ics"):
        found[str(path.relative_to(folder))] = in_calendar(path.read_bytes())
    assert len(found) > 20
    assert first_seen(found) == {}


def test_every_word_of_linked_data(site: Path) -> None:
    """The kinds of thing and their properties are schema.org's, the values ours."""
    values: list[tuple[str, str]] = []

    def walk(value_here: object, key: str) -> None:
        if isinstance(value_here, dict):
            for name, value in value_here.items():
                if not name.startswith("@"):
                    walk(value, name)
        elif isinstance(value_here, list):
            for each in value_here:
                walk(each, key)
        elif isinstance(value_here, str) and key not in {"inLanguage", "alignmentType"}:
            values.append((key, value_here))

    for page in (site / "site").rglob("*.html"):
        for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(), re.DOTALL):
            walk(json.loads(script), "")
    assert values
    assert leftovers(values) == []


def test_every_word_of_what_describes_packs(public: Series) -> None:
    """Pages and feeds of a build with packs; the site above is built without."""
    offered = [Pack(job.path, job.subject, job.edition, job.paper, 12, 123_456) for job in views.jobs(public)]
    offered += [Pack(f"packs/{case.slug}.epub", case.slug, "epub", "", 0, 1_234_567) for case in public.cases]
    found = {page.path: in_page(page) for page in pages.render(public, offered)}
    found |= {file.path: in_feed(file) for file in feeds.render(public, offered) if file.path.endswith("feed.json")}
    assert len(found) > 90
    assert first_seen(found) == {}


@pytest.mark.parametrize("day", [(2024, 9, 1), (2024, 10, 2), (2026, 3, 28), (2026, 4, 4), (2026, 12, 1)], ids=str)
def test_every_word_at_any_time(reading: Reading, day: tuple[int, int, int]) -> None:
    """Before the first case, while one is open, while one is curated, and after all releases; no draft is shown."""
    settings = reading.series.settings.model_copy(update={"drafts": False, "giscus": None})
    public = publish(reading.series.model_copy(update={"settings": settings}), datetime(*day, tzinfo=UTC))
    found = {page.path: in_page(page) for page in pages.render(public)}
    found |= {file.path: in_feed(file) for file in feeds.render(public, ()) if file.path.endswith("feed.json")}
    found |= {file.path: in_calendar(file.read()) for file in calendar.render(public)}
    found["digest"] = [hit for file in digest.render(public, date(*day[:2], 1)) for hit in in_mail(file)]
    assert first_seen(found) == {}


def test_every_word_of_packs(public: Series) -> None:
    jobs = views.jobs(public)
    assert {job.edition for job in jobs} == {"handout", "guide", "case", "slides"}
    found = {job.path: [*in_html(job.html), *in_style(job.style)] for job in jobs if job.paper != "letter"}
    assert first_seen(found) == {}


@pytest.mark.parametrize(
    "asked",
    [
        PackRequest(minutes=45, edition="guide"),
        PackRequest(large=True, edition="case"),
        PackRequest(arrangement=Arrangement(copies="groups", jigsaw=True, reveal_cards=True, role_cards=True)),
        PackRequest(arrangement=Arrangement(fillable=True), large=True),
        PackRequest(season=1, edition="case", cover=Cover(title="①", date="②", facilitator="③", logo="logo.png")),
    ],
    ids=("minutes", "large print", "groups", "fillable", "season with a cover"),
)
def test_every_word_of_packs_that_are_asked_for(public: Series, asked: PackRequest) -> None:
    told = (case for case in public.cases if case.state is State.COMPLETE and case.characters)
    cases = () if asked.season else tuple(case.slug for case in told)[:3]
    job = views.requested_job(public, replace(asked, cases=cases), "")
    assert [*in_html(job.html), *in_style(job.style)] == []


def test_every_word_of_what_the_builder_joins(reading: Reading, public: Series) -> None:
    files = [file for file in printing.screens(reading, public) if file.path.endswith(".html")]
    found = {file.path: in_html(file.read().decode()) for file in files}
    assert found
    assert first_seen(found) == {}


def test_every_word_of_books(public: Series, reading: Reading) -> None:
    found: dict[str, list[str]] = {}
    for book in epub.render(public, lambda path: reading.tree.pictures[path].read_bytes()):
        with ZipFile(BytesIO(book.read())) as archive:
            for name in archive.namelist():
                if name.endswith((".xhtml", ".opf", ".ncx", "cover.svg")):
                    stripped = re.sub(
                        r"<(dc:(?:identifier|language|date|type|format)|meta [^>]*)>[^<]*",
                        "",
                        archive.read(name).decode(),
                    )
                    found[f"{book.path} {name}"] = in_html(stripped)
    assert found
    assert first_seen(found) == {}


def test_every_word_of_cards(public: Series) -> None:
    every = [card.of_series(public), *(card.of_case(public, case) for case in public.cases)]
    assert leftovers([("card", words) for each in every for words in each.texts()]) == []


@pytest.mark.parametrize("month", [date(2026, 2, 1), date(2026, 3, 1)], ids=str)
def test_every_word_of_a_digest(public: Series, month: date) -> None:
    files = digest.render(public, month)
    assert len(files) == 2
    assert [hit for file in files for hit in in_mail(file)] == []


# What editors alone see is in English, as the command line is: the desk, the record as a page, new files.
TEMPLATES = sorted(
    path
    for pattern in ("**/templates/**/*.html.j2", "**/templates/**/*.svg.j2", "outputs/site/theme/**/*.html")
    for path in PACKAGE.glob(pattern)
    if "editorial" not in path.parts
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_template_has_no_word_outside_of_messages(template: Path) -> None:
    """In a branch that no series above takes, too."""
    assert in_template(template.read_text()) == []


def in_template(source: str) -> list[str]:
    """Words of a template that are in no message: between its tags, in attributes, and as a value in an expression."""
    environment, outside, inside, message = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]), "", "", False
    pieces: list[tuple[str, str]] = []
    for _, kind, value in environment.lex(re.sub(r"{% block type %}\w+", "{% block type %}", source)):
        if kind in {"block_begin", "variable_begin"}:
            inside = ""
        elif kind in {"block_end", "variable_end"}:
            match = re.search(r"^\s*(?:end)?trans\b", inside)
            message = (message or bool(match)) and not re.match(r"\s*endtrans", inside)
            outside += "{}" if not match else ""
            without_calls = re.sub(r"""\bn?p?(?:_|gettext)\((?:\s*,?\s*"[^"]*")+""", "", inside)
            pieces += [
                ("{{ }}", text) for text in re.findall(r'"([A-Z][a-z]+(?: [^"]*)?|[a-z]+ [a-z ]+)"', without_calls)
            ]
        elif kind == "data":
            outside += "" if message else value
        elif not kind.startswith("comment"):
            inside += value
    # A macro may begin within a tag: what it says there to machines is no word.
    outside = re.sub(r'\b(?:class|id|lang|dir|role)="[^"]*"|\btitle="[{} ]*"', "", outside)
    return [*in_html(outside), *leftovers(pieces)]


def test_no_script_has_words_of_its_own() -> None:
    """What a script says stands on the page that it belongs to, where it is a message."""
    scripts = [*(PACKAGE / "outputs/site/theme").rglob("*.js"), *(PACKAGE / "outputs/site/offline").glob("*.js")]
    assert len(scripts) > 5
    found = {
        script.name: [
            words
            for words in _strings(script.read_text())
            if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+$", words)
        ]
        for script in scripts
    }
    assert {name: words for name, words in found.items() if words} == {}


def _strings(script: str) -> list[str]:
    stripped = re.sub(r"^\s*//.*$|/\*.*?\*/", "", script, flags=re.MULTILINE | re.DOTALL)
    return list(re.findall(r'"([^"\n]*)"', stripped))
