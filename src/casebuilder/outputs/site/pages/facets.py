"""Facets that filter the list of cases: type, topic, competency, audience, and so on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.slugs import topic_slug
from casebuilder.wording import message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from casebuilder.outputs.site.pages.siteview import SiteView
    from casebuilder.published import PublishedCase, PublishedPerson

#: A value as addresses have it, and its label.
Value = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list.

    Attributes:
        name: as in an address: "topic" of "cases/?topic=feedback".
        label: for people.
        options: value, words and number of cases.
        numbered: an entry of the list names an option by its number, from 1, since a case has many and they are long.
    """

    name: str
    label: str
    options: tuple[tuple[str, str, int], ...]
    numbered: bool = False


def _session_values(site: SiteView, case: PublishedCase) -> Iterator[Value]:
    for session in case.sessions:
        yield str(session.minutes), site.translator.minutes(session.minutes)


def _season_value(site: SiteView, case: PublishedCase) -> Iterator[Value]:
    if case.season is not None:
        yield str(case.season), site.translator.gettext("Season %(number)s", number=case.season)


def _state_value(site: SiteView, case: PublishedCase) -> Iterator[Value]:
    # One label for all cases whose responses are coming.
    answers = site.answered(site.curating) if case.is_curating else case.answers
    yield case.state.value, site.translator.state(case.state, answers)


def _language_value(site: SiteView, case: PublishedCase) -> Iterator[Value]:
    yield case.language, site.translator.language_name(case.language)


def _named_values(site: SiteView, names: Iterable[str]) -> Iterator[Value]:
    """Return values of a facet: each name's form in addresses, and its label."""
    return ((topic_slug(name), site.translator.capital(name)) for name in names)


#: In the order in which people look for a case; the first column is the name in an address.
FACETS: tuple[tuple[str, str, Callable[[SiteView, PublishedCase], Iterator[Value]]], ...] = (
    ("topic", message("Topic"), lambda site, case: _named_values(site, case.topics)),
    (
        "competency",
        message("Competency"),
        lambda site, case: ((word, site.competency(word)) for word in case.competencies),
    ),
    ("audience", message("Audience"), lambda site, case: _named_values(site, case.audience)),
    ("minutes", message("Minutes"), _session_values),
    ("kind", message("Type"), lambda site, case: iter(((case.kind.value, site.translator.kind(case.kind)),))),
    ("season", message("Season"), _season_value),
    ("state", message("Status"), _state_value),
    ("language", message("Language"), _language_value),
)


def of_case(site: SiteView, case: PublishedCase) -> dict[str, str]:
    """Return the values of a case by the facet's name, separated by spaces."""
    return {name: " ".join(dict(find(site, case))) for name, _, find in FACETS}


def of_all(site: SiteView) -> tuple[Facet, ...]:
    """Return every facet with more than one value; options sorted by label, numbers by size."""
    return tuple(facet for facet in (_make_facet(site, *row) for row in FACETS) if len(facet.options) > 1)


def of_people(site: SiteView, slugs: Mapping[PublishedPerson, Collection[str]]) -> tuple[Facet, ...]:
    """Return the facet of those who had a part in many cases.

    Args:
        site: the site.
        slugs: whom to offer, and their cases.
    """
    options = tuple((person.id, person.name, len(cases)) for person, cases in slugs.items())
    return (Facet("person", site.translator.gettext("Person"), options, numbered=True),) if options else ()


def of_search(site: SiteView) -> tuple[Facet, ...]:
    """Return the facets of the search, by kind first: it finds people, too, who have no other facet."""
    person = ("person", site.translator.gettext("Person"), len(site.series.people))
    kinds = _make_facet(site, *next(row for row in FACETS if row[0] == "kind"))
    kinds = replace(kinds, options=(*kinds.options, *([person] if site.series.people else [])))
    other_facets = (facet for facet in of_all(site) if facet.name != kinds.name)
    return tuple(facet for facet in (kinds, *other_facets) if len(facet.options) > 1)


def _make_facet(
    site: SiteView, name: str, label: str, find: Callable[[SiteView, PublishedCase], Iterator[Value]]
) -> Facet:
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for case in site.cases:
        values = dict(find(site, case))
        counts.update(values.keys())
        labels = values | labels
    sorted_values = sorted(labels, key=lambda value: (int(value) if value.isdecimal() else 0, labels[value].casefold()))
    return Facet(
        name, site.translator.gettext(label), tuple((value, labels[value], counts[value]) for value in sorted_values)
    )
