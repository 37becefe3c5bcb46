"""The settings of a build, which MkDocs' hooks and other plugins may have changed.

`check` reads only the file, because it runs nothing. A build uses MkDocs' settings and reports differences. MkDocs
converts values: `012` becomes ten and `no` becomes false. A value that differs only in this way keeps its original
form.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING

from casebuilder.model.series import Settings
from casebuilder.readers.yamltext import Unknown, typed

if TYPE_CHECKING:
    from casebuilder.model.series import Series
    from casebuilder.readers.yamltext import Plain


def known(value: Plain) -> Plain:
    """Return plain values without unknown ones; a list with an unknown entry is unknown."""
    if isinstance(value, dict):
        entries = {key: known(item) for key, item in value.items()}
        return {key: item for key, item in entries.items() if not isinstance(item, Unknown)}
    if isinstance(value, list):
        items = [known(item) for item in value]
        return Unknown.UNKNOWN if any(isinstance(item, Unknown) for item in items) else items
    return value


def with_final(settings_in_file: dict[str, Plain], final: Mapping[str, object]) -> dict[str, Plain]:
    """Return a file's settings with those of MkDocs in place of its own."""
    final_settings = dict(settings_in_file)
    for name, value in final.items():
        old_value, new_value = settings_in_file.get(name), final_value(settings_in_file.get(name), value)
        final_settings[name] = (
            {**old_value, **new_value} if isinstance(old_value, dict) and isinstance(new_value, dict) else new_value
        )
    return final_settings


def final_value(in_file: Plain, final: object) -> Plain:
    """Return the build's value of a setting: MkDocs' value if it differs from the file's."""
    if _is_same(in_file, final):
        return in_file
    if isinstance(final, Mapping):
        fields_in_file = in_file if isinstance(in_file, dict) else {}
        # A field without a value stays empty, and is refused as in `check`.
        final_fields = {
            key: value for key, value in final.items() if value is not None or fields_in_file.get(str(key), "") is None
        }
        return {str(key): final_value(fields_in_file.get(str(key)), value) for key, value in final_fields.items()}
    return _as_plain(final)


def _is_same(in_file: Plain, final: object) -> bool:
    """Return whether a value is only MkDocs' conversion of the text in the file."""
    if isinstance(in_file, list):
        if not isinstance(final, Sequence) or isinstance(final, str) or len(final) != len(in_file):
            return False
        return all(_is_same(*pair) for pair in zip(in_file, final, strict=True))
    if isinstance(in_file, dict):
        if not isinstance(final, Mapping) or len(final) != len(in_file):
            return False
        keys = {key: key if key in final else typed(key) for key in in_file}
        return all(keys[key] in final and _is_same(value, final[keys[key]]) for key, value in in_file.items())
    return in_file is final is None or (isinstance(in_file, str) and (in_file == final or typed(in_file) == final))


def _as_plain(value: object) -> Plain:
    """Return a value of any type as text in the file's form."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return {str(key): _as_plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_as_plain(item) for item in value]
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)


#: A series' settings, and their names in the file.
_NAMES = {
    "name": "site_name",
    "description": "site_description",
    "site_url": "site_url",
    "language": "theme.language",
    "logo": "theme.logo",
    "favicon": "theme.favicon",
}


def differences(read: Series, built: Series) -> tuple[str, ...]:
    """Yield a sentence for each setting that differs between a build and `check`."""
    pairs = [(name, getattr(read, attribute), getattr(built, attribute)) for attribute, name in _NAMES.items()]
    # Not reported: somebody who asks for a strict build knows that it is strict.
    names = [name for name in Settings.model_fields if name != "strict"]
    pairs += [(name, getattr(read.settings, name), getattr(built.settings, name)) for name in names]
    return tuple(_describe_difference(name, old, new) for name, old, new in pairs if old != new)


def _describe_difference(name: str, old: object, new: object) -> str:
    if not all(isinstance(value, (str, int, date, NoneType)) for value in (old, new)):
        return f'"{name}" has another value in this build than "casebuilder check" reads'
    old_text, new_text = ("nothing" if value in {"", None} else f'"{value}"' for value in (old, new))
    return f'"{name}" is {new_text} in this build; "casebuilder check" reads {old_text}'
