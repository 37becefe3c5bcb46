"""Read texts into the model. Pure functions that collect every problem.

A file that cannot be read does not stop the others, so all problems of all files are reported together.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from casebuilder.model.case import Case
from casebuilder.model.series import Series, Settings
from casebuilder.problems import Problem
from casebuilder.readers import unusablefiles
from casebuilder.readers.case import read_case
from casebuilder.readers.casefoldernames import meant_slug
from casebuilder.readers.commentary import read_commentary, read_figures, read_metrics
from casebuilder.readers.configuration import Configuration, chain
from casebuilder.readers.discussion import read_discussion
from casebuilder.readers.effectivesettings import differences
from casebuilder.readers.filekinds import FORMATS, Format
from casebuilder.readers.profiles import read_collection, read_person
from casebuilder.readers.settings import read_settings
from casebuilder.readers.yamltext import KNOWN
from casebuilder.slugs import person_slug
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = [
    "FORMATS",
    "KNOWN",
    "Case",
    "Configuration",
    "Format",
    "Series",
    "Settings",
    "chain",
    "differences",
    "read",
    "read_settings",
]

R = TypeVar("R")

#: Problems after which a file, or a part of it, is unknown.
_COSTLY = frozenset(
    ("control-character", "email-in-record", "yaml-syntax", "yaml-too-deep", "yaml-aliases", "yaml-tag",
     "yaml-duplicate-key", "front-matter", "json-syntax", "empty-file", "file-too-large", "missing-file", "wrong-type",
     "missing-field")
)  # fmt: skip
#: Problems of a line in the record, after which a contribution that others name is unknown.
_RECORD = "/discussion.jsonl"


def read(
    texts: Mapping[str, str],
    pictures: Iterable[str] = (),
    *,
    configuration: Configuration | None = None,
    unread: Iterable[str] = (),
) -> tuple[Series, list[Problem]]:
    """Read a whole series from its texts.

    Args:
        texts: each text by its path below the series' root.
        pictures: the pictures' paths below the root.
        configuration: where the settings come from; by default only `mkdocs.yml`.
        unread: files that exist but could not be decoded. They are already reported, so they are not missing.

    Returns:
        The part of the series that could be read, and every problem of its files.
    """
    unread = frozenset(unread)
    configuration = configuration or Configuration()
    series, problems = read_settings(texts, configuration)
    if configuration.path in unread:
        problems.clear()
    settings = {problem.path for problem in problems}
    folders = _by_folder(texts, "cases", problems)
    for first, slug, *rest in (path.split("/") for path in unread if path.count("/") > 1):
        if first == "cases" and rest:
            folders.setdefault(slug, {})
    commentaries = _by_folder(texts, "commentary", problems)
    names = frozenset(person_slug(PurePosixPath(path).stem) for path in texts if path.startswith("experts/"))
    cases: list[Case] = []
    for slug, files in folders.items():
        case_pictures = frozenset(path for path in pictures if path.startswith(f"cases/{slug}/"))
        case, case_problems = read_case(slug, files, case_pictures, unread, names)
        problems += case_problems
        case, case_problems = _with_commentary(case, commentaries.get(slug, {}), names, series.settings.contact)
        problems += case_problems
        cases.append(case)
    renamed = {meant_slug(case.slug, case.opens) for case in cases}  # whose folders are reported
    for slug, files in commentaries.items():
        if slug not in folders and slug not in renamed:
            path = f"commentary/{slug}/{next(iter(files))}"
            hint = did_you_mean(slug, folders) or "the folder has the case's own name"
            problems.append(Problem(path, 1, 1, "unknown-case", f'there is no case "{slug}"', hint))
    people, people_problems = _read_records(texts, "experts", ".md", read_person)
    collections, collection_problems = _read_records(texts, "collections", ".yml", read_collection)
    problems += [*people_problems, *collection_problems]
    unreliable = settings | {
        problem.path for problem in problems if problem.code in _COSTLY or problem.path.endswith(_RECORD)
    }
    update = {
        "cases": tuple(cases),
        "people": people,
        "collections": collections,
        "pictures": frozenset(pictures),
        "unread": unread | unreliable,
    }
    return series.model_copy(update=update), problems


def _by_folder(texts: Mapping[str, str], top: str, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """Return the texts of `top/<slug>/...` by slug, then by their path in that folder."""
    folders: dict[str, dict[str, str]] = {}
    for path, text in texts.items():
        first, *rest = path.split("/")
        if first != top:
            continue
        if len(rest) > 1:
            folders.setdefault(rest[0], {})["/".join(rest[1:])] = text
        elif rest != ["README.md"]:
            problems.append(Problem(path, 1, 1, "unexpected-file", *_stray_text(path)))
    return folders


def _stray_text(path: str) -> tuple[str, str]:
    """Return the problem of a text beside the folders of cases, with its right place."""
    message, hint = unusablefiles.place(path, ())
    if message != unusablefiles.IGNORED or hint.startswith("did"):
        return message, hint
    return "this file belongs to no case", f"move it into the folder of its case, {path.partition('/')[0]}/<case>/"


def _with_commentary(
    case: Case, files: Mapping[str, str], people: frozenset[str], contact: str
) -> tuple[Case, list[Problem]]:
    """Return the case with the files of `commentary/<slug>/`."""
    problems: list[Problem] = []
    update: dict[str, object] = {}
    for name, text in files.items():
        path = f"commentary/{case.slug}/{name}"
        if name == "commentary.md":
            update["commentary"], file_problems = read_commentary(text, path, case.questions)
        elif name == "discussion.jsonl":
            update["contributions"], file_problems = read_discussion(text, path, contact)
        elif name == "metrics.yml":
            update["metrics"], update["metrics_origin"], file_problems = read_metrics(text, path)
        elif name == "figures.yml":
            update["figures"], update["figures_origin"], file_problems = read_figures(text, path)
        else:
            file_problems = [Problem(path, 1, 1, "unexpected-file", *unusablefiles.place(path, people))]
        problems += file_problems
    return case.model_copy(update=update), problems


def _files_in_folder(texts: Mapping[str, str], top: str, ending: str) -> tuple[dict[str, str], list[Problem]]:
    """Yield the texts `top/<name><ending>`; others below `top` are problems."""
    flat_files: dict[str, str] = {}
    problems = []
    for path, text in texts.items():
        if not path.startswith(f"{top}/") or path == f"{top}/README.md":
            continue
        if path.count("/") == 1 and path.endswith(ending) and path.rpartition("/")[2] not in unusablefiles.HOMES:
            flat_files[path] = text
        else:
            problems.append(Problem(path, 1, 1, "unexpected-file", *unusablefiles.place(path, ())))
    return flat_files, problems


def _read_records(
    texts: Mapping[str, str], top: str, ending: str, read: Callable[[str, str], tuple[R | None, list[Problem]]]
) -> tuple[tuple[R, ...], list[Problem]]:
    """Read the files of a folder that has one record a file."""
    files, problems = _files_in_folder(texts, top, ending)
    results = [read(text, path) for path, text in files.items()]
    return tuple(record for record, _ in results if record), [
        *problems,
        *(problem for _, problems_of_file in results for problem in problems_of_file),
    ]
