"""Real prose for the proof-reader: texts that the installed packages carry, and words of sixty languages.

What people write is full of numbers, units, slashes, dashes, abbreviations and names. Licences, descriptions of
packages and the names and units of Unicode's locale data (CLDR, in Babel) hold all of these, in every script.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.metadata import distributions
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_compact_currency, format_decimal, format_percent
from babel.units import format_unit

from casebuilder.glyphs import lacking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Letters of a paragraph: fewer are no prose, more are a table or a list of names.
_LEAST, _MOST = 40, 700
_LANGUAGES = re.findall(
    r"\w+",
    "ar he fa ur hi mr ne bn ta te kn ml si th lo my km ka hy am ko ja zh zh_Hant el ru uk bg sr mk kk vi tr az yo ig "
    "ha sw fil es pt fr de it nl sv da nb fi et lv lt pl cs sk hu ro hr sl sq ca eu gl is ga cy mt af id ms",
)
_UNITS = (
    "volume-milliliter", "mass-kilogram", "concentr-millimole-per-liter", "temperature-celsius",
    "pressure-millimeter-ofhg", "length-centimeter", "duration-hour", "concentr-milligram-ofglucose-per-deciliter",
    "speed-kilometer-per-hour",
)  # fmt: skip
_MOMENT = datetime(2026, 3, 27, 17, 5, tzinfo=UTC)
#: What the packages lack, a paragraph a line: what clinicians write, and each script with marks, digits and brackets.
_WRITTEN = Path(__file__).with_name("corpus.txt")


def paragraphs() -> list[str]:
    """Every paragraph, the same each time for the same packages, each once."""
    handwritten = _WRITTEN.read_text(encoding="utf-8").splitlines()
    all_paragraphs = chain(handwritten, _of_languages(), _of_packages())
    return list(dict.fromkeys(paragraph for paragraph in all_paragraphs if not lacking(paragraph)))


def _of_languages() -> Iterator[str]:
    """Days, amounts and names as each language writes them, six paragraphs a language."""
    for code in _LANGUAGES:
        locale = Locale.parse(code)
        yield f"{format_datetime(_MOMENT, 'full', locale=locale)}; {format_datetime(_MOMENT, 'short', locale=locale)}."
        measured = zip((-5, 1, 2.5, 1204), _UNITS, strict=False)
        yield "; ".join(format_unit(value, unit, "long", locale=locale) for value, unit in measured)
        yield ", ".join(format_unit(0.5, unit, "short", locale=locale) for unit in _UNITS)
        amounts = (format_decimal(-1234567.891, locale=locale), format_percent(0.125, "#,##0.0%", locale=locale))
        yield " / ".join((*amounts, format_compact_currency(2_500_000, "EUR", locale=locale)))
        for names in (locale.territories, locale.languages, locale.currencies):
            sorted_names = [name for _, name in sorted(names.items())]
            yield from _lists(sorted_names, 14, 3)


def _lists(names: list[str], size: int, count: int) -> Iterator[str]:
    for start in range(0, min(len(names), size * count), size):
        yield ", ".join(names[start : start + size]) + "."


def _of_packages() -> Iterator[str]:
    """The paragraphs of the descriptions and the licences of what is installed."""
    for package in sorted(distributions(), key=lambda one: one.metadata["Name"].lower()):
        yield from _paragraphs_of(package.metadata.json.get("description", ""))
        for file in sorted(map(str, package.files or ())):
            if re.search(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$", file):
                yield from _paragraphs_of(package.read_text(file.partition("/")[2]) or "")


def _paragraphs_of(text: object) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", str(text)):
        plain = " ".join(block.split())
        if _LEAST <= len(plain) <= _MOST and len(re.findall(r"[^\W\d_]", plain)) > len(plain) / 2:
            yield plain


def markdown(paragraphs_given: Iterable[str]) -> str:
    """Paragraphs as an author's text, some of them in lists, quotations and tables; no sign of theirs is Markdown's."""
    blocks = []
    remaining = iter(paragraphs_given)
    while batch := list(islice(remaining, 12)):
        texts, entries, quotations, cells = batch[:6], batch[6:8], batch[8:9], [words[:90] for words in batch[9:]]
        blocks += [escaped(words) for words in texts]
        blocks += ["\n".join(f"- {escaped(words)}" for words in entries)] if entries else []
        blocks += [f"> {escaped(words)}" for words in quotations]
        if cells:
            head = " | ".join(f"Column {number}" for number in range(len(cells)))
            row = " | ".join(map(escaped, cells))
            blocks.append(f"| {head} |\n|{' --- |' * len(cells)}\n| {row} |\n| {row} |")
    return "\n\n".join(blocks)


def escaped(words: str) -> str:
    """Words of which no sign means anything to Markdown or HTML."""
    return re.sub(
        r"[!-/:-@\[-`{-~]|\d+(?=[.)])", lambda match: "".join(f"&#{ord(letter)};" for letter in match[0]), words
    )
