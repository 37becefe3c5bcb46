"""A series' things as schema.org describes them, in JSON-LD: cases, discussions, papers, people, the site.

Only of what `publish` left; addresses are absolute where the series has one, else left out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from casebuilder.model import LICENCE_ADDRESSES, Kind, Role
from casebuilder.published.references import address, cited_name, doi_address, response_anchor
from casebuilder.wording import Words, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.model import Case, Framework, Paper, Person, Response, Series

#: What would end a script element, or begin a comment in it, and what some parsers take for the end of a line.
_BREAKING = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_CONTEXT = "https://schema.org"
_CREDITED = {
    Role.WRITER: "author",
    Role.EDITOR: "editor",
    Role.ILLUSTRATOR: "illustrator",
    Role.TRANSLATOR: "translator",
}
#: What a case is for those who look for teaching material.
_RESOURCES = {Kind.CASE: message("Case study"), Kind.JOURNAL_CLUB: message("Journal club")}


def script(thing: Mapping[str, Any]) -> str:
    """A thing as text that can stand in a script element, whatever its words are: no word can end the element."""
    return json.dumps({"@context": _CONTEXT, **thing}, ensure_ascii=False).translate(_BREAKING)


def website(public: Series) -> dict[str, Any]:
    """The series' site."""
    return _told(
        {
            "@type": "WebSite",
            "name": public.name,
            "description": public.description,
            "url": public.site_url,
            "inLanguage": public.language,
            "license": _licence(public.settings.licence),
        }
    )


def case(public: Series, case: Case) -> dict[str, Any]:
    """A case, with what is released of it: objectives and responses are there when the series has them."""
    where, say = _address(public, f"cases/{case.slug}/"), _words(public, case)
    frameworks = say.frameworks(public)
    people = {
        key: [_named(public, credit.person) for credit in case.credits if role in credit.roles]
        for role, key in _CREDITED.items()
    }
    return _told(
        {
            "@type": "LearningResource",
            "@id": where,
            "url": where,
            "name": case.title,
            "description": case.teaser,
            "inLanguage": case.language or public.language,
            "license": _licence(case.licence or public.settings.licence),
            "isAccessibleForFree": True,
            "learningResourceType": say.gettext(_RESOURCES[case.kind]),
            "datePublished": case.opens.isoformat(),
            "dateModified": max((change.date.isoformat() for change in case.changes), default=""),
            "identifier": doi_address(case.doi) if case.doi else "",
            **people,
            "keywords": list(case.topics),
            "audience": [{"@type": "EducationalAudience", "educationalRole": word} for word in case.audience],
            "teaches": list(case.objectives),
            "educationalAlignment": [_alignment(frameworks, word) for word in case.competencies],
            "about": paper(case.paper) if case.paper else "",
            "isPartOf": _told({"@type": "CreativeWorkSeries", "name": public.name, "url": public.site_url}),
            "hasPart": [_response(public, case, response) for response in case.responses],
        }
    )


def discussion(public: Series, case: Case) -> dict[str, Any]:
    """The days on which a case is discussed, as an event that takes place on the net."""
    where, say = _address(public, f"cases/{case.slug}/"), _words(public, case)
    places = [channel.url for channel in case.discussion.channels if channel.url] or [where]
    return _told(
        {
            "@type": "Event",
            "name": say.gettext("Discussion: %(title)s", title=case.title),
            "description": case.teaser,
            "startDate": case.opens.isoformat(),
            "endDate": case.closes.isoformat() if case.closes else "",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "location": [{"@type": "VirtualLocation", "url": place} for place in places if place],
            "organizer": _told({"@type": "Organization", "name": public.name, "url": public.site_url}),
            "isAccessibleForFree": True,
            "url": where,
        }
    )


def paper(read: Paper) -> dict[str, Any]:
    """The paper that a journal club reads."""
    where = address(read)
    return _told(
        {
            "@type": "ScholarlyArticle",
            "@id": where,
            "name": read.title,
            "author": [{"@type": "Person", "name": name} for name in read.authors],
            "datePublished": read.published.isoformat(),
            "isPartOf": {"@type": "Periodical", "name": read.container} if read.container else "",
            "pagination": read.pages,
            "identifier": doi_address(read.doi) if read.doi else "",
            "isAccessibleForFree": read.open_access,
            "url": where,
        }
    )


def person(public: Series, person: Person) -> dict[str, Any]:
    """Somebody who signs something, with the ORCID iD that tells them from their namesakes."""
    where = _address(public, f"experts/{person.id}/")
    return _told(
        {
            "@type": "Person",
            "@id": where,
            "url": where,
            "name": person.name,
            "alternateName": name if (name := cited_name(person)) != person.name else "",
            "honorificSuffix": person.credentials,
            "jobTitle": person.post,
            "affiliation": {"@type": "Organization", "name": person.institution} if person.institution else "",
            "identifier": _orcid(person),
            "sameAs": [each for each in (_orcid(person), *(link.url for link in person.links)) if each],
        }
    )


def _told(thing: dict[str, Any]) -> dict[str, Any]:
    """A thing without the properties of which nothing is known; no is something."""
    return {name: value for name, value in thing.items() if value is False or value}


def _words(public: Series, case: Case) -> Words:
    """Words in the language of a case."""
    return Words(case.language or public.language, public.zone)


def _address(public: Series, path: str) -> str:
    """The address of a page, or nothing for a series without one."""
    return f"{public.site_url}{path}" if public.site_url else ""


def _licence(spdx: str) -> str:
    return LICENCE_ADDRESSES.get(spdx, f"https://spdx.org/licenses/{spdx}.html")


def _orcid(person: Person) -> str:
    return f"https://orcid.org/{person.orcid.rpartition('/')[2]}" if person.orcid else ""


def _named(public: Series, name: str) -> dict[str, Any]:
    """Somebody in the credits, as briefly as the person's own page allows."""
    known = public.person(name)
    if known is None:
        return {"@type": "Person", "name": name}
    where = _address(public, f"experts/{name}/")
    return _told({"@type": "Person", "@id": where, "name": known.name, "sameAs": _orcid(known)})


def _response(public: Series, case: Case, response: Response) -> dict[str, Any]:
    where = _address(public, f"cases/{case.slug}/#{response_anchor(response)}")
    return _told(
        {"@type": "Article", "headline": response.title, "author": _named(public, response.person), "url": where}
    )


def _alignment(frameworks: dict[str, Framework], word: str) -> dict[str, Any]:
    framework, _, code = word.partition(":")
    known = frameworks.get(framework)
    return {
        "@type": "AlignmentObject",
        "alignmentType": "teaches",
        "educationalFramework": known.title if known else framework,
        "targetName": known.codes.get(code, code) if known else code,
    }
