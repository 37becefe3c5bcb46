"""The pictures that a series shows: each can be shown whole, does no harm, and says nothing of where it was taken."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.checks.accessibility import texts_of
from casebuilder.problems import Problem
from casebuilder.readers.pictures import CLEANED, SHOWN, other_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.model.series import Series
    from casebuilder.readers.pictures import Fault

    Place = tuple[str, int, int]
    #: What is wrong with the picture at a path below the series' root.
    Judge = Callable[[str], tuple[Fault, ...]]

#: What only packs cannot do; and what hand-written pages may show, since they are not printed.
_PRINTED = "unprintable-character"
_SITE_ONLY = frozenset(("moving-picture", _PRINTED))


def shown(series: Series) -> Iterator[tuple[str, str, Place]]:
    """Every picture that the series shows: its path below the root, its name as it is written there, and the place."""
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
    """Each picture that is shown is whole, of the kind that its name says, and safe; each is reported once."""
    told: set[str] = set()
    for path, written, place in shown(series):
        if path in series.pictures and path not in told:
            told.add(path)
            faults = judge(path) if _ending(path) in SHOWN else (other_kind(path),)
            if not series.settings.packs:
                faults = tuple(fault for fault in faults if fault.code != _PRINTED)
            yield from _problems(path, written, place, faults)


def of_pages(series: Series, judge: Judge) -> Iterator[Problem]:
    """The same for the pictures of hand-written pages and of the theme, which stand for themselves."""
    for path in sorted(series.page_pictures):
        faults = judge(path) if _ending(path) in CLEANED else (other_kind(path),)
        allowed = tuple(fault for fault in faults if fault.code not in _SITE_ONLY)
        yield from _problems(path, PurePosixPath(path).name, (path, 1, 1), allowed)


def unshown(series: Series) -> Iterator[Problem]:
    """Pictures of kinds that no page shows, and no text names; one that a text names is a problem there."""
    named = {path for path, _, _ in shown(series)}
    for path in sorted(series.pictures - named):
        if _ending(path) not in SHOWN:
            fault = other_kind(path)
            hint = f"{fault.hint.rstrip('.')}; then delete this file, which everybody can download from here"
            yield Problem(path, 1, 1, "unexpected-file", f"the picture {fault.message}", hint)


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _problems(path: str, written: str, place: Place, faults: tuple[Fault, ...]) -> Iterator[Problem]:
    for fault in faults:
        here = (path, fault.line, fault.column) if fault.line else place
        what = "drawing" if fault.line else "picture"
        yield Problem(*here, fault.code, f"the {what} {written} {fault.message}", fault.hint)
