"""The cadence of a series: when `casebuilder new` lets the next case of each kind open, and what holidays change."""

from __future__ import annotations

import re
from datetime import date

import pytest

import series_factory as factory
from casebuilder import readers
from casebuilder.editorial import scaffold
from casebuilder.model import Kind

TODAY = date(2026, 11, 23)


def read(*lines: str, zone: str = "Europe/Dublin") -> tuple[readers.Series, list[tuple[str, str, str]]]:
    """A series with these lines in its settings; and its problems: code, message, hint."""
    settings = "".join(f"      {line}\n" for line in (f"timezone: {zone}", *lines))
    series, problems = readers.read({"mkdocs.yml": f"site_name: x\nplugins:\n  - casebuilder:\n{settings}"})
    return series, [(each.code, each.message, each.hint) for each in problems]


def new(series: readers.Series, kind: str = "case", today: date = TODAY, opens: str = "") -> tuple[str, list[str], str]:
    """The folder of the next case, its three dates, and what the command says."""
    created = scaffold.new_case(series, scaffold.Idea("Night Bell", kind=kind, opens=opens), today)
    dates = re.findall(r"^(?:opens|closes|releases): (.*)", created.texts["case.yml"], re.MULTILINE)
    return created.folder, dates, created.advice


@pytest.mark.parametrize(("cadence", "days"), [
    ("fourth friday", "2026-12-25 2027-01-01 2027-01-08"),
    ("First Monday", "2026-12-07 2026-12-14 2026-12-21"),
    ("last thursday 18:00", "2026-12-31T18:00 2027-01-07T18:00 2027-01-14T18:00"),
    ("the 2nd Tuesday of the month at 7:30", "2026-12-08T07:30 2026-12-15T07:30 2026-12-22T07:30"),
    ("last friday 07:00 Europe/Dublin", "2026-12-25T07:00 2027-01-01T07:00 2027-01-08T07:00"),
])  # fmt: skip
def test_the_next_case_opens_on_the_day_that_the_setting_gives(cadence: str, days: str) -> None:
    series, problems = read(f"cadence: {cadence}")
    assert problems == []
    assert new(series)[1] == days.split()


def test_each_kind_has_its_own_cadence_and_its_own_months() -> None:
    series, problems = read("cadence:", "  case: fourth friday", "  journal-club: first monday 07:00 Australia/Sydney")
    assert problems == []
    case = factory.make_case(kind=Kind.CASE, slug="2026-12-a", opens=date(2026, 12, 25))
    series = series.replaced(cases=(case,))
    assert new(series)[0] == "cases/2027-01-night-bell", "December has its case"
    folder, dates, said = new(series, "journal-club")
    assert folder == "cases/2026-12-night-bell", "the case of December takes no month from the journal club"
    assert dates == ["2026-12-07T07:00+11:00", "2026-12-09T07:00+11:00", "2026-12-16T07:00+11:00"]
    assert (
        "Monday 7 December 2026 at 07:00 (UTC+11:00), which is Sunday 6 December 2026 at 20:00 in Europe/Dublin" in said
    )


def test_a_month_is_that_of_the_zone_in_which_the_cadence_is_written() -> None:
    """1 February in Sydney is still January in Dublin: the folder says February, and March is next."""
    series, _ = read("cadence: first monday 07:00 Australia/Sydney")
    folder, dates, _ = new(series, today=date(2027, 1, 15))
    assert (folder, dates[0]) == ("cases/2027-02-night-bell", "2027-02-01T07:00+11:00")
    assert [str(gap.day) for gap in scaffold.gaps(series, date(2027, 1, 15), date(2027, 2, 9))] == ["2027-01-31"]
    opened = factory.make_case(slug="2027-02-a", opens=factory.at(2027, 1, 31, 20))
    assert new(series.replaced(cases=(opened,)), today=date(2027, 1, 15))[0] == "cases/2027-03-night-bell"


def test_one_cadence_for_every_kind_gives_a_month_one_case() -> None:
    series, _ = read("cadence: fourth friday")
    club = factory.make_journal_club(opens=date(2026, 12, 25))
    assert new(series.replaced(cases=(club,)))[0] == "cases/2027-01-night-bell"


@pytest.mark.parametrize(("holidays", "opens"), [
    ("[12-24]", "2026-12-25"), ("[2026-12-25]", "2026-12-26"), ("[12-25, 12-26]", "2026-12-27"),
    ("[2025-12-25]", "2026-12-25"), ("[2026-12-24 to 2026-12-27]", "2026-12-28"), ("[12-24 to 01-02]", "2027-01-03"),
])  # fmt: skip
def test_a_holiday_moves_the_opening_and_the_command_says_so(holidays: str, opens: str) -> None:
    series, problems = read("cadence: fourth friday", f"holidays: {holidays}")
    assert problems == []
    _, dates, said = new(series)
    assert dates[0] == opens
    assert ('Friday 25 December 2026 is in the list "holidays"' in said) == (opens != "2026-12-25")


def test_what_was_moved_into_the_next_month_is_not_suggested_again() -> None:
    series, _ = read("cadence: fourth friday", "holidays: [12-24 to 01-02]")
    moved = factory.make_case(slug="2027-01-a", opens=date(2027, 1, 3))
    assert new(series.replaced(cases=(moved,)))[1][0] == "2027-02-26"


def test_a_release_is_moved_and_an_opening_that_was_asked_for_is_not() -> None:
    series, _ = read("holidays: [2027-01-15, 2027-01-01]")
    _, dates, said = new(series, opens="2027-01-01")
    assert dates == ["2027-01-01", "2027-01-08", "2027-01-16"]
    assert 'Note: Friday 1 January 2027 is in the list "holidays" of mkdocs.yml\n' in said
    assert "so it is released on Saturday 16 January 2027, the next day that is not\n" in said


def test_a_series_that_is_always_on_holiday_is_refused() -> None:
    series, _ = read("holidays: [01-01 to 12-31]")
    with pytest.raises(scaffold.ScaffoldError, match="every day of a year"):
        new(series)


@pytest.mark.parametrize(("line", "code", "message", "hint"), [
    ("cadence: fifth friday", "bad-value", '"fifth friday" is not a day', "write last friday"),
    ("cadence: fourth fryday", "bad-value", '"fourth fryday" is not', 'did you mean "friday"?'),
    ("cadence: forth friday", "bad-value", '"forth friday" is not', 'did you mean "fourth"?'),
    ("cadence: first monday 7am", "bad-value", '"first monday 7am" is not', "first monday 07:00"),
    ("cadence: first monday 07:00 Sydney", "bad-zone", '"Sydney" is not a time zone', '"Australia/Sydney"'),
    ("cadence: {cases: fourth friday}", "unknown-value", '"cases" is not a possible value of "cadence"', '"case"'),
    ("cadence: [fourth friday]", "wrong-type", '"cadence" needs', ""),
    ("holidays: [25 December 2026]", "bad-value", "is not a holiday", "2026-12-25"),
    ("holidays: [2026-02-30]", "bad-value", "is not a holiday", "2026-12-25"),
    ("holidays: [2027-01-02 to 2026-12-30]", "bad-value", "is not a holiday", "the earlier day first"),
    ("holidays: [12-24 to 2026-12-30]", "bad-value", "is not a holiday", "2026-12-24 to"),
    ("holidays: 2026-12-25", "wrong-type", '"holidays" must be a list', "[2026-12-25]"),
])  # fmt: skip
def test_one_slip_is_one_problem(line: str, code: str, message: str, hint: str) -> None:
    _, problems = read(line)
    assert len(problems) == 1
    assert problems[0][0] == code
    assert message in problems[0][1]
    assert hint in problems[0][2]
