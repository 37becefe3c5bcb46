"""Profiles and collections."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from casebuilder import frontmatter
from casebuilder.model import Collection, CollectionData, Person, PersonData
from casebuilder.problems import Problem
from casebuilder.readers.records import read_yaml

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_person(text: str, path: str) -> tuple[Person | None, list[Problem]]:
    """`experts/<person>.md`: front matter, then a biography."""
    if not text.strip():
        return None, [Problem(path, 1, 1, "empty-file", "there is nothing in it", "fill it in, or delete it")]
    problems = _named(path, "experts/amara-diallo.md")
    matter, biography, found = frontmatter.split(text, path)
    problems += found
    if matter is None:
        if not found:
            hint = 'begin the file with "---", name and disclosure, and "---"'
            problems.append(Problem(path, 1, 1, "front-matter", "the profile has no front matter", hint))
        return None, problems
    data, origin, found = read_yaml(PersonData, matter[0], path, first_line=matter[1])
    problems += found
    if data is None:
        return None, problems
    return Person.model_construct(
        **dict(data), id=PurePosixPath(path).stem, biography=biography, origin=origin
    ), problems


def read_collection(text: str, path: str) -> tuple[Collection | None, list[Problem]]:
    """`collections/<id>.yml`."""
    data, origin, problems = read_yaml(CollectionData, text, path)
    problems = _named(path, "collections/new-teachers.yml") + problems
    if data is None:
        return None, problems
    return Collection.model_construct(**dict(data), id=PurePosixPath(path).stem, origin=origin), problems


def _named(path: str, example: str) -> list[Problem]:
    """A file's name becomes an address: lower-case letters, digits and hyphens."""
    if _ID.fullmatch(PurePosixPath(path).stem):
        return []
    hint = f"use lower-case letters, digits and single hyphens, such as {example}"
    return [Problem(path, 1, 1, "bad-value", "the file's name cannot be an address", hint)]
