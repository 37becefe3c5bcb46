"""The settings of `mkdocs.yml` that are MkDocs' own: whatever a build would refuse is a problem at its line.

MkDocs itself is slow to load, and its reader runs what a file brings. So `check` knows the kind of each setting, and
asks MkDocs, or the extension or plugin, only about values that it cannot judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.pipeline.mkdocssettings import (
    extensions,
    extrafiles,
    links,
    namedsettings,
    navigation,
    plugins,
    valuekinds,
)
from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile, is_unknown
from casebuilder.readers.settings import mistyped_plugins
from casebuilder.text import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from casebuilder.pipeline.mkdocssettings.valuekinds import Kind, Steps
    from casebuilder.problems import Problem
    from casebuilder.readers import Series

#: Every setting of MkDocs, and what may be written there.
SETTINGS: dict[str, Kind] = {
    "site_name": valuekinds.filled,
    "site_description": valuekinds.text,
    "site_author": valuekinds.text,
    "site_url": namedsettings.site_address,
    "site_dir": valuekinds.text,
    "docs_dir": namedsettings.folder,
    "theme": namedsettings.theme,
    "copyright": links.text_with_links,
    "nav": navigation.menu,
    "pages": valuekinds.gone("write nav: instead"),
    "exclude_docs": namedsettings.patterns,
    "draft_docs": namedsettings.patterns,
    "not_in_nav": namedsettings.patterns,
    "google_analytics": valuekinds.unused,
    "dev_addr": namedsettings.judged_by_mkdocs,
    "use_directory_urls": valuekinds.truth,
    "repo_url": namedsettings.judged_link,
    "repo_name": valuekinds.text,
    "edit_uri_template": namedsettings.judged_link,
    "edit_uri": links.optional_link,
    "extra_css": valuekinds.listed(extrafiles.asset, optional=True),
    "extra_javascript": valuekinds.listed(navigation.script),
    "extra_templates": valuekinds.listed(extrafiles.template, optional=True),
    "markdown_extensions": extensions.extensions,
    "mdx_configs": valuekinds.gone("write the options under markdown_extensions"),
    "config_file_path": valuekinds.gone("delete the line", empty=True),
    "strict": valuekinds.truth,
    "remote_branch": valuekinds.text,
    "remote_name": valuekinds.text,
    "extra": links.extra,
    "plugins": plugins.plugins,
    "hooks": valuekinds.listed(namedsettings.hook),
    "watch": valuekinds.listed(namedsettings.anything),
    "validation": navigation.validation,
}


def problems(root: Path, series: Series, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the problems of MkDocs' own settings.

    Args:
        root: the series' folder.
        series: with its settings.
        texts: the configuration file and those that it inherits, by path.
    """
    settings = SettingsFile(root, series.site_values, series.origin, texts)
    mistyped = mistyped_plugins(settings.values)  # which is reported, with casebuilder's own settings
    others = [name for name in settings.values if name not in SETTINGS]
    of_name = "" if "site_name" in settings.values else next(filter(_is_name_of_site, others), "")
    for name, value in settings.values.items():
        steps: Steps = (name,)
        if kind := SETTINGS.get(name):
            yield from kind(settings, settings.made(value, steps), steps)
        elif name not in {"INHERIT", mistyped, of_name}:
            hint = did_you_mean(name, SETTINGS) or "delete it, or write it under extra: if a template of yours reads it"
            yield settings.problem_of_key(steps, "unused-setting", f'MkDocs has no setting "{name}"', hint)
    for steps, value in _leaf_values(settings.values, ()):
        if unreadable := settings.unreadable(steps, value):
            yield unreadable
        elif is_unknown(value):
            from casebuilder.pipeline.mkdocssettings import instructions

            yield from instructions.problems(settings, steps)
    if settings.values and not {"site_name", "INHERIT"} & settings.values.keys():
        hint = "add a line with its name, such as site_name: Teaching Dilemmas"
        if of_name:
            message = f'MkDocs has no setting "{of_name}", and "site_name" is missing'
            yield settings.problem_of_key((of_name,), "missing-field", message, 'did you mean "site_name"?')
        else:
            yield settings.problem((), "missing-field", '"site_name" is missing', hint)


def _is_name_of_site(name: str) -> bool:
    """Return whether an unknown setting is probably the name of the site: "Site_name", "site_title"."""
    return bool(nearest(name, ["site_name"])) or name.lower() in {"title", "name", "sitename"}


def _leaf_values(value: object, steps: Steps) -> Iterator[tuple[Steps, object]]:
    """Yield the values that hold no others."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaf_values(inner, (*steps, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaf_values(inner, (*steps, number))
    else:
        yield steps, value
