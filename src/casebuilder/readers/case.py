"""Read a case's folder: data, story, questions, notes, responses and quotes."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.model import NOWHERE, Kind, Note, Origin, Part, Prose, Question, Quote, Response, ResponseData, Status
from casebuilder.model.case import Case, CaseData
from casebuilder.problems import Problem
from casebuilder.readers import frontmatter, questionslips, unusablefiles
from casebuilder.readers.casefoldernames import is_slug, meant_slug
from casebuilder.readers.headings import title_problems
from casebuilder.readers.records import read_list, read_yaml, unread
from casebuilder.slugs import MOST_LETTERS, person_slug

if TYPE_CHECKING:
    from collections.abc import Mapping

_STORIES = {Kind.CASE: "scenario.md", Kind.JOURNAL_CLUB: "paper.md"}
_FILES = tuple(name for name, home in unusablefiles.HOMES.items() if home == "cases")
#: Slashes in the path of a file directly in a case's folder.
_OWN = 2
#: Problems that do not matter in a draft.
_UNFINISHED = frozenset(("missing-field", "missing-file", "wrong-count", "empty-file"))


@dataclass(slots=True)
class _Folder:
    """A case's folder, while it is being read."""

    slug: str
    texts: Mapping[str, str]
    unread: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    misnamed: set[str] = field(default_factory=set)
    people: frozenset[str] = frozenset()
    #: A misnamed case.yml.
    instead: str = ""

    def path(self, name: str) -> str:
        return f"cases/{self.slug}/{name}"

    def report(self, name: str, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.path(name), 1, 1, code, message, hint))

    def missing(self, name: str, message: str, hint: str) -> None:
        """Report a missing file, unless it exists and cannot be read; suggest a file that may have its text."""
        if self.path(name) in self.unread:
            return
        path = self.path(name)
        unread_here = sorted(path for path in self.unread if path.startswith(self.path("")) and path.count("/") == _OWN)
        others = [stray for stray in self.texts if not _is_known(stray) and not self.belongs_elsewhere(stray)]
        if unusable := next((stray for stray in unread_here if unusablefiles.stands_for(stray, name)), ""):
            reason, hint = unusablefiles.foreign(unusable)
            path, message = unusable, f"{message}, and {reason}"
        elif similar := difflib.get_close_matches(name, others, n=1, cutoff=0.7):
            self.misnamed.add(similar[0])
            path, message, hint = (
                self.path(similar[0]),
                f"{message}: it is called {similar[0]} here",
                f"rename it {name}",
            )
        if name == "case.yml":
            self.instead = path
        self.problems.append(Problem(path, 1, 1, "missing-file", message, hint))

    def belongs_elsewhere(self, name: str) -> bool:
        """Return whether a text belongs in another folder: a commentary is sealed, and a story is not."""
        return unusablefiles.place(self.path(name), self.people)[1].startswith("move it")

    def text(self, name: str) -> str | None:
        """Return a file's text, and report an empty file."""
        text = self.texts.get(name)
        if text is not None and not text.strip():
            self.report(name, "empty-file", "there is nothing in it", "fill it in, or delete it")
            return None
        return text

    def bare_text(self, name: str) -> str | None:
        """Return the text of a file without front matter; any is left out and reported."""
        text = self.text(name)
        if text is None:
            return None
        count = frontmatter.of_another_program(text)
        if not count:
            return text
        hint = "delete these lines: what is known of a case is in case.yml"
        message = f"{name} has no front matter of its own: these {count} lines are left out"
        self.problems.append(Problem(self.path(name), 1, 1, "unused-front-matter", message, hint))
        return "\n" * count + "\n".join(text.split("\n")[count:])


def read_case(
    slug: str,
    texts: Mapping[str, str],
    pictures: frozenset[str],
    unread_files: frozenset[str] = frozenset(),
    people: frozenset[str] = frozenset(),
) -> tuple[Case, list[Problem]]:
    """Read one case; if `case.yml` is invalid, it gets placeholders, so that the other files are still checked.

    Args:
        slug: the folder's name.
        texts: the folder's texts, by their path in it.
        pictures: the folder's pictures, by their path below the series' root.
        unread_files: files that exist but could not be decoded, by their path below the series' root.
        people: the names of profiles.
    """
    folder = _Folder(slug, texts, unread_files, people=people)
    data, origin = _data(folder)
    if not is_slug(slug):
        hint = f"rename it {meant_slug(slug, data.opens)}: it is the case's permanent address"
        fault = "is not named YYYY-MM-short-name"
        if len(slug) > MOST_LETTERS:
            fault = f"has a name of {len(slug)} letters; {MOST_LETTERS} are possible"
        folder.report("case.yml", "bad-slug", f'the folder "{slug}" {fault}', hint)
    quotes, quotes_origin = _quotes(folder)
    case = Case.model_construct(
        **dict(data),
        slug=slug,
        story=_story(folder, data, origin),
        questions=_questions(folder, data),
        notes=_notes(folder),
        responses=_responses(folder),
        quotes=quotes,
        pictures=pictures,
        origin=origin,
        quotes_origin=quotes_origin,
    )
    _refuse_unexpected(folder)
    return case, _drop_irrelevant(folder, data, origin)


def _drop_irrelevant(folder: _Folder, data: CaseData, origin: Origin) -> list[Problem]:
    """Drop problems that do not matter in a draft, and missing files if case.yml, which names them, is invalid."""
    if data.status is Status.DRAFT or ("status",) in origin.refused:
        return [problem for problem in folder.problems if problem.code not in _UNFINISHED]
    if origin.whole:
        return folder.problems
    return [problem for problem in folder.problems if problem.code != "missing-file" or problem.path == folder.instead]


def _data(folder: _Folder) -> tuple[CaseData, Origin]:
    """Return the fields of `case.yml`, with their places."""
    if "case.yml" in folder.texts:
        data, origin, problems = read_yaml(CaseData, folder.texts["case.yml"], folder.path("case.yml"))
        folder.problems += problems
        if data:
            return data, origin
    else:
        folder.missing("case.yml", "the case has no case.yml", "copy one from another case")
    return CaseData.model_validate(CaseData.placeholders), unread(folder.path("case.yml"))


def _is_known(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return name in _FILES or (folder == "responses" and file.endswith(".md"))


def _refuse_unexpected(folder: _Folder) -> None:
    for name in folder.texts:
        if not _is_known(name) and name not in folder.misnamed:
            folder.report(name, "unexpected-file", *unusablefiles.place(folder.path(name), folder.people))


def _kind_name(kind: Kind) -> str:
    return kind.replace("-", " ")


def _story(folder: _Folder, data: CaseData, origin: Origin) -> tuple[Part, ...]:
    """Return the story, or the reason for the paper, in parts that begin with second-level headings."""
    file_name = _STORIES[data.kind]
    for kind, name in _STORIES.items():
        if kind is not data.kind and name in folder.texts:
            if not origin.sound("kind"):
                file_name = name
                continue
            hint = f'call it {file_name}, or write "kind: {kind}" into case.yml'
            folder.report(
                name, "wrong-kind", f"{name} belongs to a {_kind_name(kind)}; this is a {_kind_name(data.kind)}", hint
            )
    if file_name not in folder.texts:
        if data.status is None and not any(name in folder.texts for name in _STORIES.values()):
            folder.missing(file_name, f"the {_kind_name(data.kind)} has no {file_name}", "write the text that opens it")
        return ()
    parts = []
    for heading, body, place in _sections(folder, file_name):
        if body or heading:
            title, anchor = (heading.text, markdown.element_id(body.path, heading)) if heading else ("", "")
            parts.append(Part.model_construct(title=title, body=body, place=place, anchor=anchor))
    return tuple(parts)


def _questions(folder: _Folder, data: CaseData) -> tuple[Question, ...]:
    if "questions.md" not in folder.texts:
        if data.status is None:
            hint = 'write one "## " heading a question'
            folder.missing("questions.md", "the case has no questions.md", hint)
        return ()
    questions = []
    for heading, body, place in _sections(folder, "questions.md"):
        if heading:
            name = _heading_id(folder, heading, place)
            questions.append(Question.model_construct(id=name, title=heading.text or "…", body=body, place=place))
            folder.problems += questionslips.of_heading(heading.text, len(questions), place)
            folder.problems += questionslips.of_body(body, len(questions))
        elif body:
            first_line = body.source.lstrip().partition("\n")[0]
            is_title = first_line.startswith("# ") and "?" not in first_line and "{#" not in first_line
            hint = f'{"delete the line if it is a title; " if is_title else ""}begin each question with "## "'
            message = "this text comes before the first question"
            folder.problems.append(Problem(*body.at(0), "question-without-heading", message, hint))
    return tuple(questions)


def _notes(folder: _Folder) -> tuple[Note, ...]:
    if "facilitation.md" not in folder.texts:
        return ()
    notes = []
    for heading, body, place in _sections(folder, "facilitation.md"):
        if heading:
            notes.append(
                Note.model_construct(
                    id=_heading_id(folder, heading, place), title=heading.text or "…", body=body, place=place
                )
            )
        elif body:
            notes.append(Note.model_construct(id="brief", title="In brief", body=body, place=place))
    return tuple(notes)


def _heading_id(folder: _Folder, heading: markdown.Heading, place: tuple[str, int, int]) -> str:
    """Return a heading's id: the author's, or one made from its words."""
    name = markdown.plain_id(heading.id)
    if heading.text and not name:
        hint = f'give it one: "## {heading.text} {{#short-name}}"'
        message = "this heading has no letters that an address can have"
        folder.problems.append(Problem(*place, "bad-value", message, hint))
    return name or f"line-{place[1]}"


def _sections(folder: _Folder, name: str) -> list[tuple[markdown.Heading | None, Prose, tuple[str, int, int]]]:
    """Yield the sections of a file: second-level heading, text below it, and the heading's place."""
    path = folder.path(name)
    cuts = []
    for heading, body in markdown.sections(Prose(folder.bare_text(name) or "", path)):
        place = (path, *heading.place) if heading else body.at(0)
        if heading:
            folder.problems += title_problems(heading, place, is_needed=name not in _STORIES.values())
        cuts.append((heading, body, place))
    return cuts


def _responses(folder: _Folder) -> tuple[Response, ...]:
    responses = []
    for name in folder.texts:
        if _is_known(name) and name not in _FILES:
            response = _response(folder, name, PurePosixPath(name).stem)
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
        hint = f"rename it {person_slug(person) or 'amara-diallo'}.md, as the profile in experts/ is named"
        folder.report(name, "responder-name", f'"{person}" is not the name of a profile', hint)
        return None
    return Response.model_construct(**dict(data), person=person, body=body, origin=origin) if data else None


def _quotes(folder: _Folder) -> tuple[tuple[Quote, ...], Origin]:
    if "quotes.yml" not in folder.texts:
        path = folder.path("quotes.yml")
        return (), unread(path) if path in folder.unread else NOWHERE
    text = folder.texts["quotes.yml"]
    if text.strip() and all(line.lstrip(" ").startswith("#") for line in text.split("\n") if line.strip()):
        return (), NOWHERE  # comments only: the lines of the contributions, below which quotes will stand
    quotes, origin, problems = read_list(Quote, text, folder.path("quotes.yml"))
    folder.problems += problems
    return quotes, origin
