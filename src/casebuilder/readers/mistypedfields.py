"""Fields with mistyped names: each is one problem, and its value is used as if the name were right.

Otherwise its value would be missing, too, and other rules would report that again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from casebuilder.readers.misindented import at
from casebuilder.readers.remedies import holder, known_keys
from casebuilder.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

    from casebuilder.model import Origin, Record, Step

    Place = tuple[Step, ...]


#: A short name is not meant by one that has so many letters more: "url" by "journal", "name" by "surname".
_SHORT, _LONGER = 4, 3
#: What people call a field, or one that they know from elsewhere, without spaces and hyphens.
_OTHER_NAMES = {
    "journal": "container", "magazine": "container", "source": "container", "publication": "container",
    "author": "authors person name", "writer": "authors", "by": "authors person",
    "surname": "family", "lastname": "family", "familyname": "family", "firstname": "given", "forename": "given",
    "forenames": "given", "givenname": "given", "givennames": "given", "fullname": "name",
    "affiliation": "institution", "hospital": "institution", "university": "institution", "employer": "institution",
    "degrees": "credentials", "degree": "credentials", "qualifications": "credentials",
    "position": "post", "job": "post", "jobtitle": "post", "website": "links", "websites": "links", "web": "links",
    "homepage": "links", "twitter": "links", "mastodon": "links", "bluesky": "links", "linkedin": "links",
    "picture": "photo image", "portrait": "photo", "conflicts": "disclosure", "conflictofinterest": "disclosure",
    "conflictsofinterest": "disclosure", "coi": "disclosure", "interests": "disclosure",
    "date": "on year", "day": "on", "when": "on", "quote": "text", "words": "text", "quotation": "text",
    "reason": "why note", "because": "why", "comment": "note how", "summary": "teaser", "abstract": "teaser",
    "description": "teaser site_description", "start": "opens", "starts": "opens", "begins": "opens", "end": "closes",
    "ends": "closes", "deadline": "closes", "answers": "releases", "tags": "topics", "keywords": "topics",
    "learners": "audience", "readers": "audience", "aims": "objectives", "goals": "objectives",
    "learningobjectives": "objectives", "people": "credits", "number": "issue", "vol": "volume", "no": "issue",
    "page": "pages", "link": "url", "address": "url", "pubmed": "pmid", "license": "licence", "lang": "language",
    "alttext": "alt", "caption": "alt", "filename": "file", "path": "file", "count": "value", "intro": "introduction",
}  # fmt: skip


def meant_field(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return the field that was probably meant, ignoring stray punctuation and digits; empty if there is none."""
    known = list(known)
    letters = re.sub(r"[^a-z_]", "", name.lower().replace("-", "_"))
    if letters in known:
        return letters
    for other in _OTHER_NAMES.get(re.sub(r"[^a-z]", "", letters), "").split():
        if other in known:
            return other
    similar = nearest(name, known, cutoff=cutoff) or nearest(letters, known, cutoff=cutoff)
    return "" if len(similar) <= _SHORT and len(letters) - len(similar) >= _LONGER else similar


def renamings(details: Iterable[ErrorDetails], kind: type[Record], value: object) -> dict[Place, str]:
    """Return the meant names of unknown fields, by their paths, if a field of that name is missing."""
    names: dict[Place, str] = {}
    for place in (detail["loc"] for detail in details if detail["type"] == "extra_forbidden"):
        siblings = at(value, place[:-1])
        if isinstance(siblings, dict) and siblings.get(str(place[-1])) is not None:
            corrected = {name for other, name in names.items() if other[:-1] == place[:-1]}
            # Among all fields: a second "audience" that is mistyped must not be read as the "licence" that is missing.
            meant = meant_field(str(place[-1]), known_keys(holder(kind, place)))
            if meant and meant not in siblings and meant not in corrected:
                names[place] = meant
    return names


def renamed(value: object, origin: Origin, steps: Place, names: Mapping[Place, str]) -> tuple[object, Origin]:
    """Return a value and its origin with the corrected names."""
    full_names = {(*steps, *place): name for place, name in names.items()}

    return _copy_with_names(value, (), names), origin.moved(lambda place: _corrected_place(place, full_names))


def _corrected_place(place: Place, names: Mapping[Place, str]) -> Place:
    for length in range(1, len(place) + 1):
        if name := names.get(place[:length]):
            return (*place[: length - 1], name, *place[length:])
    return place


def _copy_with_names(value: Any, place: Place, names: Mapping[Place, str]) -> Any:  # noqa: ANN401 - plain YAML of any shape
    if isinstance(value, dict):
        return {
            names.get((*place, key), key): _copy_with_names(item, (*place, key), names) for key, item in value.items()
        }
    if isinstance(value, list):
        return [_copy_with_names(item, (*place, index), names) for index, item in enumerate(value)]
    return value
