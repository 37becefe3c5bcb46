"""Print HTML made fit for paper and for PDF/UA.

An author's HTML is sanitised, but not all clean HTML makes a good page: WeasyPrint tags a link that holds another
element wrongly, a table whose rows differ in length fails a screen reader, and an address that a screen shows on a
click is lost on paper.
"""

from __future__ import annotations

import re
from html import escape
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from casebuilder import markup, writingsystems
from casebuilder.outputs.packs.views.codelines import set_lines
from casebuilder.outputs.packs.views.printedaddresses import printed_address, shows_address
from casebuilder.outputs.packs.views.tables import Table, begin_table, write_breaks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.markup import Element

#: The prefix of a picture's address in a pack, before its path below the series' root.
PICTURES = "pack:pictures/"

#: Marks that turn the direction of what follows: a line would be printed backwards, and read back otherwise. Those that
#: writers of Arabic and Hebrew need (U+200E, U+200F, U+061C) stay.
_TURNING = dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Replacements for characters that our fonts lack: the non-breaking hyphen and the narrow no-break space.
SUBSTITUTES = str.maketrans({"\u2011": "-", "\u202f": "\u00a0", **_TURNING})
#: Words that may not begin a line: a number, a unit, a name after its title. They get a no-break space before them.
_NEVER_FIRST = re.compile(
    r"(?<=[^\W\d]) (?=\d{1,4}\b)"
    r"|(?<=\d) (?=(?:%|°C|[mµ]?[gl]|k?[gm]|[cm]m|[mµ]?mol|mmHg|ml|mL|kPa|h|min|s)\b|%|°C)"
    r"|(?<=\b[DMS]r) (?=[A-Z])|(?<=\bM[rs]s) (?=[A-Z])|(?<=\bMs) (?=[A-Z])|(?<=\bProf\.) (?=[A-Z])"
)
#: Opening quotation marks that hang before the edge of their paragraph.
_HUNG = ("“", "„", "«")
#: A short last word, with its full stop, is tied to the word before it, so that it is not alone on the last line.
_SHORT_LAST = re.compile(r"(?<=\S) (?=\S{1,9}$)")
#: A last word so long, with what is tied to it, might be split, and half of it stand alone there. A line must be
#: able to end before it: where it cannot, WeasyPrint breaks the line anywhere, and often after its first word.
_LONG_LAST = re.compile(r"(?<= )([^ \t\n]{7,40})$")
#: The longest word of a title, in letters, that may not break; a longer one may be wider than the line.
_LONGEST_WHOLE = 24
#: Letters that fit on one line; a text of fewer ends where it begins.
_LONG = 66
#: The start tag of a paragraph, and of one that is a single line.
_SHORT = {"<p>": '<p class="short">', '<p class="hung">': '<p class="hung short">'}
_ENTITY = re.compile(r"(&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][-.a-zA-Z0-9]*);)")
_RUNNING = frozenset(("p", "li"))
#: Elements that indent their text, and how deep they may be nested before a long word no longer fits on a line.
_NESTING, _DEEP = frozenset(("blockquote", "dd", "li")), 4
_INDENTED = frozenset(("blockquote", "ol", "ul"))
#: Elements whose text is not changed: it may be copied, or is the file's title.
_LITERAL = frozenset(("code", "pre", "title"))

#: In points: the width of a line, and of a letter of a title, on average.
_MEASURE = 459
_TITLE_LETTER = 12.6
#: How many letters longer a line of a title may be than the others, since words do not break.
_LONGEST_WORD_LEFT = 4
#: Letters that the last line of a heading has at least.
_LEAST_LAST = 9

#: Letters that a page holds in large print, and that a slide holds.
TALLEST, SLIDE = 1000, 250


def picture_address(path: str) -> str:
    """Return the address under which a pack shows a picture, by its path below the series' root."""
    return PICTURES + quote(path)


def fit_for_paper(html: str | Element, language: str, tallest: int = TALLEST) -> str:
    """Return a document of a language, or a part of one, made fit for paper.

    Its links are flattened, its tables squared, its code cut into lines, its rare characters replaced, and words in
    other scripts marked.

    Args:
        html: the document, as text or as a tree, which is changed.
        language: BCP 47.
        tallest: letters that a page holds, in its largest type.
    """
    root = markup.parse(html.translate(SUBSTITUTES)) if isinstance(html, str) else html
    writingsystems.mark(root, language)
    setter = _Setter(tallest, language)
    for node, entering in markup.walk(root):
        if not isinstance(node, markup.Element):
            setter.add(node)
        elif node is not root:
            (setter.begin if entering else setter.end)(node)
    return "".join(setter.out)


def keep_words_whole(title: str) -> Markup:
    """Return a title, with words like "Eleven-Year-Old" kept on one line."""
    unbroken = Markup('<span class="kept">{}</span>')
    return Markup(" ").join(
        unbroken.format(word) if "-" in word and len(word) <= _LONGEST_WHOLE else word for word in title.split()
    )


def title_lines(title: str) -> int:
    """Return how many lines a title takes, by its length."""
    return ceil(len(title) * _TITLE_LETTER / _MEASURE)


def balanced_width(title: str) -> int:
    """Return the width in points that sets a long title in lines of about one length.

    WeasyPrint cannot balance them.
    """
    letters = len(title) / title_lines(title) + _LONGEST_WORD_LEFT
    return round(letters * _TITLE_LETTER) if title_lines(title) > 1 else _MEASURE


def tie_last_words(text: str) -> str:
    """Return a text whose last words are tied to each other, so that no short word stands alone on the last line."""
    words = text.split(" ")
    last = words.pop()
    while words and len(last) < _LEAST_LAST:
        last = f"{words.pop()}\u00a0{last}"
    return " ".join([*words, last])


class _Setter:
    """Writes a document again, tag by tag."""

    def __init__(self, tallest: int, language: str) -> None:
        self._tallest, self._language = tallest, language
        self.out: list[str] = []
        self._link: str | None = None
        self._link_start = ""
        self._words = ""
        self._tables: list[Table] = []
        self._depth = 0
        self._literal = 0

    def begin(self, element: Element) -> None:
        """Begin an element."""
        if element.tag == "pre":
            set_lines(element)
        tag, attrs = element.tag, element.attributes()
        if tag == "a" and _shows_picture(element):  # PDF/UA has no link around a picture
            self._words = ""
            return
        if tag == "a":
            address = "" if "class" in attrs else attrs.get("href") or ""
            if address and shows_address(address, markup.text(element)):
                attrs = {**attrs, "class": "written"}
            self._link, self._words = address, ""
        elif self._link is not None:
            if tag == "br":  # PDF/UA has no link around a break of its line
                self.out.append(f"</a>{_start_tag(tag, attrs)}{self._link_start}")
            return
        self._literal += tag in _LITERAL
        if tag in _INDENTED and self._depth >= _DEEP and not attrs:
            attrs = {"class": "deep" if self._depth < 2 * _DEEP else "deepest"}
        self._depth += tag in _NESTING
        if tag == "table":
            self._tables.append(begin_table(element, len(self.out), self._tallest, self._language))
        self.out.append(_start_tag(tag, attrs))
        if tag == "a":
            self._link_start = _start_tag(tag, {name: value for name, value in attrs.items() if name != "id"})

    def end(self, element: Element) -> None:
        """End an element."""
        tag = element.tag
        if tag in markup.VOID or (self._link is not None and tag != "a"):
            return
        after = ""
        if tag == "a" and self._link is None:
            self.out.append(_after_link(element, self._words))
            return
        if tag == "a":
            after, self._link = _after_link(element, self._words), None
        if self._tables and tag == "table":
            write_breaks(self._tables.pop(), self.out)
        if tag in _RUNNING:
            self._close_paragraph()
        self._literal -= tag in _LITERAL
        self._depth -= tag in _NESTING
        self.out.append(f"</{tag}>{after}")

    def add(self, node: str) -> None:
        """Add text, or a node that is not an element; comments are left out."""
        if not isinstance(node, markup.Other):
            for number, part in enumerate(_ENTITY.split(node)):
                if number % 2:
                    self.out.append(part)
                elif part:
                    self._add_text(part)
        elif not node.startswith("<!--"):
            self.out.append(node)

    def _add_text(self, data: str) -> None:
        if self.out and self.out[-1] == "<p>" and data.startswith(_HUNG):
            self.out[-1] = '<p class="hung">'
        self.out.append(data if self._literal else _NEVER_FIRST.sub("\u00a0", data))
        self._words += data

    def _close_paragraph(self) -> None:
        """Tie the last words of a paragraph, and mark a paragraph of a single line for the style sheet."""
        if self.out[-1].startswith("<"):  # a picture ends it, and a picture's words are no line
            return
        if len(self.out[-1]) > _LONG:
            self.out[-1] = _SHORT_LAST.sub("\u00a0", self.out[-1])
            if self._depth <= _DEEP and not self._tables:
                self.out[-1] = _LONG_LAST.sub(r'<span class="kept">\1</span>', self.out[-1])
        elif len(self.out) > 1:
            self.out[-2] = _SHORT.get(self.out[-2], self.out[-2])


def _shows_picture(link: Element) -> bool:
    return any(True for _ in markup.elements(link, "img"))


def _after_link(link: Element, words: str) -> str:
    """Return the HTML of a link's address in print, unless the link's words show it."""
    address = printed_address(link, words)
    return f' <span class="address">({escape(address)})</span>' if address else ""


def _start_tag(tag: str, attrs: Mapping[str, str | None]) -> str:
    attributes = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs.items())
    return f"<{tag}{attributes}>"
