"""GitHub's notations on hand-written pages, which Python-Markdown would print as signs.

An extension for MkDocs' Markdown engine: boxes such as `> [!NOTE]`, tasks, bare addresses, and lists and tables that
begin right below a line of text. What a series' own
extensions make of them comes first. Strikethrough and separate quotations come from pymdownx, footnotes from
Python-Markdown itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE, AtomicString

from casebuilder import wording
from casebuilder.markdown import githubhtml

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown import Markdown

    Translate = Callable[[str], str]

NAME = __name__
#: The extensions that this one needs beside it, with their options.
BESIDE: dict[str, dict[str, object]] = {
    "footnotes": {},
    "pymdownx.quotes": {},
    "pymdownx.tilde": {"subscript": False},  # H~2~O has no meaning on GitHub
}
#: After the extensions of pymdownx that do the same, which a series may have chosen, and before the inside of lines.
_AFTER_OTHERS, _BEFORE_LINES = 24, 84.0
#: After code and blocks of HTML were put aside.
_AFTER_BLOCKS = 15
#: An entry of a list that may begin below a line of text (CommonMark 0.31, 5.3), and any entry.
_BEGINS_LIST, _ENTRY = re.compile(r" {0,3}(?:[-+*]|1\.)[ \t]+\S"), re.compile(r"\s*(?:[-+*]|\d+\.)[ \t]")
_RULE = re.compile(r"\s*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_DELIMITERS = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
#: What begins a block that is no paragraph, or one of an extension.
_NO_PARAGRAPH = re.compile(r" {4}|\t|\s*(?:[>|<:\x02]|```|~~~|!!!|\?\?\?|///|\[[^\]]+\]:|\*\[)")
_HEADING = re.compile(r"#{1,6}[ \t]")
_ALERT = re.compile(rf"\s*\[!({'|'.join(githubhtml.ALERTS)})\][ \t]*(?:\n|$)", re.IGNORECASE)
_TASK = re.compile(r"\[(?P<state>[xX ])\][ \t]+(?=\S)|\[ \]$")
_ADDRESS = r"(?<![^\s*_~(])(?:https?://|www\.)[^\s<\x02]+"
_EMAIL = r"(?<![\w.+-])(?:mailto:)?[A-Za-z0-9.+_-]+@[A-Za-z0-9_-][^\s<\x02]*"


class GitHubNotation(Extension):  # type: ignore[misc]  # Python-Markdown has no types
    """Adds GitHub's notations.

    Args:
        language: the language of the words that are added, such as "Note".
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Python-Markdown's form
        self.config = {"language": ["en", "the language of the words that are added"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register what reads each notation."""
        translate = wording.translations(self.getConfig("language")).gettext
        md.preprocessors.register(_BlocksBelowText(md), "casebuilder-blocks", _AFTER_BLOCKS)
        md.treeprocessors.register(_Alerts(md, translate), "casebuilder-alerts", _AFTER_OTHERS)
        md.treeprocessors.register(_Tasks(md, translate), "casebuilder-tasks", _AFTER_OTHERS)
        md.inlinePatterns.register(_BareAddress(_ADDRESS, md), "casebuilder-address", _BEFORE_LINES)
        md.inlinePatterns.register(_BareAddress(_EMAIL, md), "casebuilder-email", _BEFORE_LINES)


class _BlocksBelowText(Preprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    """Puts a blank line between a paragraph and the list or the table that begins right below it."""

    def run(self, lines: list[str]) -> list[str]:
        separated: list[str] = []
        in_paragraph = False
        for number, line in enumerate(lines):
            if not line.strip() or _HEADING.match(line):
                in_paragraph = False
            elif in_paragraph and (_begins_list(line) or _begins_table(lines[number : number + 2])):
                separated.append("")
                in_paragraph = False
            elif not separated or not separated[-1].strip() or _HEADING.match(separated[-1]):
                in_paragraph = not (_NO_PARAGRAPH.match(line) or _ENTRY.match(line))
            separated.append(line)
        return separated


def _begins_list(line: str) -> bool:
    return bool(_BEGINS_LIST.match(line)) and not _RULE.match(line)


def _begins_table(lines: list[str]) -> bool:
    """Return whether a line names columns: the next one has a stroke for each."""
    return len(lines) > 1 and all("|" in line for line in lines) and bool(_DELIMITERS.match(lines[1]))


class _Alerts(Treeprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    """Gives a quotation that begins with `[!NOTE]` its title, as in the texts of cases."""

    def __init__(self, md: Markdown, translate: Translate) -> None:
        super().__init__(md)
        self._translate = translate

    def run(self, root: Element) -> None:
        for quotation in root.iter("blockquote"):
            first = quotation[0] if len(quotation) else None
            match = _ALERT.match(first.text or "") if first is not None and first.tag == "p" else None
            if first is None or not match:
                continue
            quotation.set("class", "alert")
            first.text = (first.text or "")[match.end() :]
            if not first.text and not len(first):
                quotation.remove(first)
            title = Element("p")
            SubElement(title, "strong").text = AtomicString(githubhtml.alert_title(self._translate, match[1]))
            quotation.insert(0, title)


class _Tasks(Treeprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    """Gives an entry that begins with `[ ]` or `[x]` its box."""

    def __init__(self, md: Markdown, translate: Translate) -> None:
        super().__init__(md)
        self._translate = translate

    def run(self, root: Element) -> None:
        for entry in root.iter("li"):
            has_paragraph = len(entry) and entry[0].tag == "p" and not (entry.text or "").strip()
            holder = entry[0] if has_paragraph else entry
            if match := _TASK.match(holder.text or ""):
                box = githubhtml.task_box(self._translate, done=(match["state"] or " ") in "xX")
                holder.text = self.md.htmlStash.store(box.rstrip()) + " " + (holder.text or "")[match.end() :]


class _BareAddress(InlineProcessor):  # type: ignore[misc]  # Python-Markdown has no types
    """Makes a link of an address in the text, by GitHub's rule."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # noqa: N802 - Python-Markdown's name
        found = None if self._is_within_tag(data[: m.start()]) else githubhtml.bare_link(m[0])
        if not found:
            return None, None, None
        link = Element("a", {"href": found[0]})
        link.text = AtomicString(found[1])
        return link, m.start(), m.start() + len(found[1])

    def _is_within_tag(self, before: str) -> bool:
        """Return whether a link of the author's own HTML is open after some text."""
        is_open = False
        stashed = self.md.treeprocessors["inline"].stashed_nodes
        for placeholder in INLINE_PLACEHOLDER_RE.finditer(before):
            raw = HTML_PLACEHOLDER_RE.fullmatch(str(stashed.get(placeholder[1], "")))
            tag = str(self.md.htmlStash.rawHtmlBlocks[int(raw[1])]).lower() if raw else ""
            is_open = (is_open or tag.startswith(("<a ", "<a\n"))) and not tag.startswith("</a")
        return is_open


def makeExtension(**options: Any) -> GitHubNotation:  # noqa: ANN401, N802 - Python-Markdown's form and name
    """Return the extension; Python-Markdown calls this by its name."""
    return GitHubNotation(**options)
