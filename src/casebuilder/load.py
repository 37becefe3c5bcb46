"""The series' files as texts; nothing in them is interpreted here.

What cannot be read as text is a problem with its place, never an exception: bytes that are not UTF-8, control
characters, files that are far too large, and links that lead out of the series.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONFIGURATION = "mkdocs.yml"
FOLDERS = ("cases", "commentary", "experts", "collections")
PICTURES = frozenset((".jpg", ".jpeg", ".png", ".svg", ".webp"))
_TEXTS = frozenset((".md", ".yml", ".yaml", ".jsonl"))
_MEBIBYTE = 1 << 20
_LIMITS = {".jsonl": 32 * _MEBIBYTE}
_LIMIT = _MEBIBYTE
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Tree:
    """What was found.

    Attributes:
        texts: each text by its path below the series' root, with forward slashes, in order.
        pictures: the place on disk of each picture, by its path below the root.
        overlaid: the file on disk of each text that an overlay laid over the series, by its path below the root.
        problems: what could not be read.
    """

    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Path] = field(default_factory=dict)
    overlaid: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_tree(root: Path, *, configuration: str = CONFIGURATION, overlays: Sequence[str] = ()) -> Tree:
    """Every text and picture of a series.

    Args:
        root: the series' folder.
        configuration: the configuration file's name in it; in the result it stands under its own name.
        overlays: folders of the same shape, relative to the root or absolute, whose files are laid over the series in
            this order. One that does not exist is passed over: whoever may not see the sealed half builds without it.
    """
    tree = Tree()
    _read(root / configuration, configuration, root, tree)
    for base in (root, *(root / overlay for overlay in overlays)):
        for path, name in _files(base, tree):
            if base is not root:
                tree.overlaid[name] = os.path.relpath(path, root).replace(os.sep, "/")
            _read(path, name, base, tree)
    return tree


def _files(base: Path, tree: Tree) -> Iterator[tuple[Path, str]]:
    """Every file of the series' folders, in order, with its path below `base`; hidden files are not ours."""
    for folder in FOLDERS:
        for here, folders, names in os.walk(base / folder):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
            for name in folders:
                path = Path(here, name)
                if path.is_symlink():
                    _refuse_link(path, path.relative_to(base).as_posix(), base, tree)
            for name in sorted(names):
                if not name.startswith((".", "_")) and not name.endswith("~"):
                    path = Path(here, name)
                    yield path, path.relative_to(base).as_posix()


def _read(path: Path, name: str, base: Path, tree: Tree) -> None:
    if path.is_symlink() and _refuse_link(path, name, base, tree):
        return
    if not path.is_file():
        if name != CONFIGURATION:
            tree.problems.append(Problem(name, 1, 1, "unreadable-file", "the file cannot be opened", _broken(path)))
        return
    ending = PurePosixPath(name).suffix.lower()
    if ending in PICTURES:
        tree.pictures[name] = path
    elif ending in _TEXTS:
        _read_text(path, name, tree)
    else:
        hint = "the format has Markdown, YAML, discussion.jsonl and pictures (jpg, png, svg, webp)"
        tree.problems.append(Problem(name, 1, 1, "unexpected-file", f'a file of the kind "{ending}" is left out', hint))


def _read_text(path: Path, name: str, tree: Tree) -> None:
    limit = _LIMITS.get(path.suffix, _LIMIT)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= limit else b""
    except OSError as error:
        tree.problems.append(Problem(name, 1, 1, "unreadable-file", f"the file cannot be opened: {error.strerror}"))
        return
    if size > limit:
        message = f"the file has {size / _MEBIBYTE:.1f} MiB; at most {limit // _MEBIBYTE} MiB are read"
        tree.problems.append(Problem(name, 1, 1, "file-too-large", message, "is it the right file?"))
        return
    text, problem = _decoded(data, name)
    if problem:
        tree.problems.append(problem)
    else:
        tree.texts[name] = text


def _decoded(data: bytes, name: str) -> tuple[str, Problem | None]:
    """The text, with one kind of line end, or the first byte or character that is not text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8-sig", errors="replace")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return "", Problem(name, *_place(good), "not-utf8", message, 'save the file with the encoding "UTF-8"')
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        message = f"the control character U+{ord(found.group()):04X} is not text"
        hint = "delete the invisible character, or type the line again"
        return "", Problem(name, *_place(text[: found.start()]), "control-character", message, hint)
    return text, None


def _place(before: str) -> tuple[int, int]:
    """Line and column of what comes after a text."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _refuse_link(path: Path, name: str, base: Path, tree: Tree) -> bool:
    """Whether a symbolic link leads out of the series, which is a problem: it would publish what stands there."""
    if path.resolve().is_relative_to(base.resolve()):
        return False
    hint = "copy the file into the series instead of linking to it"
    tree.problems.append(Problem(name, 1, 1, "link-outside", "the symbolic link leads out of the series", hint))
    return True


def _broken(path: Path) -> str:
    return "the symbolic link leads nowhere" if path.is_symlink() else "is it a file?"
