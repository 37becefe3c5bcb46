"""The packs for a browser's own print dialogue: an edition of a case as an HTML page, and the style that sets it.

The site's pack builder joins these pages in a reader's browser. The templates and rules are those of the PDFs, so that
both say the same and look alike.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.editions import EDITIONS, of_state
from casebuilder.model import File
from casebuilder.outputs.packs.views import brief
from casebuilder.outputs.packs.views.anchors import anchored
from casebuilder.outputs.packs.views.sheet import Sheet
from casebuilder.outputs.packs.views.typeset import PICTURES, mended
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.published import PublishedSeries


#: The guide's brief is set for the smaller of the papers: a browser may print it on either.
_PAPER = "letter"
_TAG = re.compile(r"<[a-z][^<>]*>")
#: What names a place or a field in a document, or leads to one; a mark for room to write keeps its own beginning.
_PLACE = re.compile(r'\b(id="(?:room-)?|href="#|for="|name=")')
#: Measures that stand in for what WeasyPrint cannot do and a browser can. Without them a page needs no inline style.
_MEASURE = re.compile(r' style="[^"]*"')
_PICTURE = re.compile(f' src="{re.escape(PICTURES)}')
#: Page boxes, which hold margin boxes. The builder makes its own, with the running lines of what it joins.
_PAGE_BOX = re.compile(r"@page[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}")
_WHOLE = re.compile(r"^(?::root|body)(?=\s*\{)", re.MULTILINE)


def screens(public: PublishedSeries, style: str = "") -> Iterator[File]:
    """A page for each edition of each published case, and their style sheet; nothing if the series wants no packs.

    Args:
        public: what `publish` returned.
        style: the series' own print style, which comes after ours.
    """
    if not public.offers_packs:
        return
    yield File("packs/sheet.css", _style(style).encode())
    for case in public.cases:
        for edition in of_state(case.state):
            if edition.combines:
                page = _page(Sheet(public, case, edition.name, _PAPER))
                yield File(f"packs/{case.slug}-{edition.name}.html", page.encode())


def _page(sheet: Sheet) -> str:
    template = environment("outputs.packs", sheet.language).get_template(f"{sheet.edition}.html.j2")
    made = anchored(template.render(sheet=sheet, brief_size=brief.size, layout="screen.html.j2"))
    page = mended(made, sheet.language)
    head, begins, body = page.partition("<body>")
    return "".join((head, begins, _TAG.sub(lambda tag: _joined(tag, sheet.case.slug), body)))


def _joined(tag: re.Match[str], slug: str) -> str:
    """A tag without measures of print. Its picture is found from the folder of packs, its place beside other cases'."""
    bare = _PICTURE.sub(' src="../', _MEASURE.sub("", tag[0]))
    return _PLACE.sub(lambda place: f"{place[1]}{slug}-", bare)


def _style(own: str) -> str:
    """The rules of every edition, each kept to its own sheets by nesting: the site's pages look otherwise."""
    folder = files("casebuilder.outputs.packs") / "templates"

    def nested(selector: str, css: str) -> str:
        return f"{selector} {{\n{_WHOLE.sub('&', _PAGE_BOX.sub('', css)).strip()}\n}}\n"

    sheets = [(".cb-sheet", folder / name) for name in ("print.css", "binding.css", "screen.css")]
    sheets += [(f".cb-sheet.{one.name}", folder / f"{one.name}.css") for one in EDITIONS if one.combines]
    ours = [nested(selector, sheet.read_text(encoding="utf-8")) for selector, sheet in sheets if sheet.is_file()]
    return "".join([*ours, *([nested(".cb-sheet", own)] if own.strip() else [])])
