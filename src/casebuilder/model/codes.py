"""Codes and addresses; the hint of an invalid one suggests the code or address that was probably meant."""

from __future__ import annotations

import difflib
import re

from pydantic_core import PydanticCustomError

from casebuilder.markup import address_hint, is_address
from casebuilder.model.vocabulary import COUNTRIES, COUNTRY_NAMES, LANGUAGE_NAMES
from casebuilder.slugs import slug

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-[a-z0-9]{4,8})*")
_URL = re.compile(r"https?://[^\s<>\"]+")
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+(/[^\s<>\"]*)?")
_HASHTAGS = re.compile(r"#?\w[\w-]*(?:[ ,]+#\w[\w-]*)*")


def as_country(value: str) -> str:
    """Validate a country code; the hint suggests the code for a name, another code, or lower-case letters."""
    if value in COUNTRIES:
        return value
    name_slug = slug(value)
    names = {slug(name): code for code, name in COUNTRIES.items()} | COUNTRY_NAMES
    code = (
        names.get(name_slug)
        or names.get(name_slug.removeprefix("the-"))
        or (name_slug.upper() if name_slug.upper() in COUNTRIES else "")
    )
    if (
        not code
        and len(name_slug) > len("EU")
        and (similar := difflib.get_close_matches(name_slug, names, n=1, cutoff=0.8))
    ):
        code = names[similar[0]]
    hint = f"did you mean {code} ({COUNTRIES[code]})?" if code else "two capital letters, such as IE or PH"
    context = {"value": value, "what": "a country code of ISO 3166", "hint": hint}
    raise PydanticCustomError("bad-country", '"{value}" is not {what}', context)


def as_language(value: str) -> str:
    """Validate a language tag; the hint suggests the tag for a name, or for a tag in another form."""
    if _LANGUAGE.fullmatch(value):
        return value
    language, *subtags = re.split(r"[-_ ]+", value.strip().lower())
    tag = "-".join((language, *(part.title() if len(part) == len("Hant") else part.upper() for part in subtags)))
    suggestion = LANGUAGE_NAMES.get(slug(value)) or (tag if _LANGUAGE.fullmatch(tag) else "")
    hint = f'did you mean "{suggestion}"?' if suggestion else "such as en, pt-BR or zh-Hant"
    context = {"value": value, "what": "a language tag of BCP 47", "hint": hint}
    raise PydanticCustomError("bad-language", '"{value}" is not {what}', context)


def as_url(value: str) -> str:
    """Validate a full web address; the hint completes a partial one."""
    if _URL.fullmatch(value) and is_address(value) and value[-1] not in ".,;":
        return value
    host = re.match(r"https?:\s*/\s*/[^/]*", value)
    compact = re.sub(r"\s+", "", value)
    if host and re.search(r"\s", host[0]) and _URL.fullmatch(compact):
        context = {"value": value, "what": "a full web address", "hint": f"delete the space: {compact}"}
        raise PydanticCustomError("bad-url", '"{value}" is not {what}', context)
    match = _URL.search(value)
    if handle := re.fullmatch(r"@(?P<name>[\w.-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)", value):  # of the Fediverse
        match = _URL.search(f"https://{handle['host']}/@{handle['name']}")
    without_scheme = re.sub(r"^(?:h?t?tps?)?[:;]?/*", "", value, flags=re.IGNORECASE)
    if not is_address(value):
        hint = address_hint(value)
    elif match:
        hint = f"write {match.group().rstrip(').,;]')}"
    else:
        hint = f"write https://{without_scheme}" if _DOMAIN.fullmatch(without_scheme) else "begin it with https://"
    context = {"value": value, "what": "a full web address", "hint": hint}
    raise PydanticCustomError("bad-url", '"{value}" is not {what}', context)


def as_hashtag(value: str) -> str:
    """Validate one or more hashtags, of letters, digits and underscores only; the first gets its # if it has none."""
    if value and not _HASHTAGS.fullmatch(value):
        suggestion = "".join(re.findall(r"\w+", value)) or "OurSeries"
        context = {"value": value, "what": "a hashtag", "hint": f'write "#{suggestion}"'}
        raise PydanticCustomError("bad-value", '"{value}" is not {what}', context)
    return f"#{value}" if value and not value.startswith("#") else value
