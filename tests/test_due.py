"""`casebuilder due`: a build is due when a date was passed, and only then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import zoo_keeper
from casebuilder import published
from casebuilder.cli import main
from casebuilder.model import Status, WithheldCase
from series_factory import SLUG, at, make_case, make_response, write_series

if TYPE_CHECKING:
    from pathlib import Path

OPENS, CLOSES, RELEASES = at(2025, 5, 23), at(2025, 5, 30), at(2025, 6, 6)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("moment", "what"), [(OPENS, "opened"), (CLOSES, "closed"), (RELEASES, "was released")], ids=str
)
def test_each_date_of_a_case_is_due_once_it_is_reached_and_not_again(moment: object, what: str) -> None:
    series = write_series()
    assert isinstance(moment, type(OPENS))
    (found,) = published.due(series, moment - MINUTE, moment)
    assert (found.what, found.on) == (f"{SLUG} {what}", moment)
    assert published.due(series, moment - 2 * MINUTE, moment - MINUTE) == ()
    assert published.due(series, moment, moment + MINUTE) == ()


def test_several_dates_are_in_their_order_and_an_instant_that_lies_ahead_is_not_due() -> None:
    series = write_series()
    assert [one.on for one in published.due(series, OPENS - MINUTE, RELEASES)] == [OPENS, CLOSES, RELEASES]
    assert published.due(series, RELEASES, OPENS) == ()


def test_a_draft_is_never_due_and_a_withdrawn_case_only_when_its_notice_appears() -> None:
    draft, withdrawn = (write_series(make_case(status=status)) for status in (Status.DRAFT, Status.WITHDRAWN))
    assert published.due(draft, OPENS - MINUTE, RELEASES) == ()
    assert [one.on for one in published.due(withdrawn, OPENS - MINUTE, RELEASES)] == [OPENS]


def test_a_case_that_is_withheld_is_due_when_it_would_have_opened() -> None:
    series = write_series(withheld_cases=(WithheldCase(slug="2025-07-held", opens=date(2025, 7, 4)),))
    (found,) = published.due(series, at(2025, 7, 3), at(2025, 7, 4))
    assert found.what == "2025-07-held, which is being corrected, opened"


def test_a_consent_of_a_later_day_is_due_on_that_day() -> None:
    late = make_response("noor-khan", "Quiet is a finding", "Data.", consent=date(2025, 7, 10))
    series = write_series(make_case(responses=(late,)))
    (found,) = published.due(series, at(2025, 7, 9, 4), at(2025, 7, 10, 4))
    assert found.what == f"a consent for {SLUG} counts from a later day"
    assert published.due(series, at(2025, 7, 10, 4), at(2025, 7, 11, 4)) == ()


def test_the_command_says_why_and_ends_with_a_status_for_scripts(tmp_path: Path) -> None:
    series = str(zoo_keeper.lay_out("_sound", tmp_path))

    def asked(since: str, as_of: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["due", "--since", since, "--as-of", as_of, "--series", series])
        return result.exit_code, result.output

    assert asked("2026-04-06T10:00", "2026-04-06T19:00") == (0, "2026-04-paper-club opened on 2026-04-06 at 18:00\n")
    status, said = asked("2026-04-06T19:00", "2026-04-07")
    assert (status, said.partition(":")[0]) == (1, "nothing is due")
    assert asked("yesterday", "2026-04-07")[0] == 2
    assert asked("", "2026-04-07")[0] == 2, "an unset variable of a script is not now"


def test_a_series_of_which_nothing_can_be_built_ends_with_a_status_of_its_own(tmp_path: Path) -> None:
    """A script that took it for "nothing is due" would never start the build that fails and opens an issue."""
    series = zoo_keeper.lay_out("_sound", tmp_path)
    order = ["due", "--since", "2026-04-06T19:00", "--as-of", "2026-04-07", "--series", str(series)]
    case = series / "cases/2026-04-paper-club/case.yml"
    sound = case.read_bytes()
    case.write_bytes(sound.replace(b"title:", b"titel:"))
    assert CliRunner().invoke(main, order).exit_code == 1, "the rest can be built, and nothing of it is due"
    case.write_bytes(sound)
    settings = series / "mkdocs.yml"
    settings.write_bytes(settings.read_bytes().replace(b"timezone: Europe/Dublin", b"timezone: Europe/Dubln"))
    result = CliRunner().invoke(main, order)
    assert (result.exit_code, "mkdocs.yml:" in result.stderr, "concern the whole series" in result.stderr) == (
        4,
        True,
        True,
    )
    (tmp_path / "empty").mkdir()
    assert CliRunner().invoke(main, [*order[:-1], str(tmp_path / "empty")]).exit_code == 2
