"""The zoo: small series that are broken on purpose, each in a folder named after its fault.

A folder of `tests/zoo` holds only what differs from the sound series `tests/zoo/_sound`: files that are laid over it,
a `recipe.txt` for what does not lie well in a repository (links, bytes, very large files) or is one word, and
`expected.txt`, which is what `casebuilder check` prints.
"""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

ZOO = Path(__file__).parent / "zoo"
SOUND = ZOO / "_sound"
_NOT_THE_SERIES = ("expected.txt", "recipe.txt")


def names() -> list[str]:
    """Every broken series, found by folder."""
    return sorted(path.name for path in ZOO.iterdir() if path.is_dir() and path != SOUND)


def lay_out(name: str, root: Path) -> Path:
    """Make a series of the zoo in an empty folder, beside which nothing else lies: its root."""
    series = root / "series"
    shutil.copytree(SOUND, series)
    if name != SOUND.name:
        shutil.copytree(ZOO / name, series, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_NOT_THE_SERIES))
        recipe = ZOO / name / "recipe.txt"
        for line in recipe.read_text(encoding="utf-8").splitlines() if recipe.exists() else ():
            if line and not line.startswith("#"):
                follow(line, series)
    return series


def follow(line: str, series: Path) -> None:
    """Change a series as one line of a recipe says; words are quoted as in a shell, and `\\n` begins a line."""
    verb, where, *words = shlex.split(line)
    path = series / where
    words = [word.replace("\\n", "\n") for word in words]
    if verb == "remove":
        (shutil.rmtree if path.is_dir() else Path.unlink)(path)
    elif verb == "replace":
        old, new = words
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{where} holds {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")
    elif verb == "copy":
        (shutil.copytree if path.is_dir() else shutil.copyfile)(path, series / words[0])
    elif verb == "append":
        path.write_text(path.read_text(encoding="utf-8") + words[0], encoding="utf-8")
    elif verb == "link":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(words[0])
    elif verb == "encode":
        path.write_bytes(path.read_text(encoding="utf-8").encode(words[0]))
    elif verb == "crlf":
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    elif verb == "bytes":
        place = series / os.fsdecode(as_bytes(where))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(as_bytes(words[0]))
    elif verb == "repeat":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words[1] * int(words[0]), encoding="utf-8")
    else:
        message = f"no recipe knows how to {verb}"
        raise ValueError(message)


def as_bytes(words: str) -> bytes:
    """The bytes that ASCII text with escapes such as `\\xe9` stands for."""
    return words.encode("ascii").decode("unicode_escape").encode("latin-1")
