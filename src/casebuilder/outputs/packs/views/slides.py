"""A part of the story split over slides: whole paragraphs, about the same number of lines on each, none full.

Left to the page breaks alone, one slide is filled to its foot and the next holds the line that was left over, or a
heading stands on a slide by itself. So what is long is cut here: a paragraph after a sentence, a quotation between its
paragraphs, a list between its entries, an entry between those below it or after a sentence, a table between its rows,
code between its lines. A heading, and a sentence that announces a list, always stay with what they head.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.markup import Element
from casebuilder.outputs.packs.views.slideblocks import (
    GAP,
    HEADINGS,
    LISTS,
    Block,
    measure_children,
    measure_element,
)
from casebuilder.outputs.packs.views.slidecode import cut_code
from casebuilder.outputs.packs.views.slidemeasure import printed_width, slide_ends, text_width
from casebuilder.outputs.packs.views.slidetables import cut_table

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Lines that a slide holds below its heading, and letters on a line of the heading; see slides.css.
_LINES, _TITLE = 8.8, 52
#: Letters of a paragraph that fit on a slide, and on a slide with a heading.
_MOST, _HEADED = 480, 360
_WRAPS = LISTS | {"blockquote"}
#: A piece of an entry has at least so many letters, however deep its list is nested.
_LEAST = 24
#: The class of the rest of an entry that began on the slide before: it has no sign or number (slides.css).
_REST = "rest"
#: Where a paragraph too long for a slide may be cut: after a sentence, else between words or Chinese characters.
_CUTS = (
    re.compile(r"[.?!…][”’»)\]]*( )(?=\S)|[。！？][”’」』）]*()(?=[^\s”’」』）])"),  # noqa: RUF001 - Chinese has its own
    re.compile(r"\S( )(?=\S)|[\u3000-\u9fff]()(?=[\u3000-\u9fff])"),
)


def split_story(parts: Sequence[tuple[str, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the slides of a story: the heading of each part, and the HTML of its slides.

    A heading without text, at the beginning or the end of a part, is shown above the next part; at the end of the story
    it is a paragraph in bold.

    Args:
        parts: the title and the HTML of each part.
    """
    parts_with_text: list[tuple[str, str]] = []
    pending_titles: list[str] = []
    for number, (title, part_html) in enumerate(parts, start=1):
        html, last_headings = _without_last_headings(part_html) if number < len(parts) else (part_html, [])
        pending_titles.append(title)
        if markup.write(_without_rules(html)).strip():
            parts_with_text.append((" · ".join(pending_titles), html))
            pending_titles = []
        pending_titles += last_headings
    if pending_titles and parts_with_text:
        title, html = parts_with_text.pop()
        parts_with_text.append(
            (title, html + "".join(f"\n<p><strong>{escape(heading)}</strong></p>" for heading in pending_titles))
        )
    elif pending_titles:
        parts_with_text.append((" · ".join(pending_titles), ""))
    return [(title, split_into_slides(html, title)) for title, html in parts_with_text]


def _without_last_headings(html: str) -> tuple[str, list[str]]:
    """Return a part without the headings at its end, below which there is nothing, and the words of these headings."""
    if not any(f"</{name}>" in html[-2000:] for name in HEADINGS):
        return html, []
    root = markup.parse(html)
    heading_texts: list[str] = []
    while root.children:
        last = root.children[-1]
        if isinstance(last, Element) and last.tag in HEADINGS:
            heading_texts.insert(0, unescape(markup.text(last)))
        elif isinstance(last, Element) or last.strip():
            break
        root.children.pop()
    return (markup.write(root), heading_texts) if heading_texts else (html, [])


def _without_rules(html: str) -> markup.Element:
    """Return the tree of a part without its horizontal rules: a new slide does what they do."""
    root = markup.parse(html)
    markup.replace(root, lambda element: () if element.tag == "hr" else None)
    return root


def split_into_slides(html: str, title: str = "") -> tuple[str, ...]:
    """Return the HTML of each slide of a part.

    Args:
        html: of the whole part: paragraphs, lists, quotations, tables, one after another.
        title: the part's title, which every slide shows.
    """
    most_lines = _LINES - max(ceil(text_width(title) / _TITLE) - 1, 0)
    groups = _unbroken_groups(measure_children(_without_rules(html)), most_lines)
    if not groups:
        return (html,)
    ends = slide_ends(tuple(unit.height for unit in groups), most_lines)
    return tuple(
        "\n".join(unit.html for unit in groups[start:end]) for start, end in zip((0, *ends), ends, strict=False)
    )


def _unbroken_groups(blocks: list[Block], most_lines: float) -> list[Block]:
    """Return the groups that stay together: each piece of a block, and a heading with the first piece after it."""
    units: list[Block] = []
    headings: list[Block] = []
    for block in blocks:
        if block.heads or block.announces:
            headings.append(block)
            continue
        lines = most_lines - sum(heading.height for heading in headings)
        first, *further_blocks = _cut_block(block, _HEADED if headings else _MOST, lines)
        units += [_join_blocks([*headings, first]), *further_blocks]
        headings = []
    if headings:
        units[-1:] = [_join_blocks([*units[-1:], *map(_heading_as_paragraph, headings)])]
    return units


def _heading_as_paragraph(heading: Block) -> Block:
    """Return a heading with nothing below it as a paragraph in bold, and a paragraph unchanged.

    So no heading stands last on a slide.
    """
    if not heading.heads:
        return heading
    elements = []
    for element in heading.elements:
        paragraph = element.emptied()
        paragraph.rename("p")
        paragraph.children = [markup.element("strong", None, *element.children)]
        elements.append(paragraph)
    return Block(tuple(elements), heading.height)


def _join_blocks(blocks: list[Block]) -> Block:
    together = tuple(element for block in blocks for element in block.elements)
    return Block(together, sum(block.height for block in blocks))


def _cut_block(block: Block, most_letters: int, most_lines: float) -> list[Block]:
    """Return the pieces of a block, one for each slide that it fills; what cannot be cut stays whole and runs over."""
    if block.name == "table":
        return _cut_table(block.elements[0], most_lines)
    if (
        block.name != "pre"
        and block.wide <= most_letters
        and (block.height <= _lines_for(most_letters) or block.name not in {*_WRAPS, "li"})
    ):
        return [block]
    (element,) = block.elements
    if block.name in {"p", "pre"}:
        is_code = block.name == "pre"
        pieces = cut_code(element, most_lines - GAP) if is_code else _cut_paragraph(element, most_letters)
        return [measure_element(piece) for piece in pieces]
    if block.name in _WRAPS:
        return _cut_container(element, most_letters, most_lines) or [block]
    if block.name == "li":
        return _cut_entry(element, most_letters, most_lines) or [block]
    return [block]


def _cut_table(table: Element, most_lines: float) -> list[Block]:
    """Return the pieces of a table. No two of them fit on one slide, where the head would stand twice.

    Columns are narrower, and rows lower, in a piece without the longest words. So a little more may fit than it seems.
    """
    for lines in (most_lines - GAP, most_lines + 1):
        pieces = [measure_element(piece) for piece in cut_table(table, lines)]
        if all(one.height + other.height > most_lines for one, other in pairwise(pieces)):
            break
    return pieces


def _lines_for(most_letters: int) -> float:
    """Return the lines of a block of short entries."""
    return _LINES * most_letters / _MOST + 0.5  # the last entry needs no space below it


def _cut_paragraph(element: Element, most_letters: int) -> list[Element]:
    """Return a paragraph in several."""
    parts_done, remaining, remaining_width = [], element, printed_width(element)
    sizes = [len(markup.write(child)) for child in element.children]  # once: a paragraph may have thousands of children
    tags = len(element.start) + len(element.end)
    while (parts_left := ceil(remaining_width / most_letters)) > 1:
        length = tags + sum(sizes)
        cut = _best_cut(remaining, sizes, length / parts_left, length * most_letters / remaining_width)
        if not cut:
            break
        child, start, end = cut
        text = str(remaining.children[child])
        first, second = remaining.emptied(), remaining.emptied()
        first.children = [*remaining.children[:child], text[:start]]
        second.children = [text[end:], *remaining.children[child + 1 :]]
        sizes = [len(text) - end, *sizes[child + 1 :]]
        parts_done.append(first)
        remaining_width -= printed_width(first)
        remaining = second
    return [*parts_done, remaining]


def _best_cut(
    paragraph: Element, sizes: list[int], wanted_length: float, longest: float
) -> tuple[int, int, int] | None:
    """Return the best place to cut a paragraph near a length of its HTML.

    The index of the child, and start and end in it.

    Only text of its own is cut, not that of elements in it; what lies far behind is not looked at, to save time. A
    sentence longer than a slide is cut between its words, since its rest would stand on a slide without a heading.

    Args:
        paragraph: the paragraph.
        sizes: the length of the HTML of each of its children.
        wanted_length: the length near which to cut.
        longest: the length that a slide holds; only a piece that cannot be cut elsewhere is longer.
    """
    farthest = int(5 * wanted_length + 200)
    cuts: list[tuple[int, int, int, int]] = []
    for kind in _CUTS:
        place = len(paragraph.start)
        for number, child in enumerate(paragraph.children):
            if place > farthest:
                break
            if not isinstance(child, Element):
                # Tags and texts alternate.
                for match in kind.finditer(f">{child}<", 0, farthest - place + 2):
                    start, end = (offset - 1 for offset in match.span(match.lastindex or 0))
                    cuts.append((place + start, number, start, end))
            place += sizes[number]
        if fitting_cuts := [cut for cut in cuts if wanted_length / 3 <= cut[0] <= longest]:
            break
    best = min(fitting_cuts or cuts, key=lambda cut: abs(wanted_length - cut[0]), default=None)
    return best and best[1:]


def _cut_container(element: Element, most_letters: int, most_lines: float) -> list[Block]:
    """Return a quotation or a list in several, each with whole paragraphs or entries; a list's numbers go on."""
    inner_blocks = [
        block_piece
        for block in measure_children(element)
        for block_piece in _cut_block(block, most_letters, most_lines)
    ]
    start_number = element.get("start")
    count = int(start_number) if start_number.isdecimal() else 1
    blocks: list[Block] = []
    for group in _group_for_slides(inner_blocks, most_letters):
        part = element.emptied()
        if element.tag == "ol":
            part.drop("start")
            part.set("start", str(count))
        count += sum(entry.elements[0].get("class") != _REST for entry in group)
        for block_piece in group:
            part.children += ["\n", *block_piece.elements] if part.children else block_piece.elements
        blocks.append(measure_element(part))
    return blocks


def _cut_entry(entry: Element, most_letters: int, most_lines: float) -> list[Block]:
    """Return an entry of a list in several: its own words, in several too if they are many, with entries below it."""
    first, *further_blocks = measure_children(entry) or [measure_element(entry)]
    letters = max(most_letters - max(first.wide, ceil(first.height * _MOST / _LINES)), most_letters // 2, _LEAST)
    pieces = _cut_block(first, most_letters, most_lines) if first.name == "p" else [first]
    pieces += (piece for block in further_blocks for piece in _cut_block(block, letters, most_lines))
    if len(pieces) == 1:
        return []
    blocks: list[Block] = []
    for group in _group_for_slides(pieces, most_letters):
        part = entry.emptied()
        if blocks:
            part.set("class", _REST)
        part.children = [element for piece in group for element in piece.elements]
        blocks.append(measure_element(part))
    return blocks


def _group_for_slides(blocks: list[Block], most_letters: int) -> list[list[Block]]:
    """Return pieces in order, as many together as a slide holds, and never a heading last."""
    groups: list[list[Block]] = []
    letters_used, height_used = 0, 0.0
    for block in blocks:
        width = block.wide
        has_room = letters_used + width <= most_letters and height_used + block.height <= _lines_for(most_letters)
        if groups and (has_room or groups[-1][-1].heads):
            groups[-1].append(block)
            letters_used, height_used = letters_used + width, height_used + block.height
        else:
            groups.append([block])
            letters_used, height_used = width, block.height
    return groups
