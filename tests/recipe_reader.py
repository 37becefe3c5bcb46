"""The recipes of CONTRIBUTING, followed word for word in a copy of the project.

A recipe is a section "## Add …". A step of it begins with one of these, and its block of code comes next:

- "A new file `src/…`": the block is the file;
- "In `src/…`, below `words`": the block comes below the one line that begins with these words;
- "In `src/…`, above `words`": the same, above it;
- "In `src/…`, at the end": the block ends the file.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_STEP = re.compile(
    r"(?:A new file|\bIn) `(?P<path>[^`\n]+/[^`\n]+)`"
    r"(?:, (?P<where>below|above) (?P<ticks>`+)(?P<line>.+?)(?P=ticks)|, (?P<end>at the end))?",
)
_BLOCK = re.compile(r"^(?P<indent> *)(?P<fence>```+)[^\n`]*\n(?P<block>.*?)^ *(?P=fence)$", re.MULTILINE | re.DOTALL)
#: What a copy of the project holds: enough to run the commands and the zoo.
_COPIED = ("src/casebuilder", "docs/handbook", "tests/zoo/_sound")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a recipe: the file, where in it, beside which line, and the block of code."""

    path: str
    where: str
    line: str
    block: str

    def apply(self, root: Path) -> None:
        """Do it in a copy of the project."""
        place = root / self.path
        if not self.where:
            assert not place.exists(), f"{self.path} is there already"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(self.block, encoding="utf-8")
            return
        lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
        if self.where == "at the end":
            lines.append(f"\n\n{self.block}")
        else:
            (number,) = [n for n, line in enumerate(lines) if line.strip().startswith(self.line.strip())]
            lines.insert(number + (self.where == "below"), self.block)
        place.write_text("".join(lines), encoding="utf-8")


def steps(title: str) -> tuple[Step, ...]:
    """The steps of the recipe under a heading, such as "Add an edition"."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (section,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    steps_found = []
    for block in _BLOCK.finditer(section):
        *_, step = _STEP.finditer(section, 0, block.start())
        depth = len(block["indent"])  # of an item of a list
        code = "".join(line[depth:] if line.strip() else line for line in block["block"].splitlines(keepends=True))
        steps_found.append(Step(step["path"], step["where"] or step["end"] or "", step["line"] or "", code))
    return tuple(steps_found)


def follow(title: str, root: Path) -> tuple[str, ...]:
    """Follow a recipe in a copy of the project, made in an empty folder; the files that it touched."""
    for path in _COPIED:
        shutil.copytree(ROOT / path, root / path, ignore=shutil.ignore_patterns("__pycache__"))
    steps_taken = steps(title)
    for step in steps_taken:
        step.apply(root)
    return tuple(dict.fromkeys(step.path for step in steps_taken))
