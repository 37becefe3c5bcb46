"""What MkDocs warns about on hand-written pages, as the settings below `validation` say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WARN, _RELATIVE = "warn", "relative_to_docs"


@dataclass(frozen=True, slots=True)
class Levels:
    """Which of MkDocs' remarks are warnings; the default values are those of MkDocs.

    Attributes:
        omitted: pages that are not in the menu.
        menu_absolute: entries of the menu that begin with a slash.
        not_found: links to files that are not there.
        absolute: links that begin with a slash.
        unrecognized: links to folders, or to names without an ending.
        anchors: links to parts of a page that it does not have.
        from_root: whether a link that begins with a slash is one below the folder of pages.
        menu_from_root: the same for the menu.
    """

    omitted: bool = False
    menu_absolute: bool = False
    not_found: bool = True
    absolute: bool = False
    unrecognized: bool = False
    anchors: bool = False
    from_root: bool = False
    menu_from_root: bool = False


def levels(settings: Mapping[str, object]) -> Levels:
    """Return the levels in the settings of a site."""
    written = settings.get("validation")
    top = written if isinstance(written, dict) else {}
    menu, links = (_fields_below(top, name) for name in ("nav", "links"))

    def warns(below: Mapping[str, object], name: str, *, usual: bool = False) -> bool:
        level = below.get(name, top.get(name))
        return level == _WARN if level is not None else usual

    return Levels(
        omitted=warns(menu, "omitted_files"),
        menu_absolute=warns(menu, "absolute_links"),
        not_found=warns(links, "not_found", usual=True),
        absolute=warns(links, "absolute_links"),
        unrecognized=warns(links, "unrecognized_links"),
        anchors=warns(links, "anchors"),
        from_root=links.get("absolute_links", top.get("absolute_links")) == _RELATIVE,
        menu_from_root=menu.get("absolute_links", top.get("absolute_links")) == _RELATIVE,
    )


def _fields_below(top: Mapping[str, object], name: str) -> Mapping[str, object]:
    below = top.get(name)
    return below if isinstance(below, dict) else {}
