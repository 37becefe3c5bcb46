"""Page, pack and feed say which version of a case one reads, and since when."""

from __future__ import annotations

from datetime import date

import series_factory as factory
from casebuilder.model import Change, ChangeKind
from casebuilder.outputs import feeds
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import pages

CHANGED = factory.make_case(
    changes=(
        Change(date=date(2025, 7, 1), kind=ChangeKind.CORRECTION, note="A dose was wrong."),
        Change(date=date(2025, 8, 2), kind=ChangeKind.UPDATE, note="A reference was added."),
    )
)
SERIES = factory.make_series(CHANGED)


def test_every_output_shows_version_and_day_of_the_last_change() -> None:
    page = next(page.text for page in pages.render(SERIES, ()) if page.path == f"cases/{CHANGED.slug}/index.md")
    feed = next(file.read().decode() for file in feeds.render(SERIES, ()) if file.path == "feed.xml")
    printed = {job.path: job.html for job in views.jobs(SERIES) if job.subject == CHANGED.slug}
    assert "Updated " in page
    assert "2025-08-02" in page
    assert "Version 3" in feed
    for edition in ("handout", "guide", "case"):
        said = printed[f"packs/{CHANGED.slug}-{edition}-a4.pdf"].replace("\u00a0", " ")
        assert "Version 3, updated 2 August 2025" in said


def test_a_case_that_never_changed_shows_no_version() -> None:
    series = factory.make_series(factory.make_case(changes=()))
    page = next(page.text for page in pages.render(series, ()) if page.path == f"cases/{CHANGED.slug}/index.md")
    assert "Version" not in page
