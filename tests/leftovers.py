"""What a page, a feed, a calendar or a mail says to its readers, and which words of it no catalogue knows.

For a series in the language of `pseudo`: every word in ordinary letters is one that no translator can reach.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import icalendar

import pseudo

if TYPE_CHECKING:
    from casebuilder.model import File, Page

#: What stays as it is in every language: addresses, names of things, formats, licences, codes of competencies, units.
NAMES = re.compile(
    r"""
    \w+://\S+ | \S+@\S+\.\w+ | (?<!\w)[\w.-]+\.(?:org|app|example|com)\b[^\s<>"]*  # addresses
    | \b(?:PDF|EPUB|RSS|QR|BibTeX|RIS|CSL-JSON|JSON|DOI|ORCID|UTC|A4|kB|MB|GitHub|giscus|Bluesky|Mastodon)\b
    | \b(?:ACGME|CanMEDS|AAMC)\b | ^(?:PC|MK|PBLI|ICS|PROF|SBP|PCP|KP|IPC|PPD)$
    | \bCC0?(?:\s|-)(?:BY(?:-\w\w)*\s?)?\d\.\d | \bet\sal\b | \bdoi:\S+ | urn:uuid:\S+ | \bAPA:
    | \{\w*\} | example/cases
    """,
    re.VERBOSE,
)
LETTERS = re.compile(r"[A-Za-z]{2,}")
#: Elements whose text nobody reads: data for machines, and fields to type in.
UNREAD = frozenset(("script", "style", "code", "kbd"))
#: Attributes that a reader sees or hears, or that a script says; and what begins those that hold ids and addresses.
SAID = frozenset(("alt", "title", "aria-label", "aria-description", "placeholder", "label", "aria-valuetext"))
METAS = re.compile(
    r"description|author|keywords|title|og:(?:title|description|site_name|image:alt)|DC\.(?:title|description)"
)
MACHINES = frozenset(
    (
        *("data-topic", "data-competency", "data-audience", "data-minutes", "data-kind", "data-season", "data-state"),
        *(
            "data-language",
            "data-note",
            "data-notes",
            "data-piece",
            "data-question",
            "data-slug",
            "data-editions",
            "data-for",
        ),
        *("data-search", "data-builder", "data-choices", "data-page", "data-step", "data-series", "data-id"),
        *("data-pagefind-meta", "data-pagefind-filter", "data-pagefind-weight", "data-repo", "data-repo-id"),
        *("data-category", "data-category-id", "data-term", "data-lang", "data-licence"),
    )
)


#: The parts of a feed and of a calendar that people read.
READ = frozenset(("title", "subtitle", "description", "summary", "content", "encoded", "rights", "copyright", "name"))
SPOKEN = ("SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME", "X-WR-CALDESC", "NAME", "CATEGORIES", "COMMENT")


class Heard(HTMLParser):
    """What a page says to its readers, piece by piece, each with where it stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if attributes.get("href", "").startswith("mailto:"):
            self.pieces.append((f"<{tag} href>", unquote(attributes["href"].partition("?")[2].replace("subject=", ""))))
        for name, value in attributes.items():
            if name in SAID or (name.startswith("data-") and name not in MACHINES):
                self.pieces.append((f"<{tag} {name}>", value))
        if tag == "meta" and METAS.fullmatch(attributes.get("name", attributes.get("property", ""))):
            self.pieces.append(
                (f"<meta {attributes.get('name', attributes.get('property'))}>", attributes.get("content", ""))
            )
        if tag not in {"meta", "link", "img", "br", "hr", "input", "wbr", "source", "col"}:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not UNREAD.intersection(self._inside):
            self.pieces.append((f"<{self._inside[-1] if self._inside else ''}>", " ".join(data.split())))


def leftovers(pieces: list[tuple[str, str]]) -> list[str]:
    """The pieces that have a word in ordinary letters, which nothing but a name may have."""
    without_names = ((place, NAMES.sub(" ", text)) for place, text in pieces)
    marked = ((place, LETTERS.sub(r"»\g<0>«", text)) for place, text in without_names if LETTERS.search(text))
    return list(dict.fromkeys(f"{place} {pseudo.narrow(text)[:400]}" for place, text in marked))


def first_seen(hits_by_path: dict[str, list[str]]) -> dict[str, str]:
    """Each leftover once, with the first file that it is in."""
    return {hit: path for path, hits in sorted(hits_by_path.items(), reverse=True) for hit in hits}


def in_html(html: str) -> list[str]:
    return leftovers(Heard(html).pieces)


def in_style(css: str) -> list[str]:
    """Words that a style sheet puts on the page."""
    stripped = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    matches = re.findall(r"(?:content|string-set|quotes)\s*:([^;}]*)", stripped)
    return leftovers([("css", text) for value in matches for text in re.findall(r'"([^"]*)"', value)])


def in_page(page: Page) -> list[str]:
    """Words of a page before MkDocs has it: its title and description, then Markdown that is HTML for the most part."""
    _, head, body = page.text.split("---\n", 2)
    matches = re.findall(r'^(?:title|description): "(.*)"$', head, re.MULTILINE)
    return [*leftovers([("front matter", text) for text in matches]), *in_html(body)]


def in_feed(file: File) -> list[str]:
    feed = json.loads(file.read())
    texts = [feed[key] for key in ("title", "description", "user_comment") if key in feed]
    for item in feed["items"]:
        texts += [item.get(key, "") for key in ("title", "summary", "content_html")]
        texts += [attached.get("title", "") for attached in item.get("attachments", ())]
    return [hit for text in texts for hit in in_html(text)]


def in_calendar(content: bytes) -> list[str]:
    events = icalendar.Calendar.from_ical(content).walk()
    return leftovers([(name, event[name].to_ical().decode()) for event in events for name in SPOKEN if name in event])


def in_mail(file: File) -> list[str]:
    text = file.read().decode()
    return in_html(text) if file.path.endswith(".html") else leftovers([("", text)])
