"""Find what the packs cannot print, and what nobody can see, before anything is printed."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING

from casebuilder.glyphs import lacking
from casebuilder.markdown.invisiblecharacters import UNSEEN, describe_unseen, garbled
from casebuilder.model import Record
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casebuilder.model import Note, Origin, Part, Prose, Question, Step
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

    Place = tuple[str, int, int]
    Found = tuple[str, tuple[Step, ...]]
    #: A value, and the place of each of its characters.
    _Value = tuple[str, Callable[[int], Place]]

#: A character reference, by number or name.
_ENTITY = re.compile(r"&#?\w{1,32};")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
#: Fields of case.yml that only machines read.
_UNPRINTED = frozenset(("aliases", "discussion", "licence", "doi", "status", "announced"))
#: Parts of a case that are in files of their own.
_ELSEWHERE = frozenset(
    ("slug", "story", "questions", "notes", "responses", "quotes", "commentary", "contributions", "metrics", "pictures")
)
_PRIVATE = "it is probably a sign of one of Word's symbol fonts: delete it, and type the sign again"
_NO_FONT = "no font of the packs has it; write it in other words, or show it in a picture"


def characters(series: Series) -> Iterator[Problem]:
    """Report characters that no font of the packs has, in every text and heading that they print.

    Each is reported once in a text, at its first place. Without packs nothing is printed, and readers' devices have
    their own fonts.
    """
    if not series.settings.packs:
        return
    for case in series.cases:
        for text in case.texts():
            yield from _check_prose(text)
    for person in series.people:
        yield from _check_prose(person.biography)
    for heading, place in chain.from_iterable(map(_headings, series.cases)):
        for letter in sorted(lacking(heading)):
            yield _missing_letter(letter, place)


def fields(series: Series) -> Iterator[Problem]:
    """Report such characters in each field, garbled letters, and its first invisible one: a mark that turns a name."""
    for value, at in _non_ascii_fields(series):
        for letter in sorted(lacking(value)) if series.settings.packs else ():
            yield _missing_letter(letter, at(value.index(letter)))
        if not UNSEEN.keys().isdisjoint(value):
            offset, letter = next((offset, letter) for offset, letter in enumerate(value) if letter in UNSEEN)
            yield Problem(*at(offset), "invisible-character", *describe_unseen(letter, "in this value"))
        if letters := garbled(value):
            yield Problem(*at(letters[0]), "garbled-letters", *letters[1:])


def _non_ascii_fields(series: Series) -> Iterator[_Value]:
    """Yield every value outside the texts that is not all ASCII, and where each of its characters is."""
    for case in series.cases:
        yield from _case_values(case)
    for person in series.people:
        yield from _with_places(_non_ascii_strings(person, (), ("id", "links", "biography")), person.origin)
    for collection in series.collections:
        yield from _with_places(_non_ascii_strings(collection, (), ("id",)), collection.origin)
    for value, step in ((series.name, "site_name"), (series.description, "site_description")):
        yield value, partial(series.origin.within, (step,), value)
    for setting in (series.settings.notice, series.settings.competencies):
        for value, _ in _non_ascii_strings(setting, ()):
            yield value, partial(series.origin.within, ("plugins",), value)


def _case_values(case: Case) -> Iterator[_Value]:
    """Yield the values of a case outside its texts, and where each of their characters is."""
    yield from _with_places(_non_ascii_strings(case, (), _UNPRINTED | _ELSEWHERE), case.origin)
    for number, quote in enumerate(case.quotes):
        yield from _with_places(_non_ascii_strings(quote, (number,), ("id", "consent", "source")), case.quotes_origin)
    for response in case.responses:
        yield from _with_places(_non_ascii_strings(response, (), ("person",)), response.origin)
    if case.commentary:
        yield from _with_places(_non_ascii_strings(case.commentary, (), ("sections",)), case.commentary.origin)


def _headings(case: Case) -> Iterator[tuple[str, Place]]:
    """Yield the headings of a case's texts."""
    parts_with_headings: list[Part | Question | Note] = [*case.story, *case.questions, *case.notes]
    yield from ((part.title, part.place) for part in parts_with_headings)


def _non_ascii_strings(value: object, steps: tuple[Step, ...], skipped_fields: Iterable[str] = ()) -> Iterator[Found]:
    """Yield every string in a value that is not all ASCII, which each font has, with the path to it."""
    if isinstance(value, str):
        if not value.isascii():
            yield value, steps
    elif isinstance(value, Record):
        for name in value.__class__.model_fields:
            if name not in skipped_fields:
                yield from _non_ascii_strings(getattr(value, name), (*steps, name))
    elif isinstance(value, tuple | dict):
        for step, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _non_ascii_strings(entry, (*steps, step))


def _with_places(values: Iterable[Found], origin: Origin) -> Iterator[_Value]:
    return ((value, partial(origin.within, steps, value)) for value, steps in values)


def _check_prose(text: Prose) -> Iterator[Problem]:
    """Return the characters of a text, including references such as `&#xe123;`, without comments."""
    source = text.source
    if source.isascii() and "&" not in source:
        return
    commented, end, remainder = source.rpartition(
        "-->"
    )  # in what follows the last end, each beginning would be tried without a match
    without_comments = _COMMENT.sub(lambda comment: " " * len(comment[0]), commented + end) + remainder
    places: dict[str, int] = {letter: without_comments.index(letter) for letter in lacking(without_comments)}
    for entity in _ENTITY.finditer(without_comments):
        for letter in lacking(unescape(entity[0])):
            places.setdefault(letter, entity.start())
    for letter, offset in sorted(places.items(), key=lambda row: row[1]):
        yield _missing_letter(letter, text.at(offset))


def _missing_letter(letter: str, place: Place) -> Problem:
    private = unicodedata.category(letter) == "Co"
    message = f"the character U+{ord(letter):04X} cannot be printed in the packs"
    return Problem(*place, "unprintable-character", message, _PRIVATE if private else _NO_FONT)
