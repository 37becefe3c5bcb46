"""The record of a discussion together with what some sources add to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from casebuilder import checks
from casebuilder.checks.livehours import EARLY
from casebuilder.editorial.discussion import (
    authorcontacts,
    editedposts,
    editedrows,
    pseudonymisation,
    recordlines,
    rowids,
    unfilledfields,
)
from casebuilder.editorial.discussion.mergedposts import merge
from casebuilder.editorial.discussion.newposts import (
    Entry,
    check_same_key,
    has_withdrawn_words,
    joined_keys,
    new_posts,
    with_keys,
)
from casebuilder.editorial.discussion.participantslist import Person
from casebuilder.editorial.discussion.post import clean
from casebuilder.model import window
from casebuilder.problems import Problem, Severity
from casebuilder.readers.discussion import read_discussion
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebuilder.editorial.discussion.keys import Key
    from casebuilder.editorial.discussion.post import ImportOptions
    from casebuilder.editorial.discussion.pseudonyms import Names
    from casebuilder.editorial.discussion.source import Source
    from casebuilder.model import Contribution
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


#: Posts that are written so long after the end are hardly part of a discussion.
_LATE = timedelta(days=365)
#: The path of lines that are not written yet: no file of a series can have this name.
_NEW = "(new)/"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A record with what some sources add to it.

    Attributes:
        text: the record, whole.
        added: how many contributions are new.
        edited: how many have other words, because their posts were edited.
        known: how many it had already, including withdrawn ones.
        left: how many are left out because something is wrong with them.
        problems: what is wrong with posts, each at its line of its source.
        notes: what the editor should know about how the sources were read.
        people: who wrote what is new.
        used_key: whether a key was made with the editors' secret.
        stops: whether nothing may be written.
    """

    text: str
    added: int
    edited: int
    known: int
    left: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    people: tuple[Person, ...]
    used_key: bool
    stops: bool


def gather(  # noqa: PLR0913 - what a record is made of
    record: str,
    sources: Sequence[Source],
    series: Series,
    slug: str,
    *,
    options: ImportOptions,
    key: Key,
    people: Sequence[Person],
) -> Gathered:
    """Return a record, which may be empty, together with the posts of some sources that it does not hold yet.

    Args:
        record: the text of discussion.jsonl.
        sources: what is to be added.
        series: in which the new contributions must be right.
        slug: the case that was discussed.
        options: how the sources are to be read.
        key: what author keys are made with.
        people: who is who; those whom nobody knows are missing.

    Raises:
        TranscriptError: a source cannot be read at all, or the record was made with another key.
    """
    case = next(case for case in series.cases if case.slug == slug)
    recorded, _ = read_discussion(record, "", series.settings.contact) if record.strip() else ((), [])
    merged = merge(sources, options)
    keyed = rowids.with_own_ids(with_keys(merged.posts, key, joined_keys(series, recorded)), recorded, key)
    rows = editedrows.with_known_keys(keyed, recorded, key)
    entries = rowids.with_recorded_parents(rows.entries, recorded)
    new, notes = new_posts(entries, recorded, case)
    check_same_key(new, recorded, key)
    names = pseudonymisation.names_of(series, recorded, people, key, options.words)
    first_names = pseudonymisation.first_names_of(names, new, recorded, case, series)
    notes_on_older = () if options.keep_names else pseudonymisation.named_before(names, new, recorded, case, series)
    entries_with_names = pseudonymisation.with_pseudonyms(new, names, options, series.settings.contact, first_names)
    sound = _without_errors(
        recordlines.with_ids(entries_with_names, recorded), recorded, case, series, options=options, key=key
    )
    edited = [
        each for each in editedposts.edited(entries, recorded, key) if not has_withdrawn_words(each[1], recorded, case)
    ]
    rewritten = pseudonymisation.with_pseudonyms(
        [entry for _, entry in edited], names, options, series.settings.contact, first_names
    )
    edits = editedposts.with_edits(record, zip((item for item, _ in edited), rewritten, strict=True), case.quotes, key)
    problems = dict.fromkeys((*merged.problems, *sound.problems))
    return Gathered(
        text=(f"{edits.text.rstrip()}\n" if record.strip() else "") + "".join(f"{line}\n" for line in sound.lines),
        added=len(sound.entries),
        edited=edits.count,
        known=len(entries) - len(new),
        left=merged.skipped + len(entries_with_names) - len(sound.entries),
        problems=tuple(sorted(problems, key=lambda problem: (problem.path, problem.line))),
        notes=tuple(
            clean(note)
            for note in (
                *merged.notes,
                *rows.notes,
                *rowids.note_on_other_ids(sound.entries),
                *unfilledfields.notes(entries, recorded),
                *notes,
                *edits.notes,
                *first_names.notes(),
                *notes_on_older,
                *_note_without_parent(sound.entries, sound.lines),
                *_note_early_posts(sound.entries, case, series),
                *_note_late_posts(sound.entries, case, series),
            )
        ),
        people=(*_people_mentioned(names), *_people_of_entries(sound.entries, slug)),
        used_key=any(item.made_key for item in sound.entries),
        stops=merged.stops or len(sound.lines) != len(sound.entries),
    )


@dataclass(frozen=True, slots=True)
class _EntriesWithoutErrors:
    """Posts without errors, their lines of the record, and the problems of all."""

    entries: tuple[Entry, ...]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


def _without_errors(  # noqa: PLR0913 - what a line of the record is made of
    entries: Sequence[Entry],
    recorded: Sequence[Contribution],
    case: Case,
    series: Series,
    *,
    options: ImportOptions,
    key: Key,
) -> _EntriesWithoutErrors:
    """Leave out the contributions with errors, then check again the answers to them, three times at most.

    If some have errors even then, there are more lines than entries.
    """
    remaining = list(entries)
    lines: list[str] = []
    problems: list[Problem] = []
    for _ in range(3):
        lines = recordlines.lines(remaining, recorded, options, key)
        problems_by_index = _problems_of_lines(lines, series, case, recorded, remaining)
        problems += (problem for _, problem in problems_by_index)
        wrong_indexes = {place for place, problem in problems_by_index if problem.severity is Severity.ERROR}
        if not wrong_indexes:
            break
        remaining = [entry for place, entry in enumerate(remaining) if place not in wrong_indexes]
    return _EntriesWithoutErrors(tuple(remaining), tuple(lines), tuple(problems))


def _note_early_posts(added: Sequence[Entry], case: Case, series: Series) -> Iterator[str]:
    """Yield how many posts are older than the discussion: they may be of another thread."""
    if not case.origin.sound("opens"):
        return
    opens = window(case, series.zone)[0]
    earliest = (opens - EARLY).timestamp()
    days = [item.found.when for item in added]
    if early := [day for day in days if day.timestamp() < earliest]:
        posts = "1 post was" if len(early) == 1 else f"{len(early)} posts were"
        first = min(early).astimezone(series.zone)
        when = f"before the case opens ({opens:%Y-%m-%d}), the first on {first:%Y-%m-%d}"
        yield f"{posts} written {when}: is it the right thread?"


def _note_late_posts(added: Sequence[Entry], case: Case, series: Series) -> Iterator[str]:
    """Yield how many posts are of another year than the discussion: 2072 in place of 2027."""
    if not (case.origin.sound("opens") and case.origin.sound("closes")):
        return
    closes = window(case, series.zone)[1]
    if late := [item.found.when for item in added if item.found.when.timestamp() > (closes + _LATE).timestamp()]:
        posts = "1 post was" if len(late) == 1 else f"{len(late)} posts were"
        last = max(late).astimezone(series.zone)
        when = f"more than a year after the discussion closed ({closes:%Y-%m-%d}), the last on {last:%Y-%m-%d}"
        yield f"{posts} written {when}: is the year right?"


def _note_without_parent(added: Sequence[Entry], lines: Sequence[str]) -> Iterator[str]:
    """Yield how many posts answer a post that nobody has: it was deleted, or its id is mistyped."""
    posts_alone = [
        entry.found.post
        for entry, line in zip(added, lines, strict=False)
        if entry.found.post.parent and entry.found.post.is_row and not json.loads(line).get("in_reply_to")
    ]
    if posts_alone:
        count_in_words = "1 post answers a post" if len(posts_alone) == 1 else f"{len(posts_alone)} posts answer posts"
        first = "first " if len(posts_alone) > 1 else ""
        example = f'{first}in line {posts_alone[0].mark}, to "{posts_alone[0].parent[:60]}"'
        yield f"{count_in_words} neither here nor in the record, added without it: {example}"


def _problems_of_lines(
    lines: Sequence[str], series: Series, case: Case, recorded: Sequence[Contribution], entries: Sequence[Entry]
) -> list[tuple[int, Problem]]:
    """Return the problems that `check` would report for new lines: each line's index, and the problem in the source."""
    contact = series.settings.contact
    contributions, problems = read_discussion("\n".join(lines), "", contact) if lines else ((), [])
    problems_by_index = [(problem.line - 1, problem) for problem in problems]
    placed = tuple(item.placed(f"{_NEW}{item.place[1] - 1}", 1, 1) for item in contributions)
    extended = case.with_contributions((*recorded, *placed))
    cases = tuple(extended if item.slug == case.slug else item for item in series.cases)
    reported_indexes = {place for place, _ in problems_by_index}
    check_problems = checks.run(series.replaced(cases=cases))
    problems_by_index += [
        (place, problem)
        for problem in check_problems
        if problem.path.startswith(_NEW)
        and problem.code != "outside-discussion"  # a note says it of all posts at once
        and (place := int(problem.path.removeprefix(_NEW))) not in reported_indexes
    ]
    return [(place, _point_to_source(problem, entries, place)) for place, problem in problems_by_index]


def _point_to_source(problem: Problem, entries: Sequence[Entry], place: int) -> Problem:
    found = entries[place].found
    if problem.code == "duplicate-id":
        other = next(entry.found for entry in entries if entry.id == entries[place].id)
        line = other.source.line(other.post.mark)
        hint = f"the other is on line {line} of {other.source.name}; give this one another id"
        problem = replace(problem, hint=hint)
    return replace(problem, path=found.source.name, line=found.source.line(found.post.mark), column=1)


def _people_mentioned(names: Names) -> tuple[Person, ...]:
    """Return whom texts name and who wrote nothing: with their handle they are known again when they do."""
    return tuple(
        Person(key, names.shown[key], handle=handle, channel=channel)
        for key, (channel, handle) in names.mentioned.items()
        if not authorcontacts.is_in(handle)
    )


def _people_of_entries(entries: Iterable[Entry], slug: str) -> tuple[Person, ...]:
    """Return who wrote what is new; never an email address."""
    rows: dict[str, Person] = {}
    for entry in entries:
        post = entry.found.post
        is_name = not authorcontacts.is_in(post.author) and not recordwords.is_nameless(post.author)
        name = post.author if is_name else ""
        handle = "" if authorcontacts.is_in(post.handle) else post.handle
        old = rows.get(entry.author_key) or Person(entry.author_key, entry.author, name, handle, post.channel)
        address = {f"{slug} {entry.id}": post.url} if post.url and not authorcontacts.is_in_address(post.url) else {}
        rows[entry.author_key] = replace(old, posts={**old.posts, **address})
    return tuple(rows.values())
