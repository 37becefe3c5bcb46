"""A series' things as schema.org describes them, in JSON-LD: cases, discussions, papers, people, the site.

Only of what `publish` left; addresses are absolute where the series has one, else left out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from casebuilder.model import Kind, Role
from casebuilder.published import address, doi_address
from casebuilder.wording import Translator, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.model import Framework, Paper
    from casebuilder.published import (
        PublishedCase,
        PublishedLiveHour,
        PublishedPerson,
        PublishedResponse,
        PublishedSeries,
    )

#: Characters that would end a script element or begin a comment in it, and that some parsers take for a line break.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_CONTEXT = "https://schema.org"
_CREDITED = {
    Role.WRITER: "author",
    Role.EDITOR: "editor",
    Role.ILLUSTRATOR: "illustrator",
    Role.TRANSLATOR: "translator",
}
#: The type of a case in searches for teaching material.
_RESOURCES = {Kind.CASE: message("Case study"), Kind.JOURNAL_CLUB: message("Journal club")}


def script(data: Mapping[str, object]) -> str:
    """Return a thing as JSON for a script element, escaped so that no text can end the element."""
    return json.dumps({"@context": _CONTEXT, **data}, ensure_ascii=False).translate(_ESCAPED)


def website(public: PublishedSeries) -> dict[str, object]:
    """Return the series' site."""
    return _without_empty(
        {
            "@type": "WebSite",
            "name": public.name,
            "description": public.description,
            "url": public.site_url,
            "inLanguage": public.language,
            "license": public.licence.address,
        }
    )


def case(public: PublishedSeries, case: PublishedCase) -> dict[str, object]:
    """Return a case with its released parts."""
    url, translator = case.url, Translator(case.language, public.zone)
    frameworks = translator.frameworks(public.frameworks, public.own_frameworks)
    people = {key: [_brief_person(person) for person in case.credited(role)] for role, key in _CREDITED.items()}
    return _without_empty(
        {
            "@type": "LearningResource",
            "@id": url,
            "url": url,
            "name": case.title,
            "description": case.teaser,
            "inLanguage": case.language,
            "license": case.licence.address,
            "isAccessibleForFree": True,
            "learningResourceType": translator.gettext(_RESOURCES[case.kind]),
            "datePublished": case.opens.isoformat(),
            "dateModified": max((day.isoformat() for day in case.revised_on), default=""),
            "identifier": doi_address(case.doi) if case.doi else "",
            **people,
            "keywords": list(case.topics),
            "audience": [{"@type": "EducationalAudience", "educationalRole": word} for word in case.audience],
            "teaches": list(case.objectives),
            "educationalAlignment": [_alignment(frameworks, word) for word in case.competencies],
            "about": paper(case.paper) if case.paper else "",
            "isPartOf": _without_empty({"@type": "CreativeWorkSeries", "name": public.name, "url": public.site_url}),
            "hasPart": [_response_data(response) for response in case.responses],
        }
    )


def discussion(public: PublishedSeries, case: PublishedCase) -> dict[str, object]:
    """Return the days on which a case is discussed, as an event that takes place on the net."""
    url, translator = case.url, Translator(case.language, public.zone)
    places = [channel.url for channel in case.channels if channel.url] or [url]
    return _without_empty(
        {
            "@type": "Event",
            "name": translator.gettext("Discussion: %(title)s", title=case.title),
            "description": case.teaser,
            "startDate": case.opens.isoformat(),
            "endDate": case.closes.isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "location": [{"@type": "VirtualLocation", "url": place} for place in places if place],
            "organizer": _without_empty({"@type": "Organization", "name": public.name, "url": public.site_url}),
            "isAccessibleForFree": True,
            "url": url,
            "subEvent": [_live_hour(hour, case, translator) for hour in case.live],
        }
    )


def _live_hour(hour: PublishedLiveHour, case: PublishedCase, translator: Translator) -> dict[str, object]:
    place = (hour.channel.url if hour.channel else None) or case.url
    return _without_empty(
        {
            "@type": "Event",
            "name": translator.gettext("Live: %(title)s", title=case.title),
            "startDate": hour.starts.isoformat(),
            "endDate": hour.ends.isoformat(),
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "location": {"@type": "VirtualLocation", "url": place} if place else "",
            "performer": [_brief_person(person) for person in hour.guests],
        }
    )


def paper(read: Paper) -> dict[str, object]:
    """Return the paper that a journal club reads."""
    url = address(read)
    return _without_empty(
        {
            "@type": "ScholarlyArticle",
            "@id": url,
            "name": read.title,
            "author": [{"@type": "Person", "name": name} for name in read.authors],
            "datePublished": str(read.published),
            "isPartOf": {"@type": "Periodical", "name": read.container} if read.container else "",
            "pagination": read.pages,
            "identifier": doi_address(read.doi) if read.doi else "",
            "isAccessibleForFree": read.open_access,
            "url": url,
        }
    )


def person(person: PublishedPerson) -> dict[str, object]:
    """Return a person with their ORCID iD, which distinguishes them from others of the same name."""
    return _without_empty(
        {
            "@type": "Person",
            "@id": person.url,
            "url": person.url,
            "name": person.name,
            "alternateName": person.cited.whole if person.cited.whole != person.name else "",
            "familyName": person.cited.family,
            "givenName": person.cited.given,
            "honorificSuffix": person.credentials,
            "jobTitle": person.post,
            "affiliation": {"@type": "Organization", "name": person.institution} if person.institution else "",
            "identifier": person.orcid,
            "sameAs": [each for each in (person.orcid, *(link.url for link in person.links)) if each],
        }
    )


def _without_empty(data: dict[str, object]) -> dict[str, object]:
    """Return a thing without empty properties; False is not empty."""
    return {name: value for name, value in data.items() if value is False or value}


def _brief_person(person: PublishedPerson) -> dict[str, object]:
    """Return somebody in the credits, as briefly as the person's own page allows."""
    return _without_empty({"@type": "Person", "@id": person.url, "name": person.name, "sameAs": person.orcid})


def _response_data(response: PublishedResponse) -> dict[str, object]:
    author = _brief_person(response.person)
    return _without_empty({"@type": "Article", "headline": response.title, "author": author, "url": response.url})


def _alignment(frameworks: dict[str, Framework], word: str) -> dict[str, object]:
    framework, _, code = word.partition(":")
    framework_known = frameworks.get(framework)
    return {
        "@type": "AlignmentObject",
        "alignmentType": "teaches",
        "educationalFramework": framework_known.title if framework_known else framework,
        "targetName": framework_known.codes.get(code, code) if framework_known else code,
    }
