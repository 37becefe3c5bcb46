"""The status of a series: what each case lacks, who is waited for, what comes next, when the site was last built."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

import series_factory as factory
from casebuilder import readers
from casebuilder.editorial import lastbuild, scaffold, statustext
from casebuilder.editorial.lastbuild import LastBuild, last_build
from casebuilder.model import Consent, ConsentState, Kind
from casebuilder.model.commentary import Contribution
from casebuilder.outputs import seriesjson
from casebuilder.published.seriesstatus import series_status
from network import network

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.published.seriesstatus import CaseStatus, Status

SEALED = {"responses": (), "quotes": (), "commentary": None, "notes": (), "contributions": ()}
SCHEDULED, OPEN = factory.at(2025, 5, 1, 9), factory.at(2025, 5, 26, 9)
CURATED, RELEASED = factory.at(2025, 6, 2, 9), factory.at(2025, 7, 1, 9)
NO_BUILD = LastBuild()


def board(*cases: factory.WrittenCase, at: object = OPEN, **changes: object) -> Status:
    return series_status(factory.write_series(*cases, **changes), at)


def only(shown: Status, slug: str = factory.SLUG) -> CaseStatus:
    return next(case for case in shown.cases if case.slug == slug)


def later(slug: str = "2026-01-later", **changes: object) -> factory.WrittenCase:
    """A case after the sample's, with nothing that is sealed."""
    days = {"opens": factory.at(2026, 1, 9), "closes": factory.at(2026, 1, 16), "releases": factory.at(2026, 1, 23)}
    return factory.make_case(**({"slug": slug, "episode": None} | days | SEALED | changes))


def draft_of(kind: str) -> CaseStatus:
    """The status of the draft that `casebuilder new` makes, read from its files."""
    series, _ = readers.read({"mkdocs.yml": "site_name: x\nplugins: [casebuilder]\n"})
    created = scaffold.new_case(series, scaffold.Idea("Night Bell", kind=kind), date(2026, 11, 23))
    texts = {f"{created.folder}/{name}": text for name, text in created.texts.items() if "/_" not in name}
    series, problems = readers.read({"mkdocs.yml": "site_name: x\nplugins: [casebuilder]\n", **texts})
    assert problems == []
    return series_status(series, factory.at(2026, 11, 23)).cases[0]


def test_a_draft_is_asked_for_everything_that_it_needs_to_open() -> None:
    case = draft_of("case")
    assert (case.state, case.next, f"{case.due:%Y-%m-%d}") == ("draft", "opens", "2026-12-04")
    assert case.missing == (
        "teaser missing", "topics missing", "competencies missing", "objectives missing", "basis missing",
        "credits missing", "story missing", "questions missing", "TODO left in facilitation.md",
    )  # fmt: skip
    club = draft_of("journal-club").missing
    assert {"paper missing", "paper.md missing"} <= set(club)
    assert "basis missing" not in club


def test_a_draft_without_a_date_or_with_one_that_has_passed_says_so() -> None:
    files = "title: X\nstatus: draft\ncredits: [{person: ana, roles: [editor]}]\nbasis: composite\n"
    series, _ = readers.read(
        {"mkdocs.yml": "site_name: x\nplugins: [casebuilder]\n", "cases/2026-03-x/case.yml": files}
    )
    found = series_status(series, OPEN).cases[0]
    assert (found.next, found.due) == ("", None)
    assert {"opens missing", "writer missing in credits", "privacy check missing"} <= set(found.missing)
    series, _ = readers.read(
        {
            "mkdocs.yml": "site_name: x\nplugins: [casebuilder]\n",
            "cases/2026-03-x/case.yml": f"{files}opens: 2025-05-01\n",
        }
    )
    assert series_status(series, OPEN).cases[0].missing[0] == "a later day for opens"


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_asked_for_that_the_series_does_not_have(kind: Kind) -> None:
    """A journal club without experts, notes and commentary is asked for none; nor is one after others that had none."""
    bare = later(kind=kind, credits=factory.make_case().credits[:2])
    assert only(board(bare, at=factory.at(2026, 1, 12)), bare.slug).missing == ()
    earlier = factory.make_case(**(SEALED | {"kind": kind}))
    assert only(board(earlier, bare, at=factory.at(2026, 1, 20)), bare.slug).missing == ()


def test_it_is_asked_for_what_the_released_cases_of_its_kind_have() -> None:
    new = later(credits=factory.make_case().credits[:2])
    status_shown = board(factory.make_case(), new, at=factory.at(2026, 1, 12))
    assert only(status_shown, new.slug).missing == ("2 expert responses missing", "facilitation notes missing")
    status_shown = board(factory.make_case(), new, at=factory.at(2026, 1, 20))
    assert only(status_shown, new.slug).missing[-1] == "commentary missing"
    small = factory.make_case(responses=factory.make_case().responses[:1])
    assert only(board(small, new, at=factory.at(2026, 1, 12)), new.slug).missing[0] == "1 expert response missing"
    club = later(kind=Kind.JOURNAL_CLUB, credits=new.credits)
    assert only(board(factory.make_case(), club, at=factory.at(2026, 1, 12)), club.slug).missing == ()


def test_a_released_case_is_asked_for_nothing_but_answers() -> None:
    assert only(board(factory.make_case(**SEALED), at=RELEASED)).missing == ()


def test_an_announced_expert_counts() -> None:
    new = later(announced=("noor-khan",))
    assert only(board(new, at=factory.at(2026, 1, 12)), new.slug).missing == ("2 expert responses missing",)


def pending() -> factory.WrittenCase:
    """A case that waits for two answers: from a quote's author, whom the record knows, and from an expert."""
    asked = Consent(state=ConsentState.PENDING)
    quote = factory.make_quote("q1", "Let them sleep.", mode="anonymous", by={"role": "nurse"}, consent=asked)
    quote = quote.model_copy(update={"source": quote.source.model_copy(update={"contribution": "c1"})})
    said = Contribution(
        id="c1",
        channel="mastodon",
        author="@night<b>owl",
        author_key="k",
        posted=factory.at(2025, 5, 24),
        text="Let them sleep.",
    )
    response = factory.make_case().responses[0].model_copy(update={"consent": None})
    return factory.make_case(quotes=(quote,), contributions=(said,), responses=(response,))


def test_from_the_close_on_it_names_whom_to_ask() -> None:
    assert only(board(pending(), at=OPEN)).waiting == ()
    assert "consent of Noor Khan missing" in only(board(pending(), at=OPEN)).missing
    for moment in (CURATED, RELEASED):
        found = only(board(pending(), at=moment))
        assert [(each.what, each.whom, each.where) for each in found.waiting] == [
            ('the quote "q1"', "@night<b>owl", "mastodon"), ("the response", "Noor Khan", ""),
        ]  # fmt: skip
        owed = ('consent pending for quote "q1" (@night<b>owl, mastodon)', "consent of Noor Khan missing")
        assert found.missing[-2:] == owed
        assert not {*found.lacks} & {*owed}


def test_json_keeps_its_names_and_has_who_is_waited_for() -> None:
    value = json.loads(
        statustext.as_json(board(pending(), at=CURATED), LastBuild(SCHEDULED, "https://x.org/", is_published=True))
    )
    assert value.keys() == {"as_of", "last_build", "cases", "dates", "gaps", "wrong_settings"}
    assert value["last_build"] == {"at": "2025-05-01T09:00:00+01:00", "published": True}
    (case,) = value["cases"]
    assert {"case", "title", "state", "has_errors", "next", "due", "missing", "waiting"} == case.keys()
    assert case["waiting"][0] == {"for": 'the quote "q1"', "whom": "@night<b>owl", "where": "mastodon"}
    assert value["dates"] == [
        {"on": "2025-06-06T00:00:00+01:00", "case": factory.SLUG, "what": "releases", "draft": False},
    ]  # fmt: skip


def test_markdown_mentions_and_links_nobody() -> None:
    case = pending().model_copy(update={"title": "Ask @admin, see #12 & www.example.org <img src=x> `a` [b](c) | *d*"})
    text = statustext.markdown(board(case, later(), at=CURATED), NO_BUILD)
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert "&lt;img src=x&gt;" in html
    assert "<img" not in html
    assert "<em>" not in html
    assert "@admin" not in html
    assert "#12" not in html
    assert "www.example" not in html
    assert "@night" not in html
    assert "href" not in html
    assert (html.count("<tr>"), html.count("<td>")) == (2, 3), "a title with a bar is one cell"
    assert "consent for" in html
    assert "Last build: not known" in html


def test_a_case_with_errors_says_that_it_is_not_published() -> None:
    status_shown = series_status(factory.write_series(factory.make_case(), later()), RELEASED, {factory.SLUG})
    line = next(line for line in statustext.text(status_shown, NO_BUILD).splitlines() if line.startswith(factory.SLUG))
    assert line.endswith("complete   has errors: not published")
    assert [case["has_errors"] for case in json.loads(statustext.as_json(status_shown, NO_BUILD))["cases"]] == [
        False,
        True,
    ]
    assert f"(`{factory.SLUG}`): complete\n  - [ ] has errors\\: not published\n" in statustext.markdown(
        status_shown, NO_BUILD
    )


def test_markdown_of_a_quiet_month() -> None:
    text = statustext.markdown(board(factory.make_case(), at=RELEASED), NO_BUILD)
    assert text.split("## ")[1:] == [
        "What is missing\n\nNothing.\n\n",
        "Who is waited for\n\nNobody.\n\n",
        "The next 90 days\n\nNothing.",
    ]


# The day of the last build


def site_data(as_of: object) -> bytes:
    made = factory.make_series(as_of=as_of)
    return next(file.read() for file in seriesjson.render(made) if file.path == "series.json")


def test_the_published_site_says_when_it_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lastbuild, "_PATIENCE", 60.0)  # the server is this machine, which has other work
    (tmp_path / "site").mkdir()
    (tmp_path / "site/series.json").write_bytes(site_data(SCHEDULED))
    with network() as online:
        series = factory.write_series(site_url=f"{online.address}/series/")
        online.answers["/series/series.json"] = lambda *_: site_data(RELEASED)
        assert last_build(series, tmp_path) == LastBuild(RELEASED, f"{online.address}/series/", is_published=True)
        assert last_build(series, tmp_path, offline=True) == LastBuild(SCHEDULED, "site")
        assert online.asked == ["/series/series.json"]


@pytest.mark.parametrize("answer", [
    (404, {}, {"as_of": "2025-07-01T09:00:00Z"}), (200, {}, b"<html>"), (200, {}, {"as_of": "2025-07-01"}),
    (200, {}, []), (200, {}, {}), (200, {}, {"as_of": 4}), (200, {"Content-Length": "900"}, b"{}"),
    (302, {"Location": "/elsewhere"}, b""), (200, {}, b"[" * 100_000), (500, {}, b""),
])  # fmt: skip
def test_what_is_no_data_of_a_series_is_passed_over(tmp_path: Path, answer: tuple[int, dict[str, str], object]) -> None:
    with network() as online:
        online.faults = [answer]
        assert last_build(factory.write_series(site_url=f"{online.address}/"), tmp_path) == LastBuild()


def test_the_address_of_an_example_is_not_asked(tmp_path: Path) -> None:
    """Nor an address at which nobody answers: the board is shown all the same."""
    for address in ("https://example.org/series/", "https://cases.example.com/", "https://my.invalid/", ""):
        assert last_build(factory.write_series(site_url=address), tmp_path) == LastBuild()
    assert last_build(factory.write_series(site_url="http://127.0.0.1:9/"), tmp_path) == LastBuild()


def test_the_text_names_the_day() -> None:
    status_shown = board(factory.make_case(), at=RELEASED)
    assert statustext.text(status_shown, LastBuild(SCHEDULED, "https://x.org/", is_published=True)).endswith(
        "\nLast build: 2025-05-01 09:00, published at https://x.org/"
    )
    assert statustext.text(status_shown, LastBuild(SCHEDULED, "site")).endswith(
        "Last build: 2025-05-01 09:00, on this computer, in site"
    )
    assert statustext.text(status_shown, NO_BUILD).endswith("Last build: not known")


def test_a_month_without_a_case_is_shown_by_the_cadence_of_the_series() -> None:
    settings = factory.make_settings(
        cadence={"case": "fourth friday", "journal-club": "first monday 07:00"}, holidays=("2025-05-05",)
    )
    series = factory.write_series(factory.make_case(), settings=settings)
    gaps = sorted(scaffold.gaps(series, date(2025, 5, 1), date(2025, 7, 1)), key=lambda gap: gap.day)
    assert [(f"{gap.day}", gap.kind) for gap in gaps] == [
        ("2025-05-06", "journal-club"), ("2025-06-02", "journal-club"), ("2025-06-27", "case"),
    ]  # fmt: skip
    status_shown = series_status(series, SCHEDULED)
    text = statustext.text(status_shown, NO_BUILD, gaps)
    assert "2025-05-06         opens     no journal club yet\n" in text
    assert "2025-06-27         opens     no case yet\n" in text
    assert "| 2025-06-27 | **no case yet** | opens |" in statustext.markdown(status_shown, NO_BUILD, gaps)
    assert json.loads(statustext.as_json(status_shown, NO_BUILD, gaps))["gaps"][2] == {
        "on": "2025-06-27",
        "kind": "case",
    }
    ahead = series_status(
        factory.write_series(factory.make_case(), settings=settings), datetime(2025, 4, 1, tzinfo=UTC)
    )
    assert ahead.dates
    for form in (statustext.text, statustext.markdown):
        said = form(ahead, NO_BUILD, gaps)
        days = re.findall(r"^(?:\| )?(2025-\d\d-\d\d)", said, re.MULTILINE)
        assert (len(days), days) == (len(ahead.dates) + 3, sorted(days)), "dates and gaps are in one order"


def test_one_cadence_for_all_wants_one_case_a_month() -> None:
    settings = factory.make_settings(cadence="fourth friday")
    series = factory.write_series(factory.make_case(), settings=settings)
    assert [f"{gap.day}" for gap in scaffold.gaps(series, date(2025, 5, 1), date(2025, 6, 30))] == ["2025-06-27"]
    assert list(scaffold.gaps(factory.write_series(), date(2025, 5, 1), date(2025, 6, 30))) == []


@pytest.mark.parametrize(
    "written", ["title: [", "title: X\nopens: 23.3.26\n", "title: X\nopens: 2025-05-01\nstatus: drft\n"]
)
def test_a_case_that_cannot_be_read_is_in_no_state(written: str) -> None:
    series, problems = readers.read(
        {"mkdocs.yml": "site_name: x\nplugins: [casebuilder]\n", "cases/2025-05-x/case.yml": written}
    )
    assert problems
    status_shown = series_status(series, OPEN)
    (case,) = status_shown.cases
    assert (case.state, case.next, case.missing) == (None, "", ("its dates or its status cannot be read",))
    assert status_shown.dates == ()
    assert case.title == ("2025-05-x" if "[" in written else "X")
    assert "2025-05-x  unknown\n" in statustext.text(status_shown, NO_BUILD)
    assert json.loads(statustext.as_json(status_shown, NO_BUILD))["cases"][0]["state"] is None
