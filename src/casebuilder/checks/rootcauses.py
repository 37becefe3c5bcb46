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
#: What words share only because of a sign too many in them.
_OF_WORDS = frozenset(("shared-address", "topic-spelling"))
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
    remaining = list(_without_headings(in_order(problems), cases))
    duplicates = [problem for problem in remaining if problem.code == "duplicate-id"]
    remaining = [
        problem
        for problem in remaining
        if problem.code not in _NAMES or not any(_is_mistyped_twin(problem, other) for other in duplicates)
    ]
    remaining = list(_without_what_follows_from_names(remaining))
    remaining = list(_without_named_files(remaining))
    remaining = list(_without_traces_of_links(remaining))
    turned = {_case_slug(problem.path) for problem in remaining if problem.code == "date-order"}
    doubled = {
        _case_slug(each.path) for each in remaining if each.code == "duplicate-id" and each.path.endswith("jsonl")
    }
    remaining = [
        each
        for each in remaining
        if not (each.code == "outside-discussion" and _case_slug(each.path) in turned)
        and not (each.code == "quote-not-verbatim" and _case_slug(each.path) in doubled)
    ]
    lists = {(problem.path, problem.line) for problem in remaining if problem.code == "pasted-list"}
    remaining = [
        each for each in remaining if each.code != "unprintable-character" or (each.path, each.line) not in lists
    ]
    signs = {(problem.path, problem.line) for problem in remaining if problem.code == "stray-tag"}
    remaining = [each for each in remaining if each.code not in _OF_WORDS or (each.path, each.line) not in signs]
    return list(_join_with_strays(list(_one_problem_for_each_name(remaining, cases))))


def _without_what_follows_from_names(problems: list[Problem]) -> Iterator[Problem]:
    """Drop what is unknown because a folder, or quotes.yml, has another name. The name is an error if they are."""
    follows: dict[Problem, list[Problem]] = {}
    for problem in problems:
        if problem.code == "unexpected-file" and problem.hint == 'did you mean "quotes.yml"?':
            case = _case_slug(problem.path)
            follows[problem] = [
                each for each in problems if (each.code, _case_slug(each.path)) == ("unknown-quote", case)
            ]
        elif problem.code in {"missing-file", "unexpected-file"} and problem.hint in _RENAMED:
            follows[problem] = [each for each in problems if each.code in _RENAMED[problem.hint]]
    dropped = {id(each) for consequences in follows.values() for each in consequences}
    for problem in problems:
        worse = [each.code for each in follows.get(problem, ()) if each.severity is Severity.ERROR]
        if worse and problem.severity is not Severity.ERROR:
            yield replace(problem, code=worse[0], hint=problem.hint.replace("did you mean", "rename it").rstrip("?"))
        elif id(problem) not in dropped:
            yield problem


def _without_traces_of_links(problems: list[Problem]) -> Iterator[Problem]:
    """Drop what else is wrong with the words or the address of a link that leads nowhere."""
    dead_links = [problem for problem in problems if problem.code == "dead-link"]
    places = {(problem.path, problem.line, problem.column) for problem in dead_links}
    addresses = {(problem.path, problem.line, problem.about) for problem in dead_links}
    for problem in problems:
        is_words = problem.code == "link-text" and (problem.path, problem.line, problem.column) in places
        is_address = problem.code == "email-address" and (problem.path, problem.line, problem.about) in addresses
        if not (is_words or is_address):
            yield problem


def _without_named_files(problems: list[Problem]) -> Iterator[Problem]:
    """Join the problem that a file of another kind is named as a picture with the warning that the file is there."""
    unusable = {problem.path for problem in problems if problem.code == "unexpected-file"}
    named = {problem.about for problem in problems if problem.code == "missing-picture"} & unusable
    for problem in problems:
        if problem.code == "missing-picture" and problem.about in named:
            message = f"{problem.about} is no picture that pages show"
            name = problem.about.rpartition("/")[2]
            hint = f"{problem.hint}; then delete {name}, which everybody can download from here"
            yield replace(problem, message=message, hint=hint)
        elif problem.code != "unexpected-file" or problem.path not in named:
            yield problem


def _join_with_strays(problems: list[Problem]) -> Iterator[Problem]:
    """Join the error that a file is missing, or that nothing is in it, with the warning of where the file is."""
    strays = {
        problem.hint.removeprefix(_MOVE): problem
        for problem in problems
        if problem.code == "unexpected-file" and problem.hint.startswith(_MOVE)
    }
    missing_paths = {
        problem: missing_path for problem in problems if (missing_path := _missing_path(problem)) in strays
    }
    causes = {strays[missing_path] for missing_path in missing_paths.values()}
    for problem in problems:
        if problem in missing_paths:
            missing_path = missing_paths[problem]
            yield replace(problem, hint=f"move {strays[missing_path].path} to {missing_path}")
        elif problem not in causes:
            yield problem


def _missing_path(problem: Problem) -> str:
    """Return the path of the file whose absence a problem may be caused by; empty if there is none."""
    if problem.code == "missing-file":
        return problem.path
    return f"cases/{_case_slug(problem.path)}/quotes.yml" if problem.code == "unknown-quote" else ""


def _is_mistyped_twin(problem: Problem, duplicate: Problem) -> bool:
    """Return whether a name is missing because it was mistyped as another one, which is now there twice."""
    return _case_slug(problem.path) == _case_slug(duplicate.path) and bool(nearest(problem.about, [duplicate.about]))


def _without_headings(problems: tuple[Problem, ...], cases: Mapping[str, Case]) -> Iterator[Problem]:
    """Drop problems caused by a heading that is not recognised.

    If the cause is only a warning and its consequence an error, the error is kept, because it stops a build.
    """
    glued = {(problem.path, problem.line) for problem in problems if problem.code == "glued-heading"}
    # A line with one "#" too few besides: its hint says how to write the whole line.
    hints = {
        (problem.path, problem.line): f"{problem.hint}, with a typed space" if "begin" in problem.hint else problem.hint
        for problem in problems
        if problem.code == "heading-one"
    }
    problems = tuple(
        replace(problem, hint=hints.get((problem.path, problem.line), problem.hint))
        if problem.code == "glued-heading"
        else problem
        for problem in problems
        if problem.code not in {"question-without-heading", "heading-one"} or (problem.path, problem.line) not in glued
    )
    causes: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        is_text = problem.code == "question-heading" and problem.hint.endswith("for a question")
        if problem.code in _NO_HEADING or is_text or (problem.code == "unknown-theme" and problem.path.endswith(".md")):
            causes[problem.path].append(problem)
    caused = {problem: cause for problem in problems if (cause := _heading_behind(problem, causes, cases))}
    worse = {cause: problem.code for problem, cause in reversed(caused.items())}
    for problem in problems:
        if problem in worse and problem.severity is not Severity.ERROR:
            name = next(each.about for each, cause in caused.items() if cause is problem)
            hint = problem.hint.replace('" for a question', f' {{#{name}}}" for a question') if name else problem.hint
            yield replace(problem, code=worse[problem], hint=hint)
        elif problem not in caused:
            yield problem


def _heading_behind(problem: Problem, causes: Mapping[str, list[Problem]], cases: Mapping[str, Case]) -> Problem | None:
    """Return the unrecognised heading that causes a problem: one theme each, or any number of questions."""
    if problem.code == "duplicate-id":  # of a section of the notes, with what stands below a title
        titles = [cause for cause in causes.get(problem.path, ()) if cause.code == "heading-one"]
        return next((each for each in titles if problem.hint.startswith(f"the other is on line {each.line};")), None)
    folder = _case_slug(problem.path)
    question_headings = causes.get(f"cases/{folder}/questions.md")
    if question_headings and (case := cases.get(folder)):
        has_too_few = problem.code == "question-count" and len(case.questions) <= 1
        return question_headings[0] if has_too_few or _NAMES.get(problem.code) == "question" else None
    theme_headings = causes.get(commentary_path(folder))
    return theme_headings.pop(0) if theme_headings and problem.code == "theme-without-heading" else None


def _case_slug(path: str) -> str:
    """Return the slug of the case that a file belongs to; empty if it belongs to none."""
    first, _, remainder = path.partition("/")
    return remainder.partition("/")[0] if first in {"cases", "commentary"} else ""


def _one_problem_for_each_name(problems: list[Problem], cases: Mapping[str, Case]) -> Iterator[Problem]:
    """Keep one problem for each unknown name, or one for all if none is defined."""
    groups: defaultdict[tuple[Scope, str], list[Problem]] = defaultdict(list)
    keys: dict[Problem, tuple[Scope, str]] = {}
    defined: dict[Scope, bool] = {}
    for problem in problems:
        if problem.about and (sort := _NAMES.get(problem.code)):
            scope = _scope(problem.path, sort)
            case = cases.get(scope[0])
            if scope not in defined:
                defined[scope] = case is None or sort not in _LISTED or bool(_defined_ids(sort, case))
            keys[problem] = scope, problem.about if defined[scope] else ""
            groups[keys[problem]].append(problem)
    for problem in problems:
        key = keys.get(problem)
        if key is None:
            yield problem
        elif groups[key][0] is problem:
            yield _join_uses(groups[key], key[0][1], cases.get(key[0][0]))


def _scope(path: str, sort: str) -> Scope:
    return ("" if sort in _OF_THE_SERIES else _case_slug(path), sort)


def _join_uses(group: list[Problem], sort: str, case: Case | None) -> Problem:
    """Return the problem of a name that is used several times; at its definition, if the mistake is there."""
    first, *others = group
    others = [other for other in others if (other.path, other.line) != (first.path, first.line)]
    if not others:
        return first
    if any(other.about != first.about for other in others):
        return replace(first, message=f"{first.message}: the case has no {sort}s at all",
                       hint=f"{first.hint}; so must be those in {_list_places(others)}")  # fmt: skip
    if case and (mistyped := _mistyped_definition(first.about, sort, case)):
        name, place = mistyped
        times = "twice" if len(group) == 2 else f"{len(group)} times"  # noqa: PLR2004 - as one says it
        message = f'this {sort} is called "{name}", but "{first.about}" is used {times}: {_list_places(group)}'
        return replace(first, path=place[0], line=place[1], column=place[2], message=message,
                       hint=f'write "{first.about}" here')  # fmt: skip
    other_uses = f"it is also used in {_list_places(others)}"
    return replace(first, hint=f"{first.hint}; {other_uses}" if first.hint else other_uses)


def _list_places(problems: list[Problem]) -> str:
    places = [f"{problem.path}:{problem.line}" for problem in problems[:_SHOWN]]
    return ", ".join([*places, "…"] if len(problems) > _SHOWN else places)


def _mistyped_definition(name: str, sort: str, case: Case) -> tuple[str, Place] | None:
    """Return the unused id that is nearly `name`, so the mistake is in it."""
    defined, used = _defined_ids(sort, case), _used_ids(sort, case)
    mistyped = nearest(name, [other for other in defined if other not in used])
    return (mistyped, defined[mistyped]) if mistyped else None


def _defined_ids(sort: str, case: Case) -> dict[str, Place]:
    """Return the ids of one sort that a case defines, and where."""
    if sort == "reference":
        return {work.id: case.origin.at("references", i, "id") for i, work in enumerate(case.references)}
    if sort == "question":
        return {question.id: question.place for question in case.questions}
    if sort == "theme" and case.commentary:
        origin = case.commentary.origin
        return {theme.id: origin.at("themes", i, "id") for i, theme in enumerate(case.commentary.themes)}
    if sort == "quote":
        return {quote.id: case.quotes_origin.at(i, "id") for i, quote in enumerate(case.quotes)}
    if sort == "contribution":
        return {contribution.id: contribution.place for contribution in case.contributions}
    return {}


def _used_ids(sort: str, case: Case) -> set[str]:
    """Return the ids of one sort that a case uses."""
    if sort == "reference":
        return {mention.id for text in case.texts() for mention in markdown.facts(text).citations}
    if sort == "question":
        steps = {step.section for session in case.sessions for step in session.steps}
        return {
            *(note.id for note in case.notes), *(quote.question for quote in case.quotes),
            *(contribution.question for contribution in case.contributions), *steps,
        }  # fmt: skip
    sections = case.commentary.sections if case.commentary else ()
    if sort == "theme":
        return {*(quote.theme for quote in case.quotes), *(section.theme for section in sections if section.title)}
    if sort == "quote":
        return {mention.id for section in sections for mention in markdown.facts(section.body).quotes}
    return {
        *(quote.source.contribution for quote in case.quotes),
        *(contribution.in_reply_to for contribution in case.contributions),
    }
