"""Settings that name something: a theme, a folder, a file, an address."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from casebuilder.decoding import decoded
from casebuilder.pipeline.mkdocssettings import extrafiles, links, valuekinds
from casebuilder.pipeline.mkdocssettings.settingsfile import is_unknown, name_of
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile
    from casebuilder.pipeline.mkdocssettings.valuekinds import Steps
    from casebuilder.problems import Problem

#: The theme that casebuilder's own lies over.
_USUAL_THEME = "material"
_MISSING = "missing-file"
#: What to do about a program that `check` does not run.
BUILD_TOO = "run casebuilder build as well before you merge: it says what check cannot"
#: Patterns of files to leave out that need no second look.
_PLAIN_SIGNS = frozenset("/._-* \n")


def theme(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a theme that is installed, by its name or with its settings."""
    if isinstance(value, dict):
        if "name" not in value:
            yield settings.problem(steps, "missing-field", 'the theme has no "name"', f"write name: {_USUAL_THEME}")
        elif not (value["name"] or "custom_dir" in value):
            yield settings.problem(
                (*steps, "name"), "missing-field", 'the theme has no "name"', f"write {_USUAL_THEME}"
            )
        yield from _check_theme_settings(settings, value, steps)
    else:
        yield from valuekinds.text(settings, value, steps)
    name = value.get("name", _USUAL_THEME) if isinstance(value, dict) else value
    place = (*steps, "name") if isinstance(value, dict) else steps
    if isinstance(name, str) and name and name != _USUAL_THEME:
        from casebuilder.pipeline.mkdocssettings import installed

        if name not in (themes := installed.points(settings.root, "mkdocs.themes")):
            hint = did_you_mean(name, themes) or f"write {_USUAL_THEME}"
            yield settings.problem(place, "not-installed", f'the theme "{name}" is not installed', hint)


def _check_theme_settings(settings: SettingsFile, value: dict[str, object], steps: Steps) -> Iterator[Problem]:
    for key, setting in value.items():
        setting_steps = (*steps, key)
        if not settings.is_text(setting_steps):
            message = f'"{key}" does not belong to the theme'
            yield settings.problem_of_key(setting_steps, "unknown-key", message, "delete the line")
        elif key == "custom_dir":
            yield from (
                valuekinds.filled(settings, setting, setting_steps)
                if not isinstance(setting, str)
                else folder(settings, setting, setting_steps)
            )
        elif key == "static_templates":
            yield from valuekinds.listed(extrafiles.page_template)(settings, setting, setting_steps)
        elif key == "locale":
            yield from valuekinds.filled(settings, setting, setting_steps)
        elif key in {"name", "language", "logo", "favicon"}:
            yield from valuekinds.text(settings, setting, setting_steps)
            if isinstance(setting, str) and setting.endswith(".ico"):  # `checks.theme` looks for other pictures
                yield from extrafiles.icon(settings, setting, setting_steps)
    if isinstance(value.get("locale"), str):
        setting_steps = (*steps, "locale")
        refusals = [*judged_by_mkdocs(settings, value["locale"], setting_steps)]
        yield from refusals
        if not refusals and value["locale"] != "en":
            hint = "delete it; the language of the pages is that of language:"
            yield settings.problem_of_key(
                setting_steps, "unused-setting", '"locale" changes nothing on these pages', hint
            )


def site_address(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept text, whose form others judge; but not blanks alone, which only MkDocs does not take for nothing."""
    yield from valuekinds.text(settings, value, steps)
    if isinstance(value, str) and value and not value.strip():
        hint = "write the address of the site, or delete the line"
        yield settings.problem(steps, "bad-value", f'"{name_of(steps)}" holds nothing but blanks', hint)


def folder(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a folder that is there; or nothing."""
    yield from valuekinds.text(settings, value, steps)
    if isinstance(value, str) and not settings.is_folder(value):
        complaint = "is a file" if os.path.lexists(settings.root / value) else "does not exist"
        meant = settings.nearest_folder(value)
        hint = f'did you mean "{meant}"?' if meant else f"make it, or delete {name_of(steps)}"
        yield settings.problem(steps, _MISSING, f'the folder "{value}" {complaint}', hint)


def anything(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a file or a folder that is there."""
    yield from valuekinds.filled(settings, value, steps)
    if isinstance(value, str) and not os.path.exists(settings.root / value):  # noqa: PTH110 - a name may be of any length
        hint = f"correct the name, or delete it from {name_of(steps)}"
        yield settings.problem(steps, _MISSING, f'there is no file or folder "{value}"', hint)


def hook(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a program that is there and that Python can read; it is not run."""
    yield from valuekinds.filled(settings, value, steps)
    if not isinstance(value, str):
        return
    place = settings.root / value
    if not os.path.isfile(place):  # noqa: PTH113 - a name may be of any length
        hint = "correct the name, or delete it from hooks"
        yield settings.problem(steps, _MISSING, f'there is no file "{value}"', hint)
    elif not value.endswith(".py"):
        message = f"{value} is not a program in Python"
        yield settings.problem(steps, "bad-value", message, "its name must end in .py")
    elif reason := _parse_error(place, value):
        yield settings.problem(steps, "bad-value", f"Python cannot read {value}: {reason}", "correct the program")
    else:
        message = f"check does not run {value}, and cannot tell what it changes or refuses"
        yield settings.problem(steps, "program-not-run", message, BUILD_TOO)


def _parse_error(place: Path, name: str) -> str:
    try:
        text, problem = decoded(place.read_bytes(), name)
        if not problem:
            compile(text, name, "exec", dont_inherit=True)
    except (RecursionError, MemoryError):  # Python's own answers to nesting, which a file of 10 kB can cause
        return "too much in it is nested"
    except (SyntaxError, ValueError, OSError) as error:
        return str(error)
    return problem.message if problem else ""


def patterns(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept patterns of files, one a line, as in `.gitignore`; or nothing."""
    if not (isinstance(value, str) and all(sign.isalnum() or sign in _PLAIN_SIGNS for sign in value)):
        yield from judged_by_mkdocs(settings, value, steps)


def judged_by_mkdocs(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept text that MkDocs accepts for this setting; or nothing."""
    if is_unknown(value) or value is None or not isinstance(value, str):
        yield from valuekinds.text(settings, value, steps)
    elif reason := _refusal_of_mkdocs(str(steps[-1]), value):
        hint = f"correct it, or delete {steps[-1]}"
        yield settings.problem(steps, "bad-value", f'"{steps[-1]}" cannot be {value}: {reason}', hint)


def judged_link(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept what MkDocs accepts, if a page may lead there."""
    problems = [*judged_by_mkdocs(settings, value, steps)]
    yield from problems or links.of_address(settings, value, steps)


def _refusal_of_mkdocs(name: str, value: str) -> str:
    """Return why MkDocs does not take the text of a setting; empty if it does."""
    from mkdocs.config.base import ValidationError
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.localization import parse_locale

    try:
        if name == "locale":
            parse_locale(value)
        else:
            dict(MkDocsConfig._schema)[name].validate(value)  # noqa: SLF001 - MkDocs has no other way to its options
    except (ValidationError, ValueError) as error:
        return " ".join(str(error).split())
    return ""
