"""The templates of letters: casebuilder's own, and those that a series lays over them in its folder `letters`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.text import did_you_mean
from casebuilder.wording import SOURCE
from casebuilder.wording.owntemplates import OwnTemplateError, fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOLDER = "letters"
KINDS = ("consent", "invitation", "reminder", "thanks")
ENDING = ".md.j2"


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
    """Casebuilder's own templates, by the path at which a series would lay its own over them."""
    folder = files("casebuilder.editorial.letters") / "builtin"
    return {
        f"{FOLDER}/{entry.name}": entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda path: path.name)
        if entry.name.endswith(ENDING)
    }


def choose(kind: str, language: str, own: Mapping[str, str]) -> Template:
    """The template of a letter in the nearest language: "es-MX", else "es", else English. The series' own go first."""
    parts = language.split("-")
    tags = [*("-".join(parts[:length]) for length in range(len(parts), 0, -1)), SOURCE]
    every = {**built_in(), **{_path(path): text for path, text in own.items()}}
    written = {_path(path): path for path in own}
    tag = next(tag for tag in tags if _path(f"{FOLDER}/{kind}.{tag}{ENDING}") in every)
    path = _path(f"{FOLDER}/{kind}.{tag}{ENDING}")
    return Template(written.get(path, path), every[path], tag)


def _path(path: str) -> str:
    """A path in one spelling: language tags are the same in capitals, and with an underscore."""
    return path.lower().replace("_", "-")


def filled(template: Template, values: Mapping[str, object]) -> Letter:
    """A letter from its template. The first line, with or without a #, is its subject.

    Raises:
        LetterError: the template is wrong; the message begins with its path and line.
    """
    try:
        text = fill(template.text, values)
    except OwnTemplateError as error:
        raise LetterError(f"{template.path}:{error.line}: {error}") from None
    subject, _, rest = text.strip().partition("\n")
    if not subject.lstrip("# ").strip():
        raise LetterError(f"{template.path}:1: the letter has no first line, which is its subject")
    return Letter(" ".join(subject.lstrip("# ").split()), _without_gaps(rest), template.language)


def _without_gaps(text: str) -> str:
    """A text in which no two empty lines follow each other."""
    lines: list[str] = []
    for line in map(str.rstrip, text.strip().split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


def misnamed(paths: Iterable[str]) -> Iterator[str]:
    """A sentence for each file in the folder of templates that no letter uses."""
    known = [name.removeprefix(f"{FOLDER}/") for name in built_in()]
    for path in sorted(paths):
        name = path.removeprefix(f"{FOLDER}/")
        kind, _, rest = name.partition(".")
        if kind not in KINDS or not rest.endswith(ENDING[1:]) or "." in rest.removesuffix(ENDING):
            near = did_you_mean(name, known)
            yield f"{path}: no letter has this name; {near or f'write it as {FOLDER}/consent.es{ENDING}'}"
