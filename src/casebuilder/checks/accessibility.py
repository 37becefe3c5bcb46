"""Accessibility: headings, pictures and links work for readers who cannot see the page."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casebuilder import markdown
from casebuilder.checks import picturenames
from casebuilder.problems import Problem
from casebuilder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.markdown import Heading
    from casebuilder.model import Prose
    from casebuilder.model.series import Series

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


def texts_of(series: Series) -> Iterator[tuple[Prose, frozenset[str], int]]:
    """Yield every Markdown text, with the pictures it may show and the level of its first heading."""
    for case in series.cases:
        response_bodies = {response.body for response in case.responses}
        for text in case.texts():
            yield text, case.pictures, 2 if text in response_bodies else 3
    for person in series.people:
        yield person.biography, series.pictures, 2
    for collection in series.collections:
        yield collection.text, series.pictures, 2


def headings(series: Series) -> Iterator[Problem]:
    """Headings begin below the page's title, skip no level and have words."""
    titles = {case.slug: case.title for case in series.cases}
    for text, _, top in texts_of(series):
        level_above = top - 1
        for heading in markdown.facts(text).headings:
            place = text.path, *heading.place
            if not heading.text:
                yield Problem(*place, "empty-heading", "the heading has no words", "write them, or delete the line")
            if heading.level == 1:
                hint = _hint_for_title(text, heading, titles.get(f"{text.path}/".split("/")[1], ""))
                yield Problem(*place, "heading-one", "the page already has its title", hint)
            elif heading.level > level_above + 1:
                heading_above = "the page's title" if level_above == 1 else f"one of level {level_above}"
                message = f"a heading of level {heading.level} follows {heading_above}"
                hint = f'begin it with "{"#" * (level_above + 1)} "'
                yield Problem(*place, "heading-level", message, hint)
            level_above = max(heading.level, top - 1)


def _hint_for_title(text: Prose, heading: Heading, title: str) -> str:
    """Return what to do with a first-level heading: to delete a title, and to write any other one level below."""
    line = heading.place[0] - text.whole_line
    lines = text.whole.split("\n")
    name = PurePosixPath(text.path).name
    is_underlined = heading.lines > 1
    remove = "delete both lines" if is_underlined else "delete the line"
    write = f'write "## {heading.text}" in place of both lines' if is_underlined else 'begin this heading with "## "'
    if slug(heading.text) in {slug(title), *_OWN_TITLES.get(name, ())} - {""}:
        return f"{remove}: the page prints this title itself"
    if "{#" in lines[line]:
        return 'begin this heading with "## " or "### "'
    if name in _SECTIONS:
        return f"{remove}; {_SECTIONS[name]}"
    if not any(map(str.strip, lines[:line])):
        return f"if it is the title of the whole text, {remove}; if not, {write}"
    return write if is_underlined else 'begin this heading with "## " or "### "'


#: Titles that pages print above a text, by its file.
_OWN_TITLES = {
    "scenario.md": ("scenario", "story", "the-story", "the-case", "case"),
    "questions.md": ("questions",),
    "commentary.md": ("commentary",),
    "paper.md": ("paper", "the-paper"),
    "facilitation.md": ("facilitation", "notes", "facilitation-notes", "notes-for-facilitators"),
}
#: Files in which a heading with ## begins something that has an id, and how it is written.
_SECTIONS = {
    "commentary.md": "a theme begins with ## and ends in its id: ## What a list hides {#lists}",
    "facilitation.md": "notes on a question begin with ## and end in its id: ## What would you do? {#do}",
}


def pictures(series: Series) -> Iterator[Problem]:
    """Pictures exist, are in the series, and have alternative text."""
    for text, files, _ in texts_of(series):
        for image in markdown.facts(text).pictures:
            place = text.path, *image.place
            if markdown.picture_on_web(image.file):
                message = f"the picture {image.file} is on another site, and readers get a link to it"
                hint = "to show it, put it into the case's folder: pages load nothing from other sites"
                yield Problem(*place, "linked-picture", message, hint)
                continue
            yield from _check_alternative_text(image.alt, image.file, place)
            yield from _check_picture_exists(image.file, text.path, files, place)
    for case in series.cases:
        if case.image:
            place = case.origin.at("image", "file")
            yield from _check_alternative_text(case.image.alt, case.image.file, case.origin.at("image", "alt"))
            yield from _check_picture_exists(case.image.file, case.origin.path, case.pictures, place)
    for person in series.people:
        if person.photo:
            yield from _check_picture_exists(
                person.photo.file, person.origin.path, series.pictures, person.origin.at("photo", "file")
            )


def _check_alternative_text(alt: str, file: str, place: tuple[str, int, int]) -> Iterator[Problem]:
    if not alt:
        hint = "describe in a sentence what it shows, for readers who cannot see it"
        yield Problem(*place, "missing-alt", f"the picture {unquote(file)} has no alternative text", hint)
    elif (
        alt.casefold().strip(".") in _EMPTY_ALTS
        or alt in {file, unquote(file)}
        or re.search(r"\.(jpe?g|png|svg|webp)$", alt, re.IGNORECASE)
    ):
        hint = "describe what it shows, not that it is a picture"
        yield Problem(*place, "poor-alt", f'"{alt}" does not say what the picture shows', hint)


def _check_picture_exists(
    file: str, text_path: str, files: frozenset[str], place: tuple[str, int, int]
) -> Iterator[Problem]:
    if re.match(r"[a-z]:(?:[\\/]|%5c)|file:", file, re.IGNORECASE):
        name = re.split(r"[\\/]|%5c", file, flags=re.IGNORECASE)[-1]
        hint = f"put it into the case's folder, and write only its name: {name}"
        yield Problem(*place, "picture-outside", f"the picture {name} is on your own computer", hint)
        return
    if re.match(r"[a-z]+:|//", file, re.IGNORECASE):
        if file.casefold().startswith("data:"):
            hint = "save it as a file in the case's folder, and write its name here"
            yield Problem(*place, "picture-outside", "the picture is in the text itself, as a program wrote it", hint)
            return
        hint = "put the picture into the case's folder: pages load nothing from other sites"
        yield Problem(*place, "picture-outside", f"the picture {file} is on another site", hint)
        return
    if file.startswith("#"):
        message = f'"!" before a link makes it a picture, and "{file}" is none'
        yield Problem(*place, "missing-picture", message, r"write \! to print an exclamation mark before a link")
        return
    path = markdown.picture(text_path, file)
    folder, _, name = path.rpartition("/")
    if ".." in path.split("/"):
        folder = markdown.picture(text_path, "x").rpartition("/")[0]
        yield Problem(*place, "picture-outside", f"the picture {unquote(file)} is not in {folder}/", "copy it there")
    elif path not in files:
        text_folder = markdown.picture(text_path, "")
        reason, hint = picturenames.advice(path, folder)
        near = [each for each in files if each.startswith(text_folder)]
        if encoded := picturenames.encoded(path, near):
            _, _, old = encoded.rpartition("/")
            hint = f"rename {old} {picturenames.renamed(encoded)}, here and in the text: in an address, % begins a code"
        elif meant := picturenames.meant(path, near):
            hint = f'did you mean "{meant.removeprefix(text_folder)}"?'
        elif file.startswith(("/", "{")):
            hint = f"put {name} into the folder of this text, and write only its name: {name}"
        yield Problem(*place, "missing-picture", f"there is no picture {path}{reason}", hint, path)


def links(series: Series) -> Iterator[Problem]:
    """The words of a link say where it leads, even when read without the text around it."""
    for text, _, _ in texts_of(series):
        for link in markdown.facts(text).links:
            place = text.path, *link.place
            if link.bare and link.address.startswith("mailto:"):
                continue  # an email address is a matter of privacy, with a rule of its own
            if link.bare and _is_in_broken_link(text, link.place):
                continue
            if link.bare:
                hint = "write [what it is](address)"
                yield Problem(*place, "bare-link", "this address has no words", hint)
            elif link.words.casefold().strip(".: ") in _EMPTY_WORDS:
                message = f'the link text "{link.words}" does not say where it leads'
                yield Problem(*place, "link-text", message, "say what the link leads to")
            elif not link.words or re.match(r"https?://|www\.", link.words):
                message = "the link's text is an address" if link.words else "the link has no text"
                yield Problem(*place, "link-text", message, "say what the link leads to")


#: What is before the address of a mistyped link, which GitHub's rule makes a link of its own.
_BEFORE_ADDRESS = re.compile(r"[\])][ \t\u00a0]{0,3}[(\[{<]?<?\Z|^[ \t>]*[(<]\Z")


def _is_in_broken_link(text: Prose, place: tuple[int, int]) -> bool:
    """Return whether a bare address is the address of a mistyped link, which is reported as a whole."""
    line, column = place
    before = text.whole.split("\n")[line - text.whole_line][: column - 1]  # a note may stand in another section
    return bool(_BEFORE_ADDRESS.search(before)) and any(
        finding.code == "broken-link" and (line - 1, 1) <= finding.place <= place for finding in markdown.findings(text)
    )
