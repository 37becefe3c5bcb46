"""A small series made by hand, and published in the states that a test wants, whatever the dates say.

`make_case()` is a complete case with a bit of everything; the other makers give it in another state or kind.
Changes are the model's own values: `make_case(title="…", story=(part("Text."),))`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casebuilder.model import (
    Basis,
    Change,
    ChangeKind,
    Channel,
    Character,
    Commentary,
    Consent,
    ConsentState,
    Credit,
    Disclosure,
    Discussion,
    Kind,
    Mode,
    Note,
    Paper,
    Part,
    Prose,
    Question,
    Quote,
    QuoteAuthor,
    Reference,
    Response,
    Role,
    Section,
    Session,
    SessionStep,
    State,
    Theme,
)
from casebuilder.model.case import Case
from casebuilder.model.counting import counts, newcomers
from casebuilder.model.counting.newcomers import Newcomers
from casebuilder.model.series import Person, Series, Settings
from casebuilder.published.publishing import assembled
from casebuilder.published.visibility import Visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from casebuilder.model import Contribution, Figures
    from casebuilder.published import PublishedCase, PublishedSeries

ZONE = ZoneInfo("Europe/Dublin")
SITE = "https://example.org/series/"
SLUG = "2025-05-quiet-pager"
PLACE = (f"cases/{SLUG}/questions.md", 1, 1)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant in the series' zone; midnight is a day."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def part(source: str, title: str = "") -> Part:
    """A part of a story."""
    return Part(title=title, body=Prose(source, f"cases/{SLUG}/scenario.md"))


def make_person(name: str = "ada-byrne", /, **changes: object) -> Person:
    """Somebody who signs something, with a disclosure; the printed name is made of the id."""
    defaults = {
        "id": name,
        "name": name.replace("-", " ").title(),
        "credentials": "MB, PhD",
        "disclosure": Disclosure(text="Nothing to declare.", on=date(2025, 1, 10)),
    }
    return Person(**(defaults | changes))


def make_question(name: str, title: str, source: str = "") -> Question:
    """A question for discussion."""
    return Question(id=name, title=title, body=Prose(source), place=PLACE)


def make_response(person: str, title: str, source: str, /, **changes: object) -> Response:
    """What one expert answers."""
    defaults = {"person": person, "title": title, "consent": date(2025, 5, 1), "perspective": "faculty"}
    body = Prose(source, f"cases/{SLUG}/responses/{person}.md")
    return Response(**(defaults | {"body": body} | changes))


def make_quote(name: str, text: str, /, **changes: object) -> Quote:
    """A quote whose author agreed to be named."""
    defaults = {
        "id": name,
        "text": text,
        "mode": Mode.NAMED,
        "by": QuoteAuthor(name="Femi Ojo", role="resident", country="NG"),
        "consent": Consent(state=ConsentState.GRANTED, on=date(2025, 6, 1), how="by e-mail"),
    }
    return Quote(**(defaults | changes))


class WrittenCase(Case):
    """A case, and the state in which a test publishes it."""

    state: State = State.COMPLETE


def make_case(**changes: object) -> WrittenCase:
    """A complete case: opened on 23 May 2025, closed on the 30th, released on 6 June."""
    return _COMPLETE.model_copy(update=changes)


def make_open_case(**changes: object) -> WrittenCase:
    """The same case while it is being discussed; what is sealed is written and must not be seen."""
    return make_case(**({"state": State.OPEN, "changes": ()} | changes))


def make_withdrawn_case(**changes: object) -> WrittenCase:
    """The same case as a tombstone: title, authors, dates, and the public reason."""
    note = "A reader recognised a colleague. We took the case down."
    withdrawal = (Change(date=date(2025, 7, 1), kind=ChangeKind.WITHDRAWAL, note=note),)
    return make_case(**({"state": State.WITHDRAWN, "changes": withdrawal} | changes))


def make_journal_club(**changes: object) -> WrittenCase:
    """A complete journal club, which opens at seven in the morning and lasts for 48 hours."""
    read = Paper(
        id="thangasamy-2014",
        authors=("Thangasamy IA", "Leveridge M", "Davies BJ", "Finelli A", "Stork B", "Woo HH"),
        title="International Urology Journal Club via Twitter: 12-month experience",
        container="European Urology",
        year=2014,
        volume="66",
        issue="1",
        pages="112-117",
        doi="10.1016/j.eururo.2014.01.034",
        published=date(2014, 7, 1),
        open_access=False,
    )
    club = {
        "slug": "2025-10-a-year-of-posts",
        "title": "A Year of Posts",
        "kind": Kind.JOURNAL_CLUB,
        "episode": 4,
        "opens": at(2025, 10, 6, 7),
        "closes": at(2025, 10, 8, 7),
        "releases": at(2025, 10, 15, 7),
        "paper": read,
    }
    return make_case(**(club | changes))


def make_settings(**changes: object) -> Settings:
    """The settings of such a series."""
    defaults = {"timezone": "Europe/Dublin", "notice": "A fictional series.", "hashtag": "#QuietDilemmas"}
    return Settings(**(defaults | changes))


def write_series(*cases: WrittenCase, **changes: object) -> Series:
    """A series of these cases (or of `make_case()`), with everybody who is named in them, as it is written."""
    cases_of_series = cases or (make_case(),)
    names = dict.fromkeys(name for case in cases_of_series for name in _named(case))
    defaults = {
        "name": "Quiet Dilemmas",
        "description": "Cases for the tea room.",
        "site_url": SITE,
        "settings": make_settings(),
        "cases": cases_of_series,
        "people": tuple(make_person(name) for name in sorted(names)),
    }
    return Series(**(defaults | changes))


def make_series(*cases: WrittenCase, as_of: datetime | None = None, **changes: object) -> PublishedSeries:
    """The same, published: each case in its state."""
    series = write_series(*cases, **changes)
    visible_cases = tuple(_shown(case) for case in series.cases)
    return assembled(series, as_of or at(2025, 12, 1, 9), visible_cases)


def publish_case(case: WrittenCase, **changes: object) -> PublishedCase:
    """One case of such a series, published."""
    return make_series(case, **changes).cases[0]


def _shown(case: WrittenCase) -> Visible:
    """What may be seen of a case in its state."""
    hidden = {State.OPEN: {Role.CURATOR}, State.CURATING: {Role.CURATOR}}.get(case.state, set())
    if case.state is State.WITHDRAWN:
        hidden = set(Role) - {Role.WRITER}
    roles = ((credit.person, tuple(role for role in credit.roles if role not in hidden)) for credit in case.credits)
    credits_ = tuple(Credit(person=person, roles=visible_roles) for person, visible_roles in roles if visible_roles)
    released = case.state in {State.COMPLETE, State.DRAFT, State.SCHEDULED}
    return Visible(case, case.state, credits_, case.responses if released else (), released=released)


def _named(case: Case) -> tuple[str, ...]:
    return (
        *(credit.person for credit in case.credits),
        *case.discussion.moderators,
        *case.announced,
        *(guest for hour in case.discussion.live for guest in hour.guests),
        *(response.person for response in case.responses),
        *(case.commentary.curators if case.commentary else ()),
    )


_COMPLETE = WrittenCase(
    slug=SLUG,
    title="The Case of the Quiet Pager",
    season=1,
    episode=3,
    teaser="A pager stays quiet all night. Should anybody have asked why?",
    opens=at(2025, 5, 23),
    closes=at(2025, 5, 30),
    releases=at(2025, 6, 6),
    state=State.COMPLETE,
    language="en",
    audience=("residents",),
    topics=("handover", "psychological safety"),
    competencies=("acgme:ICS", "canmeds:communicator"),
    objectives=("Say what a quiet night may hide.", "Ask a colleague without blaming."),
    basis=Basis.FICTIONAL,
    credits=(
        Credit(person="ada-byrne", roles=(Role.WRITER,)),
        Credit(person="luis-ferrer", roles=(Role.EDITOR,)),
        Credit(person="mia-sato", roles=(Role.CURATOR,)),
    ),
    characters=(Character(name="Rhona", role="resident", pronouns="she/her"),),
    references=(
        Reference(
            id="chan-2015",
            authors=("Chan T", "Thoma B", "Lin M"),
            title="Creating, curating, and sharing online faculty development resources",
            container="Acad Med",
            year=2015,
            volume="90",
            issue="6",
            pages="785-789",
        ),
        Reference(id="night-notes", title="Notes of the night", url="https://example.org/night"),
    ),
    discussion=Discussion(
        channels=(Channel(type="site", url="https://example.org/discuss/quiet-pager", hashtag="#QuietDilemmas"),),
        moderators=("mia-sato",),
    ),
    sessions=(
        Session(
            minutes=15,
            audience=("residents",),
            steps=(
                SessionStep(minutes=5, activity="Read the story aloud", section="story"),
                SessionStep(minutes=10, activity="Discuss in pairs", section="ask-why"),
            ),
        ),
    ),
    licence="CC-BY-4.0",
    changes=(Change(date=date(2025, 8, 4), kind=ChangeKind.CORRECTION, note="The ward’s name was wrong."),),
    story=(
        part("The pager was *quiet*. “Lucky night,” said Rhona.[@chan-2015]"),
        part("At six the phone rang.", title="The morning after"),
    ),
    questions=(
        make_question("ask-why", "Should Rhona ask why?", "Think of the night team."),
        make_question("who-tells", "Who tells the consultant?"),
    ),
    notes=(
        Note(id="brief", title="In brief", body=Prose("A note for the facilitator only."), place=PLACE),
        Note(id="ask-why", title="Should Rhona ask why?", body=Prose("### Prompts\n\n- Silence?"), place=PLACE),
    ),
    responses=(
        make_response("noor-khan", "Quiet is a finding", "A quiet pager is **data**.[@night-notes]"),
        make_response("tom-otieno", "I would not dare to ask", "I am the resident here.", perspective="learner"),
    ),
    quotes=(
        make_quote("q1", "I would have called at midnight.", theme="silence"),
        make_quote("q2", "Let them sleep.", mode=Mode.ANONYMOUS, by=QuoteAuthor(role="nurse"), theme="silence"),
    ),
    commentary=Commentary(
        curators=("mia-sato",),
        method="Two of us read all 24 contributions and agreed on the themes.",
        themes=(Theme(id="silence", title="Silence is not safety"),),
        sections=(
            Section(body=Prose("Twenty people wrote in.")),
            Section(
                theme="silence",
                title="Silence is not safety",
                body=Prose("Most would ask.\n\n::quote[q1]\n\nSome would not."),
            ),
        ),
    ),
)


def count_record(
    record: Iterable[Contribution],
    opens: datetime,
    small_count: int = 3,
    earlier: Collection[str] = (),
    *,
    has_paper: bool = False,
    earlier_rounds: int = 1,
) -> Figures:
    """The figures of a discussion; those in `earlier` took part before, each in one round of so many."""
    items = [*record]
    people = {item.author_key for item in counts.counted(items)}
    sizes = [len([*earlier][place::earlier_rounds]) for place in range(earlier_rounds)] if earlier else []
    before = [Newcomers(size, size) for size in sizes]
    tables = newcomers.tables([*before, Newcomers(len(people), len(people - {*earlier}))], small_count)
    window = counts.Round(items, opens, has_paper=has_paper, rounds=tables.rounds[-1], small_count=small_count)
    return counts.count(window)


#: The works that a complete case cites, one of them in a journal without volumes.
WORKS_WITHOUT_VOLUME = (
    _COMPLETE.references[0],
    Reference(id="night-notes", title="Notes", container="BMJ", year=2020, pages="m1-m5"),
)
