"""Unfinished texts: a TODO is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.checks.people import named
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebuilder.model import Note, Origin, Prose, Question, Step
    from casebuilder.model.case import Case
    from casebuilder.model.series import Person, Series

_HINT = "write it, or delete the field, the section or the file"
_TODO = re.compile(r"\bTODO\b")


def marks(series: Series) -> Iterator[Problem]:
    """Report a TODO in a case that is not a draft, in profiles, and in collections, comments included."""
    for case in series.cases:
        if case.status is not None:
            continue
        parts_with_headings: list[Question | Note] = [*case.questions, *case.notes]
        for item in parts_with_headings:
            if _TODO.search(item.title):
                yield Problem(*item.place, "unfinished-text", f'"{item.title}" is still to be written', _HINT)
        yield from _in_fields(case.origin, visible_fields(case))
        for response in case.responses:
            fields = (("title",), response.title), (("perspective",), response.perspective)
            yield from _in_fields(response.origin, (*fields, (("disclosure",), response.disclosure)))
        if case.commentary:
            titles = ((("themes", number, "title"), theme.title) for number, theme in enumerate(case.commentary.themes))
            yield from _in_fields(case.commentary.origin, ((("method",), case.commentary.method), *titles))
        for text in case.texts():
            yield from _in_text(text)
    yield from _in_profiles(series)
    for collection in series.collections:
        reasons = ((("cases", number, "why"), entry.why) for number, entry in enumerate(collection.cases))
        yield from _in_fields(collection.origin, ((("title",), collection.title), *reasons))
        yield from _in_text(collection.text)


def _in_profiles(series: Series) -> Iterator[Problem]:
    """Report a TODO in profiles, except of those whom only drafts name: their cases are still to be written, too."""
    for person in series.people:
        problems = [*_in_fields(person.origin, profile_fields(person)), *_in_text(person.biography)]
        if problems and not _is_only_in_drafts(person.id, series):
            yield from problems


def _is_only_in_drafts(name: str, series: Series) -> bool:
    statuses = {case.status for case in series.cases if name in named(case)}
    return bool(statuses) and None not in statuses and all(name not in group.people for group in series.settings.team)


def _in_fields(origin: Origin, fields: Iterable[tuple[tuple[Step, ...], str]]) -> Iterator[Problem]:
    for steps, value in fields:
        if "TODO" in value and (match := _TODO.search(value)):
            yield Problem(
                *origin.within(steps, value, match.start()), "unfinished-text", "a TODO is left in this field", _HINT
            )


def _in_text(text: Prose) -> Iterator[Problem]:
    if "TODO" in text.source and (match := _TODO.search(text.source)):
        yield Problem(*text.at(match.start()), "unfinished-text", "a TODO is left in the text", _HINT)


def profile_fields(person: Person) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the words that readers see of a profile's front matter, each with its place."""
    for name in ("name", "family", "given", "credentials", "post", "institution", "pronouns"):
        yield (name,), getattr(person, name)
    if person.photo:
        yield ("photo", "alt"), person.photo.alt
    if person.disclosure:
        yield ("disclosure", "text"), person.disclosure.text


def visible_fields(case: Case) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the words that readers see of `case.yml`, each with its place."""
    for name in ("title", "teaser", "inspired_by", "content_note"):
        yield (name,), getattr(case, name)
    for name in ("audience", "topics", "objectives"):
        yield from (((name, number), value) for number, value in enumerate(getattr(case, name)))
    yield from ((("characters", number, "name"), character.name) for number, character in enumerate(case.characters))
    if case.image:
        yield ("image", "alt"), case.image.alt
