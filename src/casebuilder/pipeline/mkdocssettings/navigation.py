"""The menu, scripts and levels of warnings in MkDocs' settings: values that hold others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.pipeline.mkdocssettings import kinds, sitefiles
from casebuilder.pipeline.mkdocssettings.written import is_unknown
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline.mkdocssettings.kinds import Kind, Steps
    from casebuilder.pipeline.mkdocssettings.written import Written
    from casebuilder.problems import Problem

_WRONG = "wrong-type"
_HYPHEN = "begin each with a hyphen"
_ENTRY_HINT = "write it as - Title: page.md"


def menu(written: Written, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a list of pages and of lists of pages, as `nav` is; or nothing."""
    if value is not None:
        yield from kinds.listed(_entry, optional=True)(written, value, steps)


def _entry(written: Written, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a page, a page with a title, or a title with a list of such."""
    if isinstance(value, dict) and len(value) == 1:
        ((title, below),) = value.items()
        inner = (*steps, title)
        if below == []:
            yield written.problem(inner, _WRONG, f'there are no pages below "{title}"', "add one, or delete the line")
        elif isinstance(below, list):
            yield from menu(written, below, inner)
        elif isinstance(below, dict):
            yield written.problem(inner, _WRONG, "the pages below a title are a list", f"{_HYPHEN}: {_ENTRY_HINT}")
        else:
            yield from kinds.address(written, below, inner)
    elif isinstance(value, dict):
        message = "an entry of the menu has one title" if value else "an entry of the menu is empty"
        yield written.problem(steps, _WRONG, message, f"{_HYPHEN}: {_ENTRY_HINT}")
    elif value is None or isinstance(value, list):
        yield written.problem(steps, _WRONG, "an entry of the menu is a page", _ENTRY_HINT)
    else:
        yield from kinds.address(written, value, steps)


_SCRIPT: dict[str, Kind] = {"path": kinds.filled, "type": kinds.text, "defer": kinds.truth, "async": kinds.truth}


def script(written: Written, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept the path of a script, alone or with how it is loaded."""
    if isinstance(value, dict):
        yield from _fields(written, value, steps, _SCRIPT)
        if isinstance(path := value.get("path"), str):
            yield from sitefiles.asset(written, path, (*steps, "path"))
        if "path" not in value:
            yield written.problem(steps, "missing-field", '"path" is missing', "write path: javascripts/script.js")
    else:
        yield from sitefiles.asset(written, value, steps)


_LEVEL, _ABSOLUTE = kinds.chosen(*kinds.LEVELS), kinds.chosen(*kinds.LEVELS, "relative_to_docs")
_NAV: dict[str, Kind] = {"omitted_files": _LEVEL, "not_found": _LEVEL, "absolute_links": _ABSOLUTE}
_LINKS: dict[str, Kind] = {
    "not_found": _LEVEL,
    "absolute_links": _ABSOLUTE,
    "unrecognized_links": _LEVEL,
    "anchors": _LEVEL,
}


def _nav_levels(written: Written, value: object, steps: Steps) -> Iterator[Problem]:
    yield from _fields(written, value, steps, _NAV)


def _link_levels(written: Written, value: object, steps: Steps) -> Iterator[Problem]:
    yield from _fields(written, value, steps, _LINKS)


_VALIDATION: dict[str, Kind] = {**_NAV, **_LINKS, "nav": _nav_levels, "links": _link_levels}


def validation(written: Written, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept the levels of MkDocs' own warnings."""
    yield from _fields(written, value, steps, _VALIDATION)


def _fields(written: Written, value: object, steps: Steps, known: dict[str, Kind]) -> Iterator[Problem]:
    """Accept fields of known names, each of its kind."""
    yield from kinds.fields(written, value, steps)
    for name, below in value.items() if isinstance(value, dict) else ():
        inner: Steps = (*steps, name)
        if kind := known.get(name):
            yield from () if is_unknown(below) else kind(written, below, inner)
        else:
            hint = did_you_mean(str(name), known) or f"write one of {', '.join(known)}"
            yield written.problem_of_key(inner, "unused-setting", f'MkDocs has no setting "{name}" here', hint)
