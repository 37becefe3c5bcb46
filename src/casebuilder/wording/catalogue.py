"""The catalogues of translations: which languages there are, and which messages are missing in each.

They are read from their PO files, so the project contains no compiled files.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from casebuilder.writingsystems import is_leftward_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages.catalog import Catalog

#: The language of the messages themselves.
SOURCE = "en"
_FOLDER = files("casebuilder.wording") / "locale"
#: How many untranslated messages a note names.
_NAMED = 3


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages with a catalogue, and English, in alphabetical order (BCP 47)."""
    tags = (folder.name.replace("_", "-") for folder in _FOLDER.iterdir() if folder.is_dir())
    return tuple(sorted((SOURCE, *tags)))


def spoken(language: str) -> str:
    """Return the language of the messages for `language` (BCP 47): the nearest with a catalogue, else English."""
    tag = language
    while tag:
        if tag in languages():
            return tag
        tag = tag.rpartition("-")[0]
    return SOURCE


def translations(language: str) -> gettext.NullTranslations:
    """Return the translations into a language; messages without a translation come back in English."""
    return _translations(spoken(language))


@lru_cache(maxsize=32)
def _translations(language: str) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, _catalogue(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=32)
def _catalogue(language: str) -> Catalog:
    from babel.messages.pofile import read_po

    name = language.replace("-", "_")
    with (_FOLDER / name / "LC_MESSAGES" / "casebuilder.po").open("rb") as file:
        return read_po(file, locale=name, domain="casebuilder")


def _untranslated(language: str) -> tuple[str, ...]:
    """Return the messages without a translation, or with an unconfirmed (fuzzy) one."""
    entries = (
        entry
        for entry in _catalogue(language)
        if entry.id and (entry.fuzzy or not (entry.string and all(entry.string)))
    )
    return tuple(entry.id if isinstance(entry.id, str) else entry.id[0] for entry in entries)


def notes(languages: Iterable[str]) -> Iterator[str]:
    """Yield a note for the editors about each language in which some messages appear in English.

    Args:
        languages: the languages of a series and of its cases (BCP 47).
    """
    for language in sorted(set(languages)):
        nearest = spoken(language)
        if nearest == SOURCE:
            if language.partition("-")[0] != SOURCE:
                yield f'language "{language}": there is no catalogue; the interface is in English'
            continue
        if missing := _untranslated(nearest):
            total = len(_catalogue(nearest))
            examples = ", ".join(f"“{message}”" for message in missing[:_NAMED]) + (
                ", …" if len(missing) > _NAMED else ""
            )
            yield f'language "{language}": {len(missing)} of {total} messages are not translated: {examples}'


def direction(language: str) -> str:
    """Return the direction of a language, "ltr" or "rtl", from the script in its tag, else its usual script."""
    first, *subtags = language.split("-")
    script = next((part for part in subtags if part.istitle() and part.isalpha()), "") or _usual_script(first)
    return "rtl" if is_leftward_script(script) else "ltr"


@lru_cache(maxsize=64)
def _usual_script(language: str) -> str:
    from babel.core import get_global

    likely = str(get_global("likely_subtags").get(language, "")).split("_")
    return next(iter(likely[1:]), "")
