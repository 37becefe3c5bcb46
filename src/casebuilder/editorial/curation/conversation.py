"""The record of a discussion as a conversation: as text for a terminal, and as a page that needs nothing else."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import deskthread
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
    contributions = deskthread.shown(case)
    translator = Translator("en", series.zone)
    items_with_depth = list(_in_order(contributions))
    turns = [(item, _make_turn(item, depth, case, translator)) for item, depth in items_with_depth]
    people = len({item.author_key for item in contributions})
    summary = [f"{_counted(len(contributions), 'contribution')} by {_counted(people, 'person', 'people')}"]
    withdrawn_count = sum(item.withdrawn is not None for item in case.contributions)
    summary += [f"{withdrawn_count} withdrawn"] * bool(withdrawn_count)
    hidden_count = len(case.contributions) - len(contributions) - withdrawn_count
    summary += [f"{hidden_count} not shown, with words that were withdrawn"] * bool(hidden_count)
    is_private = series.settings.discussions is Discussions.PRIVATE
    sections = tuple(_turns_by_question(turns, case)) if by_question else (("", tuple(turn for _, turn in turns)),)
    who = _PRIVATE if is_private else _PUBLIC
    return Conversation(case.title, case.language or series.language, "; ".join(summary), who, sections)


def _counted(number: int, singular: str, plural: str = "") -> str:
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def _in_order(contributions: Sequence[Contribution]) -> Iterator[tuple[Contribution, int]]:
    """Yield contributions with their depth: by time, and replies below what they reply to."""
    ids = {item.id for item in contributions}
    replies: dict[str, list[Contribution]] = {}
    for item in sorted(contributions, key=lambda post: post.posted.timestamp()):
        parent = item.in_reply_to if item.in_reply_to in ids - {item.id} else ""
        replies.setdefault(parent, []).append(item)
    yielded: set[str] = set()
    pending = [(item, 0) for item in reversed(replies.get("", ()))]
    circles = [(item, 0) for item in reversed(contributions) if replies]  # replies in a circle have no beginning
    while pending or circles:
        item, depth = pending.pop() if pending else circles.pop()
        if item.id not in yielded:
            yielded.add(item.id)
            yield item, depth
            pending.extend((reply, depth + 1) for reply in reversed(replies.get(item.id, ())))


def _make_turn(contribution: Contribution, depth: int, case: Case, translator: Translator) -> Turn:
    head = [
        translator.parted(contribution.author, contribution.role, translator.country(contribution.country)),
        contribution.channel,
        deskthread.when(contribution, translator),
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


def _turns_by_question(
    turns: Iterable[tuple[Contribution, Turn]], case: Case
) -> Iterator[tuple[str, tuple[Turn, ...]]]:
    """Yield the contributions to each question, then those to none; a reply stands with its own question."""
    all_turns = list(turns)
    names: Mapping[str, str] = {question.id: question.title for question in case.questions} | {"": "No question"}
    for name, title in names.items():
        turns_of_question = tuple(
            turn for item, turn in all_turns if (item.question if item.question in names else "") == name
        )
        if turns_of_question:
            yield title, turns_of_question


def as_text(conversation_shown: Conversation, width: int) -> str:
    """Return a conversation for a terminal or a file.

    Args:
        conversation_shown: the conversation.
        width: of a line, in characters.
    """
    parts = [conversation_shown.title, conversation_shown.summary, textwrap.fill(conversation_shown.who, width)]
    for title, turns in conversation_shown.sections:
        parts += ["", f"== {title} ==" if title else ""][: 1 + bool(title)]
        for turn in turns:
            parts += ["", *_turn_lines(turn, width)]
    return "\n".join(parts) + "\n"


def _turn_lines(turn: Turn, width: int) -> Iterator[str]:
    margin = " " * min(turn.depth * _STEP, _DEEPEST * _STEP, max(0, width - _NARROWEST))
    yield from _wrap(f"{turn.id}  {' · '.join(turn.head)}", margin, f"{margin}     ", width)
    for paragraph in turn.text.split("\n"):
        yield from _wrap(paragraph, f"{margin}  ", f"{margin}  ", width)
    for note in (turn.url, f"quoted: {', '.join(turn.quoted)}" if turn.quoted else ""):
        if note:
            yield f"{margin}  [{note}]"


def _wrap(text: str, first: str, other: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=other, break_long_words=False, break_on_hyphens=False
    ) or [""]


def as_page(conversation_shown: Conversation) -> str:
    """Return a conversation as one HTML file, which loads nothing."""
    template = environment("editorial.curation").get_template("record.html.j2")
    return template.render(shown=conversation_shown, direction=direction(conversation_shown.language), deepest=_DEEPEST)
