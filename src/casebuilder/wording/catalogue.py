"""The catalogues of translations: which there are, what each lacks, and which language a text is then said in.

They are read from their source (PO files), so that the project holds no file that was made from another.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from casebuilder.scripts import is_leftward_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages.catalog import Catalog

#: The language of the messages themselves.
SOURCE = "en"
_FOLDER = files("casebuilder.wording") / "locale"
#: How many messages that are not translated a note names.
_NAMED = 3


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that there is a catalogue of, and the messages' own, in alphabetical order (BCP 47)."""
    found = (folder.name.replace("_", "-") for folder in _FOLDER.iterdir() if folder.is_dir())
    return tuple(sorted((SOURCE, *found)))


def spoken(language: str) -> str:
    """The language that a reader of `language` (BCP 47) is spoken to: the nearest with a catalogue, else English."""
    tag = language
    while tag:
        if tag in languages():
            return tag
        tag = tag.rpartition("-")[0]
    return SOURCE


def translations(language: str) -> gettext.NullTranslations:
    """The translations into a language; a message that it lacks, or all of them, come back as they are."""
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


def _missing(language: str) -> tuple[str, ...]:
    """The messages that a catalogue has no translation for, or only one that nobody has confirmed."""
    lacking = (one for one in _catalogue(language) if one.id and (one.fuzzy or not (one.string and all(one.string))))
    return tuple(one.id if isinstance(one.id, str) else one.id[0] for one in lacking)


def notes(wanted: Iterable[str]) -> Iterator[str]:
    """A line for each language whose readers are told something in English, for who builds the site.

    Args:
        wanted: the languages of a series and of its cases (BCP 47).
    """
    for language in sorted(set(wanted)):
        nearest = spoken(language)
        if nearest == SOURCE:
            if language.partition("-")[0] != SOURCE:
                yield f'language "{language}": there is no catalogue; the interface is in English'
            continue
        if missing := _missing(nearest):
            total = len(_catalogue(nearest))
            named = ", ".join(f"“{words}”" for words in missing[:_NAMED]) + (", …" if len(missing) > _NAMED else "")
            yield f'language "{language}": {len(missing)} of {total} messages are not translated: {named}'


def direction(language: str) -> str:
    """Which way a language is written, "ltr" or "rtl", by its script: the one of its tag, else its usual one."""
    first, *rest = language.split("-")
    script = next((part for part in rest if part.istitle() and part.isalpha()), "") or _usual_script(first)
    return "rtl" if is_leftward_script(script) else "ltr"


@lru_cache(maxsize=64)
def _usual_script(language: str) -> str:
    from babel.core import get_global

    likely = str(get_global("likely_subtags").get(language, "")).split("_")
    return next(iter(likely[1:]), "")
