"""Words of a hand-written page that browsers take for a tag and do not show, such as `Dear <name of patient>`.

MkDocs passes on whatever stands between < and >, so that a page may have any HTML. A word that is the name of no
element, or words in the place of attributes, are text that an author wanted to be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.pipeline.handwritten import linkprecheck

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A tag whose attributes have no value. Names with a hyphen are of elements that somebody defines (HTML, 4.13).
_TAG = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<words>(?:\s[^<>\"'=]*?)?)/?>")
#: The elements of HTML, with those that are no longer used; SVG and MathML have others.
_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote
        body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div
        dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header
        hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee menu meta meter nav
        nobr noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt
        rtc ruby s samp script search section select slot small source span strike strong style sub summary sup
        table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp""",
    )
)
#: Attributes that are written without a value, and `markdown`, which an extension of Python-Markdown knows.
_ALONE = frozenset(
    re.findall(
        r"\w+",
        """allowfullscreen async autofocus autoplay checked controls default defer disabled download formnovalidate
        hidden inert ismap itemscope loop markdown multiple muted nomodule noshade novalidate nowrap open
        playsinline popover readonly required reversed selected""",
    )
)


def found(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags of a page, outside of its code, that may be text.

    Args:
        text: the page's Markdown.
    """
    if "<" not in text or "<svg" in text or "<math" in text:
        return
    for part in linkprecheck.parts_outside_code(text) or (text,):
        for match in _TAG.finditer(part):
            in_marks = part[match.start() - 1 : match.start()] == "`" == part[match.end() : match.end() + 1]
            if not in_marks and _has_words(match) and not linkprecheck.is_code(part, match.start()):
                yield match


def _has_words(match: re.Match[str]) -> bool:
    words = match["words"].lower().split()
    return match["name"].lower() not in _ELEMENTS or (bool(words) and not _ALONE.intersection(words))


def lost(text: str, tags: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the line, the column and the text of each tag of a page that is text.

    Args:
        text: the page's Markdown.
        tags: the names of all elements in the page's HTML: what became code or a remark is not among them.
    """
    lines = linkprecheck.plain(text).split("\n")
    for tag in dict.fromkeys(match[0] for match in found(text) if match["name"].lower() in tags):
        shown = tag.split("\n", 1)[0]
        for number, line in enumerate(lines, 1):
            if shown in line:
                yield number, line.index(shown) + 1, tag
                break
