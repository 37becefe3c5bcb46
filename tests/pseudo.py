"""A language that nobody speaks: it shows which words come from no catalogue and from no author.

Its catalogue says every message in the wide Latin letters of Unicode (U+FF21 to U+FF5A), and a series can be put into
the same letters, so that a topic still has its address. Dates, countries and languages are Greek, as Babel has them. An
ASCII letter that a reader sees is then a word of ours that cannot be translated.
"""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from built_once import built_once
from casebuilder import pipeline
from casebuilder.model import Framework, Giscus, Prose
from casebuilder.model.base import Record
from casebuilder.model.series import Series
from casebuilder.wording import catalogue
from casebuilder.wording.templating import _environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline import Reading

_SAMPLE = Path(__file__).parents[1]
#: A language that Babel knows, whose letters are not Latin, and that has no catalogue.
LANGUAGE = "el"
_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}
#: What stays in a message: values by their names, tags, entities.
_FRAME = re.compile(r"(%\(\w+\)s|%%|\{\w*\}|<[^>]*>|&\w+;)")
#: What stays in an author's Markdown: citations, ids, addresses, quotes that are placed, HTML.
_MARKS = re.compile(
    r"(\[@[^\]]*\]|\{[#.:][^}]*\}|\]\([^)]*\)|^::\w+\[[^\]]*\]|<[^>]*>|&\w+;|https?://\S+)", re.MULTILINE
)
#: The fields of the model that hold an author's words.
_WRITTEN = frozenset(
    (
        *(
            "activity",
            "alt",
            "audience",
            "authors",
            "container",
            "content_note",
            "credentials",
            "credit",
            "description",
        ),
        *("disclosure", "hashtag", "how", "inspired_by", "institution", "introduction", "method", "name", "note"),
        *("notice", "objectives", "pages", "post", "pronouns", "role", "source", "teaser", "text", "title", "topics"),
        *("why", "family", "given", "cite_as"),
    )
)


def wide(text: str, kept_pattern: re.Pattern[str] = _FRAME) -> str:
    """Words in wide letters, but for what is no word."""
    parts = kept_pattern.split(text)
    return "".join(part if place % 2 else part.translate(_WIDE) for place, part in enumerate(parts))


def narrow(text: str) -> str:
    """The same in ordinary letters, for a person who corrects something."""
    return text.translate({mark: sign for sign, mark in _WIDE.items()})


def written(value: object, name: str = "") -> object:
    """A value of the model whose author wrote in wide letters; ids, addresses and choices stay."""
    if isinstance(value, Prose):
        return replace(value, source=wide(value.source, _MARKS), around=wide(value.around, _MARKS))
    if isinstance(value, Framework):
        return Framework(title=wide(value.title), codes={code: wide(label) for code, label in value.codes.items()})
    if isinstance(value, Record):
        return value.model_copy(
            update={field: written(getattr(value, field), field) for field in type(value).model_fields}
        )
    if isinstance(value, tuple):
        return tuple(written(each, name) for each in value)
    return wide(value) if type(value) is str and name in _WRITTEN else value


def series(original: Series) -> Series:
    """A series in wide letters, with every setting that puts words on a page."""
    in_wide_letters = written(original)
    assert isinstance(in_wide_letters, Series)
    settings = in_wide_letters.settings.model_copy(
        update={
            "giscus": Giscus(repo="example/cases", repo_id="R_1", category="Cases", category_id="C_1"),
            "competencies": {"own": Framework(title=wide("Our own"), codes={"listening": wide("Listening")})},
            "drafts": True,
        }
    )
    cases = tuple(
        case.model_copy(update={"language": LANGUAGE, "competencies": (*case.competencies, "own:listening")})
        for case in in_wide_letters.cases
    )
    return in_wide_letters.model_copy(update={"language": LANGUAGE, "settings": settings, "cases": cases})


def write(folder: Path) -> None:
    """Write the catalogue of the language below a folder."""
    template = catalogue._FOLDER / "casebuilder.pot"
    with template.open("rb") as file:
        messages = read_po(file)
    catalogue_made = Catalog(locale=LANGUAGE, domain="casebuilder")
    for message in messages:
        if message.id:
            translation = wide(message.id) if isinstance(message.id, str) else tuple(wide(form) for form in message.id)
            catalogue_made.add(message.id, translation, context=message.context)
    place = folder / LANGUAGE / "LC_MESSAGES" / "casebuilder.po"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_po(file, catalogue_made)


@contextmanager
def spoken(folder: Path) -> Iterator[None]:
    """The language in force, and forgotten afterwards."""
    write(folder)
    cached = (catalogue.languages, catalogue._translations, catalogue._catalogue, _environment)
    for function in cached:
        function.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "_FOLDER", folder)
        yield
    for function in cached:
        function.cache_clear()


def sample(root: Path) -> Reading:
    """The sample series in wide letters, laid out in an empty folder; pages by hand and MkDocs' own settings, too."""
    for name in ("cases", "commentary", "experts", "collections", "theme"):
        shutil.copytree(_SAMPLE / name, root / name)
    settings_text = re.sub(r"(?m)^ *- Handbook.*\n", "", (_SAMPLE / "mkdocs.yml").read_text())
    settings_text = settings_text.replace("language: en", f"language: {LANGUAGE}")
    written_out = r"(?m)(?<=^site_name: ).*|(?<=^site_description: ).*|(?<= notice: ).*|(?<=^  - )[A-Z][a-z ]+(?=: \w+)"
    (root / "mkdocs.yml").write_text(re.sub(written_out, lambda words: wide(words[0]), settings_text))
    by_hand = wide("# About\n\nA page[^1] by hand.\n\n## One\n\nWords.\n\n## Two\n\nMore.\n\n[^1]: A note.\n")
    (root / "docs").mkdir()
    (root / "docs" / "about.md").write_text(by_hand)
    reading = pipeline.read(root)
    assert reading.errors() == ()
    return replace(reading, series=series(reading.series), problems=())


def site(temporary: pytest.TempPathFactory) -> Path:
    """The sample series in that language: in a folder its site, `site`, and the copy for a disk, `copy.zip`."""

    def build(folder: Path) -> None:
        with spoken(temporary.mktemp("locale")):
            build_site(sample(temporary.mktemp("series")), folder / "site", folder / "copy.zip")

    return built_once(temporary, "pseudo", build)


def build_site(reading: Reading, site: Path, copy: Path) -> None:
    """Build a series as it was read, without packs, and its copy for a disk."""
    from mkdocs.commands.build import build as make
    from mkdocs.config import load_config

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "read", lambda *_, **__: reading)
        config = load_config(str(reading.root / "mkdocs.yml"), site_dir=str(site))
        config.plugins["casebuilder"].take(pipeline.BuildOptions(packs=False, offline=copy))
        config.plugins.run_event("startup", command="build", dirty=False)
        make(config)
        config.plugins.run_event("shutdown")
        config.plugins["casebuilder"].take()
