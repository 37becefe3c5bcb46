"""Names of pictures that do not exist: the picture that was meant, or what to do with a file that cannot be shown."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casebuilder.readers.pictures import SHOWN, kind_not_shown, remedy
from casebuilder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS = re.compile(r"\d+")
#: Letters of a name for each letter that may be mistyped: one in "lamp", two in "ward-round".
_LETTERS_A_SLIP = 4


def meant(path: str, pictures: Iterable[str]) -> str:
    """Return the picture whose name is really like a missing one; empty if there is none.

    It has the same name with another ending, in another folder, or with other capitals, blanks and hyphens; or one of
    four letters differs. Names with other numbers are other pictures: fig1.png is not fig2.png.

    Args:
        path: the missing picture's path below the series' root.
        pictures: the paths of those that exist.
    """
    wanted = _stem(path)
    likeness = {
        picture: slips
        for picture in pictures
        if PurePosixPath(picture).suffix.lower() in SHOWN and (slips := _slips(wanted, _stem(picture))) is not None
    }
    ending = PurePosixPath(path).suffix.lower()
    return min(likeness, key=lambda picture: (likeness[picture], not picture.endswith(ending), picture), default="")


def encoded(path: str, pictures: Iterable[str]) -> str:
    """Return the picture whose own name has %20 or the like where a missing one has the sign; empty if there is none.

    Downloaded files have such names. In an address %20 stands for a blank, so "my%20ward.png" asks for "my ward.png".
    """
    return next((picture for picture in sorted(pictures) if "%" in picture and unquote(picture) == path), "")


def renamed(picture: str) -> str:
    """Return a good name for such a picture: small letters, digits and hyphens."""
    name = PurePosixPath(unquote(PurePosixPath(picture).name))
    return f"{slug(name.stem) or 'picture'}{name.suffix.lower()}"


def advice(path: str, folder: str) -> tuple[str, str]:
    """Return the end of a message and the hint for a missing picture that has no likely name among those that exist.

    Args:
        path: its path below the series' root.
        folder: where pictures of the text belong.
    """
    name = PurePosixPath(path)
    if name.name.startswith("."):
        return "", "give the picture a name that does not begin with a full stop: such files are hidden, and not read"
    if not name.suffix:
        endings = f"{', '.join(list(SHOWN)[:-1])} or {list(SHOWN)[-1]}"
        return "", f"put the picture into {folder}/, and write its whole name here, which ends in {endings}"
    if kind := kind_not_shown(path):
        fix = remedy(kind, name.name).rstrip(".")
        home = "" if fix.startswith("write") else f"; put that into {folder}/, and write its name here"
        return f", and pages do not show {kind} files", f"{fix}{home}"
    return "", f"put {name.name} into {folder}/"


def _stem(path: str) -> str:
    """Return the name of a picture without folder and ending, in small letters without blanks, hyphens and accents."""
    stem = PurePosixPath(path).stem
    return slug(stem).replace("-", "") or stem.casefold()


def _slips(wanted: str, other: str) -> int | None:
    """Return how many letters of two names differ; None if they are not alike."""
    if wanted == other:
        return 0
    most = min(len(wanted), len(other)) // _LETTERS_A_SLIP
    if abs(len(wanted) - len(other)) > most or _DIGITS.findall(wanted) != _DIGITS.findall(other):
        return None
    slips = _distance(wanted, other)
    return slips if slips <= most else None


def _distance(first: str, second: str) -> int:
    """Return how many letters must be added, removed, replaced or exchanged with the next to make one of the other.

    It is the restricted Damerau-Levenshtein distance.
    """
    earlier: list[int] = []
    row = list(range(len(second) + 1))
    for number, (before, letter) in enumerate(pairwise(f" {first}"), start=1):
        following = [number]
        for place, other in enumerate(second, start=1):
            cost = min(row[place] + 1, following[-1] + 1, row[place - 1] + (letter != other))
            if number > 1 and place > 1 and letter == second[place - 2] and before == other:
                cost = min(cost, earlier[place - 2] + 1)
            following.append(cost)
        earlier, row = row, following
    return row[-1]
