"""The workbench of a curation desk: it reads the series anew for each request, and writes what the page made."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import making, memory
from casebuilder.editorial.curation.desk import page
from casebuilder.editorial.curation.forms import FormError, plain_curation, plain_desk, read_curation
from casebuilder.editorial.letters import LetterError
from casebuilder.pipeline import correspondence, desklook, private, reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casebuilder.editorial.curation import Desk
    from casebuilder.pipeline.reading import Reading

_DESK_BYTES = 16


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

    def read(self) -> Reading:
        """The series as its files are now."""
        return reading.read(self.root, as_of=self.as_of)

    def made(self, *, people: bool = True) -> Desk:
        """The desk as the files are now, with the people who took part or without."""
        found = self.read()
        case = next(each for each in found.series.cases if each.slug == self.slug)
        known = private.everybody(self.root) if people else None
        kept = memory.read(private.curation(self.root, self.slug))
        return making.desk(making.Material(found.series, case, found.tree.texts, kept, known), self.desk_id)

    def page(self) -> tuple[str, str]:
        """The page and its Content-Security-Policy."""
        found = self.read()
        case = next(each for each in found.series.cases if each.slug == self.slug)
        return page.page(case.title, case.language or "en", look=desklook.look(found))

    def file(self) -> tuple[str, Desk]:
        """The desk as one HTML file with the record inside, and what is in it."""
        found = self.read()
        data = replace(self.made(people=False), templates=correspondence.patterns(found, self.slug))
        html, _ = page.page(data.title, data.language, data, desklook.look(found))
        return html, data

    def desk(self) -> Mapping[str, object]:
        """The desk, as plain values."""
        return plain_desk(self.made())

    def save(self, body: bytes, revision: str, keep: str) -> tuple[int, Mapping[str, object]]:  # noqa: ARG002 - soon
        """Save a curation: the HTTP status, and what the page is answered."""
        try:
            made = read_curation(body)
        except FormError as error:
            return 400, {"problems": list(error.problems)}
        made = replace(made, revision=made.revision + 1)
        kept = memory.read(private.curation(self.root, self.slug))
        private.write_curation(self.root, self.slug, memory.dump(replace(kept, curation=made)))
        base = plain_curation(made)["base"]
        return 200, {"revision": made.revision, "base": base, "problems": [], "written": []}

    def keep_history(self, body: bytes) -> None:
        """Keep what the page needs to undo."""
        kept = memory.read(private.curation(self.root, self.slug))
        if len(body) <= memory.LONGEST:
            made = replace(kept, history=json.loads(body))
            private.write_curation(self.root, self.slug, memory.dump(made))

    def preview(self, pending: str) -> str:  # noqa: ARG002 - soon
        """The commentary as the site will show it."""
        return "<!doctype html><title>Preview</title><p>Soon.</p>"

    def problems(self) -> object:
        """What `check` says of the case."""
        return []

    def letters(self) -> Mapping[str, object]:
        """A letter to each person to ask, and what is wrong with the template, if it cannot be filled in."""
        try:
            return {"letters": correspondence.asking(self.read(), self.slug).as_json(), "problem": ""}
        except LetterError as error:
            return {"letters": [], "problem": str(error)}

    def picture(self, path: str) -> tuple[bytes, str] | None:  # noqa: ARG002 - soon
        """A picture of the case and its media type; None if it has no such picture."""
        return None
