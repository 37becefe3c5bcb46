"""The work of one worker that tries a print style: what of it is not used, and how one pack looks with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.outputs.packs import pdf
from casebuilder.outputs.packs.press.task import merge_job, print_job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.outputs.packs.pdf import StyleFault
    from casebuilder.outputs.packs.press.task import PressedFonts
    from casebuilder.outputs.packs.views import Job


class CannotPrintError(Exception):
    """Nothing can be printed on this machine; the argument says why."""


def style_faults(style: str) -> tuple[StyleFault, ...]:
    """Return what cannot be used of a style, in order.

    Raises:
        CannotPrintError: the libraries that print are missing here.
    """
    try:
        return pdf.style_faults(style)
    except pdf.PdfError as error:
        raise CannotPrintError(*map(str, error.args)) from None


def try_job(
    job: Job, pictures: Mapping[str, bytes], used_fonts: PressedFonts, part: bytes | None, grey: int = 0
) -> tuple[tuple[str, ...], bytes]:
    """Return why a pack cannot be used, each reason as a clause, and its PDF; no reasons if it can.

    Args:
        job: the pack.
        pictures: the bytes of each picture, by the address under which the document asks for it.
        used_fonts: the faces.
        part: the PDF of its part, if it is a volume; None if it is not.
        grey: the grey value of a large part of its pictures; 0 if it is not known.
    """
    printing = job.html, job.style, pictures, used_fonts, job.page_numbering
    try:
        content, _ = print_job(*printing) if part is None else merge_job(*printing, [(part, job.title)])
        return pdf.appearance_faults(job.html, content, job.paper, job.page_numbering, grey), content
    except pdf.PdfError as error:
        return tuple(dict.fromkeys(pdf.style_fault(str(fault)).message for fault in error.args)), b""
    except (MemoryError, SystemError):
        raise
    except Exception as error:  # noqa: BLE001 - a library may fail at any style in any way
        return (f"the program that lays out pages fails ({type(error).__name__})",), b""
