"""Fields are plain text: tags of HTML and marks of Markdown in them are printed unchanged."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from casebuilder.checks.unfinished import profile_fields, visible_fields
from casebuilder.problems import Problem
from casebuilder.readers.yamltext.repair import quoted
from casebuilder.text import straight_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebuilder.model import Origin, Step
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

    Field = tuple[tuple[Step, ...], str]

#: The longest value that a hint repeats without its signs.
_SHORT = 120
_SIGNS = frozenset("<*_`")
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”“»")
_DIGITS = {
    "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
    "sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
}


@cache
def _tag() -> re.Pattern[str]:
    """Return the pattern of a tag. Patterns are only made where a value has a sign."""
    return re.compile(
        r"</?(?:a|abbr|b|big|br|cite|code|div|em|font|h[1-6]|i|li|mark|ol|p|q|s|small|span|strong|sub|sup|u|ul)"
        r"(?:\s[^<>]*)?/?>",
        re.IGNORECASE,
    )


@cache
def _mark() -> re.Pattern[str]:
    """Return that of emphasis, code, links and pictures; in 2*3*4 and *4/*4 stars are signs of their own."""
    return re.compile(
        r"(?<![\w*/])(?P<star>\*{1,3})(?=[^\W_])[^*\n]*?[\w.!?)](?P=star)(?![\w*/])"
        r"|(?<![\w/])(?P<line>_{1,2})(?=[^\W_])[^_\n]*?[^\W_](?P=line)(?![\w/])"
        r"|!?\[(?P<words>[^\[\]\n]+)\]\([^()\s]+\)"
        r"|(?<!`)`(?P<code>[^`\n]+)`(?!`)"
    )


@cache
def _small() -> re.Pattern[str]:
    """Return that of digits below or above the line."""
    return re.compile(r"<(?P<kind>sub|sup)>(?P<digits>[-+]?\d+[-+]?|[-+])</(?P=kind)>", re.IGNORECASE)


def signs(series: Series) -> Iterator[Problem]:
    """Report tags and marks in fields, which pages and packs print unchanged."""
    for origin, fields in _fields(series):
        for steps, value in fields:
            if value[:1] in _OPENING:
                yield from _in_curly_marks(origin, steps, value)
            if (not _SIGNS.isdisjoint(value) or "](" in value) and (match := first_sign(value)):
                sign, plain = match[0], without_signs(value)
                shown = quoted(plain) if re.search(r"""^[-?:,\[\]{}#&*!|>'"%@`]|: | #|:$""", plain) else plain
                hint = f"write {shown}" if len(plain) <= _SHORT else f"delete the signs around the words: {sign}"
                message = f'"{sign}" is printed with its signs: a field is plain text'
                yield Problem(*origin.within(steps, value, match.start()), "stray-tag", message, hint)


def curly_marks(series: Series) -> Iterator[Problem]:
    """Report quotes, and the name of the series, in curly quotation marks."""
    for case in series.cases:
        for number, quote in enumerate(case.quotes):
            if quote.text[:1] in _OPENING:
                yield from _in_curly_marks(case.quotes_origin, (number, "text"), quote.text)
    yield from _in_curly_marks(series.origin, ("site_name",), series.name)


def _in_curly_marks(origin: Origin, steps: tuple[Step, ...], value: str) -> Iterator[Problem]:
    """Report a value in curly quotation marks, which YAML takes for letters, unless straight ones are around them."""
    is_between = value[:1] in _OPENING and value[-1:] in _CLOSING and bool(value[1:-1])
    if is_between and not {*value[1:-1]} & (_OPENING | _CLOSING):
        if origin.within(steps, value, 0) != origin.at(*steps):
            return
        shown = value if len(value) <= _SHORT else f"{value[:_SHORT]}…"
        message = f"{shown} is printed with its quotation marks"
        yield Problem(*origin.at(*steps), "stray-tag", message, straight_quotes(value))


def first_sign(value: str) -> re.Match[str] | None:
    """Return the first tag, or emphasised or linked words, in a value."""
    found = [match for pattern in (_tag(), _mark()) if (match := pattern.search(value))]
    return min(found, key=lambda match: match.start(), default=None)


def without_signs(value: str) -> str:
    """Return a value as plain text; digits below or above the line become characters of their own."""
    value = _small().sub(lambda match: match["digits"].translate(_DIGITS[match["kind"].lower()]), value)
    value = re.sub(r"<br\s*/?>", " ", value, flags=re.IGNORECASE)
    return " ".join(_mark().sub(_words, _tag().sub("", value)).split())


def _words(match: re.Match[str]) -> str:
    sign = match["star"] or match["line"] or ""
    return match["words"] or match["code"] or match[0].removeprefix(sign).removesuffix(sign)


def _fields(series: Series) -> Iterator[tuple[Origin, Iterable[Field]]]:
    for case in series.cases:
        yield case.origin, visible_fields(case)
        yield case.origin, _other_fields(case)
        for response in case.responses:
            names = ("title", "perspective", "disclosure")
            yield response.origin, [((name,), getattr(response, name)) for name in names]
        if commentary := case.commentary:
            titles: list[Field] = [(("themes", i, "title"), theme.title) for i, theme in enumerate(commentary.themes)]
            yield commentary.origin, [(("method",), commentary.method), *titles]
    for person in series.people:
        yield person.origin, profile_fields(person)
    for collection in series.collections:
        reasons: list[Field] = [(("cases", i, "why"), entry.why) for i, entry in enumerate(collection.cases)]
        yield collection.origin, [(("title",), collection.title), *reasons]


def _other_fields(case: Case) -> Iterator[Field]:
    """Yield the fields of `case.yml` that name works, activities and changes."""
    works: list[tuple[tuple[Step, ...], object]] = [
        (("references", number), work) for number, work in enumerate(case.references)
    ]
    if case.paper:
        works.append((("paper",), case.paper))
    for steps, work in works:
        yield from (((*steps, name), getattr(work, name)) for name in ("title", "container"))
    for number, session in enumerate(case.sessions):
        for place, step in enumerate(session.steps):
            yield ("sessions", number, "steps", place, "activity"), step.activity
    yield from ((("changes", number, "note"), change.note) for number, change in enumerate(case.changes))
    yield from ((("characters", number, "role"), each.role) for number, each in enumerate(case.characters))
