"""What the values of MkDocs' own settings may be. Each kind is a function that yields the problems of a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.pipeline.mkdocssettings.settingsfile import is_unknown, name_of
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.model import Step
    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile
    from casebuilder.problems import Problem

    Steps = tuple[Step, ...]
    #: The problems of a value, as MkDocs has it, at its place.
    Kind = Callable[[SettingsFile, object, Steps], Iterator[Problem]]

_WRONG = "wrong-type"
#: The word in a line that is a number, a day, or true or false.
_FIRST_WORD = r"[^\s,\]}]+"
_LIST_HINT = "begin each entry with a hyphen and a space, on a line of its own"
_FIELDS_HINT = "write each on a line of its own, as name: value"
LEVELS = ("warn", "info", "ignore")


def _refuse_instruction(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Refuse a value that only running code tells, where MkDocs needs it to be of one kind."""
    if is_unknown(value) and not settings.is_from_elsewhere(steps):
        message = f'"{name_of(steps)}" is an instruction to a program, which check does not run'
        yield settings.problem(steps, _WRONG, message, "write the value itself")


def _empty_value(settings: SettingsFile, steps: Steps) -> Problem:
    """Return the problem of a value that is not there, or comes from a variable that is not set."""
    name = name_of(steps)
    if settings.is_from_elsewhere(steps):
        message = f'"{name}" has no value, because its variable is not set'
        return settings.problem(steps, _WRONG, message, "add a value for this case: !ENV [NAME, value]")
    hint = "write something after the colon"
    hint += ", such as site_name: Teaching Dilemmas" if name == "site_name" else ", or delete the line"
    return settings.problem_of_key(steps, _WRONG, f'"{name}" has no value', hint)


def text(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept text, or nothing."""
    name = name_of(steps)
    if is_unknown(value):
        yield from _refuse_instruction(settings, value, steps)
    elif isinstance(value, (list, dict)):
        hint = "write one text, without brackets and hyphens"
        yield settings.problem(steps, _WRONG, f'"{name}" must be text', hint)
    elif value is not None and not isinstance(value, str):
        first_word = re.match(_FIRST_WORD, settings.after(steps))
        word = first_word[0] if first_word and not settings.is_from_elsewhere(steps) else "its value"
        prefix = f"{name}: " if isinstance(steps[-1], str) else "- "
        hint = f'put it in quotation marks: {prefix}"{word}"' if word != "its value" else "put it in quotation marks"
        yield settings.problem(steps, _WRONG, f'"{name}" must be text, and {word} is read as something else', hint)


def filled(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept text that is there."""
    if value is None or settings.is_unset(steps):
        yield _empty_value(settings, steps)
    else:
        yield from text(settings, value, steps)


def truth(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept true or false, or nothing."""
    if is_unknown(value):
        yield from _refuse_instruction(settings, value, steps)
    elif value is not None and not isinstance(value, bool):
        hint = f"write {steps[-1]}: true or {steps[-1]}: false, without quotation marks"
        yield settings.problem(steps, _WRONG, f'"{steps[-1]}" must be true or false', hint)


def listed(kind: Kind, *, optional: bool = False) -> Kind:
    """Return the kind of a list with entries of one kind; `optional`: it may be empty."""

    def entries(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
        if isinstance(value, list):
            for number, entry in enumerate(value):
                yield from kind(settings, entry, (*steps, number))
        elif not optional and (value is None or settings.is_unset(steps)):
            yield _empty_value(settings, steps)
        elif is_unknown(value):
            yield from _refuse_instruction(settings, value, steps)
        elif value is not None:
            yield settings.problem(steps, _WRONG, f'"{name_of(steps)}" must be a list', _LIST_HINT)

    return entries


def fields(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept any fields."""
    if value is None or settings.is_unset(steps):
        yield _empty_value(settings, steps)
    elif is_unknown(value):
        yield from _refuse_instruction(settings, value, steps)
    elif not isinstance(value, dict):
        message = f'"{name_of(steps)}" needs one name and value on each line'
        yield settings.problem(steps, _WRONG, message, _FIELDS_HINT)


def chosen(*choices: str) -> Kind:
    """Return the kind of a word that is one of several."""

    def word(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
        if is_unknown(value):
            yield from _refuse_instruction(settings, value, steps)
        elif value is not None and value not in choices:
            suggestion = did_you_mean(str(value), choices) or f"write one of {', '.join(choices)}"
            yield settings.problem(steps, "unknown-value", f'"{value}" is not a level of {name_of(steps)}', suggestion)

    return word


def unused(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Report a setting that MkDocs takes, and that has no effect on the pages of a series."""
    del value
    message = f'"{steps[-1]}" changes nothing on these pages'
    yield settings.problem_of_key(steps, "unused-setting", message, "delete it")


def gone(hint: str, *, empty: bool = False) -> Kind:
    """Return the kind of a setting that MkDocs does not take from a file; `empty`: not even without a value."""

    def refused(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
        if value is not None or empty:
            yield settings.problem_of_key(steps, "unknown-key", f'MkDocs has no setting "{steps[-1]}"', hint)

    return refused
