"""The table of allowed HTML, shared by the parser, the sanitiser and the rules.

A pull request is untrusted input. A tag, an attribute or a value that is not in these tables is text.
"""

from __future__ import annotations

import re

_ANYWHERE = ("lang", "dir")
_INLINE = re.findall(r"\w+", "em strong b i u s del ins sub sup abbr cite q small mark code kbd span")
_BLOCKS = re.findall(
    r"\w+",
    "p pre blockquote ul li dl dt dd table thead tbody tfoot tr caption figure figcaption div h1 h2 h3 h4 h5 h6",
)
_TRANSPARENT_BLOCKS = re.findall(r"\w+", "section article aside main header footer nav address colgroup col")
#: Elements without content.
VOID = frozenset(("br", "hr", "img", "col", "wbr"))
#: Elements that begin a block of HTML at the start of a line (CommonMark).
BLOCKS = frozenset((*_BLOCKS, *_TRANSPARENT_BLOCKS, "ol", "th", "td", "hr"))
#: Elements of other programs' pages that make no difference here: only what is in them is printed.
TRANSPARENT = frozenset((*_TRANSPARENT_BLOCKS, *re.findall(r"\w+", "time tt big wbr nobr acronym dfn samp bdi bdo")))
#: Elements that authors may use, with their allowed attributes.
ELEMENTS: dict[str, frozenset[str]] = {
    **{name: frozenset(_ANYWHERE) for name in (*_INLINE, *_BLOCKS, "br", "hr")},
    "a": frozenset((*_ANYWHERE, "href", "title")),
    "abbr": frozenset((*_ANYWHERE, "title")),
    "img": frozenset((*_ANYWHERE, "src", "alt")),
    "ol": frozenset((*_ANYWHERE, "start", "type")),
    "th": frozenset((*_ANYWHERE, "colspan", "rowspan", "scope", "align")),
    "td": frozenset((*_ANYWHERE, "colspan", "rowspan", "align")),
    **{name: frozenset() for name in TRANSPARENT},
}
#: Attributes that other programs write for their own pages. With a value they are surely HTML; they make no difference.
IGNORED = (  # compiled where a text needs it
    r"(?:data|aria|xmlns|v|o)[-:][\w:.-]+|item\w+|class|id|name|style|title|role|tabindex|accesskey|width|height|align|valign"
    r"|border|cellpadding|cellspacing|bgcolor|color|face|size|type|target|rel|rev|hreflang|loading|decoding|fetchpriority|srcset"
    r"|sizes|crossorigin|referrerpolicy|hspace|vspace|clear|frame|rules|scale|summary|headers|abbr|axis|char|charoff|nowrap|noshade"
    r"|datetime|property|typeof|about|resource|content|cite|span|xml:lang|markdown|download|contenteditable"
    # Pandoc leaves out "data-" before those of its own divs, of Quarto's boxes and of citations.
    r"|appearance|collapse|icon|number|cites|(?:entry|line)-spacing|has-label|layout(?:-[a-z]+)?|bs-[a-z]+"
)
#: The inside of `{: .wide target="_blank" }` or `{width=50%}`, which other programs have after a picture or a block.
SETTINGS = (
    r"""[ \t]*+(?:(?:[.#][\w-]++|-|(?:"""
    rf"""{IGNORED})=(?:"[^"\n]*+"|'[^'\n]*+'|“[^”\n]*+”|[^\s"'“{{}}]++))[ \t]*+)++"""
)
#: Attributes that our own renderer adds.
OWN: dict[str, frozenset[str]] = {
    **{name: frozenset(("id",)) for name in ("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup")},
    "span": frozenset(("class", "role", "aria-label")),
    "blockquote": frozenset(("class",)),
    "ol": frozenset(("class",)),
    "a": frozenset(("aria-label",)),
}
_SPAN = "[1-9][0-9]{0,2}"
#: The pattern of attribute values; other attributes may have any text. Most texts need none of them.
VALUES: dict[str, str] = {
    "lang": r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[A-Za-z0-9]{4,8})*",
    "dir": "ltr|rtl|auto",
    "start": "-?[0-9]{1,6}",
    "type": "[1aAiI]",
    "colspan": _SPAN,
    "rowspan": f"{_SPAN}|0",  # to the last row of its group
    "scope": "row|col|rowgroup|colgroup",
    "align": "left|right|center",
    "id": r"(?:text|note)-[\w.-]+",
    "class": "task|alert|notes",
    "role": "img",
    "href": r"(?:https?://|mailto:|series:|#)\S*|picture:.+",
    "src": r"picture:.+",
}
#: Allowed schemes of links; each output replaces the last two, which are our own.
SCHEMES = frozenset(("http", "https", "mailto", "series", "picture"))
#: Elements that are surely meant as HTML, but are not allowed.
REFUSED = frozenset(
    re.findall(
        r"\w+",
        "script style iframe frame frameset object embed applet form input button textarea select option video audio "
        "source track picture image svg math canvas map area details summary dialog font center marquee blink link "
        "meta base noscript template slot html head body xml",
    )
)


def attributes(element: str) -> frozenset[str]:
    """Return the attributes that an element may have in an output: the author's and our own."""
    return ELEMENTS.get(element, frozenset()) | OWN.get(element, frozenset())


def is_valid(name: str, value: str) -> bool:
    """Return whether an attribute's value has an allowed form."""
    form = VALUES.get(name)
    return form is None or re.fullmatch(form, value) is not None
