"""Redirects from old addresses of cases: pages that need no script and no server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import File, old_name
from casebuilder.wording import Translator
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import WithheldCase
    from casebuilder.published import PublishedCase, PublishedSeries


def render(public: PublishedSeries) -> Iterator[File]:
    """Yield a page for each alias of each case, below `cases/`; a file and no Markdown, so that no sitemap lists it."""
    for case in public.cases:
        yield from _redirect_pages(public, case, case.title, case.language)
    for withheld in public.withheld_cases:
        yield from _redirect_pages(public, withheld, "", public.language)


def _redirect_pages(
    public: PublishedSeries, case: PublishedCase | WithheldCase, title: str, language: str
) -> Iterator[File]:
    translator = Translator(language, public.zone)
    title = title or translator.gettext("This case is being corrected")
    template = environment("outputs.site", translator.language).get_template("moved.html.j2")
    for alias in case.aliases:
        name = old_name(alias)
        target = f"{'../' * (name.count('/') + 1)}{case.slug}/"
        html = template.render(series=public, slug=case.slug, title=title, translator=translator, here=target)
        yield File(f"cases/{name}/index.html", f"{html}\n".encode())
