"""Filter a drawing: keep what the tables allow, remove the rest, and report visible changes at their lines.

Comments, metadata and the data of drawing programs are removed without a report, because nobody sees them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.glyphs import lacking
from casebuilder.readers.pictures.cleaning import MOST_POINTS, TooLargeError
from casebuilder.readers.pictures.picturefile import DamagedError, Fault
from casebuilder.readers.pictures.svg import allowed, attributevalues, embedded, styles
from casebuilder.readers.pictures.svg.tree import SVG, Element, RefusedError, simpler

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Letters of all styles but the plainest.
MOST_STYLE = 200_000
#: How much of an author's own words a message shows.
_SHOWN = 60
_XHTML = "http://www.w3.org/1999/xhtml"
#: Attributes under which an element of a web page loads something, and those of a drawing that only a browser uses.
_LOADED, _POINTERS = ("src", "srcset", "data", "poster"), ("cursor", "color-profile")
_HREFS = ("href", "xlink:href")
_FOREIGN_HINT = "a drawing shows only what is in it: delete this, or put the picture into the drawing"
_PROGRAM_HINT = "delete it, or export the drawing as .png: whoever opens the picture would run it"
_LABEL_HINT = (
    "draw.io: select all (Ctrl+A), in the panel Text turn off “Word Wrap” and “Formatted Text”, and export again;"
    " Mermaid: set htmlLabels to false; or export as .png"
)


class Sifter:
    """Filters a drawing in one pass.

    Attributes:
        faults: what is wrong, in the order in which it stands.
        metadata: the text of parts that were removed without a report.
        rules: the rules of its style elements that name elements of it, each with its selector.
    """

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.faults: list[Fault] = []
        self.metadata: list[str] = []
        self.rules: list[tuple[str, tuple[str, ...]]] = []
        self._labels: list[tuple[Element, str]] = []
        self._reduced: set[str] = set()
        self._points = self._letters = 0

    def sift(self, root: Element) -> Element:
        """Return the filtered drawing."""
        filtered = self._copy(root)
        if self._labels:
            first, text = self._labels[0]
            count = "a label that is" if len(self._labels) == 1 else f"{len(self._labels)} labels that are"
            message = f"has {count} not printed and not shown in e-readers, such as “{_shorten(text)}”"
            self.faults.append(Fault("svg-label", message, _LABEL_HINT, *first.place()))
        return filtered

    def _copy(self, element: Element) -> Element:
        copy = Element(SVG, element.name, self._filter_attributes(element), element.line, element.column)
        if element.name == "style":
            copy.children = [self._filter_sheet(element)]
        elif element.name == "switch":
            copy.name, copy.children = "g", list(self._choose_child(element))
        else:
            may_have_text = element.name in allowed.WORDED
            for child in element.children:
                if isinstance(child, Element):
                    copy.children += self._filter_child(child, element)
                elif may_have_text:
                    copy.children.append(child)
                    self._check_letters(element, child)
        return copy

    def _check_letters(self, element: Element, text: str) -> None:
        """Report the characters of a label that no font of the packs has."""
        for letter in sorted(lacking(text)) if element.name in allowed.DRAWN else ():
            message = f"has the character U+{ord(letter):04X}, which cannot be printed in the packs"
            hint = "use another character, or export the drawing as .png"
            self.faults.append(Fault("unprintable-character", message, hint, *element.place()))

    def _filter_child(self, element: Element, parent: Element) -> Iterable[Element]:
        """Return the filtered form of a child element: a list of one element, or empty."""
        if element.name in allowed.PROGRAMS:
            self._refuse_program(f"<{element.name}>", element.place())
        elif element.space != SVG or element.name == "metadata":
            self._leave_out_own_element(element)
        elif element.name in allowed.ELEMENTS:
            copied = self._copy(element)
            return [] if element.name in allowed.PICTURES and not copied.attributes.keys() & set(_HREFS) else [copied]
        elif element.name == "a":
            return [self._link_as_group(element, within=parent)]
        elif element.name == "foreignObject":
            self._note_label(element)
        elif element.name in allowed.MOVEMENTS:
            self._report_movement(element)
        elif self._report_loading(element):
            pass
        elif label := element.words():
            self._labels.append((element, label))
        else:
            self._report_once(f"<{_shorten(element.name)}>", element.place())
        return []

    def _leave_out_own_element(self, element: Element) -> None:
        """Leave out a drawing program's own element, which nobody sees; a script in it would run all the same."""
        self.metadata += [element.words(), *element.attributes.values()]
        for name, value in element.attributes.items() if element.space == _XHTML else ():
            if name.lower().startswith("on"):
                self._refuse_program(name, element.place(name))
            elif name in _LOADED or (name == "href" and element.name == "link"):
                self._refuse_foreign(value, element.place(name))
        for child in element.elements():
            if child.name in allowed.PROGRAMS:
                self._filter_child(child, element)
            else:
                self.metadata.append(child.name)
                self._leave_out_own_element(child)

    def _note_label(self, element: Element) -> None:
        """Note text of a web page within a drawing.

        Illustrator keeps a note for itself in this way, which has no words.
        """
        if label := element.words() if not element.attributes.get("requiredExtensions") else "":
            self._labels.append((element, label))
        for child in element.elements():
            self._leave_out_own_element(child)

    def _report_loading(self, element: Element) -> bool:
        """Report a removed element that would load something, and return whether it would."""
        foreign = [name for name in _HREFS if element.attributes.get(name, "#").strip()[:1] not in {"#", ""}]
        for name in foreign:
            self._refuse_foreign(element.attributes[name], element.place(name))
        return bool(foreign)

    def _report_movement(self, element: Element) -> None:
        target = element.attributes.get("attributeName", "").rpartition(":")[2].lower()
        if target == "href" or target.startswith("on"):
            self._refuse_program(f"<{element.name}>", element.place())
        elif element.name != "mpath" or not self._report_loading(element):
            self._report_once(f"the movement <{element.name}>", element.place())

    def _link_as_group(self, element: Element, *, within: Element) -> Element:
        """Return a link as a group, or within words as a part of them: a reader cannot follow it in a picture."""
        for name in _HREFS:
            address = "".join(element.attributes.get(name, "").split())
            if re.match(r"(?:java|vb)script:|data:", address, re.IGNORECASE):
                self._refuse_program("a link", element.place(name))
            elif address:
                self._report_once("a link", element.place(name))
        other_attributes = {name: value for name, value in element.attributes.items() if name not in _HREFS}
        name = "tspan" if within.name in allowed.DRAWN else "g"
        group = Element(SVG, name, other_attributes, element.line, element.column, element.tag, element.children)
        return self._copy(group)

    def _choose_child(self, switch: Element) -> Iterable[Element]:
        """Return the one child that a browser would show: the first whose conditions hold."""
        for child in switch.elements():
            if child.space == SVG and not child.attributes.get("requiredExtensions"):
                if child.attributes.get("systemLanguage"):
                    self._report_once("a part for one language", child.place("systemLanguage"))
                    continue
                return self._filter_child(child, switch)
        return []

    def _filter_sheet(self, element: Element) -> str:
        text = "".join(child for child in element.children if isinstance(child, str))
        self._count_letters(element, text)
        judged = styles.sheet(text)
        self.rules += judged.rules
        self._report_styles(element, judged)
        return judged.text

    def _filter_attributes(self, element: Element) -> dict[str, str]:
        attributes: dict[str, str] = {}
        for name, value in element.attributes.items():
            local = name.rpartition(" ")[2].rpartition(":")[2]
            if local.lower().startswith("on"):
                self._refuse_program(local, element.place(name))
            elif name in _HREFS:
                attributes |= self._filter_href(element, name, value)
            elif name == "style":
                self._count_letters(element, "" if styles.is_plain(value) else value)
                judged = styles.declarations(value)
                self._report_styles(element, judged, name)
                attributes |= {name: judged.text} if judged.text else {}
            elif name in allowed.ATTRIBUTES:
                attributes |= self._filter_plain(element, name, value)
            elif name in _POINTERS and styles.is_foreign(value):
                self._refuse_foreign(value, element.place(name))
            elif name in allowed.INERT or " " in name or name.startswith(allowed.INERT_PREFIXES):
                self.metadata += [name, value]
            else:
                self._report_once(_shorten(local), element.place(name))
        return attributes

    def _count_letters(self, element: Element, style: str) -> None:
        """Count the letters of styles, which take longer to read than anything else in a drawing.

        Raises:
            RefusedError: there are too many.
        """
        self._letters += len(style)
        if self._letters > MOST_STYLE:
            message = f"has more than {MOST_STYLE:,} characters of styles"
            raise RefusedError(Fault("svg-too-complex", message, simpler(), *element.place()))

    def _filter_plain(self, element: Element, name: str, value: str) -> dict[str, str]:
        if name in {"id", "class"}:
            return {name: value}
        if styles.is_safe(value):
            shared_value = attributevalues.shared(name, value)
            if shared_value is None and not attributevalues.is_nothing(name, value):
                self._report_once(f"{name}=“{_shorten(value)}”", element.place(name))
                shared_value = attributevalues.readable(name, value)
            return {name: shared_value} if shared_value else {}
        left_out = [styles.Left(value)]
        judged = styles.Judged(foreign=left_out) if styles.is_foreign(value) else styles.Judged(odd=left_out)
        self._report_styles(element, judged, name)
        return {}

    def _filter_href(self, element: Element, name: str, value: str) -> dict[str, str]:
        """Return what an element points to: another element of the drawing, or a picture in the drawing itself."""
        if value.strip().startswith("#"):
            return {name: value.strip()}
        if element.name in allowed.PICTURES and embedded.is_embedded(value):
            try:
                picture, count = embedded.published(value, MOST_POINTS - self._points)
            except embedded.KindError as error:
                code, message = "picture-kind", f"contains a file that is {error.args[0] or 'no picture'}"
            except DamagedError as error:
                code, message = "broken-picture", f"contains a picture that {error}"
            except TooLargeError:
                million = MOST_POINTS // 1_000_000
                code, message = "picture-size", f"contains pictures of more than {million} million pixels"
            else:
                self._points += count
                return {name: picture}
            hint = "put the picture in as PNG or JPEG, and export the drawing again"
            self.faults.append(Fault(code, message, hint, *element.place(name)))
        elif value.strip():
            self._refuse_foreign(value, element.place(name))
        return {}

    def _report_styles(self, element: Element, judged: styles.Judged, name: str = "") -> None:
        for left_out in judged.foreign:
            place = element.place(name) if name else element.within(left_out.line, left_out.column)
            self._refuse_foreign(left_out.text, place)
        for left_out in judged.odd:
            place = element.place(name) if name else element.within(left_out.line, left_out.column)
            self._report_once(f"“{_shorten(left_out.text)}”", place)

    def _report_once(self, detail: str, place: tuple[int, int]) -> None:
        """Report what is missing, once: a drawing may have it in a thousand places."""
        message = f"is shown without {detail}"
        if message not in self._reduced:
            hint = "look at the drawing on the page: if something is missing, export it as .png"
            self.faults.append(Fault("svg-reduced", message, hint, *place))
        self._reduced.add(message)

    def _refuse_foreign(self, address: str, place: tuple[int, int]) -> None:
        message = f"loads “{_shorten(address)}”, which is not in it"
        self.faults.append(Fault("unsafe-svg", message, _FOREIGN_HINT, *place))

    def _refuse_program(self, program: str, place: tuple[int, int]) -> None:
        self.faults.append(Fault("unsafe-svg", f"contains a program ({program})", _PROGRAM_HINT, *place))


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
