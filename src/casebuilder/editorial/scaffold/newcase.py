"""A new case: a draft to fill in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from casebuilder.editorial.scaffold import openingdays
from casebuilder.editorial.scaffold.filling import Scaffold, ScaffoldError, fill_templates, in_yaml, printable
from casebuilder.model import Kind, Role
from casebuilder.slugs import slug, title_slug
from casebuilder.text import and_list, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from casebuilder.model.series import Person, Series

_OPENING_WORDS = re.compile(r"^(the )?case of\W+((the|an?)\W+)?", re.IGNORECASE)
_SHORT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: A slug is typed, read out and cut off in lists.
_LONGEST_NAME = 40
#: Words with which no name ends well.
_SMALL_WORDS = re.compile(r"(-(a|an|and|at|by|for|from|in|of|on|or|the|to|with))+$")
_WORDS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Idea:
    """A case that somebody wants to write, in the words of the command line.

    Attributes:
        title: as printed.
        kind: whether it opens with a story or with a paper.
        opens: a day or a time, ISO 8601; empty for the next one in the cadence of the series.
        writer: a person's id or printed name; may be empty.
        editor: the same.
        short_name: the slug without year and month; empty to make it from the title.
    """

    title: str
    kind: str = Kind.CASE
    opens: str = ""
    writer: str = ""
    editor: str = ""
    short_name: str = ""


def new_case(series: Series, idea: Idea, today: date) -> Scaffold:
    """Return a draft to fill in; it passes the check unchanged.

    Args:
        series: for its people, its calendar, and the words that it uses.
        idea: the command line's options.
        today: the day that it is in the series' zone.

    Raises:
        ScaffoldError: a named person does not exist, or the case exists already.
    """
    title, kind = printable("TITLE", idea.title), Kind(idea.kind)
    opening = _find_opening(series, idea, kind, today)
    name = f"{opening.day:%Y-%m}-{_short_name(series, idea, title)}"
    people_given = ((Role.WRITER, idea.writer, "--writer"), (Role.EDITOR, idea.editor, "--editor"))
    signing = [(_find_person(series, name, option), role) for role, name, option in people_given if name]
    people = [*(person for person, _ in signing), *series.people]
    season, episode = openingdays.next_episode(series)
    notes = [
        *_note_on_earlier(series, opening.day, kind),
        *_note_on_undated(series),
        *_note_on_move(series, opening),
        *_note_on_disclosures(person for person, _ in signing),
    ]
    facts = {
        "title": in_yaml(title),
        "journal": kind is Kind.JOURNAL_CLUB,
        "season": season,
        "episode": episode,
        "credits": _credit_entries(signing),
        "person": next((person.id for person in people), "jane-doe"),
        "reader": next((person.id for person in people[1:] if person != people[0]), "john-doe"),
        "hashtag": in_yaml(series.settings.hashtag or "#OurSeries"),
        **_case_dates(series, opening, kind, notes),
        **_values_in_use(series),
    }
    texts = fill_templates("case", facts)
    if kind is Kind.JOURNAL_CLUB:
        del texts["scenario.md"]
        texts |= fill_templates("journal-club", facts)
    return Scaffold(f"cases/{name}", texts, _next_steps(name, facts, openingdays.in_words_of(series, opening), notes))


def _find_opening(series: Series, idea: Idea, kind: Kind, today: date) -> openingdays.Opening:
    """Return when the case opens: as the command line says, else in the cadence of its kind."""
    if not idea.opens:
        return openingdays.next_opening(series, kind, today)
    opening = openingdays.moment(idea.opens)
    day = openingdays.day_in(series, opening)
    return openingdays.Opening(opening, day, day)


def _case_dates(series: Series, opening: openingdays.Opening, kind: Kind, notes: list[str]) -> dict[str, object]:
    """Return the dates in case.yml. A release on a holiday is moved, and a note says so."""
    closing = opening.at + openingdays.LASTS[kind]
    releasing = closing + openingdays.WEEK
    day = releasing.date() if isinstance(releasing, datetime) else releasing
    moved_day = openingdays.after_holidays(series, day)
    if moved_day != day:
        notes.append(_note_on_holidays("it is released", day, moved_day))
    return {
        "opens": openingdays.in_case_file(opening.at),
        "opens_day": opening.day.isoformat(),
        "closes": openingdays.in_case_file(closing),
        "closes_day": openingdays.day_in(series, closing),
        "releases": openingdays.in_case_file(releasing + (moved_day - day)),
        "before": opening.day - openingdays.WEEK,
    }


def _note_on_move(series: Series, opening: openingdays.Opening) -> Iterable[str]:
    """Yield a note if the opening was moved because of holidays, or was asked for on one."""
    if opening.planned != opening.day:
        yield _note_on_holidays("it opens", opening.planned, opening.day)
    elif openingdays.is_holiday(series, opening.day):
        yield f'{openingdays.in_words(opening.day)} is in the list "holidays" of mkdocs.yml'


def _note_on_holidays(event: str, planned_day: date, moved_day: date) -> str:
    reason = f'{openingdays.in_words(planned_day)} is in the list "holidays" of mkdocs.yml'
    return f"{reason}, so {event} on {openingdays.in_words(moved_day)}, the next day that is not"


def _short_name(series: Series, idea: Idea, title: str) -> str:
    """Return the slug without its month, which no other case may have: the same title twice is a slip."""
    if idea.short_name and not _SHORT.fullmatch(idea.short_name):
        hint = "use lower-case letters, digits and single hyphens, such as late-handover"
        raise ScaffoldError("--short-name", f'"{idea.short_name}" cannot be an address; {hint}')
    titles = (_OPENING_WORDS.sub("", title), title)
    suggestion = next(filter(None, (title_slug(candidate, series.language) for candidate in titles)), "")
    name = idea.short_name or _shorten(suggestion)
    if not name:
        raise ScaffoldError(
            "TITLE", "no address can be made of its letters; give one, such as --short-name late-handover"
        )
    for case in series.cases:
        if re.fullmatch(rf"\d{{4}}-\d\d-{name}", case.slug):
            option = "--short-name" if idea.short_name else "TITLE"
            hint = "fill that one in, or choose another name with --short-name"
            raise ScaffoldError(option, f"cases/{case.slug} is there already; {hint}")
    return name


def _shorten(name: str) -> str:
    """Return a name that is not too long, cut between two words."""
    if len(name) <= _LONGEST_NAME:
        return name
    return _SMALL_WORDS.sub("", name[: _LONGEST_NAME + 1].rpartition("-")[0]) or name[:_LONGEST_NAME]


def _find_person(series: Series, name: str, option: str) -> Person:
    """Return a person by id, by the profile's file, or by the name that is printed."""
    wanted_name = name.strip().rpartition("/")[2].removesuffix(".md")
    for person in series.people:
        if person.id in {wanted_name, slug(wanted_name)} or person.name.casefold() == wanted_name.casefold():
            return person
    person_ids = [person.id for person in series.people]
    suggestion = did_you_mean(slug(wanted_name), person_ids)
    if not suggestion:
        names = f"there are: {_list_some(person_ids)}; " if person_ids else ""
        suggestion = f"{names}write experts/{slug(wanted_name) or 'jane-doe'}.md first, or leave {option} out"
    raise ScaffoldError(option, f'no profile in experts/ has the name "{name}"; {suggestion}')


def _credit_entries(signing: Sequence[tuple[Person, Role]]) -> list[tuple[str, list[Role]]]:
    """Return the entries of "credits".

    A case without an editor fails the check, so one person alone is both at first.
    """
    roles = [Role.WRITER, Role.EDITOR]
    people = list(dict.fromkeys(person.id for person, _ in signing))
    if len(people) == 1:
        return [(people[0], roles)]
    return [(person.id, [role]) for person, role in signing] or [("", [role]) for role in roles]


def _values_in_use(series: Series) -> dict[str, object]:
    """Return the topics, audiences, competencies and people of the series, to choose from."""
    return {
        "zone": series.settings.timezone,
        "topics": _most_used(topic for case in series.cases for topic in case.topics),
        "audiences": _most_used(audience for case in series.cases for audience in case.audience),
        "frameworks": [(name, list(framework.codes)) for name, framework in series.frameworks().items()],
        "people": _list_some([person.id for person in series.people]),
    }


def _most_used(values_used: Iterable[str]) -> str:
    values = [" ".join(word.split()) for word in values_used if word != "…"]
    return _list_some(sorted(dict.fromkeys(values), key=lambda word: (-values.count(word), word)))


def _list_some(values: Sequence[str]) -> str:
    return ", ".join(values[:_WORDS_SHOWN]) + (" …" if len(values) > _WORDS_SHOWN else "")


def _note_on_earlier(series: Series, day: date, kind: Kind) -> Iterable[str]:
    """Yield a note if the day is before other planned openings: often the year is wrong."""
    last = openingdays.latest(series, kind)
    if last and day < last[0]:
        yield f"{last[1]} opens later, on {openingdays.in_words(last[0])}: is the year right?"


def _note_on_undated(series: Series) -> Iterable[str]:
    """Yield a note if the dates of other cases could not be read, because their months look free."""
    if undated := [case.slug for case in series.cases if not case.origin.sound("opens")]:
        yield f"the dates of {and_list(undated)} cannot be read: does one of them open in that month?"


def _note_on_disclosures(people: Iterable[Person]) -> Iterable[str]:
    for person in dict.fromkeys(people):
        if person.disclosure is None:
            yield f'the check will ask for the disclosure of {person.name}: add "disclosure:" to experts/{person.id}.md'


def _next_steps(name: str, facts: dict[str, object], opening_day: str, notes: Iterable[str]) -> str:
    opening = "paper.md          why this paper" if facts["journal"] else "scenario.md       the story"
    shown_notes = "".join(f"\nNote: {note}\n" for note in notes)
    return f"""Made cases/{name}/, a draft: nothing of it is published.

  case.yml          title, dates, people; fill in what is marked TODO
  {opening}
  questions.md      two to seven questions
  facilitation.md   notes for the person who runs the session
  responses/        one file for each expert; _example.md shows how, and is never read

It opens on {opening_day}. Change the dates in case.yml as you like. The folder's name is the case's address:
if you want another, rename it now.
{shown_notes}
Next, in the series' folder:
  casebuilder check cases/{name}
  casebuilder serve --drafts
When no TODO is left in the folder and the case is ready, delete the line "status: draft" in case.yml."""
