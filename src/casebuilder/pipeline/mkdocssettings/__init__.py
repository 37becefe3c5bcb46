"""The settings of `mkdocs.yml` that are MkDocs' own: whatever a build would refuse is a problem at its line.

MkDocs itself is slow to load, and its reader runs what a file brings. So `check` knows the kind of each setting, and
asks MkDocs, or the extension or plugin, only about values that it cannot judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.pipeline.mkdocssettings import extensions, kinds, named, navigation, plugins, sitefiles
from casebuilder.pipeline.mkdocssettings.written import SettingsFile, is_unknown
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from casebuilder.pipeline.mkdocssettings.kinds import Kind, Steps
    from casebuilder.problems import Problem
    from casebuilder.readers import Series

#: Every setting of MkDocs, and what may be written there.
SETTINGS: dict[str, Kind] = {
    "site_name": kinds.filled,
    "site_description": kinds.text,
    "site_author": kinds.text,
    "site_url": kinds.text,
    "site_dir": kinds.text,
    "docs_dir": named.folder,
    "theme": named.theme,
    "copyright": kinds.text,
    "nav": navigation.menu,
    "pages": kinds.gone("write nav: instead"),
    "exclude_docs": named.patterns,
    "draft_docs": named.patterns,
    "not_in_nav": named.patterns,
    "google_analytics": kinds.unused,
    "dev_addr": named.judged_by_mkdocs,
    "use_directory_urls": kinds.truth,
    "repo_url": named.judged_by_mkdocs,
    "repo_name": kinds.text,
    "edit_uri_template": named.judged_by_mkdocs,
    "edit_uri": kinds.text,
    "extra_css": kinds.listed(sitefiles.asset, optional=True),
    "extra_javascript": kinds.listed(navigation.script),
    "extra_templates": kinds.listed(sitefiles.template, optional=True),
    "markdown_extensions": extensions.extensions,
    "mdx_configs": kinds.gone("write the options under markdown_extensions"),
    "config_file_path": kinds.gone("delete the line", empty=True),
    "strict": kinds.truth,
    "remote_branch": kinds.text,
    "remote_name": kinds.text,
    "extra": kinds.fields,
    "plugins": plugins.plugins,
    "hooks": kinds.listed(named.hook),
    "watch": kinds.listed(named.anything),
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
    for name, value in settings.values.items():
        steps: Steps = (name,)
        if kind := SETTINGS.get(name):
            yield from kind(settings, settings.made(value, steps), steps)
        elif name != "INHERIT":
            hint = did_you_mean(name, SETTINGS) or "delete it, or write it under extra: if a template of yours reads it"
            yield settings.problem_of_key(steps, "unused-setting", f'MkDocs has no setting "{name}"', hint)
    for steps, value in _leaf_values(settings.values, ()):
        if is_unknown(value):
            from casebuilder.pipeline.mkdocssettings import instructions

            yield from instructions.problems(settings, steps)
    if settings.values and not {"site_name", "INHERIT"} & settings.values.keys():
        hint = "add a line with its name, such as site_name: Teaching Dilemmas"
        yield settings.problem((), "missing-field", '"site_name" is missing', hint)


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
