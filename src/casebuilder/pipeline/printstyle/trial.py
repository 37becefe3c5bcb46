"""Trying a print style: a small document with every kind of text is printed with it, and looked at.

What a style does to a page is known only when it is printed. A style that hides words, lets the program that lays out
pages fail or takes all memory is found here, before it stops every pack of the series. The trial takes seconds, so its
verdict is kept until the style changes.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import casebuilder
from casebuilder.pipeline import machinecache
from casebuilder.pipeline.printstyle import specimen
from casebuilder.pipeline.printstyle.statements import Sheet, first_statement
from casebuilder.readers.pictures import DamagedError
from casebuilder.workers import WorkerError, Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from casebuilder.outputs.packs.pdf import StyleFault
    from casebuilder.outputs.packs.views import Job

#: Seconds for one of the documents, which takes two; and for each further try of one that took too long.
_TIME, _LATER = 60.0, 20.0
#: How many statements with which packs cannot be printed are named at once.
_NAMED = 3
#: How many first letters of a reason tell it from those of another kind.
_KIND = 12
_HINT = "delete it, or choose another value"
#: Our pages have a width of their own within automatic margins, so fixed margins would make the paper larger.
_HINTS = {"instead of the size of": "to set margins, write width: auto beside them; delete what sets a size"}
_SUBJECTS = {"handout": "a handout", "guide": "a guide", "case": "a case pack"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a style with which packs cannot be printed as they should be.

    Attributes:
        offset: of its place in the style.
        message: without a full stop.
        hint: what to do.
    """

    offset: int
    message: str
    hint: str


def findings(style: str, embed: Callable[[str], str], cache: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a style, from the cache if it was tried before.

    Nothing is known, and nothing returned, on a machine that cannot print.

    Args:
        style: as written, without slips.
        embed: puts its pictures into a style.
        cache: the folder of the verdict; it may be missing or read-only.
    """
    try:
        digest = _digest(embed(style))
    except (KeyError, OSError, DamagedError):  # a picture has a problem of its own
        return ()
    known = _read_verdict(cache, digest)
    if known is not None:
        return known
    from casebuilder.outputs.packs import press

    try:
        found, is_certain = _Trial(Sheet(style), embed).run()
    except (press.CannotPrintError, FileNotFoundError):  # no Pango, or no fonts: `doctor` says so
        return ()
    if is_certain:
        _write_verdict(cache, digest, found)
    return found


def _digest(style: str) -> str:
    """Return a digest of a style and of what prints."""
    code = Path(casebuilder.__file__).parent
    paths = sorted(path for name in ("outputs/packs", "pipeline/printstyle") for path in (code / name).rglob("*.*"))
    total = sha256(f"{casebuilder.__version__} {version('weasyprint')} {version('tinycss2')}".encode())
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            total.update(path.read_bytes())
    total.update(style.encode())
    return total.hexdigest()


def _read_verdict(cache: Path, digest: str) -> tuple[Finding, ...] | None:
    """Return the cached verdict; None if there is none of this style."""
    try:
        return tuple(Finding(*found) for found in json.loads(machinecache.read(cache, digest)))
    except (ValueError, TypeError):
        return None


def _write_verdict(cache: Path, digest: str, found: Iterable[Finding]) -> None:
    """Keep a verdict, and no other unless series share the cache. In a read-only folder, nothing is written."""
    machinecache.write(cache, digest, json.dumps([[one.offset, one.message, one.hint] for one in found]).encode())
    machinecache.forget(cache, (digest,))


@dataclass(frozen=True, slots=True)
class _Failure:
    """A pack that cannot be used, why, and whether its time ran out."""

    job: Job
    reason: str
    is_late: bool


class _Trial:
    """One trial of one style."""

    def __init__(self, sheet: Sheet, embed: Callable[[str], str]) -> None:
        from casebuilder.outputs.packs import press

        self._sheet = sheet
        self._embed = embed
        self._jobs = specimen.jobs()
        self._fonts = {job: press.used_fonts(f"{job.html}<p>{job.page_numbering}</p>") for job in self._jobs}
        self._printed: dict[str, bytes] = {}

    def run(self) -> tuple[tuple[Finding, ...], bool]:
        """Return what is wrong, and whether another trial would find the same: time may run out on a busy machine."""
        found: list[Finding] = []
        is_certain = True
        sheet = self._sheet
        count = min(2, os.cpu_count() or 1, len(self._jobs))
        with Workers(count, timeout=_TIME) as pool, Workers(1, timeout=_LATER) as later:
            if unused := self._unused_statements(pool):
                return unused, True
            while len(found) < _NAMED and (failure := self._first_failure(pool, sheet)):
                is_certain = is_certain and not failure.is_late
                number = self._culprit(later if failure.is_late else pool, sheet, failure)
                if number is None:  # not a fault of the style: it cannot be printed without it either
                    return (), False
                subject = _SUBJECTS.get(failure.job.edition, failure.job.edition)
                message = f'with "{sheet.text(number)}", {subject} cannot be used'
                hint = next((hint for words, hint in _HINTS.items() if words in failure.reason), _HINT)
                found.append(Finding(sheet.statements[number].start, f"{message}: {failure.reason}", hint))
                sheet = Sheet(sheet.without(number))
        return tuple(found), is_certain

    def _unused_statements(self, pool: Workers) -> tuple[Finding, ...]:
        """Return what the program that lays out pages would not use of the style."""

        def is_faulty(style: str) -> bool:
            return any(one.message == fault.message for one in _style_faults(pool, style))

        found = []
        lines = [0, *(place + 1 for place, letter in enumerate(self._sheet.style) if letter == "\n")]
        for fault in _style_faults(pool, self._sheet.style):
            if fault.line:
                offset = lines[min(fault.line, len(lines)) - 1] + fault.column - 1
            elif (number := first_statement(self._sheet, is_faulty)) is not None:
                statement = self._sheet.statements[number]
                offset = statement.rule if fault.selector else statement.start
            else:
                offset = 0
            found.append(Finding(offset, fault.message, fault.hint or _HINT))
        return tuple(found)

    def _first_failure(self, pool: Workers, sheet: Sheet) -> _Failure | None:
        """Return the first pack that cannot be used; None if all can. A volume is printed after its part."""
        style = self._embed(sheet.style)
        for is_volume in (False, True):
            printing = [(job, self._print(pool, job, style)) for job in self._jobs if bool(job.parts) is is_volume]
            for job, future in printing:
                failure, self._printed[job.path] = _result(job, future)
                if failure:
                    return failure
        return None

    def _print(self, pool: Workers, job: Job, style: str) -> Future[tuple[tuple[str, ...], bytes]]:
        from casebuilder.outputs.packs import press

        pictures = {address: specimen.files_by_path()[path] for address, path in job.addresses.items()}
        part = self._printed[job.parts[0].path] if job.parts else None
        alone = replace(job, style=f"{job.style}\n{style}", parts=())
        return pool.submit(press.try_job, alone, pictures, self._fonts[job], part, specimen.GREY)

    def _culprit(self, pool: Workers, sheet: Sheet, failure: _Failure) -> int | None:
        """Return the number of the first statement with which a pack fails so; None if it fails without a style."""

        def is_faulty(style: str) -> bool:
            found, _ = _result(failure.job, self._print(pool, failure.job, self._embed(style)))
            # A later statement may set right what an earlier one did alone, such as a width beside margins.
            return found is not None and (not style or found.reason[:_KIND] == failure.reason[:_KIND])

        return first_statement(sheet, is_faulty)


def _style_faults(pool: Workers, style: str) -> tuple[StyleFault, ...]:
    """Return what the program that lays out pages would not use of a style; or that it cannot even be read."""
    from casebuilder.outputs.packs import pdf, press

    try:
        return pool.submit(press.style_faults, style).result()
    except WorkerError:
        return (pdf.StyleFault(0, 0, "the program that lays out pages fails when it reads this"),)


def _result(job: Job, future: Future[tuple[tuple[str, ...], bytes]]) -> tuple[_Failure | None, bytes]:
    try:
        reasons, content = future.result()
    except WorkerError as error:
        is_late = "seconds" in str(error)
        reason = "printing it takes too long" if is_late else "printing it takes more memory than a pack may have"
        return _Failure(job, reason, is_late), b""
    return (_Failure(job, reasons[0], is_late=False) if reasons else None), content
