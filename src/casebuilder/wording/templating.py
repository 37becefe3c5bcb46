"""Jinja templates: always escaped, unknown names are errors, and every message is translated."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.wording import SOURCE, spoken, translations

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(package: str, language: str = SOURCE) -> Environment:
    """Return the environment of the folder `templates` of an output, such as "outputs.site".

    Args:
        package: a package below `casebuilder`.
        language: of the messages in the templates (BCP 47); English if it has no catalogue.
    """
    return _environment(package, spoken(language))


@lru_cache(maxsize=64)
def _environment(package: str, language: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Autoescape is always on: Jinja's own choice depends on the file's ending and misses ".html.j2".
    environment = Environment(
        loader=PackageLoader(f"casebuilder.{package}", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    speak(environment, language)
    return environment


def speak(environment: Environment, language: str) -> None:
    """Translate messages in templates: `{{ _("Questions") }}`, `{% trans %}...{% endtrans %}`.

    Values are named in a message, `%(name)s`, and escaped; line breaks in a message count as spaces.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]  # its i18n extension adds it
