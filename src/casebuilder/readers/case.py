"""A case's folder: its data, story, questions, notes, responses and quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casebuilder import frontmatter, outline
from casebuilder.model import (
    NOWHERE,
    Case,
    CaseData,
    Kind,
    Note,
    Origin,
    Part,
    Prose,
    Question,
    Quote,
    Response,
    ResponseData,
    Status,
)
from casebuilder.problems import Problem
from casebuilder.readers.records import read_list, read_yaml
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

_SLUG = re.compile(r"\d{4}-(0[1-9]|1[0-2])-[a-z0-9]+(-[a-z0-9]+)*")
_STORIES = {Kind.CASE: "scenario.md", Kind.JOURNAL_CLUB: "paper.md"}
_FILES = ("case.yml", "scenario.md", "paper.md", "questions.md", "facilitation.md", "quotes.yml")
#: What a draft may still lack.
_UNFINISHED = frozenset(("missing-field", "missing-file", "wrong-count", "empty-file"))


@dataclass(slots=True)
class _Folder:
    """A case's folder while it is read."""

    slug: str
    texts: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def path(self, name: str) -> str:
        return f"cases/{self.slug}/{name}"

    def report(self, name: str, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.path(name), 1, 1, code, message, hint))

    def text(self, name: str) -> str | None:
        """A file's text; a file without one is a problem, as is one that begins like front matter but takes none."""
        text = self.texts.get(name)
        if text is not None and not text.strip():
            self.report(name, "empty-file", "there is nothing in it", "fill it in, or delete it")
            return None
        return text


def read_case(slug: str, texts: Mapping[str, str], pictures: frozenset[str]) -> tuple[Case | None, list[Problem]]:
    """One case.

    Args:
        slug: the folder's name.
        texts: the folder's texts, by their path in it.
        pictures: the folder's pictures, by their path below the series' root.
    """
    folder = _Folder(slug, texts)
    if not _SLUG.fullmatch(slug):
        hint = "such as 2026-03-late-handover: year, month and a short name; it is the case's address for ever"
        folder.report("case.yml", "bad-slug", f'the folder "{slug}" is not named YYYY-MM-short-name', hint)
    _refuse_unexpected(folder)
    if "case.yml" not in texts:
        folder.report("case.yml", "missing-file", "the case has no case.yml", "copy one from another case")
        return None, folder.problems
    data, origin, problems = read_yaml(CaseData, texts["case.yml"], folder.path("case.yml"))
    folder.problems += problems
    if data is None:
        return None, folder.problems
    quotes, quotes_origin = _quotes(folder)
    case = Case(
        **dict(data),
        slug=slug,
        story=_story(folder, data),
        questions=_questions(folder, data),
        notes=_notes(folder),
        responses=_responses(folder),
        quotes=quotes,
        pictures=pictures,
        origin=origin,
        quotes_origin=quotes_origin,
    )
    if data.status is Status.DRAFT:
        folder.problems = [problem for problem in folder.problems if problem.code not in _UNFINISHED]
    return case, folder.problems


def _refuse_unexpected(folder: _Folder) -> None:
    for name in folder.texts:
        place = PurePosixPath(name)
        if name not in _FILES and not (place.parent.name == "responses" and place.suffix == ".md"):
            hint = did_you_mean(name, _FILES) or f"a case has {', '.join(_FILES)} and responses/<person>.md"
            folder.report(name, "unexpected-file", "the format has no such file, and it is left out", hint)


def _story(folder: _Folder, data: CaseData) -> tuple[Part, ...]:
    """The story, or why the paper was chosen; each second-level heading begins a part."""
    wanted = _STORIES[data.kind]
    for kind, name in _STORIES.items():
        if kind is not data.kind and name in folder.texts:
            hint = f'call it {wanted}, or write "kind: {kind}" into case.yml'
            folder.report(name, "wrong-kind", f"{name} belongs to the kind {kind}; this is a {data.kind}", hint)
    if wanted not in folder.texts:
        if data.status is None:
            folder.report(wanted, "missing-file", f"the {data.kind} has no {wanted}", "write the text that opens it")
        return ()
    text = folder.text(wanted)
    if text is None:
        return ()
    cuts = outline.sections(text)
    parts = (
        Part(
            title=heading.text if heading else "",
            body=frontmatter.body(text, folder.path(wanted), start, end),
        )
        for heading, start, end in cuts
    )
    return tuple(part for part in parts if part.body or part.title)


def _questions(folder: _Folder, data: CaseData) -> tuple[Question, ...]:
    if "questions.md" not in folder.texts:
        if data.status is None:
            folder.report(
                "questions.md", "missing-file", "the case has no questions.md", 'one "## " heading a question'
            )
        return ()
    questions = []
    for heading, body, place in _headed(folder, "questions.md"):
        if heading:
            questions.append(Question(id=_id(heading), title=heading.text or "…", body=body, place=place))
        elif body:
            hint = 'begin each question with "## "'
            problem = Problem(
                *body.at(0), "question-without-heading", "this text stands before the first question", hint
            )
            folder.problems.append(problem)
    return tuple(questions)


def _notes(folder: _Folder) -> tuple[Note, ...]:
    if "facilitation.md" not in folder.texts:
        return ()
    notes = []
    for heading, body, place in _headed(folder, "facilitation.md"):
        if heading:
            notes.append(Note(id=_id(heading), title=heading.text or "…", body=body, place=place))
        elif body:
            notes.append(Note(id="brief", title="In brief", body=body, place=place))
    return tuple(notes)


def _id(heading: outline.Heading) -> str:
    return re.sub(r"[^a-z0-9-]", "-", heading.id.lower()).strip("-") or "untitled"


def _headed(folder: _Folder, name: str) -> list[tuple[outline.Heading | None, Prose, tuple[str, int, int]]]:
    """A file cut at its second-level headings: heading, text below it, and the heading's place."""
    text = folder.text(name) or ""
    path = folder.path(name)
    whole = Prose(text, path)
    return [
        (heading, frontmatter.body(text, path, start, end), whole.at(heading.start if heading else 0))
        for heading, start, end in outline.sections(text)
    ]


def _responses(folder: _Folder) -> tuple[Response, ...]:
    responses = []
    for name in folder.texts:
        place = PurePosixPath(name)
        if place.parent.name == "responses" and place.suffix == ".md":
            response = _response(folder, name, place.stem)
            if response:
                responses.append(response)
    return tuple(responses)


def _response(folder: _Folder, name: str, person: str) -> Response | None:
    text, path = folder.text(name), folder.path(name)
    if text is None:
        return None
    matter, body, problems = frontmatter.split(text, path)
    folder.problems += problems
    if matter is None:
        if not problems:
            hint = 'begin the file with "---", title, perspective and consent, and "---"'
            folder.report(name, "front-matter", "the response has no front matter", hint)
        return None
    data, origin, problems = read_yaml(ResponseData, matter[0], path, first_line=matter[1])
    folder.problems += problems
    if not body:
        folder.report(name, "empty-file", "the response has no text", "write it below the front matter")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", person):
        hint = "name it after the expert's profile, such as responses/amara-diallo.md"
        folder.report(name, "responder-name", f'"{person}" is not the name of a profile', hint)
        return None
    return Response(**dict(data), person=person, body=body, origin=origin) if data else None


def _quotes(folder: _Folder) -> tuple[tuple[Quote, ...], Origin]:
    if "quotes.yml" not in folder.texts:
        return (), NOWHERE
    quotes, origin, problems = read_list(Quote, folder.texts["quotes.yml"], folder.path("quotes.yml"))
    folder.problems += problems
    return quotes, origin
