"""Jinja templates: always escaped, unknown names are errors, and every message is translated."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.wording import SOURCE, spoken, translations

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket

#: How many numbers all ranges of one page may have: a template that needs a second for each page has fewer.
MOST_NUMBERS = 1_000_000


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


#: What is wrong with a template whose loops go on for too long.
TOO_MANY_NUMBERS = f"its ranges have more than {MOST_NUMBERS:,} numbers on one page"


def number_count(*limits: int) -> int:
    """Return how many numbers a range has; MOST_NUMBERS + 1 if they are more than a computer counts."""
    try:
        return len(range(*limits))
    except OverflowError:
        return MOST_NUMBERS + 1


@lru_cache(maxsize=1)
def compiled() -> BytecodeCache:
    """Return where templates are kept as code, for as long as this process lives.

    MkDocs reads its theme again in each build, and `serve` builds after each edit. On a disk, code would be there for
    anybody to change.
    """
    from jinja2 import BytecodeCache

    class InMemory(BytecodeCache):
        def __init__(self) -> None:
            self._codes: dict[tuple[str, str], bytes] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            if code := self._codes.get((bucket.key, bucket.checksum)):
                bucket.bytecode_from_string(code)

        def dump_bytecode(self, bucket: Bucket) -> None:
            self._codes[bucket.key, bucket.checksum] = bucket.bytecode_to_string()

    return InMemory()
