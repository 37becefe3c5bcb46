"""The templates of letters: casebuilder's own, and those that a series lays over them in its folder `letters`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.model import Use
from casebuilder.readers.folders import LETTERS
from casebuilder.text import did_you_mean
from casebuilder.wording import SOURCE
from casebuilder.wording.owntemplates import OwnTemplateError, faults, fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = LETTERS
KINDS = ("consent", "invitation", "reminder", "thanks")
ENDING = ".md.j2"
_ALL = frozenset(("name", "case", "series", "site", "page", "contact", "licence", "licence_address"))
_TO_EXPERTS = _ALL | {"editors", "opens", "releases", "opened", "released", "teaser", "questions", "paper"}
_TO_EXPERTS |= {"shortest", "longest", "title", "written"}
#: What each letter may name.
VALUES = {
    "consent": _ALL | {"curators", "reply_by", "named", "quotes"},
    "invitation": _TO_EXPERTS | {"deadline"},
    "reminder": _TO_EXPERTS | {"deadline"},
    "thanks": _TO_EXPERTS,
}
#: What a letter for consent may name of each of its `quotes`.
OF_QUOTE = frozenset(("id", "words", "paraphrase", "named", "signed", "theme", "question", "post", *map(str, Use)))


class LetterError(Exception):
    """A letter cannot be written; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in Markdown, which reads well as plain text.

    Attributes:
        subject: its first line.
        text: everything after it.
        language: of its template (BCP 47).
    """

    subject: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Template:
    """A template, with the path to name in messages, and its language."""

    path: str
    text: str
    language: str


@lru_cache(maxsize=1)
def built_in() -> Mapping[str, str]:
    """Return casebuilder's own templates, by the path at which a series would put one of its own."""
    folder = files("casebuilder.editorial.letters") / "builtin"
    return {
        f"{FOLDER}/{entry.name}": entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda path: path.name)
        if entry.name.endswith(ENDING)
    }


def choose(kind: str, language: str, series_templates: Mapping[str, str]) -> Template:
    """Return the template of a letter in the nearest language: "es-MX", else "es", else English.

    The series' own go first.
    """
    parts = language.split("-")
    tags = [*("-".join(parts[:length]) for length in range(len(parts), 0, -1)), SOURCE]
    all_templates = {**built_in(), **{_normal_path(path): text for path, text in series_templates.items()}}
    paths_as_written = {_normal_path(path): path for path in series_templates}
    tag = next(tag for tag in tags if _normal_path(f"{FOLDER}/{kind}.{tag}{ENDING}") in all_templates)
    path = _normal_path(f"{FOLDER}/{kind}.{tag}{ENDING}")
    return Template(paths_as_written.get(path, path), all_templates[path], tag)


def _normal_path(path: str) -> str:
    """Return a path in one spelling: language tags are the same in capitals, and with an underscore."""
    return path.lower().replace("_", "-")


def filled(template: Template, values: Mapping[str, object]) -> Letter:
    """Return a letter from its template. The first line, with or without a #, is its subject.

    Raises:
        LetterError: the template is wrong; the message begins with its path and line.
    """
    try:
        text = fill(template.text, values)
    except OwnTemplateError as error:
        raise LetterError(f"{template.path}:{error.line}: {error}") from None
    subject, _, body = text.strip().partition("\n")
    if not subject.lstrip("# ").strip():
        raise LetterError(f"{template.path}:1: the letter has no first line, which is its subject")
    return Letter(" ".join(subject.lstrip("# ").split()), _without_gaps(body), template.language)


def _without_gaps(text: str) -> str:
    """Return a text in which no two empty lines follow each other."""
    lines: list[str] = []
    for line in map(str.rstrip, text.strip().split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


def misnamed(path: str) -> str:
    """Return what is wrong with the name of a template of a series; empty if a letter uses it."""
    name = path.removeprefix(f"{FOLDER}/")
    kind, _, rest_of_name = name.partition(".")
    if kind in KINDS and rest_of_name.endswith(ENDING[1:]) and "." not in rest_of_name.removesuffix(ENDING):
        return ""
    suggestion = did_you_mean(name, [path_known.removeprefix(f"{FOLDER}/") for path_known in built_in()])
    return f"no letter has this name; {suggestion or f'write it as {FOLDER}/consent.es{ENDING}'}"


def problems(path: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the line, from 1, and the message of all that is wrong with a template of a series, before it is used.

    Args:
        path: of the file, below the series' root.
        text: what is in it.
    """
    if message := misnamed(path):
        yield 1, message
        return
    kind = path.removeprefix(f"{FOLDER}/").partition(".")[0]
    yield from ((fault.line, str(fault)) for fault in faults(text, VALUES[kind], OF_QUOTE))
    if not text.strip().partition("\n")[0].lstrip("# ").strip():
        yield 1, "the letter has no first line, which is its subject"
