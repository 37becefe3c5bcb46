"""The series' settings in `mkdocs.yml`: those of the site, and the casebuilder plugin's options."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from casebuilder.model import Language, Line, OneLine, Origin, Record, SiteAddress
from casebuilder.model.series import Series, Settings
from casebuilder.problems import Problem
from casebuilder.readers.configuration import INHERIT
from casebuilder.readers.configuration import read as read_configuration
from casebuilder.readers.effectivesettings import final_value, known, with_final
from casebuilder.readers.records import read_record, unread
from casebuilder.readers.yamltext import Unknown
from casebuilder.text import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.model import Step
    from casebuilder.readers.configuration import Configuration
    from casebuilder.readers.yamltext import Plain

P = TypeVar("P", bound=Record)

PLUGIN = "casebuilder"
_HINT = 'add the entry "casebuilder" to the list "plugins" of mkdocs.yml'


class _Site(Record):
    """The settings of MkDocs that casebuilder uses."""

    site_name: OneLine = "Case series"
    site_description: Line = ""
    site_url: SiteAddress = ""
    strict: bool = False
    docs_dir: str = "docs"
    site_dir: str = "site"


class _Theme(Record):
    """The settings of the theme that casebuilder uses."""

    language: Language = "en"
    custom_dir: str | None = None
    logo: Line = ""
    favicon: Line = ""


def read_settings(texts: Mapping[str, str], source: Configuration) -> tuple[Series, list[Problem]]:
    """Return an empty series with its name, address, language and settings.

    Args:
        texts: the configuration file and those that it inherits, by path.
        source: which file is the first, and other sources of settings.
    """
    path = source.path
    empty_series = Series.model_construct(origin=unread(path))
    if path not in texts:
        hint = "run the command in the series' folder, or make a series there"
        return empty_series, [Problem(path, 1, 1, "no-series", f"there is no {path} here", hint)]
    document, problems = read_configuration(texts, path, source.environment)
    if document is None:
        return empty_series, problems
    if not isinstance(document.value, dict):
        return empty_series, [*problems, Problem(path, 1, 1, "no-series", "the file holds no settings", _HINT)]
    steps, options, entry_problems = _plugin_entry(document.value, document.origin)
    values = document.value
    if final := source.final:
        options, entry_problems = final_value(options, final[PLUGIN]), []
        values = with_final(values, final)
    known_options = {} if isinstance(options, Unknown) else known(options)
    settings, settings_origin, settings_problems = read_record(Settings, known_options, document.origin, steps)
    series, site_problems = _series(values, document.origin, settings or Settings.model_construct())
    series = series.replaced(settings_origin=settings_origin, settings_steps=steps)
    return series, [*problems, *entry_problems, *settings_problems, *site_problems]


def _series(values: dict[str, Plain], origin: Origin, settings: Settings) -> tuple[Series, list[Problem]]:
    """Return a series from the site's and the plugin's settings."""
    site, problems = _read_part(_Site, values, origin)
    theme, theme_problems = _read_part(_Theme, values.get("theme"), origin, ("theme",))
    series = Series.model_construct(
        name=site.site_name,
        description=site.site_description,
        site_url=site.site_url,
        language=theme.language,
        logo=theme.logo,
        favicon=theme.favicon,
        # To MkDocs, an empty name means the series' folder.
        page_folders=tuple(name or "." for name in (site.docs_dir, theme.custom_dir) if name is not None),
        site_folder=site.site_dir or ".",
        settings=settings.model_copy(update={"strict": True}) if site.strict else settings,
        site_values=values,
        origin=origin,
    )
    return series, [*problems, *theme_problems, *_report_unused(values.get("theme"), origin)]


#: Settings of Material without effect on the pages of a series, and what to do instead.
_UNUSED = {
    "palette": "delete it; set colours in theme/assets/stylesheets/series.css, such as :root { --cb-accent: #7a1f3d; }",
    "icon": "delete it; for a logo write logo: assets/images/logo.svg",
    "font": "write font: false; fonts come with the site, and others are set in theme/assets/stylesheets/series.css",
    "features": "delete it; the pages of a series have no such parts",
}


def _report_unused(theme: Plain, origin: Origin) -> list[Problem]:
    """Report settings of the theme that have no effect."""
    theme_fields = theme if isinstance(theme, dict) else {}
    return [
        Problem(*origin.at_key("theme", name), "unused-setting", f'"{name}" changes nothing on these pages', hint)
        for name, hint in _UNUSED.items()
        if theme_fields.get(name) not in (None, [], "false", "False", "no")
    ]


def _read_part(kind: type[P], value: Plain, origin: Origin, steps: tuple[Step, ...] = ()) -> tuple[P, list[Problem]]:
    """Make a record from the fields that it knows; other fields, and empty ones, are for MkDocs only."""
    known_fields = known(value) if isinstance(value, dict) else None
    plain_fields = known_fields if isinstance(known_fields, dict) else {}
    kind_fields = {name: plain_fields[name] for name in kind.model_fields if plain_fields.get(name) is not None}
    record, _, problems = read_record(kind, kind_fields, origin, steps)
    return record or kind(), problems


def _plugin_entry(values: dict[str, Plain], origin: Origin) -> tuple[tuple[Step, ...], Plain, list[Problem]]:
    """Return the path of the plugin's options, and the options; its entry may have three forms."""
    mistyped = mistyped_plugins(values)
    problems = []
    if mistyped:
        message = f'MkDocs has no setting "{mistyped}", so the plugin {PLUGIN} is missing'
        problems = [Problem(*origin.at_key(mistyped), "no-series", message, 'did you mean "plugins"?')]
    name = mistyped or "plugins"
    plugins = values.get(name)
    if isinstance(plugins, dict) and PLUGIN in plugins:
        return (name, PLUGIN), plugins[PLUGIN] or {}, problems
    for number, entry in enumerate(plugins if isinstance(plugins, list) else ()):
        if entry == PLUGIN:
            return (name, number), {}, problems
        if isinstance(entry, dict) and PLUGIN in entry:
            steps: tuple[Step, ...] = (name, number, PLUGIN)
            return steps, entry[PLUGIN] or {}, [*problems, *_report_outdented(entry, origin, steps)]
    if isinstance(plugins, Unknown) or INHERIT in values:
        return (name,), {}, []  # it may be in a part that is unknown
    return (name,), {}, problems or [_without_plugin(plugins, name, origin)]


def _without_plugin(plugins: Plain, name: str, origin: Origin) -> Problem:
    """Return the problem that a list of plugins does not name ours, or writes it in another way."""
    entries = list(plugins) if isinstance(plugins, (dict, list)) else []
    for number, entry in enumerate(entries):
        written = next(iter(entry), "") if isinstance(entry, dict) else str(entry)
        if nearest(written.strip("- "), [PLUGIN], cutoff=0.8):
            place = origin.at_key(name, written) if isinstance(plugins, dict) else origin.at(name, number)
            message = f'"{written}" is not the name of the plugin {PLUGIN}'
            return Problem(*place, "no-series", message, f"write - {PLUGIN}")
    message = f"{origin.path} does not name the plugin {PLUGIN}"
    return Problem(*origin.at(name), "no-series", message, _HINT)


def mistyped_plugins(values: Mapping[str, object]) -> str:
    """Return the name under which a list of plugins with casebuilder is, if it is not "plugins"; empty if it is."""
    if "plugins" in values or INHERIT in values:
        return ""
    entries = {
        name: value for name, value in values.items() if isinstance(value, (list, dict)) and PLUGIN in str(value)
    }
    return nearest("plugins", entries)


def _report_outdented(entry: dict[str, Plain], origin: Origin, steps: tuple[Step, ...]) -> list[Problem]:
    """Report options that are not indented enough: MkDocs would take them for plugins."""
    option = next((key for key in entry if key != PLUGIN), None)
    if option is None:
        return []
    hint = "put two more spaces before it, and before each line below it that belongs to it"
    message = f'"{option}" is not indented enough to belong to {PLUGIN}'
    return [Problem(*origin.at_key(*steps[:-1], option), "wrong-type", message, hint)]
