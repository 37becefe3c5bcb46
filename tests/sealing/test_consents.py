"""Consent decides what is printed, and as whose."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from casebuilder import published, readers
from casebuilder.model import Consent, ConsentState, MissingConsent, Mode, Quote, QuoteAuthor, Source, Use
from casebuilder.outputs import epub, feeds, seriesjson
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import pages
from casebuilder.problems import stoppers
from sealing import canaries

if TYPE_CHECKING:
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

TEXTS = {path: text for path, text in canaries.tree().items() if isinstance(text, str)}
SERIES, _ = readers.read(TEXTS)
CASE = next(case for case in SERIES.cases if case.slug == canaries.SLUG)
CLOSED, RELEASED = datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def series(quotes: tuple[Quote, ...], *, countries: str = "", **settings: object) -> Series:
    """The canary series with other quotes, and one contributor for each country named."""
    contribution = CASE.contributions[0]
    record = tuple(
        contribution.model_copy(update={"id": f"c{number}", "author_key": f"{number:02}", "country": country})
        for number, country in enumerate(countries.split())
    )
    case = CASE.model_copy(update={"quotes": quotes, "contributions": record})
    return SERIES.model_copy(update={"cases": (case,), "settings": SERIES.settings.model_copy(update=settings)})


def quote(mode: Mode, state: ConsentState, **changes: object) -> Quote:
    by = QuoteAuthor(name="Ada Byrne", role="nurse", country="IE")
    return Quote(id="q1", text="We said so.", mode=mode, by=by, consent=Consent(state=state)).model_copy(update=changes)


def printed(series: Series) -> Case:
    return published.publish(series, RELEASED).cases[0]


@pytest.mark.parametrize(("countries", "shown"), [("IE IE", None), ("IE IE IE", "IE"), ("IE IE PH", None), ("", None)])
def test_a_country_of_few_contributors_is_not_shown_of_anonymous_ones(countries: str, shown: str | None) -> None:
    given = series((quote(Mode.ANONYMOUS, ConsentState.GRANTED),), countries=countries, small_count=3)
    (by,) = printed(given).quoted(Use.SITE)
    assert (by.name, by.role, by.country) == ("", "nurse", shown)


@pytest.mark.parametrize("state", ConsentState)
@pytest.mark.parametrize("mode", Mode)
def test_a_name_is_printed_only_with_a_consent_that_was_given(mode: Mode, state: ConsentState) -> None:
    shown = printed(series((quote(mode, state),))).quoted(Use.SITE)
    given = state in {ConsentState.GRANTED, ConsentState.LICENSED}
    named = any(item.name for item in shown)
    assert named is (given and mode is not Mode.ANONYMOUS)
    words = any(item.text for item in shown)
    assert words is (given or (state is ConsentState.NOT_NEEDED and mode is not Mode.NAMED))
    assert bool(shown) is (words or state is ConsentState.WITHDRAWN)


def test_a_release_waits_for_consent_and_names_whom_to_ask_or_goes_on_without() -> None:
    pending = (quote(Mode.NAMED, ConsentState.PENDING),)
    waiting = series(pending, missing_consent=MissingConsent.ERROR)
    (problem,) = published.missing_consents(waiting, RELEASED)
    assert problem.code == "missing-consent"
    assert "ask Ada Byrne" in problem.hint
    omitting = series(pending, missing_consent=MissingConsent.OMIT)
    for given, moment in ((waiting, CLOSED), (omitting, CLOSED), (omitting, RELEASED)):
        (problem,) = published.missing_consents(given, moment)
        assert (problem.code, "ask Ada Byrne" in problem.hint) == ("pending-consent", True)
    assert not list(published.missing_consents(waiting, datetime(2026, 3, 10, tzinfo=UTC))), "before the close"
    assert not stoppers((problem,), strict=True), "it never stops the build of everything else"
    assert not printed(waiting).quoted(Use.SITE)


@pytest.mark.parametrize(("on", "codes"), [(21, ["pending-consent"]), (20, []), (19, [])])
def test_a_consent_of_a_day_to_come_is_still_waited_for(on: int, codes: list[str]) -> None:
    later = Consent(state=ConsentState.GRANTED, on=date(2026, 3, on))
    found = list(published.missing_consents(series((quote(Mode.NAMED, later.state, consent=later),)), CLOSED))
    assert [problem.code for problem in found] == codes
    assert all(f"dated 2026-03-{on}" in problem.message for problem in found)


def test_nobody_is_asked_about_words_that_were_withdrawn_or_are_not_written_yet() -> None:
    asked = quote(Mode.NAMED, ConsentState.PENDING, source=Source(contribution="c0"))
    given = series((asked,), countries="IE")
    assert len(list(published.missing_consents(given, RELEASED))) == 1
    (contribution,) = given.cases[0].contributions
    withdrawn = contribution.model_copy(update={"withdrawn": date(2026, 3, 19)})
    after = given.replaced(cases=(given.cases[0].with_contributions((withdrawn,)),))
    assert not list(published.missing_consents(after, RELEASED))
    assert not list(
        published.missing_consents(series((quote(Mode.PARAPHRASE, ConsentState.PENDING, text=""),)), RELEASED)
    )


USES = (None, (Use.SITE,), (Use.PRINT,), (Use.CARD,), (Use.SITE, Use.PRINT))


@pytest.mark.parametrize("uses", USES, ids=str)
def test_a_quote_is_only_where_its_author_agreed_to(uses: tuple[Use, ...] | None) -> None:
    consent = Consent(state=ConsentState.GRANTED, uses=uses)
    made = quote(Mode.ANONYMOUS, ConsentState.GRANTED, consent=consent, text="Only where I agreed to it, please.")
    case = CASE.model_copy(update={"quotes": (made,), "pictures": frozenset(), "image": None})
    public = published.publish(SERIES.model_copy(update={"cases": (case,)}), RELEASED)
    books = [zipfile.ZipFile(io.BytesIO(file.read())) for file in epub.render(public, lambda _: b"")]
    found = {
        "pages": "".join(page.text for page in pages.render(public)).encode(),
        "feeds": b"".join(file.read() for file in feeds.render(public, ())),
        "packs": "".join(job.html for job in views.jobs(public)).encode(),
        "books": b"".join(book.read(name) for book in books for name in book.namelist()),
        "screens": b"".join(file.read() for file in views.screens(public)),
    }
    site, print_ = (uses is None or use in uses for use in (Use.SITE, Use.PRINT))
    wanted = {"pages": site, "feeds": site, "packs": print_, "books": print_, "screens": site and print_}
    assert {name: made.text.encode() in content for name, content in found.items()} == wanted
    series_json = next(file.read() for file in seriesjson.render(public) if file.path == "series.json")
    assert [each["quotes"] for each in json.loads(series_json)["cases"]] == [int(site)]


def test_a_response_without_consent_is_not_released() -> None:
    response = CASE.responses[0].model_copy(update={"consent": None})
    given = SERIES.model_copy(update={"cases": (CASE.model_copy(update={"responses": (response,)}),)})
    assert not printed(given).responses
    asking = given.settings.model_copy(update={"missing_consent": MissingConsent.ERROR})
    found = list(published.missing_consents(given.model_copy(update={"settings": asking}), RELEASED))
    assert f"ask {canaries.word('respondername')}" in " ".join(problem.hint for problem in found)
    later = response.model_copy(update={"consent": date(2026, 5, 1)})
    given = SERIES.model_copy(update={"cases": (CASE.model_copy(update={"responses": (later,)}),)})
    assert not printed(given).responses
