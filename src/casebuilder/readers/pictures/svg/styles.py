"""Filter the styles of a drawing, in attributes and in style elements.

A value may name an element of the drawing, `url(#arrow)`, but no other address. Only listed functions are allowed, and
no escapes, because they can hide an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from casebuilder.readers.pictures.svg.allowed import FUNCTIONS
from casebuilder.readers.pictures.svg.attributevalues import is_nothing, shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOCAL = re.compile(r"url\(\s*+(?:\"#[^\"()\\<>]*+\"|'#[^'()\\<>]*+'|#[^\"'()\\<>\s]*+)\s*+\)", re.IGNORECASE)
_NAMED = re.compile(r"url\(\s*+[\"']?#(?P<id>[^\"')]*?)\s*[\"']?\s*\)", re.IGNORECASE)
_CALL = re.compile(r"(?<![\w-])(?P<name>[\w-]*+) ?\(")
_ADDRESS = re.compile(r"\b(?:url|src|image|image-set|cross-fade|element)\s*\(", re.IGNORECASE)
_STRING = re.compile(r"\"[^\"\\\r\n\f]*+\"|'[^'\\\r\n\f]*+'")
#: What could hide an address from these patterns: escapes, comments, blocks and broken strings.
_HIDING = re.compile(r"[\\@{}\r\f]|/\*")
_MOVEMENT = re.compile(r"(?:-\w+-)?(?:animation|transition|offset-path)")
#: A property's name comes without its escapes, so that anything could stand in it.
_PROPERTY = re.compile(r"-{0,2}[A-Za-z][\w-]*", re.ASCII)
#: What one program notes for itself, as `-inkscape-font-specification`.
_VENDORS = re.compile(r"-(?!-)")
_LONGEST_SELECTOR = 1_000
_GLANCE = re.compile(r"[\w\s:;.,#%+-]*+", re.ASCII)
_UNREADABLE = "a style that cannot be read"
_BRACKET = re.compile(r"[\[\](){}]")
_DEEPEST = 50
_NESTING = 8


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was left out of a style, and where in it that stands: line and column, from 1."""

    text: str
    line: int = 1
    column: int = 1


@dataclass(slots=True)
class Judged:
    """The part of a style that is allowed, and what was removed.

    Attributes:
        text: what is left.
        foreign: addresses that are not in the drawing, as they are written.
        odd: other things that were left out.
        rules: of a style element, each selector whose rule names elements of the drawing, and their ids.
    """

    text: str = ""
    foreign: list[Left] = field(default_factory=list)
    odd: list[Left] = field(default_factory=list)
    rules: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


def is_safe(value: str) -> bool:
    """Return whether a style's value loads nothing, and calls nothing that we do not know."""
    if _HIDING.search(value):
        return False
    if "(" not in value:
        return True
    without_strings = " ".join(_STRING.sub("", _LOCAL.sub("", value)).split())
    return all(match["name"].lower() in FUNCTIONS | {""} for match in _CALL.finditer(without_strings))


def is_foreign(value: str) -> bool:
    """Return whether a value that is not safe has an address outside the drawing, as far as one can see."""
    return bool("\\" in value or "@import" in value.lower() or _ADDRESS.search(_LOCAL.sub("", value)))


def named(value: str) -> tuple[str, ...]:
    """Return the ids of the elements of the drawing that a value names."""
    return tuple(match["id"] for match in _NAMED.finditer(value)) if "(" in value else ()


def is_plain(text: str) -> bool:
    """Return whether a style attribute has only names, numbers and colours, so that it can be read quickly."""
    return bool(_GLANCE.fullmatch(text))


def declarations(text: str) -> Judged:
    """Return the declarations of a style attribute, one after another."""
    judged = Judged()
    if is_plain(text):
        judged.text = "".join(_filter_plain(text, judged))
        return judged
    import tinycss2

    if _is_deep(text):
        return Judged(odd=[Left("a style that is nested too deeply")])
    judged.text = "".join(_filter_declarations(tinycss2.parse_blocks_contents(text, skip_comments=True), judged))
    return judged


def sheet(text: str) -> Judged:
    """Return the rules of a style element."""
    import tinycss2

    judged = Judged()
    if _is_deep(text):
        return Judged(odd=[Left("a style that is nested too deeply")])
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    judged.text = "\n".join(_filter_rules(rules, judged, _NESTING))
    return judged


def _is_deep(text: str) -> bool:
    """Return whether brackets stand in each other so deeply that a reader would run out of room."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        depth = depth + 1 if bracket in "([{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest > _DEEPEST


def _filter_rules(rules: Iterable[Any], judged: Judged, depth: int) -> Iterator[str]:
    import tinycss2

    for rule in rules:
        prelude = tinycss2.serialize(rule.prelude).strip() if hasattr(rule, "prelude") else ""
        if rule.type == "qualified-rule":
            body = "".join(
                _filter_declarations(tinycss2.parse_blocks_contents(rule.content, skip_comments=True), judged, prelude)
            )
            if _is_selector(prelude):
                yield f"{prelude}{{{body}}}"
            else:
                judged.odd.append(_removed_at(f"the style of {prelude}", rule))
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content is not None and depth:
            inner_rules = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if is_safe(prelude):
                yield f"@media {prelude}{{{' '.join(_filter_rules(inner_rules, judged, depth - 1))}}}"
        elif rule.type == "at-rule":
            rule_text = f"{prelude} {tinycss2.serialize(rule.content or [])}"
            loads = rule.lower_at_keyword == "import" or (
                rule.lower_at_keyword == "font-face"
                and re.search(r"url\(\s*[\"']?(?!\s*data:)", rule_text, re.IGNORECASE)
            )
            (judged.foreign if loads else judged.odd).append(_removed_at(f"@{rule.at_keyword} {prelude}".strip(), rule))
        elif rule.type == "error":
            judged.odd.append(_removed_at(_UNREADABLE, rule))


def _filter_declarations(items: Iterable[Any], judged: Judged, selector: str = "") -> Iterator[str]:
    import tinycss2

    for item in items:
        if item.type == "declaration":
            value = tinycss2.serialize(item.value).strip()
            filtered = _filtered_value(item.name, value, judged, _removed_at("", item))
            if filtered is not None:
                if selector and (ids := named(filtered)):
                    judged.rules.append((selector, ids))
                yield f"{item.name}:{filtered}{'!important' if item.important else ''};"
        elif item.type not in {"whitespace", "comment"}:
            judged.odd.append(_removed_at(_UNREADABLE, item))


def _filter_plain(text: str, judged: Judged) -> Iterator[str]:
    """Yield declarations of a style without a bracket, quotation mark or escape, as most are; this is much quicker."""
    for part in filter(str.strip, text.split(";")):
        name, colon, value = (piece.strip() for piece in part.partition(":"))
        if not colon:
            judged.odd.append(Left(_UNREADABLE))
        elif (filtered := _filtered_value(name, value, judged, Left(""))) is not None:
            yield f"{name}:{filtered};"


def _filtered_value(name: str, value: str, judged: Judged, place: Left) -> str | None:
    """Return the filtered value of a declaration; None if it is removed."""
    if _VENDORS.match(name):
        return None
    lower = name.lower()
    if not _PROPERTY.fullmatch(name):
        judged.odd.append(replace(place, text=_UNREADABLE))
    elif _MOVEMENT.match(lower):
        judged.odd.append(replace(place, text=lower))
    elif is_safe(value):
        if (filtered := shared(lower, value)) is not None:
            return filtered
        if not is_nothing(lower, value):
            judged.odd.append(replace(place, text=f"{name}: {value}"))
    else:
        (judged.foreign if is_foreign(value) else judged.odd).append(replace(place, text=f"{name}: {value}"))
    return None


def _is_selector(text: str) -> bool:
    """Return whether the program that prints packs knows which elements a rule is for."""
    import cssselect2

    if len(text) > _LONGEST_SELECTOR:
        return False
    try:
        cssselect2.compile_selector_list(text)
    except cssselect2.SelectorError:
        return False
    return True


def _removed_at(text: str, token: Any) -> Left:  # noqa: ANN401 - tinycss2 has no types
    return Left(text, token.source_line, token.source_column)
