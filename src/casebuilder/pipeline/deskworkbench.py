"""The workbench of a curation desk: it reads the case again for each request, and writes what the page made."""

from __future__ import annotations

import json
import mimetypes
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from casebuilder import folderexchange
from casebuilder.editorial.curation import consentclaims, deskcontent, deskmemory, deskthread, saving
from casebuilder.editorial.curation.desk import page
from casebuilder.editorial.curation.deskschema import FormError, plain_curation, plain_desk, read_curation
from casebuilder.editorial.letters import LetterError
from casebuilder.pipeline import correspondence, deskcase, deskpreview, deskstyle, privatefolder, writetogether
from casebuilder.pipeline import reading as wholes
from casebuilder.pipeline.deskcase import DeskError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from casebuilder.editorial.curation import Curation, Desk
    from casebuilder.editorial.curation.saving import Saved
    from casebuilder.pipeline.deskcase import DeskCase
    from casebuilder.problems import Problem
    from casebuilder.readers import Case

    Answer = tuple[int, Mapping[str, object]]

_DESK_BYTES = 16
#: The longest history that is kept, in bytes of JSON.
LONGEST_HISTORY = 4_000_000
_TRIES = 3


@contextmanager
def _private_errors_as_desk_errors() -> Iterator[None]:
    """Have a private file that cannot be read end as the desk's own error, which the page shows."""
    try:
        yield
    except privatefolder.PrivateError as error:
        raise DeskError(str(error)) from None


@dataclass(slots=True, eq=False)
class Bench:
    """A case on the desk.

    Attributes:
        root: the series' folder.
        slug: the case.
        as_of: the instant to look at it from; None for now.
        desk_id: the id of this desk.
    """

    root: Path
    slug: str
    as_of: str | None = None
    desk_id: str = field(default_factory=lambda: secrets.token_hex(_DESK_BYTES))

    def found(self) -> DeskCase:
        """Return the case from its files in their present state.

        Raises:
            DeskError: the case is not there any more.
        """
        return deskcase.read(self.root, self.slug)

    def made(self, *, people: bool = True) -> Desk:
        """Return the desk from the files in their present state, with the people who took part or without.

        Raises:
            DeskError: the case is not there any more, or its files cannot be read.
            casebuilder.pipeline.privatefolder.PrivateError: what is private cannot be read.
        """
        found = self.found()
        if found.problems:
            first = found.problems[0]
            raise DeskError(f"{_sentence(first)}. Correct it first, then open the desk again")
        people_known = privatefolder.everybody(self.root) if people else None
        history = json.loads(privatefolder.history(self.root, self.slug) or "null") if people else None
        memory_of_desk = deskmemory.read(privatefolder.curation(self.root, self.slug))
        return deskcontent.desk(
            deskcontent.Material(found.series, found.case, found.texts, memory_of_desk, people_known, history),
            self.desk_id,
        )

    def page(self) -> tuple[str, str]:
        """Return the page and its Content-Security-Policy."""
        found = self.found()
        return page.page(
            found.case.title,
            found.case.language or found.series.language,
            look=deskstyle.look(self.root),
        )

    def file(self, *, people: bool = False) -> tuple[str, Desk, str]:
        """Return the desk as one HTML file with its record, what is in it, and why it has no letters (mostly empty)."""
        reading = wholes.read(self.root, as_of=self.as_of)
        templates, without_letters = {}, ""
        try:
            templates = correspondence.patterns(reading, self.slug)
        except LetterError as error:
            without_letters = str(error)
        data = replace(self.made(people=people), templates=templates, suggestions=self.suggestions())
        html, _ = page.page(data.title, data.language, data, deskstyle.look(self.root))
        return html, data, without_letters

    def desk(self) -> Mapping[str, object]:
        """Return the desk, as plain values.

        Raises:
            DeskError: the case, or what editors keep about people, cannot be read.
        """
        with _private_errors_as_desk_errors():
            return plain_desk(self.made())

    def keep_curation(self, body: bytes, revision: str, keep: str) -> Answer:
        """Save a curation: the HTTP status, and what the page is answered."""
        try:
            received = read_curation(body)
        except FormError as error:
            return HTTPStatus.BAD_REQUEST, {"problems": list(error.problems)}
        with self._wait_for_turn():
            memory_of_desk = deskmemory.read(privatefolder.curation(self.root, self.slug))
            saved_revision = memory_of_desk.curation.revision if memory_of_desk.curation else 0
            base_revision = int(revision) if revision.isdecimal() else received.revision
            if base_revision != saved_revision and keep != "mine":
                return self._answer_after_other_window(memory_of_desk, keep)
            return self._save(replace(received, revision=saved_revision + 1), keep)

    def take_over(self, received: Curation, keep: str) -> Saved:
        """Take over a curation from a file: what came of it. It is written, if nothing speaks against it.

        Raises:
            DeskError: the files are edited by somebody else at this moment.
            OSError: a file cannot be written.
        """
        with self._wait_for_turn():
            memory_of_desk = deskmemory.read(privatefolder.curation(self.root, self.slug))
            revision = memory_of_desk.curation.revision + 1 if memory_of_desk.curation else 1
            received = deskmemory.beside(received, memory_of_desk)
            return self._write_curation(replace(received, revision=revision, desk=self.desk_id), keep)

    def claims(self, curation: Curation) -> consentclaims.Claims:
        """Return what a curation from a file says of permissions that the series does not have.

        Raises:
            DeskError: the case's files cannot be read.
        """
        return consentclaims.claims(curation, self.made(people=False).curation, self.found().case)

    def _save(self, curation: Curation, keep: str) -> Answer:
        try:
            result = self._write_curation(curation, keep)
        except DeskError as error:
            return HTTPStatus.SERVICE_UNAVAILABLE, {"problems": [_reason_fields(str(error))]}
        if result.reasons:
            return HTTPStatus.BAD_REQUEST, {"problems": [_reason_fields(reason) for reason in result.reasons]}
        if result.conflicts:
            conflicts = [
                {"part": conflict.part, "path": conflict.path, "yours": conflict.yours, "theirs": conflict.theirs}
                for conflict in result.conflicts
            ]
            return HTTPStatus.CONFLICT, {"conflict": conflicts[0], "conflicts": conflicts}
        fields = plain_curation(result.curation)
        answer = {
            "revision": result.curation.revision,
            "base": fields["base"],
            "method": result.curation.method,
            "problems": [_reason_fields(reason) for reason in result.dropped],
            "written": sorted(result.edits),
        }
        return HTTPStatus.OK, {**answer, "curation": fields} if result.outside else answer

    def _write_curation(self, curation: Curation, keep: str) -> Saved:
        """Write the files of a curation, all of them or none.

        Raises:
            DeskError: the files are edited by somebody else at this moment.
        """
        for _ in range(_TRIES):
            found = self.found()
            if found.problems:
                return saving.Saved(curation, reasons=tuple(map(_sentence, found.problems)))
            result = saving.saved(found.series, found.texts, curation, keep)
            if result.reasons or result.conflicts:
                return result
            contents = {found.place(path): text for path, text in result.edits.items()}
            old_texts = {found.place(path): found.texts.get(path) for path in result.edits}
            if all(deskcase.is_still(place, text) for place, text in old_texts.items()):
                self._write_files(contents, result.curation)
                return result
        raise DeskError("somebody else is writing these files at this moment: try again")

    def _write_files(self, contents: Mapping[Path, str | None], curation: Curation) -> None:
        memory_file = privatefolder.curation_place(self.root, self.slug)
        new_files = {place: deskcase.encoded(place, text) for place, text in contents.items()}
        new_files[memory_file] = deskmemory.dump(deskmemory.Memory(curation)).encode()
        writetogether.write(self._note_file(), new_files, secret=(memory_file,))

    def _answer_after_other_window(self, memory_of_desk: deskmemory.Memory, keep: str) -> Answer:
        """Return the answer to a page that did not see what another one saved."""
        if keep == "theirs":
            fields = plain_curation(self.made().curation)
            return HTTPStatus.OK, {
                "revision": fields["revision"],
                "base": fields["base"],
                "problems": [],
                "written": [],
                "curation": fields,
            }
        notice = "Another window, or a file that was taken over, saved this desk meanwhile."
        conflict = {"part": "", "path": f"{privatefolder.CURATIONS}/{self.slug}.json", "yours": "", "theirs": notice}
        revision = memory_of_desk.curation.revision if memory_of_desk.curation else 0
        return HTTPStatus.CONFLICT, {"conflict": conflict, "conflicts": [conflict], "revision": revision}

    def keep_history(self, body: bytes) -> None:
        """Keep what the page needs to undo; what is not JSON, or too long, is not kept."""
        try:
            text = json.dumps(json.loads(body), ensure_ascii=False)
        except (ValueError, RecursionError):
            return
        if len(body) <= LONGEST_HISTORY:
            privatefolder.write_history(self.root, self.slug, text)

    def preview(self, pending: str) -> str:
        """Return the commentary as the site will show it; with `pending` "omit", without quotes that await consent."""
        found = self.found()
        return deskpreview.commentary(found.series, found.case, self.root, pending=pending != "omit")

    def problems(self) -> list[dict[str, object]]:
        """Return what `check` says of the case."""
        all_problems = wholes.read(self.root, as_of=self.as_of).problems
        folders = (f"cases/{self.slug}/", f"commentary/{self.slug}/")
        return [_problem_fields(problem) for problem in all_problems if problem.path.startswith(folders)]

    def suggestions(self) -> Mapping[str, object]:
        """Return where to look in the record, from its words alone."""
        return deskcontent.suggestions_for(self.found().case)

    def letters(self) -> Mapping[str, object]:
        """Return a letter to each person to ask, and what is wrong with the template, if it cannot be filled in.

        Raises:
            DeskError: the case, or what editors keep about people, cannot be read.
        """
        self.found()  # the case may have been deleted since the desk was opened
        try:
            with _private_errors_as_desk_errors():
                letters = correspondence.asking(wholes.read(self.root, as_of=self.as_of), self.slug).as_json()
        except LetterError as error:
            return {"letters": [], "problem": str(error)}
        return {"letters": letters, "problem": ""}

    def picture(self, path: str) -> tuple[bytes, str] | None:
        """Return a picture of the case and its media type; None if it has no such picture."""
        found = self.found()
        kind, _ = mimetypes.MimeTypes().guess_type(path)  # without what programs wrote into Windows' registry
        if path not in found.case.pictures or kind is None:
            return None
        return found.tree.pictures[path].read_bytes(), kind

    def recover(self) -> None:
        """Finish or forget what a killed desk had begun to write.

        Raises:
            OSError: a file cannot be written.
        """
        with self._wait_for_turn():
            found = self.found()
            memory_file = privatefolder.curation_place(self.root, self.slug)
            places = [*(found.place(path) for path in deskcase.paths(self.slug)), memory_file]
            writetogether.recover(self._note_file(), places, secret=(memory_file,))

    def _note_file(self) -> Path:
        return privatefolder.curation_place(self.root, self.slug).with_suffix(".pending")

    def _wait_for_turn(self) -> AbstractContextManager[None]:
        return folderexchange.turn(privatefolder.curation_place(self.root, self.slug).with_suffix(".lock"))


def shown(case: Case) -> int:
    """Return how many contributions of a case a desk would show."""
    return len(deskthread.shown(case))


def _problem_fields(problem: Problem) -> dict[str, object]:
    return {
        "path": problem.path, "line": problem.line, "column": problem.column, "severity": problem.severity.value,
        "code": problem.code, "message": problem.message, "hint": problem.hint,
    }  # fmt: skip


def _sentence(problem: Problem) -> str:
    """Return a problem in a sentence: where it is, and how to fix it."""
    return f"{problem.path}:{problem.line}: {problem.message}{f' ({problem.hint})' if problem.hint else ''}"


def _reason_fields(message: str) -> dict[str, object]:
    return {"path": "", "line": 0, "column": 0, "severity": "error", "code": "", "message": message, "hint": ""}
