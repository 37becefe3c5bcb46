"""The links of hand-written pages that MkDocs would warn about, and words that no browser shows, at their lines."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from casebuilder.markdown import definitions
from casebuilder.pipeline.handwritten import linkprecheck, renderedlinks, straytags
from casebuilder.problems import Problem
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline.extensiontrials import convertedpage
    from casebuilder.pipeline.handwritten.sitefiles import SiteFiles
    from casebuilder.pipeline.handwritten.validationlevels import Levels

_CODE = "page-link"
#: Python-Markdown's address of the place that refers to a footnote.
_NOTE = "fnref:"
#: A label and what Python-Markdown takes for its address: one word.
_LABEL = re.compile(r"[ ]{0,3}\[(?P<name>[^\[\]^][^\[\]]*)\]:[ ]*(?P<address>\S+)[ ]*$")
_CORRECT = "correct it, or delete the link"


@dataclass(eq=False)
class PageLinks:
    """The links of the hand-written pages of a site.

    Attributes:
        folder: the folder of pages, below the series' root.
        files: the files of the site.
        levels: what MkDocs warns about.
        extensions: what `renderedlinks.chosen` returns.
        converted: the pages that were converted, by their paths; filled while they are looked at.
    """

    folder: str
    files: SiteFiles
    levels: Levels
    extensions: dict[str, dict[str, object]]
    converted: dict[str, convertedpage.Page] = field(default_factory=dict)

    def problems(self, path: str, text: str) -> Iterator[Problem]:
        """Yield the problems of a page by its path below the folder of pages."""
        page = self._convert_once(path, text)
        name = f"{self.folder}/{path}"
        if page.fault:
            hint = "correct the page, or the options of its extensions in mkdocs.yml"
            yield Problem(name, 1, 1, "page-error", f"this page cannot be converted: {page.fault}", hint)
        lines = linkprecheck.plain(text).split("\n")
        for address in page.links:
            if fault := self._fault_of_link(path, address):
                yield Problem(name, *_place_of_address(lines, address), _CODE, *fault)
        for number, words in enumerate(lines, 1):
            if (label := _LABEL.match(words)) and _is_lost(label, text):
                yield Problem(name, number, 1, "lost-words", *definitions.taken_for_label(words.strip()))
        for line, column, tag in straytags.lost(text, page.tags):
            words = " ".join(tag.split())
            message = f"browsers take {words} for a tag, and do not show it"
            yield Problem(name, line, column, "lost-words", message, f"write &lt;{words[1:-1]}&gt;")

    def _convert_once(self, path: str, text: str) -> convertedpage.Page:
        if path not in self.converted:
            self.converted[path] = renderedlinks.convert(text, self.extensions)
        return self.converted[path]

    def _fault_of_link(self, page: str, address: str) -> tuple[str, str] | None:
        """Return message and hint for a link that MkDocs warns about, which it looks up like this; None for others."""
        try:
            scheme, host, path, _, fragment = urlsplit(address)
        except ValueError:  # it has its own report
            return None
        if scheme or host or not (path or fragment):
            return None
        absolute = address.startswith(("/", "\\"))
        if absolute and not self.levels.from_root:
            return self._absolute_link(page, path) if self.levels.absolute else None
        path = unquote(path)
        target = _target(page, path) if path else page
        if not self.files.has(target):
            is_file = absolute or bool(posixpath.splitext(path)[-1])
            return self._missing_target(page, address, target, is_file=is_file)
        return self._missing_anchor(page, target, fragment) if fragment and self.levels.anchors else None

    def _absolute_link(self, page: str, path: str) -> tuple[str, str]:
        existing_path = self._likely_page(unquote(path).lstrip("/\\"))
        hint = (
            f"write {_relative(existing_path, page)}"
            if existing_path
            else "write the path from this page, such as ../about.md"
        )
        return f'the link "{path}" begins with a slash, and MkDocs does not look where it leads', hint

    def _missing_target(self, page: str, address: str, target: str, *, is_file: bool) -> tuple[str, str] | None:
        if not (self.levels.not_found if is_file else self.levels.unrecognized):
            return None
        if self.files.is_waiting(target):
            return f'the link "{address}" leads to a case that is not public yet', "wait until it opens"
        message = f'the link "{address}" leads nowhere'
        if existing_path := self._likely_page(target):
            fragment = address.partition("#")[1:]
            return message, f"write {_relative(existing_path, page)}{''.join(fragment)}"
        if "@" in address and "/" not in address:
            return message, f"write mailto:{address}"
        suggestion = did_you_mean(
            _relative(target, page), (_relative(each, page) for each in self.files.texts), cutoff=0.75
        )
        return message, suggestion or _CORRECT

    def _likely_page(self, target: str) -> str:
        """Return the page that somebody means who writes its address, or the name of its folder; empty if none."""
        plain = re.sub(r"(\.html?|/)$", "", target)
        guesses = (f"{plain}.md", f"{plain}/index.md", f"{plain.removesuffix('index')}index.md".lstrip("/"), plain)
        return next((guess for guess in guesses if self.files.has(guess)), "")

    def _missing_anchor(self, page: str, target: str, fragment: str) -> tuple[str, str] | None:
        if target in self.files.texts:
            text = self.files.texts[target]
        elif target.endswith(".md") and self.files.is_sound:
            text = self.files.made.get(target, "")
        else:
            return None
        converted_page = self._convert_once(target, text)
        if fragment in converted_page.anchors or converted_page.fault:
            return None
        if fragment.startswith(_NOTE):
            return (
                f'nothing on this page refers to its footnote "[^{fragment.removeprefix(_NOTE)}]"',
                "refer to it, or delete it",
            )
        place = "on this page" if target == page else f"on the page {target}"
        suggestion = did_you_mean(fragment, converted_page.anchors) or "link to a heading by its words: #how-we-work"
        return f'there is no "#{fragment}" to link to {place}', suggestion


def _is_lost(label: re.Match[str], text: str) -> bool:
    """Return whether a line of a page is taken for a label, but has no address, and nothing uses it."""
    return not definitions.is_like_address(label["address"]) and text.count(f"[{label['name']}]") == 1


def _target(page: str, path: str) -> str:
    """Return the path of a link's target below the folder of pages, as MkDocs finds it."""
    full_path = posixpath.join(posixpath.dirname(page), path)
    target = posixpath.normpath(full_path.lstrip("/"))
    return page if posixpath.normpath(path) == "." else target


def _relative(target: str, page: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def _place_of_address(lines: list[str], address: str) -> tuple[int, int]:
    """Return the line and the column of an address in a page; its beginning if it is written in another way."""
    name = address.removeprefix("#")
    wanted = (address, unquote(address)) if not name.startswith(_NOTE) else (f"[^{name.removeprefix(_NOTE)}]:",)
    for spelling in wanted:
        pattern = re.compile(rf"(?:\]\([ ]?<?|\]:[ ]*<?|^[ ]*<?|(?<=[\s\"])){re.escape(spelling)}(?=[\s)>\"]|$)")
        for number, line in enumerate(lines, 1):
            if match := pattern.search(line):
                return number, match.end() - len(spelling) + 1
    return 1, 1
