"""Report phrases that readers stumble over, in the code's own files and in the documentation.

Prints `path:line: "phrase": advice` for each hit and returns 1 if there is one. A hit that is right stands in
`allowed.toml` with its reason. An entry there that nothing needs any more is reported too.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
#: Files and folders that are searched.
PLACES = ("src", "docs", "README.md", "CONTRIBUTING.md", "CHANGELOG.md")
SUFFIXES = frozenset((".css", ".html", ".j2", ".js", ".md", ".py", ".toml", ".txt", ".yml"))
#: The example case of a new series is a story, and a story may say "he told her".
STORIES = tuple(
    f"src/casebuilder/editorial/scaffold/templates/series/{folder}/"
    for folder in ("cases", "collections", "commentary", "experts")
)
#: At most so many exceptions: more would mean that the list is wrong.
LIMIT = 25

_SEARCH = "write what happens, then why"
#: Each phrase as a regular expression, and what to write in its place. A blank in it also matches the end of a line.
PHRASES = {
    r"\bmend": "fix, repair, correct",
    r"\btold\b": "listed, given, said to",
    r"\bnought\b": "zero",
    r"\bthat is none\b": "not a ...",
    r"\bwhich is none\b": "not a ...",
    r"\banew\b": "again",
    r"\bis none of (?:it|them)\b": "is not one",
    r"\bfor want of\b": "because ... is missing",
    r"\bnothing if\b": "None if ..., or empty if ...",
    r"\bis no \w+ of\b": "does not belong to, is not in",
    r"\bby which\b": _SEARCH,
    r"\bof which\b": _SEARCH,
    r"\bstands? in the way\b": "prevents",
    r"\bwhat \w+ is .* by\b": _SEARCH,
    r"\bso that nobody['’]s\b": _SEARCH,
    r"\bas it is\b": "unchanged",
    r"\bis read (?:for|back)\b": "is used to, is extracted",
    r"\bnot one of\b": "none of, unknown",
    r"\bwhat comes of\b": "the result",
}
#: Between two words: blanks, or the end of a line with a comment's marks, or the quotation marks of a continued string.
_GAP = r"""(?:\s+|\s*["']\s*\n\s*f?["']\s*|\s*\n\s*(?:\#:?|//|\*|>)\s*)"""
_ANY = re.compile("|".join(f"({phrase.replace(' ', _GAP)})" for phrase in PHRASES), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase at its place: the path from the root, the line from 1, the whole line, what was found, and advice."""

    path: str
    line: int
    text: str
    found: str
    advice: str

    def __str__(self) -> str:
        """The hit as one line of a report."""
        return f'{self.path}:{self.line}: "{self.found}": {self.advice}'


@dataclass(frozen=True, slots=True)
class Allowed:
    """An exception: words on a line of one file where a hit is right, and why."""

    path: str
    text: str
    reason: str

    def covers(self, hit: Hit) -> bool:
        """Whether the hit is this one."""
        return hit.path == self.path and self.text in hit.text


def hits_in(path: str, text: str) -> Iterator[Hit]:
    """Yield every hit in the text of one file, in order."""
    lines = text.splitlines()
    advice = tuple(PHRASES.values())
    for match in _ANY.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        phrase = " ".join(match[0].split())
        yield Hit(path, line, lines[line - 1], phrase, advice[(match.lastindex or 1) - 1])


def all_hits(root: Path) -> Iterator[Hit]:
    """Yield every hit in the files under `root` that are ours to write."""
    for place in PLACES:
        start = root / place
        for file in sorted(start.rglob("*")) if start.is_dir() else (start,):
            path = file.relative_to(root).as_posix()
            if file.suffix in SUFFIXES and file.is_file() and not path.startswith(STORIES):
                yield from hits_in(path, file.read_text(encoding="utf-8"))


def exceptions(file: Path) -> tuple[Allowed, ...]:
    """Read the list of exceptions.

    Raises:
        TypeError: an entry lacks its path, its text or its reason.
    """
    return tuple(Allowed(**entry) for entry in tomllib.loads(file.read_text(encoding="utf-8")).get("allowed", ()))


def complaints(root: Path, allowed: tuple[Allowed, ...]) -> Iterator[str]:
    """Yield a line for each hit without an exception, and for each exception that is wrong or is one too many."""
    hits = tuple(all_hits(root))
    yield from (str(hit) for hit in hits if not any(entry.covers(hit) for entry in allowed))
    for entry in allowed:
        if not entry.reason.strip():
            yield f'phrasing/allowed.toml: "{entry.text}" has no reason'
        if not any(entry.covers(hit) for hit in hits):
            yield f'phrasing/allowed.toml: "{entry.text}" is no longer in {entry.path}: delete the entry'
    if len(allowed) > LIMIT:
        yield f"phrasing/allowed.toml: {len(allowed)} entries, at most {LIMIT}"


def main() -> int:
    """Print every complaint; return 1 if there is one, else 0."""
    lines = tuple(complaints(ROOT, exceptions(ROOT / "phrasing" / "allowed.toml")))
    for line in lines:
        print(line)
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
