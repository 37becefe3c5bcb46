"""Accessibility: what a reader who cannot see the page, or not all of it, needs of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder import outline
from casebuilder.problems import Problem
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Prose, Series

_EMPTY_WORDS = frozenset(
    [
        "here",
        "click here",
        "this",
        "this link",
        "link",
        "more",
        "read more",
        "see here",
        "this page",
        "this article",
        "this paper",
        "website",
    ]
)
_EMPTY_ALTS = frozenset(
    ["image", "picture", "photo", "photograph", "figure", "graphic", "illustration", "drawing", "img"]
)
_BARE = re.compile(r"(?<![(\[<\"'=\w])(?<!\]: )https?://[^\s<>)\]]++|<https?://[^<>\s]++>")
#: Elements that an author may think of and that no page of ours lets through; `prose` says which it does.
_UNSAFE = re.compile(
    r"<\s*(?:script|style|iframe|frame|object|embed|form|input|button|textarea|select|label|link|meta|base|video|audio"
    r"|source|picture|svg|canvas|map|details|dialog|font|center|marquee|noscript|template)\b"
    r"|<[^<>]+\son\w+\s*=",
    re.IGNORECASE,
)


def _texts(series: Series) -> Iterator[tuple[Prose, frozenset[str], int]]:
    """Every Markdown text, the pictures it may show, and the level that its headings begin at."""
    for case in series.cases:
        whole = {response.body for response in case.responses}
        for text in case.texts():
            yield text, case.pictures, 2 if text in whole else 3
    for person in series.people:
        yield person.biography, series.pictures, 2


def headings(series: Series) -> Iterator[Problem]:
    """Headings begin below the page's title, skip no level and say something."""
    for text, _, top in _texts(series):
        before = top - 1
        for heading in outline.headings(text.source):
            place = text.at(heading.start)
            if not heading.text:
                yield Problem(*place, "empty-heading", "the heading has no words", "write them, or delete the line")
            if heading.level == 1:
                hint = 'begin it with "## " or "### "; the page has its title already'
                yield Problem(*place, "heading-one", "a text has no first-level heading of its own", hint)
            elif heading.level > before + 1:
                above = "the page's title" if before == 1 else f"one of level {before}"
                message = f"a heading of level {heading.level} follows {above}"
                hint = f'begin it with "{"#" * (before + 1)} "'
                yield Problem(*place, "heading-level", message, hint)
            before = max(heading.level, top - 1)


def pictures(series: Series) -> Iterator[Problem]:
    """Pictures exist, stand in the series, and say in words what they show."""
    for text, known, _ in _texts(series):
        for image in outline.images(text.source):
            place = text.at(image.start)
            yield from _alternative(image.label, image.target, place)
            yield from _exists(image.target, text.path, known, place)
    for case in series.cases:
        if case.image:
            place = case.origin.at("image", "file")
            yield from _alternative(case.image.alt, case.image.file, case.origin.at("image", "alt"))
            yield from _exists(case.image.file, case.origin.path, case.pictures, place)
    for person in series.people:
        if person.photo:
            yield from _exists(
                person.photo.file, person.origin.path, series.pictures, person.origin.at("photo", "file")
            )


def _alternative(alt: str, file: str, place: tuple[str, int, int]) -> Iterator[Problem]:
    if not alt:
        hint = "say in a sentence what it shows; who cannot see it hears this instead"
        yield Problem(*place, "missing-alt", f"the picture {file} has no alternative text", hint)
    elif (
        alt.casefold().strip(".") in _EMPTY_ALTS
        or alt == file
        or re.search(r"\.(jpe?g|png|svg|webp)$", alt, re.IGNORECASE)
    ):
        hint = "say what one would see, not that there is a picture"
        yield Problem(*place, "poor-alt", f'"{alt}" does not say what the picture shows', hint)


def _exists(file: str, text: str, known: frozenset[str], place: tuple[str, int, int]) -> Iterator[Problem]:
    if re.match(r"[a-z]+:|//", file):
        hint = "put the picture into the case's folder; pages ask no other host for anything"
        yield Problem(*place, "picture-outside", f"the picture {file} stands elsewhere", hint)
        return
    path = outline.picture_path(text, file)
    folder, _, name = path.rpartition("/")
    if ".." in path.split("/"):
        folder = outline.picture_path(text, "x").rpartition("/")[0]
        yield Problem(*place, "picture-outside", f"the picture {file} is not in {folder}/", "copy it there")
    elif path not in known:
        own = outline.picture_path(text, "")
        near = did_you_mean(path, known)
        hint = near.replace(own, "") or f"put {name} into {folder}/"
        yield Problem(*place, "missing-picture", f"there is no picture {path}", hint)


def links(series: Series) -> Iterator[Problem]:
    """A link's words say where it leads, also to somebody who hears a list of links."""
    for text, _, _ in _texts(series):
        for link in outline.links(text.source):
            place = text.at(link.start)
            if link.label.casefold().strip(".: ") in _EMPTY_WORDS:
                message = f'the link text "{link.label}" does not say where it leads'
                yield Problem(*place, "link-text", message, "name the page or the document")
            elif not link.label or re.match(r"https?://|www\.", link.label):
                message = "the link's text is an address" if link.label else "the link has no text"
                yield Problem(*place, "link-text", message, "name the page or the document")
        for match in _BARE.finditer(outline.visible(text.source)) if "http" in text.source else ():
            hint = "write [what it is](address)"
            yield Problem(*text.at(match.start()), "bare-link", "an address stands bare in the text", hint)


def markup(series: Series) -> Iterator[Problem]:
    """HTML that the sanitiser takes out is better not written."""
    for text, _, _ in _texts(series):
        for match in _UNSAFE.finditer(outline.visible(text.source)) if "<" in text.source else ():
            hint = "write Markdown; scripts, frames and forms are taken out"
            message = f'"{match.group()[:40]}" would be taken out of the text'
            yield Problem(*text.at(match.start()), "unsafe-html", message, hint)
