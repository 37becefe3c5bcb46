"""The record of a discussion as a conversation: as text for a terminal, and as a page that needs nothing else."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import thread
from casebuilder.model import Discussions
from casebuilder.text import printable
from casebuilder.wording import Translator, direction
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebuilder.model import Contribution
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: How far replies are set in, and the least that is left of a line for words.
_DEEPEST, _STEP, _NARROWEST = 6, 4, 30
_PUBLIC = (
    "This record is in the series’ repository, and as public as that. It holds words that nobody has agreed to "
    "publish: give it to the editors and curators of this case only."
)
_PRIVATE = (
    "This record is private. Give it only to the editors of this series and the curators of this case, never by a "
    "public link, and delete it when the commentary is released."
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A contribution in its place in the conversation.

    Attributes:
        id: of the contribution.
        depth: how many contributions it is a reply below; 0 if it replies to none.
        head: who said it, where and when, and what to know of it.
        text: its words; a line for each paragraph.
        url: the address of the post; may be empty.
        quoted: the quotes from it, with their consent: "q3 (pending)".
    """

    id: str
    depth: int
    head: tuple[str, ...]
    text: str
    url: str
    quoted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A record to read.

    Attributes:
        title: of the case.
        language: of the contributions (BCP 47).
        summary: how many contributions by how many people, and how many are not shown.
        who: whom one may give it to.
        sections: each with a heading, which is empty if there is only one.
    """

    title: str
    language: str
    summary: str
    who: str
    sections: tuple[tuple[str, tuple[Turn, ...]], ...]


def conversation(series: Series, case: Case, *, by_question: bool = False) -> Conversation:
    """Return the record of a case, without what was withdrawn.

    Args:
        series: for its time zone, and whether its records are private.
        case: with its record.
        by_question: whether the contributions to each question stand together; otherwise all are in order of time,
            replies below what they reply to.
    """
    shown = thread.shown(case)
    translator = Translator("en", series.zone)
    ordered = list(_ordered(shown))
    turns = [(item, _turn(item, depth, case, translator)) for item, depth in ordered]
    people = len({item.author_key for item in shown})
    summary = [f"{_count(len(shown), 'contribution')} by {_count(people, 'person', 'people')}"]
    withdrawn = sum(item.withdrawn is not None for item in case.contributions)
    summary += [f"{withdrawn} withdrawn"] * bool(withdrawn)
    repeating = len(case.contributions) - len(shown) - withdrawn
    summary += [f"{repeating} not shown, with words that were withdrawn"] * bool(repeating)
    private = series.settings.discussions is Discussions.PRIVATE
    sections = tuple(_by_question(turns, case)) if by_question else (("", tuple(turn for _, turn in turns)),)
    who = _PRIVATE if private else _PUBLIC
    return Conversation(case.title, case.language or series.language, "; ".join(summary), who, sections)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _ordered(contributions: Sequence[Contribution]) -> Iterator[tuple[Contribution, int]]:
    """Yield contributions with their depth: by time, and replies below what they reply to."""
    known = {item.id for item in contributions}
    replies: dict[str, list[Contribution]] = {}
    for item in sorted(contributions, key=lambda post: post.posted.timestamp()):
        parent = item.in_reply_to if item.in_reply_to in known - {item.id} else ""
        replies.setdefault(parent, []).append(item)
    seen: set[str] = set()
    left = [(item, 0) for item in reversed(replies.get("", ()))]
    circles = [(item, 0) for item in reversed(contributions) if replies]  # replies in a circle have no beginning
    while left or circles:
        item, depth = left.pop() if left else circles.pop()
        if item.id not in seen:
            seen.add(item.id)
            yield item, depth
            left.extend((reply, depth + 1) for reply in reversed(replies.get(item.id, ())))


def _turn(contribution: Contribution, depth: int, case: Case, translator: Translator) -> Turn:
    head = [
        translator.parted(contribution.author, contribution.role, translator.country(contribution.country)),
        contribution.channel,
        thread.when(contribution, translator),
    ]
    if contribution.in_reply_to:
        head.append(f"replies to {contribution.in_reply_to}")
    if contribution.question:
        head.append(f"on {contribution.question}")
    head += [word for word, holds in (("repost", contribution.kind == "repost"), ("spam", contribution.spam)) if holds]
    quoted = [
        f"{quote.id} ({quote.consent.state})" for quote in case.quotes if quote.source.contribution == contribution.id
    ]
    return Turn(
        contribution.id,
        depth,
        tuple(map(printable, head)),
        printable(contribution.text),
        contribution.url or "",
        tuple(quoted),
    )


def _by_question(turns: Iterable[tuple[Contribution, Turn]], case: Case) -> Iterator[tuple[str, tuple[Turn, ...]]]:
    """Yield the contributions to each question, then those to none; a reply stands with its own question."""
    made = list(turns)
    names: Mapping[str, str] = {question.id: question.title for question in case.questions} | {"": "No question"}
    for name, title in names.items():
        own = tuple(turn for item, turn in made if (item.question if item.question in names else "") == name)
        if own:
            yield title, own


def as_text(shown: Conversation, width: int) -> str:
    """Return a conversation for a terminal or a file.

    Args:
        shown: the conversation.
        width: of a line, in characters.
    """
    parts = [shown.title, shown.summary, textwrap.fill(shown.who, width)]
    for title, turns in shown.sections:
        parts += ["", f"== {title} ==" if title else ""][: 1 + bool(title)]
        for turn in turns:
            parts += ["", *_lines(turn, width)]
    return "\n".join(parts) + "\n"


def _lines(turn: Turn, width: int) -> Iterator[str]:
    margin = " " * min(turn.depth * _STEP, _DEEPEST * _STEP, max(0, width - _NARROWEST))
    yield from _wrapped(f"{turn.id}  {' · '.join(turn.head)}", margin, f"{margin}     ", width)
    for paragraph in turn.text.split("\n"):
        yield from _wrapped(paragraph, f"{margin}  ", f"{margin}  ", width)
    for note in (turn.url, f"quoted: {', '.join(turn.quoted)}" if turn.quoted else ""):
        if note:
            yield f"{margin}  [{note}]"


def _wrapped(words: str, first: str, other: str, width: int) -> list[str]:
    return textwrap.wrap(
        words, width, initial_indent=first, subsequent_indent=other, break_long_words=False, break_on_hyphens=False
    ) or [""]


def as_page(shown: Conversation) -> str:
    """Return a conversation as one HTML file, which loads nothing."""
    template = environment("editorial.curation").get_template("record.html.j2")
    return template.render(shown=shown, direction=direction(shown.language), deepest=_DEEPEST)
