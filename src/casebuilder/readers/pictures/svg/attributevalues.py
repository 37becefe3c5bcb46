"""What the values of a drawing's attributes and styles look like, in the forms that all programs share.

A browser passes over a value that it cannot read; the program that prints packs stops at some of them. So a value that
is not of its form is left out, and what only some programs know is written in a form that all know.
"""

from __future__ import annotations

import re
from math import pi

from casebuilder.readers.pictures.svg.allowed import ATTRIBUTES

_N = r"[-+]?+(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][-+]?+\d{1,2}+)?+"
_S = r"[\s,]*+"
_LENGTH = rf"{_N}(?:px|pt|pc|mm|cm|in|em|ex|rem|%)?+"
_OPTIONAL = r"(?:|none|auto|inherit|initial|unset|normal)"


def _compile_form(form: str) -> re.Pattern[str]:
    return re.compile(rf"\s*+(?:{form})\s*+", re.ASCII)


def _forms_by_name(names: str, form: str) -> dict[str, re.Pattern[str]]:
    return dict.fromkeys(names.split(), _compile_form(form))


_POINT = rf"{_N}{_S}{_N}{_S}"
#: A path, as far as it can be read: commands, each with as many numbers as it takes (SVG 2, section 9.3.9).
_PATH = re.compile(
    rf"\s*+(?:[Mm]{_S}(?:{_POINT})++(?:[LlTt]{_S}(?:{_POINT})++|[Mm]{_S}(?:{_POINT})++|[HhVv]{_S}(?:{_N}{_S})++"
    rf"|[Cc]{_S}(?:(?:{_POINT}){{3}})++|[SsQq]{_S}(?:(?:{_POINT}){{2}})++"
    rf"|[Aa]{_S}(?:{_POINT}{_N}{_S}[01]{_S}[01]{_S}{_POINT})++|[Zz]\s*+)*+)?+",
    re.ASCII,
)
_POINTS = re.compile(rf"\s*+(?:{_POINT})*+", re.ASCII)
#: Attributes whose valid beginning browsers show, even if the rest is invalid.
_PREFIXES = {"d": _PATH, "points": _POINTS}
_TRANSFORM = (
    rf"(?:(?:matrix\(\s*+(?:{_N}{_S}){{6}}\)|(?:translate|scale)\(\s*+{_N}{_S}(?:{_N}\s*+)?+\)"
    rf"|rotate\(\s*+{_N}{_S}(?:{_N}{_S}{_N}\s*+)?+\)|skew[XY]\(\s*+{_N}\s*+\)){_S})++"
)
_UNITS = "userSpaceOnUse|objectBoundingBox"
_FORMS = {
    **_forms_by_name("rotate", rf"(?:{_N}{_S})++"),
    **_forms_by_name("x y x1 x2 y1 y2 dx dy", rf"(?:{_LENGTH}{_S})++"),
    **_forms_by_name("cx cy fx fy width height r rx ry fr markerWidth markerHeight refX refY", _LENGTH),
    **_forms_by_name("stroke-width stroke-dashoffset textLength startOffset letter-spacing word-spacing", _LENGTH),
    **_forms_by_name("font-size", rf"(?!-){_LENGTH}"),
    **_forms_by_name("opacity fill-opacity stroke-opacity stop-opacity flood-opacity offset", rf"{_N}%?+"),
    **_forms_by_name("stroke-miterlimit pathLength", _N),
    **_forms_by_name("stroke-dasharray", rf"(?:{_LENGTH}{_S})++"),
    **_forms_by_name("viewBox", rf"(?:{_N}{_S}){{4}}"),
    **_forms_by_name("orient", rf"auto|auto-start-reverse|{_N}"),
    **_forms_by_name("gradientTransform patternTransform transform", _TRANSFORM),
    **_forms_by_name("preserveAspectRatio", r"(?:none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max))(?:\s++(?:meet|slice))?+"),
    **_forms_by_name("gradientUnits patternUnits patternContentUnits clipPathUnits maskUnits", _UNITS),
    **_forms_by_name("maskContentUnits filterUnits primitiveUnits", _UNITS),
    **_forms_by_name("font-style", "normal|italic|oblique"),
    **_forms_by_name("markerUnits", "strokeWidth|userSpaceOnUse"),
    **_forms_by_name(
        "spreadMethod", "pad"
    ),  # a gradient that is repeated a million times stops the program that prints
    **_forms_by_name("lengthAdjust", "spacing|spacingAndGlyphs"),
    **_forms_by_name("clip", _OPTIONAL),
}
_SHORTEST_DASH = 0.01
#: Longer values are not rewritten.
_LONGEST = 1_000
_NOTHING = _compile_form(_OPTIONAL)
#: What the words for a size of letters stand for, in pixels, or in relation to the size around (CSS Fonts 4, 2.5).
_SIZES = {
    "xx-small": "9px", "x-small": "10px", "small": "13px", "medium": "16px", "large": "18px", "x-large": "24px",
    "xx-large": "32px", "larger": "1.2em", "smaller": "0.83em",
}  # fmt: skip
#: Units that fewer programs know, in pixels or in degrees (CSS Values 4, sections 6.2 and 7.1).
_UNIT = re.compile(rf"(?P<number>{_N})(?P<unit>Q|q|deg|grad|rad|turn)\b", re.ASCII)
_PIXELS = {"q": 96 / 101.6, "deg": 1, "grad": 0.9, "rad": 180 / pi, "turn": 360}
_COLOUR = re.compile(r"light-dark\(|var\(")


def shared(name: str, value: str) -> str | None:
    """Return a value in the form that all programs read; None if there is none, and it is left out.

    Args:
        name: an attribute, or a property of a style.
        value: what is written.
    """
    if _COLOUR.search(value) and len(value) <= _LONGEST:
        value = _lighter_colour(value)
    if name in _PREFIXES:
        beginning = _PREFIXES[name].match(value)
        return beginning[0] if beginning and len(beginning[0]) == len(value) else None
    form = _FORMS.get(name)
    if name == "stroke-dasharray" and _is_dust(value):
        return None
    if form is None or form.fullmatch(value):
        return value
    if name == "font-size" and value.strip() in _SIZES:
        return _SIZES[value.strip()]
    if len(value) > _LONGEST:
        return None
    converted = _UNIT.sub(
        lambda beginning: f"{float(beginning['number']) * _PIXELS[beginning['unit'].lower()]:g}", value
    )
    return converted if form.fullmatch(converted) else None


def _is_dust(value: str) -> bool:
    """Return whether a line would be broken into more pieces than a reader's program can hold."""
    lengths = [abs(float(length)) for length in re.findall(_N, value, re.ASCII)]
    return 0 < sum(lengths) < _SHORTEST_DASH


def readable(name: str, value: str) -> str:
    """Return as much of a path or of a line's points as a browser would draw."""
    beginning = _PREFIXES[name].match(value) if name in _PREFIXES else None
    return beginning[0] if beginning else ""


def is_nothing(name: str, value: str) -> bool:
    """Return whether a value stands for what is so anyway, so that leaving it out changes nothing."""
    return name in ATTRIBUTES and bool(_NOTHING.fullmatch(value))


def _lighter_colour(value: str) -> str:
    """Return a value as draw.io writes it with the lighter of two colours, and without its variables."""
    for _ in range(value.count("(")):
        match = re.search(r"(?P<name>light-dark|var)\(", value)
        if not match:
            break
        arguments, remainder = _split_at_closing_bracket(value[match.end() :])
        colours = _split_at_commas(arguments)
        colour = colours[0] if match["name"] == "light-dark" else ",".join(colours[1:])
        if not colour.strip():
            break
        value = f"{value[: match.start()]}{colour.strip()}{remainder}"
    return value


def _split_at_closing_bracket(text: str) -> tuple[str, str]:
    """Return the text before the bracket that closes an opened one, and the text after it."""
    depth = 0
    for place, letter in enumerate(text):
        if letter == ")" and not depth:
            return text[:place], text[place + 1 :]
        depth += {"(": 1, ")": -1}.get(letter, 0)
    return text, ""


def _split_at_commas(text: str) -> list[str]:
    """Return the parts of a text between the commas outside of brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
