"""Files of a site that MkDocs' settings name: style sheets, scripts and templates."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from casebuilder.pipeline import themefiles
from casebuilder.pipeline.mkdocssettings import links, valuekinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile
    from casebuilder.pipeline.mkdocssettings.valuekinds import Steps
    from casebuilder.problems import Problem

_CODE = "not-in-site"


def asset(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept the address of a style sheet or a script; one of the series must be there."""
    yield from valuekinds.filled(settings, value, steps)
    if not isinstance(value, str):
        return
    if not links.scheme(value).startswith("//") and (problems := [*links.of_address(settings, value, steps)]):
        yield from problems
    elif "//" in value:
        hint = "put a copy of the file into docs, and name it from there"
        yield settings.problem(steps, _CODE, f"each page would ask another host for {value}", hint)
    else:
        path = value.partition("?")[0].partition("#")[0].lstrip("/")
        if not _is_file(path, *settings.folders(), themefiles.OWN):
            hint = "put it into docs, or into the folder of the theme, and name it from there"
            yield settings.problem(steps, _CODE, f'there is no file "{value}" for the pages to load', hint)


def template(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a template of its own page, which MkDocs looks for beside the pages."""
    yield from valuekinds.filled(settings, value, steps)
    if isinstance(value, str) and not _is_file(value, *settings.folders()[:1]):
        yield settings.problem(steps, _CODE, f'there is no template "{value}"', "put it into docs, or delete it")


def page_template(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a template of its own page, which MkDocs looks for in the theme of the series and those below it."""
    yield from valuekinds.filled(settings, value, steps)
    if isinstance(value, str) and not (_is_file(value, *settings.folders()[1:]) or themefiles.is_known(value)):
        hint = "put it into the folder of the theme, or delete it"
        yield settings.problem(steps, _CODE, f'there is no template "{value}"', hint)


def icon(settings: SettingsFile, value: str, steps: Steps) -> Iterator[Problem]:
    """Accept an icon that is there, below the pages or the theme."""
    if value.startswith("/") or not _is_file(value, *settings.folders()):
        hint = f"put it into docs/assets/images and write {steps[-1]}: assets/images/{value.rpartition('/')[2]}"
        yield settings.problem(steps, "missing-picture", f"there is no picture {value}", hint)


def _is_file(name: str, *folders: Path) -> bool:
    return any(os.path.isfile(folder / name) for folder in folders)  # noqa: PTH113 - a name may be of any length
