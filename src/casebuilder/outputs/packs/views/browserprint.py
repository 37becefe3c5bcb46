"""The packs for a browser's own print dialogue: an edition of a case as an HTML page, and the style that sets it.

The site's pack builder joins these pages in a reader's browser. The templates and rules are those of the PDFs, so that
both say the same and look alike.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.editions import EDITIONS, of_state
from casebuilder.model import File, Use
from casebuilder.outputs.packs.views import firstpage
from casebuilder.outputs.packs.views.anchors import resolve_anchors
from casebuilder.outputs.packs.views.case import CaseView
from casebuilder.outputs.packs.views.paperhtml import PICTURES, fit_for_paper
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.markup import Element
    from casebuilder.published import PublishedSeries

#: The guide's brief is set for the smaller of the papers: a browser may print it on either.
_PAPER = "letter"
#: Attributes that name an element or a field.
_NAMES = ("id", "for", "name")
#: The beginning that a mark for room to write keeps.
_SPACE = "room-"
#: Page boxes with margin boxes. The pack builder makes its own, with the running lines of the cases it joins.
_PAGE_BOX = re.compile(r"@page[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}")
_WHOLE = re.compile(r"^(?::root|body)(?=\s*\{)", re.MULTILINE)


def screens(
    public: PublishedSeries, style: str = "", failed: Callable[[str, Exception], None] | None = None
) -> Iterator[File]:
    """Yield a page for each edition of each published case, and their style sheet.

    None if the series has packs turned off.

    Args:
        public: what `publish` returned.
        style: the series' own print style, which comes after ours.
        failed: called with the path of each page that cannot be made, and why; the others are made.
    """
    if not public.offers_packs:
        return
    yield File("packs/sheet.css", _nested_style(style).encode())
    for case in public.cases:
        for edition in of_state(case.state):
            if not edition.combines:
                continue
            path = f"packs/{case.slug}-{edition.name}.html"
            try:
                page = _page_html(CaseView(public, case, edition.name, _PAPER, uses=(Use.SITE, Use.PRINT)))
            except Exception as error:
                if failed is None:
                    raise
                failed(path, error)
            else:
                yield File(path, page.encode())


def _page_html(view: CaseView) -> str:
    template = environment("outputs.packs", view.language).get_template(f"{view.edition}.html.j2")
    root = resolve_anchors(template.render(view=view, set_first_page=firstpage.set_first_page, layout="screen.html.j2"))
    for body in markup.elements(root, "body"):
        for element in markup.elements(body):
            _make_unique(element, view.case.slug)
    return fit_for_paper(root, view.language)


def _make_unique(element: Element, slug: str) -> None:
    """Make an element one of a page that holds other cases too.

    It loses the measures that stand in for what WeasyPrint cannot do and a browser can, so that the page needs no
    inline style. Its picture is found from the folder of packs, its place beside other cases'.
    """
    element.drop("style")
    if (picture := element.get("src")).startswith(PICTURES):
        element.set("src", f"../{picture.removeprefix(PICTURES)}")
    for name in _NAMES:
        if element.has(name):
            place = element.get(name)
            prefix = _SPACE if name == "id" and place.startswith(_SPACE) else ""
            element.set(name, f"{prefix}{slug}-{place.removeprefix(prefix)}")
    if (link := element.get("href")).startswith("#"):
        element.set("href", f"#{slug}-{link[1:]}")


def _nested_style(series_style: str) -> str:
    """Return the rules of every edition, each kept to its own pages by nesting: the site's pages look otherwise."""
    folder = files("casebuilder.outputs.packs") / "templates"

    def nest(selector: str, css: str) -> str:
        return f"{selector} {{\n{_WHOLE.sub('&', _PAGE_BOX.sub('', css)).strip()}\n}}\n"

    styles = [(".cb-sheet", folder / name) for name in ("print.css", "volume.css", "screen.css")]
    styles += [
        (f".cb-sheet.{edition.name}", folder / f"{edition.name}.css") for edition in EDITIONS if edition.combines
    ]
    own_rules = [nest(selector, path.read_text(encoding="utf-8")) for selector, path in styles if path.is_file()]
    return "".join([*own_rules, *([nest(".cb-sheet", series_style)] if series_style.strip() else [])])
