"""The HTML of pages before and after MkDocs' Markdown engine.

Generated pages are taken past it, because it would only copy their HTML, and slowly.

A generated page is Markdown headings and blocks of HTML without a blank line. Python-Markdown reads each block letter
by letter to find its end, which took a sixth of the time of a build of 120 cases. A short element stands for each block
meanwhile.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder import markup

if TYPE_CHECKING:
    from collections.abc import Iterator

_STAND_IN = '<div id="casebuilder-block-{}"></div>'
#: Words of code within which a browser may begin a new line.
_BREAKABLE = re.compile(r"[^\s]*[-/?][^\s]*")
_ANCHOR = re.compile(r'\sid="([^"]+)"')


def put_aside(markdown: str) -> tuple[str, tuple[str, ...]]:
    """Return the Markdown of a generated page with a short element for each block of HTML, and the blocks."""
    blocks: list[str] = []
    paragraphs = markdown.split("\n\n")
    for place, paragraph in enumerate(paragraphs):
        block = paragraph.rstrip()
        if block.startswith("<") and block.endswith(">"):
            paragraphs[place] = _STAND_IN.format(len(blocks)) + paragraph.removeprefix(block)
            blocks.append(block)
    return "\n\n".join(paragraphs), tuple(blocks)


def is_whole(html: str, blocks: tuple[str, ...]) -> bool:
    """Return whether a converted page still has each stand-in once: an extension may rewrite the HTML of a page."""
    return all(html.count(_STAND_IN.format(number)) == 1 for number in range(len(blocks)))


def put_back(html: str, blocks: tuple[str, ...]) -> str:
    """Return the converted page with its blocks, which are in the same order."""
    pieces: list[str] = []
    for number, block in enumerate(blocks):
        before, _, html = html.partition(_STAND_IN.format(number))
        pieces += (before, block)
    return "".join((*pieces, html))


def anchors(blocks: tuple[str, ...]) -> frozenset[str]:
    """Return the ids in the blocks: MkDocs checks links to them."""
    return frozenset(name for block in blocks for name in _ANCHOR.findall(block))


def with_whole_words(html: str) -> str:
    """Return a converted page whose tables have code that a browser breaks at spaces only, never within an option.

    CSS has no rule for that: either nothing breaks, or `--keep-going` does after each hyphen.
    """
    if "<table" not in html:
        return html
    root = markup.parse(html)
    for table in markup.elements(root, "table"):
        for code in markup.elements(table, "code"):
            code.children = [part for child in code.children for part in _keep_words_whole(child)]
    return markup.write(root)


def folder_address(address: str) -> str:
    """Return the address of a page by its folder, also where MkDocs names the file in it.

    "cases/index.html" gives "cases/", and "index.html" gives "".
    """
    return re.sub(r"(^|/)index\.html$", r"\1", address)


def _keep_words_whole(child: markup.Node) -> Iterator[markup.Node]:
    if not isinstance(child, str) or isinstance(child, markup.Other):
        yield child
        return
    end = 0
    for word in _BREAKABLE.finditer(child):
        yield child[end : word.start()]
        yield markup.element("span", {"class": "cb-whole"}, word[0])
        end = word.end()
    yield child[end:]
