"""Page numbers, put on after printing: a case that is printed once has other numbers in each volume that it is part of.

The engine sets them as it would in a page's margin: one page holds the numbers of all pages, one over the other in the
place that the page style gives them, and each is taken from it and drawn on its page. A screen reader passes over them,
as PDF means it for page numbers (artifacts; ISO 32000-1, 14.8.2.2.2).
"""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, TypeAlias

import pikepdf
from pikepdf import Dictionary, Name

from casebuilder.outputs.packs.pdf.faults import Fault, PdfError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Instruction: TypeAlias = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
_DOCUMENT = (
    '<!DOCTYPE html><html lang="{}" dir="{}"><head><title>{}</title></head>'
    '<body><div class="page-numbers">{}</div></body>'
)
#: The numbers have no height, so that all are drawn in the same place. Other content of page margins is removed. What a
#: series sets for the paragraphs of its packs, such as a background or two columns, is not meant for the numbers.
_STYLE = """
.page-numbers {{ position: running(page-numbers) !important; display: block !important }}
.page-numbers p {{ position: static !important; display: block !important }}
.page-numbers p {{ height: 0 !important; min-height: 0 !important; margin: 0 !important; padding: 0 !important }}
.page-numbers, .page-numbers p {{
  background: none !important; border: none !important; outline: none !important; box-shadow: none !important;
  float: none !important; columns: auto !important; transform: none !important; opacity: 1 !important;
  overflow: visible !important; break-before: auto !important; break-after: auto !important; page: auto !important;
}}
.page-numbers::before, .page-numbers::after {{ content: none !important }}
.page-numbers p::before, .page-numbers p::after {{ content: none !important }}
@page {{
  background: none !important;
  {}
  @{} {{ content: element(page-numbers) !important; background: none !important; border: none !important }}
}}
"""
#: Every box in a page's margin: what a series puts into one of them is no number.
_BOXES = (
    *(
        f"{edge}-{place}"
        for edge in ("top", "bottom")
        for place in ("left-corner", "left", "center", "right", "right-corner")
    ),
    *(f"{edge}-{place}" for edge in ("left", "right") for place in ("top", "middle", "bottom")),
)
#: Page numbers are at the outer end of the bottom margin.
_PLACES = {"ltr": "bottom-right", "rtl": "bottom-left"}
#: Operators that set position, opacity or colour for what is drawn after them.
_STATE = frozenset(("cm", "gs", "g", "rg", "k", "cs", "sc", "scn"))
#: Operators that draw text, or a form that holds it.
_TEXT = frozenset(("TJ", "Tj", "Do"))
_DRAWN = b"Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC /Folio Do EMC"


def document(texts: Sequence[str], language: str, direction: str) -> tuple[str, str]:
    """Return the document that holds page numbers, and the style that comes after that of the pages.

    Args:
        texts: the number of each page as text: "3 of 9".
        language: BCP 47.
        direction: which way the language is written, "ltr" or "rtl".
    """
    numbers = "".join(f"<p>{escape(text)}</p>" for text in texts)
    html = _DOCUMENT.format(escape(language), escape(direction), escape(texts[0]), numbers)
    place = _PLACES[direction]
    other_boxes = " ".join(f"@{box} {{ content: none !important }}" for box in _BOXES if box != place)
    return html, _STYLE.format(other_boxes, place)


def draw(document: pikepdf.Pdf, numbers: bytes) -> None:
    """Draw numbers on the pages of a document, in the place of those that it has.

    Args:
        document: it gets them.
        numbers: the printed document that holds one number for each page.

    Raises:
        PdfError: it does not, because a style hides them or splits them.
    """
    save_state, draw_number = document.make_stream(b"q"), document.make_stream(_DRAWN)
    forms = [*_number_forms(document, numbers)]
    if len(forms) != len(document.pages):
        raise PdfError(Fault("the page numbers cannot be printed"))
    for page, form in zip(document.pages, forms, strict=True):
        resources = _copy_of(page.obj.Resources)  # the engine lets all pages share one
        page_objects = _copy_of(resources.get(Name.XObject, Dictionary()))
        if Name.Folio not in page_objects:
            page.obj.Contents = pikepdf.Array([save_state, page.obj.Contents, draw_number])
        page_objects.Folio = form
        resources.XObject = page_objects
        page.obj.Resources = resources


def without_number(page: pikepdf.Page) -> pikepdf.Object:
    """Return the content stream of a page without its number."""
    content = page.obj.Contents
    return content[1] if isinstance(content, pikepdf.Array) else content


def _copy_of(shared: pikepdf.Object) -> Dictionary:
    """Return a copy of a shared dictionary."""
    return Dictionary(dict(shared.items()))


def _number_forms(document: pikepdf.Pdf, numbers: bytes) -> Iterator[pikepdf.Object]:
    """Yield each page number as a form XObject of a document."""
    with pikepdf.open(io.BytesIO(numbers)) as printed:
        (page,) = printed.pages
        resources = document.copy_foreign(printed.make_indirect(page.obj.Resources))
        box = pikepdf.Array(page.mediabox)
        for content in _text_instructions(page):
            form = document.make_stream(content)
            form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, box, resources
            yield form


def _text_instructions(page: pikepdf.Page) -> Iterator[bytes]:
    """Yield the drawing instructions of each tagged text of a page, with the graphics state at its beginning."""
    state: list[list[_Instruction]] = [[]]
    number_drawing: list[_Instruction] | None = None
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "BDC":
            number_drawing = [set_before for level in state for set_before in level]
        elif operator == "EMC":
            if number_drawing and any(str(drawing.operator) in _TEXT for drawing in number_drawing):
                yield pikepdf.unparse_content_stream(number_drawing)
            number_drawing = None
        elif number_drawing is not None:
            number_drawing.append(instruction)
        if operator == "q":
            state.append([])
        elif operator == "Q":
            state.pop()
        elif operator in _STATE:
            state[-1].append(instruction)
