"""Which element may be in which: makes an author's HTML valid XHTML, which e-readers and EPUBCheck require.

The sanitiser allows only known tags, but allows them anywhere: a list entry without a list, a paragraph in
an emphasis, a table within a table's row. A browser copes; an e-reader may refuse it. What stands in the
wrong place becomes a plain `div` or `span`, so that no word is lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TRANSPARENT = frozenset(("a", "ins", "del"))
_PHRASES = frozenset(re.findall(r"\w+", "abbr b bdi cite code em i kbd mark q s small span strong sub sup u"))
_PHRASING = _PHRASES | _TRANSPARENT | {"br", "img"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HOLD_PHRASES = _PHRASES | _HEADINGS | {"p", "pre"}
_HOLD_NO_HEADING = frozenset(("dt", "th"))
#: The only parent that each of these elements may have.
_PARENTS: dict[str, frozenset[str]] = {
    "li": frozenset(("ul", "ol")),
    "dt": frozenset(("dl",)),
    "dd": frozenset(("dl",)),
    "figcaption": frozenset(("figure",)),
    **dict.fromkeys(("caption", "thead", "tbody", "tfoot"), frozenset(("table",))),
    "tr": frozenset(("thead", "tbody", "tfoot")),
    **dict.fromkeys(("td", "th"), frozenset(("tr",))),
}
#: The content model of each element: the tags of its children, each followed by a space; "# " is text.
_SHAPES: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(("ul", "ol"), re.compile(r"(li )*")),
    "dl": re.compile(r"((dt )+(dd )+)*"),
    "table": re.compile(r"(caption )?(thead )?(tbody )+(tfoot )?|(caption )?(thead )(tfoot )?"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), re.compile(r"(tr )+")),
    "tr": re.compile(r"((td|th) )*"),
    "figure": re.compile(r"(figcaption )?((?!figcaption)\S+ )*|((?!figcaption)\S+ )*figcaption "),
}
_NUMBER = re.compile(r"[1-9]\d{0,2}")
#: Attributes whose values are checked, and the pattern of a valid value.
_VALUES: dict[str, re.Pattern[str]] = {
    "dir": re.compile("ltr|rtl|auto"),
    "lang": re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?"),
    "start": re.compile(r"-?\d{1,4}"),
    "type": re.compile("[1aAiI]"),
    "colspan": _NUMBER,
    "rowspan": re.compile(f"{_NUMBER.pattern}|0"),
    "scope": re.compile("row|col|rowgroup|colgroup"),
}
#: The attributes that only these elements have.
_OWNERS: dict[str, frozenset[str]] = {
    "start": frozenset(("ol",)),
    "type": frozenset(("ol",)),
    "colspan": frozenset(("td", "th")),
    "rowspan": frozenset(("td", "th")),
    "scope": frozenset(("th",)),
    "href": frozenset(("a",)),
}


def make_valid(parent: Element, *, inline: bool = False, linked: bool = False, headless: bool = False) -> None:
    """Rename elements that are in the wrong place, and drop attributes with invalid values.

    Args:
        parent: the element; it is changed.
        inline: whether it can hold phrases only.
        linked: whether it is within a link, which may not hold another.
        headless: whether it can hold no heading.
    """
    for child in parent:
        is_misplaced = child.tag in _PARENTS and parent.tag not in _PARENTS[child.tag]
        if is_misplaced or not _is_sound(child) or (headless and child.tag in _HEADINGS):
            child.tag = "div"
        if (inline and child.tag not in _PHRASING) or (linked and child.tag == "a"):
            child.tag = "span"
        elif not inline and child.tag in _PHRASES and any(inner.tag not in _PHRASING for inner in child.iter()):
            child.tag = "div"
        _drop_invalid_attributes(child)
        make_valid(
            child,
            inline=child.tag in _HOLD_PHRASES or (inline and child.tag in _TRANSPARENT),
            linked=linked or child.tag == "a",
            headless=headless or child.tag in _HOLD_NO_HEADING,
        )


def _is_sound(element: Element) -> bool:
    """Return whether an element, and the rows and cells it is made of, hold what they can hold."""
    shape = _SHAPES.get(element.tag)
    if shape is None:
        return True
    return bool(shape.fullmatch(_shape_of(element))) and all(
        _is_sound(child) for child in element if child.tag in _PARENTS
    )


def _shape_of(element: Element) -> str:
    """Return the tags of an element's children, as `_SHAPES` reads them."""
    counts_text = element.tag != "figure"
    parts = ["#"] if counts_text and (element.text or "").strip() else []
    for child in element:
        parts.append(child.tag)
        if counts_text and (child.tail or "").strip():
            parts.append("#")
    return "".join(f"{part} " for part in parts)


def _drop_invalid_attributes(element: Element) -> None:
    if side := element.attrib.pop("align", ""):
        element.attrib |= {"class": f"align-{side}"} if side in {"left", "right", "center"} else {}
    for name, value in list(element.items()):
        allowed = _VALUES.get(name)
        if (allowed and not allowed.fullmatch(value)) or element.tag not in _OWNERS.get(name, {element.tag}):
            del element.attrib[name]
    if language := element.get("lang"):
        element.set("xml:lang", language)
