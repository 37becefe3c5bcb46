"""Where a case is in its life, whatever the clocks do; and that nothing is ever shown too early."""

from __future__ import annotations

import ast
import inspect
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder import published, readers
from casebuilder.model import Kind, State, Status, window
from casebuilder.model.case import Case
from casebuilder.published import fields, visibility
from examples import drawn
from sealing import canaries

if TYPE_CHECKING:
    from casebuilder.model.series import Series

SOURCES = Path(published.__file__).parents[1]
TEXTS = {path: text for path, text in canaries.tree().items() if isinstance(text, str)}
SERIES, _ = readers.read(TEXTS, [f"cases/{canaries.SLUG}/{canaries.word('picturefile')}.png"])
CASE = next(case for case in SERIES.cases if case.slug == canaries.SLUG)


def dated(zone: str, **dates: object) -> Series:
    """The canary series in a zone, its case with other dates."""
    case = CASE.model_copy(update={"closes": None, "releases": None, **dates})
    settings = SERIES.settings.model_copy(update={"timezone": zone})
    return SERIES.model_copy(update={"settings": settings, "cases": (case,)})


def state_at(series: Series, moment: str) -> State:
    return published.state(series.cases[0], published.moment(series, moment), series.zone)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-05T23:59:59", State.SCHEDULED),
        ("2026-03-06", State.OPEN),
        ("2026-03-12T23:59:59", State.OPEN),
        ("2026-03-13", State.CURATING),
        ("2026-03-27T00:00", State.COMPLETE),
        ("2026-03-05T23:30:00Z", State.SCHEDULED),  # Dublin is on UTC until 29 March
        ("2026-03-06T00:30:00+01:00", State.SCHEDULED),  # in Paris the day has begun already
    ],
)
def test_a_day_begins_at_its_first_instant_in_the_series_zone(moment: str, expected: State) -> None:
    assert state_at(SERIES.model_copy(update={"cases": (CASE,)}), moment) is expected


@pytest.mark.parametrize(
    ("zone", "opens", "closes"),
    [
        # Seven calendar days, although the clocks went forward: 167 hours.
        ("Europe/Dublin", date(2026, 3, 27), "2026-04-03T00:00:00+01:00"),
        # ... and back: 169 hours.
        ("America/Toronto", date(2026, 10, 30), "2026-11-06T00:00:00-05:00"),
        ("UTC", date(2028, 2, 26), "2028-03-04T00:00:00+00:00"),  # over a leap day
        ("Asia/Kathmandu", datetime(2026, 1, 1, 23, 45), "2026-01-08T23:45:00+05:45"),  # noqa: DTZ001 - in the zone
        ("America/Toronto", datetime(2026, 1, 1, 12, tzinfo=UTC), "2026-01-08T07:00:00-05:00"),
    ],
)
def test_a_week_of_discussion_is_seven_calendar_days(zone: str, opens: date, closes: str) -> None:
    assert window(CASE.model_copy(update={"opens": opens, "closes": None, "releases": None}), ZoneInfo(zone))[1] == (
        datetime.fromisoformat(closes)
    )


def test_a_journal_club_is_open_for_48_hours_by_the_clock() -> None:
    case = CASE.model_copy(update={"kind": Kind.JOURNAL_CLUB, "opens": date(2026, 3, 28), "closes": None})
    opens, closes, _ = window(case, ZoneInfo("Europe/Dublin"))
    assert closes.timestamp() - opens.timestamp() == timedelta(hours=48).total_seconds()
    assert closes.isoformat() == "2026-03-30T01:00:00+01:00"


def test_a_time_that_the_clocks_skip_is_an_instant_all_the_same() -> None:
    series = dated("Europe/Dublin", opens=datetime(2026, 3, 29, 1, 30))  # noqa: DTZ001 - 01:30 is skipped that night
    assert state_at(series, "2026-03-29T00:59:59Z") is State.SCHEDULED
    assert state_at(series, "2026-03-29T01:30:00Z") is State.OPEN


def test_without_a_release_date_the_answers_are_out_at_the_close() -> None:
    assert state_at(dated("UTC"), "2026-03-12T23:59:59") is State.OPEN
    assert state_at(dated("UTC"), "2026-03-13") is State.COMPLETE


def test_an_instant_comes_from_the_option_then_the_setting_then_the_clock() -> None:
    pinned = dated("Europe/Dublin")
    chosen = pinned.settings.model_copy(update={"as_of": date(2026, 4, 1)})
    pinned = pinned.model_copy(update={"settings": chosen})
    assert published.moment(pinned, "2026-03-07").isoformat() == "2026-03-07T00:00:00+00:00"
    assert published.moment(pinned).isoformat() == "2026-04-01T00:00:00+01:00"
    assert published.moment(pinned, "2026-06-30T23:30Z").isoformat() == "2026-07-01T00:30:00+01:00", "the day there"
    assert abs(published.moment(dated("UTC")) - datetime.now(tz=UTC)) < timedelta(minutes=1)
    with pytest.raises(ValueError, match="not a date or a time"):
        published.moment(pinned, "next Friday")


#: What no output ever sees.
NEVER_PUBLISHED = {"figures_origin", "metrics_origin", "origin", "privacy", "quotes_origin"}


def test_every_field_of_a_case_is_named_where_cases_are_published() -> None:
    """A new field is in no output until somebody says when it may be."""
    trees = [ast.parse(inspect.getsource(module)) for module in (fields, visibility)]
    named = {
        node.attr
        for node in (node for tree in trees for node in ast.walk(tree))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"case", "shown.case", "self.case"}
    }
    # These are decided on beside: by the state, by `window`, and by `consent`; contributions are only counted.
    decided = {"status", "opens", "closes", "releases", "quotes", "responses", "contributions"}
    assert sorted({*Case.model_fields} - named - decided) == sorted(NEVER_PUBLISHED)


def test_only_publish_reads_the_clock_or_asks_for_a_state_by_date() -> None:
    """No other module calls for now or today, or compares one of a case's instants with another."""
    clock = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
    instants = {"opens", "closes", "releases", "as_of"}
    for path in sorted(SOURCES.rglob("*.py")):
        if "published" in path.relative_to(SOURCES).parts or path.name in {"dates.py", "files.py"}:
            continue  # a case's dates are compared with each other, and a file's age is asked for
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clock:
                owner = ast.unparse(node.func.value)
                assert owner not in {"datetime", "date", "time", "datetime.datetime"}, f"{path.name}:{node.lineno}"
            ordered = isinstance(node, ast.Compare) and any(
                isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in node.ops
            )
            if ordered:
                names = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
                assert not names & instants, f"{path.name}:{node.lineno} compares {names & instants}"


ZONES = st.sampled_from(
    ["UTC", "Europe/Dublin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe"]
)
MOMENTS = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2028, 12, 31))  # noqa: DTZ001 - in any zone
SPANS = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=60))
STATUS = st.sampled_from([None, None, None, Status.DRAFT, Status.WITHDRAWN])


@st.composite
def series_and_instant(draw: st.DrawFn) -> tuple[Series, datetime]:
    opens = draw(MOMENTS)
    closes = opens + draw(SPANS)
    releases = closes + draw(SPANS)
    day = draw(st.booleans())
    dates = {"opens": opens.date(), "closes": closes.date() + timedelta(days=1), "releases": None}
    dates = dates if day else {"opens": opens, "closes": closes, "releases": releases}
    series = dated(draw(ZONES), **dates, status=draw(STATUS))
    instant = draw(st.sampled_from([opens, closes, releases]))
    shift = draw(st.timedeltas(min_value=timedelta(days=-3), max_value=timedelta(days=3)))
    return series, (instant + shift).replace(tzinfo=ZoneInfo(draw(ZONES)))


def visible(series: Series, as_of: datetime) -> str:
    """Every letter of what `publish` hands to the outputs."""
    return repr(published.publish(series, as_of)).lower()


@drawn(60)
@given(series_and_instant())
def test_nothing_sealed_is_visible_before_its_instant(drawn: tuple[Series, datetime]) -> None:
    series, as_of = drawn
    case = series.cases[0]
    opens, _, releases = window(case, series.zone)
    text = visible(series, as_of)
    assert not [name for name in canaries.NEVER if canaries.word(name) in text]
    if as_of.timestamp() < releases.timestamp() or case.status is not None:
        assert not [name for name in (*canaries.SEALED, *canaries.UNPRINTED) if canaries.word(name) in text]
    if as_of.timestamp() < opens.timestamp() or case.status is Status.DRAFT:
        assert not [name for name in canaries.OPEN if canaries.word(name) in text]


@drawn(40)
@given(series_and_instant(), SPANS)
def test_what_is_visible_only_grows(drawn: tuple[Series, datetime], span: timedelta) -> None:
    series, as_of = drawn
    later = datetime.fromtimestamp(as_of.timestamp() + span.total_seconds(), tz=UTC)
    names = (*canaries.OPEN, *canaries.SEALED)
    before = {name for name in names if canaries.word(name) in visible(series, as_of)}
    after = {name for name in names if canaries.word(name) in visible(series, later)}
    assert before <= after
