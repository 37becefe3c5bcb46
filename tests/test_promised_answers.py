"""Every combination of kind, answers and state: what pages, feeds, digest, calendar and printed headers promise.

One series for each state holds the eight combinations; each case is looked for in every output by its title.
"""

from __future__ import annotations

import html
import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from casebuilder.model import Change, ChangeKind, Credit, Role, State
from casebuilder.outputs import calendar, digest, feeds
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import pages
from series_factory import at, make_case, make_journal_club, make_series
from test_promises import COMMUNITY, EXPERTS, bare, found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from series_factory import WrittenCase

BOTH, RESPONSES, COMMENTARY, NONE = (True, True), (True, False), (False, True), (False, False)
ANSWERS = (BOTH, RESPONSES, COMMENTARY, NONE)
CHECKED = (State.DRAFT, State.SCHEDULED, State.OPEN, State.CURATING, State.COMPLETE, State.WITHDRAWN)
SHOWN = frozenset((State.DRAFT, State.SCHEDULED, State.COMPLETE))
#: The title of each case says nothing of answers.
NAMES = {
    (club, *answers): f"{'Club' if club else 'Story'} {word}"
    for club in (False, True)
    for answers, word in zip(ANSWERS, ("Ash", "Birch", "Cedar", "Elm"), strict=True)
}
DAYS = "Discussed from 23 to 29 May 2025."
#: What must be said, by place and state, of both answers, of responses, of a commentary, of nothing; "" is nothing.
SAID: dict[tuple[str, State], tuple[str, str, str, str]] = {
    ("page", State.OPEN): (
        "Expert responses and the community commentary are released on Friday 6 June 2025.",
        "Expert responses are released on Friday 6 June 2025.",
        "The community commentary is released on Friday 6 June 2025.",
        "Discussion open until Thursday 29 May 2025, 23:59 (Dublin time).",
    ),
    ("page", State.CURATING): (
        "Expert responses and the community commentary are released on Friday 6 June 2025.",
        "Expert responses are released on Friday 6 June 2025.",
        "The community commentary is released on Friday 6 June 2025.",
        "The discussion has closed.",
    ),
    ("page", State.COMPLETE): (
        f"{DAYS} Responses and commentary released on 6 June 2025.",
        f"{DAYS} Responses released on 6 June 2025.",
        f"{DAYS} Commentary released on 6 June 2025.",
        DAYS,
    ),
    ("page", State.WITHDRAWN): ("This case has been withdrawn.",) * 4,
    ("list", State.CURATING): ("Responses coming", "Responses coming", "Commentary coming", "Discussion closed"),
    ("schedule", State.OPEN): ("Responses", "Responses", "Commentary", ""),
    ("schedule", State.COMPLETE): ("Responses released", "Responses released", "Commentary released", ""),
    ("feed", State.OPEN): (
        "Expert responses and the community commentary are released on 6 June 2025.",
        "Expert responses are released on 6 June 2025.",
        "The community commentary is released on 6 June 2025.",
        "Open from 23 May 2025 to 29 May 2025, 23:59 (Dublin time).",
    ),
    ("feed", State.COMPLETE): (
        ": expert responses and community commentary",
        ": expert responses",
        ": community commentary",
        ": now complete",
    ),
    ("digest", State.OPEN): (
        "Expert responses and the community commentary are released on Friday 6 June 2025.",
        "Expert responses are released on Friday 6 June 2025.",
        "The community commentary is released on Friday 6 June 2025.",
        "Discussion open until Thursday 29 May 2025, 23:59 (Dublin time).",
    ),
    ("digest", State.CURATING): (
        "Expert responses and the community commentary are released on Friday 6 June 2025.",
        "Expert responses are released on Friday 6 June 2025.",
        "The community commentary is released on Friday 6 June 2025.",
        "The discussion has closed.",
    ),
    ("digest", State.COMPLETE): (
        "Now released: responses by Noor Khan and Tom Otieno and the community commentary.",
        "Now released: responses by Noor Khan and Tom Otieno.",
        "Now released: the community commentary.",
        "Now released: the whole case.",
    ),
    **{
        ("calendar", state): (
            "Expert responses and the community commentary.",
            "Expert responses.",
            "The community commentary.",
            "",
        )
        for state in (State.OPEN, State.CURATING, State.COMPLETE)
    },
    **{
        ("case header", state): (
            "Case with responses and commentary",
            "Case with responses",
            "Case with commentary",
            "Reading copy",
        )
        for state in SHOWN
    },
    **{
        ("guide header", state): (
            "Facilitator guide: contains the answers",
            "Facilitator guide: contains the answers",
            "Facilitator guide: contains the answers",
            "Facilitator guide",
        )
        for state in SHOWN
    },
    **{("handout header", state): ("Participant handout",) * 4 for state in CHECKED if state is not State.WITHDRAWN},
}
PLACES = ("page", "list", "schedule", "feed", "digest", "calendar", "handout header", "guide header", "case header",
          "packs")  # fmt: skip
_PREVIEW = {"feed", "digest", "calendar"}
_SEALED = {"guide header", "case header"}
#: Places that say nothing of a case.
SILENT = {
    State.DRAFT: _PREVIEW, State.SCHEDULED: _PREVIEW,
    State.OPEN: _SEALED, State.CURATING: _SEALED, State.COMPLETE: set(),
    State.WITHDRAWN: {"schedule", "packs", "handout header", *_SEALED},
}  # fmt: skip
#: Where a title stands in each output, and what belongs to it.
_ENTRY = r'<article class="cb-entry.*?</article>'
_DATES = r"<li><h3>.*?</dl></li>"


def written(club: bool, experts: bool, community: bool, state: State) -> WrittenCase:  # noqa: FBT001 - a table's columns
    """A case with these answers. A withdrawn one says why; a commentary has a curator in the credits."""
    whole = make_journal_club() if club else make_case()
    name = NAMES[club, experts, community]
    note = (Change(date=date(2025, 6, 10), kind=ChangeKind.WITHDRAWAL, note="At a reader’s wish."),)
    curated = {"commentary": whole.commentary, "quotes": whole.quotes} if community else {}
    case = bare(
        whole,
        **({"responses": whole.responses} if experts else {}),
        **curated,
        slug=f"2025-05-{name.lower().replace(' ', '-')}",
        title=name,
        episode=None,
        opens=at(2025, 5, 23),
        closes=at(2025, 5, 30),
        releases=at(2025, 6, 6),
        state=state,
        changes=note if state is State.WITHDRAWN else (),
    )
    if community:
        credits_ = (*case.credits, Credit(person="mia-sato", roles=(Role.CURATOR,)))
        return case.model_copy(update={"credits": credits_})
    return case.model_copy(update={"discussion": case.discussion.model_copy(update={"moderators": ()})})


@pytest.fixture(scope="module", params=CHECKED, ids=str)
def made(request: pytest.FixtureRequest) -> tuple[State, Mapping[tuple[str, str], str]]:
    """The state, and the words at each place about each case, by place and title."""
    state: State = request.param
    public = make_series(*(written(*key, state) for key in NAMES), as_of=at(2025, 6, 20, 9))
    by_path = {page.path: page.text for page in pages.render(public, ())}
    feed = {file.path: file.read() for file in feeds.render(public, ())}["feed.json"]
    events = Calendar.from_ical({file.path: file.read() for file in calendar.render(public)}["calendar.ics"]).events
    mail = {file.path: file.read().decode() for file in digest.render(public, date(2025, 6, 1))}
    jobs = list(views.jobs(public))
    letters = "\n".join(text for path, text in mail.items() if path.endswith(".html"))
    parts: dict[tuple[str, str], str] = {}
    for case in public.cases:
        items = [item for item in json.loads(feed)["items"] if case.slug in item["id"]]
        own = [job for job in jobs if job.subject == case.slug]
        parts |= {
            ("page", case.title): by_path[f"{case.address}index.md"],
            ("list", case.title): _about(_ENTRY, by_path["cases/index.md"], case.title),
            ("schedule", case.title): _about(_DATES, by_path["schedule/index.md"], case.title),
            ("feed", case.title): " ".join(f"{item['title']} {item['content_html']}" for item in items),
            ("digest", case.title): _about(r'<div style="margin:0 0 32px;">.*?</div>', letters, case.title),
            ("calendar", case.title): " ".join(
                f"{event['SUMMARY']} {event['DESCRIPTION']}" for event in events if case.slug in str(event["UID"])
            ),
            ("packs", case.title): " ".join(job.html for job in own),
        }
        for edition in ("handout", "guide", "case"):
            headers = {
                re.findall(r'data-header="([^"]*)"', job.html)[0] for job in own if job.edition == edition
            }  # of both papers
            assert len(headers) <= 1
            parts[f"{edition} header", case.title] = "".join(headers)
    return state, {place: _words(text) for place, text in parts.items()}


def _about(pattern: str, text: str, title: str) -> str:
    """The elements that have the title in a heading."""
    return " ".join(part for part in re.findall(pattern, text, re.DOTALL) if f">{title}</a>" in part)


def _words(text: str) -> str:
    """What people read: without elements, style and addresses."""
    bare_text = re.sub(
        r"<style.*?</style>|<!--.*?-->", " ", text.replace("\u00ad", "").replace("\u200b", ""), flags=re.DOTALL
    )
    bare_text = re.sub(r"</?(?:time|strong|a|span|bdi|em|b)\b[^>]*>", "", bare_text)
    bare_text = html.unescape(re.sub(r"<[^>]*>", " ", bare_text))
    return " ".join(re.sub(r"\S*(?:https?:|[\w.-]+/)\S*", " ", bare_text).split())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("answers", ANSWERS, ids=("both", "responses", "commentary", "none"))
@pytest.mark.parametrize("club", [False, True], ids=("case", "club"))
def test_each_place_promises_what_is_there_and_nothing_else(
    made: tuple[State, Mapping[tuple[str, str], str]],
    club: bool,  # noqa: FBT001 - a column of the table
    answers: tuple[bool, bool],
    place: str,
) -> None:
    state, parts = made
    experts, community = answers
    words = parts[place, NAMES[club, experts, community]]
    assert bool(words) is (place not in SILENT[state])
    assert "Released:" not in words or answers != NONE or state is State.WITHDRAWN
    said = SAID.get((place, state), ("",) * 4)[ANSWERS.index(answers)]
    assert said in words
    if not said and (place, state) in SAID:
        assert not re.search(r"\breleased?\b|Responses|Commentary", words)
    is_gone = state is State.WITHDRAWN
    assert found(EXPERTS, words) == [] or (experts and not is_gone)
    assert found(COMMUNITY, words) == [] or (community and not is_gone)
