"""The whole month of a case, from an empty clone to its withdrawal: after each step, what readers and editors see.

Everything is read out of the bytes that the build wrote. `played_month` plays it, once.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import feedparser
import pytest
from icalendar import Calendar

import played_month
from played_month import EXAMPLE, NEVER, OPEN, SEALED, SLUG, Day
from sealing.canaries import seen_in, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE = f"cases/{SLUG}/index.html"
TITLE = "The Case of the Night Bell"
RELEASE = f"{TITLE}: expert responses and community commentary"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[played_month.Desk]:
    with pytest.MonkeyPatch.context() as patch:
        yield played_month.play(tmp_path_factory.mktemp("month"), patch)


@pytest.fixture(scope="module")
def days(desk: played_month.Desk) -> Mapping[str, Day]:
    return desk.days


def entries(day: Day) -> list[str]:
    """The titles of the case's entries, which each of the three feeds must have."""
    feeds = [[entry.title for entry in feedparser.parse(day.site[name]).entries] for name in ("feed.xml", "atom.xml")]
    feeds.append([item["title"] for item in json.loads(day.text("feed.json"))["items"]])
    assert feeds[0] == feeds[1] == feeds[2]
    return [title for title in feeds[0] if TITLE in title]


def events(day: Day) -> dict[str, tuple[str, str, int]]:
    """The case's events: of each its day, whether it takes place, and how often it was changed."""
    found = {}
    for event in Calendar.from_ical(day.site["calendar.ics"]).walk("VEVENT"):
        name = str(event["UID"]).partition("@")[0]
        if name.startswith(SLUG):
            start = f"{event['DTSTART'].dt:%Y-%m-%d}"
            found[name.removeprefix(f"{SLUG}-")] = start, str(event["STATUS"]), int(event["SEQUENCE"])
    return found


def packs(day: Day, *endings: str) -> set[str]:
    """The editions of the case that are offered, as files that end like this."""
    own = (path.partition(f"packs/{SLUG}-")[2] for path in day.site)
    return {name.partition(".")[0] for name in own if name.endswith(endings or (".html",))}


def test_a_fresh_clone_becomes_a_site_with_a_board(days: Mapping[str, Day], desk: played_month.Desk) -> None:
    begun = days["begun"]
    assert (desk.root / "README.md").read_text() == "# Our cases\n", "theirs"
    assert "2 notes" in begun.check, "profiles before their case are no warnings"
    board = begun.text("team/index.html")
    assert ["Ed Moran" in board, "Noor New" in board] == [True, True]
    assert "experts/noor-new/index.html" in begun.site, "without a case"
    assert "experts/grace-obi/index.html" not in begun.site, "nobody has named her yet"
    example = begun.case(EXAMPLE)
    assert (example["state"], example["missing"]) == ("complete", [])
    assert begun.board["gaps"] == [{"on": "2027-04-23", "kind": "case"}, {"on": "2027-05-28", "kind": "case"}]


def test_a_new_case_opens_in_the_cadence_and_the_board_says_what_it_needs(days: Mapping[str, Day]) -> None:
    row = days["new"].case()
    assert (row["state"], row["next"], row["due"]) == ("draft", "opens", "2027-04-23T00:00:00+01:00")
    assert {"teaser missing", "basis missing", "story missing", "questions missing"} <= {*row["missing"]}
    assert days["new"].board["dates"] == [
        {"on": "2027-04-23T00:00:00+01:00", "case": SLUG, "what": "opens", "draft": True}
    ]
    assert days["new"].board["gaps"] == [{"on": "2027-05-28", "kind": "case"}]
    assert days["draft"].case()["missing"] == []


def test_a_draft_is_seen_in_its_preview_and_in_no_byte_of_the_site(
    days: Mapping[str, Day], desk: played_month.Desk
) -> None:
    assert days["draft"].seen(*OPEN, *SEALED, *NEVER) == set()
    assert not [path for path in days["draft"].site if SLUG in path]
    folder = desk.beside / "preview"
    assert sorted(path.name for path in (folder / "pages").iterdir()) == [f"{SLUG}-handout-a4.pdf", f"{SLUG}.html"]
    page = seen_in(iter([("page", (folder / f"pages/{SLUG}.html").read_bytes())]))
    assert [name for name in (*OPEN, "responsebody", "expertname") if word(name) not in page] == []
    handout = seen_in(iter([("handout.pdf", (folder / f"pages/{SLUG}-handout-a4.pdf").read_bytes())]))
    assert word("storybody") in handout
    assert [name for name in SEALED if word(name) in handout] == []
    assert json.loads((folder / "preview.json").read_text())["cases"][0]["missing"] == []
    assert f"### {TITLE}" in days["draft"].said


def test_three_mistakes_are_three_problems_with_a_hint_each(days: Mapping[str, Day]) -> None:
    said = days["slips"].check
    matches = re.findall(rf"cases/{SLUG}/case\.yml:\d+:\d+: error: .*\[([a-z-]+)\]\n    hint: (.*)", said)
    assert matches == [
        ("unknown-key", 'did you mean "teaser"?'), ("unknown-person", 'did you mean "wim-writer"?'),
        ("session-sum", "shorten a step by 5"),
    ]  # fmt: skip
    assert said.endswith("2 cases checked: 3 errors\n")
    assert days["eve"].check == "2 cases checked: no problem\n"


def test_a_minute_before_the_opening_there_is_nothing_and_the_board_says_when(days: Mapping[str, Day]) -> None:
    eve = days["eve"]
    assert eve.seen(*OPEN, *SEALED, *NEVER) == set()
    assert (entries(eve), events(eve), packs(eve)) == ([], {}, set())
    assert (eve.case()["state"], eve.case()["missing"]) == ("scheduled", [])
    assert [date["what"] for date in eve.board["dates"]] == ["opens", "closes", "releases"]
    assert eve.board["last_build"]["at"] == "2027-04-22T23:59:00+01:00"


def test_on_the_opening_day_the_case_is_in_every_output_and_nothing_sealed_is_in_any(days: Mapping[str, Day]) -> None:
    day = days["open"]
    assert day.said == f"{SLUG} opened on 2027-04-23 at 00:00\n"
    assert day.seen(*OPEN, *SEALED, *NEVER) == {*OPEN}
    assert entries(day) == [TITLE]
    assert events(day) == {
        "opening": ("2027-04-23", "CONFIRMED", 0),
        "discussion": ("2027-04-23", "CONFIRMED", 0),
        "release": ("2027-05-07", "CONFIRMED", 0),
    }
    assert packs(day) == {"handout"}
    assert "Discussion open until" in day.text(PAGE)
    assert (day.case()["state"], day.case()["next"]) == ("open", "closes")
    assert "experts/grace-obi/index.html" not in day.site


def test_when_it_closes_the_record_is_imported_and_shown_to_nobody(days: Mapping[str, Day]) -> None:
    day = days["discussed"]
    assert "3 added, 0 already in the record" in day.said
    assert day.seen(*OPEN, *SEALED, *NEVER) == {*OPEN}
    assert "The discussion has closed." in day.text(PAGE)
    assert (day.case()["state"], day.case()["missing"]) == ("curating", ["commentary missing"])


def test_a_pending_consent_is_a_warning_with_a_name_and_stops_nothing(days: Mapping[str, Day]) -> None:
    day = days["curated"]
    assert "3 quotes compared, 0 not word for word" in day.said
    assert re.match(rf"cases/{SLUG}/quotes\.yml:\d+:\d+: warning: the quote \"q2\" waits for consent", day.check)
    assert "[pending-consent]\n    hint: ask Participant 2 (site)" in day.check
    assert day.check.endswith("2 cases checked: 1 warning\n")
    assert day.case()["waiting"] == [{"for": 'the quote "q2"', "whom": "Participant 2", "where": "site"}]
    assert day.seen(*SEALED, *NEVER) == set()


def test_the_release_shows_all_but_what_waits_for_consent(days: Mapping[str, Day]) -> None:
    day = days["released"]
    assert day.said == f"{SLUG} was released on 2027-05-07 at 00:00\n"
    assert day.seen(*OPEN, *SEALED, *NEVER) == {*OPEN, *SEALED}
    assert entries(day) == [RELEASE, TITLE]
    printed = {f"{edition}-{paper}" for edition in ("handout", "guide", "case") for paper in ("a4", "letter")}
    assert packs(day, ".pdf") == {*printed, "slides"}
    files = {path: data for path, data in day.site.items() if path.startswith(f"packs/{SLUG}-guide-a4")}
    assert word("quotetext") in seen_in(iter(files.items()))
    assert day.case()["state"] == "complete"
    assert day.case()["missing"] == ['consent pending for quote "q2" (Participant 2, site)'], "nothing else for ever"
    record = next(case for case in json.loads(day.text("series.json"))["cases"] if case["slug"] == SLUG)
    assert (record["responses"], record["quotes"]) == (1, 1)


def test_a_consent_that_never_comes_is_written_down_and_asked_for_no_more(days: Mapping[str, Day]) -> None:
    day = days["no answer"]
    assert day.check == "2 cases checked: no problem\n"
    assert (day.case()["missing"], day.case()["waiting"]) == ([], [])


def test_a_correction_must_be_recorded_and_readers_see_it(days: Mapping[str, Day]) -> None:
    day = days["corrected"]
    assert "the words of this released text changed since HEAD [unrecorded-change]" in day.said
    assert "The bell rang half an hour later." in day.text(PAGE)
    assert "at half past two" in day.text(PAGE)
    assert "night-bell/</loc>\n<lastmod>2027-06-08</lastmod>" in re.sub(r"\s*\n\s*", "\n", day.text("sitemap.xml"))
    assert {changed for _, _, changed in events(day).values()} == {1}


def test_a_build_that_fails_leaves_the_last_good_site(days: Mapping[str, Day]) -> None:
    assert days["broken"].site == days["corrected"].site
    assert days["broken"].board["last_build"]["at"] == "2027-06-08T09:00:00+01:00"
    assert days["broken"].check.endswith("2 cases checked: 1 error\n")


def test_words_that_are_taken_back_go_while_another_case_is_broken(days: Mapping[str, Day]) -> None:
    day = days["taken back"]
    assert "Undo it before you push" in day.said
    assert "git filter-repo" in day.said
    assert day.seen(*SEALED, *NEVER) == {*SEALED} - {"quotetext"}
    assert "Ida Holm" not in day.text(PAGE)
    assert "A quote was removed at its author" in day.text(PAGE)
    held = day.text(f"cases/{EXAMPLE}/index.html")
    assert "Ruth" not in held, "the broken case is held back as a whole"
    assert not [path for path in day.site if path.startswith(f"packs/{EXAMPLE}")]
    assert not [item for item in json.loads(day.text("feed.json"))["items"] if EXAMPLE in item["url"]]
    assert day.case()["state"] == "complete"
    assert day.board["last_build"]["at"] == "2027-06-21T09:00:00+01:00"


def test_a_withdrawn_case_leaves_a_notice(days: Mapping[str, Day], desk: played_month.Desk) -> None:
    day = days["withdrawn"]
    assert "Error: nothing was changed; a script that cannot answer adds --yes" in day.said
    assert day.seen(*OPEN, *SEALED, *NEVER) == {"writername"}
    assert "A reader was recognised." in day.text(PAGE)
    assert entries(day) == [f"Withdrawn: {TITLE}"]
    assert {status for _, status, _ in events(day).values()} == {"CANCELLED"}
    assert packs(day, ".html", ".pdf", ".epub") == set()
    assert (day.case()["state"], day.case()["missing"], day.case()["waiting"]) == ("withdrawn", [], [])
    assert "date: 2027-07-01" in (desk.root / f"cases/{SLUG}/case.yml").read_text(), "the clock's day"
    assert f"cases/{EXAMPLE}/index.html" in day.site
    assert "Ruth" in day.text(f"cases/{EXAMPLE}/index.html"), "the other case is back"
