"""The sitemap says when each page last changed; that is not the day of the build."""

from __future__ import annotations

import json
from datetime import date

from casebuilder.model import Change, ChangeKind, CollectionEntry, Consent, ConsentState, State, WithheldCase
from casebuilder.model.series import Collection
from casebuilder.outputs.site import pages, sitemap
from feed_reader import written
from series_factory import SLUG, at, make_case, make_open_case, make_quote, make_series, make_withdrawn_case

CLUB = "2025-10-open-case"


def changed(*cases: object, **update: object) -> dict[str, str]:
    public = make_series(*cases, **update)  # type: ignore[arg-type]  # a test gives any fields
    return sitemap.dates(public, [page.path for page in pages.render(public, ())])


def test_a_case_last_changed_when_it_opened_closed_was_released_or_was_changed() -> None:
    path = f"cases/{SLUG}/index.md"
    fixed = (Change(date=date(2025, 7, 2), kind=ChangeKind.CORRECTION, note="A dose."),)
    assert changed(make_case(changes=()))[path] == "2025-06-06"
    assert changed(make_case(changes=fixed))[path] == "2025-07-02"
    assert changed(make_open_case(changes=()))[path] == "2025-05-23"
    assert changed(make_open_case(changes=(), state=State.CURATING))[path] == "2025-05-30"
    assert path not in changed(make_case(changes=(), state=State.DRAFT, opens=at(2026, 1, 1))), "not in a preview"


def test_a_day_is_that_of_the_series_own_zone() -> None:
    assert changed(make_open_case(changes=(), opens=at(2025, 5, 23, 0, 30)))[f"cases/{SLUG}/index.md"] == "2025-05-23"


def test_a_list_last_changed_when_one_of_its_cases_did() -> None:
    old = make_case(changes=(), topics=("λάθη", "handover"), credits=())
    new = make_open_case(changes=(), slug=CLUB, opens=at(2025, 10, 3), topics=("handover",), responses=())
    picked = Collection(id="first", title="x", introduction="x", cases=(CollectionEntry(case=SLUG, why="x"),))
    found = changed(old, new, collections=(picked,))
    assert found[f"cases/{CLUB}/index.md"] == "2025-10-03"
    for path in ("index.md", "cases/index.md", "topics/index.md", "topics/handover/index.md", "schedule/2025/index.md"):
        assert found[path] == "2025-10-03", path
    for path in ("topics/λάθη/index.md", "collections/first/index.md", f"experts/{old.responses[0].person}/index.md"):
        assert found[path] == "2025-06-06", path


def test_a_page_without_cases_shows_no_day() -> None:
    assert sitemap.dates(make_series(cases=()), ["index.md", "cases/index.md"]) == {}


def test_a_withdrawn_case_last_changed_on_the_day_of_its_withdrawal() -> None:
    gone = make_withdrawn_case()
    assert changed(gone)[f"cases/{gone.slug}/index.md"] == max(change.date for change in gone.changes).isoformat()


def test_a_withdrawn_quote_changes_its_case_and_neither_it_nor_a_correction_a_list() -> None:
    consent = Consent(state=ConsentState.WITHDRAWN, on=date(2025, 8, 4))
    gone = make_quote("q1", "", consent=consent, theme="silence")
    fixed = (Change(date=date(2025, 7, 2), kind=ChangeKind.CORRECTION, note="A dose."),)
    for case, day in ((make_case(changes=fixed), "2025-07-02"), (make_case(changes=(), quotes=(gone,)), "2025-08-04")):
        found = changed(case)
        assert found[f"cases/{SLUG}/index.md"] == day
        assert [found[f"{name}index.md"] for name in ("", "cases/", "topics/")] == [
            "2025-06-06",
            "2025-06-06",
            "2025-05-23",
        ]
        released, opened = json.loads(written(make_series(case))["feed.json"])["items"]
        assert released["date_modified"].startswith(day)
        assert opened["date_modified"].startswith(day if case.changes else "2025-05-23")


def test_a_page_about_no_case_and_one_that_is_being_corrected_show_no_day() -> None:
    public = make_series(withheld_cases=(WithheldCase(slug=CLUB, opens=date(2025, 10, 3)),))
    assert sitemap.dates(public, [f"cases/{CLUB}/index.md", "team/index.md"]) == {}
