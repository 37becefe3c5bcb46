"""The calendars: their bytes, and what a calendar program reads out of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from casebuilder.model import Change, ChangeKind, State
from casebuilder.outputs import calendar
from series_factory import (
    SITE,
    SLUG,
    at,
    make_case,
    make_journal_club,
    make_open_case,
    make_series,
    make_withdrawn_case,
)

if TYPE_CHECKING:
    from icalendar import Event

    from casebuilder.model.series import Series

LONG = "The Case of the Überlange Überschrift, mit Ärger; “Anführung” und 夜勤の静かなポケットベル: " * 3


def written(series: Series) -> dict[str, bytes]:
    return {file.path: file.content for file in calendar.render(series)}


def events(series: Series, path: str = "calendar.ics") -> dict[str, Event]:
    """The events by the first word of their summary."""
    read = Calendar.from_ical(written(series)[path])
    return {str(event["SUMMARY"]).partition(":")[0]: event for event in read.events}


def test_lines_end_and_fold_as_rfc_5545_has_it() -> None:
    content = written(make_series(make_case(title=LONG, teaser=LONG), description=LONG))["calendar.ics"]
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b"\r" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # a fold never cuts a character in two
    assert any(line.startswith(b" ") for line in lines)


def test_folded_words_come_back_whole() -> None:
    series = make_series(make_case(title=LONG, teaser=LONG))
    found = Calendar.from_ical(written(series)["calendar.ics"]).events
    assert {str(event["SUMMARY"]).partition(": ")[2] for event in found} == {LONG}
    assert str(found[0]["DESCRIPTION"]).startswith(LONG)


def test_every_event_has_what_it_needs_and_no_value_is_wrong() -> None:
    read = Calendar.from_ical(
        written(make_series(make_case(), make_journal_club(), make_withdrawn_case()))["calendar.ics"]
    )
    for component in (read, *read.events):
        assert not component.errors
        assert all(key in component for key in component.required)
    for event in read.events:
        assert event.keys() >= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "LAST-MODIFIED"}


def test_subscribers_get_the_name_and_when_to_look_again() -> None:
    content = written(make_series())["calendar.ics"].decode()
    for line in (
        "NAME:Quiet Dilemmas",
        "X-WR-CALNAME:Quiet Dilemmas",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        f"SOURCE;VALUE=URI:{SITE}calendar.ics",
        "X-WR-TIMEZONE:Europe/Dublin",
        "LAST-MODIFIED:20250803T230000Z",
    ):
        assert f"{line}\r\n" in content


def test_days_are_whole_days() -> None:
    calendar_events = events(make_series())
    assert (calendar_events["Opens"].start, calendar_events["Opens"].end) == (date(2025, 5, 23), date(2025, 5, 24))
    assert (calendar_events["Discussion"].start, calendar_events["Discussion"].end) == (
        date(2025, 5, 23),
        date(2025, 5, 30),
    )
    assert (calendar_events["Released"].start, calendar_events["Released"].end) == (date(2025, 6, 6), date(2025, 6, 7))


def test_times_are_instants() -> None:
    calendar_events = events(make_series(make_journal_club()))
    assert calendar_events["Opens"].start == datetime(2025, 10, 6, 6, tzinfo=UTC)
    assert calendar_events["Discussion"].end - calendar_events["Discussion"].start == timedelta(hours=48)
    assert calendar_events["Released"].start == datetime(2025, 10, 15, 6, tzinfo=UTC)


def test_a_window_over_the_change_of_the_clocks_keeps_its_hours() -> None:
    club = make_journal_club(opens=at(2025, 10, 25, 7), closes=at(2025, 10, 27, 6), releases=at(2025, 11, 1, 7))
    found = events(make_series(club))["Discussion"]
    assert found.end - found.start == timedelta(hours=48)


def test_uids_survive_a_new_title_and_a_new_place() -> None:
    before = events(make_series())
    after = events(make_series(make_case(title="New"), site_url="https://example.org/elsewhere/"))
    assert {name: event.uid for name, event in before.items()} == {name: event.uid for name, event in after.items()}
    assert before["Opens"].uid == f"{SLUG}-opening@example.org"


def test_a_change_raises_the_sequence_and_the_stamp() -> None:
    before = events(make_series(make_case(changes=())))["Released"]
    after = events(make_series(make_case(changes=(Change(date=date(2025, 8, 4), kind=ChangeKind.UPDATE, note="x"),))))
    assert (before["SEQUENCE"], after["Released"]["SEQUENCE"]) == (0, 1)
    assert before.stamp == datetime(2025, 5, 22, 23, tzinfo=UTC)
    assert after["Released"].stamp == after["Released"].last_modified == datetime(2025, 8, 3, 23, tzinfo=UTC)


def test_a_withdrawal_cancels_the_events_that_subscribers_have() -> None:
    before, after = events(make_series()), events(make_series(make_withdrawn_case()))
    for name, event in after.items():
        assert event["STATUS"] == "CANCELLED"
        assert event.uid == before[name].uid
        assert event["SEQUENCE"] > before[name]["SEQUENCE"]
        assert "A reader recognised a colleague." in event["DESCRIPTION"]


def test_an_event_leads_to_its_case() -> None:
    found = events(make_series())["Opens"]
    assert found["URL"] == f"{SITE}cases/{SLUG}/"
    assert "A pager stays quiet all night." in found["DESCRIPTION"]
    assert "A fictional series." in found["DESCRIPTION"]


def test_a_calendar_goes_back_ten_years() -> None:
    cases = [make_open_case(slug=f"{1900 + n}-01-x", title=str(n), opens=at(1900 + n, 1, 1)) for n in range(125)]
    content = written(make_series(*reversed(cases)))["calendar.ics"]
    assert len(content) < 500_000
    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(content).events][::359] == [
        "Opens: 5",
        "Released: 124",
    ]


def test_nothing_comes_from_the_clock() -> None:
    series = make_series()
    assert written(series) == written(make_series(as_of=at(2031, 1, 1)))


def test_each_topic_has_a_calendar() -> None:
    other = make_open_case(slug="2025-11-bell", title="Bell", topics=("feedback", "Handover"), opens=at(2025, 11, 28))
    series = make_series(make_case(), other)
    assert written(series).keys() == {
        "calendar.ics",
        f"cases/{SLUG}/calendar.ics",
        "cases/2025-11-bell/calendar.ics",
        "topics/feedback/calendar.ics",
        "topics/handover/calendar.ics",
        "topics/psychological-safety/calendar.ics",
    }
    assert {str(event["SUMMARY"]) for event in events(series, "topics/feedback/calendar.ics").values()} == {
        "Opens: Bell",
        "Discussion: Bell",
        "Released: Bell",
    }
    assert len(Calendar.from_ical(written(series)["topics/handover/calendar.ics"]).events) == 6


@pytest.mark.parametrize("state", [State.DRAFT, State.SCHEDULED])
def test_a_case_that_has_not_opened_is_in_no_calendar_even_with_drafts(state: State) -> None:
    assert b"Quiet Pager" not in b"".join(written(make_series(make_case(state=state))).values())


def test_a_series_without_an_address_has_a_calendar_all_the_same() -> None:
    found = events(make_series(site_url=""))["Opens"]
    assert found.uid == f"{SLUG}-opening@series.invalid"
    assert "URL" not in found


def test_each_case_has_its_dates_alone_under_the_same_uids() -> None:
    series = make_series(make_case(), make_journal_club(state=State.OPEN))
    own = events(series, "cases/2025-10-a-year-of-posts/calendar.ics")
    assert {event.uid.rpartition("@")[0] for event in own.values()} == {
        f"2025-10-a-year-of-posts-{name}" for name in ("opening", "discussion", "release")
    }
    every = {event.uid for event in Calendar.from_ical(written(series)["calendar.ics"]).events}
    assert every > {event.uid for event in own.values()}
    assert own["Discussion"].end - own["Discussion"].start == timedelta(hours=48)
