"""GitHub's notations as casebuilder prints them, in texts of cases and on hand-written pages."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from casebuilder.text import message

if TYPE_CHECKING:
    from collections.abc import Callable

    Translate = Callable[[str], str]

#: The titles of GitHub's alerts, by the word that begins one.
ALERTS = {
    "note": message("Note"),
    "tip": message("Tip"),
    "important": message("Important"),
    "warning": message("Warning"),
    "caution": message("Caution"),
}
_BOXES = {True: ("☑", message("done")), False: ("☐", message("not done"))}


def task_box(translate: Translate, *, done: bool) -> str:
    """Return the box of a task, which says whether it is done."""
    sign, state = _BOXES[done]
    return f'<span class="task" role="img" aria-label="{escape(translate(state))}">{sign}</span> '


def alert_title(translate: Translate, name: str) -> str:
    """Return the title of an alert by the word that begins it; an unknown word unchanged."""
    return translate(ALERTS.get(name.lower(), name))


def bare_link(text: str) -> tuple[str, str] | None:
    """Return the address and the words of the link with which a text begins by GitHub's rule; None if it does not."""
    first, *others = _links().parseInline(text)[0].children or []
    if first.type != "link_open":
        return None
    after = sum(len(token.content) for token in others[1:])
    return str(first.attrs["href"]), text[: len(text) - after]


@cache
def _links() -> MarkdownIt:
    """Return a parser that knows bare addresses, and nothing else."""
    return MarkdownIt("zero").use(gfm_autolink_plugin)
