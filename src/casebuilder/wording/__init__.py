"""The words of the interface, on pages and in packs, feeds and books, in every language.

English is the language of the messages in code and templates; the catalogues below `locale/` translate them.
"""

from __future__ import annotations

from casebuilder.text import message
from casebuilder.wording.catalogue import SOURCE, direction, languages, notes, spoken, translations
from casebuilder.wording.cldrnames import countries, country_aliases, halves_of_day, months, weekdays
from casebuilder.wording.translator import Translator

__all__ = [
    "SOURCE",
    "Translator",
    "countries",
    "country_aliases",
    "direction",
    "halves_of_day",
    "languages",
    "message",
    "months",
    "notes",
    "spoken",
    "translations",
    "weekdays",
]
