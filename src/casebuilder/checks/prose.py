"""Texts: mistakes in Markdown, pasted remains, links, and where quotes are placed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casebuilder import markdown
from casebuilder.checks import picturenames
from casebuilder.checks.accessibility import texts_of
from casebuilder.markdown import Kind
from casebuilder.markup import address_hint, is_address
from casebuilder.model import Status
from casebuilder.problems import Problem
from casebuilder.slugs import slug
from casebuilder.text import EMAIL, Guesses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.markdown import Link, Target
    from casebuilder.model import Prose
    from casebuilder.model.series import Series

    Place = tuple[str, int, int]

#: Addresses that every site has.
PAGES = frozenset(
    (
        "",
        *("cases/", "experts/", "topics/", "competencies/", "collections/", "facilitators/", "facilitators/build/"),
        *("schedule/", "feed.xml", "atom.xml", "feed.json", "calendar.ics"),
    )
)
_NO_QUOTES_HERE = "delete it; quotes are placed in commentary.md"
_NEVER = "link to the case instead: the page shows it from the release on"


def findings(series: Series) -> Iterator[Problem]:
    """Report what the parser found in each text, once for each file."""
    read_texts: set[tuple[str, str]] = set()
    for text, _, _ in texts_of(series):
        full_text = text.path, text.whole
        if full_text not in read_texts:
            read_texts.add(full_text)
            has_quotes = text.path.endswith("/commentary.md")
            for finding in markdown.findings(text):
                hint = finding.hint if has_quotes or finding.code != "quote-line" else _NO_QUOTES_HERE
                yield Problem(text.path, *finding.place, finding.code, finding.message, hint)


def links(series: Series) -> Iterator[Problem]:
    """Every link leads somewhere, and to nothing sealed."""
    targets = _LinkTargets(series)
    for text, pictures, _ in texts_of(series):
        for link in markdown.facts(text).links:
            target = markdown.resolve(text.path, link.address, series.site_url)
            yield from targets.complaints(text, link, target, pictures)


def quote_places(series: Series) -> Iterator[Problem]:
    """A quote is placed in the commentary, on a line of its own outside lists and quotations."""
    for case in series.cases:
        sections = {section.body for section in case.commentary.sections} if case.commentary else set()
        for text in case.texts():
            for quote in markdown.facts(text).quotes:
                place = text.path, *quote.place
                if text not in sections:
                    yield Problem(*place, "quote-line", "no quote can be placed in this file", _NO_QUOTES_HERE)
                elif not quote.outermost:
                    hint = "begin the line at the left edge, with an empty line before it"
                    yield Problem(*place, "quote-line", "no quote can be placed in a list or a quotation", hint)


class _LinkTargets:
    """Everything that a link in the series can lead to."""

    def __init__(self, series: Series) -> None:
        self._cases = {case.slug: case for case in series.cases}
        self._drafts = {case.slug for case in series.cases if case.status is Status.DRAFT}
        self._unread = series.unread
        self._guesses = Guesses()
        self._anchors: dict[tuple[str, str], dict[str, bool]] = {}
        topics = {f"topics/{slug(topic)}/" for case in series.cases for topic in case.topics}
        people = {f"experts/{person.id}/" for person in series.people}
        collections = {f"collections/{collection.id}/" for collection in series.collections}
        board = {"team/"} if series.settings.team else set()
        self._pages = PAGES | topics | people | collections | board | series.pages | series.withheld

    def complaints(self, text: Prose, link: Link, target: Target, pictures: frozenset[str]) -> Iterator[Problem]:
        """Yield the problem of a link, if it has one."""
        place = text.path, *link.place
        if target.kind is Kind.REFUSED:
            hint = _meant_address(link.address) or "write an address that begins with https:// or mailto:"
            yield Problem(*place, "link-scheme", f'a link cannot lead to "{link.address}"', hint)
        elif target.kind is Kind.SEALED:
            yield Problem(
                *place, "sealed-link", f'"{link.address}" is a file, and pages show it only as a picture', _NEVER
            )
        elif target.kind is Kind.HERE:
            yield from self._check_anchor(text, link, target, place)
        elif target.kind is Kind.PICTURE and target.address not in pictures:
            likely = picturenames.meant(target.address, pictures)
            hint = f'did you mean "{likely}"?' if likely else "put the picture into the case's folder"
            yield Problem(*place, "dead-link", f"there is no picture {target.address}", hint)
        elif target.kind is Kind.NOWHERE:
            yield Problem(
                *place,
                "dead-link",
                f'the link "{unquote(link.address)}" leads nowhere',
                _hint_for_link(link),
                unquote(link.address),
            )
        elif target.kind is Kind.PAGE:
            yield from self._check_page(link, target, place)

    def _check_page(self, link: Link, target: Target, place: Place) -> Iterator[Problem]:
        top, _, remainder = target.address.partition("/")
        name = remainder.strip("/")
        if top != "cases" or not name:
            if target.address not in self._pages:
                yield Problem(
                    *place,
                    "dead-link",
                    f'the link "{unquote(link.address)}" leads nowhere',
                    _hint_for_link(link),
                    unquote(link.address),
                )
        elif name in self._drafts:
            message = f'"{name}" is a draft: until it opens, only the words of this link are printed'
            yield Problem(*place, "draft-link", message, "leave it, or delete the link")
        elif name not in self._cases and f"cases/{name}" not in self._unread and target.address not in self._pages:
            hint = self._guesses.did_you_mean(name, self._cases) or "see the names of the folders in cases/"
            yield Problem(*place, "dead-link", f'there is no case "{name}"', hint)

    def _check_anchor(self, text: Prose, link: Link, target: Target, place: Place) -> Iterator[Problem]:
        full_text = text.path, text.whole
        if full_text not in self._anchors:
            self._anchors[full_text] = self._anchors_of(text)
        anchors = self._anchors[full_text]
        if not target.fragment or target.fragment in anchors:
            return
        if markdown.is_note_mark(link.words, link.address.strip()):
            message = f'"{link.words}" leads to "#{target.fragment}", which is not here, and is printed without a link'
            yield Problem(*place, "note-mark", message, "delete the link" if target.fragment == "top" else _AS_FOOTNOTE)
        else:
            suggested_anchors = [name for name, suggested in anchors.items() if suggested]
            hint = _AS_FOOTNOTE if link.words.strip("[]().").isdigit() else _BY_ITS_WORDS
            hint = self._guesses.did_you_mean(target.fragment, suggested_anchors) or hint
            yield Problem(*place, "dead-link", f'there is no "#{target.fragment}" to link to', hint)

    def _anchors_of(self, text: Prose) -> dict[str, bool]:
        """Return what a link in a text can lead to on its own page, and whether it is suggested."""
        headings = markdown.whole(text).headings
        case = self._cases.get(text.path.split("/")[1] if "/" in text.path else "")
        names = dict.fromkeys((heading.id for heading in headings), False)
        names |= dict.fromkeys((heading.anchor for heading in headings), True)
        if case:
            names |= dict.fromkeys((f"question-{question.id}" for question in case.questions), True)
            names |= dict.fromkeys((f"reference-{work.id}" for work in case.works()), True)
        return names


_AS_FOOTNOTE = "write [^1], and [^1]: with the note's text on a line below; or delete the link"
_BY_ITS_WORDS = "link to a heading of this text by its words"
#: A possible host name: words with full stops between them, the last of letters only.
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
#: Endings of files, to tell a file name from a host name without https://.
_FILES = (".md", ".html", ".htm", ".yml", ".pdf", ".py", ".txt", ".doc", ".docx", ".png", ".jpg", ".jpeg", ".svg")


def _hint_for_link(link: Link) -> str:
    """Return how to write a link that leads nowhere."""
    if re.fullmatch(r"(?:https?://|www\.)\S+", link.words):
        return f"write [{unquote(link.address)}]({link.words}): words in square brackets, the address in round ones"
    if EMAIL.fullmatch(mail := unquote(link.address)):
        return f"write mailto:{mail} if everybody may see and use this address; if not, delete the link"
    return _hint_for_address(link.address)


#: The beginning of a web address with letters, a colon or a slash too many or too few, or twice.
_MISTYPED = r"(?:h{1,3}t{0,3}p{0,2}s?|ttps?|htps?|hptts?|httsp)[:;]?/{1,3}(?:https?:?/{1,2})?(?P<rest>[\w-]+\.\S+)"


def _meant_address(address: str) -> str:
    """Return the question for an address whose beginning is mistyped, or for a DOI or PMID; else nothing."""
    written = unquote(address)
    if match := re.match(r"(?:https?:/*)?(?:doi[:.]?\s*)?(?P<doi>10\.\d{4,9}/\S+)", written, re.IGNORECASE):
        return f"did you mean https://doi.org/{match['doi']}?"
    if match := re.match(r"(?:PMID|pubmed)[: ]*(?P<number>\d{4,9})$", written, re.IGNORECASE):
        return f"did you mean https://pubmed.ncbi.nlm.nih.gov/{match['number']}/?"
    match = re.match(_MISTYPED, address)
    return f"did you mean https://{match['rest']}?" if match else ""


def _hint_for_address(address: str) -> str:
    if not address:
        return "write the address between the round brackets, or delete all four brackets"
    if unquote(address)[:1] in "“”„″‘’":
        return 'put straight quotation marks (") in place of the curly ones'
    return _meant_address(address) or _hint_for_form(address)


def _hint_for_form(address: str) -> str:
    if not is_address(address):
        return address_hint(address)
    if re.match(r"https?://(?:localhost|127|0\.0)", address.lower()):
        return "only your own computer has this address: write the one that readers use"
    if address.lower().startswith(("http:", "https:", "mailto:")):
        return "write https:// or mailto: and the whole address, with %20 in place of each space"
    host, slash, _ = address.partition("/")
    if address.startswith("www.") or (_HOST.fullmatch(host) and (slash or not address.lower().endswith(_FILES))):
        return f"did you mean https://{address}?"
    return "link to a case as ../2026-03-late-handover/, to a page as /about/, or write the full address"
