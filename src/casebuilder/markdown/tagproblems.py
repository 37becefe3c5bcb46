"""Problems of HTML tags in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.markdown.parserproblems import shown
from casebuilder.markdown.tags import Kind, is_lost_span

if TYPE_CHECKING:
    from casebuilder.markdown.tags import FoundTag

#: Elements that occur only within others, which are reported instead.
_PARENTS = {
    "summary": {"details"},
    "option": {"select"},
    "source": {"video", "audio", "picture"},
    "track": {"video", "audio"},
    "area": {"map"},
}

#: Code, message and hint for a comment without an end, which would be printed.
OPEN_COMMENT = (
    "unsafe-html",
    "the comment that begins here has no end in its paragraph, list or block, and would be printed",
    "write --> where it ends; one with empty lines in it begins at the left edge, on a line of its own",
)


def complaint(tag: FoundTag, source: str, refused: set[str]) -> tuple[str, str, str] | None:
    """Return code, message and hint for HTML that is not allowed, or for words that look like a tag.

    Args:
        tag: the tag.
        source: the author's tag.
        refused: names of elements whose opening tags were already reported; this set is extended.

    Returns:
        None if the tag is a consequence of a reported one: its closing tag, or an element within it.
    """
    is_end = source.startswith("</")
    if (is_end and tag.name in refused) or _PARENTS.get(tag.name, set()) & refused:
        return None
    if not is_end:
        refused.add(tag.name)
    if tag.kind is Kind.REFUSED:
        hint = f"delete it; if you mean the word itself, write &lt;{tag.name}>"
        return "unsafe-html", f'"{shown(source)}" is HTML that is not allowed', hint
    lost_span = next((name for name, value in tag.attributes.items() if is_lost_span(name, value)), "")
    hint = f"write a number from 1 to 999 in {lost_span}=" if lost_span else ""
    hint = hint or f"to print it, write &lt;{shown(source[1:])} and GitHub shows it, too; otherwise delete it"
    return "stray-tag", f'"{shown(source)}" will be printed unchanged here, although GitHub hides it', hint


def ignored(tag: FoundTag, reported: set[str]) -> tuple[str, str, str] | None:
    """Return code, message and hint for attributes that make no difference; each name is reported once in a text.

    Args:
        tag: an allowed tag.
        reported: names of attributes that were reported, after "@"; this set is extended.
    """
    names = [name for name in tag.ignored if f"@{name}" not in reported]
    if not names:
        return None
    reported.update(f"@{name}" for name in names)
    attributes = "".join(f' {name}="{value}"' for name, value in tag.attributes.items())
    pronoun = "it" if len(names) == 1 else "them"
    message = f"casebuilder does not use {' and '.join(names)} of <{tag.name}>, and leaves {pronoun} out"
    return "ignored-attribute", message, f"write {shown(f'<{tag.name}{attributes}>')}"
