"""XML as blogs and comment systems export it, read by expat without anything that could be used against its reader.

A document type, and so custom entities, are refused: nothing can expand or be fetched. Nesting is limited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from casebuilder.editorial.discussion.post import TranscriptError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 100
#: Prefixes of WordPress and Disqus, which names here are without; a plugin's <jp:comment> keeps its own.
_OWN = frozenset(("wp", "dsq"))
#: Characters that XML does not allow and exports hold all the same.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(slots=True)
class Element:
    """An element: its name, attributes, own text, children and line."""

    name: str
    attributes: dict[str, str]
    line: int
    pieces: list[str] = field(default_factory=list)
    inner: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text right in it, without blanks around it."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> Iterator[Element]:
        """Return the elements right in it that have a name."""
        return (element for element in self.inner if element.name == name)

    def first(self, *names: str) -> Element:
        """Return the first element at a path of names; an empty element if there is none."""
        element = self
        for name in names:
            element = next(element.all(name), Element(name, {}, element.line))
        return element

    def word(self, *names: str) -> str:
        """Return the text of the first element of a chain of names."""
        return self.first(*names).text


def _local_name(name: str) -> str:
    """Return the name of an element or attribute, without a prefix of WordPress or Disqus."""
    prefix, colon, local = name.partition(":")
    return local if colon and prefix in _OWN else name


def root(text: str, name: str) -> Element:
    """Return the outermost element of a text of XML.

    Args:
        text: the XML, decoded; what it says of its own encoding is passed over.
        name: its file, for the error.

    Raises:
        TranscriptError: it declares a document type, is nested too deeply, or is not XML to its end.
    """
    # Plugins of WordPress print empty lines before the declaration, where XML allows nothing.
    declared = text.lstrip("\ufeff \t\n")
    above = text.count("\n", 0, len(text) - len(declared))
    top = Element("", {}, 1)
    stack = [top]
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        location = f"{name}, line {above + parser.CurrentLineNumber}"
        raise TranscriptError("SOURCE", f"{location}: it declares a document type or entities, as no export does")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEEPEST:
            raise TranscriptError("SOURCE", f"{name}: more than {_DEEPEST} nested elements")
        local_attributes = {_local_name(key): value for key, value in attributes.items()}
        element = Element(_local_name(tag), local_attributes, above + parser.CurrentLineNumber)
        stack[-1].inner.append(element)
        stack.append(element)

    def add_text(text: str) -> None:
        stack[-1].pieces.append(text)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = add_text
    try:
        parser.Parse(_CONTROL.sub("", declared).encode(errors="replace"), True)  # noqa: FBT003 - by position alone
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "not well-formed")
        message = f"{name}, line {above + error.lineno}: this XML is incomplete ({reason}): export or download it again"
        raise TranscriptError("SOURCE", message) from None
    return top.inner[0]
