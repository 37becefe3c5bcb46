"""The series' own settings: what `mkdocs.yml` says of the site, and the casebuilder plugin's options in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import yamltext
from casebuilder.model import NOWHERE, Origin, Series, Settings
from casebuilder.problems import Problem
from casebuilder.readers.records import read_record

if TYPE_CHECKING:
    from casebuilder.model import Step

_HINT = 'add the entry "casebuilder" to the list "plugins" of mkdocs.yml'


def read_settings(text: str | None, path: str) -> tuple[Series, list[Problem]]:
    """A series with its name, address, language and settings, and nothing in it yet."""
    if text is None:
        hint = "run the command in the series' folder, or make a series there"
        return Series(), [Problem(path, 1, 1, "no-series", f"there is no {path} here", hint)]
    document, problems = yamltext.read(text, path, tags=True)
    if document is None:
        return Series(), problems
    if not isinstance(document.value, dict):
        return Series(), [*problems, Problem(path, 1, 1, "no-series", "the file holds no settings", _HINT)]
    settings, found = _plugin_options(document.value, document.origin)
    theme = document.value.get("theme")
    language = theme.get("language") if isinstance(theme, dict) else None
    address = str(document.value.get("site_url") or "")
    series = Series(
        name=document.value.get("site_name") or "Case series",
        description=document.value.get("site_description") or "",
        site_url=address if address.endswith("/") or not address else f"{address}/",
        language=language or "en",
        settings=settings,
        origin=document.origin,
    )
    return series, problems + found


def _plugin_options(configuration: dict[str, yamltext.Plain], origin: Origin) -> tuple[Settings, list[Problem]]:
    """The options of the plugin's entry, which may be a word, a mapping in a list, or one in a mapping."""
    plugins = configuration.get("plugins")
    entries: list[tuple[Step, object]] = []
    if isinstance(plugins, dict):
        entries = [(name, {name: options}) for name, options in plugins.items()]
    elif isinstance(plugins, list):
        entries = list(enumerate(plugins))
    for step, entry in entries:
        if entry == "casebuilder":
            return Settings(), []
        if isinstance(entry, dict) and "casebuilder" in entry:
            steps = ("plugins", step) if isinstance(plugins, dict) else ("plugins", step, "casebuilder")
            options = entry["casebuilder"]
            settings, _, problems = read_record(Settings, {} if options is None else options, origin, steps)
            return settings or Settings(), problems
    place = origin.at("plugins") if origin is not NOWHERE else (origin.path, 1, 1)
    return Settings(), [Problem(*place, "no-series", "mkdocs.yml does not name the plugin casebuilder", _HINT)]
