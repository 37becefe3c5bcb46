"""Typed figures that can be counted in the record of a discussion, whatever they are called."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.model import ContributionKind, counting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebuilder.model import Contribution, Figures, Metric
    from casebuilder.model.case import Case


@lru_cache(maxsize=1024)
def _words(name: str) -> frozenset[str]:
    """Return the words of a figure's name, without capitals and accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return frozenset(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)).replace("_", " ")))


_PARTICIPANTS = _words(
    "participants participant contributors contributor commenters commenter posters participantes participante "
    "kalahok lumahok مشاركون مشاركين المشاركون المشاركين"
)
#: People, too, but in the figures of a program those of the page.
_USERS = _words("users user tweeters usuarios usuarias")
#: Which of the people. "Invited participants" and "users who downloaded the paper" are others, whom no record has.
_WHICH = _words(
    "returning new first repeat recurring active recurrentes nuevos nuevas activos activas bago bagong "
    "bumabalik aktibo عائدون جدد نشطون"
)
_SAID = _words("contributions contribution contribuciones aportaciones kontribusyon ambag مساهمات المساهمات مشاركات")
_COMMENTS = _words("comments comment comentarios komento تعليقات التعليقات")
_POSTS = _words("posts post publicaciones منشورات المنشورات")
_ORIGINAL = _words("original originals originales orihinal أصلية")
_REPLIES = _words("replies reply respuestas tugon ردود الردود")
_REPOSTS = _words("reposts repost retweets retweet boosts reblogs republicaciones retuits")
_COUNTRIES, _CONTINENTS = _words("countries paises bansa دول بلدان"), _words("continents continentes kontinente قارات")
_OWN_PLACES = {
    **dict.fromkeys(_words("tweets tweet tuits tuit تغريدات"), "x"),
    **dict.fromkeys(_words("toots toot"), "mastodon"),
    **dict.fromkeys(_words("skeets"), "bluesky"),
}
#: Words that change nothing about what was counted.
_FILLERS = _words(
    "all total totals number of the in on a an unique distinct count overall social networks network media site "
    "website discussion de del la el los las en total totales todos todas numero unicos redes sociales sitio lahat "
    "ng mga sa bilang kabuuang عدد جميع كل"
)


def _of_kind(kind: ContributionKind) -> Callable[[Sequence[Contribution]], int]:
    return lambda items: sum(item.kind is kind for item in items)


def _of_channel(channel: str) -> Callable[[Sequence[Contribution]], int]:
    return lambda items: sum(counting.same_channel(item.channel, channel) for item in items)


def _authors(items: Sequence[Contribution]) -> int:
    return len({item.author_key for item in items})


def _countries(items: Sequence[Contribution]) -> int:
    return len({item.country for item in items if item.country})


def _continents(items: Sequence[Contribution]) -> int:
    return len({counting.CONTINENT.get(item.country) for item in items if item.country} - {None})


def _without_country(items: Sequence[Contribution]) -> int:
    """Return how many authors said no country: each may be from another one."""
    return len({item.author_key for item in items} - {item.author_key for item in items if item.country})


def comments(items: Sequence[Contribution]) -> int:
    """Return how many contributions are comments."""
    return sum(not counting.is_post(item) for item in items)


def posts(items: Sequence[Contribution]) -> int:
    """Return how many contributions are posts on networks."""
    return sum(map(counting.is_post, items))


def _cell(table: str, name: str) -> Callable[[Figures], int | None]:
    """Return what reads a part of a table; None where it may be hidden."""

    def read(shown: Figures) -> int | None:
        parts = getattr(shown, table)
        hidden = parts.other if parts.other is not None else None if parts.is_hidden else 0
        found = parts.cells.get(name, hidden)
        return None if found is None else int(found)

    return read


def _channel_cell(channel: str) -> Callable[[Figures], int | None]:
    """Return what reads how much was said in a channel."""

    def read(shown: Figures) -> int | None:
        parts = shown.channels
        alike = [number for name, number in parts.cells.items() if counting.same_channel(name, channel)]
        return None if parts.is_hidden else sum(alike) + (0 if alike else parts.other or 0)

    return read


@dataclass(frozen=True, slots=True)
class Countable:
    """A typed figure that can be counted in a record.

    Attributes:
        unit: what is counted: "author".
        number: how many there are among some contributions.
        shown: how many there are at most, by the file of figures; None where it does not say.
        grows: whether the record's whole number is at least that of its first days; only then is there a least.
        unsure: how many more there may be than the record says.
        is_said: whether contributions are counted; what is not counted is the rest of them.
    """

    unit: str
    number: Callable[[Sequence[Contribution]], int]
    shown: Callable[[Figures], int | None]
    grows: bool = True
    unsure: Callable[[Sequence[Contribution]], int] = lambda _: 0
    is_said: bool = False


PEOPLE = Countable("author", _authors, lambda shown: shown.participants)
_SOME_PEOPLE = Countable("author", _authors, lambda shown: shown.participants, grows=False)
ALL_SAID = Countable("contribution", len, lambda shown: shown.contributions, is_said=True)
_SIMPLE = (
    (_SAID, ALL_SAID),
    (_COMMENTS, Countable("comment", comments, _cell("media", "comments"), is_said=True)),
    (_POSTS, Countable("post on social networks", posts, _cell("media", "posts"), is_said=True)),
)
_BY_KIND = tuple(
    (words, Countable(unit, _of_kind(kind), _cell("kinds", str(kind)), is_said=True))
    for words, unit, kind in (
        (_ORIGINAL, "original", ContributionKind.ORIGINAL),
        (_REPLIES, "reply", ContributionKind.REPLY),
        (_REPOSTS, "repost", ContributionKind.REPOST),
    )
)
#: Of a journal club these are the participants'; of a case they are those of visitors, whom no record has.
_OF_CLUBS = (
    (_COUNTRIES, Countable("country", _countries, lambda shown: shown.country_count, unsure=_without_country)),
    (_CONTINENTS, Countable("continent", _continents, lambda shown: shown.continent_count, unsure=_without_country)),
)


def countable(metric: Metric, case: Case) -> Countable | None:
    """Return what in the record a typed figure counts; None if no record has it."""
    every = _words(metric.metric)
    own = every - _FILLERS
    of_page = counting.of_visitors(metric, case.metrics)
    people = _PARTICIPANTS if of_page else _PARTICIPANTS | _USERS
    if not own.isdisjoint(people) and own <= people | _WHICH:
        return PEOPLE if own <= people else _SOME_PEOPLE
    if own and case.paper and not of_page:
        for words, found in _OF_CLUBS:
            if own <= words:
                return found
    return _said(own) or _of_role(metric, case)


def _said(own: frozenset[str]) -> Countable | None:
    """Return what counts contributions of a kind or a channel, or all."""
    said = _SAID | _COMMENTS | _POSTS
    for words, found in _SIMPLE:
        if own and own <= words:
            return found
    for words, found in _BY_KIND:
        if own & words and own <= words | said:
            return found
    if places := {channel for word, channel in _OWN_PLACES.items() if word in own}:
        channel = places.pop()
        if own <= _OWN_PLACES.keys() | {channel, "twitter"} and not places:
            unit = f"contribution on {'X' if channel == 'x' else channel.capitalize()}"
            return Countable(unit, _of_channel(channel), _channel_cell(channel), is_said=True)
    return None


def _of_role(metric: Metric, case: Case) -> Countable | None:
    """Return what counts people of a role that somebody in the record has: "residents"."""
    own = _words(metric.metric)
    roles = {_words(role) for role in {item.role for item in case.contributions}}
    ones = frozenset(word.removesuffix("s") for word in own)
    return _SOME_PEOPLE if own and (own in roles or ones in roles) else None
