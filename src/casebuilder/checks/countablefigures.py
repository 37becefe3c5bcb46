"""Typed figures that can be counted in the record of a discussion, whatever they are called."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.model import ContributionKind, counting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebuilder.model import Breakdown, Contribution, Figures, Metric
    from casebuilder.model.case import Case


@lru_cache(maxsize=1024)
def _name_words(name: str) -> frozenset[str]:
    """Return the words of a figure's name, without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return frozenset(
        re.findall(r"\w+", "".join(c for c in decomposed if not unicodedata.combining(c)).replace("_", " "))
    )


_PARTICIPANTS = _name_words(
    "participants participant contributors contributor commenters commenter posters participantes participante "
    "kalahok lumahok مشاركون مشاركين المشاركون المشاركين"
)
#: People, too, but in the figures of a program those of the page.
_USERS = _name_words("users user tweeters usuarios usuarias")
#: Which of the people. "Invited participants" and "users who downloaded the paper" are others, whom no record has.
_NEW_OR_RETURNING = _name_words(
    "returning new first repeat recurring recurrentes nuevos nuevas bago bagong bumabalik عائدون جدد"
)
_WHICH = _NEW_OR_RETURNING | _name_words("active activos activas aktibo نشطون")
_SAID = _name_words(
    "contributions contribution contribuciones aportaciones kontribusyon ambag مساهمات المساهمات مشاركات"
)
_COMMENTS = _name_words("comments comment comentarios komento تعليقات التعليقات")
_POSTS = _name_words("posts post publicaciones منشورات المنشورات")
_ORIGINAL = _name_words("original originals originales orihinal أصلية")
_REPLIES = _name_words("replies reply respuestas tugon ردود الردود")
_REPOSTS = _name_words("reposts repost retweets retweet boosts reblogs republicaciones retuits")
_COUNTRIES, _CONTINENTS = (
    _name_words("countries paises bansa دول بلدان"),
    _name_words("continents continentes kontinente قارات"),
)
_OWN_PLACES = {
    **dict.fromkeys(_name_words("tweets tweet tuits tuit تغريدات"), "x"),
    **dict.fromkeys(_name_words("toots toot"), "mastodon"),
    **dict.fromkeys(_name_words("skeets"), "bluesky"),
}
#: Words that change nothing about what was counted.
_FILLERS = _name_words(
    "all total totals number of the in on a an unique distinct count overall social networks network media site "
    "website discussion de del la el los las en total totales todos todas numero unicos redes sociales sitio lahat "
    "ng mga sa bilang kabuuang عدد جميع كل"
)


def _kind_counter(kind: ContributionKind) -> Callable[[Sequence[Contribution]], int]:
    return lambda items: sum(item.kind is kind for item in items)


def _channel_counter(channel: str) -> Callable[[Sequence[Contribution]], int]:
    return lambda items: sum(counting.same_channel(item.channel, channel) for item in items)


def _count_authors(items: Sequence[Contribution]) -> int:
    return len({item.author_key for item in items})


def _count_countries(items: Sequence[Contribution]) -> int:
    return len({item.country for item in items if item.country})


def _count_continents(items: Sequence[Contribution]) -> int:
    return len({counting.CONTINENT.get(item.country) for item in items if item.country} - {None})


def _count_without_country(items: Sequence[Contribution]) -> int:
    """Return how many authors said no country: each may be from another one."""
    return len({item.author_key for item in items} - {item.author_key for item in items if item.country})


def comments(items: Sequence[Contribution]) -> int:
    """Return how many contributions are comments."""
    return sum(not counting.is_post(item) for item in items)


def posts(items: Sequence[Contribution]) -> int:
    """Return how many contributions are posts on networks."""
    return sum(map(counting.is_post, items))


def _cell_reader(table: str, name: str) -> Callable[[Figures], int | None]:
    """Return what reads a part of a table; None where it may be hidden."""

    def read(figures: Figures) -> int | None:
        parts = getattr(figures, table)
        hidden = parts.other if parts.other is not None else None if parts.is_hidden else 0
        number = parts.cells.get(name, hidden)
        return None if number is None else int(number)

    return read


def _channel_reader(channel: str) -> Callable[[Figures], int | None]:
    """Return what reads how much was said in a channel."""

    def read(figures: Figures) -> int | None:
        parts = figures.channels
        numbers = [number for name, number in parts.cells.items() if counting.same_channel(name, channel)]
        return None if parts.is_hidden else sum(numbers) + (0 if numbers else parts.other or 0)

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
        is_hidden: whether the figures of the discussion do not show it, because small numbers would follow from it.
    """

    unit: str
    number: Callable[[Sequence[Contribution]], int]
    shown: Callable[[Figures], int | None]
    grows: bool = True
    unsure: Callable[[Sequence[Contribution]], int] = lambda _: 0
    is_said: bool = False
    is_hidden: Callable[[Figures], bool] = lambda _: False


PEOPLE = Countable(
    "author", _count_authors, lambda shown: shown.participants, is_hidden=lambda shown: shown.participants is None
)
_SOME_PEOPLE = Countable("author", _count_authors, lambda shown: shown.participants, grows=False)
#: New and returning participants. If their keys cannot be compared, nobody counts them, and they may be typed.
_OF_ROUNDS = replace(
    _SOME_PEOPLE, is_hidden=lambda shown: not shown.rounds_unknown and _may_hide_part(shown.rounds, lambda _: False)
)
ALL_SAID = Countable(
    "contribution",
    len,
    lambda shown: shown.contributions,
    is_said=True,
    is_hidden=lambda shown: shown.contributions is None,
)


def _may_hide_part(parts: Breakdown, is_own: Callable[[str], bool]) -> bool:
    """Return whether a table may hide a part: it shows none of that name, and adds up some or shows nothing."""
    return (parts.other is not None or parts.is_hidden) and not any(map(is_own, parts.cells))


def _countable_part(unit: str, number: Callable[[Sequence[Contribution]], int], table: str, name: str) -> Countable:
    """Return what counts the contributions of a part of a table."""
    return Countable(
        unit,
        number,
        _cell_reader(table, name),
        is_said=True,
        is_hidden=lambda figures: _may_hide_part(getattr(figures, table), lambda part: part == name),
    )


_SIMPLE = (
    (_SAID, ALL_SAID),
    (_COMMENTS, _countable_part("comment", comments, "media", "comments")),
    (_POSTS, _countable_part("post on social networks", posts, "media", "posts")),
)
_BY_KIND = tuple(
    (words, _countable_part(unit, _kind_counter(kind), "kinds", str(kind)))
    for words, unit, kind in (
        (_ORIGINAL, "original", ContributionKind.ORIGINAL),
        (_REPLIES, "reply", ContributionKind.REPLY),
        (_REPOSTS, "repost", ContributionKind.REPOST),
    )
)
#: Of a journal club these are the participants'; of a case they are those of visitors, whom no record has.
_OF_CLUBS = (
    (
        _COUNTRIES,
        Countable(
            "country",
            _count_countries,
            lambda shown: shown.country_count,
            unsure=_count_without_country,
            is_hidden=lambda shown: shown.country_count is None,
        ),
    ),
    (
        _CONTINENTS,
        Countable(
            "continent",
            _count_continents,
            lambda shown: shown.continent_count,
            unsure=_count_without_country,
            is_hidden=lambda shown: shown.continent_count is None,
        ),
    ),
)


def countable(metric: Metric, case: Case) -> Countable | None:
    """Return what in the record a typed figure counts; None if no record has it."""
    name_words = _name_words(metric.metric)
    telling_words = name_words - _FILLERS
    of_page = counting.of_visitors(metric, case.metrics)
    people = _PARTICIPANTS if of_page else _PARTICIPANTS | _USERS
    if not telling_words.isdisjoint(people) and telling_words <= people | _WHICH:
        if telling_words <= people:
            return PEOPLE
        return _SOME_PEOPLE if telling_words.isdisjoint(_NEW_OR_RETURNING) else _OF_ROUNDS
    if telling_words and case.paper and not of_page:
        for words, club_count in _OF_CLUBS:
            if telling_words <= words:
                return club_count
    return _contribution_count(telling_words) or _role_count(metric, case)


def _contribution_count(telling_words: frozenset[str]) -> Countable | None:
    """Return what counts contributions of a kind or a channel, or all."""
    contribution_words = _SAID | _COMMENTS | _POSTS
    for words, counter in _SIMPLE:
        if telling_words and telling_words <= words:
            return counter
    for words, counter in _BY_KIND:
        if telling_words & words and telling_words <= words | contribution_words:
            return counter
    if places := {channel for word, channel in _OWN_PLACES.items() if word in telling_words}:
        channel = places.pop()
        if telling_words <= _OWN_PLACES.keys() | {channel, "twitter"} and not places:
            unit = f"contribution on {'X' if channel == 'x' else channel.capitalize()}"
            return Countable(
                unit,
                _channel_counter(channel),
                _channel_reader(channel),
                is_said=True,
                is_hidden=lambda figures: _may_hide_part(
                    figures.channels, lambda part: counting.same_channel(part, channel)
                ),
            )
    return None


def _role_count(metric: Metric, case: Case) -> Countable | None:
    """Return what counts people of a role that somebody in the record has: "residents"."""
    name_words = _name_words(metric.metric)
    roles = {_name_words(role) for role in {item.role for item in case.contributions}}
    singulars = frozenset(word.removesuffix("s") for word in name_words)
    if not name_words or roles.isdisjoint((name_words, singulars)):
        return None
    return replace(
        _SOME_PEOPLE,
        is_hidden=lambda figures: _may_hide_part(
            figures.roles, lambda part: _name_words(part) in {name_words, singulars}
        ),
    )
