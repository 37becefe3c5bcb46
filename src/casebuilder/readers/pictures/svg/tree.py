"""A drawing as a tree of elements that know where they stand in the file.

The parser is expat, which does not load what a drawing names. A drawing that declares entities is refused, and so is
one that is nested too deeply or has too many elements, before anything else looks at it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from casebuilder.readers.pictures.picturefile import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
_PREFIXES = {XLINK: "xlink:", XML: "xml:"}
MOST_ELEMENTS, MOST_ATTRIBUTES, DEEPEST = 50_000, 200, 100
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml\b[^>]*\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
#: Encodings that programs for drawings write. Python knows others that are none of text, or that take very long.
_READ_ENCODINGS = re.compile(
    r"utf[-_]?(?:8(?:-sig)?|16)|(?:us-)?ascii|(?:iso-?8859|windows|cp125)-?\d{1,4}|latin-?1|gb\d{4,5}|gbk|big5"
    r"|shift[-_]jis|euc[-_](?:jp|kr)|koi8-[ru]|macintosh",
    re.IGNORECASE,
)
#: A document type that only names itself, as many programs write it; it is never loaded.
_DOCTYPE = re.compile(r"<!DOCTYPE\b(?:[^<>\[\]\"']|\"[^\"]*+\"|'[^']*+')*+>", re.IGNORECASE)
_ROOT = re.compile(r"<[A-Za-z_]")
_ATTRIBUTE = re.compile(rb"\s([^\s=<>/]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
#: How expat says that a file ends too early.
_CUT = frozenset((expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN,
                  expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION, expat.errors.XML_ERROR_PARTIAL_CHAR))  # fmt: skip
_EXPORT = "export the drawing again, or save it as .png"


class RefusedError(Exception):
    """A drawing that is refused before it is filtered; its argument is the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(slots=True)
class Element:
    """An element.

    Attributes:
        space: the address of its namespace; may be empty.
        name: its name in it.
        attributes: values by name; "xlink:href" and "xml:space" have a prefix, those of other namespaces their address.
        line: where it begins, from 1.
        column: from 1, counted in characters.
        tag: its start tag in the file's own form, in UTF-8.
        children: elements and texts, in order.
        inside: where its first text begins: line and column.
    """

    space: str
    name: str
    attributes: dict[str, str]
    line: int = 0
    column: int = 0
    tag: bytes = b""
    children: list[Element | str] = field(default_factory=list)
    inside: tuple[int, int] = (0, 0)

    def elements(self) -> Iterator[Element]:
        """Return the elements directly in it."""
        return (child for child in self.children if isinstance(child, Element))

    def words(self) -> str:
        """Return all text in it, with single blanks."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.name not in {"style", "script", "title", "desc", "metadata"}:
                yield from child._texts()  # noqa: SLF001 - another of this class

    def place(self, attribute: str = "") -> tuple[int, int]:
        """Return where it, or one of its attributes, stands: line and column."""
        for match in _ATTRIBUTE.finditer(self.tag) if attribute else ():
            if match[1].decode().rpartition(":")[2] == attribute.rpartition(":")[2].rpartition(" ")[2]:
                before = self.tag[: match.start(1)].decode()
                last = before.rfind("\n")
                return self.line + before.count("\n"), len(before) - last if last >= 0 else self.column + len(before)
        return self.line, self.column

    def within(self, line: int, column: int) -> tuple[int, int]:
        """Return where a place in its text, both from 1, stands in the file."""
        first, before = self.inside
        return first + line - 1, column if line > 1 else before + column - 1


@dataclass(frozen=True, slots=True)
class ParsedDrawing:
    """A drawing as it was read: its root, what is wrong with it already, and its comments and instructions."""

    root: Element
    faults: tuple[Fault, ...]
    aside: tuple[str, ...]


def read(content: bytes) -> ParsedDrawing:
    """Return a drawing as a tree.

    Raises:
        RefusedError: it is damaged, or built to do harm.
    """
    return _Reader(_decode(content)).read()


def _decode(content: bytes) -> str:
    """Return the file's text, with blanks in place of declaration and document type, so that places stay true."""
    match = _ENCODING.search(content[:200])
    name = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else match[1].decode() if match else "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    try:
        text = content.decode(name if _READ_ENCODINGS.fullmatch(name) else "utf-8")
    except (UnicodeDecodeError, LookupError):
        raise RefusedError(Fault("broken-picture", f"is not text in {name}", _EXPORT)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = _ROOT.search(text)
    prolog = text[: start.start()] if start else ""
    doctype = _DOCTYPE.match(prolog, max(prolog.upper().find("<!DOCTYPE"), 0))
    for part in filter(None, (_DECLARATION.match(prolog), doctype)):
        text = text[: part.start()] + _blank_out(part) + text[part.end() :]
    return text


def _blank_out(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


class _Reader:
    """Builds the tree while expat reads."""

    def __init__(self, text: str) -> None:
        self._data = text.encode("utf-8", errors="replace")
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.StartElementHandler = self._start_element
        self._parser.EndElementHandler = self._end_element
        self._parser.CharacterDataHandler = self._add_text
        self._parser.CommentHandler = self._note_comment
        self._parser.ProcessingInstructionHandler = self._note_instruction
        self._parser.StartDoctypeDeclHandler = self._note_doctype
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0
        self._faults: list[Fault] = []
        self._aside: list[str] = []

    def read(self) -> ParsedDrawing:
        try:
            self._parser.Parse(self._data, True)  # noqa: FBT003 - expat's own form
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            complaint = "is cut off: its last part is missing" if reason in _CUT else f"is damaged ({reason})"
            raise RefusedError(Fault("broken-picture", complaint, _EXPORT, error.lineno, error.offset + 1)) from None
        if self._root is None or (self._root.space, self._root.name) != (SVG, "svg"):
            hint = f'its first element must be <svg xmlns="{SVG}">: {_EXPORT}'
            raise RefusedError(Fault("broken-picture", "is not an SVG drawing that browsers show", hint, 1, 1))
        return ParsedDrawing(self._root, tuple(self._faults), tuple(self._aside))

    def _start_element(self, full: str, attributes: dict[str, str]) -> None:
        space, _, name = full.rpartition(" ")
        start = self._parser.CurrentByteIndex
        element = Element(
            space, name, {_attribute_name(key): value for key, value in attributes.items()}, *self._place()
        )
        element.tag = self._data[start : start + self._longest_tag(start)]
        self._count += 1
        limits = {
            f"{DEEPEST} levels": len(self._open) >= DEEPEST,
            f"{MOST_ELEMENTS:,} elements": self._count > MOST_ELEMENTS,
            f"{MOST_ATTRIBUTES} attributes in one place": len(attributes) > MOST_ATTRIBUTES,
        }
        if any(limits.values()):
            limit = next(limit for limit, reached in limits.items() if reached)
            raise RefusedError(Fault("svg-too-complex", f"has more than {limit}", simpler(), *element.place()))
        if self._open:
            self._open[-1].children.append(element)
        self._root = self._root or element
        self._open.append(element)

    def _longest_tag(self, start: int) -> int:
        """Return how much of the file the tag takes that begins somewhere, long values left out.

        Enough to find its names.
        """
        end = self._data.find(b">", start)
        return min((end if end >= 0 else len(self._data)) - start + 1, 100_000)

    def _end_element(self, full: str) -> None:
        del full
        self._open.pop()

    def _add_text(self, text: str) -> None:
        if self._open:
            element = self._open[-1]
            if not element.children:
                element.inside = self._place()
            element.children.append(text)

    def _note_comment(self, text: str) -> None:
        self._aside.append(text)

    def _note_instruction(self, target: str, text: str) -> None:
        self._aside.append(text)
        if target.lower() == "xml-stylesheet":
            hint = "write the styles into the drawing itself, or delete this line"
            self._faults.append(Fault("unsafe-svg", "loads a style sheet from elsewhere", hint, *self._place()))

    def _note_doctype(self, *_: object) -> None:
        hint = "save it as plain SVG; in Illustrator, without “Preserve Illustrator Editing Capabilities”"
        raise RefusedError(Fault("unsafe-svg", "defines words of its own (<!DOCTYPE ... [)", hint, *self._place()))

    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1


def _attribute_name(full: str) -> str:
    """Return an attribute's name: with a prefix of ours if its namespace has one, else with the namespace's address."""
    space, _, name = full.rpartition(" ")
    return _PREFIXES[space] + name if space in _PREFIXES else full


def simpler() -> str:
    """Return how to get a drawing that is not too complex."""
    return "simplify it in the program that it was made in, or export it as .png"
