"""What WeasyPrint would not use of a style sheet, in plain words and with its place.

WeasyPrint logs what it ignores, in the words of people who write such programs; a pack is not printed after such a
message (see `rendering`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from casebuilder.text import did_you_mean

_PLACE = re.compile(r"\bat (?P<line>\d+):(?P<column>\d+)")
_IGNORED = re.compile(r"(?:Ignored|Deprecated) `(?P<name>[^:`]*):(?P<value>.*)` at \d+:\d+, (?P<why>.*)\.", re.DOTALL)
_SELECTOR = re.compile(r"Invalid or unsupported selector, '(?P<selector>.*?)'", re.DOTALL)
_PAGE = re.compile(r"Unsupported @page selector '(?P<selector>.*?)'", re.DOTALL)
_RULE = re.compile(r"Unknown (?:empty |@page )?rule <\w+ (?P<name>@[^\s{;]*)")
#: How messages begin that a parser of CSS gives, which names its own parts.
_PARSING = ("Error: ", "Parse error")
#: What WeasyPrint says of a name that it does not know.
_UNKNOWN = "unknown property"
#: A second declaration within a value: the semicolon before it is missing.
_SECOND = re.compile(r"\n\s*[a-z-]+\s*:")
#: How much of a style is repeated in a message, in characters.
_REPEATED = 60


@dataclass(frozen=True, slots=True)
class StyleFault:
    """Something in a style that packs are not printed with.

    Attributes:
        line: from 1; 0 if it is not known.
        column: from 1; 0 if it is not known.
        message: without a full stop.
        hint: what to do; may be empty.
        selector: the selector that cannot be used, if that is the fault.
    """

    line: int
    column: int
    message: str
    hint: str = ""
    selector: str = ""


def style_fault(message: str) -> StyleFault:
    """Return the fault that a message of WeasyPrint is about."""
    place = _PLACE.search(message)
    line, column = (int(place["line"]), int(place["column"])) if place else (0, 0)
    if match := _IGNORED.match(message):
        return StyleFault(line, column, *_explain_declaration(match["name"], match["value"], match["why"]))
    if match := _SELECTOR.match(message):
        words = _in_one_line(match["selector"])
        return StyleFault(line, column, f"packs cannot use the selector {words}", _SELECTOR_HINT, match["selector"])
    if match := _RULE.search(message):
        hint = "delete it; packs know @page and @media"
        return StyleFault(line, column, f"packs cannot use {match['name']}", hint)
    if match := _PAGE.match(message):
        return StyleFault(line, column, f"packs cannot use @page {_in_one_line(match['selector'])}", _PAGE_HINT)
    if message.startswith(_PARSING):
        return StyleFault(line, column, "this is neither a declaration nor a rule", _GRAMMAR_HINT)
    return StyleFault(line, column, _in_one_line(_PLACE.sub("", message).rstrip(". "), 3 * _REPEATED))


_PAGE_HINT = "packs know @page alone, and with :first, :left, :right, :blank or :nth(2)"
_GRAMMAR_HINT = "write a declaration as color: navy; and a rule as h2 { color: navy }"
_SELECTOR_HINT = "correct what stands before the {, or delete this rule; remarks are written /* like this */"


def _explain_declaration(name: str, value: str, why: str) -> tuple[str, str]:
    """Return the message and the hint about a declaration that WeasyPrint ignores."""
    if why == _UNKNOWN:
        meant = did_you_mean(name, _known_properties(), cutoff=0.75)
        return f'packs do not know the property "{_in_one_line(name)}"', meant
    if not value.strip():
        return f"{name} has no value", "write one after the colon, or delete this"
    message = f'"{_in_one_line(value.strip())}" is not a value that {name} can have in a pack'
    if _SECOND.search(value):
        return message, "write a semicolon after each value"
    if re.fullmatch(r"\s*-?[\d.]+\s*", value) and float(value.strip().strip(".") or 0):
        return message, f"write a unit: {value.strip()}pt"
    return message, "" if why == "invalid value" else why


def _known_properties() -> frozenset[str]:
    from weasyprint.css.properties import INITIAL_VALUES

    return frozenset(name.replace("_", "-") for name in INITIAL_VALUES)


def _in_one_line(text: str, longest: int = _REPEATED) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest]}…"
