"""MkDocs' configuration during a build: what the series' settings need of it, and what is added to it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from casebuilder import mkdocsnotation, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig

#: Material's default favicon, which is not published.
_MATERIALS_FAVICON = "assets/images/favicon.png"


class WarningCount:
    """Counts MkDocs' warnings from now on: for a series that is strict in a build that is not."""

    def __init__(self) -> None:
        self._counter = CountHandler(level=logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self._counter)

    def refuse_any(self) -> None:
        """Stop counting, and stop the build if there was a warning.

        Raises:
            PluginError: there was one.
        """
        logging.getLogger("mkdocs").removeHandler(self._counter)
        if counts := self._counter.get_counts():
            count = sum(number for _, number in counts)
            raise PluginError(f"{count} {'warning' if count == 1 else 'warnings'}, and the series is strict")


def final_values(config: MkDocsConfig, options: Mapping[str, object]) -> dict[str, object]:
    """Return the values of MkDocs' final configuration that the series' settings are made of, as in `mkdocs.yml`.

    Args:
        config: the configuration after hooks and other plugins.
        options: the casebuilder plugin's own options.
    """
    names = ("site_name", "site_description", "site_url", "strict")
    return {
        **{name: config[name] for name in names},
        "theme": {
            "language": config.theme.get("language"),
            "logo": config.theme.get("logo"),
            "favicon": None if (favicon := config.theme.get("favicon")) == _MATERIALS_FAVICON else favicon,
        },
        "casebuilder": dict(options),
    }


def add_notation(config: MkDocsConfig, language: str) -> None:
    """Add the Markdown extensions that show GitHub's notations on hand-written pages; the series' own come first."""
    own: dict[str, dict[str, object]] = {mkdocsnotation.NAME: {"language": language}}
    for name, options in {**mkdocsnotation.BESIDE, **own}.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
            config.mdx_configs[name] = dict(options)


def translate_extensions(config: MkDocsConfig, language: str) -> None:
    """Translate the texts that Markdown extensions add to hand-written pages, unless the series sets its own."""
    translator = wording.translations(language)
    for extension, option, text in (
        ("footnotes", "BACKLINK_TITLE", translator.gettext("Jump back to footnote {} in the text")),
        ("toc", "permalink_title", translator.gettext("Permanent link")),
    ):
        if extension in config.markdown_extensions:
            config.mdx_configs.setdefault(extension, {}).setdefault(option, text)
