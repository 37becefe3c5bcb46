"""The full texts of the feeds, parsed back: what a subscriber reads."""

from __future__ import annotations

import html
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import pytest

from casebuilder import pipeline, published
from casebuilder.model import Consent, ConsentState, Picture
from feed_reader import FORMATS, HANDOUTS, items, parsed, written
from series_factory import (
    SITE,
    SLUG,
    at,
    make_case,
    make_open_case,
    make_person,
    make_quote,
    make_response,
    make_series,
    part,
)


class _Addresses(HTMLParser):
    """Every address in a piece of HTML, and every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value or "" for key, value in attrs if key in {"href", "src"}]


@pytest.mark.parametrize("name", FORMATS)
def test_each_entry_holds_its_full_text_and_no_more(name: str) -> None:
    released, opened = (each["html"] for each in items(make_series(), name))
    for words in (
        "<em>quiet</em>", "The morning after", "Should Rhona ask why?", "Think of the night team.", "Chan T, Thoma B",
        "23 May 2025", "29 May 2025, 23:59 (Dublin time)", "6 June 2025", "Ada Byrne", "Nothing to declare.",
        "A fictional series.", "CC BY 4.0",
    ):  # fmt: skip
        assert words in opened
    for words in (
        "A quiet pager is <strong>data</strong>", "Noor Khan", "A learner’s perspective", "Most would ask.",
        "I would have called at midnight.", "Femi Ojo, resident, Nigeria · quoted with permission",
        "Nurse · anonymous, quoted with permission", "Two of us read all 24 contributions", "Notes of the night",
        "The ward’s name was wrong.", "A fictional series.", "CC BY 4.0",
    ):  # fmt: skip
        assert words in released
    for words in ("data", "Noor", "midnight", "Notes of the night", "facilitator"):
        assert words not in opened
    assert "facilitator" not in released


def test_numbers_of_works_cited_one_after_the_other_are_apart() -> None:
    case = make_open_case(story=(part("Two say so[@night-notes][@chan-2015]."),))
    (opened,) = (each["html"] for each in items(make_series(case), FORMATS[0]))
    assert "Two say so1,2." in re.sub(r"<[^>]+>", "", opened)


def test_the_opened_entry_stays_the_same_when_the_case_is_released() -> None:
    before = items(make_series(make_open_case()))[0]
    after = items(make_series(make_case(changes=())))[1]
    assert after == before


def test_a_quote_that_was_taken_back_leaves_a_dated_slot() -> None:
    gone = make_quote("q1", "gone").model_copy(
        update={"text": "", "consent": Consent(state=ConsentState.WITHDRAWN, on=date(2025, 7, 1))}
    )
    html = items(make_series(make_case(quotes=(gone,))))[0]["html"]
    assert "A quote was removed at its author’s request on 1 July 2025." in html


@pytest.mark.parametrize("site", [SITE, "https://example.org/"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_address_is_absolute_and_nothing_can_run(name: str, site: str) -> None:
    story = part(
        "[Another case](../2025-02-other/ 'a > b') and ![A ward](night ward.svg) ![A bed](bed.svg)\n\n"
        '<script>alert(1)</script><img src="x" onerror="alert(1)"> [bad](javascript:alert(1))\n'
        "[mail](mailto:a@example.org)"
    )
    image = Picture(file="lead picture.svg", alt="A pager")
    case = make_case(story=(story,), image=image, pictures=frozenset({f"cases/{SLUG}/bed.svg"}))
    other = make_case(slug="2025-02-other", opens=at(2025, 2, 1), releases=at(2025, 2, 9))
    series = make_series(case, other, site_url=site)
    for entry in items(series, name, HANDOUTS):
        found = _Addresses(entry["html"])
        assert found.found
        assert all(re.match(r"https://|mailto:", address) for address in found.found)
        assert not found.tags & {"script", "style", "iframe", "form"}
        assert not re.search(r"<[^<>]*onerror", entry["html"])
        assert "javascript" not in entry["html"]
    opened = _Addresses(items(series, name)[1]["html"]).found
    assert f"{site}cases/2025-02-other/" in opened
    assert f"{site}cases/{SLUG}/bed.svg" in opened
    assert f"{site}cases/{SLUG}/lead%20picture.svg" in opened


@pytest.mark.parametrize("name", FORMATS)
def test_a_title_is_plain_text(name: str) -> None:
    title = "Fever & <b>fear</b>: K+ <2.5 in A&E"
    assert items(make_series(make_open_case(title=title)), name)[0]["title"] == title


def test_rss_writes_the_signs_of_a_title_in_the_form_that_most_readers_take_for_text() -> None:
    feed = written(make_series(make_open_case(title="A&E <now>"), name="Q&A"))["feed.xml"]
    assert b"<title>A&#x26;E &#x3C;now&#x3E;</title>" in feed
    assert b"<title>Q&#x26;A</title>" in feed


@pytest.mark.parametrize("name", FORMATS)
def test_characters_that_xml_cannot_hold_do_not_stop_the_build(name: str) -> None:
    case = make_open_case(title="A\x08B", teaser="C\ufffeD", story=(part("E&#8;F ]]> G"),))
    (entry,) = items(make_series(case), name)
    assert entry["title"] == "AB"
    assert "E\ufffdF ]]&gt; G" in entry["html"]


def test_every_pack_that_is_out_is_linked_with_its_size() -> None:
    released, opened = (each["html"] for each in items(make_series(), packs=HANDOUTS))
    assert "Handout, A4, 3 pages, 142 kB" in opened
    assert "guide" not in opened
    assert "Facilitator guide, US Letter, 3 pages, 140 kB" in released


@pytest.mark.parametrize(("path", "sheet"), [("feed.xml", "feed.css"), ("topics/handover/atom.xml", "../../feed.css")])
def test_a_person_who_opens_a_feed_sees_a_page(path: str, sheet: str) -> None:
    files = written(make_series())
    assert f'<?xml-stylesheet type="text/css" href="{sheet}"?>'.encode() in files[path]
    assert b"http" not in files["feed.css"].replace(b"http://www.w3.org/1999/xhtml", b"")
    page = "{http://www.w3.org/1999/xhtml}"
    feed = parsed(files[path])
    links = {link.text: link.attrib["href"] for link in feed.iter(f"{page}a")}
    assert links["The Case of the Quiet Pager"] == f"{SITE}cases/{SLUG}/"


@pytest.mark.parametrize("name", FORMATS)
def test_a_series_without_an_address_has_addresses_that_work_beside_its_feeds(name: str) -> None:
    other = make_case(slug="2025-02-other", opens=at(2025, 2, 1), releases=at(2025, 2, 9))
    series = make_series(make_case(story=(part("[Other](../2025-02-other/)"),)), other, site_url="")
    assert items(series, name)[1]["address"] == f"./cases/{SLUG}/"
    opened = items(series, f"topics/handover/{name}")[1]
    assert opened["id"] == f"tag:series.invalid,2025-05:{SLUG}/opened"
    assert 'href="../../cases/2025-02-other/"' in opened["html"]


def test_a_response_says_its_own_disclosure_and_a_name_in_another_script_stays() -> None:
    response = make_response("eleni", "Αργά", "Text.", disclosure="I sell pagers.")
    person = make_person("eleni", name="Ελένη Παπαδοπούλου (Eleni Papadopoulou)", post="Registrar", country="GR")
    series = make_series(make_case(responses=(response,)), people=(person,))
    html = items(series)[0]["html"]
    assert "Ελένη Παπαδοπούλου (Eleni Papadopoulou), MB, PhD</a>, Registrar, Greece." in html
    assert "Disclosure: I sell pagers." in html


def test_the_sample_series_gives_feeds_that_parse_and_show_nothing_sealed() -> None:
    series = pipeline.read(Path(__file__).parents[1]).series
    files = written(published.publish(series, published.moment(series)))
    for path, content in files.items():
        if path.endswith(".xml"):
            assert not feedparser.parse(content).bozo, path
    everything = b"".join(files.values()).decode()
    for case in series.cases:
        shown = f"/cases/{case.slug}/#section-responses" in everything
        answers = [*(response.body for response in case.responses), *(note.body for note in case.notes)]
        for text in answers if not shown else ():
            first = max(re.split(r"[\n.*_\[\]]", text.source), key=len).strip()
            assert first
            assert first not in everything, case.slug


def test_words_of_a_channel_are_escaped_like_those_of_an_entry() -> None:
    """RSS reads descriptions as HTML: parsed once as XML and once as HTML, they say what was written."""
    topic, name = "R&D <b>now</b>", "Ada <script> &amp; Byrne"
    series = make_series(make_case(topics=(topic,)), people=(make_person(name=name),))
    for path, words in (("topics/r-d-b-now-b/feed.xml", topic), ("experts/ada-byrne/feed.xml", name)):
        description = parsed(written(series)[path]).findtext("channel/description")
        assert description is not None
        assert words in html.unescape(description)
        assert "<" not in description
