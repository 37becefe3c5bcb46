"""The feeds, parsed back: which entries there are, when, under which ids, with what."""

from __future__ import annotations

import json
from datetime import date, datetime

import feedparser
import pytest

from casebuilder.model import Change, ChangeKind, CollectionEntry, State
from casebuilder.model.series import Collection
from feed_reader import ATOM, FORMATS, HANDOUTS, items, parsed, written
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
)


@pytest.mark.parametrize("name", FORMATS)
def test_a_complete_case_gives_two_entries_newest_first(name: str) -> None:
    released, opened = items(make_series(), name)
    assert released["title"] == "The Case of the Quiet Pager: expert responses and community commentary"
    assert opened["title"] == "The Case of the Quiet Pager"
    assert opened["address"] == f"{SITE}cases/{SLUG}/"
    assert released["address"] == f"{SITE}cases/{SLUG}/#section-responses"


@pytest.mark.parametrize("name", FORMATS)
def test_cases_are_mixed_by_their_dates(name: str) -> None:
    late = make_open_case(slug="2025-11-bell", title="Bell", opens=at(2025, 11, 28))
    titles = [
        each["title"].partition(":")[0] for each in items(make_series(make_case(), late, make_journal_club()), name)
    ]
    assert titles == ["Bell", "A Year of Posts", "A Year of Posts", *["The Case of the Quiet Pager"] * 2]


@pytest.mark.parametrize("state", [State.OPEN, State.CURATING])
def test_before_the_release_there_is_one_entry(state: State) -> None:
    assert len(items(make_series(make_open_case(state=state)))) == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.SCHEDULED])
@pytest.mark.parametrize("name", FORMATS)
def test_a_case_that_has_not_opened_is_in_no_feed_even_with_drafts(name: str, state: State) -> None:
    assert items(make_series(make_case(state=state)), name) == []


@pytest.mark.parametrize("name", FORMATS)
def test_ids_survive_a_new_title_and_a_new_place(name: str) -> None:
    before = items(make_series(), name)
    moved = make_series(make_case(title="Another title"), site_url="http://example.org/elsewhere/2026/")
    assert [each["id"] for each in items(moved, name)] == [each["id"] for each in before]
    assert [each["id"] for each in before] == [
        f"tag:example.org,2025-05:{SLUG}/released",
        f"tag:example.org,2025-05:{SLUG}/opened",
    ]


def test_ids_are_the_same_in_all_formats_and_none_is_a_link() -> None:
    series = make_series()
    assert len({tuple(each["id"] for each in items(series, name)) for name in FORMATS}) == 1
    guids = parsed(written(series)["feed.xml"]).iter("guid")
    assert {guid.attrib["isPermaLink"] for guid in guids} == {"false"}


def test_dates_are_the_cases_own() -> None:
    feed = feedparser.parse(written(make_series(make_journal_club(changes=())))["feed.xml"])
    assert [each.published for each in feed.entries] == [
        "Wed, 15 Oct 2025 07:00:00 +0100",
        "Mon, 06 Oct 2025 07:00:00 +0100",
    ]
    assert feed.feed.updated == "Wed, 15 Oct 2025 07:00:00 +0100"


def test_a_change_is_shown_as_an_update_and_moves_no_entry() -> None:
    changed = make_case(changes=(Change(date=date(2025, 8, 4), kind=ChangeKind.UPDATE, note="Clearer."),))
    files = written(make_series(changed))
    released, opened = json.loads(files["feed.json"])["items"]
    assert (opened["date_published"], opened["date_modified"]) == (
        "2025-05-23T00:00:00+01:00",
        "2025-08-04T00:00:00+01:00",
    )
    assert released["date_published"] == "2025-06-06T00:00:00+01:00"
    assert b"<lastBuildDate>Mon, 04 Aug 2025 00:00:00 +0100</lastBuildDate>" in files["feed.xml"]
    assert "Update: Clearer." in released["content_html"]


def test_nothing_comes_from_the_clock() -> None:
    series = make_series()
    later = make_series(as_of=at(2031, 1, 1))
    assert written(series, HANDOUTS) == written(later, HANDOUTS)
    assert written(make_series(people=(), cases=())) == written(make_series(people=(), cases=()))


def test_the_handout_is_enclosed_with_its_true_length() -> None:
    files = written(make_series(), HANDOUTS)
    address = f"{SITE}packs/{SLUG}-handout-a4.pdf"
    rss = parsed(files["feed.xml"]).iter("enclosure")
    assert [each.attrib for each in rss] == [{"url": address, "length": "142345", "type": "application/pdf"}] * 2
    atom = parsed(files["atom.xml"]).findall(f".//{ATOM}entry/{ATOM}link[@rel='enclosure']")
    assert [(each.attrib["href"], each.attrib["length"], each.attrib["type"]) for each in atom] == [
        (address, "142345", "application/pdf")
    ] * 2
    attached = [each["attachments"][0] for each in json.loads(files["feed.json"])["items"]]
    assert [(each["url"], each["size_in_bytes"], each["mime_type"]) for each in attached] == [
        (address, 142345, "application/pdf")
    ] * 2


def test_without_packs_there_is_no_enclosure() -> None:
    files = written(make_series())
    assert b"enclosure" not in files["feed.xml"] + files["atom.xml"]
    assert b"attachments" not in files["feed.json"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_withdrawn_case_leaves_one_notice_under_a_new_id(name: str) -> None:
    (notice,) = items(make_series(make_withdrawn_case()), name, HANDOUTS)
    assert notice["title"] == "Withdrawn: The Case of the Quiet Pager"
    assert notice["id"] == f"tag:example.org,2025-05:{SLUG}/withdrawn"
    assert "1 July 2025: A reader recognised a colleague." in notice["html"]
    assert "Ada Byrne" in notice["html"]
    assert "pdf" not in notice["html"]


def test_atom_names_the_entries_that_a_withdrawal_takes_out() -> None:
    feed = parsed(written(make_series(make_withdrawn_case()))["atom.xml"])
    gone = feed.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert {each.attrib["ref"].rpartition("/")[2] for each in gone} == {"opened", "released"}
    assert {each.attrib["when"] for each in gone} == {"2025-07-01T00:00:00+01:00"}


def test_topics_and_people_have_feeds_of_their_own() -> None:
    other = make_case(slug="2025-02-other", title="Other", topics=("feedback",), responses=(), opens=at(2025, 2, 1))
    files = written(make_series(make_case(), other))
    for folder in ("topics/handover/", "topics/psychological-safety/", "topics/feedback/", "experts/noor-khan/"):
        assert {folder + name for name in FORMATS} <= files.keys()
    series = make_series(make_case(), other)
    assert {each["title"].partition(":")[0] for each in items(series, "topics/feedback/feed.xml")} == {"Other"}
    assert {each["title"].partition(":")[0] for each in items(series, "experts/noor-khan/atom.xml")} == {
        "The Case of the Quiet Pager"
    }
    assert len(items(series, "experts/ada-byrne/feed.json")) == 4


def test_a_person_without_a_visible_case_has_an_empty_feed() -> None:
    entries = (CollectionEntry(case=SLUG, why="It is short."),)
    picked = Collection(id="x", title="x", introduction="x", editors=("only-collects",), cases=entries)
    series = make_series(people=(make_person("only-collects"),), collections=(picked,))
    assert items(series, "experts/only-collects/atom.xml") == []
    assert b"1970-01-01" in written(series)["experts/only-collects/atom.xml"]


def test_the_newest_entries_are_kept_and_topics_keep_fewer() -> None:
    cases = [make_open_case(slug=f"20{n:02}-01-x", title=str(n), opens=at(2000 + n, 1, 1)) for n in range(60)]
    series = make_series(*cases)
    assert [each["title"] for each in items(series)][::49] == ["59", "10"]
    assert len(items(series, "topics/handover/feed.xml")) == 12


def test_rss_says_what_it_is() -> None:
    found = feedparser.parse(written(make_series())["topics/handover/feed.xml"])
    assert not found.bozo
    assert found.version == "rss20"
    assert found.feed.title == "Quiet Dilemmas: handover"
    assert found.feed.link == f"{SITE}topics/handover/"
    assert found.feed.description == "Cases about handover in Quiet Dilemmas."
    assert found.feed.language == "en"
    assert "CC BY 4.0" in found.feed.rights
    own = [link.href for link in found.feed.links if link.rel == "self"]
    assert own == [f"{SITE}topics/handover/feed.xml"]
    assert found.entries[1].author == "Ada Byrne"
    assert [tag.term for tag in found.entries[1].tags] == ["handover", "psychological safety"]


def test_atom_keeps_the_rules_of_rfc_4287() -> None:
    feed = parsed(written(make_series(), HANDOUTS)["atom.xml"])
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for once in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{once}")
            assert found.text
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
        assert element.find(f"{ATOM}author/{ATOM}name") is not None
        for link in element.findall(f"{ATOM}link"):
            assert link.attrib.keys() >= {"rel", "href"}
    assert [link.attrib["rel"] for link in feed.findall(f"{ATOM}link")] == ["self", "alternate", "license"]
    assert {each.attrib["type"] for each in feed.iter(f"{ATOM}content")} == {"html"}
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))


def test_json_feed_keeps_the_rules_of_1_1() -> None:
    feed = json.loads(written(make_series(), HANDOUTS)["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}feed.json"
    assert feed["home_page_url"] == SITE
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["authors"]
        assert item["tags"] == ["handover", "psychological safety"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo
