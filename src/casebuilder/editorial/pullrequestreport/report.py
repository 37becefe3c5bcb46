"""The report on a pull request: its types, with the limits that a stranger's report must keep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter

#: How many cases a report has, how many things a case may be missing, and how many problems are listed.
MOST, MOST_MISSING, WORST = 8, 40, 10
_STRICT = ConfigDict(extra="forbid", strict=True, regex_engine="python-re")
_Slug = Annotated[str, StringConstraints(pattern=r"\A[0-9]{4}-[0-9]{2}-[a-z0-9-]{1,120}\Z")]
#: The id of a person.
ID = re.compile(r"[a-z0-9-]{0,80}")
_Id = Annotated[str, StringConstraints(pattern=rf"\A{ID.pattern}\Z")]
_Commit = Annotated[str, StringConstraints(pattern=r"\A([0-9a-f]{40})?\Z")]
_Day = Annotated[str, StringConstraints(pattern=r"\A([0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?)?\Z")]
_Code = Annotated[str, StringConstraints(pattern=r"\A[a-z0-9-]{1,60}\Z")]
_Words = Annotated[str, StringConstraints(max_length=300)]
_Path = Annotated[str, StringConstraints(max_length=300)]
_Count = Annotated[int, Field(ge=0, le=1_000_000)]
#: The name of a state, a step, a kind of text, an edition, a paper or a severity.
_Name = Annotated[str, StringConstraints(pattern=r"\A[a-z0-9-]{0,20}\Z")]


def _refusing_unknown_fields(cls: type) -> type:
    """Have pydantic refuse unknown fields and values of another type in a dataclass."""
    cls.__pydantic_config__ = _STRICT  # type: ignore[attr-defined]  # pydantic looks for it there
    return cls


@_refusing_unknown_fields
@dataclass(frozen=True, slots=True)
class FoundProblem:
    """A problem that the check found."""

    path: _Path
    line: _Count
    severity: _Name
    code: _Code
    message: _Words


@_refusing_unknown_fields
@dataclass(frozen=True, slots=True)
class TextLength:
    """The length of one text of a case, in words.

    Attributes:
        kind: teaser, story, questions, notes, response or commentary.
        person: the id of the expert, for a response.
        before: on the branch that the pull request is for; None if the text is new.
        now: in the pull request; None if it was deleted.
        low, high: between which lengths `check` has nothing to say; None without a limit.
        usual: the median of the series' released cases on that branch; None without any.
    """

    kind: _Name
    person: _Id
    before: _Count | None
    now: _Count | None
    low: _Count | None
    high: _Count | None
    usual: _Count | None


@_refusing_unknown_fields
@dataclass(frozen=True, slots=True)
class PackPages:
    """The pages of one pack: before, and in the pull request; None if there is no such pack."""

    edition: _Name
    paper: _Name
    before: _Count | None
    now: _Count | None


@_refusing_unknown_fields
@dataclass(frozen=True, slots=True)
class CaseReport:
    """What a pull request does to one case.

    Attributes:
        slug, title: of the case.
        state: of the case; empty if its file cannot be read.
        step, due: its next step and the day of it; empty after the last.
        missing: what the next step still needs.
        texts: the length of each text.
        packs: the pages of each pack.
        is_shown: whether its page could be built.
    """

    slug: _Slug
    title: _Words
    state: _Name
    step: _Name
    due: _Day
    missing: Annotated[tuple[_Words, ...], Field(max_length=MOST_MISSING)]
    texts: Annotated[tuple[TextLength, ...], Field(max_length=60)] = ()
    packs: Annotated[tuple[PackPages, ...], Field(max_length=20)] = ()
    is_shown: bool = False


@_refusing_unknown_fields
@dataclass(frozen=True, slots=True)
class PullRequestReport:
    """The report on a pull request.

    Attributes:
        format: the version of this form.
        commit: the full id of the commit that was built; empty outside of Git.
        as_of: the day that counted as today.
        is_built: whether the site could be built at all.
        errors, warnings, notes: how many problems the whole series has.
        worst: the worst problems.
        cases: the cases that the pull request touches.
        others: how many more it touches.
        deleted: cases that it deletes.
    """

    format: Literal[1]
    commit: _Commit
    as_of: _Day
    is_built: bool
    errors: _Count
    warnings: _Count
    notes: _Count
    worst: Annotated[tuple[FoundProblem, ...], Field(max_length=WORST)]
    cases: Annotated[tuple[CaseReport, ...], Field(max_length=MOST)]
    others: _Count
    deleted: Annotated[tuple[_Slug, ...], Field(max_length=MOST)]


@lru_cache(maxsize=1)
def adapter() -> TypeAdapter[PullRequestReport]:
    """Return what reads and writes a report; made when it is needed, because that takes a while."""
    return TypeAdapter(PullRequestReport)


def as_json(report: PullRequestReport) -> bytes:
    """Return a report as JSON."""
    return adapter().dump_json(report, indent=1)


def shortened(text: str) -> str:
    """Return words as a report may hold them; a byte of a file's name that is no letter is a question mark."""
    text = text.encode(errors="replace").decode()
    return text if len(text) <= 300 else f"{text[:299]}…"  # noqa: PLR2004 - as `_Words` has it
