"""Text of HTML: links with their addresses, line breaks, quotations, and what a picture shows, as words.

A browser's own parser (nh3) puts the HTML in order first, so that nothing that somebody wrote can confuse what follows.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import shortcodes, webaddress
from casebuilder.markdown import reduced
from casebuilder.markup import VOID, Element, Other, parse, walk
from casebuilder.wording.recordwords import OPENING, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: Elements that are looked at, and their attributes; of all others only the words stay.
_ALLOWED: dict[str, set[str]] = {
    **{tag: set() for tag in (
        "address", "audio", "br", "code", "dd", "del", "details", "dl", "dt", "figcaption", "figure", "footer", "h1",
        "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "pre", "s", "section", "strike", "sub", "summary", "sup",
        "table", "td", "th", "tr", "ul", "video",
    )},
    "a": {"href", "class"}, "article": {"class"}, "aside": {"class", "data-username"}, "blockquote": {"class"},
    "div": {"class"}, "header": {"class"}, "iframe": {"src", "title"}, "img": {"alt", "class", "title"},
    "p": {"class"}, "span": {"class"},
}  # fmt: skip
#: Elements that begin a line of their own, and after how many line breaks.
_BLOCKS = {
    **dict.fromkeys(
        ("address", "article", "dd", "div", "dt", "figcaption", "footer", "header", "li", "summary", "tr"), 1
    ),
    **dict.fromkeys(("aside", "blockquote", "details", "dl", "figure", "hr", "ol", "p", "pre", "section", "table"), 2),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "ul"), 2),
}
#: Elements that become words as a whole, whatever their classes.
_WHOLE = frozenset(("a", "aside", "blockquote", "del", "s", "strike", "sub", "sup"))
#: 10<sup>9</sup> is not 109, and what is struck out is not said.
_ABOVE = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_BELOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_POWER = re.compile(r"[-+−].*|[\w.,/ ]*\d[\w.,/ ]*")
#: Parts of pages that repeat or decorate: polls have fields of their own, a picture's file name and size say nothing.
_PASSED = frozenset(("poll", "meta", "source", "onebox-metadata", "quote-controls"))
_EMOJI = frozenset(("emoji", "wp-smiley", "custom-emoji"))
_ITEM = "- "
#: Blanks that a browser shows as one.
_BLANKS = re.compile(r"[^\S ]+\s*|\s{2,}")
_ANY_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*)[^<>]*>?")
_DEEPEST = 300
#: How the mark of a picture begins.
PICTURE = f"{OPENING}picture"
#: Elements that are never within one of their own name: the next one, or the end of what is around them, closes them.
_CLOSED_BY_ANOTHER = VOID | {"dd", "dt", "li", "option", "p", "td", "th", "tr"}
#: Most posts have nothing else.
_PARAGRAPH, _BREAK = re.compile(r"</?p>"), re.compile(r" ?<br ?/?> ?")


def text_of(markup: str, *, breaks: bool = False, mentions: Mapping[str, str] | None = None) -> str:
    """Return the words of HTML.

    Args:
        markup: the HTML.
        breaks: whether line breaks of the source are line breaks of the text, as in comments of WordPress.
        mentions: handles by the addresses of links that name somebody.
    """
    if "<" not in markup:
        decoded = html.unescape(markup)
        return (decoded if breaks else " ".join(decoded.split())).strip()
    if not breaks and "<" not in (
        with_line_breaks := _PARAGRAPH.sub("\n\n", _BREAK.sub("\n", " ".join(markup.split())))
    ):
        return _tidy_lines("\n".join(line.strip() for line in html.unescape(with_line_breaks).split("\n")))
    if _is_deep(markup):
        return _tidy_lines(html.unescape(_ANY_TAG.sub("\n", markup)))
    reader = _Reader(breaks=breaks, mentions=mentions or {})
    reader.read(reduced(markup, _ALLOWED))
    return reader.whole()


def _is_deep(markup: str) -> bool:
    """Return whether more elements are open at once than any post has.

    A browser's parser takes the square of their number.
    """
    if markup.count("<") <= _DEEPEST:
        return False
    depth = 0
    for tag in _ANY_TAG.finditer(markup):
        name = tag["name"].lower()
        if name not in _CLOSED_BY_ANOTHER:
            depth = max(0, depth - 1) if tag["end"] else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def picture(description: str, kind: str = "picture") -> str:
    """Return the mark for a picture, a video or a sound (audio)."""
    return mark(kind, " ".join(description.split()))


def warning(text: str) -> str:
    """Return the mark for a content warning."""
    return mark("warning", " ".join(text.split()))


def card(title: str, address: str = "") -> str:
    """Return the mark for the link preview of a page."""
    text = " ".join(title.split())
    return mark("card", f"{text}{f' ({address})' * bool(address and address != text)}")


def poll_option(title: str, votes: object) -> str:
    """Return one answer of a poll, with its votes where they are known."""
    text = " ".join(title.split())
    return f"{text} ({mark('votes', str(votes))})" if isinstance(votes, int) else text


def poll(options: Iterable[str], voters: int, *, is_open: bool) -> str:
    """Return the mark for a poll: its answers, how many voted if that is known, and whether it is still open."""
    return mark("poll", ", ".join(filter(None, options)), str(voters or ""), "open" * is_open)


def quotation(text: str, author: str = "") -> str:
    """Return the mark for a quoted post."""
    return mark("quotation", " ".join(text.split()), author)


class _Reader:
    """Makes words of HTML that is in order."""

    def __init__(self, *, breaks: bool, mentions: Mapping[str, str]) -> None:
        self.breaks, self.mentions = breaks, mentions
        #: For each element that is open and becomes words as a whole: its name, its attributes, and the words so far.
        self.stack: list[tuple[str, dict[str, str], list[str]]] = [("", {}, [])]
        self.plain = 0

    def read(self, html_in_order: str) -> None:
        """Add the text of every element."""
        for node, entering in walk(parse(html_in_order)):
            if not isinstance(node, Element):
                self._add_text("" if isinstance(node, Other) else html.unescape(node))
            elif node.tag and entering:
                self._begin_element(node.tag, {name: value or "" for name, value in node.attributes().items()})
            elif node.tag and node.tag not in VOID:
                self._end_element(node.tag)

    def _begin_element(self, tag: str, attributes: dict[str, str]) -> None:
        self._begin_line(tag)
        if tag == "br":
            self._append("\n")
        elif tag == "img":
            classes = set(attributes.get("class", "").split())
            alt = attributes.get("alt", "")
            self._append(shortcodes.with_signs(alt) if classes & _EMOJI else picture(alt))
        elif tag == "li":
            self._append(_ITEM)
        elif tag in {"video", "audio"}:
            self._append(picture("", tag))
        elif tag == "iframe" and (address := attributes.get("src", "")).startswith("http"):
            self._append(card(attributes.get("title", "") or address, address))
        self.plain += tag == "pre"
        if tag not in VOID and (tag in _WHOLE or attributes.get("class")):
            self.stack.append((tag, attributes, []))
        elif tag not in VOID:
            self.stack.append((tag, {}, self.stack[-1][2]))

    def _end_element(self, tag: str) -> None:
        self.plain -= tag == "pre"
        own_tag, attributes, parts = self.stack.pop()
        if parts is not self.stack[-1][2]:
            self._append(
                self._replacement(
                    own_tag, attributes, _tidy_lines("".join(parts)) if own_tag in _BLOCKS else "".join(parts)
                )
            )
        self._begin_line(tag)

    def _add_text(self, data: str) -> None:
        if self.breaks or self.plain:
            self._append(data)
        elif text := _BLANKS.sub(" ", data) if _BLANKS.search(data) else data:
            parts = self.stack[-1][2]
            self._append(text.lstrip() if not parts or parts[-1].endswith(("\n", " ")) else text)

    def _replacement(self, tag: str, attributes: dict[str, str], text: str) -> str:
        """Return the text of an element that is treated as a whole."""
        classes = set(attributes.get("class", "").split())
        if classes & _PASSED:
            return ""
        if tag == "a":
            return self._link(attributes, classes, text)
        if tag == "aside" and "quote" in classes:
            name = attributes.get("data-username", "")
            quoted_text = re.sub(r"^> ?", "", text[text.find("> ") :] if "> " in text else text, flags=re.MULTILINE)
            return quotation(quoted_text, f"@{name}" if name else "")
        if tag == "aside" and "onebox" in classes:
            return card(text)
        if tag == "blockquote" and "onebox" not in classes:
            return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
        return _SIGNS[tag](text) if tag in _SIGNS else text

    def _link(self, attributes: dict[str, str], classes: set[str], text: str) -> str:
        address = attributes.get("href", "")
        if classes & {"mention", "user-mention"}:
            return self.mentions.get(address) or text
        if "lightbox" in classes or "hashtag" in classes or webaddress.parts(address).scheme not in {"http", "https"}:
            return text
        shown_text = " ".join(text.split())
        if not shown_text or _without_scheme(shown_text) == _without_scheme(address):
            return address
        return text if shown_text.startswith(PICTURE) else f"{text.rstrip()} ({address}){' ' * text.endswith(' ')}"

    def _begin_line(self, tag: str) -> None:
        """Begin a new line before or after a block."""
        parts = self.stack[-1][2]
        if (lines := _BLOCKS.get(tag)) and not (parts and parts[-1] == _ITEM and tag != "li"):
            end = "".join(parts[-3:])[-2:]
            self._append("\n" * (lines - (len(end) - len(end.rstrip("\n")))))
        elif tag in {"td", "th"}:
            self._append(" ")

    def _append(self, text: str) -> None:
        self.stack[-1][2].append(text)

    def whole(self) -> str:
        """Return all words, with at most one empty line between two lines."""
        return _tidy_lines("".join(self.stack[0][2]))


def _superscript(text: str) -> str:
    """Return a power in the signs for that, or with "^"; "1st" and the marks of notes stay words."""
    if all(ord(sign) in _ABOVE for sign in text):
        return text.translate(_ABOVE)
    return f"^({text})" if _POWER.fullmatch(text) else text


def _subscript(text: str) -> str:
    """Return an index in the signs for that, if there are such."""
    return text.translate(_BELOW) if all(ord(sign) in _BELOW for sign in text) else text


def _struck_out(text: str) -> str:
    """Return what somebody struck out, with signs that say so."""
    return f"~~{text}~~" if text.strip() else text


_SIGNS: Mapping[str, Callable[[str], str]] = {
    "sup": _superscript,
    "sub": _subscript,
    **dict.fromkeys(("del", "s", "strike"), _struck_out),
}


def _without_scheme(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/…").casefold()


def _tidy_lines(text: str) -> str:
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
