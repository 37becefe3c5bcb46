"""Reading the series' files as texts, without interpreting them.

What cannot be read as text is a problem with its place, never an exception: bytes that are not UTF-8, control
characters, files that are far too large, and symbolic links.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from casebuilder import readers
from casebuilder.decoding import decoded
from casebuilder.problems import Problem
from casebuilder.readers import pictures
from casebuilder.readers.folders import FOLDERS, UNPORTABLE, link, unportable
from casebuilder.readers.unusablefiles import foreign

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONFIGURATION = "mkdocs.yml"
#: Pictures that are shown, and those of other kinds, which a text may show all the same: then it is a problem there.
_PICTURES = frozenset((*pictures.SHOWN, *pictures.OTHERS))
#: Pictures of hand-written pages and of the theme that are cleaned, or refused since they cannot be.
PUBLISHED = frozenset((*pictures.CLEANED, *pictures.UNCLEANED))
_TEXTS = frozenset((".md", ".yml", ".yaml", ".jsonl"))
#: What to do about a file or a folder that cannot be opened.
PERMISSIONS = "correct its permissions"
_MEBIBYTE = 1 << 20
_LIMITS = {".jsonl": 32 * _MEBIBYTE}
_LIMIT = _MEBIBYTE


@dataclass(slots=True)
class Tree:
    """The files of a series; filled while they are read.

    Attributes:
        texts: each text by its path below the series' root, with forward slashes, in order.
        pictures: the place on disk of each picture, by its path below the root.
        absent: the overlays that are not there.
        overlaid: the file on disk of each text that an overlay laid over the series, by its path below the root.
        pages: the addresses below the site's root of the pages and files in docs/.
        settings: the paths of the configuration file and of those that it inherits, also of those that cannot be read.
        problems: what could not be read.
    """

    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Path] = field(default_factory=dict)
    overlaid: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)
    settings: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_tree(root: Path, *, configuration: str = CONFIGURATION, overlays: Sequence[str] = ()) -> Tree:
    """Return every text and picture of a series.

    Args:
        root: the series' folder.
        configuration: the configuration file's name in it, which the result keeps.
        overlays: folders of the same shape, relative to the root or absolute, whose files are laid over the series in
            this order. A missing one is skipped: editors without access to the sealed half build without it.
    """
    tree = Tree(settings={configuration})
    if os.path.lexists(root / configuration):
        _read_file(root / configuration, configuration, root, tree)
    if text := tree.texts.get(configuration):
        texts, problems = readers.chain(configuration, text, os.environ, lambda path: _read_inherited(root, path, tree))
        tree.texts.update(texts)
        tree.problems.extend(problems)
    tree.absent.extend(overlay for overlay in overlays if not (root / overlay).is_dir())
    for base in (root, *(root / overlay for overlay in overlays)):
        for path, name in _walk_files(base, tree):
            if base is not root:
                tree.overlaid[name] = os.path.relpath(path, root).replace(os.sep, "/")
            _read_file(path, name, base, tree)
    tree.pages.update(addresses(root, "docs"))
    return tree


def addresses(root: Path, folder: str) -> Iterator[str]:
    """Yield the addresses of the pages and files below MkDocs' docs folder; they are not read.

    A folder that holds the series, or lies beyond the one around it, has none, since it is refused.
    """
    docs = Path(os.path.normpath(root.absolute() / folder))
    if docs in (root.absolute(), *root.absolute().parents) or not docs.is_relative_to(root.absolute().parent):
        return
    for parent, folders, file_names in os.walk(docs):
        folders[:] = [name for name in folders if not name.startswith(".")]
        path_below = Path(parent).relative_to(docs).as_posix().removeprefix(".")
        for name in file_names:
            prefix = f"{path_below}/" if path_below else ""
            stem = PurePosixPath(name).stem
            if not name.endswith(".md"):
                yield prefix + name
            else:
                yield prefix if stem in {"index", "README"} else f"{prefix}{stem}/"


def _read_inherited(root: Path, path: str, tree: Tree) -> str | Problem | None:
    """Return the text of a file that the configuration inherits, or the problem.

    None if the problem is recorded already.

    It may lie anywhere in the Git repository that the series is a folder of, but behind no link: `check` must not read,
    and so show, what a pull request only points at.
    """
    tree.settings.add(path)
    place = os.path.normpath(os.path.join(os.path.realpath(root), path))  # noqa: PTH118 - as MkDocs finds it
    repository = next(
        (str(folder) for folder in (root.resolve(), *root.resolve().parents) if (folder / ".git").exists()), ""
    )
    refusal = ""
    if not Path(place).is_relative_to(repository or root.resolve()):
        refusal = f"{path} lies outside the repository"
    elif os.path.realpath(place) != place:
        refusal = f"{path} is reached through a symbolic link"
    elif not os.path.isfile(place):  # noqa: PTH113 - Path.is_file raises where a folder may not be entered
        refusal = f"there is no file {path} to inherit from"
    elif Path(place).suffix not in _TEXTS:
        refusal = f"{path} is not a file of settings: its name must end in .yml"
    if refusal:
        return Problem(path, 1, 1, "bad-inherit", refusal, "name a file in this repository: INHERIT: base.yml")
    _read_text(Path(place), path, tree)
    return tree.texts.get(path)


def _walk_files(base: Path, tree: Tree) -> Iterator[tuple[Path, str]]:
    """Yield every file of the series' folders, in order, with its path below `base`; hidden files are not ours."""
    for folder in FOLDERS:
        if _is_linked(base / folder, base, tree):
            continue
        for parent, folders, names in os.walk(base / folder, onerror=partial(_note_unread, base, tree)):
            folders[:] = sorted(
                name for name in folders if _is_ours(name) and not _is_linked(Path(parent, name), base, tree)
            )
            our_names = sorted(filter(_is_ours, names))
            for name, *message_and_hint in unportable(our_names):  # folders of another name have a problem already
                display_path = os.fsencode(Path(parent, name).relative_to(base)).decode(errors="backslashreplace")
                tree.problems.append(Problem(display_path.replace(os.sep, "/"), 1, 1, UNPORTABLE, *message_and_hint))
            for path in (Path(parent, name) for name in our_names):
                if _is_named(path, base, tree):
                    yield path, path.relative_to(base).as_posix()


def _note_unread(base: Path, tree: Tree, error: OSError) -> None:
    """Record a folder that cannot be looked into: without its files the series would be published as if complete."""
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):  # no series has every folder
        name = os.path.relpath(error.filename, base).replace(os.sep, "/")
        message = f"the folder cannot be opened: {error.strerror}"
        tree.problems.append(Problem(name, 1, 1, "unreadable-file", message, PERMISSIONS))


#: Files that Windows puts into folders by itself.
_OF_SYSTEMS = frozenset(("thumbs.db", "desktop.ini"))


def _is_ours(name: str) -> bool:
    return not name.startswith((".", "_", "~$")) and not name.endswith("~") and name.lower() not in _OF_SYSTEMS


def _is_linked(folder: Path, base: Path, tree: Tree) -> bool:
    """Return whether a folder is a symbolic link, which is noted: none is followed."""
    link_problem = link(folder, folder.relative_to(base).as_posix(), base)
    tree.problems.extend([link_problem] if link_problem else [])
    return link_problem is not None


def _is_named(path: Path, base: Path, tree: Tree) -> bool:
    """Return whether a file's name is UTF-8, so that it can be an address and be printed."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        display_path = os.fsencode(path.relative_to(base)).decode(errors="backslashreplace")
        hint = "give it a name of plain letters, digits and hyphens"
        tree.problems.append(Problem(display_path, 1, 1, "not-utf8", "the file's name is not UTF-8", hint))
        return False
    return True


def _read_file(path: Path, name: str, base: Path, tree: Tree) -> None:
    if link_problem := link(path, name, base):
        tree.problems.append(link_problem)
        return
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises where a folder may not be entered
        message = "the file cannot be opened"
        tree.problems.append(Problem(name, 1, 1, "unreadable-file", message, "is it a file?"))
        return
    ending = PurePosixPath(name).suffix.lower()
    if ending in _PICTURES:
        _note_picture(path, name, tree)
    elif ending in _TEXTS:
        _read_text(path, name, tree)
    else:
        tree.problems.append(Problem(name, 1, 1, "unexpected-file", *foreign(name)))


def _note_picture(path: Path, name: str, tree: Tree) -> None:
    """Record a picture under its name in NFC: macOS stores an accent as a separate character."""
    composed = unicodedata.normalize("NFC", name)
    present = tree.pictures.get(composed, path)
    if present.parent == path.parent and present != path:
        message = "two pictures have this name: they differ only in how an accent is stored"
        tree.problems.append(Problem(name, 1, 1, "unexpected-file", message, "rename one of them, or delete it"))
        return
    tree.pictures[composed] = path


def page_pictures(root: Path, folders: Sequence[str]) -> dict[str, Path]:
    """Return the pictures of hand-written pages and of the theme, by their path below the series' root.

    Hidden folders are not published, and what lies outside the series is not looked at.
    """
    pictures_by_path = {}
    for folder in folders:
        folder_place = Path(os.path.normpath(root / folder))
        for parent, folder_names, names in os.walk(
            folder_place if folder_place.is_relative_to(os.path.normpath(root)) else root / os.devnull
        ):
            folder_names[:] = sorted(name for name in folder_names if not name.startswith("."))
            for path in (Path(parent, name) for name in sorted(names) if not name.startswith(".")):
                if path.suffix.lower() in PUBLISHED and path.is_file() and not path.is_symlink():  # a pipe never ends
                    pictures_by_path[path.relative_to(os.path.normpath(root)).as_posix()] = path
    return pictures_by_path


def _read_text(path: Path, name: str, tree: Tree) -> None:
    limit = _LIMITS.get(path.suffix, _LIMIT)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= limit else b""
    except OSError as error:
        tree.problems.append(
            Problem(name, 1, 1, "unreadable-file", f"the file cannot be opened: {error.strerror}", PERMISSIONS)
        )
        return
    if size > limit:
        message = f"the file has {size / _MEBIBYTE:.1f} MiB; at most {limit // _MEBIBYTE} MiB are read"
        tree.problems.append(Problem(name, 1, 1, "file-too-large", message, "is it the right file?"))
        return
    text, problem = decoded(data, name)
    if problem:
        tree.problems.append(problem)
    else:
        tree.texts[name] = text
