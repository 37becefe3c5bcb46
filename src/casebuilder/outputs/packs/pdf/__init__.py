"""Print HTML to PDF/UA-1, read back and compared before anybody gets it.

WeasyPrint keeps memory until its process ends and can run long on an unlucky page, so this is called in worker
processes. It gets no way to any file or host: what a document shows is handed to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.outputs.packs.pdf import mergedpdf, pagenumbers
from casebuilder.outputs.packs.pdf.appearance import appearance_faults
from casebuilder.outputs.packs.pdf.comparabletext import columns, letters, paragraphs, words
from casebuilder.outputs.packs.pdf.extraction import pieces, texts
from casebuilder.outputs.packs.pdf.faults import Fault, PdfError
from casebuilder.outputs.packs.pdf.mergedpdf import Part
from casebuilder.outputs.packs.pdf.rendering import render, style_faults
from casebuilder.outputs.packs.pdf.ruledlines import LINE, growth_mark
from casebuilder.outputs.packs.pdf.stylefaults import StyleFault, style_fault
from casebuilder.outputs.packs.pdf.verification import missing_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "LINE",
    "Fault",
    "Part",
    "PdfError",
    "Printed",
    "StyleFault",
    "appearance_faults",
    "growth_mark",
    "letters",
    "missing_words",
    "paragraphs",
    "pieces",
    "print_document",
    "print_volume",
    "style_fault",
    "style_faults",
    "texts",
    "words",
]

#: How many places with missing words a message names, and how many words at each.
_NAMED = 5
_WORDS = 12
#: A cover and a page of contents: what most books have before their first part.
_BEFORE = 2
_TRIES = 4
#: How many letters a page's number has at most, "112 of 1204" in any language.
_LONGEST_NUMBER = 24
#: The language of a document, and which way it is written.
_LANGUAGE = re.compile(r'<html\b[^>]* lang="([^"]*)"(?:[^>]* dir="(\w+)")?')
#: The placeholder in a volume's contents for the page on which a part begins.
_PAGE = re.compile(r"pack:page/(\d+)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF that was read back and holds every word that went in.

    Attributes:
        content: its bytes.
        pages: how many pages it has.
    """

    content: bytes
    pages: int


def print_document(
    html: str,
    *,
    styles: Sequence[str],
    files: Mapping[str, bytes | Path],
    page_numbering: str = "",
    shared_glyphs: Callable[[], Iterable[str]] = tuple,
) -> Printed:
    """Print a document and make sure that nothing was lost.

    Args:
        html: the whole document.
        styles: style sheets, in order.
        files: every file that document and styles may ask for, by its address.
        page_numbering: the form of a page number, such as "{page} of {pages}"; if empty, pages have no numbers.
        shared_glyphs: returns the groups of characters with one glyph in a font; called only if words seem missing.

    Raises:
        PdfError: a file is not in `files`, a character has no glyph, or words are missing from the PDF.
    """
    content = render(html, styles, files)
    _verify_text(html, content, shared_glyphs)
    pages = mergedpdf.page_count(content)
    if page_numbering:
        content = mergedpdf.number_pages(
            content, _print_page_numbers(html, styles, files, _number_texts(page_numbering, pages))
        )
    return Printed(content, pages)


def _verify_text(html: str, content: bytes, shared_glyphs: Callable[[], Iterable[str]]) -> None:
    """Compare the text of a PDF with the text of its HTML.

    Raises:
        PdfError: something is missing.
    """
    from casebuilder.outputs.packs.pdf.weasyprint_internals import taken_for_letters

    printed = pieces(content)
    expected = paragraphs(html)
    has_leftward = 'dir="rtl"' in html
    signs_as_letters = taken_for_letters(html) if has_leftward else ()
    missing = missing_words(expected, printed, leftward=has_leftward, strong=signs_as_letters)
    if missing and (alike_groups := tuple(shared_glyphs())):
        missing = missing_words(expected, printed, alike_groups, leftward=has_leftward, strong=signs_as_letters)
    if not missing:
        return
    is_beside = any(not piece.inside for piece in printed)
    widths = columns(html) if is_beside else [0] * len(expected)
    faults = (
        Fault(_missing_words_message(widths[place], is_beside=is_beside), " ".join(words_missing[:_WORDS]))
        for place, words_missing in missing[:_NAMED]
    )
    raise PdfError(*faults)


def _missing_words_message(width: int, *, is_beside: bool) -> str:
    """Return the message for missing words.

    Args:
        width: the number of columns of the table that holds them; 0 outside tables.
        is_beside: whether part of the document is drawn outside the page.
    """
    if width:
        return f"this table is wider than the paper ({width} columns): split it into two tables"
    return "this line is wider than the paper" if is_beside else "words are missing from the PDF"


def print_volume(
    html: str,
    *,
    styles: Sequence[str],
    files: Mapping[str, bytes | Path],
    parts: Sequence[Part],
    page_numbering: str = "",
) -> Printed:
    """Print the cover, contents and index of a volume, and merge them with parts that are printed already.

    Args:
        html: the cover, the contents and the index, whose place has the id "index"; "pack:part/0" leads to the first
            part, and "pack:page/0" stands for the page on which it begins.
        styles: style sheets, in order.
        files: every file that document and styles may ask for, by its address.
        parts: the cases' packs, printed before.
        page_numbering: the form of a page number in the volume; if empty, parts keep their own numbers.

    Raises:
        PdfError: as `print_document` does, or a page was lost.
    """
    lengths = [mergedpdf.page_count(part.content) for part in parts]
    matter, pages_before = _print_matter(html, styles, files, lengths)
    total = matter.pages + sum(lengths)
    numbers = _print_page_numbers(html, styles, files, _number_texts(page_numbering, total)) if page_numbering else None
    content = mergedpdf.merge(matter.content, parts, numbers)
    page_texts = texts(matter.content)
    page_texts[pages_before:pages_before] = [page for part in parts for page in texts(part.content)]
    volume_texts = texts(content)
    drawings = mergedpdf.page_drawings(matter.content)
    drawings[pages_before:pages_before] = [page for part in parts for page in mergedpdf.page_drawings(part.content)]
    if mergedpdf.page_drawings(content) != drawings or not all(map(_is_same_text, volume_texts, page_texts)):
        raise PdfError(Fault("the volume does not hold all that its parts hold"))
    return Printed(content, total)


def _print_matter(
    html: str, styles: Sequence[str], files: Mapping[str, bytes | Path], lengths: Sequence[int]
) -> tuple[Printed, int]:
    """Return the cover, contents and index of a volume, and how many of its pages come before the parts.

    The contents name the pages on which parts begin, and so can change that number: print again until both agree.
    """
    pages_before = _BEFORE
    for _ in range(_TRIES):
        firsts = [pages_before + 1 + sum(lengths[:number]) for number in range(len(lengths))]
        matter = print_document(_PAGE.sub(lambda mark: str(firsts[int(mark[1])]), html), styles=styles, files=files)  # noqa: B023 - used at once
        pages_found = mergedpdf.pages_before_parts(matter.content)
        if pages_found == pages_before:
            return matter, pages_before
        pages_before = pages_found
    raise PdfError(Fault("the contents never say on which page the first case begins"))


def _is_same_text(page: str, earlier_page: str) -> bool:
    """Return whether a page has the same amount of text as before.

    Text in two directions is extracted in no fixed order.
    """
    return abs(len(letters(page)) - len(letters(earlier_page))) <= _LONGEST_NUMBER


def _language_and_direction(html: str) -> tuple[str, str]:
    """Return the language of a document and its direction."""
    match = _LANGUAGE.search(html)
    return (match[1], match[2] or "ltr") if match else ("en", "ltr")


def _number_texts(page_numbering: str, pages: int) -> list[str]:
    """Return the page numbers as text, such as "3 of 9"."""
    return [page_numbering.format(page=page, pages=pages) for page in range(1, pages + 1)]


def _print_page_numbers(
    html: str, styles: Sequence[str], files: Mapping[str, bytes | Path], numbers: Sequence[str]
) -> bytes:
    """Return a printed document that holds the numbers of all pages."""
    numbers_html, style = pagenumbers.document(numbers, *_language_and_direction(html))
    return render(numbers_html, [*styles, style], files)
