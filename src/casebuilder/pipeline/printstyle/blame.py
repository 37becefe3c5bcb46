"""Whether a pack that cannot be printed could be, without the series' own print style, and which line of it is why.

A style that passes its trial may still be too much for a longer table or a longer title than the trial has.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from casebuilder.outputs.packs import pdf
from casebuilder.outputs.packs.press import PressError
from casebuilder.pipeline.printstyle.statements import first_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebuilder.outputs.packs.views import Job
    from casebuilder.pipeline.printstyle.statements import Sheet

_PLACE = "theme/print.css"
#: A line and a column of casebuilder's own styles with the series' behind them.
_ELSEWHERE = re.compile(r" at \d+:\d+")
#: The beginning of a reason when a pack took too long: each further try would, too.
_LATE = "stopped after"


def blamed(
    error: PressError,
    sheet: Sheet,
    plain_jobs: Sequence[Job],
    print_jobs: Callable[[Sequence[Job]], object],
    embed: Callable[[str], str],
) -> PressError:
    """Return the error with the place in the style as the reason of each pack that is printed without it.

    Args:
        error: why packs could not be printed with the style.
        sheet: the style as written.
        plain_jobs: the same packs, and perhaps others, without it.
        print_jobs: prints packs, or raises a PressError.
        embed: puts its pictures into a style.
    """
    plain = {job.path: job for job in plain_jobs if job.path in error.reasons and not job.parts}
    try:
        print_jobs(tuple(plain.values()))
    except PressError as without:
        plain = {path: job for path, job in plain.items() if path not in without.reasons}
    if not plain:
        return error

    def is_faulty(some: str) -> bool:
        try:
            print_jobs((replace(first, style=f"{first.style}\n{embed(some)}"),))
        except PressError:
            return True
        return False

    path, first = next(iter(plain.items()))
    is_late = any(reason.startswith(_LATE) for reason in error.reasons[path])
    number = None if is_late else first_statement(sheet, is_faulty)
    line = "" if number is None else f":{sheet.style.count(chr(10), 0, sheet.statements[number].start) + 1}"
    message = f"{_PLACE}{line}: without this style the pack is printed; with it"
    as_before = {reason: f"{message}, {_in_words(reason)}" for path in plain for reason in error.reasons[path]}
    return PressError(
        {path: [as_before.get(reason, reason) for reason in reasons] for path, reasons in error.reasons.items()}
    )


def _in_words(reason: str) -> str:
    """Return a reason; if it names a place in all styles together, without that, and in plain words."""
    return pdf.style_fault(reason).message if _ELSEWHERE.search(reason) else reason
