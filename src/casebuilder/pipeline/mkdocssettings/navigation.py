"""The menu, scripts and levels of warnings in MkDocs' settings: values that hold others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.pipeline.mkdocssettings import extrafiles, links, valuekinds
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile
    from casebuilder.pipeline.mkdocssettings.valuekinds import Kind, Steps
    from casebuilder.problems import Problem

_WRONG = "wrong-type"
_HYPHEN = "begin each with a hyphen"
_ENTRY_HINT = "write it as - Title: page.md"


def menu(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a list of pages and of lists of pages, as `nav` is; or nothing."""
    if value is not None:
        yield from valuekinds.listed(_check_entry, optional=True)(settings, value, steps)


def _check_entry(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a page, a page with a title, or a title with a list of such."""
    if isinstance(value, dict) and len(value) == 1:
        ((title, pages),) = value.items()
        entry_steps = (*steps, title)
        if pages == []:
            yield settings.problem(
                entry_steps, _WRONG, f'there are no pages below "{title}"', "add one, or delete the line"
            )
        elif isinstance(pages, list):
            yield from menu(settings, pages, entry_steps)
        elif isinstance(pages, dict):
            yield settings.problem(
                entry_steps, _WRONG, "the pages below a title are a list", f"{_HYPHEN}: {_ENTRY_HINT}"
            )
        else:
            yield from links.link(settings, pages, entry_steps)
    elif isinstance(value, dict):
        message = "an entry of the menu has one title" if value else "an entry of the menu is empty"
        yield settings.problem(steps, _WRONG, message, f"{_HYPHEN}: {_ENTRY_HINT}")
    elif value is None or isinstance(value, list):
        yield settings.problem(steps, _WRONG, "an entry of the menu is a page", _ENTRY_HINT)
    else:
        yield from links.link(settings, value, steps)


_SCRIPT: dict[str, Kind] = {
    "path": valuekinds.filled,
    "type": valuekinds.text,
    "defer": valuekinds.truth,
    "async": valuekinds.truth,
}


def script(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept the path of a script, alone or with how it is loaded."""
    if isinstance(value, dict):
        yield from _check_fields(settings, value, steps, _SCRIPT)
        if isinstance(path := value.get("path"), str):
            yield from extrafiles.asset(settings, path, (*steps, "path"))
        if "path" not in value:
            yield settings.problem(steps, "missing-field", '"path" is missing', "write path: javascripts/script.js")
    else:
        yield from extrafiles.asset(settings, value, steps)


_LEVEL, _ABSOLUTE = valuekinds.chosen(*valuekinds.LEVELS), valuekinds.chosen(*valuekinds.LEVELS, "relative_to_docs")
_NAV: dict[str, Kind] = {"omitted_files": _LEVEL, "not_found": _LEVEL, "absolute_links": _ABSOLUTE}
_LINKS: dict[str, Kind] = {
    "not_found": _LEVEL,
    "absolute_links": _ABSOLUTE,
    "unrecognized_links": _LEVEL,
    "anchors": _LEVEL,
}


def _check_nav_levels(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    yield from _check_fields(settings, value, steps, _NAV)


def _check_link_levels(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    yield from _check_fields(settings, value, steps, _LINKS)


_VALIDATION: dict[str, Kind] = {**_NAV, **_LINKS, "nav": _check_nav_levels, "links": _check_link_levels}


def validation(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept the levels of MkDocs' own warnings."""
    yield from _check_fields(settings, value, steps, _VALIDATION)


def _check_fields(
    settings: SettingsFile, value: object, steps: Steps, kinds_by_name: dict[str, Kind]
) -> Iterator[Problem]:
    """Accept fields of known names, each of its kind."""
    yield from valuekinds.fields(settings, value, steps)
    for name, field_value in value.items() if isinstance(value, dict) else ():
        field_steps: Steps = (*steps, name)
        if kind := kinds_by_name.get(name):
            yield from kind(settings, field_value, field_steps)
        else:
            hint = did_you_mean(str(name), kinds_by_name) or f"write one of {', '.join(kinds_by_name)}"
            yield settings.problem_of_key(field_steps, "unused-setting", f'MkDocs has no setting "{name}" here', hint)
