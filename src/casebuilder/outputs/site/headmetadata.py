"""The head metadata of pages, for link previews, reference managers and search engines.

A page gets it as the mapping `metadata` of its front matter, which the theme prints and another engine may leave
alone. Nothing of it is in a page's text, so it is added to pages that are made already.

Forms: Highwire's tags as Google Scholar and Zotero read them; Dublin Core 1.1 in HTML (DC-HTML); schema.org as JSON-LD.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from casebuilder.editions import READING_COPY
from casebuilder.model import CARD_SIZE, card_path
from casebuilder.outputs.site import linkeddata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebuilder.model import Pack, Page
    from casebuilder.published import PublishedCase, PublishedPerson, PublishedSeries

#: Characters that YAML forbids in every string; see pages.document.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
#: Pictures that programs show in a link preview; none of them draws an SVG.
_LINK_PREVIEW_FORMATS = (".jpg", ".jpeg", ".png", ".webp")
#: Pages that only list others. The search leaves them out: it finds the listed pages themselves.
_LISTS = re.compile(
    r"((cases|experts|collections|competencies|search)/|topics/(.+/)?|schedule/(.+/)?|facilitators/(build/)?)?index\.md"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head metadata of one page.

    Attributes:
        type: Open Graph's word for what the page is about.
        meta: names and contents of `meta` elements, in order.
        image: a picture of the site for link previews, what it shows in words, and for a card its width and height in
            pixels; None for the card of the series, which the theme gives to every other page.
        data: objects of schema.org.
    """

    type: str = "website"
    meta: tuple[tuple[str, str], ...] = ()
    image: tuple[str, str] | tuple[str, str, int, int] | None = None
    data: tuple[Mapping[str, object], ...] = ()

    def front_matter(self) -> dict[str, object]:
        """Return the values for the front matter, without empty ones."""
        values = {
            "type": self.type,
            "meta": self.meta,
            "image": self.image,
            "data": [linkeddata.script(each) for each in self.data],
        }
        return {name: value for name, value in values.items() if value}


def render(public: PublishedSeries, pages: Iterable[Page], packs: Sequence[Pack] = ()) -> Iterator[Page]:
    """Yield the pages, each with its head metadata.

    Args:
        public: a published series.
        pages: made from the same series.
        packs: what was printed.
    """
    heads = {"index.md": Head(image=(card_path(), public.name, *CARD_SIZE), data=(linkeddata.website(public),))}
    printed = {pack.subject: pack.path for pack in packs if (pack.edition, pack.paper) == (READING_COPY.name, "a4")}
    heads |= {f"{case.address}index.md": _case_head(public, case, printed) for case in public.cases}
    heads |= {f"{person.address}index.md": _person_head(person) for person in public.people}
    withheld = {f"cases/{case.slug}/index.md" for case in public.withheld_cases}
    for page in pages:
        lines = [f"metadata: {_quote_yaml(heads.get(page.path, Head()).front_matter())}"]
        if _LISTS.fullmatch(page.path) or page.path in withheld:
            lines.append("search: {exclude: true}")
        start, text = page.text[:4], page.text[4:]
        yield replace(page, text="".join((start, *(f"{line}\n" for line in lines), text)))


def _quote_yaml(value: object) -> str:
    """Return a value as JSON, which is YAML on one line once a few characters are escaped."""
    json_text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", json_text)


def _case_head(public: PublishedSeries, case: PublishedCase, printed: dict[str, str]) -> Head:
    # Not the case's own picture: a link preview cuts it to another shape, and shows it without its credit and licence,
    # or before anybody has read the content note.
    card = (card_path(case.slug), f"{case.title} – {public.name}", *CARD_SIZE)
    if case.is_withdrawn:
        return Head(type="article", image=card)
    data = [linkeddata.case(public, case), linkeddata.discussion(public, case)]
    if case.paper:
        data.append(linkeddata.paper(case.paper))
    pack = printed.get(case.slug, "")
    return Head(
        type="article",
        meta=(*_article_facts(case), *(_citation_tags(public, case, pack) if case.is_complete else ())),
        image=card,
        data=tuple(data),
    )


def _person_head(person: PublishedPerson) -> Head:
    photo = person.photo
    return Head(
        type="profile",
        image=(quote(photo.path), photo.alt) if photo and photo.path.lower().endswith(_LINK_PREVIEW_FORMATS) else None,
        data=(linkeddata.person(person),),
    )


def _article_facts(case: PublishedCase) -> Iterator[tuple[str, str]]:
    """Open Graph's facts of an article."""
    yield "article:published_time", case.opens.isoformat()
    if case.revised_on:
        yield "article:modified_time", max(case.revised_on).isoformat()
    for topic in case.topics:
        yield "article:tag", topic


def _citation_tags(public: PublishedSeries, case: PublishedCase, pack: str) -> Iterator[tuple[str, str]]:
    """Yield Highwire's tags, then Dublin Core's, of a released case."""
    work = case.citation.work
    names = [person.cited.inverted for person in work.authors]
    rows = (
        ("citation_title", work.title),
        *(("citation_author", name) for name in names),
        ("citation_publication_date", str(work.issued).replace("-", "/")),
        ("citation_journal_title", work.container),
        ("citation_volume", work.volume),
        ("citation_issue", work.issue),
        ("citation_doi", work.doi),
        ("citation_language", work.language),
        ("citation_keywords", "; ".join(work.keywords)),
        ("citation_public_url", work.address),
        ("citation_pdf_url", public.url(pack) if pack else ""),
        ("DC.title", work.title),
        *(("DC.creator", name) for name in names),
        ("DC.date", str(work.issued)),
        ("DC.publisher", work.container),
        ("DC.type", "Text"),
        ("DC.language", work.language),
        *(("DC.subject", topic) for topic in work.keywords),
        ("DC.description", work.abstract),
        ("DC.identifier", work.found_at),
        ("DC.rights", case.licence.address),
    )
    return ((name, content) for name, content in rows if content)
