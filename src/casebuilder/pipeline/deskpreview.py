"""The commentary as the case's page will show it from the release on, by the site's own template and styles."""

from __future__ import annotations

import html
from datetime import datetime, time
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder import markup, published
from casebuilder.model import Consent, ConsentState, Use, window
from casebuilder.outputs.site.pages import case as pages
from casebuilder.outputs.site.pages.siteview import SiteView
from casebuilder.pipeline import deskstyle

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.published import PublishedCase
    from casebuilder.readers import Case, Series

#: What the page of a case has besides what the desk itself uses.
_SHEETS = ("case",)
_STYLE = """
body { margin: 0; padding: 1.5rem; }
.cb-waiting { font-weight: 600; }
.cb-quote:has(> .cb-waiting) { outline: 2px dashed currentcolor; outline-offset: 0.25rem; }
a:not([href]) { color: inherit; text-decoration: none; }
"""
_EMPTY = "<p>There is no commentary yet: choose who curates, and make a theme.</p>"


def commentary(series: Series, case: Case, root: Path, *, pending: bool) -> str:
    """Return a page with a case's commentary as of its release, or of an author's last answer if that came later.

    Args:
        series: with the case and the people.
        case: as its files are now.
        root: the series' folder, whose cache keeps cut typefaces.
        pending: show quotes that wait for consent, too, each marked.
    """
    pending_ids = [quote.id for quote in case.quotes if quote.consent.state is ConsentState.PENDING and pending]
    as_if_granted = case.with_quotes(
        tuple(
            quote.with_consent(Consent(state=ConsentState.GRANTED, uses=quote.consent.uses))
            if quote.id in pending_ids
            else quote
            for quote in case.quotes
        )
    )
    shown_series = series.replaced(cases=(as_if_granted,), collections=()).with_drafts()
    answers = (datetime.combine(quote.consent.on, time.max, series.zone) for quote in case.quotes if quote.consent.on)
    public = published.publish(shown_series, max((window(case, series.zone)[2], *answers)))
    published_case = next((case_ for case_ in public.cases if case_.slug == case.slug), None)
    if published_case is None or published_case.commentary is None:
        return _html_page(_EMPTY, root, series.language)
    body = pages.commentary(SiteView(public, ()), published_case, "picture/").replace("<details", "<details open", 1)
    shown_body = _with_links(_mark_waiting(body, published_case, pending_ids))
    return _html_page(_notice(published_case, pending_ids) + shown_body, root, published_case.language)


def _notice(case: PublishedCase, pending_ids: list[str]) -> str:
    count = len([quote for quote in case.quoted(Use.SITE) if quote.id in pending_ids])
    if not count:
        return ""
    subject = "1 quote waits" if count == 1 else f"{count} quotes wait"
    return f'<p class="cb-meta">{subject} for consent. Without it the site does not show them.</p>'


def _mark_waiting(body: str, case: PublishedCase, pending_ids: list[str]) -> str:
    """Return HTML in which each quote that waits for consent says so."""
    for quote in (quote for quote in case.quoted(Use.SITE) if quote.id in pending_ids):
        opening = f'id="{quote.anchor}">'
        body = body.replace(opening, f'{opening}<p class="cb-meta cb-waiting" lang="en">Waits for consent</p>', 1)
    return body


def _with_links(body: str) -> str:
    """Return HTML whose links lead out of the commentary's preview into a new tab.

    The preview is a frame of the desk, in which no other page can be shown. A link to another page of the site leads
    nowhere yet, because that site is not built: only its words stay.
    """
    root = markup.parse(body)
    for link in markup.elements(root, "a"):
        address = link.get("href")
        if address.lower().startswith(("https:", "http:", "mailto:")):
            link.set("target", "_blank")
            link.set("rel", "noopener noreferrer")
        elif not address.startswith("#"):
            link.drop("href")
    return markup.write(root)


def _html_page(body: str, root: Path, language: str) -> str:
    folder = files("casebuilder.outputs.site").joinpath("theme", "assets", "stylesheets")
    sheets = "".join(folder.joinpath(f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
    return (
        f'<!doctype html><html lang="{html.escape(language)}"><head><meta charset="utf-8"><title>Preview</title>'
        f"<style>{deskstyle.look(root)}{sheets}{_STYLE}</style></head>"
        f'<body><main class="cb-main"><h2>Community commentary</h2>{body}</main></body></html>'
    )
