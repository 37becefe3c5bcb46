"""The course of one discussion for its moderators: what happens when, and what to post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casebuilder.editorial.moderation import posts
from casebuilder.editorial.moderation.networks import NETWORKS
from casebuilder.model import State, instant, window
from casebuilder.published import addresses, planned, state
from casebuilder.wording import Translator, message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from casebuilder.editorial.moderation.networks import Network
    from casebuilder.editorial.moderation.posts import Post
    from casebuilder.model import Answer
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: How long a moderator is busy with a question, and with opening and closing.
_BUSY = timedelta(minutes=15)
#: The networks if a case names none.
_USUAL = ("x", "bluesky", "mastodon")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a moderator does at a time.

    Attributes:
        name: its name in the calendar's ids: "question-2".
        title: what it is: "Q2. Who is missing?".
        starts, ends: in the series' zone.
        words: what to post, or more about it; may be empty.
    """

    name: str
    title: str
    starts: datetime
    ends: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the moderators of one discussion need.

    Attributes:
        slug, title: of the case.
        zone: the series' time zone.
        page: the address of the case's page; may be empty.
        moderators: their names.
        questions: the questions as posts, in order.
        ids: the ids of the questions, if the case does not say when each is asked; else empty.
        steps: what happens, in order of time.
        openings: the opening post for each network.
        releases: when the responses are released.
        state: whether the discussion is still to come, open, or over.
        answers: the kinds of answer that the case has or announces.
    """

    slug: str
    title: str
    zone: ZoneInfo
    page: str
    moderators: tuple[str, ...]
    questions: tuple[str, ...]
    ids: tuple[str, ...]
    steps: tuple[Step, ...]
    openings: tuple[Post, ...]
    releases: datetime
    state: State
    answers: frozenset[Answer]

    @property
    def is_over(self) -> bool:
        """Whether the discussion has closed, so that nothing is left to post or to be reminded of."""
        return self.state in {State.CURATING, State.COMPLETE}


def plan(slug: str, series: Series, as_of: datetime) -> Plan:
    """Return the plan of a discussion.

    Args:
        slug: a case of the series whose dates and discussion could be read.
        series: for names, time zone and addresses.
        as_of: the instant that counts as now.
    """
    case = next(case for case in series.cases if case.slug == slug)
    page = addresses.full(series.site_url, addresses.of_case(case.slug))
    hashtags = tuple(
        dict.fromkeys(channel.hashtag for channel in case.discussion.channels if channel.hashtag)
    ) or tuple(filter(None, (series.settings.hashtag,)))
    networks = tuple(_networks_of_case(case))
    tightest = min((network for network in networks if network), key=lambda network_: network_.most, default=None)
    question_posts = tuple(
        posts.question(number, question.title, hashtags, tightest)
        for number, question in enumerate(case.questions, start=1)
    )
    translator = Translator(case.language or series.language, series.zone)
    _, closes, releases = window(case, series.zone)
    until = translator.gettext(
        message("Discussion open until %(time)s."), time=translator.moment(translator.last(closes))
    )
    invitation = posts.invitation(case, until, page, hashtags, translator)
    openings = tuple(posts.opening(invitation, network) for network in networks)
    steps = sorted(_plan_steps(case, series, question_posts, openings), key=lambda step: step.starts.timestamp())
    names = tuple(_printed_name(name, series) for name in case.discussion.moderators)
    ids = () if case.discussion.timetable else tuple(question.id for question in case.questions)
    present_state = state(case, as_of, series.zone)
    return Plan(
        case.slug,
        case.title,
        series.zone,
        page,
        names,
        question_posts,
        ids,
        tuple(steps),
        openings,
        releases,
        present_state,
        answers=planned(case),
    )


def _networks_of_case(case: Case) -> Iterator[Network | None]:
    """Yield the networks on which a case is discussed, each once; None for all places without a limit."""
    types = [channel.type.casefold() for channel in case.discussion.channels] or [*_USUAL]
    yield from dict.fromkeys(NETWORKS[name] for name in types if name in NETWORKS)
    yield None


def _plan_steps(
    case: Case, series: Series, question_posts: tuple[str, ...], openings: tuple[Post, ...]
) -> Iterator[Step]:
    opens, closes, _ = window(case, series.zone)
    yield Step("opening", "The discussion opens", opens, opens + _BUSY, openings[-1].text)
    numbers = {question.id: number for number, question in enumerate(case.questions)}
    for place, item in enumerate(case.discussion.timetable, start=1):
        after = timedelta(hours=item.hour, minutes=item.minute)
        live_hour = case.discussion.live[item.live - 1 : item.live] if item.live else ()
        start = instant(live_hour[0].starts, series.zone) if live_hour else opens
        if item.question in numbers and (live_hour or not item.live):
            question_post = question_posts[numbers[item.question]]
            starts = _after(start, after, series.zone)
            yield Step(f"question-{place}", question_post, starts, starts + _BUSY, question_post)
    for number, hour in enumerate(case.discussion.live, start=1):
        starts = instant(hour.starts, series.zone).astimezone(series.zone)
        guests = f" with {', '.join(_printed_name(name, series) for name in hour.guests)}" if hour.guests else ""
        network = NETWORKS.get(hour.channel.casefold())
        network_name = f" on {network.name if network else hour.channel}" if hour.channel else ""
        title = f"Live hour {number}{network_name}{guests}"
        yield Step(f"live-{number}", title, starts, _after(starts, timedelta(minutes=hour.minutes), series.zone))
    yield Step("close", "The discussion closes", closes, closes + _BUSY)


def _after(moment: datetime, after: timedelta, zone: ZoneInfo) -> datetime:
    """Return the instant after a number of hours, across clock changes."""
    return datetime.fromtimestamp(moment.timestamp() + after.total_seconds(), tz=zone)


def _printed_name(person: str, series: Series) -> str:
    profile = series.person(person)
    return profile.name if profile else person
