"""Drop problems that are consequences of another: one mistake is one problem.

An id that is mistyped or deleted where it is defined is unknown wherever it is used. Whatever belongs to a heading is
missing if the heading is not recognised. A consequence is dropped only if its cause is reported.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.casefiles import commentary_path
from casebuilder.problems import Severity, in_order
from casebuilder.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series
    from casebuilder.problems import Problem

    Place = tuple[str, int, int]
    #: Where names are defined (a case's folder, or "" for the whole series), and what they name.
    Scope = tuple[str, str]

#: What a name stands for, by the code of the problem that it is unknown.
_NAMES = {
    "unknown-reference": "reference",
    "unknown-question": "question",
    "unknown-section": "question",
    "unknown-theme": "theme",
    "theme-without-heading": "theme",
    "unknown-contribution": "contribution",
    "unknown-quote": "quote",
    "unknown-person": "person",
    "unknown-case": "case",
}
#: What is defined in a list, which may be missing as a whole.
_LISTED = frozenset(("reference", "quote", "theme"))
#: Names that are shared by all cases.
_OF_THE_SERIES = frozenset(("person", "case"))
#: Problems that keep a heading from being recognised, or take its id.
_NO_HEADING = frozenset(
    ("question-without-heading", "heading-one", "glued-heading", "empty-heading", "heading-id", "front-matter")
)
_SHOWN = 3
#: What follows from a folder with another name, by the hint of `readers.misnamedfolders`.
_RENAMED = {
    "rename it cases/": frozenset(("unknown-case", "unused-person")),
    "rename it experts/": frozenset(("unknown-person",)),
}
#: The beginning of a hint of `readers.unusablefiles`.
_MOVE = "move it to "


def left_out(problems: Iterable[Problem], series: Series) -> list[Problem]:
    """Return the problems without those that are consequences of another.

    Args:
        problems: every problem of a series.
        series: the part of the series that could be read.
    """
    cases = {case.slug: case for case in series.cases}
    left = list(_without_headings(in_order(problems), cases))
    twice = [problem for problem in left if problem.code == "duplicate-id"]
    left = [problem for problem in left if not any(_is_mistyped_twin(problem, other) for other in twice)]
    renamed = {problem.hint for problem in left if problem.code == "missing-file"} & _RENAMED.keys()
    left = [problem for problem in left if not any(problem.code in _RENAMED[hint] for hint in renamed)]
    return list(_moved(list(_once(left, cases))))


def _moved(problems: list[Problem]) -> Iterator[Problem]:
    """Join the error that a file is missing, or that nothing is in it, with the warning of where the file is."""
    strays = {
        problem.hint.removeprefix(_MOVE): problem
        for problem in problems
        if problem.code == "unexpected-file" and problem.hint.startswith(_MOVE)
    }
    homes = {problem: home for problem in problems if (home := _home(problem)) in strays}
    causes = {strays[home] for home in homes.values()}
    for problem in problems:
        if problem in homes:
            home = homes[problem]
            yield replace(problem, hint=f"move {strays[home].path} to {home}")
        elif problem not in causes:
            yield problem


def _home(problem: Problem) -> str:
    """Return the path of the file whose absence a problem may be caused by; empty if there is none."""
    if problem.code == "missing-file":
        return problem.path
    return f"cases/{_folder(problem.path)}/quotes.yml" if problem.code == "unknown-quote" else ""


def _is_mistyped_twin(problem: Problem, twice: Problem) -> bool:
    """Return whether a name is missing because it was mistyped as another one, which is now there twice."""
    same = problem.code in _NAMES and _folder(problem.path) == _folder(twice.path)
    return same and bool(nearest(problem.about, [twice.about]))


def _without_headings(problems: tuple[Problem, ...], cases: Mapping[str, Case]) -> Iterator[Problem]:
    """Drop problems caused by a heading that is not recognised.

    If the cause is only a warning and its consequence an error, the error is kept, because it stops a build.
    """
    glued = {(problem.path, problem.line) for problem in problems if problem.code == "glued-heading"}
    problems = tuple(
        problem
        for problem in problems
        if problem.code != "question-without-heading" or (problem.path, problem.line) not in glued
    )
    causes: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.code in _NO_HEADING or (problem.code == "unknown-theme" and problem.path.endswith(".md")):
            causes[problem.path].append(problem)
    caused = {problem: cause for problem in problems if (cause := _cause(problem, causes, cases))}
    worse = {cause: problem.code for problem, cause in reversed(caused.items())}
    for problem in problems:
        if problem in worse and problem.severity is not Severity.ERROR:
            yield replace(problem, code=worse[problem])
        elif problem not in caused:
            yield problem


def _cause(problem: Problem, causes: Mapping[str, list[Problem]], cases: Mapping[str, Case]) -> Problem | None:
    """Return the unrecognised heading that causes a problem: one theme each, or any number of questions."""
    folder = _folder(problem.path)
    asked = causes.get(f"cases/{folder}/questions.md")
    if asked and (case := cases.get(folder)):
        few = problem.code == "question-count" and len(case.questions) <= 1
        return asked[0] if few or _NAMES.get(problem.code) == "question" else None
    headed = causes.get(commentary_path(folder))
    return headed.pop(0) if headed and problem.code == "theme-without-heading" else None


def _folder(path: str) -> str:
    """Return the slug of the case that a file belongs to; empty if it belongs to none."""
    first, _, rest = path.partition("/")
    return rest.partition("/")[0] if first in {"cases", "commentary"} else ""


def _once(problems: list[Problem], cases: Mapping[str, Case]) -> Iterator[Problem]:
    """Keep one problem for each unknown name, or one for all if none is defined."""
    groups: defaultdict[tuple[Scope, str], list[Problem]] = defaultdict(list)
    keys: dict[Problem, tuple[Scope, str]] = {}
    for problem in problems:
        if problem.about and (what := _NAMES.get(problem.code)):
            scope = _scope(problem.path, what)
            case = cases.get(scope[0])
            none = case is not None and what in _LISTED and not _defined(what, case)
            keys[problem] = scope, "" if none else problem.about
            groups[keys[problem]].append(problem)
    for problem in problems:
        key = keys.get(problem)
        if key is None:
            yield problem
        elif groups[key][0] is problem:
            yield _joined(groups[key], key[0][1], cases.get(key[0][0]))


def _scope(path: str, what: str) -> Scope:
    return ("" if what in _OF_THE_SERIES else _folder(path), what)


def _joined(group: list[Problem], what: str, case: Case | None) -> Problem:
    """Return the problem of a name that is used several times; at its definition, if the mistake is there."""
    first, *others = group
    if not others:
        return first
    if any(other.about != first.about for other in others):
        return replace(first, message=f"{first.message}: the case has no {what}s at all",
                       hint=f"{first.hint}; so must be those in {_places(others)}")  # fmt: skip
    if case and (mistyped := _mistyped(first.about, what, case)):
        name, place = mistyped
        times = "twice" if len(group) == 2 else f"{len(group)} times"  # noqa: PLR2004 - as one says it
        message = f'this {what} is called "{name}", but "{first.about}" is used {times}: {_places(group)}'
        return replace(first, path=place[0], line=place[1], column=place[2], message=message,
                       hint=f'write "{first.about}" here')  # fmt: skip
    also = f"it is also used in {_places(others)}"
    return replace(first, hint=f"{first.hint}; {also}" if first.hint else also)


def _places(problems: list[Problem]) -> str:
    shown = [f"{problem.path}:{problem.line}" for problem in problems[:_SHOWN]]
    return ", ".join([*shown, "…"] if len(problems) > _SHOWN else shown)


def _mistyped(name: str, what: str, case: Case) -> tuple[str, Place] | None:
    """Return the unused id that is nearly `name`, so the mistake is in it."""
    defined, used = _defined(what, case), _used(what, case)
    near = nearest(name, [other for other in defined if other not in used])
    return (near, defined[near]) if near else None


def _defined(what: str, case: Case) -> dict[str, Place]:
    """Return the ids of one sort that a case defines, and where."""
    if what == "reference":
        return {work.id: case.origin.at("references", i, "id") for i, work in enumerate(case.references)}
    if what == "question":
        return {question.id: question.place for question in case.questions}
    if what == "theme" and case.commentary:
        origin = case.commentary.origin
        return {theme.id: origin.at("themes", i, "id") for i, theme in enumerate(case.commentary.themes)}
    if what == "quote":
        return {quote.id: case.quotes_origin.at(i, "id") for i, quote in enumerate(case.quotes)}
    if what == "contribution":
        return {contribution.id: contribution.place for contribution in case.contributions}
    return {}


def _used(what: str, case: Case) -> set[str]:
    """Return the ids of one sort that a case uses."""
    if what == "reference":
        return {mention.id for text in case.texts() for mention in markdown.facts(text).citations}
    if what == "question":
        steps = {step.section for session in case.sessions for step in session.steps}
        return {
            *(note.id for note in case.notes), *(quote.question for quote in case.quotes),
            *(contribution.question for contribution in case.contributions), *steps,
        }  # fmt: skip
    sections = case.commentary.sections if case.commentary else ()
    if what == "theme":
        return {*(quote.theme for quote in case.quotes), *(section.theme for section in sections if section.title)}
    if what == "quote":
        return {mention.id for section in sections for mention in markdown.facts(section.body).quotes}
    return {
        *(quote.source.contribution for quote in case.quotes),
        *(contribution.in_reply_to for contribution in case.contributions),
    }
