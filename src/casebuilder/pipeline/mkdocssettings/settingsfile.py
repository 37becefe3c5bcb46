"""A site's settings as MkDocs will have them, with the place of each.

Our reader keeps unquoted values as text, and so `012` stays twelve; MkDocs makes numbers, days and truth values of
them. Where the difference matters, the quotation marks are looked for in the file.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from casebuilder.problems import Problem
from casebuilder.readers.folders import FOLDERS
from casebuilder.readers.yamltext import Unknown, is_unreadable, typed
from casebuilder.text import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casebuilder.model import Origin, Step

    Steps = tuple[Step, ...]

#: A name before a value, for other values to repeat it; and a tag. Patterns are only made where they are needed.
_ANCHOR, _ALIAS = r"(?:&\S+|!!\w+)\s+", r"\*(\S+)"
QUOTED = ("'", '"', "|", ">")
#: The two values that are written most, which need no reader of YAML.
_TRUTH = {"true": True, "false": False}
#: Text without quotation marks that may be something else to YAML: asked before, since a whole look at it is slow.
_FIRST_SIGNS = frozenset("-+.0123456789~=<")
_WORDS = frozenset(("", "yes", "no", "true", "false", "on", "off", "null"))
#: The most characters of a value in a message.
_LONGEST_SHOWN = 40


class SettingsFile:
    """The settings of a series' configuration file and of those that it inherits.

    It is no dataclass, which would take longer to make than all settings to look at.
    """

    def __init__(self, root: Path, values: Mapping[str, object], origin: Origin, texts: Mapping[str, str]) -> None:
        """Take the series' folder, the settings as our reader has them, their places, and the files by path."""
        self.root, self.values, self.origin, self.texts = root, values, origin, texts

    def made(self, value: object, steps: Steps) -> object:
        """Return a value with the types that MkDocs gives it; what only running code tells stays unknown.

        The options of casebuilder stay text, since they have their own reader.
        """
        if steps[0] == "plugins" and steps[-1] == "casebuilder":
            return value
        if isinstance(value, str):
            converted: object = _TRUTH.get(value, value)
            if converted is value and _may_be_typed(value):
                converted = typed(value)
            return (
                value if isinstance(converted, str) or _is_quoted(self.after(steps), value, self.texts) else converted
            )
        if isinstance(value, dict):
            return {key: self.made(item, (*steps, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self.made(item, (*steps, number)) for number, item in enumerate(value)]
        return value

    def is_text(self, steps: Steps) -> bool:
        """Return whether the name of a field is text to MkDocs: `on` is true there, and `2026` a number."""
        name = str(steps[-1])
        if not _may_be_typed(name) or isinstance(typed(name), str):
            return True
        return _is_quoted(self._rest_of_line(*self.origin.at_key(*steps)), name, self.texts)

    def unreadable(self, steps: Steps, value: object) -> Problem | None:
        """Return the problem of a value, or of the name of a field, at which MkDocs' reader of YAML would stop."""
        if isinstance(value, str) and self._stops_at(value, *self.origin.at(*steps)):
            return self.problem(steps, "bad-value", *unreadable_words(value))
        for end, name in enumerate(steps, 1):
            place = steps[:end]
            if isinstance(name, str) and name != "<<" and self._stops_at(name, *self.origin.at_key(*place)):
                return self.problem_of_key(place, "bad-value", *unreadable_words(name))
        return None

    def _stops_at(self, text: str, path: str, line: int, column: int) -> bool:
        if not (_may_be_typed(text) and is_unreadable(text)):
            return False
        return not _is_quoted(self._rest_of_line(path, line, column), text, self.texts)

    def after(self, steps: Steps) -> str:
        """Return what stands in the file from a value on, to the end of its line."""
        return self._rest_of_line(*self.origin.at(*steps))

    def _rest_of_line(self, path: str, line: int, column: int) -> str:
        lines = self.texts.get(path, "").removeprefix("\ufeff").split("\n")
        return lines[line - 1][column - 1 :].rstrip() if 0 < line <= len(lines) else ""

    def is_from_elsewhere(self, steps: Steps) -> bool:
        """Return whether a value comes from the environment, which is another one at each build."""
        return self.after(steps).startswith("!ENV")

    def is_unset(self, steps: Steps) -> bool:
        """Return whether a value comes from the environment, where none of its variables is set, and has no default."""
        source = self.after(steps)
        if not isinstance(self._value_at(steps), Unknown) or not source.startswith("!ENV"):
            return False
        return not any(os.environ.get(name) for name in re.findall(r"\w+", source.removeprefix("!ENV")))

    def _value_at(self, steps: Steps) -> object:
        value: object = self.values
        for step in steps:
            value = value[step]  # type: ignore[index]  # the steps are those of a value that is there
        return value

    def folders(self) -> list[Path]:
        """Return the folders whose files are published: that of pages, and the theme's if there is one.

        In place of a folder that cannot be meant, it is the one that probably is.
        """
        theme = self.values.get("theme")
        pages = self.values.get("docs_dir") or "docs"
        if isinstance(pages, str) and (pages.strip("./") in FOLDERS or not self.is_folder(pages)):
            pages = self.nearest_folder(pages) or "docs"
        own = theme.get("custom_dir") if isinstance(theme, dict) else None
        if isinstance(own, str) and not self.is_folder(own):
            own = self.nearest_folder(own) or own
        return [self.root / name for name in (pages, own) if isinstance(name, str)]

    def is_folder(self, name: str) -> bool:
        """Return whether there is such a folder in the series."""
        return os.path.isdir(self.root / name)  # noqa: PTH112 - a name may be of any length

    def nearest_folder(self, name: str) -> str:
        """Return the folder whose name is most similar to one that does not exist; or ""."""
        with os.scandir(self.root) as entries:
            names = [entry.name for entry in entries if entry.is_dir() and entry.name not in FOLDERS]
        return nearest(name.strip("./"), [each for each in names if not each.startswith(".")])

    def theme(self) -> str:
        """Return the name of the theme; empty if it has none."""
        theme = self.values.get("theme")
        name = theme.get("name") if isinstance(theme, dict) else theme
        return name if isinstance(name, str) else ""

    def problem(self, steps: Steps, code: str, message: str, hint: str) -> Problem:
        """Return a problem of the value at a path."""
        return Problem(*self.origin.at(*steps), code, message, hint)

    def problem_of_key(self, steps: Steps, code: str, message: str, hint: str) -> Problem:
        """Return a problem of the name of a setting."""
        return Problem(*self.origin.at_key(*steps), code, message, hint)


def unreadable_words(value: str) -> tuple[str, str]:
    """Return message and hint for text at which MkDocs stops, as at a day that does not exist."""
    shown = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
    return (
        f"MkDocs cannot read {shown} without quotation marks",
        f'correct it if it is a day or a number; otherwise write "{shown}"',
    )


def _may_be_typed(value: str) -> bool:
    return value[:1] in _FIRST_SIGNS or value.lower() in _WORDS


def _is_quoted(source: str, value: str, texts: Mapping[str, str]) -> bool:
    """Return whether a value, with what stands before it in its line, is text whatever it looks like."""
    if source.startswith("!!str"):
        return True
    if source.startswith("!ENV"):
        return any(f"{mark}{value}{mark}" in source for mark in QUOTED)
    if alias := re.match(_ALIAS, source):
        anchor = re.search(rf"&{re.escape(alias[1])}\s+(\S)", "\n".join(texts.values()))
        return bool(anchor and anchor[1] in QUOTED)
    return re.sub(_ANCHOR, "", source, count=2).startswith(QUOTED)


def is_unknown(value: object) -> bool:
    """Return whether only running code could tell a value."""
    return isinstance(value, Unknown)


def name_of(steps: Steps) -> str:
    """Return the name of a setting, as messages show it."""
    return str(next((step for step in reversed(steps) if isinstance(step, str)), ""))
