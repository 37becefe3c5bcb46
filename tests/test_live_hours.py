"""Live hours: on page, calendar, feed, digest and in the data; and in all of them only from the opening on."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from casebuilder.model import Channel, Discussion, LiveHour, State, TimedQuestion
from casebuilder.outputs import calendar, digest, feeds, seriesjson
from casebuilder.outputs.site import linkeddata, pages
from casebuilder.published import publish
from series_factory import at, make_journal_club, make_series, write_series

if TYPE_CHECKING:
    from casebuilder.published import PublishedSeries
    from series_factory import WrittenCase

FIRST = {"starts": "2025-10-06T20:00", "channel": "bluesky", "with": ["noor-khan"]}
#: Half past four in the afternoon in India.
SECOND = {"starts": "2025-10-07T16:30+05:30", "minutes": 45}


def club(**changes: object) -> WrittenCase:
    there = Discussion(
        channels=(Channel(type="bluesky", url="https://social.example/club", hashtag="#club"),),
        live=tuple(LiveHour.model_validate(hour) for hour in (SECOND, FIRST)),
        timetable=(TimedQuestion(question="ask-why", hour=7), TimedQuestion(question="who-tells", live=2, minute=20)),
    )
    return make_journal_club(**({"discussion": there} | changes))


@pytest.fixture(scope="module")
def opened() -> PublishedSeries:
    return make_series(club(state=State.OPEN, changes=()))


def test_they_are_in_order_of_time_in_the_series_zone(opened: PublishedSeries) -> None:
    first, second = opened.cases[0].live
    assert (first.starts, first.ends, first.names) == (at(2025, 10, 6, 20), at(2025, 10, 6, 21), ("Noor Khan",))
    assert (second.starts, second.ends, second.channel) == (at(2025, 10, 7, 12), at(2025, 10, 7, 12, 45), None)


def test_an_hour_across_the_change_of_the_clocks_keeps_its_minutes() -> None:
    late = Discussion(live=(LiveHour.model_validate({"starts": "2025-10-26T01:30", "minutes": 60}),))
    (hour,) = make_series(club(discussion=late)).cases[0].live
    assert hour.ends.timestamp() - hour.starts.timestamp() == 3600
    assert hour.ends.hour == 1


def test_the_page_and_home_show_them_with_the_readers_own_time(opened: PublishedSeries) -> None:
    made = {page.path: page.text for page in pages.render(opened, ())}
    for path in (f"{opened.cases[0].address}index.md", "index.md"):
        text = made[path]
        assert re.search(
            r'<time datetime="2025-10-06T20:00\+01:00"[^>]* data-here="[^"]*\{hour\}[^"]*">'
            r"Monday 6 October 2025, 20:00 \(Dublin time\)</time>",
            text,
        )
        assert '60 minutes, <a href="https://social.example/club">Bluesky</a>, with <a href=' in text
        assert "45 minutes</span>" in text
    assert "Live hour" in made["schedule/index.md"]


def test_feed_digest_data_and_search_engines_have_them(opened: PublishedSeries) -> None:
    feed = {file.path: file.read().decode() for file in feeds.render(opened, ())}["feed.json"]
    whole = json.loads(feed)["items"][0]["content_html"]
    assert "Monday 6 October 2025, 20:00 (Dublin time), 60 minutes, Bluesky, with Noor Khan" in whole
    mail = next(file.read().decode() for file in digest.render(opened, at(2025, 10, 1).date()) if ".txt" in file.path)
    assert "Live hour: Monday 6 October 2025, 20:00" in " ".join(mail.split())
    series = json.loads(next(file.read() for file in seriesjson.render(opened) if file.path == "series.json"))
    assert [hour["minutes"] for hour in series["cases"][0]["live"]] == [60, 45]
    parts = linkeddata.discussion(opened, opened.cases[0])["subEvent"]
    assert [part["startDate"] for part in parts] == ["2025-10-06T20:00:00+01:00", "2025-10-07T12:00:00+01:00"]


def test_the_calendar_has_an_event_for_each(opened: PublishedSeries) -> None:
    content = {file.path: file.read() for file in calendar.render(opened)}
    for path in ("calendar.ics", f"{opened.cases[0].address}calendar.ics"):
        events = {str(event["UID"]).partition("@")[0]: event for event in Calendar.from_ical(content[path]).events}
        first, second = (events[f"{opened.cases[0].slug}-live-{number}"] for number in (1, 2))
        assert (first.start, first.end) == (
            datetime(2025, 10, 6, 19, tzinfo=UTC), datetime(2025, 10, 6, 20, tzinfo=UTC),
        )  # fmt: skip
        assert str(first["SUMMARY"]) == "Live: A Year of Posts"
        assert "60 minutes, Bluesky, with Noor Khan\nhttps://social.example/club" in str(first["DESCRIPTION"])
        assert (second.end - second.start).total_seconds() == 45 * 60


def test_a_guest_has_a_page_from_the_opening_on_and_not_before() -> None:
    guest = club(discussion=Discussion(live=(LiveHour.model_validate({**FIRST, "with": ["zoe-guest"]}),)))
    full = write_series(guest)
    people = {instant: publish(full, instant).people for instant in (at(2025, 10, 5), at(2025, 10, 6, 8))}
    assert [["zoe-guest" in {person.id for person in shown}] for shown in people.values()] == [[False], [True]]


def test_the_timetable_is_in_no_output_in_any_state() -> None:
    """Neither a time at which only the timetable has something, nor the word."""
    for state in (State.OPEN, State.CURATING, State.COMPLETE):
        public = make_series(club(state=state, changes=()))
        assert not hasattr(public.cases[0], "timetable")
        files = (*calendar.render(public), *feeds.render(public, ()), *seriesjson.render(public))
        texts = [file.read().decode() for file in files] + [page.text for page in pages.render(public, ())]
        text = "\n".join(texts)
        for sign in ("timetable", "20251006T130000Z", "20251007T112000Z", "14:00 (Dublin", "12:20 (Dublin"):
            assert sign not in text, (state, sign)
