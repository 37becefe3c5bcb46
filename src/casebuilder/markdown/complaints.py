"""What is said of tags that are not printed as tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.markdown.findings import shown
from casebuilder.markdown.tags import Kind

if TYPE_CHECKING:
    from casebuilder.markdown.tags import Found

#: Elements that stand within others only: who wrote one of these wrote its parent, which is reported.
_PARENTS = {
    "summary": {"details"},
    "option": {"select"},
    "source": {"video", "audio", "picture"},
    "track": {"video", "audio"},
    "area": {"map"},
}

#: Code, message and hint for a comment that would be printed. GitHub hides all that follows it, or prints it, too.
OPEN_COMMENT = (
    "unsafe-html",
    "the comment that begins here has no end in its paragraph, list or block, and would be printed",
    "write --> where it ends; one with empty lines in it begins at the left edge, on a line of its own",
)


def complaint(found: Found, written: str, refused: set[str]) -> tuple[str, str, str] | None:
    """Code, message and hint for HTML that is refused, or for words that look like a tag and are printed.

    Args:
        found: the tag.
        written: the tag as its author wrote it.
        refused: names of elements whose opening tags were reported before; the set is added to.

    Returns:
        None if it only follows from a tag that was reported: its closing tag, or an element that stands within it.
    """
    closes = written.startswith("</")
    if (closes and found.name in refused) or _PARENTS.get(found.name, set()) & refused:
        return None
    if not closes:
        refused.add(found.name)
    if found.kind is Kind.REFUSED:
        hint = f"delete it; if you mean the word itself, write &lt;{found.name}>"
        return "unsafe-html", f'"{shown(written)}" is HTML that no page of the series may hold', hint
    hint = f"if it is meant so, write &lt;{shown(written[1:])} and GitHub shows it, too; otherwise delete it"
    return "stray-tag", f'"{shown(written)}" will be printed as it stands here, though GitHub hides it', hint
