"""The links and the anchors of a hand-written page once Python-Markdown has converted it, as in a build.

Only extensions that are installed take part, and none may read a file or ask another host: see `extensiontrials`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from casebuilder.pipeline import extensiontrials
from casebuilder.pipeline.extensiontrials import convertedpage
from casebuilder.pipeline.mkdocssettings import extensions
from casebuilder.pipeline.mkdocssettings.settingsfile import is_unknown

if TYPE_CHECKING:
    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile

#: Extensions that MkDocs always uses, and the one of casebuilder's that makes anchors.
_ALWAYS = ("toc", "tables", "fenced_code", "footnotes")


def chosen(settings: SettingsFile) -> dict[str, dict[str, object]]:
    """Return the extensions in the settings that may be loaded, with their options, by name."""
    value = settings.made(settings.values.get("markdown_extensions"), ("markdown_extensions",))
    entries = value.items() if isinstance(value, dict) else _pairs(value)
    chosen_extensions: dict[str, dict[str, object]] = {name: {} for name in _ALWAYS}
    for name, options in entries:
        if extensions.is_loadable(settings, name):
            chosen_extensions[name] = extensions.without_unknown(options) if isinstance(options, dict) else {}
    return chosen_extensions


def _pairs(value: object) -> list[tuple[str, object]]:
    """Return the name and the options of each extension in a list."""
    pairs: list[tuple[str, object]] = []
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, str):
            pairs.append((entry, None))
        elif isinstance(entry, dict) and len(entry) == 1 and not is_unknown(entry):
            pairs += entry.items()
    return pairs


def convert(text: str, chosen_extensions: dict[str, dict[str, object]]) -> convertedpage.Page:
    """Return what MkDocs sees of a page.

    Args:
        text: its Markdown, with front matter.
        chosen_extensions: what `chosen` returns.
    """
    own_extensions = {name: options for name, options in chosen_extensions.items() if extensions.is_own(name)}
    if own_extensions != chosen_extensions:
        with suppress(extensiontrials.UntriedError):  # one reads files, so the page is looked at without those that may
            return extensiontrials.attempt(convertedpage.confined_convert, text, chosen_extensions)
    return convertedpage.convert(text, own_extensions)
