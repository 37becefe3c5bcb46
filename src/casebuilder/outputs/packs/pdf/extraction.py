"""The text of a PDF in the order of its tags, as a screen reader reads it, and whether each piece is on the page.

Programs that copy a page's text guess its order from lines, columns and directions. The tags follow the
document, they leave out what runs along a page's edges, and each leads to the glyphs that it stands for.
ISO 32000-1, 14.7.4 (content items), 9.10.3 (ToUnicode), 14.9.4 (replacement text), 9.4.4 (where glyphs stand).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pikepdf

from casebuilder.outputs.packs.pdf.shapedtext import is_shaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: a, b, c, d, e, f of a transformation.
_Matrix: TypeAlias = tuple[float, float, float, float, float, float]
#: Operators that change a glyph's position, meaning or tag.
_OPERATOR = re.compile(
    rb"<<(?P<properties>(?:[^<>]|<[^<>]*>)*)>>\s+BDC\b|\b(?P<plain>BMC)\b|\b(?P<end>EMC)\b"
    rb"|(?P<matrix>(?:[-+.\d]+\s+){6})(?P<kind>cm|Tm)\b|/(?P<font>\S+)\s+(?P<size>[-+.\d]+)\s+Tf\b"
    rb"|\[(?P<shown>[^\]]*)\]\s*TJ\b|/(?P<drawn>\S+)\s+Do\b|(?<![^\s])(?P<state>[qQ])(?![^\s])"
)
_MCID = re.compile(rb"/MCID (\d+)")
_ACTUAL = re.compile(rb"/ActualText\s*(?:<([0-9A-Fa-f]*)>|\(((?:\\.|[^\\)])*)\))", re.DOTALL)
#: Numbers between glyphs move the next glyph, in thousandths of the font size; these move it by nothing.
_UNMOVED = frozenset((b"", b"0"))
_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)
#: How far, in points, a glyph may reach over the edge of its page: no letter is lost by a hair.
_HAIR = 1.5
#: A content item that is set by the engine: the number or the sign before an item of a list.
_LABEL = "/Lbl"
#: Elements within a line.
_INLINE = frozenset((_LABEL, "/Span", "/Link", "/NonStruct"))


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one content item.

    Attributes:
        text: its characters, as drawn from left to right; in reading order if the PDF has ActualText.
        page: on which page, from 0.
        read: whether the characters are in the order in which they are read.
        label: whether it is the number or the sign of an item of a list, which the engine makes.
        inside: whether all of it is on the page.
        left: where it begins, in points from the left.
        right: where it ends, in points from the left.
        block: the number of the paragraph, cell or entry on its page that it is part of.
    """

    text: str
    page: int
    read: bool = True
    label: bool = False
    inside: bool = True
    left: float = 0.0
    right: float = 0.0
    block: int = 0


def pieces(content: bytes) -> list[Piece]:
    """Return the content items of a PDF in the order of its tags."""
    with pikepdf.open(io.BytesIO(content)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        fonts: dict[tuple[int, int], _Font] = {}
        items_by_page = [_Page(page, fonts).items for page in document.pages]
        (root,) = document.Root.StructTreeRoot.K
        places = _Tree(numbers).items(root)
        return [
            Piece(run.said, page, run.read, label, run.inside, run.left, run.right, block)
            for page, item, block, label in places
            if (run := items_by_page[page].get(item))
        ]


def texts(content: bytes) -> list[str]:
    """Return the text of each page of a PDF, as programs copy it: quick, and in no sure order."""
    import pypdfium2  # type: ignore[import-untyped]  # it has no types

    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


class _Tree:
    """Walks the structure elements of a document."""

    def __init__(self, numbers: Mapping[tuple[int, int], int]) -> None:
        self._numbers = numbers
        self._blocks = 0

    def items(
        self, element: pikepdf.Object, page: int = 0, block: int = 0, *, label: bool = False
    ) -> Iterator[tuple[int, int, int, bool]]:
        """Yield the content items of an element: page, number on that page, block, and whether it is a label."""
        page_object = element.get("/Pg")
        page = page if page_object is None else self._numbers[page_object.objgen]
        label = label or element.S == _LABEL
        if element.S not in _INLINE:
            self._blocks += 1
            block = self._blocks
        children = element.get("/K", pikepdf.Array())
        for child in children if isinstance(children, pikepdf.Array) else (children,):
            if isinstance(child, int):
                yield page, child, block, label
            elif isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield from self.items(child, page, block, label=label)


class _Font:
    """The characters and widths (in thousandths of the font size) of a font's glyphs, by glyph code."""

    def __init__(self, font: pikepdf.Object) -> None:
        composite = font.Subtype == "/Type0"
        self.digits = 4 if composite else 2
        spelling = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
        self.texts = {
            self._code_of_glyph(int(glyph, 16)): _as_drawn(bytes.fromhex(text.decode()).decode("utf-16-be", "ignore"))
            for glyph, text in _MAPPED.findall(spelling)
        }
        width_list = font.DescendantFonts[0].get("/W", pikepdf.Array()) if composite else pikepdf.Array()
        self.widths = {self._code_of_glyph(glyph): width for glyph, width in _glyph_widths(width_list)}

    def _code_of_glyph(self, glyph: int) -> bytes:
        return f"{glyph:0{self.digits}x}".encode()


def _as_drawn(text: str) -> str:
    """Return the characters of a glyph from left to right. A ligature of Arabic letters has them in reading order."""
    return text[::-1] if len(text) > 1 and _RIGHT_TO_LEFT.search(text) else text


def _glyph_widths(width_list: pikepdf.Object) -> Iterator[tuple[int, float]]:
    """Yield each glyph's width, from a list of "first [width width]" and "first last width"."""
    values = list(width_list)
    while values:
        first = int(values[0])
        if isinstance(values[1], pikepdf.Array):
            yield from enumerate(map(float, values[1]), first)
            del values[:2]
        else:
            yield from ((glyph, float(values[2])) for glyph in range(first, int(values[1]) + 1))
            del values[:3]


class _Page:
    """Reads what is drawn on a page, item by item."""

    def __init__(self, page: pikepdf.Page, fonts: dict[tuple[int, int], _Font]) -> None:
        self.items: dict[int, _Item] = {}
        self._fonts = fonts
        left, bottom, right, top = map(float, page.mediabox)
        self._edges = (left - _HAIR, bottom - _HAIR, right + _HAIR, top + _HAIR)
        self._open: list[_Item | None] = []
        content = page.obj.Contents
        streams = content if isinstance(content, pikepdf.Array) else (content,)
        self._read_stream(b"\n".join(stream.read_bytes() for stream in streams), page.obj.Resources, _IDENTITY)

    def _read_stream(self, stream: bytes, resources: pikepdf.Object, matrix: _Matrix) -> None:
        """Read what is drawn with some resources, from a transformation on."""
        stack: list[_Matrix] = []
        text, font, size = matrix, None, 1.0
        for match in _OPERATOR.finditer(stream):
            kind = match.lastgroup
            if kind == "shown" and font:
                self._show_text(font, size, match["shown"], text)
            elif kind == "kind" and match["kind"] == b"cm":
                matrix = _multiply(_read_matrix(match["matrix"]), matrix)
            elif kind == "kind":
                text = _multiply(_read_matrix(match["matrix"]), matrix)
                self._begin_line()
            elif kind == "size":
                font, size = self._cached_font(resources.Font[_decode_name(match["font"])]), float(match["size"])
            elif kind == "state":
                matrix = _after_operator(stack, matrix, match["state"])
            elif kind == "drawn":
                self._read_drawing(resources.XObject[_decode_name(match["drawn"])], resources, matrix)
            else:
                self._read_mark(kind, match["properties"])

    def _read_mark(self, kind: str | None, properties: bytes | None) -> None:
        """Begin or end a mark around what is drawn."""
        if kind == "end":
            self._close_item(self._open.pop())
        elif kind in {"properties", "plain"}:
            self._open.append(_content_item(properties))

    def _read_drawing(self, drawing: pikepdf.Object, resources: pikepdf.Object, matrix: _Matrix) -> None:
        """Read what is drawn as a whole: a group with its own opacity, a picture made of lines."""
        if drawing.Subtype == "/Form" and (item := self._current_item):
            item.glyphs += 1
        if drawing.Subtype == "/Form":
            form_matrix = tuple(map(float, drawing.Matrix)) if "/Matrix" in drawing else _IDENTITY
            self._read_stream(
                drawing.read_bytes(), drawing.get("/Resources", resources), _multiply(form_matrix, matrix)
            )

    def _cached_font(self, font: pikepdf.Object) -> _Font:
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = _Font(font)
        return self._fonts[font.objgen]

    @property
    def _current_item(self) -> _Item | None:
        return next((item for item in reversed(self._open) if item), None)

    def _begin_line(self) -> None:
        if item := self._current_item:
            item.along = 0.0

    def _show_text(self, font: _Font, size: float, operand: bytes, matrix: _Matrix) -> None:
        item = self._current_item
        if item is None:
            return
        a, b, _, _, e, f = matrix
        start = item.along
        item.left = e if item.glyphs == 0 else item.left
        parts = [part.lower().split(b">") for part in operand.split(b"<")]
        codes = [part[0] for part in parts[1:]]
        if any(len(code) != font.digits for code in codes):
            all_codes, digits = b"".join(codes), font.digits
            codes = [all_codes[place : place + digits] for place in range(0, len(all_codes), digits)]
        shift = sum(float(part[-1]) for part in (parts[0], *parts[1:]) if part[-1].strip() not in _UNMOVED)
        text = "".join([font.texts.get(code, "") for code in codes])
        item.along += (sum([font.widths.get(code, 0.0) for code in codes]) - shift) * size / 1000
        item.right = max(item.right, e + a * item.along)
        item.text += text
        item.glyphs += len(codes)
        if item.inside and text.strip():
            item.inside = all(self._holds_point(e + a * x, f + b * x) for x in (start, item.along))

    def _holds_point(self, x: float, y: float) -> bool:
        left, bottom, right, top = self._edges
        return left <= x <= right and bottom <= y <= top

    def _close_item(self, item: _Item | None) -> None:
        if item:
            self.items[item.number] = item


class _Item:
    """A content item: what is drawn in it, and where."""

    def __init__(self, number: int, actual: str | None) -> None:
        self.number = number
        self.actual = actual
        self.text = ""
        self.inside = True
        self.glyphs = 0
        self.left = 0.0
        self.right = 0.0
        self.along = 0.0

    @property
    def said(self) -> str:
        """Its characters: those that the PDF gives for the whole, if anything is drawn, or those of its glyphs."""
        return self.text if self.actual is None or not self.glyphs else self.actual

    @property
    def read(self) -> bool:
        """Whether these are in the order in which they are read."""
        return self.actual is not None or not _RIGHT_TO_LEFT.search(self.text)


def _content_item(properties: bytes | None) -> _Item | None:
    """Return the content item that a mark opens, if it has a number."""
    number = _MCID.search(properties or b"")
    if not number:
        return None
    match = _ACTUAL.search(properties or b"")
    actual = _decode_string(match) if match else ""
    # Code has its text beside its glyphs, too: what counts are the glyphs, wherever they are in the order of the text.
    return _Item(int(number[1]), actual if is_shaped(actual) else None)


def _decode_string(match: re.Match[bytes]) -> str:
    """Return a PDF's string: of two bytes a character after a byte order mark, or of one."""
    content = bytes.fromhex(match[1].decode()) if match[1] is not None else re.sub(rb"\\(.)", rb"\1", match[2])
    return content[2:].decode("utf-16-be") if content.startswith(b"\xfe\xff") else content.decode("latin-1")


def _read_matrix(operand: bytes) -> tuple[float, ...]:
    return tuple(map(float, operand.split()))


def _decode_name(name: bytes) -> str:
    """Return a name as a dictionary has it."""
    return f"/{name.decode()}"


def _after_operator(stack: list[_Matrix], matrix: _Matrix, operator: bytes) -> _Matrix:
    """Return the transformation after the operator q (save) or Q (restore)."""
    if operator == b"q":
        stack.append(matrix)
        return matrix
    return stack.pop()


def _multiply(first: tuple[float, ...], second: _Matrix) -> _Matrix:
    """Return the transformation that does one, then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
