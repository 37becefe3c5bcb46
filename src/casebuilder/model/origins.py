"""Where values and texts were written: path, line and column in the authors' files."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - records, whose types are read while it runs, hold an Origin
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

#: One step of a path into a document: a field's name or a list index.
Step: TypeAlias = str | int
#: A place in a text: line and column, both from 1.
Mark: TypeAlias = tuple[int, int]
V = TypeVar("V")


@dataclass(frozen=True, eq=False, slots=True)
class Origin:
    """Where a record was written: its file, and the place of each value.

    Attributes:
        path: relative to the series' root.
        marks: the place of the value at each path of steps; `()` is the whole document.
        keys: the place of the field's name, for values that have one.
        refused: paths of values that were missing or invalid, so that the record was made without them; `()` if it
            was made without any, `(-1,)` if entries of a list were dropped.
        paths: the files of values that `path` inherits from another file.
        remarks: comments, with their #, in place of a value without quotation marks.
        text: the text that was read, for places within values; empty if it is not known.
        first_line: the line of the file on which that text begins.
    """

    path: str
    marks: Mapping[tuple[Step, ...], Mark]
    keys: Mapping[tuple[Step, ...], Mark]
    refused: frozenset[tuple[Step, ...]] = frozenset()
    paths: Mapping[tuple[Step, ...], str] = field(default_factory=dict)
    remarks: Mapping[tuple[Step, ...], str] = field(default_factory=dict)
    text: str = ""
    first_line: int = 1

    def at(self, *steps: Step) -> tuple[str, int, int]:
        """Return path, line and column of a value, or of the nearest value around it that was written."""
        for length in range(len(steps), -1, -1):
            if mark := self.marks.get(steps[:length]):
                return (self.paths.get(steps[:length], self.path), *mark)
        return (self.path, 1, 1)

    def within(self, steps: tuple[Step, ...], value: str, offset: int) -> tuple[str, int, int]:
        """Return path, line and column of the character at an offset of a text; of its start if it cannot be found."""
        from casebuilder.model.valueplaces import index_of  # only for a problem

        path, line, column = self.at(*steps)
        if not self.text or steps not in self.marks or steps in self.paths:
            return path, line, column
        lines = self.text.split("\n")
        start = sum(map(len, lines[: line - self.first_line])) + line - self.first_line + column - 1
        index = index_of(self.text, start, value, offset)
        if index is None:
            return path, line, column
        line_start = self.text.rfind("\n", 0, index)
        return path, self.first_line + self.text.count("\n", 0, index), index - line_start

    def at_key(self, *steps: Step) -> tuple[str, int, int]:
        """Return path, line and column of a field's name."""
        return (self.paths.get(steps, self.path), *self.keys[steps]) if steps in self.keys else self.at(*steps)

    @property
    def whole(self) -> bool:
        """Return whether the record contains what was written; for a list: every entry."""
        return self.refused.isdisjoint(((), (-1,)))

    def sound(self, *steps: Step) -> bool:
        """Return whether everything at and below a path was valid: an invalid value must not cause a second problem."""
        return not any(place[: len(steps)] == steps[: len(place)] for place in self.refused)

    def moved(self, new: Callable[[tuple[Step, ...]], tuple[Step, ...] | None]) -> Origin:
        """Return the origin of the same values at other paths: `new` gives each, or None for a path that is gone."""

        def at_new(marks: Mapping[tuple[Step, ...], V]) -> dict[tuple[Step, ...], V]:
            return {place: mark for path, mark in marks.items() if (place := new(path)) is not None}

        return replace(
            self,
            marks=at_new(self.marks),
            keys=at_new(self.keys),
            paths=at_new(self.paths),
            remarks=at_new(self.remarks),
        )


NOWHERE = Origin("", {}, {})


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of Markdown, and its place.

    Attributes:
        source: the Markdown.
        path: its file, relative to the series' root.
        line: the line of the file on which it begins.
        around: the whole text that it was cut from, whose footnotes, link labels and abbreviations it uses; empty if
            it is the whole text.
        first: the line of the file on which the whole text begins.
        hidden: addresses in it, in the author's spelling, of pages that are not public: only the words of such a link
            are printed.
        field: for the value of a field, where its file was read, and the path to it. Its lines may be folded.
    """

    source: str
    path: str = ""
    line: int = 1
    around: str = ""
    first: int = 1
    hidden: frozenset[str] = frozenset()
    field: tuple[Origin, tuple[Step, ...]] | None = None

    def __bool__(self) -> bool:
        """Return whether it is not empty."""
        return bool(self.source.strip())

    @property
    def whole(self) -> str:
        """Return the whole text that it is part of."""
        return self.around or self.source

    @property
    def whole_line(self) -> int:
        """Return the line of the file on which the whole text begins."""
        return self.first if self.around else self.line

    def at(self, offset: int) -> tuple[str, int, int]:
        """Return path, line and column of a character."""
        if self.field:
            return self.field[0].within(self.field[1], self.whole, offset)
        before = self.source[:offset]
        return self.path, self.line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1
