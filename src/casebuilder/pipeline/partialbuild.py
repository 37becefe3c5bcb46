"""The part of a series that can be published although other parts have errors (`--keep-going`).

A case with an error is withheld as a whole, and so is every case that names somebody whose profile has an error. What
remains is checked again as if it were the whole series, until nothing is wrong with it: nothing is ever published that
was checked less than in any other build.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casebuilder import checks, published
from casebuilder.casefiles import case_path
from casebuilder.model import Status, WithheldCase, old_name
from casebuilder.problems import errors
from casebuilder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from casebuilder.pipeline.reading import Reading
    from casebuilder.problems import Problem
    from casebuilder.readers import Case, Series

_OPENS = re.compile(r"(?m)^opens:[ \t]*[\"']?(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d\S*)?[\"']?[ \t]*(?:#.*)?$")
_ALIASES = re.compile(r"(?m)^aliases:[ \t]*(?:\[([^\]\n]*)\]|((?:\n[ \t]*-[^\n]*)+))")
_ALIAS = re.compile(r"(?<![^\s,\"'])/?[A-Za-z0-9_-]*[A-Za-z0-9](?:/[A-Za-z0-9_-]+)*/?(?![^\s,\"'])")
_STATUS = re.compile(r"(?m)^[\"']?status\b")
#: The form of a slug that an output may be named after.
SLUG = re.compile(r"\d{4}-\d\d-[a-z0-9-]{1,120}")


@dataclass(slots=True)
class _Withheld:
    """The names of what has errors."""

    cases: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    collections: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)

    def count(self) -> int:
        return len(self.cases) + len(self.people) + len(self.collections) + len(self.pages)

    def take(self, problem: Problem, series: Series) -> bool:
        """Withhold the case, person, collection or page of a file; False if it belongs to the whole series."""
        path = problem.path
        top, _, inner_path = path.partition("/")
        name = inner_path.partition("/")[0]
        if top in {"cases", "commentary"} and inner_path.count("/"):
            self.cases.add(name)
        elif top == "collections" and inner_path:
            self.collections.add(PurePosixPath(name).stem)
        elif top == "experts" and inner_path:
            owners = {person.id for person in series.people if person.photo and person.photo.file == inner_path}
            self.people |= owners or {PurePosixPath(name).stem}
        elif any(path.startswith(f"{folder}/") for folder in series.page_folders[:1]):
            self.pages.add(path)  # only hand-written pages; an error in the theme concerns every page
        elif problem.code == "unknown-person" and path in _settings_files(series):
            self.people.add(problem.about)  # somebody on the editorial board, which is published without them
        else:
            return False
        self.cases |= {case.slug for case in series.cases if self.people & checks.named(case)}
        self.collections |= {
            collection.id for collection in series.collections if self.people & set(collection.editors)
        }
        return True

    def rest_of(self, series: Series) -> Series:
        """Return a series without them."""
        collections = (item for item in series.collections if item.id not in self.collections)
        shortened = tuple(
            item.with_cases(tuple(entry for entry in item.cases if entry.case not in self.cases))
            for item in collections
        )
        return series.without_in_team(self.people).replaced(
            cases=tuple(case for case in series.cases if case.slug not in self.cases),
            people=tuple(person for person in series.people if person.id not in self.people),
            collections=tuple(item for item in shortened if item.cases),
            page_pictures=series.page_pictures - self.pages,
            unread=frozenset(path for path in series.unread if not self.holds(path)),
            withheld=self._withheld_addresses(series),
        )

    def _withheld_addresses(self, series: Series) -> frozenset[str]:
        """Return the addresses of withheld parts: a link to one is not an error."""
        topics = {slug(topic) for case in series.cases if case.slug in self.cases for topic in case.topics}
        names_by_folder = {
            "cases": self.cases,
            "experts": self.people,
            "collections": self.collections,
            "topics": topics,
        }
        empty_collections = {
            collection.id
            for collection in series.collections
            if {entry.case for entry in collection.cases} <= self.cases
        }
        names_by_folder["collections"] = names_by_folder["collections"] | empty_collections
        return frozenset(f"{folder}/{name}/" for folder, names in names_by_folder.items() for name in names)

    def holds(self, path: str) -> bool:
        """Return whether a file belongs to a withheld part."""
        top, _, inner_path = path.partition("/")
        name = inner_path.partition("/")[0]
        stem = PurePosixPath(name).stem
        if top in {"cases", "commentary"}:
            return name in self.cases
        return path in self.pages or stem in {"experts": self.people, "collections": self.collections}.get(top, ())


def _settings_files(series: Series) -> set[str]:
    """Return the configuration file, and those that it inherits."""
    return {series.settings_origin.path, *series.settings_origin.paths.values()}


def sound_part(reading: Reading) -> Reading | None:
    """Return the part of a series that has no errors, with the withheld cases.

    Returns:
        The same reading if nothing is wrong. None if something is wrong that belongs to the whole series, such as its
        settings.
    """
    real_paths = {shown_path: path for path, shown_path in reading.tree.overlaid.items()}
    all_problems = [replace(problem, path=real_paths.get(problem.path, problem.path)) for problem in reading.problems]
    by_rules = set(_errors_of_rules(reading.series, reading))
    of_files = [problem for problem in errors(all_problems) if problem not in by_rules]
    withheld_parts, series = _Withheld(), reading.series
    while remaining_errors := [
        *(problem for problem in of_files if not withheld_parts.holds(problem.path)),
        *_errors_of_rules(series, reading),
    ]:
        count_before = withheld_parts.count()
        if (
            not all(withheld_parts.take(problem, series) for problem in remaining_errors)
            or withheld_parts.count() == count_before
        ):
            return None
        series = withheld_parts.rest_of(reading.series)
    names_in_use = {path for case in series.cases for path in (case.slug, *map(old_name, case.aliases))}
    withheld = tuple(
        _withheld_case(case, reading, names_in_use)
        for case in reading.series.cases
        if case.slug in withheld_parts.cases
    )
    remaining = tuple(
        problem for problem in reading.problems if not withheld_parts.holds(real_paths.get(problem.path, problem.path))
    )
    series = series.replaced(withheld_cases=withheld)
    return replace(reading, series=series, problems=remaining, omitted=frozenset(withheld_parts.pages))


def withheld(reading: Reading) -> frozenset[str]:
    """Return the slugs of the cases that are not published while the series has these errors.

    Of a series with errors in what belongs to all of it, such as its settings: the cases that have errors themselves.
    """
    if not reading.errors():
        return frozenset()
    sound_series = sound_part(reading)
    if sound_series is not None:
        return frozenset(case.slug for case in sound_series.series.withheld_cases)
    real_paths = {overlaid_path: name for name, overlaid_path in reading.tree.overlaid.items()}
    paths = (real_paths.get(problem.path, problem.path).split("/") for problem in reading.errors())
    return frozenset(path[1] for path in paths if path[0] in {"cases", "commentary"} and path[2:])


def _errors_of_rules(series: Series, reading: Reading) -> tuple[Problem, ...]:
    """Return the errors of the rules, without those that only a missing overlay causes."""
    problems: Iterable[Problem] = (
        *checks.run(series, reading.gallery.faults),
        *published.missing_consents(series, reading.as_of),
    )
    return tuple(problem for problem in errors(problems) if not reading.overlooks(problem))


def _withheld_case(case: Case, reading: Reading, names_in_use: Collection[str]) -> WithheldCase:
    """Return the known facts of a withheld case: when it opened, even if its file can be read only in part.

    Args:
        case: the case, as far as it could be read.
        reading: of the whole series.
        names_in_use: names and old names of the cases that are published.
    """
    text = reading.tree.texts.get(case_path(case.slug), "")
    old = case.aliases if case.origin.sound("aliases") else ()
    aliases = tuple(name for name in old or _old_addresses(text) if old_name(name) not in {*names_in_use, case.slug})
    if not SLUG.fullmatch(case.slug):
        return WithheldCase(slug=case.slug)
    if case.origin.sound("opens") and case.origin.sound("status"):
        opens = None if case.status is Status.DRAFT else case.opens
        return WithheldCase(slug=case.slug, opens=opens, withdrawn=case.status is Status.WITHDRAWN, aliases=aliases)
    days = _OPENS.findall(text)
    if len(days) != 1 or _STATUS.search(text):
        return WithheldCase(slug=case.slug)
    try:  # of a day with an hour, the day after is late enough
        return WithheldCase(slug=case.slug, opens=date.fromisoformat(days[0]) + timedelta(days=1), aliases=aliases)
    except (ValueError, OverflowError):
        return WithheldCase(slug=case.slug)


def _old_addresses(text: str) -> tuple[str, ...]:
    """Return the old addresses that a file names which could not be read as a whole."""
    lists = _ALIASES.findall(text)
    return tuple(_ALIAS.findall(" ".join(lists[0]))) if len(lists) == 1 else ()
