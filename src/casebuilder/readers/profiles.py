"""Read profiles and collections."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from casebuilder.decoding import too_many_blocks
from casebuilder.model import Prose
from casebuilder.model.series import Collection, CollectionData, Person, PersonData
from casebuilder.problems import Problem
from casebuilder.readers import frontmatter
from casebuilder.readers.records import read_yaml
from casebuilder.slugs import MOST_LETTERS, person_slug, shortened, slug

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_person(text: str, path: str) -> tuple[Person | None, list[Problem]]:
    """Read `experts/<person>.md`: front matter, then a biography."""
    if not text.strip():
        return None, [Problem(path, 1, 1, "empty-file", "there is nothing in it", "fill it in, or delete it")]
    problems = _name_problems(path, person_slug(PurePosixPath(path).stem))
    matter, biography, matter_problems = frontmatter.split(text, path)
    problems += matter_problems
    if matter is None:
        if not matter_problems:
            hint = 'begin the file with "---", name and disclosure, and "---"'
            problems.append(Problem(path, 1, 1, "front-matter", "the profile has no front matter", hint))
        return None, problems
    data, origin, matter_problems = read_yaml(PersonData, matter[0], path, first_line=matter[1])
    problems += matter_problems
    if data is None:
        return None, problems
    return Person.model_construct(
        **dict(data), id=PurePosixPath(path).stem, biography=biography, origin=origin
    ), problems


def read_collection(text: str, path: str) -> tuple[Collection | None, list[Problem]]:
    """Read `collections/<id>.yml`."""
    data, origin, problems = read_yaml(CollectionData, text, path)
    problems = _name_problems(path, slug(PurePosixPath(path).stem)) + problems
    if data is None:
        return None, problems
    place = origin.at("introduction")
    opening = Prose(data.introduction, path, place[1], field=(origin, ("introduction",)))
    if crowded := too_many_blocks(data.introduction):  # in quotation marks, one line of the file may have many
        problems.append(Problem(*place, "file-too-large", *crowded[1:]))
        opening = Prose("…", path, place[1])
    return Collection.model_construct(**dict(data), id=PurePosixPath(path).stem, text=opening, origin=origin), problems


def _name_problems(path: str, suggestion: str) -> list[Problem]:
    """Check that a file's name can be an address: lower-case letters, digits and hyphens."""
    name = PurePosixPath(path)
    if _ID.fullmatch(name.stem) and len(name.stem) <= MOST_LETTERS:
        return []
    hint = f"rename it {shortened(suggestion) or 'short-name'}{name.suffix}"
    message = f'"{name.name}" cannot be an address: it takes lower-case letters, digits and single hyphens'
    if len(name.stem) > MOST_LETTERS:
        message = (
            f'"{name.name}" cannot be an address: it has {len(name.stem)} letters, and {MOST_LETTERS} are possible'
        )
    return [Problem(path, 1, 1, "bad-value", message, hint)]
