"""Pictures can be shown, are safe, and do not reveal where they were taken."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casebuilder import markdown
from casebuilder.checks.accessibility import texts_of
from casebuilder.problems import Problem
from casebuilder.readers.pictures import CLEANED, SHOWN, other_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.model.series import Series
    from casebuilder.readers.pictures import Fault

    Place = tuple[str, int, int]
    #: Returns the faults of a picture, given its path below the series' root.
    Judge = Callable[[str], tuple[Fault, ...]]

#: A fault that concerns only packs; and kinds that hand-written pages may show, because they are not printed.
_PRINTED = "unprintable-character"
_SITE_ONLY = frozenset(("moving-picture", _PRINTED))


def shown(series: Series) -> Iterator[tuple[str, str, Place]]:
    """Yield every picture that the series shows: its path below the root, its name in the text, and the place."""
    for text, _, _ in texts_of(series):
        facts = markdown.facts(text)
        for image in facts.pictures:
            yield markdown.picture(text.path, image.file), image.file, (text.path, *image.place)
        for link in facts.links:
            target = markdown.resolve(text.path, link.address)
            if target.kind is markdown.Kind.PICTURE:
                yield target.address, link.address, (text.path, *link.place)
    for case in series.cases:
        if case.image:
            yield f"cases/{case.slug}/{case.image.file}", case.image.file, case.origin.at("image", "file")
    for person in series.people:
        if person.photo:
            yield f"experts/{person.photo.file}", person.photo.file, person.origin.at("photo", "file")


def sound(series: Series, judge: Judge) -> Iterator[Problem]:
    """Every picture is complete, of the type that its name says, and safe. Each is reported once."""
    judged_paths: set[str] = set()
    for path, path_in_text, place in shown(series):
        if path in series.pictures and path not in judged_paths:
            judged_paths.add(path)
            faults = judge(path) if _extension(path) in SHOWN else (other_kind(path),)
            if not series.settings.packs:
                faults = tuple(fault for fault in faults if fault.code != _PRINTED)
            yield from _picture_problems(path, path_in_text, place, faults)


def of_pages(series: Series, judge: Judge) -> Iterator[Problem]:
    """Check the pictures of hand-written pages and of the theme."""
    for path in sorted(series.page_pictures):
        faults = judge(path) if _extension(path) in CLEANED else (other_kind(path),)
        allowed = tuple(fault for fault in faults if fault.code not in _SITE_ONLY)
        yield from _picture_problems(path, PurePosixPath(path).name, (path, 1, 1), allowed)


def unshown(series: Series) -> Iterator[Problem]:
    """Report pictures that no page can show and no text names; one that a text names is reported there."""
    shown_paths = {path for path, _, _ in shown(series)}
    for path in sorted(series.pictures - shown_paths):
        if _extension(path) not in SHOWN:
            fault = other_kind(path)
            hint = f"{fault.hint.rstrip('.')}; then delete this file, which everybody can download from here"
            yield Problem(path, 1, 1, "unexpected-file", f"the picture {fault.message}", hint)


def _extension(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _picture_problems(path: str, path_in_text: str, place: Place, faults: tuple[Fault, ...]) -> Iterator[Problem]:
    for fault in faults:
        fault_place = (path, fault.line, fault.column) if fault.line else place
        noun = "drawing" if fault.line else "picture"
        yield Problem(*fault_place, fault.code, f"the {noun} {unquote(path_in_text)} {fault.message}", fault.hint)
