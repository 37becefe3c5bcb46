"""Jinja templates: escaping always on, an unknown name always an error, every word of ours from a catalogue."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.wording import SOURCE, spoken, translations

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(room: str, language: str = SOURCE) -> Environment:
    """The templates of one kind of output: the folder `templates` in its room, such as "outputs.site".

    Args:
        room: a package below `casebuilder`.
        language: BCP 47, of the words that the templates say; English where it has no catalogue.
    """
    return _environment(room, spoken(language))


@lru_cache(maxsize=64)
def _environment(room: str, language: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Autoescape is turned on outright: Jinja's own choice goes by a file's ending and misses ".html.j2".
    made = Environment(
        loader=PackageLoader(f"casebuilder.{room}", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    speak(made, language)
    return made


def speak(environment: Environment, language: str) -> None:
    """Let templates say their words in a language: `{{ _("Questions") }}`, `{% trans %}...{% endtrans %}`.

    Values stand in a message by name, `%(name)s`, and are escaped; line breaks in a message are blanks.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]  # its i18n extension adds it
