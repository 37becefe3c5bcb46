"""The series' own settings: what `mkdocs.yml` says of the site, and the casebuilder plugin's options in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from casebuilder import yamltext
from casebuilder.model import Language, Origin, Record, Series, Settings, Words
from casebuilder.problems import Problem
from casebuilder.readers.records import read_record, unread

if TYPE_CHECKING:
    from casebuilder.model import Step

P = TypeVar("P", bound=Record)

_HINT = 'add the entry "casebuilder" to the list "plugins" of mkdocs.yml'


class _Site(Record):
    """What the format takes from the rest of `mkdocs.yml`, which is MkDocs' own."""

    site_name: Words = "Case series"
    site_description: str = ""
    site_url: str = ""
    strict: bool = False


class _Theme(Record):
    """What it takes from the theme's settings."""

    language: Language = "en"


def read_settings(text: str | None, path: str) -> tuple[Series, list[Problem]]:
    """A series with its name, address, language and settings, and nothing in it yet."""
    nothing = Series.model_construct(origin=unread(path))
    if text is None:
        hint = "run the command in the series' folder, or make a series there"
        return nothing, [Problem(path, 1, 1, "no-series", f"there is no {path} here", hint)]
    document, problems = yamltext.read(text, path, tags=True)
    if document is None:
        return nothing, problems
    if not isinstance(document.value, dict):
        return nothing, [*problems, Problem(path, 1, 1, "no-series", "the file holds no settings", _HINT)]
    settings, found = _plugin_options(document.value, document.origin)
    site, more = _part(_Site, document.value, document.origin)
    theme, most = _part(_Theme, document.value.get("theme"), document.origin, ("theme",))
    series = Series.model_construct(
        name=site.site_name,
        description=site.site_description,
        site_url=site.site_url if site.site_url.endswith("/") or not site.site_url else f"{site.site_url}/",
        language=theme.language,
        settings=settings.model_copy(update={"strict": True}) if site.strict else settings,
        origin=document.origin,
    )
    return series, [*problems, *found, *more, *most]


def _part(
    kind: type[P], value: yamltext.Plain, origin: Origin, steps: tuple[Step, ...] = ()
) -> tuple[P, list[Problem]]:
    """A record of the keys that it knows; the others, and those without a value, are MkDocs' affair."""
    given = value if isinstance(value, dict) else {}
    known = {name: given[name] for name in kind.model_fields if given.get(name) is not None}
    record, _, problems = read_record(kind, known, origin, steps)
    return record or kind(), problems


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
            return Settings.model_construct(), []
        if isinstance(entry, dict) and "casebuilder" in entry:
            steps = ("plugins", step) if isinstance(plugins, dict) else ("plugins", step, "casebuilder")
            options = entry["casebuilder"]
            settings, _, problems = read_record(Settings, {} if options is None else options, origin, steps)
            return settings or Settings.model_construct(), problems
    message = f"{origin.path} does not name the plugin casebuilder"
    return Settings.model_construct(), [Problem(*origin.at("plugins"), "no-series", message, _HINT)]
